"""The days before all interviews that come: one plan, so many minutes a day, today's part one key away."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.views.week_plan_view import part_key, week_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.drilling.week_plan import DayPart, DayPlan

MINUTES = (10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 240)
"""A day, that the arrow keys go through."""
USUAL = 40


class WeekPlanScreen(BriefingWay):
    """The plan of the coming days."""

    HELP: ClassVar[str] = later(
        "The coming days shared among all interviews: what is new comes early, what fades is repeated late, and no day "
        "takes more than its minutes, which the arrows change. A question likely at two companies is shared: practised "
        "once. "
        "Enter practises what is planned for today, or opens the drill of a later part."
    )
    CSS_PATH = "practice_drill.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("d", "begin", later("practise today's"), id="week.begin"),
        Binding("left,minus", "minutes(-1)", later("shorter"), id="week.shorter", key_display="←"),
        Binding("right,plus", "minutes(1)", later("longer"), id="week.longer", key_display="→"),
    ]

    @dataclass
    class Loaded(Message):
        """The plan was made."""

        days: "tuple[DayPlan, ...]"

    def __init__(self, *, minutes: int = USUAL) -> None:
        super().__init__()
        self.minutes = minutes
        self.days: tuple[DayPlan, ...] | None = None

    def compose(self) -> ComposeResult:
        """The title and the days."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Plan."""
        self.query_one(Bar).show((Cell(_("The coming days"), "title"),))
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Plan anew."""
        minutes, now = self.minutes, self.now()

        def read(session: "Session") -> "tuple[DayPlan, ...]":
            from prep.drilling.week_plan import plan_week

            return plan_week(session, now=now, minutes_a_day=minutes)

        self.load("week", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.days = message.days
        a_day = _("◂ {n} min a day ▸").format(n=self.minutes)
        self.query_one(Bar).show((Cell(_("The coming days"), "title"),), (), (Cell(a_day, "muted"),))
        self.query_one(Page).show(week_entries(self.days, now=self.now()))
        self.refresh_bindings()

    def _today(self) -> "DayPlan | None":
        return next((day for day in self.days or () if day.day == self.now().date()), None)

    def _part(self) -> "tuple[DayPlan, DayPart] | None":
        """The part under the cursor, with its day."""
        key = self.query_one(Page).cursor_key
        parts = ((day, part) for day in self.days or () for part in day.parts)
        return next((found for found in parts if part_key(*found) == key), None)

    def briefable(self) -> Briefable | None:
        """The round that the part under the cursor is for."""
        found = self._part()
        return None if found is None else Briefable(found[1].company_id, found[1].round_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without anything planned for today there is nothing to begin."""
        if action == "begin":
            return self._today() is not None
        return super().check_action(action, parameters)

    def action_minutes(self, direction: int) -> None:
        """More minutes a day, or fewer."""
        at = bisect_right(MINUTES, self.minutes) if direction > 0 else bisect_left(MINUTES, self.minutes) - 1
        if 0 <= at < len(MINUTES):
            self.minutes = MINUTES[at]
            self.reload()

    @on(Page.Chosen)
    def _choose(self) -> None:
        found = self._part()
        if found is None:
            return
        day, part = found
        if day is self._today():
            self.action_begin()
        else:
            self.ashore.open_page("drill", company_id=part.company_id, round_id=part.round_id, minutes=part.minutes)

    def action_begin(self) -> None:
        """Practise what is planned for today."""
        today = self._today()
        if today is not None:
            self.ashore.open_page("sitting", question_ids=today.question_ids)
