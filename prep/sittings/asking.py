"""What a sitting shows of a question, and how far off each rating would put it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from sqlmodel import Session

from prep.memory.parameters import load_parameters, steps_of
from prep.memory.states import RATINGS
from prep.memory.steps import MemorySteps, Strength
from prep.search_index import raw_connection
from prep.sittings.views import SittingAttempt, read_attempts

CHUNK = 500
"""Questions that one query names."""


@dataclass(frozen=True, slots=True)
class QuestionToAsk:
    """One question, with all that is shown when it is asked and answered."""

    id: int
    text: str
    answer: str
    topic: str
    kind: str
    importance: int
    flagged: bool
    suspended: bool
    company: str
    """The company that the answer was written for."""
    attempts: int
    rating: str
    """The last one given; empty where it was never practised."""
    source_file: str
    source_line: int
    days: Mapping[str, int]
    """By rating: whole days until it would be due again, 1 or more."""


@dataclass(frozen=True, slots=True)
class SittingFront:
    """What a sitting needs to go on: the reviews so far, and the questions that may come next."""

    attempts: tuple[SittingAttempt, ...]
    questions: Mapping[int, QuestionToAsk]
    """Those that are still there, suspended ones too."""


def read_front(
    session: Session, *, sitting_id: int | None, question_ids: Collection[int], now: datetime
) -> SittingFront:
    """The reviews of a sitting, none before its first, and these questions; what is gone is left out."""
    attempts = read_attempts(session, (sitting_id,)).get(sitting_id, ()) if sitting_id is not None else ()
    return SittingFront(attempts, MappingProxyType(read_to_ask(session, question_ids, now=now)))


def read_to_ask(session: Session, question_ids: Collection[int], *, now: datetime) -> dict[int, QuestionToAsk]:
    """These questions by id, those that are gone left out.

    Args:
        session: Where to read.
        question_ids: Which ones.
        now: An aware time: that of the rating which is foretold.
    """
    steps = steps_of(load_parameters(session))
    connection = raw_connection(session)
    naive = now.astimezone(UTC).replace(tzinfo=None)
    found: dict[int, QuestionToAsk] = {}
    ids = list(dict.fromkeys(question_ids))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        rows = connection.execute(f"{_COLUMNS} WHERE q.id IN ({', '.join('?' * len(part))})", part)
        for *facts, stability, difficulty, reviewed_at in rows:
            strength, passed = None, 0
            if reviewed_at is not None and stability > 0:
                strength = Strength(stability, difficulty)
                passed = max(0, (naive - datetime.fromisoformat(reviewed_at)).days)
            days = foresee(steps, strength, passed)
            file, line = facts[-2:]
            key, text, answer, topic, kind, importance, flagged, suspended, company, attempts, rating = facts[:-2]
            found[key] = QuestionToAsk(
                id=key,
                text=text,
                answer=answer,
                topic=topic,
                kind=kind,
                importance=importance,
                flagged=bool(flagged),
                suspended=bool(suspended),
                company=company,
                attempts=attempts,
                rating=rating,
                source_file=file,
                source_line=line,
                days=days,
            )
    return found


def foresee(steps: MemorySteps, strength: Strength | None, passed: int) -> Mapping[str, int]:
    """Whole days until a question is due again, by the rating that is given now.

    Args:
        steps: The steps of the person's parameters.
        strength: How well it is remembered; ``None`` where it was never rated.
        passed: Whole days since the last review.
    """
    after = (
        steps.first(number) if strength is None else steps.next(strength, number, passed)
        for number in range(1, len(RATINGS) + 1)
    )
    return MappingProxyType(
        {rating: steps.days_until_due(one.stability) for rating, one in zip(RATINGS, after, strict=True)}
    )


_COLUMNS = """
SELECT q.id, q.text, q.answer, coalesce(t.name, ''), q.kind, q.importance, q.flagged, q.suspended, coalesce(c.name, ''),
    coalesce(m.attempts, 0), coalesce(m.rating, ''), coalesce(s.path, ''), q.source_line,
    coalesce(m.stability, 0.0), coalesce(m.difficulty, 0.0), m.reviewed_at
FROM question q
LEFT JOIN topic t ON t.id = q.topic_id
LEFT JOIN company c ON c.id = q.company_id
LEFT JOIN source s ON s.id = q.source_id
LEFT JOIN memory_state m ON m.question_id = q.id
"""
