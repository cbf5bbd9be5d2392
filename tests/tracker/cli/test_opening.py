"""``ashore`` alone opens what ``ashore`` with its parser would open."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.cli.opening import is_plain, open_plainly


@pytest.mark.parametrize(
    ("arguments", "environment", "plain"),
    [
        ([], {}, True),
        ([], {"ASHORE_DB": "a.db", "ASHORE_NOW": "2026-03-25T10:00"}, True),
        ([], {"ASHORE_NOW": ""}, True),
        ([], {"ASHORE_NOW": "yesterday"}, False),
        ([], {"ASHORE_NOW": "9999-12-31T23:59:59-12:00"}, False),
        ([], {"_ASHORE_COMPLETE": "zsh_source"}, False),
        (["doctor"], {}, False),
        (["--help"], {}, False),
    ],
)
def test_the_parser_is_asked_where_it_is_needed(arguments: list[str], environment: dict[str, str], plain: bool) -> None:
    assert is_plain(arguments, environment) is plain


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the dashboard was opened with."""
    calls: list[dict[str, Any]] = []

    def run_dashboard(**options: Any) -> int:
        calls.append(options)
        return 3

    monkeypatch.setattr("tracker.dashboard.launch.run_dashboard", run_dashboard)
    return calls


def test_the_variables_say_what_is_opened(opened: list[dict[str, Any]], tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("silent_days = 9\n", encoding="utf-8")
    variables = {"ASHORE_CONFIG": str(config), "ASHORE_DB": str(tmp_path / "mine.db"), "TZ": "Asia/Shanghai"}
    assert open_plainly(variables | {"ASHORE_NOW": "2026-03-25T10:00"}) == 3
    ((call),) = opened
    assert call["path"] == tmp_path / "mine.db"
    assert call["backups"] == tmp_path / "mine-backups"
    assert call["clock"]() == datetime(2026, 3, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert call["settings"].silent_days == 9


def test_a_setting_that_is_wrong_is_named(
    opened: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("colour = 'red'\n", encoding="utf-8")
    assert open_plainly({"ASHORE_CONFIG": str(config)}) == 1
    assert "colour" in capsys.readouterr().err
    assert opened == []
