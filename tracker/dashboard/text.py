"""Text from people on its way to the screen: never markup, never a control sequence, measured in cells."""

import re
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.filter import LineFilter

from tracker.text import sanitise, sanitise_line

if TYPE_CHECKING:
    from textual.color import Color

Align = Literal["left", "right"]

ELLIPSIS = "…"
NAME_IN_SENTENCE = 32
"""Cells of a name within a sentence: what the sentence says must stay on the line."""

_OBEYED = re.compile(
    "["
    "\x00-\x1f\x7f"  # C0 and DEL
    "\x80-\x9f"  # C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, overrides, isolates
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line and paragraph separators, byte-order mark, annotation
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)


def plain(text: str) -> str:
    """One line of text as it may stand on the screen."""
    return sanitise_line(text)


def content(text: str, style: str = "") -> Content:
    """Text of any length as Textual content that holds no markup."""
    return Content.styled(sanitise(text)[0], style) if style else Content(sanitise(text)[0])


def fit(text: str, width: int, align: Align = "left") -> str:
    """One line of exactly ``width`` cells: padded, or cut with an ellipsis where a wide character may end."""
    if width <= 0:
        return ""
    line = plain(text)
    length = cell_len(line)
    if length > width:
        short = cut(line, width)
        return short + " " * (width - cell_len(short))
    padding = " " * (width - length)
    return padding + line if align == "right" else line + padding


def padded(words: str, width: int) -> str:
    """Words in so many cells, or more where they are longer; a space stands behind them in any case."""
    return words + " " * max(1, width - cell_len(words))


def set_right(words: str, width: int) -> str:
    """Words at the right of so many cells, or of more where they are longer; a space stands before them in any case."""
    return " " * max(1, width - cell_len(words)) + words


def cut(line: str, width: int) -> str:
    """Clean text of one line in at most so many cells, its spaces kept."""
    return line if cell_len(line) <= width else set_cell_size(line, max(0, width - 1)).rstrip(" ") + ELLIPSIS


def shorten(text: str, cells: int = NAME_IN_SENTENCE) -> str:
    """A name as it may stand within a sentence: at most so many cells, the rest an ellipsis."""
    line = plain(text)
    return line if cell_len(line) <= cells else fit(line, cells).rstrip(" ")


class ControlFilter(LineFilter):
    """Drops from every painted line what a terminal would obey: the last gate, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: "Color") -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """The same segments without such characters; they have no width, so nothing moves."""
        search = _OBEYED.search
        if not any(search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub("", segment.text), segment.style)
            for segment in segments
        ]
