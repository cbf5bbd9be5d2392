"""A weekly review as entries of a page. No widget in it."""

from typing import TYPE_CHECKING, NamedTuple

from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prep.week_review import WeekReview
    from prep.week_review_words import NumberRow, ReviewLine, ReviewSection

NAME = 22
"""Cells of what a line is about; a longer name is cut."""
SHORT_NAME = 16
"""The same of the sections that stand beside, which name companies alone."""
BESIDE = ("ahead", "offers", "practice")
"""Sections that stand beside the others where there is room, in their order there: what is next comes first."""


class ReviewEntries(NamedTuple):
    """The entries of two pages side by side, or of one, and the line behind each key that opens something."""

    week: tuple[Entry, ...]
    beside: tuple[Entry, ...]
    """Empty where all stands on one page."""
    lines: "Mapping[str, ReviewLine]"


def review_entries(review: "WeekReview", *, side_by_side: bool) -> ReviewEntries:
    """A review on one page, or on two: what happened, and beside it what is next."""
    from prep.week_review_words import lead_sentences, number_rows, shown_sections

    top = [
        Entry(f"lead:{number}", (Cell(sentence, "muted"),), still=True)
        for number, sentence in enumerate(lead_sentences(review))
    ]
    rows = number_rows(review)
    if rows:
        top += _numbers(rows)
    lines: dict[str, ReviewLine] = {}
    sections = {section.name: section for section in shown_sections(review)}
    beside = [name for name in BESIDE if name in sections] if side_by_side else []
    # With nothing to stand beside, one page is enough.
    beside = beside if len(beside) < len(sections) else []
    parts = {
        name: _section(section, lines, SHORT_NAME if name in beside else NAME) for name, section in sections.items()
    }
    return ReviewEntries(
        (*top, *(entry for name, part in parts.items() if name not in beside for entry in part)),
        tuple(entry for name in beside for entry in parts[name]),
        {key: line for key, line in lines.items() if line.page},
    )


def _section(section: "ReviewSection", lines: "dict[str, ReviewLine]", room: int) -> list[Entry]:
    """A section's heading and its lines, which are put among ``lines`` under their keys."""
    listed = sum(bool(line.page) for line in section.lines)
    count = str(listed) if listed and section.name != "practice" else ""
    entries = [Entry(f"section:{section.name}", (Cell(section.title), Cell(count)), heading=True)]
    for number, line in enumerate(section.lines):
        key = f"{section.name}:{line.application_id}:{line.round_id}:{number if not line.application_id else ''}"
        key = key if key not in lines else f"{key}{number}"
        lines[key] = line
        entries.append(_entry(key, line, room))
    if not section.lines:
        entries.append(Entry(f"empty:{section.name}", (Cell(section.empty, "muted"),), still=True))
    return entries


def _numbers(rows: "tuple[NumberRow, ...]") -> tuple[Entry, Entry]:
    """The week in numbers, those of the week before in brackets."""
    told = Cell(_("in brackets the week before"))
    return (
        Entry("section:numbers", (Cell(_("In numbers")), told), heading=True, still=True),
        Entry("numbers", tuple(separated(Cell(unbroken(row.words)) for row in rows)), still=True),
    )


def _entry(key: str, line: "ReviewLine", room: int) -> Entry:
    name = f"{fit(line.subject, room)}  " if line.subject else ""
    spans = [Cell(name, "strong"), Cell(line.words)]
    if line.detail:
        spans += [Cell("  "), Cell(unbroken(line.detail), "muted")]
    if line.lacks:
        spans.append(Cell("  "))
        spans += separated(Cell(unbroken(lack), "warning") for lack in f"! {line.lacks}".split(" · "))
    return Entry(key, tuple(spans), still=not line.page, indent=room + 2 if line.subject else 0)
