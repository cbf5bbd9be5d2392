"""What the attempts at a question add up to: FSRS, replayed from the append-only log.

The states are a cache beside the attempts, brought up to date in the transaction that adds an attempt.
Algorithm: FSRS-6 (https://github.com/open-spaced-repetition), through the ``fsrs`` package.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, select

from prep.models import Attempt
from tracker.changes import TouchedRows

RATINGS = ("again", "hard", "good", "easy")
"""In the order of the keys 1–4."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Review:
    """One rated attempt at a known time."""

    at: datetime
    rating: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The state after a replay."""

    stability: float
    """Days until recall has fallen to 90 %."""
    difficulty: float
    """1–10."""
    reviewed_at: datetime
    due_at: datetime


def replay(question_id: int, reviews: Sequence[Review]) -> Memory | None:
    """The memory state after these reviews, oldest first; ``None`` without any."""
    from fsrs import Card, Rating, Scheduler

    # Whole days from the first review on, without the package's global randomness.
    scheduler = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    card = Card(card_id=question_id)  # without an id the package sleeps a millisecond to make one
    for review in sorted(reviews, key=lambda review: review.at):
        card, _log = scheduler.review_card(card, Rating[review.rating.capitalize()], review.at)
    if card.stability is None or card.difficulty is None or card.last_review is None:
        return None
    return Memory(stability=card.stability, difficulty=card.difficulty, reviewed_at=card.last_review, due_at=card.due)


def refresh_memory(session: Session, touched: TouchedRows) -> None:
    """Replay the questions whose attempts a transaction touched. Called once before each commit."""
    rows = touched.get("attempt", {})
    if not rows:
        return
    ids = [int(key) for key in rows]
    questions = {int(before["question_id"]) for before in rows.values() if before.get("question_id")}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        questions |= set(session.exec(select(Attempt.question_id).where(col(Attempt.id).in_(part))).all())
    rebuild_memory(session, questions)


def rebuild_memory(session: Session, question_ids: Collection[int]) -> None:
    """Replay these questions' attempts into their states."""
    table = SQLModel.metadata.tables["memory_state"]
    connection = session.connection()
    ids = sorted(question_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        attempts: dict[int, list[Attempt]] = {}
        query = select(Attempt).where(col(Attempt.question_id).in_(part)).order_by(col(Attempt.id))
        for attempt in session.exec(query).all():
            attempts.setdefault(attempt.question_id, []).append(attempt)
        connection.execute(delete(table).where(table.c.question_id.in_(part)))
        states = [_state(question_id, found) for question_id, found in attempts.items()]
        if states:
            connection.execute(insert(table), states)


def rebuild_all_memory(session: Session) -> None:
    """Replay every question's attempts; states of questions that are gone go too."""
    session.connection().execute(delete(SQLModel.metadata.tables["memory_state"]))
    rebuild_memory(session, set(session.exec(select(Attempt.question_id).distinct()).all()))


def _state(question_id: int, attempts: list[Attempt]) -> dict[str, object]:
    reviews = [
        Review(attempt.attempted_at, attempt.rating)
        for attempt in attempts
        if attempt.attempted_at is not None and attempt.rating in RATINGS
    ]
    reviews.sort(key=lambda review: review.at)
    memory = replay(question_id, reviews) if reviews else None
    return {
        "question_id": question_id,
        "stability": memory.stability if memory else 0.0,
        "difficulty": memory.difficulty if memory else 0.0,
        "reviewed_at": memory.reviewed_at if memory else None,
        "due_at": memory.due_at if memory else None,
        "attempts": len(attempts),
        "rating": reviews[-1].rating if reviews else "",
    }


DECAY = 0.1542
"""FSRS-6 default w20."""

UNSEEN_RECALL = 0.35
"""The chance taken for a question that was never rated: it stands in the person's own notes, so it is not new."""


def recall_at(*, stability: float, reviewed_at: datetime | None, at: datetime) -> float:
    """The chance, 0–1, of recalling a question at an hour. Not by whole days as the package counts.

    ``R(t) = (1 + F·t/S)^(-w20)`` with ``F = 0.9^(-1/w20) - 1``, t and S in days (FSRS-6).
    """
    if reviewed_at is None or stability <= 0:
        return UNSEEN_RECALL
    days = max(0.0, (at - reviewed_at).total_seconds() / 86_400)
    factor = 0.9 ** (-1 / DECAY) - 1
    return float((1 + factor * days / stability) ** -DECAY)
