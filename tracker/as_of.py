"""The board as it was on another day, folded from what had happened by then. Read straight from SQLite, read-only."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tracker.board import Board, BoardRow, load_board, parse_instant, projected
from tracker.history import PastEvent, Standing, events_until, fold_effective
from tracker.snapshot import reading
from tracker.stages import Precision

_EVENTS = (
    "SELECT application_id, id, kind, stage, phase, outcome, occurred_at, precision, recorded_at, manner, corrects_id"
    " FROM event"
)
_SOME = " WHERE application_id IN (SELECT value FROM json_each(?))"
_BY_APPLICATION = " ORDER BY application_id, id"
_ROUNDS = (
    "SELECT application_id, stage, starts_at, ends_at, precision FROM round"
    " WHERE state != 'cancelled' AND coalesce(ends_at, starts_at) IS NOT NULL ORDER BY coalesce(starts_at, ends_at), id"
)


class _Coming(NamedTuple):
    """A round that lay ahead."""

    stage: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str


class _Past(NamedTuple):
    """Where an application stood, and when that was last told."""

    standing: Standing
    changed_at: datetime | None

    @classmethod
    def of(cls, until: Sequence[PastEvent]) -> "_Past":
        """What these effective events say."""
        return cls(fold_effective(until), max([event.recorded_at for event in until])) if until else _NOTHING


_NOTHING = _Past(Standing(), None)


class _Application(NamedTuple):
    """What an application says beside its history."""

    created_at: datetime | None
    deadline_at: datetime | None


def end_of_day(moment: datetime) -> datetime:
    """The last instant of a local day."""
    return moment.replace(hour=23, minute=59, second=59, microsecond=999_999)


def board_as_of(path: Path, *, moment: datetime, now: datetime) -> Board:
    """The board as it was at the end of a local day, as far as the history is known now.

    An application is there from its first event on, or from when it was added. Its names, tags and tier are the
    present ones. A round lies ahead when the application stood at its stage, and its time had not come.

    Args:
        path: the database; a missing or empty file is an empty board.
        moment: any aware moment of the day, in the person's zone.
        now: the present; of a day that is not over, and of one to come, the board is the present one.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    board = load_board(path)
    end = end_of_day(moment)
    if end >= now:
        return board
    with reading(path) as connection:
        if connection is None:
            return board
        pasts = {number: _Past.of(events_until(events, end)) for number, events in read_histories(connection)}
        rounds = _read_rounds(connection, end)
        applications = _read_applications(connection)
    rows = []
    for row in board.rows:
        past = pasts.get(row.application_id, _NOTHING)
        application = applications.get(row.application_id, _Application(None, None))
        if past is _NOTHING and application.created_at is not None and application.created_at > end:
            continue
        coming = (known for known in rounds.get(row.application_id, ()) if known.stage == past.standing.stage)
        upcoming = next(coming, None) if past.standing.active and not past.standing.outcome else None
        rows.append(_row_then(row, past, upcoming, application.deadline_at))
    return replace(board, rows=tuple(rows))


def read_histories(
    connection: sqlite3.Connection, application_ids: Collection[int] | None = None
) -> Iterator[tuple[int, list[PastEvent]]]:
    """Each application with its events in the order of their recording, without their notes and sources.

    Args:
        connection: the database, open.
        application_ids: only these; ``None``: all that have an event.
    """
    query = _EVENTS
    values: tuple[str, ...] = ()
    if application_ids is not None:
        query, values = query + _SOME, (json.dumps(list(application_ids)),)
    instant = _instants()
    present, history = 0, list[PastEvent]()
    for (
        application_id,
        number,
        kind,
        stage,
        phase,
        outcome,
        at,
        precision,
        recorded,
        manner,
        corrects,
    ) in connection.execute(query + _BY_APPLICATION, values):
        if application_id != present:
            # One after the other: nothing is kept that the collector of garbage would look through.
            if history:
                yield present, history
            present, history = application_id, []
        known_at = instant(recorded)
        happened_at = known_at if at == recorded else instant(at) if at else None
        history.append(
            PastEvent(number, kind, stage, phase, outcome, happened_at, precision, known_at, manner, "", "", corrects)
        )
    if history:
        yield present, history


def _instants() -> Callable[[str], datetime]:
    """Reads instants as the ORM's columns hold them; many events share one."""
    read: dict[str, datetime] = {}

    def instant(text: str) -> datetime:
        found = read.get(text)
        if found is None:
            found = read[text] = datetime.fromisoformat(f"{text}+00:00")
        return found

    return instant


def _read_rounds(connection: sqlite3.Connection, end: datetime) -> dict[int, list[_Coming]]:
    """The rounds whose time had not come by then, the earliest first."""
    found: dict[int, list[_Coming]] = {}
    for application_id, stage, starts_at, ends_at, precision in connection.execute(_ROUNDS):
        coming = _Coming(stage, parse_instant(starts_at or ""), parse_instant(ends_at or ""), precision)
        last = coming.ends_at or coming.starts_at
        if last is not None and (last > end if precision == Precision.MINUTE else last.date() > end.date()):
            found.setdefault(application_id, []).append(coming)
    return found


def _read_applications(connection: sqlite3.Connection) -> dict[int, _Application]:
    query = "SELECT id, created_at, deadline_at FROM application"
    return {
        number: _Application(parse_instant(created_at or ""), parse_instant(deadline_at or ""))
        for number, created_at, deadline_at in connection.execute(query)
    }


def _row_then(row: BoardRow, past: _Past, upcoming: _Coming | None, deadline_at: datetime | None) -> BoardRow:
    standing = past.standing
    return row._replace(
        phase=str(standing.phase),
        stage=standing.stage,
        outcome=str(standing.outcome),
        in_pool=int(standing.in_pool),
        active=int(standing.active),
        since_at=_text(standing.since_at),
        since_precision=str(standing.since_precision),
        next_stage=upcoming.stage if upcoming else "",
        next_at=_text(upcoming.starts_at) if upcoming else "",
        next_ends_at=_text(upcoming.ends_at) if upcoming else "",
        next_precision=upcoming.precision if upcoming else str(Precision.UNKNOWN),
        deadline_at=_text(deadline_at) if standing.active else "",
        manner=standing.manner,
        heard_at=_text(standing.heard_at),
        changed_at=_text(past.changed_at),
    )


def _text(value: datetime | None) -> str:
    return "" if value is None else projected(value)
