"""An export of an older version: its rows go through the migrations, as its database would have."""

import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.exports.everything import export_everything
from tracker.files import create_private_file
from tracker.messages import _
from tracker.schema import migrate

OLDEST = 1
"""The first schema there was."""


def bring_up_to_date(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same rows as a document of the present schema.

    They are compared with the content hash of the document while they are still in the schema of their time.

    Raises:
        RefusedError: a row does not fit that schema, or the document is incomplete or was changed.
        StorageError: there is no room for the database in between.
    """
    if document["schema"] < OLDEST:
        raise RefusedError(_("This is not an export of everything."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "older.db"
        create_private_file(path)
        migrate(path, version=document["schema"])
        try:
            _fill(path, document["tables"])
        except (sqlite3.Error, AttributeError, TypeError, ValueError, OverflowError) as error:
            raise RefusedError(
                _("The export does not fit the version that it names ({reason}).").format(reason=error)
            ) from error
        if content_hash(path) != document.get("content_hash"):
            raise RefusedError(_("The export was changed or is not complete: its content hash is another."))
        migrate(path)
        with Database(path).read() as session:
            return export_everything(session, now=datetime.now(UTC))


def _fill(path: Path, tables: Mapping[str, Any]) -> None:
    """Write the rows; whether they refer to rows that are there is looked at when all of it is imported."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for name, rows in tables.items():
            kinds = {
                str(row[1]): str(row[2]) for row in connection.execute("SELECT * FROM pragma_table_info(?)", (name,))
            }
            connection.execute(f'DELETE FROM "{name}"' if kinds else "SELECT 1")
            for row in rows:
                columns = ", ".join(f'"{column}"' for column in kinds)
                marks = ", ".join("?" * len(kinds))
                if set(row) != set(kinds) or not kinds:
                    raise ValueError(name)
                values = [_stored(row[column], kind) for column, kind in kinds.items()]
                connection.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', values)
        connection.execute("COMMIT")


def _stored(value: object, kind: str) -> object:
    """A value of the document as the column holds it: an instant in UTC, without its offset."""
    if kind == "DATETIME" and value is not None:
        moment = datetime.fromisoformat(str(value)).astimezone(UTC)
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value
