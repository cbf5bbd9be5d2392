"""The commands: thin, and each imported when it is asked for. Without one the dashboard opens."""

import os
import sys


def main() -> None:
    """Run ``ashore`` with the arguments of this process, and leave with its exit status.

    Exit status: 0 done, 1 refused (the reason is on stderr), 2 not understood.
    """
    from tracker.cli.opening import is_plain, open_plainly

    if is_plain(sys.argv[1:], os.environ):
        sys.exit(open_plainly(os.environ))
    from tracker.cli.program import program

    program()
