"""The engine and its transactions: every write is one ``BEGIN IMMEDIATE`` with its change-log entry.

Rollback journal with ``synchronous=EXTRA``: a commit that returned is on disk, and a database file that was
deleted or replaced under a running program is noticed instead of written to. The journal stays beside the file, empty
between two changes: a commit that empties it waits for the disk a fifth as long as one that deletes it, and is on disk
as surely.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from tracker.changes import Recorder, TouchedRows
from tracker.errors import AshoreError, DatabaseRefusedError, StorageError
from tracker.files import create_private_file
from tracker.messages import _
from tracker.schema import APPLICATION_ID, SCHEMA_VERSION

__all__ = ["BUSY_MILLISECONDS", "Database", "StorageError", "connect_read_write", "create_private_file", "make_engine"]

BUSY_MILLISECONDS = 15_000
"""How long a write waits for another process before it gives up."""

AfterWrite = Callable[[Session, TouchedRows], None]
BeforeWrite = Callable[[datetime], None]


def connect_read_write(path: Path) -> sqlite3.Connection:
    """Open an existing database file with the settings that every connection has; transactions are begun by hand.

    A file that was deleted under a running program is not made anew: that would be an empty database.

    Raises:
        sqlite3.OperationalError: there is no such file, or it cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MILLISECONDS / 1000,
    )
    _prepare(connection)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = EXTRA")
    cursor.execute("PRAGMA journal_mode = TRUNCATE")
    cursor.close()


def make_engine(path: Path) -> Engine:
    """An engine for a database file: a fresh connection each time, so that a replaced file is never half open."""
    engine = create_engine("sqlite://", creator=lambda: connect_read_write(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("ashore_read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
        _refuse_stranger(connection, path)

    return engine


def _refuse_stranger(connection: Connection, path: Path) -> None:
    """The file may have been replaced, or migrated by a newer program, since the last transaction."""
    application_id = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if (application_id, version) != (APPLICATION_ID, SCHEMA_VERSION):
        raise DatabaseRefusedError(
            _("{path} was replaced or migrated by another program; start again to use it as it is now.").format(
                path=path
            )
        )


class Database:
    """One database file, and the only two ways into it: ``read`` and ``change``."""

    def __init__(
        self, path: Path, *, before_write: Sequence[BeforeWrite] = (), after_write: Sequence[AfterWrite] = ()
    ) -> None:
        self.path = path
        self.engine = make_engine(path)
        self._readers = self.engine.execution_options(ashore_read_only=True)
        self._before_write = tuple(before_write)
        self._after_write = tuple(after_write)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent state, for reading. Keep it short: an open one holds back commits."""
        with _sentences(), Session(self._readers, autoflush=False) as session:
            yield session

    @contextmanager
    def change(
        self, name: str, *, now: datetime, kind: str = "change", target_id: int | None = None, keep: bool = True
    ) -> Iterator[Session]:
        """One transaction, one step of undo. It commits when the block ends and rolls back when it raises.

        Without ``keep`` all of it is done and then rolled back: a rehearsal.

        ``session.info["change_set_id"]`` tells the change set's id after the block, or ``None`` when nothing changed.

        Raises:
            StorageError: the disk is full, the file is gone, or another process held the database too long.
        """
        for hook in self._before_write if keep else ():
            hook(now)
        recorder = Recorder(name=name, kind=kind, target_id=target_id, now=now)
        with _sentences(), Session(self.engine) as session:
            file = self._file()
            session.connection()  # the transaction begins here, not with the first statement of the block
            recorder.attach(session)
            yield session
            session.flush()
            for after in self._after_write:
                after(session, recorder.touched)
            if not keep:
                session.rollback()
                session.info["change_set_id"] = None
                return
            session.info["change_set_id"] = recorder.write(session)
            session.commit()
            if self._file() != file:
                # SQLite looks only when it opens its journal, and that may have been before.
                raise StorageError(_("Nothing was written: {path} was deleted or replaced.").format(path=self.path))

    def _file(self) -> tuple[int, int] | None:
        """Which file stands at the path."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        sentence = sentence_of(reason)
        if sentence is None:
            raise
        raise sentence from error


def sentence_of(error: BaseException | None) -> AshoreError | None:
    """What a person is told about an error of SQLite; ``None`` for one that is a mistake of the program."""
    if isinstance(error, sqlite3.OperationalError):
        return StorageError(
            _(
                "Nothing was written: {reason}. Your data is as it was;"
                " free the disk or close the other program, then try again."
            ).format(reason=error)
        )
    programming = sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError | sqlite3.DataError
    if isinstance(error, programming) or not isinstance(error, sqlite3.Error):
        return None
    return DatabaseRefusedError(
        _("The database is damaged ({reason}). Restore a backup: ashore restore.").format(reason=error)
    )
