"""All offers: what each comes to, until when to answer, its agreement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.dialogs import offer_dialogs as dialogs
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.text import plain
from tracker.dashboard.views.offers_view import offer_cells, offer_columns, offer_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later, ngettext
from tracker.offers.wording import listed
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.offers.candidates import Candidate
    from tracker.offers.valuation import Valuation
    from tracker.offers.values import OffersRead, OfferView, Recorded


NAMED = 4
"""Companies that are named before they are only counted."""
NOTHING_YET = later("No offer yet: n writes the first one down.")


@dataclass(frozen=True, slots=True)
class OffersFound:
    """All offers, and what each comes to, by the id of its application."""

    read: "OffersRead"
    valuations: "Mapping[int, Valuation]"
    unwritten: "tuple[Candidate, ...]" = ()
    """Applications that stand at an offer without terms."""


class OffersScreen(BriefingWay, ListingScreen):
    """The offers, and what the one under the cursor comes to."""

    HELP: ClassVar[str] = later(
        "The offers that you have: what each pays in four years, with every assumption, and until when to answer. n "
        "writes one down, e changes its terms, t its three-party agreement, r records your answer. c compares those "
        "that can still be taken, by what weighs for you; A changes what is assumed of all of them."
    )
    PLACEHOLDER: ClassVar[str] = later("company, position, city")
    CSS_PATH = "offers.tcss"
    SIDE_BY_SIDE = 140
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", later("new offer"), id="offers.new"),
        Binding("e", "edit", later("terms"), id="offers.edit"),
        Binding("t", "agreement", later("agreement"), id="offers.agreement"),
        Binding("r", "answer", later("answer…"), id="offers.answer"),
        Binding("c", "compare", later("compare"), id="offers.compare"),
        Binding("A", "assume", later("assumptions"), id="offers.assume"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="offers.remove"),
    ]

    @dataclass
    class Loaded(Message):
        """The offers were read."""

        found: OffersFound

    def __init__(self, *, application_id: int | None = None) -> None:
        """All offers; the cursor begins on that of this application."""
        super().__init__()
        self.found: OffersFound | None = None
        self.by_id: dict[int, OfferView] = {}
        self._wanted = application_id
        self._shown = 0

    def compose(self) -> ComposeResult:
        """The offers, and one of them."""
        yield Bar()
        yield Static(id="unwritten")
        with Horizontal(id="halves"):
            yield Table(offer_columns(), self, empty=_(NOTHING_YET), id="list")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the offers."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of an offer."""
        return offer_cells(self.by_id[key], self._valuation(key), now=self.now())

    def _valuation(self, key: int) -> "Valuation":
        if self.found is None:
            raise LookupError(key)
        return self.found.valuations[key]

    @property
    def unfit_actions(self) -> Collection[str]:
        """Without an offer there is only one to write down."""
        return () if self.by_id else ("edit", "agreement", "answer", "compare", "remove")

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the offers anew."""
        now = self.now()
        self.load("offers", lambda session: read_offers(session, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found = message.found
        self.by_id = {offer.application_id: offer for offer in message.found.read.offers}
        self._tell_unwritten()
        self.show_list()
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None
        self._preview()
        self.refresh_bindings()

    def _tell_unwritten(self) -> None:
        """Which offers are known of only by the history."""
        companies = [one.company for one in self.found.unwritten] if self.found is not None else []
        line = self.query_one("#unwritten", Static)
        line.display = bool(companies)
        more = len(companies) - NAMED
        named = listed(companies[:NAMED]) + (" +" + str(more) if more > 0 else "")
        words = _("At an offer, terms not written down yet: {companies}. n writes them.").format(companies=named)
        line.update(Content(plain(words)))

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key, offer in self.by_id.items() if all(word in _haystack(offer) for word in words)]
        nothing, none_found = _(NOTHING_YET), _("Nothing has these words. Esc clears the filter.")
        self.table.empty = none_found if self.by_id else nothing
        self.table.show(shown)
        self.table.repaint()
        living = len(self.found.read.living) if self.found is not None else 0
        told = ngettext("{n} can still be taken", "{n} can still be taken", living).format(n=living)
        title = [Cell(_("Offers"), "title"), Cell(f"  {len(shown)} · {told}" if shown else "", "muted")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)
        self._preview()

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        offer, page = self.current(), self.query_one(Page)
        now = self.now()
        page.show(() if offer is None else offer_entries(offer, self._valuation(offer.application_id), now=now))
        if offer is not None and offer.application_id != self._shown:
            self._shown = offer.application_id
            page.scroll_home(animate=False)

    def current(self) -> "OfferView | None":
        """The offer under the cursor."""
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    def briefable(self) -> Briefable | None:
        """The company of the offer under the cursor."""
        offer = self.current()
        return None if offer is None else Briefable(offer.company_id)

    # Acting

    @on(Table.Chosen, "#list")
    def _to_company(self) -> None:
        if (offer := self.current()) is not None:
            self.ashore.open_page("company", company_id=offer.company_id)

    def action_new(self) -> None:
        """Write an offer down."""
        dialogs.ask_new_offer(self, self._reach)

    def _reach(self, done: "Recorded") -> None:
        self._wanted, self.typed = done.application_id, ""
        self.reload()

    def action_edit(self) -> None:
        """The terms of the offer under the cursor."""
        if (offer := self.current()) is not None:
            dialogs.ask_terms(
                self, application_id=offer.application_id, title=offer.title, was=offer.terms, then=self._reach
            )

    def action_agreement(self) -> None:
        """The dates of its three-party agreement."""
        if (offer := self.current()) is not None:
            dialogs.ask_agreement(self, offer)

    def action_answer(self) -> None:
        """Take it, decline it, or say that it was taken back."""
        if (offer := self.current()) is not None:
            dialogs.ask_answer(self, offer)

    def action_compare(self) -> None:
        """All that can still be taken, side by side."""
        self.ashore.open_page("offer_comparison")

    def action_assume(self) -> None:
        """What is assumed of all offers."""
        if self.found is not None:
            dialogs.ask_assumptions(self, self.found.read)

    def action_remove(self) -> None:
        """Take the offer under the cursor away; u brings it back."""
        if (offer := self.current()) is not None:
            dialogs.remove(self, offer)


def _haystack(offer: "OfferView") -> str:
    """What typing looks into."""
    terms = offer.terms
    return name_key(f"{offer.company} {offer.position} {terms.city} {terms.level} {terms.note}")


def read_offers(session: "Session", now: datetime) -> OffersFound:
    """All offers, and what each comes to."""
    from tracker.offers.candidates import list_candidates
    from tracker.offers.reading import load_offers
    from tracker.offers.valuation import value_offer

    read = load_offers(session, now=now)
    return OffersFound(
        read,
        {offer.application_id: value_offer(offer.terms, own=read.assumptions) for offer in read.offers},
        tuple(one for one in list_candidates(session) if one.has_offer),
    )
