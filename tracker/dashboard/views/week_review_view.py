"""A weekly review as entries of a page. No widget in it."""

from typing import TYPE_CHECKING

from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prep.week_review import WeekReview
    from prep.week_review_words import NumberRow, ReviewLine

NAME = 24
"""Cells of what a line is about; a longer name is cut on a narrow screen."""
WIDE = 36
"""The same on a wide one."""
WIDE_FROM = 110
"""Columns from which a screen is wide."""


def review_entries(review: "WeekReview", *, width: int) -> tuple[tuple[Entry, ...], "Mapping[str, ReviewLine]"]:
    """The entries of a review, and the line behind each key that opens something."""
    from prep.week_review_words import lead_sentences, number_rows, shown_sections

    entries = [
        Entry(f"lead:{number}", (Cell(sentence, "muted"),), still=True)
        for number, sentence in enumerate(lead_sentences(review))
    ]
    rows = number_rows(review)
    if rows:
        entries += _numbers(rows)
    lines: dict[str, ReviewLine] = {}
    for section in shown_sections(review):
        listed = sum(bool(line.page) for line in section.lines)
        count = str(listed) if listed and section.name != "practice" else ""
        entries.append(Entry(f"section:{section.name}", (Cell(section.title), Cell(count)), heading=True))
        for number, line in enumerate(section.lines):
            key = f"{section.name}:{line.application_id}:{line.round_id}:{number if not line.application_id else ''}"
            key = key if key not in lines else f"{key}{number}"
            lines[key] = line
            entries.append(_entry(key, line, WIDE if width >= WIDE_FROM else NAME))
        if not section.lines:
            entries.append(Entry(f"empty:{section.name}", (Cell(section.empty, "muted"),), still=True))
    return tuple(entries), {key: line for key, line in lines.items() if line.page}


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
        spans.append(Cell(f"  {line.detail}", "muted"))
    if line.lacks:
        first, dot, others = line.lacks.partition(" · ")
        spans += [Cell("  "), Cell(unbroken(f"! {first}"), "warning"), Cell(dot + others, "warning")]
    return Entry(key, tuple(spans), still=not line.page, indent=room + 2 if line.subject else 0)
