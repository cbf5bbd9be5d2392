"""Dates and times as people write them, in Chinese and English, read against a given clock."""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from tracker.stages import Precision
from tracker.when_arithmetic import NOON, clock_hour, months_later, moved
from tracker.when_reading import ends, may_start, read
from tracker.when_words import LONGEST_EXPRESSION, WEEKEND, Parts, plain
from tracker.when_zones import local_shift

Direction = Literal["past", "future", "nearest"]
"""Where a date without a year (or a weekday without a week) lies: an application was sent, a round is to come."""

_FAR_APART = 120
"""Days. A date without a year that is further away than this could as well be the other year's."""
_LEAP_SEARCH = 8
"""Years within which every date of the calendar occurs."""
_A_BIT = "一点"
"""One o'clock when it stands alone; within a text it is far more often a bit of something."""
_LONGEST_SPAN = 183
"""Days. A span of dates without years may pass the new year, but it is not most of a year long."""
_YEARS = range(1900, 2201)
_DAWN_ENDS, _LATE = 6, 20


class Moment(NamedTuple):
    """One point or span of local time."""

    start: datetime
    """Naive local time; at 00:00 when only the day, the month's first day when only the month is known."""
    end: datetime | None
    """The end of a span or window. With day precision the last day itself, at 00:00."""
    precision: Precision
    ambiguous: bool
    """Whether a second reading is sensible: 3点 (taken as 15:00), a weekday that does not fit its date."""
    text: str
    """The words that were read, as written."""
    relative: bool = False
    """Whether the day is only known from the clock: 明天, 周三, 48小时内, 19:00, 15号."""


class FoundMoment(NamedTuple):
    """A moment within a longer text, and where its words are."""

    moment: Moment
    begin: int
    end: int


class _Clock(NamedTuple):
    """What a reading is measured against."""

    now: datetime
    year: int | None
    direction: Direction

    @property
    def today(self) -> date:
        return self.now.date()


class _Side(NamedTuple):
    """One end of an expression, resolved."""

    start: datetime
    end: datetime | None
    precision: Precision
    ambiguous: bool


def parse_when(text: str, *, now: datetime, year: int | None = None, direction: Direction = "nearest") -> Moment | None:
    """Read a text that is one expression of time and nothing else.

    Args:
        text: such as ``4.1晚7点``, ``下周三 19:00-20:30``, ``in 3 days``, ``48小时内``.
        now: the clock, naive local or aware; times with a UTC offset are brought to its zone when it has one.
        year: the year of dates that name none; otherwise the sensible one for ``direction`` is taken.
        direction: whether the thing spoken of lies in the past, in the future, or wherever is nearest.

    Returns:
        The moment, or ``None`` when the text is something else or names no real time (31 February, 25:00).
    """
    if len(text) > LONGEST_EXPRESSION:
        return None
    found = find_when(text, now=now, year=year, direction=direction)
    if found is None:
        return None
    halfwidth = plain(text)
    return found.moment if ends(halfwidth[: found.begin], 0) and ends(halfwidth, found.end) else None


def find_when(
    text: str, *, now: datetime, year: int | None = None, direction: Direction = "nearest"
) -> FoundMoment | None:
    """Find the first expression of time in a text (of which the first 400 characters are looked at).

    The arguments are those of ``parse_when``. Positions are those of ``text``.
    """
    clock = _Clock(now, year, direction)
    halfwidth = plain(text[:LONGEST_EXPRESSION])
    position = 0
    while position < len(halfwidth):
        if _inside_a_word(halfwidth, position) or not may_start(halfwidth, position):
            position += 1
            continue
        reading = read(halfwidth, position)
        if reading is None:
            position += 1
            continue
        words = text[position : reading.end].rstrip()
        end = position + len(words)
        side = _resolve(reading.first, reading.last, clock)
        if side is None or _inside_a_word(halfwidth, end) or (words == _A_BIT and end < len(halfwidth)):
            position = reading.end
            continue
        relative = reading.first.month is None
        moment = Moment(side.start, side.end, side.precision, side.ambiguous, words, relative)
        return FoundMoment(moment, position, end)
    return None


def _inside_a_word(text: str, position: int) -> bool:
    """Whether this position cuts a number or a Latin word in two."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    latin = before.isascii() and after.isascii()
    cut_number = before.isdigit() and after.isdigit()
    cut_word = before.isalpha() and after.isalpha()
    if before == "-" and position > 1 and after.isdigit():
        # GPT-4.1 is no day in April.
        return text[position - 2].isascii() and text[position - 2].isupper()
    cut_code = before.isalpha() and after.isdigit()
    return latin and (cut_number or cut_word or cut_code)


def _resolve(first: Parts, last: Parts | None, clock: _Clock) -> _Side | None:
    try:
        if last is None:
            side = _resolve_one(first, clock)
        elif first.hour is None and last.hour is not None and not last.has_date():
            # 04-01-19:00 is a day and its hour, not a span.
            first.hour, first.minute, first.colon, first.period = last.hour, last.minute, last.colon, last.period
            side = _resolve_one(first, clock)
        else:
            side = _resolve_span(first, last, clock)
        zoned = next((parts for parts in (last, first) if parts is not None and parts.is_zoned()), None)
        return side if side is None or zoned is None else _brought_here(side, zoned, clock)
    except (ValueError, OverflowError):
        return None


def _brought_here(side: _Side, zoned: Parts, clock: _Clock) -> _Side:
    """The time of another zone on the local clock; a day alone is the same everywhere."""
    if side.precision is not Precision.MINUTE or zoned.amount is not None:
        return side
    shift = local_shift(zoned, side.start, clock.now)
    end = side.end + shift if side.end is not None else None
    unsure = side.ambiguous or zoned.approximate or (clock.now.tzinfo is None and not zoned.zone)
    return _Side(side.start + shift, end, side.precision, unsure)


def _resolve_span(first: Parts, last: Parts, clock: _Clock) -> _Side | None:
    if last.period in {"am", "pm"} and not first.period and not first.colon and first.hour is not None:
        first.period = last.period
    start = _resolve_one(first, clock)
    if start is None:
        return None
    if not last.has_date():
        return _with_end(start, first, last)
    if last.day is not None and last.month is None:
        last.month, last.year = start.start.month, start.start.year
    later = _Clock(start.start.replace(tzinfo=clock.now.tzinfo), last.year or clock.year, "future")
    stop = _resolve_one(last, later if last.day_shift is None and last.amount is None else clock)
    if stop is None or stop.start < start.start:
        return None
    if last.year is None and (stop.start - start.start).days > _LONGEST_SPAN:
        return None
    minute = Precision.MINUTE in {start.precision, stop.precision}
    precision = Precision.MINUTE if minute else stop.precision
    end = stop.end if stop.end is not None and stop.precision is not Precision.MINUTE else stop.start
    return _Side(start.start, end, precision, start.ambiguous or stop.ambiguous)


def _with_end(start: _Side, first: Parts, last: Parts) -> _Side | None:
    """The span from a start to an hour that names no day of its own."""
    if last.hour is None:
        return None
    last.period = last.period or (first.period if last.hour <= NOON and not last.colon else "")
    hour = clock_hour(last)
    if hour is None:
        return None
    day = datetime.combine(start.start.date(), time())
    end = day + timedelta(hours=hour[0], minutes=last.minute)
    if end <= start.start and last.hour < NOON and hour[0] < NOON <= hour[0] + NOON and not last.period:
        afternoon = end + timedelta(hours=NOON)
        end = afternoon if afternoon > start.start else end
    if end <= start.start and start.start.hour >= _LATE and end.hour <= _DAWN_ENDS:
        end += timedelta(days=1)
    return _Side(start.start, end, Precision.MINUTE, start.ambiguous) if end > start.start else None


def _resolve_one(parts: Parts, clock: _Clock) -> _Side | None:
    if parts.amount is not None:
        return _from_amount(parts, clock)
    day = _day(parts, clock)
    if day is None or day.start.year not in _YEARS:
        return None
    if parts.hour is None:
        return day
    hour = clock_hour(parts)
    if hour is None or day.precision is not Precision.DAY or (day.end is not None and parts.last_day is None):
        return None
    midnight = day.start
    start = midnight + timedelta(hours=hour[0], minutes=parts.minute)
    start = _on_the_right_side(start, parts, clock)
    ambiguous = day.ambiguous or hour[1] or parts.approximate
    end = None
    if parts.last_hour is not None:
        last = Parts()
        last.hour, last.minute, last.colon = parts.last_hour, parts.last_minute, parts.last_hour >= NOON
        return _with_end(_Side(start, None, Precision.MINUTE, ambiguous), parts, last)
    if parts.length is not None:
        end = start + timedelta(minutes=parts.length)
    return _Side(start, end, Precision.MINUTE, ambiguous)


def _on_the_right_side(start: datetime, parts: Parts, clock: _Clock) -> datetime:
    """Move an hour without a day, or a weekday without a week, past the clock when the direction asks for it."""
    if parts.year is not None or parts.month is not None or parts.day is not None or parts.day_shift is not None:
        return start
    if parts.week_shift is not None or parts.month_shift is not None or parts.year_shift is not None:
        return start
    step = timedelta(days=1 if parts.weekday is None else 7)
    now = clock.now.replace(tzinfo=None)
    if clock.direction == "future" and start < now:
        return start + step
    return start - step if clock.direction == "past" and start > now else start


def _day(parts: Parts, clock: _Clock) -> _Side | None:
    if parts.day_shift is not None:
        return _day_side(clock.today + timedelta(days=parts.day_shift), parts)
    if parts.month is not None or parts.month_shift is not None or parts.day is not None:
        return _calendar_day(parts, clock)
    if parts.year is not None or parts.year_shift is not None:
        return None
    if parts.weekday is not None or parts.week_shift is not None:
        return _week_day(parts, clock)
    return None if parts.third else _day_side(clock.today, parts)


def _day_side(day: date, parts: Parts, last: date | None = None, *, ambiguous: bool = False) -> _Side:
    wrong = parts.weekday is not None and parts.weekday != WEEKEND and parts.weekday != day.weekday()
    end = datetime.combine(last, time()) if last is not None else None
    unsure = ambiguous or wrong or parts.approximate
    return _Side(datetime.combine(day, time()), end, Precision.DAY, unsure)


def _week_day(parts: Parts, clock: _Clock) -> _Side:
    monday = clock.today - timedelta(days=clock.today.weekday())
    if parts.weekday is None:
        monday += timedelta(weeks=parts.week_shift or 0)
        return _Side(
            datetime.combine(monday, time()), _midnight(monday + timedelta(days=6)), Precision.DAY, parts.approximate
        )
    weekday = min(parts.weekday, 5) if parts.weekday == WEEKEND else parts.weekday
    if parts.week_shift is not None:
        day = monday + timedelta(weeks=parts.week_shift, days=weekday)
    else:
        weeks = (0,) if clock.direction == "nearest" else (-1, 0, 1)
        day = _nearest([monday + timedelta(weeks=week, days=weekday) for week in weeks], clock)
    unsure = parts.next_weekday and (day - clock.today).days > 7  # noqa: PLR2004 - it may mean this week's
    last = _midnight(day + timedelta(days=1)) if parts.weekday == WEEKEND else None
    return _Side(_midnight(day), last, Precision.DAY, unsure or parts.approximate)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _nearest(days: list[date], clock: _Clock) -> date:
    """The sensible one of several days (in order), for the direction."""
    if clock.direction == "future":
        return next((day for day in days if day >= clock.today), days[-1])
    if clock.direction == "past":
        return next((day for day in reversed(days) if day <= clock.today), days[0])
    return min(days, key=lambda day: (abs((day - clock.today).days), day < clock.today))


def _calendar_day(parts: Parts, clock: _Clock) -> _Side | None:
    if parts.month is None:
        return _day_of_month(parts, clock)
    if not 1 <= parts.month <= 12:  # noqa: PLR2004
        return None
    year = parts.year if parts.year is not None else clock.year
    if parts.year_shift is not None:
        year = clock.today.year + parts.year_shift
    if parts.day is None:
        return _month(parts, clock, year)
    if year is not None:
        days = [date(year, parts.month, parts.day)]
    else:
        days = _same_day_of_years(clock.today.year, parts.month, parts.day)
    if not days:
        return None
    day = _nearest(days, clock)
    far = year is None and clock.direction == "nearest" and abs((day - clock.today).days) > _FAR_APART
    last = date(day.year, day.month, parts.last_day) if parts.last_day is not None else None
    if last is not None and last < day:
        return None
    return _day_side(day, parts, last, ambiguous=far)


def _same_day_of_years(around: int, month: int, day: int) -> list[date]:
    years = range(around - _LEAP_SEARCH, around + _LEAP_SEARCH + 1)
    return [date(year, month, day) for year in years if _has_day(year, month, day)]


def _has_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day: 29 February is not in every year."""
    if not (date.min.year <= year < date.max.year and 1 <= month <= 12 and day >= 1):  # noqa: PLR2004 - months
        return False
    after = date(year, month, 28) + timedelta(days=4)
    return day <= (after - timedelta(days=after.day)).day


def _day_of_month(parts: Parts, clock: _Clock) -> _Side | None:
    """The fifteenth, of this month or of one named by its distance; a month named so without a day."""
    first = clock.today.replace(day=1)
    if parts.month_shift is None:
        if parts.day is None:
            return None
        days = []
        for distance in (-2, -1, 0, 1, 2):
            month = months_later(first, distance)
            if _has_day(month.year, month.month, parts.day):
                days.append(month.replace(day=parts.day))
        return _day_side(_nearest(days, clock), parts) if days else None
    month = months_later(first, parts.month_shift)
    if parts.day is not None:
        return _day_side(month.replace(day=parts.day), parts)
    return _month_side(month, parts)


def _month(parts: Parts, clock: _Clock, year: int | None) -> _Side:
    month = parts.month or 1
    if year is not None:
        return _month_side(date(year, month, 1), parts)
    candidates = [date(clock.today.year + distance, month, 1) for distance in (-1, 0, 1)]
    this_month = clock.today.replace(day=1)
    sideways = _Clock(datetime.combine(this_month, time()), None, clock.direction)
    day = _nearest(candidates, sideways)
    far = clock.direction == "nearest" and abs((day - this_month).days) > _FAR_APART
    side = _month_side(day, parts)
    return _Side(side.start, side.end, side.precision, far or side.ambiguous)


def _month_side(month: date, parts: Parts) -> _Side:
    begin, end = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}.get(parts.third, (1, 0))
    last = month.replace(day=end) if end else months_later(month, 1) - timedelta(days=1)
    stop = _midnight(last) if parts.third else None
    return _Side(_midnight(month.replace(day=begin)), stop, Precision.MONTH, parts.approximate)


def _from_amount(parts: Parts, clock: _Clock) -> _Side | None:
    now = clock.now.replace(tzinfo=None, second=0, microsecond=0)
    amount = parts.amount or 0.0
    sign = -1 if parts.sense == "before" else 1
    exact = parts.unit in {"minute", "quarter", "hour"}
    point = moved(now, amount * sign, parts.unit)
    begin = now if exact else _midnight(now.date())
    precision = Precision.MINUTE if exact else Precision.DAY
    target = point if exact else _midnight(point.date())
    if parts.sense == "within":
        if parts.hour is not None:
            return None
        return _Side(begin, target, precision, parts.approximate)
    if parts.hour is None:
        return _Side(target, None, precision, parts.approximate)
    hour = clock_hour(parts)
    if exact or hour is None:
        return None
    start = target + timedelta(hours=hour[0], minutes=parts.minute)
    return _Side(start, None, Precision.MINUTE, hour[1] or parts.approximate)
