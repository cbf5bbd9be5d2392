from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.tracker.hunting import NOW
from tracker import pipeline, rounds
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.history import Standing
from tracker.undo import undo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def started(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        for name in ("海潮云", "青禾"):
            company_id = add_company(session, name=name, now=NOW)
            add_application(session, company_id=company_id, now=NOW, position="后端")
    return database


def plan(database: Database, stage: str, starts_at: datetime | None, **fields: Any) -> int:
    application_id = fields.pop("application_id", 1)
    with database.change("plan", now=NOW) as session:
        return rounds.plan_round(session, application_id=application_id, stage=stage, starts_at=starts_at, **fields)


def edit(database: Database, round_id: int, **fields: Any) -> None:
    with database.change("edit", now=NOW) as session:
        rounds.edit_round(session, round_id=round_id, **fields)


def listed(database: Database, **filters: Any) -> tuple[rounds.RoundView, ...]:
    with database.read() as session:
        return rounds.list_rounds(session, **filters)


def test_a_round_tells_everything(started: Database) -> None:
    plan(
        started,
        "1面",
        NOW + DAY,
        ends_at=NOW + DAY + HOUR,
        timezone="Asia/Shanghai",
        medium="online",
        platform="腾讯会议",
        link="https://example.org/\x1bj",
        interviewer="李",
        note="带简历\x00",
    )
    (view,) = listed(started)
    assert (view.company, view.position, view.stage, view.phase) == ("海潮云", "后端", "一面", "interview")
    assert (view.starts_at, view.ends_at, view.precision) == (NOW + DAY, NOW + DAY + HOUR, "minute")
    assert (view.timezone, view.medium, view.platform) == ("Asia/Shanghai", "online", "腾讯会议")
    assert (view.link, view.interviewer, view.note) == ("https://example.org/j", "李", "带简历")
    assert (view.state, view.result) == ("planned", "")


def test_planning_the_same_stage_again_moves_it(started: Database) -> None:
    first = plan(started, "一面", NOW + DAY, platform="牛客")
    assert plan(started, "一面", NOW + 2 * DAY) == first
    (view,) = listed(started)
    assert (view.starts_at, view.platform) == (NOW + 2 * DAY, "牛客")


def test_after_a_round_is_done_the_same_stage_is_another(started: Database) -> None:
    first = plan(started, "一面", NOW)
    edit(started, first, state="done")
    assert plan(started, "一面", NOW + DAY) != first


def test_rounds_stand_by_their_time_and_those_without_one_last(started: Database) -> None:
    plan(started, "二面", NOW + 3 * DAY)
    plan(started, "三面", None)
    plan(started, "测评", None, ends_at=NOW + DAY, application_id=2)
    plan(started, "一面", NOW + 2 * DAY)
    assert [view.stage for view in listed(started) if view.starts_at] == ["一面", "二面"]
    assert {view.stage for view in listed(started)} == {"一面", "二面", "三面", "测评"}
    assert [view.stage for view in listed(started, company_id=2)] == ["测评"]
    assert [view.company for view in listed(started, application_id=2)] == ["青禾"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_next"),
    [
        (HOUR, None, True),
        (-HOUR, None, True),
        (-4 * HOUR, None, False),
        (-4 * HOUR, HOUR, True),
        (-4 * HOUR, -HOUR, False),
        (None, HOUR, True),
        (None, -HOUR, False),
        (None, None, True),
    ],
)
def test_what_counts_as_coming(
    starts: timedelta | None, ends: timedelta | None, is_next: bool, started: Database
) -> None:
    starts_at = None if starts is None else NOW + starts
    plan(started, "一面", starts_at, ends_at=None if ends is None else NOW + ends)
    with started.read() as session:
        found = rounds.next_round(session, company_id=1, now=NOW)
        assert rounds.next_round(session, company_id=2, now=NOW) is None
    assert (found is not None) == is_next


def test_a_round_known_by_its_day_is_coming_until_that_day_is_over(started: Database) -> None:
    plan(started, "一面", NOW, precision="day")
    with started.read() as session:
        for hour in (0, 9, 15, 23):
            assert rounds.next_round(session, company_id=1, now=NOW.replace(hour=hour)) is not None
        assert rounds.next_round(session, company_id=1, now=NOW.replace(hour=1) + DAY) is None


def test_a_cancelled_round_stays_and_comes_no_more(started: Database) -> None:
    round_id = plan(started, "一面", NOW + DAY)
    with started.change("cancel", now=NOW) as session:
        rounds.remove_round(session, round_id=round_id)
    assert [view.state for view in listed(started)] == ["cancelled"]
    assert listed(started, planned_only=True) == ()
    with started.read() as session:
        assert rounds.next_round(session, company_id=1, now=NOW) is None


def test_editing_changes_what_is_given(started: Database) -> None:
    round_id = plan(started, "一面", NOW + DAY, platform="牛客", interviewer="李")
    edit(started, round_id, stage="二面", starts_at=NOW + 2 * DAY, interviewer="", note="改期")
    (view,) = listed(started)
    assert (view.stage, view.starts_at, view.platform) == ("二面", NOW + 2 * DAY, "牛客")
    assert (view.interviewer, view.note) == ("", "改期")


def test_what_is_refused(started: Database) -> None:
    round_id = plan(started, "一面", NOW + DAY, ends_at=NOW + DAY + HOUR)
    before = listed(started)
    with pytest.raises(RefusedError, match="before the start"):
        plan(started, "二面", NOW, ends_at=NOW - HOUR)
    with pytest.raises(RefusedError, match="before the start"):
        edit(started, round_id, ends_at=NOW)
    with pytest.raises(RefusedError, match="is no stage"):
        plan(started, "喝茶", NOW)
    with pytest.raises(RefusedError, match="not there any more"):
        edit(started, 99, note="x")
    assert listed(started) == before


def arrange(database: Database, stage: str, starts_at: datetime | None, **fields: Any) -> int:
    with database.change("arrange", now=NOW) as session:
        return rounds.arrange_round(
            session, application_id=1, stage=stage, starts_at=starts_at, **{"now": NOW, **fields}
        )


def stand_at(database: Database, stage: str, outcome: str = "", *, pool: bool = False) -> None:
    with database.change("stand", now=NOW) as session:
        pipeline.move_to(session, application_id=1, label=stage, now=NOW - DAY)
        if outcome:
            pipeline.record_outcome(session, application_id=1, outcome=outcome, now=NOW - HOUR)
        if pool:
            pipeline.set_pool(session, application_id=1, now=NOW - HOUR)


def standing(database: Database) -> Standing:
    with database.read() as session:
        return pipeline.standing_of(session, 1)


@pytest.mark.parametrize(
    ("stage", "outcome", "arranged", "after"),
    [
        ("投递", "", "一面", "一面"),
        ("投递", "", "测评", "测评"),
        ("笔试", "passed", "1面", "一面"),
        ("一面", "", "一面", "一面"),
        ("三面", "", "一面", "三面"),
        ("投递", "", "群面", "群面"),
        ("笔试", "", "群面", "群面"),
        ("二面", "", "群面", "二面"),
        ("群面", "", "offer", "offer"),
        ("一面", "rejected", "二面", "一面"),
        ("投递", "withdrawn", "一面", "投递"),
    ],
)
def test_a_round_of_a_later_stage_takes_the_application_along(
    stage: str, outcome: str, arranged: str, after: str, started: Database
) -> None:
    stand_at(started, stage, outcome)
    arrange(started, arranged, NOW + DAY, platform="腾讯会议")
    assert standing(started).stage == after
    assert standing(started).active == (outcome in ("", "passed"))
    assert [view.platform for view in listed(started)] == ["腾讯会议"]


def test_an_arranged_round_ends_the_waiting_and_is_one_step(started: Database) -> None:
    stand_at(started, "笔试", pool=True)
    arrange(started, "一面", NOW + DAY)
    assert (standing(started).stage, standing(started).in_pool, standing(started).since_at) == ("一面", False, NOW)
    undo(started, now=NOW)
    assert (standing(started).stage, standing(started).in_pool) == ("笔试", True)
    assert listed(started) == ()


def test_a_changed_round_is_exactly_what_is_given(started: Database) -> None:
    stand_at(started, "一面")
    first = arrange(started, "一面", NOW + DAY, platform="牛客", note="带简历")
    assert arrange(started, "二面", NOW + 2 * DAY, ends_at=NOW + 2 * DAY + HOUR, round_id=first) == first
    (view,) = listed(started)
    assert (view.stage, view.starts_at, view.platform, view.note) == ("二面", NOW + 2 * DAY, "", "")
    assert standing(started).stage == "二面"
    arrange(started, "二面", None, round_id=first)
    (view,) = listed(started)
    assert (view.starts_at, view.ends_at, view.precision) == (None, None, "unknown")


def test_a_detail_of_a_round_moves_nothing(started: Database) -> None:
    stand_at(started, "一面")
    with started.change("plan", now=NOW) as session:
        round_id = rounds.plan_round(session, application_id=1, stage="二面", starts_at=NOW + DAY)
    arrange(started, "二面", NOW + DAY, interviewer="李", round_id=round_id)
    assert standing(started).stage == "一面"


@pytest.mark.parametrize(
    ("starts", "precision", "state"),
    [
        (-DAY, "minute", "done"),
        (-2 * DAY, "minute", "done"),
        (DAY, "minute", "planned"),
        (timedelta(0), "day", "planned"),
    ],
)
def test_a_round_that_is_over_is_planned_anew_only_by_a_time_ahead(
    starts: timedelta, precision: str, state: str, started: Database
) -> None:
    round_id = arrange(started, "一面", NOW - DAY)
    edit(started, round_id, state="done", result="passed")
    arrange(started, "一面", NOW + starts, precision=precision, interviewer="李", round_id=round_id)
    (view,) = listed(started)
    assert (view.state, view.result) == (state, "passed" if state == "done" else "")
    assert view.interviewer == "李"


def test_nothing_is_moved_when_the_round_is_refused(started: Database) -> None:
    stand_at(started, "投递")
    with pytest.raises(RefusedError, match="before the start"):
        arrange(started, "一面", NOW + DAY, ends_at=NOW)
    with pytest.raises(RefusedError, match="not there any more"):
        arrange(started, "一面", NOW + DAY, round_id=99)
    assert (standing(started).stage, listed(started)) == ("投递", ())
