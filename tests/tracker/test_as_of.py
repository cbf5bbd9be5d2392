"""The board as it was: what a scripted hunt showed at the end of each day is what is folded for that day later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker import pipeline, rounds
from tracker.applications import At, add_application
from tracker.as_of import board_as_of, end_of_day
from tracker.board import Board, BoardRow, load_board, projected
from tracker.companies import add_company, edit_company
from tracker.db import Database

LATER = NOW + timedelta(days=60)

Step = Callable[[Session, datetime], object]


def apply(session: Session, now: datetime) -> None:
    company_id = add_company(session, name="海潮云", now=now)
    application_id = add_application(session, company_id=company_id, now=now, position="后端", deadline_at=NOW)
    pipeline.move_to(session, application_id=application_id, label="投递", now=now)


def intend(session: Session, now: datetime) -> None:
    add_application(session, company_id=add_company(session, name="青禾", now=now), now=now)


def interview(session: Session, now: datetime) -> None:
    rounds.arrange_round(
        session, application_id=1, stage="一面", starts_at=now + timedelta(days=2), now=now, timezone="Asia/Shanghai"
    )


def end(outcome: str, *, number: int = 1, manner: str = "") -> Step:
    return lambda session, now: pipeline.record_outcome(
        session, application_id=number, outcome=outcome, now=now, manner=manner
    )


def move(label: str, *, number: int = 1) -> Step:
    return lambda session, now: pipeline.move_to(session, application_id=number, label=label, now=now)


HUNT: tuple[Step, ...] = (
    apply,
    intend,
    interview,
    lambda session, now: pipeline.set_pool(session, application_id=1, now=now),
    move("投递", number=2),
    end("passed"),
    lambda session, now: pipeline.record_contact(session, application_id=2, now=now),
    end("rejected", manner="letter"),
    lambda session, now: pipeline.revive(session, application_id=1, now=now),
    end("offer", number=2),
    end("declined", number=2),
)


def then(board: Board, day: datetime | None = None) -> list[BoardRow]:
    """The rows by their application; a round that was over that evening lies ahead no more."""
    evening = projected(end_of_day(day)) if day else ""
    return sorted(
        row._replace(next_stage="", next_at="", next_precision="unknown") if "" < row.next_at < evening else row
        for row in board.rows
    )


def on(path: Path, day: datetime, now: datetime = LATER) -> list[BoardRow]:
    return then(board_as_of(path, moment=day, now=now))


def test_every_day_of_a_hunt_is_shown_as_it_was(database: Database) -> None:
    was: list[tuple[datetime, list[BoardRow]]] = []
    for number, step in enumerate(HUNT):
        now = NOW + timedelta(days=number)
        with database.change("step", now=now) as session:
            step(session, now)
        was.append((now, then(load_board(database.path), now)))
    assert len(was[-1][1]) == 3
    for day, rows in was:
        assert on(database.path, day) == rows, day
        assert on(database.path, day.replace(hour=0, minute=0)) == rows
    assert on(database.path, NOW - timedelta(days=1)) == []
    assert on(database.path, LATER - timedelta(days=1)) == was[-1][1]


def test_a_round_whose_day_is_over_was_not_ahead_any_more(database: Database) -> None:
    for number, step in enumerate((apply, interview)):
        with database.change("step", now=NOW + timedelta(days=number)) as session:
            step(session, NOW + timedelta(days=number))
    stages = [on(database.path, NOW + timedelta(days=days))[0].next_stage for days in range(5)]
    assert stages == ["", "一面", "一面", "", ""]


@pytest.fixture
def told(database: Database) -> Database:
    """Written down on one day, with the dates of what had happened long before."""
    with database.change("import", now=NOW) as session:
        for name in ("海潮云", "青禾"):
            add_application(session, company_id=add_company(session, name=name, now=NOW), now=NOW)
        steps = (("投递", At.day(NOW - timedelta(days=20))), ("笔试", At()), ("一面", At.day(NOW - timedelta(days=9))))
        for label, at in steps:
            pipeline.move_to(session, application_id=1, label=label, now=NOW, at=at)
        for label in ("投递", "一面"):
            pipeline.move_to(session, application_id=2, label=label, now=NOW, at=At())
    return database


@pytest.mark.parametrize(
    ("days", "stages"),
    [
        (30, {"青禾": "一面"}),
        (20, {"海潮云": "笔试", "青禾": "一面"}),
        (10, {"海潮云": "笔试", "青禾": "一面"}),
        (9, {"海潮云": "一面", "青禾": "一面"}),
    ],
)
def test_what_is_dated_back_counts_from_its_day(days: int, stages: dict[str, str], told: Database) -> None:
    rows = on(told.path, NOW - timedelta(days=days))
    assert {row.company: row.stage for row in rows} == stages


def test_a_correction_and_the_present_names_hold_for_the_past_too(told: Database) -> None:
    with told.change("correct", now=NOW) as session:
        pipeline.amend_event(session, application_id=1, event_id=1, stage="测评", now=NOW)
        pipeline.retract_event(session, application_id=1, event_id=2, now=NOW)
        edit_company(session, company_id=1, tier="S")
    row = next(row for row in on(told.path, NOW - timedelta(days=15)) if row.company == "海潮云")
    assert (row.stage, row.phase, row.tier) == ("测评", "assessment", "S")


def test_a_day_that_is_not_over_is_the_present(told: Database) -> None:
    for moment in (NOW, NOW + timedelta(days=3)):
        assert on(told.path, moment, now=NOW) == then(load_board(told.path))


def test_a_missing_file_is_an_empty_board(tmp_path: Path) -> None:
    assert board_as_of(tmp_path / "none.db", moment=NOW, now=LATER).rows == ()
