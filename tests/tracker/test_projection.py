from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.tracker.hunting import NOW
from tracker import companies, pipeline, rounds
from tracker.applications import add_application, edit_application
from tracker.db import Database
from tracker.models import BoardRow, Event, Round
from tracker.projection import compare_projection, rebuild_projection


def board(database: Database) -> BoardRow:
    with database.read() as session:
        assert compare_projection(session) == ()
        return session.exec(select(BoardRow)).one()


def change(database: Database, what: Callable[[Session], object]) -> None:
    with database.change("change", now=NOW) as session:
        what(session)


@pytest.fixture
def started(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        company_id = companies.add_company(session, name="哔哩哔哩", tier="A", now=NOW, aliases=["B站"])
        add_application(session, company_id=company_id, now=NOW, position="后端 开发", batch="提前批")
    return database


def test_an_application_is_on_the_board_at_once(started: Database) -> None:
    row = board(started)
    assert (row.company, row.tier, row.position, row.batch) == ("哔哩哔哩", "A", "后端 开发", "提前批")
    assert (row.phase, row.stage, row.active, row.since_at) == ("intent", "意向", True, "")


@pytest.mark.parametrize("typed", ["哔哩", "b站", "后端", "bilibili", "blbl", "bz"])
def test_what_finds_it(typed: str, started: Database) -> None:
    assert typed in board(started).search


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        (lambda s: companies.edit_company(s, company_id=1, name="得到"), "company", "得到"),
        (lambda s: companies.edit_company(s, company_id=1, tier="S"), "tier", "S"),
        (lambda s: edit_application(s, application_id=1, position="算法"), "position", "算法"),
        (lambda s: pipeline.move_to(s, application_id=1, label="一面", now=NOW), "stage", "一面"),
        (lambda s: pipeline.move_to(s, application_id=1, label="一面", now=NOW), "phase", "interview"),
        (
            lambda s: pipeline.move_to(s, application_id=1, label="一面", now=NOW),
            "since_at",
            "2026-03-25T02:00:00+00:00",
        ),
        (lambda s: pipeline.set_pool(s, application_id=1, now=NOW), "in_pool", True),
        (lambda s: pipeline.record_outcome(s, application_id=1, outcome="rejected", now=NOW), "active", False),
        (lambda s: edit_application(s, application_id=1, deadline_at=NOW), "deadline_at", "2026-03-25T02:00:00+00:00"),
    ],
)
def test_what_changes_the_row(what: Callable[[Session], object], field: str, value: object, started: Database) -> None:
    change(started, what)
    assert getattr(board(started), field) == value


def test_an_alias_finds_all_applications_of_its_company(started: Database) -> None:
    change(started, lambda s: companies.add_alias(s, company_id=1, name="小破站"))
    assert "小破站" in board(started).search
    assert "xiaopozhan" in board(started).search


def test_the_next_round_is_the_earliest_planned_one(started: Database) -> None:
    for stage, days in (("二面", 5), ("一面", 2)):
        change(
            started,
            lambda s, stage=stage, days=days: rounds.plan_round(  # type: ignore[misc]
                s, application_id=1, stage=stage, starts_at=NOW + timedelta(days=days)
            ),
        )
    assert (board(started).next_stage, board(started).next_at) == ("一面", "2026-03-27T02:00:00+00:00")
    with started.read() as session:
        first = session.exec(select(Round.id).where(Round.stage == "一面")).one()
    assert first is not None
    change(started, lambda s: rounds.remove_round(s, round_id=first))
    assert board(started).next_stage == "二面"
    change(started, lambda s: pipeline.record_outcome(s, application_id=1, outcome="withdrawn", now=NOW))
    assert board(started).next_stage == ""


def test_a_wrong_row_is_found_and_written_anew(started: Database) -> None:
    with started.change("x", now=NOW) as session:
        session.connection().exec_driver_sql("UPDATE board_row SET stage = 'offer'")
        session.connection().exec_driver_sql(
            "INSERT INTO board_row (application_id, company_id, company, tier, position, batch, phase, stage, outcome,"
            " in_pool, active, since_at, since_precision, next_stage, next_at, next_ends_at, deadline_at, search)"
            " SELECT 77, company_id, company, tier, position,"
            " batch, phase, stage, outcome, in_pool, active, since_at, since_precision, next_stage, next_at,"
            " next_ends_at, deadline_at, search FROM board_row"
        )
    with started.read() as session:
        assert compare_projection(session) == (1, 77)
    with started.change("repair", now=NOW) as session:
        rebuild_projection(session)
    assert board(started).stage == "意向"


def test_more_than_one_chunk_in_one_transaction(database: Database) -> None:
    with database.change("many", now=NOW, kind="import") as session:
        for number in range(600):
            company_id = companies.add_company(session, name=f"company {number}", now=NOW)
            add_application(session, company_id=company_id, now=NOW)
    with database.read() as session:
        assert compare_projection(session) == ()
        assert len(session.exec(select(BoardRow.application_id)).all()) == 600


def test_what_was_added_and_changed_owner_in_one_step_is_on_both_boards(started: Database) -> None:
    with started.change("two", now=NOW) as session:
        second = add_application(session, company_id=1, now=NOW, position="算法")
        pipeline.move_to(session, application_id=1, label="一面", now=NOW)
        session.exec(select(Event)).one().application_id = second
    with started.read() as session:
        assert compare_projection(session) == ()
        stages = dict(session.exec(select(BoardRow.application_id, BoardRow.stage)).all())
    assert stages == {1: "意向", second: "一面"}
