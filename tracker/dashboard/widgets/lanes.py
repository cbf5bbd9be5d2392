"""The board as columns by phase: the same applications, one card each, painted on the Line API."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from tracker.dashboard.text import fit, plain
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.line_view import KeptLines
from tracker.dashboard.widgets.table import Cell
from tracker.messages import later

if TYPE_CHECKING:
    from textual import events

CARD_LINES = 3
"""Lines of a card: its name, its words, and one that is blank."""
NARROWEST = 14
"""Cells of a lane at least; more lanes than fit scroll sideways with the cursor."""
HEADER_LINES = 2
SHORTEST = 6
"""Cells that the left of a card keeps beside a long right."""
MOST_CARDS = 512
MOST_LINES = 256
"""Painted cards and lines that are kept: about three screens of them."""


class Lane(NamedTuple):
    """One column: its title, already translated, the style of it, and its cards from top to bottom."""

    title: str
    style: str
    keys: Sequence[int]


class Card(NamedTuple):
    """What stands on a card."""

    name: Cell
    corner: Cell
    words: Cell
    time: Cell


class Lanes(KeptLines, can_focus=True):
    """Cards in lanes; the arrows go from card to card."""

    DEFAULT_CSS = """
    Lanes { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "down(1)", later("Down"), show=False, id="lanes.down"),
        Binding("up,k", "down(-1)", later("Up"), show=False, id="lanes.up"),
        Binding("right,l", "across(1)", later("Next column"), show=False, id="lanes.right"),
        Binding("left,h", "across(-1)", later("Previous column"), show=False, id="lanes.left"),
        Binding("pagedown", "down(8)", later("Page down"), show=False, id="lanes.page_down"),
        Binding("pageup", "down(-8)", later("Page up"), show=False, id="lanes.page_up"),
        Binding("home,g", "down(-100000)", later("First"), show=False, id="lanes.first"),
        Binding("end,G", "down(100000)", later("Last"), show=False, id="lanes.last"),
        Binding("enter", "choose", later("Open"), show=False, id="lanes.open"),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to another card."""

        key: int | None

    @dataclass
    class Chosen(Message):
        """A card was opened."""

        key: int

    def __init__(self, card: Callable[[int], Card], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Lanes without cards yet; ``card`` is asked for a card when it is painted."""
        super().__init__(id=id)
        self._card = card
        self._lanes: tuple[Lane, ...] = ()
        self._at: tuple[int, int] = (0, 0)
        self._first = 0
        self._marked: frozenset[int] = frozenset()
        self._cards: dict[tuple[int, int], tuple[list[Segment], list[Segment]]] = {}
        """Painted cards, by key and state: without the cursor, with one that waits, with one that keys move."""
        self._lines: dict[tuple[int, int], Strip] = {}
        """Painted lines, by their place among all and the first lane on the screen."""
        self._fitted_for = 0

    @property
    def cursor_key(self) -> int | None:
        """The card under the cursor."""
        lane, row = self._at
        return self._lanes[lane].keys[row] if lane < len(self._lanes) and row < len(self._lanes[lane].keys) else None

    def show(self, lanes: Sequence[Lane], *, cursor: int | None = None) -> None:
        """Show these lanes, the cursor on the card of this key if it is there."""
        wanted = cursor if cursor is not None else self.cursor_key
        self._lanes = tuple(lanes)
        places = {key: (x, y) for x, lane in enumerate(self._lanes) for y, key in enumerate(lane.keys)}
        first = next(((x, 0) for x, lane in enumerate(self._lanes) if lane.keys), (0, 0))
        self._at = places.get(wanted, first) if wanted is not None else first
        self._cards.clear()
        self._lines.clear()
        self._fit()
        self._keep_in_view()
        self.refresh()

    def repaint(self, _keys: object = None) -> None:
        """Paint anew after a card's content changed."""
        self._cards.clear()
        self._lines.clear()
        self.refresh()

    def mark(self, keys: Iterable[int]) -> None:
        """Mark these cards and no others."""
        self._marked = frozenset(keys)
        self.repaint()

    def move_to(self, key: int) -> bool:
        """Put the cursor on a card; tells whether it is there."""
        for x, lane in enumerate(self._lanes):
            if key in lane.keys:
                self._go(x, list(lane.keys).index(key))
                return True
        return False

    # Painting

    def on_resize(self) -> None:
        """Lay out anew."""
        self._fit()
        self._keep_in_view()

    def notify_style_update(self) -> None:
        """Forget what was painted in another theme."""
        super().notify_style_update()
        self._cards.clear()
        self._lines.clear()

    def _fit(self) -> None:
        tallest = max((len(lane.keys) for lane in self._lanes), default=0)
        self.set_line_count(tallest * CARD_LINES + HEADER_LINES)

    def _shown(self) -> tuple[int, int]:
        """How many lanes fit, and how wide each is; while they are hidden, as they did before."""
        width = self.scrollable_content_region.width or self._fitted_for
        count = max(1, min(len(self._lanes) or 1, width // NARROWEST))
        return count, max(1, width // count)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if width != self._fitted_for:
            # Before the widget is told of another size, and when a scroll bar came or went, which is no other size.
            self._fitted_for = width
            self._first = self._leftmost()
            self._cards.clear()
            self._lines.clear()
        top = round(self.scroll_offset.y)
        at = (-y - 1 if y < HEADER_LINES else top + y - HEADER_LINES, self._first)
        kept = self._lines.get(at)
        if kept is None:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            kept = self._lines[at] = self._paint_line(at[0], self.outer_size.width)
        return kept

    def _paint_line(self, at: int, width: int) -> Strip:
        """A line by its place among all lines of cards; the titles have negative ones."""
        count, room = self._shown()
        shown = range(self._first, min(len(self._lanes), self._first + count))
        if at < 0:
            segments = [self._title(self._lanes[x], room, rule=at < -1) for x in shown]
        else:
            row, line = divmod(at, CARD_LINES)
            if line == CARD_LINES - 1:
                return Strip.blank(width, self.base)
            segments = [segment for x in shown for segment in self._card_line(x, row, line, room)]
        return Strip(segments).adjust_cell_length(width, self.base)

    def _title(self, lane: Lane, room: int, *, rule: bool) -> Segment:
        styles: Mapping[str, Style] = look(self.app.theme)
        if rule:
            return Segment(" " + "─" * (room - 2) + " ", self.base + styles["frame"])
        title = " " + fit(f"{lane.title} {len(lane.keys)}", room - 1)
        return Segment(title, self.base + styles.get(lane.style, styles["title"]))

    def _card_line(self, x: int, row: int, line: int, room: int) -> list[Segment]:
        keys = self._lanes[x].keys
        if row >= len(keys):
            return [Segment(" " * room, self.base)]
        state = (self.has_focus + 1) if (x, row) == self._at else 0
        if (keys[row], state) not in self._cards:
            if len(self._cards) >= MOST_CARDS:
                self._cards.clear()
            self._cards[keys[row], state] = self._paint(keys[row], state, room)
        return self._cards[keys[row], state][line]

    def _paint(self, key: int, state: int, room: int) -> tuple[list[Segment], list[Segment]]:
        """Both lines of a card."""
        card = self._card(key)
        name = card.name._replace(text=f"✓ {card.name.text}") if key in self._marked else card.name
        lead = "▸" if state else " "
        return self._spans(lead, name, card.corner, state, room), self._spans(" ", card.words, card.time, state, room)

    def _spans(self, lead: str, left: Cell, right: Cell, state: int, room: int) -> list[Segment]:
        styles = look(self.app.theme)
        base = self.base
        if state:
            base += Style(bgcolor=styles["cursor" if state == 2 else "idle-cursor"].bgcolor)  # noqa: PLR2004 - focused
        left_text, right_text = plain(left.text), plain(right.text)
        right_room = min(room - 4 - min(cell_len(left_text), SHORTEST), cell_len(right_text))
        corner = fit(right_text, right_room, "right")
        text = fit(left_text, room - 3 - cell_len(corner))
        return [
            Segment(lead, base + styles["key"]),
            Segment(text, base + styles.get(left.style, styles["text"])),
            Segment(" " + corner, base + styles.get(right.style, styles["text"])),
            Segment(" ", self.base),
        ]

    # Moving

    def action_down(self, cards: int) -> None:
        """Move within the lane."""
        lane, row = self._at
        if lane < len(self._lanes):
            self._go(lane, row + cards)

    def action_across(self, direction: int) -> None:
        """Move to the next lane that has cards."""
        lane = self._at[0] + direction
        while 0 <= lane < len(self._lanes):
            if self._lanes[lane].keys:
                self._go(lane, self._at[1])
                return
            lane += direction

    def _go(self, lane: int, row: int) -> None:
        row = max(0, min(row, len(self._lanes[lane].keys) - 1))
        if (lane, row) != self._at:
            before, self._at = self._at, (lane, row)
            first = self._first
            self._repaint_row(before[1])
            self._repaint_row(row)
            self._keep_in_view()
            if first != self._first:
                self.refresh()
            self.post_message(self.Highlighted(self.cursor_key))

    def _repaint_row(self, row: int) -> None:
        """Paint the lines anew in which the cards of a row stand."""
        for line in range(CARD_LINES - 1):
            at = row * CARD_LINES + line
            self._lines = {place: strip for place, strip in self._lines.items() if place[0] != at}
            self.refresh_line(at + HEADER_LINES)

    def _leftmost(self) -> int:
        """The first lane on the screen, so that the one with the cursor is there."""
        count, _room = self._shown()
        lane = self._at[0]
        return max(0, min(max(self._first, lane - count + 1), lane, len(self._lanes) - count))

    def _keep_in_view(self) -> None:
        self._first, row = self._leftmost(), self._at[1]
        height = max(CARD_LINES, self.scrollable_content_region.height - HEADER_LINES)
        top = round(self.scroll_offset.y)
        wanted = min(max(top, (row + 1) * CARD_LINES - height), row * CARD_LINES)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)

    def on_focus(self) -> None:
        """Show the cursor as one that keys move, or as one that waits."""
        self._repaint_row(self._at[1])

    on_blur = on_focus

    def action_choose(self) -> None:
        """Open the card under the cursor."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Chosen(key))

    def on_click(self, event: "events.Click") -> None:
        """A click moves the cursor, a second one opens the card."""
        count, room = self._shown()
        lane = self._first + min(event.x // room, count - 1)
        row = (round(self.scroll_offset.y) + event.y - HEADER_LINES) // CARD_LINES
        if event.y >= HEADER_LINES and lane < len(self._lanes) and row < len(self._lanes[lane].keys):
            self._go(lane, row)
            if event.chain == 2:  # noqa: PLR2004 - a double click
                self.action_choose()
