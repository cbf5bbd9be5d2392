"""Home: what to do now, where everything stands, and what is known of the application under the cursor."""

from typing import ClassVar

from textual.app import ComposeResult

from tracker.board import BoardRow
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later


class HomeScreen(AshoreScreen):
    """The first screen."""

    HELP: ClassVar[str] = later("Everything that is under way, the nearest first.")

    def compose(self) -> ComposeResult:
        self.rows = {
            row.application_id: row for row in (self.ashore.first_board.rows if self.ashore.first_board else ())
        }
        yield Table((Column(_("Company"), 12, flex=1), Column(_("Stage"), 8)), self, id="board")
        yield self.key_bar

    def on_mount(self) -> None:
        self.query_one(Table).show(self.rows)

    def cells(self, key: int) -> tuple[Cell, ...]:
        row: BoardRow = self.rows[key]
        return (Cell(row.company), Cell(row.stage, f"phase-{row.phase}"))
