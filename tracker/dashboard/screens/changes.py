"""The history of changes: every step with its time; what was undone is marked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.message import Message

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.text import name_key
from tracker.times import show_time
from tracker.words import step_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.changes import ChangeSummary

MOST = 1000
"""Steps shown."""


class ChangesScreen(ListingScreen):
    """The newest steps first."""

    HELP: ClassVar[str] = later(
        "Everything that was written, the newest first. u takes back the newest step that is not undone yet, U brings "
        "back the one undone last; both work after a restart too."
    )
    CSS_PATH = "changes.tcss"
    AUTO_FOCUS = "#list"

    @dataclass
    class Loaded(Message):
        """The steps were read."""

        steps: tuple["ChangeSummary", ...]

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, ChangeSummary] = {}

    def compose(self) -> ComposeResult:
        """The count and the steps."""
        yield Bar()
        yield Table(
            (
                Column(_("When"), 16),
                Column(_("What"), 10),
                Column(_("Step"), 20, flex=1),
                Column(_("Rows"), 5, align="right", drop=2),
                Column(_("State"), 8, drop=1),
            ),
            self,
            empty=_("Nothing was changed yet."),
            id="list",
        )
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the steps."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - every change is a step
        """Read the steps anew."""
        self.load("changes", read_steps, self.Loaded)

    def on_changes_screen_loaded(self, message: Loaded) -> None:
        """Show the steps."""
        self.by_id = {step.id: step for step in message.steps}
        self.show_list()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [step.id for step in self.by_id.values() if all(word in name_key(step.name) for word in words)]
        self.table.show(shown)
        self.table.repaint()
        title = [Cell(_("History of changes"), "title"), Cell(f"  {len(shown)}", "muted")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a step."""
        step, now = self.by_id[key], self.now()
        quiet = "faint" if step.undone or step.kind in ("undo", "redo") else ""
        return (
            Cell(show_time(step.recorded_at, "minute", now=now, zone=zone_of(now)), "muted"),
            Cell(step_word(step.kind), "muted"),
            Cell(step.name, quiet),
            Cell(str(step.rows), "faint"),
            Cell(_("undone") if step.undone else "", "warning"),
        )


def read_steps(session: "Session") -> tuple["ChangeSummary", ...]:
    """The newest steps."""
    from tracker.changes import list_changes

    return list_changes(session, limit=MOST)
