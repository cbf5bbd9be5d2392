"""The end of an import, when all files are read: what none of them holds any more, and what may have become of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from prep.importing.copies import leave
from prep.importing.doubts import Newcomer, drop_answered_doubts, find_doubts, orphans_of, store_doubts
from prep.importing.notes import AppliedQuestions
from prep.importing.report import Tally
from prep.importing.unchanged import State
from prep.notes.corrections import AppliedCorrection
from prep.notes.findings import NotesFindings
from tracker.companies import row_id
from tracker.imports.document import Document, ReviewEntry
from tracker.imports.hunt_findings import HuntFindings
from tracker.models import Source


@dataclass(frozen=True, slots=True)
class Read:
    """One file after the parsers."""

    document: Document
    hunt: HuntFindings
    notes: NotesFindings
    kind: str
    events: bool
    """Whether diaries may tell of the hunt."""
    corrections: tuple[AppliedCorrection, ...] = ()
    """What the person said of its lines."""
    names: tuple[str, ...] = ()
    """The names of companies that it was read with."""

    @property
    def told(self) -> frozenset[str]:
        """The names of the companies of which it tells."""
        notes, hunt = self.notes, self.hunt
        return frozenset(
            [found.name for found in hunt.companies]
            + [found.company for found in hunt.applications]
            + [found.company for found in notes.interviews]
            + [asked.company for question in notes.questions for asked in question.asked]
        )

    @property
    def size(self) -> int:
        """About how many rows it may write."""
        return len(self.hunt.companies) + 2 * len(self.hunt.applications) + len(self.notes.questions)


@dataclass(slots=True)
class Applied:
    """One file after it was written."""

    file: Read
    source: Source | None
    """None for an exported bank of which everything is here already."""
    questions: AppliedQuestions
    tally: Tally
    review: tuple[ReviewEntry, ...]
    """What a reading of the file asks each time."""
    doubts: tuple[ReviewEntry, ...] = ()
    """What is asked once: whether a question that is new is one that vanished."""
    state: State | None = None
    """What its reading depended on; None when it is to be read each time."""


def settle(session: Session, files: Sequence[Applied]) -> None:
    """Leave the places that the files gave up, and ask where a question may have gone.

    A question that one file of the import gave up and another took over has not vanished.
    """
    for file in files:
        for question in leave(session, file.questions.gone):
            file.tally.orphan("question", question.source_line, question.text)
    by_source = {row_id(file.source.id): file for file in files if file.source is not None}
    newcomers = [newcomer for source_id, file in by_source.items() for newcomer in _newcomers(file, source_id)]
    doubts = find_doubts(newcomers, orphans_of(session, tuple(by_source))) if newcomers else ()
    for doubt in doubts:
        by_source[doubt.newcomer.source_id].doubts += (doubt.entry,)
    store_doubts(session, doubts)
    drop_answered_doubts(session)


def _newcomers(file: Applied, source_id: int) -> list[Newcomer]:
    found = file.file.notes.questions
    return [
        Newcomer(file.questions.ids[at], source_id, found[at].line, found[at].text, found[at].raw, found[at].answer)
        for at in file.questions.added
    ]
