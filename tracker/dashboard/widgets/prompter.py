"""A text to be said aloud: the sentence whose turn it is stands out, and the lines go by."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tracker.dashboard.theme import look
from tracker.dashboard.widgets.entries import Words, wrap_spans
from tracker.dashboard.widgets.line_view import LineView
from tracker.dashboard.widgets.table import CURSOR, Cell

WIDEST = 64
"""Cells of a line at most: the eye must find the next one without searching."""
LEAD = 3
"""Cells before a line: the sign of the sentence whose turn it is."""
AIRY = 30
"""Lines of the terminal from which lines stand apart."""


class Prompter(LineView, can_focus=False):
    """Sentences in the middle of the screen. It has no keys: its screen tells it where to be."""

    DEFAULT_CSS = """
    Prompter { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 0; background: $background; }
    """

    @dataclass
    class Clicked(Message):
        """A sentence was clicked."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._sentences: tuple[str, ...] = ()
        self._lines: list[tuple[int, str]] = []
        """Every line: the sentence it belongs to, and its words."""
        self._first: list[int] = []
        """Where each sentence begins."""
        self._at = 0
        self._part = 0.0

    def show(self, sentences: Sequence[str]) -> None:
        """Show another text from its beginning."""
        self._sentences = tuple(sentences)
        self._at, self._part = 0, 0.0
        self._lay_out()
        self._follow()
        self.refresh()

    def go(self, index: int, part: float) -> None:
        """The turn is that sentence's, of which so much was said, from 0 to 1."""
        moved = index != self._at
        self._at, self._part = index, part
        self._follow()
        if moved:
            self.refresh()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()
        self._follow()

    def _lay_out(self) -> None:
        width = min(WIDEST, self.scrollable_content_region.width - 2 * LEAD)
        step = 2 if self.app.size.height >= AIRY else 1
        self._lines, self._first = [], []
        for index, sentence in enumerate(self._sentences if width > 0 else ()):
            self._first.append(len(self._lines))
            for line in wrap_spans((Cell(sentence.strip()),), width):
                self._lines += [(index, _text(line)), *[(index, "")] * (step - 1)]
            self._lines.append((index, ""))
        self.set_line_count(len(self._lines) + self.size.height * 2 // 3)

    def _follow(self) -> None:
        """Keep the line that is being said in the upper third."""
        if self._at >= len(self._first):
            return
        first = self._first[self._at]
        end = self._first[self._at + 1] if self._at + 1 < len(self._first) else len(self._lines)
        line = first + int((end - first - 1) * min(1.0, max(0.0, self._part)))
        y = max(0, line - self.size.height // 3)
        if y != round(self.scroll_offset.y):
            self.scroll_to(y=y, animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, base = self.scrollable_content_region.width, self.base
        at = round(self.scroll_offset.y) + y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        index, text = self._lines[at]
        styles = look(self.app.theme)
        is_current = index == self._at
        name = "strong" if is_current else "faint" if index < self._at else "muted"
        margin = max(0, (width - min(WIDEST, width - 2 * LEAD)) // 2 - LEAD)
        sign = CURSOR if is_current and at == self._first[index] else ""
        return Strip(
            [
                Segment(" " * margin, base),
                Segment(sign.ljust(LEAD), base + styles["key"]),
                Segment(text, base + styles[name]),
            ]
        ).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Say which sentence it was."""
        at = round(self.scroll_offset.y) + event.y
        if at < len(self._lines):
            self.post_message(self.Clicked(self._lines[at][0]))


def _text(words: Words) -> str:
    return "".join(text for text, _style in words)
