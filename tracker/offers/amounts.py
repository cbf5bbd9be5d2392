"""Money, months, percents and hours as people write them: read exactly, or refused with a sentence, never guessed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import sanitise_line

LARGEST = 10**9
"""No sum of an offer is larger, in units of its currency."""
MOST_MONTHS = 36
MOST_HOURS = 168
MOST_YEARS = 10
"""Over how many years a grant of shares may vest."""
BEST_MARK = 10
WHOLE = 100

_UNITS = {"": 1, "k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_CURRENCIES = {
    "¥": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "块": "CNY",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "美元": "USD",
    "美金": "USD",
    "hk$": "HKD",
    "hkd": "HKD",
    "港币": "HKD",
    "港元": "HKD",
    "s$": "SGD",
    "sgd": "SGD",
    "新币": "SGD",
    "€": "EUR",
    "eur": "EUR",
    "欧元": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "英镑": "GBP",
    "jpy": "JPY",
    "日元": "JPY",
    "twd": "TWD",
    "krw": "KRW",
    "aud": "AUD",
    "cad": "CAD",
    "chf": "CHF",
}
CURRENCIES = frozenset(_CURRENCIES.values())
"""The codes of currencies that are known by their names too."""
_CURRENCY = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PER_MONTH = r"/\s*月|/\s*(?:month|mo|m)\b|每月|a month|per month|monthly"
_PER_YEAR = r"/\s*年|/\s*(?:year|yr|y)\b|每年|a year|per year|yearly|p\.?a\.?"
_AMOUNT = re.compile(
    rf"(?P<head>月薪|年薪|base|底薪)?\s*(?P<before>{_CURRENCY})?\s*(?P<number>{_NUMBER})\s*"
    rf"(?P<unit>百万|[kw千万亿])?(?P<digit>(?<=[w万])\d(?!\d))?\s*(?P<after>{_CURRENCY})?\s*"
    rf"(?:(?P<month>{_PER_MONTH})|(?P<year>{_PER_YEAR}))?\s*"
    r"(?:[*×x]\s*(?P<months>\d+(?:\.\d+)?)\s*(?:薪|个月|月|months?)?)?"
)
_RANGE = re.compile(r"\d[^\d]{0,6}?\s*(?:[-~–—]|到|至|\bto\b)\s*[^\d]{0,4}\d")
_UNSAID = re.compile(r"面议|保密|待定|未知|不详|不知|没说|tbd|n/?a\b|unknown|nan\b|inf|[?？]")
_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<sign>%|percent|个点)?")
_MONTHS = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?:薪|个月|月|months?)?")
_HOURS = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?:h|hours?|小时|个小时)?(?:\s*/\s*(?:周|week|w))?")
_SHARES = re.compile(
    rf"(?:期权|股票|rsu|rsus|options?|shares?)?\s*(?P<count>{_NUMBER})\s*(?P<unit>[kw千万])?\s*"
    r"(?:股|份|rsus?|options?|shares?)?\s*[*×x@]\s*(?P<price>.+)"
)
_EVEN = re.compile(r"(?:分\s*)?(?P<years>\d{1,2})\s*(?:年|years?)\s*(?:均分|平均|等额|evenly)?")
_PARTS = re.compile(r"[\s/,、;+:]+|(?<=\d)-(?=\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money."""

    value: int
    """Whole units of the currency."""
    currency: str = ""
    """ISO 4217; empty: none was named."""
    per: str = ""
    """month, year, or nothing said."""


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay."""

    base_pay: int
    """A month."""
    months: float | None = None
    """Months of it in a year, where they were said."""
    currency: str = ""


def read_pay(text: str, *, months: float | None = None) -> Pay:
    """Base pay: ``25k*15.5``, ``2.5万``, ``¥24,500``, ``40万/年×16``.

    Args:
        text: as a person wrote it.
        months: how many months are paid in a year, where that was said elsewhere.

    Raises:
        RefusedError: it is no sum, a range, negative, zero or absurd, or a year's pay without the months it is paid in.
    """
    amount, said = _amount(text)
    if said is not None and months is not None and said != months:
        raise RefusedError(
            _("«{text}» says {said} months, and {other} were said beside it.").format(
                text=_short(text), said=show_number(said), other=show_number(months)
            )
        )
    paid = months if said is None else said
    if amount.value == 0:
        raise RefusedError(_("A pay of 0 says nothing: leave it out while it is not known."))
    base = amount.value
    if amount.per == "year":
        if paid is None:
            raise RefusedError(
                _(
                    "«{text}» is a year's pay: say in how many months it is paid, such as 400k/year×16,"
                    " or the pay of one month."
                ).format(text=_short(text))
            )
        base = _whole(Decimal(amount.value) / Decimal(str(paid)))
    return Pay(base, paid, amount.currency)


def read_amount(text: str) -> Amount:
    """A sum of money: ``30k``, ``2.5万``, ``¥24,500``, ``200k RMB``, ``0``.

    Raises:
        RefusedError: it is none, a range, negative or absurd.
    """
    amount, months = _amount(text)
    if months is not None:
        return Amount(_whole(amount.value * Decimal(str(months))), amount.currency, "year")
    return amount


def read_yearly(text: str) -> Amount:
    """A sum a year; one that is said to be a month's counts twelve times.

    Raises:
        RefusedError: as ``read_amount``.
    """
    amount = read_amount(text)
    return Amount(amount.value * 12, amount.currency, "year") if amount.per == "month" else amount


def read_monthly(text: str) -> Amount:
    """A sum a month; one that is said to be a year's is divided by twelve.

    Raises:
        RefusedError: as ``read_amount``.
    """
    amount = read_amount(text)
    if amount.per != "year":
        return amount
    return Amount(_whole(Decimal(amount.value) / 12), amount.currency, "month")


def read_shares(text: str) -> Amount:
    """What a grant of shares is worth: a sum, or ``2000股×35``.

    Raises:
        RefusedError: it is neither, a range, negative or absurd.
    """
    plain = _plain(text)
    match = _SHARES.fullmatch(plain)
    if match is None:
        return read_amount(re.sub("^(期权|股票|rsus?|options?|shares?)", "", plain))
    _refuse_range(text, plain)
    price = _AMOUNT.fullmatch(match["price"].strip())
    if price is None or price["months"] or price["year"] or price["month"]:
        raise _no_amount(text)
    count = _number(match["count"]) * _UNITS[match["unit"] or ""]
    return Amount(_checked(text, count * _value(price)), _currency(price, text))


def read_percent(text: str) -> float:
    """A percentage, 0–100: ``12%``, ``12``.

    Raises:
        RefusedError: it is none, a range, negative, over 100, or below 1 without a sign (12 % or 0.12 %?).
    """
    plain = _plain(text)
    _refuse_range(text, plain)
    match = _PERCENT.fullmatch(plain)
    if match is None:
        raise RefusedError(_("«{text}» is no percentage, such as 12 %.").format(text=_short(text)))
    value = float(match["number"])
    if value > WHOLE:
        raise RefusedError(_("«{text}» is more than 100 %.").format(text=_short(text)))
    if 0 < value < 1 and not match["sign"]:
        raise RefusedError(_("«{text}» may be a share or a percentage: write it with %.").format(text=_short(text)))
    return value


def read_months(text: str) -> float:
    """Months of base pay in a year: ``15.5``, ``16薪``.

    Raises:
        RefusedError: it is no number, 0 or more than 36.
    """
    plain = _plain(text)
    _refuse_range(text, plain)
    match = _MONTHS.fullmatch(plain)
    value = float(match["number"]) if match else 0.0
    if not 0 < value <= MOST_MONTHS:
        raise RefusedError(
            _("«{text}» is no number of months of pay in a year, such as 15.5.").format(text=_short(text))
        )
    return value


def read_hours(text: str) -> float:
    """Working hours a week: ``50``, ``60h``, ``55 小时``.

    Raises:
        RefusedError: it is no number of hours, 0 or more than a week has; 996 says no hours without its breaks.
    """
    plain = _plain(text)
    _refuse_range(text, plain)
    match = _HOURS.fullmatch(plain)
    value = float(match["number"]) if match else 0.0
    if not 0 < value <= MOST_HOURS:
        raise RefusedError(
            _("«{text}» is no number of working hours a week, such as 50; count the breaks out.").format(
                text=_short(text)
            )
        )
    return value


def read_vesting(text: str) -> tuple[float, ...]:
    """Percent of a grant that vests in each year: ``25/25/25/25``, ``10 20 30 40``, ``4年均分``.

    Raises:
        RefusedError: it is none, or does not come to 100.
    """
    plain = _plain(text).replace("%", " ").strip()
    even = _EVEN.fullmatch(plain)
    if even is not None and 1 <= int(even["years"]) <= MOST_YEARS:
        years = int(even["years"])
        return tuple(_even_share(years, year) for year in range(years))
    words = [word for word in _PARTS.split(plain) if word]
    if not words or len(words) > MOST_YEARS or not all(re.fullmatch(r"\d+(?:\.\d+)?", word) for word in words):
        raise RefusedError(
            _("«{text}» says no vesting, such as 25/25/25/25: percent of each year.").format(text=_short(text))
        )
    return check_vesting([float(word) for word in words])


def check_vesting(parts: Sequence[float]) -> tuple[float, ...]:
    """The parts of a vesting, if they come to the whole.

    Raises:
        RefusedError: they do not come to 100, or there are too many of them, or one is negative.
    """
    total = sum(Decimal(str(part)) for part in parts)
    if total != WHOLE or not 1 <= len(parts) <= MOST_YEARS or any(part < 0 for part in parts):
        raise RefusedError(
            _("The parts of a vesting come to 100 %; these come to {total} %.").format(total=show_number(float(total)))
        )
    return tuple(float(part) for part in parts)


def read_mark(text: str) -> float:
    """A mark of the person's own, 0–10.

    Raises:
        RefusedError: it is none.
    """
    plain = _plain(text)
    value = float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else -1.0
    if not 0 <= value <= BEST_MARK:
        raise RefusedError(_("«{text}» is no mark from 0 to 10.").format(text=_short(text)))
    return value


def read_currency(text: str) -> str:
    """A currency by its ISO code, its sign or its name: ``USD``, ``$``, ``美元``.

    Raises:
        RefusedError: it is none.
    """
    plain = _plain(text)
    if plain in _CURRENCIES:
        return _CURRENCIES[plain]
    if re.fullmatch("[a-z]{3}", plain):
        return plain.upper()
    raise RefusedError(_("«{text}» is no currency, such as CNY or USD.").format(text=_short(text)))


def show_number(value: float) -> str:
    """A number without a needless fraction: ``15.5``, ``16``."""
    return f"{value:.10g}"


def _amount(text: str) -> tuple[Amount, float | None]:
    """A sum, and how many times a year it is paid, if that is said."""
    plain = _plain(text)
    if re.match(r"^\D{0,4}-\s*\d", plain):
        raise RefusedError(_("«{text}» is below zero.").format(text=_short(text)))
    _refuse_range(text, plain)
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise _no_amount(text)
    per = "year" if match["year"] or match["head"] == "年薪" else "month" if match["month"] else ""
    months = None if match["months"] is None else read_months(match["months"])
    return Amount(_checked(text, _value(match)), _currency(match, text), per), months


def _value(match: re.Match[str]) -> Decimal:
    value = _number(match["number"]) * _UNITS[match["unit"] or ""]
    return value + Decimal(match["digit"]) * 1000 if match["digit"] else value


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _checked(text: str, value: Decimal) -> int:
    if value > LARGEST:
        raise RefusedError(_("«{text}» is more than any offer comes to.").format(text=_short(text)))
    return _whole(value)


def _currency(match: re.Match[str], text: str) -> str:
    found = {_CURRENCIES[name] for name in (match["before"], match["after"]) if name}
    if len(found) > 1:
        raise RefusedError(_("«{text}» names two currencies.").format(text=_short(text)))
    return next(iter(found), "")


def _refuse_range(text: str, plain: str) -> None:
    if _RANGE.search(plain):
        raise RefusedError(
            _("«{text}» is a range: which figure of it is to count? Write that one.").format(text=_short(text))
        )


def _no_amount(text: str) -> RefusedError:
    if _UNSAID.search(_plain(text)):
        return RefusedError(_("«{text}» says no figure: leave it out while it is not known.").format(text=_short(text)))
    return RefusedError(_("«{text}» is no sum of money, such as 25k, 2.5万 or 24,500.").format(text=_short(text)))


def _plain(text: str) -> str:
    """Widths, case and white space folded: full-width digits are digits."""
    return unicodedata.normalize("NFKC", sanitise_line(text)).casefold().strip()


def _short(text: str) -> str:
    return sanitise_line(text)[:40]


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _even_share(years: int, year: int) -> float:
    """Equal parts that come to 100 exactly, to two decimals: the last year takes what is left over."""
    part = Decimal(WHOLE) / years
    share = part.quantize(Decimal("0.01"))
    return float(share if year < years - 1 else WHOLE - share * (years - 1))
