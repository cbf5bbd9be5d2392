"""The bank goes out as Markdown and comes back: into an empty database as it was, into its own without a trace."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import select

from prep.bank import add_asked, add_question, edit_question
from prep.exporting import BankQuestion, load_bank, write_bank
from prep.importing import FileReport, import_files
from prep.models import Question
from prep.storage import open_database
from prep.topics import find_or_add_topic
from tests.prep.exporting.odd_banks import banks
from tracker.applications import At
from tracker.companies import add_company, find_company_id
from tracker.db import Database
from tracker.errors import StorageError
from tracker.models import Source
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
NOTES = Path(os.environ.get("ASHORE_NOTES") or Path(__file__).parents[4] / "shared" / "notes")


@pytest.fixture
def empty(template_path: Path, tmp_path: Path) -> Database:
    """Another database, for what comes back."""
    shutil.copy(template_path, tmp_path / "empty.db")
    return open_database(tmp_path / "empty.db", now=NOW)


def bring(database: Database, *paths: Path, dry_run: bool = False) -> tuple[FileReport, int | None]:
    report = import_files(database, paths, now=NOW, zone=ZONE, dry_run=dry_run)
    return report.files[-1], report.change_set


def bank_of(database: Database) -> tuple[BankQuestion, ...]:
    with database.read() as session:
        return load_bank(session)


def put_out(database: Database, path: Path) -> Path:
    with database.read() as session:
        write_bank(session, path, zone=ZONE)
    return path


def fill(database: Database) -> int:
    """A bank with everything in it; returns the company at which one question was asked."""
    with database.change("fill", now=NOW) as session:
        acme = add_company(session, name="Acme", now=NOW)
        odd = add_company(session, name="for: 乔·布斯 3", now=NOW)
        system = find_or_add_topic(session, path=("操作系统",))
        lock_topic = find_or_add_topic(session, path=("操作系统", "1. 并发", "锁"))
        network = find_or_add_topic(session, path=("3D 视觉",))
        lock = add_question(session, text="什么是锁？", answer="互斥。\n\n# 不是标题\n", topic_id=lock_topic, now=NOW)
        add_question(session, text="什么是锁？", answer="另一种说法。", topic_id=lock_topic, now=NOW)
        same = add_question(session, text="什么是锁？", answer="互斥。\n\n# 不是标题\n", topic_id=network, now=NOW)
        add_question(session, text="没有专题", answer="```\n没关上", kind="coding", now=NOW)
        again = add_question(session, text="为什么？", topic_id=system, kind="reverse", stars=2, importance=1, now=NOW)
        after = add_question(
            session,
            text="那可重入呢？\n画图",
            answer="> 引",
            topic_id=lock_topic,
            underlined=True,
            company_id=odd,
            now=NOW,
        )
        for question_id, parent in ((after, lock), (again, same)):
            session.get_one(Question, question_id).follows_id = parent
        edit_question(session, question_id=lock, flagged=True)
        add_asked(
            session, question_id=lock, company_id=acme, at=At.day(NOW), stage="一面", source="面经.md", note="没 · 答"
        )
        add_asked(session, question_id=lock, company_id=acme, at=At.minute(NOW), stage="一面")
        add_asked(session, question_id=again, company_id=odd, at=At())
    return acme


def test_an_empty_database_gets_the_same_bank(database: Database, empty: Database, tmp_path: Path) -> None:
    fill(database)
    path = put_out(database, tmp_path / "bank.md")
    report, change_set = bring(empty, path)
    assert bank_of(empty) == bank_of(database)
    assert (report.kind, report.questions, report.answered, report.asked, report.companies) == ("bank", 6, 5, 3, 2)
    assert (report.skipped[0].reason, report.review) == ("front-matter", ())
    assert put_out(empty, tmp_path / "again.md").read_bytes() == path.read_bytes()
    assert change_set is not None
    undo(empty, now=NOW)
    assert bank_of(empty) == ()


def test_its_own_database_is_left_as_it_is(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = bank_of(database)
    report, change_set = bring(database, put_out(database, tmp_path / "bank.md"))
    assert (report.unchanged, report.questions, report.updated, report.orphaned, report.asked) == (6, 0, 0, 0, 0)
    assert change_set is None
    assert bank_of(database) == before
    with database.read() as session:
        assert session.exec(select(Source)).all() == []


def test_what_came_back_may_come_again_and_be_changed_on_either_side(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    fill(database)
    path = put_out(database, tmp_path / "bank.md")
    bring(empty, path)
    assert bring(empty, path)[1] is None
    edit(empty, "没有专题", answer="这里改的")
    report, _change_set = bring(empty, put_out(empty, path))
    assert (report.questions, report.orphaned, report.review) == (0, 0, ())
    assert bring(empty, path)[1] is None
    path.write_text(path.read_text().replace("这里改的", "文件里改的"))
    report, _change_set = bring(empty, path)
    assert (report.updated, report.questions, report.orphaned) == (1, 0, 0)
    assert "文件里改的" in {question.answer for question in bank_of(empty)}


NOTES_OF_A_PERSON = """\
# 数据库

1. 什么是索引？

   像目录。

2. 什么是事务？⭐

   四个性质。

# 算法

1. 手撕快排
"""


def test_notes_and_their_export_stay_one_bank(database: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES_OF_A_PERSON)
    bring(database, notes)
    path = put_out(database, tmp_path / "bank.md")
    assert bring(database, path)[1] is None
    assert bring(database, notes)[1] is None
    path.write_text(path.read_text().replace("像目录。", "像目录，查得快。").replace("> - ⭐", "> - ⭐⭐⭐ · flagged"))
    report, change_set = bring(database, path)
    assert change_set is not None
    assert report.orphaned == 0
    stars = {question.text: (question.stars, question.importance, question.flagged) for question in bank_of(database)}
    assert stars["什么是事务？"] == (3, 3, True)
    assert answers(database)["什么是索引？"] == "像目录，查得快。"
    bring(database, notes)
    assert {question.text: question.stars for question in bank_of(database)}["什么是事务？"] == 3
    assert answers(database)["什么是索引？"] == "像目录，查得快。"


def answers(database: Database) -> dict[str, str]:
    return {question.text: question.answer for question in bank_of(database)}


def test_an_older_export_takes_nothing_back(database: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES_OF_A_PERSON)
    bring(database, notes)
    path = put_out(database, tmp_path / "bank.md")
    for text, answer in (("什么是索引？", "这里写得更好。"), ("手撕快排", "选基准，分两边。")):
        edit(database, text, answer=answer)
    before = bank_of(database)
    report, change_set = bring(database, path)
    assert (report.unchanged, report.questions, report.updated, report.review, change_set) == (3, 0, 0, (), None)
    assert bank_of(database) == before


def test_an_answer_edited_on_both_sides_is_asked_about(database: Database, tmp_path: Path) -> None:
    fill(database)
    edit(database, "没有专题", answer="一改")
    path = put_out(database, tmp_path / "bank.md")
    edit(database, "没有专题", answer="二改")
    path.write_text(path.read_text().replace("一改", "文件里改"))
    report, _change_set = bring(database, path)
    assert [(entry.kind, entry.subject, entry.other) for entry in report.review] == [
        ("disagreement", "没有专题", "文件里改")
    ]
    assert (report.questions, answers(database)["没有专题"], len(bank_of(database))) == (0, "二改", 6)


def test_what_the_file_says_is_taken_as_often_as_it_is_edited_there(database: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES_OF_A_PERSON)
    bring(database, notes)
    undo(database, now=NOW)
    redo(database, now=NOW)
    path = put_out(database, tmp_path / "bank.md")
    words = answers(database)["什么是索引？"]
    for said in ("第一次改。", "第二次改。"):
        path.write_text(path.read_text().replace(words, said))
        report, _change_set = bring(database, path)
        assert (report.updated, report.review, answers(database)["什么是索引？"]) == (1, (), said)
        words = said


def edit(database: Database, text: str, *, answer: str) -> None:
    with database.change("edit", now=NOW) as session:
        row = session.exec(select(Question).where(Question.text == text)).one()
        edit_question(session, question_id=row.id or 0, answer=answer)


def test_what_a_person_adds_by_hand_is_added(database: Database, tmp_path: Path) -> None:
    fill(database)
    path = put_out(database, tmp_path / "bank.md")
    added = """\
# 新专题
## 7. 手写的一题
> - asked at: 星河 · 二面 · 2026-03-20 14:00
答案直接写在下面。
### 7.1. 追问一下
"""
    path.write_text(path.read_text() + added)
    report, _change_set = bring(database, path)
    assert (report.questions, report.asked, report.companies, report.unchanged) == (2, 1, 1, 6)
    *_rest, new, after = bank_of(database)
    assert (new.topic, new.answer, after.text) == (("新专题",), "答案直接写在下面。", "追问一下")
    assert bank_of(database)[after.follows or 0] == new
    assert new.asked[0].at == datetime(2026, 3, 20, 6, 0, tzinfo=UTC)
    path.write_text(path.read_text().replace("2026-03-20", "2026-03-21"))
    report, _change_set = bring(database, path)
    assert (report.asked, report.updated) == (0, 1)
    assert [asked.at and asked.at.day for question in bank_of(database) for asked in question.asked].count(21) == 1


def test_a_dry_run_tells_and_keeps_nothing(database: Database, empty: Database, tmp_path: Path) -> None:
    fill(database)
    report, change_set = bring(empty, put_out(database, tmp_path / "bank.md"), dry_run=True)
    assert (report.questions, change_set, bank_of(empty)) == (6, None, ())


def test_a_company_by_another_name_is_the_one_that_was_there(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    with database.change("fill", now=NOW) as session:
        short, long = (add_company(session, name=name, now=NOW) for name in ("字节", "字节跳动"))
        question_id = add_question(session, text="题", now=NOW)
        for company_id in (short, long):
            add_asked(session, question_id=question_id, company_id=company_id, at=At())
    path = put_out(database, tmp_path / "bank.md")
    bring(empty, path)
    assert [asked.company for asked in bank_of(empty)[0].asked] == ["字节", "字节跳动"]


def test_a_part_of_the_bank(database: Database) -> None:
    acme = fill(database)
    with database.read() as session:
        assert {question.topic[0] for question in load_bank(session, topic=("操作系统",))} == {"操作系统"}
        assert len(load_bank(session, topic=("操作系统", "1. 并发"))) == 3
        assert [question.flagged for question in load_bank(session, company_id=acme)] == [True]
        assert load_bank(session, unanswered=True) == ()


def test_a_file_is_whole_or_not_there_and_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    fill(database)
    path = put_out(database, tmp_path / "bank.md")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StorageError, match="cannot be written"):
        put_out(database, tmp_path)


def store(database: Database, bank: list[BankQuestion]) -> None:
    """Write a bank by the services of the program."""
    with database.change("store", now=NOW) as session:

        def company(name: str) -> int:
            return find_company_id(session, name) or add_company(session, name=name, now=NOW)

        ids = [
            add_question(
                session,
                text=question.text,
                answer=question.answer,
                topic_id=find_or_add_topic(session, path=question.topic) if question.topic else None,
                kind=question.kind,
                importance=question.importance,
                stars=question.stars,
                underlined=question.underlined,
                company_id=company(question.company) if question.company else None,
                now=NOW,
            )
            for question in bank
        ]
        for question_id, question in zip(ids, bank, strict=True):
            edit_question(session, question_id=question_id, flagged=question.flagged)
            if question.follows is not None:
                session.get_one(Question, question_id).follows_id = ids[question.follows]
            for asked in question.asked:
                add_asked(
                    session,
                    question_id=question_id,
                    company_id=company(asked.company),
                    at=At(asked.at, asked.precision),
                    stage=asked.stage,
                    source=asked.source,
                    note=asked.note,
                )


@given(bank=banks())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_bank_holds(bank: list[BankQuestion], template_path: Path, fast_folder: Path) -> None:
    def fresh(name: str) -> Database:
        shutil.copy(template_path, fast_folder / name)
        return open_database(fast_folder / name, now=NOW)

    database, empty = fresh("full.db"), fresh("empty.db")
    store(database, bank)
    path = put_out(database, fast_folder / "bank.md")
    assert bring(database, path)[1] is None
    bring(empty, path)
    assert bank_of(empty) == bank_of(database)
    assert bring(empty, path)[1] is None


@pytest.mark.skipif(not NOTES.is_dir(), reason="the real notes are not here")
def test_real_notes_go_out_and_come_back(database: Database, empty: Database, tmp_path: Path) -> None:
    bring(database, *sorted(path for path in NOTES.rglob("*") if path.suffix in {".md", ".txt"}))
    before = bank_of(database)
    path = put_out(database, tmp_path / "bank.md")
    assert bring(database, path)[1] is None
    bring(empty, path)
    assert bank_of(empty) == before
    assert len(before) > 200
