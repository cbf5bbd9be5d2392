"""The terminal that the dashboard is drawn on, which may go without a word: a connection breaks, a window is closed.

Usually the program is told by a signal. Where it is not, reading returns nothing at once and for ever, and the thread
that waits for keys would never rest again.
"""

import select
from contextlib import suppress
from typing import IO, Any, cast

from textual.drivers.linux_driver import LinuxDriver

GONE = 129
"""The exit status, the same as if the signal had come: 128 and the number of SIGHUP."""


class TerminalDriver(LinuxDriver):
    """Textual's own, but it outlives its terminal, so that what is still to be written to disk is."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(*arguments, **options)
        self._file = cast("Any", LastingFile(cast("IO[str]", self._file)))

    @property
    def is_gone(self) -> bool:
        """Whether nobody is at the other end any more. Takes some microseconds."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        return any(state & (select.POLLHUP | select.POLLERR) for _file, state in poll.poll(0))


class LastingFile:
    """A file to which nothing more is written once that fails: a thread that died of it would hold up the program."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, if there is still somebody to read it."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Likewise."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()
