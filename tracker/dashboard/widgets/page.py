"""A page to read and to act on: headings and entries of any length, wrapped, with a cursor on one entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.dashboard.theme import look
from tracker.dashboard.widgets.entries import Entry, Words, entry_lines
from tracker.dashboard.widgets.table import CURSOR, NO_CURSOR
from tracker.messages import later

if TYPE_CHECKING:
    from textual import events

GUTTER = 2
"""Cells before an entry: the cursor."""


class Page(ScrollView, can_focus=True):
    """Entries from top to bottom. What lies below a tall entry's first lines is reached by moving on."""

    DEFAULT_CSS = """
    Page { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", later("Down"), show=False, id="list.down"),
        Binding("up,k", "move(-1)", later("Up"), show=False, id="list.up"),
        Binding("pagedown,ctrl+f", "page(1)", later("Page down"), show=False, id="list.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", later("Page up"), show=False, id="list.page_up"),
        Binding("home,g", "edge(0)", later("First"), show=False, id="list.first"),
        Binding("end,G", "edge(-1)", later("Last"), show=False, id="list.last"),
        Binding("right_square_bracket", "section(1)", later("Next section"), show=False, id="list.next_section"),
        Binding("left_square_bracket", "section(-1)", later("Section before"), show=False, id="list.section_before"),
        Binding("enter", "choose", later("Open"), show=False, id="list.open"),
    ]

    @dataclass
    class Highlighted(Message):
        """A key or a click brought the cursor to another entry."""

        page: "Page"
        key: str

        @property
        def control(self) -> "Page":
            """The page, so that ``@on`` can name it."""
            return self.page

    @dataclass
    class Chosen(Message):
        """An entry was opened, by Enter or a double click."""

        page: "Page"
        key: str

        @property
        def control(self) -> "Page":
            """The page, so that ``@on`` can name it."""
            return self.page

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()
        self._lines: list[tuple[int, Words]] = []
        """Every painted line: the entry it belongs to, and its words with their styles."""
        self._first: list[int] = []
        """Where each entry begins."""
        self._at = 0

    @property
    def cursor_key(self) -> str:
        """The entry under the cursor; empty when there is none."""
        return self.entries[self._at].key if self._at < len(self.entries) else ""

    def section_key(self) -> str:
        """The heading above the cursor, or under it."""
        for index in range(min(self._at, len(self.entries) - 1), -1, -1):
            if self.entries[index].heading:
                return self.entries[index].key
        return ""

    def show(self, entries: Iterable[Entry]) -> None:
        """Show other entries. The cursor stays on its entry, else where it was; the lines stay where they are."""
        kept = self.cursor_key
        self.entries = tuple(entries)
        keys = [entry.key for entry in self.entries]
        self._at = keys.index(kept) if kept in keys else self._nearest(self._at)
        self._lay_out()
        self.refresh(layout=self.styles.is_auto_height)

    def move_to(self, key: str) -> bool:
        """Put the cursor on an entry; tells whether it is there."""
        keys = [entry.key for entry in self.entries]
        if key not in keys:
            return False
        self._go(keys.index(key))
        return True

    # Layout

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Paint in the colours of another theme."""
        super().notify_style_update()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Lines that the entries take in this width, for pages that are as high as what they hold."""
        return len(self._wrap(width)[0])

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines, self._first = self._wrap(width)
        self.virtual_size = Size(width, len(self._lines))

    def _wrap(self, width: int) -> tuple[list[tuple[int, Words]], list[int]]:
        """Every line in this width, and where each entry begins."""
        room = width - GUTTER - 1
        lines: list[tuple[int, Words]] = []
        first: list[int] = []
        for index, entry in enumerate(self.entries if room > 0 else ()):
            if entry.heading and lines:
                lines.append((index - 1, []))
            first.append(len(lines))
            lines += [(index, line) for line in entry_lines(entry, room)]
        return lines, first

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, base = self.scrollable_content_region.width, self.rich_style
        at = round(self.scroll_offset.y) + y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        index, words = self._lines[at]
        entry = self.entries[index]
        styles = look(self.app.theme)
        has_cursor = index == self._at and not entry.still and bool(words)
        if has_cursor:
            base += Style(bgcolor=styles["cursor" if self.has_focus else "idle-cursor"].bgcolor)
        # Where two pages stand side by side, one sign tells which of them the keys move.
        lead = CURSOR if has_cursor and self.has_focus and at == self._first[index] else NO_CURSOR
        segments = [Segment(lead, base + styles["key"])]
        segments += [Segment(text, base + styles.get(style, styles["text"])) for text, style in words]
        return Strip(segments).adjust_cell_length(width, base)

    def on_focus(self) -> None:
        """Show the cursor as one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self.refresh()

    # Moving

    def _nearest(self, at: int) -> int:
        stops = [index for index, entry in enumerate(self.entries) if not entry.still]
        return min(stops, key=lambda index: abs(index - at), default=0)

    def _go(self, index: int) -> None:
        self._at = index
        self.post_message(self.Highlighted(self, self.cursor_key))
        if index < len(self._first):
            top, height = round(self.scroll_offset.y), max(1, self.scrollable_content_region.height)
            first = self._first[index]
            last = min(self._bottom(index), first + height - 1)
            # Nothing above the first stop can hold the cursor, and yet it is there to be read.
            first = 0 if index == self._nearest(0) else first
            self.scroll_to(y=min(max(top, last - height + 1), first), animate=False)
        self.refresh()

    def _bottom(self, index: int) -> int:
        """The last line of an entry, and of the still ones below it."""
        after = index + 1
        while after < len(self.entries) and self.entries[after].still:
            after += 1
        return (self._first[after] if after < len(self._first) else len(self._lines)) - 1

    def action_move(self, direction: int) -> None:
        """Move to the next entry; while the present one goes on beyond the edge, scroll along it."""
        height, top = max(1, self.scrollable_content_region.height), round(self.scroll_offset.y)
        hidden = self._bottom(self._at) - (top + height - 1) if self._first else 0
        if direction > 0 and hidden > 0:
            self.scroll_to(y=top + min(hidden, height - 1), animate=False)
            return
        at = self._at + direction
        while 0 <= at < len(self.entries):
            if not self.entries[at].still:
                self._go(at)
                return
            at += direction
        self.scroll_relative(y=direction, animate=False)

    def action_page(self, pages: int) -> None:
        """Move by what is on screen; where no stop is left in that direction, scroll through what is still."""
        height = max(1, self.scrollable_content_region.height)
        wanted = (self._first[self._at] if self._at < len(self._first) else 0) + pages * (height - 1)
        stops = [index for index, entry in enumerate(self.entries) if not entry.still]
        nearest = min(stops, key=lambda index: abs(self._first[index] - wanted), default=self._at)
        if nearest == self._at:
            self.scroll_relative(y=pages * (height - 1), animate=False)
        else:
            self._go(nearest)

    def action_edge(self, at: int) -> None:
        """Move to the first or the last entry; without a stop, scroll there."""
        stops = [index for index, entry in enumerate(self.entries) if not entry.still]
        if stops:
            self._go(stops[at])
        else:
            self.scroll_to(y=len(self._lines) if at else 0, animate=False)

    def action_section(self, direction: int) -> None:
        """Move to the next heading."""
        at = self._at + direction
        while 0 <= at < len(self.entries):
            if self.entries[at].heading:
                self._go(at)
                return
            at += direction

    def action_choose(self) -> None:
        """Open the entry under the cursor."""
        if self.cursor_key:
            self.post_message(self.Chosen(self, self.cursor_key))

    def on_click(self, event: "events.Click") -> None:
        """A click moves the cursor, a second one opens the entry."""
        at = round(self.scroll_offset.y) + event.y
        if at < len(self._lines) and not self.entries[self._lines[at][0]].still:
            self._at = self._lines[at][0]
            self.refresh()
            self.post_message(self.Highlighted(self, self.cursor_key))
            if event.chain == 2:  # noqa: PLR2004 - a double click
                self.action_choose()
