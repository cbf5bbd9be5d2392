"""Questions that stand in no file any more, taken away together."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from prep.bank import remove_question
from prep.models import Asked, Attempt, Question
from tracker.companies import row_id


@dataclass(frozen=True, slots=True)
class RemovedOrphans:
    """What became of the questions that stand in no file any more."""

    removed: tuple[int, ...]
    """The ids of those that are gone."""
    kept: int
    """How many stayed, because they were practised or asked."""


def remove_orphans(session: Session) -> RemovedOrphans:
    """Remove the questions that vanished from their files and were never practised or asked."""
    has_history = col(Question.id).in_(select(Asked.question_id)) | col(Question.id).in_(select(Attempt.question_id))
    orphans = select(Question.id).where(col(Question.orphaned).is_(True))
    kept = len(session.exec(orphans.where(has_history)).all())
    going = [row_id(number) for number in session.exec(orphans.where(~has_history).order_by(col(Question.id))).all()]
    for number in going:
        remove_question(session, question_id=number)
    return RemovedOrphans(tuple(going), kept)
