"""A few sentences to read, over the screen that they are about."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.rows import Cell
from tracker.dashboard.widgets.sheet import Sheet
from tracker.messages import later


class ReadingSheet(Sheet[None]):
    """Sentences below each other; they scroll where there is no room."""

    DEFAULT_CSS = """
    ReadingSheet Page { height: auto; max-height: 100%; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", later("close"), id="sheet.cancel", key_display="Esc"),
        Binding("q,i", "cancel", later("close"), show=False, id="reading_sheet.close"),
    ]

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        """Already translated."""
        super().__init__(title)
        self._sentences = tuple(sentences)

    def compose_body(self) -> ComposeResult:
        """The sentences."""
        yield Page()

    def on_mount(self) -> None:
        """Show them."""
        page = self.query_one(Page)
        page.show(
            Entry(f"sentence:{number}", (Cell("· ", "faint"), Cell(sentence)), indent=2)
            for number, sentence in enumerate(self._sentences)
        )
        page.focus()
