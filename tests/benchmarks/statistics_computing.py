"""How long all figures of a hunt take, in a process of their own that has loaded nothing before."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.programs import NOW, ROOT, environment

_PROGRAM = """
import sys, time
began = time.perf_counter()
from datetime import datetime
from pathlib import Path
from tracker.statistics.computing import compute_statistics
import pandas
loaded = time.perf_counter()
compute_statistics(Path(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]))
print(loaded - began, time.perf_counter() - loaded, time.process_time())
"""


@dataclass(frozen=True, slots=True)
class Computing:
    """Seconds of one run."""

    whole: float
    """The process from its start to its end."""
    loading: float
    """Importing pandas and the computation."""
    computing: float
    """Reading the database and computing every figure of every group."""
    processor: float
    """What of the whole the processor worked: other programs disturb it less."""


def measure_statistics(database: Path, *, rounds: int) -> tuple[Computing, ...]:
    """Compute all figures so often, each time in a new process; the first run warms the files and is left out.

    Raises:
        subprocess.CalledProcessError: the computation failed.
    """
    return tuple(_once(database) for _number in range(rounds + 1))[1:]


def _once(database: Path) -> Computing:
    began = time.perf_counter()
    done = subprocess.run(
        (sys.executable, "-c", _PROGRAM, str(database), NOW),
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(environment()),
    )
    whole = time.perf_counter() - began
    loading, computing, processor = map(float, done.stdout.split())
    return Computing(whole, loading, computing, processor)
