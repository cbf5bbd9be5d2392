"""How a sitting begins and goes on, what its questions show, and what the practice place shows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from prep.bank import add_question, log_attempt, remove_question, suspend
from prep.drilling.drill import plan_drill
from prep.memory.states import RATINGS
from prep.memory.steps import MemorySteps
from prep.models import PracticeSession
from prep.sittings.asking import read_front, read_to_ask
from prep.sittings.due import Limits
from prep.sittings.overview import DAYS, foresee_drill, list_suspended, read_overview
from prep.sittings.recording import end_sitting, rate, view_sitting
from prep.sittings.starting import (
    SittingStart,
    begin,
    resume,
    start_again,
    start_daily,
    start_drill,
    start_listed,
    start_more,
)
from tests.conftest import NOW
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.rounds import plan_round


@pytest.fixture
def questions(database: Database) -> tuple[int, ...]:
    with database.change("questions", now=NOW) as session:
        return tuple(add_question(session, text=f"题 {n}", answer="答", now=NOW) for n in range(14))


@pytest.fixture
def company(database: Database) -> int:
    """A company with an interview in two days."""
    with database.change("round", now=NOW) as session:
        company_id = add_company(session, name="望舒智能", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        plan_round(session, application_id=application_id, stage="二面", starts_at=NOW + timedelta(days=2))
    return company_id


def start(database: Database, what: SittingStart) -> int:
    with database.change("begin", now=NOW, kind="setting") as session:
        return begin(session, start=what, now=NOW)


def review(database: Database, sitting_id: int | None, question_id: int, rating: str = "good") -> None:
    with database.change("rate", now=NOW) as session:
        rate(session, sitting_id=sitting_id, question_id=question_id, rating=rating, now=NOW, seconds=20)


def test_each_rating_tells_how_far_off_it_puts_a_question(database: Database, questions: tuple[int, ...]) -> None:
    with database.change("earlier", now=NOW) as session:
        log_attempt(session, question_id=questions[1], rating="good", now=NOW - timedelta(days=9))
    with database.read() as session:
        found = read_to_ask(session, questions[:2], now=NOW)
    steps = MemorySteps()
    first = [steps.days_until_due(steps.first(number).stability) for number in (1, 2, 3, 4)]
    assert [found[questions[0]].days[rating] for rating in RATINGS] == first
    second = [steps.days_until_due(steps.next(steps.first(3), number, 9).stability) for number in (1, 2, 3, 4)]
    assert [found[questions[1]].days[rating] for rating in RATINGS] == second
    assert (found[questions[1]].attempts, found[questions[1]].rating) == (1, "good")


def test_a_question_that_is_gone_is_left_out_of_the_front(database: Database, questions: tuple[int, ...]) -> None:
    with database.change("remove", now=NOW) as session:
        remove_question(session, question_id=questions[0])
        suspend(session, question_ids=questions[1:2], suspended=True)
    with database.read() as session:
        front = read_front(session, sitting_id=None, question_ids=questions[:3], now=NOW)
    assert set(front.questions) == set(questions[1:3])
    assert front.questions[questions[1]].suspended
    assert front.attempts == ()


def test_a_sitting_goes_on_as_it_was_planned(database: Database, questions: tuple[int, ...], company: int) -> None:
    with database.read() as session:
        drill = start_drill(plan_drill(session, company_id=company, now=NOW, minutes=5))
    sitting_id = start(database, drill)
    with database.read() as session:
        view = view_sitting(session, sitting_id)
        again = resume(view)
    assert again == drill
    assert (again.company, again.stage, again.minutes) == ("望舒智能", "二面", 5)
    assert set(again.readiness) == {"now", "after", "at_interview", "without"}
    with database.read() as session:
        more = start_more(session, sitting=view, now=NOW, count=3)
        failed = start_again(session, sitting=view, question_ids=questions[:2])
    assert (more.kind, more.company_id, len(more.question_ids)) == ("drill", company, 3)
    assert (failed.kind, failed.round_id, failed.question_ids) == ("drill", drill.round_id, questions[:2])


@pytest.mark.parametrize("plan", ["[]", "{", '{"questions": "no", "reasons": [], "readiness": 3, "seconds": "x"}'])
def test_a_plan_that_another_program_left_is_not_trusted(database: Database, plan: str) -> None:
    sitting_id = start(database, SittingStart("daily", (1,)))
    with database.change("spoil", now=NOW) as session:
        session.get_one(PracticeSession, sitting_id).plan = plan
    with database.read() as session:
        assert resume(view_sitting(session, sitting_id)) == SittingStart("daily", ())


def test_daily_practice_ends_that_of_earlier_days(database: Database, questions: tuple[int, ...]) -> None:
    yesterday = start(database, SittingStart("daily", questions))
    with database.change("age", now=NOW) as session:
        session.get_one(PracticeSession, yesterday).started_at = NOW - timedelta(days=1)
    today = start(database, SittingStart("daily", questions))
    start(database, SittingStart("daily", questions))
    with database.read() as session:
        states = dict(session.exec(select(PracticeSession.id, PracticeSession.state)).all())
    assert (states[yesterday], states[today]) == ("left", "open")


def test_ten_more_leave_the_limits_of_the_day_aside(database: Database, questions: tuple[int, ...]) -> None:
    with database.read() as session:
        daily = start_daily(session, now=NOW)
    assert len(daily.question_ids) == Limits().new
    assert daily.seconds > 0
    sitting_id = start(database, daily)
    for question_id in daily.question_ids:
        review(database, sitting_id, question_id)
    with database.read() as session:
        assert start_daily(session, now=NOW).question_ids == ()
        more = start_more(session, sitting=view_sitting(session, sitting_id), now=NOW, count=10)
    assert set(more.question_ids) == set(questions) - set(daily.question_ids)


def test_a_list_is_asked_once_each(database: Database, questions: tuple[int, ...]) -> None:
    with database.read() as session:
        assert start_listed(session, (questions[1], questions[0], questions[1])).question_ids == (
            questions[1],
            questions[0],
        )


def test_the_practice_place(database: Database, questions: tuple[int, ...], company: int) -> None:
    sitting_id = start(database, SittingStart("daily", questions))
    start(database, SittingStart("daily", questions))
    review(database, sitting_id, questions[0], "again")
    review(database, sitting_id, questions[1])
    with database.change("earlier", now=NOW) as session:
        for days in (1, DAYS - 1, DAYS):
            at = NOW - timedelta(days=days)
            log_attempt(session, question_id=questions[2], rating="hard", now=at, seconds=60)
        suspend(session, question_ids=questions[3:5], suspended=True)
    with database.read() as session:
        found = read_overview(session, now=NOW)
        outlook = foresee_drill(session, coming=found.rounds[0], now=NOW)
        gone = replace(found.rounds[0], round_id=999)
        assert foresee_drill(session, coming=gone, now=NOW) is None
        assert [one.id for one in list_suspended(session)] == [questions[4], questions[3]]
    assert [view.id for view in found.open] == [sitting_id]  # nothing was answered in the other
    assert found.begun_on(NOW) == found.open[0]
    assert found.begun_on(NOW + timedelta(days=1)) is None
    assert (found.questions, found.suspended) == (14, 2)
    assert [coming.company_id for coming in found.rounds] == [company]
    assert outlook is not None
    assert outlook.now < outlook.after
    assert len(found.days) == DAYS
    last = found.days[-1]
    assert (last.day, last.reviews, last.again, last.seconds) == (NOW.date(), 2, 1, 40)
    assert [day.reviews for day in found.days] == [1, *[0] * (DAYS - 3), 1, 2]


def test_an_ended_sitting_is_not_open(database: Database, questions: tuple[int, ...]) -> None:
    sitting_id = start(database, SittingStart("daily", questions))
    review(database, sitting_id, questions[0])
    with database.change("end", now=NOW, kind="setting") as session:
        end_sitting(session, sitting_id=sitting_id, now=NOW)
    with database.read() as session:
        assert read_overview(session, now=NOW).open == ()
        assert _plans(session) == [list(questions)]


def _plans(session: Session) -> list[list[int]]:
    return [json.loads(plan)["questions"] for plan in session.exec(select(col(PracticeSession.plan))).all()]
