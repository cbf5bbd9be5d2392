"""Labelled turns: interviews written down, and plain pairs of question and answer."""

from textwrap import dedent

import pytest

from prep.notes import NotesFindings, parse_notes
from tracker.imports.document import document_from_text

INTERVIEW = """
下面是准备建议：

1. **基础**：把常见的数据结构、索引和事务都过一遍，最好能够自己画图说明它们之间的关系。
2. **表达**：先说结论，再说原因，最后举一个自己做过的例子，尽量控制在两分钟之内说完。

## 提示

你现在是一位数据库面试官，我是候选人。
1. 一次只问一个问题。
2. 不要解释。

## 对话

问题：你好，请先介绍一下你自己。
答案：我做过两年后端。

问题：很好。我们来谈谈技术。请说说索引为什么快？
答案：1. 有序。
2. 层数少。

问题：不错，补充两点：

1. **局部性**：相邻的键在同一页。
2. **扇出**：一页有很多键。

接下来，什么情况下**索引失效**？如果遇到过，你是怎么发现的？
答案：函数包住了列。
"""


def read(text: str) -> NotesFindings:
    return parse_notes(document_from_text(dedent(text).lstrip("\n"), path="mock.md"))


def test_an_interview_gives_questions_attempts_and_feedback() -> None:
    found = read(INTERVIEW)
    assert [question.text for question in found.questions] == [
        "你好，请先介绍一下你自己。",
        "请说说索引为什么快？",
        "接下来，什么情况下索引失效？如果遇到过，你是怎么发现的？",
    ]
    assert [[(attempt.answer, attempt.feedback) for attempt in question.attempts] for question in found.questions] == [
        [("我做过两年后端。", "很好。我们来谈谈技术。")],
        [
            (
                "1. 有序。\n2. 层数少。",
                "不错，补充两点：\n\n1. **局部性**：相邻的键在同一页。\n2. **扇出**：一页有很多键。",
            )
        ],
        [("函数包住了列。", "")],
    ]
    assert {question.answer for question in found.questions} == {""}


def test_the_prompt_is_a_prompt_and_the_advice_is_skipped() -> None:
    found = read(INTERVIEW)
    (prompt,) = found.prompts
    assert (prompt.title, prompt.line, prompt.end_line) == ("提示", 8, 10)
    assert prompt.text == "你现在是一位数据库面试官，我是候选人。\n1. 一次只问一个问题。\n2. 不要解释。"
    assert [(entry.line, entry.reason) for entry in found.skipped] == [(1, "prose"), (3, "prose"), (4, "prose")]


def test_speakers_as_labels_with_a_closing_word() -> None:
    found = read("""
        # 模拟面试

        **面试官：** 讲一下哈希表的冲突怎么处理？

        **我：** 拉链法。

        **面试官：** 好的，今天就到这里。
    """)
    (question,) = found.questions
    assert question.text == "讲一下哈希表的冲突怎么处理？"
    assert [(attempt.answer, attempt.feedback) for attempt in question.attempts] == [
        ("拉链法。", "好的，今天就到这里。")
    ]


def test_an_english_dialogue() -> None:
    found = read("""
        ## Mock interview

        Interviewer: Hello! Tell me about a project you are proud of.
        Candidate: A search engine.
        Interviewer: Great, that is version 2.0 of a hard problem. How did you measure relevance?
        Candidate: With NDCG.
    """)
    assert [
        (question.text, question.attempts[0].answer, question.attempts[0].feedback) for question in found.questions
    ] == [
        (
            "Tell me about a project you are proud of.",
            "A search engine.",
            "Great, that is version 2.0 of a hard problem.",
        ),
        ("How did you measure relevance?", "With NDCG.", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "问：什么是栈？\n答：后进先出\n\n问：什么是队列？\n答：先进先出\n",
        "Q: 什么是栈？\nA: 后进先出\n\nQ：什么是队列？\nA：先进先出\n",
        "**Q:** 什么是栈？\n\n**A:** 后进先出\n\n**Q:** 什么是队列？\n\n**A:** 先进先出\n",
        "**问：什么是栈？**\n答：后进先出\n**问：什么是队列？**\n答：先进先出\n",
        "Q1：什么是栈？\nA1：后进先出\nQ2：什么是队列？\nA2：先进先出\n",
        "Q1. 什么是栈？\nA1. 后进先出\nQ2. 什么是队列？\nA2. 先进先出\n",
        "- 题目：什么是栈？\n- 参考答案：后进先出\n- 题目：什么是队列？\n- 参考答案：先进先出\n",
        "【问题】：什么是栈？\n【答案】：后进先出\n【问题】：什么是队列？\n【答案】：先进先出\n",
        "面试题：什么是栈？\n解答：后进先出\n面试题：什么是队列？\n解答：先进先出\n",
    ],
)
def test_pairs(text: str) -> None:
    found = read(text)
    assert [(question.text, question.answer, question.attempts) for question in found.questions] == [
        ("什么是栈？", "后进先出", ()),
        ("什么是队列？", "先进先出", ()),
    ]


def test_a_pair_without_an_answer_and_one_of_many_lines() -> None:
    found = read("""
        问：什么是图？

        问：什么是树？
        答：
        没有环。

        - 一个根
            - 许多叶

        问：？
        答：
    """)
    assert [(question.text, question.answer) for question in found.questions] == [
        ("什么是图？", ""),
        ("什么是树？", "没有环。\n\n- 一个根\n    - 许多叶"),
    ]
    assert "placeholder" in [entry.reason for entry in found.skipped]


def test_a_dialogue_quoted_in_the_answer_of_a_numbered_question() -> None:
    found = read("""
        # 面经
        1. 如何追问？

           面试官：为什么？
           我：因为有序。

        2. 如何收尾？

           道谢
    """)
    assert [(question.text, question.answer) for question in found.questions] == [
        ("如何追问？", "面试官：为什么？\n我：因为有序。"),
        ("如何收尾？", "道谢"),
    ]


def test_a_question_without_a_mark_and_an_answer_below_its_label() -> None:
    found = read("""
        问：你好，介绍一下你自己
        答：我叫小林。

        问：好的，小林。哈希表的原理是什么
        答：
        数组加链表

        问：明白了，今天到此结束，谢谢。
    """)
    assert [
        (question.text, question.attempts[0].answer, question.attempts[0].feedback) for question in found.questions
    ] == [
        ("你好，介绍一下你自己", "我叫小林。", "好的，小林。"),
        ("哈希表的原理是什么", "数组加链表", "明白了，今天到此结束，谢谢。"),
    ]
    assert found.skipped == ()
