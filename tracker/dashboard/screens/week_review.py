"""The weekly review: what moved, what was held, what went silent, what was practised, what is next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.views.week_review_view import review_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session
    from textual import events

    from prep.week_review import WeekReview
    from prep.week_review_words import ReviewLine

SIDE_BY_SIDE = 110
"""Columns from which what is next stands beside what happened."""
FARTHEST = 5200
"""Weeks from the present one: a hundred years, so that every day has a date."""


class WeekReviewScreen(BriefingWay):
    """One week in review."""

    HELP: ClassVar[str] = later(
        "One week from Monday to Sunday: what moved, what was held, what went silent, what was practised, and what is "
        "next; in brackets the week before. The arrows go from week to week. Enter opens the company, the debrief that "
        "is missing, or the briefing of what comes; d drills for it. ashore week prints the same, as one page too."
    )
    CSS_PATH = "week_review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("tab", "app.focus_next", later("next panel"), show=False, id="week_review.panel"),
        Binding("left,minus", "week(-1)", later("week before"), id="week_review.before", key_display="←"),
        Binding("right,plus", "week(1)", later("week after"), id="week_review.after", key_display="→"),
        Binding("t", "present", later("present week"), id="week_review.present"),
        Binding("d", "drill", later("drill"), id="week_review.drill"),
        Binding("b", "briefing", later("briefing"), id="page.briefing"),
    ]

    @dataclass
    class Loaded(Message):
        """A week was reviewed."""

        review: "WeekReview"

    def __init__(self, *, weeks: int = 0) -> None:
        super().__init__()
        self.weeks = weeks
        """From the present one; below 0 lie those that are over."""
        self.review: WeekReview | None = None
        self.lines: Mapping[str, ReviewLine] = {}

    def compose(self) -> ComposeResult:
        """The title and the lines."""
        yield Bar()
        with Horizontal():
            yield Page(id="week")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the week."""
        self.query_one(Bar).show((Cell(_("Weekly review"), "title"),))
        self.query_one("#beside", Page).display = False
        self.query_one("#week", Page).focus()
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read it anew."""
        weeks, now, limits = self.weeks, self.now(), self.ashore.settings.silence

        def read(session: "Session") -> "WeekReview":
            from prep.week_review import review_week, week_in

            return review_week(session, span=week_in(now, weeks=weeks), now=now, limits=limits)

        self.load("week_review", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        is_other = self.review is None or self.review.span.monday != message.review.span.monday
        self.review = message.review
        self._show()
        if is_other:
            for page in self.query(Page):
                self._begin(page)

    def on_resize(self, event: "events.Resize") -> None:  # noqa: ARG002 - Textual's signature
        """Give names the room that there is."""
        self._show()

    def _show(self) -> None:
        if self.review is None:
            return
        from prep.week_review_words import week_heading, which_week

        title = (Cell(_("Weekly review"), "title"), Cell(f"  {week_heading(self.review)}", "strong"))
        self.query_one(Bar).show(title, (), (Cell(f"◂ {which_week(self.review)} ▸", "muted"),))
        shown = review_entries(self.review, side_by_side=self.size.width >= SIDE_BY_SIDE)
        self.lines = shown.lines
        week, beside = self.query_one("#week", Page), self.query_one("#beside", Page)
        if beside.has_focus and not shown.beside:
            week.focus()
        beside.display = bool(shown.beside)
        was_alone = not beside.entries
        week.show(shown.week)
        beside.show(shown.beside)
        if was_alone:
            self._begin(beside)
        self.refresh_bindings()

    def _begin(self, page: Page) -> None:
        """Put the cursor on the first line that opens something."""
        page.move_to(next((entry.key for entry in page.entries if entry.key in self.lines), ""))
        page.scroll_home(animate=False)

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _line(self) -> "ReviewLine | None":
        """The line under the cursor of the page that the keys move, if it opens something."""
        page = self.focused
        return self.lines.get(page.cursor_key) if isinstance(page, Page) else None

    def briefable(self) -> Briefable | None:
        """The round that comes, or the company, under the cursor."""
        line = self._line()
        if line is None or line.company_id is None:
            return None
        return Briefable(line.company_id, line.round_id if line.page == "briefing" else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A drill is for what comes; the present week is a way back."""
        if action == "drill":
            line = self._line()
            return line is not None and line.page == "briefing"
        if action == "present":
            return self.weeks != 0
        return super().check_action(action, parameters)

    def action_week(self, direction: int) -> None:
        """The week before, or the one after."""
        weeks = self.weeks + direction
        if abs(weeks) <= FARTHEST and self._exists(weeks, self.now()):
            self.weeks = weeks
            self.reload()

    def _exists(self, weeks: int, now: "datetime") -> bool:
        """Whether the calendar reaches so far, the weeks beside it included."""
        try:
            return 1 < (now + timedelta(weeks=weeks)).year < 9999  # noqa: PLR2004 - what dates can hold
        except OverflowError:
            return False

    def action_present(self) -> None:
        """Back to the week that is going on."""
        self.weeks = 0
        self.reload()

    def action_drill(self) -> None:
        """Get ready for the round under the cursor."""
        line = self._line()
        if line is not None and line.page == "briefing":
            self.ashore.open_page("drill", company_id=line.company_id, round_id=line.round_id)

    @on(Page.Chosen)
    def _choose(self) -> None:
        line = self._line()
        if line is None:
            return
        if line.page == "practice":
            self.ashore.action_go("practice")
        elif line.page == "debrief":
            self.ashore.open_page("debrief", round_id=line.round_id)
        elif line.page == "briefing":
            self.ashore.open_page("briefing", company_id=line.company_id, round_id=line.round_id)
        else:
            self.ashore.open_page("company", company_id=line.company_id)
