"""The engine and its transactions: every write is one ``BEGIN IMMEDIATE`` with its change-log entry.

Rollback journal with ``synchronous=EXTRA``: a commit that returned is on disk, and a database file that was
deleted or replaced under a running program is noticed instead of written to.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from tracker.changes import Recorder, TouchedRows
from tracker.errors import AshoreError, DatabaseRefusedError
from tracker.messages import _

BUSY_MILLISECONDS = 15_000
"""How long a write waits for another process before it gives up."""

AfterWrite = Callable[[Session, TouchedRows], None]
BeforeWrite = Callable[[datetime], None]


class StorageError(AshoreError):
    """The disk or the database refused; nothing of the change was kept."""


def connect_read_write(path: Path) -> sqlite3.Connection:
    """Open a database file with the settings that every connection has. Transactions are begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000)
    _prepare(connection)
    return connection


def create_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read; an existing file keeps its content and loses other's rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    os.close(descriptor)
    path.chmod(0o600)


def _prepare(connection: sqlite3.Connection) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = EXTRA")
    cursor.close()


def make_engine(path: Path) -> Engine:
    """An engine for a database file: a fresh connection each time, so that a replaced file is never half open."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        connection.isolation_level = None
        _prepare(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("ashore_read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


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
        self, name: str, *, now: datetime, kind: str = "change", target_id: int | None = None
    ) -> Iterator[Session]:
        """One transaction, one step of undo. It commits when the block ends and rolls back when it raises.

        ``session.info["change_set_id"]`` tells the change set's id after the block, or ``None`` when nothing changed.

        Raises:
            StorageError: the disk is full, the file is gone, or another process held the database too long.
        """
        for hook in self._before_write:
            hook(now)
        recorder = Recorder(name=name, kind=kind, target_id=target_id, now=now)
        with _sentences(), Session(self.engine) as session:
            recorder.attach(session)
            yield session
            session.flush()
            for after in self._after_write:
                after(session, recorder.touched)
            session.info["change_set_id"] = recorder.write(session)
            session.commit()


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _storage_error(error.orig) from error
    except sqlite3.OperationalError as error:
        raise _storage_error(error) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseRefusedError(_("The database is damaged ({reason}).").format(reason=error)) from error


def _storage_error(error: BaseException | None) -> StorageError:
    return StorageError(
        _(
            "Nothing was written: {reason}. Your data is as it was; free the disk or close the other program, then try again."
        ).format(reason=error)
    )
