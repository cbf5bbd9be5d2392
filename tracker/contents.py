"""What a database file holds, as numbers that can be compared: rows a table, and one hash of all rows.

Reads the file's own schema through the DBAPI, so that a database of any version can be compared with its copy.
"""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

DERIVED_TABLES = frozenset({"board_row", "memory_state", "alembic_version"})
"""What can be computed from the rest, and the migration's own mark."""

INDEX = "question_search"
"""What the names of the search index's tables begin with: no migration makes them, no copy needs them."""

LOG_TABLES = frozenset({"change_set", "change_entry"})

_SEPARATORS = (",", ":")


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a database file for reading; it is neither created nor changed.

    Raises:
        sqlite3.OperationalError: it is not there or cannot be opened.
    """
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=15)
    connection.execute("PRAGMA query_only = ON")
    return connection


def table_names(connection: sqlite3.Connection, *, schema: str = "main") -> tuple[str, ...]:
    """The tables of a database, SQLite's own and the search index left out, sorted."""
    rows = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return tuple(name for (name,) in rows if not name.startswith(INDEX))


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in table_names(connection)
    }


@dataclass(frozen=True, slots=True)
class Measures:
    """What two equal databases have in common."""

    digest: str
    """``content_hash`` with the change log."""
    rows: dict[str, int]
    application_id: int
    version: int


def measure(connection: sqlite3.Connection) -> Measures:
    """Everything by which a copy is compared with its original."""
    return Measures(
        digest=content_hash(connection, with_log=True),
        rows=row_counts(connection),
        application_id=int(connection.execute("PRAGMA application_id").fetchone()[0]),
        version=int(connection.execute("PRAGMA user_version").fetchone()[0]),
    )


def content_hash(source: Path | sqlite3.Connection, *, with_log: bool = False, schema: str = "main") -> str:
    """SHA-256, in hex, of all rows of a database in canonical order.

    Every data table counts: the tables that are derived do not, and the change log only ``with_log``. Two databases
    with the same rows have the same hash, however their pages, columns and insertions are ordered.

    Raises:
        sqlite3.DatabaseError: the file cannot be read.
    """
    if isinstance(source, Path):
        with closing(connect_read_only(source)) as connection:
            return content_hash(connection, with_log=with_log, schema=schema)
    digest = hashlib.sha256()
    left_out = DERIVED_TABLES if with_log else DERIVED_TABLES | LOG_TABLES
    for name in table_names(source, schema=schema):
        if name not in left_out:
            _add_table(digest, source, name, schema)
    return digest.hexdigest()


def _add_table(digest: "hashlib._Hash", connection: sqlite3.Connection, name: str, schema: str) -> None:
    columns = connection.execute(f'PRAGMA {schema}.table_info("{name}")').fetchall()
    names = sorted(str(column[1]) for column in columns)
    keys = [str(column[1]) for column in sorted(columns, key=lambda column: column[5]) if column[5]] or names
    digest.update(json.dumps([name, names], separators=_SEPARATORS).encode("ascii"))
    selected, ordered = (", ".join(f'"{column}"' for column in some) for some in (names, keys))
    for row in connection.execute(f'SELECT {selected} FROM {schema}."{name}" ORDER BY {ordered}'):
        digest.update(json.dumps(row, separators=_SEPARATORS, default=bytes.hex).encode("ascii"))
        digest.update(b"\n")
