"""When a round is taken to be, and what is doubtful about it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from prep.drilling.occasions import find_occasion
from tests.prep.drilling.drill_people import NOW, company, days, interview
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import record_outcome

HOUR = timedelta(hours=1)
SHANGHAI = NOW.tzinfo


def local(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("starts", "ends", "precision", "at", "is_known", "warning"),
    [
        (local(27, 14), None, "minute", local(27, 14), True, ""),
        (local(27, 0), None, "day", local(27, 9), False, "only the day"),
        (local(25, 0), None, "day", local(25, 10, 25), False, "only the day"),
        (local(1, 0, month=5), None, "month", local(1, 9, month=5), False, "only the month"),
        (local(1, 0), None, "month", NOW + days(3), False, "only the month"),
        (None, None, "minute", NOW + days(3), False, "no time is known"),
        (NOW - HOUR, None, "minute", local(25, 10, 25), False, "already begun"),
        (NOW - HOUR, NOW + HOUR, "minute", local(25, 10, 25), False, "already begun"),
        (NOW - days(1), NOW + days(1), "minute", NOW + days(1), True, "window"),
    ],
)
def test_the_hour_is_taken_as_exactly_as_it_is_known(
    database: Database,
    starts: datetime | None,
    ends: datetime | None,
    precision: str,
    at: datetime,
    *,
    is_known: bool,
    warning: str,
) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=starts, ends_at=ends, precision=precision)
    with database.read() as session:
        found = find_occasion(session, company_id=here, now=NOW, minutes=25)
    assert (found.at, found.is_known, found.stage) == (at, is_known, "一面")
    assert found.at.tzinfo is UTC
    assert warning in " ".join(found.warnings).casefold()
    assert bool(found.warnings) == bool(warning)


def test_a_round_that_is_over_is_practised_for_only_when_it_is_named(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        over = interview(session, here, at=NOW - days(2))
    with database.read() as session:
        named = find_occasion(session, company_id=here, now=NOW, round_id=over, minutes=25)
        assert find_occasion(session, company_id=here, now=NOW).round_id is None
    assert named.at == NOW + timedelta(minutes=25)
    assert "over" in named.warnings[0]


def test_a_stage_is_found_among_the_planned_rounds_or_has_no_time(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
        later = interview(session, here, stage="二面", at=NOW + days(5))
    with database.read() as session:
        second = find_occasion(session, company_id=here, now=NOW, stage="2面")
        third = find_occasion(session, company_id=here, now=NOW, stage="三面")
    assert (second.round_id, second.stage, second.at) == (later, "二面", NOW + days(5))
    assert (third.round_id, third.stage, third.is_known) == (None, "三面", False)


def test_without_a_round_the_stage_usually_next_is_meant(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
    with database.read() as session:
        found = find_occasion(session, company_id=here, now=NOW)
    assert (found.round_id, found.is_known) == (None, False)
    assert found.stage


def test_a_round_of_another_company_is_refused(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here, there = company(session), company(session, "青禾")
        other = interview(session, there, at=NOW + days(1))
    with database.read() as session, pytest.raises(RefusedError, match="not there"):
        find_occasion(session, company_id=here, now=NOW, round_id=other)


def test_a_change_of_the_clocks_between_now_and_then_moves_nothing(database: Database) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 28, 23, 0, tzinfo=berlin)  # clocks go forward that night
    with database.change("", now=now) as session:
        here = company(session)
        interview(session, here, at=datetime(2026, 3, 29, tzinfo=UTC), precision="day")
    with database.read() as session:
        found = find_occasion(session, company_id=here, now=now)
        unknown = find_occasion(session, company_id=here, now=now, stage="二面")
    assert found.at - now.astimezone(UTC) == timedelta(hours=9)
    assert unknown.at - now.astimezone(UTC) == days(3)


def test_where_all_has_ended_that_is_said_instead_of_a_time(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
    with database.read() as session:
        application_id = find_occasion(session, company_id=here, now=NOW).application_id
    assert application_id is not None
    with database.change("", now=NOW) as session:
        record_outcome(session, application_id=application_id, outcome="rejected", now=NOW)
    with database.read() as session:
        found = find_occasion(session, company_id=here, now=NOW)
    assert (found.has_ended, found.stage) == (True, "")
    assert found.warnings == ("Your application at 海潮云 has ended: this prepares for another one.",)
