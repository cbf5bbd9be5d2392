"""What an import leaves for the person to decide, kept in step with the files that ask."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from prep.near import KINDS
from tracker.companies import find_company_id
from tracker.imports.document import ReviewEntry
from tracker.models import Review
from tracker.suggestions import KIND, settled_pairs

STEP = "step"
"""Kind of the entries on a step of an application that could not be written."""


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


def store_review(
    session: Session, entries: Sequence[ReviewEntry], *, source_id: int, is_same_file: bool = False
) -> tuple[ReviewEntry, ...]:
    """Keep the open entries in step with the file; what the person dismissed or accepted stays decided.

    What asks whether two questions are one is about the bank and not about a line: it stays. A step that was refused
    is told of once: of a file that is the same it stays open too. Returns the entries, with those that stayed so.
    """
    query = select(Review).where(Review.source_id == source_id, col(Review.kind).not_in(KINDS))
    stored = {(row.kind, row.subject, row.text, row.other): row for row in session.exec(query).all()}
    for entry in entries:
        row = stored.pop((entry.kind, entry.subject, entry.text, entry.other), None)
        if row is None:
            row = Review(source_id=source_id, kind=entry.kind, line=entry.line)
        if (row.line, row.proposal) != (entry.line, entry.proposal):
            row.line, row.proposal = entry.line, entry.proposal
        row.text, row.subject, row.other, row.confidence = entry.text, entry.subject, entry.other, entry.confidence
        session.add(row)
    stayed = [row for row in stored.values() if row.state == "open" and row.kind == STEP and is_same_file]
    for row in stored.values():
        if row.state == "open" and row not in stayed:
            session.delete(row)
    session.flush()
    return (*entries, *map(_entry, stayed))


def _entry(row: Review) -> ReviewEntry:
    return ReviewEntry(row.line, row.text, row.proposal, row.confidence, row.kind, row.subject, row.other)
