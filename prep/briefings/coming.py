"""Which rounds lie ahead, which go on, which are just over; and which of them a briefing is about."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from prep.briefings.briefing import ClashWith, ComingRound, Hour
from prep.briefings.hours import end_of, hour_of, is_open_long
from prep.search_index import raw_connection
from tracker.agenda_clashes import find_clashes
from tracker.agenda_reading import read_rounds
from tracker.instants import parse_instant, stored
from tracker.stages import Phase, Precision, find_stage
from tracker.text import sanitise_line
from tracker.times import local_day

REMEMBERED = timedelta(days=1)
"""How long after its end an interview waits for a word about it, before the next round is what matters."""
_LONGEST_MONTH = timedelta(days=32)
_LAST = datetime.max.replace(tzinfo=UTC)

_COLUMNS = (
    "r.id, r.application_id, b.company_id, b.company, b.tier, b.position, r.stage, r.phase, r.starts_at, r.ends_at,"
    " r.precision, r.timezone, r.medium, r.platform, r.link, r.interviewer, r.note, r.debriefed_at, r.state"
)
_ROUNDS = f"SELECT {_COLUMNS} FROM round r JOIN board_row b ON b.application_id = r.application_id"


def coming_rounds(session: Session, *, now: datetime) -> tuple[ComingRound, ...]:
    """The rounds with a time that one has to think of, those of all companies, in order.

    First those that ended within ``REMEMBERED`` and wait for a word about them, the latest first; then what goes on;
    then what lies ahead, by its time, which of an open window is its end. Rounds of ended applications are left out.

    Args:
        session: Where it is read.
        now: The present moment, aware; its zone is the person's.
    """
    query = (
        f"{_ROUNDS} WHERE r.state IN ('planned', 'done') AND coalesce(r.ends_at, r.starts_at) >= ?"
        " AND (b.active OR r.state = 'done')"
    )
    rows = raw_connection(session).execute(query, (stored(now - _LONGEST_MONTH),))
    return in_order((_of_row(row) for row in rows), now=now)


def in_order(rounds: Iterable[ComingRound], *, now: datetime) -> tuple[ComingRound, ...]:
    """Those of some rounds that one has to think of, in the order of ``coming_rounds``."""
    ranked: list[tuple[int, float, int, ComingRound]] = []
    for one in rounds:
        hour = hour_of(one, now=now)
        if hour == Hour.AFTER:
            if waits_for_debrief(one, now=now):
                ranked.append((0, -moment_of(one, now=now).timestamp(), one.round_id, one))
        elif one.state == "planned":
            is_timed = one.starts_at is not None or one.ends_at is not None
            at = moment_of(one, now=now).timestamp() if is_timed else 0.0
            ranked.append((1 if hour == Hour.DURING else 2 if is_timed else 3, at, one.round_id, one))
    ranked.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in ranked)


def waits_for_debrief(view: ComingRound, *, now: datetime) -> bool:
    """Whether an interview is over since less than ``REMEMBERED``, and nothing was written about it."""
    if view.phase != Phase.INTERVIEW or view.debriefed_at is not None or is_open_long(view):
        return False
    end = end_of(view)
    if end is not None:
        return end[0] <= now.astimezone(UTC) < end[0] + REMEMBERED
    day = view.ends_at or view.starts_at
    return view.precision == Precision.DAY and day is not None and day.date() == now.date() - timedelta(days=1)


def moment_of(view: ComingRound, *, now: datetime) -> datetime:
    """The moment of a round that matters, in UTC: its start; of a window that is open, its end."""
    start, end = view.starts_at, view.ends_at
    if start is None and end is None:
        return _LAST
    if end is not None and (start is None or (is_open_long(view) and start <= now)):
        start = end
    at = start or end or _LAST
    if view.precision == Precision.MINUTE:
        return at.astimezone(UTC)
    return datetime.combine(at.date(), time.min, tzinfo=now.tzinfo).astimezone(UTC)


def rounds_at(session: Session, *, company_id: int) -> tuple[ComingRound, ...]:
    """All rounds of a company that were not cancelled."""
    query = f"{_ROUNDS} WHERE b.company_id = ? AND r.state <> 'cancelled' ORDER BY r.id"
    return tuple(_of_row(row) for row in raw_connection(session).execute(query, (company_id,)))


def rounds_of_day(session: Session, day: date, *, now: datetime) -> tuple[ComingRound, ...]:
    """What takes place on a local day, in order: what has an hour, what has only that day, windows that close then."""
    begin = datetime.combine(day, time.min, tzinfo=now.tzinfo)
    query = (
        f"{_ROUNDS} WHERE r.state IN ('planned', 'done') AND r.precision IN ('minute', 'day')"
        " AND (b.active OR r.state = 'done')"
        " AND coalesce(r.ends_at, r.starts_at) >= ? AND coalesce(r.starts_at, r.ends_at) <= ?"
    )
    # Days are kept as midnight in UTC: they are looked for in all zones, and counted by their own date.
    around = (stored(begin - timedelta(days=1)), stored(begin + timedelta(days=3)))
    found = (_of_row(row) for row in raw_connection(session).execute(query, around))
    # What was settled before its time, by a rejection, does not take place.
    of_day = [one for one in found if day_of(one, now=now) == day and (one.state == "planned" or _has_begun(one, now))]
    return tuple(sorted(of_day, key=lambda one: (moment_of(one, now=begin), one.round_id)))


def _has_begun(view: ComingRound, now: datetime) -> bool:
    return moment_of(view, now=now) <= now.astimezone(UTC)


def day_of(view: ComingRound, *, now: datetime) -> date | None:
    """The local day on which a round takes place, or on which a window closes; ``None`` where no day is known."""
    at = (view.ends_at if is_open_long(view) else view.starts_at) or view.starts_at or view.ends_at
    if at is None or view.precision not in (Precision.MINUTE, Precision.DAY):
        return None
    return local_day(at, view.precision, now.tzinfo or UTC)


def choose_round(
    session: Session, *, company_id: int, now: datetime, round_id: int | None = None, stage: str = ""
) -> ComingRound | None:
    """The round that a company's briefing is about: that of the id, else of that label, else the one that matters now.

    That is what goes on, then what begins within two hours, then what has just ended and waits for a word about it,
    then what lies ahead; ``None`` where nothing is planned. A round that is gone is as if none was named.
    """
    every = rounds_at(session, company_id=company_id)
    named = next((one for one in every if one.round_id == round_id), None)
    if named is not None:
        return named
    live = in_order((one for one in every if _is_wanted(one, stage)), now=now)
    near = (Hour.DURING, Hour.SOON)
    return next((one for one in live if hour_of(one, now=now) in near), live[0] if live else None)


def _is_wanted(view: ComingRound, stage: str) -> bool:
    known = find_stage(stage) if stage else None
    return not stage or view.stage == (known.label if known else sanitise_line(stage))


def clashes_with(session: Session, view: ComingRound, *, now: datetime) -> tuple[ClashWith, ...]:
    """What cannot be kept together with a round that still lies ahead."""
    if hour_of(view, now=now) == Hour.AFTER:
        return ()
    own = f"round-{view.round_id}"
    entries = {entry.key: entry for entry in read_rounds(raw_connection(session), now=now, since=now)}
    found = []
    for clash in find_clashes(entries.values(), now=now):
        if own not in (clash.first, clash.second):
            continue
        other = entries.get(clash.second if clash.first == own else clash.first)
        if other is None:
            found.append(ClashWith(None, "", "", None, None, clash.kind, clash.free_minutes))
            continue
        found.append(
            ClashWith(
                round_id=other.round_id,
                company=other.company,
                stage=other.stage,
                starts_at=other.starts_at,
                ends_at=other.ends_at,
                kind=clash.kind,
                free_minutes=clash.free_minutes,
            )
        )
    return tuple(found)


def _of_row(row: sqlite3.Row | tuple[object, ...]) -> ComingRound:
    """A row as stored: moments are text there."""
    values = list(row)
    for place in (8, 9, 17):
        values[place] = parse_instant(str(values[place] or ""))
    return ComingRound(*values)
