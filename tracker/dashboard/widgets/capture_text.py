"""Where a line is typed: it grows with what is typed or pasted, and Enter is left to its owner."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from tracker.messages import later
from tracker.text import sanitise

MOST_TYPED_LINES = 4
"""Lines of the terminal that the text takes at most; the rest scrolls."""


class CaptureText(TextArea):
    """One line, or several: a message is pasted whole, ctrl+j begins another line."""

    DEFAULT_CSS = """
    CaptureText, CaptureText:focus {
        width: 1fr; height: 1; border: none; background: $panel; padding: 0 1; scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j", "new_line", later("another line"), show=False, id="text.new_line", key_display="^j"),
    ]

    @dataclass
    class Pasted(Message):
        """Something was pasted."""

        several: bool
        """Whether it had more than one line."""

    class LeftBelow(Message):
        """The caret was to go below the last line."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """A text to begin with, and an example shown while there is none."""
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
        )

    def on_mount(self) -> None:
        """Begin as high as the text is."""
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Another width wraps at other places."""
        self._fit()

    def on_text_area_changed(self) -> None:
        """Grow and shrink with the text."""
        self._fit()

    def _fit(self) -> None:
        self.styles.height = max(1, min(MOST_TYPED_LINES, self.wrapped_document.height))

    async def _on_key(self, event: events.Key) -> None:
        """Leave Enter to the bar; it comes there behind all that was typed before it."""
        if event.key == "enter":
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of it, without what a terminal would obey and the empty ones at its ends."""
        event.prevent_default()
        event.stop()
        pasted = sanitise(event.text)[0].strip("\n")
        if pasted:
            # Before the text changes, so that whoever follows it knows.
            self.post_message(self.Pasted("\n" in pasted))
            self.replace(pasted, *self.selection, maintain_selection_offset=False)

    def action_new_line(self) -> None:
        """Begin another line."""
        self.replace("\n", *self.selection, maintain_selection_offset=False)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down within the text, or out of it."""
        if not select and self.cursor_at_last_line:
            self.post_message(self.LeftBelow())
        else:
            super().action_cursor_down(select)
