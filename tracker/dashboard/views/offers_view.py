"""Offers as rows, and one of them as entries of a page: its terms, what it comes to, its agreement. No widget in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.dashboard.text import padded, set_right
from tracker.dashboard.views.short_times import exact_time
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _
from tracker.offers.amounts import show_number
from tracker.offers.choices import days_until, end_of
from tracker.offers.valuation import YEARS, Valuation
from tracker.offers.values import HOME_CURRENCY, LIVING, AgreementTerms, OfferState, OfferTerms, OfferView
from tracker.offers.wording import criterion_word, hukou_word, pay_words, show_money, state_word
from tracker.stages import Precision
from tracker.times import countdown

if TYPE_CHECKING:
    from tracker.offers.valuation import UsedAssumption

NAME = 14
"""Cells of the name of a line of the pay."""
SUM = 10
"""Cells of a year's sum, and of the sum of all."""
SOON = 3
"""Days before its end from which on an offer is urgent."""
UNKNOWN = "—"


def offer_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Company"), 10, flex=2),
        Column(_("State"), 10, flex=1),
        Column(_("Pay"), 16, align="right", drop=2),
        Column(_("First year"), 10, align="right", drop=1),
        Column(_("Four years"), 11, align="right"),
        Column(_("Answer until"), 14, align="right"),
    )


def offer_cells(offer: OfferView, valuation: Valuation, *, now: datetime) -> tuple[Cell, ...]:
    """The cells of an offer."""
    is_alive = offer.state in LIVING
    style = "" if is_alive else "faint"
    return (
        Cell(offer.title, "strong" if is_alive else "faint"),
        Cell(state_word(offer.state), _state_style(offer.state)),
        Cell(_pay_words(offer.terms) or UNKNOWN, style),
        Cell(_sum(valuation.years[0], valuation), style),
        Cell(_sum(sum(valuation.years), valuation), style),
        _deadline_cell(offer, now),
    )


def _state_style(state: OfferState) -> str:
    if state in (OfferState.SIGNED, OfferState.ACCEPTED):
        return "good"
    return "strong" if state is OfferState.OPEN else "faint"


def _pay_words(terms: OfferTerms) -> str:
    return pay_words(terms.base_pay, terms.months, terms.currency)


def _sum(amount: int, valuation: Valuation) -> str:
    if not any(line.total for line in valuation.lines):
        return UNKNOWN
    return show_money(amount, valuation.currency)


def _deadline_cell(offer: OfferView, now: datetime) -> Cell:
    """What ends first: the time to answer, or the time to sign."""
    is_asked = offer.state in (OfferState.OPEN, OfferState.ACCEPTED)
    end = end_of(offer) if is_asked else offer.terms.deadline_at
    if end is None:
        return Cell(UNKNOWN, "faint")
    left = days_until(end, now=now)
    if not is_asked or left is None:
        return Cell(f"{last_moment(end, now):%m-%d}", "faint")
    when = countdown(last_moment(end, now), now=now)
    agreement = offer.agreement
    if agreement is not None and agreement.is_waiting and end == agreement.terms.deadline_at:
        when = _("sign {when}").format(when=when)
    return Cell(when, "warning" if left <= SOON else "")


def last_moment(end: datetime, now: datetime) -> datetime:
    """The last local minute before an end: midnight belongs to the day before."""
    return end.astimezone(now.tzinfo) - timedelta(minutes=1)


def offer_entries(offer: OfferView, valuation: Valuation, *, now: datetime) -> tuple[Entry, ...]:
    """An offer: its terms, what it comes to in four years, what is assumed, its agreement."""
    return (
        Entry("offer", (Cell(offer.title, "strong"),), still=True),
        Entry("facts", tuple(separated(_facts(offer, now))), still=True),
        *_note(offer.terms.note, "note"),
        *_pay(valuation),
        *_agreement(offer, now),
        *_marks(offer.terms),
        *_assumed(valuation.used),
    )


def _facts(offer: OfferView, now: datetime) -> list[Cell]:
    terms = offer.terms
    hours = _("{n} hours a week").format(n=show_number(terms.weekly_hours)) if terms.weekly_hours else ""
    until = ""
    if terms.deadline_at is not None:
        until = unbroken(_("answer until {time}").format(time=exact_time(terms.deadline_at, Precision.MINUTE, now)))
    agreement, sign = offer.agreement, ""
    if agreement is not None and agreement.is_waiting and agreement.terms.deadline_at is not None:
        time = exact_time(agreement.terms.deadline_at, Precision.MINUTE, now)
        sign = unbroken(_("sign until {time}").format(time=time))
    received = _("received {day}").format(day=_day(terms.received_on)) if terms.received_on else ""
    words = (_pay_words(terms), terms.city, terms.level, hukou_word(terms.hukou), hours, received)
    return [
        Cell(state_word(offer.state), _state_style(offer.state)),
        Cell(until, "warning" if offer.state is OfferState.OPEN else "muted"),
        Cell(sign, "warning"),
        *(Cell(word, "muted") for word in words),
    ]


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}"


def _pay(valuation: Valuation) -> Iterable[Entry]:
    """The lines of the pay: a column for each year, and how each was reckoned below it."""
    total = show_money(sum(valuation.years), valuation.currency)
    yield Entry("pay", (Cell(_("What it comes to, before tax")), Cell(total)), heading=True, still=True)
    years = [_("year {n}").format(n=number + 1) for number in range(YEARS)]
    yield Entry("years", (Cell(_row("", (*years, _("all four"))), "faint"),), still=True)
    for line in valuation.lines:
        sums = [f"{amount:,}" for amount in (*line.amounts, line.total)]
        if line.is_missing:
            yield Entry(
                f"line:{line.code}",
                (Cell(padded(line.name, NAME), "muted"), Cell(line.how, "warning")),
                still=True,
            )
            continue
        yield Entry(f"line:{line.code}", (Cell(_row(line.name, sums)),), still=True)
        yield Entry(f"how:{line.code}", (Cell(f"  {line.how}", "muted"),), still=True, indent=2)
    sums = [f"{amount:,}" for amount in (*valuation.years, sum(valuation.years))]
    yield Entry("sum", (Cell(_row(_("together"), sums), "strong"),), still=True)
    if valuation.per_hour is not None:
        words = _("about {amount} for each working hour").format(
            amount=show_money(valuation.per_hour, valuation.currency)
        )
        yield Entry("hour", (Cell(words, "muted"),), still=True)
    if valuation.why_not:
        yield Entry("why-not", (Cell(valuation.why_not, "warning"),), still=True)
    elif valuation.currency != HOME_CURRENCY:
        yield Entry("currency", (Cell(valuation.currency, "muted"),), still=True)


def _row(name: str, sums: Iterable[str]) -> str:
    return padded(name, NAME) + "".join(set_right(text, SUM) for text in sums)


def _assumed(used: "Iterable[UsedAssumption]") -> Iterable[Entry]:
    yield Entry(
        "assumed", (Cell(_("Assumed")), Cell(_("A changes it for all · e for this one"))), heading=True, still=True
    )
    whose = {"usual": "", "own": _("yours"), "offer": _("of this offer")}
    for one in used:
        spans = (Cell(one.word, "muted"), Cell(one.shown), Cell(whose.get(one.whose, one.whose), "key"))
        yield Entry(f"assumed:{one.name}", tuple(separated(spans)), still=True, indent=2)


def _agreement(offer: OfferView, now: datetime) -> Iterable[Entry]:
    yield Entry("agreement", (Cell(_("Three-party agreement")),), heading=True, still=True)
    if offer.agreement is None:
        yield Entry(
            "no-agreement", (Cell(_("None yet: t writes down its dates and its penalty."), "muted"),), still=True
        )
        return
    terms = offer.agreement.terms
    yield Entry("agreement-facts", tuple(separated(agreement_cells(terms, now=now))), still=True)
    yield from _note(terms.note, "agreement-note")


def agreement_cells(terms: AgreementTerms, *, now: datetime) -> list[Cell]:
    """What is known of an agreement."""
    until = ""
    if terms.deadline_at is not None and terms.signed_on is None:
        until = _("sign until {time}").format(time=exact_time(terms.deadline_at, Precision.MINUTE, now))
    days = (
        (_("received {day}"), terms.received_on, "muted"),
        (_("signed {day}"), terms.signed_on, "good"),
        (_("broken {day}"), terms.broken_on, "warning"),
        (_("released {day}"), terms.released_on, "good"),
    )
    penalty = _("penalty not known") if terms.penalty is None else _("penalty {amount}")
    return [
        *(Cell(words.format(day=_day(day)), style) for words, day, style in days if day is not None),
        Cell(until, "warning"),
        Cell(penalty.format(amount=show_money(terms.penalty or 0)), "muted" if terms.penalty is None else ""),
    ]


def _marks(terms: OfferTerms) -> Iterable[Entry]:
    if not terms.marks:
        return
    yield Entry("marks", (Cell(_("Own marks")), Cell(_("0 to 10"))), heading=True, still=True)
    cells = [Cell(f"{criterion_word(name)} {show_number(mark)}") for name, mark in terms.marks.items()]
    yield Entry("marks-given", tuple(separated(cells)), still=True)


def _note(note: str, key: str) -> Iterable[Entry]:
    if note.strip():
        yield Entry(key, (Cell(note.strip()),), still=True)
