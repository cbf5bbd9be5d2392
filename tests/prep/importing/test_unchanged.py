"""A file that is as it was is not read again, unless something on which its reading depended is another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from prep.bank import remove_question
from prep.exporting.markdown import write_bank
from prep.importing import FileReport, ImportReport, import_files
from prep.models import Question
from prep.notes.corrections import LineCorrection, Verdict
from prep.topics import find_or_add_topics
from tests.prep.importing.conftest import ZONE, ImportTexts
from tracker.companies import add_company
from tracker.db import Database
from tracker.undo import undo

NOW = datetime(2026, 3, 26, 12, tzinfo=ZONE)
NOTES = "# 并发\n\n1. 什么是死锁？\n\n   互相等待对方占有的资源。\n\n2. 什么是活锁？\n\n# 网络\n\n一段没有问题的话，和云岭无关。\n"
HUNT = "S\n\n快手（投）、美团、快手\n\nA\n\n知乎（X）\n\n快手：投递—测评—\n\n鸿雁科技：投递—笔试(03-21 19:00)—\n"
DIARY = "## 网易 一面 3.2（过）\n\n- 布隆过滤器怎么删除（没答上来）\n- 手撕：岛屿数量\n\n反问：组里做什么？\n"
STEPS = "S\n\n快手、美团\n\nA\n\n知乎（X）\n\n快手：投递—挂—挂\n"


def was_read(report: ImportReport) -> list[bool]:
    return [bool(file.found) for file in report.files]


def without_found(file: FileReport) -> FileReport:
    return replace(file, found=())


@pytest.mark.parametrize(
    "texts",
    [
        {"notes.md": NOTES},
        {"hunt.md": HUNT},
        {"diary.md": DIARY},
        {"steps.md": STEPS},
        {"all.md": HUNT + "\n" + NOTES},
        {"notes.md": NOTES, "hunt.md": HUNT, "diary.md": DIARY, "again.md": NOTES.replace("互相", "两个线程互相")},
    ],
)
def test_the_report_is_that_of_another_reading(import_texts: ImportTexts, texts: dict[str, str]) -> None:
    import_texts(texts)
    again = import_texts(texts)
    assert not any(was_read(again))
    reread = import_texts(texts, reread=True)
    assert (again.change_set, reread.change_set) == (None, None)
    assert list(map(without_found, again.files)) == list(map(without_found, reread.files))
    assert import_texts(texts, dry_run=True).files == again.files


def test_an_edited_file_is_read(import_texts: ImportTexts) -> None:
    import_texts({"a.md": NOTES, "b.md": DIARY})
    assert was_read(import_texts({"a.md": NOTES + "\n1. 什么是管程？\n", "b.md": DIARY})) == [True, False]


@pytest.mark.parametrize("options", [{"kind": "notes"}, {"year": 2024}, {"company": "快手"}])
def test_what_is_asked_for_otherwise_is_read(import_texts: ImportTexts, options: dict[str, object]) -> None:
    import_texts({"hunt.md": HUNT})
    import_texts({"a.md": NOTES})
    assert was_read(import_texts({"a.md": NOTES}, **options)) == [True]


@pytest.mark.parametrize(("name", "matters"), [("云岭", True), ("星河", False)])
def test_a_new_company_matters_where_it_is_named(
    database: Database, import_texts: ImportTexts, name: str, *, matters: bool
) -> None:
    import_texts({"a.md": NOTES})
    with database.change("company", now=NOW) as session:
        add_company(session, name=name, now=NOW)
    assert was_read(import_texts({"a.md": NOTES})) == [matters]


def test_a_day_later_only_what_tells_of_the_hunt_is_read(
    database: Database, import_texts: ImportTexts, tmp_path: Path
) -> None:
    import_texts({"a.md": NOTES, "b.md": DIARY})
    paths = [tmp_path / "a.md", tmp_path / "b.md"]
    assert was_read(import_files(database, paths, now=NOW, zone=ZONE)) == [False, True]


def remove(database: Database) -> None:
    with database.change("remove", now=NOW) as session:
        question_id = session.exec(select(Question.id).where(Question.text == "什么是活锁？")).one()
        remove_question(session, question_id=question_id or 0)


def take_back(database: Database) -> None:
    undo(database, now=NOW)


@pytest.mark.parametrize("change", [remove, take_back])
def test_what_is_gone_here_is_read_again(
    database: Database, import_texts: ImportTexts, change: Callable[[Database], None]
) -> None:
    import_texts({"a.md": NOTES})
    change(database)
    report = import_texts({"a.md": NOTES})
    assert was_read(report) == [True]
    assert report.files[0].questions > 0


def test_a_correction_is_read_with_and_then_not_again(import_texts: ImportTexts, tmp_path: Path) -> None:
    import_texts({"a.md": NOTES})
    corrections = {tmp_path / "a.md": [LineCorrection(11, Verdict.QUESTION)]}
    report = import_texts({"a.md": NOTES}, corrections=corrections)
    assert (was_read(report), report.files[0].questions) == ([True], 1)
    again = import_texts({"a.md": NOTES})
    assert was_read(again) == [False]
    assert [entry.verdict for entry in again.files[0].corrections] == ["question"]


def test_companies_that_another_file_lists_are_known_to_all(import_texts: ImportTexts, database: Database) -> None:
    """In whichever order they are given: the second import finds no more than the first."""
    texts = {
        "diary.md": "## 鸿雁 一面 3.2（过）\n\n- 布隆过滤器怎么删除\n",
        "hunt.md": "S\n\n鸿雁、美团\n\nA\n\n知乎\n",
    }
    first = import_texts(texts)
    assert first.files[0].asked == 1
    assert import_texts(texts, reread=True).change_set is None


def write_export(database: Database, path: Path) -> None:
    with database.read() as session:
        write_bank(session, path, zone=ZONE)


def add_topic(database: Database) -> None:
    with database.change("topic", now=NOW) as session:
        find_or_add_topics(session, paths=[("新专题",)])


@pytest.mark.parametrize("change", [remove, add_topic])
def test_an_exported_bank_is_read_again_when_the_bank_is_another(
    database: Database, import_texts: ImportTexts, tmp_path: Path, change: Callable[[Database], None]
) -> None:
    import_texts({"a.md": NOTES})
    path = tmp_path / "bank.md"
    write_export(database, path)
    path.write_text(path.read_text() + "# 操作系统\n\n## 3. 什么是中断？\n")

    def bring(*, reread: bool = False) -> ImportReport:
        return import_files(database, [path], now=NOW, zone=ZONE, reread=reread)

    assert bring().files[0].questions == 1
    again = bring()
    assert was_read(again) == [False]
    assert list(map(without_found, bring(reread=True).files)) == list(map(without_found, again.files))
    change(database)
    assert was_read(bring()) == [True]
