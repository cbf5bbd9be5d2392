"""What was practised for a company, round by round, and what was really asked there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.views.practice_log_view import log_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.debriefs.practice_log import PracticeLog


class PracticeLogScreen(BriefingWay):
    """The practice log of one company."""

    HELP: ClassVar[str] = later(
        "Round by round: what was asked and how it went, what was promised, and the practice before it. Enter shows "
        "the questions of a practice, or opens a question. How well practice foretold what was asked stands on top, "
        "with the number of questions that it speaks of; z writes down how a round went."
    )
    CSS_PATH = "practice_log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("z", "debrief", later("how did it go?"), id="practice_log.debrief"),
        Binding("d", "drill", later("drill"), id="practice_log.drill"),
    ]

    @dataclass
    class Loaded(Message):
        """The log was read."""

        log: "PracticeLog"

    def __init__(self, *, company_id: int) -> None:
        """The log of the company of this id."""
        super().__init__()
        self.company_id = company_id
        self.log_read: PracticeLog | None = None
        self._opened: set[str] = set()

    def compose(self) -> ComposeResult:
        """The company, and the page."""
        yield Bar()
        yield Page(id="practice-log")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the log."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - practice belongs to none
        """Read the log anew."""
        company_id = self.company_id

        def read(session: "Session") -> "PracticeLog":
            from prep.debriefs.practice_log import view_practice_log

            return view_practice_log(session, company_id=company_id, with_places=True)

        self.load("practice log", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.log_read = message.log
        self.query_one(Bar).show((Cell(_("Practice log") + "  ", "title"), Cell(message.log.company, "strong")))
        self._show()

    def _show(self) -> None:
        if self.log_read is not None:
            self.query_one(Page).show(log_entries(self.log_read, self.now(), self._opened))
            self.refresh_bindings()

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _round_id(self) -> int | None:
        """The round under the cursor, else the latest that has begun."""
        page = self.query_one(Page)
        _kind, _colon, number = page.section_key().partition(":")
        rounds = self.log_read.rounds if self.log_read is not None else ()
        begun = [
            one.view.id
            for one in rounds
            if one.view is not None and one.view.starts_at is not None and one.view.starts_at <= self.now()
        ]
        if number.isdigit() and int(number) in begun:
            return int(number)
        return begun[0] if begun else None

    def briefable(self) -> Briefable:
        """The company's next round."""
        return Briefable(self.company_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A debrief needs a round that has begun."""
        if action == "debrief" and self.is_mounted:
            return self._round_id() is not None
        return super().check_action(action, parameters)

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, rest = event.key.partition(":")
        if kind in ("sitting", "day"):
            self._opened ^= {event.key}
            self._show()
        elif kind in ("asked", "attempt"):
            question_id = int(rest.partition(":")[0])
            self.ashore.open_page("question", question_id=question_id, among=[question_id], company_id=self.company_id)

    def action_debrief(self) -> None:
        """Write down how the round under the cursor went."""
        round_id = self._round_id()
        if round_id is not None:
            self.ashore.open_page("debrief", round_id=round_id)

    def action_drill(self) -> None:
        """Practise for the next round here."""
        self.ashore.open_page("drill", company_id=self.company_id)
