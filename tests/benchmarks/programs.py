"""What is measured: the program on a database, the bare app, and how to tell that the board is on the screen."""

import compileall
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import bare_app
from tests.benchmarks.terminal import COLUMNS, ROWS, TerminalProgram

ROOT = Path(__file__).resolve().parents[2]

NOW = "2026-03-25T10:00:00+08:00"
"""The clock of every run, and the day around which the databases are made."""

ROWS_OF_A_BOARD = 15
"""Companies beside their tiers that are on the screen when a board is."""

_ROW = re.compile(r"[\u4e00-\u9fff…] +[SABCN] ")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program and the sight of it."""

    name: str
    command: tuple[str, ...]
    is_painted: Callable[[str], bool]
    variables: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> TerminalProgram:
        """Run it in a new terminal."""
        variables = {**environment(), **self.variables}
        return TerminalProgram(self.command, environment=variables, folder=ROOT, size=(COLUMNS, ROWS))


def environment() -> Mapping[str, str]:
    """The variables of a run: a modern terminal, Chinese, nothing of a person's own settings."""
    foreign = ("ASHORE_", "PYTHON", "TEXTUAL", "TMUX")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    for name in ("COLUMNS", "LINES", "STY"):
        kept.pop(name, None)
    wanted = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return {**kept, **wanted, "ASHORE_LANG": "zh_CN", "TZ": "Asia/Shanghai"}


def ashore(*arguments: str, database: Path) -> tuple[str, ...]:
    """The command line of the program on a database."""
    return (sys.executable, "-m", "tracker", "--db", str(database), "--now", NOW, *arguments)


def compile_program() -> None:
    """Compile the packages, as their installation does: a checkout's first start would pay for it else."""
    for package in ("tracker", "prep"):
        compileall.compile_dir(ROOT / package, quiet=1)


def board_is_painted(text: str) -> bool:
    """Whether the screen shows rows of the board."""
    return len(_ROW.findall(text)) >= ROWS_OF_A_BOARD


def bare() -> Candidate:
    """The smallest Textual app."""
    return Candidate(
        "bare app", (sys.executable, "-m", "tests.benchmarks.bare_app"), lambda text: bare_app.PAINTED in text
    )


def dashboard(name: str, database: Path) -> Candidate:
    """The dashboard on a database, opened as a person does: without arguments."""
    variables = {"ASHORE_DB": str(database), "ASHORE_NOW": NOW}
    return Candidate(name, (sys.executable, "-m", "tracker"), board_is_painted, variables)
