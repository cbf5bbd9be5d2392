"""The terms of an offer and of an agreement as one types them into the fields of a form, and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from tracker.deadlines import read_deadline, typed_deadline
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.offers import amounts
from tracker.offers.assumptions import assumption_name, check_assumption
from tracker.offers.criteria import criterion_name
from tracker.offers.values import AgreementTerms, Hukou, OfferTerms
from tracker.stages import Precision
from tracker.text import name_key, sanitise_line
from tracker.when import parse_when

_HUKOU = MappingProxyType(
    {
        Hukou.CERTAIN: ("certain", "yes", "y", "有", "是", "确定", "能落户", "落户"),
        Hukou.POSSIBLE: ("possible", "maybe", "可能", "有可能", "排队", "积分"),
        Hukou.NONE: ("none", "no", "n", "无", "没有", "否", "不能", "不落户"),
    }
)
_NUMBERED = re.compile(
    r"(?P<name>[^\d,，、;；:：=+-][^,，、;；:：=]*?)\s*[:：=]?\s*(?P<number>[+-]?\d+(?:\.\d+)?)\s*%?"
)
_BETWEEN = re.compile(r"[,，、;；\n]+")


def read_offer(values: Mapping[str, str], *, was: OfferTerms, now: datetime) -> OfferTerms:
    """The terms that the fields of a form say; fields that are not there stay what they were.

    Args:
        values: typed texts by the names of ``type_offer``.
        was: the terms that the form began with.
        now: the present moment, aware, in the person's zone.

    Raises:
        RefusedError: one of them means nothing, or two currencies were named.
    """
    text = {name: value.strip() for name, value in values.items()}
    readers = _readers(now)
    found = {name: read(text[name]) if text[name] else empty for name, (read, empty) in readers.items() if name in text}
    currencies = _read_sums(text, found)
    if len(currencies) > 1:
        raise RefusedError(
            _("These sums are in {currencies}: write them all in one.").format(currencies=", ".join(sorted(currencies)))
        )
    if currencies or "currency" in text:
        found["currency"] = next(iter(currencies), "")
    return replace(was, **found)


def _readers(now: datetime) -> dict[str, tuple[Callable[[str], Any], Any]]:
    """How each field that is no sum is read, and what an empty one says."""
    return {
        "level": (sanitise_line, ""),
        "city": (sanitise_line, ""),
        "months": (amounts.read_months, None),
        "fund_share": (amounts.read_percent, None),
        "weekly_hours": (amounts.read_hours, None),
        "vesting": (amounts.read_vesting, ()),
        "hukou": (read_hukou, ""),
        "received_on": (lambda text: read_day(text, now=now), None),
        "deadline_at": (lambda text: read_deadline(text, now=now), None),
        "marks": (lambda text: {criterion_name(name): mark for name, mark in read_numbered(text)}, {}),
        "assumptions": (_read_assumptions, {}),
        "note": (str, ""),
    }


def _read_assumptions(text: str) -> dict[str, float]:
    pairs = ((assumption_name(name), number) for name, number in read_numbered(text))
    return {name: check_assumption(name, number) for name, number in pairs}


def _read_sums(text: Mapping[str, str], found: dict[str, Any]) -> set[str]:
    """Add the sums to what was found; returns the currencies that were named."""
    currencies = {amounts.read_currency(text["currency"])} if text.get("currency") else set()
    if "base_pay" in text:
        pay = amounts.read_pay(text["base_pay"], months=found.get("months")) if text["base_pay"] else None
        found["base_pay"] = pay.base_pay if pay else None
        currencies.add(pay.currency if pay else "")
        if pay is not None and pay.months is not None:
            found["months"] = pay.months
    for name, read in _SUMS.items():
        if name in text:
            amount = read(text[name]) if text[name] else None
            found[name] = amount.value if amount else None
            currencies.add(amount.currency if amount else "")
    return currencies - {""}


_SUMS: Mapping[str, Callable[[str], amounts.Amount]] = MappingProxyType(
    {
        "bonus": amounts.read_yearly,
        "signing": amounts.read_amount,
        "share_value": amounts.read_shares,
        "fund_base": amounts.read_monthly,
        "allowance": amounts.read_monthly,
    }
)


def type_offer(terms: OfferTerms, *, now: datetime) -> dict[str, str]:
    """What stands in the fields of a form for these terms; ``read_offer`` reads the same terms of it."""
    return {
        "level": terms.level,
        "city": terms.city,
        "currency": terms.currency,
        **{name: _typed(getattr(terms, name)) for name in ("base_pay", *_SUMS, "months", "weekly_hours")},
        "fund_share": "" if terms.fund_share is None else f"{_typed(terms.fund_share)}%",
        "vesting": "/".join(map(_typed, terms.vesting)),
        "hukou": terms.hukou,
        "received_on": terms.received_on.isoformat() if terms.received_on else "",
        "deadline_at": typed_deadline(terms.deadline_at, now.tzinfo or UTC),
        "marks": type_numbered(terms.marks),
        "assumptions": type_numbered(terms.assumptions),
        "note": terms.note,
    }


def _typed(number: float | None) -> str:
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def read_agreement(values: Mapping[str, str], *, was: AgreementTerms, now: datetime) -> AgreementTerms:
    """The terms that the fields of a form say; fields that are not there stay what they were.

    Raises:
        RefusedError: one of them means nothing.
    """
    found: dict[str, Any] = {
        name: read_day(values[name], now=now)
        for name in ("received_on", "signed_on", "broken_on", "released_on")
        if name in values
    }
    if "deadline_at" in values:
        text = values["deadline_at"].strip()
        found["deadline_at"] = read_deadline(text, now=now) if text else None
    if "penalty" in values:
        found["penalty"] = _read_penalty(values["penalty"].strip())
    if "note" in values:
        found["note"] = values["note"]
    return replace(was, **found)


def _read_penalty(text: str) -> int | None:
    if not text:
        return None
    amount = amounts.read_amount(text)
    if amount.currency not in ("", "CNY"):
        raise RefusedError(_("The penalty of an agreement is in yuan."))
    return amount.value


def type_agreement(terms: AgreementTerms, *, now: datetime) -> dict[str, str]:
    """What stands in the fields of a form for these terms."""
    days = ("received_on", "signed_on", "broken_on", "released_on")
    return {
        **{name: day.isoformat() if (day := getattr(terms, name)) else "" for name in days},
        "deadline_at": typed_deadline(terms.deadline_at, now.tzinfo or UTC),
        "penalty": _typed(terms.penalty),
        "note": terms.note,
    }


def read_hukou(text: str) -> str:
    """What is said of a 户口: yes, maybe, no, in English or Chinese; nothing for nothing.

    Raises:
        RefusedError: it is none of these.
    """
    word = name_key(text)
    if not word:
        return ""
    for hukou, names in _HUKOU.items():
        if word in names:
            return hukou
    raise RefusedError(_("Is there a hukou? yes, maybe, no, or nothing."))


def read_day(text: str, *, now: datetime) -> date | None:
    """The local day that something happened on; ``None`` for nothing.

    Raises:
        RefusedError: it is no day.
    """
    clean = text.strip()
    if not clean:
        return None
    moment = parse_when(clean, now=now, direction="past")
    if moment is None or moment.precision == Precision.MONTH:
        raise RefusedError(_("«{text}» is no day. Try: 3.24 · yesterday · 2026-03-24").format(text=clean[:40]))
    return moment.start.date()


def read_numbered(text: str) -> tuple[tuple[str, float], ...]:
    """Names with a number each: ``team 8, work 6.5``, ``团队 8、成长：9``.

    Raises:
        RefusedError: a part of it has no name or no number, or a name stands there twice.
    """
    found: dict[str, float] = {}
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        match = _NUMBERED.fullmatch(part)
        if match is None or match["name"].strip() in found:
            raise RefusedError(_("«{text}» is no name with a number, such as: team 8, work 7").format(text=part[:40]))
        found[match["name"].strip()] = float(match["number"])
    return tuple(found.items())


def type_numbered(numbers: Mapping[str, float]) -> str:
    """Names with a number each, as ``read_numbered`` reads them."""
    return ", ".join(f"{name} {_typed(number)}" for name, number in numbers.items())
