"""Opening the database with the tables of both packages: migrated, projected, backed up with a day's first change."""

from datetime import datetime
from pathlib import Path

import prep.models as _models
from prep.memory import refresh_memory
from tracker.backups import back_up, back_up_before_first_change
from tracker.db import Database, create_private_file
from tracker.projection import refresh_projection
from tracker.schema import SCHEMA_VERSION, migrate, schema_version

TABLES = _models
"""Loading the preparation's models is what makes their tables known to the change log."""


def open_database(path: Path, *, now: datetime, backups: Path | None = None) -> Database:
    """Open a database file, creating or migrating it as needed; before a migration of data there is a backup.

    ``backups`` names the folder for backups; without it there are none (throw-away databases).

    Raises:
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
    """
    version = schema_version(path)
    if version < SCHEMA_VERSION:
        if version > 0 and backups is not None:
            back_up(path, folder=backups, now=now, reason="migration")
        create_private_file(path)
        migrate(path)

    def before_write(moment: datetime) -> None:
        if backups is not None:
            back_up_before_first_change(path, folder=backups, now=moment)

    return Database(path, before_write=(before_write,), after_write=(refresh_projection, refresh_memory))
