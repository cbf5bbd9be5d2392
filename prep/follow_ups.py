"""Which question goes on from which (追问)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from prep.models import Question
from tracker.companies import row_id


@dataclass(frozen=True, slots=True)
class LinkedQuestion:
    """A question beside another."""

    id: int
    text: str
    answered: bool


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What a question goes on from, and what goes on from it, in the order of the notes."""

    follows: LinkedQuestion | None
    followers: tuple[LinkedQuestion, ...]


def read_follow_ups(session: Session, *, question_id: int) -> FollowUps:
    """The questions before and behind one; none when it is gone."""
    above = session.exec(select(Question.follows_id).where(Question.id == question_id)).first()
    before = session.get(Question, above) if above is not None else None
    query = select(Question).where(Question.follows_id == question_id)
    after = session.exec(query.order_by(col(Question.position), col(Question.id))).all()
    return FollowUps(_linked(before) if before is not None else None, tuple(map(_linked, after)))


def _linked(question: Question) -> LinkedQuestion:
    return LinkedQuestion(row_id(question.id), question.text, bool(question.answer.strip()))
