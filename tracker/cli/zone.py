"""The local time zone, with its IANA name where the system tells it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCALTIME = Path("/etc/localtime")
"""On Linux and macOS a link to the zone's file, whose path ends with its name."""


def local_zone(environment: Mapping[str, str], *, localtime: Path = LOCALTIME) -> tzinfo:
    """The zone that ``TZ`` names, else the system's; a fixed offset when neither has a name.

    Args:
        environment: The variables of the process.
        localtime: The system's zone file.
    """
    asked = environment.get("TZ", "").removeprefix(":")
    name = asked or _name_of(localtime)
    return _named(name) or _present_offset()


def _name_of(localtime: Path) -> str:
    try:
        parts = localtime.resolve().as_posix().split("/zoneinfo/")
    except OSError:
        return ""
    return parts[-1] if len(parts) > 1 else ""


def _named(name: str) -> ZoneInfo | None:
    """A zone by its name or by the path of its file, both of which ``TZ`` may hold."""
    try:
        return ZoneInfo(name.rsplit("/zoneinfo/", maxsplit=1)[-1]) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _present_offset() -> tzinfo:
    """What the C library makes of ``TZ=CST-8`` and of zone files without a name, as of now."""
    offset = datetime.now(UTC).astimezone().utcoffset() or timedelta()
    return timezone(offset) if offset else ZoneInfo("UTC")
