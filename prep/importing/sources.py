"""Files that were moved or renamed: known by what they hold, when they are no more where they were."""

from collections.abc import Collection
from pathlib import Path

from sqlmodel import Session, col, func, select

from prep.models import Question, QuestionCopy
from tracker.models import Source

MOST_OF_IT = 0.6
"""Share of the questions of a file that is gone, from which a new file with them is that one."""
FEWEST = 2
"""Questions of a file below which they tell nothing: only the same bytes do."""
CHUNK = 900
"""Values asked for at a time: SQLite binds at most 999 in old builds."""


def moved_source(session: Session, *, fingerprint: str, keys: Collection[str]) -> Source | None:
    """The source whose file is where it was no more, and is this one.

    ``keys`` are the ``question_key`` of all questions of the new file. Without such a source its questions would
    stand in two files, and what is edited in the one that is left would be the other's word against it.
    """
    gone = {
        source.id: source
        for source in session.exec(select(Source).order_by(col(Source.id))).all()
        if source.id is not None and not Path(source.path).exists()
    }
    for source in gone.values():
        if source.fingerprint == fingerprint:
            return source
    if not gone or not keys:
        return None
    shared = _shared(session, tuple(gone), keys)
    held = _held(session, tuple(gone))
    best = max(shared, key=lambda source_id: shared[source_id], default=None)
    if best is None or shared[best] < max(FEWEST, MOST_OF_IT * held[best]):
        return None
    return gone[best]


def _shared(session: Session, source_ids: tuple[int, ...], keys: Collection[str]) -> dict[int, int]:
    """How many of these questions each of the sources holds."""
    found: dict[int, int] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        rows = session.exec(
            select(Question.source_id, func.count())
            .where(col(Question.text_key).in_(wanted[start : start + CHUNK]), col(Question.orphaned).is_(False))
            .group_by(col(Question.source_id))
        ).all()
        for source_id, number in rows:
            if source_id in source_ids:
                found[source_id] = found.get(source_id, 0) + number
    return found


def _held(session: Session, source_ids: tuple[int, ...]) -> dict[int, int]:
    """How many questions stand in each of the sources."""
    own = session.exec(
        select(Question.source_id, func.count())
        .where(col(Question.orphaned).is_(False))
        .group_by(col(Question.source_id))
    ).all()
    copied = session.exec(select(QuestionCopy.source_id, func.count()).group_by(col(QuestionCopy.source_id))).all()
    held = dict.fromkeys(source_ids, 0)
    for source_id, number in (*own, *copied):
        if source_id in held:
            held[source_id] += number
    return held
