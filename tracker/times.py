"""How times are shown: relative when near, absolute when far, never more exact than they are known."""

from datetime import date, datetime, timedelta, tzinfo

from tracker.messages import _, ngettext
from tracker.stages import Precision

HOURS_SHOWN = 48
"""Below this many hours a countdown counts hours, above it days."""


def weekday(day: date) -> str:
    """The short name of a weekday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def local_day(value: datetime, precision: str, zone: tzinfo) -> date:
    """The calendar day of an instant: in the zone for an exact one, as stored for what is only known by its day."""
    return value.astimezone(zone).date() if precision == Precision.MINUTE else value.date()


def show_day(day: date, *, today: date) -> str:
    """A day: today, tomorrow, yesterday, a weekday within the week ahead, else month and day."""
    distance = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:  # noqa: PLR2004 - a week
        return f"{weekday(day)} {day:%m-%d}"
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def day_and_clock(value: datetime, precision: str, zone: tzinfo) -> tuple[date, str]:
    """The local day and time of an end; midnight is the end of a day, for that is what people mean by it."""
    day = local_day(value, precision, zone)
    clock = f"{value.astimezone(zone):%H:%M}"
    if precision == Precision.MINUTE and clock == "00:00":
        return day - timedelta(days=1), "24:00"
    return day, clock


def show_end(value: datetime, *, now: datetime, zone: tzinfo) -> str:
    """The instant at which something ends: ``Thu 03-26 24:00`` for the midnight after that day."""
    day, clock = day_and_clock(value, Precision.MINUTE, zone)
    return f"{show_day(day, today=now.astimezone(zone).date())} {clock}"


def show_time(value: datetime | None, precision: str, *, now: datetime, zone: tzinfo) -> str:
    """A time as exactly as it is known; a dash when it is not."""
    if value is None or precision == Precision.UNKNOWN:
        return "—"
    day = local_day(value, precision, zone)
    today = now.astimezone(zone).date()
    if precision == Precision.MONTH:
        return f"{day:%Y-%m}"
    shown = show_day(day, today=today)
    return f"{shown} {value.astimezone(zone):%H:%M}" if precision == Precision.MINUTE else shown


def countdown(value: datetime, *, now: datetime) -> str:
    """How far away an instant is, in the largest unit that says it well."""
    minutes = round((value - now).total_seconds() / 60)
    ahead = minutes >= 0
    minutes = abs(minutes)
    if minutes < 1:
        return _("now")
    if minutes < 60:  # noqa: PLR2004 - an hour
        amount = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    elif minutes < HOURS_SHOWN * 60:
        hours = round(minutes / 60)
        amount = ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    else:
        days = round(minutes / 1440)
        amount = ngettext("{n} day", "{n} days", days).format(n=days)
    return (_("in {amount}") if ahead else _("{amount} ago")).format(amount=amount)


def show_days(days: int | None) -> str:
    """How long something has been waiting: ``today``, ``5 d``, a dash when unknown."""
    if days is None:
        return "—"
    return _("today") if days == 0 else ngettext("{n} d", "{n} d", days).format(n=days)


def clock_time(seconds: int) -> str:
    """A length of time as a stopwatch shows it: ``1:48``."""
    return f"{seconds // 60}:{seconds % 60:02d}"
