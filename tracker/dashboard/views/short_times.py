"""Times where there is little room: in a column of the board, in a panel of 30 cells."""

from datetime import UTC, datetime

from rich.cells import cell_len

from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.times import HOURS_SHOWN, day_and_clock, show_day, weekday

WEEK = 7
LONGEST_DAY = 5
"""Cells that the word for a day may take; else its weekday stands there."""


def short_time(moment: datetime, precision: str, now: datetime) -> str:
    """A moment as ``19:00`` today, ``Thu 14:00`` within a week, ``04-12 14:00`` beyond."""
    day, clock = day_and_clock(moment, precision, now.tzinfo or UTC)
    distance = (day - now.date()).days
    named = show_day(day, today=now.date())
    if 0 <= distance < WEEK and (distance > 1 or cell_len(named) > LONGEST_DAY):
        named = weekday(day)
    if precision == Precision.MONTH:
        return f"{day:%Y-%m}"
    if precision != Precision.MINUTE:
        return named
    return clock if distance == 0 else f"{named} {clock}"


def exact_time(moment: datetime, precision: str, now: datetime) -> str:
    """A moment with its date and weekday, as exactly as it is known."""
    day, clock = day_and_clock(moment, precision, now.tzinfo or UTC)
    if precision == Precision.MONTH:
        return f"{day:%Y-%m}"
    dated = f"{day:%m-%d} {weekday(day)}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return f"{dated} {clock}" if precision == Precision.MINUTE else dated


def short_countdown(moment: datetime, precision: str, now: datetime) -> str:
    """How far away a moment is, as ``45 min``, ``9 h``, ``3 d``; nothing when it is past or only its day is known."""
    minutes = round((moment - now).total_seconds() / 60)
    if precision != Precision.MINUTE or minutes < 0:
        return ""
    if minutes < 60:  # noqa: PLR2004 - an hour
        return _("{n} min").format(n=minutes)
    if minutes < HOURS_SHOWN * 60:
        return _("{n} h").format(n=round(minutes / 60))
    days = round(minutes / 1440)
    return ngettext("{n} d", "{n} d", days).format(n=days)
