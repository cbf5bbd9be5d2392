"""Restoring a backup: what is there is backed up first, and the rows are exchanged in one transaction.

The file itself stays, so that a dashboard that has it open simply sees other rows: its next transaction waits for
this one, and a program killed half-way leaves the old rows.
"""

import filecmp
import glob
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tracker.backups import ABANDONED, BackupError, BackupInfo, back_up
from tracker.contents import INDEX, connect_read_only, content_hash, table_names
from tracker.errors import DatabaseRefusedError
from tracker.files import create_private_file, private_neighbour, sync_file, sync_folder
from tracker.messages import _
from tracker.schema import SCHEMA_VERSION, migrate, schema_version

RESTORING = ".restoring"
"""Ends the name of the working copy of a backup beside the database."""


def restore(path: Path, *, backup: Path, folder: Path, now: datetime) -> BackupInfo | None:
    """Put the rows of a backup into a database, and return the backup of what was there, if anything was.

    A backup of an older version is migrated on the way. A database too damaged to be backed up is kept in ``folder``
    byte for byte, under a name that begins with ``damaged-``.

    Raises:
        DatabaseRefusedError: the backup, or what stands at ``path``, is not ours, is newer, or the backup is damaged.
        BackupError: what is there could not be backed up, or the rows not be written; the database is as it was.
    """
    _remove_abandoned(path, now=now)
    aside = private_neighbour(path, marker=RESTORING)
    try:
        _prepare(aside, backup)
        if _is_damaged(path):
            _replace_damaged(path, aside, folder=folder, now=now)
            return None
        return _exchange(path, aside, folder=folder, now=now)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            _("{backup} was not restored ({reason}); the database is as it was.").format(backup=backup, reason=error)
        ) from error
    finally:
        for leftover in (aside, aside.with_name(f"{aside.name}-journal")):
            leftover.unlink(missing_ok=True)


def _remove_abandoned(path: Path, *, now: datetime) -> None:
    """Remove the working copies that killed programs left."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{RESTORING}*"):
        if left.lstat().st_mtime < (now - ABANDONED).timestamp():
            left.unlink(missing_ok=True)


def check_backup(backup: Path) -> None:
    """Look at every page and every reference of a backup.

    Raises:
        DatabaseRefusedError: it is missing, empty, not ours, newer, or damaged.
    """
    if schema_version(backup) == 0:
        raise DatabaseRefusedError(_("{path} is no backup: there is nothing in it.").format(path=backup))
    try:
        with closing(connect_read_only(backup)) as connection:
            verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        verdict, broken = str(error), None
    if verdict != "ok" or broken:
        reason = verdict if verdict != "ok" else _("a row refers to one that is missing")
        raise DatabaseRefusedError(_("{path} is damaged ({reason}).").format(path=backup, reason=reason))


def _prepare(aside: Path, backup: Path) -> None:
    """Copy the backup beside the database, check the copy and bring it to the present schema."""
    if not backup.is_file():
        raise DatabaseRefusedError(_("{path}: there is no such file.").format(path=backup))
    schema_version(backup)
    shutil.copyfile(backup, aside)
    check_backup(aside)
    if schema_version(aside) < SCHEMA_VERSION:
        migrate(aside)


def _is_damaged(path: Path) -> bool:
    """Whether a database of ours cannot be read through.

    Raises:
        DatabaseRefusedError: it is not ours, or newer.
    """
    try:
        if schema_version(path) == 0:
            return False
        with closing(connect_read_only(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return True
    except DatabaseRefusedError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and not isinstance(
            error.__cause__, sqlite3.OperationalError
        ):
            return True
        raise


def _replace_damaged(path: Path, aside: Path, *, folder: Path, now: datetime) -> None:
    journal = path.with_name(f"{path.name}-journal")
    stem = f"damaged-{now.strftime('%Y%m%d-%H%M%S%z')}"
    for source, name in ((path, f"{stem}.db"), (journal, f"{stem}.db-journal")):
        # An empty journal stands there after every change; one that holds anything was interrupted.
        if source.exists() and (source == path or source.stat().st_size):
            kept = folder / name
            create_private_file(kept)
            shutil.copyfile(source, kept)
            sync_file(kept)
            if not filecmp.cmp(source, kept, shallow=False):
                raise OSError(_("the copy is not equal to the database"))
    sync_folder(folder)
    sync_file(aside)
    # The damaged file's journal would be rolled back into the new one.
    journal.unlink(missing_ok=True)
    aside.replace(path)
    sync_folder(path.parent)


def _exchange(path: Path, aside: Path, *, folder: Path, now: datetime) -> BackupInfo | None:
    create_private_file(path)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=15)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("ATTACH ? AS kept", (str(aside),))
        connection.execute("BEGIN IMMEDIATE")
        made = None
        if table_names(connection):
            made = back_up(path, folder=folder, now=now, reason="restore", holder=connection)
        _exchange_rows(connection)
        expected = content_hash(connection, with_log=True, schema="kept")
        if content_hash(connection, with_log=True) != expected:
            raise sqlite3.DatabaseError(_("the copy is not equal to the backup"))
        connection.execute("COMMIT")
    return made


def _exchange_rows(connection: sqlite3.Connection) -> None:
    for name in table_names(connection):
        connection.execute(f'DROP TABLE main."{name}"')
    # Without its state the search index is of no use to anybody, and is made anew: it belonged to other rows.
    connection.execute(f"DROP TABLE IF EXISTS main.{INDEX}_state")
    statements = connection.execute(
        "SELECT name, sql FROM kept.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY type = 'table' DESC, rowid"
    ).fetchall()
    for name, statement in statements:
        if not name.startswith(INDEX):
            connection.execute(statement)
    for name in table_names(connection, schema="kept"):
        connection.execute(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"')
    # The highest ids ever given go along: an id is never given twice.
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM kept.sqlite_sequence")
    for mark in ("application_id", "user_version"):
        value = int(connection.execute(f"PRAGMA kept.{mark}").fetchone()[0])
        connection.execute(f"PRAGMA main.{mark} = {value}")
