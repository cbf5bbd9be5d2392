"""The board of applications: as a table or as columns, filtered and sorted; what it is part of fills it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.moves import MovingScreen, Selected
from tracker.dashboard.views.board_view import (
    PHASES,
    SORTS,
    BoardFilter,
    Search,
    Sort,
    filter_rows,
    order_rows,
    show_cells,
)
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.stages import Phase, Tier
from tracker.words import phase_word

if TYPE_CHECKING:
    from tracker.board import BoardRow
    from tracker.dashboard.widgets.filter_line import FilterLine
    from tracker.dashboard.widgets.lanes import Card, Lanes

ANY = "any"
"""The choice of no filter."""


class BoardScreen(MovingScreen):
    """A screen with a ``Table`` called ``#board``, and what is shown in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,、,／", "filter", later("filter"), id="home.filter", key_display="/"),
        Binding("c", "lanes", later("columns"), id="home.lanes"),
        Binding("f", "all_ends", later("all or active"), id="home.all"),
        Binding("T", "choose_tier", later("one tier"), show=False, id="home.tier"),
        Binding("S", "choose_phase", later("one phase"), show=False, id="home.phase"),
        Binding("O", "choose_sort", later("sort"), show=False, id="home.sort"),
        Binding("escape", "clear", later("clear the filter"), show=False, id="home.clear"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, BoardRow] = {}
        self.shown = BoardFilter()
        self.sort: Sort = "next"
        self._order: list[int] = []
        self._kept: list[int] = []
        """Those of the order that the filter shows, whatever its text."""
        self._search: Search | None = None
        """Among those; made when something is typed."""
        self._lanes: Lanes | None = None

    def board_shown(self) -> None:
        """Called after other rows are shown."""

    @property
    def table(self) -> Table:
        """The board as a table."""
        return self.query_one("#board", Table)

    @property
    def as_lanes(self) -> bool:
        """Whether the board is shown as columns."""
        return self._lanes is not None and self._lanes.display

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a row of the board."""
        return show_cells(self.rows[key], self.now())

    def cursor_key(self) -> int | None:
        """The application under the cursor."""
        if self._lanes is not None and self._lanes.display:
            return self._lanes.cursor_key
        return self.table.cursor_key if self.is_mounted else None

    def selected(self) -> Selected | None:
        """The application under the cursor."""
        key = self.cursor_key()
        row = self.rows.get(key) if key is not None else None
        return None if row is None else Selected(row.application_id, row.company_id, row.company, row.stage)

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

    def repaint_rows(self, keys: Collection[int]) -> None:
        """Show changed applications where they stand; they move or leave with the next filter or sort."""
        self._search = None
        self.table.repaint(keys)
        if self.as_lanes:
            self._show_lanes()

    def _sort(self) -> None:
        self._order = order_rows(self.rows.values(), sort=self.sort, now=self.now())

    def _filter(self) -> None:
        self._kept = filter_rows(self._order, self.rows, self.shown)
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
            self.set_filter(BoardFilter(all_ends=not self.rows[application_id].active))
            self.table.move_to(application_id)
        if self._lanes is not None and self._lanes.display:
            self._lanes.move_to(application_id)
        self.focus_board()

    # Filtering and sorting

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show other applications."""
        if wanted == self.shown:
            return
        only_typed = replace(wanted, text=self.shown.text) == self.shown
        self.shown = wanted
        if not only_typed:
            self._sort()
            self._filter()
        self._show()

    def action_filter(self) -> None:
        """Type to filter."""
        from tracker.dashboard.widgets.filter_line import FilterLine

        found = self.query(FilterLine)
        if found:
            found.first().query_one("Input").focus()
        else:
            line = FilterLine(self.shown.text)
            self.mount(line, before=self.key_bar)

    def on_filter_line_typed(self, message: "FilterLine.Typed") -> None:
        """Follow the filter line."""
        self.set_filter(replace(self.shown, text=message.text))

    def on_filter_line_stepped(self, message: "FilterLine.Stepped") -> None:
        """Move the cursor while the filter is typed."""
        self.table.action_move(message.lines)

    def on_filter_line_left(self) -> None:
        """The filter line was closed: back to the board."""
        self.focus_board()

    def focus_board(self) -> None:
        """Give the keys to the board."""
        (self._lanes if self._lanes is not None and self._lanes.display else self.table).focus()

    def action_clear(self) -> None:
        """Show everything that is under way again."""
        if self.shown != BoardFilter():
            self.set_filter(BoardFilter())
        self.focus_board()

    def action_all_ends(self) -> None:
        """Show closed applications too, or only those under way."""
        self.set_filter(replace(self.shown, all_ends=not self.shown.all_ends))

    def action_choose_tier(self) -> None:
        """Only one tier."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(ANY, _("all tiers"), "a")]
        choices += [Choice(tier, tier, tier.lower() if tier != Tier.A else "A", style=f"tier-{tier}") for tier in Tier]
        sheet = Chooser(_("Which tier?"), choices, current=self.shown.tier or ANY)
        self.app.push_screen(sheet, lambda tier: self._narrow("tier", tier))

    def action_choose_phase(self) -> None:
        """Only one phase."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(ANY, _("all phases"), "0")]
        choices += [
            Choice(phase, phase_word(phase), str(number), style=f"phase-{phase}")
            for number, phase in enumerate(PHASES, start=1)
        ]
        sheet = Chooser(_("Which phase?"), choices, current=self.shown.phase or ANY)
        self.app.push_screen(sheet, lambda phase: self._narrow("phase", phase))

    def _narrow(self, field: str, value: str | None) -> None:
        if value is None:
            return
        value = "" if value == ANY else value
        self.set_filter(replace(self.shown, tier=value) if field == "tier" else replace(self.shown, phase=value))

    def action_choose_sort(self) -> None:
        """Another order."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(key, _(name), str(number)) for number, (key, name) in enumerate(SORTS.items(), start=1)]
        self.app.push_screen(Chooser(_("Sort by what?"), choices, current=self.sort), self._sort_by)

    def _sort_by(self, sort: str | None) -> None:
        chosen = next((key for key in SORTS if key == sort), None)
        if chosen is not None:
            self.sort = chosen
            self._sort()
            self._filter()
            self._show()

    # Columns

    def action_lanes(self) -> None:
        """The board as columns by phase, or as a table again."""
        from tracker.dashboard.widgets.lanes import Lanes

        cursor = self.cursor_key()
        if self._lanes is None:
            self._lanes = Lanes(self._card, id="lanes")
            self._lanes.display = False
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
