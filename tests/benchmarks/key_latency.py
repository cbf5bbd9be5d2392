"""From a key to what it changes on the board, as a person would see it."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice, repeat

from tests.benchmarks.first_paint import LONGEST, NeverPaintedError
from tests.benchmarks.programs import Candidate
from tests.benchmarks.terminal import Viewer

CURSOR = "▸"
BORDER = "│▏▕┃╮╯"

QUIET = 0.1
"""Seconds without output after which a key has had its effect."""
PAUSE = 0.06
"""Seconds between two keys: the program is idle when the next one comes."""
LIMIT = 5.0
"""Seconds that one key may take."""
UNTIL_IDLE = 0.8
"""Seconds without output after which everything that follows the first paint is loaded."""
FIRST_CHANGE = 5.0
"""Seconds without output after which the first change of a day has had its effect."""
LOADING = 1.6
"""Seconds after the first paint in which the rest of the program is loaded."""

TYPED = ("k", "e", "j", "i")
"""A filter by pinyin (科技) that one company in nineteen passes."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """What keys of one kind took, in milliseconds, in the order in which they were pressed."""

    milliseconds: tuple[float, ...]
    missed: int = 0
    """Keys that changed nothing."""

    def percentile(self, percent: float) -> float:
        """The value that so many percent stay below; infinite when there is none, or keys were missed."""
        if not self.milliseconds or self.missed:
            return float("inf")
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


class BoardView:
    """The part of the screen where the board is: between its borders, from the mark of the cursor on."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Find the board.

        Raises:
            NeverPaintedError: there is no cursor on the screen.
        """
        row = next((line for line in lines if CURSOR in line), None)
        if row is None:
            raise NeverPaintedError("no cursor on the board\n" + "\n".join(lines).replace("\0", ""))
        self._start = row.index(CURSOR)
        self._end = next((at for at in range(self._start, len(row)) if row[at] in BORDER), len(row))

    def __call__(self, lines: Sequence[str]) -> tuple[str, ...]:
        """What stands on the board; the last line of the screen is not part of it."""
        return tuple(line[self._start : self._end] for line in lines[:-1])

    def cursor_row(self, lines: Sequence[str]) -> str:
        """The row under the cursor."""
        return next((row for row in self(lines) if CURSOR in row), "")


@contextmanager
def opened(candidate: Candidate) -> Iterator[Viewer]:
    """A program that is on the screen and has come to rest.

    Raises:
        NeverPaintedError: it did not show what it should.
    """
    program = candidate.start()
    try:
        viewer = Viewer(program)
        if viewer.wait_until(candidate.is_painted, seconds=LONGEST) is None:
            raise NeverPaintedError(f"{candidate.name}\n{viewer.screen.text()}")
        viewer.catch_up(quiet=UNTIL_IDLE, first=UNTIL_IDLE * 2)
        yield viewer
    finally:
        program.close()


def measure_keys(viewer: Viewer, keys: Sequence[str], *, warm_up: int = 2) -> Latencies:
    """Press keys that change the board; a key is done with its last change there."""
    view = BoardView(viewer.screen.lines())
    found: list[float] = []
    missed = 0
    for number, key in enumerate(keys):
        reaction = viewer.press(key, view, quiet=QUIET, limit=LIMIT)
        time.sleep(PAUSE)
        if number < warm_up:
            continue
        if reaction.last is None:
            missed += 1
        else:
            found.append(reaction.last)
    return Latencies(tuple(found), missed)


def walk(key: str, back: str, *, count: int) -> tuple[str, ...]:
    """So many presses of a key, then as many of the one that leads back."""
    return (*repeat(key, count), *repeat(back, count))


def measure_filter(viewer: Viewer, *, rounds: int) -> tuple[Latencies, Latencies]:
    """Type a filter, clear it, and again; returns what the letters took, and what it took to show all rows anew."""
    view = BoardView(viewer.screen.lines())
    typed: list[float | None] = []
    cleared: list[float | None] = []
    for _number in range(rounds):
        viewer.press("/", view, quiet=0.25, limit=LIMIT)
        for key in TYPED:
            typed.append(viewer.press(key, view, quiet=QUIET, limit=LIMIT).last)
            time.sleep(PAUSE)
        cleared.append(viewer.press("escape", view, quiet=0.25, limit=LIMIT).last)
        viewer.press("escape", view, quiet=0.25, limit=LIMIT)
    return _latencies(typed), _latencies(cleared)


def _latencies(found: Sequence[float | None]) -> Latencies:
    """Letters after the first may leave the same rows on the screen: that is not a miss."""
    return Latencies(tuple(value for value in found if value is not None))


def measure_stage_changes(viewer: Viewer, *, rounds: int, quiet: float = 0.4) -> tuple[float, Latencies]:
    """Advance one application after the other; a key is done when the row under the cursor shows its new stage.

    Returns what the first change took, in milliseconds, and what the others did: with the first one the day's backup is
    made and the modules of a change are imported.
    """
    view = BoardView(viewer.screen.lines())
    first = viewer.press(">", view.cursor_row, quiet=FIRST_CHANGE, limit=4 * FIRST_CHANGE).first
    found: list[float] = []
    missed = 0
    for _number in range(rounds):
        viewer.press("down", view, quiet=quiet, limit=LIMIT)
        reaction = viewer.press(">", view.cursor_row, quiet=quiet, limit=LIMIT)
        if reaction.first is None:
            missed += 1
        else:
            found.append(reaction.first)
    return first or float("inf"), Latencies(tuple(found), missed)


def measure_views(viewer: Viewer, *, rounds: int) -> tuple[Latencies, Latencies]:
    """Change between table and columns, again and again; returns what it took to paint the columns, and the table.

    Only the middle of the screen counts, where both stand: the panels beside the table are filled later.
    """
    found: tuple[list[float], list[float]] = ([], [])
    missed = 0
    for number in range(2 * (rounds + 1)):
        reaction = viewer.press("c", _middle, quiet=0.25, limit=LIMIT)
        if reaction.last is None:
            missed += 1
        elif number > 1:
            found[number % 2].append(reaction.last)
    columns, table = found
    return Latencies(tuple(columns), missed), Latencies(tuple(table), missed)


def _middle(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line[len(line) // 3 : len(line) * 2 // 3] for line in lines[3:-1])


def measure_while_loading(candidate: Candidate) -> Latencies:
    """Move the cursor from the first paint on, while a thread loads the rest of the program.

    Raises:
        NeverPaintedError: the program did not show what it should.
    """
    program = candidate.start()
    try:
        viewer = Viewer(program)
        chunk = viewer.wait_until(candidate.is_painted, seconds=LONGEST)
        if chunk is None:
            raise NeverPaintedError(f"{candidate.name}\n{viewer.screen.text()}")
        view = BoardView(viewer.screen.lines())
        found: list[float] = []
        keys = chain.from_iterable(repeat(walk("down", "up", count=10)))
        for key in islice(keys, 200):
            if time.perf_counter() - chunk.at > LOADING:
                break
            reaction = viewer.press(key, view, quiet=0.012, limit=LIMIT)
            if reaction.first is not None:
                found.append(reaction.first)
        return Latencies(tuple(found))
    finally:
        program.close()
