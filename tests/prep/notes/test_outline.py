"""Plain-text outlines: headings without marks, questions above bullets, titles answered in the next section."""

from textwrap import dedent

from prep.notes import LineFate, NotesFindings, parse_notes
from tracker.imports.document import document_from_text

OUTLINE = """
这份资料整理了数据库方面的内容,供准备面试的人阅读。下面是详细的说明:

一、存储引擎

1.1 两种引擎
  • 行存:按行存放。
  • 列存:按列存放。

二、面试题及解答

2.1 常见面试题
  • 索引的原理:说明索引为什么快。
  • 事务的隔离:说出四个级别。
  • 分库分表:说明时机。
2.2 解答示例
  • 索引的原理:索引是有序的。
    • 层数少
  • 事务的隔离：读未提交、读已提交、可重复读、串行化。

如何设计一张大表

  • 先定主键
    • 自增或雪花
  • 再定分区

慢查询排查经验

  • 看执行计划

数据库常考题总结

1. 什么是回表

  • 再查一次主键

2. 行锁和表锁对比

行锁
  • 优点：
    • 并发高
表锁
  • 简单

3. 如何评价一个索引

针对读:
  • 命中率
Logo

更多推荐
"""


def read(text: str) -> NotesFindings:
    return parse_notes(document_from_text(dedent(text).lstrip("\n"), path="outline.txt"))


def test_titles_are_joined_with_the_answers_of_the_next_section() -> None:
    found = read(OUTLINE)
    joined = [question for question in found.questions if question.style == "titles-and-answers"]
    assert [(question.text, question.answer, question.hint) for question in joined] == [
        ("索引的原理", "索引是有序的。\n    • 层数少", "说明索引为什么快。"),
        ("事务的隔离", "读未提交、读已提交、可重复读、串行化。", "说出四个级别。"),
        ("分库分表", "", "说明时机。"),
    ]
    assert {question.path for question in joined} == {("二、面试题及解答", "2.1 常见面试题")}
    assert [question.answer_line for question in joined] == [16, 18, 0]


def test_a_line_alone_above_bullets_is_a_question() -> None:
    found = read(OUTLINE)
    assert [(question.text, question.answer) for question in found.questions if question.style == "outline"] == [
        ("如何设计一张大表", "• 先定主键\n  • 自增或雪花\n• 再定分区"),
        ("慢查询排查经验", "• 看执行计划"),
    ]


def test_numbered_lines_above_bullets() -> None:
    found = read(OUTLINE)
    numbered = [question for question in found.questions if question.style == "numbered"]
    assert [(question.text, question.answer) for question in numbered] == [
        ("什么是回表", "• 再查一次主键"),
        ("行锁和表锁对比", "行锁\n  • 优点：\n    • 并发高\n表锁\n  • 简单"),
        ("如何评价一个索引", "针对读:\n  • 命中率"),
    ]
    assert {question.path for question in numbered} == {("数据库常考题总结",)}


def test_chapters_are_topics_and_every_line_has_its_fate() -> None:
    found = read(OUTLINE)
    assert [found.fates[line - 1] for line in (3, 5, 9, 11, 15)] == [LineFate.HEADING] * 5
    assert [(entry.line, entry.reason) for entry in found.skipped] == [
        (1, "prose"),
        (6, "prose"),
        (7, "prose"),
        (48, "furniture"),
        (50, "furniture"),
    ]


def test_an_answer_whose_title_nobody_asked_is_a_question_too() -> None:
    found = read("""
        ## 高频面试题
        - 缓存穿透
        ## 参考答案
        - 缓存穿透：查不到的也缓存
        - 缓存雪崩：错开过期
    """)
    assert [(question.text, question.answer) for question in found.questions] == [
        ("缓存穿透", "查不到的也缓存"),
        ("缓存雪崩", "错开过期"),
    ]


def test_titles_without_a_section_of_answers_keep_what_stands_beside_them() -> None:
    found = read("## 常见面试题\n- 缓存穿透：查不到的也缓存\n- 缓存雪崩\n")
    assert [(question.text, question.answer, question.hint) for question in found.questions] == [
        ("缓存穿透", "查不到的也缓存", ""),
        ("缓存雪崩", "", ""),
    ]


def test_headings_that_ask_are_questions() -> None:
    found = read("## 什么是幂等？\n\n做几次都一样。\n\n### 举例\n\n删除\n\n## 笔记\n\n随手写的一段话。\n")
    assert ("什么是幂等？", ()) in [(question.text, question.path) for question in found.questions]
    assert "随手写的一段话。" in [entry.text for entry in found.skipped]


def test_bullets_that_ask_are_questions() -> None:
    found = read("""
        ## Layout

        * What is the box model?
        * [How do floats work?](https://notes.example/floats)
          They leave the flow.
        * Explain stacking contexts.

        ## Advice

        * Sleep well
        * Bring water
    """)
    assert [(question.text, question.answer) for question in found.questions] == [
        ("What is the box model?", ""),
        ("How do floats work?", "They leave the flow."),
        ("Explain stacking contexts.", ""),
    ]
    assert [entry.reason for entry in found.skipped] == ["prose", "prose"]


def test_a_numbered_heading_that_asks_loses_its_number() -> None:
    (question,) = read("### 2.什么是幂等？\n\n做几次都一样。\n").questions
    assert (question.text, question.answer) == ("什么是幂等？", "做几次都一样。")


def test_the_answer_below_a_bullet_keeps_its_blank_lines_and_ends_with_it() -> None:
    found = read("""
        ## Layout
        - What is the box model?

          Content, padding,

          border, margin.
        - How do grids work?

        A closing remark of the section.
    """)
    assert [(question.text, question.answer) for question in found.questions] == [
        ("What is the box model?", "Content, padding,\n\nborder, margin."),
        ("How do grids work?", ""),
    ]
    assert [entry.text for entry in found.skipped] == ["A closing remark of the section."]


def test_front_matter_is_skipped_as_such() -> None:
    found = read("---\ntitle: Layout\n---\n\n- What is a box?\n- What is a float?\n")
    assert [question.text for question in found.questions] == ["What is a box?", "What is a float?"]
    assert [entry.reason for entry in found.skipped] == ["front-matter"] * 3


def test_a_chapter_of_an_outline_is_a_topic_even_when_it_sounds_like_a_question() -> None:
    found = read("一、缓存\n\n1.1 缓存是什么\n  - 快的一层\n\n怎样保证一致？\n  - 先写库\n")
    assert [(question.text, question.answer) for question in found.questions] == [("怎样保证一致？", "- 先写库")]
