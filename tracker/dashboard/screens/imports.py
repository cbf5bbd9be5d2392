"""Choosing what to import: type, paste or drop a path, or walk through the folders. A dry run follows, always."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from tracker.dashboard.paths import FileEntry, list_folder, read_paths
from tracker.dashboard.screens.rehearsal import RehearsingScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.imports_view import FileRows
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later


class ImportScreen(RehearsingScreen):
    """Where the notes are; Enter shows what they would become."""

    HELP: ClassVar[str] = later(
        "Type or drop the path of your notes; Tab completes it, the arrows choose from the folder, and its first line "
        "takes the whole folder. You see what each line would become; nothing is written before you say so there, and "
        "u takes the whole import back."
    )
    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", later("back, nothing written"), id="import.back", key_display="Esc"),
        Binding("tab", "complete", later("complete the path"), id="import.complete", priority=True),
        Binding("down", "step(1)", later("Down"), show=False, id="import.down"),
        Binding("up", "step(-1)", later("Up"), show=False, id="import.up"),
    ]

    @dataclass
    class Listed(Message):
        """A folder was read."""

        typed: str
        entries: tuple[FileEntry, ...]

    def __init__(self, *, path: str = "") -> None:
        """The screen; ``path`` stands in the line at first."""
        super().__init__()
        self._path = path
        self._files = FileRows()
        self._begin = 0
        """The row on which the cursor was put when the folder was read."""

    def compose(self) -> ComposeResult:
        """Title, path, a sentence, the folder."""
        yield Bar()
        yield Input(self._path, placeholder=_("~/notes/interviews.md: type, paste or drop a path"), id="path")
        yield Static("", id="status")
        yield Table((Column(_("Name"), 20, flex=1), Column(_("Size"), 18, align="right")), self._files, id="files")
        yield self.key_bar

    def on_mount(self) -> None:
        """Offer the files of the present folder."""
        self.table.can_focus = False
        self.query_one(Bar).show((Cell(_("Import"), "title"),))
        self.tell(_("Choose the file or the folder in which your hunt lives today. Enter shows what it would become."))
        self._list(self._path)

    @property
    def table(self) -> Table:
        """What the folder offers."""
        return self.query_one("#files", Table)

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something below the path."""
        status = self.query_one("#status", Static)
        status.set_class(wrong, "wrong")
        status.update(content(sentence))

    # Choosing

    @on(Input.Changed, "#path")
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        self.run_thread("folder", lambda: list_folder(typed), lambda entries: self.Listed(typed, entries))

    @on(Listed)
    def _offer(self, message: Listed) -> None:
        if message.typed == self.query_one("#path", Input).value:
            entries = self._files.entries = message.entries
            # What was not typed is not taken whole by an Enter too many.
            self._begin = 1 if not message.typed and len(entries) > 1 and entries[0].is_whole else 0
            self.table.show(range(len(entries)))
            self.table.position = self._begin
            self.table.repaint()

    def action_complete(self) -> None:
        """Complete the path by the row under the cursor; the whole folder is no path to complete, the next row is."""
        entry = self._entry()
        if entry is not None and entry.is_whole and len(self._files.entries) > 1:
            entry = self._files.entries[1]
        if entry is not None:
            line = self.query_one("#path", Input)
            line.value = entry.typed
            line.cursor_position = len(entry.typed)

    def action_step(self, lines: int) -> None:
        """Move in the folder while typing."""
        self.table.action_move(lines)

    def _entry(self) -> FileEntry | None:
        key = self.table.cursor_key
        return self._files.entries[key] if key is not None and key < len(self._files.entries) else None

    @on(Input.Submitted, "#path")
    def _enter(self, event: Input.Submitted) -> None:
        entry = self._entry()
        at_cursor = entry is not None and (
            event.value.endswith("/") or event.value in ("", "~", entry.typed.rstrip("/"))
        )
        moved = self.table.position != self._begin
        if entry is not None and (at_cursor or moved):
            self._take(entry)
        else:
            typed = event.value
            self._plan(lambda: read_paths(typed))

    @on(Table.Chosen, "#files")
    def _choose(self) -> None:
        self.query_one("#path", Input).focus()
        entry = self._entry()
        if entry is not None:
            self._take(entry)

    def _take(self, entry: FileEntry) -> None:
        """Go into a folder, or show what a file or a whole folder would become."""
        if not entry.is_whole:
            self.action_complete()
        if entry.is_whole or not entry.is_folder:
            self._plan(lambda: (entry.path,))

    # The dry run

    def _plan(self, find: Callable[[], tuple[Path, ...]]) -> None:
        self.tell(_("Reading… nothing is written yet."))
        self.rehearse(find, {})

    @on(RehearsingScreen.Progressed)
    def _show_progress(self, message: RehearsingScreen.Progressed) -> None:
        if self.counts(message) and message.files > 1:
            sentence = _("Reading… {percent} % of {n} files. Nothing is written yet; Esc stops.")
            self.tell(sentence.format(percent=message.percent, n=message.files))

    @on(RehearsingScreen.Planned)
    def _show_plan(self, message: RehearsingScreen.Planned) -> None:
        if not self.counts(message):
            return
        if message.plan is None:
            self.tell(message.refusal, wrong=True)
            return
        from tracker.dashboard.screens.import_plan import PlanScreen

        self.tell(_("Nothing was written."))
        self.app.push_screen(PlanScreen(message.plan, opened_by=self))

    def action_back(self) -> None:
        """End the reading; without any, go to the screen before."""
        if self.is_rehearsing:
            self.end_rehearsal()
            self.tell(_("Stopped. Nothing was written."))
        else:
            self.app.pop_screen()
