"""Daily practice: what is due, what is new, how much of both a day, and what comes next in a sitting."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from prep.search_index import raw_connection, topic_places
from prep.sittings.views import SittingAttempt
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Setting

SETTING = "practice_limits"
MOST_A_DAY = 999

AGAIN_AFTER = timedelta(minutes=10)
"""How long after it was not known a question comes again in the same sitting."""
AGAIN_AFTER_QUESTIONS = 3
"""Or after how many other questions, whichever is first."""
MOST_AGAIN = 4
"""How often a question is asked in one sitting at most: what fails that often needs another answer, or sleep."""

_WRONG_CLOCK = timedelta(days=1)
"""A review further in the future than this was given while the clock was wrong."""

_PRACTISED = "NOT q.suspended AND NOT q.orphaned AND q.kind <> 'reverse'"
"""What takes part in practice: a question to ask back is none to answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a day, 0–999 each."""

    reviews: int = 60
    """Questions that were practised before."""
    new: int = 10
    """Questions that never were."""


PLENTY = Limits(reviews=MOST_A_DAY, new=MOST_A_DAY)
"""As good as none: for somebody who goes on beyond the limits of the day."""


@dataclass(frozen=True, slots=True)
class DueQueue:
    """What to practise now."""

    question_ids: tuple[int, ...]
    """In order: due ones, then new ones."""
    due: int
    """How many of them are due."""
    new: int
    """How many of them are new."""
    left_by_limit: int
    """How many more are due, left for another day by the limit."""
    unseen: int = 0
    """How many were never practised and could be, those in the queue included."""
    reviewed_today: int = 0
    """Questions practised before and again today, in drills too: they count for the limit."""
    begun_today: int = 0
    """Questions practised today for the first time: they count for the limit of new ones."""


def load_limits(session: Session) -> Limits:
    """The limits of this person; the usual ones where none are kept."""
    kept = session.get(Setting, SETTING)
    try:
        values = json.loads(kept.value) if kept is not None else {}
        return Limits(reviews=_checked(values["reviews"]), new=_checked(values["new"]))
    except (ValueError, TypeError, KeyError, RefusedError):
        return Limits()


def set_limits(session: Session, *, limits: Limits) -> None:
    """Keep other limits.

    Raises:
        RefusedError: one is less than 0 or more than 999.
    """
    values = {"reviews": _checked(limits.reviews), "new": _checked(limits.new)}
    kept = session.get(Setting, SETTING) or Setting(name=SETTING)
    kept.value = json.dumps(values)
    session.add(kept)
    session.flush()


def _checked(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_A_DAY:
        raise RefusedError(_("A limit is a whole number from 0 to {most} a day.").format(most=MOST_A_DAY))
    return value


def due_questions(session: Session, *, now: datetime, limits: Limits | None = None) -> DueQueue:
    """What to practise now, within the limits of the day.

    Due questions come longest overdue first, which keeps more recall over the weeks than the order of what a day's wait
    would lose (``tests/benchmarks/drill_simulation.py``). New ones come by importance, then in the order of the
    person's notes; those without an answer are left out, for there is nothing to check oneself against.

    Args:
        session: Where to read.
        now: An aware time; the day begins at its local midnight.
        limits: How much a day; by default those that are kept.
    """
    limits = load_limits(session) if limits is None else limits
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    reviewed, begun = _done_today(session, midnight, now)
    due, unseen = _waiting(session, now)
    reviews = due[: max(0, limits.reviews - reviewed)]
    new = unseen[: max(0, limits.new - begun)]
    return DueQueue(
        question_ids=(*reviews, *new),
        due=len(reviews),
        new=len(new),
        left_by_limit=len(due) - len(reviews),
        unseen=len(unseen),
        reviewed_today=reviewed,
        begun_today=begun,
    )


def count_due(session: Session, *, by: datetime) -> int:
    """How many questions are due by a moment, whatever the limits."""
    found = raw_connection(session).execute(
        f"SELECT count(*) FROM memory_state m JOIN question q ON q.id = m.question_id"
        f" WHERE m.due_at <= ? AND {_PRACTISED}",
        (_stored(by),),
    )
    return int(found.fetchone()[0])


def next_question(
    plan: Sequence[int], attempts: Sequence[SittingAttempt], *, now: datetime, skipped: Sequence[int] = ()
) -> int | None:
    """What a sitting asks next; ``None`` when it is through.

    A question that was not known comes again after ten minutes or three other questions, whichever is first, and at
    the end without waiting, four times in one sitting at most. Otherwise the plan goes on in its order.

    Args:
        plan: The questions in their order.
        attempts: The reviews of this sitting so far, in the order in which they were given.
        now: An aware time.
        skipped: Questions that are not to be asked in this sitting.
    """
    left_out = set(skipped)
    waiting = [one for one in _not_known(attempts) if one[0] not in left_out]
    ripe = (
        question_id
        for question_id, at, others in waiting
        if others >= AGAIN_AFTER_QUESTIONS or (at is not None and now - at >= AGAIN_AFTER)
    )
    answered = {attempt.question_id for attempt in attempts} | left_out
    fresh = (question_id for question_id in plan if question_id not in answered)
    last = (question_id for question_id, _at, _others in waiting)
    return next(ripe, None) or next(fresh, None) or next(last, None)


def _not_known(attempts: Sequence[SittingAttempt]) -> list[tuple[int, datetime | None, int]]:
    """Questions last rated again: when, and how many others were answered since; the longest waiting first."""
    last = {attempt.question_id: index for index, attempt in enumerate(attempts)}
    times = [attempt.question_id for attempt in attempts]
    return [
        (question_id, attempts[index].at, len(set(times[index + 1 :])))
        for question_id, index in sorted(last.items(), key=lambda one: one[1])
        if attempts[index].rating == "again" and times.count(question_id) < MOST_AGAIN
    ]


def _done_today(session: Session, midnight: datetime, now: datetime) -> tuple[int, int]:
    """Questions reviewed again today, and those begun today."""
    first = (
        "SELECT min(a.attempted_at) FROM attempt a"
        " WHERE a.question_id = m.question_id AND a.rating <> '' AND a.mode <> 'notes' AND a.precision <> 'unknown'"
    )
    rows = raw_connection(session).execute(
        f"SELECT count(*), coalesce(sum(({first}) >= ?), 0) FROM memory_state m"
        " WHERE m.reviewed_at >= ? AND m.reviewed_at <= ?",
        (_stored(midnight), _stored(midnight), _stored(now)),
    )
    done, begun = rows.fetchone()
    return done - begun, begun


def _waiting(session: Session, now: datetime) -> tuple[list[int], list[int]]:
    """Every due question in its order, and every one with an answer that was never reviewed in its own.

    One pass over the questions for both: they stand behind their answers, which makes a pass the greater part.
    """
    connection = raw_connection(session)
    ranks = {topic_id: place.rank for topic_id, place in topic_places(connection).items()}
    due: list[tuple[str, int]] = []
    unseen: list[tuple[int, int, int, int]] = []
    rows = connection.execute(_WAITING, (_stored(now), _stored(now + _WRONG_CLOCK)))
    for key, importance, topic_id, position, due_at in rows:
        if due_at is None:
            unseen.append((-importance, ranks.get(topic_id, len(ranks)), position, key))
        else:
            due.append((due_at, key))
    due.sort()
    unseen.sort()
    return [key for _since, key in due], [one[3] for one in unseen]


_WAITING = f"""
SELECT q.id, q.importance, q.topic_id, q.position, m.due_at
FROM question q LEFT JOIN memory_state m ON m.question_id = q.id
WHERE {_PRACTISED} AND (m.due_at <= ? OR m.reviewed_at > ? OR (m.due_at IS NULL AND q.answer <> ''))
"""


def _stored(moment: datetime) -> str:
    """As the column holds it, to the microsecond: what is due at this very moment is due."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
