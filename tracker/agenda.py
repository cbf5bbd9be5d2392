"""What lies ahead: rounds, windows, deadlines, offers to answer, checklist items, follow-ups, and what clashes.

Read without the ORM.
"""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.agenda_clashes import clashing_keys, find_clashes
from tracker.agenda_entries import Agenda, AgendaEntry, AgendaKind, Clash, moment_of, span_of, usual_length
from tracker.agenda_reading import read_answers, read_deadlines, read_items, read_rounds
from tracker.snapshot import reading
from tracker.stages import Precision

if TYPE_CHECKING:
    from tracker.agenda_silence import Silent
    from tracker.settings import SilenceLimits

__all__ = [
    "Agenda",
    "AgendaEntry",
    "AgendaKind",
    "Clash",
    "load_agenda",
    "load_follow_ups",
    "moment_of",
    "span_of",
    "usual_length",
]

MONTHS_SHOWN_FROM = timedelta(days=6)
"""What is known by its month alone is shown in a week or a month, not in a day of it."""


def load_agenda(
    path: Path,
    *,
    now: datetime,
    begin: datetime,
    end: datetime,
    limits: "SilenceLimits | None",
    include_done: bool = False,
    with_follow_ups: bool = True,
) -> Agenda:
    """What touches the period from ``begin`` until ``end``, and what clashes in it.

    Args:
        path: the database, of the current schema; a missing one has an empty agenda.
        now: the present moment, aware, in the machine's zone: in which all times are given.
        begin: aware.
        end: aware; not part of the period.
        limits: after how many days of silence an application is listed; ``None``: none is. Follow-ups belong to the
            present, whatever the period is.
        include_done: also what was held, missed or ticked, of closed applications too.
        with_follow_ups: whether they are read at all.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    with reading(path) as connection:
        if connection is None:
            return Agenda()
        rounds = list(read_rounds(connection, now=now, since=min(begin, now), include_done=include_done))
        clashes = find_clashes(rounds, now=now)
        timed = [
            *(entry for entry in rounds if _touches(entry, begin, end, now)),
            *read_deadlines(connection, now=now, begin=begin, end=end),
            *read_answers(connection, now=now, begin=begin, end=end),
            *_due(connection, now, begin, end, include_done=include_done),
        ]
        follow_ups = _load_silent(connection, now, limits) if with_follow_ups and limits else ()
    others = clashing_keys(clashes)
    marked = [entry._replace(clashes=others[entry.key]) if entry.key in others else entry for entry in timed]
    marked.sort(key=lambda entry: (moment_of(entry, now=now) or now, entry.kind == AgendaKind.ITEM))
    shown = {entry.key for entry in marked}
    return Agenda((*marked, *follow_ups), tuple(clash for clash in clashes if shown & {clash.first, clash.second}))


def load_follow_ups(path: Path, *, now: datetime, limits: "SilenceLimits") -> tuple[AgendaEntry, ...]:
    """Applications silent for longer than the limits, the longest silence first.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    with reading(path) as connection:
        return () if connection is None else _load_silent(connection, now, limits)


def _load_silent(connection: sqlite3.Connection, now: datetime, limits: "SilenceLimits") -> tuple[AgendaEntry, ...]:
    """Silent applications as entries. What reads them is imported for that: a prompt asks for what has a time."""
    from tracker.agenda_silence import read_silent

    return tuple(_follow_up(silent) for silent in read_silent(connection, now=now, limits=limits))


def _follow_up(silent: "Silent") -> AgendaEntry:
    return AgendaEntry(
        AgendaKind.FOLLOW_UP,
        f"follow-up-{silent.application_id}",
        silent.application_id,
        silent.company_id,
        silent.company,
        silent.tier,
        silent.position,
        silent.stage,
        silent.phase,
        silent_days=silent.days,
        in_pool=bool(silent.in_pool),
    )


def _due(
    connection: sqlite3.Connection, now: datetime, begin: datetime, end: datetime, *, include_done: bool
) -> list[AgendaEntry]:
    """Checklist items of the period, the exact ones by the minute, those of whole days by their day."""
    # A day is stored at 00:00 UTC: its local day may begin or end half a day beside that.
    margin = timedelta(days=1)
    found = read_items(connection, now=now, begin=begin - margin, end=end + margin, include_done=include_done)
    is_present = begin <= now < end
    return [entry for entry in found if (entry.overdue and is_present) or _touches(entry, begin, end, now)]


def _touches(entry: AgendaEntry, begin: datetime, end: datetime, now: datetime) -> bool:
    span = span_of(entry, now=now)
    if span is None or (entry.precision == Precision.MONTH and end - begin < MONTHS_SHOWN_FROM):
        return False
    start, last = span
    return start < end and (last > begin or start == last == begin)
