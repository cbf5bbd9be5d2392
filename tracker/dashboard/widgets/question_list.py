"""Questions in a table; those that were searched for have a second line that shows what was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tracker.dashboard.text import cut, plain
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.rows import GUTTER, NO_CURSOR
from tracker.dashboard.widgets.table import Column, RowSource, Table
from tracker.messages import _
from tracker.text import sanitise

if TYPE_CHECKING:
    from prep.search import Hit
    from prep.search_terms import Needle

OPENING, CLOSING = "‹", "›"
"""Around what was found: a look alone would be lost where there is one colour."""
INDENT = 2
"""Cells by which the second line stands further in."""


class QuestionList(Table):
    """A table of questions, one line each, or two while something is searched for."""

    def __init__(  # noqa: D417 - Textual's own parameters need no words
        self,
        columns: Sequence[Column],
        source: RowSource,
        *,
        context: Callable[[int], str],
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """A table without rows yet.

        Args:
            columns: from left to right.
            source: asked for the cells of a question when it is painted.
            context: tells what stands below a question that has in itself what was searched for.
            empty: the sentence shown when there is no row.
        """
        super().__init__(columns, source, empty=empty, id=id)
        self._told_below = context
        self._hits: Mapping[int, Hit] = {}
        self._needles: Sequence[Needle] = ()

    def show_plain(self, keys: Iterable[int]) -> None:
        """Show these questions."""
        self._hits, self._needles, self.row_lines = {}, (), 1
        self.show(keys)

    def show_found(
        self, keys: Iterable[int], hits: Mapping[int, "Hit"], needles: "Sequence[Needle]", *, from_top: bool
    ) -> None:
        """Show what a search found.

        Args:
            keys: The questions, the best first.
            hits: What was found of each.
            needles: What was searched for, to mark it in the questions themselves.
            from_top: Put the cursor on the best; else it stays on its question.
        """
        self._hits, self._needles, self.row_lines = hits, needles, 2
        self.show(keys)
        if from_top:
            self.position = 0

    def paint(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:
        """The question, with what was searched for marked in it."""
        strip = super().paint(key, base=base, width=width, cursor=cursor, marked=marked)
        room = self._fitted[0].width if self._fitted else 0
        text = strip.crop(GUTTER, GUTTER + room).text
        found = look(self.app.theme)["found"]
        for needle in self._needles:
            for start, stop in needle.spans(text):
                first = GUTTER + cell_len(text[:start])
                strip = _with_style(strip, first, first + cell_len(text[start:stop]), found)
        return strip

    def paint_below(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:  # noqa: ARG002 - a mark stands on the first line
        """Where it was found, and what stands around it there."""
        styles = look(self.app.theme)
        if cursor:
            base += styles[cursor]
        hit = self._hits.get(key)
        segments = [Segment(NO_CURSOR + " " * INDENT, base)]
        room = width - GUTTER - INDENT - 1
        if hit is None or hit.where == "text":
            segments.append(Segment(cut(plain(self._told_below(key)), room), base + styles["faint"]))
        else:
            label = _("answer") if hit.where == "answer" else _("topic")
            segments.append(Segment(f"{label} ", base + styles["faint"]))
            room -= cell_len(label) + 1
            segments += _marked_snippet(hit, room, base=base + styles["muted"], found=base + styles["found"])
        line = Strip(segments).adjust_cell_length(width, base)
        return line.apply_style(Style(bgcolor=base.bgcolor)) if cursor else line


def _marked_snippet(hit: "Hit", room: int, *, base: Style, found: Style) -> list[Segment]:
    """The words around a hit in so many cells, the hit itself between two signs."""
    segments: list[Segment] = []
    at = 0
    for start, stop in hit.spans:
        parts = ((hit.snippet[at:start], base), (f"{OPENING}{hit.snippet[start:stop]}{CLOSING}", found))
        segments += [Segment(sanitise(text)[0], style) for text, style in parts if text]
        at = stop
    segments.append(Segment(sanitise(hit.snippet[at:])[0], base))
    fitted: list[Segment] = []
    for segment in segments:
        text = cut(segment.text, room)
        fitted.append(Segment(text, segment.style))
        room -= cell_len(text)
        if room <= 0 or text != segment.text:
            break
    return fitted


def _with_style(strip: Strip, start: int, stop: int, style: Style) -> Strip:
    """A strip with another look between two cells."""
    marked = [Segment(segment.text, (segment.style or Style()) + style) for segment in strip.crop(start, stop)]
    return Strip.join([strip.crop(0, start), Strip(marked), strip.crop(stop)])
