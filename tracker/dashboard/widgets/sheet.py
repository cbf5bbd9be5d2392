"""A dialog as a sheet along the bottom edge.

It is as wide as the terminal: an overlay with a side border would cut wide characters in half at its edge.
"""

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tracker.dashboard.text import plain
from tracker.dashboard.widgets.key_bar import KeyBar
from tracker.messages import later

T = TypeVar("T")


class Sheet(ModalScreen[T | None]):
    """The base of all dialogs: a title, what the dialog is about, its keys. Esc gives nothing back."""

    DEFAULT_CSS = """
    Sheet { align: center bottom; background: $background 55%; }
    Sheet > #sheet {
        width: 100%; height: auto; max-height: 85%; background: $surface; padding: 0 2 1 2;
        border-top: tall $frame-focus;
    }
    Sheet #title { color: $strong; text-style: bold; height: 1; margin-bottom: 1; }
    Sheet Input { border: none; height: 1; padding: 0 1; background: $panel; }
    Sheet Input:focus { border: none; background: $block-cursor-background; }
    Sheet .label { width: 16; color: $muted; height: 1; }
    Sheet .hint { color: $muted; height: auto; }
    Sheet .wrong { color: $warning; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", later("cancel"), id="sheet.cancel", key_display="Esc"),
    ]

    def __init__(self, title: str) -> None:
        """A sheet with a title, already translated; it may hold text from anyone."""
        super().__init__()
        self.heading = title
        self._is_laid_out = False

    def compose(self) -> ComposeResult:
        """The title, then what the kind of dialog brings, then the keys."""
        with Vertical(id="sheet"):
            yield Static(Content(plain(self.heading)), id="title")
            yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """The dialog's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        """Keys may come before there is anything to take them."""
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        self._is_laid_out = True

    def on_key(self, event: events.Key) -> None:
        """A key typed while the sheet was opening waits until it is open."""
        if not self._is_laid_out and self.focused is None:
            event.stop()
            self.call_after_refresh(self.app.post_message, events.Key(event.key, event.character))

    def action_cancel(self) -> None:
        """Close and change nothing."""
        self.dismiss(None)
