"""The bank as Markdown: pleasant to read, and read back as it was, whatever its texts hold."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prep.exporting import BankAsked, BankQuestion, render_bank
from prep.notes import LineFate, NotesFindings, parse_notes
from tests.prep.exporting.odd_banks import ANSWERS, LINES, TEXTS, banks
from tracker.imports.document import document_from_text

ZONE = ZoneInfo("Asia/Shanghai")

QUESTION = BankQuestion(
    text="什么是锁？",
    answer="互斥。",
    topic=("操作系统",),
    kind="knowledge",
    importance=0,
    stars=0,
    underlined=False,
    flagged=False,
    company="",
    asked=(),
    follows=None,
)
AT = datetime(2026, 3, 25, 6, 30, tzinfo=UTC)


def read(text: str) -> NotesFindings:
    return parse_notes(document_from_text(text, path="bank.md"))


def asked_again(text: str) -> list[BankQuestion]:
    """What the reader makes of a document, as the writer had it."""
    return [
        BankQuestion(
            text=found.text,
            answer=found.answer,
            topic=found.path,
            kind=str(found.kind),
            importance=found.importance,
            stars=found.stars,
            underlined=found.underlined,
            flagged=found.flagged,
            company=found.company or "",
            asked=tuple(
                BankAsked(
                    asked.company,
                    asked.stage,
                    (asked.at if asked.at.tzinfo else asked.at.replace(tzinfo=UTC)) if asked.at else None,
                    str(asked.precision),
                    asked.source,
                    asked.note,
                )
                for asked in found.asked
            ),
            follows=found.follows,
        )
        for found in read(text).questions
    ]


def test_the_document_reads_like_notes() -> None:
    bank = [
        replace(QUESTION, topic=(), text="自我介绍", answer=""),
        QUESTION,
        replace(
            QUESTION,
            topic=("操作系统", "进程"),
            text="写一个线程池",
            answer="分三步：\n\n```python\n# 一\nrun()\n```",
            kind="coding",
            importance=3,
            stars=2,
            underlined=True,
            flagged=True,
            company="星河",
            asked=(
                BankAsked("星河", "一面", datetime(2026, 3, 25, tzinfo=UTC), "day", "面经.md", ""),
                BankAsked("Acme", "", AT, "minute", "", "没答上来"),
            ),
        ),
        replace(QUESTION, topic=("操作系统", "进程"), text="拒绝策略呢？", answer="", follows=2),
        replace(QUESTION, topic=("网络",), text="为什么三次握手？\n画图", answer="## 要点\n\n确认双方", importance=1),
        replace(QUESTION, topic=("网络",), text="那个参数怎么定？", answer="压测", follows=2),
    ]
    assert render_bank(bank, zone=ZONE, language="zh_CN") == (
        """\
---
ashore: question bank
version: 1
questions: 6
---

<!-- Headings name topics, and with a number in front questions, whose answers stand below them. Edit what you like; \
ashore import reads it all back. -->

# 1. 自我介绍

# 操作系统

## 2. 什么是锁？

互斥。

## 进程

### 3. 写一个线程池
> - 手撕 · ⭐⭐ · 下划线 · 标记 · 答给: 星河
> - 问过: 星河 · 一面 · 2026-03-25 · 来自: 面经.md
> - 问过: Acme · 2026-03-25 14:30+08:00 · 备注: 没答上来

分三步：

```python
# 一
run()
```

#### 3.1. 拒绝策略呢？

# 网络

## 4. 为什么三次握手？
> … 画图
> - 重要度: 1

<!-- answer -->
## 要点

确认双方
<!-- /answer -->

## 5. 那个参数怎么定？
> - 追问自: 3

压测
"""
    )
    for language in ("en", "zh_CN"):
        assert asked_again(render_bank(bank, zone=ZONE, language=language)) == bank


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_kept_byte_for_byte(answer: str) -> None:
    bank = [replace(QUESTION, answer=answer), replace(QUESTION, text="下一题", answer=answer)]
    text = render_bank(bank, zone=ZONE)
    assert asked_again(text) == bank
    assert answer in text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("answer", ["", "答", "> 引用的答案"])
def test_a_text_is_kept(text: str, answer: str) -> None:
    bank = [replace(QUESTION, text=text, answer=answer), QUESTION]
    assert asked_again(render_bank(bank, zone=ZONE)) == bank


def test_an_answer_stays_bare_where_nothing_is_lost_by_it() -> None:
    for answer in ("- 一\n- 二", "```python\n# 注释\n```", "1. 什么？", "#标签", "<!-- 注释 -->", "> 引用"):
        assert "answer" not in render_bank([replace(QUESTION, answer=answer)], zone=ZONE).split("-->", 1)[1]


@pytest.mark.parametrize(
    "topics",
    [
        [("1. 并发",), ("1\\. 并发",), ("3D 视觉",), ("12.1. x", "2. y")],
        [("a / b",), ("a", "b / c"), ("#", "##"), ("> - coding",), ("```",)],
        [tuple("abcdefgh"), (*"abcd", "e/f", "g / h", "\\/"), (*"abcd", "1. e"), (*"abcd", "e \\")],
        [("C++",), ("C#",), ("<!-- x -->",), ("[/x]",), ("⭐",), ("---",), ("1.",), ("...",), ("1. #",)],
        [("a", "b"), ("a",), ("a", "c"), ("d", "c")],
    ],
)
def test_topics_of_odd_names_keep_them(topics: list[tuple[str, ...]]) -> None:
    bank = [replace(QUESTION, topic=topic) for topic in topics]
    assert asked_again(render_bank(bank, zone=ZONE)) == bank


@pytest.mark.parametrize(
    "asked",
    [
        BankAsked("乔·布斯", "2026-03", None, "unknown", "", ""),
        BankAsked("for: x", "flagged", datetime(2026, 3, 1, tzinfo=UTC), "month", "from: y", '"'),
        BankAsked("a · b", "note: z", datetime(2026, 3, 9, tzinfo=UTC), "day", "a · b", "两行\n第二行\t\\frac"),
        BankAsked('"quoted"', "", AT.replace(second=5, microsecond=7), "minute", "", " 前后 "),
        BankAsked("只有公司", "", None, "unknown", "diary.md", ""),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_where_it_was_asked_is_kept(asked: BankAsked, language: str) -> None:
    bank = [replace(QUESTION, company=asked.company, asked=(asked, asked), importance=-1, stars=7)]
    assert asked_again(render_bank(bank, zone=ZONE, language=language)) == bank


@given(banks(), st.sampled_from(["en", "zh_CN"]))
@settings(max_examples=50)
def test_whatever_is_written_is_read_back(bank: list[BankQuestion], language: str) -> None:
    text = render_bank(bank, zone=ZONE, language=language)
    assert asked_again(text) == bank
    assert render_bank(asked_again(text), zone=ZONE, language=language) == text


DAMAGED = st.lists(
    LINES | st.sampled_from(["## 5. 题", "# 5.1. 追问", "# 题", "> - follows: 5", "> - coding", "> … x", "version: 9"]),
    max_size=30,
).map("\n".join)


@given(DAMAGED)
@example("# 5. 题\n> - follows: 6\n# 6. 题\n> - follows: 5")
@example("## 5. 题\n<!-- answer -->\n没完\n## 6. 题\n<!-- answer -->\n# x\n<!-- /answer -->\n后")
@settings(max_examples=60)
def test_whatever_a_person_makes_of_it_every_line_has_a_fate(damaged: str) -> None:
    document = document_from_text(f"---\nashore: question bank\n{damaged}", path="bank.md")
    found = parse_notes(document)
    assert len(found.fates) == len(document.lines)
    listed = {entry.line for entry in found.skipped}
    for number, (line, fate) in enumerate(zip(document.lines, found.fates, strict=True), start=1):
        assert (fate is LineFate.BLANK) == (not line.strip())
        assert (fate is LineFate.SKIPPED) == (number in listed)
    for place, question in enumerate(found.questions):
        assert question.text
        assert 1 <= question.line <= question.end_line <= len(document.lines)
        assert not question.answer or question.answer.split("\n")[0] == document.lines[question.answer_line - 1]
        seen = {place}
        parent = question.follows
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = found.questions[parent].follows


HAND_MADE = """\
---
ashore: question bank
version: 2
---

说明文字。

# 数据库

先看这里。

### 7. 什么是索引？
像目录。

### 8. 什么是回表？
> - 手撕 · ⭐ · ⭐⭐⭐
> - 面试官爱问

先查二级索引。

```sql
-- 没关上
### 9. 什么是覆盖索引？
> - Coding · FLAGGED · importance：4
> - asked at: Acme · 2026-02-31 · 2026-02

<!-- answer -->
## 一
<!-- /answer -->
补一句。

### 8.1. 怎么避免？
### 10. 孤儿追问
> - follows: 99
"""


def test_what_a_person_writes_by_hand_is_understood() -> None:
    found = read(HAND_MADE)
    first, second, third, fourth, last = found.questions
    assert (first.text, first.answer, first.path, first.ordinal) == ("什么是索引？", "像目录。", ("数据库",), 1)
    assert (second.kind, second.stars) == ("coding", 3)
    assert second.answer == "> - 面试官爱问\n\n先查二级索引。\n\n```sql\n-- 没关上"
    assert (third.kind, third.flagged, third.importance) == ("coding", True, 4)
    assert third.answer == "## 一\n补一句。"
    assert [(asked.stage, asked.at, asked.precision) for asked in third.asked] == [
        ("2026-02-31", datetime(2026, 2, 1), "month")  # noqa: DTZ001 - local time
    ]
    assert (fourth.text, fourth.follows) == ("怎么避免？", 1)
    assert last.follows is None
    assert [entry.line for entry in found.review] == [3, 33]
    assert {entry.reason for entry in found.skipped} == {"front-matter", "prose"}


def test_extremes_stay_readable() -> None:
    for text in (
        "\n".join("`" * length for length in range(3_000, 2, -1)),
        "# 1. 题\n\n<!-- answer -->\n" * 20_000,
        "```\n~~~\n" * 50_000,
        "## 3. 题\n> … x\n> - ⭐\n" * 20_000,
        "> - " + "a · " * 100_000,
        "\n".join(f"# {number}. 题\n> - follows: {number - 1}" for number in range(20_000)),
    ):
        document = document_from_text(f"---\nashore: question bank\n---\n{text}", path="bank.md")
        assert len(parse_notes(document).fates) == len(document.lines)
