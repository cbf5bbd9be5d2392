"""One line to type, with what it would mean below it."""

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tracker.dashboard.text import plain
from tracker.dashboard.widgets.sheet import Sheet
from tracker.messages import later


class Proposal(NamedTuple):
    """What a line would do, in words; only one that is ``ready`` can be entered."""

    text: str
    ready: bool


class LinePrompt(Sheet[str]):
    """Gives back the line, or nothing when it was cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", later("write"), id="prompt.accept", key_display="Enter"),
    ]

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        propose: Callable[[str], Proposal] | None = None,
        password: bool = False,
    ) -> None:
        """A prompt.

        Args:
            title: what is asked for, already translated.
            value: what stands in the line at first.
            placeholder: an example, shown while the line is empty.
            propose: called with each key stroke on the event loop, so it must be quick; tells what the line means.
            password: whether the line is shown as dots.
        """
        super().__init__(title)
        self._value = value
        self._placeholder = placeholder
        self._propose = propose
        self._password = password

    def compose_body(self) -> ComposeResult:
        """The line and its meaning."""
        yield Input(self._value, placeholder=plain(self._placeholder), id="line", password=self._password)
        yield Static("", id="proposal", classes="hint")

    def on_mount(self) -> None:
        """Show what the first value means."""
        self._show(self._value)

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, value: str) -> None:
        if self._propose is not None:
            proposal = self._propose(value)
            line = self.query_one("#proposal", Static)
            # Either begins where the typed line does.
            line.update(Content((" → " if proposal.ready else " ") + plain(proposal.text)))
            line.set_class(not proposal.ready, "wrong")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Give the line back, if it means something."""
        value = self.query_one("#line", Input).value
        if self._propose is None or self._propose(value).ready:
            self.dismiss(value)
