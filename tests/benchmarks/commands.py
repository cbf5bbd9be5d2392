"""How long a command takes as a whole process, beside the interpreter alone, and what is done without one."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from tests.benchmarks.programs import NOW, ROOT, ashore, environment
from tracker.capture.book import load_book
from tracker.capture.reading import read_lines
from tracker.history import PastEvent, fold
from tracker.stages import Phase, Precision

PASS = (sys.executable, "-c", "pass")
ORM = (sys.executable, "-c", "import sqlmodel")

LINES = (
    "云岭科技 后端 提前批 @牛客 #ABC123 截止 4.20",
    "海川网络 二面 周三 14:00 腾讯会议 123-456-789",
    "昨天星河智能一面过了",
    "前天鹿鸣数据云服务后端一面通过，二面是4月7日下午2点",
    "青禾软件 测评 48小时内",
    "云岭科技那个岗挂了吗",
)
"""Lines as people write them, on companies of the database; the last one writes nothing."""


def ratios(commands: Mapping[str, Sequence[str]], *, floor: Sequence[str], rounds: int) -> dict[str, float]:
    """How many times as long as ``floor`` each command takes: medians of interleaved runs, so that a busy machine
    is busy for all of them."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    floors: list[float] = []
    for _number in range(rounds):
        floors.append(_seconds(floor))
        for name, command in commands.items():
            took[name].append(_seconds(command))
    return {name: median(seconds) / median(floors) for name, seconds in took.items()}


def _seconds(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=dict(environment()))
    return time.perf_counter() - began


def reading_commands(database: Path) -> dict[str, Sequence[str]]:
    """Commands that only read, and are called by shell prompts and scripts."""
    return {
        "agenda": ashore("agenda", "--within", "24h", database=database),
        "log --dry-run": ashore("log", "--dry-run", LINES[1], database=database),
    }


def writing_commands(database: Path) -> dict[str, Sequence[str]]:
    """The command that writes what a line says."""
    return {"log": ashore("log", "--yes", LINES[1], database=database)}


def measure_parsing(database: Path, *, rounds: int) -> float:
    """Milliseconds that reading one line takes, the slowest of the usual ones; the median of several rounds.

    The first round is left out: what is compiled then is compiled once.
    """
    book, now = load_book(database), datetime.fromisoformat(NOW)
    return max(
        _milliseconds(lambda line=line: read_lines(line, book=book, now=now), rounds=rounds)  # type: ignore[misc]
        for line in LINES
    )


def measure_fold(*, events: int, applications: int, rounds: int) -> float:
    """Seconds that folding so many events takes, spread over so many applications."""
    each = events // applications
    histories = [_history(each, first=number * each + 1) for number in range(applications)]

    def fold_all() -> None:
        for history in histories:
            fold(history)

    return _milliseconds(fold_all, rounds=rounds) / 1000


def _milliseconds(work: Callable[[], object], *, rounds: int) -> float:
    work()
    found = []
    for _number in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


def _history(count: int, *, first: int) -> tuple[PastEvent, ...]:
    """Stages, a correction and notes, as a hunt of some months leaves them."""
    now = datetime.fromisoformat(NOW)
    events = [
        PastEvent(first, "stage", "投递", Phase.APPLIED, "", now, Precision.DAY, now),
        PastEvent(first + 1, "stage", "笔试", Phase.WRITTEN_TEST, "", now, Precision.MINUTE, now),
        PastEvent(
            first + 2, "correction", "笔试", Phase.WRITTEN_TEST, "", now, Precision.DAY, now, corrects_id=first + 1
        ),
    ]
    notes = (PastEvent(first + at, "note", "", "", "", now, Precision.MINUTE, now) for at in range(3, count))
    return (*events, *notes)
