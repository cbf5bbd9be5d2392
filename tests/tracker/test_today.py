"""Which interviews are asked about once they are over, and when the next one ends."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.models import Round
from tracker.rounds import edit_round, plan_round
from tracker.settings import SilenceLimits
from tracker.today import Today, load_today, next_end

HOUR = timedelta(hours=1)


def planned(
    database: Database, *, stage: str = "一面", starts_at: datetime | None, ends_at: datetime | None = None,
    precision: str = "minute", state: str = "", debriefed: bool = False,
) -> int:  # fmt: skip
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        round_id = plan_round(
            session, application_id=application_id, stage=stage, starts_at=starts_at, ends_at=ends_at,
            precision=precision,
        )  # fmt: skip
        if state:
            edit_round(session, round_id=round_id, state=state)
        if debriefed:
            session.get_one(Round, round_id).debriefed_at = NOW
    return round_id


def today(database: Database) -> Today:
    return load_today(database.path, now=NOW, limits=SilenceLimits())


@pytest.mark.parametrize(
    ("start", "end", "how", "asked"),
    [
        (-HOUR * 2, None, {}, True),
        (-HOUR * 2, -HOUR, {}, True),
        (-HOUR * 2, None, {"state": "done"}, True),
        (-HOUR, None, {}, True),
        (-HOUR / 2, None, {}, False),
        (-HOUR * 2, HOUR, {}, False),
        (HOUR, None, {}, False),
        (-HOUR * 24 * 6, None, {}, True),
        (-HOUR * 24 * 8, None, {}, False),
        (-HOUR * 24, None, {"precision": "day"}, True),
        (-HOUR, None, {"precision": "day"}, False),
        (-HOUR * 24, None, {"precision": "month"}, False),
        (-HOUR * 24, -HOUR, {}, False),
        (-HOUR * 2, None, {"stage": "笔试"}, False),
        (-HOUR * 2, None, {"state": "cancelled"}, False),
        (-HOUR * 2, None, {"state": "missed"}, False),
        (-HOUR * 2, None, {"debriefed": True}, False),
    ],
)
def test_interviews_that_just_ended_are_asked_about(
    database: Database, start: timedelta, end: timedelta | None, how: dict[str, object], asked: bool
) -> None:
    round_id = planned(
        database, starts_at=NOW + start, ends_at=None if end is None else NOW + end, **how  # type: ignore[arg-type]
    )  # fmt: skip
    found = today(database)
    assert [one.round_id for one in found.debriefs] == ([round_id] if asked else [])
    assert not asked or not found.rounds  # it is asked about, and not ahead any more


@pytest.mark.parametrize(
    ("start", "end", "precision", "at"),
    [(HOUR, None, "minute", HOUR * 2), (HOUR, HOUR * 1.5, "minute", HOUR * 1.5), (HOUR, None, "day", None)],
)
def test_the_next_end_is_known(
    database: Database, start: timedelta, end: timedelta | None, precision: str, at: timedelta | None
) -> None:
    planned(database, starts_at=NOW + start, ends_at=None if end is None else NOW + end, precision=precision)
    assert next_end(today(database)) == (None if at is None else NOW + at)
