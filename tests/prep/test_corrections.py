"""Corrections are kept by file, found again after edits, and heeded by every import of the same path."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from prep.corrections import IdleCorrectionError, Lines, heed, list_corrections, remove_correction
from prep.importing import FileReport, ImportReport, import_files
from prep.models import Question
from prep.notes import LineFate
from prep.notes.bank_syntax import NAME
from prep.notes.corrections import LineCorrection, Verdict
from tests.prep.notes.test_corrections import line_of
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.undo import undo

ZONE = ZoneInfo("Asia/Shanghai")

NOTES = """\
# 缓存

1. 什么是缓存穿透？

   查不存在的键。
   布隆过滤器怎么帮忙
   先问它，没有就不查库。

2. 什么是缓存雪崩？

   同时过期。
"""

Read = Callable[..., FileReport]


@pytest.fixture
def imports(database: Database, clock: Callable[[], datetime]) -> Callable[..., ImportReport]:
    """Imports files; the clock goes on by a minute each time."""
    minutes = iter(range(1000))

    def run(paths: list[Path], **options: object) -> ImportReport:
        now = clock() + timedelta(minutes=next(minutes))
        return import_files(database, paths, now=now, zone=ZONE, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def read(tmp_path: Path, imports: Callable[..., ImportReport]) -> Read:
    """Write the notes and import them, with corrections by the words of their lines."""
    path = tmp_path / "notes.md"

    def run(text: str, *said: tuple[str, Verdict], dry_run: bool = False) -> FileReport:
        path.write_text(text, encoding="utf-8")
        new = [LineCorrection(line_of(text, words), verdict) for words, verdict in said]
        (file,) = imports([path], corrections={path: new} if new else None, dry_run=dry_run).files
        return file

    return run


def texts(database: Database) -> list[str]:
    """The questions of the bank that stand in their file."""
    with database.read() as session:
        rows = session.exec(select(Question).where(Question.orphaned == False)).all()  # noqa: E712 - SQL
        return [row.text for row in sorted(rows, key=lambda row: row.source_line)]


def stored(database: Database) -> list[tuple[int, str, str]]:
    with database.read() as session:
        return [(entry.line, entry.text.strip(), entry.verdict.value) for entry in list_corrections(session)]


ASKS = ("布隆过滤器怎么帮忙", Verdict.QUESTION)


def test_a_dry_run_shows_what_a_correction_does_and_keeps_nothing(database: Database, read: Read) -> None:
    file = read(NOTES, ASKS, dry_run=True)
    assert [question.text for question in file.found] == ["什么是缓存穿透？", "布隆过滤器怎么帮忙", "什么是缓存雪崩？"]
    assert [(entry.id, entry.line, entry.verdict) for entry in file.corrections] == [(None, 6, "question")]
    assert file.fates[5] is LineFate.QUESTION
    assert stored(database) == []


def test_a_correction_is_kept_with_the_import_and_heeded_by_the_next(database: Database, read: Read) -> None:
    file = read(NOTES, ASKS)
    assert [(entry.id, entry.line) for entry in file.corrections] == [(1, 6)]
    assert texts(database) == ["什么是缓存穿透？", "布隆过滤器怎么帮忙", "什么是缓存雪崩？"]
    again = read("前言一段。\n\n" + NOTES)
    assert [(entry.id, entry.line) for entry in again.corrections] == [(1, 8)]
    assert texts(database) == ["什么是缓存穿透？", "布隆过滤器怎么帮忙", "什么是缓存雪崩？"]
    assert stored(database) == [(8, "布隆过滤器怎么帮忙", "question")]


def test_an_import_of_the_same_file_writes_nothing_about_corrections(
    database: Database, read: Read, tmp_path: Path, imports: Callable[..., ImportReport]
) -> None:
    read(NOTES, ASKS)
    assert imports([tmp_path / "notes.md"]).change_set is None
    assert stored(database) == [(6, "布隆过滤器怎么帮忙", "question")]


def test_a_correction_comes_into_an_import_of_a_file_that_was_read_before(database: Database, read: Read) -> None:
    read(NOTES)
    read(NOTES, ASKS)
    assert texts(database) == ["什么是缓存穿透？", "布隆过滤器怎么帮忙", "什么是缓存雪崩？"]


def test_of_two_for_one_line_the_later_is_kept(database: Database, read: Read) -> None:
    read(NOTES, ("2. 什么是缓存雪崩", Verdict.ANSWER))
    assert texts(database) == ["什么是缓存穿透？"]
    read(NOTES, ("2. 什么是缓存雪崩", Verdict.QUESTION))
    assert stored(database) == [(9, "2. 什么是缓存雪崩？", "question")]
    assert texts(database) == ["什么是缓存穿透？", "什么是缓存雪崩？"]


def test_one_whose_line_is_gone_is_kept_and_said(database: Database, read: Read) -> None:
    read(NOTES, ASKS)
    file = read("# 缓存\n\n1. 什么是缓存穿透？\n\n   查不存在的键。\n")
    assert [(entry.line, entry.text.strip()) for entry in file.corrections] == [(None, "布隆过滤器怎么帮忙")]
    assert len(stored(database)) == 1
    assert [entry.line for entry in read(NOTES).corrections] == [6]


def test_undo_takes_a_correction_back_with_its_import(
    database: Database, read: Read, clock: Callable[[], datetime]
) -> None:
    read(NOTES, ASKS)
    undo(database, now=clock())
    assert stored(database) == []


def test_a_removed_correction_counts_no_more(database: Database, read: Read, clock: Callable[[], datetime]) -> None:
    read(NOTES, ASKS)
    with database.change("forget", now=clock()) as session:
        assert remove_correction(session, correction_id=1).text.strip() == "布隆过滤器怎么帮忙"
    read(NOTES)
    assert texts(database) == ["什么是缓存穿透？", "什么是缓存雪崩？"]
    with database.change("forget", now=clock()) as session, pytest.raises(RefusedError):
        remove_correction(session, correction_id=1)


@pytest.mark.parametrize(
    "correction",
    [
        LineCorrection(0, Verdict.QUESTION),
        LineCorrection(2, Verdict.QUESTION),
        LineCorrection(99, Verdict.ANSWER),
        LineCorrection(1, Verdict.STYLE, "poetry"),
        LineCorrection(1, Verdict.STYLE),
    ],
)
def test_a_correction_of_nothing_is_refused(correction: LineCorrection) -> None:
    with pytest.raises(RefusedError):
        heed((), [correction], NOTES.split("\n"), path="notes.md")


@pytest.mark.parametrize(
    ("text", "words", "verdict", "lines"),
    [
        ("# 锁\n\n今天看锁。\n\n1. 什么是锁？\n   互斥。\n", "今天看锁", Verdict.ANSWER, (3,)),
        ("1. 什么是锁？\n   互斥。\n", "1. 什么是锁", Verdict.ANSWER, (1,)),
        ("1. 什么是锁？\n\n---\n", "---", Verdict.QUESTION, (3,)),
        ("1. 什么是锁？\n```python\nlock()\n```\n", "```python", Verdict.QUESTION, (2,)),
    ],
)
def test_what_can_do_nothing_is_refused_and_nothing_written(
    database: Database, read: Read, text: str, words: str, verdict: Verdict, lines: tuple[int, ...]
) -> None:
    for dry_run in (True, False):
        with pytest.raises(IdleCorrectionError, match=f"line {lines[0]}: there (is|are) no") as raised:
            read(text, (words, verdict), dry_run=dry_run)
        assert raised.value.lines == lines
    assert (texts(database), stored(database)) == ([], [])


def test_a_correction_that_lost_its_question_to_an_edit_stops_no_import(database: Database, read: Read) -> None:
    read("1. 什么是锁？\n\n## 例子\n\n互斥。\n", ("## 例子", Verdict.ANSWER))
    assert read("锁的例子。\n\n## 例子\n\n互斥。\n").corrections[0].line == 3
    assert texts(database) == []


def test_an_exported_bank_takes_no_corrections() -> None:
    bank = ["---", NAME, "---", "# 锁"]
    with pytest.raises(RefusedError, match="exported bank"):
        heed((), [LineCorrection(4, Verdict.QUESTION)], bank, path="bank.md")
    assert heed((), (), bank, path="bank.md") == ()


@pytest.mark.parametrize(
    ("before", "number", "after", "expected"),
    [
        ("甲\n乙\n丙", 2, "甲\n乙\n丙", 2),
        ("甲\n乙\n丙", 2, "新\n甲\n\n乙\n丙", 4),
        ("甲\n乙\n丙", 2, "丙\n甲\n乙", 3),
        ("甲\n乙\n丙", 2, "甲\n丙", None),
        ("甲\n乙\n丙", 1, "零\n甲\n乙", 2),
        ("问\n答\n追\n答\n尾", 4, "问\n答\n插\n追\n答\n尾", 5),
        ("问\n答\n追\n答\n尾", 4, "追\n答\n尾\n问\n答", 2),
        ("问\n答\n追\n答\n尾", 4, "问\n答\n追\n尾", None),
        ("甲\n答\n乙\n答\n丙", 4, "子\n答\n丑\n答\n寅", 4),
        ("甲\n缓存怎么更新\n丙", 2, "甲\n缓存该怎么更新\n丙", 2),
        ("缓存怎么更新\n丙", 1, "缓存该怎么更新\n丙", 1),
        ("甲\n缓存怎么更新\n丙", 2, "甲\n别的话\n丙", None),
    ],
)
def test_a_line_is_found_again(before: str, number: int, after: str, expected: int | None) -> None:
    anchor = Lines(before.split("\n")).anchor(number)
    assert Lines(after.split("\n")).find(anchor) == expected


def test_every_line_has_one_fate_in_the_report(read: Read) -> None:
    text = NOTES + "\n快手：投递—一面—\n\n今天先看到这里。\n"
    file = read(text)
    skipped = [number for number, fate in enumerate(file.fates, start=1) if fate is LineFate.SKIPPED]
    assert len(file.fates) == file.lines == text.count("\n")
    assert all(sum(entry.line == number for entry in file.skipped) == 1 for number in skipped)
    assert (file.unanswered, len(file.found)) == (0, 2)
    assert file.coverage == pytest.approx(1 - len(skipped) / 9, abs=0.2)
    assert [(style.name, style.questions) for style in file.styles] == [("numbered", 2)]


def test_what_was_answered_in_an_interview_is_not_unanswered(read: Read) -> None:
    talk = "# 模拟面试\n\n面试官：什么是死锁？\n\n候选人：互相等待对方的锁。\n\n面试官：怎么预防？\n\n候选人：按顺序加锁。\n"
    file = read(talk)
    assert (len(file.found), file.answered, file.unanswered) == (2, 2, 0)


def test_what_nothing_came_to_mind_for_is_unanswered(read: Read) -> None:
    file = read("# 快手 一面 2026.3.2\n\n1. 堆和栈的区别（没答上来）\n2. 什么是死锁（答得不错）\n3. 怎么预防死锁\n")
    assert [question.is_answered for question in file.found] == [False, True, False]
    assert (file.answered, file.unanswered) == (1, 2)
