"""The board of applications: as a table or as columns, its rows marked or not; what it is part of fills it."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tracker.board_filter import PHASES, BoardFilter, Search, Sort, filter_rows, order_rows
from tracker.dashboard.screens.moves import MovingScreen, Selected
from tracker.dashboard.views.board_view import show_cells
from tracker.dashboard.widgets.table import Cell, Table
from tracker.stages import Phase
from tracker.words import phase_word

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.board import BoardRow, SeasonName
    from tracker.dashboard.widgets.lanes import Card, Lanes


class BoardScreen(MovingScreen):
    """A screen with a ``Table`` called ``#board``, and what is shown in it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, BoardRow] = {}
        self.seasons: tuple[SeasonName, ...] = ()
        self.shown = BoardFilter()
        self.sort: Sort = "next"
        self.marked: set[int] = set()
        """Applications that keys work on together, shown or not."""
        self._order: list[int] = []
        self._kept: list[int] = []
        """Those of the order that the filter shows, whatever its text."""
        self._search: Search | None = None
        """Among those; made when something is typed."""
        self._lanes: Lanes | None = None

    def board_shown(self) -> None:
        """Called after other rows are shown."""

    def board_now(self) -> "datetime":
        """The moment that the board shows."""
        return self.now()

    @property
    def table(self) -> Table:
        """The board as a table."""
        return self.query_one("#board", Table)

    @property
    def as_lanes(self) -> bool:
        """Whether the board is shown as columns."""
        return self._lanes is not None and self._lanes.display

    @property
    def current_season(self) -> int | None:
        """The id of the season that is on now."""
        return next((season.id for season in self.seasons if season.is_current), None)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a row of the board."""
        return show_cells(self.rows[key], self.board_now())

    def cursor_key(self) -> int | None:
        """The application under the cursor."""
        if self._lanes is not None and self._lanes.display:
            return self._lanes.cursor_key
        return self.table.cursor_key if self.is_mounted else None

    def selected(self) -> Selected | None:
        """The application under the cursor."""
        key = self.cursor_key()
        return None if key is None or key not in self.rows else self._selected(key)

    def _selected(self, key: int) -> Selected:
        row = self.rows[key]
        return Selected(row.application_id, row.company_id, row.company, row.stage)

    # Showing

    def show_rows(self, rows: "Mapping[int, BoardRow]") -> None:
        """Show these applications; those that were there stay where they are, if none came or went."""
        before = self._order
        self.rows = dict(rows)
        self._sort()
        if len(before) == len(self._order) and set(before) == set(self._order):
            self._order = before
        self.table.repaint()
        self._filter()
        self._show()
        if not self.marked <= self.rows.keys():
            self._mark(self.marked & self.rows.keys())

    def repaint_rows(self, keys: Collection[int]) -> None:
        """Show changed applications where they stand; they move or leave with the next filter or sort."""
        self._search = None
        self.table.repaint(keys)
        if self.as_lanes:
            self._show_lanes()

    def show_as(self, shown: BoardFilter, sort: Sort) -> None:
        """Show other applications, or the same in another order."""
        if (shown, sort) == (self.shown, self.sort):
            return
        narrowed = (self.shown.tier, self.shown.phase, self.shown.all_ends, self.shown.season, self.sort)
        self.shown, self.sort = shown, sort
        if narrowed != (shown.tier, shown.phase, shown.all_ends, shown.season, sort):
            self._sort()
            self._filter()
        self._show()

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show other applications."""
        self.show_as(wanted, self.sort)

    def _sort(self) -> None:
        self._order = order_rows(self.rows.values(), sort=self.sort, now=self.board_now())

    def _filter(self) -> None:
        self._kept = filter_rows(self._order, self.rows, self.shown, current_season=self.current_season)
        self._search = None

    def _show(self) -> None:
        self.table.show(self._typed(), same_rows=True)
        if self.as_lanes:
            self._show_lanes()
        self.board_shown()

    def _typed(self) -> list[int]:
        """What the text of the filter leaves."""
        if not self.shown.text:
            return self._kept
        if self._search is None:
            self._search = Search(self._kept, self.rows)
        return self._search.find(self.shown.text)

    def put_cursor(self, application_id: int) -> None:
        """Put the cursor on an application, giving up a filter that hides it."""
        if not self.table.move_to(application_id):
            self.set_filter(self._filter_showing(application_id))
            self.table.move_to(application_id)
        if self._lanes is not None and self._lanes.display:
            self._lanes.move_to(application_id)
        self.focus_board()

    def _filter_showing(self, application_id: int) -> BoardFilter:
        """The widest filter, as far as it must be widened: for a closed application, or one of another season."""
        row = self.rows[application_id]
        plain = BoardFilter(all_ends=not row.active)
        if filter_rows([application_id], self.rows, plain, current_season=self.current_season):
            return plain
        return BoardFilter(all_ends=not row.active, season=row.season_id or plain.season)

    def focus_board(self) -> None:
        """Give the keys to the board."""
        (self._lanes if self._lanes is not None and self._lanes.display else self.table).focus()

    # Several at once

    def chosen(self) -> tuple[Selected, ...]:
        """The marked applications, shown or not; without any the one under the cursor."""
        if self.marked:
            return tuple(self._selected(key) for key in self._order if key in self.marked)
        return super().chosen()

    def _mark(self, keys: Collection[int]) -> None:
        self.marked = set(keys)
        self.table.mark(self.marked)
        if self._lanes is not None:
            self._lanes.mark(self.marked)
        self.marks_shown()

    def marks_shown(self) -> None:
        """Called after other rows are marked."""

    def action_mark(self) -> None:
        """Mark the application under the cursor, or take its mark away; then the next one."""
        key = self.cursor_key()
        if key is None:
            return
        self._mark(self.marked ^ {key})
        if self._lanes is not None and self._lanes.display:
            self._lanes.action_down(1)
        else:
            self.table.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all that are shown; none when they are marked already."""
        shown = set(self.table.order)
        self._mark(self.marked - shown if shown <= self.marked else self.marked | shown)

    def changed_all(self, but: Collection[int] = ()) -> None:
        """What was changed is marked no more; what refused still is."""
        if self.marked:
            self._mark(self.marked & set(but))

    def action_clear(self) -> None:
        """Take the marks away; without any, show everything that is under way again."""
        if self.marked:
            self._mark(())
        else:
            self.set_filter(BoardFilter())
        self.focus_board()

    # Columns

    def action_lanes(self) -> None:
        """The board as columns by phase, or as a table again."""
        from tracker.dashboard.widgets.lanes import Lanes

        cursor = self.cursor_key()
        if self._lanes is None:
            self._lanes = Lanes(self._card, id="lanes")
            self._lanes.display = False
            self._lanes.mark(self.marked)
            self.mount(self._lanes, after=self.table)
        self._lanes.display = not self._lanes.display
        self.table.display = not self._lanes.display
        self.set_class(self._lanes.display, "-lanes")
        if self._lanes.display:
            self._show_lanes(cursor)
        elif cursor is not None:
            self.table.move_to(cursor)
        self.focus_board()
        self.board_shown()

    def _show_lanes(self, cursor: int | None = None) -> None:
        from tracker.dashboard.widgets.lanes import Lane

        found: dict[str, list[int]] = {phase: [] for phase in PHASES}
        for key in self.table.order:
            found.setdefault(self.rows[key].phase, []).append(key)
        lanes: list[Lane] = [
            Lane(phase_word(phase), f"phase-{phase}" if phase != Phase.CLOSED else "title", keys)
            for phase, keys in found.items()
            if keys or phase not in (Phase.CLOSED, Phase.INTENT)
        ]
        if self._lanes is not None:
            self._lanes.show(lanes, cursor=cursor)

    def _card(self, key: int) -> "Card":
        from tracker.dashboard.widgets.lanes import Card

        company, tier, _position, stage, waiting, upcoming = self.cells(key)
        return Card(company, tier, stage, upcoming if upcoming.text != "—" else waiting)
