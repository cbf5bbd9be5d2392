"""Where the database is, what time it is, and in which zone."""

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
import pytest

from tracker.cli.context import data_folder, make_context, settings_path
from tracker.cli.zone import local_zone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_backups_are_where_backups_of_a_database_are() -> None:
    context = make_context(path=Path("/data/spring.db"), now=None, environment={})
    assert context.backups == Path("/data/spring-backups")


def test_the_folders_of_other_platforms_are_asked_of_the_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, **_options: tmp_path / "data" / name)
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_options: tmp_path / "config" / name)
    assert data_folder({}, platform="darwin") == tmp_path / "data" / "ashore"
    assert settings_path({}, platform="darwin") == tmp_path / "config" / "ashore" / "config.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="the library tells of the platform it runs on")
@pytest.mark.parametrize("value", ["", "/elsewhere", "relative", "/with space/x"])
def test_the_folders_of_linux_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, value)
    assert data_folder(os.environ, platform="linux") == platformdirs.user_data_path("ashore", appauthor=False)
    assert settings_path({"XDG_CONFIG_HOME": value}, platform="linux").parent == platformdirs.user_config_path(
        "ashore", appauthor=False
    )


def test_the_environment_may_name_the_settings() -> None:
    assert settings_path({"ASHORE_CONFIG": "/etc/mine.toml"}) == Path("/etc/mine.toml")


def test_the_database_has_a_usual_name() -> None:
    environment = {"XDG_DATA_HOME": "/data"}
    assert make_context(path=None, now=None, environment=environment).path.name == "ashore.db"


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (datetime.fromisoformat("2026-03-25T10:00"), "Asia/Shanghai", "2026-03-25T10:00:00+08:00"),
        (datetime.fromisoformat("2026-07-01T10:00"), "Europe/Berlin", "2026-07-01T10:00:00+02:00"),
        (datetime(2026, 3, 25, 2, tzinfo=UTC), "Asia/Shanghai", "2026-03-25T10:00:00+08:00"),
        (datetime(2026, 3, 25, 10, tzinfo=timezone(timedelta(hours=8))), "Europe/Berlin", "2026-03-25T03:00:00+01:00"),
    ],
)
def test_a_fixed_clock_is_shown_in_the_zone_of_the_environment(now: datetime, zone: str, expected: str) -> None:
    context = make_context(path=Path("x.db"), now=now, environment={"TZ": zone})
    assert context.now.isoformat() == expected
    assert context.now == context.clock()
    assert str(context.zone) == zone


def test_the_offset_of_a_fixed_clock_is_the_zone_where_nothing_else_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.context.local_zone", lambda _environment: ZoneInfo("UTC"))
    now = datetime(2026, 3, 25, 10, tzinfo=timezone(timedelta(hours=8)))
    assert make_context(path=Path("x.db"), now=now, environment={}).now.isoformat() == "2026-03-25T10:00:00+08:00"


def test_a_local_zone_that_agrees_with_the_offset_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.context.local_zone", lambda _environment: SHANGHAI)
    now = datetime(2026, 3, 25, 10, tzinfo=timezone(timedelta(hours=8)))
    assert make_context(path=Path("x.db"), now=now, environment={}).zone == SHANGHAI


def test_the_real_clock_is_aware_and_goes_on() -> None:
    context = make_context(path=Path("x.db"), now=None, environment={"TZ": "Asia/Shanghai"})
    first = context.now
    assert first.tzinfo == SHANGHAI
    assert context.now >= first


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        (":Asia/Shanghai", "Asia/Shanghai"),
        ("/usr/share/zoneinfo/Asia/Shanghai", "Asia/Shanghai"),
        ("UTC", "UTC"),
    ],
)
def test_the_zone_that_tz_names(asked: str, expected: str) -> None:
    assert str(local_zone({"TZ": asked})) == expected


def test_the_zone_of_the_system_is_told_by_its_link(tmp_path: Path) -> None:
    target = tmp_path / "zoneinfo" / "Asia" / "Shanghai"
    target.parent.mkdir(parents=True)
    target.touch()
    link = tmp_path / "localtime"
    link.symlink_to(target)
    assert local_zone({}, localtime=link) == SHANGHAI


@pytest.mark.parametrize("asked", ["CST-8", "../../etc/passwd", "No/Such", "\0", "/"])
def test_a_zone_without_a_known_name_is_an_offset(asked: str, tmp_path: Path) -> None:
    zone = local_zone({"TZ": asked}, localtime=tmp_path / "none")
    here = datetime(2026, 3, 25, tzinfo=UTC).astimezone()
    assert datetime(2026, 3, 25, tzinfo=UTC).astimezone(zone).utcoffset() == here.utcoffset()
