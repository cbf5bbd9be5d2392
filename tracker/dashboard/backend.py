"""The one place of the dashboard that opens sessions. Only threads call it; the event loop never waits for it."""

import gc
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from prep.importing import ImportReport
    from prep.notes.corrections import LineCorrection
    from tracker.changes import ChangeSummary
    from tracker.db import Database

T = TypeVar("T")

FREE_FOR = 0.03
"""Seconds between two steps of long work: who waits for the file looks only now and then whether it is free."""


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a write returned, and the change set it became; ``None`` when it changed nothing."""

    value: T
    change_set_id: int | None


class Backend:
    """A database for screens: reads run beside each other, writes one after the other in the order of their keys."""

    def __init__(self, path: Path, backups: Path | None, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.backups = backups
        self.clock = clock
        self.warn: Callable[[str], None] = lambda _sentence: None
        """Shows the person what went wrong beside a change that was made; called from any thread."""
        self._opening = threading.Lock()
        self._database: Database | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ashore-write")
        self._watch = DatabaseWatch(path)

    @property
    def is_open(self) -> bool:
        """Whether the database was opened, so that the next call needs no imports."""
        return self._database is not None

    def warm(self) -> None:
        """Import the ORM and open the database, creating or migrating it.

        Raises:
            AshoreError: the database is refused.
        """
        self._open()
        # What was imported stays for good: looking through it again would stop a key for 80 ms now and then.
        gc.freeze()

    def _open(self) -> "Database":
        with self._opening:
            if self._database is None:
                from prep.storage import open_database

                self._database = open_database(self.path, now=self.clock(), backups=self.backups, warn=self.warn)
            return self._database

    def read(self, fn: "Callable[[Session], T]") -> T:
        """What ``fn`` finds in one consistent state of the database."""
        with self._open().read() as session:
            return fn(session)

    def change(self, name: str, fn: "Callable[[Session, datetime], T]", *, kind: str = "change") -> Written[T]:
        """Do ``fn`` as one transaction and one step of undo; it is on disk when this returns.

        Another ``kind`` than ``change`` is in the log but is no step of undo.
        """
        now = self.clock()
        with self._open().change(name, now=now, kind=kind) as session:
            value = fn(session, now)
        written = Written(value, session.info["change_set_id"])
        self._watch.expect(written.change_set_id)
        return written

    def submit(self, write: Callable[[], T]) -> "Future[T]":
        """Queue a write behind those before it. It is never cancelled; the program's end waits for it."""
        return self._writer.submit(write)

    def undo(self) -> "ChangeSummary":
        """Take back the last step. Raises ``RefusedError`` when there is none."""
        from tracker.undo import undo

        return undo(self._open(), now=self.clock())

    def redo(self) -> "ChangeSummary":
        """Bring back the step undone last. Raises ``RefusedError`` when there is none."""
        from tracker.undo import redo

        return redo(self._open(), now=self.clock())

    def revert(self, set_id: int) -> "ChangeSummary":
        """Take back one step, however old. Raises ``RefusedError`` when something later is in its way."""
        from tracker.undo import revert_change

        return revert_change(self._open(), set_id=set_id, now=self.clock())

    def index_questions(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Bring the search index up to date, in short transactions between which ``stop`` is asked.

        The first time, over a large bank, it takes some seconds. Returns whether the index is complete; a search is
        right without it as well.
        """
        from prep.search_index import complete_index

        def rest_and_ask() -> bool:
            time.sleep(FREE_FOR)
            return stop()

        return complete_index(self._open(), stop=rest_and_ask)

    def import_files(
        self,
        paths: "Sequence[Path]",
        *,
        dry_run: bool,
        corrections: "Mapping[Path, Sequence[LineCorrection]] | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "ImportReport":
        """Import files as one step of undo; a dry run does the same work and keeps nothing of it.

        A dry run reads what is unchanged as well: only so it knows what became of every line.

        Args:
            paths: The files.
            dry_run: Write nothing.
            corrections: What the person said of lines; written in the same step.
            progress: Gets the steps done and their number; what it raises ends the import, and nothing is written.

        Raises:
            UnreadableFileError: a file cannot be read; nothing was written.
        """
        from prep.importing import import_files

        now = self.clock()
        report = import_files(
            self._open(),
            paths,
            now=now,
            zone=now.tzinfo or UTC,
            dry_run=dry_run,
            reread=dry_run,
            backups=self.backups,
            corrections=corrections or {},
            progress=progress,
        )
        self._watch.expect(report.change_set)
        return report

    def load_demo(self) -> None:
        """Fill the database, a new one, with the demo.

        Raises:
            RefusedError: it holds companies of the demo already.
        """
        from prep.demo import load_demo

        now = self.clock()
        load_demo(self._open(), now=now, zone=now.tzinfo or UTC)

    def know(self, newest: int) -> None:
        """Tell which change set was the newest when the screens were filled; later ones are news."""
        self._watch.know(newest)

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote since the last call. Takes well under a millisecond."""
        return self._watch.poll()

    def close(self) -> None:
        """Wait for queued writes, then let go of the file."""
        self._writer.shutdown(wait=True)
        self._watch.close()


class DatabaseWatch:
    """Notices other processes' writes through one read-only connection that is never inside a transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._version: int | None = None
        self._newest: int | None = None
        self._lock = threading.Lock()

    def know(self, newest: int) -> None:
        """The screens show everything up to this change set."""
        with self._lock:
            self._newest = newest

    def expect(self, change_set_id: int | None) -> None:
        """A change set of this process: no news, unless one of another process came before it."""
        with self._lock:
            if change_set_id is not None and self._newest is not None and change_set_id == self._newest + 1:
                self._newest = change_set_id

    def poll(self) -> bool:
        """Whether there is a change set that was not expected since the last call."""
        with self._lock:
            try:
                return self._look()
            except (OSError, sqlite3.Error):
                # Locked, or being replaced: the next look, a second later, tells.
                self._let_go()
                return False

    def _look(self) -> bool:
        status = self._path.stat()
        file = (status.st_dev, status.st_ino)
        replaced = self._file is not None and file != self._file
        if self._connection is None or replaced:
            self._let_go()
            self._connection = sqlite3.connect(
                f"{self._path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.05, check_same_thread=False
            )
            self._file = file
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version == self._version and not replaced:
            return False
        with closing(self._connection.execute("SELECT max(id) FROM change_set")) as cursor:
            newest = cursor.fetchone()[0] or 0
        news = replaced or (self._newest is not None and newest != self._newest)
        self._version, self._newest = version, newest
        return news

    def close(self) -> None:
        """Let go of the file, after a look that is under way: SQLite does not survive a close amid a query."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._version = None
