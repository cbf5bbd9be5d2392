"""A list on Textual's Line API: only the lines on screen are ever built, and a moved cursor repaints two of them."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from tracker.dashboard.widgets.line_view import KeptLines
from tracker.dashboard.widgets.rows import (
    CURSOR,
    NO_CURSOR,
    Cell,
    Column,
    FittedColumn,
    fit_columns,
    paint_empty,
    paint_row,
    paint_titles,
)
from tracker.messages import later

if TYPE_CHECKING:
    from textual import events

__all__ = ["CURSOR", "NO_CURSOR", "Cell", "Column", "RowSource", "Table"]

MOST_STRIPS = 256
"""Painted lines kept; about three times what a tall terminal shows with and without cursor."""


class RowSource(Protocol):
    """Where a table gets its rows from, when it paints them."""

    def cells(self, key: int, /) -> Sequence[Cell]:
        """The cells of a row, one for each column."""


@dataclass
class _OfTable(Message):
    """The base of what a table says."""

    table: "Table"

    @property
    def control(self) -> "Table":
        """The table, so that ``@on`` can name it."""
        return self.table


class Table(KeptLines, can_focus=True):
    """Rows in the order they are given; filtering and sorting are their owner's business."""

    DEFAULT_CSS = """
    Table { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        background: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", later("Down"), show=False, id="list.down"),
        Binding("up,k", "move(-1)", later("Up"), show=False, id="list.up"),
        Binding("pagedown,ctrl+f", "page(1)", later("Page down"), show=False, id="list.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", later("Page up"), show=False, id="list.page_up"),
        Binding("home,g", "edge(-1)", later("First"), show=False, id="list.first"),
        Binding("end,G", "edge(1)", later("Last"), show=False, id="list.last"),
        Binding("enter", "choose", later("Open"), show=False, id="list.open"),
    ]

    position: var[int] = var(0, init=False)
    """The cursor: an index into ``order``."""

    @dataclass
    class Highlighted(_OfTable):
        """The cursor came to another row; ``key`` is ``None`` when there is none."""

        key: int | None

    @dataclass
    class Chosen(_OfTable):
        """A row was opened, by Enter or a double click."""

        key: int

    def __init__(  # noqa: D417 - Textual's own parameters need no words
        self,
        columns: Sequence[Column],
        source: RowSource,
        *,
        header: bool = True,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """A table without rows yet.

        Args:
            columns: from left to right.
            source: asked for the cells of a row when it is painted.
            header: whether the columns' titles stand above.
            empty: the sentence shown in the place of rows when there are none.
        """
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.source = source
        self.order: array[int] = array("q")
        self.marked: set[int] = set()
        self.empty = empty
        self.row_lines = 1
        """Lines that each row takes; with more than one, ``paint_below`` paints the others."""
        self._top = 1 if header else 0
        self._strips: dict[tuple[int, str, bool, int], Strip] = {}
        self._fitted: tuple[FittedColumn, ...] = ()
        self._fitted_for = 0

    @property
    def cursor_key(self) -> int | None:
        """The row under the cursor."""
        return self.order[self.position] if self.position < len(self.order) else None

    def show(self, keys: Iterable[int], *, same_rows: bool = False) -> None:
        """Show these rows. The cursor stays on its row, else on its line.

        ``same_rows`` tells that no row has other words than before: what is painted already is kept.
        """
        kept = self.cursor_key
        order = array("q", keys)
        at = min(self.position, max(0, len(order) - 1))
        if kept is not None:
            try:
                at = order.index(kept)
            except ValueError:
                kept = None
        self.order = order
        if not same_rows:
            self._strips.clear()
        self._count_lines()
        self.set_reactive(Table.position, at)
        self._keep_in_view()
        self.refresh()
        if kept is None:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def repaint(self, keys: Iterable[int] | None = None) -> None:
        """Paint some rows anew, or all of them, after their content changed."""
        if keys is None:
            self._strips.clear()
            self.refresh()
            return
        stale = set(keys)
        self._strips = {at: strip for at, strip in self._strips.items() if at[0] not in stale}
        top = round(self.scroll_offset.y) // self.row_lines
        for index, key in enumerate(self.order[top : top + self._visible_rows + 1], start=top):
            if key in stale:
                self._refresh_row(index)

    def mark(self, keys: Iterable[int]) -> None:
        """Mark these rows and no others; a mark stays on its row through filters and orders."""
        before, self.marked = self.marked, set(keys)
        self.repaint(before ^ self.marked)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Use other columns from now on."""
        self.columns = tuple(columns)
        self._fit_columns()
        self.refresh()

    def move_to(self, key: int) -> bool:
        """Put the cursor on a row; tells whether it is there."""
        try:
            self.position = self.order.index(key)
        except ValueError:
            return False
        return True

    # Painting

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self._count_lines()
        self._fit_columns()
        self._keep_in_view()

    def notify_style_update(self) -> None:
        """Forget painted lines: the theme may be another."""
        super().notify_style_update()
        self._strips.clear()

    def _count_lines(self) -> None:
        self.set_line_count(len(self.order) * self.row_lines + self._top)

    def _fit_columns(self) -> None:
        self._strips.clear()
        self._fitted_for = self.scrollable_content_region.width
        self._fitted = fit_columns(self.columns, self._fitted_for)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self.scrollable_content_region.width != self._fitted_for:
            # A scroll bar came or went, which is no change of the widget's own size.
            self._fit_columns()
        base, theme, width = self.base, self.app.theme, self.outer_size.width
        if y < self._top:
            return paint_titles(self._fitted, theme=theme, base=base, width=width)
        index, part = divmod(round(self.scroll_offset.y) + y - self._top, self.row_lines)
        if index >= len(self.order):
            if not self.order and self.empty and y == self._top:
                return paint_empty(self.empty, theme=theme, base=base, width=width)
            return Strip.blank(width, base)
        key = self.order[index]
        cursor = "" if index != self.position else "cursor" if self.has_focus else "idle-cursor"
        marked = key in self.marked
        strip = self._strips.get((key, cursor, marked, part))
        if strip is None:
            if len(self._strips) >= MOST_STRIPS:
                self._strips.clear()
            strip = (self.paint_below if part else self.paint)(
                key, base=base, width=width, cursor=cursor, marked=marked
            )
            self._strips[key, cursor, marked, part] = strip
        return strip

    def paint(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:
        """A row over ``base`` in so many cells; ``cursor`` is the style of the cursor when it is there."""
        cells, theme = self.source.cells(key), self.app.theme
        return paint_row(cells, self._fitted, theme=theme, base=base, width=width, cursor=cursor, marked=marked)

    def paint_below(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:  # noqa: ARG002 - for tables with more lines
        """A further line of a row, where rows have several."""
        return Strip.blank(width, base)

    # Moving

    def watch_position(self, before: int, after: int) -> None:
        """Repaint the two lines that the cursor left and reached."""
        if not self._keep_in_view():
            self._refresh_row(before)
            self._refresh_row(after)
        self.post_message(self.Highlighted(self, self.cursor_key))

    def validate_position(self, position: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(position, len(self.order) - 1))

    def on_focus(self) -> None:
        """Show the cursor as one that keys move, or as one that waits."""
        self._refresh_row(self.position)

    on_blur = on_focus

    def _refresh_row(self, index: int) -> None:
        for part in range(self.row_lines):
            self.refresh_line(index * self.row_lines + part + self._top)

    @property
    def _visible_rows(self) -> int:
        return max(1, (self.scrollable_content_region.height - self._top) // self.row_lines)

    def _keep_in_view(self) -> bool:
        """Scroll so that the cursor is on screen; tells whether that moved the lines."""
        top = round(self.scroll_offset.y)
        first, room = self.position * self.row_lines, max(1, self.scrollable_content_region.height - self._top)
        wanted = min(max(top, first + self.row_lines - room), first)
        wanted = max(0, min(wanted, len(self.order) * self.row_lines - room))
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False)
        return True

    def action_move(self, lines: int) -> None:
        """Move the cursor by some lines."""
        self.position += lines

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is on screen."""
        self.position += pages * max(1, self._visible_rows - 1)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.position = 0 if direction < 0 else len(self.order) - 1

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: "events.Click") -> None:
        """A click moves the cursor, a second one opens the row."""
        index = (round(self.scroll_offset.y) + event.y - self._top) // self.row_lines
        if event.y < self._top or not 0 <= index < len(self.order):
            return
        self.position = index
        if event.chain == 2:  # noqa: PLR2004 - a double click
            self.action_choose()
