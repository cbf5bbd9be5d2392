"""Diaries through the whole import: where questions were asked, how they went, and what it means for the hunt."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from prep.importing import FileReport, import_files
from prep.models import Asked, Attempt, Question, Topic
from tracker.applications import At, add_application
from tracker.companies import add_company, find_company_id
from tracker.db import Database
from tracker.history import effective_events
from tracker.models import Application, Review
from tracker.pipeline import load_events, move_to, record_outcome, standing_of
from tracker.undo import undo

ZONE = ZoneInfo("Asia/Shanghai")

FIRST = """\
## 网易 一面 3.2（过）

- 布隆过滤器怎么删除（没答上来）
- 讲讲写时复制
  - 我说了 fork 之后共享页
- 手撕：岛屿数量

反问：组里做什么？
"""

Importer = Callable[..., FileReport]
Clock = Callable[[], datetime]


@pytest.fixture
def importer(database: Database, tmp_path: Path, clock: Callable[[], datetime]) -> Importer:
    """Imports a text as a file; the clock goes on by a minute each time."""
    minutes = iter(range(1000))

    def run(text: str, name: str = "diary.md", **options: object) -> FileReport:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        now = clock() + timedelta(minutes=next(minutes))
        return import_files(database, [path], now=now, zone=ZONE, **options).files[0]  # type: ignore[arg-type]

    return run


def asked(database: Database) -> dict[str, tuple[str, str, str]]:
    with database.read() as session:
        query = select(Question.text, Asked).join(Asked, Asked.question_id == Question.id)  # type: ignore[arg-type]
        return {
            text: (entry.stage, entry.asked_at.strftime("%m-%d") if entry.asked_at else "", entry.precision)
            for text, entry in session.exec(query).all()
        }


def attempts(database: Database) -> list[tuple[str, str, str, str]]:
    with database.read() as session:
        query = select(Question.text, Attempt).join(Attempt, Attempt.question_id == Question.id)  # type: ignore[arg-type]
        return [(text, row.rating, row.answer, row.feedback) for text, row in session.exec(query).all()]


def history(database: Database, company: str) -> list[tuple[str, str, str, str]]:
    with database.read() as session:
        found = []
        for row in session.exec(
            select(Application).where(Application.company_id == find_company_id(session, company))
        ).all():
            for event in effective_events(load_events(session, row.id or 0)):
                day = event.occurred_at.strftime("%m-%d") if event.occurred_at else ""
                found.append((event.kind, event.stage, event.outcome, day))
        return found


def reviews(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        return [(row.kind, row.subject, row.other) for row in session.exec(select(Review)).all()]


def applied(database: Database, now: datetime, *stages: str, company: str = "网易") -> int:
    """An application of the person's own, in the last of some stages."""
    with database.change("set up", now=now) as session:
        return _applied(session, now, stages, company)


def _applied(session: Session, now: datetime, stages: tuple[str, ...], company: str) -> int:
    company_id = find_company_id(session, company) or add_company(session, name=company, now=now)
    application_id = add_application(session, company_id=company_id, now=now)
    for day, stage in enumerate(stages):
        move_to(session, application_id=application_id, label=stage, now=now, at=At.day(now - timedelta(days=60 - day)))
    return application_id


def test_questions_asked_and_attempted(database: Database, importer: Importer) -> None:
    report = importer(FIRST)
    assert (report.companies, report.questions, report.asked, report.attempts) == (1, 4, 3, 2)
    assert asked(database) == {
        "布隆过滤器怎么删除": ("一面", "03-02", "day"),
        "讲讲写时复制": ("一面", "03-02", "day"),
        "岛屿数量": ("一面", "03-02", "day"),
    }
    assert attempts(database) == [
        ("布隆过滤器怎么删除", "again", "", "没答上来"),
        ("讲讲写时复制", "", "我说了 fork 之后共享页", ""),
    ]
    with database.read() as session:
        assert session.exec(select(Topic.name)).all() == ["面经", "反问"]


def test_a_second_import_changes_nothing(database: Database, importer: Importer) -> None:
    importer(FIRST)
    before = asked(database), attempts(database), history(database, "网易"), reviews(database)
    again = importer(FIRST)
    assert {change.action for change in again.changes} == {"unchanged"}
    assert (asked(database), attempts(database), history(database, "网易"), reviews(database)) == before


def test_an_edited_diary_corrects_what_it_said(database: Database, importer: Importer) -> None:
    importer(FIRST)
    report = importer(FIRST.replace("3.2", "3.5").replace("没答上来", "答得一般"))
    assert (report.asked, report.attempts) == (0, 0)
    assert asked(database)["岛屿数量"] == ("一面", "03-05", "day")
    assert attempts(database)[0] == ("布隆过滤器怎么删除", "hard", "", "答得一般")
    assert history(database, "网易") == [("stage", "一面", "", "03-05"), ("outcome", "一面", "passed", "03-05")]


def test_a_first_round_begins_an_application(database: Database, importer: Importer) -> None:
    report = importer(FIRST)
    assert (report.applications, report.events) == (1, 1)
    assert history(database, "网易") == [("stage", "一面", "", "03-02"), ("outcome", "一面", "passed", "03-02")]


def test_rounds_in_several_files_are_one_application(database: Database, importer: Importer) -> None:
    importer(FIRST)
    importer("- 什么是 NUMA\n", "2026-03-09 网易 二面 挂.md")
    importer("- 什么是 NUMA\n", "2026-03-09 网易 二面 挂.md")
    assert history(database, "网易") == [
        ("stage", "一面", "", "03-02"),
        ("outcome", "一面", "passed", "03-02"),
        ("stage", "二面", "", "03-09"),
        ("outcome", "二面", "rejected", "03-09"),
    ]
    assert reviews(database) == []


def test_a_round_that_is_there_is_not_written_again(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    applied(database, clock(), "投递", "一面")
    report = importer("## 网易 一面 3.2\n\n- 什么是 NUMA\n")
    assert report.events == 0
    assert len(history(database, "网易")) == 2


def test_the_end_of_the_present_round_is_added(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    application_id = applied(database, clock(), "投递", "一面")
    importer(FIRST)
    importer(FIRST)
    assert history(database, "网易")[2:] == [("outcome", "一面", "passed", "03-02")]
    with database.read() as session:
        assert standing_of(session, application_id).outcome == "passed"


def test_an_earlier_round_goes_where_it_belongs(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    application_id = applied(database, clock(), "投递")
    with database.change("二面", now=clock()) as session:
        move_to(session, application_id=application_id, label="二面", now=clock(), at=At.day(clock()))
    importer(FIRST)
    assert [stage for _kind, stage, _outcome, _day in history(database, "网易")] == ["投递", "一面", "二面"]
    with database.read() as session:
        assert standing_of(session, application_id).stage == "二面"


def test_what_contradicts_the_history_is_left_to_the_person(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    application_id = applied(database, clock(), "投递", "一面")
    with database.change("end", now=clock()) as session:
        record_outcome(session, application_id=application_id, outcome="rejected", now=clock())
    report = importer(FIRST)
    assert report.events == 0
    assert reviews(database) == [("step", "网易", "一面")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 网易 一面\n\n- 什么是 NUMA\n", [("step", "网易", "一面")]),
        ("# 面经汇总\n\n## 网易 一面 3.2 挂\n\n- 什么是 NUMA\n", []),
        ("## 网易 一面 3.2 挂\n\n> 作者：一位网友\n\n- 什么是 NUMA\n", []),
    ],
)
def test_what_is_not_sure_moves_nothing(
    database: Database, importer: Importer, text: str, expected: list[tuple[str, str, str]]
) -> None:
    report = importer(text)
    assert (report.asked, report.events, report.applications) == (1, 0, 0)
    assert reviews(database) == expected


def test_two_applications_ask(database: Database, importer: Importer, clock: Callable[[], datetime]) -> None:
    applied(database, clock(), "投递")
    applied(database, clock(), "投递")
    importer(FIRST)
    assert reviews(database) == [("step", "网易", "一面")]


def test_another_name_of_the_company_finds_it(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    applied(database, clock(), "投递", company="字节跳动")
    report = importer("## 字节 一面 3.2\n\n- 什么是 NUMA\n")
    assert report.companies == 0
    assert history(database, "字节跳动")[1:] == [("stage", "一面", "", "03-02")]


def test_undo_takes_all_of_it_back(database: Database, importer: Importer, clock: Callable[[], datetime]) -> None:
    importer(FIRST)
    undo(database, now=clock() + timedelta(hours=1))
    assert (asked(database), attempts(database)) == ({}, [])
    with database.read() as session:
        assert session.exec(select(Application)).all() == []


def test_the_company_of_the_command_is_for_what_names_none(
    database: Database, importer: Importer, clock: Callable[[], datetime]
) -> None:
    applied(database, clock(), "投递", company="美团")
    importer("# 网络\n\n1. 什么是粘包？\n\n## 网易 一面 3.2\n\n- 什么是 NUMA\n", company="美团")
    with database.read() as session:
        rows = session.exec(select(Asked.company_id)).all()
        names = [find_company_id(session, "美团"), find_company_id(session, "网易")]
    assert rows == names


def test_a_folder_of_files_that_are_one_question_each(database: Database, tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "锁"
    folder.mkdir()
    paths = [folder / name for name in ("README.md", "什么是自旋锁.md", "volatile.md", "为什么要读写锁.md")]
    paths[0].write_text("- [自旋锁是什么？](什么是自旋锁.md)\n- [volatile 有什么用？](volatile.md)\n", encoding="utf-8")
    for path in paths[1:]:
        path.write_text(f"{path.stem}的回答。\n\n- 要点\n", encoding="utf-8")
    first = import_files(database, paths, now=clock(), zone=ZONE)
    assert [file.questions for file in first.files] == [0, 1, 1, 1]
    assert import_files(database, paths, now=clock(), zone=ZONE).change_set is None
    with database.read() as session:
        stored = session.exec(select(Question.text, Question.answer)).all()
        assert session.exec(select(Topic.name)).all() == ["锁"]
    assert dict(stored)["volatile 有什么用？"] == "volatile的回答。\n\n- 要点"
