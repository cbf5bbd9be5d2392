"""What the day holds, read straight from SQLite for the first screen. Read-only."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypedDict

from tracker.agenda_silence import Silent, read_first_silent
from tracker.answers_due import OPEN_AGREEMENTS, OPEN_OFFERS
from tracker.instants import STILL_ON, parse_instant, projected, stored
from tracker.item_times import AHEAD, DUE, PRECISION
from tracker.settings import SilenceLimits
from tracker.snapshot import reading


class TodayRound(NamedTuple):
    """A planned round; one of ``starts_at`` and ``ends_at`` may be empty."""

    round_id: int
    application_id: int
    company: str
    stage: str
    starts_at: str
    ends_at: str
    precision: str


class TodayDeadline(NamedTuple):
    """Until when to apply, to answer an offer, or to sign an agreement."""

    application_id: int
    company: str
    at: str
    kind: str = "deadline"
    """deadline, answer or sign, as the agenda calls them."""


class TodayItem(NamedTuple):
    """A checklist item that is not done."""

    item_id: int
    application_id: int
    company: str
    text: str
    blocking: int
    due_at: str
    precision: str = "minute"
    """``day`` for what is due on a day, which is then kept at 00:00 UTC."""


class TodayDebrief(NamedTuple):
    """An interview that is over, of which nobody wrote down how it went."""

    round_id: int
    application_id: int
    company: str
    stage: str
    ended_at: str
    precision: str


@dataclass(frozen=True, slots=True)
class Today:
    """What the day holds."""

    rounds: tuple[TodayRound, ...] = ()
    debriefs: tuple[TodayDebrief, ...] = ()
    """The latest first."""
    deadlines: tuple[TodayDeadline, ...] = ()
    items: tuple[TodayItem, ...] = ()
    silent: tuple[Silent, ...] = ()
    """The first ones; ``silent_count`` are all."""
    silent_count: int = 0
    questions: int = 0
    """All questions of the bank."""
    practised: int = 0
    """Questions practised today."""
    due: int = 0
    """Questions that are due for another practice."""
    unpractised: int = 0
    """Questions never practised."""


HORIZON = timedelta(days=8)
"""How far ahead rounds, deadlines and checklist items are shown."""
REMEMBERED = timedelta(days=7)
"""How long an interview is asked about: what was asked is forgotten soon."""
USUAL_LENGTH = timedelta(hours=1)
"""How long an interview is taken to be whose end is not known."""
MOST_SILENT = 12
"""Silent applications that are kept; the others are counted."""


class _SilentPart(TypedDict):
    silent: tuple[Silent, ...]
    silent_count: int


def load_today(path: Path, *, now: datetime, limits: SilenceLimits, with_silent: bool = True) -> Today:
    """What the day holds, by a local ``now``; applications are silent when nothing was heard for the limit's days.

    ``with_silent=False`` leaves those out: the only part that takes longer the more applications there are.
    """
    with reading(path) as connection:
        if connection is None:
            return Today()
        debriefs = read_debriefs(connection, now=now)
        over = {found.round_id for found in debriefs}
        return Today(
            rounds=tuple(found for found in _rounds(connection, now) if found.round_id not in over),
            debriefs=debriefs,
            deadlines=_deadlines(connection, now),
            items=_items(connection, now),
            **(_silent(connection, now, limits) if with_silent else _SilentPart(silent=(), silent_count=0)),
            **_practice(connection, now),
        )


def _rounds(connection: sqlite3.Connection, now: datetime) -> tuple[TodayRound, ...]:
    query = (
        "SELECT r.id, r.application_id, b.company, r.stage, coalesce(r.starts_at, ''), coalesce(r.ends_at, ''),"
        " r.precision"
        " FROM round r JOIN board_row b ON b.application_id = r.application_id"
        " WHERE r.state = 'planned' AND b.active AND (r.starts_at IS NOT NULL OR r.ends_at IS NOT NULL)"
        " AND coalesce(r.ends_at, r.starts_at) >= ? AND coalesce(r.starts_at, r.ends_at) <= ?"
        " ORDER BY coalesce(CASE WHEN r.starts_at >= ? THEN r.starts_at END, r.ends_at, r.starts_at), r.id"
    )
    # A round known by its day alone is stored at that day's start and stays until the day is over.
    earliest = stored(now - timedelta(days=1))
    found = connection.execute(query, (earliest, stored(now + HORIZON), stored(now)))
    rows = (TodayRound(*row) for row in found)
    return tuple(row for row in rows if _is_ahead(row, now))


def _is_ahead(row: TodayRound, now: datetime) -> bool:
    start, end = parse_instant(row.starts_at), parse_instant(row.ends_at)
    if row.precision != "minute":
        last = end or start
        return last is not None and last.date() >= now.date()
    if end is not None:
        return end >= now
    return start is not None and start + STILL_ON >= now


def read_debriefs(connection: sqlite3.Connection, *, now: datetime) -> tuple[TodayDebrief, ...]:
    """Interviews that ended within the last days and wait for a word about them, the latest first; no open windows."""
    query = (
        "SELECT r.id, r.application_id, c.name, r.stage,"
        " coalesce(r.ends_at, CASE WHEN r.precision = 'minute' THEN datetime(r.starts_at, :length)"
        " ELSE r.starts_at END) AS ended, r.precision"
        " FROM round r JOIN application a ON a.id = r.application_id JOIN company c ON c.id = a.company_id"
        " WHERE r.phase = 'interview' AND r.state IN ('planned', 'done') AND r.debriefed_at IS NULL"
        " AND r.precision IN ('minute', 'day') AND r.starts_at >= :earliest AND ended <= :now"
        " AND (r.precision = 'minute' OR ended < :today)"
        " AND (r.ends_at IS NULL OR julianday(r.ends_at) - julianday(r.starts_at) < 0.25)"
        " ORDER BY ended DESC, r.id DESC"
    )
    values = {
        "length": f"+{USUAL_LENGTH.total_seconds():.0f} seconds",
        "earliest": stored(now - REMEMBERED),
        "now": stored(now),
        # A day is kept as midnight in UTC, whatever the zone: it is over when the local calendar has left it.
        "today": f"{now:%Y-%m-%d} 00:00:00",
    }
    return tuple(TodayDebrief(*row) for row in connection.execute(query, values))


def next_end(today: Today) -> datetime | None:
    """When the first of the rounds that are ahead or going on ends, by the clock; ``None`` when none has an hour."""
    ends = (_end(row) for row in today.rounds if row.precision == "minute")
    return min((end for end in ends if end is not None), default=None)


def _end(row: TodayRound) -> datetime | None:
    start, end = parse_instant(row.starts_at), parse_instant(row.ends_at)
    return end or (start + USUAL_LENGTH if start is not None else None)


def _deadlines(connection: sqlite3.Connection, now: datetime) -> tuple[TodayDeadline, ...]:
    query = (
        "SELECT application_id, company, deadline_at FROM board_row"
        " WHERE deadline_at != '' AND phase = 'intent' AND active AND deadline_at BETWEEN ? AND ? ORDER BY deadline_at"
    )
    found = [TodayDeadline(*row) for row in connection.execute(query, (projected(now), projected(now + HORIZON)))]
    period = stored(now), stored(now + HORIZON)
    answers = [
        TodayDeadline(application_id, company, at, kind)
        for kind, open_ones in (("answer", OPEN_OFFERS), ("sign", OPEN_AGREEMENTS))
        for application_id, company, at in connection.execute(
            open_ones.format(columns="b.application_id, b.company, o.deadline_at"), period
        )
    ]
    # The two tables write their times in two ways; few have offers, and most need no sorting.
    return tuple(sorted((*found, *answers), key=lambda one: parse_instant(one.at) or now) if answers else found)


def _items(connection: sqlite3.Connection, now: datetime) -> tuple[TodayItem, ...]:
    query = (
        f"SELECT i.id, c.application_id, b.company, i.text, i.blocking, coalesce({DUE}, '') AS due, {PRECISION}"
        " FROM checklist_item i JOIN checklist c ON c.id = i.checklist_id"
        " JOIN board_row b ON b.application_id = c.application_id"
        " LEFT JOIN round r ON r.id = c.round_id"
        " WHERE i.done_at IS NULL AND b.active AND due != '' AND due <= :until"
        f" AND (r.id IS NULL OR (r.state = 'planned' AND {AHEAD}))"
        " ORDER BY due, i.blocking DESC, i.position, i.id"
    )
    values = {
        "until": stored(now + timedelta(days=1)),
        "still_on": stored(now - STILL_ON),
        "today": f"{now:%Y-%m-%d} 00:00:00",
    }
    found = connection.execute(query, values)
    return tuple(TodayItem(*row) for row in found)


def _silent(connection: sqlite3.Connection, now: datetime, limits: SilenceLimits) -> _SilentPart:
    found, count = read_first_silent(connection, now=now, limits=limits, most=MOST_SILENT)
    return {"silent": found, "silent_count": count}


def _practice(connection: sqlite3.Connection, now: datetime) -> dict[str, int]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # As practice has it: a question to ask back is none to answer, and what is left out of practice is never due.
    takes_part = "NOT q.orphaned AND NOT q.suspended AND q.kind <> 'reverse'"
    total, taking_part = connection.execute(
        f"SELECT count(*), coalesce(sum({takes_part}), 0) FROM question q WHERE NOT q.orphaned"
    ).fetchone()
    due, practised, seen = connection.execute(
        "SELECT coalesce(sum(m.due_at <= ?), 0), coalesce(sum(m.reviewed_at >= ?), 0), count(*)"
        " FROM memory_state m JOIN question q ON q.id = m.question_id"
        f" WHERE m.reviewed_at IS NOT NULL AND {takes_part}",
        (stored(now), stored(midnight)),
    ).fetchone()
    return {"questions": total, "practised": practised, "due": due, "unpractised": max(0, taking_part - seen)}
