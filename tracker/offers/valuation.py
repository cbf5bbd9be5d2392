"""What an offer is worth in each of four years, in yuan, with every line's reckoning and every assumption. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from tracker.messages import _
from tracker.offers.amounts import WHOLE, show_number
from tracker.offers.assumptions import RATE, assumption_word, in_force, show_assumption
from tracker.offers.values import HOME_CURRENCY, OfferTerms
from tracker.offers.wording import pay_word, show_money

YEARS = 4
EVEN_VESTING = (25.0, 25.0, 25.0, 25.0)
"""How a grant is taken to vest when nothing was said."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class PayLine:
    """One part of the pay."""

    code: str
    """base, bonus, signing, shares, fund or allowance."""
    name: str
    amounts: tuple[int, int, int, int]
    """Each year, in whole yuan (in the offer's own currency where it cannot be compared)."""
    how: str
    """How it was computed, or that nothing was said."""
    is_missing: bool = False
    """Nothing was said of it: it counts as 0."""

    @property
    def total(self) -> int:
        """All four years."""
        return sum(self.amounts)


@dataclass(frozen=True, slots=True)
class UsedAssumption:
    """An assumption that a valuation depends on."""

    name: str
    word: str
    value: float
    shown: str
    whose: str
    """usual, own (the person's, for all offers) or offer (for this one)."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """What an offer is worth."""

    lines: tuple[PayLine, ...]
    currency: str
    """CNY, unless there is no exchange rate."""
    is_comparable: bool
    why_not: str
    """Why it cannot be compared; else empty."""
    used: tuple[UsedAssumption, ...]
    per_hour: int | None
    """Yuan for each working hour, on average over the four years; ``None``: no hours are known."""

    @property
    def years(self) -> tuple[int, int, int, int]:
        """The total of each year: what the lines of that year come to."""
        first, second, third, fourth = (sum(line.amounts[year] for line in self.lines) for year in range(YEARS))
        return first, second, third, fourth

    @property
    def total(self) -> int | None:
        """The four-year value; ``None`` where it cannot be compared."""
        return sum(self.years) if self.is_comparable else None

    @property
    def first_year_cash(self) -> int | None:
        """What is paid out in the first year: without shares and the housing fund."""
        if not self.is_comparable:
            return None
        return sum(line.amounts[0] for line in self.lines if line.code not in ("shares", "fund"))

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of which nothing was said, in words."""
        return tuple(line.name for line in self.lines if line.is_missing)


class _Reckoning:
    """Figures of one offer in yuan, with the assumptions that were asked for on the way."""

    def __init__(self, terms: OfferTerms, own: Mapping[str, float]) -> None:
        self.terms = terms
        self._assumed = in_force(own, terms.assumptions)
        self.used: dict[str, UsedAssumption] = {}
        self.currency = terms.currency or HOME_CURRENCY
        self.rate = Fraction(1)
        self.has_rate = True
        if self.currency != HOME_CURRENCY:
            self.has_rate = f"{RATE}{self.currency}" in self._assumed
            self.rate = self.assume(f"{RATE}{self.currency}") if self.has_rate else Fraction(1)

    def assume(self, name: str) -> Fraction:
        """The value of an assumption, which is then among those used."""
        value, whose = self._assumed[name]
        self.used[name] = UsedAssumption(name, assumption_word(name), value, show_assumption(name, value), whose)
        return exactly(value)

    def money(self, amount: int) -> str:
        return show_money(amount, self.terms.currency)

    def line(self, code: str, amounts: Iterable[Fraction], parts: Iterable[str]) -> PayLine:
        first, second, third, fourth = (_whole(amount * self.rate) for amount in amounts)
        how = " ".join(filter(None, parts)).replace(" （", "（")
        if self.rate != 1:
            how += " " + _("× {rate} yuan").format(rate=show_number(float(self.rate)))
        return PayLine(code, pay_word(code), (first, second, third, fourth), how)

    @staticmethod
    def missing(code: str, how: str = "") -> PayLine:
        said = how or _("nothing said, counted as 0")
        return PayLine(code, pay_word(code), (0, 0, 0, 0), said, is_missing=True)


def value_offer(terms: OfferTerms, *, own: Mapping[str, float]) -> Valuation:
    """What an offer is worth.

    Sums are before tax. Each year of each line is rounded to whole yuan, half up, and totals add what is shown.

    Args:
        terms: what was said, and what is assumed of this offer alone.
        own: what the person assumes of all offers; what is not there has its usual value.
    """
    reckoning = _Reckoning(terms, own)
    lines = (
        _base(reckoning),
        _bonus(reckoning),
        _signing(reckoning),
        _shares(reckoning),
        _fund(reckoning),
        _allowance(reckoning),
    )
    why_not = _why_not(reckoning)
    per_hour = None
    if not why_not and terms.weekly_hours:
        hours = exactly(terms.weekly_hours) * reckoning.assume("weeks") * YEARS
        per_hour = _whole(Fraction(sum(line.total for line in lines)) / hours)
    return Valuation(
        lines=lines,
        currency=HOME_CURRENCY if reckoning.has_rate else reckoning.currency,
        is_comparable=not why_not,
        why_not=why_not,
        used=tuple(reckoning.used.values()),
        per_hour=per_hour,
    )


def _why_not(reckoning: _Reckoning) -> str:
    if not reckoning.has_rate:
        return _("Not comparable: how many yuan is 1 {currency}? Assume {name}.").format(
            currency=reckoning.currency, name=f"{RATE}{reckoning.currency}"
        )
    if reckoning.terms.base_pay is None:
        return _("Not comparable: no base pay is known.")
    return ""


def _base(reckoning: _Reckoning) -> PayLine:
    pay, months = reckoning.terms.base_pay, reckoning.terms.months
    if pay is None:
        return reckoning.missing("base")
    paid = reckoning.assume("months") if months is None else exactly(months)
    growth = reckoning.assume("raise") / WHOLE
    amounts = [pay * paid * (1 + growth) ** year for year in range(YEARS)]
    how = _("{pay} × {months} months").format(pay=reckoning.money(pay), months=show_number(float(paid)))
    return reckoning.line(
        "base",
        amounts,
        (
            how,
            _("(months assumed)") if months is None else "",
            _("then {percent} % more each year").format(percent=show_number(float(growth * WHOLE))) if growth else "",
        ),
    )


def _bonus(reckoning: _Reckoning) -> PayLine:
    bonus = reckoning.terms.bonus
    if bonus is None:
        return reckoning.missing("bonus")
    paid = reckoning.assume("bonus_paid")
    how = _("{amount} a year, {percent} % of it paid").format(
        amount=reckoning.money(bonus), percent=show_number(float(paid))
    )
    return reckoning.line("bonus", [bonus * paid / WHOLE] * YEARS, (how,))


def _signing(reckoning: _Reckoning) -> PayLine:
    signing = reckoning.terms.signing
    if signing is None:
        return reckoning.missing("signing")
    how = _("{amount} once, in the first year").format(amount=reckoning.money(signing))
    return reckoning.line("signing", [Fraction(signing), *[Fraction(0)] * (YEARS - 1)], (how,))


def _shares(reckoning: _Reckoning) -> PayLine:
    terms = reckoning.terms
    if terms.share_value is None:
        return reckoning.missing("shares")
    vesting = terms.vesting or EVEN_VESTING
    growth, discount = reckoning.assume("share_growth") / WHOLE, reckoning.assume("share_discount") / WHOLE
    parts = [exactly(part) / WHOLE for part in (*vesting, *[0.0] * YEARS)[:YEARS]]
    amounts = [
        terms.share_value * part * (1 + growth) ** (year + 1) * (1 - discount) for year, part in enumerate(parts)
    ]
    shown = "/".join(show_number(part) for part in vesting)
    later_part = sum(exactly(part) for part in vesting[YEARS:])
    how = (
        _("{amount} vesting {vesting} %").format(amount=reckoning.money(terms.share_value), vesting=shown),
        "" if terms.vesting else _("(vesting assumed)"),
        _("growing {percent} % a year").format(percent=show_number(float(growth * WHOLE))) if growth else "",
        _("less {percent} % for what cannot be sold").format(percent=show_number(float(discount * WHOLE)))
        if discount
        else "",
        _("· {percent} % of it vests later and is not counted").format(percent=show_number(float(later_part)))
        if later_part
        else "",
    )
    return reckoning.line("shares", amounts, how)


def _fund(reckoning: _Reckoning) -> PayLine:
    terms = reckoning.terms
    if terms.fund_share is None:
        return reckoning.missing("fund", _("its share is not said, counted as 0"))
    base = terms.base_pay if terms.fund_base is None else terms.fund_base
    if base is None:
        return reckoning.missing("fund", _("what it is counted from is not said, counted as 0"))
    if not reckoning.assume("fund_counted"):
        return reckoning.line("fund", [Fraction(0)] * YEARS, (_("not counted, as assumed"),))
    amount = exactly(terms.fund_share) / WHOLE * base * MONTHS
    how = _("{percent} % of {amount}, 12 months").format(
        percent=show_number(terms.fund_share), amount=reckoning.money(base)
    )
    return reckoning.line(
        "fund",
        [amount] * YEARS,
        (how, _("(of the base pay, for nothing else was said)") if terms.fund_base is None else ""),
    )


def _allowance(reckoning: _Reckoning) -> PayLine:
    allowance = reckoning.terms.allowance
    if allowance is None:
        return reckoning.missing("allowance")
    months = reckoning.assume("allowance_months")
    how = _("{pay} × {months} months").format(pay=reckoning.money(allowance), months=show_number(float(months)))
    return reckoning.line("allowance", [allowance * months] * YEARS, (how,))


def exactly(value: float) -> Fraction:
    """The number that was written, not its nearest binary: 15.1 is 151/10."""
    return Fraction(str(value))


def _whole(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
