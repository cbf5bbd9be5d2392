"""The offers that can still be taken, side by side: by what weighs for the person, and what each choice costs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs import offer_dialogs as dialogs
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.offer_comparison_view import OfferTable, comparison_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from tracker.offers.values import OffersRead

BESIDE = 6
"""Cells of a line that the page keeps for its borders and its scroll bar."""


class OfferComparisonScreen(AshoreScreen):
    """Offers in their order, and how sure that order is."""

    HELP: ClassVar[str] = later(
        "Your offers in the order that follows from what weighs for you. Each thing counts from 0 to 100 and by its "
        "weight; what is not known counts as the mean of the others, and the range says how much that may matter. "
        "Below: what would put another first, and what each choice about agreements costs. W changes the weights, A "
        "what is assumed; Enter opens the offer."
    )
    CSS_PATH = "offer_comparison.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("W", "weigh", later("weights"), id="offer_comparison.weigh"),
        Binding("A", "assume", later("assumptions"), id="offer_comparison.assume"),
    ]

    @dataclass
    class Loaded(Message):
        """The offers were read and compared."""

        read: "OffersRead"
        table: OfferTable

    def __init__(self) -> None:
        super().__init__()
        self.read: OffersRead | None = None
        self.table: OfferTable | None = None

    def compose(self) -> ComposeResult:
        """The title and the page."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read and compare."""
        self.query_one(Bar).show((Cell(_("Offers side by side"), "title"),))
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read and compare anew."""
        now = self.now()
        self.load("offers", lambda session: compare_offers(session, now), lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.read, self.table = message.read, message.table
        self._show()

    def on_resize(self, event: "events.Resize") -> None:
        """As many offers beside each other as there is room for."""
        if event.size.width:
            self._show()

    def _show(self) -> None:
        if self.table is not None:
            self.query_one(Page).show(comparison_entries(self.table, width=self.size.width - BESIDE))

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, number = event.key.partition(":")
        if kind == "offer":
            self.ashore.open_page("offers", application_id=int(number))

    def action_weigh(self) -> None:
        """What weighs how much."""
        if self.read is not None and self.table is not None:
            dialogs.ask_weights(self, self.read, self.table.comparison)

    def action_assume(self) -> None:
        """What is assumed of all offers."""
        if self.read is not None:
            dialogs.ask_assumptions(self, self.read)


def compare_offers(session: "Session", now: datetime) -> OfferComparisonScreen.Loaded:
    """The offers that can still be taken, compared."""
    from tracker.offers.choices import weigh_choices
    from tracker.offers.comparison import compare
    from tracker.offers.reading import load_offers
    from tracker.offers.sensitivity import examine

    read = load_offers(session, now=now)
    given = {"assumptions": read.assumptions, "weights": read.weights}
    comparison = compare(read.living, **given)
    table = OfferTable(comparison, examine(comparison, **given), weigh_choices(read, now=now))
    return OfferComparisonScreen.Loaded(read, table)
