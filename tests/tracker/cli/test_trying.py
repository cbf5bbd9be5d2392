"""``ashore demo``: a database of its own, gone afterwards."""

from pathlib import Path
from typing import Any

import pytest

from tests.tracker.cli.running import Ashore
from tracker.board import load_board
from tracker.settings import Settings


def test_the_demo_never_touches_the_persons_data(run: Ashore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    def run_dashboard(*, path: Path, backups: Path | None, clock: Any, settings: Any, throw_away: bool) -> int:
        assert len(load_board(path).rows) > 10
        assert (backups, settings, throw_away) == (None, Settings(), True)
        assert clock().isoformat() == "2026-03-25T10:00:00+08:00"
        seen.append(path)
        return 0

    monkeypatch.setattr("tracker.dashboard.launch.run_dashboard", run_dashboard)
    mine = tmp_path / "mine.db"
    assert run("--db", mine, "--now", "2026-03-25T10:00", "demo").exit_code == 0
    (path,) = seen
    assert not path.parent.exists()
    assert not mine.exists()


def test_the_demo_leaves_nothing_when_the_dashboard_fails(run: Ashore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    def run_dashboard(*, path: Path, **_options: Any) -> int:
        seen.append(path)
        raise RuntimeError

    monkeypatch.setattr("tracker.dashboard.launch.run_dashboard", run_dashboard)
    with pytest.raises(RuntimeError):
        run("demo")
    assert not seen[0].parent.exists()
