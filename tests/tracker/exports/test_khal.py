"""The calendar as a real calendar program reads it: khal, which comes with the development environment."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.tracker.exports.planning import NOW, at, export, make_hunt
from tracker.db import Database
from tracker.rounds import edit_round, remove_round

KHAL = Path(sys.executable).with_name("khal")

CONFIGURATION = """\
[calendars]
[[hunt]]
path = {folder}/calendar
type = calendar
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""

FIELDS = ("title", "start-long", "end-long", "status", "uid", "location")


class Khal:
    """khal with a calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self.calendar = folder / "calendar"
        self.calendar.mkdir()
        self.configuration = folder / "config"
        self.configuration.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        run = subprocess.run(
            [str(KHAL), "-c", str(self.configuration), *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={"LC_ALL": "C.UTF-8", "HOME": str(self.calendar.parent), "PATH": "/usr/bin:/bin"},
        )
        return run.stdout

    def take(self, path: Path) -> None:
        self.run("import", "--batch", "-a", "hunt", str(path))

    def list(self) -> dict[str, tuple[str, ...]]:
        """Each event once, by the first part of its UID."""
        fields = [part for field in FIELDS for part in ("--json", field)]
        printed = self.run("list", "--once", *fields, "2026-03-20", "20d")
        events = [event for line in printed.splitlines() for event in json.loads(line)]
        found = {event["uid"].split("@")[0]: event for event in events}
        assert len(found) == len(events)
        return {name: tuple(event.get(field, "") for field in FIELDS[:4]) for name, event in found.items()}


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    folder = tmp_path / "khal"
    folder.mkdir()
    return Khal(folder)


def test_khal_reads_it_again_and_again_without_doubling_anything(
    database: Database, khal: Khal, tmp_path: Path
) -> None:
    path = tmp_path / "hunt.ics"
    make_hunt(database)
    export(database, path)
    khal.take(path)
    shown = {
        "round-1": ("快手 一面", "2026-03-25 14:00", "2026-03-25 15:00", "CONFIRMED"),
        "round-2": ("Stripe 二面", "2026-03-27 09:00", "2026-03-27 10:00", "CONFIRMED"),
        "round-3": ("海康威视 测评 (window)", "2026-03-24 14:00", "2026-03-26 14:00", "CONFIRMED"),
        "round-4": ("得到 HR面", "2026-03-27", "2026-03-27", "CONFIRMED"),
        "deadline-6": (
            "美团: application deadline",
            "2026-03-25 18:00",
            "2026-03-25 19:00",
            "CONFIRMED",
        ),  # an hour of khal's own
        "deadline-7": ("得物: application deadline", "2026-03-25", "2026-03-25", "CONFIRMED"),
    }
    assert khal.list() == shown

    with database.change("edit", now=NOW + timedelta(minutes=5)) as session:
        edit_round(session, round_id=1, starts_at=at(30), ends_at=at(31))
        remove_round(session, round_id=2)
    export(database, path)
    khal.take(path)
    moved = {
        "round-1": ("快手 一面", "2026-03-26 16:00", "2026-03-26 17:00", "CONFIRMED"),
        "round-2": ("Stripe 二面", "2026-03-27 09:00", "2026-03-27 10:00", "CANCELLED"),
    }
    assert khal.list() == shown | moved
    assert len(list(khal.calendar.glob("*.ics"))) == len(shown)


def test_khal_keeps_the_alarms(database: Database, khal: Khal, tmp_path: Path) -> None:
    path = tmp_path / "hunt.ics"
    make_hunt(database)
    export(database, path)
    khal.take(path)
    assert khal.run("list", "--once", "--format", "{title}{alarm-symbol}", "2026-03-25", "1d").count("⏰") == 4
    kept = {file.name.split("@")[0]: Calendar.from_ical(file.read_bytes()) for file in khal.calendar.glob("*.ics")}
    numbers = {name: len(calendar.walk("VALARM")) for name, calendar in kept.items()}
    assert numbers == {"round-1": 2, "round-2": 2, "round-3": 2, "round-4": 1, "deadline-6": 1, "deadline-7": 1}
