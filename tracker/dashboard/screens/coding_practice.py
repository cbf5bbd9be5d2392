"""Practising one coding task: in the editor on a scratch file, or on paper; the time runs, one key says how it went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.coding_beginning import CodingBeginning
from tracker.dashboard.text import shorten
from tracker.dashboard.views.coding_reading import Desk, read_desk
from tracker.dashboard.views.coding_view import (
    about_entries,
    is_over,
    rating_reason,
    state_entries,
    task_name,
    took_words,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.confirm import Confirm
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.words import solved_word

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

ENDED = ("editor", "start_or_stop", "finish", "time")
"""What is not offered any more once a result is recorded."""
ROOM = 26
"""Cells of the first line that are left for the time."""


class CodingPracticeScreen(CodingBeginning):
    """A task, its clock, and how it went."""

    HELP: ClassVar[str] = later(
        "E opens your editor on a scratch file, and the clock runs until you leave it. space starts and stops the "
        "clock alone, for paper, a whiteboard or the judge's page. Then say how it went: 1 solved alone, 2 with a "
        "look, 3 not solved; the code is kept with it, and u takes it back. Esc goes on another time: time and code "
        "are kept, also when the program ends. t corrects the time, N begins anew, ] goes to the next task."
    )
    CSS_PATH = "coding_practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", later("back"), id="page.back", key_display="Esc"),
        Binding("E", "editor", later("editor"), id="coding_practice.editor"),
        Binding("space", "start_or_stop", later("clock"), id="coding_practice.clock"),
        Binding("1", "finish('alone')", later("alone"), id="coding_practice.alone"),
        Binding("2", "finish('looked')", later("with a look"), id="coding_practice.looked"),
        Binding("3", "finish('failed')", later("not solved"), id="coding_practice.failed"),
        Binding("t", "time", later("time"), id="coding_practice.time"),
        # Before the page, where it would go to the next heading.
        Binding(
            "right_square_bracket,】", "next", later("next"), id="coding_practice.next", key_display="]", priority=True
        ),
        Binding("N", "anew", later("begin anew"), show=False, id="coding_practice.anew"),
        Binding("o", "open_link", later("open link"), show=False, id="coding_practice.open_link"),
        Binding("y", "copy", later("copy"), show=False, id="coding_practice.copy"),
    ]

    @dataclass
    class Loaded(Message):
        """What lies ready was read."""

        desk: Desk

    def __init__(
        self,
        *,
        question_id: int,
        among: Sequence[int] = (),
        manner: str = "",
        company_id: int | None = None,
        round_id: int | None = None,
    ) -> None:
        """A task.

        Args:
            question_id: the task.
            among: the tasks that ``]`` goes on to.
            manner: editor or paper, where it begins at once; else it waits for a key.
            company_id: the company that is practised for.
            round_id: the round that is practised for.
        """
        super().__init__(question_id=question_id, company_id=company_id, round_id=round_id)
        self.among = tuple(among)
        self._manner = manner
        """How it begins as soon as the task is read."""
        self.outcome: tuple[str, str] | None = None
        """How it went, and why that counts as what; ``None`` before."""
        self._attempts = 0
        """How often the task was practised, its result counted."""

    def compose(self) -> ComposeResult:
        """The name and the time, the task."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the task."""
        self.reload()

    def on_resize(self) -> None:
        """The time keeps its room."""
        self.paint_time()

    @property
    def unfit_actions(self) -> Collection[str]:
        """What would do nothing now."""
        if self.outcome is not None:
            return ENDED if self.at_next() is not None else (*ENDED, "next")
        return () if self.at_next() is not None else ("next",)

    @property
    def has_ended(self) -> bool:
        """Whether a result is recorded."""
        return self.outcome is not None

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the task anew; a clock that runs goes on."""
        number, now, folder = self.question_id, self.now(), self.folder
        self.load(
            "coding",
            lambda session: read_desk(session, question_id=number, now=now, folder=folder),
            self.Loaded,
        )

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        desk = message.desk
        if desk.task.id != self.question_id:
            return
        self.desk = desk
        if not self.runs and not self.starts:
            self.practice = desk.practice
        if desk.task.attempts < self._attempts:
            self.outcome, self._attempts = None, 0  # taken back, here or elsewhere
        self.text = desk.text if desk.has_code else None
        self.paint()
        manner, self._manner = self._manner, ""
        if manner:
            self.begin_or_ask(with_editor=manner == "editor")

    def paint(self) -> None:
        """Show the task, and what can be done now."""
        self.paint_time()
        if self.desk is None:
            return
        state = state_entries(
            outcome=self.outcome,
            is_running=self.runs,
            has_time=self.worked() > 0 or (self.text is not None and not self.text.is_untouched),
            remark=self.remark,
            path=self.desk.path,
            code=self.text.code if self.text is not None else "",
        )
        self.query_one(Page).show((*about_entries(self.desk.task), *state))
        self.refresh_bindings()

    def paint_time(self) -> None:
        """Show the time."""
        if self.desk is None:
            return
        task, worked = self.desk.task, self.worked()
        state = _("running") if self.runs else _("done") if self.outcome is not None else _("the clock stands")
        clock = Cell(took_words(worked, task.minutes), "warning" if is_over(worked, task.minutes) else "strong")
        name = shorten(task_name(task), max(10, self.size.width - ROOM - cell_len(state)))
        self.query_one(Bar).show((Cell(name, "title"),), (), (Cell(state + "  ", "key"), clock))

    # Ending

    def action_finish(self, solved: str) -> None:
        """How it went. An empty file is asked about: the code may be somewhere else."""
        if self.desk is None or self.starts:
            return
        if self.has_ended:
            self.say(_("It is recorded already; u takes it back."))
        elif self.runs:
            self.stop(lambda: self.action_finish(solved))
        elif solved != "failed" and self.text is not None and self.text.is_untouched:
            sentence = _("Nothing was written in the scratch file. Record “{result}” without code?")
            sheet = Confirm(task_name(self.desk.task), sentence.format(result=solved_word(solved)))
            self.app.push_screen(sheet, lambda sure: self._record(solved) if sure else None)
        else:
            self._record(solved)

    def _record(self, solved: str) -> None:
        if self.desk is None:
            return
        code = self.text.code if self.text is not None else ""
        seconds, task, company_id, round_id = self.result_seconds(), self.desk.task, self.company_id, self.round_id
        sitting_id = self.practice.sitting_id if self.practice is not None else None

        def write(session: "Session", now: "datetime") -> str:
            from prep.coding.practice import finish_practice
            from prep.coding.tasks import rating_for, record_solution

            if sitting_id is not None:
                finish_practice(session, sitting_id=sitting_id, solved=solved, now=now, seconds=seconds, code=code)
            else:
                record_solution(
                    session,
                    question_id=task.id,
                    solved=solved,
                    now=now,
                    seconds=seconds,
                    code=code,
                    company_id=company_id,
                    round_id=round_id,
                )
            return rating_for(solved=solved, seconds=seconds, minutes=task.minutes)

        def done(rating: str) -> None:
            self.outcome = (
                solved,
                rating_reason(solved=solved, rating=rating, seconds=seconds, limit=task.minutes),
            )
            self._attempts = task.attempts + 1
            self.practice, self.remark, self.corrected = None, "", seconds
            self.paint()

        name = _("Coding task {result}: {task}").format(result=solved_word(solved), task=task_name(task))
        self.change(name, write, say=lambda _rating: name, then=done, applications=())

    def action_leave(self) -> None:
        """Go on another time: what was done so far is kept."""
        self.stop(self._leave) if self.runs else self._leave()

    def _leave(self) -> None:
        self.ashore.close_page(self)

    def at_next(self) -> int | None:
        """The task after this one."""
        at = self.among.index(self.question_id) + 1 if self.question_id in self.among else len(self.among)
        return self.among[at] if at < len(self.among) else None

    def action_next(self) -> None:
        """Go on to the next task; what was begun of this one is kept."""
        following = self.at_next()
        if following is None:
            self.say(_("That was the last one."))
        elif self.runs:
            self.stop(self.action_next)
        else:
            self.question_id = following
            self._forget()
            self.reload()

    def _forget(self) -> None:
        self.forget_clock()
        self.desk = self.text = self.outcome = None
        self.remark, self._attempts = "", 0

    # Beside it

    def action_open_link(self) -> None:
        """Open the page of the task, or the judge's search for it."""
        if self.desk is not None:
            task = self.desk.task
            open_link(self, task.link or next((number.search for number in task.numbers), ""))

    def action_copy(self) -> None:
        """Copy the link, or the words of the task."""
        if self.desk is not None:
            copy_text(self, self.desk.task.link or self.desk.task.text)
