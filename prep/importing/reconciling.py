"""What a question says in its file held against what it says here: an edit there is taken, an edit here is kept.

What the file said at the last import is known: ``source_text`` and ``source_answer`` where that is not what stands
here, and the hash of it, its marks included.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import SQLModel

from prep.bank import question_key, source_hash
from prep.models import Question
from prep.notes.findings import FoundQuestion


class Outcome(StrEnum):
    """What became of a question."""

    UNCHANGED = "unchanged"
    UPDATED = "updated"
    DISAGREES = "disagrees"
    """Edited here and in the file: what stands here is kept, and the person is asked, once about the same words."""


def hash_of_found(found: FoundQuestion) -> str:
    """``source_hash`` of a question as its file has it."""
    return source_hash(found.text, found.answer, found.kind, found.importance, found.stars, found.underlined)


def hash_of(row: Question, text: str, answer: str) -> str:
    """``source_hash`` of words of a file under the marks that a question has here."""
    return source_hash(text, answer, row.kind, row.importance, row.stars, row.underlined)


def text_in_file(row: Question) -> str:
    """The text of a question as it stood in its file at the last import."""
    return row.text if row.source_text is None else row.source_text


def answer_in_file(row: Question) -> str:
    """Its answer likewise."""
    return row.answer if row.source_answer is None else row.source_answer


def put(row: SQLModel, **values: object) -> bool:
    """Set fields that differ; whether any did."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def note_file_words(row: Question, text: str, answer: str) -> None:
    """Remember what the file says where that is not what stands here."""
    put(
        row,
        source_text=None if text == row.text else text,
        source_answer=None if answer == row.answer else answer,
    )


def put_answer(row: Question, answer: str) -> None:
    """Give a question an answer that is not its file's, which is kept beside."""
    said = text_in_file(row), answer_in_file(row)
    row.answer = answer
    if row.source_id is not None:
        note_file_words(row, *said)


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the two sides did since they last agreed."""

    text_here: bool
    answer_here: bool
    marks_here: bool
    is_known: bool
    """Whether it is known what they agreed on."""


def _sides(row: Question, found: FoundQuestion) -> _Sides:
    text, answer = text_in_file(row), answer_in_file(row)
    marks_here = hash_of(row, text, answer) != row.source_hash
    told = source_hash(text, answer, found.kind, found.importance, found.stars, found.underlined)
    known = not marks_here or told == row.source_hash
    edited_text, edited_answer = row.source_text is not None, row.source_answer is not None
    if known or edited_text or edited_answer:
        return _Sides(edited_text, edited_answer, marks_here, known)
    # Edited when it was not yet kept what the file said: whatever differs may be the person's.
    return _Sides(found.text != row.text, found.answer != row.answer, marks_here, known)


def reconcile(row: Question, found: FoundQuestion, *, filled: str = "") -> Outcome:
    """Bring a question up to date with its file.

    ``filled`` is an answer that another file has: where it stands here, nobody edited it; and it stands in for one
    that this file gives up.
    """
    told = hash_of_found(found)
    if row.source_hash == told:
        note_file_words(row, found.text, found.answer)
        return Outcome.UNCHANGED
    sides = _sides(row, found)
    borrowed = bool(filled) and row.answer == filled and sides.answer_here
    text_there, answer_there = found.text != text_in_file(row), found.answer != answer_in_file(row)
    disagrees = (
        (sides.text_here and text_there and found.text != row.text)
        or (sides.answer_here and answer_there and found.answer != row.answer and not borrowed)
        or ((sides.text_here or sides.answer_here) and not sides.is_known and not borrowed)
    )
    updated = False
    if text_there and not sides.text_here:
        updated |= put(row, text=found.text, text_key=question_key(found.text))
    if answer_there and not sides.answer_here:
        updated |= put(row, answer=found.answer if found.answer.strip() else filled)
    if not sides.marks_here:
        updated |= put(
            row,
            kind=str(found.kind),
            importance=found.importance,
            stars=found.stars,
            underlined=found.underlined,
        )
    note_file_words(row, found.text, found.answer)
    row.source_hash = told
    if disagrees:
        return Outcome.DISAGREES
    return Outcome.UPDATED if updated else Outcome.UNCHANGED
