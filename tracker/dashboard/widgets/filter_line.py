"""The line in which a list's filter is typed. The list follows each key; the arrows move in the list meanwhile."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.messages import _, later


class FilterLine(Horizontal):
    """Mounted when it is opened, removed when it is left."""

    DEFAULT_CSS = """
    FilterLine { dock: bottom; height: 1; margin-bottom: 1; background: $surface; }
    FilterLine Static { width: 3; color: $accent; text-style: bold; padding-left: 1; }
    FilterLine Input, FilterLine Input:focus { border: none; height: 1; width: 1fr; padding: 0; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", later("keep"), id="filter.keep", key_display="Enter"),
        Binding("escape", "drop", later("clear"), id="filter.drop", key_display="Esc"),
        Binding("down,ctrl+n", "step(1)", later("Down"), show=False, id="filter.down"),
        Binding("up", "step(-1)", later("Up"), show=False, id="filter.up"),
    ]

    @dataclass
    class Typed(Message):
        """The filter is another."""

        text: str

    @dataclass
    class Stepped(Message):
        """An arrow was pressed: the list's cursor is meant."""

        lines: int

    @dataclass
    class Left(Message):
        """The line is closed; the filter stays as it was typed last."""

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        """A filter line.

        Args:
            text: the filter so far.
            placeholder: what may be typed, already translated; by default what finds an application.
        """
        super().__init__()
        self._text = text
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """A slash and the line."""
        yield Static(Content("/"))
        yield Input(self._text, placeholder=self._placeholder or _("name, pinyin, initials, position, stage"))

    def on_mount(self) -> None:
        """Begin to type."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Back to the list, with the filter."""
        self.post_message(self.Left())
        self.remove()

    def action_drop(self) -> None:
        """Back to the list, without the filter."""
        self.post_message(self.Typed(""))
        self.action_keep()

    def action_step(self, lines: int) -> None:
        """Move in the list."""
        self.post_message(self.Stepped(lines))
