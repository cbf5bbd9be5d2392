"""How long a megabyte takes to be read and written, and to be read again, in one process."""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from prep.importing import import_files
from prep.storage import open_database
from tests.benchmarks.notes_file import notes_text

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, tzinfo=ZONE)
TIMES = 7
"""As many as make a megabyte of the usual file."""
ROUNDS = 5
FIRST, SECOND = 1.5, 0.5
"""Seconds within which the two imports have to be done."""


def measure_imports(text: str, folder: Path, *, rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds of the first and the second import of a text, each pair on a database of its own."""
    file = folder / "notes.md"
    file.write_text(text, encoding="utf-8")
    for number in range(rounds):
        database = open_database(folder / f"{number}.db", now=NOW)
        times = [time.perf_counter()]
        for _twice in range(2):
            import_files(database, [file], now=NOW, zone=ZONE)
            times.append(time.perf_counter())
        database.engine.dispose()
        yield times[1] - times[0], times[2] - times[1]


def main() -> int:
    """Print the best and the median of both; the exit status tells whether the best are within their bounds."""
    missed = 0
    for name, with_lists in (("notes alone", False), ("with lists and logs", True)):
        text = notes_text(times=TIMES, with_lists=with_lists)
        with tempfile.TemporaryDirectory(prefix="ashore-benchmark-") as folder:
            pairs = list(measure_imports(text, Path(folder), rounds=ROUNDS))
        for which, bound, seconds in zip(("first", "second"), (FIRST, SECOND), zip(*pairs, strict=True), strict=True):
            missed += min(seconds) > bound
            found = f"best {min(seconds):.2f} s, median {median(seconds):.2f} s <= {bound} s"
            print(f"{which} import of {len(text.encode()) // 1000} KB, {name}: {found}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
