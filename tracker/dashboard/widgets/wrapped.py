"""A paragraph that is wrapped as Chinese and Latin are: between any two Chinese characters, and not within a word."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tracker.dashboard.text import ELLIPSIS, cut
from tracker.dashboard.widgets.entries import wrap_spans
from tracker.dashboard.widgets.rows import Cell

if TYPE_CHECKING:
    from textual.geometry import Size


class Wrapped(Widget):
    """As high as its text; where it may not be, a mark at its end says that there is more."""

    DEFAULT_CSS = "Wrapped { height: auto; width: 1fr; }"

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """A paragraph, or several lines; it may hold text from anyone."""
        super().__init__(id=id)
        self._text = text

    def show(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def get_content_height(self, container: "Size", viewport: "Size", width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Lines in this width."""
        return len(self._lines(width)) if self._text else 0

    def render(self) -> Content:
        """The lines that fit."""
        width, height = self.content_size
        lines = self._lines(width)
        if len(lines) > height > 0:
            lines = lines[:height]
            lines[-1] = cut(lines[-1], width - 2) + " " + ELLIPSIS
        return Content("\n".join(lines))

    def _lines(self, width: int) -> list[str]:
        if width <= 0:
            return []
        return ["".join(piece for piece, _style in line) for line in wrap_spans((Cell(self._text),), width)]
