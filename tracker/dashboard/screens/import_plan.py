"""What an import would do: its files, the document of one with what becomes of each line, or all changes in a list."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tracker.dashboard.rehearsing import Plan
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.screens.import_reading import DocumentScreen
from tracker.dashboard.text import content, shorten
from tracker.dashboard.views.import_documents import head, legend
from tracker.dashboard.views.import_files import file_cells, file_columns, short_names, totals
from tracker.dashboard.views.imports_view import (
    SHOWN,
    PlannedRow,
    choose_rows,
    fold_rows,
    group_counts,
    left_out_words,
    reading_notes,
    row_cells,
    row_columns,
    rows_of,
    summary,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.fated_lines import FatedLines
from tracker.dashboard.widgets.filter_line import FilterLine
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.panels import Columns
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later, ngettext
from tracker.text import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FILES, DOCUMENT, CHANGES = "files", "document", "changes"
WIDE = 110
"""Cells from which on a line is explained beside the document, not below it."""


LEAST_NAME = 16
"""Cells that the name of a file has beside the letters that stand before its lines."""


class FileCells:
    """The rows of the files; a row's key is its place."""

    def __init__(self, screen: "PlanScreen") -> None:
        self._screen = screen

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a file."""
        return file_cells(self._screen.plan.documents[key], self._screen.names[key])


class PlanScreen(DocumentScreen):
    """Nothing is written before it is said here."""

    HELP: ClassVar[str] = later(
        "What becomes of each line of your notes: Q question, A its answer, H heading, F feedback, I introduction, "
        "P interviewer prompt, J your job hunt, - left out with a reason, ? not understood. + says that a line is a "
        "question, - that it is none, b that it belongs to the answer above, s chooses the style of the part, x takes "
        "that back. c lists everything that would change, i imports it, and u takes the whole import back."
    )
    PLACEHOLDER: ClassVar[str] = later("words of a line")
    CSS_PATH = "import_plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", later("back"), show=False, id="import.leave", key_display="Esc"),
        Binding("left", "files", later("the files"), show=False, id="import.files"),
        Binding("c", "changes", later("list of changes"), id="import.changes"),
        Binding("f", "next_group", later("show another group"), id="import.group"),
        Binding("space", "unfold", later("one by one"), id="import.unfold", key_display="Space"),
        Binding("right", "open", later("Open"), show=False, id="import.open"),
    ]

    def __init__(self, plan: Plan, opened_by: AshoreScreen | None = None) -> None:
        """A screen on what a dry run found; the one that it was opened by closes with it."""
        super().__init__(plan, opened_by)
        self.mode = DOCUMENT if len(plan.paths) == 1 else FILES
        self.names = short_names(plan.paths)
        self._rows: Sequence[PlannedRow] = ()
        """What the list shows: many of one kind from one line as one row, unless they were unfolded."""
        self._all: tuple[PlannedRow, ...] = ()
        self._unfolded: set[tuple[str, int, str, str]] = set()
        self._group = ""

    def compose(self) -> ComposeResult:
        """Title, a sentence, then the files, the document or the changes."""
        yield Bar()
        yield Static("", id="status")
        yield Table(file_columns(), FileCells(self), id="files", empty=_("No file has these words in its name."))
        with Columns(id="body"):
            yield FatedLines(id="document")
            yield Page(id="explained")
        yield Table(row_columns(several=False), self, id="list", empty=_("No line of this kind."))
        yield self.key_bar

    def on_mount(self) -> None:
        """Show the file, or the files."""
        self.query_one("#explained").can_focus = False
        self.table_of(CHANGES).set_columns(row_columns(several=len(self.plan.paths) > 1))
        self._all = rows_of(self.plan)
        self.open_file(0)
        self.show_mode(self.mode)

    def on_resize(self, event: events.Resize) -> None:
        """A line is explained where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._title()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a change."""
        return row_cells(self._rows[key], several=len(self.plan.paths) > 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for what is shown."""
        if action in ("next_group", "unfold"):
            return self.mode == CHANGES
        if action == "open":
            return self.mode == FILES
        if action == "files":
            return self.mode == DOCUMENT and len(self.plan.paths) > 1
        return super().check_action(action, parameters)

    @property
    def unfit_actions(self) -> "Collection[str]":
        """The line of keys of a document is for what is done to lines; that it can be searched is known."""
        return ("filter",) if self.mode == DOCUMENT else ()

    # Files, document, changes

    @property
    def is_reading(self) -> bool:
        """Whether the document is what is shown."""
        return self.mode == DOCUMENT

    def table_of(self, mode: str) -> Table:
        """What is shown in a mode."""
        return self.query_one({FILES: "#files", DOCUMENT: "#document", CHANGES: "#list"}[mode], Table)

    @property
    def table(self) -> Table:
        """What the keys move in."""
        return self.table_of(self.mode)

    def show_mode(self, mode: str) -> None:
        """Show the files, the document or the changes."""
        self.mode = mode
        for other in (FILES, DOCUMENT, CHANGES):
            self.set_class(mode == other, f"-{other}")
        self.typed = ""
        self.show_list()
        self.table.focus()
        self.refresh_bindings()

    def show_list(self) -> None:
        """Show what the filter leaves; in a document, where it stands."""
        if self.mode == FILES:
            words = name_key(self.typed).split()
            self.table.show(at for at, name in enumerate(self.names) if all(word in name_key(name) for word in words))
        elif self.mode == CHANGES:
            self._rows = self._all if self.typed else fold_rows(self._all, self._unfolded)
            self.table.show(choose_rows(self._rows, group=self._group, typed=self.typed))
        else:
            self.lines.search(self.typed)
        self.table.repaint()
        self._title()

    def _title(self) -> None:
        bar = self.query_one(Bar)
        sentences = [self._sentence(), reading_notes(self.plan.report)]
        if self.mode == FILES:
            bar.show(totals(self.plan.documents))
            sentences.append(left_out_words(self.plan.left_out))
        elif self.mode == CHANGES:
            bar.show(group_counts(self._all, self._group))
        else:
            sentences = [head(self.document), reading_notes(self.plan.report, self.document.report)]
            name = Cell(shorten(self.names[self.at]), "title", elastic=True)
            bar.show([name, Cell("  "), *legend(self.document, self.size.width - LEAST_NAME)])
        status = self.query_one("#status", Static)
        status.update(content("\n".join(filter(None, sentences))))

    def _sentence(self) -> str:
        sentence = _("{files} would become: {summary}. {key} imports it, Esc leaves everything as it is.")
        count = len(self.plan.paths)
        files = self.names[0] if count == 1 else ngettext("{n} file", "{n} files", count).format(n=count)
        return sentence.format(files=files, summary=summary(self.plan.report), key="i")

    @on(FilterLine.Stepped)
    def _step(self, message: FilterLine.Stepped) -> None:
        """The arrows go from hit to hit of a document."""
        if self.mode == DOCUMENT:
            message.stop()
            message.prevent_default()
            self.lines.action_hit(message.lines)

    @on(Table.Chosen, "#files")
    def action_open(self) -> None:
        """Show the document of the file under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            if key != self.at:
                self.open_file(key)
            self.show_mode(DOCUMENT)

    def action_files(self) -> None:
        """Back to the files."""
        self.show_mode(FILES)
        self.table.move_to(self.at)

    def action_changes(self) -> None:
        """Everything that would change in a list, or back to where it was."""
        if self.mode != CHANGES:
            self._before = self.mode
            self.show_mode(CHANGES)
        else:
            self.show_mode(self._before)

    _before = DOCUMENT
    """What was shown before the changes."""

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

    def action_back(self) -> None:
        """From a filter to what it hid, from the changes or the document to the files, from there to choosing."""
        if self.is_writing:
            self.say(_("The import is being written; u takes it back when it is done."))
        elif self.typed:
            self.action_clear()
        elif self.mode == CHANGES and self._group:
            self._group = ""
            self.show_list()
        elif self.mode == CHANGES:
            self.show_mode(self._before)
        elif self.check_action("files", ()):
            self.action_files()
        else:
            self.end_rehearsal()
            self.app.pop_screen()

    # The dry run, and writing

    def plan_taken(self) -> None:
        """Show what the files are read as now; everything stays where it is."""
        self.names = short_names(self.plan.paths)
        self._all = rows_of(self.plan)
        self.show_again()
        self.show_list()

    @on(Table.Chosen, "#list")
    @on(Table.Chosen, "#document")
    def _entered(self) -> None:
        """Enter writes a single file; of several, one may only be looking."""
        if len(self.plan.paths) == 1:
            self.action_write()
        else:
            self.say(_("i imports all {n} files").format(n=len(self.plan.paths)))
