"""What is said of an offer and of an agreement, and the values that screens and commands show of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.recording import Moved

HOME_CURRENCY = "CNY"
"""The currency in which offers are compared."""

NOTHING: Mapping[str, float] = MappingProxyType({})


class OfferState(StrEnum):
    """How things stand with an offer, derived from the application's history and its agreement."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """The application went on to what follows an offer (三方), or the offer counts as passed."""
    SIGNED = "signed"
    """The agreement is signed and holds."""
    BROKEN = "broken"
    """The agreement was signed and broken."""
    EXPIRED = "expired"
    """The time to answer is over, and nothing was answered."""
    DECLINED = "declined"
    REVOKED = "revoked"
    CLOSED = "closed"
    """The application ended in another way."""


LIVING = frozenset({OfferState.OPEN, OfferState.ACCEPTED, OfferState.SIGNED})
"""States in which an offer can still be taken, or is."""


class Hukou(StrEnum):
    """Whether the company gets one a 户口."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What a company offers. Sums are whole units of its currency, before tax; ``None``: nothing was said."""

    level: str = ""
    city: str = ""
    currency: str = ""
    """ISO 4217; empty: CNY."""
    base_pay: int | None = None
    """A month."""
    months: float | None = None
    """Months of base pay in a year, such as 15.5."""
    bonus: int | None = None
    """A year, beside those months."""
    signing: int | None = None
    """Paid once, in the first year."""
    share_value: int | None = None
    """What the whole grant of shares is said to be worth."""
    vesting: tuple[float, ...] = ()
    """Percent of the grant that vests in each year; empty: nothing was said."""
    fund_base: int | None = None
    """公积金: the monthly pay that it is counted from."""
    fund_share: float | None = None
    """公积金: percent of it that the company pays."""
    allowance: int | None = None
    """A month: rent, meals, transport."""
    hukou: str = ""
    """certain, possible, none, or nothing said."""
    weekly_hours: float | None = None
    received_on: date | None = None
    deadline_at: datetime | None = None
    """Until when to answer; aware."""
    marks: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    """What no sum says (the team, the work, the place) by its name, 0–10 by the person's own feeling."""
    assumptions: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    """What is assumed of this offer otherwise than of all, by the names in ``assumptions.ASSUMED``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """三方: what is known of an agreement."""

    received_on: date | None = None
    deadline_at: datetime | None = None
    """Until when to sign; aware."""
    penalty: int | None = None
    """What breaking it costs, in yuan; ``None``: not known."""
    signed_on: date | None = None
    broken_on: date | None = None
    released_on: date | None = None
    """When the letter of release (解约函) came."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement and whose it is."""

    agreement_id: int
    application_id: int
    company_id: int
    company: str
    position: str
    terms: AgreementTerms
    active: bool = True
    """Whether its application is still alive."""

    @property
    def holds(self) -> bool:
        """Whether it is signed and was not broken."""
        return self.terms.signed_on is not None and self.terms.broken_on is None

    @property
    def binds(self) -> bool:
        """Whether no other can be signed because of it: it holds, or it was broken and no release has come."""
        return self.terms.signed_on is not None and self.terms.released_on is None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be signed."""
        terms = self.terms
        return self.active and terms.signed_on is None and terms.broken_on is None


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer, whose it is, and how things stand with it."""

    offer_id: int
    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    stage: str
    state: OfferState
    terms: OfferTerms
    agreement: AgreementView | None = None

    @property
    def title(self) -> str:
        """Company and position."""
        return " · ".join(filter(None, (self.company, self.position)))


@dataclass(frozen=True, slots=True)
class OffersRead:
    """All offers and agreements of a database, with what the person assumes and finds important."""

    offers: tuple[OfferView, ...] = ()
    """Those that can be taken first, then by the time left to answer or to sign, then by company."""
    agreements: tuple[AgreementView, ...] = ()
    """Of applications with and without an offer, the ones that bind first."""
    assumptions: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    """The person's own, by the names in ``assumptions.ASSUMED``; what is not there has its usual value."""
    weights: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    """The person's own, by criterion; without any the usual ones hold."""

    @property
    def living(self) -> tuple[OfferView, ...]:
        """The offers that can still be taken, or are."""
        return tuple(offer for offer in self.offers if offer.state in LIVING)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an offer, an answer or an agreement did."""

    application_id: int
    company: str
    row_id: int | None
    """Of the offer or agreement; ``None`` when it was removed or there is none."""
    is_new: bool = False
    changed: tuple[str, ...] = ()
    """The names of the fields that are different now."""
    moved: "Moved | None" = None
    """What it did to the application's stage."""
    remarks: tuple[str, ...] = ()
    """What a person should know: sentences, translated."""
