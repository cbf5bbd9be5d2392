"""A program in a pseudo-terminal, its output stamped as it arrives, and the screen that the output draws.

A thread reads and stamps; the terminal is emulated afterwards on the stamped chunks, so that the emulation is in no
figure. Linux only: memory and processor time come from ``/proc``.
"""

import codecs
import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyte
from rich.cells import cell_len

COLUMNS, ROWS = 120, 40

QUIT = b"\x11"
"""Ctrl+Q leaves every Textual app."""

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "ctrl+p": b"\x10",
}

PROMPT_TURNS = 0.0003
"""Seconds between two threads' turns: the thread that stamps must not wait for the emulation."""

# What pyte 0.8 draws as text, or does not survive.
_NOT_FOR_PYTE = re.compile(
    r"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"  # keyboard protocols
    r"|\x1b\[\?[0-9;]*\$p"  # mode queries
    r"|\x1b\[[0-9;]*[ -/]+[@-~]"  # cursor shapes
    r"|\x1b\[\?[0-9;]*[su]"  # saved private modes
    r"|\x1b\[[0-9;]*[tS]"  # window operations
    r"|\x1b[P_^X][^\x1b]*(?:\x1b\\)"  # device control, application commands
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # operating system commands
)
_UNFINISHED = re.compile(r"\x1b(?:[\[P_^X\]][^\x1b@-Z\\^-~]*)?$")
_LONGEST_SEQUENCE = 4096


def key_bytes(key: str) -> bytes:
    """What a terminal sends for a key: one of ``KEYS``, or the character itself."""
    return KEYS.get(key) or key.encode()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Output that arrived at once."""

    at: float
    """Seconds, by the clock of ``time.perf_counter``."""
    data: bytes
    peak_mib: float
    """The most memory that the program had held when it arrived."""
    processor_ms: float
    """Time that the program's first thread had computed when it arrived."""


class EmulatedScreen:
    """What a terminal would show."""

    def __init__(self, columns: int = COLUMNS, rows: int = ROWS) -> None:
        self._screen: Any = pyte.Screen(columns, rows)
        self._stream: Any = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._lines = [""] * rows

    def feed(self, data: bytes) -> None:
        """Draw some output."""
        text = self._pending + self._decoder.decode(data)
        self._pending = ""
        unfinished = _UNFINISHED.search(text)
        if unfinished and len(text) - unfinished.start() < _LONGEST_SEQUENCE:
            self._pending = text[unfinished.start() :]
            text = text[: unfinished.start()]
        self._stream.feed(_NOT_FOR_PYTE.sub("", text))

    def lines(self) -> tuple[str, ...]:
        """The text of each row, one string position a cell: a wide character is followed by a NUL."""
        for row in self._screen.dirty:
            self._lines[row] = self._line(row)
        self._screen.dirty.clear()
        return tuple(self._lines)

    def text(self) -> str:
        """What a person would read, row by row."""
        return "\n".join(line.replace("\0", "") for line in self.lines())

    def _line(self, row: int) -> str:
        cells = self._screen.buffer[row]
        drawn: list[str] = []
        for column in range(self._screen.columns):
            data = cells[column].data
            after_wide = bool(drawn) and drawn[-1] != "\0" and cell_len(drawn[-1]) > 1
            drawn.append(data[:1] or ("\0" if after_wide else " "))
        return "".join(drawn)


class TerminalProgram:
    """A running program and everything that it wrote so far."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, size: tuple[int, int]
    ) -> None:
        """Start a program.

        Args:
            command: The program and its arguments.
            environment: All its variables.
            folder: Its working directory.
            size: Columns and rows of the terminal.
        """
        sys.setswitchinterval(PROMPT_TURNS)
        self.chunks: list[Chunk] = []
        self.ended = False
        self._news = threading.Condition()
        self._near, far = os.openpty()
        columns, rows = size
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=far, stdout=far, stderr=far, env=dict(environment), cwd=folder, start_new_session=True
        )
        os.close(far)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._near, 65536)
            except OSError:
                data = b""
            at = time.perf_counter()
            with self._news:
                if data:
                    self.chunks.append(Chunk(at, data, self.memory_mib("VmHWM"), self._processor_ms()))
                self.ended = not data
                self._news.notify_all()
            if not data:
                return
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        """Answer what a program asks its terminal."""
        answers = [b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0) for mode in _asked_modes(data)]
        answers += [b"\x1b[?62;22c"] * (b"\x1b[c" in data) + [b"\x1b[1;1R"] * data.count(b"\x1b[6n")
        if answers:
            self.send(b"".join(answers))

    def send(self, keys: bytes) -> float:
        """Type; returns when, by the clock of the stamps."""
        at = time.perf_counter()
        try:
            os.write(self._near, keys)
        except OSError:
            self.ended = True
        return at

    def wait_for_output(self, known: int, seconds: float) -> bool:
        """Wait for more than ``known`` chunks; tells whether they came, or the program ended, in time."""
        with self._news:
            return self._news.wait_for(lambda: len(self.chunks) > known or self.ended, seconds)

    def wait_for_quiet(self, known: int, *, quiet: float, first: float, limit: float) -> int:
        """Wait until nothing is written for ``quiet`` seconds; returns the number of chunks.

        Args:
            known: The chunks that were there before.
            quiet: Seconds.
            first: Seconds to wait for the first output.
            limit: Seconds after which it is given up.
        """
        end = time.perf_counter() + limit
        seen = known
        while time.perf_counter() < end and self.wait_for_output(seen, quiet if seen > known else first):
            if self.ended:
                break
            seen = len(self.chunks)
        return len(self.chunks)

    def memory_mib(self, field: str) -> float:
        """``VmRSS``, what is held now, or ``VmHWM``, the most that was held, in MiB; 0 when the program is gone."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0.0
        found = re.search(rf"^{field}:\s*(\d+) kB", status, re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0

    def _processor_ms(self) -> float:
        try:
            spent = Path(f"/proc/{self._process.pid}/schedstat").read_text(encoding="ascii").split()
        except OSError:
            return 0.0
        return int(spent[0]) / 1e6

    def close(self) -> int:
        """Leave by the key, else by signals; returns the exit status."""
        self.send(QUIT)
        for number, seconds in ((None, 3.0), (signal.SIGTERM, 1.0), (signal.SIGKILL, 2.0)):
            if number is not None:
                self._process.send_signal(number)
            try:
                self._process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        self._reader.join(1.0)
        os.close(self._near)
        return self._process.returncode or 0


def _asked_modes(data: bytes) -> list[bytes]:
    return re.findall(rb"\x1b\[\?(\d+)\$p", data)


class Viewer:
    """Draws a program's chunks one after the other and tells when something could be seen."""

    QUIET = 0.02
    """Seconds without output before anything is drawn, so that drawing does not compete with the program."""

    def __init__(self, program: TerminalProgram, size: tuple[int, int] = (COLUMNS, ROWS)) -> None:
        self.program = program
        self.screen = EmulatedScreen(*size)
        self.drawn = 0

    def wait_until(self, is_shown: Callable[[str], bool], *, seconds: float) -> Chunk | None:
        """The chunk after which the screen's text is as wanted; ``None`` when it never was."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            available = self.program.wait_for_quiet(self.drawn, quiet=self.QUIET, first=0.2, limit=1.0)
            for chunk in self.program.chunks[self.drawn : available]:
                self.screen.feed(chunk.data)
                self.drawn += 1
                if is_shown(self.screen.text()):
                    return chunk
            if self.program.ended:
                return None
        return None

    def catch_up(self, *, quiet: float, first: float = 1.0, limit: float = 10.0) -> None:
        """Draw everything until nothing is written for ``quiet`` seconds."""
        available = self.program.wait_for_quiet(self.drawn, quiet=quiet, first=first, limit=limit)
        for chunk in self.program.chunks[self.drawn : available]:
            self.screen.feed(chunk.data)
        self.drawn = available

    def press(self, key: str, view: Callable[[tuple[str, ...]], object], *, quiet: float, limit: float) -> "Reaction":
        """Press a key and wait until it is quiet.

        Args:
            key: Its name.
            view: Takes from the screen's lines what the key is expected to change.
            quiet: Seconds without output after which the key has had its effect.
            limit: Seconds.
        """
        lines = self.screen.lines()
        seen = [view(lines)]
        stamps: list[float] = []
        pressed = self.program.send(key_bytes(key))
        available = self.program.wait_for_quiet(self.drawn, quiet=quiet, first=1.0, limit=limit)
        for chunk in self.program.chunks[self.drawn : available]:
            self.screen.feed(chunk.data)
            seen.append(view(self.screen.lines()))
            stamps.append(chunk.at)
        self.drawn = available
        changes = [at for at, (before, after) in zip(stamps, pairwise(seen), strict=True) if before != after]
        if not changes:
            return Reaction(None, None)
        return Reaction((changes[0] - pressed) * 1000, (changes[-1] - pressed) * 1000)


@dataclass(frozen=True, slots=True)
class Reaction:
    """When a key was seen to have its effect, in milliseconds; ``None`` when it had none."""

    first: float | None
    last: float | None
