"""Two questions of which is asked whether they are one, side by side, as a person needs to see them to decide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from sqlmodel import Session, col, func, select

from prep.doubles.reviews import DISAGREEMENT, MOVED_QUESTION, PAIR_KINDS, pair_of
from prep.models import Asked, Attempt, Question, Topic
from tracker.companies import row_id
from tracker.models import Review, Source

BEGINNING = 240
"""Characters shown of an answer."""
CHUNK = 500


@dataclass(frozen=True, slots=True)
class PairedQuestion:
    """One of the two."""

    id: int
    text: str
    answer: str
    """How its answer begins."""
    topic: str
    place: str
    """The file's name and the line; empty for a typed one."""
    orphaned: bool
    attempts: int
    asked: int

    @property
    def history(self) -> int:
        """How much the person made of it."""
        return self.attempts + self.asked


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """Two questions that may be one, and which of them would stay."""

    kept: PairedQuestion
    merged: PairedQuestion
    moved: bool
    """Whether it is asked because one vanished from its file when the other came."""

    def swapped(self) -> "QuestionPair":
        """The same two, with the text and the answer of the other."""
        return QuestionPair(self.merged, self.kept, self.moved)


def read_question_pairs(session: Session, review_ids: Collection[int]) -> dict[int, QuestionPair]:
    """The pair of each of these review entries that ask about two questions which are both there still."""
    asked = session.exec(select(Review).where(col(Review.kind).in_(PAIR_KINDS))).all()
    entries = {row_id(entry.id): entry for entry in asked if entry.id in review_ids}
    shown = _shown(session, {number for entry in entries.values() for number in pair_of(entry)})
    pairs = (
        (number, entry, shown.get(entry.question_id), shown.get(entry.other_id)) for number, entry in entries.items()
    )
    return {
        number: _pair(entry, subject, other)
        for number, entry, subject, other in pairs
        if subject is not None and other is not None
    }


def _pair(entry: Review, subject: PairedQuestion, other: PairedQuestion) -> QuestionPair:
    """What is new in a file stays in the place of what vanished; else the one of which the person made more."""
    if entry.kind == MOVED_QUESTION:
        return QuestionPair(subject, other, moved=True)
    kept, merged = sorted((subject, other), key=lambda one: (-one.history, not one.answer, one.id))
    return QuestionPair(kept, merged, moved=False)


def _rows(session: Session, ids: Collection[int]) -> Iterable[Question]:
    numbers = sorted(ids)
    for start in range(0, len(numbers), CHUNK):
        yield from session.exec(select(Question).where(col(Question.id).in_(numbers[start : start + CHUNK]))).all()


def _shown(session: Session, ids: Collection[int]) -> dict[int | None, PairedQuestion]:
    """Those of the questions that are there."""
    topics = dict(session.exec(select(Topic.id, Topic.name)).all())
    paths = dict(session.exec(select(Source.id, Source.path)).all())
    attempts, asked = (_counts(session, model, ids) for model in (Attempt, Asked))
    return {
        row.id: PairedQuestion(
            id=row_id(row.id),
            text=row.text,
            answer=" ".join(row.answer[: 2 * BEGINNING].split())[:BEGINNING],
            topic=topics.get(row.topic_id, ""),
            place="" if row.source_id is None else f"{PurePath(paths.get(row.source_id, '')).name}:{row.source_line}",
            orphaned=row.orphaned,
            attempts=attempts.get(row_id(row.id), 0),
            asked=asked.get(row_id(row.id), 0),
        )
        for row in _rows(session, ids)
    }


def _counts(session: Session, model: type[Attempt] | type[Asked], ids: Collection[int]) -> dict[int, int]:
    numbers = sorted(ids)
    found: dict[int, int] = {}
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        query = (
            select(model.question_id, func.count())
            .where(col(model.question_id).in_(part))
            .group_by(col(model.question_id))
        )
        found.update(session.exec(query).all())
    return found


def find_disagreeing(session: Session, review_ids: Collection[int]) -> dict[int, int]:
    """The question of each of these review entries that tell of one which was edited here and in its file."""
    told = session.exec(
        select(Review.id, Review.question_id)
        .join(Question, col(Question.id) == Review.question_id)
        .where(Review.kind == DISAGREEMENT)
    ).all()
    return {row_id(number): question_id or 0 for number, question_id in told if number in review_ids}
