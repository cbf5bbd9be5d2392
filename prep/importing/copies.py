"""Where questions stand: in the file in which each stood first, and in every other file that has it too.

The first is the question's own anchor; the others are its copies. When the first file gives a question up, the oldest
copy takes its place: only what stands in no file any more is an orphan.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from prep.bank import question_key
from prep.importing.matching import Place
from prep.importing.reconciling import answer_in_file, hash_of, note_file_words, put, put_answer, text_in_file
from prep.models import Question, QuestionCopy
from prep.notes.findings import FoundQuestion
from tracker.companies import row_id

CHUNK = 900
"""Values asked for at a time: SQLite binds at most 999 in old builds."""
SHORT = 8
"""Characters of a key below which a follow-up (``为什么？``) means nothing without the question before it."""


def heading_of(found: FoundQuestion) -> str:
    """The headings above a question, as its anchor has them."""
    return " / ".join(found.path)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A question at its place in one file: by its own anchor, or by a copy."""

    question: Question
    copy: QuestionCopy | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Sorts anchors as they stood in the file."""
        return (self.copy or self.question).position, row_id(self.question.id)

    @property
    def place(self) -> Place:
        """What stood there at the last import."""
        stood: Question | QuestionCopy = self.question if self.copy is None else self.copy
        if self.copy is not None:
            text, answer, gone = self.copy.text, self.copy.answer, False
        else:
            text, answer, gone = text_in_file(self.question), answer_in_file(self.question), self.question.orphaned
        key = self.question.text_key if text == self.question.text else question_key(text)
        other = self.question.text_key if key != self.question.text_key else ""
        return Place(text, key, answer, stood.heading, stood.ordinal, other, gone)


def load_anchors(session: Session, source_id: int) -> list[Anchor]:
    """The questions that stand, or stood, in a file, in its order."""
    own = session.exec(select(Question).where(Question.source_id == source_id)).all()
    copies = session.exec(
        select(Question, QuestionCopy)
        .join(QuestionCopy, col(QuestionCopy.question_id) == Question.id)
        .where(QuestionCopy.source_id == source_id)
    ).all()
    anchors = [*map(Anchor, own), *(Anchor(question, copy) for question, copy in copies)]
    return sorted(anchors, key=lambda anchor: anchor.order)


def answers_elsewhere(session: Session, source_id: int) -> dict[int, str]:
    """The first answer that another place has of each question whose own anchor is in this file."""
    query = (
        select(QuestionCopy.question_id, QuestionCopy.answer)
        .join(Question, col(Question.id) == QuestionCopy.question_id)
        .where(Question.source_id == source_id, QuestionCopy.answer != "")
        .order_by(col(QuestionCopy.id).desc())
    )
    return {question_id: answer for question_id, answer in session.exec(query).all() if answer.strip()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A found question that its own file did not hold before."""

    found: FoundQuestion
    key: str
    company_id: int | None
    follows_key: str
    """The key of the question it goes on from; empty when it stands for itself."""


class Elsewhere:
    """The questions of other files, and those that were typed, by the keys that one file asks for."""

    def __init__(self, session: Session, source_id: int, keys: Collection[str]) -> None:
        self._session = session
        self._by_key: dict[str, list[Question]] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            for row in session.exec(select(Question).where(col(Question.text_key).in_(part))).all():
                if row.source_id != source_id:
                    self._by_key.setdefault(row.text_key, []).append(row)
        if wanted:
            self._add_other_words(source_id, frozenset(wanted))

    def _add_other_words(self, source_id: int, keys: frozenset[str]) -> None:
        """Questions whose words in a file are not those of the bank."""
        edited = self._session.exec(
            select(Question).where(col(Question.source_text).is_not(None), Question.source_id != source_id)
        ).all()
        found = [(question_key(text_in_file(row)), row) for row in edited]
        copied = self._session.exec(
            select(QuestionCopy.text, QuestionCopy.question_id)
            .join(Question, col(Question.id) == QuestionCopy.question_id)
            .where(QuestionCopy.source_id != source_id, QuestionCopy.text != Question.text)
        ).all()
        for text, question_id in copied:
            key = question_key(text)
            if key in keys:
                found.append((key, self._session.get_one(Question, question_id)))
        for key, row in found:
            rows = self._by_key.setdefault(key, [])
            if key in keys and row not in rows:
                rows.append(row)

    def find(self, wanted: Wanted, *, used: Collection[int]) -> Question | None:
        """The same question: one with the same answer first, one that stands nowhere any more last."""
        rows = [
            row for row in self._by_key.get(wanted.key, ()) if row_id(row.id) not in used and self._is_same(row, wanted)
        ]
        answer = wanted.found.answer.strip()
        return min(rows, key=lambda row: (row.orphaned, row.answer.strip() != answer, row_id(row.id)), default=None)

    def _is_same(self, row: Question, wanted: Wanted) -> bool:
        """Whether equal words are the same question.

        An answer for one company is none for another; a short follow-up is the same only after the same question.
        """
        answers = {row.answer.strip(), wanted.found.answer.strip()} - {""}
        if row.company_id != wanted.company_id and len(answers) > 1:
            return False
        if len(wanted.key) >= SHORT or not (wanted.follows_key or row.follows_id):
            return True
        parent = None if row.follows_id is None else self._session.get(Question, row.follows_id)
        return (parent.text_key if parent else "") == wanted.follows_key


def copy_values(found: FoundQuestion, position: int) -> dict[str, Any]:
    """What a copy holds of a found question."""
    return {
        "line": found.line,
        "heading": heading_of(found),
        "ordinal": found.ordinal,
        "position": position,
        "text": found.text,
        "answer": found.answer,
    }


def fill(question: Question, answer: str) -> bool:
    """Give a question without an answer the one of another file; whether it had none."""
    if question.answer.strip() or not answer.strip():
        return False
    put_answer(question, answer)
    return True


def update_copy(anchor: Anchor, found: FoundQuestion, position: int) -> bool:
    """Bring a copy up to date with its file; whether its words changed.

    The question takes a changed answer when it had none, or had this copy's.
    """
    question, copy = anchor.question, anchor.copy
    if copy is None:
        return False
    changed = (copy.text, copy.answer) != (found.text, found.answer)
    borrowed = question.source_id is None or question.source_answer is not None
    follows = bool(copy.answer.strip()) and question.answer == copy.answer != found.answer and borrowed
    put(copy, **copy_values(found, position))
    if follows and found.answer.strip():
        put_answer(question, found.answer)
    else:
        fill(question, found.answer)
    return changed


def leave(session: Session, anchors: Sequence[Anchor]) -> list[Question]:
    """Take away the places that a file gave up; returns the questions that stand nowhere now.

    A question that stands elsewhere is anchored there from now on.
    """
    for anchor in anchors:
        if anchor.copy is not None:
            session.delete(anchor.copy)
    session.flush()
    left = [anchor.question for anchor in anchors if anchor.copy is None and not anchor.question.orphaned]
    heirs: dict[int, QuestionCopy] = {}
    ids = [row_id(question.id) for question in left]
    for start in range(0, len(ids), CHUNK):
        query = select(QuestionCopy).where(col(QuestionCopy.question_id).in_(ids[start : start + CHUNK]))
        for copy in session.exec(query.order_by(col(QuestionCopy.id))).all():
            heirs.setdefault(copy.question_id, copy)
    orphaned = []
    for question in left:
        heir = heirs.get(row_id(question.id))
        if heir is None:
            question.orphaned = True
            orphaned.append(question)
        else:
            _promote(session, question, heir)
    session.flush()
    return orphaned


def _promote(session: Session, question: Question, copy: QuestionCopy) -> None:
    """Anchor a question where its copy stands."""
    put(
        question,
        source_id=copy.source_id,
        source_line=copy.line,
        heading=copy.heading,
        ordinal=copy.ordinal,
        position=copy.position,
        source_hash=hash_of(question, copy.text, copy.answer),
    )
    note_file_words(question, copy.text, copy.answer)
    session.delete(copy)
