"""The question bank as lists: which questions are asked for, and in which words they are shown. No widget in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.views.short_times import short_time
from tracker.dashboard.widgets.table import Cell, Column
from tracker.dashboard.widgets.topic_tree import MarkedList
from tracker.messages import _, later
from tracker.stages import Precision
from tracker.words import kind_word

if TYPE_CHECKING:
    from prep.finding import QuestionFilter, QuestionRow
    from prep.questions import QuestionView
    from prep.topics import TopicRow

Mark = Literal["", "due", "new", "unanswered", "flagged", "orphaned"]

MARKS: tuple[tuple[Mark, str], ...] = (
    ("", later("All")),
    ("due", later("Due")),
    ("new", later("New")),
    ("unanswered", later("Unanswered")),
    ("flagged", later("Flagged")),
    ("orphaned", later("Gone from file")),
)
"""The lists above the topics and their names."""

STAR = "*"
"""A sign that every terminal has, and that is as wide everywhere."""
MOST_STARS = 3
QUESTION = 28
"""Cells of a question below which other columns give way."""
HALF_A_YEAR = 180
"""Days ahead from which the month is told, with its year."""

ORPHANED, FLAGGED, UNANSWERED, UNPRACTISED, DUE = STATES = (
    later("not in file"),
    later("flagged"),
    later("unanswered"),
    later("unpractised"),
    later("due"),
)
"""What a question needs, from what hides all else to what comes last."""

ChipName = Literal["kind", "importance", "source", "company"]


@dataclass(frozen=True, slots=True)
class Bank:
    """What the screen shows; no answer is in it."""

    rows: "tuple[QuestionRow, ...]" = ()
    topics: "tuple[TopicRow, ...]" = ()
    marks: tuple[int, ...] = (0,) * len(MARKS)
    """How many questions each of the lists above the topics holds."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that was chosen."""

    name: ChipName
    value: str
    """A kind's code, a number of stars, the id of a file, the name of a company."""
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Which questions are asked for."""

    text: str = ""
    """The line that was typed: words to search for, and filters by name."""
    mark: Mark = ""
    topic_id: int | None = None
    chips: tuple[Chip, ...] = ()
    """In the order in which they were chosen."""

    def with_chip(self, name: ChipName, chip: Chip | None) -> "Shown":
        """With one filter of this name, the last; without ``chip`` with none."""
        others = tuple(one for one in self.chips if one.name != name)
        return replace(self, chips=(*others, chip) if chip is not None else others)

    def without_last(self) -> "Shown":
        """Without what was chosen last: a filter, else the list or topic."""
        return replace(self, chips=self.chips[:-1]) if self.chips else replace(self, mark="", topic_id=None)

    def as_filter(self, topics: frozenset[int]) -> "QuestionFilter":
        """The same for the bank; ``topics`` are the chosen topic and those within it."""
        from prep.finding import QuestionFilter, parse_filter

        chosen = {chip.name: chip.value for chip in self.chips}
        base = QuestionFilter(
            topics=topics,
            kind=chosen.get("kind", ""),
            importance=int(chosen.get("importance", 0)),
            source_id=int(chosen["source"]) if "source" in chosen else None,
            company_name=chosen.get("company", ""),
            due=self.mark == "due",
            new=self.mark == "new",
            unanswered=self.mark == "unanswered",
            flagged=self.mark == "flagged",
            orphaned=self.mark == "orphaned",
        )
        return parse_filter(self.text, base)


def count_marks(rows: Iterable["QuestionRow"], now: datetime) -> tuple[int, ...]:
    """How many questions each of the lists above the topics holds."""
    total = due = new = unanswered = flagged = orphaned = 0
    for row in rows:
        total += 1
        due += row.due_at is not None and row.due_at <= now
        new += not row.attempts
        unanswered += row.unanswered
        flagged += row.flagged
        orphaned += row.orphaned
    return total, due, new, unanswered, flagged, orphaned


def marked_lists(marks: Sequence[int]) -> list[MarkedList]:
    """The lists above the topics; the one of questions gone from their file only when there are any."""
    lists = [MarkedList(_(name), count) for (_mark, name), count in zip(MARKS, marks, strict=True)]
    return lists if marks[-1] else lists[:-1]


def is_unanswered(view: "QuestionView") -> bool:
    """Whether an answer is missing; a question to ask back needs none."""
    return not view.answer.strip() and view.kind != "reverse"


def question_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Question"), QUESTION, flex=1),
        Column(_("Imp."), 4, drop=2),
        Column(_("Kind"), 9, drop=4),
        Column(_("State"), max(cell_len(word) for word in (*map(_, STATES), "2026-12")), drop=1),
        Column(_("Asked"), 5, align="right", drop=3),
    )


def question_cells(row: "QuestionRow", now: datetime) -> tuple[Cell, ...]:
    """The cells of a row."""
    return (
        Cell(_one_line(row.text), "muted" if row.orphaned else "strong" if row.importance > 1 else ""),
        Cell(STAR * min(row.importance, MOST_STARS), "key"),
        Cell(kind_word(row.kind), "muted"),
        state_cell(row, now),
        Cell(str(row.asked) if row.asked else "", "key"),
    )


def _one_line(text: str) -> str:
    return " ".join(as_plain(text).split())


def state_cell(row: "QuestionRow", now: datetime) -> Cell:
    """What a question needs most, in a word or two."""
    if row.orphaned:
        return Cell(_(ORPHANED), "muted")
    if row.flagged:
        return Cell(_(FLAGGED), "urgent")
    if row.unanswered:
        return Cell(_(UNANSWERED), "warning")
    if row.due_at is None:
        return Cell(_(UNPRACTISED) if row.kind != "reverse" else "", "muted")
    if row.due_at <= now:
        return Cell(_(DUE), "urgent")
    day = row.due_at.astimezone(zone_of(now)).date()
    far = (day - now.date()).days > HALF_A_YEAR
    return Cell(f"{day:%Y-%m}" if far else short_time(row.due_at, Precision.DAY, now), "muted")


def preview_text(text: str, answer: str) -> str:
    """A question and its answer as one document: both are the person's own Markdown."""
    shown = answer if answer.strip() else _("No answer yet. E writes one.")
    return f"### {' '.join(text.split())}\n\n{shown}"


def topic_path(topic: "TopicRow | None") -> str:
    """A topic as it is typed into a form; nothing for none."""
    return " / ".join(topic.path) if topic is not None else ""


# What the bar says


def list_title(wanted: Shown, topic: "TopicRow | None", *, shown: int, total: int, more: bool) -> tuple[Cell, ...]:
    """What is shown, in words; filters that were chosen stand in brackets."""
    name = topic_path(topic) or next(_(name) for mark, name in MARKS if mark == wanted.mark)
    number = f"{shown}+" if more else f"{shown}"
    count = number if shown == total else _("{n} of {total}").format(n=number, total=total)
    chips = [chip_cell(chip) for chip in wanted.chips]
    line = (Cell(f"  /{wanted.text}", "key", elastic=True),) if wanted.text else ()
    hint = (Cell("  " + _("Esc drops a filter"), "faint", elastic=True),) if chips else ()
    return (Cell(name, "title", elastic=True), Cell(f"  {count}", "muted"), *chips, *line, *hint)


def chip_cell(chip: Chip) -> Cell:
    """A filter that was chosen, as the bar shows it."""
    return Cell(f"  [{chip.label}]", "key")


# What can be chosen


@cache
def file_name(path: str) -> str:
    """The last part of a path."""
    return PurePath(path).name


def companies_in(rows: Iterable["QuestionRow"]) -> list[tuple[str, int]]:
    """Companies with the number of questions asked there, or answered for them, by name."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in {row.company, *row.companies} - {""}:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items())


def sources_in(rows: Iterable["QuestionRow"]) -> list[tuple[int, str, int]]:
    """Files with the number of their questions: id, path, number."""
    counts: dict[tuple[str, int], int] = {}
    for row in rows:
        if row.source_id is not None:
            counts[row.source_file, row.source_id] = counts.get((row.source_file, row.source_id), 0) + 1
    return [(source_id, path, count) for (path, source_id), count in sorted(counts.items())]
