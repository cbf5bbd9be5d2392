"""Days side by side: a week as seven columns, a month as rows of them. The cursor is on a day, or a line of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from tracker.dashboard.text import fit
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.bar import paint_spans
from tracker.dashboard.widgets.line_view import LineView
from tracker.dashboard.widgets.table import Cell
from tracker.messages import later

if TYPE_CHECKING:
    from textual import events

WEEK = 7
RULE = "│"
"""Stands between two days."""


class DayLine(NamedTuple):
    """A line of a day. One without a key goes with the line above it."""

    spans: tuple[Cell, ...] = ()
    key: str = ""


class DayCell(NamedTuple):
    """A day: what stands above it, and its lines."""

    day: date
    title: tuple[Cell, ...]
    lines: tuple[DayLine, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What the cursor can stop at."""
        return tuple(line.key for line in self.lines if line.key)

    def holder(self, index: int) -> str:
        """The key that a line belongs to; empty above the first."""
        return next((line.key for line in reversed(self.lines[: index + 1]) if line.key), "")


class DayGrid(LineView, can_focus=True):
    """Rows of seven days. The arrows go from line to line and from day to day, and beyond what is shown."""

    DEFAULT_CSS = """
    DayGrid {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "across(1)", later("Next day"), show=False, id="days.right"),
        Binding("left", "across(-1)", later("Day before"), show=False, id="days.left"),
        Binding("down,j", "down(1)", later("Down"), show=False, id="days.down"),
        Binding("up,k", "down(-1)", later("Up"), show=False, id="days.up"),
        Binding("home,g", "edge(0)", later("First day"), show=False, id="days.first"),
        Binding("end,G", "edge(-1)", later("Last day"), show=False, id="days.last"),
        Binding("enter", "choose", later("Open"), show=False, id="days.open"),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to another day, or another line of it."""

        day: date
        key: str

    @dataclass
    class Beyond(Message):
        """The cursor wants to a day that is not shown."""

        day: date

    @dataclass
    class Chosen(Message):
        """A line was opened, by Enter or a double click; without a key the day itself."""

        day: date
        key: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[DayCell, ...], ...] = ()
        self._tops: list[int] = []
        """Where each row begins, and where the last one ends."""
        self._day = date.min
        self._key = ""

    @property
    def cursor_key(self) -> str:
        """The line under the cursor; empty on a day without one."""
        return self._key

    def show(self, rows: Sequence[Sequence[DayCell]], *, day: date, key: str = "", heads: Sequence[str] = ()) -> None:
        """Show these days under these heads, with the cursor on one of them.

        ``key`` is the line it should be on; without such a line it stays near where it was.
        """
        before = self._stops().index(self._key) if self._key in self._stops() else 0
        self._heads = tuple(heads)
        self._rows = tuple(tuple(row) for row in rows)
        self._tops = [int(bool(heads))]
        for row in self._rows:
            self._tops.append(self._tops[-1] + 1 + max((len(cell.lines) for cell in row), default=0))
        self._day = day
        self._key = key if key in self._stops() else self._stop_at(before)
        self.set_line_count(self._tops[-1])
        self._keep_in_view()
        self.refresh()

    def cell(self, day: date) -> DayCell | None:
        """What is shown of a day."""
        return next((cell for row in self._rows for cell in row if cell.day == day), None)

    def _stops(self) -> tuple[str, ...]:
        cell = self.cell(self._day)
        return cell.keys if cell is not None else ()

    def _stop_at(self, index: int) -> str:
        stops = self._stops()
        return stops[max(0, min(index, len(stops) - 1))] if stops else ""

    # Painting

    def on_resize(self) -> None:
        """Lay out anew."""
        self.set_line_count(self._tops[-1] if self._tops else 0)
        self._keep_in_view()

    def _widths(self) -> list[int]:
        room = max(WEEK, self.scrollable_content_region.width - (WEEK - 1))
        return [room // WEEK + (column < room % WEEK) for column in range(WEEK)]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        base, width = self.base, self.scrollable_content_region.width
        at = round(self.scroll_offset.y) + y
        styles = look(self.app.theme)
        if self._heads and at == 0:
            heads = [" " + fit(head, room - 1) for head, room in zip(self._heads, self._widths(), strict=True)]
            return Strip([Segment(" ".join(heads), base + styles["title"])]).adjust_cell_length(width, base)
        row = next((index for index, top in enumerate(self._tops[1:]) if at < top), len(self._rows) - 1)
        if row < 0:
            return Strip.blank(width, base)
        index = at - self._tops[row] - 1
        segments: list[Segment] = []
        for cell, room in zip(self._rows[row], self._widths(), strict=True):
            segments += [*self._paint(cell, index, room), Segment(RULE, base + styles["frame"])]
        return Strip(segments[:-1]).adjust_cell_length(width, base)

    def _paint(self, cell: DayCell, index: int, room: int) -> list[Segment]:
        """A line of a day; that of index -1 is its title."""
        styles, base = look(self.app.theme), self.base
        is_title = index < 0
        key = "" if is_title else cell.holder(index)
        inside = is_title or (index < len(cell.lines) and bool(cell.lines[index].spans))
        has_cursor = inside and cell.day == self._day and key == self._key and (is_title or bool(key))
        ground = Style(bgcolor=styles["bar"].bgcolor) if is_title else Style()
        if has_cursor:
            ground = Style(bgcolor=styles["cursor" if self.has_focus else "idle-cursor"].bgcolor)
        spans = cell.title if is_title else cell.lines[index].spans if inside else ()
        begins = is_title or (inside and bool(cell.lines[index].key))
        lead = Segment("▸" if has_cursor and begins else " ", base + styles["key"] + ground)
        painted = paint_spans(spans, room - 1, self.app.theme, base + ground)
        used = sum(cell_len(segment.text) for segment in painted)
        painted = [Segment(segment.text, (segment.style or base) + ground) for segment in painted]
        return [lead, *painted, Segment(" " * (room - 1 - used), base + ground)]

    def on_focus(self) -> None:
        """Show the cursor as one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self.refresh()

    # Moving

    def _go(self, day: date, key: str) -> None:
        if (day, key) != (self._day, self._key):
            self._day, self._key = day, key
            self._keep_in_view()
            self.refresh()
            self.post_message(self.Highlighted(day, key))

    def _to_day(self, day: date, index: int) -> None:
        cell = self.cell(day)
        if cell is None:
            self.post_message(self.Beyond(day))
        else:
            self._go(day, cell.keys[max(-len(cell.keys), min(index, len(cell.keys) - 1))] if cell.keys else "")

    def _keep_in_view(self) -> None:
        row = next((at for at, cells in enumerate(self._rows) if any(cell.day == self._day for cell in cells)), 0)
        cell = self.cell(self._day)
        if cell is None:
            return
        top = self._tops[row]
        held = [top + 1 + at for at in range(len(cell.lines)) if self._key and cell.holder(at) == self._key]
        # Nothing above the first line can hold the cursor, and yet the day's name is there to be read.
        first = top if not held or held[0] == top + 1 else held[0]
        height, shown = max(1, self.scrollable_content_region.height), round(self.scroll_offset.y)
        last = held[-1] if held else top
        wanted = min(max(shown, last - height + 1), 0 if first <= 1 else first)
        if wanted != shown:
            self.scroll_to(y=wanted, animate=False)

    def action_across(self, days: int) -> None:
        """Move by some days."""
        stops = self._stops()
        self._to_day(self._day + timedelta(days=days), stops.index(self._key) if self._key in stops else 0)

    def action_down(self, direction: int) -> None:
        """Move within the day, then to the week below or above, where there are several."""
        stops = self._stops()
        at = (stops.index(self._key) if self._key in stops else -1) + direction
        if stops and 0 <= at < len(stops):
            self._go(self._day, stops[at])
        elif len(self._rows) > 1:
            self._to_day(self._day + timedelta(days=WEEK * direction), 0 if direction > 0 else -1)

    def action_edge(self, at: int) -> None:
        """Move to the first or the last day."""
        if self._rows:
            self._to_day(self._rows[at][at].day, 0)

    def action_choose(self) -> None:
        """Open the line under the cursor."""
        self.post_message(self.Chosen(self._day, self._key))

    def on_click(self, event: "events.Click") -> None:
        """A click moves the cursor, a second one opens the line."""
        at = round(self.scroll_offset.y) + event.y
        row = next((index for index, top in enumerate(self._tops[1:]) if at < top), len(self._rows) - 1)
        if row < 0 or at < self._tops[0]:
            return
        column, edge = 0, 0
        for column, room in enumerate(self._widths()):  # noqa: B007 - the last one is wanted
            edge += room + 1
            if event.x < edge:
                break
        cell, index = self._rows[row][column], at - self._tops[row] - 1
        key = cell.holder(min(index, len(cell.lines) - 1)) if index >= 0 else ""
        self._go(cell.day, key or (cell.keys[0] if cell.keys else ""))
        if event.chain == 2:  # noqa: PLR2004 - a double click
            self.action_choose()
