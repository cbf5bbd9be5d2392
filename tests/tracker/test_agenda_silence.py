"""Which applications nothing was heard of for too long, as home and the agenda count it."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.agenda_silence import Silent, read_silent
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.pipeline import move_to, record_outcome, set_pool
from tracker.rounds import edit_round, plan_round
from tracker.settings import SilenceLimits, load_settings
from tracker.today import load_today

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Add = Callable[..., int]


@pytest.fixture
def add(database: Database) -> Add:
    def add_one(name: str, stage: str, at: At) -> int:
        with database.change("add", now=NOW) as session:
            company_id = add_company(session, name=name, now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            move_to(session, application_id=application_id, label=stage, now=NOW, at=at)
        return application_id

    return add_one


def days_ago(days: int, hour: int = 10) -> At:
    return At.minute((NOW - timedelta(days=days)).replace(hour=hour))


def silent(database: Database, limits: SilenceLimits | None = None, now: datetime = NOW) -> dict[str, int]:
    with sqlite3.connect(database.path) as connection:
        found = read_silent(connection, now=now, limits=limits or SilenceLimits())
    connection.close()
    return {item.company: item.days for item in found}


@pytest.mark.parametrize(
    ("stage", "days", "listed"),
    [
        ("投递", 14, False),
        ("投递", 15, True),
        ("测评", 10, False),
        ("测评", 11, True),
        ("笔试", 11, True),
        ("一面", 7, False),
        ("HR面", 8, True),
        ("offer", 8, True),
        ("三方", 300, False),
    ],
)
def test_each_phase_has_its_own_limit(database: Database, add: Add, stage: str, days: int, *, listed: bool) -> None:
    add("快手", stage, days_ago(days))
    assert silent(database) == ({"快手": days} if listed else {})


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (7, 59), (8, 0), (23, 59)])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "UTC", "Pacific/Auckland"])
def test_whole_calendar_days_count_wherever_the_person_is(
    database: Database, add: Add, zone: str, hour: int, minute: int
) -> None:
    now = datetime(2026, 3, 25, 6, 30, tzinfo=ZoneInfo(zone))
    add("按分", "投递", At.minute(datetime(2026, 3, 10, hour, minute, tzinfo=ZoneInfo(zone))))
    add("按分晚", "投递", At.minute(datetime(2026, 3, 11, hour, minute, tzinfo=ZoneInfo(zone))))
    add("按天", "投递", At.day(datetime(2026, 3, 10)))  # noqa: DTZ001 - a calendar day
    add("按天晚", "投递", At.day(datetime(2026, 3, 11)))  # noqa: DTZ001 - a calendar day
    assert silent(database, now=now) == {"按分": 15, "按天": 15}


def test_what_has_no_date_is_not_listed(database: Database, add: Add) -> None:
    add("快手", "投递", At())
    assert silent(database, SilenceLimits(applied=1), NOW + timedelta(days=400)) == {}


def test_intentions_and_what_is_closed_are_not_silent(database: Database, add: Add) -> None:
    add("美团", "意向", days_ago(90))
    closed = add("海康威视", "一面", days_ago(90))
    with database.change("end", now=NOW) as session:
        record_outcome(session, application_id=closed, outcome="rejected", now=NOW, at=days_ago(80))
    assert silent(database) == {}


def test_the_pool_has_a_limit_of_its_own(database: Database, add: Add) -> None:
    first, second = add("字节跳动", "二面", days_ago(60)), add("得到", "一面", days_ago(60))
    with database.change("pool", now=NOW) as session:
        set_pool(session, application_id=first, now=NOW, at=days_ago(31))
        set_pool(session, application_id=second, now=NOW, at=days_ago(30))
    assert silent(database) == {"字节跳动": 31}
    assert silent(database, SilenceLimits(pool=0)) == {}


@pytest.mark.parametrize(
    ("round_in_days", "state", "days"),
    [
        (2, "planned", None),
        (-3, "planned", None),
        (-3, "done", None),
        (-9, "done", 9),
        (-3, "cancelled", 20),
        (2, "cancelled", 20),
    ],
)
def test_silence_begins_after_the_last_round(
    database: Database, add: Add, round_in_days: int, state: str, days: int | None
) -> None:
    application_id = add("快手", "一面", days_ago(20))
    with database.change("plan", now=NOW) as session:
        round_id = plan_round(
            session, application_id=application_id, stage="一面", starts_at=NOW + timedelta(days=round_in_days)
        )
        edit_round(session, round_id=round_id, state=state)
    assert silent(database) == ({} if days is None else {"快手": days})


def test_a_stage_may_have_a_limit_of_its_own_and_none_at_all(database: Database, add: Add, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[silence]\n"hr面" = 3\n"一面" = 0\n"群面" = 4\n', encoding="utf-8")
    limits = load_settings(path).silence
    for name, stage in (("甲", "HR面"), ("乙", "一面"), ("丙", "二面"), ("丁", "群面")):
        add(name, stage, days_ago(5))
    assert silent(database, limits) == {"甲": 5, "丁": 5}


def test_the_longest_silence_comes_first_and_says_what_it_is_of(database: Database, add: Add) -> None:
    first, second = add("近", "一面", days_ago(9)), add("远", "投递", days_ago(40))
    with sqlite3.connect(database.path) as connection:
        found = read_silent(connection, now=NOW, limits=SilenceLimits())
    connection.close()
    assert found == (
        Silent(second, 2, "远", "", "", "投递", "applied", 0, 40),
        Silent(first, 1, "近", "", "", "一面", "interview", 0, 9),
    )
    assert load_today(database.path, now=NOW, limits=SilenceLimits()).silent == found


def test_a_clock_in_utc_counts_like_any_other(database: Database, add: Add) -> None:
    add("快手", "投递", days_ago(20))
    assert silent(database, now=NOW.astimezone(UTC)) == {"快手": 20}
