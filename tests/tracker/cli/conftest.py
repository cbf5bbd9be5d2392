"""Running commands in this process, on a migrated database and with a fixed clock."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.tracker.cli.running import Ashore, Ran
from tracker.cli.program import program

NOW = "2026-03-25T10:00:00"

HUNT = """\
# 求职

S
字节跳动、快手（投）、得到

A
Farfetch、[/x]、海康威视（X）

字节跳动：投递—笔试(04-01 19:00)—
快手：投递—一面挂】
"""

NOTES = """\
# 微调

1. <u>LoRA 的秩怎么选？</u>

   从 8 开始，看验证集；`[MASK]` 不受影响。

2. 什么是 P-tuning？

# RAG

1. 召回和排序各解决什么问题？

   召回求全，排序求准。
"""


@pytest.fixture(autouse=True)
def shanghai(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The environment of every command: nothing of the person who runs the tests gets in."""
    monkeypatch.setenv("ASHORE_CONFIG", str(tmp_path_factory.getbasetemp() / "no-config.toml"))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("ASHORE_LANG", "en")
    monkeypatch.delenv("ASHORE_DB", raising=False)
    monkeypatch.delenv("ASHORE_NOW", raising=False)


@pytest.fixture
def run() -> Ashore:
    """Run with exactly these arguments."""

    def invoke(*arguments: object) -> Ran:
        result = CliRunner().invoke(program, [str(argument) for argument in arguments], catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def ashore(run: Ashore, database_path: Path) -> Ashore:
    """Run on an empty migrated database, at a fixed time."""

    def invoke(*arguments: object, now: str = NOW) -> Ran:
        return run("--db", database_path, "--now", now, *arguments)

    return invoke


@pytest.fixture
def hunt(tmp_path: Path) -> Path:
    path = tmp_path / "hunt.md"
    path.write_text(HUNT, encoding="utf-8")
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The hunt and the notes as the files that ``begun`` was imported from; not to be written to."""
    folder = tmp_path_factory.mktemp("imported")
    hunt, notes = folder / "hunt.md", folder / "notes.md"
    hunt.write_text(HUNT, encoding="utf-8")
    notes.write_text(NOTES, encoding="utf-8")
    return hunt, notes


@pytest.fixture(scope="session")
def begun_path(template_path: Path, imported: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the hunt and the notes, made once and copied for each test."""
    path = tmp_path_factory.mktemp("begun") / "ashore.db"
    shutil.copy(template_path, path)
    common = ("--lang", "en", "--db", str(path), "--now", f"{NOW}+08:00")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        result = CliRunner().invoke(program, [*common, "import", *map(str, imported)], catch_exceptions=False)
    assert result.exit_code == 0
    return path


@pytest.fixture
def begun(ashore: Ashore, database_path: Path, begun_path: Path) -> Ashore:
    """Run on a database that holds the hunt and the notes."""
    shutil.copy(begun_path, database_path)
    return ashore
