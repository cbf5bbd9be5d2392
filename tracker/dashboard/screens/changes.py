"""The history of changes: every step with its time, what it did beside it, and a key that takes it back."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.changes_view import details_entries, step_cells, step_columns
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from tracker.change_details import ChangeDetails
    from tracker.changes import ChangeSummary

PAGE = 1000
"""Steps that are read at a time; the next ones come when the cursor nears the end."""
NEAR_END = 20
"""Steps before the end at which more are read."""
SIDE_BY_SIDE = 100
"""Columns from which what a step did stands beside the list."""


class ChangesScreen(ListingScreen):
    """The newest steps first."""

    HELP: ClassVar[str] = later(
        "Everything that was written, the newest first, and what each step did. z takes the step under the cursor back "
        "and keeps what came since; u takes back the newest step that counts, U brings back the one undone last. All "
        "of it works after a restart too. Enter reads on in what a step did, Esc comes back."
    )
    CSS_PATH = "changes.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "revert", later("take back"), id="changes.revert"),
        Binding("u", "undo", later("undo"), id="change.undo"),
        Binding("U", "redo", later("redo"), id="change.redo"),
    ]

    @dataclass
    class Loaded(Message):
        """The steps were read."""

        steps: tuple["ChangeSummary", ...]
        is_all: bool

    @dataclass
    class Described(Message):
        """What a step did was read."""

        details: "ChangeDetails"

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, ChangeSummary] = {}
        self._wanted: int | None = PAGE
        """How many steps are read; ``None`` for all."""
        self._is_all = False
        self._described = 0
        """The step whose details are shown."""

    def compose(self) -> ComposeResult:
        """The count, the steps, what the one under the cursor did."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(step_columns(), self, id="list")
            yield Page(id="details")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the steps."""
        self.reload()

    def on_resize(self, event: "events.Resize") -> None:
        """Beside the list, or below it."""
        self.set_class(event.size.width >= SIDE_BY_SIDE, "-two")

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a step."""
        return step_cells(self.by_id[key], self.now())

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - every change is a step
        """Read the steps anew."""
        wanted = self._wanted

        def read(session: "Session") -> "ChangesScreen.Loaded":
            from tracker.changes import list_changes

            steps = list_changes(session, limit=wanted)
            return self.Loaded(steps, is_all=wanted is None or len(steps) < wanted)

        self.load("changes", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {step.id: step for step in message.steps}
        self._is_all = message.is_all
        self._described = 0
        self.show_list()

    def _read_more(self, wanted: int | None) -> None:
        if not self._is_all and self._wanted is not None and (wanted is None or wanted > self._wanted):
            self._wanted = wanted
            self.reload()

    def show_list(self) -> None:
        """Show what the filter leaves; a filter looks through all steps."""
        if self.typed:
            self._read_more(None)
        words = name_key(self.typed).split()
        shown = [step.id for step in self.by_id.values() if all(word in name_key(step.name) for word in words)]
        self.table.empty = (
            _("Nothing has these words. Esc clears the filter.") if words else _("Nothing was changed yet.")
        )
        self.table.show(shown)
        self.table.repaint()
        count = f"  {len(shown)}" + ("" if self._is_all else "+")
        title = [Cell(_("History of changes"), "title"), Cell(count, "muted")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)
        self._describe()

    @on(Table.Highlighted, "#list")
    def _describe(self) -> None:
        table = self.table
        if len(table.order) - table.position < NEAR_END and not self.typed:
            self._read_more(len(self.by_id) + PAGE)
        step = self._current()
        if step is None:
            self._described = 0
            self.query_one(Page).show(())
        elif step.id != self._described:
            set_id, now = step.id, self.now()

            def read(session: "Session") -> "ChangeDetails":
                from tracker.change_details import describe_change

                return describe_change(session, set_id=set_id, now=now)

            self.load("details", read, self.Described)

    @on(Described)
    def _show_details(self, message: Described) -> None:
        step = self._current()
        if step is not None and step.id == message.details.step.id:
            is_another = self._described != step.id
            self._described = step.id
            page = self.query_one(Page)
            page.show(details_entries(message.details, self.now()))
            if is_another:
                page.scroll_home(animate=False)

    def _current(self) -> "ChangeSummary | None":
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    # Acting

    @on(Table.Chosen, "#list")
    def _read_on(self) -> None:
        self.add_class("-reading")
        self.query_one(Page).focus()

    def action_clear(self) -> None:
        """Back to the list; there, give up the filter, or leave."""
        if self.focused is self.query_one(Page):
            self.remove_class("-reading")
            self.table.focus()
        else:
            super().action_clear()

    def on_descendant_focus(self) -> None:
        """Tab leads back to the list too."""
        if self.focused is self.table:
            self.remove_class("-reading")

    def action_revert(self) -> None:
        """Take the step under the cursor back, and keep what was done since."""
        step = self._current()
        if step is None:
            return
        sentence = (_("Taken back: {name}") if step.kind == "revert" else _("Reverted: {name}")).format(name=step.name)
        backend = self.backend

        def say(_step: object) -> None:
            self._moved_in_time(_("{sentence} · {key} undo").format(sentence=sentence, key="u"))

        self.submit(lambda: backend.revert(step.id), say)
