"""The words of the day's hours: each rule takes one word or number and adds to the parts what it names."""

import re

from tracker.when_words import AMPM, DIGITS, NUMERAL, NUMERALS, RANGE, Parts, Rule, number, rule

CLOCK_RULES: list[Rule] = []


def set_offset(parts: Parts, zone: str | None) -> None:
    """Add an offset from UTC as ISO 8601 writes it (``Z``, ``+08:00``); none changes nothing."""
    if zone:
        digits = zone[1:].replace(":", "")
        minutes = 0 if zone in "Zz" else int(digits[:2]) * 60 + int(digits[2:])
        parts.offset = -minutes if zone.startswith("-") else minutes


@rule(
    CLOCK_RULES,
    NUMERALS,
    rf"({NUMERAL}){RANGE}({NUMERAL})\s*[点时](半)?(?!间)|(\d{{1,2}})(?::(\d\d))?{RANGE}(\d{{1,2}})(?::(\d\d))?\s*({AMPM})",
    then="-~到至:",
)
def _hours(parts: Parts, match: re.Match[str]) -> bool:
    first, last, half, start, start_minute, stop, stop_minute, ampm = match.groups()
    if parts.hour is not None:
        return False
    parts.hour, parts.last_hour = number(first or start), number(last or stop)
    parts.minute, parts.last_minute = int(start_minute or 0), 30 if half else int(stop_minute or 0)
    return set_period(parts, ampm[0].lower() + "m") if ampm else True


@rule(CLOCK_RULES, DIGITS, r"(\d{1,2})-(\d{1,2})(?![\d:./-])", then="-")
def _bare_hours(parts: Parts, match: re.Match[str]) -> bool:
    """From one hour to another, behind a weekday: 周六7-9."""
    first, last = int(match[1]), int(match[2])
    if parts.weekday is None or parts.day is not None or parts.hour is not None or not first < last <= 12:  # noqa: PLR2004
        return False
    parts.hour, parts.last_hour, parts.approximate = first, last, True
    return True


_PERIODS = {
    **dict.fromkeys(("凌晨", "半夜"), "dawn"),
    **dict.fromkeys(("清晨", "清早", "早上", "早晨", "一早", "上午", "早", "晨", "morning"), "am"),
    **dict.fromkeys(("中午", "正午"), "noon"),
    **dict.fromkeys(("下午", "午后", "afternoon"), "pm"),
    **dict.fromkeys(("午夜", "傍晚", "晚上", "晚间", "夜里", "夜间", "晚", "evening", "night"), "evening"),
}


_PERIOD_WORDS = " ".join(_PERIODS)


@rule(
    CLOCK_RULES,
    _PERIOD_WORDS,
    rf"({'|'.join(word for word in _PERIODS if not word.isascii())})|\b(morning|afternoon|evening|night)\b",
)
def _period(parts: Parts, match: re.Match[str]) -> bool:
    return set_period(parts, _PERIODS[(match[1] or match[2]).lower()])


def set_period(parts: Parts, period: str) -> bool:
    """Add a part of the day; false when another one was said."""
    if parts.period:
        # “tonight 8pm” says the same twice, 上午3pm does not.
        return (parts.period in {"am", "dawn"}) == (period in {"am", "dawn"}) and {parts.period, period} & {
            "am",
            "pm",
        } != set()
    parts.period = period
    return True


@rule(
    CLOCK_RULES, DIGITS, rf"(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?!\d)\s*({AMPM})?\s?(Z\b|\+\d{{2}}:?\d{{2}})?", then=":"
)
def _clock(parts: Parts, match: re.Match[str]) -> bool:
    hour, minute, ampm, zone = match.groups()
    if not set_clock(parts, int(hour), int(minute)):
        return False
    parts.colon = len(hour) == 2 or int(hour) >= 8  # noqa: PLR2004 - 03:00 says which; 3:00 does not
    set_offset(parts, zone)
    return set_period(parts, ampm[0].lower() + "m") if ampm else True


def set_clock(parts: Parts, hour: int, minute: int) -> bool:
    """Add an hour; false when there is one already."""
    if parts.hour is not None or (parts.amount is not None and parts.unit in {"minute", "quarter", "hour"}):
        return False
    parts.hour, parts.minute = hour, minute
    return True


@rule(CLOCK_RULES, DIGITS, rf"(\d{{1,2}})(?:\.(\d\d))?\s*({AMPM}|o'clock)", then=".apo")
def _english_clock(parts: Parts, match: re.Match[str]) -> bool:
    hour, minute, ampm = match.groups()
    if not set_clock(parts, int(hour), int(minute or 0)):
        return False
    return True if ampm.lower().startswith("o") else set_period(parts, ampm[0].lower() + "m")


@rule(CLOCK_RULES, "at @", r"(?:\bat |@ ?)(\d{1,2})(?![\d:./-]|\s*(?:am|pm|a\.m|p\.m|o'clock|[年月日号点时]))")
def _bare_hour(parts: Parts, match: re.Match[str]) -> bool:
    return set_clock(parts, int(match[1]), 0)


@rule(CLOCK_RULES, "half quarter", r"\b(half|quarter) (past|to) (\d{1,2}|[a-z]{3,6})\b")
def _past_the_hour(parts: Parts, match: re.Match[str]) -> bool:
    hour, minutes = number(match[3]), 30 if match[1].lower() == "half" else 15
    if match[2].lower() == "to":
        hour, minutes = hour - 1, 60 - minutes
    return hour > 0 and set_clock(parts, hour, minutes)


@rule(CLOCK_RULES, "0 1 2", r"(?!20[12]\d)([01]\d|2[0-3])([0-5]\d)(?![\d年:届级]|\s*[届级])")
def _four_digits(parts: Parts, match: re.Match[str]) -> bool:
    parts.colon = True
    is_day = parts.day is not None and parts.month is not None
    return (is_day or parts.weekday is not None or parts.day_shift is not None) and set_clock(
        parts, int(match[1]), int(match[2])
    )


@rule(CLOCK_RULES, "noon midnight 零", r"\b(noon|midnight)\b|零点")
def _named_clock(parts: Parts, match: re.Match[str]) -> bool:
    parts.colon = True
    return set_clock(parts, 12 if (match[1] or "").lower() == "noon" else 24 if match[1] else 0, 0)


_HOUR = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"


@rule(
    CLOCK_RULES,
    NUMERALS,
    rf"({_HOUR})\s*[点时](?:整|钟|(半)|(一刻|1刻)|(三刻|3刻)|过?({_HOUR})(?!\s*[个小天周点])分?(?!钟))?(?![间])",
    then="点时",
)
def _spoken_clock(parts: Parts, match: re.Match[str]) -> bool:
    hour, half, quarter, three, minute = match.groups()
    value = 30 if half else 15 if quarter else 45 if three else number(minute) if minute else 0
    if not set_clock(parts, number(hour), value):
        return False
    parts.colon = number(hour) >= 9  # noqa: PLR2004 - nobody is interviewed at nine in the evening without saying so
    return True


@rule(
    CLOCK_RULES,
    f"{NUMERALS} for 时长 共 约 半",
    r"(?:for |时长|共|约)?\s*(\d{1,3}(?:\.5)?|半|一|两|一个半)\s*个?(分钟|小时|min(?:ute)?s?\b|hours?\b|hrs?\b|h\b)",
)
def _length(parts: Parts, match: re.Match[str]) -> bool:
    if parts.hour is None or parts.length is not None:
        return False
    words = {"半": 0.5, "一": 1.0, "两": 2.0, "一个半": 1.5}
    amount = words[match[1]] if match[1] in words else float(match[1])
    parts.length = round(amount * (60 if match[2][0] in "小hH" else 1))
    return True
