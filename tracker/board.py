"""The first screen's rows, read straight from SQLite: the ORM is not loaded yet when they are painted. Read-only."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tracker.schema import schema_version

CHUNK = 500
"""Values bound in one query."""

_COLUMNS = (
    "application_id, company_id, company, tier, position, batch, phase, stage, outcome, in_pool, active,"
    " since_at, since_precision, next_stage, next_at, next_ends_at, deadline_at, search"
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


@dataclass(frozen=True, slots=True)
class Board:
    """All applications, and what the header counts."""

    rows: tuple[BoardRow, ...] = ()
    companies: int = 0
    newest_change: int = 0
    """The newest change set that the rows contain."""
    welcomed: bool = True
    """Whether the first start's question was answered, or need not be asked."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """One consistent state of a database file, or ``None`` when it is missing or empty."""
    if not path.exists() or path.stat().st_size == 0:
        yield None
        return
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=15, isolation_level=None)
    with closing(connection):
        connection.execute("BEGIN")
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
            # A program was killed while it wrote; only a connection that may write rolls that back.
            schema_version(path)
        yield connection


def load_board(path: Path) -> Board:
    """All rows of a database of the current schema; a missing or empty file is an empty board.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    with reading(path) as connection:
        if connection is None:
            return Board(welcomed=False)
        rows = connection.execute(f"SELECT {_COLUMNS} FROM board_row")
        # Without a Python call for each row: 10,000 take 3 ms instead of 25.
        found = tuple(map(partial(tuple.__new__, BoardRow), rows))
        companies = connection.execute("SELECT count(*) FROM company").fetchone()[0]
        newest = connection.execute("SELECT max(id) FROM change_set").fetchone()[0] or 0
        welcomed = bool(found or companies) or bool(
            connection.execute("SELECT 1 FROM setting WHERE name = 'welcomed'").fetchone()
        )
        return Board(rows=found, companies=companies, newest_change=newest, welcomed=welcomed)


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


def projected(moment: datetime) -> str:
    """A moment as the projection holds it: ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def parse_instant(text: str) -> datetime | None:
    """An instant as stored in either form, aware, in UTC; ``None`` when it is empty."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def load_company_names(path: Path) -> tuple[str, ...]:
    """The names of all companies, those of the person's list in its order."""
    with reading(path) as connection:
        if connection is None:
            return ()
        return tuple(row[0] for row in connection.execute("SELECT name FROM company ORDER BY position, id"))
