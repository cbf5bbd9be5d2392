"""The parts that an expression of time may name, and the numerals in which people write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LONGEST_EXPRESSION: Final = 400
"""Characters. Whatever is longer is not one expression of time."""

_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    ord(written): ord(plain)
    for written, plain in zip("\u3000\u00a0—–−‐‑―〜∼【】〔〕「」、。", "  ------~~()()(),,", strict=True)
}
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_ENGLISH = {
    word: value
    for value, words in enumerate(
        [
            "zero",
            "a an one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
    )
    for word in words.split()
}
NUMERAL: Final = r"(?:\d{1,2}|[零〇一二两三四五六七八九十廿卅]{1,3})"
"""A day, month or hour."""
RANGE: Final = r"\s*(?:-+|~+|到|至)\s*"
AMPM: Final = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
WEEKEND: Final = 7
"""Stands for Saturday and Sunday where a weekday is named."""


@dataclass(slots=True)
class Parts:
    """What one side of an expression says; everything unsaid is ``None``."""

    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    month_shift: int | None = None
    third: str = ""
    """``early``, ``mid`` or ``late`` in a month."""
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    week_shift: int | None = None
    next_weekday: bool = False
    """Said as ``next wed``, of which two readings exist."""
    day_shift: int | None = None
    amount: float | None = None
    unit: str = ""
    sense: str = ""
    """``after``, ``before`` or ``within`` the amount."""
    period: str = ""
    hour: int | None = None
    minute: int = 0
    last_hour: int | None = None
    last_minute: int = 0
    colon: bool = False
    """The hour was written on a 24-hour clock (19:00), not spoken (七点)."""
    offset: int | None = None
    """Minutes east of UTC."""
    length: int | None = None
    """Minutes."""
    approximate: bool = False

    def has_date(self) -> bool:
        """Whether any part of a date was said."""
        named = (self.year, self.year_shift, self.month, self.month_shift, self.day, self.weekday, self.week_shift)
        return any(part is not None for part in named) or self.day_shift is not None or self.amount is not None

    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        return not self.has_date() and self.hour is None and not self.period and not self.third


def plain(text: str) -> str:
    """The text in half width, character for character, so that positions stay those of the original."""
    return text.translate(_WIDTH)


def number(text: str) -> int:
    """The value of Arabic, Chinese or small English numerals; -1 when it is none."""
    word = text.strip().lower()
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ENGLISH:
        return _ENGLISH[word]
    if not word or any(letter not in _DIGITS and letter not in _TENS for letter in word):
        return -1
    if not any(letter in _TENS for letter in word):
        return int("".join(str(_DIGITS[letter]) for letter in word))
    match = re.fullmatch(r"([一二两三四五六七八九]?)([十廿卅])([一二两三四五六七八九]?)", word)
    if match is None:
        return -1
    before, tens, after = match.groups()
    return (_DIGITS[before] if before else 1) * _TENS[tens] + (_DIGITS[after] if after else 0)


Take = Callable[[Parts, re.Match[str]], bool]
"""Adds what was matched to the parts; false when it does not go with what they say already."""
Rule = tuple[re.Pattern[str], Take]


def rule(rules: list[Rule], pattern: str) -> Callable[[Take], Take]:
    """Register a function for what a pattern matches; the first rule that fits wins."""

    def register(take: Take) -> Take:
        rules.append((re.compile(pattern, re.IGNORECASE | re.ASCII), take))
        return take

    return register
