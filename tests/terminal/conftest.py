"""The program in a real pseudo-terminal, and the screen that its output draws."""

import codecs
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
from rich.cells import cell_len

COLUMNS, ROWS = 120, 30
PATIENCE = 30.0
"""Seconds: a machine that runs the tests in parallel is slow to start a program."""

# What pyte 0.8 draws as text, or does not survive.
NOT_FOR_PYTE = re.compile(
    r"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"
    r"|\x1b\[\?[0-9;]*\$p"
    r"|\x1b\[[0-9;]*[ -/]+[@-~]"
    r"|\x1b\[\?[0-9;]*[su]"
    r"|\x1b\[[0-9;]*[tS]"
    r"|\x1b[P_^X][^\x1b]*(?:\x1b\\)"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
UNFINISHED = re.compile(r"\x1b(?:[\[P_^X\]][^\x1b@-Z\\^-~]*)?$")
"""The beginning of a sequence whose end is still to come."""


class Terminal:
    """One program in a pseudo-terminal."""

    def __init__(self, database: Path, home: Path, *, columns: int = COLUMNS, rows: int = ROWS) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "ASHORE"))}
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "ASHORE_LANG": "en",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_DATA_HOME": str(home),
        }
        arguments = ["-m", "tracker", "--db", str(database), "--now", "2026-03-25T10:00:00+08:00"]
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable, arguments, env=environment, dimensions=(rows, columns), encoding=None, timeout=PATIENCE
        )
        self.raw = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def send(self, keys: str) -> None:
        """Type keys."""
        self.child.send(keys.encode())

    def escape(self) -> None:
        """Type Esc, and nothing behind it that would make it the beginning of another key."""
        self.child.send(b"\x1b")
        self.read(0.4)

    def read(self, seconds: float = 0.05) -> None:
        """Take what the program wrote in the meantime."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self._take(self.child.read_nonblocking(65_536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return

    def _take(self, data: bytes) -> None:
        self.raw += data
        text = self._rest + self._decoder.decode(data)
        cut = UNFINISHED.search(text)
        end = cut.start() if cut else len(text)
        self._rest = text[end:]
        self._stream.feed(NOT_FOR_PYTE.sub("", text[:end]))

    def text(self) -> str:
        """What is on the screen."""
        lines = []
        for y in range(self._screen.lines):
            row, x, line = self._screen.buffer[y], 0, ""
            while x < self._screen.columns:
                character = row[x].data
                line += character or " "
                x += max(1, cell_len(character))
            lines.append(line.rstrip())
        return "\n".join(lines)

    def wait_for(self, *texts: str) -> str:
        """Wait until all of these are on the screen."""
        return self.wait_until(lambda shown: all(text in shown for text in texts), f"{texts} never came")

    def wait_until(self, condition: Callable[[str], bool], reason: str) -> str:
        """Wait for a state of the screen."""
        end = time.monotonic() + PATIENCE
        shown = ""
        while time.monotonic() < end:
            self.read()
            shown = self.text()
            if condition(shown):
                return shown
            if not self.child.isalive():
                self.read()
                return self._last_look(condition, reason)
        raise AssertionError(f"{reason}:\n{shown}")

    def _last_look(self, condition: Callable[[str], bool], reason: str) -> str:
        shown = self.text()
        if not condition(shown):
            raise AssertionError(f"{reason}, and the program ended:\n{shown}")
        return shown

    def close(self) -> int:
        """Leave by the key for it, and return the exit status."""
        if self.child.isalive():
            self.send("\x11")
        try:
            self.child.expect(pexpect.EOF, timeout=PATIENCE)
            self.raw += self.child.before or b""
        except pexpect.TIMEOUT:
            self.child.terminate(force=True)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(database: Path, *, columns: int = COLUMNS, rows: int = ROWS) -> Terminal:
        terminal = Terminal(database, tmp_path / "home", columns=columns, rows=rows)
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.child.close(force=True)
