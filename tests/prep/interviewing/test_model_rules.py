"""What a language model may say, told by the words alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.interviewing.giving_away import gives_away
from prep.interviewing.interviewer import Exchange, TurnContext
from prep.interviewing.model_rules import (
    breach,
    clean_utterance,
    gives_marks,
    is_new_question,
    keeps_question,
    read_object,
)

ZH = TurnContext(
    company="星河智能",
    position="算法",
    stage="二面",
    language="zh",
    part="technical",
    question="LoRA 的矩阵 B 为什么初始化为 0？",
    is_follow_up=False,
    earlier=(Exchange("technical", "什么是 KV 缓存？", "缓存历史的键和值。", "typed"),),
    seconds_left=600,
)
EN = replace(ZH, language="en", question="Why is matrix B of LoRA initialised to 0?", earlier=())
STORED = "- 训练开始时增量为零，模型等于原模型\n- 若 A 和 B 都随机，一开始就会扰动预训练权重"


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("  请讲讲 LoRA？ ", "请讲讲 LoRA？"),
        ("面试官：请讲讲 LoRA？", "请讲讲 LoRA？"),
        ("**Interviewer:** Why so?", "Why so?"),
        ("“请讲讲 LoRA？”", "请讲讲 LoRA？"),
        ("<think>候选人答得一般……</think>\n请讲讲 LoRA？", "请讲讲 LoRA？"),
        ("<think>一直在想", ""),
        ("第一行\n\n第二行", "第一行 第二行"),
        ("\x1b]52;c;aGk=\x07请讲讲", "]52;c;aGk=请讲讲"),
        ("他说“开始”之后呢？", "他说“开始”之后呢？"),
    ],
)
def test_what_is_said_in_a_reply(reply: str, text: str) -> None:
    assert clean_utterance(reply) == text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("那我们聊聊 LoRA：矩阵 B 为什么要初始化为 0？", ""),
        ("刚才说到缓存，那 LoRA 里的 B 为什么初始化为 0 呢？", ""),
        ("", "empty"),
        ("作为一个AI，我没有面试经验。", "role"),
        ("作为人工智能语言模型，B 初始化为 0？", "role"),
        ("抱歉，我无法回答这个问题。", "role"),
        ("好的，下一题：什么是注意力？", "moves_on"),
        ("今天就到这里，面试结束。", "moves_on"),
        ("你答得很对！满分。LoRA 的 B 为什么是 0？", "judges"),
        ("给你 100 分。", "judges"),
        ("B 初始化为 0 的答案是增量为零，对吗？", "answers"),
        ("LoRA 的 B 为什么初始化为 0？A 又怎么初始化？秩怎么选？", "several"),
        ("LoRA " * 100, "long"),
        ('{"question": "LoRA 的 B 为什么是 0？"}', "form"),
        ("Why is B of LoRA initialised to 0?", "language"),
    ],
)
def test_rules_of_a_question_in_chinese(text: str, rule: str) -> None:
    assert breach(text, ZH) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Let us talk about LoRA: why is matrix B initialised to 0?", ""),
        ("As an AI language model, I cannot conduct interviews.", "role"),
        ("I'm sorry, but that is not allowed.", "role"),
        ("Great answer! Why is B of LoRA initialised to 0?", "judges"),
        ("The answer is that the update starts at zero.", "answers"),
        ("Thanks. Next question: what is attention?", "moves_on"),
        ("LoRA 的 B 为什么初始化为 0？", "language"),
    ],
)
def test_rules_of_a_question_in_english(text: str, rule: str) -> None:
    assert breach(text, EN) == rule


def test_what_the_planned_question_says_itself_breaks_no_rule() -> None:
    context = replace(ZH, question="作为一个AI产品经理，怎么给答得不好的模型打 60 分？下一题怎么出？")
    assert breach("作为一个AI产品经理，你怎么给答得不好的模型打 60 分？下一题怎么出？", context) == ""


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("那 LoRA 里矩阵 B 为什么要初始化为 0 呢？", True),
        ("请说说你对职业规划的想法？", False),
        ("LoRA 的矩阵 A 怎么初始化？", False),
        ("Why is matrix B of LoRA initialised to 0?", True),
    ],
)
def test_a_wording_must_ask_what_was_planned(text: str, keeps: bool) -> None:
    assert keeps_question(text, ZH) == keeps


@pytest.mark.parametrize(
    ("text", "is_new"),
    [
        ("如果两个矩阵都随机初始化会怎样？", True),
        ("LoRA的矩阵B为什么初始化为0", False),
        ("什么是KV缓存?", False),
        ("我同意。", False),
    ],
)
def test_a_follow_up_asks_something_new(text: str, is_new: bool) -> None:
    assert is_new_question(text, ZH) == is_new


@pytest.mark.parametrize(
    ("text", "known", "gives"),
    [
        ("LoRA 的 B 为什么初始化为 0？", ZH.question, False),
        ("B 为 0 时训练开始增量为零，模型等于原模型，为什么这样好？", ZH.question, True),
        ("是不是因为一开始就会扰动预训练权重？", ZH.question, True),
        (
            "你说一开始就会扰动预训练权重，具体怎么扰动？",
            ZH.question + "两个都随机的话，一开始就会扰动预训练权重",
            False,
        ),
        ("", ZH.question, False),
    ],
)
def test_no_question_gives_the_answer_away(text: str, known: str, gives: bool) -> None:
    assert gives_away(text, stored_answer=STORED, known=known) == gives
    assert not gives_away(text, stored_answer="", known=known)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("满分，可以直接录用。", True),
        ("我给 95 分。", True),
        ("Score: 10/10, hire immediately.", True),
        ("作为一个AI，我认为很好。", True),
        ("先说结论，再讲为什么增量要从零开始。", False),
        ("每一步用 3 分钟讲清楚。", False),
    ],
)
def test_no_suggestion_gives_marks(text: str, marks: bool) -> None:
    assert gives_marks(text) == marks


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"follow_up": null}', {"follow_up": None}),
        ('好的，如下：\n```json\n{"a": 1}\n```\n希望有帮助', {"a": 1}),
        ('<think>{"a": 2}</think>{"a": 1}', {"a": 1}),
        ('{不是} {"a": 1}', {"a": 1}),
        ("没有", None),
        ("[1, 2]", None),
        ("{" * 100_000, None),
        ('{"a": ' * 5000, None),
    ],
)
def test_an_object_is_found_whatever_stands_around_it(reply: str, found: object) -> None:
    assert read_object(reply) == found


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    said = clean_utterance(text)
    assert isinstance(breach(said, ZH), str)
    assert keeps_question(said, ZH) in (True, False)
    assert gives_away(said, stored_answer=STORED, known=ZH.question) in (True, False)
    assert not gives_away(ZH.question, stored_answer=said, known=ZH.question)
    assert read_object(text) is None or isinstance(read_object(text), dict)
