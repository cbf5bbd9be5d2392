"""What an import did, or would do: counts and one entry a line, frozen."""

from collections import Counter
from dataclasses import dataclass, field

from prep.notes.corrections import AppliedCorrection
from prep.notes.findings import FoundQuestion, FoundStyle, LineFate
from tracker.imports.document import ReviewEntry, Skipped


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One thing that an import writes, with the line it comes from."""

    line: int
    action: str
    """add, update, unchanged, or orphan (it stands in the file no more; kept)."""
    subject: str
    """company, application, event, question, introduction, attempt, asked or prompt."""
    text: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. The counts are of what is new; ``updated`` and ``unchanged`` of what was there."""

    path: str
    kind: str
    encoding: str
    removed_characters: int
    companies: int
    applications: int
    events: int
    questions: int
    answered: int
    asked: int
    attempts: int
    introductions: int
    prompts: int
    unchanged: int
    updated: int
    orphaned: int
    lines: int
    skipped: tuple[Skipped, ...]
    review: tuple[ReviewEntry, ...]
    changes: tuple[PlannedChange, ...]
    found: tuple[FoundQuestion, ...] = ()
    """The questions as they stand in the file, by line; empty when it was not read again."""
    unanswered: int = 0
    """How many of the file's questions, new or not, have no answer there, neither prepared nor given."""
    coverage: float = 1.0
    """0–1: the share of the lines that are not blank of which it is known what they are."""
    styles: tuple[FoundStyle, ...] = ()
    """The style of each part, with the reason in the reader's language."""
    fates: tuple[LineFate, ...] = ()
    """What became of each line: ``fates[n - 1]`` is line n's."""
    corrections: tuple[AppliedCorrection, ...] = ()
    """What the person said of its lines: in the order of the lines, those whose line is gone last."""
    parts: tuple[tuple[int, int], ...] = ()
    """The first and the last line of each part for which a style can be chosen; empty when it was not read again."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files of one import."""

    files: tuple[FileReport, ...]
    change_set: int | None
    """The step that ``undo`` takes back; ``None`` for a dry run, or when nothing changed."""
    near_equal: int = 0
    """Pairs of questions that may be one in other words and that this import asks about for the first time."""


TOLD_ONCE = ("event", "asked", "attempt")
"""Subjects that a file tells of once: an unchanged file is silent about them."""


@dataclass(slots=True)
class Tally:
    """Collects the report of one file while it is applied."""

    added: Counter[str] = field(default_factory=Counter)
    changes: list[PlannedChange] = field(default_factory=list)
    review: list[ReviewEntry] = field(default_factory=list)
    unchanged: int = 0
    updated: int = 0
    orphaned: int = 0
    answered: int = 0
    standing: list[PlannedChange] = field(default_factory=list)
    """What another reading of the same file would find again: nothing that is told of once and then known."""

    def add(self, subject: str, line: int, text: str, *, stands: bool = True) -> None:
        """Something new. What does not stand is entered by ``stand`` where the next reading finds it."""
        self.added[subject] += 1
        self.changes.append(PlannedChange(line, "add", subject, text))
        if stands:
            self._stand(subject, line, text)

    def update(self, subject: str, line: int, text: str) -> None:
        """Something that was there and changed."""
        self.updated += 1
        self.changes.append(PlannedChange(line, "update", subject, text))
        self._stand(subject, line, text)

    def keep(self, subject: str, line: int, text: str) -> None:
        """Something that was there and stays as it is."""
        self.unchanged += 1
        self.stand(subject, line, text)
        self.changes.append(self.standing[-1])

    def orphan(self, subject: str, line: int, text: str) -> None:
        """Something that its file holds no more; it is kept."""
        self.orphaned += 1
        self.changes.append(PlannedChange(line, "orphan", subject, text))

    def stand(self, subject: str, line: int, text: str) -> None:
        """Something that the next reading finds unchanged."""
        self.standing.append(PlannedChange(line, "unchanged", subject, text))

    def _stand(self, subject: str, line: int, text: str) -> None:
        if subject not in TOLD_ONCE:
            self.stand(subject, line, text)
