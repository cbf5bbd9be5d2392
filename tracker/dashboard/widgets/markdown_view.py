"""A long text to read: painted in a thread, scrolled by lines."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import Worker, WorkerState, get_current_worker

from tracker.dashboard.markdown import paint_markdown
from tracker.dashboard.text import fit
from tracker.dashboard.theme import look
from tracker.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Callable

MARGIN = 1
"""Blank cells at each side."""


class MarkdownView(ScrollView, can_focus=True):
    """Shows one Markdown text at a time."""

    DEFAULT_CSS = """
    MarkdownView {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", later("Down"), show=False, id="text.down"),
        Binding("up,k", "scroll_up", later("Up"), show=False, id="text.up"),
        Binding("pagedown,space", "page_down", later("Page down"), show=False, id="text.page_down"),
        Binding("pageup", "page_up", later("Page up"), show=False, id="text.page_up"),
        Binding("home,g", "scroll_home", later("First"), show=False, id="text.first"),
        Binding("end,G", "scroll_end", later("Last"), show=False, id="text.last"),
    ]

    @dataclass
    class Painted(Message):
        """The lines of a text came back from the thread."""

        number: int
        strips: list[Strip] = field(repr=False)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._text = text
        self._shown: list[Strip] = []
        self._number = 0
        self._painted_for: tuple[int, str] = (0, "")
        self._waiting = False

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    def show(self, text: str) -> None:
        """Show another text from its beginning. What was shown stays until the new one is painted."""
        self._text = text
        self.scroll_to(y=0, animate=False)
        self._paint()

    def on_resize(self) -> None:
        """Lay the text out anew for another width."""
        self._paint_if_needed()

    def notify_style_update(self) -> None:
        """Paint in the colours of another theme."""
        super().notify_style_update()
        self._paint_if_needed()

    def _paint_if_needed(self) -> None:
        if self.is_mounted and self._painted_for != (self._room, self.app.theme):
            self._paint()

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width - 2 * MARGIN

    def _paint(self) -> None:
        if self._room <= 0:
            # Not laid out yet, or hidden: the text is painted when it is seen.
            self._painted_for, self._shown = (0, ""), []
            return
        self._number += 1
        self._painted_for = (self._room, self.app.theme)
        self._waiting = True
        work = self._job(self._number, self._text, self._room, self.app.theme)
        self.run_worker(work, group="paint", exclusive=True, exit_on_error=False, thread=True)

    def _job(self, number: int, text: str, width: int, theme: str) -> "Callable[[], None]":
        def job() -> None:
            strips = paint_markdown(text, width=width, theme=theme)
            if not get_current_worker().is_cancelled:
                self.post_message(self.Painted(number, strips))

        return job

    @on(Painted)
    def _take(self, message: Painted) -> None:
        message.stop()
        if message.number == self._number:
            self._waiting = False
            self._shown = message.strips
            self.virtual_size = Size(self.scrollable_content_region.width, len(self._shown))
            self.refresh()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A text that cannot be laid out is shown as it is written."""
        if event.worker.group == "paint":
            event.stop()
            if event.state is WorkerState.ERROR:
                style = look(self.app.theme)["text"]
                lines = self._text.split("\n")
                self.post_message(
                    self.Painted(
                        self._number, [Strip([Segment(fit(line, max(1, self._room)), style)]) for line in lines]
                    )
                )

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        index = self.scroll_offset.y + y
        if index < len(self._shown):
            strip = Strip([Segment(" " * MARGIN), *self._shown[index]])
            return strip.adjust_cell_length(width).apply_style(base)
        if self._waiting and not self._shown and y == 0:
            return Strip([Segment(fit(" " * MARGIN + _("Rendering…"), width), base + look(self.app.theme)["muted"])])
        return Strip.blank(width, base)
