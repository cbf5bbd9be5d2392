"""``ashore week``."""

import json
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.tracker.cli.running import Ashore
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.pipeline import move_to

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def hunt(database: Database) -> Database:
    """One application that moved this week, and one that did last week."""
    with database.change("seed", now=NOW) as session:
        for name, days in (("青禾", 1), ("海潮云", 6)):
            company_id = add_company(session, name=name, now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            for label, back in (("投递", 20), ("笔试", days)):
                at = At.day(NOW - timedelta(days=back))
                move_to(session, application_id=application_id, label=label, now=NOW, at=at)
    return database


@pytest.mark.parametrize(
    ("words", "week", "moved"),
    [
        ((), "2026-W13", ["青禾"]),
        (("--of", "last"), "2026-W12", ["海潮云"]),
        (("--of", "上周"), "2026-W12", ["海潮云"]),
        (("--of", "next"), "2026-W14", []),
        (("--of", "2026-03-22"), "2026-W12", ["海潮云"]),
        (("--of", "3.23"), "2026-W13", ["青禾"]),
        (("--of", "2026-01-01"), "2026-W01", []),
        (("--of", "1999-12-31"), "1999-W52", []),
    ],
)
def test_the_week_of_a_day_is_reviewed(
    hunt: Database, ashore: Ashore, words: tuple[str, ...], week: str, moved: list[str]
) -> None:
    assert hunt.path.exists()
    found = ashore("week", *words, "--json").document
    assert found["week"] == week
    assert [one["company"] for one in found["moved"]] == moved
    assert found["counts"]["moved"] == len(moved)


def test_every_format_and_a_file_that_only_its_owner_reads(hunt: Database, ashore: Ashore, tmp_path: Path) -> None:
    assert hunt.path.exists()
    assert ashore("week").stdout.startswith("Week 13 · 03-23 – 03-29 · the present week\n")
    assert ashore("week", "--format", "markdown").stdout.startswith("# Week 13 · 03-23 – 03-29\n")
    assert ashore("week", "--format", "html").stdout.startswith("<!doctype html>")
    assert ashore("week", "--format", "json").stdout == ashore("week", "--json").stdout
    for style, begin in (("html", "<!doctype html>"), ("json", "{"), ("text", "Week 13")):
        path = tmp_path / f"week.{style}"
        ran = ashore("week", "--format", style, "--output", str(path))
        assert (ran.exit_code, ran.stdout) == (0, "")
        assert str(path) in ran.stderr
        assert path.read_text(encoding="utf-8").startswith(begin)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))["week"] == "2026-W13"


@pytest.mark.parametrize("words", ["foo", "2026-13-40", "25:00", "", "99999-01-01"])
def test_what_is_no_day_is_refused_with_a_reason(hunt: Database, ashore: Ashore, words: str) -> None:
    assert hunt.path.exists()
    assert ashore("week", "--of", words).reason


def test_what_cannot_be_written_is_said(ashore: Ashore, hunt: Database, tmp_path: Path) -> None:
    assert hunt.path.exists()
    assert "cannot be written" in ashore("week", "--output", str(tmp_path)).reason
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for words in ((), ("--force",)):
        assert "is not a file" in ashore("week", "--output", str(pipe), *words).reason
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be written" in ashore("week", "--output", str(tmp_path / "file" / "week.html")).reason


def test_without_a_database_it_says_how_to_begin(ashore: Ashore, tmp_path: Path) -> None:
    assert "Nothing is here yet" in ashore("week", "--db", str(tmp_path / "none.db")).reason
