"""The hunt as an iCalendar file (RFC 5545) that calendars read again and again without doubling anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from tracker.errors import StorageError
from tracker.exports.calendar_entries import CalendarEntry, read_calendar
from tracker.files import write_private_file
from tracker.messages import _
from tracker.stages import Precision

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT = "-//Ashore//Ashore//EN"
NAME = "Ashore"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""From where the minutes of a change are counted: the number has to fit into 31 bits."""
END_OF_DAY = (23, 59)
"""The local time with which a deadline names its day."""


@dataclass(frozen=True, slots=True)
class WrittenCalendar:
    """What a calendar file holds."""

    events: int
    left_out: int
    """Rounds of which only the month is known."""


def write_calendar(session: Session, path: Path, *, identity: str, now: datetime, zone: tzinfo) -> WrittenCalendar:
    """Write the calendar into a 0600 file that is complete or not there.

    Args:
        session: reads the hunt.
        path: where the file goes.
        identity: what tells this hunt from another, see ``tracker.exports.calendar_identity``.
        now: stands for the last change of what nobody knows it of.
        zone: the machine's, for times of which nobody said a zone.

    Raises:
        StorageError: the file cannot be written; what stood there before still does.
    """
    entries, left_out = read_calendar(session)
    content = render_calendar(entries, identity=identity, now=now, zone=zone)
    try:
        write_private_file(path, content)
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error
    return WrittenCalendar(len(entries), left_out)


def render_calendar(entries: Iterable[CalendarEntry], *, identity: str, now: datetime, zone: tzinfo) -> bytes:
    """The calendar as iCalendar text in UTF-8; the same bytes for the same hunt."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", NAME)
    years: set[int] = set()
    for entry in entries:
        calendar.add_component(_event(entry, identity=identity, now=now, zone=zone))
        years |= {entry.starts_at.year, (entry.ends_at or entry.starts_at).year}
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry, *, identity: str, now: datetime, zone: tzinfo) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.name}@{identity}.ashore")
    event.add("dtstamp", (entry.changed_at or now).astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", (entry.changed_at or now).astimezone(UTC).replace(microsecond=0))
    event.add("sequence", _sequence(entry))
    event.add("summary", entry.title)
    for name, value in (("location", entry.place), ("description", entry.description)):
        if value:
            event.add(name, value)
    if entry.link.lower().startswith(("https://", "http://")):
        event.add("url", entry.link.replace(" ", "%20"))
    first, last = _span(entry, zone)
    event.add("dtstart", first)
    if last is not None:
        event.add("dtend", last)
    is_busy = not (entry.is_span or entry.is_deadline or entry.is_cancelled)
    event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for before in _alarms(entry, is_day=not isinstance(first, datetime)):
        event.add_component(_alarm(entry, before))
    return event


def _sequence(entry: CalendarEntry) -> int:
    """Rises with every change, and goes on rising where a restored backup forgot some of them."""
    minutes = 0 if entry.changed_at is None else int((entry.changed_at - EPOCH).total_seconds() // 60)
    return entry.changes + max(0, minutes)


def _span(entry: CalendarEntry, zone: tzinfo) -> tuple[datetime | date, datetime | date | None]:
    """Days for what is known by its day, the end excluded as the format has it; else times in their own zone."""
    start, end = entry.starts_at, entry.ends_at
    if entry.precision != Precision.MINUTE:
        return start.date(), (end or start).date() + DAY
    local = start.astimezone(zone)
    if entry.is_deadline and (local.hour, local.minute) == END_OF_DAY:
        return local.date(), local.date() + DAY
    spoken = _zone(entry.timezone) or _zone(getattr(zone, "key", "")) or UTC
    return start.astimezone(spoken), None if end is None or end <= start else end.astimezone(spoken)


def _zone(name: str) -> tzinfo | None:
    """A zone by its name; UTC has a form of its own in calendars."""
    if name in ("", "UTC", "Etc/UTC"):
        return UTC if name else None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _alarms(entry: CalendarEntry, *, is_day: bool) -> tuple[timedelta, ...]:
    if not entry.is_planned or entry.is_cancelled:
        return ()
    return (DAY,) if entry.is_deadline or is_day else (DAY, HOUR)


def _alarm(entry: CalendarEntry, before: timedelta) -> "Alarm":
    """A reminder: of a window, before its end."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -before, parameters={"RELATED": "END"} if entry.is_span else {})
    return alarm
