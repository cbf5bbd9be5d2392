"""What an import leaves for the person to decide, kept in step with the files that ask."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields

from sqlmodel import Session, col, select

from prep.doubles.reviews import DISAGREEMENT, PAIR_KINDS
from prep.importing.reconciling import put
from prep.models import Question, QuestionCopy
from prep.notes.findings import FoundQuestion
from tracker.companies import find_company_id
from tracker.imports.document import ReviewEntry
from tracker.models import Review
from tracker.suggestions import KIND, settled_pairs

STEP = "step"
"""Kind of the entries on a step of an application that could not be written."""


def disagreement(found: FoundQuestion, proposal: str, *, question_id: int) -> ReviewEntry:
    """The entry on a question that says one thing in a file and another here."""
    return ReviewEntry(
        line=found.line,
        text=found.raw,
        proposal=proposal,
        confidence=0.5,
        kind=DISAGREEMENT,
        subject=found.text,
        other=found.answer,
        question_id=question_id,
    )


def open_entries(session: Session, entries: Sequence[ReviewEntry]) -> tuple[ReviewEntry, ...]:
    """The entries without those that ask if two names are one company, where they are or where the person said no."""
    asking = [entry for entry in entries if entry.kind == KIND]
    if not asking:
        return tuple(entries)
    settled = settled_pairs(session)

    def is_open(entry: ReviewEntry) -> bool:
        if entry.kind != KIND:
            return True
        found = [find_company_id(session, name) for name in (entry.subject, entry.other)]
        return None in found or (found[0] != found[1] and frozenset(found) not in settled)

    return tuple(filter(is_open, entries))


def without_settled(session: Session, entries: Sequence[ReviewEntry]) -> tuple[ReviewEntry, ...]:
    """The entries without those on questions that were settled, which another reading would not raise again."""
    if all(entry.question_id is None for entry in entries):
        return tuple(entries)
    told = select(Review.question_id).where(Review.kind == DISAGREEMENT, Review.state == "open")
    still = {*session.exec(told).all(), None}
    return tuple(entry for entry in entries if entry.kind != DISAGREEMENT or entry.question_id in still)


def store_review(
    session: Session,
    entries: Sequence[ReviewEntry],
    *,
    source_id: int,
    is_same_file: bool = False,
    question_ids: Collection[int] = (),
) -> tuple[ReviewEntry, ...]:
    """Keep the open entries in step with the file; what the person dismissed or accepted stays decided.

    What asks whether two questions are one is about the bank and not about a line: it stays. A step that was refused
    is told of once: of a file that is the same it stays open too. So it is with a question that was edited here and in
    the file, as long as the two differ; ``question_ids`` are those that stand in the file. Returns the entries, with
    those that stayed so.
    """
    query = select(Review).where(Review.source_id == source_id, col(Review.kind).not_in(PAIR_KINDS))
    stored = {(row.kind, row.subject, row.text, row.other): row for row in session.exec(query).all()}
    for entry in entries:
        row = stored.pop((entry.kind, entry.subject, entry.text, entry.other), None)
        if row is None:
            row = Review(source_id=source_id, kind=entry.kind, line=entry.line)
        put(row, **asdict(entry))
        session.add(row)
    told_anew = {entry.question_id for entry in entries if entry.kind == DISAGREEMENT}
    asked = set(question_ids) - told_anew
    left = [row for row in stored.values() if row.state == "open"]
    stayed = [
        row
        for row in left
        if (row.kind == STEP and is_same_file) or (row.question_id in asked and _still_disagrees(session, row))
    ]
    for row in left:
        if row not in stayed:
            session.delete(row)
    session.flush()
    return (*entries, *map(_entry, stayed))


def _still_disagrees(session: Session, entry: Review) -> bool:
    """Whether the question of an entry reads otherwise here than in the file of the entry."""
    question = session.get(Question, entry.question_id)
    if question is None or entry.kind != DISAGREEMENT:
        return False
    if question.source_id == entry.source_id:
        return question.source_text is not None or question.source_answer is not None
    copies = select(QuestionCopy.answer).where(
        QuestionCopy.question_id == question.id, QuestionCopy.source_id == entry.source_id
    )
    return any(answer.strip() and answer != question.answer for answer in session.exec(copies).all())


def _entry(row: Review) -> ReviewEntry:
    return ReviewEntry(**{field.name: getattr(row, field.name) for field in fields(ReviewEntry)})
