"""What is assumed of offers where nobody knows: every assumption has a usual value, a range and its words."""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tracker.errors import RefusedError
from tracker.messages import _, later
from tracker.offers.amounts import CURRENCIES, show_number
from tracker.text import sanitise_line

RATE = "rate_"
"""What the name of an exchange rate begins with: ``rate_USD`` is yuan for a dollar."""
LARGEST_RATE = 1000.0


class Assumed(NamedTuple):
    """One assumption."""

    usual: float
    lowest: float
    highest: float
    word: str
    """What it is, untranslated."""
    unit: str
    """percent, months, weeks or switch (0 or 1)."""


ASSUMED: Mapping[str, Assumed] = MappingProxyType(
    {
        "months": Assumed(12, 1, 36, later("months of base pay, where nothing was said"), "months"),
        "bonus_paid": Assumed(100, 0, 300, later("share of the bonus that is paid"), "percent"),
        "raise": Assumed(0, -50, 100, later("raise of the base pay each year"), "percent"),
        "allowance_months": Assumed(12, 0, 12, later("months with allowance"), "months"),
        "share_growth": Assumed(0, -90, 300, later("growth of the shares each year"), "percent"),
        "share_discount": Assumed(0, 0, 100, later("taken off shares that cannot be sold freely"), "percent"),
        "fund_counted": Assumed(1, 0, 1, later("the company's part of the housing fund counts"), "switch"),
        "weeks": Assumed(48, 1, 53, later("working weeks a year"), "weeks"),
    }
)
"""By their stable names. Exchange rates come beside them, ``rate_USD`` and so on, without a usual value."""


def assumption_word(name: str) -> str:
    """What an assumption is, in words; an unknown one by its name."""
    if name in ASSUMED:
        return _(ASSUMED[name].word)
    if is_rate(name):
        return _("yuan for 1 {currency}").format(currency=name.removeprefix(RATE))
    return name


def show_assumption(name: str, value: float) -> str:
    """The value of an assumption with its unit."""
    unit = ASSUMED[name].unit if name in ASSUMED else ""
    if unit == "percent":
        return _("{number} %").format(number=show_number(value))
    if unit == "switch":
        return _("yes") if value else _("no")
    return show_number(value)


def is_rate(name: str) -> bool:
    """Whether it is an exchange rate into yuan."""
    return re.fullmatch(f"{RATE}[A-Z]{{3}}", name) is not None


def assumption_name(text: str) -> str:
    """The name of an assumption as it was typed: ``share-growth``, ``Raise``, ``usd``.

    Raises:
        RefusedError: there is none of that name.
    """
    plain = sanitise_line(text).replace("-", "_").replace(" ", "_").casefold()
    if plain in ASSUMED:
        return plain
    code = plain.removeprefix(RATE).upper()
    if is_rate(f"{RATE}{code}") and (plain.startswith(RATE) or code in CURRENCIES):
        return f"{RATE}{code}"
    raise RefusedError(
        _("«{name}» is no assumption. Assumptions are {names}, and rate_USD for yuan per dollar.").format(
            name=sanitise_line(text)[:40], names=", ".join(ASSUMED)
        )
    )


def check_assumption(name: str, value: float) -> float:
    """The value of an assumption, if it can have it.

    Raises:
        RefusedError: there is no such assumption, or the value is outside its range.
    """
    known = assumption_name(name)
    lowest, highest = (ASSUMED[known].lowest, ASSUMED[known].highest) if known in ASSUMED else (0.0, LARGEST_RATE)
    fits = math.isfinite(value) and lowest <= value <= highest and (known in ASSUMED or value > 0)
    if known in ASSUMED and ASSUMED[known].unit == "switch":
        fits = value in (0, 1)
    if not fits:
        raise RefusedError(
            _("«{name}» goes from {lowest} to {highest}, not {value}.").format(
                name=known, lowest=show_number(lowest), highest=show_number(highest), value=show_number(value)
            )
        )
    return float(value)


def in_force(own: Mapping[str, float], of_offer: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """Every assumption with its value and whose it is: ``usual``, ``own`` (the person's) or ``offer``."""
    found = {name: (assumed.usual, "usual") for name, assumed in ASSUMED.items()}
    found.update({name: (value, "own") for name, value in own.items()})
    found.update({name: (value, "offer") for name, value in of_offer.items()})
    return found
