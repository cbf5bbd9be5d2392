"""What the terms of an offer or an agreement cannot be, and what of them is possible but would surprise. Pure."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.offers.amounts import BEST_MARK, LARGEST, MOST_HOURS, MOST_MONTHS, WHOLE, check_vesting, show_number
from tracker.offers.assumptions import assumption_name, check_assumption
from tracker.offers.criteria import COMPUTED, criterion_name
from tracker.offers.values import HOME_CURRENCY, AgreementTerms, Hukou, OfferTerms
from tracker.offers.wording import show_money
from tracker.text import sanitise, sanitise_line

MOST_MARKS = 20
LOW_PAY, HIGH_PAY = 1_500, 150_000
"""Base pay a month, in yuan, outside of which a slip of the hand is likely."""
FEW_MONTHS, MANY_MONTHS = 12, 24
LOW_FUND, HIGH_FUND = 5, 12
"""Percent of the housing fund that employers may pay."""
LONG_WEEK = 84
LARGE_GRANT = 20_000_000
HIGH_PENALTY = 30_000


def check_offer(terms: OfferTerms, *, today: date) -> OfferTerms:
    """The terms as they are kept: texts clean, names of assumptions known, nothing impossible among them.

    Raises:
        RefusedError: a figure is negative, absurd or no number, a name is unknown, or the offer came tomorrow.
    """
    _check_sums(
        (_("base pay"), terms.base_pay),
        (_("bonus"), terms.bonus),
        (_("signing bonus"), terms.signing),
        (_("shares"), terms.share_value),
        (_("housing fund"), terms.fund_base),
        (_("allowance"), terms.allowance),
    )
    if terms.base_pay == 0:
        raise RefusedError(_("A pay of 0 says nothing: leave it out while it is not known."))
    _check_number(_("months of pay"), terms.months, MOST_MONTHS, above_zero=True)
    _check_number(_("share of the housing fund"), terms.fund_share, WHOLE)
    _check_number(_("hours a week"), terms.weekly_hours, MOST_HOURS, above_zero=True)
    _refuse_ahead(terms.received_on, today)
    hukou = terms.hukou
    if hukou and hukou not in tuple(Hukou):
        raise RefusedError(
            _("«{word}» says nothing of a hukou: {words}.").format(
                word=sanitise_line(hukou)[:40], words=", ".join(Hukou)
            )
        )
    currency = sanitise_line(terms.currency).upper()
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise RefusedError(_("«{text}» is no currency, such as CNY or USD.").format(text=currency[:40]))
    return replace(
        terms,
        level=sanitise_line(terms.level),
        city=sanitise_line(terms.city),
        currency="" if currency == HOME_CURRENCY else currency,
        vesting=check_vesting(terms.vesting) if terms.vesting else (),
        marks=_checked_marks(terms.marks),
        assumptions={assumption_name(name): check_assumption(name, value) for name, value in terms.assumptions.items()},
        note=sanitise(terms.note)[0],
    )


def remarks_on_offer(terms: OfferTerms) -> tuple[str, ...]:
    """What is possible but would surprise, a sentence each; of other currencies than yuan only what is not money."""
    found = []
    pay, is_home = terms.base_pay, terms.currency in ("", HOME_CURRENCY)
    if is_home and pay is not None and not LOW_PAY <= pay <= HIGH_PAY:
        found.append(_("{amount} a month is unusual: is it a year's pay, or a slip?").format(amount=show_money(pay)))
    if terms.months is not None and not FEW_MONTHS <= terms.months <= MANY_MONTHS:
        found.append(_("{number} months of pay in a year are unusual.").format(number=show_number(terms.months)))
    if is_home and pay is not None and terms.bonus is not None and terms.bonus > pay * (terms.months or FEW_MONTHS):
        found.append(_("The bonus is larger than the base pay of a year."))
    if is_home and terms.share_value is not None and terms.share_value > LARGE_GRANT:
        found.append(_("Shares worth {amount} are unusual.").format(amount=show_money(terms.share_value)))
    if terms.fund_share is not None and not LOW_FUND <= terms.fund_share <= HIGH_FUND:
        found.append(
            _("{percent} % of housing fund is unusual: companies pay {lowest}–{highest} %.").format(
                percent=show_number(terms.fund_share), lowest=LOW_FUND, highest=HIGH_FUND
            )
        )
    if terms.weekly_hours is not None and terms.weekly_hours > LONG_WEEK:
        found.append(_("{hours} working hours a week are unusual.").format(hours=show_number(terms.weekly_hours)))
    found += _wrong_order(terms.received_on, terms.deadline_at)
    return tuple(found)


def check_agreement(terms: AgreementTerms, *, today: date) -> AgreementTerms:
    """The terms as they are kept.

    Raises:
        RefusedError: the penalty is negative or absurd, a day lies ahead that cannot, or they contradict each other.
    """
    _check_sums((_("penalty"), terms.penalty))
    for day in (terms.received_on, terms.signed_on, terms.broken_on, terms.released_on):
        _refuse_ahead(day, today)
    if terms.broken_on is not None and terms.signed_on is None:
        raise RefusedError(_("What was never signed cannot be broken: say first when it was signed."))
    if terms.released_on is not None and terms.broken_on is None:
        raise RefusedError(_("A letter of release follows the breaking: say first when it was broken."))
    days = [day for day in (terms.received_on, terms.signed_on, terms.broken_on, terms.released_on) if day]
    if days != sorted(days):
        raise RefusedError(_("Received, signed, broken, released: these days are not in that order."))
    return replace(terms, note=sanitise(terms.note)[0])


def remarks_on_agreement(terms: AgreementTerms) -> tuple[str, ...]:
    """What is possible but would surprise, a sentence each."""
    found = []
    if terms.penalty is not None and terms.penalty > HIGH_PENALTY:
        found.append(_("A penalty of {amount} is unusual.").format(amount=show_money(terms.penalty)))
    found += _wrong_order(terms.received_on, terms.deadline_at)
    return tuple(found)


def _wrong_order(received: date | None, deadline: datetime | None) -> list[str]:
    if received is None or deadline is None or deadline.date() >= received:
        return []
    return [_("Its time was over before it came.")]


def _check_sums(*sums: tuple[str, int | None]) -> None:
    for name, value in sums:
        if value is not None and value < 0:
            raise RefusedError(_("{name} is below zero.").format(name=name))
        if value is not None and value > LARGEST:
            raise RefusedError(_("{name} is more than any offer comes to.").format(name=name))


def _check_number(name: str, value: float | None, most: float, *, above_zero: bool = False) -> None:
    if value is None:
        return
    if not math.isfinite(value) or not 0 <= value <= most or (above_zero and value == 0):
        raise RefusedError(
            _("{name} goes up to {most}; {value} cannot be.").format(name=name, most=most, value=show_number(value))
        )


def _refuse_ahead(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise RefusedError(_("{time} lies ahead: it cannot have happened yet.").format(time=day.isoformat()))


def _checked_marks(marks: Mapping[str, float]) -> dict[str, float]:
    checked = {}
    for name, value in marks.items():
        criterion = criterion_name(name)
        if criterion in COMPUTED:
            raise RefusedError(
                _("«{name}» is reckoned from what the offer says; it takes no mark.").format(name=criterion)
            )
        _check_number(criterion, value, BEST_MARK)
        checked[criterion] = float(value)
    _refuse_many(checked)
    return checked


def _refuse_many(names: Iterable[str]) -> None:
    if len(list(names)) > MOST_MARKS:
        raise RefusedError(_("An offer has at most {number} marks.").format(number=MOST_MARKS))
