"""The agenda: what has a time, by day, week or month, what clashes in it, and who was silent for too long."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from tracker.agenda_entries import AgendaEntry, AgendaKind
from tracker.dashboard.screens.agenda_acts import MOVES
from tracker.dashboard.screens.agenda_travel import WIDE, AgendaTravel
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.agenda_grid import month_cells, week_cells, weekdays
from tracker.dashboard.views.agenda_preview import entry_lines
from tracker.dashboard.views.agenda_reading import Found, read_agenda
from tracker.dashboard.views.agenda_view import (
    day_list,
    first_place,
    follow_up_list,
    header,
    nothing_line,
    period,
    week_list,
)
from tracker.dashboard.views.agenda_words import Shown, entry_key, sort_out
from tracker.dashboard.widgets.agenda_list import AgendaList
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.day_grid import DayGrid
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.panels import Columns, Panel
from tracker.dashboard.widgets.table import Cell
from tracker.messages import later

if TYPE_CHECKING:
    from pathlib import Path

    from textual import events
    from textual.timer import Timer

    from tracker.board import BoardRow
    from tracker.preview import Preview

LEAST_BELOW, MOST_BELOW = 7, 13
"""Lines of what stands below the days."""
CLOCK_EVERY = 30.0
"""Seconds between two looks at the clock: countdowns go on, what is over turns pale."""
PREVIEW_AFTER = 0.06
"""Seconds that the cursor rests on an entry before its application is read."""


class AgendaScreen(AgendaTravel, inherit_bindings=False):
    """Day, week and month."""

    HELP: ClassVar[str] = later(
        "What has a time: rounds, windows, deadlines, what must be ready; w shows a day, a week or a month of it, [ "
        "and ] what was before and comes after. In a month R counts rounds, W windows, D deadlines, T things to have "
        "ready, and ! says that something clashes. Follow-ups are applications silent for longer than your limits, "
        "which the table [silence] of config.toml sets in days (applied = 14, interview = 7, pool = 30, …). On them c "
        "notes that you asked, ~ keeps them in the pool, x closes them; v and V select several."
    )
    CSS_PATH = "agenda.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "resolve('ask')", later("asked"), id="agenda.ask"),
        Binding("tilde,～", "resolve('pool')", later("keep in pool"), id="agenda.pool", key_display="~"),
        Binding("x", "resolve('close')", later("close"), id="agenda.close"),
        Binding("v", "select", later("select"), id="agenda.select"),
        Binding("V", "select_all", later("all"), id="agenda.select_all"),
        Binding("space", "tick", later("done"), id="agenda.tick"),
        Binding("w", "next_view", later("view"), id="agenda.view"),
        Binding("left_square_bracket,【", "step(-1)", later("earlier"), id="agenda.earlier", key_display="["),
        Binding("right_square_bracket,】", "step(1)", later("later"), id="agenda.later", key_display="]"),
        Binding("left", "step(-1)", later("earlier"), show=False, id="agenda.left"),
        Binding("right", "step(1)", later("later"), show=False, id="agenda.right"),
        Binding("full_stop,。", "today", later("today"), id="agenda.today", key_display="."),
        Binding("b", "briefing", later("briefing"), id="agenda.briefing"),
        Binding("d", "drill", later("drill"), show=False, id="agenda.drill"),
        Binding("o", "open_link", later("open link"), id="agenda.open_link"),
        Binding("y", "copy", later("copy"), id="agenda.copy"),
        Binding("e", "edit_entry", later("edit"), id="agenda.edit"),
        Binding("slash,、,／", "filter", later("filter"), id="agenda.filter", key_display="/"),
        Binding("tab", "app.focus_next", later("next panel"), show=False, id="agenda.panel"),
        Binding("escape", "clear", later("clear the filter or the selection"), show=False, id="agenda.clear"),
        *MOVES,
        *AshoreScreen.BINDINGS,
        *Screen.BINDINGS,
    ]

    @dataclass
    class Loaded(Message):
        """A period was read."""

        found: Found

    @dataclass
    class PreviewLoaded(Message):
        """An application was read."""

        preview: "Preview | None"

    def __init__(self) -> None:
        super().__init__()
        self.found: Found | None = None
        self.shown = Shown()
        self._preview: Preview | None = None
        self._in_list = False
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """The days; below them a list and what is known of its entry."""
        yield Bar(id="agenda-title")
        yield DayGrid(id="days")
        with Columns(id="below"):
            yield AgendaList(id="entries")
            with Panel(id="beside"):
                yield Bar(id="beside-title")
                yield Lines(focusable=False, id="beside-lines")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read this week, and follow the clock."""
        self.day = self.now().date()
        self.reload()
        self.set_interval(CLOCK_EVERY, lambda: self.reload() if self.is_active else None)

    # Reading and showing

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - clashes concern others too
        """Read the period anew."""
        path, view, day, now = self.backend.path, self.view, self.day, self.now()
        limits = self.ashore.settings.silence
        self.run_thread("agenda", lambda: read_agenda(path, view=view, day=day, now=now, limits=limits), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found = message.found
        self.show_period()

    def on_resize(self, event: "events.Resize") -> None:
        """Days side by side or a list of them."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.show_period()

    def show_period(self) -> None:
        """Show what was read and what the filter leaves of it."""
        found, now = self.found, self.now()
        if found is None or found.view != self.view:
            return
        self.shown = sort_out(found.agenda, now=now, keep=found.matching(self.typed) if self.typed else None)
        begin, end = period(self.view, found.day)
        self.day = self.day if begin <= self.day < end else found.day
        wanted = self.days.cursor_key
        if self.goes_to_first:
            self.day, wanted = first_place(self.shown, begin, end, now, self.day, stay=self.view == "month")
        self._show_days(begin, (end - begin).days // 7, wanted)
        self._show_list()
        if self.goes_to_first:
            self.goes_to_first = False
            self.entries.move_to(wanted)
            (self.days if self.has_days else self.entries).focus()
        elif self.has_focus_on_nothing:
            self.entries.focus()
        self._moved()

    @property
    def has_focus_on_nothing(self) -> bool:
        """Whether what had the keys is not shown any more."""
        return self.focused is None or not self.focused.display

    def _show_days(self, begin: date, weeks: int, key: str) -> None:
        height, now = self.size.height - 2, self.now()
        days, below = self.days, self.query_one("#below")
        days.display = self.has_days
        if self.view == "month":
            lines = weeks * max(2, (height - LEAST_BELOW - 1) // weeks)
            days.styles.height, below.styles.height = lines + 1, "1fr"
            days.show(month_cells(self.day, self.shown, now, lines), day=self.day, heads=weekdays())
        elif self.has_days:
            lines = max(LEAST_BELOW, min(MOST_BELOW, height // 3))
            days.styles.height, below.styles.height = "1fr", lines
            days.show(week_cells(begin, self.shown, now, height - lines - 1), day=self.day, key=key)
        else:
            below.styles.height = "1fr"

    def _show_list(self) -> None:
        now = self.now()
        left, right = header(self.view, self.day, self.shown, now, typed=self.typed, width=self.size.width)
        self.query_one("#agenda-title", Bar).show(left, (), right)
        self.entries.show((*self._timed(), *self._silent()))
        self.refresh_bindings()

    def _timed(self) -> tuple[Entry, ...]:
        now, is_week = self.now(), self.view == "week"
        begin, end = period("week" if is_week else "day", self.day)
        nothing = () if self.shown.holds(begin, end) else (nothing_line(self.view, filtered=bool(self.typed)),)
        if is_week:
            return (() if self.has_days else week_list(begin, self.shown, now)) + nothing
        is_day = self.view == "day"
        return day_list(self.day, self.shown, now, whole=is_day, free=is_day and not self.typed) + nothing

    def _silent(self) -> tuple[Entry, ...]:
        limits = self.ashore.settings.silence
        return follow_up_list(self.shown, self.marked, limits, alone=self.view == "week" and self.has_days)

    # What the cursor is on

    def current(self) -> AgendaEntry | None:
        """The entry under the cursor; on a day of a month, that of the day's list."""
        if not self.shown.entries:
            return None
        is_on_day = self.has_days and not self._in_list
        key = self.days.cursor_key if is_on_day and self.view == "week" else self.entries.cursor_key
        entry = self.shown.entries.get(entry_key(key))
        # Below a day without anything the list begins with what belongs to no day.
        return None if is_on_day and entry is not None and entry.kind is AgendaKind.FOLLOW_UP else entry

    def follow_ups(self) -> tuple[AgendaEntry, ...]:
        """The follow-ups shown."""
        return self.shown.follow_ups

    def applications(self) -> "Mapping[int, BoardRow]":
        """The applications that the entries are about."""
        return self.found.applications if self.found is not None else {}

    def marks_changed(self) -> None:
        """Show what is selected."""
        self._show_list()

    def action_select(self) -> None:
        """Select the follow-up under the cursor, or not any more, and go on to the next."""
        super().action_select()
        self.entries.action_move(1)

    @on(DayGrid.Highlighted)
    def _on_day(self, message: DayGrid.Highlighted) -> None:
        is_another, self.day = message.day != self.day, message.day
        if is_another and self.view == "month":
            self._show_list()
        self._moved()

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PREVIEW_AFTER, self._read_preview)

    def on_descendant_focus(self, event: "events.DescendantFocus") -> None:
        """Follow the keys from the days to the list and back."""
        if event.widget in (self.days, self.entries):
            self._in_list = event.widget is self.entries
            self._moved()

    # The preview

    def _read_preview(self) -> None:
        entry, path = self.current(), self.backend.path
        if not self.query_one("#beside").display:
            return
        self._show_preview()
        if entry is not None:
            wanted = entry.application_id
            self.run_thread("preview", lambda: _read_preview(path, wanted), self.PreviewLoaded)

    @on(PreviewLoaded)
    def _take_preview(self, message: PreviewLoaded) -> None:
        self._preview = message.preview
        self._show_preview()

    def _show_preview(self) -> None:
        entry, title, lines = (
            self.current(),
            self.query_one("#beside-title", Bar),
            self.query_one("#beside-lines", Lines),
        )
        if entry is None:
            title.show([])
            lines.show([])
            return
        title.show([Cell(entry.company, "strong")], right=[Cell(entry.tier, f"tier-{entry.tier}")])
        limits = self.ashore.settings.silence
        lines.show(entry_lines(entry, self.shown, self._preview, self.now(), limits))


def _read_preview(path: "Path", application_id: int) -> "Preview | None":
    from tracker.preview import load_preview

    return load_preview(path, application_id)
