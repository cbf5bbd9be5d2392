"""Numbers as people write them in Chinese and English, figures and words, with how exactly each is meant."""

import math
import re
from dataclasses import dataclass

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
_CHINESE = "零〇一二两三四五六七八九十百千万半"
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905 - read like a count
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "half": 0.5}
_SPAN = 2
"""三四个月: two digits side by side, each one more than the last, are a range."""

NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?"
    rf"|(?i:\b(?:{'|'.join(_ENGLISH)})\b))"
)
"""A pattern that matches one number."""

_LESS = re.compile(r"(?:不到|不足|不超过|少于|低于|以内|最多|至多|(?i:under|less than|at most|up to))\s*$")
_MORE = re.compile(r"(?:超过?|不低于|不少于|高于|大于|至少|最少|逾|≥|>|(?i:over|more than|at least|above))\s*$")
_ABOUT = re.compile(r"(?:约|大约|大概|差不多|接近|近|将近|左右|≈|~|～|(?i:about|around|nearly|roughly))\s*$")
_LESS_BEHIND = re.compile(r"\s*(?:以内|以下|之内|(?i:or less))")
_MORE_BEHIND = re.compile(r"\s*(?:以上|多(?![个层轮])|往上|起步|起|\+|(?i:or more|\bplus\b))")
_ABOUT_BEHIND = re.compile(r"\s*(?:左右|上下|出头|(?i:or so))")
ROUGHLY = 0.1
"""How far from what was said a number may lie that was said to be rough."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number may mean: all from ``low`` to ``high``."""

    low: float
    high: float
    step: float = 0.0
    """Half of the last figure that was written: 92 may stand for 92.3."""

    def agrees_with(self, other: "Amount") -> bool:
        """Whether both can be true."""
        slack = max(self.step, other.step) if self.step != other.step else 0.0
        return self.low <= other.high + slack + _TINY and other.low <= self.high + slack + _TINY

    def times(self, factor: float) -> "Amount":
        """The same in smaller units."""
        return Amount(self.low * factor, self.high * factor, self.step * factor)


_TINY = 1e-9


def read_number(text: str) -> Amount | None:
    """One number that ``NUMBER`` matches; ``None`` where it is none after all, such as 万 alone."""
    folded = text.replace(",", "").casefold()
    if folded[:1].isdigit() and folded[0].isascii():
        value = float(folded)
        decimals = len(folded.partition(".")[2])
        return Amount(value, value, 0.5 * 10.0**-decimals)
    if folded in _ENGLISH:
        value = float(_ENGLISH[folded])
        return Amount(value, value)
    whole, _point, fraction = folded.partition("点")
    if len(whole) == _SPAN and not fraction and all(sign in _DIGITS for sign in whole):
        first, second = (_DIGITS[sign] for sign in whole)
        if second == first + 1:
            return Amount(first, second)
    found = _chinese(whole)
    if found is None:
        return None
    value = found + (float("0." + "".join(str(_DIGITS[sign]) for sign in fraction)) if fraction else 0.0)
    return Amount(value, value, 0.5 * 10.0 ** -len(fraction) if fraction else 0.0)


def _chinese(text: str) -> float | None:
    if text == "半":
        return 0.5
    if not text or "半" in text:
        return None
    if all(sign in _DIGITS for sign in text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    head, myriad, tail = text.partition("万")
    above = _below_myriad(head)
    if not myriad or above is None:
        return above
    if len(tail) == 1 and tail in _DIGITS:
        return above * _MYRIAD + _DIGITS[tail] * 1000  # 两万五
    below = _below_myriad(tail) if tail else 0
    return None if below is None else above * _MYRIAD + below


def _below_myriad(text: str) -> float | None:
    total, digit, last = 0, None, 1
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[sign]
            digit, last = None, _PLACES[sign]
        else:
            return None
    if digit is not None:
        total += digit * (last // 10 if last >= 100 and "零" not in text and "〇" not in text else 1)  # noqa: PLR2004 - 一百二 is 120
    return float(total) if text else None


def as_meant(amount: Amount, *, before: str, behind: str) -> Amount:
    """The amount that is meant by a number between these words: ``以上``, ``约``, ``under``."""
    if _MORE.search(before) or _MORE_BEHIND.match(behind):
        return Amount(amount.low, math.inf)
    if _LESS.search(before) or _LESS_BEHIND.match(behind):
        return Amount(0, amount.high)
    if _ABOUT.search(before) or _ABOUT_BEHIND.match(behind):
        return Amount(amount.low * (1 - ROUGHLY), amount.high * (1 + ROUGHLY))
    return amount
