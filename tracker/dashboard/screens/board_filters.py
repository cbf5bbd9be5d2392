"""What may be chosen about the board: filters, order, season, saved views, and the day that it shows."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from tracker.board_filter import THIS_SEASON, Arrangement, BoardFilter, Sort
from tracker.dashboard.screens.board_screen import BoardScreen
from tracker.dashboard.screens.moves import CHANGING
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.dashboard.widgets.filter_line import FilterLine

T = TypeVar("T")


class FilteredBoard(BoardScreen):
    """A board and the keys that arrange it; the dialogs are loaded when they are opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,、,／", "filter", later("filter"), id="home.filter", key_display="/"),
        Binding("c", "lanes", later("columns"), id="home.lanes"),
        Binding("V", "mark_all", later("mark all, or none"), show=False, id="home.mark_all"),
        Binding("f", "all_ends", later("all or active"), show=False, id="home.all"),
        Binding("T", "choose_tier", later("one tier"), show=False, id="home.tier"),
        Binding("S", "choose_phase", later("one phase"), show=False, id="home.phase"),
        Binding("O", "choose_sort", later("sort"), show=False, id="home.sort"),
        Binding("w", "views", later("saved views"), show=False, id="home.views"),
        Binding("Y", "seasons", later("seasons"), show=False, id="home.seasons"),
        Binding("t", "as_of", later("as of another day"), show=False, id="home.as_of"),
        Binding("escape", "clear", later("clear marks, then filters"), show=False, id="home.clear"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.past: datetime | None = None
        """The moment that the board shows, if it is not the present one."""
        self.view_name = ""
        """The saved view that is shown; empty as soon as anything about it is changed."""

    # Filters and order

    def action_filter(self) -> None:
        """Type to filter."""
        from tracker.dashboard.widgets.filter_line import FilterLine

        found = self.query(FilterLine)
        if found:
            found.first().query_one("Input").focus()
        else:
            placeholder = _("name, pinyin, initials, position, stage, note, #tag")
            self.mount(FilterLine(self.shown.text, placeholder=placeholder), before=self.key_bar)

    def on_filter_line_typed(self, message: "FilterLine.Typed") -> None:
        """Follow the filter line."""
        self.set_filter(replace(self.shown, text=message.text))

    def on_filter_line_stepped(self, message: "FilterLine.Stepped") -> None:
        """Move the cursor while the filter is typed."""
        self.table.action_move(message.lines)

    def on_filter_line_left(self) -> None:
        """The filter line was closed: back to the board."""
        self.focus_board()

    def action_all_ends(self) -> None:
        """Show closed applications too, or only those under way."""
        self.set_filter(replace(self.shown, all_ends=not self.shown.all_ends))

    def action_choose_tier(self) -> None:
        """Only one tier."""
        from tracker.dashboard.dialogs.board_choices import choose_tier

        choose_tier(self)

    def action_choose_phase(self) -> None:
        """Only one phase."""
        from tracker.dashboard.dialogs.board_choices import choose_phase

        choose_phase(self)

    def action_choose_sort(self) -> None:
        """Another order."""
        from tracker.dashboard.dialogs.board_choices import choose_sort

        choose_sort(self)

    def action_clear(self) -> None:
        """Take the marks away, else come back from another day, else show everything under way again."""
        if not self.marked and self.past is not None:
            self.show_day(None)
        else:
            super().action_clear()

    # Saved views and seasons

    @property
    def arrangement(self) -> Arrangement:
        """How the board is arranged now."""
        return Arrangement(self.shown, self.sort, self.as_lanes)

    def show_arrangement(self, wanted: Arrangement, name: str = "") -> None:
        """Arrange the board as a saved view of this name says."""
        shown = wanted.shown
        if shown.season > THIS_SEASON and shown.season not in {season.id for season in self.seasons}:
            shown = replace(shown, season=THIS_SEASON)
        self.show_as(shown, wanted.sort)
        if wanted.as_lanes != self.as_lanes:
            self.action_lanes()
        self.view_name = name
        self.board_shown()

    def show_as(self, shown: BoardFilter, sort: Sort) -> None:
        """Show other applications, or the same in another order."""
        self.view_name = ""
        super().show_as(shown, sort)

    def action_views(self) -> None:
        """Arrangements of the board under names of one's own."""
        from tracker.dashboard.dialogs.saved_view_dialog import open_views

        open_views(self)

    def action_seasons(self) -> None:
        """Another season to look at, a new one, or one to carry applications over to."""
        from tracker.dashboard.dialogs.season_dialog import open_seasons

        open_seasons(self)

    # Another day

    def board_now(self) -> "datetime":
        """The moment that the board shows."""
        return self.past or self.now()

    def action_as_of(self) -> None:
        """The board as it was on another day; back to the present, if that is shown."""
        if self.past is not None:
            self.show_day(None)
        else:
            from tracker.dashboard.dialogs.day_dialog import ask_day

            ask_day(self)

    def show_day(self, moment: "datetime | None") -> None:
        """Show the board as it was at a moment, or as it is."""
        self.past = moment
        self.changed_all()
        self.reload()
        self.key_bar.refresh()

    @property
    def unfit_actions(self) -> Collection[str]:
        """On another day nothing is changed."""
        return CHANGING if self.past is not None else ()

    def come_to_present(self) -> bool:
        """Leave the day that is shown for the present one."""
        if self.past is None:
            return False
        self.show_day(None)
        return True

    def may_change(self) -> bool:
        """The past is looked at, not changed; says so."""
        if self.past is not None:
            self.complain(
                _("This is the board as it was on {day}. t or Esc brings you back to today, then change it.").format(
                    day=f"{self.past:%Y-%m-%d}"
                )
            )
        return self.past is None

    def submit(self, write: Callable[[], T], then: Callable[[T], None]) -> None:
        """Queue a write, unless another day is shown."""
        if self.may_change():
            super().submit(write, then)
