"""Whole processes: the import of a large notes file, and a walk through every screen."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.programs import ROOT, ashore, environment
from tests.benchmarks.terminal import Viewer, key_bytes

TOUR: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("columns of the board", ("c", "c")),
    ("help", ("?", "escape")),
    ("all actions", ("ctrl+p", "escape")),
    ("filter", ("/", "k", "escape", "escape")),
    ("history of changes", ("h", "escape")),
    ("briefing", ("b", "pagedown", "escape")),
    ("company", ("enter", "pagedown", "tab", "escape")),
    ("companies", ("2", "down", "enter", "escape")),
    ("third place", ("3", "down", "enter", "escape")),
    ("fourth place", ("4", "down", "enter", " ", "escape")),
    ("fifth place", ("5", "down", "enter", "escape")),
    ("sixth place", ("6", "down", "enter", "escape")),
    ("home again", ("1", "down")),
)
"""Every screen, and the keys that open it, look around in it and leave it."""


@dataclass(frozen=True, slots=True)
class Tour:
    """A walk through every screen."""

    resident_mib: float
    """Held at its end."""
    peak_mib: float
    unseen: tuple[str, ...]
    """Screens whose first key changed nothing."""


def walk_through(viewer: Viewer) -> Tour:
    """Open every screen once, as a person would."""
    unseen: list[str] = []
    for name, keys in TOUR:
        for number, key in enumerate(keys):
            before = viewer.screen.text()
            viewer.program.send(key_bytes(key))
            viewer.catch_up(quiet=0.3)
            if number == 0 and viewer.screen.text() == before:
                unseen.append(name)
    program = viewer.program
    return Tour(program.memory_mib("VmRSS"), program.memory_mib("VmHWM"), tuple(unseen))


def measure_import(file: Path, *, folder: Path, rounds: int) -> float:
    """Seconds that ``ashore import FILE`` takes as a whole process, on a new database each time: the median.

    Raises:
        subprocess.CalledProcessError: the import failed.
    """
    return median(_import_once(file, folder / f"import-{number}.db") for number in range(rounds))


def _import_once(file: Path, database: Path) -> float:
    began = time.perf_counter()
    run(ashore("import", str(file), database=database))
    return time.perf_counter() - began


def run(command: Sequence[str]) -> None:
    """Run a command to its end, silently.

    Raises:
        subprocess.CalledProcessError: it failed; its messages are in the exception.
    """
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=dict(environment()))
