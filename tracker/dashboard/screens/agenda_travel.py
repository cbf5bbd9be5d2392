"""How one goes through the agenda: from view to view, through time, and by typing what is looked for."""

from datetime import date

from textual import on

from tracker.dashboard.screens.agenda_acts import AgendaActs
from tracker.dashboard.views.agenda_view import VIEWS, View, step
from tracker.dashboard.widgets.agenda_list import AgendaList
from tracker.dashboard.widgets.day_grid import DayGrid
from tracker.dashboard.widgets.filter_line import FilterLine
from tracker.dashboard.widgets.page import Page
from tracker.messages import _

WIDE = 105
"""Columns from which a week is seven columns, and the preview stands beside the list."""


class AgendaTravel(AgendaActs):
    """A screen with days side by side or a list of them, or both."""

    def __init__(self) -> None:
        super().__init__()
        self.view: View = "week"
        self.day = date.min
        """The day that the cursor is on; its period is shown."""
        self.typed = ""
        """The filter."""
        self.goes_to_first = True
        """Whether the cursor goes to the first thing ahead when the period was read."""

    def show_period(self) -> None:
        """Show what was read and what the filter leaves of it."""
        raise NotImplementedError

    @property
    def days(self) -> DayGrid:
        """The days side by side."""
        return self.query_one("#days", DayGrid)

    @property
    def entries(self) -> AgendaList:
        """The list."""
        return self.query_one("#entries", AgendaList)

    @property
    def has_days(self) -> bool:
        """Whether the days stand side by side: a month always, a week where there is room."""
        return self.view == "month" or (self.view == "week" and self.size.width >= WIDE)

    # Going through time

    def action_next_view(self) -> None:
        """A day, a week, a month."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self._go(self.day)

    def action_step(self, direction: int) -> None:
        """The period before or after."""
        self._go(step(self.view, self.day, direction))

    def action_today(self) -> None:
        """The period that is now."""
        self._go(self.now().date())

    def _go(self, day: date) -> None:
        self.day, self.goes_to_first = day, True
        self.reload()

    @on(DayGrid.Beyond)
    def _go_beyond(self, message: DayGrid.Beyond) -> None:
        self.day = message.day
        self.reload()

    @on(DayGrid.Chosen)
    def _open_day(self, message: DayGrid.Chosen) -> None:
        if message.key:
            self.action_open()
        elif self.view == "month":
            self.entries.focus()

    @on(Page.Chosen)
    def _open_entry(self) -> None:
        self.action_open()

    # Filtering

    def action_filter(self) -> None:
        """Type to filter."""
        found = self.query(FilterLine)
        if found:
            found.first().query_one("Input").focus()
        else:
            line = FilterLine(self.typed, placeholder=_("company, pinyin, initials, stage, place"))
            self.mount(line, before=self.key_bar)

    @on(FilterLine.Typed)
    def _filter(self, message: FilterLine.Typed) -> None:
        if message.text != self.typed:
            self.typed = message.text
            self.show_period()

    @on(FilterLine.Stepped)
    def _step_in_list(self, message: FilterLine.Stepped) -> None:
        (self.days.action_down if self.has_days else self.entries.action_move)(message.lines)

    @on(FilterLine.Left)
    def _back_from_filter(self) -> None:
        (self.days if self.has_days else self.entries).focus()

    def action_clear(self) -> None:
        """Give up the filter, then the selection; then back from the list to the days."""
        if self.typed:
            self.typed = ""
            self.show_period()
        elif self.marked:
            self.marked = set()
            self.marks_changed()
        elif self.has_days:
            self.days.focus()
