"""What screens that are a list share: a filter that is typed, and a cursor that stays on its row."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.table import Table
from tracker.messages import _, later

if TYPE_CHECKING:
    from textual import events

    from tracker.dashboard.widgets.filter_line import FilterLine


class ListingScreen(AshoreScreen):
    """A screen with a ``Table`` called ``#list`` that typing narrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,、,／", "filter", later("filter"), id="listing.filter", key_display="/"),
        Binding("escape", "clear", later("clear the filter, or back"), show=False, id="listing.clear"),
        Binding("tab", "app.focus_next", later("next panel"), show=False, id="listing.panel"),
    ]
    PLACEHOLDER: ClassVar[str] = later("a part of any word")
    """What may be typed; a message id."""
    SIDE_BY_SIDE: ClassVar[int] = 0
    """Columns from which what is under the cursor stands beside the list and not below it; 0: it never changes."""

    typed = ""
    """The filter."""

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#list", Table)

    def on_resize(self, event: "events.Resize") -> None:
        """Beside the list, or below it."""
        if self.SIDE_BY_SIDE:
            self.set_class(event.size.width >= self.SIDE_BY_SIDE, "-two")

    def show_list(self) -> None:
        """Show what the filter leaves. Called when it changes."""

    def drop_filters(self) -> bool:
        """Give up filters other than the typed one; tells whether there was any."""
        return False

    def action_filter(self) -> None:
        """Type to filter."""
        from tracker.dashboard.widgets.filter_line import FilterLine

        found = self.query(FilterLine)
        if found:
            found.first().query_one("Input").focus()
        else:
            self.mount(FilterLine(self.typed, placeholder=_(self.PLACEHOLDER)), before=self.key_bar)

    def on_filter_line_typed(self, message: "FilterLine.Typed") -> None:
        """Follow the filter line."""
        if message.text != self.typed:
            self.typed = message.text
            self.show_list()

    def on_filter_line_stepped(self, message: "FilterLine.Stepped") -> None:
        """Move the cursor while the filter is typed."""
        self.table.action_move(message.lines)

    def on_filter_line_left(self) -> None:
        """Back to the list."""
        self.table.focus()

    def action_clear(self) -> None:
        """Give up the filters; without any, go back to the screen before."""
        if self.typed:
            self.typed = ""
            self.show_list()
        elif not self.drop_filters() and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
