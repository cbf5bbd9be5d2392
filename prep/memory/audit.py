"""A second opinion on memory: the states of some questions, computed by the ``fsrs`` package itself."""

import math
from datetime import UTC

from sqlmodel import Session

from prep.memory.parameters import MemoryParameters, load_parameters
from prep.memory.states import RATINGS, History, read_histories
from prep.memory.steps import MOST_DAYS
from prep.search_index import raw_connection

SAMPLE = 300
"""Questions that are looked at, those with the most reviews: there a difference has had most steps to grow."""

TOLERANCE = 1e-9
"""The relative difference from which on two states are not the same."""


def audit_memory(session: Session) -> list[str]:
    """Name the states that the package does not come to from the same reviews; none when all is well."""
    parameters = load_parameters(session)
    histories = read_histories(session)
    longest = sorted(histories, key=lambda one: (-len(histories[one]), one))[:SAMPLE]
    connection = raw_connection(session)
    wrong: list[str] = []
    for question_id in longest:
        stored = connection.execute(
            "SELECT stability, difficulty FROM memory_state WHERE question_id = ?", (question_id,)
        ).fetchone()
        expected = _by_package(histories[question_id], parameters)
        if stored is None or not all(
            math.isclose(*pair, rel_tol=TOLERANCE) for pair in zip(stored, expected, strict=True)
        ):
            wrong.append(f"memory_state {question_id}")
    return wrong


def _by_package(history: History, parameters: MemoryParameters) -> tuple[float, float]:
    """Stability and difficulty after these reviews, of which there is one at least."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(
        parameters=parameters.weights,
        desired_retention=parameters.desired_retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=MOST_DAYS,
        enable_fuzzing=False,
    )
    card = Card(card_id=1)  # without an id the package sleeps a millisecond to make one
    for at, rating in history:
        named = Rating[RATINGS[rating - 1].capitalize()]
        card, _log = scheduler.review_card(card, named, at.replace(tzinfo=UTC))
    return card.stability or 0.0, card.difficulty or 0.0
