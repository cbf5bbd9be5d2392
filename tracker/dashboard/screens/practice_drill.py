"""A drill before it begins: what it would bring until one round, by topic, and how long it may take."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.practice_view import drill_entries, drill_title
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.drilling.drill import DrillPlan

MINUTES = (1, 3, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 240)
"""That the arrow keys go through."""
USUAL = 25
EVERY_MINUTE = 60.0
"""Seconds between two looks at the clock: what is forgotten until the round, and how long that is, goes on."""


class DrillScreen(AshoreScreen):
    """The plan of a drill."""

    HELP: ClassVar[str] = later(
        "A drill asks what raises most what you will recall at the hour of this round, weighted by how likely it is "
        "asked: asked here, own projects, asked elsewhere of late, named in the description, the rest. The arrows say "
        "how long it may take; Enter begins. Readiness is the chance of recalling a question that is asked there, over "
        "the likeliest questions; its number stands beside it."
    )
    CSS_PATH = "practice_drill.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("d,enter", "begin", later("begin"), id="drill.begin", key_display="Enter"),
        Binding("left,minus", "minutes(-1)", later("shorter"), id="drill.shorter", key_display="←"),
        Binding("right,plus", "minutes(1)", later("longer"), id="drill.longer", key_display="→"),
        Binding("o", "open", later("open question"), id="drill.open"),
        Binding("b", "briefing", later("briefing"), id="drill.briefing"),
    ]

    @dataclass
    class Loaded(Message):
        """The plan was made."""

        plan: "DrillPlan"

    def __init__(self, *, company_id: int, round_id: int | None = None, stage: str = "", minutes: int = USUAL) -> None:
        """A drill for a company's round: that of the id, else the next one, else the stage expected next."""
        super().__init__()
        self.company_id = company_id
        self.round_id = round_id
        self.stage = stage
        self.minutes = minutes
        self.plan: DrillPlan | None = None

    def compose(self) -> ComposeResult:
        """For which round, and the plan."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Plan."""
        self.reload()
        self.set_interval(EVERY_MINUTE, self.reload)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Plan anew."""
        company_id, round_id, stage, minutes, now = (
            self.company_id,
            self.round_id,
            self.stage,
            self.minutes,
            self.now(),
        )

        def read(session: "Session") -> "DrillPlan":
            from prep.drilling.drill import plan_drill

            return plan_drill(session, company_id=company_id, round_id=round_id, stage=stage, minutes=minutes, now=now)

        self.load("drill", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        plan = self.plan = message.plan
        title, when = drill_title(plan, self.now())
        self.query_one(Bar).show((Cell(title, "title"),), (), (Cell(when, "muted"),))
        self.query_one(Page).show(drill_entries(plan))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a question there is nothing to begin."""
        if action in ("begin", "open"):
            return self.plan is not None and bool(self.plan.questions)
        return super().check_action(action, parameters)

    def action_minutes(self, direction: int) -> None:
        """Let it take longer, or less long."""
        at = bisect_right(MINUTES, self.minutes) if direction > 0 else bisect_left(MINUTES, self.minutes) - 1
        if not 0 <= at < len(MINUTES):
            return
        self.minutes = MINUTES[at]
        self.reload()

    @on(Page.Chosen)
    def action_begin(self) -> None:
        """Ask the first question."""
        if self.plan is None or not self.plan.questions:
            return
        from prep.sittings.starting import start_drill

        self.ashore.replace_page("sitting", start=start_drill(self.plan))

    def action_open(self) -> None:
        """Open the question under the cursor."""
        kind, _colon, number = self.query_one(Page).cursor_key.partition(":")
        if kind == "question":
            self.ashore.open_page("question", question_id=int(number))
        else:
            self.say(_("Move the cursor to a question first."))

    def action_briefing(self) -> None:
        """The briefing for the company's next round."""
        self.ashore.open_page("briefing", company_id=self.company_id, round_id=self.round_id)
