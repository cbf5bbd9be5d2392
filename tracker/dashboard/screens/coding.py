"""Coding tasks in the order in which they are worth practising, and the one under the cursor."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import coding_form as dialogs
from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.coding_view import task_cells, task_columns, task_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later, ngettext
from tracker.text import name_key
from tracker.words import solved_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.coding.tasks import CodingTask, Solution


class CodingScreen(BriefingWay, ListingScreen):
    """The tasks, and what is known of one."""

    HELP: ClassVar[str] = later(
        "Coding tasks (手撕), the ones worth practising first: what failed last, then what needed a look, then what "
        "was never tried. d opens your editor on a scratch file and starts the clock; w only starts the clock, for "
        "paper, a whiteboard or the judge's page. Afterwards one key says how it went. e writes link, limit and "
        "variants, o opens the link, y copies it, C keeps the tasks of one company. Tab goes to the task, where Enter "
        "on a solution shows all of its code, and on the title opens the question with its answer."
    )
    PLACEHOLDER: ClassVar[str] = later("task, topic, variant, result")
    CSS_PATH = "coding.tcss"
    SIDE_BY_SIDE = 110
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "practise", later("practise"), id="coding.practise"),
        Binding("w", "paper", later("on paper"), id="coding.paper"),
        Binding("e", "edit", later("edit"), id="coding.edit"),
        Binding("n", "new", later("new"), id="coding.new"),
        Binding("o", "open_link", later("open link"), id="coding.open_link"),
        Binding("C", "company", later("company"), id="coding.company"),
        Binding("y", "copy", later("copy"), show=False, id="coding.copy"),
    ]

    @dataclass
    class Loaded(Message):
        """The tasks were read."""

        tasks: tuple["CodingTask", ...]
        company: str

    @dataclass
    class SolutionsLoaded(Message):
        """How one task went was read."""

        question_id: int
        solutions: tuple["Solution", ...]

    def __init__(self, *, company_id: int | None = None, question_id: int | None = None) -> None:
        """All tasks.

        Args:
            company_id: keep those that were asked there.
            question_id: the one that the cursor begins on.
        """
        super().__init__()
        self.by_id: dict[int, CodingTask] = {}
        self.company_id = company_id
        self._company = ""
        self._wanted = question_id
        self._solutions: dict[int, tuple[Solution, ...]] = {}
        self._expanded: set[str] = set()

    def compose(self) -> ComposeResult:
        """The tasks, and one of them."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(task_columns(), self, id="list")
            yield Page(id="task")
        yield self.key_bar

    def _nothing(self) -> str:
        if self.typed:
            return _("Nothing has these words. Esc clears the filter.")
        if self.company_id is not None:
            return _("No coding task is known from there. Esc shows all of them.")
        return _("No coding task yet: n adds one, I imports your notes.")

    def on_mount(self) -> None:
        """Read the tasks."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a task."""
        return task_cells(self.by_id[key])

    @property
    def unfit_actions(self) -> Collection[str]:
        """Without a task there is only a new one to write."""
        return () if self.by_id else ("practise", "paper", "edit", "open_link")

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the tasks anew."""
        now, company_id = self.now(), self.company_id

        def read(session: "Session") -> "CodingScreen.Loaded":
            from prep.coding.tasks import list_tasks
            from tracker.companies import view_company

            company = view_company(session, company_id).name if company_id is not None else ""
            return self.Loaded(list_tasks(session, now=now, company_id=company_id), company)

        self.load("coding", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {task.id: task for task in message.tasks}
        self._company = message.company
        self._solutions.clear()
        self.show_list()
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None
        self._preview()
        self.refresh_bindings()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key, task in self.by_id.items() if all(word in _haystack(task) for word in words)]
        self.table.empty = self._nothing()
        self.table.show(shown)
        self.table.repaint()
        left = [Cell(_("Coding tasks"), "title"), Cell(f"  {len(shown)}", "muted")]
        left += [Cell(f"  {self._company}", "key", elastic=True)] if self._company else []
        left += [Cell(f"  /{self.typed}", "key")] if self.typed else []
        failed = sum(task.solved == "failed" for task in self.by_id.values())
        words_right = ngettext("{n} failed last time", "{n} failed last time", failed).format(n=failed)
        self.query_one(Bar).show(left, (), (Cell(words_right if failed else "", "warning"),))
        self._preview()

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        task, page = self.current(), self.query_one(Page)
        if task is None:
            page.show(())
            return
        solutions = self._solutions.get(task.id)
        page.show(task_entries(task, solutions or (), self.now(), self._expanded))
        if solutions is None and not task.attempts:
            self._solutions[task.id] = ()
        elif solutions is None:
            number = task.id

            def read(session: "Session") -> "CodingScreen.SolutionsLoaded":
                from prep.coding.tasks import list_solutions

                return self.SolutionsLoaded(number, list_solutions(session, question_id=number))

            self.load("solutions", read, lambda found: found)

    @on(SolutionsLoaded)
    def _take_solutions(self, message: SolutionsLoaded) -> None:
        self._solutions[message.question_id] = message.solutions
        task = self.current()
        if task is not None and task.id == message.question_id:
            self._preview()

    def current(self) -> "CodingTask | None":
        """The task under the cursor."""
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    # Acting

    @on(Table.Chosen, "#list")
    def action_practise(self) -> None:
        """Open the editor on a scratch file, and start the clock."""
        self._practise("editor")

    def action_paper(self) -> None:
        """Start only the clock."""
        self._practise("paper")

    def _practise(self, manner: str) -> None:
        task = self.current()
        if task is not None:
            self.ashore.open_page(
                "coding_practice",
                question_id=task.id,
                among=tuple(self.table.order),
                manner=manner,
                company_id=self.company_id,
            )

    @on(Page.Chosen, "#task")
    def _open_entry(self, event: Page.Chosen) -> None:
        task = self.current()
        if task is not None and event.key == "task":
            self.ashore.open_page("question", question_id=task.id)
        elif event.key == "link":
            self.action_open_link()
        elif event.key.startswith("solution:"):
            self._expanded ^= {event.key}
            self._preview()

    def action_edit(self) -> None:
        """Link, limit and variants."""
        if (task := self.current()) is not None:
            dialogs.ask_task(self, task)

    def action_new(self) -> None:
        """Another task."""
        dialogs.ask_new_task(self, self._reach)

    def _reach(self, question_id: int) -> None:
        self._wanted, self.company_id, self.typed = question_id, None, ""
        self.reload()

    def action_open_link(self) -> None:
        """Open the page of the task, or the judge's search for it."""
        if (task := self.current()) is not None:
            open_link(self, task.link or next((number.search for number in task.numbers), ""))

    def action_copy(self) -> None:
        """Copy the link, the judge's number, or the words of the task."""
        task = self.current()
        copy_text(self, "" if task is None else task.link or next((one.name for one in task.numbers), task.text))

    def action_company(self) -> None:
        """Only the tasks of one company."""
        ask_company_for(self, self.company_id, self._keep_company)

    def _keep_company(self, company_id: int | None) -> None:
        self.company_id = company_id
        self.reload()

    def briefable(self) -> Briefable | None:
        """The company whose tasks are shown."""
        return None if self.company_id is None else Briefable(self.company_id)

    def drop_filters(self) -> bool:
        """Give up the company."""
        if self.company_id is None:
            return False
        self._keep_company(None)
        return True

    def action_clear(self) -> None:
        """Back to the list; there, give up the filters, or leave."""
        if self.focused is self.query_one(Page):
            self.table.focus()
        else:
            super().action_clear()


def _haystack(task: "CodingTask") -> str:
    """What typing looks into."""
    result = solved_word(task.solved) if task.solved else ""
    names = (number.name for number in task.numbers)
    return name_key(" ".join((task.text, task.topic, *task.variants, *names, task.link, result)))
