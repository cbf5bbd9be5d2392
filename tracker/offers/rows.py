"""Offers and agreements between their rows and their values."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from tracker.models import Agreement, Offer
from tracker.offers.amounts import show_number
from tracker.offers.values import AgreementTerms, OfferTerms


def offer_terms(row: Offer) -> OfferTerms:
    """What a row says of an offer."""
    return OfferTerms(
        level=row.level,
        city=row.city,
        currency=row.currency,
        base_pay=row.base_pay,
        months=row.months,
        bonus=row.bonus,
        signing=row.signing,
        share_value=row.share_value,
        vesting=tuple(float(part) for part in row.vesting.split()),
        fund_base=row.fund_base,
        fund_share=row.fund_share,
        allowance=row.allowance,
        hukou=row.hukou,
        weekly_hours=row.weekly_hours,
        received_on=_day(row.received_at),
        deadline_at=row.deadline_at,
        marks=read_numbers(row.marks),
        assumptions=read_numbers(row.assumptions),
        note=row.note,
    )


def offer_fields(terms: OfferTerms) -> dict[str, object]:
    """The columns of an offer."""
    return {
        "level": terms.level,
        "city": terms.city,
        "currency": terms.currency,
        "base_pay": terms.base_pay,
        "months": terms.months,
        "bonus": terms.bonus,
        "signing": terms.signing,
        "share_value": terms.share_value,
        "vesting": " ".join(show_number(part) for part in terms.vesting),
        "fund_base": terms.fund_base,
        "fund_share": terms.fund_share,
        "allowance": terms.allowance,
        "hukou": terms.hukou,
        "weekly_hours": terms.weekly_hours,
        "received_at": _midnight(terms.received_on),
        "deadline_at": _utc(terms.deadline_at),
        "marks": write_numbers(terms.marks),
        "assumptions": write_numbers(terms.assumptions),
        "note": terms.note,
    }


def agreement_terms(row: Agreement) -> AgreementTerms:
    """What a row says of an agreement."""
    return AgreementTerms(
        received_on=_day(row.received_at),
        deadline_at=row.deadline_at,
        penalty=row.penalty,
        signed_on=_day(row.signed_at),
        broken_on=_day(row.broken_at),
        released_on=_day(row.released_at),
        note=row.note,
    )


def agreement_fields(terms: AgreementTerms) -> dict[str, object]:
    """The columns of an agreement."""
    return {
        "received_at": _midnight(terms.received_on),
        "deadline_at": _utc(terms.deadline_at),
        "penalty": terms.penalty,
        "signed_at": _midnight(terms.signed_on),
        "broken_at": _midnight(terms.broken_on),
        "released_at": _midnight(terms.released_on),
        "note": terms.note,
    }


def read_numbers(stored: str) -> Mapping[str, float]:
    """Numbers by their names, from JSON; what is no number is left out: the file may have been edited by hand."""
    try:
        found = json.loads(stored or "{}")
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        found = {}
    return MappingProxyType(
        {
            str(name): float(value)
            for name, value in found.items()
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
        }
    )


def write_numbers(numbers: Mapping[str, float]) -> str:
    """Numbers by their names as JSON; nothing for none."""
    if not numbers:
        return ""
    return json.dumps({name: numbers[name] for name in sorted(numbers)}, ensure_ascii=False)


def _day(stored: datetime | None) -> date | None:
    return None if stored is None else stored.astimezone(UTC).date()


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
