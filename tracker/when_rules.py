"""The words of the calendar: each rule takes one word or number and adds to the parts what it names."""

import re

from tracker.when_clock_rules import set_offset, set_period
from tracker.when_words import AMPM, DIGITS, NUMERAL, NUMERALS, RANGE, WEEKEND, Parts, Rule, number, rule

DATE_RULES: list[Rule] = []
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_BEGINNINGS = " ".join(_MONTHS)
_DAY_BEGINNINGS = " ".join((*_WEEKDAYS, "next", "last", "this", "coming", "weekend"))
_COUNT = (
    r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十廿卅]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|half)"
)
_MONTH_NAME = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\b\.?"
_DAY_NAME = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\b\.?"


_LAST_HOUR = 12


def _set_day(parts: Parts, *, year: int | None = None, month: int | None = None, day: int | None = None) -> bool:
    said = ((parts.year, year), (parts.month, month), (parts.day, day))
    if any(old is not None and new is not None for old, new in said) or parts.day_shift is not None:
        return False
    if parts.day is not None and month is not None and parts.month is None and year is None:
        return False
    parts.year = year if year is not None else parts.year
    parts.month = month if month is not None else parts.month
    parts.day = day if day is not None else parts.day
    return True


def _full_year(text: str) -> int:
    value = number(text)
    return value + 2000 if 0 <= value < 100 else value  # noqa: PLR2004 - a year of two digits


@rule(
    DATE_RULES,
    DIGITS,
    r"(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,6})?)?\s?(Z|\+\d{2}:?\d{2}|-\d{2}:?\d{2}$)?",
    then="-",
)
def _iso(parts: Parts, match: re.Match[str]) -> bool:
    year, month, day, hour, minute, zone = match.groups()
    if parts.hour is not None or not _set_day(parts, year=int(year), month=int(month), day=int(day)):
        return False
    parts.hour, parts.minute, parts.colon = int(hour), int(minute), True
    set_offset(parts, zone)
    return True


@rule(DATE_RULES, DIGITS, r"(\d{4}|\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d:])", then="-/.")
def _year_month_day(parts: Parts, match: re.Match[str]) -> bool:
    year, _separator, month, day = match.groups()
    return _set_day(parts, year=_full_year(year), month=int(month), day=int(day))


@rule(DATE_RULES, DIGITS, r"(\d{1,2})/(\d{1,2})/(20\d{2})(?!\d)", then="/")
def _with_year_last(parts: Parts, match: re.Match[str]) -> bool:
    month, day = int(match[1]), int(match[2])
    # 1/2/2026 is January in America and February in Europe.
    parts.approximate = parts.approximate or (month <= 12 and day <= 12 and month != day)  # noqa: PLR2004
    if month > 12:  # noqa: PLR2004
        month, day = day, month
    return _set_day(parts, year=int(match[3]), month=month, day=day)


@rule(DATE_RULES, "年", r"年(底|末|初)")
def _edge_of_year(parts: Parts, match: re.Match[str]) -> bool:
    parts.third = "early" if match[1] == "初" else "late"
    return _set_day(parts, month=1 if match[1] == "初" else 12)


@rule(DATE_RULES, "2", r"(20\d{2})(\d{2})(\d{2})(?!\d)")
def _eight_digits(parts: Parts, match: re.Match[str]) -> bool:
    year, month, day = match.groups()
    return _set_day(parts, year=int(year), month=int(month), day=int(day))


@rule(DATE_RULES, "2", r"(20\d{2})[-/.](\d{1,2})(?![\d:])", then="-/.")
def _year_month(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, year=int(match[1]), month=int(match[2]))


@rule(DATE_RULES, NUMERALS, r"(\d{4}|\d{2}|[一二两〇零三四五六七八九]{4}|[一二][〇零一二三四五六七八九])年", then="年")
def _year(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, year=_full_year(match[1]))


@rule(DATE_RULES, "前 去 今 明 后 last this next", r"(前|去|今|明|后)年|(last|this|next) year")
def _year_named(parts: Parts, match: re.Match[str]) -> bool:
    if parts.year_shift is not None:
        return False
    word = (match[1] or match[2]).lower()
    parts.year_shift = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2, "last": -1, "this": 0, "next": 1}[word]
    return True


@rule(DATE_RULES, NUMERALS, rf"({NUMERAL})月\s*({NUMERAL})\s*[日号]?{RANGE}({NUMERAL})\s*[日号]", then="月")
def _month_days(parts: Parts, match: re.Match[str]) -> bool:
    parts.last_day = number(match[3])
    return _set_day(parts, month=number(match[1]), day=number(match[2]))


@rule(DATE_RULES, NUMERALS, rf"({NUMERAL})月\s*({NUMERAL})(?:\s*[日号]|(?!\s*[点时:个天小分]|\d))", then="月")
def _month_day(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, month=number(match[1]), day=number(match[2]))


@rule(DATE_RULES, NUMERALS, rf"({NUMERAL})月份?(?!后|前|内)", then="月")
def _month(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, month=number(match[1]))


@rule(
    DATE_RULES,
    "上 初 中 下 底 末 early beginning start mid late end",
    r"(上旬|初|中旬|中|下旬|底|末)(?!午)|\b(early|beginning of|start of|mid|middle of|late|end of)\b(?:\s*-?)",
)
def _third(parts: Parts, match: re.Match[str]) -> bool:
    english = match[2] is not None
    if parts.third or (not english and parts.month is None and parts.month_shift is None) or parts.day is not None:
        return False
    word = (match[1] or match[2]).lower()
    early, mid = ("上旬", "初", "early", "beginning of", "start of"), ("中旬", "中", "mid", "middle of")
    parts.third = "early" if word in early else "mid" if word in mid else "late"
    return True


@rule(DATE_RULES, "月", r"月(?=初|底|末|中)")
def _this_month(parts: Parts, _match: re.Match[str]) -> bool:
    return _shift_month(parts, 0)


@rule(DATE_RULES, "上 下 这 本 当 last this next", r"(上上|上|下下|下|这|本|当)(?:一)?个?月|(last|this|next) month\b")
def _month_named(parts: Parts, match: re.Match[str]) -> bool:
    word = (match[1] or match[2]).lower()
    return _shift_month(parts, _shift(word))


def _shift_month(parts: Parts, months: int) -> bool:
    if parts.month_shift is not None or parts.month is not None:
        return False
    parts.month_shift = months
    return True


def _shift(word: str) -> int:
    return {"last": -1, "next": 1}.get(word, word.count("下") - word.count("上"))


@rule(
    DATE_RULES,
    _MONTH_BEGINNINGS,
    rf"\b{_MONTH_NAME}(?:\s*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|\s*{AMPM}))?(?:,?\s+(20\d\d)\b)?",
)
def _month_name_day(parts: Parts, match: re.Match[str]) -> bool:
    return _named(parts, match[1], match[2], match[3])


@rule(
    DATE_RULES,
    DIGITS,
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?\b{_MONTH_NAME}(?:,?\s+(20\d\d)\b)?",
    then="abcdefghijklmnopqrstuvwxyz",
)
def _day_month_name(parts: Parts, match: re.Match[str]) -> bool:
    return _named(parts, match[2], match[1], match[3])


def _named(parts: Parts, name: str, day: str | None, year: str | None) -> bool:
    month = _MONTHS.index(name[:3].lower()) + 1
    return _set_day(parts, year=int(year) if year else None, month=month, day=int(day) if day else None)


_WORKDAY = r"工作日|work(?:ing)? ?days?|business days?"
_ENGLISH_UNIT = r"min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?"


@rule(
    DATE_RULES,
    f"{NUMERALS} a one two three four five six seven eight nine half",
    rf"({_COUNT})\s*(个半|and a half)?\s*(?:an? |个)?多?"
    rf"({_WORKDAY}|分钟|刻钟|小时|钟头|天|日|周|星期|礼拜|月|年|{_ENGLISH_UNIT}|h(?![a-z]))(半)?\s*(?:的?时间)?\s*"
    r"(之后|以后|过后|后|之内|以内|内|之前|以前|前|ago|later|from now|after)(?!天)",
)
def _amount_after(parts: Parts, match: re.Match[str]) -> bool:
    count, half, unit, half_after, sense = match.groups()
    word = sense.lower()
    meaning = "within" if word.endswith("内") else "before" if word.endswith("前") or word == "ago" else "after"
    return _set_amount(parts, count, unit, meaning, extra=bool(half or half_after))


@rule(DATE_RULES, "半", r"半\s*(?:个)?(小时|钟头|天|月|年)\s*(之后|以后|后|之内|以内|内|之前|以前|前)")
def _half_after(parts: Parts, match: re.Match[str]) -> bool:
    meaning = "within" if match[2].endswith("内") else "before" if match[2].endswith("前") else "after"
    return _set_amount(parts, "half", match[1], meaning)


@rule(
    DATE_RULES,
    "in within 过 再 未来 还有 还剩",
    rf"(\bin|\bwithin|过|再过|未来|还有|还剩)\s*({_COUNT})\s*(?:an? )?个?"
    rf"({_WORKDAY}|分钟|小时|天|周|星期|月|{_ENGLISH_UNIT}|h)(?![a-z])内?",
)
def _amount_before(parts: Parts, match: re.Match[str]) -> bool:
    meaning = "within" if match[1].lower() in {"within", "未来"} else "after"
    return _set_amount(parts, match[2], match[3], meaning)


_UNITS = (
    *((word, "workday") for word in ("工作日", "work", "business")),
    *((word, "minute") for word in ("分", "min")),
    *((word, "hour") for word in ("小时", "钟头", "h")),
    *((word, "day") for word in ("天", "日", "day")),
    *((word, "week") for word in ("周", "星期", "礼拜", "week")),
    ("刻", "quarter"),
    *((word, "month") for word in ("月", "month")),
    *((word, "year") for word in ("年", "year")),
)


def _unit(word: str) -> str:
    return next(unit for start, unit in _UNITS if word.lower().startswith(start))


def _set_amount(parts: Parts, count: str, unit: str, sense: str, *, extra: bool = False) -> bool:
    if parts.has_date() or parts.hour is not None:
        return False
    amount = 0.5 if count.lower() == "half" else float(count) if "." in count else float(number(count))
    if amount < 0:
        return False
    parts.amount, parts.unit, parts.sense = amount + (0.5 if extra else 0), _unit(unit), sense
    return True


@rule(
    DATE_RULES,
    "上 下 这 本 此 一 个 周 星 礼",
    r"(上+|下+|这|本|此)?(?:一)?个?(?:周|星期|礼拜)([一二三四五六日天末1-7])(?![小天周个月年])",
)
def _weekday(parts: Parts, match: re.Match[str]) -> bool:
    names = {"日": 6, "天": 6, "末": WEEKEND}
    named = names.get(match[2])
    return _set_weekday(parts, named if named is not None else number(match[2]) - 1, match[1])


@rule(DATE_RULES, "(", r"\((?:周|星期)?([一二三四五六日天])\)")
def _weekday_in_brackets(parts: Parts, match: re.Match[str]) -> bool:
    return parts.day is not None and _set_weekday(parts, 6 if match[1] in "日天" else number(match[1]) - 1, None)


def _set_weekday(parts: Parts, weekday: int, which: str | None) -> bool:
    if parts.weekday is not None or (which and parts.week_shift is not None):
        return False
    parts.weekday = weekday
    if which:
        parts.week_shift = _shift(which)
    return True


@rule(
    DATE_RULES,
    "上 下 这 本 last this next",
    r"(上+|下+|这|本)(?:一)?个?(?:周|星期|礼拜)(?:之内|以内|内)?|(last|this|next) week\b",
)
def _week(parts: Parts, match: re.Match[str]) -> bool:
    if parts.week_shift is not None:
        return False
    parts.week_shift = _shift((match[1] or match[2]).lower())
    return True


@rule(DATE_RULES, _DAY_BEGINNINGS, rf"\b(?:(next|last|this|coming)\s+)?(?:{_DAY_NAME}|(weekend)\b)")
def _weekday_name(parts: Parts, match: re.Match[str]) -> bool:
    which = (match[1] or "").lower()
    weekday = WEEKEND if match[3] else _WEEKDAYS.index(match[2].lower())
    parts.next_weekday = parts.next_weekday or which == "next"
    return _set_weekday(parts, weekday, which if which in {"next", "last", "this"} else None)


_DAYS = {
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后": 2,
    "大后": 3,
    "day after tomorrow": 2,
    "day before yesterday": -2,
    "today": 0,
    "tomorrow": 1,
    "tmr": 1,
    "tmrw": 1,
    "yesterday": -1,
}


@rule(
    DATE_RULES,
    "大前 大后 前 昨 今 明 后 day today tomorrow tmr yesterday",
    r"(大前|大后|前|昨|今|明|后)(?:天|日|(?=[早晚晨]|下午|上午|中午|凌晨))(?!年)|"
    r"\b(day after tomorrow|day before yesterday|today|tomorrow|tmrw?|yesterday)\b",
)
def _day_named(parts: Parts, match: re.Match[str]) -> bool:
    return _set_shift(parts, _DAYS[(match[1] or match[2]).lower()])


@rule(DATE_RULES, "tonight last", r"\b(tonight|last night)\b")
def _night_named(parts: Parts, match: re.Match[str]) -> bool:
    return _set_shift(parts, 0 if match[1].lower() == "tonight" else -1) and set_period(parts, "evening")


def _set_shift(parts: Parts, days: int) -> bool:
    if parts.has_date() and (parts.weekday is None or parts.week_shift is not None):
        return False
    parts.day_shift = days
    return True


@rule(DATE_RULES, "现在 刚刚 刚才 此刻 just now", r"(现在|刚刚|刚才|此刻|\bjust now\b|\bnow\b)")
def _now(parts: Parts, _match: re.Match[str]) -> bool:
    return _set_amount(parts, "0", "minute", "after")


@rule(DATE_RULES, DIGITS, rf"(\d{{1,2}})([./-])(\d{{1,2}})(?!\d|:|\s*[点时]|\s*{AMPM})[号日]?", then="./-")
def _month_dot_day(parts: Parts, match: re.Match[str]) -> bool:
    month, day = int(match[1]), int(match[3])
    if parts.weekday is not None and match[2] == "-" and month < day <= _LAST_HOUR and match[1][0] != "0":
        # 周六7-9 is from seven to nine.
        return False
    if month > 12 >= day and match[2] == "/":  # noqa: PLR2004 - 13/5 can only be the thirteenth of May
        month, day = day, month
    return _set_day(parts, month=month, day=day)


_REAL_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"


@rule(
    DATE_RULES,
    "0 1",
    rf"{_REAL_DAY}(?=\s*(?:凌晨|早|上午|中午|下午|傍晚|晚|\d{{1,2}}\s*[:点时]|\d{{1,2}}\s*{AMPM}|"
    r"\s(?:[01]\d|2[0-3])[0-5]\d(?!\d)))",
    then="早上中下傍晚凌0123456789",
)
def _four_digit_day(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, month=int(match[1]), day=int(match[2]))


@rule(DATE_RULES, f"{NUMERALS} the", rf"({NUMERAL})[号日](?!线)|\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)\b")
def _day(parts: Parts, match: re.Match[str]) -> bool:
    return _set_day(parts, day=number(match[1] or match[2]))


@rule(DATE_RULES, "左右 前后 大概 大约 about around circa", r"(左右|前后|大概|大约|about\b|around\b|circa\b)")
def _approximately(parts: Parts, _match: re.Match[str]) -> bool:
    parts.approximate = True
    return True
