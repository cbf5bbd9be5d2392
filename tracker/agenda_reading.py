"""The agenda's entries, read straight from SQLite; which of them lie in a period is decided by the caller."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.agenda_entries import DAY, AgendaEntry, AgendaKind, is_window
from tracker.answers_due import OPEN_AGREEMENTS, OPEN_OFFERS
from tracker.instants import STILL_ON, parse_instant, projected, stored
from tracker.item_times import AHEAD, DUE, PRECISION
from tracker.stages import Precision

_OWNER = "b.application_id, b.company_id, b.company, b.tier, b.position"
_SUBJECT = 7
"""Columns that tell what an entry is about: those of its owner, its stage and its phase."""
_LONGEST_MONTH = timedelta(days=32)


def read_rounds(
    connection: sqlite3.Connection, *, now: datetime, since: datetime, include_done: bool = False
) -> Iterator[AgendaEntry]:
    """Planned rounds and windows of live applications that are not over at ``since``; more, never fewer.

    With ``include_done`` those that were held or missed too, and those of closed applications.
    """
    query = (
        f"SELECT {_OWNER}, r.stage, r.phase, r.id, coalesce(r.starts_at, ''), coalesce(r.ends_at, ''), r.precision,"
        " r.timezone, r.platform, r.link, r.medium, r.state"
        " FROM round r JOIN board_row b ON b.application_id = r.application_id"
        " WHERE coalesce(r.ends_at, r.starts_at) >= ?"
        + (" AND r.state != 'cancelled'" if include_done else " AND r.state = 'planned' AND b.active")
        + " ORDER BY r.id"
    )
    # A month is stored as a day of it, a day as its beginning, a talk by its start: each reaches further.
    for row in connection.execute(query, (stored(since - _LONGEST_MONTH),)):
        yield _round(row, now)


def _round(row: tuple[Any, ...], now: datetime) -> AgendaEntry:
    round_id, start_text, end_text, precision, timezone, place, link, medium, state = row[_SUBJECT:]
    start, end = _local(start_text, precision, now), _local(end_text, precision, now)
    is_open = state == "planned"
    kind = AgendaKind.WINDOW if is_window(start, end, precision=precision, medium=medium) else AgendaKind.ROUND
    moment = start or end
    zone = _other_zone(timezone, moment) if moment is not None and precision == Precision.MINUTE else None
    return _entry(kind, f"round-{round_id}", row)._replace(
        starts_at=start,
        ends_at=end,
        precision=precision,
        timezone="" if zone is None else zone.key,
        said_at=None if zone is None or moment is None else moment.astimezone(zone),
        place=place,
        link=link,
        medium=medium,
        round_id=round_id,
        overdue=is_open and kind == AgendaKind.WINDOW and end is not None and _is_over(end, precision, now),
        done=not is_open,
    )


def _entry(kind: AgendaKind, key: str, row: tuple[Any, ...]) -> AgendaEntry:
    application_id, company_id, company, tier, position, stage, phase = row[:_SUBJECT]
    return AgendaEntry(kind, key, application_id, company_id, company, tier, position, stage, phase)


def _local(text: str, precision: str, now: datetime) -> datetime | None:
    """A stored time in the zone of ``now``; a day or a month as the calendar day that was said, at 00:00."""
    moment = parse_instant(text)
    if moment is None:
        return None
    if precision == Precision.MINUTE:
        return moment.astimezone(now.tzinfo)
    return datetime(moment.year, moment.month, moment.day, tzinfo=now.tzinfo)


def _other_zone(name: str, moment: datetime) -> ZoneInfo | None:
    """The zone in which a time was said, if clocks there show something else at that moment."""
    if not name:
        return None
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return zone if moment.astimezone(zone).utcoffset() != moment.utcoffset() else None


def _is_over(end: datetime, precision: str, now: datetime) -> bool:
    return end + (timedelta(0) if precision == Precision.MINUTE else DAY) <= now


def read_deadlines(
    connection: sqlite3.Connection, *, now: datetime, begin: datetime, end: datetime
) -> Iterator[AgendaEntry]:
    """Until when to apply, of what was not applied for yet."""
    query = (
        f"SELECT {_OWNER}, b.stage, b.phase, b.deadline_at FROM board_row b"
        " WHERE b.deadline_at >= ? AND b.deadline_at < ? AND b.phase = 'intent' AND b.active"
    )
    for row in connection.execute(query, (projected(begin), projected(end))):
        at = _local(row[_SUBJECT], Precision.MINUTE, now)
        yield _entry(AgendaKind.DEADLINE, f"deadline-{row[0]}", row)._replace(
            ends_at=at,
            precision=Precision.MINUTE,
            overdue=at is not None and at < now,
        )


def read_answers(
    connection: sqlite3.Connection, *, now: datetime, begin: datetime, end: datetime
) -> Iterator[AgendaEntry]:
    """Until when to answer offers and to sign agreements, of what is neither answered nor signed yet."""
    for kind, query in ((AgendaKind.ANSWER, OPEN_OFFERS), (AgendaKind.SIGN, OPEN_AGREEMENTS)):
        columns = f"{_OWNER}, b.stage, b.phase, o.id, o.deadline_at"
        for row in connection.execute(query.format(columns=columns), (stored(begin), stored(end))):
            row_id, deadline = row[_SUBJECT:]
            at = _local(deadline, Precision.MINUTE, now)
            yield _entry(kind, f"{kind}-{row_id}", row)._replace(
                ends_at=at,
                precision=Precision.MINUTE,
                overdue=at is not None and at < now,
            )


def read_items(
    connection: sqlite3.Connection, *, now: datetime, begin: datetime, end: datetime, include_done: bool = False
) -> Iterator[AgendaEntry]:
    """Checklist items that are due in a period; when it holds ``now``, what should have been ready before it too.

    What was to be ready for a round that is over is not shown as overdue any more.
    """
    query = (
        f"SELECT {_OWNER}, coalesce(r.stage, b.stage), coalesce(r.phase, b.phase), i.id, c.round_id, i.text,"
        f" i.blocking, i.done_at IS NOT NULL, {DUE} AS due, {PRECISION}"
        " FROM checklist_item i JOIN checklist c ON c.id = i.checklist_id"
        " JOIN board_row b ON b.application_id = c.application_id LEFT JOIN round r ON r.id = c.round_id"
        " WHERE b.active AND due < :end AND (due >= :begin OR (:overdue AND i.done_at IS NULL AND (r.id IS NULL OR"
        f" {AHEAD})))"
        " AND (:done OR (i.done_at IS NULL AND (r.id IS NULL OR r.state = 'planned')))"
        " ORDER BY i.position, i.id"
    )
    values = {
        "begin": stored(begin),
        "end": stored(end),
        "overdue": begin <= now < end,
        "still_on": stored(now - STILL_ON),
        "today": f"{now:%Y-%m-%d} 00:00:00",
        "done": include_done,
    }
    for row in connection.execute(query, values):
        item_id, round_id, text, blocking, is_done, due, precision = row[_SUBJECT:]
        at = _local(due, precision, now)
        yield _entry(AgendaKind.ITEM, f"item-{item_id}", row)._replace(
            text=text,
            ends_at=at,
            precision=precision,
            round_id=round_id,
            item_id=item_id,
            blocking=bool(blocking),
            overdue=not is_done and at is not None and _is_over(at, precision, now),
            done=bool(is_done),
        )
