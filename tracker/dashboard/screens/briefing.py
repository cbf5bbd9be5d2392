"""Everything about one coming round, in the order in which its hour needs it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.briefing_acts import Briefed
from tracker.dashboard.screens.briefing_opening import BriefingOpening
from tracker.dashboard.views.briefing_clock import timer_cells
from tracker.dashboard.views.briefing_view import day_cells, headline, nothing_coming, pages
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from prep.briefings.briefing import Briefing

TICK = 1.0
"""Seconds between two looks at the clock; nothing is read at them."""
TWO_PAGES = 110
"""Columns from which what one will speak of stands beside what must be known at the door."""


class BriefingScreen(BriefingOpening):
    """The briefing for one round."""

    HELP: ClassVar[str] = later(
        "What to know before you walk in, in the order of the hour: days ahead the drill and what is missing, each "
        "with the key that adds it; in the last two hours only what you know already; while it goes on a clock and "
        "what to ask back; then z writes it down. Enter opens what is under the cursor, ← and → go from one coming "
        "round to the next, Tab goes to the other page."
    )
    CSS_PATH = "briefing.tcss"

    @dataclass
    class Loaded(Message):
        """The briefing was read."""

        found: Briefed

    @dataclass
    class Reckoned(Message):
        """What a drill would bring was reckoned."""

        briefing: "Briefing"

    def __init__(self, *, company_id: int | None = None, round_id: int | None = None) -> None:
        """A briefing for a company's round: that of the id, else the next one; without a company the next of all."""
        super().__init__()
        self.company_id = company_id
        self.round_id = round_id
        self._expanded: set[str] = set()
        self._days: tuple[tuple[Cell, ...], tuple[int, ...]] = ((), ())
        self._next_act: Callable[[], None] | None = None
        """What waits for the briefing of another company."""

    def compose(self) -> ComposeResult:
        """When it is, the other rounds of the day, the clock, and one page or two."""
        # Set later, it would have all styles computed anew.
        self.set_class(self.app.size.width >= TWO_PAGES, "-two")
        yield Bar(id="head")
        yield Bar(id="day")
        yield Bar(id="timer")
        with Horizontal():
            yield Page(id="door")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read, and follow the clock."""
        self.reload()
        self.set_interval(TICK, self._tick)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - it joins many tables
        """Read the briefing anew."""
        company_id, round_id, now = self.company_id, self.round_id, self.now()
        self.load("briefing", lambda session: read_briefing(session, company_id, round_id, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        known, found = self.briefing, message.found
        briefing = found.briefing
        if briefing is not None:
            # From here on it stays this round, also when that is over and another one is the next.
            self.company_id, self.round_id = briefing.company_id, briefing.round_id
            if known is not None and known.round_id == briefing.round_id and known.company_id == briefing.company_id:
                found = replace(found, briefing=replace(briefing, drill=known.drill))
        self.found = found
        self._show()
        # Painting comes first: what is reckoned in a thread would hold it up.
        self.call_after_refresh(self._reckon)
        act, self._next_act = self._next_act, None
        if act is not None:
            act()

    def _reckon(self) -> None:
        """Ask what a drill would bring: it takes longer than all the rest, and its place is kept until then."""
        from prep.briefings.sections import parts_of

        briefing = self.briefing
        if briefing is None or "drill" not in parts_of(briefing):
            return

        def read(session: "Session") -> "Briefing":
            from prep.briefings.readiness import add_readiness

            return add_readiness(session, briefing)

        self.load("readiness", read, self.Reckoned)

    @on(Reckoned)
    def _take_readiness(self, message: Reckoned) -> None:
        briefing = self.briefing
        told = message.briefing
        if self.found is not None and briefing is not None and briefing.round_id == told.round_id:
            self.found = replace(self.found, briefing=replace(briefing, drill=told.drill))
            self._show()

    @property
    def unfit_actions(self) -> Collection[str]:
        """Where one round alone is coming there is no other to go to; from its beginning on nothing is prepared."""
        alone = () if self.found is not None and len(self.found.coming) > 1 else ("step",)
        return alone if self.lies_ahead else (*alone, "drill", "mock", "introduction", "add_item", "plan")

    # Showing

    def on_resize(self, event: "events.Resize") -> None:
        """One page or two, and as much as fits."""
        self.set_class(event.size.width >= TWO_PAGES, "-two")
        if event.size.height:
            self._show()

    def _show(self) -> None:
        if self.found is None:
            return
        self._show_bars(self.now())
        door, beside = self.query_one("#door", Page), self.query_one("#beside", Page)
        briefing = self.briefing
        if briefing is None:
            door.show(nothing_coming())
            beside.show(())
        else:
            bars = 2 + self.has_class("-day") + self.has_class("-timer")
            size = (self.size.width, self.size.height - bars)
            first, second = pages(briefing, size=size, two=self.has_class("-two"), expanded=self._expanded)
            is_new = not beside.entries
            door.show(first)
            beside.show(second)
            if is_new and len(second) > 1:
                beside.move_to(second[1].key)
        self.set_class(self.has_class("-two") and not beside.entries, "-alone")
        self.refresh_bindings()

    def _show_bars(self, now: datetime) -> None:
        briefing = self.briefing
        if briefing is None:
            self.query_one("#head", Bar).show((Cell(_("Next briefing"), "title"),))
            return
        left, right = headline(briefing, now)
        self.query_one("#head", Bar).show(left, (), right)
        self._days = day_cells(briefing, now)
        self.set_class(bool(self._days[0]), "-day")
        self.query_one("#day", Bar).show(self._days[0], (), (Cell("← →", "key"),))
        timer, tail = timer_cells(briefing, now) if briefing.hour == "during" else ((), ())
        self.set_class(bool(timer), "-timer")
        self.query_one("#timer", Bar).show(timer, (), tail)

    def _tick(self) -> None:
        """Follow the clock: the countdown goes on, and another hour wants another order."""
        from prep.briefings.hours import hour_of

        briefing, now = self.briefing, self.now()
        if briefing is None or not self.is_active:
            return
        if hour_of(briefing, now=now) != briefing.hour:
            self.reload()
        else:
            self._show_bars(now)

    def cursor_key(self) -> str:
        """The entry under the cursor of the page that has the keys."""
        focused = self.focused
        page = focused if isinstance(focused, Page) else self.query_one("#door", Page)
        return page.cursor_key

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def unfold(self, key: str) -> None:
        """Show all of an entry that was cut, or less again."""
        self._expanded ^= {key}
        self._show()

    # From one round to another

    def action_step(self, direction: int) -> None:
        """The next of the coming rounds, or the one before."""
        coming = self.found.coming if self.found is not None else ()
        ids = [one.round_id for one in coming]
        if not ids:
            self.say(_("No other round is coming."))
            return
        beyond = 0 if direction > 0 else -1
        at = ids.index(self.round_id) + direction if self.round_id in ids else beyond
        if 0 <= at < len(ids):
            self.go_to(ids[at])
        else:
            self.say(_("That was the last coming round.") if direction > 0 else _("This is the next round of all."))

    def go_to(self, round_id: int) -> None:
        """Show the briefing of another round, its first entry first."""
        coming = self.found.coming if self.found is not None else ()
        briefing = self.briefing
        known = (*coming, *(briefing.day if briefing is not None else ()))
        there = next((one for one in known if one.round_id == round_id), None)
        if there is None or there.round_id == self.round_id:
            return
        self.company_id, self.round_id = there.company_id, there.round_id
        self._expanded.clear()
        for page in self.query(Page):
            page.action_edge(0)
        self.reload()

    @on(Bar.Pressed)
    def _pressed(self, message: Bar.Pressed) -> None:
        cells, ids = self._days
        if message.cell in cells and ids[cells.index(message.cell)]:
            self.go_to(ids[cells.index(message.cell)])

    def plan_somewhere(self) -> None:
        """Ask for a company, and plan a round there."""

        def choose(company_id: int | None) -> None:
            self.company_id, self._next_act = company_id, self.action_plan
            self.reload()

        ask_company_for(self, None, choose, must_be_one=True)


def read_briefing(session: "Session", company_id: int | None, round_id: int | None, now: datetime) -> Briefed:
    """A briefing, its round, and the rounds that lie ahead, in one state of the database."""
    from prep.briefings.coming import coming_rounds
    from prep.briefings.hours import hour_of
    from prep.briefings.making import make_briefing
    from tracker.rounds import list_rounds

    coming = coming_rounds(session, now=now)
    if company_id is None:
        if not coming:
            return Briefed(None)
        # What is over waits behind ←: z writes it down, from home too.
        first = next((one for one in coming if hour_of(one, now=now) != "after"), coming[0])
        company_id, round_id = first.company_id, first.round_id
    briefing = make_briefing(session, company_id=company_id, round_id=round_id, now=now)
    rounds = list_rounds(session, company_id=company_id) if briefing.round_id is not None else ()
    return Briefed(briefing, next((view for view in rounds if view.id == briefing.round_id), None), coming)
