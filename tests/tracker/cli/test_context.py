"""Where the database is, what time it is, and in which zone."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.cli.context import make_context, settings_path
from tracker.cli.zone import local_zone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_backups_are_where_backups_of_a_database_are() -> None:
    context = make_context(path=Path("/data/spring.db"), now=None, environment={})
    assert context.backups == Path("/data/spring-backups")


def test_the_database_is_in_the_platforms_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, **_options: tmp_path / name)
    assert make_context(path=None, now=None, environment={}).path == tmp_path / "ashore" / "ashore.db"


def test_the_settings_are_where_the_environment_or_the_platform_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_options: tmp_path / name)
    assert settings_path({}) == tmp_path / "ashore" / "config.toml"
    assert settings_path({"ASHORE_CONFIG": "/etc/mine.toml"}) == Path("/etc/mine.toml")


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
