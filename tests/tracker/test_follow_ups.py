"""Silent applications resolved several at a time, as one step."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.agenda import load_follow_ups
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.follow_ups import Resolution, resolve_follow_ups, step_name
from tracker.pipeline import move_to, set_pool, standing_of
from tracker.settings import SilenceLimits
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def silent(database: Database) -> tuple[int, int, int]:
    """Two applications that are silent, and one that is silent in the pool."""
    found = []
    with database.change("add", now=NOW) as session:
        for name, days in (("快手", 40), ("得到", 50), ("Bilibili", 60)):
            company_id = add_company(session, name=name, now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            at = At.minute(NOW - timedelta(days=days))
            move_to(session, application_id=application_id, label="一面", now=NOW, at=at)
            found.append(application_id)
        set_pool(session, application_id=found[2], now=NOW, at=At.minute(NOW - timedelta(days=45)))
    return found[0], found[1], found[2]


def listed(database: Database, now: datetime = NOW) -> list[str]:
    return [entry.company for entry in load_follow_ups(database.path, now=now, limits=SilenceLimits())]


@pytest.mark.parametrize(
    ("how", "stands", "pool", "again_after"),
    [("ask", "interview", False, 8), ("pool", "interview", True, 31), ("close", "closed", False, None)],
)
def test_resolved_together_they_are_silent_no_more_and_one_step_back(
    database: Database,
    silent: tuple[int, int, int],
    how: Resolution,
    stands: str,
    again_after: int | None,
    *,
    pool: bool,
) -> None:
    first, second, _pooled = silent
    assert listed(database) == ["得到", "Bilibili", "快手"]
    with database.change("resolve", now=NOW) as session:
        moved = resolve_follow_ups(session, application_ids=[first, second, first], how=how, now=NOW)
    assert [(move.application_id, move.company) for move in moved] == [(first, "快手"), (second, "得到")]
    assert listed(database) == ["Bilibili"]
    with database.read() as session:
        standing = standing_of(session, first)
    assert (standing.phase, standing.in_pool, standing.manner) == (stands, pool, "silence" if how == "close" else "")
    if again_after is not None:
        assert "快手" not in listed(database, NOW + timedelta(days=again_after - 1))
        assert "快手" in listed(database, NOW + timedelta(days=again_after))
    undo(database, now=NOW)
    assert listed(database) == ["得到", "Bilibili", "快手"]


def test_what_is_in_the_pool_already_waits_there_anew(database: Database, silent: tuple[int, int, int]) -> None:
    pooled = silent[2]
    with database.change("resolve", now=NOW) as session:
        resolve_follow_ups(session, application_ids=[pooled], how="pool", now=NOW)
    with database.read() as session:
        assert standing_of(session, pooled).in_pool
    assert listed(database) == ["得到", "快手"]


def test_one_that_is_closed_refuses_the_whole_step(database: Database, silent: tuple[int, int, int]) -> None:
    with database.change("close", now=NOW) as session:
        resolve_follow_ups(session, application_ids=[silent[0]], how="close", now=NOW)
    before = listed(database)
    with pytest.raises(RefusedError, match="closed"), database.change("again", now=NOW) as session:
        resolve_follow_ups(session, application_ids=[silent[1], silent[0]], how="close", now=NOW)
    assert listed(database) == before


@pytest.mark.parametrize(
    ("ids", "how", "reason"), [([], "ask", "at least one"), ([1], "shout", "shout"), ([99], "ask", "not there")]
)
def test_what_cannot_be_resolved_is_refused(database: Database, ids: list[int], how: Resolution, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason), database.change("resolve", now=NOW) as session:
        resolve_follow_ups(session, application_ids=ids, how=how, now=NOW)


def test_the_step_is_named_by_its_first_companies() -> None:
    assert step_name("ask", ["快手", "得到", "快手"]) == "快手, 得到: asked how it stands"
    assert step_name("close", ["甲", "乙", "丙", "丁", "戊"]) == "甲, 乙, 丙 and 2 more: closed in silence"
