"""Importing notes: choose files, see line by line what they would become, then write it as one step."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from tracker.dashboard.paths import FileEntry, list_folder, read_paths
from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.imports_view import (
    SHOWN,
    FileRows,
    PlannedRow,
    choose_rows,
    fold_rows,
    group_counts,
    reading_notes,
    row_cells,
    row_columns,
    rows_of,
    summary,
    written_words,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.errors import AshoreError
from tracker.imports.document import read_document
from tracker.messages import _, later

if TYPE_CHECKING:
    from prep.importing import ImportReport
    from tracker.dashboard.backend import Backend


class ImportScreen(ListingScreen):
    """A dry run first, always; Enter writes what it showed."""

    HELP: ClassVar[str] = later(
        "Type or drop the path of your notes; Tab completes it, the arrows choose from the folder. You see what each "
        "line would become; nothing is written before you press Enter there, and u takes the whole import back."
    )
    PLACEHOLDER: ClassVar[str] = later("words of a line")
    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", later("back, nothing written"), id="import.back", key_display="Esc"),
        Binding("i", "write", later("import"), id="import.write", key_display="i"),
        Binding("f", "next_group", later("show another group"), id="import.group"),
        Binding("space", "unfold", later("one by one"), id="import.unfold", key_display="Space"),
        Binding("tab", "complete", later("complete the path"), id="import.complete", priority=True),
        Binding("down", "step(1)", later("Down"), show=False, id="import.down"),
        Binding("up", "step(-1)", later("Up"), show=False, id="import.up"),
    ]

    @dataclass
    class Listed(Message):
        """A folder was read."""

        typed: str
        entries: tuple[FileEntry, ...]

    @dataclass
    class Planned(Message):
        """A dry run came back; or the sentence that says why not."""

        paths: tuple[Path, ...]
        report: "ImportReport | None"
        refusal: str = ""
        lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
        """The lines of each file, to show beside what they become."""

    def __init__(self, *, path: str = "") -> None:
        """The screen; ``path`` stands in the line at first."""
        super().__init__()
        self._path = path
        self._files = FileRows()
        self._all: tuple[PlannedRow, ...] = ()
        self._rows: Sequence[PlannedRow] = ()
        """What the list shows: many of one kind from one line as one row, unless they were unfolded."""
        self._unfolded: set[tuple[str, int, str, str]] = set()
        self._paths: tuple[Path, ...] = ()
        self._report: ImportReport | None = None
        self._group = ""
        self._writing = False

    def compose(self) -> ComposeResult:
        """Title, path, a sentence, the folder or the plan."""
        yield Bar()
        yield Input(self._path, placeholder=_("~/notes/interviews.md: type, paste or drop a path"), id="path")
        yield Static("", id="status")
        yield Table((Column(_("Name"), 20, flex=1), Column(_("Size"), 9, align="right")), self._files, id="files")
        yield Table(row_columns(several=False), self, id="list", empty=_("No line of this kind."))
        yield self.key_bar

    def on_mount(self) -> None:
        """Offer the files of the present folder."""
        self.query_one("#files").can_focus = False
        self._tell(_("Choose the file in which your hunt lives today. Enter shows what it would become."))
        self._title()
        self._list(self._path)

    def reload(self, applications: Collection[int] | None = None) -> None:
        """What would change depends on what is there: plan anew."""
        if self._report is not None and applications is None and not self._writing:
            self._plan(self._paths)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a line."""
        return row_cells(self._rows[key], several=len(self._paths) > 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the plan wait for it."""
        if action in ("write", "next_group", "filter", "unfold"):
            return self._report is not None
        if action in ("complete", "step"):
            return self._report is None
        return super().check_action(action, parameters)

    def _tell(self, sentence: str, *, wrong: bool = False) -> None:
        status = self.query_one("#status", Static)
        status.set_class(wrong, "wrong")
        status.update(content(sentence))

    def _title(self) -> None:
        if self._report is None:
            self.query_one(Bar).show((Cell(_("Import"), "title"),))
        else:
            self.query_one(Bar).show(group_counts(self._all, self._group))

    # Choosing

    @on(Input.Changed, "#path")
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        self.run_thread("folder", lambda: list_folder(typed), lambda entries: self.Listed(typed, entries))

    @on(Listed)
    def _offer(self, message: Listed) -> None:
        if message.typed == self.query_one("#path", Input).value:
            self._files.entries = message.entries
            table = self.query_one("#files", Table)
            table.show(range(len(message.entries)))
            table.position = 0
            table.repaint()

    def action_complete(self) -> None:
        """Complete the path by the row under the cursor."""
        entry = self._entry()
        if entry is not None:
            line = self.query_one("#path", Input)
            line.value = entry.typed
            line.cursor_position = len(entry.typed)

    def action_step(self, lines: int) -> None:
        """Move in the folder while typing."""
        self.query_one("#files", Table).action_move(lines)

    def _entry(self) -> FileEntry | None:
        key = self.query_one("#files", Table).cursor_key
        return self._files.entries[key] if key is not None and key < len(self._files.entries) else None

    @on(Input.Submitted, "#path")
    def _enter(self, event: Input.Submitted) -> None:
        entry = self._entry()
        at_cursor = entry is not None and (
            event.value.endswith("/") or event.value in ("", "~", entry.typed.rstrip("/"))
        )
        moved = self.query_one("#files", Table).position > 0
        if entry is not None and (at_cursor or moved):
            self.action_complete()
            if entry.is_folder:
                return
            self._plan((entry.path,))
        else:
            typed = event.value
            self._rehearse(lambda: read_paths(typed))

    @on(Table.Chosen, "#files")
    def _choose(self) -> None:
        self.query_one("#path", Input).focus()
        self.action_complete()
        entry = self._entry()
        if entry is not None and not entry.is_folder:
            self._plan((entry.path,))

    # The plan

    def _plan(self, paths: tuple[Path, ...]) -> None:
        self._rehearse(lambda: paths)

    def _rehearse(self, find: Callable[[], tuple[Path, ...]]) -> None:
        self._tell(_("Reading… nothing is written yet."))
        backend = self.backend
        self.run_thread("plan", lambda: import_or_refuse(backend, find(), dry_run=True), lambda planned: planned)

    @on(Planned)
    def _show_plan(self, message: Planned) -> None:
        self._report, self._paths = message.report, message.paths
        self._all = rows_of(message.report, message.lines) if message.report is not None else ()
        self.set_class(message.report is not None, "-planned")
        if message.report is None:
            self._tell(message.refusal, wrong=True)
            self.query_one("#path", Input).focus()
        else:
            notes = reading_notes(message.report)
            names = ", ".join(path.name for path in message.paths)
            sentence = _("{files} would become: {summary}. Enter imports it, Esc leaves everything as it is.")
            self._tell("\n".join(filter(None, (sentence.format(files=names, summary=summary(message.report)), notes))))
            self.table.set_columns(row_columns(several=len(self._paths) > 1))
            self.show_list()
            self.table.focus()
        self._title()
        self.refresh_bindings()

    def show_list(self) -> None:
        """Show the lines of the chosen group; what is typed looks at things one by one."""
        self._rows = self._all if self.typed else fold_rows(self._all, self._unfolded)
        self.table.show(choose_rows(self._rows, group=self._group, typed=self.typed))
        self.table.repaint()
        self._title()

    def action_next_group(self) -> None:
        """Show only new lines, only changed ones, only those to review."""
        present = [group for group in SHOWN if not group or any(row.group == group for row in self._all)]
        at = present.index(self._group) if self._group in present else 0
        self._group = present[(at + 1) % len(present)]
        self.show_list()

    def action_unfold(self) -> None:
        """Show what the row under the cursor stands for one by one, or as one row again."""
        key = self.table.cursor_key
        place = self._rows[key].place if key is not None else None
        folded = next((at for at, row in enumerate(self._rows) if row.folded and row.place == place), None)
        if place is not None and folded is not None:
            self._unfolded ^= {place}
            self.table.move_to(folded)
            self.show_list()

    def drop_filters(self) -> bool:
        """Show all lines, then the folder again."""
        if self._group:
            self._group = ""
            self.show_list()
            return True
        return False

    def action_back(self) -> None:
        """From a filter to the plan, from the plan to the folder, from there to the screen before."""
        if self._writing:
            self.say(_("The import is being written; u takes it back when it is done."))
        elif self._report is None:
            self.app.pop_screen()
        elif self.typed or self._group:
            self.action_clear()
        else:
            self._show_plan(self.Planned((), None, _("Nothing was written.")))

    # Writing

    @on(Table.Chosen, "#list")
    def action_write(self) -> None:
        """Write the plan as one step."""
        if self._report is None or self._writing:
            return
        self._writing = True
        paths, backend = self._paths, self.backend
        self._tell(_("Importing…"))
        self.submit(lambda: import_or_refuse(backend, paths, dry_run=False), self._done)

    def _done(self, outcome: "ImportScreen.Planned") -> None:
        self._writing = False
        if outcome.report is None:
            self._show_plan(outcome)
            return
        app = self.ashore
        app.pop_screen()
        app.post_message(DatabaseChanged())
        app.say_in_front(written_words(outcome.report), undo=outcome.report.change_set is not None)


def import_or_refuse(backend: "Backend", paths: tuple[Path, ...], *, dry_run: bool) -> ImportScreen.Planned:
    """The report of an import or of its rehearsal, or the sentence that says why there is none."""
    if not paths:
        return ImportScreen.Planned((), None, _("Type the path of a file first."))
    try:
        report = backend.import_files(paths, dry_run=dry_run)
        lines = {str(path): read_document(path).lines for path in paths} if dry_run else {}
        return ImportScreen.Planned(paths, report, lines=lines)
    except AshoreError as error:
        return ImportScreen.Planned(paths, None, str(error))
