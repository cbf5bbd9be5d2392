"""The group: lazy, translated, with global options before and behind a command's name, and refusals in one line."""

import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest

from tests.tracker.cli.running import Ashore
from tracker.cli.program import COMMANDS, program
from tracker.settings import Settings

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "pandas", "pypinyin", "markdown_it", "rapidfuzz", "fsrs", "dateutil")


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "ASHORE_LANG": "en", **environment},
    )


def test_python_dash_m_tells_the_version() -> None:
    ran = _python("-m", "tracker", "--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "ashore 0.1.0\n", "")


def test_nothing_heavy_is_imported_before_the_dashboard_takes_over(tmp_path: Path) -> None:
    code = f"""
import sys
import tracker.dashboard.launch as launch
def run_dashboard(**options):
    print(sorted({HEAVY} & {{name.split('.')[0] for name in sys.modules}}), *options)
    return 3
launch.run_dashboard = run_dashboard
sys.argv = ["ashore"]
from tracker.cli import main
main()
""".replace(f"{HEAVY}", f"set({HEAVY})")
    ran = _python("-c", code, ASHORE_DB=str(tmp_path / "none.db"))
    assert (ran.stdout, ran.returncode) == ("[] path backups clock settings first_page\n", 3)


def test_help_imports_no_command() -> None:
    code = """
import sys
from tracker.cli.program import COMMANDS, program
program(["--help"], standalone_mode=False)
modules = {f"tracker.cli.{target.split(':')[0]}" for target, _help in COMMANDS.values()}
print(sorted(modules & set(sys.modules)))
"""
    assert _python("-c", code).stdout.endswith("\n[]\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_where_the_group_says_and_explains_itself(run: Ashore, name: str) -> None:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    assert found.name == name
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert "Usage: ashore " + name in shown.stdout
    assert any(parameter.name == "as_json" for parameter in found.params) == ("JSON:" in shown.stdout)


def test_help_lists_every_command_in_the_language_asked_for(run: Ashore) -> None:
    shown = run("--lang", "en", "--help").stdout
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []
    assert "throw-away demo data" in shown
    assert "Fix the clock" in shown


def test_the_language_is_chosen_for_the_process(run: Ashore) -> None:
    assert run("--lang", "zh_CN", "--version").exit_code == 0
    assert os.environ["ASHORE_LANG"] == "zh_CN"
    assert run("--lang", "fr", "--version").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--now", "yesterday", "companies"),
        ("companies", "--now", "2026-13-01"),
        ("--now", "9999-12-31T23:59:59-12:00", "companies"),
        ("nonsense",),
        ("companies", "--nonsense"),
        ("companies", "--tier", "Z"),
        ("history",),
        ("move", "快手"),
        ("practice", "1", "perfect"),
        ("practice", "one", "good"),
        ("practice", "1", "good", "--seconds", "-1"),
        ("import",),
        ("import", "x.md", "--year", "99"),
        ("brief", "快手", "--format", "pdf"),
        ("changes", "--limit", "0"),
        ("export",),
    ],
)
def test_what_is_not_understood_is_usage_and_exit_status_2(ashore: Ashore, arguments: tuple[str, ...]) -> None:
    ran = ashore(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "Error: " in ran.stderr


def test_a_clock_in_the_environment_is_checked_too(run: Ashore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASHORE_NOW", "soon")
    assert run("companies").exit_code == 2


def test_global_options_stand_before_or_behind_the_command_or_in_the_environment(
    run: Ashore, database_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--db", database_path, "--now", "2026-03-25T10:00", "import", notes).exit_code == 0
    monkeypatch.setenv("ASHORE_DB", str(database_path))
    monkeypatch.setenv("ASHORE_NOW", "2026-03-26")
    (only,) = run("changes", "--json").document
    assert only["recorded_at"] == "2026-03-25T10:00:00+08:00"
    assert run("--db", database_path.with_name("none.db"), "changes", "--json").document == []
    assert run("changes", "--json", "--db", database_path.with_name("none.db")).document == []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the dashboard was opened with."""
    calls: list[dict[str, Any]] = []

    def run_dashboard(**options: Any) -> int:
        calls.append(options)
        return 0

    monkeypatch.setattr("tracker.dashboard.launch.run_dashboard", run_dashboard)
    return calls


def test_without_a_command_the_dashboard_opens(run: Ashore, opened: list[dict[str, Any]], tmp_path: Path) -> None:
    assert run("--db", tmp_path / "mine.db", "--now", "2026-03-25T10:00").exit_code == 0
    ((call),) = opened
    assert call["path"] == tmp_path / "mine.db"
    assert call["backups"] == tmp_path / "mine-backups"
    assert call["clock"]() == datetime(2026, 3, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert call["settings"] == Settings()


def test_the_persons_settings_reach_the_dashboard(
    run: Ashore, opened: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    monkeypatch.setenv("ASHORE_CONFIG", str(config))
    config.write_text('season = "2026 春招"\n', encoding="utf-8")
    assert run("--db", tmp_path / "mine.db").exit_code == 0
    assert opened[0]["settings"] == Settings(season="2026 春招")
    config.write_text("saison = 1\n", encoding="utf-8")
    assert "there is no setting «saison»" in run("--db", tmp_path / "mine.db").reason


def test_the_language_of_the_settings_gives_way_to_the_environment(
    run: Ashore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('language = "zh_CN"\n', encoding="utf-8")
    monkeypatch.setenv("ASHORE_CONFIG", str(config))
    assert run("--db", tmp_path / "none.db", "companies").exit_code == 0
    assert os.environ["ASHORE_LANG"] == "en"
    monkeypatch.delenv("ASHORE_LANG")
    assert run("--db", tmp_path / "none.db", "companies").exit_code == 0
    assert os.environ["ASHORE_LANG"] == "zh_CN"


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def _stranger(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE todo (id INTEGER)")
    connection.close()


def _text(path: Path) -> None:
    path.write_text("my notes, not a database\n" * 50, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"), [(_newer, "newer Ashore"), (_stranger, "not a database of Ashore"), (_text, "not a database")]
)
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("companies", "--json"),
        ("applications",),
        ("history", "快手"),
        ("move", "快手", "一面"),
        ("questions",),
        ("undo",),
        ("changes",),
        ("review",),
        ("backup",),
        ("brief", "快手"),
        ("import", "NOTES"),
        ("export", "out.json"),
    ],
)
def test_a_database_that_is_not_ours_or_newer_is_refused_untouched(
    ashore: Ashore, database_path: Path, notes: Path, spoil: Any, words: str, arguments: tuple[str, ...]
) -> None:
    spoil(database_path)
    before = database_path.read_bytes()
    ran = ashore(*(notes if argument == "NOTES" else argument for argument in arguments))
    assert words in ran.reason
    assert "not touched" in ran.reason
    assert database_path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [("companies",), ("applications",), ("questions",), ("changes",), ("review",)], ids=" ".join
)
def test_lists_of_a_missing_database_are_empty_and_make_none(
    run: Ashore, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "none.db"
    shown = run("--db", path, *arguments)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "Begin with: ashore import FILE" in shown.stderr
    assert run("--db", path, *arguments, "--json").document == []
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("history", "快手"),
        ("move", "快手", "一面"),
        ("undo",),
        ("redo",),
        ("brief", "快手"),
        ("practice", "1", "good"),
        ("review", "--dismiss", "1"),
        ("export", "out.json"),
        ("backup",),
    ],
    ids=" ".join,
)
def test_what_needs_a_database_says_how_to_begin_and_makes_none(
    run: Ashore, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "none.db"
    assert "Begin with: ashore import FILE" in run("--db", path, *arguments).reason
    assert not path.exists()


@pytest.mark.usefixtures("begun")
def test_a_latin_terminal_shows_question_marks_instead_of_failing(database_path: Path) -> None:
    common = ("-m", "tracker", "--db", str(database_path), "companies")
    shown = _python(*common, PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "??" in shown.stdout
    assert "字节跳动" in _python(*common, "--json", PYTHONIOENCODING="ascii").stdout


@pytest.mark.usefixtures("begun")
def test_a_reader_that_leaves_early_sees_no_traceback(database_path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "--db", str(database_path), "companies"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
