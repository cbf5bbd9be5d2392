"""An offer and an agreement as they are typed into a form or behind options: field by field, empty text empties it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any

from tracker.deadlines import read_deadline, typed_deadline
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.offers.amounts import (
    Amount,
    read_amount,
    read_currency,
    read_hours,
    read_mark,
    read_monthly,
    read_months,
    read_pay,
    read_percent,
    read_shares,
    read_vesting,
    read_yearly,
    show_number,
)
from tracker.offers.assumptions import assumption_name, check_assumption
from tracker.offers.criteria import criterion_name
from tracker.offers.values import HOME_CURRENCY, AgreementTerms, Hukou, OfferTerms
from tracker.stages import Precision
from tracker.text import name_key, sanitise_line
from tracker.when import parse_when

SUMS = ("base_pay", "bonus", "signing", "share_value", "fund_base", "allowance")
"""Fields of an offer that are money."""

OFFER_FIELDS = tuple(field.name for field in fields(OfferTerms))
AGREEMENT_FIELDS = tuple(field.name for field in fields(AgreementTerms))

_SUMS: Mapping[str, Callable[[str], Amount]] = MappingProxyType(
    {
        "bonus": read_yearly,
        "signing": read_amount,
        "share_value": read_shares,
        "fund_base": read_monthly,
        "allowance": read_monthly,
    }
)
_HUKOU = MappingProxyType(
    {
        **dict.fromkeys(("certain", "yes", "解决", "能解决", "可落户", "落户", "有", "是"), Hukou.CERTAIN),
        **dict.fromkeys(("possible", "maybe", "可能", "看名额", "排队", "有名额", "不一定"), Hukou.POSSIBLE),
        **dict.fromkeys(("none", "no", "不解决", "无", "没有", "否"), Hukou.NONE),
    }
)
_BETWEEN = re.compile(r"\s*[,，;；\n]\s*")
_PAIR = re.compile(r"(?P<name>.+?)\s*[=＝:：]\s*(?P<value>.*)")


def change_offer(terms: OfferTerms, typed: Mapping[str, str], *, now: datetime, adds: bool = False) -> OfferTerms:
    """The terms with the fields that were typed; of the others nothing changes.

    Marks and assumptions are pairs, ``team=8, place=6``.
    A pay may say its months (``25k*15.5``), and any sum its currency, which is that of the whole offer.

    Args:
        terms: what is known so far.
        typed: texts by the names of the fields of ``OfferTerms``.
        now: aware, in the person's zone.
        adds: marks and assumptions are added to those there are, and one without a value goes; else they replace them.

    Raises:
        RefusedError: a text is no figure, or two currencies are named; the sentence says which.
    """
    changes: dict[str, Any] = {}
    named: set[str] = set()
    for name in (name for name in OFFER_FIELDS if name in typed):
        text = sanitise_line(typed[name]) if name != "note" else typed[name]
        if name == "base_pay":
            continue
        if name in ("marks", "assumptions"):
            known = getattr(terms, name) if adds else {}
            changes[name] = _merged(known, text, is_marks=name == "marks")
        else:
            changes[name] = _offer_value(name, text, named, now=now)
    if "base_pay" in typed:
        changes |= _pay(typed["base_pay"], changes.get("months"), named, says_months=bool(typed.get("months")))
    currency = _currency(terms, changes, named)
    if currency is not None:
        changes["currency"] = currency
    return replace(terms, **changes)


def change_agreement(terms: AgreementTerms, typed: Mapping[str, str], *, now: datetime) -> AgreementTerms:
    """The terms with the fields that were typed, texts by the names of the fields of ``AgreementTerms``.

    Raises:
        RefusedError: a text is no sum and no day.
    """
    changes: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "note":
            changes[name] = text
        elif not text.strip():
            changes[name] = None
        elif name == "deadline_at":
            changes[name] = read_deadline(text, now=now)
        elif name == "penalty":
            changes[name] = _home_sum(text)
        else:
            changes[name] = read_day(text, now=now)
    return replace(terms, **changes)


def typed_offer(terms: OfferTerms, *, zone: tzinfo) -> dict[str, str]:
    """Every field of an offer as one types it: what ``change_offer`` reads back to the same."""
    typed: dict[str, str] = {}
    for name in OFFER_FIELDS:
        value = getattr(terms, name)
        if name == "deadline_at":
            typed[name] = typed_deadline(value, zone)
        elif name in ("marks", "assumptions"):
            typed[name] = ", ".join(f"{key}={show_number(number)}" for key, number in value.items())
        elif name == "vesting":
            typed[name] = "/".join(show_number(part) for part in value)
        else:
            typed[name] = _typed(value)
    return typed


def typed_agreement(terms: AgreementTerms, *, zone: tzinfo) -> dict[str, str]:
    """Every field of an agreement as one types it."""
    return {
        name: typed_deadline(terms.deadline_at, zone) if name == "deadline_at" else _typed(getattr(terms, name))
        for name in AGREEMENT_FIELDS
    }


def read_day(text: str, *, now: datetime) -> date:
    """A day that lies in the past or is today: ``昨天``, ``11.3``, ``2026-11-03``.

    Raises:
        RefusedError: it is none.
    """
    moment = parse_when(text, now=now, direction="past")
    if moment is None or moment.precision not in (Precision.DAY, Precision.MINUTE):
        raise RefusedError(_("«{text}» is no day that can be read.").format(text=sanitise_line(text)[:40]))
    return moment.start.date()


def read_pairs(text: str) -> dict[str, str]:
    """Pairs as they are typed: ``pay=5, hours=2`` → texts by their names, as written.

    Raises:
        RefusedError: a part is no pair, or a name stands there twice.
    """
    pairs: dict[str, str] = {}
    for part in (part for part in _BETWEEN.split(text.strip()) if part):
        match = _PAIR.fullmatch(part)
        name = sanitise_line(match["name"]) if match else ""
        if match is None or name in pairs:
            raise RefusedError(
                _("«{text}» is no list of pairs such as team=8, place=6.").format(text=sanitise_line(text)[:40])
            )
        pairs[name] = match["value"]
    return pairs


def read_weights(text: str) -> dict[str, float | None]:
    """Weights by criterion: ``pay=5, hours=2``; ``None`` for one without a value, which is then as usual again.

    Raises:
        RefusedError: a part is no pair, or its value no number.
    """
    return {
        criterion_name(name): None if not value.strip() else _number(name, value)
        for name, value in read_pairs(text).items()
    }


def read_assumptions(text: str) -> dict[str, float | None]:
    """Assumptions by name: ``raise=5, rate_USD=7.1``; ``None`` for one without a value, which is then as usual again.

    Raises:
        RefusedError: a part is no pair, there is no such assumption, or it cannot have that value.
    """
    return {
        assumption_name(name): None if not value.strip() else check_assumption(name, _number(name, value))
        for name, value in read_pairs(text).items()
    }


def _offer_value(name: str, text: str, named: set[str], *, now: datetime) -> object:
    if name in ("level", "city", "note"):
        return text
    if not text:
        return getattr(OfferTerms(), name)
    if name in _SUMS:
        amount = _SUMS[name](text)
        named |= {amount.currency} - {""}
        return amount.value
    if name in _READERS:
        return _READERS[name](text)
    return read_deadline(text, now=now) if name == "deadline_at" else read_day(text, now=now)


def _pay(text: str, months: float | None, named: set[str], *, says_months: bool) -> dict[str, Any]:
    """The base pay, and its months where the same text says them."""
    if not text.strip():
        return {"base_pay": None}
    pay = read_pay(text, months=months if says_months else None)
    named |= {pay.currency} - {""}
    return {"base_pay": pay.base_pay} | ({} if pay.months is None else {"months": pay.months})


def _currency(terms: OfferTerms, changes: Mapping[str, Any], named: set[str]) -> str | None:
    """The currency of the whole offer; ``None``: it stays.

    Raises:
        RefusedError: sums of one offer are said to be in two.
    """
    said = changes.get("currency")
    stays = any(getattr(terms, name) is not None and name not in changes for name in SUMS)
    known = {said or HOME_CURRENCY} if said is not None else {terms.currency or HOME_CURRENCY} if stays else set()
    if len(named | known) > 1:
        raise RefusedError(
            _("An offer has one currency; here are {currencies}.").format(currencies=", ".join(sorted(named | known)))
        )
    if said is not None or not named:
        return None
    return next(iter(named))


def _merged(known: Mapping[str, float], text: str, *, is_marks: bool) -> dict[str, float]:
    if not text:
        return {}
    if is_marks:
        changes = {
            criterion_name(name): None if not value.strip() else read_mark(value)
            for name, value in read_pairs(text).items()
        }
    else:
        changes = read_assumptions(text)
    return {name: value for name, value in {**known, **changes}.items() if value is not None}


def _home_sum(text: str) -> int:
    amount = read_amount(text)
    if amount.currency not in ("", HOME_CURRENCY):
        raise RefusedError(_("A penalty is counted in yuan."))
    return amount.value


def _hukou(text: str) -> str:
    found = _HUKOU.get(name_key(text))
    if found is None:
        raise RefusedError(
            _("«{word}» says nothing of a hukou: {words}.").format(word=text[:40], words=_("yes · maybe · no"))
        )
    return str(found)


_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "months": read_months,
        "fund_share": read_percent,
        "weekly_hours": read_hours,
        "vesting": read_vesting,
        "currency": read_currency,
        "hukou": _hukou,
    }
)


def _number(name: str, text: str) -> float:
    plain = text.strip().rstrip("%％").strip()
    if not re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", plain, re.ASCII):
        raise RefusedError(
            _("«{value}» is no number for {name}.").format(value=sanitise_line(text)[:40], name=name[:40])
        )
    return float(plain)


def _typed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return show_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
