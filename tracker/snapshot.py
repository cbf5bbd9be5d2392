"""One consistent state of a database file, read straight from the DBAPI, before or without the ORM."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.schema import schema_version


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
