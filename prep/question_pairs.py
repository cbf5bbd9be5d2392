"""Two questions of which is asked whether they are one, side by side, as a person needs to see them to decide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from sqlmodel import Session, col, func, select

from prep.bank import question_key
from prep.importing.reconciling import text_in_file
from prep.models import Asked, Attempt, Question, Topic
from prep.near import KINDS, MOVED_QUESTION
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
    entries = session.exec(select(Review).where(col(Review.kind).in_(KINDS), col(Review.id).in_(review_ids))).all()
    keys = {question_key(text) for entry in entries for text in (entry.subject, entry.other)}
    by_key: dict[str, list[Question]] = {}
    for row in _by_keys(session, sorted(keys)):
        by_key.setdefault(row.text_key, []).append(row)
    found = {row_id(entry.id): (entry, _rows_of(entry, by_key)) for entry in entries}
    wanted = {row_id(row.id): row for _entry, rows in found.values() if rows is not None for row in rows}
    shown = _shown(session, wanted)
    return {
        number: _pair(entry, shown[row_id(rows[0].id)], shown[row_id(rows[1].id)])
        for number, (entry, rows) in found.items()
        if rows is not None
    }


def _pair(entry: Review, subject: PairedQuestion, other: PairedQuestion) -> QuestionPair:
    """What is new in a file stays in the place of what vanished; else the one of which the person made more."""
    if entry.kind == MOVED_QUESTION:
        return QuestionPair(subject, other, moved=True)
    kept, merged = sorted((subject, other), key=lambda one: (-one.history, not one.answer, one.id))
    return QuestionPair(kept, merged, moved=False)


def _rows_of(entry: Review, by_key: dict[str, list[Question]]) -> tuple[Question, Question] | None:
    """The two questions of an entry: the first is the one in the entry's file, where several have these words."""
    subjects = by_key.get(question_key(entry.subject), ())
    subject = min(
        subjects,
        key=lambda row: (row.orphaned, row.source_id != entry.source_id, abs(row.source_line - entry.line), row.id),
        default=None,
    )
    others = [row for row in by_key.get(question_key(entry.other), ()) if row is not subject]
    moved = entry.kind == MOVED_QUESTION
    other = min(others, key=lambda row: (row.orphaned != moved, row.id), default=None)
    return None if subject is None or other is None else (subject, other)


def _by_keys(session: Session, keys: list[str]) -> Iterable[Question]:
    for start in range(0, len(keys), CHUNK):
        yield from session.exec(select(Question).where(col(Question.text_key).in_(keys[start : start + CHUNK]))).all()


def _shown(session: Session, rows: dict[int, Question]) -> dict[int, PairedQuestion]:
    topics = dict(session.exec(select(Topic.id, Topic.name)).all())
    paths = dict(session.exec(select(Source.id, Source.path)).all())
    attempts, asked = (_counts(session, model, rows) for model in (Attempt, Asked))
    return {
        number: PairedQuestion(
            id=number,
            text=row.text,
            answer=" ".join(row.answer[: 2 * BEGINNING].split())[:BEGINNING],
            topic=topics.get(row.topic_id, ""),
            place="" if row.source_id is None else f"{PurePath(paths.get(row.source_id, '')).name}:{row.source_line}",
            orphaned=row.orphaned,
            attempts=attempts.get(number, 0),
            asked=asked.get(number, 0),
        )
        for number, row in rows.items()
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
    entries = session.exec(
        select(Review).where(col(Review.id).in_(review_ids), col(Review.source_id).is_not(None))
    ).all()
    sources = {entry.source_id for entry in entries}
    if not sources:
        return {}
    edited = session.exec(
        select(Question).where(
            col(Question.source_id).in_(sources),
            col(Question.source_text).is_not(None) | col(Question.source_answer).is_not(None),
        )
    ).all()
    by_words = {(row.source_id, question_key(text_in_file(row))): row_id(row.id) for row in edited}
    found = {row_id(entry.id): by_words.get((entry.source_id, question_key(entry.subject))) for entry in entries}
    return {number: question_id for number, question_id in found.items() if question_id is not None}
