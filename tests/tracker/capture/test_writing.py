"""What proposals become in the database, through the services of the hunt."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from prep.capturing import write_proposals
from tracker import pipeline
from tracker.applications import add_application
from tracker.capture.answering import answer
from tracker.capture.book import load_book
from tracker.capture.proposals import Action, Choice, Proposal
from tracker.capture.reading import read_lines
from tracker.capture.writing import Written, name_of, with_warnings, write_proposal
from tracker.companies import add_company, find_company_id, view_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Application, Event
from tracker.rounds import list_rounds
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def hunt(database: Database) -> Database:
    """海潮云 in 一面 for 后端, 青禾 without an application, 旧友 rejected at 笔试."""
    with database.change("hunt", now=NOW - timedelta(days=10)) as session:
        for name in ("海潮云", "青禾", "旧友"):
            add_company(session, name=name, now=NOW, tier="A")
        first = add_application(session, company_id=1, now=NOW, position="后端")
        pipeline.move_to(session, application_id=first, label="一面", now=NOW - timedelta(days=10))
        dead = add_application(session, company_id=3, now=NOW)
        pipeline.move_to(session, application_id=dead, label="笔试", now=NOW - timedelta(days=10))
        pipeline.record_outcome(session, application_id=dead, outcome="rejected", now=NOW - timedelta(days=9))
    return database


def log(database: Database, text: str, now: datetime = NOW) -> tuple[Written, ...]:
    """Write all that a text says, as one change."""
    proposals = read_lines(text, book=load_book(database.path), now=now).proposals
    assert proposals
    with database.change(name_of(proposals), now=now) as session:
        return write_proposals(session, proposals, now=now)


def row_of(database: Database, application_id: int) -> dict[str, Any]:
    with database.read() as session:
        row = session.get(Application, application_id)
        assert row is not None
        return row.model_dump()


def test_a_new_application_with_all_that_is_said(hunt: Database) -> None:
    (written,) = log(hunt, "3.6 投了青禾 算法 提前批 @牛客 #ABC123 内推人 李雷 第二志愿 服从调剂 北京")
    row = row_of(hunt, written.application_id)
    assert (row["position"], row["batch"], row["channel"], row["referral_code"]) == ("算法", "提前批", "牛客", "ABC123")
    assert (row["referrer"], row["preference"], row["adjustable"], row["city"]) == ("李雷", 2, True, "北京")
    assert (written.before, written.after.stage, written.after.since_precision) == (None, "投递", "day")
    assert written.after.since_at == datetime(2026, 3, 6, tzinfo=UTC)


def test_a_round_is_planned_with_its_checklist_and_the_application_follows(hunt: Database) -> None:
    (written,) = log(hunt, "海潮云 二面 周五 14:00 腾讯会议 123-456-789 时长45分钟")
    assert written.before is not None
    assert (written.before.stage, written.after.stage) == ("一面", "二面")
    with hunt.read() as session:
        (planned,) = list_rounds(session, application_id=written.application_id)
    assert planned.id == written.round_id
    assert (planned.starts_at, planned.ends_at) == (
        datetime(2026, 3, 27, 6, 0, tzinfo=UTC),
        datetime(2026, 3, 27, 6, 45, tzinfo=UTC),
    )
    assert (planned.platform, planned.medium, planned.timezone) == ("腾讯会议 123-456-789", "online", "Asia/Shanghai")


def test_a_round_that_is_moved_takes_its_new_time(hunt: Database) -> None:
    log(hunt, "海潮云 二面 周五 14:00 腾讯会议")
    log(hunt, "海潮云 二面 改到 周六 15:00")
    with hunt.read() as session:
        (planned,) = list_rounds(session, application_id=1)
    assert (planned.starts_at, planned.platform) == (datetime(2026, 3, 28, 7, 0, tzinfo=UTC), "腾讯会议")


def test_a_round_that_is_called_off_is_planned_no_more(hunt: Database) -> None:
    log(hunt, "海潮云 二面 周五 14:00")
    (written,) = log(hunt, "海潮云二面取消了")
    with hunt.read() as session:
        (round_,) = list_rounds(session, application_id=1)
    assert (round_.state, written.after.stage, written.after.active) == ("cancelled", "二面", True)
    (again,) = read_lines("海潮云二面取消了", book=load_book(hunt.path), now=NOW).proposals
    assert "No round at 海潮云 is planned" in again.refusal
    with pytest.raises(RefusedError, match="No round is planned"), hunt.change("x", now=NOW) as session:
        write_proposal(session, replace_refusal(again), now=NOW)


def replace_refusal(proposal: Proposal) -> Proposal:
    """The proposal as if nothing spoke against it."""
    return proposal._replace(refusal="")


def test_an_application_and_its_deadline_are_one(hunt: Database) -> None:
    sent, until = log(hunt, "青禾 后端 投了 截止 4.20")
    assert sent.application_id == until.application_id
    assert row_of(hunt, sent.application_id)["deadline_at"] == datetime(2026, 4, 20, 16, 0, tzinfo=UTC)


def test_what_is_told_without_a_time_happened_now(hunt: Database) -> None:
    (written,) = log(hunt, "海潮云二面面完了")
    assert (written.after.since_at, written.after.since_precision) == (NOW, "minute")


def test_an_hour_of_another_zone_is_the_same_instant(hunt: Database) -> None:
    (written,) = log(hunt, "海潮云 二面 April 2 3pm PDT")
    with hunt.read() as session:
        (planned,) = list_rounds(session, application_id=written.application_id)
    assert planned.starts_at == datetime(2026, 4, 2, 22, 0, tzinfo=UTC)


def test_two_clauses_are_one_new_application(hunt: Database) -> None:
    first, second = log(hunt, "前天青禾云服务后端一面通过，二面是8月7日下午2点")
    assert first.application_id == second.application_id
    assert (second.after.stage, first.after.outcome) == ("二面", "passed")
    undo(hunt, now=NOW)
    assert load_book(hunt.path).companies[1].applications == ()


def test_passing_a_stage_that_is_not_there_yet_enters_it_first(hunt: Database) -> None:
    (written,) = log(hunt, "昨天海潮云二面过了")
    assert (written.after.stage, written.after.outcome) == ("二面", "passed")
    with hunt.read() as session:
        events = pipeline.load_events(session, written.application_id)
    assert [(event.kind, event.stage, event.source) for event in events[-2:]] == [
        ("stage", "二面", "capture"),
        ("outcome", "二面", "capture"),
    ]


@pytest.mark.parametrize(
    ("line", "stage", "outcome", "manner", "active"),
    [
        ("海潮云挂了", "一面", "rejected", "", False),
        ("海潮云 感谢信", "一面", "rejected", "letter", False),
        ("海潮云二面挂", "二面", "rejected", "", False),
        ("海潮云默拒", "一面", "rejected", "silence", False),
        ("海潮云 放弃", "一面", "withdrawn", "", False),
        ("海潮云 没hc了", "一面", "no_opening", "", False),
        ("海潮云 offer", "offer", "offer", "", True),
        ("海潮云一面过了", "一面", "passed", "", True),
    ],
)
def test_how_it_ended(hunt: Database, line: str, stage: str, outcome: str, manner: str, active: bool) -> None:
    (written,) = log(hunt, line)
    after = written.after
    assert (after.stage, after.outcome, after.manner, after.active) == (stage, outcome, manner, active)


def test_into_the_pool_and_out_of_it(hunt: Database) -> None:
    assert log(hunt, "海潮云泡池子了")[0].after.in_pool
    assert not log(hunt, "海潮云捞起来了")[0].after.in_pool


def test_a_revival_is_a_new_application_linked_to_the_dead_one(hunt: Database) -> None:
    (written,) = log(hunt, "旧友复活甲")
    assert row_of(hunt, written.application_id)["previous_id"] == 2
    assert (written.after.stage, written.after.active) == ("投递", True)


def test_asking_moves_nothing_and_ends_the_silence(hunt: Database) -> None:
    (written,) = log(hunt, "问了HR 海潮云 说还在流程")
    assert (written.after.stage, written.after.heard_at) == ("一面", NOW)
    with hunt.read() as session:
        event = session.get(Event, written.after.last_event_id)
        assert event is not None
        assert (event.kind, event.note) == ("contact", "说还在流程")


def test_a_deadline_is_the_end_of_its_day(hunt: Database) -> None:
    (written,) = log(hunt, "青禾 后端 截止 4.20")
    assert row_of(hunt, written.application_id)["deadline_at"] == datetime(2026, 4, 20, 16, 0, tzinfo=UTC)
    assert written.after.stage == "意向"


def test_details_stay_details(hunt: Database) -> None:
    (written,) = log(hunt, "海潮云 内推码 XYZ999 服从调剂")
    row = row_of(hunt, written.application_id)
    assert (row["referral_code"], row["adjustable"], row["position"]) == ("XYZ999", True, "后端")
    assert written.before == written.after


def test_what_took_place_is_done(hunt: Database) -> None:
    log(hunt, "海潮云 二面 周五 14:00")
    (written,) = log(hunt, "海潮云二面面完了，手撕没写出来", now=NOW + timedelta(days=3))
    with hunt.read() as session:
        (done,) = list_rounds(session, application_id=1)
        last = pipeline.load_events(session, 1)[-1]
    assert (done.state, written.after.stage, last.kind, last.note) == ("done", "二面", "note", "手撕没写出来")


def test_an_unknown_company_is_added_when_that_is_answered(hunt: Database) -> None:
    (asked,) = read_lines("星野数科 一面", book=load_book(hunt.path), now=NOW).proposals
    with hunt.change("x", now=NOW) as session:
        written = write_proposal(session, answer(asked, asked.choices[0]), now=NOW)
    assert (written.company, written.is_new_company, written.after.stage) == ("星野数科", True, "一面")


def test_a_well_known_company_comes_with_its_tier_and_names(hunt: Database) -> None:
    (written,) = log(hunt, "bytedance 一面 周五 14:00")
    with hunt.read() as session:
        view = view_company(session, written.company_id)
        assert (view.name, view.tier, "抖音" in view.aliases) == ("字节跳动", "S", True)
        assert find_company_id(session, "字节") == written.company_id


def test_an_open_question_is_not_written(hunt: Database) -> None:
    (asked,) = read_lines("海潮云 青禾 二面", book=load_book(hunt.path), now=NOW).proposals
    with pytest.raises(RefusedError, match="Which company"), hunt.change("x", now=NOW) as session:
        write_proposal(session, asked, now=NOW)


def test_what_is_gone_is_not_written(hunt: Database) -> None:
    proposal = Proposal("x", Action.STAGE, "海潮云", company_id=1, application_id=2, stage="二面", phase="interview")
    with pytest.raises(RefusedError, match="another company"), hunt.change("x", now=NOW) as session:
        write_proposal(session, proposal, now=NOW)
    with pytest.raises(RefusedError, match="not there any more"), hunt.change("x", now=NOW) as session:
        write_proposal(session, Proposal("x", Action.STAGE, "无名", company_id=99, stage="二面"), now=NOW)


def test_the_second_of_two_lines_is_refused_and_nothing_is_written(hunt: Database) -> None:
    with pytest.raises(RefusedError):
        log(hunt, "海潮云挂了\n海潮云挂了")
    assert load_book(hunt.path).companies[0].applications[0].active


def test_a_second_application_is_warned_of(hunt: Database) -> None:
    proposals = read_lines("投了海潮云 算法", book=load_book(hunt.path), now=NOW).proposals
    with hunt.read() as session:
        (warned,) = with_warnings(session, proposals)
    assert "海潮云" in warned.warning


def test_answers() -> None:
    proposal = Proposal("x", Action.APPLY, "甲", stage="投递", phase="applied", question="?", choices=(Choice("乙"),))
    there = answer(proposal, Choice("乙 · 后端", company="乙", company_id=2, application_id=7))
    assert (there.action, there.company, there.application_id, there.question, there.choices) == (
        Action.STAGE,
        "乙",
        7,
        "",
        (),
    )
    new = answer(proposal, Choice("new", company="乙", company_id=2))
    assert (new.action, new.company_id, new.application_id) == (Action.APPLY, 2, None)
    added = answer(proposal, Choice("Add 甲"))
    assert (added.company, added.company_id, added.is_ready) == ("甲", None, True)
    meant = answer(proposal, Choice("offer", stage="谈薪", phase="offer", action=Action.STAGE))
    assert (meant.action, meant.stage, meant.phase) == (Action.STAGE, "谈薪", "offer")
