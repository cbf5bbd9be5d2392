"""The steps of FSRS-6: equal to the package's over random histories and weights, bit by bit."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.bank import add_question, log_attempt
from prep.memory.audit import audit_memory
from prep.memory.parameters import HIGHEST, LOWEST, MemoryParameters, store_parameters
from prep.memory.states import RATINGS, Review, replay
from prep.memory.steps import DEFAULT_WEIGHTS, MOST_DAYS, MemorySteps
from tracker.db import Database

BEGIN = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

GAPS = st.one_of(
    st.integers(min_value=0, max_value=3 * 86_400),  # seconds: the same day, and its edges
    st.integers(min_value=0, max_value=400).map(lambda days: days * 86_400),
    st.sampled_from((0, 1, 86_399, 86_400, 86_401)),
)
HISTORIES = st.lists(st.tuples(GAPS, st.sampled_from(RATINGS)), min_size=1, max_size=14)
WEIGHTS = st.one_of(
    st.just(DEFAULT_WEIGHTS),
    st.tuples(*(st.floats(low, high) for low, high in zip(LOWEST, HIGHEST, strict=True))),
)


def test_weights_and_bounds_are_those_of_the_package() -> None:
    assert tuple(DEFAULT_PARAMETERS) == DEFAULT_WEIGHTS
    assert (tuple(LOWER_BOUNDS_PARAMETERS), tuple(UPPER_BOUNDS_PARAMETERS)) == (LOWEST, HIGHEST)


@given(history=HISTORIES, weights=WEIGHTS, retention=st.sampled_from((0.7, 0.85, 0.9, 0.97)))
@settings(max_examples=150)
def test_a_replay_is_what_the_package_makes_of_the_same_reviews(
    history: list[tuple[int, str]], weights: tuple[float, ...], retention: float
) -> None:
    scheduler = Scheduler(
        parameters=weights,
        desired_retention=retention,
        enable_fuzzing=False,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=MOST_DAYS,
    )
    card, at, reviews = Card(card_id=1), BEGIN, []
    for seconds, rating in history:
        at += timedelta(seconds=seconds)
        card, _log = scheduler.review_card(card, Rating[rating.capitalize()], at)
        reviews.append(Review(at, rating))
    memory = replay(reviews, parameters=MemoryParameters(weights=weights, desired_retention=retention))
    assert memory is not None
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
    assert (memory.reviewed_at, memory.due_at) == (card.last_review, card.due)


@given(stability=st.floats(0.001, 36_500), days=st.floats(0, 36_500), weights=WEIGHTS)
def test_recall_is_a_chance_and_only_falls(stability: float, days: float, weights: tuple[float, ...]) -> None:
    steps = MemorySteps(weights)
    assert 0 < steps.recall(stability, days + 1) <= steps.recall(stability, days) <= 1


@pytest.mark.parametrize("stability", [0.5, 1, 30, 4000])
def test_recall_is_nine_tenths_after_its_stability(stability: float) -> None:
    assert MemorySteps().recall(stability, stability) == pytest.approx(0.9)


@pytest.mark.parametrize(("stability", "days"), [(0.001, 1), (1, 1), (12.4, 12), (1e9, MOST_DAYS)])
def test_at_the_usual_retention_a_question_is_due_after_its_stability_in_whole_days(
    stability: float, days: int
) -> None:
    assert MemorySteps().days_until_due(stability) == days


def test_without_reviews_there_is_no_strength() -> None:
    assert MemorySteps().replay([]) is None
    assert MemorySteps().replay([(3, 0)]) == MemorySteps().first(3)


def test_the_package_is_asked_for_a_second_opinion(database: Database) -> None:
    with database.change("practise", now=BEGIN) as session:
        ids = [add_question(session, text=f"题 {number}", now=BEGIN) for number in range(3)]
        for number, rating in enumerate(("good", "again", "hard", "easy", "good")):
            for question_id in ids[:2]:
                log_attempt(
                    session, question_id=question_id, rating=rating, now=BEGIN + timedelta(days=number * number / 2)
                )
    with database.read() as session:
        assert audit_memory(session) == []
    with database.change("other weights", now=BEGIN) as session:
        store_parameters(session, MemoryParameters(weights=(*DEFAULT_WEIGHTS[:20], 0.3)))
    with database.change("damage", now=BEGIN) as session:
        assert audit_memory(session) == []
        session.connection().exec_driver_sql(
            "UPDATE memory_state SET stability = stability * 1.000001 WHERE question_id = ?", (ids[1],)
        )
        assert audit_memory(session) == [f"memory_state {ids[1]}"]
