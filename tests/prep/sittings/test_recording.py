"""Sittings: every review written when given, taken back, undone and redone, and an honest sum at the end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from prep.bank import add_question, log_attempt, suspend
from prep.memory.states import RATINGS, UNSEEN_RECALL, Memory, memories
from prep.models import Attempt, MemoryState, PracticeSession
from prep.sittings.recording import (
    begin_sitting,
    end_sitting,
    open_sittings,
    rate,
    replan,
    spend,
    summarise,
    take_back,
    view_sitting,
)
from prep.topics import find_or_add_topic
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import GoneError, RefusedError
from tracker.merging import merge_companies
from tracker.rounds import plan_round
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def questions(database: Database) -> tuple[int, ...]:
    with database.change("questions", now=NOW) as session:
        topic_id = find_or_add_topic(session, path=("Transformer",))
        return tuple(
            add_question(session, text=f"题 {number}", answer="答", now=NOW, topic_id=topic_id if number else None)
            for number in range(4)
        )


def _begin(database: Database, kind: str = "daily", **given: object) -> int:
    with database.change("begin", now=NOW, kind="setting") as session:
        return begin_sitting(session, kind=kind, now=NOW, **given)  # type: ignore[arg-type]


def _rate(database: Database, sitting_id: int | None, question_id: int, rating: str, **given: object) -> int:
    with database.change("rate", now=NOW) as session:
        values: dict[str, object] = {"now": NOW, "seconds": None, **given}
        return rate(session, sitting_id=sitting_id, question_id=question_id, rating=rating, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "mode"), [("daily", "practice"), ("drill", "drill"), ("mock", "mock"), ("coding", "coding")]
)
def test_a_review_belongs_to_its_sitting_its_company_and_its_mode(
    database: Database, questions: tuple[int, ...], kind: str, mode: str
) -> None:
    with database.change("company", now=NOW) as session:
        company_id = add_company(session, name="青禾科技", now=NOW)
    sitting_id = _begin(database, kind, company_id=company_id, stage="二面\x1b", minutes=25, plan={"questions": [1, 2]})
    attempt_id = _rate(database, sitting_id, questions[0], "good", seconds=31, answer="先说结论", bet="easy", solved="")
    with database.read() as session:
        attempt = session.get(Attempt, attempt_id)
        assert attempt is not None
        assert (attempt.session_id, attempt.company_id, attempt.mode) == (sitting_id, company_id, mode)
        assert (attempt.bet, attempt.answer, attempt.precision) == ("easy", "先说结论", "minute")
        view = view_sitting(session, sitting_id)
    assert (view.kind, view.company, view.stage, view.minutes, view.state) == (kind, "青禾科技", "二面", 25, "open")
    assert view.plan == {"questions": [1, 2]}
    assert [(one.question_id, one.rating, one.seconds) for one in view.attempts] == [(questions[0], "good", 31)]


def test_a_review_without_a_sitting_is_a_practice(database: Database, questions: tuple[int, ...]) -> None:
    attempt_id = _rate(database, None, questions[0], "hard")
    with database.read() as session:
        attempt = session.get(Attempt, attempt_id)
        assert attempt is not None
        assert (attempt.session_id, attempt.mode) == (None, "practice")


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "nap"},
        {"kind": "daily", "minutes": 0},
        {"kind": "daily", "minutes": -5},
    ],
)
def test_an_impossible_sitting_is_refused(database: Database, given: dict[str, object]) -> None:
    with pytest.raises(RefusedError), database.change("begin", now=NOW) as session:
        begin_sitting(session, now=NOW, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"rating": "fine"}, RefusedError),
        ({"rating": ""}, RefusedError),
        ({"bet": "perfect"}, RefusedError),
        ({"seconds": -1}, RefusedError),
        ({"question_id": 99}, GoneError),
        ({"sitting_id": 99}, GoneError),
    ],
)
def test_an_impossible_review_is_refused_and_nothing_is_written(
    database: Database, questions: tuple[int, ...], given: dict[str, object], error: type[Exception]
) -> None:
    values: dict[str, object] = {
        "sitting_id": _begin(database),
        "question_id": questions[0],
        "rating": "good",
        "now": NOW,
        "seconds": 3,
        **given,
    }
    with pytest.raises(error), database.change("rate", now=NOW) as session:
        rate(session, **values)  # type: ignore[arg-type]
    with database.read() as session:
        assert session.exec(select(Attempt)).all() == []


def test_undo_takes_back_the_last_review_and_not_the_sitting(database: Database, questions: tuple[int, ...]) -> None:
    sitting_id = _begin(database)
    _rate(database, sitting_id, questions[0], "good")
    _rate(database, sitting_id, questions[1], "again")
    with database.change("time", now=NOW, kind="setting") as session:
        spend(session, sitting_id=sitting_id, seconds=40)
    undo(database, now=NOW)
    with database.read() as session:
        view = view_sitting(session, sitting_id)
    assert ([one.question_id for one in view.attempts], view.spent_seconds) == ([questions[0]], 40)
    undo(database, now=NOW)
    with database.read() as session:
        assert view_sitting(session, sitting_id).attempts == ()
        assert session.exec(select(MemoryState)).all() == []


def test_what_was_found_in_a_file_is_not_taken_back(database: Database, questions: tuple[int, ...]) -> None:
    with database.change("notes", now=NOW) as session:
        attempt = Attempt(question_id=questions[0], mode="notes", answer="那时的回答")
        session.add(attempt)
        session.flush()
        attempt_id = attempt.id or 0
    with pytest.raises(RefusedError, match="file"), database.change("back", now=NOW) as session:
        take_back(session, attempt_id=attempt_id)
    with pytest.raises(GoneError), database.change("back", now=NOW) as session:
        take_back(session, attempt_id=99)


def test_two_sittings_at_once_keep_their_own_reviews(database: Database, questions: tuple[int, ...]) -> None:
    first, second = _begin(database), _begin(database, "drill")
    _rate(database, first, questions[0], "good")
    _rate(database, second, questions[0], "again")
    _rate(database, first, questions[1], "easy")
    with database.read() as session:
        views = {view.id: [one.rating for one in view.attempts] for view in open_sittings(session)}
        assert views == {first: ["good", "easy"], second: ["again"]}
        assert [view.id for view in open_sittings(session, kind="drill")] == [second]


@pytest.mark.parametrize("state", ["done", "left"])
def test_a_sitting_ends_once_and_reviews_given_later_count(
    database: Database, questions: tuple[int, ...], state: str
) -> None:
    sitting_id = _begin(database)
    for end in (NOW + timedelta(minutes=20), NOW + timedelta(hours=3)):
        with database.change("end", now=NOW, kind="setting") as session:
            end_sitting(session, sitting_id=sitting_id, now=end, state=state)
    _rate(database, sitting_id, questions[0], "good")
    with database.read() as session:
        view = view_sitting(session, sitting_id)
        assert open_sittings(session) == ()
    assert (view.state, view.ended_at, len(view.attempts)) == (state, NOW + timedelta(minutes=20), 1)


def test_a_sitting_that_is_gone_says_so(database: Database) -> None:
    with database.read() as session, pytest.raises(GoneError):
        view_sitting(session, 7)
    with pytest.raises(GoneError), database.change("time", now=NOW) as session:
        spend(session, sitting_id=7, seconds=1)
    sitting_id = _begin(database)
    with pytest.raises(RefusedError), database.change("time", now=NOW) as session:
        spend(session, sitting_id=sitting_id, seconds=-1)
    with pytest.raises(ValueError, match="open"), database.change("end", now=NOW) as session:
        end_sitting(session, sitting_id=sitting_id, now=NOW, state="open")


@pytest.mark.parametrize("plan", ["", "{", "[1, 2]", "null"])
def test_a_plan_that_is_none_is_an_empty_one(database: Database, plan: str) -> None:
    with database.change("begin", now=NOW) as session:
        session.add(PracticeSession(kind="daily", plan=plan, started_at=NOW))
    with database.read() as session:
        assert open_sittings(session)[0].plan == {}


def test_a_plan_can_be_replaced_while_it_is_under_way(database: Database) -> None:
    sitting_id = _begin(database, plan={"questions": [1]})
    with database.change("plan", now=NOW, kind="setting") as session:
        replan(session, sitting_id=sitting_id, plan={"questions": [1, 3], "题": "中"})
    with database.read() as session:
        assert view_sitting(session, sitting_id).plan == {"questions": [1, 3], "题": "中"}


# The sum


def test_the_sum_of_nothing_claims_nothing(database: Database, questions: tuple[int, ...]) -> None:
    sitting_id = _begin(database)
    with database.change("coding", now=NOW) as session:
        session.add(Attempt(question_id=questions[0], session_id=sitting_id, mode="coding", answer="代码", seconds=50))
    with database.read() as session:
        summary = summarise(session, sitting_id=sitting_id, now=NOW)
    assert (summary.reviews, summary.unrated, summary.questions, summary.bets) == (0, 1, 0, 0)
    assert (summary.recall.before, summary.recall.after, summary.recall.questions) == (None, None, 0)
    assert (summary.median_seconds, summary.timed, summary.seconds, summary.topics) == (50, 1, 50, ())


def test_the_sum_tells_what_the_sitting_changed_a_day_later(database: Database, questions: tuple[int, ...]) -> None:
    first, second, third, _fourth = questions
    with database.change("long ago", now=NOW) as session:
        log_attempt(session, question_id=second, rating="good", now=NOW - timedelta(days=30))
    sitting_id = _begin(database)
    _rate(database, sitting_id, first, "again", seconds=10, bet="good")
    _rate(database, sitting_id, second, "good", seconds=30, bet="good", now=NOW + timedelta(minutes=1))
    _rate(database, sitting_id, third, "easy", now=NOW + timedelta(minutes=2), bet="hard")
    _rate(database, sitting_id, first, "hard", seconds=20, now=NOW + timedelta(minutes=12))
    with database.change("time", now=NOW, kind="setting") as session:
        spend(session, sitting_id=sitting_id, seconds=600)
    with database.read() as session:
        summary = summarise(session, sitting_id=sitting_id, now=NOW + timedelta(minutes=15))
    assert (summary.reviews, summary.questions, summary.new, summary.failed) == (4, 3, 2, ())
    assert dict(summary.by_rating) == {"again": 1, "hard": 1, "good": 1, "easy": 1}
    assert (summary.bets, summary.bets_right, summary.bets_too_high) == (3, 1, 1)
    assert (summary.timed, summary.median_seconds, summary.seconds) == (3, 20, 600)
    assert summary.at == NOW + timedelta(minutes=15, hours=24)
    assert [(one.topic, one.change.questions) for one in summary.topics] == [("Transformer", 2), ("", 1)]
    assert summary.topics[1].change.before == UNSEEN_RECALL
    assert summary.recall.before is not None
    assert summary.recall.after is not None
    assert summary.recall.before < summary.recall.after < 1
    assert summary.due_tomorrow == 1


def test_recall_is_compared_at_the_hour_of_the_round_ahead(database: Database, questions: tuple[int, ...]) -> None:
    with database.change("round", now=NOW) as session:
        company_id = add_company(session, name="青禾科技", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        round_id = plan_round(session, application_id=application_id, stage="一面", starts_at=NOW + timedelta(days=5))
    sitting_id = _begin(database, "drill", company_id=company_id, round_id=round_id)
    _rate(database, sitting_id, questions[0], "again")
    with database.read() as session:
        ahead = summarise(session, sitting_id=sitting_id, now=NOW)
        begun = summarise(session, sitting_id=sitting_id, now=NOW + timedelta(days=6))
    assert (ahead.at, begun.at) == (NOW + timedelta(days=5), NOW + timedelta(days=7))
    assert ahead.failed == (questions[0],)


def test_what_is_left_out_of_practice_is_not_due_tomorrow(database: Database, questions: tuple[int, ...]) -> None:
    sitting_id = _begin(database)
    for question_id in questions[:2]:
        _rate(database, sitting_id, question_id, "again")
    with database.change("suspend", now=NOW) as session:
        assert suspend(session, question_ids=questions[:1], suspended=True) == 1
        assert suspend(session, question_ids=questions[:1], suspended=True) == 0
    with database.read() as session:
        assert summarise(session, sitting_id=sitting_id, now=NOW).due_tomorrow == 1


# Whatever is done, the states are what a replay gives


def _stored(session: Session) -> dict[int, Memory | None]:
    return {
        row.question_id: Memory(row.stability, row.difficulty, row.reviewed_at, row.due_at)
        if row.reviewed_at is not None and row.due_at is not None
        else None
        for row in session.exec(select(MemoryState)).all()
    }


DEEDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("rate"),
            st.integers(0, 2),
            st.sampled_from(RATINGS),
            st.integers(-3 * 86_400, 30 * 86_400),  # the clock may be set back
        ),
        st.tuples(st.just("take back"), st.integers(0, 5)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=10,
)


@given(deeds=DEEDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_reviews_and_their_taking_back_equals_a_replay(
    fresh_database: Callable[[], Database], deeds: list[tuple[object, ...]]
) -> None:
    database = fresh_database()
    with database.change("questions", now=NOW) as session:
        ids = [add_question(session, text=f"题 {number}", now=NOW) for number in range(3)]
    with database.change("begin", now=NOW, kind="setting") as session:
        sitting_id = begin_sitting(session, kind="daily", now=NOW)
    clock, given_ids = NOW, []
    for name, *details in deeds:
        try:
            if name == "rate":
                number, rating, seconds = details
                clock += timedelta(seconds=int(str(seconds)))
                with database.change("rate", now=NOW) as session:
                    given_ids.append(
                        rate(
                            session,
                            sitting_id=sitting_id,
                            question_id=ids[int(str(number))],
                            rating=str(rating),
                            now=clock,
                            seconds=None,
                        )
                    )
            elif name == "take back" and given_ids:
                with database.change("take back", now=NOW) as session:
                    take_back(session, attempt_id=given_ids[int(str(details[0])) % len(given_ids)])
            elif name == "redo" or (name == "undo" and given_ids):
                (undo if name == "undo" else redo)(database, now=NOW)
        except RefusedError:
            continue  # nothing to take back: nothing changed
    with database.read() as session:
        attempts = session.exec(select(Attempt)).all()
        assert _stored(session) == memories(session, {attempt.question_id for attempt in attempts})
        assert len(view_sitting(session, sitting_id).attempts) == len(attempts)


def test_sittings_and_their_reviews_go_with_a_company_that_is_merged(
    database: Database, questions: tuple[int, ...]
) -> None:
    with database.change("companies", now=NOW) as session:
        first, second = (add_company(session, name=name, now=NOW) for name in ("青禾", "青禾科技"))
    sitting_id = _begin(database, "drill", company_id=first)
    _rate(database, sitting_id, questions[0], "good")
    with database.change("merge", now=NOW) as session:
        merge_companies(session, from_id=first, into_id=second)
    with database.read() as session:
        view = view_sitting(session, sitting_id)
        attempt = session.get(Attempt, view.attempts[0].id)
        assert attempt is not None
        assert (view.company, attempt.company_id) == ("青禾科技", second)
