"""What every command works with: the database's place, the folder of its backups, the clock, the local zone."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.zone import local_zone
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from tracker.db import Database

DATABASE = "ashore.db"
"""The file in the platform's folder for data, when nobody names another."""


class Context(NamedTuple):
    """What every command works with."""

    path: Path
    """The database, which need not be there yet."""
    backups: Path
    clock: Callable[[], datetime]
    """The present moment, aware and local."""
    zone: tzinfo
    settings_path: Path

    @property
    def now(self) -> datetime:
        """The present moment, aware and local."""
        return self.clock()


def make_context(*, path: Path | None, now: datetime | None, environment: Mapping[str, str] = os.environ) -> Context:
    """Put the global options together.

    Args:
        path: The database that was asked for; by default the one in the platform's folder for data.
        now: The fixed clock, naive local or aware; by default the real one. An offset other than UTC also says
            where the person is, unless ``TZ`` does, so that a run repeats on another machine.
        environment: The variables of the process.
    """
    chosen = path or data_folder(environment) / DATABASE
    zone = local_zone(environment)
    if now is not None and now.utcoffset() and not environment.get("TZ"):
        zone = _zone_of(now, zone)
    return Context(
        path=chosen,
        backups=chosen.with_name(f"{chosen.stem}-backups"),
        clock=_make_clock(now, zone),
        zone=zone,
        settings_path=settings_path(environment),
    )


def settings_path(environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> Path:
    """The file of the person's settings: ``ASHORE_CONFIG``, else the one in the platform's folder for settings."""
    named = environment.get("ASHORE_CONFIG")
    if named:
        return Path(named)
    return _folder("XDG_CONFIG_HOME", ".config", environment, platform) / "config.toml"


def data_folder(environment: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """The folder of the database, when nobody names another."""
    return _folder("XDG_DATA_HOME", ".local/share", environment, platform)


def _folder(variable: str, usual: str, environment: Mapping[str, str], platform: str) -> Path:
    """The platform's folder of one kind. Linux's is told here: the library that knows all platforms is slow to load."""
    if platform == "linux":
        named = environment.get(variable, "")
        return (Path(named) if named.startswith("/") else Path.home() / usual) / "ashore"
    from platformdirs import user_config_path, user_data_path

    find = user_config_path if variable == "XDG_CONFIG_HOME" else user_data_path
    return find("ashore", appauthor=False)


def _zone_of(now: datetime, local: tzinfo) -> tzinfo:
    """The local zone when it agrees with the offset of ``now``, else that offset."""
    offset = now.utcoffset() or timedelta()
    return local if now.astimezone(local).utcoffset() == offset else timezone(offset)


def _make_clock(now: datetime | None, zone: tzinfo) -> Callable[[], datetime]:
    if now is None:
        return lambda: datetime.now(zone)
    fixed = now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)
    return lambda: fixed


def is_begun(context: Context) -> bool:
    """Whether there is a database with tables in it.

    Raises:
        DatabaseRefusedError: the file is not ours, damaged, or from a newer version.
    """
    from tracker.schema import schema_version

    return schema_version(context.path) > 0


def nothing_yet() -> str:
    """What is said where there is no database yet, and how to begin."""
    return _("Nothing is here yet. Begin with: ashore import FILE, look around with: ashore demo, or open: ashore")


def open_to_read(context: Context) -> "Database | None":
    """The database brought to the present schema; ``None`` when there is none, which is not made.

    Raises:
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
    """
    return open_to_write(context) if is_begun(context) else None


def open_begun(context: Context) -> "Database":
    """The database that must be there.

    Raises:
        RefusedError: there is none yet.
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
    """
    if not is_begun(context):
        raise RefusedError(nothing_yet())
    return open_to_write(context)


def open_to_write(context: Context) -> "Database":
    """The database, made or migrated as needed.

    Raises:
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
    """
    from prep.storage import open_database
    from tracker.cli.output import tell

    return open_database(context.path, now=context.now, backups=context.backups, warn=tell)
