"""What a sitting came to, said honestly; and what one may do next."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.sitting_view import progress_cells, summary_entries, title_words
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.sittings.recording import SittingSummary, SittingView
    from prep.sittings.starting import SittingStart

MORE = 10
"""Questions that are practised on top."""


@dataclass(frozen=True, slots=True)
class SummedUp:
    """A sitting, what it came to, and of a drill the readiness that there is now."""

    view: "SittingView"
    start: "SittingStart"
    summary: "SittingSummary"
    left: int
    """Questions of its plan that were not answered."""
    came: Mapping[str, float] = field(default_factory=dict)


class SittingSummaryScreen(AshoreScreen):
    """The end of a sitting."""

    HELP: ClassVar[str] = later(
        "What this sitting came to. Expected recall is compared at one later hour, without this sitting and with it: "
        "right after a review everything seems known. r asks again what was not known at the end, n goes on with ten "
        "more, c goes on with what was not asked yet."
    )
    CSS_PATH = "sitting_summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("r", "again", later("again what failed"), id="summary.again"),
        Binding("n", "more", later("another 10"), id="summary.more"),
        Binding("c", "go_on", later("go on"), id="summary.go_on"),
    ]

    @dataclass
    class Loaded(Message):
        """It was summed up."""

        found: SummedUp

    def __init__(self, *, sitting_id: int) -> None:
        """The end of one sitting."""
        super().__init__()
        self.sitting_id = sitting_id
        self.found: SummedUp | None = None

    def compose(self) -> ComposeResult:
        """The title and the numbers."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Sum it up."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Sum it up anew."""
        number, now = self.sitting_id, self.now()
        self.load("summary", lambda session: sum_up(session, number, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        found = self.found = message.found
        total = len(found.start.question_ids)
        self.query_one(Bar).show(
            (Cell(title_words(found.start), "title"),), (), progress_cells(total - found.left, total)
        )
        self.query_one(Page).show(summary_entries(found.summary, start=found.start, came=found.came, now=self.now()))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for is not offered."""
        found = self.found
        if action == "again":
            return found is not None and bool(found.summary.failed)
        if action == "go_on":
            return found is not None and found.left > 0
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Ask what was not asked yet, in the same sitting."""
        self._replace(sitting_id=self.sitting_id)

    def action_again(self) -> None:
        """Ask again what was not known at the end."""
        found = self.found
        if found is None:
            return

        def read(session: "Session") -> "SittingStart":
            from prep.sittings.starting import start_again

            return start_again(session, sitting=found.view, question_ids=found.summary.failed)

        self._begin(read)

    def action_more(self) -> None:
        """Ten more of the same kind."""
        found, now = self.found, self.now()
        if found is None:
            return

        def read(session: "Session") -> "SittingStart":
            from prep.sittings.starting import start_more

            return start_more(session, sitting=found.view, now=now, count=MORE)

        self._begin(read)

    def _begin(self, read: "Callable[[Session], SittingStart]") -> None:
        def begin(start: "SittingStart") -> None:
            if start.question_ids:
                self._replace(start=start)
            else:
                self.say(_("There is nothing more to practise now."))

        self.ask(read, begin)

    def _replace(self, **arguments: object) -> None:
        if self.is_active:
            self.ashore.replace_page("sitting", **arguments)


def sum_up(session: "Session", sitting_id: int, now: datetime) -> SummedUp:
    """A sitting with its numbers, in one state of the database.

    Raises:
        GoneError: the sitting is not there any more.
    """
    from prep.sittings.recording import summarise, view_sitting
    from prep.sittings.starting import resume

    view = view_sitting(session, sitting_id)
    start = resume(view)
    answered = {attempt.question_id for attempt in view.attempts}
    return SummedUp(
        view=view,
        start=start,
        summary=summarise(session, sitting_id=sitting_id, now=now),
        left=len(set(start.question_ids) - answered),
        came=_came(session, view, now) if start.readiness else {},
    )


def _came(session: "Session", view: "SittingView", now: datetime) -> Mapping[str, float]:
    """Readiness as it is now, and as it will be at the interview without a further drill."""
    from prep.drilling.drill import plan_drill
    from tracker.errors import AshoreError

    if view.company_id is None:
        return {}
    try:
        plan = plan_drill(session, company_id=view.company_id, round_id=view.round_id, stage=view.stage, now=now)
    except AshoreError:  # the round or the company is gone: there is nothing to be ready for
        return {}
    return {"now": plan.readiness_now, "at_interview": plan.readiness_without, "n": plan.likely}
