"""How the rows of a table are laid out in columns and painted. No widget in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tracker.dashboard.text import Align, fit
from tracker.dashboard.theme import look

CURSOR = "▸ "
NO_CURSOR = "  "
MARK = " ✓"
MARKED_CURSOR = "▸✓"
GUTTER = 2
"""Cells before the first column: the cursor, or the mark of a chosen row."""
GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; the title is already translated."""

    title: str
    width: int
    """Cells it has at least."""
    flex: int = 0
    """Its share of the cells that are left."""
    align: Align = "left"
    drop: int = 0
    """The column with the highest number goes first where there is no room; 0 stays."""


class Cell(NamedTuple):
    """What stands in one column of one row: text from anyone, and the name of a style of the theme."""

    text: str
    style: str = ""
    elastic: bool = False
    """Where spans stand side by side: whether this one gives way first when there is no room."""


class FittedColumn(NamedTuple):
    """A column that has room."""

    place: int
    """Its index among all columns."""
    width: int
    column: Column


def fit_columns(columns: Sequence[Column], width: int) -> tuple[FittedColumn, ...]:
    """The columns that have room in so many cells, and how wide each is."""
    room = width - GUTTER
    shown = list(range(len(columns)))
    while True:
        needed = sum(columns[index].width + GAP for index in shown) - GAP
        droppable = [index for index in shown if columns[index].drop]
        if needed <= room or not droppable:
            break
        shown.remove(max(droppable, key=lambda index: columns[index].drop))
    spare = max(0, room - needed)
    flex = sum(columns[index].flex for index in shown)
    fitted: list[FittedColumn] = []
    for index in shown:
        column = columns[index]
        share = spare * column.flex // flex if flex else 0
        spare -= share
        flex -= column.flex
        fitted.append(FittedColumn(index, column.width + share, column))
    return tuple(fitted)


def paint_titles(fitted: Sequence[FittedColumn], *, theme: str, base: Style, width: int) -> Strip:
    """The line above the rows."""
    titles = (" " * GAP).join(fit(found.column.title, found.width, found.column.align) for found in fitted)
    strip = Strip([Segment(" " * GUTTER + titles, base + look(theme)["title"])])
    return strip.adjust_cell_length(width, base)


def paint_empty(sentence: str, *, theme: str, base: Style, width: int) -> Strip:
    """A sentence in the place of rows."""
    gutter = Segment(" " * GUTTER, base)
    return Strip(
        [gutter, Segment(fit(sentence, max(0, width - GUTTER)), base + look(theme)["muted"])]
    ).adjust_cell_length(width, base)


def paint_row(
    cells: Sequence[Cell],
    fitted: Sequence[FittedColumn],
    *,
    theme: str,
    base: Style,
    width: int,
    cursor: str = "",
    marked: bool = False,
) -> Strip:
    """One row.

    Args:
        cells: One for each of all columns.
        fitted: The columns that have room.
        theme: The name of the theme.
        base: What is painted over.
        width: Cells of the whole line.
        cursor: The style of the cursor when it is on this row.
        marked: Whether the row is chosen.
    """
    styles = look(theme)
    if cursor:
        base += styles[cursor]
    elif marked:
        base += styles["marked"]
    lead = (MARKED_CURSOR if marked else CURSOR) if cursor else MARK if marked else NO_CURSOR
    segments = [Segment(lead, base + styles["key"])]
    for place, room, column in fitted:
        cell = cells[place]
        text = fit(cell.text, room, column.align)
        style = base + styles.get(cell.style, styles["text"])
        if style.strike or style.underline:
            segments += [Segment(text, style), Segment(" " * GAP, base)]
        else:
            # A segment of its own is forty bytes more to write for every row.
            segments.append(Segment(text + " " * GAP, style))
    line = Strip(segments).adjust_cell_length(width, base)
    return line.apply_style(Style(bgcolor=base.bgcolor)) if cursor or marked else line
