"""A question that was edited here held against its files, and whose words count after that."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from prep.bank import add_question, edit_question
from prep.comparing import (
    Comparison,
    compare_question,
    diff_lines,
    keep_mine,
    take_theirs,
)
from prep.doubles.pairs import find_disagreeing
from prep.exporting.markdown import write_bank
from prep.follow_ups import read_follow_ups
from prep.importing import import_files
from prep.importing.reconciling import answer_in_file, note_file_words, text_in_file
from prep.models import Question
from tests.conftest import NOW
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import AshoreError
from tracker.models import Review
from tracker.reviews import dismiss_review
from tracker.undo import undo

ZONE = ZoneInfo("Asia/Shanghai")
Import = Callable[[str, str], None]

NOTES = """\
# 缓存

1. 什么是缓存穿透？

   查不存在的键。

   用布隆过滤器。

2. 什么是缓存雪崩？
"""


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Import:
    """Imports a text as the file of a name."""

    def run(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        import_files(database, [path], now=NOW, zone=ZONE)

    return run


def edit(database: Database, text: str | None = None, answer: str | None = None) -> None:
    """Edit the first question as a person does."""
    with database.change("edit", now=NOW) as session:
        row = first(session)
        said = text_in_file(row), answer_in_file(row)
        row.text, row.answer = text or row.text, answer or row.answer
        note_file_words(row, *said)


def first(session: Session) -> Question:
    return session.exec(select(Question).order_by("id")).all()[0]


def compared(database: Database) -> Comparison:
    with database.read() as session:
        return compare_question(session, question_id=first(session).id or 0)


def signed(comparison: Comparison, at: int = 0) -> list[str]:
    return [line.sign + line.text for line in diff_lines(comparison, comparison.standings[at])]


def open_disagreements(database: Database) -> int:
    with database.read() as session:
        return len(session.exec(select(Review).where(Review.kind == "disagreement", Review.state == "open")).all())


MINE = "查不存在的键。\n\n缓存空值。"


def test_what_is_the_same_differs_in_nothing(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    comparison = compared(database)
    assert (comparison.differing, comparison.disagrees, comparison.orphaned) == ((), False, False)
    assert (comparison.standings[0].place, comparison.standings[0].heading) == ("a.md:3", "缓存")
    assert signed(comparison) == []
    assert [line.sign for line in diff_lines(comparison, comparison.standings[0], context=None)] == [" "] * 5


def test_an_edit_shows_with_both_sides(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, text="缓存穿透是什么？", answer=MINE)
    comparison = compared(database)
    assert signed(comparison) == [
        "-什么是缓存穿透？",
        "+缓存穿透是什么？",
        " ",
        " 查不存在的键。",
        " ",
        "-用布隆过滤器。",
        "+缓存空值。",
    ]
    assert comparison.differing == comparison.standings


def test_equal_lines_far_from_a_change_are_left_out(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        lines = [f"第 {n} 行" for n in range(40)]
        question_id = add_question(session, text="长答案", answer="\n".join(lines), now=NOW)
        row = session.get_one(Question, question_id)
        row.source_answer = row.answer.replace("第 5 行", "旧行").replace("第 30 行", "旧句")
    with pytest.raises(AshoreError, match="typed here"), database.change("take", now=NOW) as session:
        take_theirs(session, question_id=question_id)
    with database.change("file", now=NOW) as session:
        from tracker.models import Source

        source = Source(path="/n/长.md")
        session.add(source)
        session.flush()
        session.get_one(Question, question_id).source_id = source.id
    comparison = compared(database)
    lines = signed(comparison)
    assert [line for line in lines if line[0] in "+-"] == ["-旧行", "+第 5 行", "-旧句", "+第 30 行"]
    assert len(lines) == 2 * (3 + 2 + 3) + 2
    assert lines.count("@") == 2


def test_the_file_s_words_are_taken_and_followed_again(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    bring("a.md", NOTES.replace("用布隆", "先用布隆"))
    assert open_disagreements(database) == 1
    assert compared(database).disagrees
    before = content_hash(database.path)
    with database.change("take", now=NOW) as session:
        take_theirs(session, question_id=first(session).id or 0)
    comparison = compared(database)
    assert comparison.answer == "查不存在的键。\n\n先用布隆过滤器。"
    assert (comparison.differing, comparison.disagrees, open_disagreements(database)) == ((), False, 0)
    bring("a.md", NOTES.replace("用布隆", "最后用布隆"))
    assert "最后用布隆" in compared(database).answer
    undo(database, now=NOW)
    undo(database, now=NOW)
    assert content_hash(database.path) == before


def test_my_words_stay_until_the_file_says_something_new(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    changed = NOTES.replace("用布隆", "先用布隆")
    bring("a.md", changed)
    with database.change("keep", now=NOW) as session:
        keep_mine(session, question_id=first(session).id or 0)
    for text in (changed, "一句话。\n\n" + changed, changed):
        bring("a.md", text)
        comparison = compared(database)
        assert (comparison.answer, comparison.disagrees, open_disagreements(database)) == (MINE, False, 0)
    assert comparison.differing
    bring("a.md", NOTES.replace("用布隆", "最后用布隆"))
    assert (compared(database).answer, open_disagreements(database)) == (MINE, 1)


def test_my_marks_stay_when_my_words_do(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    with database.change("marks", now=NOW) as session:
        edit_question(session, question_id=first(session).id or 0, importance=3)
    changed = NOTES.replace("用布隆", "先用布隆")
    bring("a.md", changed)
    with database.change("keep", now=NOW) as session:
        keep_mine(session, question_id=first(session).id or 0)
    bring("a.md", "一句话。\n\n" + changed)
    with database.read() as session:
        assert (first(session).answer, first(session).importance) == (MINE, 3)
    assert open_disagreements(database) == 0


def test_the_same_words_of_a_file_are_asked_about_once(bring: Import, database: Database) -> None:
    """Whatever their length, and whether anything else of the file changes; new words are asked about."""
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    long = "很长。" * 100
    for ending, dismissed in (("一", False), ("一", True), ("二", False)):
        bring("a.md", NOTES.replace("用布隆", f"{long}{ending}用布隆"))
        bring("a.md", "一句话。\n\n" + NOTES.replace("用布隆", f"{long}{ending}用布隆"))
        assert open_disagreements(database) == 1
        if dismissed:
            with database.change("dismiss", now=NOW) as session:
                entry = session.exec(select(Review).where(Review.state == "open")).one()
                dismiss_review(session, review_id=entry.id or 0)
            bring("a.md", NOTES.replace("用布隆", f"{long}{ending}用布隆"))
            assert open_disagreements(database) == 0


def test_what_agrees_again_is_asked_about_no_more(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    bring("a.md", NOTES.replace("用布隆", "先用布隆"))
    bring("a.md", NOTES.replace("用布隆过滤器", "缓存空值"))
    assert (open_disagreements(database), compared(database).differing) == (0, ())


def test_the_question_of_an_entry_is_found_after_an_edit(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    edit(database, answer=MINE)
    bring("a.md", NOTES.replace("用布隆", "先用布隆"))
    edit(database, text="缓存穿透是什么？")
    with database.read() as session:
        number = session.exec(select(Review.id)).one() or 0
        assert find_disagreeing(session, [number]) == {number: first(session).id}
        assert find_disagreeing(session, []) == {}


def put_out(database: Database, path: Path) -> None:
    with database.read() as session:
        write_bank(session, path, zone=ZONE)


@pytest.mark.parametrize("take", [True, False])
def test_what_an_exported_bank_says_otherwise_is_settled(database: Database, tmp_path: Path, take: bool) -> None:
    """A typed question, so that the bank is a further file of it."""
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="什么是缓存穿透？", answer="一稿", now=NOW)
    for answer in ("二稿", "三稿"):
        with database.change("edit", now=NOW) as session:
            edit_question(session, question_id=question_id, answer=answer)
        if answer == "二稿":
            put_out(database, tmp_path / "bank.md")
            text = (tmp_path / "bank.md").read_text()
    (tmp_path / "bank.md").write_text(text.replace("二稿", "文件里改"))
    for reread in (False, True):
        report = import_files(database, [tmp_path / "bank.md"], now=NOW, zone=ZONE, reread=reread)
        assert [entry.question_id for entry in report.files[0].review] == [question_id]
        assert (compared(database).disagrees, open_disagreements(database)) == (True, 1)
    (other,) = compared(database).differing
    with database.change("settle", now=NOW) as session:
        if take:
            take_theirs(session, question_id=question_id, copy_id=other.copy_id)
        else:
            keep_mine(session, question_id=question_id)
    for reread in (False, True):
        report = import_files(database, [tmp_path / "bank.md"], now=NOW, zone=ZONE, reread=reread)
        assert report.files[0].review == ()
        assert (compared(database).disagrees, open_disagreements(database)) == (False, 0)
    assert compared(database).answer == ("文件里改" if take else "三稿")
    (tmp_path / "bank.md").write_text(text.replace("二稿", "又一稿"))
    import_files(database, [tmp_path / "bank.md"], now=NOW, zone=ZONE)
    assert (compared(database).answer, open_disagreements(database)) == (("又一稿", 0) if take else ("三稿", 1))


def test_the_answer_of_another_file_can_be_taken(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    bring("b.md", "# 面试\n\n1. 什么是缓存穿透？\n\n   请求打到数据库。\n\n2. 什么是缓存雪崩？\n")
    comparison = compared(database)
    assert [(one.place, one.answer_differs) for one in comparison.standings] == [("a.md:3", False), ("b.md:3", True)]
    (other,) = comparison.differing
    with database.change("take", now=NOW) as session:
        take_theirs(session, question_id=comparison.question_id, copy_id=other.copy_id)
    comparison = compared(database)
    assert comparison.answer == "请求打到数据库。"
    assert [one.answer_differs for one in comparison.standings] == [True, False]
    before = content_hash(database.path)
    bring("a.md", NOTES)
    assert content_hash(database.path) == before
    with pytest.raises(AshoreError, match="no more"), database.change("take", now=NOW) as session:
        take_theirs(session, question_id=comparison.question_id, copy_id=99)


def test_what_cannot_be_taken_or_kept_is_refused(bring: Import, database: Database) -> None:
    bring("a.md", NOTES)
    with database.change("add", now=NOW) as session:
        typed = add_question(session, text="自己写的", now=NOW)
        imported = first(session).id or 0
    for act, question_id, reason in (
        (take_theirs, imported, "the same"),
        (keep_mine, typed, "typed here"),
        (take_theirs, 99, "not there"),
    ):
        with pytest.raises(AshoreError, match=reason), database.change("act", now=NOW) as session:
            act(session, question_id=question_id)


def test_follow_ups_are_read_with_what_they_follow(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        parent = add_question(session, text="什么是锁", answer="互斥", now=NOW)
        for text in ("为什么", "然后呢"):
            session.get_one(Question, add_question(session, text=text, now=NOW)).follows_id = parent
    with database.read() as session:
        found = read_follow_ups(session, question_id=parent)
        assert (found.follows, [one.text for one in found.followers]) == (None, ["为什么", "然后呢"])
        behind = read_follow_ups(session, question_id=found.followers[0].id)
        assert behind.follows is not None
        assert (behind.follows.text, behind.follows.answered, behind.followers) == ("什么是锁", True, ())
        assert read_follow_ups(session, question_id=99).followers == ()
