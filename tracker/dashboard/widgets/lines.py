"""Short lines of words in several styles, some of which can be opened: a panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from tracker.dashboard.text import plain
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.bar import paint_spans
from tracker.dashboard.widgets.line_view import LineView
from tracker.dashboard.widgets.table import Cell
from tracker.messages import later

if TYPE_CHECKING:
    from textual import events

NOTHING = -1
"""The key of a line that cannot be opened."""


class Line(NamedTuple):
    """One line: spans at the left, one at the right, and what it opens."""

    spans: tuple[Cell, ...] = ()
    right: Cell = Cell("")
    key: int = NOTHING


def _first(stops: list[int]) -> int:
    return stops[0] if stops else 0


class Lines(LineView, can_focus=True):
    """Lines in the order they are given. The cursor stops at those that can be opened."""

    DEFAULT_CSS = """
    Lines { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", later("Down"), show=False, id="list.down"),
        Binding("up,k", "move(-1)", later("Up"), show=False, id="list.up"),
        Binding("enter", "choose", later("Open"), show=False, id="list.open"),
    ]

    @dataclass
    class Chosen(Message):
        """A line was opened, by Enter or a click."""

        lines: "Lines"
        key: int

        @property
        def control(self) -> "Lines":
            """The panel, so that ``@on`` can name it."""
            return self.lines

    def __init__(self, *, focusable: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.can_focus = focusable
        self._lines: tuple[Line, ...] = ()
        self._at = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def cursor_key(self) -> int:
        """The key of the line under the cursor; ``NOTHING`` when there is none."""
        return self._lines[self._at].key if self._at < len(self._lines) else NOTHING

    def show(self, lines: Iterable[Line]) -> None:
        """Show other lines; the cursor stays on what it was on."""
        shown = tuple(lines)
        if shown == self._lines:
            return
        key = self.cursor_key
        self._lines = shown
        stops = [index for index, line in enumerate(shown) if line.key != NOTHING]
        after = next((index for index in stops if index >= self._at), stops[-1] if stops else 0)
        self._at = next(
            (index for index in stops if shown[index].key == key), after if key != NOTHING else _first(stops)
        )
        self._fit()
        self.refresh()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._fit()

    def _fit(self) -> None:
        self.set_line_count(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, base = self.scrollable_content_region.width, self.base
        index = self.scroll_offset.y + y
        if index >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[index]
        styles = look(self.app.theme)
        right = cell_len(plain(line.right.text))
        left_room = max(0, width - 2 - (right + 1 if right else 0))
        spans = paint_spans(line.spans, left_room, self.app.theme, base)
        used = sum(cell_len(segment.text) for segment in spans)
        segments = [Segment(" ", base), *spans]
        if right and right + 2 <= width:
            segments.append(Segment(" " * (width - 2 - right - used), base))
            segments += paint_spans((line.right,), right, self.app.theme, base)
        strip = Strip(segments).adjust_cell_length(width, base)
        if self.has_focus and index == self._at and line.key != NOTHING:
            return strip.apply_style(Style(bgcolor=styles["cursor"].bgcolor, bold=True))
        return strip

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def action_move(self, direction: int) -> None:
        """Move the cursor to the next line that can be opened, or scroll where there is none."""
        at = self._at + direction
        while 0 <= at < len(self._lines):
            if self._lines[at].key != NOTHING:
                self._at = at
                top, height = round(self.scroll_offset.y), max(1, self.size.height)
                self.scroll_to(y=min(max(top, at - height + 1), at), animate=False)
                self.refresh()
                return
            at += direction
        self.scroll_relative(y=direction, animate=False)

    def action_choose(self) -> None:
        """Open the line under the cursor."""
        if self._at < len(self._lines) and self._lines[self._at].key != NOTHING:
            self.post_message(self.Chosen(self, self._lines[self._at].key))

    def on_click(self, event: "events.Click") -> None:
        """A click opens a line."""
        index = round(self.scroll_offset.y) + event.y
        if index < len(self._lines) and self._lines[index].key != NOTHING:
            self._at = index
            self.refresh()
            self.action_choose()
