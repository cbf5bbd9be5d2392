"""One plan for all interviews of a week: what is shared, what comes when, and that nothing piles up."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prep.drilling.drill import TOO_LATE
from prep.drilling.week_plan import DayPlan, plan_week
from tests.prep.drilling.drill_people import NOW, asked, company, days, interview, practise, question
from tracker.db import Database
from tracker.errors import RefusedError


def _plan(database: Database, *, now: datetime = NOW, minutes: int = 10, ahead: int = 7) -> tuple[DayPlan, ...]:
    with database.read() as session:
        return plan_week(session, now=now, minutes_a_day=minutes, days=ahead)


def _fill(database: Database, *, questions: int = 40, at: tuple[float, ...] = (2, 4)) -> list[int]:
    """Some companies with an interview each, and a bank never practised; returns the companies' ids."""
    with database.change("", now=NOW) as session:
        companies = [company(session, f"公司 {number}") for number in range(len(at))]
        for one, ahead in zip(companies, at, strict=True):
            interview(session, one, at=NOW + days(ahead))
        for number in range(questions):
            question(session, f"第 {number} 题")
    return companies


def test_days_share_the_minutes_and_none_takes_more_than_it_has(database: Database) -> None:
    companies = _fill(database)
    plans = _plan(database)
    assert [plan.day for plan in plans] == [date(2026, 3, day) for day in range(25, 30)]
    assert all(0 < plan.seconds <= 10 * 60 for plan in plans)
    assert min(plan.seconds for plan in plans[:3]) > 8 * 60  # the last day before is no fuller than the first
    assert {part.company_id for part in chain.from_iterable(plan.parts for plan in plans)} == set(companies)
    for plan in plans:
        assert len(set(plan.question_ids)) == len(plan.question_ids)
        assert all(part.at > plan.begins_at for part in plan.parts)


def test_a_question_likely_at_two_companies_is_practised_once_for_both(database: Database) -> None:
    _fill(database, questions=1, at=(1, 1))
    (part,) = _plan(database)[0].parts
    assert (len(part.question_ids), part.shared, part.new) == (1, 1, 1)


def test_new_material_comes_early_and_what_fades_is_repeated(database: Database) -> None:
    _fill(database, questions=20, at=(5,))
    plans = _plan(database)
    new = [sum(part.new for part in plan.parts) for plan in plans]
    assert new[0] > 0
    assert new == sorted(new, reverse=True)
    assert sum(new) <= 20
    practised = list(chain.from_iterable(plan.question_ids for plan in plans))
    assert len(practised) > len(set(practised))


def test_nothing_new_is_begun_on_the_last_hours_but_what_was_asked_there(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + TOO_LATE - timedelta(minutes=1))
        new, there = question(session, "什么是死锁？"), question(session, "什么是进程？")
        asked(session, there, here)
    (plan,) = _plan(database)
    assert plan.question_ids == (there,)
    assert new not in plan.question_ids


def test_what_was_practised_today_counts_for_today(database: Database) -> None:
    _fill(database)
    before = _plan(database)[0].seconds
    with database.change("", now=NOW) as session:
        practise(session, question(session, "另一题"), ago=0.01, seconds=400)
        practise(session, question(session, "昨天的题"), ago=1, seconds=400)
    assert before > 200 >= _plan(database)[0].seconds


def test_what_is_well_known_needs_no_practice(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
        key = question(session, "什么是死锁？")
        for ago in (40, 20, 0.1):
            practise(session, key, "easy", ago=ago)
    assert _plan(database) == ()


@pytest.mark.parametrize("stage", ["测评", "谈薪"])
def test_rounds_without_questions_and_without_a_day_are_left_out(database: Database, stage: str) -> None:
    with database.change("", now=NOW) as session:
        here, there, far = company(session), company(session, "青禾"), company(session, "得到")
        interview(session, here, at=NOW + days(1), stage=stage)
        interview(session, there, at=None)
        interview(session, far, at=NOW + days(20))
        question(session, "什么是死锁？")
    assert _plan(database) == ()
    assert {part.company for plan in _plan(database, ahead=30) for part in plan.parts} == {"得到"}


def test_a_round_that_has_begun_is_no_longer_planned_for(database: Database) -> None:
    _fill(database, at=(-0.01, 2))
    assert {part.company for plan in _plan(database) for part in plan.parts} == {"公司 1"}


def test_an_empty_bank_and_an_empty_calendar_give_an_empty_plan(database: Database) -> None:
    assert _plan(database) == ()
    with database.change("", now=NOW) as session:
        interview(session, company(session), at=NOW + days(1))
    assert _plan(database) == ()


@pytest.mark.parametrize(("minutes", "ahead"), [(0, 7), (10, 0), (10, 32)])
def test_no_minutes_and_no_days_are_refused(database: Database, minutes: int, ahead: int) -> None:
    with pytest.raises(RefusedError):
        _plan(database, minutes=minutes, ahead=ahead)


def test_each_day_is_there_once_over_a_change_of_the_clocks(database: Database) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 27, 21, 0, tzinfo=berlin)  # clocks go forward on the 29th
    with database.change("", now=now) as session:
        here = company(session)
        interview(session, here, at=datetime(2026, 3, 31, 9, 0, tzinfo=berlin))
        for number in range(40):
            question(session, f"第 {number} 题")
    plans = _plan(database, now=now)
    assert [plan.day.day for plan in plans] == [27, 28, 29, 30, 31]
    assert [plan.begins_at.astimezone(berlin).hour for plan in plans] == [21, 20, 20, 20, 8]
    assert all(plan.begins_at.tzinfo is UTC for plan in plans)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    at=st.lists(st.floats(-1, 9), max_size=3),
    questions=st.integers(0, 8),
    minutes=st.integers(1, 60),
    hour=st.integers(0, 23),
)
def test_any_week_keeps_its_minutes_and_ends_before_its_interviews(
    fresh_database: Callable[[], Database], at: list[float], questions: int, minutes: int, hour: int
) -> None:
    database = fresh_database()
    _fill(database, questions=questions, at=tuple(at))
    now = NOW.replace(hour=hour)
    plans = _plan(database, now=now, minutes=minutes)
    assert [plan.day for plan in plans] == sorted({plan.day for plan in plans})
    for plan in plans:
        assert 0 < plan.seconds <= minutes * 60
        assert plan.begins_at >= now
        assert all(plan.begins_at < part.at <= now + days(7) for part in plan.parts)
        assert all(part.new <= len(part.question_ids) and part.shared <= len(part.question_ids) for part in plan.parts)
