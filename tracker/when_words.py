"""The parts that an expression of time may name, and the numerals in which people write them."""

import re
from collections.abc import Callable
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
_DIGIT_LETTERS = "0123456789"
_CHINESE_NUMERALS = "零〇一二两三四五六七八九十廿卅"
DIGITS: Final = " ".join(_DIGIT_LETTERS)
NUMERALS: Final = " ".join(_DIGIT_LETTERS + _CHINESE_NUMERALS)
"""What a numeral may begin with."""
NUMERAL: Final = r"(?:\d{1,2}|[零〇一二两三四五六七八九十廿卅]{1,3})"
"""A day, month or hour."""
RANGE: Final = r"\s*(?:-+|~+|到|至)\s*"
AMPM: Final = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
WEEKEND: Final = 7
"""Stands for Saturday and Sunday where a weekday is named."""


class Parts:
    """What one side of an expression says; everything unsaid is ``None``, as the class has it."""

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
    zone: str = ""
    """The IANA name of the zone that the hour is of."""
    length: int | None = None
    """Minutes."""
    approximate: bool = False

    def has_date(self) -> bool:
        """Whether any part of a date was said."""
        named = (self.year, self.year_shift, self.month, self.month_shift, self.day, self.weekday, self.week_shift)
        return any(part is not None for part in named) or self.day_shift is not None or self.amount is not None

    def is_zoned(self) -> bool:
        """Whether it says where its hour is shown by the clocks."""
        return self.offset is not None or bool(self.zone)

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


Take = Callable[[Parts, "re.Match[str]"], bool]
"""Adds what was matched to the parts; false when it does not go with what they say already."""


class Rule:
    """What one pattern says. It is compiled when a text first holds what it may begin with: most never are."""

    __slots__ = ("_begins", "_pattern", "_source", "_take", "_then")

    def __init__(self, begins: str, source: str, take: Take, then: str) -> None:
        self._begins = tuple(begins.split())
        self._source = source
        self._take = take
        self._then = then
        self._pattern: re.Pattern[str] | None = None

    @property
    def first_letters(self) -> frozenset[str]:
        """The letters that it may begin with."""
        return frozenset(word[0] for word in self._begins)

    def match(self, text: str, position: int) -> re.Match[str] | None:
        """What it finds here.

        Args:
            text: plain, in any case.
            position: where it has to begin.
        """
        if not text[position : position + _LONGEST_BEGINNING].lower().startswith(self._begins):
            return None
        if self._then and _behind_numeral(text, position) not in self._then:
            return None
        if self._pattern is None:
            self._pattern = re.compile(self._source, re.IGNORECASE | re.ASCII)
        return self._pattern.match(text, position)

    def take(self, parts: Parts, match: re.Match[str]) -> bool:
        """Add what was found to the parts; false when it does not go with what they say already."""
        return self._take(parts, match)


_LONGEST_BEGINNING = 10


def _behind_numeral(text: str, position: int) -> str:
    """The letter behind the numeral that begins here, spaces left out; a digit where there is none."""
    letters = _DIGIT_LETTERS if text[position] in _DIGIT_LETTERS else _CHINESE_NUMERALS
    while position < len(text) and text[position] in letters:
        position += 1
    while position < len(text) and text[position] == " ":
        position += 1
    return text[position].lower() if position < len(text) else "0"


def rule(rules: list[Rule], begins: str, pattern: str, then: str = "") -> Callable[[Take], Take]:
    """Register a function for what a pattern matches; the first rule that fits wins.

    Args:
        rules: Where to.
        begins: What its text may begin with, separated by spaces: letters or words.
        pattern: A regular expression, without regard to case.
        then: The letters that may follow a numeral with which it begins; empty: any.
    """

    def register(take: Take) -> Take:
        rules.append(Rule(begins, pattern, take, then))
        return take

    return register
