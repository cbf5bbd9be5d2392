"""What the attempts at a question add up to: FSRS, replayed from the append-only log.

The states are a cache beside the attempts. Whenever a transaction touches attempts, the questions that they belong to
are replayed from all their attempts before it commits: one question takes some microseconds, and there is no second
way, such as a step from the stored state, that could come to another result.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, select

from prep.memory.parameters import DEFAULT_PARAMETERS, SETTING, MemoryParameters, load_parameters, steps_of
from prep.memory.steps import DEFAULT_WEIGHTS, Strength
from prep.models import Attempt
from tracker.changes import TouchedRows

if TYPE_CHECKING:
    import sqlite3

RATINGS = ("again", "hard", "good", "easy")
"""In the order of the keys 1–4."""

CHUNK = 500

NOT_REVIEWS = frozenset({"notes"})
"""Modes of attempts that are never reviews: an answer that was found in a file tells of no recall."""

DECAY = DEFAULT_WEIGHTS[20]
"""w20 of FSRS-6, as fitted to many people."""

UNSEEN_RECALL = 0.35
"""The chance taken for a question that was never rated: it stands in the person's own notes, so it is not new."""

History = Sequence[tuple[datetime, int]]
"""The reviews of one question: moments in their order, naive in UTC, and ratings as 1–4."""

_NUMBERS = {rating: number for number, rating in enumerate(RATINGS, start=1)}


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


class _Log(NamedTuple):
    """The attempts at one question, as far as memory needs them."""

    attempts: int
    """All of them, whether they count as reviews or not."""
    reviews: list[tuple[datetime, int]]
    """Moment, naive in UTC, and number of the rating; in the order of the moments, of equal ones as recorded."""


def counted_at(at: datetime | None, precision: str) -> datetime | None:
    """The moment at which an attempt counts as a review; ``None``: it does not.

    One of which only the day is known counts at noon, one of which only the month is known in its middle: that is at
    most half the span off. One of an unknown time counts among a question's attempts, but is no review: without its
    time nothing follows for recall at any hour, and to take the day of its import would show as fresh what is old.

    Args:
        at: As it is stored: of a day or a month the first moment in UTC.
        precision: minute, day, month or unknown.
    """
    if at is None or precision == "minute":
        return at
    if precision == "day":
        return at.replace(hour=12, minute=0, second=0, microsecond=0)
    if precision == "month":
        return at.replace(day=16, hour=0, minute=0, second=0, microsecond=0)
    return None


def replay(reviews: Sequence[Review], *, parameters: MemoryParameters = DEFAULT_PARAMETERS) -> Memory | None:
    """The memory state after these reviews, in the order of their times; ``None`` without any."""
    ordered = sorted(((one.at.astimezone(UTC), _NUMBERS[one.rating]) for one in reviews), key=itemgetter(0))
    return _replay(ordered, parameters)


def _replay(reviews: History, parameters: MemoryParameters) -> Memory | None:
    """The same of pairs that are in the order of their times already."""
    if not reviews:
        return None
    steps = steps_of(parameters)
    strength: Strength | None = None
    before = reviews[0][0]
    for at, rating in reviews:
        strength = steps.first(rating) if strength is None else steps.next(strength, rating, (at - before).days)
        before = at
    if strength is None:
        return None
    due_at = before + timedelta(days=steps.days_until_due(strength.stability))
    return Memory(strength.stability, strength.difficulty, before, due_at)


def recall_at(*, stability: float, reviewed_at: datetime | None, at: datetime, decay: float = DECAY) -> float:
    """The chance, 0–1, of recalling a question at an hour. Not by whole days as the package counts.

    ``R(t) = (1 + F·t/S)^(-w20)`` with ``F = 0.9^(-1/w20) - 1``, t and S in days (FSRS-6). Before the review, as after
    a clock that was set back, it is 1.

    Args:
        stability: Days until recall has fallen to 90 %.
        reviewed_at: When it was reviewed last; ``None``: never, and the chance is ``UNSEEN_RECALL``.
        at: The hour.
        decay: w20 of the person's parameters.
    """
    if reviewed_at is None or stability <= 0:
        return UNSEEN_RECALL
    days = max(0.0, (at - reviewed_at).total_seconds() / 86_400)
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * days / stability) ** -decay)


def memories(
    session: Session, question_ids: Collection[int], *, without_sitting: int | None = None
) -> dict[int, Memory | None]:
    """What the attempts at these questions add up to, replayed now.

    Args:
        session: Where to read.
        question_ids: The questions; of one that has no reviews the memory is ``None``.
        without_sitting: A sitting whose attempts are left out: how it would be if it had not been.
    """
    parameters = load_parameters(session)
    found: dict[int, Memory | None] = dict.fromkeys(question_ids)
    for question_id, log in _read(session, question_ids, without_sitting=without_sitting).items():
        memory = _replay(log.reviews, parameters)
        found[question_id] = None if memory is None else _aware(memory)
    return found


def read_histories(session: Session) -> dict[int, History]:
    """The reviews of every question that has any."""
    return {question_id: log.reviews for question_id, log in _read(session, None).items() if log.reviews}


def _aware(memory: Memory) -> Memory:
    """The moments of the database are in UTC without saying so."""
    reviewed_at, due_at = (moment.replace(tzinfo=UTC) for moment in (memory.reviewed_at, memory.due_at))
    return Memory(memory.stability, memory.difficulty, reviewed_at, due_at)


def refresh_memory(session: Session, touched: TouchedRows) -> None:
    """Replay the questions whose attempts a transaction touched. Called once before each commit."""
    if SETTING in touched.get("setting", {}):
        session.flush()
        rebuild_all_memory(session)
        return
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
    ids = sorted(question_ids)
    for start in range(0, len(ids), CHUNK):
        session.connection().execute(delete(table).where(table.c.question_id.in_(ids[start : start + CHUNK])))
    _write(session, _read(session, ids))


def rebuild_all_memory(session: Session) -> None:
    """Replay every question's attempts; states of questions that are gone go too."""
    session.connection().execute(delete(SQLModel.metadata.tables["memory_state"]))
    _write(session, _read(session, None))


def _write(session: Session, logs: Mapping[int, _Log]) -> None:
    parameters = load_parameters(session)
    states = [_state(question_id, log, parameters) for question_id, log in logs.items()]
    if states:
        session.connection().execute(insert(SQLModel.metadata.tables["memory_state"]), states)


def _state(question_id: int, log: _Log, parameters: MemoryParameters) -> dict[str, object]:
    memory = _replay(log.reviews, parameters)
    memory = _aware(memory) if memory else None
    return {
        "question_id": question_id,
        "stability": memory.stability if memory else 0.0,
        "difficulty": memory.difficulty if memory else 0.0,
        "reviewed_at": memory.reviewed_at if memory else None,
        "due_at": memory.due_at if memory else None,
        "attempts": log.attempts,
        "rating": RATINGS[log.reviews[-1][1] - 1] if log.reviews else "",
    }


def _read(
    session: Session, question_ids: Collection[int] | None, *, without_sitting: int | None = None
) -> dict[int, _Log]:
    """The attempts at each of these questions, or at every one."""
    # The driver's own connection, inside the transaction: its rows come in a third of the time.
    connection = cast("sqlite3.Connection", session.connection().connection.dbapi_connection)
    columns = "SELECT question_id, attempted_at, precision, rating, mode FROM attempt"
    if question_ids is None:
        # Put together here: the database takes three times as long to bring the rows into the order of the questions.
        return _collect(connection.execute(f"{columns} ORDER BY id"))
    found: dict[int, _Log] = {}
    ids = sorted(question_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        where = f"WHERE question_id IN ({', '.join('?' * len(part))}) AND coalesce(session_id, 0) <> ? ORDER BY id"
        found |= _collect(connection.execute(f"{columns} {where}", (*part, without_sitting or -1)))
    return found


def _collect(rows: Iterable[tuple[int, str | None, str, str, str]]) -> dict[int, _Log]:
    # One pass over plain columns: a row of the ORM takes twenty times as long.
    counts: dict[int, int] = {}
    reviews: dict[int, list[tuple[datetime, int]]] = {}
    for question_id, stored, precision, rating, mode in rows:
        counts[question_id] = counts.get(question_id, 0) + 1
        number = _NUMBERS.get(rating)
        if stored is None or number is None or mode in NOT_REVIEWS:
            continue
        at: datetime | None = datetime.fromisoformat(stored)
        if precision != "minute":
            at = counted_at(at, precision)
        if at is not None:
            reviews.setdefault(question_id, []).append((at, number))
    for found in reviews.values():
        found.sort(key=itemgetter(0))
    return {question_id: _Log(count, reviews.get(question_id, [])) for question_id, count in counts.items()}
