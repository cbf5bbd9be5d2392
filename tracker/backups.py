"""Backups that count: copied, synced, reopened and compared before they get their name; kept by day, week and month.

A folder belongs to one database. A backup's name tells when it was made, why, and the beginning of the hash of what
is in it: ``ashore-20260325-100000+0800-day-0123456789abcdef.db``.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tracker.contents import connect_read_only, measure
from tracker.errors import AshoreError
from tracker.files import private_neighbour, sync_file, sync_folder
from tracker.messages import _

DAYS, WEEKS, MONTHS = 12, 10, 9
"""How many of each are kept."""

ALL_KEPT = timedelta(hours=24)
"""Every backup this young is kept: after two restores in a row the first one's backup may be the one that matters."""

PARTIAL = ".partial"
"""Ends the name of a backup that is not verified yet."""

ABANDONED = timedelta(hours=1)
"""Age after which an unverified backup belongs to a program that was killed."""

_HASH_DIGITS = 16
_NAME = re.compile(r"ashore-(\d{8}-\d{6}[+-]\d{4})-([a-z]+)-([0-9a-f]{16})\.db")
_TIME = "%Y%m%d-%H%M%S%z"


class BackupError(AshoreError):
    """No backup could be made; what was to follow it was not done."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One verified backup."""

    path: Path
    made_at: datetime
    reason: str
    """``day``, ``migration``, ``restore``, ``import`` or ``asked``."""
    digest: str
    """The first digits of the hash of its rows, change log included."""
    size: int
    """Bytes."""


def back_up(
    path: Path, *, folder: Path, now: datetime, reason: str, holder: sqlite3.Connection | None = None
) -> BackupInfo:
    """Copy a database into a verified 0600 file in ``folder``, then remove the backups that are due to go.

    Other programs may read meanwhile; their writes wait. Call it before a transaction, not inside one, unless that
    has written nothing yet and its connection is given as ``holder``.

    Args:
        path: The database.
        folder: Where the backups of this database are; it is made when missing.
        now: An aware time, in the person's own zone.
        reason: One lower-case word: ``day``, ``migration``, ``restore``, ``import`` or ``asked``.
        holder: A connection on which a ``BEGIN IMMEDIATE`` keeps others from writing.

    Raises:
        BackupError: it could not be written or is not equal to the database; nothing of it is left behind.
    """
    partial: Path | None = None
    try:
        partial = private_neighbour(folder / "ashore", marker=PARTIAL)
        digest = _copy_and_compare(path, partial, holder)
        made = _give_name(partial, folder=folder, now=now, reason=reason, digest=digest)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            _(
                "No backup could be made in {folder}: {reason}. Free the disk or check the folder, then try again."
            ).format(folder=folder, reason=error)
        ) from error
    finally:
        if partial is not None:
            for leftover in (partial, partial.with_name(f"{partial.name}-journal")):
                leftover.unlink(missing_ok=True)
    # The new backup counts whether or not an old one can be removed.
    with suppress(OSError, BackupError):
        remove_old_backups(folder, now=now)
    return made


def back_up_before_first_change(path: Path, *, folder: Path, now: datetime) -> BackupInfo | None:
    """Back up a database unless there is a backup of this day already, or nothing to back up.

    Costs one listing of the folder when today's backup is there.

    Raises:
        BackupError: see ``back_up``.
    """
    today = now.strftime("%Y%m%d")
    if any(match and match[1].startswith(today) for match in map(_NAME.fullmatch, _names(folder))):
        return None
    if not path.exists() or path.stat().st_size == 0:
        return None
    return back_up(path, folder=folder, now=now, reason="day")


def list_backups(folder: Path) -> tuple[BackupInfo, ...]:
    """The verified backups of a folder, newest first.

    Raises:
        BackupError: the folder cannot be read.
    """
    found = []
    for name in _names(folder):
        match = _NAME.fullmatch(name)
        # Another program may remove an old one meanwhile.
        with suppress(FileNotFoundError):
            if match:
                made_at = datetime.strptime(match[1], _TIME)  # noqa: DTZ007 - the format ends with %z
                size = (folder / name).stat().st_size
                found.append(BackupInfo(folder / name, made_at, match[2], match[3], size))
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True))


def list_leftovers(folder: Path, *, now: datetime) -> tuple[Path, ...]:
    """Unverified files of backups whose program was killed."""
    oldest = (now - ABANDONED).timestamp()
    return tuple(
        folder / name
        for name in sorted(_names(folder))
        if PARTIAL in name and (folder / name).lstat().st_mtime < oldest
    )


def which_to_keep(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The backups to keep, by the time they were made.

    The newest of each of the last 12 days, 10 weeks and 9 months that have a backup, and everything younger than a
    day. Days without a backup do not count: a break of a year costs no backup.
    """
    ordered = sorted(set(times), reverse=True)
    kept = {time for time in ordered if time > now - ALL_KEPT}
    rules: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda time: time.date()),
        (WEEKS, lambda time: time.isocalendar()[:2]),
        (MONTHS, lambda time: (time.year, time.month)),
    )
    past = [time for time in ordered if time <= now]
    for number, bucket in rules:
        newest: dict[object, datetime] = {}
        for time in past:
            newest.setdefault(bucket(time), time)
        kept.update(list(newest.values())[:number])
    return frozenset(kept)


def remove_old_backups(folder: Path, *, now: datetime) -> tuple[Path, ...]:
    """Remove what ``which_to_keep`` does not keep, and what killed programs left, and return what was removed."""
    backups = list_backups(folder)
    kept = which_to_keep((backup.made_at for backup in backups), now)
    removed = [backup.path for backup in backups if backup.made_at not in kept]
    removed.extend(list_leftovers(folder, now=now))
    for path in removed:
        path.unlink(missing_ok=True)
    return tuple(removed)


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise BackupError(
            _("{folder} cannot be read ({reason}).").format(folder=folder, reason=error.strerror)
        ) from error


def _copy_and_compare(path: Path, partial: Path, holder: sqlite3.Connection | None) -> str:
    """Fill ``partial`` and return the hash of all rows; the database cannot change between copy and comparison."""
    with ExitStack() as stack:
        held = holder if holder is not None else stack.enter_context(closing(_hold(path)))
        reader = stack.enter_context(closing(connect_read_only(path)))
        # VACUUM INTO is no part of a transaction, so a second connection holds off the writers.
        reader.execute("PRAGMA query_only = OFF")
        reader.execute("VACUUM INTO ?", (str(partial),))
        sync_file(partial)
        expected = measure(held)
    with closing(connect_read_only(partial)) as copy:
        verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        actual = measure(copy)
    if verdict != "ok" or actual != expected:
        raise sqlite3.DatabaseError(_("the copy is not equal to the database"))
    return actual.digest


def _hold(path: Path) -> sqlite3.Connection:
    """A connection that keeps others from writing until it is closed; on a read-only file nobody can anyway."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=15)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            connection.close()
            raise
        connection.execute("BEGIN")
    return connection


def _give_name(partial: Path, *, folder: Path, now: datetime, reason: str, digest: str) -> BackupInfo:
    """Give a verified file its name; what may stand there under the same name has the same rows."""
    made_at = now.replace(microsecond=0)
    target = folder / f"ashore-{made_at.strftime(_TIME)}-{reason}-{digest[:_HASH_DIGITS]}.db"
    partial.replace(target)
    sync_folder(folder)
    return BackupInfo(target, made_at, reason, digest[:_HASH_DIGITS], target.stat().st_size)
