"""What an import would write, as rows. No widget in it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tracker.dashboard.paths import FileEntry, show_size
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.text import name_key
from tracker.words import reason_word, subject_word

if TYPE_CHECKING:
    from prep.importing import FileReport, ImportReport
    from tracker.dashboard.rehearsing import Plan
    from tracker.imports.folders import LeftOut

SHOWN = ("", "add", "update", "review", "skipped", "unchanged", "orphan")
"""The groups of rows, in the order in which a key walks through them; nothing stands for all."""
STYLES = {
    "add": "good",
    "update": "warning",
    "review": "urgent",
    "skipped": "muted",
    "unchanged": "faint",
    "orphan": "muted",
}


MANY = 3
"""Things of one kind from one line from which on they are shown as one row."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One line of a file and what becomes of it."""

    file: str
    line: int
    group: str
    subject: str
    text: str
    source: str = ""
    """The line as it stands in the file."""
    folded: int = 0
    """How many things of the same kind this row stands for; 0 for one of its own."""

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What rows have in common that may be shown as one."""
        return (self.file, self.line, self.group, self.subject)


class FileRows:
    """The list of files and folders; a row's key is its place."""

    def __init__(self) -> None:
        self.entries: tuple[FileEntry, ...] = ()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """Name and size."""
        entry = self.entries[key]
        if entry.is_whole:
            notes = ngettext("{n} note", "{n} notes", entry.size).format(n=entry.size)
            return (Cell(_("this whole folder"), "key"), Cell(notes, "muted"))
        name = entry.path.name + ("/" if entry.is_folder else "")
        return (
            Cell(name, "strong" if entry.is_folder else ""),
            Cell("" if entry.is_folder else show_size(entry.size), "muted"),
        )


def group_word(group: str) -> str:
    """A group in a word."""
    return {
        "": _("all"),
        "add": _("new"),
        "update": _("changed"),
        "review": _("to review"),
        "skipped": _("skipped"),
        "unchanged": _("as before"),
        "orphan": _("gone from the file"),
    }.get(group, group)


def rows_of(plan: "Plan") -> tuple[PlannedRow, ...]:
    """Every line of a report that becomes something or is left out with a word: by file, then by line."""
    rows: list[PlannedRow] = []
    for document in plan.documents:
        file, source, name = document.report, document.lines, document.name
        here = [PlannedRow(name, change.line, change.action, change.subject, change.text) for change in file.changes]
        here += [PlannedRow(name, entry.line, "review", entry.kind, entry.proposal) for entry in file.review]
        here += [PlannedRow(name, skipped.line, "skipped", skipped.reason, skipped.text) for skipped in file.skipped]
        rows += [
            replace(row, source=source[row.line - 1] if 0 < row.line <= len(source) else "")
            for row in sorted(here, key=lambda row: row.line)
        ]
    return tuple(rows)


def fold_rows(rows: Iterable[PlannedRow], unfolded: Collection[tuple[str, int, str, str]] = ()) -> list[PlannedRow]:
    """One row for many things of one kind from one line, such as the companies of a list in one paragraph."""
    folded: list[PlannedRow] = []
    members: dict[tuple[str, int, str, str], list[PlannedRow]] = {}
    for row in rows:
        members.setdefault(row.place, []).append(row)
    for place, here in members.items():
        if len(here) < MANY or place[2] in ("review", "skipped"):
            folded += here
            continue
        names = _(", ").join(" ".join(row.text.split()) for row in here)
        folded.append(replace(here[0], text=names, folded=len(here)))
        if place in unfolded:
            folded += here
    return folded


def row_columns(*, several: bool) -> tuple[Column, ...]:
    """The columns; the file's name only when there are several."""
    file = (Column(_("File"), 16, drop=3),) if several else ()
    return (
        *file,
        Column(_("Line"), 5, align="right"),
        Column(_("Becomes"), 10),
        Column(_("What"), 14, drop=1),
        Column(_("Text"), 20, flex=3),
        Column(_("Stands in the file"), 30, flex=2, drop=2),
    )


def row_cells(row: PlannedRow, *, several: bool) -> tuple[Cell, ...]:
    """The cells of a row."""
    style = STYLES.get(row.group, "")
    subject = reason_word(row.subject) if row.group == "skipped" else subject_word(row.subject)
    quiet = "muted" if row.group in ("skipped", "unchanged") else ""
    text = " ".join(row.text.split())
    source = " ".join(row.source.split())
    cells = (
        Cell(str(row.line) if row.line else "", "muted"),
        Cell(group_word(row.group), style),
        Cell(subject, "muted"),
        Cell(_("{n} at once: {names}").format(n=row.folded, names=text) if row.folded else text, quiet),
        Cell(source if source != text else "", "muted"),
    )
    return (Cell(row.file, "muted"), *cells) if several else cells


def choose_rows(rows: Sequence[PlannedRow], *, group: str, typed: str) -> list[int]:
    """The rows of a group that hold every typed word."""
    words = name_key(typed).split()
    return [
        at
        for at, row in enumerate(rows)
        if (not group or row.group == group) and all(word in name_key(row.text) for word in words)
    ]


def group_counts(rows: Sequence[PlannedRow], chosen: str) -> tuple[Cell, ...]:
    """Every group that has rows, with their number; the chosen one stands out by its brackets."""
    counts = Counter(row.group for row in rows)
    counts[""] = len(rows)
    cells: list[Cell] = []
    for group in SHOWN:
        if counts[group]:
            words = f"{group_word(group)} {counts[group]}"
            cells.append(
                Cell(f"[{words}] " if group == chosen else f" {words}  ", "strong" if group == chosen else "muted")
            )
    return tuple(cells)


def summary(report: "ImportReport") -> str:
    """What an import wrote or would write, counted in words."""
    companies = sum(file.companies for file in report.files)
    applications = sum(file.applications for file in report.files)
    questions = sum(file.questions for file in report.files)
    introductions = sum(file.introductions for file in report.files)
    attempts = sum(file.attempts for file in report.files)
    updated = sum(file.updated for file in report.files)
    parts = [
        (companies, ngettext("{n} company", "{n} companies", companies)),
        (applications, ngettext("{n} application", "{n} applications", applications)),
        (questions, ngettext("{n} question", "{n} questions", questions)),
        (introductions, ngettext("{n} introduction", "{n} introductions", introductions)),
        (attempts, ngettext("{n} practice", "{n} practices", attempts)),
        (updated, ngettext("{n} change", "{n} changes", updated)),
    ]
    said = [sentence.format(n=count) for count, sentence in parts if count]
    return _(", ").join(said) if said else _("nothing new")


def written_words(report: "ImportReport") -> str:
    """What an import wrote, in a few words, and the key for what it left open."""
    new = sum(change.action == "add" for file in report.files for change in file.changes)
    changed = sum(file.updated for file in report.files)
    review = sum(len(file.review) for file in report.files)
    words = [
        _("{n} new").format(n=new) if new else "",
        _("{n} changed").format(n=changed) if changed else "",
        _("{n} to review (R)").format(n=review) if review else "",
    ]
    return _("Imported: {words}").format(words=_(", ").join(filter(None, words)) or _("nothing new"))


def left_out_words(left_out: "Sequence[LeftOut]") -> str:
    """What of a folder is not read, counted by reason; hidden entries are nobody's notes."""
    from tracker.imports.folders import reason_words

    counts = Counter(entry.reason for entry in left_out if entry.reason not in ("hidden", "closed-folder"))
    parts = [f"{reason_words(reason)} {count}" for reason, count in counts.most_common()]
    return _("Not read: {reasons}").format(reasons=_(", ").join(parts)) if parts else ""


def reading_notes(report: "ImportReport", only: "FileReport | None" = None) -> str:
    """How the files were read, or one of them, where that is worth a word: encodings, characters that were dropped."""
    notes = []
    for file in report.files if only is None else (only,):
        name = PurePath(file.path).name
        if file.encoding.casefold().replace("-", "") not in ("utf8", "utf8sig", "ascii"):
            notes.append(_("{file} was read as {encoding}").format(file=name, encoding=file.encoding))
        if file.removed_characters:
            dropped = ngettext(
                "{n} control character of {file} dropped",
                "{n} control characters of {file} dropped",
                file.removed_characters,
            )
            notes.append(dropped.format(n=file.removed_characters, file=name))
    return " · ".join(notes)
