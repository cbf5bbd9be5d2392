"""The first screen's rows, read straight from SQLite: the ORM is not loaded yet when they are painted. Read-only."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from tracker.instants import STILL_ON, parse_instant, projected
from tracker.snapshot import reading
from tracker.stages import Phase, Precision

__all__ = [
    "CHUNK",
    "FIRST_ROWS",
    "MANY",
    "STILL_ON",
    "Board",
    "BoardClock",
    "BoardNumbers",
    "BoardRow",
    "SeasonName",
    "count_rows",
    "load_board",
    "load_company_names",
    "load_first_board",
    "load_rows",
    "parse_instant",
    "projected",
    "recount",
]

CHUNK = 500
"""Values bound in one query."""
MANY = 1_000
"""Applications from which on the first screen is painted before all of them are read."""
FIRST_ROWS = 200
"""Applications that are read then: more than any terminal has lines."""

_COLUMNS = (
    "application_id, company_id, company, tier, position, batch, phase, stage, outcome, in_pool, active,"
    " since_at, since_precision, next_stage, next_at, next_ends_at, deadline_at, search,"
    " next_precision, season_id, preference, tags, manner, heard_at, changed_at"
)


class BoardRow(NamedTuple):
    """One application as the board shows it. Times are ISO 8601 in UTC, empty when unknown."""

    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    batch: str
    phase: str
    stage: str
    outcome: str
    in_pool: int
    active: int
    since_at: str
    since_precision: str
    next_stage: str
    next_at: str
    next_ends_at: str
    deadline_at: str
    search: str
    next_precision: str = "unknown"
    season_id: int | None = None
    preference: int | None = None
    tags: str = ""
    manner: str = ""
    heard_at: str = ""
    changed_at: str = ""


class BoardClock(NamedTuple):
    """A moment in the form in which the board's times are compared with it."""

    now: str
    still_on: str
    """From here on a round without an end may still be going on."""
    day: str
    """The local day: what is known by its day alone is ahead until the day is over."""
    month: str

    @classmethod
    def at(cls, now: datetime) -> "BoardClock":
        """The clock of a local moment."""
        # Each row of the screen asks for it, all of them within the same second.
        return _clock(now.replace(microsecond=0), now.utcoffset())

    def floor(self, precision: str) -> str:
        """What the time of a round must not lie before, to be ahead, by its precision."""
        return self.day if precision == Precision.DAY else self.month if precision == Precision.MONTH else self.now


@lru_cache(maxsize=4)
def _clock(now: datetime, _offset: timedelta | None) -> BoardClock:
    """The offset is a part of the key: moments of two zones are equal, their days are not."""
    return BoardClock(projected(now), projected(now - STILL_ON), f"{now:%Y-%m-%d}", f"{now:%Y-%m}")


class BoardNumbers(NamedTuple):
    """What the header counts."""

    active: int
    coming: int
    """Applications with a round ahead."""
    offers: int


class SeasonName(NamedTuple):
    """A season of the hunt."""

    id: int
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All applications, or the first of those under way."""

    rows: tuple[BoardRow, ...] = ()
    companies: int = 0
    newest_change: int = 0
    """The newest change set that the rows contain."""
    welcomed: bool = True
    """Whether the first start's question was answered, or need not be asked."""
    numbers: BoardNumbers | None = None
    """Of all applications of this season, where ``rows`` are only the first; they count themselves otherwise."""
    seasons: tuple[SeasonName, ...] = ()
    """In the order of their making."""


def load_board(path: Path) -> Board:
    """All rows of a database of the current schema; a missing or empty file is an empty board.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    with reading(path) as connection:
        return Board(welcomed=False) if connection is None else _all_rows(connection)


def load_first_board(path: Path, *, now: datetime) -> Board:
    """What the first screen shows: of many applications the first under way, by what comes next, and their numbers.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    with reading(path) as connection:
        if connection is None:
            return Board(welcomed=False)
        count = connection.execute("SELECT count(*) FROM board_row").fetchone()[0]
        return _all_rows(connection) if count < MANY else _first_rows(connection, now)


def _all_rows(connection: sqlite3.Connection) -> Board:
    return _board(connection, connection.execute(f"SELECT {_COLUMNS} FROM board_row"))


def _first_rows(connection: sqlite3.Connection, now: datetime) -> Board:
    """The order of ``tracker.board_filter``, by SQLite; of the current season and what belongs to none."""
    floor = "CASE next_precision WHEN 'day' THEN :day WHEN 'month' THEN :month ELSE :now END"
    due = (
        f"CASE WHEN next_at >= {floor} OR (next_ends_at = '' AND next_at != '' AND next_at >= :still_on) THEN next_at"
        f" WHEN next_ends_at >= {floor} THEN next_ends_at"
        " WHEN phase = 'intent' AND deadline_at >= :now THEN deadline_at ELSE '' END"
    )
    tier = "iif(due != '', 0, iif(tier = '', 9, instr('SABCN', tier)))"
    order = f"due = '', due, iif(due = '', in_pool, 0), iif(due = '', since_at, '') DESC, {tier}, application_id"
    wanted = "active AND (:season IS NULL OR season_id IS NULL OR season_id = :season)"
    query = f"SELECT {_COLUMNS}, {due} AS due FROM board_row WHERE {wanted} ORDER BY {order} LIMIT {FIRST_ROWS}"
    current = connection.execute("SELECT id FROM season WHERE is_current").fetchone()
    values = {**BoardClock.at(now)._asdict(), "season": current and current[0]}
    found = connection.execute(query, values)
    numbers = connection.execute(
        f"SELECT count(*), sum(next_at >= {floor}), sum(phase = 'offer') FROM board_row WHERE {wanted}", values
    )
    return _board(connection, (row[:-1] for row in found), BoardNumbers(*(n or 0 for n in numbers.fetchone())))


def _board(
    connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]], numbers: BoardNumbers | None = None
) -> Board:
    # Without a Python call for each row: 10,000 take 3 ms instead of 25.
    found = tuple(map(partial(tuple.__new__, BoardRow), rows))
    companies = connection.execute("SELECT count(*) FROM company").fetchone()[0]
    newest = connection.execute("SELECT max(id) FROM change_set").fetchone()[0] or 0
    welcomed = bool(found or companies) or bool(
        connection.execute("SELECT 1 FROM setting WHERE name = 'welcomed'").fetchone()
    )
    seasons = tuple(
        SeasonName(number, name, bool(is_current))
        for number, name, is_current in connection.execute("SELECT id, name, is_current FROM season ORDER BY id")
    )
    return Board(found, companies, newest, welcomed, numbers, seasons)


def count_rows(rows: Iterable[BoardRow], now: datetime) -> BoardNumbers:
    """What the header counts, of all applications."""
    active = coming = offers = 0
    clock = BoardClock.at(now)
    for row in rows:
        if row.active:
            active += 1
            coming += row.next_at >= clock.floor(row.next_precision)
            offers += row.phase == Phase.OFFER
    return BoardNumbers(active, coming, offers)


def recount(
    numbers: BoardNumbers, before: Iterable[BoardRow], after: Iterable[BoardRow], now: datetime
) -> BoardNumbers:
    """The numbers after some applications changed, without looking at the others."""
    gone, come = count_rows(before, now), count_rows(after, now)
    return BoardNumbers(*(number - left + new for number, left, new in zip(numbers, gone, come, strict=True)))


def load_rows(path: Path, application_ids: Iterable[int]) -> dict[int, BoardRow]:
    """The present rows of some applications; one that is gone is missing from the result."""
    wanted = list(application_ids)
    found: dict[int, BoardRow] = {}
    with reading(path) as connection:
        if connection is None:
            return found
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            marks = ",".join("?" * len(chunk))
            query = f"SELECT {_COLUMNS} FROM board_row WHERE application_id IN ({marks})"
            for row in connection.execute(query, chunk):
                found[row[0]] = BoardRow(*row)
    return found


def load_company_names(path: Path) -> tuple[str, ...]:
    """The names of all companies, those of the person's list in its order."""
    with reading(path) as connection:
        if connection is None:
            return ()
        return tuple(row[0] for row in connection.execute("SELECT name FROM company ORDER BY position, id"))
