"""The commands: thin, and each imported when it is asked for. Without one the dashboard opens."""

from tracker.cli.program import program


def main() -> None:
    """Run ``ashore`` with the arguments of this process, and leave with its exit status.

    Exit status: 0 done, 1 refused (the reason is on stderr), 2 not understood.
    """
    program()
