"""The commands: thin, and each imported when it is asked for. Without one the dashboard opens."""

import gc
import os
import sys

TO_CLOSE = frozenset({"sqlalchemy", "textual", "subprocess"})
"""Modules that a command has loaded which may have opened something."""


def main() -> None:
    """Run ``ashore`` with the arguments of this process, and leave with its exit status.

    Exit status: 0 done, 1 refused (the reason is on stderr), 2 not understood.
    """
    from tracker.cli.opening import is_plain, open_plainly

    if is_plain(sys.argv[1:], os.environ):
        sys.exit(open_plainly(os.environ))
    # A command is over before its garbage matters; collecting is a sixth of an import's time.
    gc.disable()
    if "--dry-run" in sys.argv:
        from tracker.cli.quick import run_quickly

        status = run_quickly(sys.argv[1:], os.environ)
        if status is not None:
            sys.exit(status)
    from tracker.cli.program import program

    try:
        program()
    except SystemExit as leaving:
        _leave_at_once(leaving.code)
        raise


def _leave_at_once(status: str | int | None) -> None:
    """Leave without taking the interpreter apart, a sixth of a short command's time, when there is nothing to close.

    It returns where something may have to be closed or told: a database was written to, the dashboard ran, or what
    was printed does not get out.
    """
    if isinstance(status, str) or not sys.modules.keys().isdisjoint(TO_CLOSE):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(status or 0)
