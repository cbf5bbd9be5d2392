"""One line with words at its left, its middle and its right."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tracker.dashboard.text import fit, plain
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.table import Cell

SHORTEST = 5
"""Cells that a shortened name keeps: two characters and the ellipsis."""


class Bar(Widget):
    """Titles and headers. The left gives way last, the middle first."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 100%; }
    """

    @dataclass
    class Pressed(Message):
        """One of the cells at the left was clicked."""

        cell: Cell

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._left: tuple[Cell, ...] = ()
        self._middle: tuple[Cell, ...] = ()
        self._right: tuple[Cell, ...] = ()

    def show(self, left: Sequence[Cell], middle: Sequence[Cell] = (), right: Sequence[Cell] = ()) -> None:
        """Show other words."""
        shown = (tuple(left), tuple(middle), tuple(right))
        if shown != (self._left, self._middle, self._right):
            self._left, self._middle, self._right = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The line."""
        width, base = self.size.width, self.rich_style
        left, right = _length(self._left), _length(self._right)
        middle = _length(self._middle)
        if left + middle + right + 4 > width:
            middle = 0
        if left + right + 3 > width:
            right = 0
        room = width - 1 - (right + 2 if right else 0)
        before_middle = max(left + 1, (width - middle) // 2) if middle else 0
        segments = [Segment(" ", base), *self._paint(self._left, room - 1, base)]
        used = 1 + min(left, room - 1)
        if middle:
            gap = max(1, min(before_middle, room - middle - 1) - used)
            segments += [Segment(" " * gap, base), *self._paint(self._middle, middle, base)]
            used += gap + middle
        if right:
            segments += [Segment(" " * (width - 1 - right - used), base), *self._paint(self._right, right, base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _paint(self, cells: Sequence[Cell], room: int, base: Style) -> list[Segment]:
        return paint_spans(cells, room, self.app.theme, base)

    def on_click(self, event: events.Click) -> None:
        """Say which cell it was."""
        cell = self._left_at(event.x)
        if cell is not None:
            self.post_message(self.Pressed(cell))

    def _left_at(self, x: int) -> Cell | None:
        """Which of the cells at the left stands in a column of the bar."""
        right = _length(self._right)
        if _length(self._left) + right + 3 > self.size.width:
            right = 0
        room = self.size.width - 1 - (right + 2 if right else 0)
        shown = [cell for cell in self._left if _spaced(cell.text)]
        end = 1
        for cell, segment in zip(shown, self._paint(shown, room - 1, self.rich_style), strict=False):
            start, end = end, end + segment.cell_length
            if start <= x < end:
                return cell
        return None


def paint_spans(cells: Sequence[Cell], room: int, theme: str, base: Style) -> list[Segment]:
    """Spans side by side in at most ``room`` cells; else elastic ones end with an ellipsis, then the longest."""
    styles = look(theme)
    texts = [_spaced(cell.text) for cell in cells]
    lengths = [cell_len(text) for text in texts]
    for index, cell in enumerate(cells):
        if cell.elastic and lengths[index] > SHORTEST:
            lengths[index] = max(SHORTEST, lengths[index] - max(0, sum(lengths) - max(0, room)))
    while (excess := sum(lengths) - max(0, room)) > 0:
        longest = lengths.index(max(lengths))
        others = max((length for index, length in enumerate(lengths) if index != longest), default=0)
        lengths[longest] -= min(excess, max(1, lengths[longest] - others))
    return [
        Segment(_cut(text, length), base + styles.get(cell.style, styles["text"]))
        for cell, text, length in zip(cells, texts, lengths, strict=True)
        if length
    ]


def _cut(text: str, length: int) -> str:
    """A text in exactly so many cells, its leading space kept."""
    if cell_len(text) <= length:
        return text
    return " " + fit(text, length - 1) if text[:1] == " " else fit(text, length)


def _spaced(text: str) -> str:
    """Clean text with the spaces at its ends, which keep spans apart."""
    clean = plain(text)
    if not clean:
        return " " * len(text) if text.isspace() else ""
    return (" " if text[:1] == " " else "") + clean + (" " if text[-1:] == " " else "")


def _length(cells: Sequence[Cell]) -> int:
    return sum(cell_len(_spaced(cell.text)) for cell in cells)
