"""A long text to read: laid out in a thread, scrolled by lines."""

import gc
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.worker import Worker, WorkerState, get_current_worker

from tracker.dashboard.markdown.looks import Line, style_of
from tracker.dashboard.text import fit
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.line_view import KeptLines
from tracker.dashboard.widgets.sideways import SIDEWAYS
from tracker.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.dashboard.markdown.layout import Document
    from tracker.dashboard.markdown.search import Finder

MARGIN = 1
"""Blank cells at each side."""
BEGINNING = 4_000
"""Characters that are laid out and shown before all the rest of a longer text."""
SIDESTEP = 16
"""Cells that a key moves what is wider than the screen."""
WARM_UP_AFTER = 0.3
"""Seconds."""


class MarkdownView(KeptLines, can_focus=True):
    """Shows one Markdown text at a time."""

    DEFAULT_CSS = """
    MarkdownView {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", later("Down"), show=False, id="text.down"),
        Binding("up,k", "go(-1)", later("Up"), show=False, id="text.up"),
        Binding("pagedown,space", "go_page(1)", later("Page down"), show=False, id="text.page_down"),
        Binding("pageup", "go_page(-1)", later("Page up"), show=False, id="text.page_up"),
        Binding("home,g", "go_to_edge(False)", later("First"), show=False, id="text.first"),
        Binding("end,G", "go_to_edge(True)", later("Last"), show=False, id="text.last"),
        *SIDEWAYS,
        Binding("v", "source", later("as it was written"), show=False, id="reading.source"),
    ]

    @dataclass
    class LaidOut(Message):
        """The lines of a text came back from the thread, or those of its beginning."""

        number: int
        document: "Document" = field(repr=False)
        finder: "Finder | None" = field(repr=False)
        """Comes with the whole text."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._text = text
        self.document: Document | None = None
        """What is shown, once it is laid out."""
        self.finder: Finder | None = None
        self._number = 0
        self._laid_out_for = 0
        self._waiting = False
        self.toggled: frozenset[int] = frozenset()
        self.shows_source = False
        self.shift = 0
        self.strips: dict[int, Strip] = {}

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    def show(self, text: str) -> None:
        """Show another text from its beginning. What was shown stays until the new one is laid out."""
        self._text = text
        self.toggled, self.shift, self.shows_source = frozenset(), 0, False
        self.go_to(0)
        self.lay_out()

    # Layout

    def on_mount(self) -> None:
        """What reads Markdown is imported before the first text comes, but not while the screen is opening."""
        self.set_timer(WARM_UP_AFTER, self._warm_up)

    def _warm_up(self) -> None:
        self.run_worker(_import_all, group="warm up", exit_on_error=False, thread=True)

    def on_resize(self) -> None:
        """Lay the text out anew for another width."""
        self.strips.clear()
        if self.is_mounted and self._laid_out_for != self.room:
            self.lay_out()

    def notify_style_update(self) -> None:
        """Paint in the colours of another theme."""
        super().notify_style_update()
        self.strips.clear()
        self.refresh()

    @property
    def room(self) -> int:
        """Cells that a line may take."""
        return self.scrollable_content_region.width - 2 * MARGIN

    def lay_out(self) -> None:
        """Lay the text out anew; what is shown stays meanwhile."""
        self._number += 1
        self._laid_out_for = self.room
        if self.room <= 0:
            # Not laid out yet, or hidden: the text is painted when it is seen.
            self._laid_out_for, self.document = 0, None
            self.strips.clear()
            return
        self._waiting = True
        work = self._job(self._number, self._text, self.room)
        self.run_worker(work, group="paint", exclusive=True, exit_on_error=False, thread=True)

    def _job(self, number: int, text: str, width: int) -> "Callable[[], None]":
        toggled, shows_source = self.toggled, self.shows_source
        is_new = self.document is None or not self.scroll_offset.y

        def job() -> None:
            from tracker.dashboard.markdown.layout import lay_out, lay_out_source
            from tracker.dashboard.markdown.search import Finder

            if is_new and len(text) > 2 * BEGINNING and not shows_source:
                beginning = text[: text.rfind("\n", 0, BEGINNING) + 1]
                if beginning:
                    self.post_message(self.LaidOut(number, lay_out(beginning, width=width, toggled=toggled), None))
            make = lay_out_source(text, width=width) if shows_source else lay_out(text, width=width, toggled=toggled)
            finder = Finder(make)
            if not get_current_worker().is_cancelled:
                self.post_message(self.LaidOut(number, make, finder))

        return job

    @on(LaidOut)
    def _take(self, message: LaidOut) -> None:
        message.stop()
        if message.number != self._number:
            return
        before, top = self.document, self.scroll_offset.y
        self.document, self.finder, self._waiting = message.document, message.finder, False
        self.strips.clear()
        self.set_line_count(len(message.document.lines))
        if before is not None and top and before.lines and before.shape != message.document.shape:
            self.go_to(same_place(before, message.document, round(top)))
        self.laid_out()
        self.refresh()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A text that cannot be laid out is shown as it is written."""
        if event.worker.group in ("paint", "warm up"):
            event.stop()
            if event.worker.group == "paint" and event.state is WorkerState.ERROR and not self.shows_source:
                self.log.error(event.worker.error)
                self.shows_source = True
                self.lay_out()

    # What a view with more to it fills in

    def laid_out(self) -> None:
        """Other lines are shown."""

    def marks_on(self, index: int) -> "Iterable[tuple[int, int, Style]]":  # noqa: ARG002 - for those who mark
        """Parts of a line with a look of their own: first cell, the one after the last, style."""
        return ()

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        index = round(self.scroll_offset.y) + y
        document = self.document
        if document is not None and index < len(document.lines):
            strip = self.strips.get(index)
            if strip is None:
                strip = self.strips[index] = self._paint(index, document.lines[index], width - 2 * MARGIN)
            return strip
        if self._waiting and document is None and y == 0:
            return Strip(
                [Segment(fit(" " * MARGIN + _("Rendering…"), width), self.base + look(self.app.theme)["muted"])]
            )
        return Strip.blank(width, self.base)

    def _paint(self, index: int, line: Line, room: int) -> Strip:
        theme, base = self.app.theme, self.base
        strip = Strip([Segment(piece.text, base + style_of(piece.look, theme)) for piece in line.pieces], line.width)
        for start, stop, style in self.marks_on(index):
            strip = _highlighted(strip, start, stop, style)
        shift = max(0, min(self.shift, line.width - room))
        if line.width > room:
            mark = base + look(theme)["key"]
            strip = strip.crop(shift, shift + room)
            if shift:
                strip = Strip.join([Strip([Segment("‹", mark)]), strip.crop(1)])
            if shift + room < line.width:
                strip = Strip.join([strip.crop(0, room - 1), Strip([Segment("›", mark)])])
        strip = strip.adjust_cell_length(room, base + style_of(line.fill, theme))
        edge = Strip([Segment(" " * MARGIN, base)], MARGIN)
        return Strip.join([edge, strip, edge])

    # Moving: at once, because a text that glides is not read meanwhile

    def go_to(self, line: int) -> None:
        """Bring a line to the top of the screen, as far as there are lines below it."""
        self.scroll_to(y=line, animate=False, immediate=True)

    def action_go(self, lines: int) -> None:
        """So many lines on, or back."""
        self.go_to(round(self.scroll_offset.y) + lines)

    def action_go_page(self, pages: int) -> None:
        """What is on the screen on, or back; one line stays."""
        self.action_go(pages * max(1, self.scrollable_content_region.height - 1))

    def action_go_to_edge(self, at_end: bool) -> None:
        """The first line or the last."""
        self.go_to(round(self.max_scroll_y) if at_end else 0)

    def action_sideways(self, direction: int) -> None:
        """Move what is wider than the screen."""
        most = max(0, (self.document.widest if self.document else 0) - self.room)
        shift = min(most, max(0, self.shift + direction * SIDESTEP))
        if shift != self.shift:
            self.shift = shift
            self.strips.clear()
            self.refresh()

    def on_mouse_scroll_right(self) -> None:
        """A wheel that tilts moves what is wider than the screen."""
        self.action_sideways(1)

    def on_mouse_scroll_left(self) -> None:
        """A wheel that tilts moves what is wider than the screen."""
        self.action_sideways(-1)

    def action_source(self) -> None:
        """The text as it was written, or laid out again."""
        self.shows_source = not self.shows_source
        self.lay_out()


def same_place(before: "Document", after: "Document", top: int) -> int:
    """Where a line of a document stands in the same one laid out in another way."""
    if before.is_source == after.is_source and len(before.texts) == len(after.texts):
        for old, new in zip(before.texts, after.texts, strict=True):
            if old and new and old[-1].line >= top:
                return new[0].line + round(max(0, top - old[0].line) * len(new) / len(old))
    return round(top * len(after.lines) / max(1, len(before.lines)))


def _highlighted(strip: Strip, start: int, stop: int, style: Style) -> Strip:
    """A strip with another look between two cells."""
    marked = [Segment(segment.text, (segment.style or Style()) + style) for segment in strip.crop(start, stop)]
    return Strip.join([strip.crop(0, start), Strip(marked), strip.crop(stop)])


def _import_all() -> None:
    from tracker.dashboard.markdown.layout import lay_out

    lay_out("`x` $x$\n\n```python\nx\n```", width=80)
    # Looking through what was imported again and again would double the time that a long text takes.
    gc.freeze()
