"""Opening the database with the tables of both packages: migrated, projected, backed up with a day's first change."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, SQLModel

import prep.models as _models
from prep.memory.states import refresh_memory
from tracker.backups import BackupError, back_up, back_up_before_first_change
from tracker.changes import TouchedRows
from tracker.db import Database, create_private_file
from tracker.messages import _
from tracker.projection import complete_projection, refresh_projection
from tracker.schema import SCHEMA_VERSION, migrate, schema_version

TABLES = _models
"""Loading the preparation's models is what makes their tables known to the change log."""


def open_database(
    path: Path, *, now: datetime, backups: Path | None = None, warn: Callable[[str], None] | None = None
) -> Database:
    """Open a database file, creating or migrating it as needed; before a migration of data there is a backup.

    A day's first change goes on without its backup when that fails and there is somebody to ``warn``: a full disk
    should not cost the date of an interview. Without anybody the change is refused, for it must not pass in silence.

    Args:
        path: The database file.
        now: An aware time.
        backups: The folder for backups; without it there are none (throw-away databases).
        warn: Shows a sentence to the person; it may be called from any thread.

    Raises:
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
        BackupError: no backup could be made before a migration; the database is as it was.
        StorageError: it cannot be created or migrated.
    """
    version = schema_version(path)
    if version < SCHEMA_VERSION:
        if version > 0 and backups is not None:
            back_up(path, folder=backups, now=now, reason="migration")
        create_private_file(path)
        migrate(path, metadata=SQLModel.metadata)

    def before_write(moment: datetime) -> None:
        if backups is None:
            return
        try:
            back_up_before_first_change(path, folder=backups, now=moment)
        except BackupError as error:
            if warn is None:
                raise
            warn(_("Today's backup is missing, the change was made without it. {reason}").format(reason=error))

    database = Database(
        path, before_write=(before_write,), after_write=(_follow_rounds, refresh_projection, refresh_memory)
    )
    complete_projection(database)
    return database


def _follow_rounds(session: Session, touched: TouchedRows) -> None:
    """What changed rounds mean for their checklists; loaded for the first change of one."""
    if touched.get("round"):
        from prep.checklists.following import follow_rounds

        follow_rounds(session, touched)
