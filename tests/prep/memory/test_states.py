"""Memory states: replayed from the attempts in the transaction that adds one, undone with it, and read by the hour."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from prep.bank import add_question, log_attempt
from prep.memory.states import (
    DECAY,
    UNSEEN_RECALL,
    Review,
    memories,
    rebuild_all_memory,
    rebuild_memory,
    recall_at,
    replay,
)
from prep.models import Attempt, MemoryState
from prep.sittings.recording import begin_sitting, rate
from tracker.db import Database
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def _reviews(*given: tuple[float, str]) -> list[Review]:
    return [Review(NOW + timedelta(days=day), rating) for day, rating in given]


def test_without_a_review_there_is_no_state() -> None:
    assert replay([]) is None


def test_replaying_is_repeatable_and_takes_reviews_in_the_order_of_time() -> None:
    reviews = _reviews((0, "good"), (3, "hard"), (9, "easy"))
    assert replay(reviews) == replay(list(reversed(reviews))) == replay(reviews)


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ([(0, "again")], [(0, "hard")]),
        ([(0, "hard")], [(0, "good")]),
        ([(0, "good")], [(0, "easy")]),
        ([(0, "good")], [(0, "good"), (3, "good")]),
        ([(0, "good"), (3, "again")], [(0, "good"), (3, "good")]),
    ],
)
def test_a_better_history_lasts_longer(
    weaker: Sequence[tuple[float, str]], stronger: Sequence[tuple[float, str]]
) -> None:
    low, high = replay(_reviews(*weaker)), replay(_reviews(*stronger))
    assert low is not None
    assert high is not None
    assert low.stability < high.stability
    assert low.due_at - low.reviewed_at <= high.due_at - high.reviewed_at


def test_recall_falls_to_ninety_percent_after_as_many_days_as_its_stability() -> None:
    assert recall_at(stability=7, reviewed_at=NOW, at=NOW + timedelta(days=7)) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("hours", "low", "high"), [(-5, 1, 1), (0, 1, 1), (1, 0.97, 0.9999), (23.5, 0.89, 0.91), (24 * 400, 0.2, 0.5)]
)
def test_recall_falls_by_the_hour_and_never_before_the_review(hours: float, low: float, high: float) -> None:
    assert low <= recall_at(stability=1, reviewed_at=NOW, at=NOW + timedelta(hours=hours)) <= high


@pytest.mark.parametrize(("stability", "reviewed_at"), [(0.0, None), (3.0, None), (0.0, NOW)])
def test_what_was_never_rated_has_the_prior(stability: float, reviewed_at: datetime | None) -> None:
    assert recall_at(stability=stability, reviewed_at=reviewed_at, at=NOW) == UNSEEN_RECALL


def test_the_decay_is_that_of_the_package() -> None:
    from fsrs.scheduler import DEFAULT_PARAMETERS

    assert DEFAULT_PARAMETERS[20] == DECAY


def _states(session: Session) -> list[tuple[object, ...]]:
    return [
        (row.question_id, row.stability, row.difficulty, row.reviewed_at, row.due_at, row.attempts, row.rating)
        for row in session.exec(select(MemoryState)).all()
    ]


def test_the_state_follows_the_attempts_through_undo_and_redo(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
    with database.change("first", now=NOW) as session:
        log_attempt(session, question_id=question_id, rating="good", now=NOW)
    with database.read() as session:
        first = _states(session)
    with database.change("second", now=NOW) as session:
        log_attempt(session, question_id=question_id, rating="again", now=NOW + timedelta(days=2))
    with database.read() as session:
        second = _states(session)
    undo(database, now=NOW)
    with database.read() as session:
        assert _states(session) == first
    undo(database, now=NOW)
    with database.read() as session:
        assert _states(session) == []
    redo(database, now=NOW)
    redo(database, now=NOW)
    with database.read() as session:
        assert _states(session) == second
    assert (first[0][5:], second[0][5:]) == ((1, "good"), (2, "again"))


def test_the_last_rating_is_the_last_recorded_of_those_at_one_moment(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        for rating in ("again", "easy", "hard"):
            log_attempt(session, question_id=question_id, rating=rating, now=NOW)
    with database.read() as session:
        assert [row.rating for row in session.exec(select(MemoryState)).all()] == ["hard"]


@pytest.mark.parametrize(
    ("stored", "precision", "counted"),
    [
        (datetime(2026, 3, 6, 9, 30, tzinfo=UTC), "minute", datetime(2026, 3, 6, 9, 30, tzinfo=UTC)),
        (datetime(2026, 3, 6, tzinfo=UTC), "day", datetime(2026, 3, 6, 12, tzinfo=UTC)),
        (datetime(2026, 2, 1, tzinfo=UTC), "month", datetime(2026, 2, 16, tzinfo=UTC)),
        (None, "unknown", None),
        (datetime(2026, 3, 6, tzinfo=UTC), "unknown", None),
    ],
)
def test_an_old_attempt_counts_as_exactly_as_it_is_known(
    database: Database, stored: datetime | None, precision: str, counted: datetime | None
) -> None:
    with database.change("import", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        session.add(
            Attempt(question_id=question_id, mode="interview", rating="hard", attempted_at=stored, precision=precision)
        )
    with database.read() as session:
        state = session.exec(select(MemoryState)).one()
    assert (state.reviewed_at, state.attempts) == (counted, 1)
    assert (state.rating, state.stability > 0) == (("hard", True) if counted else ("", False))


@pytest.mark.parametrize(
    ("mode", "rating", "counts"),
    [
        ("practice", "good", True),
        ("drill", "good", True),
        ("mock", "good", True),
        ("coding", "again", True),
        ("interview", "hard", True),
        ("notes", "good", False),
        ("mock", "", False),
        ("practice", "splendid", False),
    ],
)
def test_what_was_rated_is_a_review_and_what_a_file_held_is_not(
    database: Database, mode: str, rating: str, *, counts: bool
) -> None:
    with database.change("attempt", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        session.add(Attempt(question_id=question_id, mode=mode, rating=rating, attempted_at=NOW, precision="minute"))
    with database.read() as session:
        state = session.exec(select(MemoryState)).one()
        assert (state.attempts, state.reviewed_at is not None) == (1, counts)
        assert (memories(session, [question_id])[question_id] is not None) is counts


def test_a_clock_that_was_set_back_gives_the_reviews_in_the_order_of_their_times(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        log_attempt(session, question_id=question_id, rating="good", now=NOW)
    with database.change("an hour back", now=NOW) as session:
        log_attempt(session, question_id=question_id, rating="again", now=NOW - timedelta(hours=1))
    expected = replay([Review(NOW - timedelta(hours=1), "again"), Review(NOW, "good")])
    with database.read() as session:
        state = session.exec(select(MemoryState)).one()
        assert memories(session, [question_id]) == {question_id: expected}
    assert expected is not None
    assert (state.stability, state.due_at, state.rating) == (expected.stability, expected.due_at, "good")
    assert recall_at(stability=state.stability, reviewed_at=state.reviewed_at, at=NOW - timedelta(hours=1)) == 1


def test_without_a_sitting_it_is_as_if_that_had_not_been(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        log_attempt(session, question_id=question_id, rating="hard", now=NOW - timedelta(days=4))
        sitting_id = begin_sitting(session, kind="daily", now=NOW)
        rate(session, sitting_id=sitting_id, question_id=question_id, rating="good", now=NOW, seconds=9)
    with database.read() as session:
        without = memories(session, [question_id, 99], without_sitting=sitting_id)
    assert without == {question_id: replay(_reviews((-4, "hard"))), 99: None}


def test_rebuilding_gives_what_stands_there(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        for text in ("一", "二"):
            question_id = add_question(session, text=text, now=NOW)
            log_attempt(session, question_id=question_id, rating="good", now=NOW)
    with database.change("rebuild", now=NOW) as session:
        before = _states(session)
        session.expire_all()
        rebuild_memory(session, [1, 2])
        session.expire_all()
        assert _states(session) == before
        rebuild_all_memory(session)
        session.expire_all()
        assert _states(session) == before
