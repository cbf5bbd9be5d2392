"""Calculations on the clock and the calendar that expressions of time ask for."""

from datetime import date, datetime, timedelta
from typing import Final

from tracker.when_words import Parts

NOON: Final = 12
_MIDNIGHT = 24
_EARLIEST_SURE, _LAST_UNSURE = 9, 7
"""Hours. Spoken without 早 or 晚, one to seven are after noon, nine to twelve are before it."""
_NIGHT_ENDS, _NOON_ENDS = 4, 15


def clock_hour(parts: Parts) -> tuple[int, bool] | None:
    """The hour on a 24-hour clock and whether it could be another one; ``None`` when there is no such hour.

    24 and more are hours of the next day: 晚上12点, 晚上1点.
    """
    hour, minute = parts.hour, parts.minute
    if hour is None or not 0 <= minute <= 59 or not 0 <= hour <= _MIDNIGHT or (hour == _MIDNIGHT and minute):  # noqa: PLR2004
        return None
    return _without_period(hour, sure=parts.colon) if not parts.period else _in_period(hour, parts.period)


def _without_period(hour: int, *, sure: bool) -> tuple[int, bool]:
    if sure or hour == 0 or hour > NOON:
        return hour, False
    # Nobody is interviewed between one and seven in the morning.
    return (hour + NOON, True) if hour <= _LAST_UNSURE else (hour, hour < _EARLIEST_SURE)


def _in_period(hour: int, period: str) -> tuple[int, bool] | None:
    if period in {"am", "dawn"}:
        return (hour % NOON, False) if hour <= NOON else None
    if period == "noon":
        return (hour + NOON if hour < _NIGHT_ENDS else hour, False) if hour < _NOON_ENDS else None
    if period == "evening" and hour in {0, NOON}:
        return _MIDNIGHT, False
    if period == "evening" and hour < _NIGHT_ENDS:
        return hour + _MIDNIGHT, True
    return (hour + NOON if hour < NOON else hour), False


def months_later(day: date, months: int) -> date:
    """The day this many months later, or the last of a shorter month."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def moved(now: datetime, amount: float, unit: str) -> datetime:
    """The clock moved by an amount of minutes, quarters, hours, (work) days, weeks, months or years."""
    minutes = {"minute": 1, "quarter": 15, "hour": 60, "day": 1440, "week": 10080}
    if unit in minutes:
        return now + timedelta(minutes=amount * minutes[unit])
    if unit == "workday":
        return _workdays_later(now, round(amount))
    whole = int(amount * (12 if unit == "year" else 1))
    day = months_later(now.date(), whole)
    rest = timedelta(days=15 * (1 if amount > 0 else -1)) if unit == "month" and amount != whole else timedelta()
    return datetime.combine(day, now.time()) + rest


def _workdays_later(now: datetime, days: int) -> datetime:
    weeks, rest = divmod(abs(days), 5)
    step = timedelta(days=1 if days >= 0 else -1)
    moved = now + 7 * weeks * step
    while rest or moved.weekday() >= 5:  # noqa: PLR2004 - Saturday
        moved += step
        rest -= 1 if rest and moved.weekday() < 5 else 0  # noqa: PLR2004
    return moved
