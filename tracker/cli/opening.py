"""``ashore`` alone: the dashboard, opened without the parser of commands, which its first paint need not wait for."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import Context, make_context, settings_path
from tracker.errors import AshoreError
from tracker.messages import prefer_language

if TYPE_CHECKING:
    from tracker.settings import Settings

COMPLETION = "_ASHORE_COMPLETE"
"""Set by a shell that asks what may be typed next; the parser answers."""


def is_plain(arguments: list[str], environment: Mapping[str, str]) -> bool:
    """Whether nothing but the dashboard is asked for: no arguments, no completion, no time that cannot be read."""
    return not arguments and COMPLETION not in environment and is_readable_moment(environment.get("ASHORE_NOW", ""))


def is_readable_moment(stamp: str) -> bool:
    """Whether a clock may be fixed to this: empty, or ISO 8601."""
    try:
        read_moment(stamp)
    except (ValueError, OverflowError, OSError):
        return False
    return True


def read_moment(stamp: str) -> datetime | None:
    """The moment that ISO 8601 names; ``None`` for an empty text.

    Raises:
        ValueError: it is something else.
        OverflowError, OSError: it is too far away for this machine.
    """
    if not stamp:
        return None
    moment = datetime.fromisoformat(stamp.strip())
    moment.astimezone()
    return moment


def open_plainly(environment: Mapping[str, str]) -> int:
    """Open the dashboard as the variables of the process say; returns the exit status.

    A reason to refuse is one line on stderr, and the status 1.
    """
    from tracker.settings import load_settings

    try:
        settings = load_settings(settings_path(environment))
        prefer_language(settings.language)
        named = environment.get("ASHORE_DB")
        now = read_moment(environment.get("ASHORE_NOW", ""))
        context = make_context(path=Path(named) if named else None, now=now, environment=environment)
        return open_dashboard(context, settings)
    except AshoreError as error:
        from tracker.cli.output import tell

        tell(str(error))
        return 1


def open_dashboard(
    context: Context, settings: "Settings", *, first_page: "tuple[str, dict[str, Any]] | None" = None
) -> int:
    """Run the dashboard until it is closed, with a page in front of home if one is named; returns the exit status.

    Raises:
        DatabaseRefusedError: the file is not ours, damaged, or from a newer version; it was not touched.
    """
    from tracker.dashboard.launch import run_dashboard

    return run_dashboard(
        path=context.path, backups=context.backups, clock=context.clock, settings=settings, first_page=first_page
    )
