"""A sentence that is worth a second thought; Enter goes on."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tracker.dashboard.text import plain
from tracker.dashboard.widgets.sheet import Sheet
from tracker.messages import later


class Confirm(Sheet[bool]):
    """Gives back ``True`` when it is to be done all the same, nothing when not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", later("do it all the same"), id="confirm.accept", key_display="Enter"),
    ]

    def __init__(self, title: str, sentence: str) -> None:
        """A sheet; both are already translated."""
        super().__init__(title)
        self._sentence = sentence

    def compose_body(self) -> ComposeResult:
        """The sentence."""
        yield Static(Content(plain(self._sentence)), classes="wrong")

    def action_accept(self) -> None:
        """Do it all the same."""
        self.dismiss(result=True)
