"""The practice place: what is due, drills for the coming rounds, what was left open, how the last two weeks went."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.practice_view import overview_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.sittings.due import Limits
    from prep.sittings.overview import ComingRound, DrillOutlook, PracticeOverview
    from prep.sittings.views import SittingView

EVERY_MINUTE = 60.0
"""Seconds between two looks at the clock: questions fall due."""
PAGE_KEYS = {"week_plan": "w", "mock": "m", "coding": "c"}
"""Further pages by name, and their keys; offered where there are such pages."""


class PracticeScreen(AshoreScreen):
    """What there is to practise."""

    HELP: ClassVar[str] = later(
        "What to practise now. space begins with what is due today, within the limits that L changes; d drills for a "
        "round: the one under the cursor, or that of any company; w shares the coming days among all of them; m holds "
        "a mock interview for it, and b shows its briefing. A sitting that was left open goes on with Enter and ends "
        "with delete; its reviews are kept either way. z lists what you left out of practice."
    )
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "daily", later("practise"), id="practice.daily"),
        Binding("d", "drill", later("drill"), id="practice.drill"),
        Binding("w", "further('week_plan')", later("coming days"), id="practice.week"),
        Binding("m", "further('mock')", later("mock interview"), id="practice.mock"),
        Binding("c", "further('coding')", later("coding tasks"), id="practice.coding"),
        Binding("L", "limits", later("limits"), id="practice.limits"),
        Binding("z", "suspended", later("not practised"), id="practice.suspended"),
        Binding("b", "briefing", later("briefing"), show=False, id="practice.briefing"),
        Binding("delete,backspace", "end", later("end the sitting"), show=False, id="practice.end"),
    ]

    @dataclass
    class Loaded(Message):
        """What there is was read."""

        overview: "PracticeOverview"

    @dataclass
    class Foreseen(Message):
        """What a drill would bring before one of the rounds was reckoned; the others wait for it."""

        outlook: "DrillOutlook | None"
        others: "tuple[ComingRound, ...]"

    def __init__(self) -> None:
        super().__init__()
        self.overview: PracticeOverview | None = None
        self.outlooks: dict[int, DrillOutlook] = {}

    def compose(self) -> ComposeResult:
        """The title and the page."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read what there is."""
        self.query_one(Bar).show((Cell(_("Practice"), "title"),))
        self.reload()
        self.set_interval(EVERY_MINUTE, self.reload)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read anew what there is; what drills would bring comes after."""
        now = self.now()

        def read(session: "Session") -> "PracticeOverview":
            from prep.sittings.overview import read_overview

            return read_overview(session, now=now)

        self.load("practice", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.overview = message.overview
        self._show()
        self._foresee(message.overview.rounds)

    def _foresee(self, rounds: "tuple[ComingRound, ...]") -> None:
        """One drill after the other, and none for who has gone on: planning holds other threads up."""
        if not rounds or not self.is_active:
            return
        now = self.now()

        def read(session: "Session") -> "DrillOutlook | None":
            from prep.sittings.overview import foresee_drill

            return foresee_drill(session, coming=rounds[0], now=now)

        self.load("drills", read, lambda outlook: self.Foreseen(outlook, rounds[1:]))

    @on(Foreseen)
    def _take_outlook(self, message: Foreseen) -> None:
        if message.outlook is not None:
            self.outlooks[message.outlook.round_id] = message.outlook
        self._show()
        self._foresee(message.others)

    def _show(self) -> None:
        if self.overview is None:
            return
        self.query_one(Page).show(
            overview_entries(self.overview, self.outlooks, now=self.now(), others=self._others(self.overview))
        )
        self.refresh_bindings()

    def _others(self, overview: "PracticeOverview") -> list[tuple[str, str, str]]:
        coding = ngettext("{n} coding task", "{n} coding tasks", overview.coding).format(n=overview.coding)
        words = {
            "week_plan": _("one plan for all interviews of the coming days"),
            "mock": _("mock interview"),
            "coding": coding,
        }
        return [(f"page:{name}", PAGE_KEYS[name], words[name]) for name in PAGE_KEYS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lists that hold anything."""
        if action == "suspended":
            return self.overview is not None and self.overview.suspended > 0
        return super().check_action(action, parameters)

    # What keys do

    def _cursor(self) -> tuple[str, str]:
        kind, _colon, rest = self.query_one(Page).cursor_key.partition(":")
        return kind, rest

    @on(Page.Chosen)
    def _open(self) -> None:
        kind, rest = self._cursor()
        acts: dict[str, Callable[[], None]] = {
            "today": self.action_daily,
            "daily": self.action_daily,
            "import": lambda: self.ashore.action_page("imports"),
            "drills": self.action_drill,
            "round": self.action_drill,
            "sitting": lambda: self._resume(int(rest)),
            "page": lambda: self.action_further(rest),
            "suspended": self.action_suspended,
        }
        act = acts.get(kind)
        if act is not None:
            act()

    def action_daily(self) -> None:
        """Practise what is due: go on with what was begun today, or begin."""
        begun = self.overview.begun_on(self.now()) if self.overview is not None else None
        if begun is not None:
            self._resume(begun.id)
            return
        if self.overview is not None and not self.overview.queue.question_ids:
            if not self.overview.questions:
                self.say(_("No question yet: I imports your notes, 4 shows where to add one."))
            elif self.overview.queue.left_by_limit:
                self.say(_("The limit of the day is reached: L raises it."))
            else:
                self.say(_("Nothing is due now. d drills for a round; 4 and then d practises the questions shown."))
            return
        self.ashore.open_page("sitting")

    def _resume(self, sitting_id: int) -> None:
        view = next((one for one in self.overview.open if one.id == sitting_id), None) if self.overview else None
        if view is not None and view.kind == "mock" and not view.interviewer:
            self.ashore.open_page("mock_interview", sitting_id=sitting_id)
        elif view is not None and view.kind == "coding" and (task := _task_of(view)) is not None:
            self.ashore.open_page("coding_practice", question_id=task)
        elif view is not None and view.kind in PAGE_KEYS:
            self.action_further(view.kind)
        else:
            self.ashore.open_page("sitting", sitting_id=sitting_id)

    def action_further(self, name: str) -> None:
        """Open another page of practice; a mock interview is for the round under the cursor."""
        coming = self._coming() if name == "mock" else None
        if coming is None:
            self.ashore.open_page(name)
            return
        from tracker.stages import Phase, resolve_stage

        has_interviewer = resolve_stage(coming.stage).phase is Phase.INTERVIEW
        self.ashore.open_page(name, company_id=coming.company_id, round_id=coming.round_id if has_interviewer else None)

    def _coming(self) -> "ComingRound | None":
        """The round under the cursor."""
        kind, rest = self._cursor()
        rounds = self.overview.rounds if self.overview is not None and kind == "round" else ()
        return next((one for one in rounds if rest == f"{one.company_id}:{one.round_id}"), None)

    def action_briefing(self) -> None:
        """The briefing for the round under the cursor."""
        coming = self._coming()
        if coming is None:
            self.say(_("Move the cursor to a round first."))
        else:
            self.ashore.open_page("briefing", company_id=coming.company_id, round_id=coming.round_id)

    def action_drill(self) -> None:
        """Drill for the round under the cursor, or ask for which company."""
        coming = self._coming()
        if coming is not None:
            self.ashore.open_page("drill", company_id=coming.company_id, round_id=coming.round_id)
        else:
            ask_company_for(self, None, self._drill_for, must_be_one=True)

    def _drill_for(self, company_id: int | None) -> None:
        if company_id is not None:
            self.ashore.open_page("drill", company_id=company_id)

    def action_end(self) -> None:
        """End the sitting under the cursor; its reviews stay."""
        kind, rest = self._cursor()
        if kind != "sitting":
            return
        number, backend = int(rest), self.backend

        def job() -> None:
            from prep.sittings.recording import end_sitting

            backend.change(
                _("Practice ended"),
                lambda session, now: end_sitting(session, sitting_id=number, now=now, state="left"),
                kind="setting",
            )

        def done(_nothing: None) -> None:
            self.say(_("Ended; its reviews are kept."))
            self.reload()

        self.submit(job, done)

    def action_suspended(self) -> None:
        """Questions that are left out of practice."""
        self.ashore.open_page("suspended")

    def action_limits(self) -> None:
        """How much a day."""
        if self.overview is None:
            return
        from tracker.dashboard.dialogs.practice_limits import ask_limits

        ask_limits(self, self.overview.limits, self._set_limits)

    def _set_limits(self, reviews: int, new: int) -> None:
        def write(session: "Session", _now: "datetime") -> "Limits":
            from prep.sittings.due import Limits, set_limits

            limits = Limits(reviews=reviews, new=new)
            set_limits(session, limits=limits)
            return limits

        name = _("Limits a day: {reviews} practised before, {new} new").format(reviews=reviews, new=new)
        self.change(name, write, say=lambda _limits: name, applications=())


def _task_of(view: "SittingView") -> int | None:
    """The task of a coding practice, where its plan names one."""
    listed = view.plan.get("questions")
    return next((one for one in listed if isinstance(one, int)), None) if isinstance(listed, list) else None
