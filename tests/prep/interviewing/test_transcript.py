"""A transcript imports again as the dialogue that it is, and as no interview that took place."""

from datetime import UTC, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prep.bank import question_key
from prep.interviewing.interviewer import COVERED, MISSING, Feedback, Point
from prep.interviewing.mock_views import MockOptions, MockView, TurnView
from prep.interviewing.transcript import as_markdown, make_transcript
from prep.notes import NotesFindings, parse_notes
from tests.conftest import NOW
from tracker.imports.document import document_from_text


def turn(position: int, part: str, asked: str, answer: str = "", manner: str = "typed", **others: object) -> TurnView:
    found: dict[str, object] = {"question_id": None, "follows_id": None, "rating": "", "seconds": 30, "feedback": None}
    found |= others
    return TurnView(
        id=position + 1,
        position=position,
        part=part,
        asked=asked,
        answer=answer,
        manner=manner,
        asked_at=NOW,
        answered_at=NOW if manner else None,
        **found,  # type: ignore[arg-type]
    )


def interview(*turns: TurnView, language: str = "zh", state: str = "done", interviewer: str = "") -> MockView:
    return MockView(
        id=1,
        company_id=1,
        company="快手",
        round_id=None,
        position="",
        stage="二面",
        language=language,
        interviewer=interviewer,
        minutes=30,
        spent_seconds=1700,
        state=state,
        started_at=NOW,
        ended_at=NOW + timedelta(minutes=30),
        options=MockOptions(),
        follows_up=True,
        planned=(),
        warnings=(),
        turns=turns,
    )


def read_again(view: MockView) -> NotesFindings:
    document = document_from_text(as_markdown(make_transcript(view, zone=UTC)), path="mock-20260325-1000.md")
    return parse_notes(document, known_companies=("快手",), now=NOW)


def dialogue(found: NotesFindings) -> list[tuple[str, str]]:
    return [
        (question.text, question.attempts[0].answer if question.attempts else "")
        for question in found.questions
        if question.kind != "reverse"
    ]


OPENING = {
    "zh": "你好，欢迎参加快手的二面，大约 30 分钟。想清楚再答就好，不着急。准备好了吗？",
    "en": "Hello, and welcome to your 二面 with 快手. Take your time before you answer. Are you ready to start?",
}
REVERSE = {
    "zh": "我这边的问题就到这里。你有什么想问我的吗？",
    "en": "That is all from my side. Do you have any questions for me?",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_imports_as_the_same_dialogue(language: str) -> None:
    feedback = Feedback(points=(Point("冻结权重", COVERED, "权重不动"), Point("两个矩阵", MISSING)))
    code = "先排序，再二分：\n\n```python\nx = [0, 1]\n# 注释\n```\n- 面试官：不是标签\n## 快手 一面"
    view = interview(
        turn(0, "opening", OPENING[language], "好了"),
        turn(1, "introduction", "请先做一下自我介绍。", "我叫林澈。做过检索。"),
        turn(
            2, "technical", "先说说 LoRA。它为什么省显存？秩怎么选？", "因为权重不动", feedback=feedback, rating="good"
        ),
        turn(3, "coding", "两数之和", code),
        turn(4, "technical", "秩取多少", "", "skipped"),
        turn(5, "technical", "什么是 KV 缓存", "", "spoken", rating="hard"),
        turn(6, "reverse", REVERSE[language], "团队现在主要做什么？\n新人头三个月做什么？"),
        language=language,
    )
    found = read_again(view)
    assert dialogue(found) == [
        ("请先做一下自我介绍。", "我叫林澈。做过检索。"),
        ("先说说 LoRA。它为什么省显存？秩怎么选？", "因为权重不动"),
        ("两数之和", code),
        ("秩取多少", ""),
        ("什么是 KV 缓存", ""),
    ]
    assert [question.text for question in found.questions if question.kind == "reverse"] == [
        "团队现在主要做什么？ 新人头三个月做什么？"
    ]
    assert "权重不动" in found.questions[1].attempts[0].feedback
    assert found.interviews == ()
    assert all(question.asked == () for question in found.questions)
    assert found.introductions == ()


ANSWERS = st.lists(
    st.sampled_from(
        ["因为有序", "# 快手 一面", "面试官：为什么？", "我：", "- 一", "  1. 二", "```", "| a | b |", "---", "> 引", "问：a", "",
         "**粗**", "A: b", "点评：好", "![x](y)", "<!-- x -->", "\t缩进", "2026-03-25 快手 二面", "[mask] $x$"]
    ),
    min_size=1,
    max_size=6,
).map("\n".join).filter(lambda text: any(sign.isalnum() for sign in text))  # fmt: skip
QUESTIONS = st.sampled_from(
    ["LoRA 是什么？", "讲一下。为什么？", "**粗**体吗", "1. 两数之和", "说说 a\n再说 b", "[MASK] 有什么用？", "谈谈薪资期望", "为什么？",
     "Why? And how", "你好，讲讲索引！"]
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.tuples(QUESTIONS, ANSWERS), min_size=2, max_size=4, unique_by=lambda pair: pair[0]))
@example([("LoRA 是什么？", "```\n没有合上"), ("为什么？", "面试官：\n\n我：好")])
def test_whatever_is_answered_comes_back(pairs: list[tuple[str, str]]) -> None:
    view = interview(*(turn(at, "technical", asked, answer) for at, (asked, answer) in enumerate(pairs)))
    found = read_again(view)
    assert [question_key(text) for text, _answer in dialogue(found)] == [question_key(asked) for asked, _a in pairs]
    for (_text, answer), (_asked, given_answer) in zip(dialogue(found), pairs, strict=True):
        assert _squeezed(answer) == _squeezed(given_answer)
    assert found.interviews == ()


def _squeezed(text: str) -> list[str]:
    """The lines that say anything: a rule or a fence at the end is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    while lines and lines[-1] in ("---", "```"):
        lines.pop()
    return lines


def test_what_waits_is_left_out_and_a_model_speaks_in_its_own_words() -> None:
    view = interview(
        turn(0, "technical", "很好。那么索引为什么快？", "有序"),
        turn(1, "technical", "还没有回答的问题", "草稿", ""),
        state="open",
        interviewer="some-model 1",
    )
    text = as_markdown(make_transcript(view, zone=UTC))
    assert "草稿" not in text
    assert "还没有回答" not in text
    assert "面试官：很好。那么索引为什么快？" in text
    assert "辛苦了" not in text


def test_an_answer_that_asks_back_stays_an_answer() -> None:
    asking = "我叫林澈，做过检索。您想先听哪个项目？"
    view = interview(turn(0, "introduction", "请先做一下自我介绍。", asking))
    assert dialogue(read_again(view)) == [("请先做一下自我介绍。", asking)]


def test_points_are_told_without_the_signs_that_end_them() -> None:
    feedback = Feedback(points=(Point("冻结权重。", MISSING), Point("两个矩阵；", MISSING)))
    view = interview(turn(0, "technical", "LoRA 为什么省显存？", "不记得", feedback=feedback))
    assert "没有听到：冻结权重；两个矩阵。" in as_markdown(make_transcript(view, zone=UTC))
