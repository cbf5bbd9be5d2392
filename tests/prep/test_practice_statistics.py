"""What practice came to, against a plain computation of the same."""

import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from prep.bank import add_question, log_attempt
from prep.debriefs.recording import AskedThen, Debrief, record_debrief
from prep.memory.parameters import DEFAULT_PARAMETERS, steps_of
from prep.memory.states import Review, counted_at, replay
from prep.models import Attempt, MockTurn, PracticeSession, Question
from prep.practice_statistics import practice_statistics, recall_then
from prep.practice_values import PracticeSpan, PracticeStatistics, Ratings, Share
from prep.sittings.recording import begin_sitting, end_sitting, rate, spend
from prep.topics import find_or_add_topic
from tests.conftest import NOW
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.rounds import edit_round, plan_round
from tracker.stages import Precision

BERLIN = ZoneInfo("Europe/Berlin")


def read(
    database: Database, *, now: datetime = NOW, since: datetime | None = None, until: datetime | None = None
) -> PracticeStatistics:
    with database.read() as session:
        return practice_statistics(session, now=now, since=since, until=until)


def test_nothing_practised_is_nothing_of_nothing(database: Database) -> None:
    found = read(database)
    assert found == PracticeStatistics(now=NOW, results=found.results)
    assert (found.recalled.share, found.recall.mean, found.results.foretold.mean) == (None, None, None)
    assert (found.results.rounds, found.results.recalled) == ((), Share())


def seed(session: Session, *, zone: ZoneInfo, end: datetime, count: int = 300) -> None:
    """A bank with topics, and attempts of every kind over five months in which clocks change twice."""
    generator = random.Random(7)  # noqa: S311 - no secret
    topics = [
        find_or_add_topic(session, path=path)
        for path in (("八股",), ("八股", "操作系统"), ("项目",), ("八股", "操作系统", "内存"))
    ]
    questions = [
        add_question(
            session, text=f"题目 {n}", answer="先说结论。", topic_id=generator.choice([*topics, None]), now=end
        )
        for n in range(60)
    ]
    session.get_one(Question, questions[0]).suspended = True
    session.get_one(Question, questions[1]).orphaned = True
    session.get_one(Question, questions[2]).kind = "reverse"
    for _number in range(count):
        moment = end - timedelta(minutes=generator.randrange(150 * 24 * 60))
        if generator.random() < 0.2:
            local = moment.astimezone(zone)
            moment = local.replace(hour=generator.choice((0, 23)), minute=generator.choice((0, 59)))
        session.add(
            Attempt(
                question_id=generator.choice(questions[:50]),
                mode=generator.choice(("practice", "drill", "mock", "coding", "interview", "notes")),
                rating=generator.choice(("again", "hard", "good", "easy", "")),
                seconds=generator.choice((None, 5, 61, 300)),
                attempted_at=moment,
                precision=generator.choice(("minute",) * 8 + ("day", "month", "unknown")),
            )
        )
    session.flush()


def plain_days(attempts: list[Attempt], zone: ZoneInfo) -> tuple[dict[date, tuple[Counter[str], int]], int]:
    """Ratings and seconds by the local day, one attempt after the other."""
    days: dict[date, tuple[Counter[str], int]] = {}
    undated = 0
    for one in attempts:
        if not one.rating or one.mode in ("notes", "interview"):
            continue
        if one.attempted_at is None or one.precision not in ("minute", "day"):
            undated += 1
            continue
        day = (one.attempted_at.astimezone(zone) if one.precision == "minute" else one.attempted_at).date()
        ratings, seconds = days.get(day, (Counter(), 0))
        ratings[one.rating] += 1
        days[day] = ratings, seconds + (one.seconds or 0)
    return days, undated


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        (ZoneInfo("Asia/Shanghai"), NOW),
        (BERLIN, datetime(2026, 4, 3, 9, tzinfo=BERLIN)),
        (ZoneInfo("Asia/Kathmandu"), NOW),
        (ZoneInfo("America/St_Johns"), datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("America/St_Johns"))),
    ],
    ids=lambda one: one.key if isinstance(one, ZoneInfo) else "",
)
def test_days_weeks_and_recall_are_those_of_a_plain_computation(
    database: Database, zone: ZoneInfo, end: datetime
) -> None:
    with database.change("seed", now=NOW) as session:
        seed(session, zone=zone, end=end)
    now = end.astimezone(zone)
    found = read(database, now=now)
    with database.read() as session:
        attempts = list(session.exec(select(Attempt).order_by(col(Attempt.id))).all())
        days, undated = plain_days(attempts, zone)
        assert {one.day: (one.ratings, one.seconds) for one in found.days} == {
            day: (Ratings(*(ratings[name] for name in Ratings._fields)), seconds)
            for day, (ratings, seconds) in days.items()
        }
        assert found.left_out == undated
        assert found.reviews == sum(ratings.total() for ratings, _seconds in days.values()) + undated
        weeks = Counter[date]()
        for day, (ratings, _seconds) in days.items():
            weeks[day - timedelta(days=day.weekday())] += ratings.total()
        assert {week.day: week.reviews for week in found.weeks if week.reviews} == dict(weeks)
        assert [later.day - week.day for week, later in zip(found.weeks, found.weeks[1:], strict=False)] == [
            timedelta(weeks=1)
        ] * (len(found.weeks) - 1)
        chances = plain_recall(session, attempts, at=now)
        assert found.recall.n == len(chances)
        assert found.recall.mean == pytest.approx(sum(chances.values()) / len(chances), abs=1e-4)
        earlier = now - timedelta(days=40)
        then = plain_recall(session, attempts, at=earlier)
        assert recall_then(session, at=earlier).n == len(then)
        assert recall_then(session, at=earlier).mean == pytest.approx(sum(then.values()) / len(then), abs=1e-4)
    assert sum(topic.questions for topic in found.outermost) == found.questions == 57
    assert sum(topic.practised for topic in found.outermost) == found.practised == found.recall.n
    assert found.suspended == 1
    assert [topic.path for topic in found.topics] == [
        ("八股",), ("八股", "操作系统"), ("八股", "操作系统", "内存"), ("项目",), ("",),
    ]  # fmt: skip


def plain_recall(session: Session, attempts: list[Attempt], *, at: datetime) -> dict[int, float]:
    """What is recalled at an hour of everything that was reviewed by then, replayed question by question."""
    left_out = {
        question.id
        for question in session.exec(select(Question)).all()
        if question.suspended or question.orphaned or question.kind == "reverse"
    }
    reviews: dict[int, list[Review]] = {}
    for one in attempts:
        moment = counted_at(one.attempted_at, one.precision)
        if one.rating and one.mode != "notes" and moment is not None and moment <= at:
            reviews.setdefault(one.question_id, []).append(Review(moment, one.rating))
    found = {}
    for question_id, known in reviews.items():
        memory = replay(known)
        if memory is not None and question_id not in left_out:
            days = (at - memory.reviewed_at).total_seconds() / 86_400
            found[question_id] = steps_of(DEFAULT_PARAMETERS).recall(memory.stability, max(0.0, days))
    return found


def test_a_period_counts_what_lies_in_it_and_what_sittings_took_beside_their_answers(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        question = add_question(session, text="题目", answer="答案", now=NOW)
        task = add_question(session, text="反转链表", kind="coding", now=NOW)
        log_attempt(session, question_id=question, rating="good", now=NOW - timedelta(days=9), seconds=500)
        sitting = begin_sitting(session, kind="mock", now=NOW - timedelta(days=1), minutes=20)
        rate(session, sitting_id=sitting, question_id=question, rating="again", now=NOW - timedelta(days=1), seconds=40)
        spend(session, sitting_id=sitting, seconds=100)
        for part, manner in (("opening", "typed"), ("technical", "typed"), ("technical", "skipped"), ("hr", "spoken")):
            session.add(MockTurn(session_id=sitting, part=part, manner=manner, answered_at=NOW))
        end_sitting(session, sitting_id=sitting, now=NOW)
        for solved, at in (("failed", NOW - timedelta(days=2)), ("looked", NOW - timedelta(hours=1))):
            session.add(
                Attempt(
                    question_id=task, mode="coding", solved=solved, rating="hard", attempted_at=at, precision="minute"
                )
            )
    found = read(database, since=NOW - timedelta(days=7), until=NOW)
    assert found.ratings == Ratings(again=1, hard=2)
    assert found.recalled == Share(2, 3)
    assert not found.recalled.is_claimed
    assert (found.seconds, found.reviewed) == (100, 2)
    assert found.days[-2:] == (
        PracticeSpan(date(2026, 3, 24), Ratings(again=1), 100),
        PracticeSpan(date(2026, 3, 25), Ratings(hard=1), 0),
    )
    assert found.mocks == (1, 0, 0, 2, 100)
    assert found.coding == (1, 1, 0, 1, 0)
    assert read(database, until=NOW - timedelta(days=8)).seconds == 500


def test_what_drills_foretold_is_set_beside_how_their_rounds_went(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        began = NOW - timedelta(hours=3)
        round_id = plan_round(session, application_id=application_id, stage="一面", starts_at=began)
        other = plan_round(session, application_id=application_id, stage="HR面", starts_at=began)
        plan_round(session, application_id=application_id, stage="二面", starts_at=NOW + timedelta(days=2))
        ids = [add_question(session, text=f"题目 {n}", answer="答案", now=NOW - timedelta(days=9)) for n in range(4)]
        told = {"questions": ids, "readiness": {"now": 0.5, "after": 0.9, "without": 0.4, "at_interview": 0.8}}
        for days, stage, rated in ((3, "一面", 4), (1, "", 2), (0.5, "HR面", 0)):
            at = began - timedelta(days=days)
            sitting = begin_sitting(session, kind="drill", now=at, company_id=company_id, stage=stage, plan=told)
            for question_id in ids[:rated]:
                rate(session, sitting_id=sitting, question_id=question_id, rating="good", now=at, seconds=30)
        after = begin_sitting(
            session, kind="drill", now=NOW, company_id=company_id, round_id=round_id, stage="一面", plan=told
        )
        rate(session, sitting_id=after, question_id=ids[0], rating="good", now=NOW, seconds=30)
        asked = tuple(
            AskedThen("", one, rating=rating) for one, rating in zip(ids, ("good", "again", ""), strict=False)
        )
        record_debrief(session, round_id=round_id, debrief=Debrief(asked=asked, result="passed"), now=NOW)
        edit_round(session, round_id=other, result="rejected")
    results = read(database).results
    assert [(one.round_id, one.stage, one.result) for one in results.rounds] == [
        (other, "HR面", "rejected"),
        (round_id, "一面", "passed"),
    ]
    # Of the last drill before it half was practised: half of what it would have brought.
    assert [one.foretold for one in results.rounds] == pytest.approx([0.6, 0.6])
    assert results.rounds[1].recalled == results.recalled == Share(1, 2)
    assert results.foretold.mean == pytest.approx(0.6)
    assert results.foretold.n == 2
    assert results.passed == results.rejected
    assert results.passed.mean == pytest.approx(0.6)
    assert results.passed.n == 1
    assert not results.is_claimed
    assert not results.is_difference_claimed
    assert results.asked is not None
    assert (results.asked.practised, results.asked.asked) == (3, 3)


@pytest.mark.parametrize(
    "plan",
    ["", "[]", "{}", '{"questions": [1]}', '{"questions": 3, "readiness": {}}',
     json.dumps({"questions": [1], "readiness": {"without": 4, "at_interview": 0.5}}),
     json.dumps({"questions": [], "readiness": {"without": 0.4, "at_interview": 0.5}})],
)  # fmt: skip
def test_a_plan_that_another_program_left_foretells_nothing(database: Database, plan: str) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        round_id = plan_round(session, application_id=application_id, stage="一面", starts_at=NOW - timedelta(hours=1))
        edit_round(session, round_id=round_id, result="passed")
        question = add_question(session, text="题目", now=NOW)
        began = NOW - timedelta(days=1)
        sitting = begin_sitting(session, kind="drill", now=began, company_id=company_id, round_id=round_id)
        rate(session, sitting_id=sitting, question_id=question, rating="good", now=began, seconds=30)
        session.get_one(PracticeSession, sitting).plan = plan
    assert read(database).results.rounds == ()


def test_what_was_logged_by_its_day_stands_on_that_day_wherever_one_is(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        question = add_question(session, text="题目", now=NOW)
        for precision in (Precision.DAY, Precision.MONTH):
            log_attempt(session, question_id=question, rating="good", now=NOW, precision=precision)
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        found = read(database, now=NOW.astimezone(ZoneInfo(zone)))
        assert [one.day for one in found.days] == [NOW.date()]
        assert (found.reviews, found.left_out) == (2, 1)
