"""The database file's identity, and Alembic run so that an interruption leaves the old state or the new one."""

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import DatabaseRefusedError, StorageError
from tracker.messages import _
from tracker.resources import resource

if TYPE_CHECKING:
    from sqlalchemy import MetaData
    from sqlalchemy.engine import Connection

SCHEMA_VERSION = 5
"""Stored as ``PRAGMA user_version``: tells a current schema without loading Alembic."""

HEAD_REVISION = "0005"
"""The last of the migrations."""

APPLICATION_ID = 0x41534852
"""Stored as ``PRAGMA application_id``: the letters ASHR."""


_HEADER = struct.Struct(">60xI4xI28x")
"""The first 100 bytes of an SQLite file, of which two numbers matter here: user_version and application_id."""

_MAGIC = b"SQLite format 3\x00"


def schema_version(path: Path) -> int:
    """The schema version of a database file; 0 for a missing or empty file.

    A file that is not ours is not even opened as a database. One of ours is: what a killed program left half
    written is rolled back by that.

    Raises:
        DatabaseRefusedError: it is not a database of ours, is damaged, or was written by a newer version.
    """
    try:
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        if _is_unfinished(path, header) or (header.startswith(_MAGIC) and len(header) == _HEADER.size):
            return _checked_version(path, header)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseRefusedError(
            _("{path} is not a database that can be read ({reason}); it was not touched.").format(
                path=path, reason=error
            )
        ) from error
    raise DatabaseRefusedError(_("{path} is not a database; it was not touched.").format(path=path))


def _is_unfinished(path: Path, header: bytes) -> bool:
    """Whether a program was killed while it wrote this file for the first time."""
    return not any(header) and path.with_name(f"{path.name}-journal").exists()


def _checked_version(path: Path, header: bytes) -> int:
    version, application_id = _HEADER.unpack(header) if any(header) else (0, APPLICATION_ID)
    if application_id not in (0, APPLICATION_ID):
        raise DatabaseRefusedError(_("{path} is not a database of Ashore; it was not touched.").format(path=path))
    if application_id == APPLICATION_ID and version > SCHEMA_VERSION:
        raise DatabaseRefusedError(
            _(
                "{path} was written by a newer Ashore (schema {theirs}, this one knows {ours}); it was not touched."
            ).format(path=path, theirs=version, ours=SCHEMA_VERSION)
        )
    # Only a connection that may write rolls an interrupted transaction back; a read-only file has its own way.
    mode = "rw" if application_id == APPLICATION_ID and os.access(path, os.W_OK) else "ro"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=15)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application_id == 0:
            raise DatabaseRefusedError(_("{path} is not a database of Ashore; it was not touched.").format(path=path))
        return int(connection.execute("PRAGMA user_version").fetchone()[0]) if tables else 0


def migrate(path: Path, *, metadata: "MetaData | None" = None, version: int | None = None) -> None:
    """Bring a database to the current schema in one transaction.

    ``metadata`` holds all tables; with it a new database is made without loading Alembic. ``version`` names an older
    schema to stop at, for reading what was written in its time.

    Foreign keys are off while tables are rebuilt (a cascade would delete the children), and are checked, with
    the row counts, before the commit.

    Raises:
        DatabaseRefusedError: a check failed; the file is as it was.
        StorageError: the disk is full, or another program held the database too long; the file is as it was.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    engine = create_engine("sqlite://", creator=lambda: _connect_to_migrate(path), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if metadata is not None and not _row_counts(connection):
                _create(connection, metadata)
            else:
                _upgrade(connection, "head" if version is None else revision_of(version))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version or SCHEMA_VERSION}")
            connection.exec_driver_sql("COMMIT")
    except (DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise StorageError(
            _("The database could not be brought to the present version ({reason}); it is as it was.").format(
                reason=reason
            )
        ) from error


def revision_of(version: int) -> str:
    """The migration that makes a schema version."""
    return f"{version:04}"


def _connect_to_migrate(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=15)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = EXTRA")
    return connection


def _create(connection: "Connection", metadata: "MetaData") -> None:
    """Make all tables of a new database, and tell Alembic that nothing is left to do."""
    metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version"
        " (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD_REVISION,))


def _upgrade(connection: "Connection", revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    from tracker.contents import DERIVED_TABLES

    configuration = Config()
    configuration.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    before = _row_counts(connection)
    command.upgrade(configuration, revision)
    after = _row_counts(connection)
    broken = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()]
    lost = [name for name, rows in before.items() if after.get(name, rows) < rows and name not in DERIVED_TABLES]
    if broken or lost:
        connection.exec_driver_sql("ROLLBACK")
        raise DatabaseRefusedError(
            _("The migration would have lost rows ({tables}); the database is as it was.").format(
                tables=", ".join(sorted({*lost, *broken}))
            )
        )


def _row_counts(connection: "Connection") -> dict[str, int]:
    from tracker.contents import INDEX

    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        if not name.startswith(INDEX)
    }
