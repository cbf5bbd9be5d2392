"""The statistics place: what the hunt tells, as charts and as numbers, and the applications behind each."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.apart import Apart, GivenUpError
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.statistics_groups import GroupedStatistics
from tracker.dashboard.views.statistics_parts import DRAWN, PARTS, WITH_NUMBERS, empty_part, part_title, waiting_part
from tracker.dashboard.views.statistics_reading import ReadStatistics, read_statistics
from tracker.dashboard.views.statistics_times import CURVE_KEY, times_part
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.errors import AshoreError
from tracker.messages import _, later, ngettext
from tracker.schema import SCHEMA_VERSION, schema_version

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session
    from textual import events

    from prep.practice_values import PracticeStatistics
    from tracker.dashboard.views.statistics_lines import Part

TALL = 36
"""Lines of a screen on which the funnel stands below the overview."""
SIDES = 6
"""Cells of a line of the page that hold no words: margins, cursor, scroll bar."""


class StatisticsScreen(BriefingWay, GroupedStatistics):
    """What the hunt tells."""

    HELP: ClassVar[str] = later(
        "What your hunt tells, from its whole history. ← and → go from one part to the next, c shows the numbers "
        "behind a chart, and Enter on a line the applications that it counts. f compares groups, by tier, batch, "
        "channel, kind of position, month or referral; , and . look at one group after the other. i says how each "
        "figure is counted; n beside a figure is the number of cases that it is of."
    )
    CSS_PATH = "statistics.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "part(1)", later("next part"), id="statistics.next_part", key_display="→"),
        Binding("left,shift+tab", "part(-1)", later("part before"), show=False, id="statistics.part_before"),
        Binding("enter", "open_line", later("which ones"), id="statistics.open"),
        Binding("c", "table", later("numbers"), id="statistics.table"),
        Binding("i", "definitions", later("how it is counted"), id="statistics.definitions"),
        Binding("w", "week", later("weekly review"), id="statistics.week"),
    ]

    @dataclass
    class Computed(Message):
        """The figures came from their process, or a sentence about why not."""

        found: ReadStatistics | AshoreError | None

    @dataclass
    class Practised(Message):
        """What practice came to was counted."""

        found: "PracticeStatistics"

    def __init__(self) -> None:
        super().__init__()
        self.part = PARTS[0]
        self.step = "applied"
        """Whose curve is drawn."""
        self.practice: PracticeStatistics | None = None
        self._work: Apart[ReadStatistics] | None = None
        self._path: Path | None = None
        self._failure = ""
        self._drawn: Part | None = None
        self._cursors: dict[str, str] = {}
        """The line under the cursor, of each part that was looked at."""

    def compose(self) -> ComposeResult:
        """The title, the parts, and the one that is looked at."""
        yield Bar(id="statistics-title")
        yield Bar(id="parts")
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Compute."""
        self.reload()

    def on_unmount(self) -> None:
        """Nobody waits for what is under way."""
        if self._work is not None:
            self._work.stop()

    def on_screen_resume(self) -> None:
        """Days pass while another screen is in front: who waits then waits longer. What failed is tried again."""
        known = self.read
        self.stale |= bool(self._failure) or (known is not None and known.statistics.now.date() != self.now().date())
        super().on_screen_resume()

    def on_resize(self, event: "events.Resize") -> None:  # noqa: ARG002 - Textual's signature
        """Draw as wide as there is room."""
        self.call_after_refresh(self.draw)

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Compute anew, in a process of its own; what is known stays on the screen meanwhile."""
        backend = self.backend
        if self._path != backend.path:
            self._path, self.read, self.practice, self._failure = backend.path, None, None, ""
            self.all_seasons()
            self.look_at_all()
        if self._work is not None:
            self._work.stop()
        work = self._work = Apart(read_statistics, path=backend.path, now=self.now(), season_id=self.season_id)

        def compute() -> ReadStatistics | AshoreError | None:
            try:
                if schema_version(backend.path) not in (0, SCHEMA_VERSION):
                    backend.warm()
                return work.result()
            except GivenUpError:
                return None
            except AshoreError as error:
                return error

        self.run_thread("statistics", compute, self.Computed)
        if self.practice is not None or self.part == "practice":
            self._count_practice()
        self.draw()

    @on(Computed)
    def _take(self, message: Computed) -> None:
        if isinstance(message.found, AshoreError):
            self._failure = str(message.found)
            self.complain(message.found)
        elif message.found is not None:
            self._failure = ""
            self.read = message.found
            self.find_group_again()
        self.draw()

    def _count_practice(self) -> None:
        now = self.now()

        def read(session: "Session") -> "PracticeStatistics":
            from prep.practice_statistics import practice_statistics

            return practice_statistics(session, now=now)

        self.load("practice", read, self.Practised)

    @on(Practised)
    def _take_practice(self, message: Practised) -> None:
        self.practice = message.found
        self.draw()

    # Showing

    def draw(self) -> None:
        """Show the part that is looked at."""
        page = self.query_one(Page)
        width = self.size.width - SIDES
        if width <= 0:
            return
        drawn = self._drawn = self._build(width)
        page.show(drawn.entries)
        self._show_titles()
        self.refresh_bindings()

    def _build(self, width: int) -> "Part":
        if self.part == "practice":
            return self._build_practice(width)
        shown = self.shown()
        if shown is None:
            return waiting_part(self._failure)
        if not shown.read.statistics.all.attempts.n:
            return empty_part(shown)
        if self.part == "times":
            return times_part(shown, width, step=self.step)
        drawn = DRAWN[self.part](shown, width)
        # There may be room for the chart that is asked for most.
        has_room = self.part == PARTS[0] and self.size.height >= TALL
        return drawn.above(DRAWN["funnel"](shown, width)) if has_room else drawn

    def _build_practice(self, width: int) -> "Part":
        if self.practice is None:
            return waiting_part("")
        from tracker.dashboard.views.statistics_practice import practice_part

        return practice_part(self.practice, width, as_table=self.as_table)

    def _show_titles(self) -> None:
        left = [Cell(_("Statistics"), "title")]
        right = ""
        if self.read is not None:
            left += [Cell("  "), Cell(self.group_title(), "strong")]
            events = self.read.statistics.events
            right = ngettext("from {n} event", "from {n} events", events).format(n=events)
        self.query_one("#statistics-title", Bar).show(left, (), (Cell(right, "muted"),))
        cells = []
        for part in PARTS:
            is_shown = part == self.part
            cells += [Cell(part_title(part), "found" if is_shown else "muted"), Cell("   ")]
        self.query_one("#parts", Bar).show(cells)

    # Keys

    def action_part(self, direction: int) -> None:
        """The next part, or the one before."""
        self._go_to(PARTS[(PARTS.index(self.part) + direction) % len(PARTS)])

    @on(Bar.Pressed)
    def _press(self, event: Bar.Pressed) -> None:
        part = next((part for part in PARTS if part_title(part) == event.cell.text), None)
        if part is not None:
            self._go_to(part)

    def _go_to(self, part: str) -> None:
        page = self.query_one(Page)
        self._cursors[self.part] = page.cursor_key
        self.part = part
        if part == "practice" and self.practice is None:
            self._count_practice()
        self.draw()
        if not page.move_to(self._cursors.get(part, "")):
            page.action_edge(0)

    @on(Page.Highlighted)
    def _follow(self, event: Page.Highlighted) -> None:
        """Draw the curve of the step under the cursor."""
        if self.part == "times" and event.key.startswith(CURVE_KEY):
            step = event.key.removeprefix(CURVE_KEY)
            if step != self.step:
                self.step = step
                self.draw()

    def action_table(self) -> None:
        """The numbers behind the charts, or the charts."""
        self.as_table = not self.as_table
        self.draw()

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        """The applications that the line counts, the group, or the company that waits."""
        company_id = self._waiting_company(event.key)
        reach = self._drawn.reaches.get(event.key) if self._drawn is not None else None
        if self.choose_line(event.key):
            return
        if company_id is not None:
            self.ashore.open_page("company", company_id=company_id)
        elif reach is not None:
            self.ashore.open_page("statistics_list", title=reach.title, ids=reach.ids)
        else:
            self.say(_("No application stands behind this line."))

    def _waiting_company(self, key: str) -> int | None:
        shown = self.shown()
        waiting = shown.looked.waiting if shown is not None else ()
        return next((one.company_id for one in waiting if key == f"waiting:{one.application_id}"), None)

    def action_open_line(self) -> None:
        """The applications that the line under the cursor counts."""
        self.query_one(Page).action_choose()

    def briefable(self) -> Briefable | None:
        """The company that waits, under the cursor."""
        company_id = self._waiting_company(self.query_one(Page).cursor_key)
        return None if company_id is None else Briefable(company_id)

    def action_definitions(self) -> None:
        """How the figures are counted."""
        from tracker.dashboard.widgets.reading_sheet import ReadingSheet
        from tracker.statistics.definitions import definitions
        from tracker.statistics.values import SMALLEST_CLAIM

        self.app.push_screen(ReadingSheet(_("How it is counted"), definitions(smallest=SMALLEST_CLAIM)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Numbers where there are more than beside the charts."""
        if action == "table":
            return self.part in WITH_NUMBERS
        return super().check_action(action, parameters)

    def action_week(self) -> None:
        """The week that is going on, or the last."""
        self.ashore.action_page("week_review")
