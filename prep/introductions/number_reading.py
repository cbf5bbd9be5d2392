"""How long numbers are when they are read aloud, in Chinese syllables and in English words."""

from functools import cache

DIGIT_BY_DIGIT = 9
"""Figures from which a number is a telephone number or the like, and read figure by figure."""

_CHINESE_GROUPS = 4
_HUNDRED, _THOUSAND = 100, 1000
_FIRST_YEAR, _LAST_YEAR = 1100, 2099


def chinese_syllables(number: str, *, is_year: bool = False, is_percent: bool = False) -> int:
    """Syllables of a number in Chinese.

    99.5% is 百分之九十九点五 (8), 2024 before 年 is 二零二四 (4), 1234 is 一千二百三十四 (7).

    Args:
        number: figures, perhaps with a decimal point and with commas between thousands.
        is_year: whether 年 stands behind it; its figures are then read one by one.
        is_percent: whether a percent sign stands behind it.
    """
    whole, _point, fraction = number.replace(",", "").partition(".")
    one_by_one = (is_year and len(whole) == _CHINESE_GROUPS) or _is_a_code(whole)
    syllables = len(whole) if one_by_one else _chinese_integer(int(whole))
    return syllables + (1 + len(fraction) if fraction else 0) + (3 if is_percent else 0)


def english_words(number: str, *, is_percent: bool = False) -> int:
    """Words of a number in English: 99.5% is ninety nine point five percent (5), 2024 is twenty twenty four (3).

    Args:
        number: figures, perhaps with a decimal point and with commas between thousands.
        is_percent: whether a percent sign stands behind it.
    """
    whole, _point, fraction = number.replace(",", "").partition(".")
    words = len(whole) if _is_a_code(whole) else _english_integer(int(whole), is_bare="," not in number)
    return words + (1 + len(fraction) if fraction else 0) + (1 if is_percent else 0)


def _is_a_code(whole: str) -> bool:
    return len(whole) >= DIGIT_BY_DIGIT or (len(whole) > 1 and whole.startswith("0"))


@cache
def _chinese_integer(number: int) -> int:
    if number == 0:
        return 1
    syllables, group, needs_zero = 0, 0, False
    parts: list[int] = []
    while number:
        number, part = divmod(number, 10**_CHINESE_GROUPS)
        parts.append(part)
    for group in range(len(parts) - 1, -1, -1):
        part = parts[group]
        if part == 0:
            needs_zero = True
            continue
        has_gap = group < len(parts) - 1 and (needs_zero or part < _THOUSAND)
        syllables += _chinese_group(part, is_first=group == len(parts) - 1) + has_gap + (1 if group else 0)
        needs_zero = False
    return syllables


def _chinese_group(part: int, *, is_first: bool) -> int:
    """Syllables of up to four figures: each but zero with its unit, and 零 for zeros between."""
    figures = str(part)
    syllables, gap = 0, False
    for index, figure in enumerate(figures):
        if figure == "0":
            gap = True
            continue
        has_unit = index < len(figures) - 1
        syllables += 1 + has_unit + (gap and syllables > 0)
        gap = False
    # 十二 and not 一十二.
    return syllables - (1 if is_first and len(figures) == 2 and figures[0] == "1" else 0)  # noqa: PLR2004 - two figures


@cache
def _english_integer(number: int, *, is_bare: bool) -> int:
    if is_bare and _FIRST_YEAR <= number <= _LAST_YEAR and number % _HUNDRED >= 10:  # noqa: PLR2004 - two figures
        return _below_hundred(number // _HUNDRED) + _below_hundred(number % _HUNDRED)
    if number == 0:
        return 1
    words = 0
    number, part = divmod(number, _THOUSAND)
    while part or number:
        hundreds, rest = divmod(part, _HUNDRED)
        words += (2 if hundreds else 0) + (_below_hundred(rest) if rest else 0)
        if not number:
            break
        number, part = divmod(number, _THOUSAND)
        words += 1 if part else 0
    return words


def _below_hundred(number: int) -> int:
    return 1 if number <= 20 or number % 10 == 0 else 2  # noqa: PLR2004 - twenty one is the first of two words
