"""Home: what to do now, where everything stands, and what is known of the application under the cursor."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.board import Board, BoardNumbers, BoardRow, count_rows, load_board, load_rows, recount
from tracker.board_filter import of_season
from tracker.dashboard.screens.home_day import DayPanel
from tracker.dashboard.views.home_words import Marks, board_title, columns, header_cells, season_words
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.panels import Columns, Panel
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.today import Today

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FOLLOW_AFTER = 0.02
"""Seconds between a changed row and what follows from it, so that the row is painted before anything competes."""
CLOCK_EVERY = 15.0
"""Seconds between two looks at the clock for the header and the countdowns."""


@dataclass
class _BoardLoaded(Message):
    board: Board
    past: "datetime | None" = None
    """The moment that it shows, if it is not the present one."""


@dataclass
class _RowsLoaded(Message):
    wanted: frozenset[int]
    rows: dict[int, BoardRow]


class HomeScreen(DayPanel):
    """The first screen."""

    HELP: ClassVar[str] = later(
        "What the day holds, where every application stands, and what is known of the one under the cursor. "
        "A key moves the application at once; u takes it back. In the day, space ticks what is to be ready. v marks "
        "several for one key, w keeps this view, Y tells the seasons apart, t shows another day."
    )
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (92, "-medium"),
        (118, "-wide"),
        (150, "-roomy"),
    ]
    AUTO_FOCUS = "#board"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "app.page('next_briefing')", later("next briefing"), id="app.next_briefing"),
        Binding("b", "briefing", later("briefing"), id="home.briefing"),
        Binding("d", "drill", later("drill"), show=False, id="home.drill"),
        Binding("m", "mock", later("mock interview"), show=False, id="home.mock"),
        Binding("v", "mark", later("mark"), id="home.mark"),
        Binding("tab", "app.focus_next", later("next panel"), show=False, id="home.panel"),
        Binding("enter", "open", later("company"), show=False, id="home.open"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self._wanted_row: int | None = None
        self._had_rows = False
        self._greeted = False
        self._numbers = BoardNumbers(0, 0, 0)
        self._season_counted = self.shown.season

    def compose(self) -> ComposeResult:
        """Header, the day, the board, the preview, the keys."""
        # Textual sets it after the first paint, which is then done twice.
        self.add_class(
            next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if self.app.size.width >= least)
        )
        yield Bar(id="header")
        yield Bar(id="day")
        with Columns(id="columns"):
            with Panel(id="today-panel"):
                yield Bar(id="today-title")
                yield Lines(id="today")
            with Panel(id="board-panel"):
                yield Bar(id="board-title")
                yield Table(
                    columns(), self, empty=_("Nothing here. n adds an application, Esc clears the filter."), id="board"
                )
            with Panel(id="preview-panel"):
                yield Bar(id="preview-title")
                yield Lines(focusable=False, id="preview")
        yield self.key_bar

    def on_mount(self) -> None:
        """Show what was read before the app began; read what was not."""
        self.query_one("#today-title", Bar).show([Cell(_("Today"), "title")])
        first = self.ashore.first_board
        if first is not None:
            self.today = self.ashore.first_today or Today()
            self._take_board(first)
        else:
            self._tell_time()
        self.set_interval(CLOCK_EVERY, self._tick)

    def first_paint_done(self) -> None:
        """Read the applications that were left out, the preview, and what practice was left open."""
        if self.board.numbers is not None:
            self.reload()
        self._read_preview()
        from tracker.dashboard.screens.resuming import offer_to_resume

        offer_to_resume(self)

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:
        """Read the rows that changed, or all of them, and the day."""
        path, past = self.backend.path, self.past
        if past is not None:
            now = self.now()
            self.run_thread("board", lambda: _read_past(path, past, now), lambda board: _BoardLoaded(board, past))
            return
        if applications and self.ashore.first_board is not None:
            wanted = frozenset(applications)
            self.run_thread(
                f"rows {min(wanted)}", lambda: load_rows(path, wanted), lambda rows: _RowsLoaded(wanted, rows)
            )
            return
        if applications is None or self.ashore.first_board is None:
            self.run_thread("board", lambda: load_board(path), _BoardLoaded)
        self.read_day()

    @on(_BoardLoaded)
    def _board_loaded(self, message: _BoardLoaded) -> None:
        if message.past != self.past:
            return
        if self.past is None:
            self.ashore.first_board = message.board
        self._take_board(message.board)

    def _take_board(self, board: Board) -> None:
        self.board = board
        self.seasons = board.seasons
        if self.past is None:
            self.backend.know(board.newest_change)
        self.show_rows({row.application_id: row for row in board.rows})
        self._tell_time()
        self.paint_day()
        if self._wanted_row is not None:
            self.reach(self._wanted_row)
        if not board.welcomed and not self._greeted:
            self._greeted = True
            self.ashore.action_page("welcome")

    @on(_RowsLoaded)
    def _rows_loaded(self, message: _RowsLoaded) -> None:
        """Show changed rows where they stand; they move and leave with the next filter or sort."""
        if self.past is not None:
            return
        if message.wanted != message.rows.keys() or not message.rows.keys() <= self.rows.keys():
            self.reload()
            return
        before = [self.rows[key] for key in message.rows]
        self.rows.update(message.rows)
        self._numbers = self._recount(before, list(message.rows.values()))
        self.repaint_rows(message.wanted)
        self.set_timer(FOLLOW_AFTER, self._follow_rows)

    def _follow_rows(self) -> None:
        self._tell_time(self._numbers)
        self.board_shown()
        self.read_day()

    # Showing

    def board_shown(self) -> None:
        """The titles and the preview follow the rows."""
        self._show_titles()
        if self.shown.season != self._season_counted:
            self._season_counted = self.shown.season
            self._tell_time()
        if self._preview is None:
            self._read_preview()
        else:
            self._rest_on_row()

    def _show_titles(self) -> None:
        numbers = self.board.numbers
        count = numbers.active if numbers is not None else len(self.table.order)
        hidden = self.marked.difference(self.table.order) if self.marked else ()
        marks = Marks(len(self.marked), len(hidden))
        left, right = board_title(count, self.shown, self.sort, marks=marks, view=self.view_name)
        self.query_one("#board-title", Bar).show(left, right=right)
        if (count > 0) != self._had_rows:
            self._had_rows = count > 0
            self.refresh_bindings()

    def marks_shown(self) -> None:
        """The title tells how many are marked."""
        self._show_titles()

    def _tick(self) -> None:
        self._tell_time()
        self.watch_ends()

    def _tell_time(self, counted: BoardNumbers | None = None) -> None:
        self._numbers = counted or self.board.numbers or self._count()
        season = season_words(self.shown.season, self.seasons) or self.ashore.settings.season
        words = header_cells(self._numbers, self.board.companies, season, self.now(), past=self.past)
        left, middle, right = words
        self.query_one("#header", Bar).show(left, middle, right)

    def _count(self) -> BoardNumbers:
        rows = of_season(self.rows.values(), self.shown.season, self.current_season)
        return count_rows(rows, self.board_now())

    def _recount(self, before: list[BoardRow], after: list[BoardRow]) -> BoardNumbers:
        """The numbers of the season after some of its applications changed."""
        season, current = self.shown.season, self.current_season
        gone, come = of_season(before, season, current), of_season(after, season, current)
        return recount(self._numbers, gone, come, self.board_now())

    def on_resize(self) -> None:
        """Another width holds more or less of the day, and perhaps the preview."""
        self.paint_day()
        self._read_preview()

    # Going elsewhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages that need an application are not offered without one."""
        if action in ("briefing", "drill", "open"):
            return self.selected() is not None
        return super().check_action(action, parameters)

    def on_lanes_chosen(self) -> None:
        """A card was opened."""
        self.action_open()

    @on(Table.Chosen)
    def action_open(self) -> None:
        """The page of the company."""
        chosen = self.selected()
        if chosen is not None:
            self.ashore.open_page("company", company_id=chosen.company_id)

    def action_briefing(self) -> None:
        """Everything about its next round."""
        chosen = self.selected()
        entry = self.day_entry()
        row = self.rows.get(entry.application_id) if entry is not None else None
        if entry is not None and row is not None:
            self.ashore.open_page("briefing", company_id=row.company_id, round_id=entry.round_id)
        elif chosen is not None:
            self.ashore.open_page("briefing", company_id=chosen.company_id)

    def action_drill(self) -> None:
        """What to practise before its next round."""
        chosen = self.selected()
        if chosen is not None:
            self.ashore.open_page("drill", company_id=chosen.company_id)

    def action_mock(self) -> None:
        """A mock interview for its next round."""
        chosen = self.selected()
        if chosen is not None:
            self.ashore.open_page("mock", company_id=chosen.company_id)

    def reach(self, application_id: int) -> None:
        """Put the cursor on an application, giving up a filter that hides it; an unread one once it is read."""
        row = self.rows.get(application_id)
        self._wanted_row = None if row is not None else application_id
        if row is None:
            return
        self.put_cursor(application_id)


def _read_past(path: "Path", moment: "datetime", now: "datetime") -> Board:
    """In a thread, the import included: the first paint needs nothing of it."""
    from tracker.as_of import board_as_of

    return board_as_of(path, moment=moment, now=now)
