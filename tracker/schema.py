"""The database file's identity, and Alembic run so that an interruption leaves the old state or the new one."""

import sqlite3
from pathlib import Path

from tracker.errors import DatabaseRefusedError
from tracker.messages import _
from tracker.resources import resource

SCHEMA_VERSION = 1
"""Stored as ``PRAGMA user_version``: tells a current schema without loading Alembic."""

APPLICATION_ID = 0x41534852
"""Stored as ``PRAGMA application_id``: the letters ASHR."""


def schema_version(path: Path) -> int:
    """The schema version of a database file; 0 for a missing or empty file.

    Raises:
        DatabaseRefusedError: it is not a database of ours, is damaged, or was written by a newer version.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            application_id = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise DatabaseRefusedError(
            _("{path} is not a database that can be read ({reason}); it was not touched.").format(
                path=path, reason=error
            )
        ) from error
    if tables == 0 and application_id == 0:
        return 0
    if application_id != APPLICATION_ID:
        raise DatabaseRefusedError(_("{path} is not a database of Ashore; it was not touched.").format(path=path))
    if version > SCHEMA_VERSION:
        raise DatabaseRefusedError(
            _(
                "{path} was written by a newer Ashore (schema {theirs}, this one knows {ours}); it was not touched."
            ).format(path=path, theirs=version, ours=SCHEMA_VERSION)
        )
    return int(version)


def migrate(path: Path) -> None:
    """Bring a database to the current schema in one transaction.

    Foreign keys are off while tables are rebuilt (a cascade would delete the children), and are checked, with
    the row counts, before the commit.

    Raises:
        DatabaseRefusedError: a check failed; the file is as it was.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 15000")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = EXTRA")

    configuration = Config()
    configuration.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        before = _row_counts(connection.connection.dbapi_connection)  # type: ignore[arg-type]
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        after = _row_counts(connection.connection.dbapi_connection)  # type: ignore[arg-type]
        lost = [name for name, rows in before.items() if name in after and after[name] < rows]
        if broken or lost:
            connection.exec_driver_sql("ROLLBACK")
            raise DatabaseRefusedError(
                _("The migration would have lost rows ({tables}); the database is as it was.").format(
                    tables=", ".join(lost) or str(broken[0][0])
                )
            )
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.exec_driver_sql("COMMIT")


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
