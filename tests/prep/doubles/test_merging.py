"""Two questions become one: their history, their places and their answers are all there afterwards, and undo parts them."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from prep.bank import add_asked, add_question, edit_question, log_attempt
from prep.doubles.merging import APPENDED, COPY, DROPPED, SAME, TAKEN, merge_questions
from prep.doubles.near import put_away_questions
from prep.doubles.reviews import MOVED_QUESTION, NEAR_EQUAL
from prep.importing import import_files
from prep.models import Asked, Attempt, MemoryState, Question, QuestionCopy
from prep.storage import open_database
from tests.conftest import NOW
from tracker.applications import At
from tracker.companies import add_company
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import AshoreError
from tracker.models import Review
from tracker.undo import undo

ZONE = ZoneInfo("Asia/Shanghai")
Import = Callable[[str, str], None]

ONE = "# 微调\n\n1. LoRA 的原理是什么？\n\n   低秩矩阵。\n"
OTHER = "# 大模型\n\n1. 介绍一下 LoRA 的原理\n\n   两个小矩阵。\n\n2. 什么是 QLoRA？\n"
KEPT, MERGED = "LoRA 的原理是什么？", "介绍一下 LoRA 的原理"


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Import:
    """Imports a text as the file of a name."""

    def run(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        import_files(database, [path], now=NOW, zone=ZONE)

    return run


def id_of(session: Session, text: str) -> int:
    return session.exec(select(Question.id).where(Question.text == text)).one() or 0


def texts(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.exec(select(Question.text)).all())


def merge(database: Database, kept: str = KEPT, merged: str = MERGED, **options: bool) -> str:
    with database.change("merge", now=NOW) as session:
        found = merge_questions(session, kept_id=id_of(session, kept), merged_id=id_of(session, merged), **options)
        assert (found.text, found.merged_text) == (kept, merged)
        return found.answer


def test_everything_moves_and_undo_parts_them(bring: Import, database: Database) -> None:
    bring("a.md", ONE)
    bring("b.md", OTHER)
    with database.change("history", now=NOW) as session:
        kept, merged = id_of(session, KEPT), id_of(session, MERGED)
        company_id = add_company(session, name="快手", now=NOW)
        for question_id in (kept, merged):
            add_asked(session, question_id=question_id, company_id=company_id, at=At.day(NOW), stage="一面")
        add_asked(session, question_id=merged, company_id=company_id, at=At.day(NOW), stage="二面")
        log_attempt(session, question_id=merged, rating="good", now=NOW - timedelta(days=2))
        log_attempt(session, question_id=kept, rating="again", now=NOW - timedelta(days=1))
        follower = add_question(session, text="B 为什么初始化为 0？", now=NOW)
        session.get_one(Question, follower).follows_id = merged
        session.get_one(Question, merged).importance = 3
    before = content_hash(database.path)
    with database.change("merge", now=NOW) as session:
        found = merge_questions(session, kept_id=kept, merged_id=merged)
    assert (found.attempts, found.asked, found.answer) == (1, 2, COPY)
    assert found.sentence == "Now one question: LoRA 的原理是什么？ · 1 practice moved"
    with database.read() as session:
        assert session.get(Question, merged) is None
        assert session.get_one(Question, kept).importance == 3
        assert session.get_one(Question, follower).follows_id == kept
        assert {row.question_id for row in session.exec(select(Attempt)).all()} == {kept}
        assert sorted(row.stage for row in session.exec(select(Asked)).all()) == ["一面", "二面"]
        memory = session.exec(select(MemoryState)).one()
        assert (memory.question_id, memory.attempts, memory.rating) == (kept, 2, "again")
        copy = session.exec(select(QuestionCopy)).one()
        assert (copy.question_id, copy.text, copy.answer, copy.line) == (kept, MERGED, "两个小矩阵。", 3)
        assert session.exec(select(Review.state)).all() == ["accepted"]
    undo(database, now=NOW)
    assert content_hash(database.path) == before


@pytest.mark.parametrize(("kept", "merged"), [(KEPT, MERGED), (MERGED, KEPT)])
def test_the_next_import_brings_nothing_back(bring: Import, database: Database, kept: str, merged: str) -> None:
    bring("a.md", ONE)
    bring("b.md", OTHER)
    merge(database, kept, merged)
    before = content_hash(database.path)
    bring("b.md", OTHER)
    bring("a.md", ONE)
    assert content_hash(database.path) == before
    bring("b.md", OTHER.replace("两个小矩阵", "两个很小的矩阵").replace("# 大模型", "# 大模型\n\n一句话。"))
    bring("a.md", ONE.replace("低秩", "低秩的"))
    assert texts(database) == sorted([kept, "什么是 QLoRA？"])


def test_two_places_of_one_file_are_one_question(bring: Import, database: Database) -> None:
    both = ONE + "\n# 复习\n\n1. 介绍一下 LoRA 的原理\n\n   两个小矩阵。\n"
    bring("a.md", both)
    merge(database)
    before = content_hash(database.path)
    bring("a.md", both)
    assert content_hash(database.path) == before
    bring("a.md", "# 前言\n\n1. 什么是 PEFT？\n\n" + both)
    assert texts(database) == sorted([KEPT, "什么是 PEFT？"])


@pytest.mark.parametrize(
    ("answers", "outcome", "left"),
    [
        (("甲", "乙"), APPENDED, "甲\n\n---\n\n乙"),
        (("甲，即乙。", "即乙"), SAME, "甲，即乙。"),
        (("甲", ""), SAME, "甲"),
        (("", "乙"), TAKEN, "乙"),
        (("```py\nx = 1", "乙"), APPENDED, "```py\nx = 1\n```\n\n---\n\n乙"),
        (("甲\n\n  ~~~~\n```\n# 行\n", "乙"), APPENDED, "甲\n\n  ~~~~\n```\n# 行\n  ~~~~\n\n---\n\n乙"),
        (("```\nx\n```", "乙"), APPENDED, "```\nx\n```\n\n---\n\n乙"),
        (("1. 甲\n\n   ```\n   x", "乙"), APPENDED, "1. 甲\n\n   ```\n   x\n\n---\n\n乙"),
    ],
)
def test_an_answer_that_was_typed_is_not_lost(
    database: Database, answers: tuple[str, str], outcome: str, left: str
) -> None:
    with database.change("add", now=NOW) as session:
        for text, answer in zip((KEPT, MERGED), answers, strict=True):
            add_question(session, text=text, answer=answer, now=NOW)
    assert merge(database) == outcome
    with database.read() as session:
        assert session.exec(select(Question.answer)).one() == left


def test_an_answer_edited_here_is_put_below_and_the_file_keeps_its_own(bring: Import, database: Database) -> None:
    bring("a.md", ONE)
    bring("b.md", OTHER)
    with database.change("edit", now=NOW) as session:
        row = session.get_one(Question, id_of(session, MERGED))
        row.source_answer, row.answer = row.answer, "我的话"
    assert merge(database) == APPENDED
    with database.read() as session:
        row = session.get_one(Question, id_of(session, KEPT))
        assert (row.answer, row.source_answer) == ("低秩矩阵。\n\n---\n\n我的话", "低秩矩阵。")
        assert session.exec(select(QuestionCopy.answer)).one() == "两个小矩阵。"


def test_a_typed_question_takes_the_place_of_the_imported_one(bring: Import, database: Database) -> None:
    bring("b.md", OTHER)
    with database.change("add", now=NOW) as session:
        add_question(session, text=KEPT, answer="自己的话", now=NOW)
    assert merge(database) == COPY
    with database.read() as session:
        row = session.get_one(Question, id_of(session, KEPT))
        assert (row.source_line, row.source_text, row.source_answer) == (3, MERGED, "两个小矩阵。")
        assert row.answer == "自己的话"
    before = content_hash(database.path)
    bring("b.md", OTHER)
    assert content_hash(database.path) == before


@pytest.mark.parametrize("keep_answer", [True, False])
def test_a_reworded_question_goes_on_as_what_it_was(bring: Import, database: Database, keep_answer: bool) -> None:
    bring("a.md", ONE)
    bring("a.md", "# 其他\n\n1. 什么是 QLoRA？\n")
    bring("b.md", OTHER)
    with database.change("practised", now=NOW) as session:
        gone, come = id_of(session, KEPT), id_of(session, MERGED)
        session.add(Review(kind=MOVED_QUESTION, line=1, question_id=come, other_id=gone))
        log_attempt(session, question_id=id_of(session, KEPT), rating="good", now=NOW)
    assert merge(database, MERGED, KEPT, keep_answer=keep_answer) == (APPENDED if keep_answer else DROPPED)
    with database.read() as session:
        row = session.get_one(Question, id_of(session, MERGED))
        assert row.answer == ("两个小矩阵。\n\n---\n\n低秩矩阵。" if keep_answer else "两个小矩阵。")
        assert session.exec(select(Attempt.question_id)).one() == row.id
        assert session.exec(select(QuestionCopy.text).where(QuestionCopy.question_id == row.id)).all() == []
        assert session.exec(select(Review.state).where(Review.kind == MOVED_QUESTION)).one() == "accepted"
    before = content_hash(database.path)
    bring("b.md", OTHER)
    assert content_hash(database.path) == before


def test_what_was_said_of_the_one_that_is_gone_holds_for_the_other(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        first, second, third = (
            add_question(session, text=text, now=NOW) for text in ("什么是锁", "锁是啥", "锁是什么")
        )
        put_away_questions(session, first_id=second, second_id=third)
        merge_questions(session, kept_id=first, merged_id=second)
        entry = session.exec(select(Review)).one()
        assert {entry.subject, entry.other, entry.state} == {"什么是锁", "锁是什么", "dismissed"}


def test_of_two_questions_is_asked_once_after_a_merging(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        first, second, third = (
            add_question(session, text=text, now=NOW) for text in ("什么是锁", "锁是啥", "锁是什么")
        )
        for pair in ((second, first), (third, first), (third, second)):
            session.add(
                Review(kind=NEAR_EQUAL, line=1, question_id=pair[0], other_id=pair[1], subject="旧", other="旧")
            )
    before = content_hash(database.path)
    with database.change("merge", now=NOW) as session:
        merge_questions(session, kept_id=first, merged_id=second)
        rows = session.exec(select(Review).order_by(col(Review.id))).all()
        assert [(row.question_id, row.other_id, row.state) for row in rows] == [
            (second, first, "accepted"),
            (third, first, "open"),
        ]
    undo(database, now=NOW)
    assert content_hash(database.path) == before


@pytest.mark.parametrize("typed", [True, False])
def test_what_is_asked_of_an_answer_goes_with_its_place(bring: Import, database: Database, typed: bool) -> None:
    bring("b.md", OTHER)
    with database.change("edit", now=NOW) as session:
        edit_question(session, question_id=id_of(session, MERGED), answer="我的话")
    bring("b.md", OTHER.replace("两个小矩阵", "两个矩阵"))
    if typed:
        with database.change("add", now=NOW) as session:
            add_question(session, text=KEPT, now=NOW)
    else:
        bring("a.md", ONE)
    merge(database)
    with database.read() as session:
        kept = id_of(session, KEPT)
        told = session.exec(select(Review.question_id).where(Review.kind == "disagreement")).all()
        assert told == ([kept] if typed else [])


def test_what_cannot_be_one_is_refused(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        first, second, third = (add_question(session, text=text, now=NOW) for text in ("锁", "然后呢", "为什么"))
        session.get_one(Question, second).follows_id = first
        session.get_one(Question, third).follows_id = second
    for kept, merged, reason in ((first, first, "itself"), (third, first, "goes on from"), (first, 99, "not there")):
        with pytest.raises(AshoreError, match=reason), database.change("merge", now=NOW) as session:
            merge_questions(session, kept_id=kept, merged_id=merged)
    with database.change("merge", now=NOW) as session:
        merge_questions(session, kept_id=first, merged_id=second)
        assert session.get_one(Question, third).follows_id == first


LINES = ("什么是锁", "锁是什么", "什么是协程", "协程和线程的区别", "什么是死锁", "怎么避免死锁")
ANSWERS = ("", "甲", "乙")


@st.composite
def documents(draw: st.DrawFn) -> list[str]:
    """Two files with some of the questions each, in any order, a few of them in both."""
    made = []
    for name in ("上", "下"):
        lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True))
        items = [f"{at}. {line}\n\n   {draw(st.sampled_from(ANSWERS))}\n" for at, line in enumerate(lines, start=1)]
        made.append(f"# {name}\n\n" + "\n".join(items))
    return made


@settings(max_examples=10)
@given(documents(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_any_merges_survive_the_next_import(
    template_path: Path, texts_of: list[str], picks: list[tuple[int, int]]
) -> None:
    """Whatever is merged into whatever: no practice is lost, the same files bring nothing back, undo parts them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ashore.db"
        shutil.copy(template_path, path)
        database = open_database(path, now=NOW)
        files = [Path(folder) / name for name in ("a.md", "b.md")]
        for file, text in zip(files, texts_of, strict=True):
            file.write_text(text)
        import_files(database, files, now=NOW, zone=ZONE)
        with database.change("practised", now=NOW) as session:
            numbers = [number or 0 for number in session.exec(select(Question.id).order_by(col(Question.id))).all()]
            for number in numbers:
                log_attempt(session, question_id=number, rating="good", now=NOW)
        before, count, done = content_hash(path), len(numbers), 0
        for kept, merged in picks:
            pair = numbers[kept % len(numbers)], numbers[merged % len(numbers)]
            if pair[0] != pair[1]:
                with database.change("merge", now=NOW) as session:
                    merge_questions(session, kept_id=pair[0], merged_id=pair[1])
                numbers.remove(pair[1])
                done += 1
        after = content_hash(path)
        report = import_files(database, files, now=NOW, zone=ZONE, reread=True)
        assert content_hash(path) == after, report.files
        with database.read() as session:
            assert len(session.exec(select(Attempt)).all()) == count
            assert {row.question_id for row in session.exec(select(Attempt)).all()} == set(numbers)
        for _step in range(done):
            undo(database, now=NOW)
        assert content_hash(path) == before
