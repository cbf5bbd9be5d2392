"""Starting: what the first paint may not wait for, what a refused file says, what a crash shows."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tracker.dashboard.crash import crash_report
from tracker.dashboard.launch import make_app
from tracker.errors import DatabaseRefusedError, RefusedError

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pandas",
    "pypinyin",
    "httpx",
    "openai",
    "markdown_it",
    "dateutil",
    "fsrs",
)

FIRST_PAINT = """
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from tracker.dashboard.launch import make_app

def painted():
    shown = "".join(strip.text for strip in app.screen._compositor.render_strips())
    print(company in shown, *sorted(set(heavy) & sys.modules.keys()), sep=",", file=sys.__stdout__)
    app.exit()

path, company, *heavy = sys.argv[1:]
now = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
app = make_app(path=Path(path), backups=None, clock=lambda: now, on_first_paint=painted)
app.run(headless=True, size=(120, 40))
"""


def test_nothing_heavy_is_imported_before_the_first_paint(hunt: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(hunt), "快手", *HEAVY],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert run.stdout.strip() == "True"


def test_a_file_that_is_not_ours_is_refused_untouched(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("快手：投递—笔试(04-01 19:00)—\n" * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatabaseRefusedError):
        make_app(path=path, backups=None, clock=clock)
    assert path.read_bytes() == before


def test_a_crash_names_places_and_no_values() -> None:
    def fail(note: str) -> None:
        raise RuntimeError(note)

    with pytest.raises(RuntimeError) as caught:
        fail("my private note")
    report = crash_report(caught.value).plain
    assert "test_launch.py" in report
    assert "RuntimeError" in report
    assert "private" not in report
    assert crash_report(RefusedError("It is [/x] there.")).plain == "It is [/x] there."
