"""The drill before one round: what is chosen, how ready one gets, and what is said where something is missing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prep.drilling.drill import DrillPlan, plan_drill
from prep.drilling.paces import FEWEST, load_paces
from prep.drilling.readiness import LIKELY_MOST, Outlook, Readiness, choose_likely, measure_readiness
from prep.memory.states import UNSEEN_RECALL
from tests.benchmarks.drill_simulation import lead, simulate, table
from tests.prep.drilling.drill_people import NOW, asked, company, days, interview, practise, question
from tracker.db import Database
from tracker.errors import RefusedError


def _plan(database: Database, company_id: int, *, now: datetime = NOW, **given: Any) -> DrillPlan:
    with database.read() as session:
        return plan_drill(session, company_id=company_id, now=now, **given)


def test_a_drill_takes_what_was_asked_here_and_half_forgotten_before_what_is_known(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        round_id = interview(session, here, at=NOW + days(2))
        known, forgotten, plain = (question(session, text) for text in ("什么是死锁？", "什么是进程？", "什么是线程？"))
        practise(session, known, "easy", ago=0.01)
        practise(session, forgotten, "hard", ago=30)
        practise(session, plain, "hard", ago=30)
        for key in (known, forgotten):
            asked(session, key, here)
    plan = _plan(database, here, minutes=1)
    assert plan.question_ids == (forgotten,)
    assert plan.reasons == {forgotten: "asked_here"}
    (chosen,) = plan.questions
    assert (chosen.text, chosen.topic, chosen.is_new) == ("什么是进程？", "微调", False)
    assert 0 < chosen.recall < chosen.recall_after <= 1
    assert (plan.company, plan.stage, plan.round_id, plan.at) == ("海潮云", "一面", round_id, NOW + days(2))
    assert plan.is_time_known
    assert plan.warnings == ()


def test_readiness_rises_with_the_drill_and_falls_until_the_interview(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(4))
        for number in range(12):
            key = question(session, f"第 {number} 题", topic=("微调", "RAG")[number % 2])
            if number % 3:
                practise(session, key, "hard", ago=20)
    plan = _plan(database, here, minutes=25)
    assert plan.readiness_now < plan.readiness_at_interview < plan.readiness_after
    assert plan.readiness_without < plan.readiness_at_interview
    assert sum(topic.n for topic in plan.topics) == plan.likely
    assert sum(topic.share for topic in plan.topics) == pytest.approx(1)
    assert {topic.topic for topic in plan.topics} == {"微调", "RAG"}
    assert plan.seconds <= 25 * 60


def test_what_was_never_practised_is_taken_to_be_known_by_a_prior(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        question(session, "什么是死锁？")
    plan = _plan(database, here)
    assert plan.readiness_now == plan.questions[0].recall == pytest.approx(UNSEEN_RECALL)
    assert plan.questions[0].is_new


@pytest.mark.parametrize(("hours", "is_new_begun"), [(3, True), (1.5, False)])
def test_shortly_before_a_round_nothing_new_is_begun_but_what_was_asked_here(
    database: Database, hours: float, *, is_new_begun: bool
) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + timedelta(hours=hours))
        known, new, new_but_asked = (question(session, text) for text in ("死锁", "进程", "线程"))
        practise(session, known, "hard", ago=20)
        asked(session, new_but_asked, here)
    plan = _plan(database, here)
    assert {known, new_but_asked} <= set(plan.question_ids)
    assert (new in plan.question_ids) is is_new_begun
    assert any("begins soon" in warning for warning in plan.warnings) is not is_new_begun


def test_when_nothing_was_ever_practised_the_likeliest_is_read_at_the_last_minute(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + timedelta(minutes=10))
        question(session, "什么是死锁？")
    plan = _plan(database, here, minutes=25)
    assert len(plan.questions) == 1
    assert plan.minutes == 10
    assert [warning.split(":")[0].split(",")[0] for warning in plan.warnings] == [
        "Only 10 minutes are left until then.",
        "It begins soon",
    ]


def test_a_drill_before_an_empty_bank_says_how_to_fill_it(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
    plan = _plan(database, here)
    assert (plan.questions, plan.likely, plan.readiness_now, plan.topics) == ((), 0, 0.0, ())
    assert plan.warnings == ("There are no questions yet: import your notes, or add one.",)


def test_questions_without_an_answer_are_left_out_and_named_where_they_were_asked(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
        question(session, "什么是死锁？", answer="")
    assert "No question has an answer yet" in _plan(database, here).warnings[0]
    with database.change("", now=NOW) as session:
        there = question(session, "什么是进程？", answer=" \n")
        asked(session, there, here)
    plan = _plan(database, here)
    assert plan.question_ids == (there,)
    assert plan.warnings == ("1 question asked here has no answer yet.",)


def test_a_clock_that_was_set_back_is_doubted_and_does_no_harm(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
        practise(session, question(session, "什么是死锁？"), ago=-3)
    plan = _plan(database, here)
    assert "is the clock right?" in plan.warnings[0]
    assert plan.readiness_now == pytest.approx(1)


@pytest.mark.parametrize("minutes", [0, -5])
def test_no_time_at_all_is_refused(database: Database, minutes: int) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
    with pytest.raises(RefusedError, match="at least one minute"):
        _plan(database, here, minutes=minutes)


def test_a_company_that_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(RefusedError):
        _plan(database, 99)


def test_the_person_s_own_pace_is_heeded_once_there_is_enough_of_it(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        interview(session, here, at=NOW + days(1))
        key = question(session, "什么是死锁？")
        practise(session, key, seconds=200)
    with database.read() as session:
        assert load_paces(session).seconds("knowledge", 10) == 30
    with database.change("", now=NOW) as session:
        for number in range(FEWEST):
            practise(session, key, ago=4 - number / 10, seconds=200)
    with database.read() as session:
        paces = load_paces(session)
    assert paces.seconds("knowledge", 10) == 200
    assert paces.seconds("knowledge", 10_000) == 80
    assert _plan(database, here).questions[0].seconds >= 200


WORDS = st.tuples(
    st.sampled_from(("knowledge", "project", "coding", "hr")),
    st.sampled_from(("微调", "RAG", "")),
    st.booleans(),
    st.integers(0, 3),
    st.lists(st.tuples(st.sampled_from(("again", "hard", "good", "easy")), st.floats(-2, 90)), max_size=3),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    bank=st.lists(WORDS, max_size=8),
    minutes=st.integers(1, 120),
    hours=st.one_of(st.none(), st.floats(-30, 400)),
    stage=st.sampled_from(("一面", "HR面", "笔试")),
)
def test_any_plan_keeps_its_time_names_nothing_twice_and_makes_nobody_less_ready(
    fresh_database: Callable[[], Database],
    bank: list[tuple[str, str, bool, int, list[tuple[str, float]]]],
    minutes: int,
    hours: float | None,
    stage: str,
) -> None:
    database = fresh_database()
    with database.change("", now=NOW) as session:
        here = company(session)
        at = None if hours is None else NOW + timedelta(hours=hours)
        interview(session, here, at=at, stage=stage)
        for number, (kind, topic, is_asked, importance, reviews) in enumerate(bank):
            key = question(session, f"第 {number} 题", kind=kind, topic=topic or "其他", importance=importance)
            for rating, ago in reviews:
                practise(session, key, rating, ago=ago)
            if is_asked:
                asked(session, key, here, stage=stage)
    plan = _plan(database, here, minutes=minutes)
    assert plan.seconds <= plan.minutes * 60 <= minutes * 60
    assert len(set(plan.question_ids)) == len(plan.questions)
    chances = (plan.readiness_now, plan.readiness_after, plan.readiness_at_interview, plan.readiness_without)
    assert all(0 <= chance <= 1 for chance in chances)
    assert plan.readiness_after >= plan.readiness_now
    assert plan.readiness_at_interview >= plan.readiness_without - 1e-9
    assert plan.at > NOW
    assert all(0 < one.weight < 1 and one.seconds > 0 for one in plan.questions)


# Readiness


def test_readiness_of_nothing_is_nothing_of_nothing() -> None:
    assert measure_readiness([]) == Readiness()
    assert choose_likely([]) == []


def test_readiness_is_weighted_and_told_by_topic() -> None:
    found = measure_readiness(
        [
            Outlook("RAG", 0.6, now=1.0, after=1.0, at_interview=0.5, without=0.5),
            Outlook("微调", 0.2, now=0.0, after=1.0, at_interview=0.5, without=0.0),
        ]
    )
    assert found.n == 2
    assert (found.now, found.after, found.at_interview, found.without) == pytest.approx((0.75, 1, 0.5, 0.375))
    first, second = found.topics
    assert (first.topic, second.topic, first.now, second.now) == ("RAG", "微调", 1.0, 0.0)
    assert (first.share, second.share) == pytest.approx((0.75, 0.25))


def test_readiness_speaks_of_the_likeliest_questions_and_of_no_endless_tail() -> None:
    assert choose_likely([0.01, 0.5, 0.4, 0.01]) == [1, 2]
    assert len(choose_likely([0.001] * 20_000)) == LIKELY_MOST


# Simulated people


def test_simulated_people_who_drill_recall_more_of_what_is_asked_than_those_in_due_order() -> None:
    found = simulate(people=2, horizons=(1, 7))
    assert lead(found, 7) >= 8
    assert lead(found, 1) > 0
    lines = list(table(found))
    assert lines[0] == "| practised by | 1 day | 7 days |"
    assert len(lines) == len(found) + 3
