"""三方: what each choice costs. Signing now, waiting, breaking what is signed: sums, days, offers that go. Pure.

Not legal advice: the assumptions are said beside the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from tracker.deadlines import typed_deadline
from tracker.messages import _, ngettext
from tracker.offers.values import AgreementView, OffersRead, OfferState, OfferView
from tracker.offers.wording import listed, show_money


class ChoiceKind(StrEnum):
    """What one can do."""

    SIGN = "sign"
    """Sign with this one now; nothing else is signed."""
    WAIT = "wait"
    """Wait with all of them for the one that answers last."""
    KEEP = "keep"
    """Keep to what is signed."""
    BREAK = "break"
    """Break what is signed and sign with this one."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An offer or an agreement that is gone with a choice."""

    application_id: int
    company: str
    ends_at: datetime | None
    """When it ends by itself; ``None``: nothing was said, it is declined."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that one can do, and what it costs."""

    kind: ChoiceKind
    application_id: int | None
    """Whose offer is taken; of waiting, the one that is waited for."""
    title: str
    """What is done, in words."""
    penalty: int | None
    """Yuan to pay at once; 0: none; ``None``: it is not known how much."""
    days_left: int | None
    """Whole days until it cannot be done any more; ``None``: no day is known; negative: it is too late."""
    lost: tuple[Lost, ...]
    """What is gone with it."""
    needs_release: bool
    """Whether a letter of release has to come first."""
    sentences: tuple[str, ...]
    """What else to know."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The table, and what it takes for granted."""

    rows: tuple[Choice, ...] = ()
    assumed: tuple[str, ...] = ()


def weigh_choices(read: OffersRead, *, now: datetime) -> Choices:
    """What can be done with the offers that are alive, and what each of it costs.

    Args:
        read: all offers and agreements.
        now: the present moment, aware, in the person's zone.
    """
    zone = now.tzinfo
    candidates = [offer for offer in read.living if offer.state != OfferState.SIGNED]
    binding = [agreement for agreement in read.agreements if agreement.binds]
    holding = next((agreement for agreement in binding if agreement.holds), None)
    rows: list[Choice] = []
    if holding is not None:
        rows.append(_keep(holding, candidates))
        rows += [_break(holding, offer, candidates, now=now) for offer in candidates]
    else:
        waiting = binding[0] if binding else None
        rows += [_sign(offer, candidates, waiting, now=now) for offer in candidates]
        rows += _waits(candidates, now=now, zone=zone)
    unknown = [offer.company for offer in candidates if _penalty_of(offer) is None]
    return Choices(tuple(rows), tuple(_assumed(unknown)) if rows else ())


def _assumed(unknown: Sequence[str]) -> Iterator[str]:
    if unknown:
        yield _("What breaking it would cost is not written down of {companies}.").format(companies=listed(unknown))
    yield from (
        _("Only one agreement can be signed at a time."),
        _("Breaking one costs its penalty and needs the company's letter of release, which usually takes weeks."),
        _("An offer that is not taken ends with its time to answer, or is declined when another is signed."),
        _("This is a reckoning from what you wrote down, no legal advice: the contract decides."),
    )


def end_of(offer: OfferView) -> datetime | None:
    """Until when an offer can be taken: the earlier of answering it and signing its agreement."""
    agreement = offer.agreement.terms.deadline_at if offer.agreement and offer.agreement.is_waiting else None
    answer = None if offer.state == OfferState.ACCEPTED else offer.terms.deadline_at
    ends = [moment for moment in (answer, agreement) if moment is not None]
    return min(ends, default=None)


def _sign(
    offer: OfferView, candidates: Sequence[OfferView], blocked_by: AgreementView | None, *, now: datetime
) -> Choice:
    sentences = []
    if blocked_by is not None:
        sentences.append(
            _("{company} was broken and has not released you yet: sign only with the letter.").format(
                company=blocked_by.company
            )
        )
    penalty = _penalty_of(offer)
    if penalty:
        sentences.append(_("Breaking it later costs {amount}.").format(amount=show_money(penalty)))
    return Choice(
        kind=ChoiceKind.SIGN,
        application_id=offer.application_id,
        title=_("Sign with {company} now").format(company=offer.title),
        penalty=0,
        days_left=days_until(end_of(offer), now=now),
        lost=_others(offer, candidates),
        needs_release=blocked_by is not None,
        sentences=tuple(sentences),
    )


def _waits(candidates: Sequence[OfferView], *, now: datetime, zone: tzinfo | None) -> list[Choice]:
    """Waiting for each offer that others would not outlast."""
    found = []
    for offer in candidates:
        end = end_of(offer)
        gone = [other for other in candidates if other is not offer and _ends_before(other, end)]
        if end is None or not gone:
            continue
        first = min(moment for other in gone if (moment := end_of(other)) is not None)
        found.append(
            Choice(
                kind=ChoiceKind.WAIT,
                application_id=offer.application_id,
                title=_("Wait until the last day of {company}").format(company=offer.title),
                penalty=0,
                days_left=days_until(end, now=now),
                lost=tuple(_lost(other) for other in gone),
                needs_release=False,
                sentences=(_("The first of the others ends {time}.").format(time=show_end(first, zone)),),
            )
        )
    return found


def _keep(holding: AgreementView, candidates: Sequence[OfferView]) -> Choice:
    return Choice(
        kind=ChoiceKind.KEEP,
        application_id=holding.application_id,
        title=_("Keep to {company}, which is signed").format(company=holding.company),
        penalty=0,
        days_left=None,
        lost=tuple(_lost(offer) for offer in candidates if offer.application_id != holding.application_id),
        needs_release=False,
        sentences=(),
    )


def _break(holding: AgreementView, offer: OfferView, candidates: Sequence[OfferView], *, now: datetime) -> Choice:
    days = days_until(end_of(offer), now=now)
    sentences = [_("{company} signs only when the letter of release is there.").format(company=offer.company)]
    if holding.terms.penalty is None:
        sentences.append(_("What it costs is not written down: look into the contract."))
    if days is not None and days >= 0:
        sentences.append(
            ngettext("{n} day is left to get the letter.", "{n} days are left to get the letter.", days).format(n=days)
        )
    return Choice(
        kind=ChoiceKind.BREAK,
        application_id=offer.application_id,
        title=_("Break {first} and sign with {second}").format(first=holding.company, second=offer.title),
        penalty=holding.terms.penalty,
        days_left=days,
        lost=(Lost(holding.application_id, holding.company, None), *_others(offer, candidates)),
        needs_release=True,
        sentences=tuple(sentences),
    )


def _penalty_of(offer: OfferView) -> int | None:
    return None if offer.agreement is None else offer.agreement.terms.penalty


def _others(taken: OfferView, candidates: Sequence[OfferView]) -> tuple[Lost, ...]:
    return tuple(_lost(other) for other in candidates if other is not taken)


def _lost(offer: OfferView) -> Lost:
    return Lost(offer.application_id, offer.company, end_of(offer))


def _ends_before(offer: OfferView, moment: datetime | None) -> bool:
    end = end_of(offer)
    return moment is not None and end is not None and end < moment


def show_end(moment: datetime, zone: tzinfo | None) -> str:
    """An end as people say it: midnight is the end of the day before."""
    return typed_deadline(moment, zone or UTC)


def days_until(moment: datetime | None, *, now: datetime) -> int | None:
    """Days of the calendar of ``now`` until a moment; midnight belongs to the day before it. Negative: it is over."""
    if moment is None:
        return None
    if moment < now:
        return min(-1, (_last_day(moment, now) - now.date()).days)
    return (_last_day(moment, now) - now.date()).days


def _last_day(moment: datetime, now: datetime) -> date:
    return (moment.astimezone(now.tzinfo) - timedelta(seconds=1)).date()
