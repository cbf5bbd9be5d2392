"""Everything as one JSON document: all rows of all tables, for another machine or another program.

What is derived from the rows is left out, and so is the change log: the document is the hunt as it stands, while
backups keep how it came about.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlmodel import Session

from tracker.changes import logged_tables, row_fields
from tracker.contents import content_hash
from tracker.errors import StorageError
from tracker.files import write_private_file
from tracker.messages import _
from tracker.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3

FORMAT = "ashore-everything"


def export_everything(session: Session, *, now: datetime) -> dict[str, Any]:
    """All rows, with the content hash that a database must have after their import.

    Instants are ISO 8601 in UTC.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in logged_tables():
        key = next(iter(table.primary_key.columns))
        found = session.connection().execute(table.select().order_by(key))
        tables[table.name] = [row_fields(table, row) for row in found]
    return {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "exported_at": now.astimezone(UTC).isoformat(),
        "content_hash": session_hash(session),
        "tables": tables,
    }


def session_hash(session: Session) -> str:
    """The content hash of the state that a session sees, its own flushed changes included."""
    connection = cast("sqlite3.Connection", session.connection().connection.dbapi_connection)
    return content_hash(connection)


def write_everything(session: Session, path: Path, *, now: datetime) -> int:
    """Write the document into a 0600 file that is complete or not there, and return how many rows it has.

    Raises:
        StorageError: the file cannot be written; what stood there before still does.
    """
    document = export_everything(session, now=now)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        write_private_file(path, f"{text}\n".encode())
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error
    return sum(len(rows) for rows in document["tables"].values())
