"""A document as it is, line by line: its number, a letter for what became of it, its words with their indent."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from tracker.dashboard.text import cut
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.measured_line import TAB, MeasuredLine
from tracker.dashboard.widgets.sideways import SIDEWAYS
from tracker.dashboard.widgets.table import CURSOR, NO_CURSOR, Cell, Table
from tracker.messages import later
from tracker.text import fold_in_place

MOST_MEASURED = 256
"""Lines whose measures are kept."""
CORRECTED = "*"
"""Stands behind the letter of a line that the person corrected."""


@dataclass(frozen=True, slots=True)
class ShownLines:
    """What a document shows. Lines are 1-based everywhere."""

    lines: Sequence[str] = ()
    letters: Sequence[str] = ()
    """One for each line: one letter, or a space."""
    styles: Sequence[str] = ()
    """One for each line: the name of a style of the theme."""
    questions: Sequence[int] = ()
    """The lines at which a question begins, in order."""
    unread: Sequence[int] = ()
    """The lines that nobody understood, in order."""
    corrected: Collection[int] = frozenset()


class FatedLines(Table):
    """The lines of one document. A row's key is its place: line n has the key n - 1."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right_square_bracket,】,］",
            "question(1)",
            later("next question"),
            show=False,
            id="fate.next",
            key_display="]",
        ),
        Binding(
            "left_square_bracket,【,［",
            "question(-1)",
            later("question before"),
            show=False,
            id="fate.before",
            key_display="[",
        ),
        *SIDEWAYS,
        Binding("n", "hit(1)", later("next hit"), id="fate.hit"),
        Binding("N", "hit(-1)", later("hit before"), show=False, id="fate.hit_before"),
    ]

    @dataclass
    class Counted(Message):
        """The cursor came to a hit of the search, or there is none."""

        number: int
        total: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__((), self, header=False, id=id)
        self.shown = ShownLines()
        self._wanted = ""
        self._hits: list[int] = []
        self._folded: list[str] = []
        self._measured: dict[int, MeasuredLine] = {}
        self.shift = 0
        """Cells of the lines that are out of sight at the left."""

    @property
    def line(self) -> int:
        """The line under the cursor; 0 when there is none."""
        return self.position + 1 if self.order else 0

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The words of a line."""
        return (Cell(self.shown.lines[key]),)

    def show_document(self, shown: ShownLines, *, line: int = 0) -> None:
        """Show a document; the cursor goes to ``line``, or stays on its line, and what was searched stays found."""
        changed = shown.lines is not self.shown.lines
        self.shown = shown
        self.show(range(len(shown.lines)))
        if changed:
            self.shift = 0
            self._folded = []
            self._measured.clear()
            self._find()
        if line:
            self.position = line - 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for what is there."""
        if action == "hit":
            return bool(self._hits)
        return super().check_action(action, parameters)

    # Painting

    def paint(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:
        """A line over ``base`` in so many cells."""
        styles, shown = look(self.app.theme), self.shown
        over = base + Style(bgcolor=styles[cursor].bgcolor) if cursor else base
        if marked:
            over += Style(bgcolor=styles["marked"].bgcolor)
        style = over + styles.get(shown.styles[key], styles["text"])
        digits = len(str(len(shown.lines)))
        sign = CORRECTED if key + 1 in shown.corrected else " "
        lead = [
            Segment(CURSOR if cursor else NO_CURSOR, over + styles["key"]),
            Segment(f"{key + 1:>{digits}} ", over + styles["faint"]),
            Segment(shown.letters[key], style + Style(bold=True)),
            Segment(f"{sign} ", over + styles["key"]),
        ]
        room = max(0, width - sum(cell_len(segment.text) for segment in lead) - 1)
        text = cut(self._measure(key).seen(self.shift, room), room)
        return Strip([*lead, *self._spans(text, style)]).adjust_cell_length(width, over)

    def _spans(self, text: str, style: Style) -> list[Segment]:
        """The words of a line with what was found in them."""
        if not self._wanted:
            return [Segment(text, style)]
        found, segments, folded = 0, [], fold_in_place(text)
        while (at := folded.find(self._wanted, found)) >= 0:
            end = at + len(self._wanted)
            segments += [Segment(text[found:at], style), Segment(text[at:end], style + Style(reverse=True))]
            found = end
        return [*segments, Segment(text[found:], style)]

    # Sideways

    def _measure(self, key: int) -> MeasuredLine:
        line = self._measured.get(key)
        if line is None:
            if len(self._measured) >= MOST_MEASURED:
                self._measured.clear()
            line = self._measured[key] = MeasuredLine(self.shown.lines[key])
        return line

    @property
    def _room(self) -> int:
        """Cells of a line that are in sight."""
        lead = len(CURSOR) + len(str(len(self.shown.lines))) + 4
        return max(1, self.scrollable_content_region.width - lead)

    def action_sideways(self, direction: int) -> None:
        """Bring what is cut off into sight, half a line at a time."""
        room, top = self._room, round(self.scroll_offset.y)
        seen = self.order[top : top + self._visible_rows + 1]
        beyond = self.shift + room
        if direction > 0 and not any(self._measure(key).reaches(beyond) for key in seen):
            return
        self._shift_to(self.shift + direction * max(1, room // 2))

    def _shift_to(self, cells: int) -> None:
        if (shift := max(0, cells)) != self.shift:
            self.shift = shift
            self.repaint()

    def _show_hit(self) -> None:
        """Bring the first hit of the line under the cursor into sight."""
        if not self.line or self.line > len(self._folded):
            return
        at = self._folded[self.line - 1].find(self._wanted)
        begin = cell_len(self.shown.lines[self.line - 1][: max(0, at)].expandtabs(TAB))
        room = self._room
        if not self.shift < begin + 1 <= self.shift + room - cell_len(self._wanted):
            self._shift_to(0 if begin + cell_len(self._wanted) <= room else begin - room // 2)

    # Moving

    def action_question(self, direction: int) -> None:
        """Move to the next question, or the one before."""
        self._go(self.shown.questions, direction)

    def move_to_unread(self, direction: int) -> None:
        """Move to the next line that nobody understood, or the one before."""
        self._go(self.shown.unread, direction)

    def _go(self, stops: Sequence[int], direction: int) -> int | None:
        """Move to the next of these lines, and tell which of them it is."""
        at = bisect_right(stops, self.line) if direction > 0 else bisect_left(stops, self.line) - 1
        if not 0 <= at < len(stops):
            return None
        self._jump(stops[at])
        return at

    def _jump(self, line: int) -> None:
        """Move to a line, with some of what follows it."""
        self.position = line - 1
        top, height = round(self.scroll_offset.y), self._visible_rows
        below = min(height // 2, len(self.order) - line)
        if line - 1 + below >= top + height:
            self.scroll_to(y=min(line - 1, line + below - height), animate=False)

    # Search

    def search(self, words: str) -> None:
        """Mark where these words stand, and go to the first such line from the cursor on."""
        wanted = fold_in_place(words)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._find()
        if self._hits:
            at = bisect_left(self._hits, self.line) % len(self._hits)
            self._jump(self._hits[at])
            self._show_hit()
            self.post_message(self.Counted(at + 1, len(self._hits)))
        elif wanted:
            self.post_message(self.Counted(0, 0))
        self.repaint()
        self.screen.refresh_bindings()

    def _find(self) -> None:
        if self._wanted and not self._folded:
            self._folded = [fold_in_place(line) for line in self.shown.lines]
        self._hits = [
            number for number, line in enumerate(self._folded, start=1) if self._wanted and self._wanted in line
        ]

    def action_hit(self, direction: int) -> None:
        """Move to the next line with what is searched; after the last comes the first."""
        if not self._hits:
            return
        at = self._go(self._hits, direction)
        if at is None:
            at = 0 if direction > 0 else len(self._hits) - 1
            self._jump(self._hits[at])
        self._show_hit()
        self.post_message(self.Counted(at + 1, len(self._hits)))
