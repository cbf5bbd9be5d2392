"""The panel beside the board: what is known of the application on which the cursor rests."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tracker.dashboard.screens.board_filters import FilteredBoard
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.table import Cell, Table

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from tracker.preview import Preview

PREVIEW_AFTER = 0.06
"""Seconds that the cursor rests on a row before its preview is read."""


@dataclass
class _PreviewLoaded(Message):
    preview: "Preview | None"


class PreviewingBoard(FilteredBoard):
    """A board beside which stand a ``Bar`` called ``#preview-title`` and ``Lines`` called ``#preview``."""

    def __init__(self) -> None:
        super().__init__()
        self._rest: Timer | None = None
        self._preview: Preview | None = None

    @on(Table.Highlighted)
    def _rest_on_row(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PREVIEW_AFTER, self._read_preview)

    def on_lanes_highlighted(self) -> None:
        """The cursor came to another card."""
        self._rest_on_row()

    def _read_preview(self) -> None:
        key, path = self.cursor_key(), self.backend.path
        if key is None:
            self._preview_loaded(_PreviewLoaded(None))
        elif self.ashore.is_painted and self.query_one("#preview-panel").display:
            self.run_thread("preview", lambda: _read_preview(path, key), _PreviewLoaded)

    @on(_PreviewLoaded)
    def _preview_loaded(self, message: _PreviewLoaded) -> None:
        preview = message.preview
        title, panel = self.query_one("#preview-title", Bar), self.query_one("#preview", Lines)
        if preview is None:
            title.show([])
            panel.show([])
            return
        if self._preview is None or self._preview.application_id != preview.application_id:
            panel.scroll_to(y=0, animate=False)
        self._preview = preview
        title.show([Cell(preview.company, "strong")], right=[Cell(preview.tier, f"tier-{preview.tier}")])
        from tracker.dashboard.views.preview_view import preview_lines

        panel.show(preview_lines(preview, self.now(), until=self.past))


def _read_preview(path: "Path", application_id: int) -> "Preview | None":
    """In a thread, the imports included: nothing of it is needed for the first paint."""
    import tracker.dashboard.views.preview_view  # noqa: F401 - what the event loop needs next
    from tracker.preview import load_preview

    return load_preview(path, application_id)
