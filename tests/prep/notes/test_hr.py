"""HR sections: the introduction, the company, the questions asked back."""

from textwrap import dedent

import pytest

from prep.notes import FoundQuestion, NotesFindings, QuestionKind, parse_notes
from tracker.imports.document import document_from_text


def read(text: str, *companies: str) -> NotesFindings:
    document = document_from_text(dedent(text).lstrip("\n"), path="notes.md")
    return parse_notes(document, known_companies=companies)


def companies(questions: tuple[FoundQuestion, ...]) -> list[str | None]:
    return [question.company for question in questions]


SECTION = """
# HR面

面试官您好，我叫小林，在某某大学读计算机，方向是信息检索，参与过两个检索系统的开发，负责排序部分。

以上就是我的自我介绍，谢谢。

1. 为什么选我们？

   （星河科技）

   产品天天在用

2. 自己的优点

   有耐心

3. 反问

   我要去的组有多大；

   多久出结果；方便的话，能提前告诉我吗？这样我好安排搬家。

   您看重什么能力？

4. ？
"""


def test_the_section_becomes_an_introduction_hr_answers_and_reverse_questions() -> None:
    found = read(SECTION)
    (introduction,) = found.introductions
    assert (introduction.title, introduction.line, introduction.end_line, introduction.language) == ("HR面", 3, 5, "zh")
    assert introduction.text.startswith("面试官您好")
    answers, reverse = found.questions[:2], found.questions[2:]
    assert [(question.kind, question.company) for question in answers] == [(QuestionKind.HR, "星河科技")] * 2
    assert [(question.text, question.answer, question.line) for question in reverse] == [
        ("我要去的组有多大", "", 19),
        ("多久出结果", "", 21),
        ("方便的话，能提前告诉我吗？", "这样我好安排搬家。", 21),
        ("您看重什么能力？", "", 23),
    ]
    assert {(question.kind, question.path) for question in reverse} == {(QuestionKind.REVERSE, ("HR面", "反问"))}


@pytest.mark.parametrize(
    ("heading", "answers", "known", "expected"),
    [
        ("HR面", ["（星河）喜欢", "有耐心"], ["星河"], ["星河", "星河"]),
        ("HR面", ["（星河）\n喜欢", "（远山）\n也喜欢", "有耐心"], ["星河"], ["星河", "远山", None]),
        ("HR面", ["负责星河的推荐", "有耐心"], ["星河", "远山"], ["星河", "星河"]),
        ("HR面", ["负责星河的推荐", "不同于远山"], ["星河", "远山"], [None, None]),
        ("HR面（星河）", ["喜欢", "有耐心"], ["星河"], ["星河", "星河"]),
        ("HR面", ["（重点）\n喜欢", "（1分钟）\n有耐心"], [], [None, None]),
        ("HR面", ["得到了成长", "有耐心"], ["得到"], [None, None]),
        ("HR面", ["（星河）\n喜欢", ""], ["星河"], ["星河", None]),
        ("操作系统", ["（星河）\n喜欢", "有耐心"], ["星河"], [None, None]),
    ],
)
def test_company(heading: str, answers: list[str], known: list[str], expected: list[str | None]) -> None:
    items = "\n\n".join(f"{number}. 问题{number}\n\n{answer}" for number, answer in enumerate(answers, start=1))
    assert companies(read(f"# {heading}\n{items}\n", *known).questions) == expected


def test_reverse_questions_as_a_list_and_as_a_heading() -> None:
    item = read("# HR\n1. 反问\n\n   1. 团队规模多大？\n   2. 新人培养机制\n")
    heading = read("# HR\n## 反问\n1. 团队规模多大？\n2. 新人培养机制\n")
    for found in (item, heading):
        assert [(question.text, question.kind) for question in found.questions] == [
            ("团队规模多大？", QuestionKind.REVERSE),
            ("新人培养机制", QuestionKind.REVERSE),
        ]


def test_introductions_under_their_own_headings() -> None:
    found = read("""
        ## 自我介绍

        各位好，我做过三年的后端开发，主要负责支付系统，经历过两次大促，熟悉高并发下的一致性问题和排查方法。

        ## Self-introduction (English)

        Good morning, my name is Lin. I have built search systems for three years and led a team of four.
    """)
    assert [(entry.title, entry.language) for entry in found.introductions] == [
        ("自我介绍", "zh"),
        ("Self-introduction (English)", "en"),
    ]
    assert found.questions == ()
