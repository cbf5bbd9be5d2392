"""Which rounds come, in which order, what a day holds, what clashes, and what happened here before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question
from prep.briefings.briefing import Briefing, Hour
from prep.briefings.coming import choose_round, coming_rounds, rounds_of_day
from prep.briefings.making import make_briefing
from prep.debriefs.recording import record_debrief
from prep.debriefs.views import AskedThen, Debrief, PromiseMade
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.pipeline import move_to, record_outcome
from tracker.rounds import plan_round, remove_round

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def _round(session: Session, company: str, stage: str, start: datetime | None, **fields: object) -> int:
    company_id = add_company(session, name=company, now=NOW)
    application = add_application(session, company_id=company_id, now=NOW)
    move_to(session, application_id=application, label="投递", now=NOW - timedelta(days=9))
    return plan_round(session, application_id=application, stage=stage, starts_at=start, **fields)  # type: ignore[arg-type]


@pytest.fixture
def hunt(database: Database) -> Database:
    """Three interviews tomorrow, written down in no order, and what else there may be."""
    day = {"precision": "day"}
    with database.change("hunt", now=NOW) as session:
        _round(session, "丙", "HR面", _at(26, 19))
        _round(session, "甲", "一面", _at(26, 9, 30), ends_at=_at(26, 10, 30))
        _round(session, "乙", "二面", _at(26, 14))
        _round(session, "整天", "三面", datetime(2026, 3, 26, tzinfo=UTC), **day)
        _round(session, "窗口", "测评", _at(24, 9), ends_at=_at(26, 12))
        _round(session, "正在", "一面", _at(25, 9, 30))
        _round(session, "刚过", "一面", _at(25, 8))
        _round(session, "早过", "一面", _at(23, 8))
        _round(session, "后天", "一面", _at(27, 0, 30))
        _round(session, "某月", "一面", datetime(2026, 4, 1, tzinfo=UTC), precision="month")
        _round(session, "不知", "一面", None)
        remove_round(session, round_id=_round(session, "取消", "一面", _at(26, 11)))
        lost = add_application(session, company_id=add_company(session, name="挂了", now=NOW), now=NOW)
        move_to(session, application_id=lost, label="一面", now=NOW - timedelta(days=1))
        plan_round(session, application_id=lost, stage="一面", starts_at=_at(26, 12))
        record_outcome(session, application_id=lost, outcome="rejected", now=NOW)
    return database


def test_the_coming_rounds_in_order(hunt: Database) -> None:
    with hunt.read() as session:
        found = [one.company for one in coming_rounds(session, now=NOW)]
    assert found == ["刚过", "正在", "整天", "甲", "窗口", "乙", "丙", "后天", "某月"]


def test_a_day_holds_its_rounds_in_order_whatever_the_zone(hunt: Database) -> None:
    with hunt.read() as session:
        found = [one.company for one in rounds_of_day(session, _at(26, 0).date(), now=NOW)]
        tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
        there = [one.company for one in rounds_of_day(session, _at(27, 0).date(), now=tokyo)]
    assert found == ["整天", "甲", "窗口", "乙", "丙"]
    assert there == ["后天"]


def _brief(database: Database, company: str, now: datetime = NOW, **options: object) -> Briefing:
    with database.read() as session:
        rounds = {one.company: one.company_id for one in coming_rounds(session, now=NOW)}
        return make_briefing(session, company_id=rounds[company], now=now, **options)  # type: ignore[arg-type]


def test_each_round_of_a_day_knows_the_others(hunt: Database) -> None:
    briefing = _brief(hunt, "乙")
    assert [one.company for one in briefing.others] == ["整天", "甲", "窗口", "丙"]
    assert _brief(hunt, "某月").day == ()


def test_a_clash_is_told_and_its_absence_is_not(hunt: Database) -> None:
    with hunt.change("clash", now=NOW) as session:
        _round(session, "丁", "一面", _at(26, 14, 30))
    (clash,) = _brief(hunt, "乙").clashes
    assert (clash.company, clash.stage, clash.kind) == ("丁", "一面", "overlap")
    assert _brief(hunt, "丙").clashes == ()


def test_a_company_with_two_rounds_tells_the_one_that_is_asked_for(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        first, second = (add_application(session, company_id=company_id, now=NOW) for _number in range(2))
        later = plan_round(session, application_id=first, stage="二面", starts_at=_at(27, 9))
        sooner = plan_round(session, application_id=second, stage="一面", starts_at=_at(26, 9))
    with database.read() as session:
        found = [
            make_briefing(session, company_id=company_id, now=NOW, round_id=round_id, stage=stage).round_id
            for round_id, stage in ((None, ""), (later, ""), (None, "二面"), (404, ""), (None, "HR面"))
        ]
    assert found == [sooner, later, later, sooner, None]


def test_what_is_just_over_gives_way_to_what_begins_within_two_hours(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        application = add_application(session, company_id=company_id, now=NOW)
        over = plan_round(session, application_id=application, stage="一面", starts_at=_at(25, 9), ends_at=_at(25, 10))
        coming = plan_round(session, application_id=application, stage="二面", starts_at=_at(25, 16))
    with database.read() as session:
        hours = ((9, 30, over), (11, 0, over), (14, 0, coming), (16, 10, coming))
        for hour, minute, expected in hours:
            chosen = choose_round(session, company_id=company_id, now=_at(25, hour, minute))
            assert chosen is not None
            assert chosen.round_id == expected


def test_what_was_asked_went_badly_and_was_promised_stands_with_its_round(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        application = add_application(session, company_id=company_id, now=NOW)
        move_to(session, application_id=application, label="一面", now=NOW - timedelta(days=6))
        round_id = plan_round(session, application_id=application, stage="一面", starts_at=NOW - timedelta(days=5))
        debrief = Debrief(
            asked=(AskedThen("KV Cache 为什么快？", rating="again"), AskedThen("LoRA 的秩", rating="good")),
            promises=(PromiseMade("期望 28k", "pay"), PromiseMade("一周内答复", "other", "them")),
            mood=2,
        )
        record_debrief(session, round_id=round_id, debrief=debrief, now=NOW - timedelta(days=5, hours=-2))
        heard = add_question(session, text="面经里的题", now=NOW)
        unknown = add_question(session, text="不知哪轮", now=NOW)
        add_asked(session, question_id=heard, company_id=company_id, at=At.day(NOW - timedelta(days=60)), stage="二面")
        add_asked(session, question_id=unknown, company_id=company_id, at=At())
        plan_round(session, application_id=application, stage="二面", starts_at=_at(27, 9))
    with database.read() as session:
        briefing = make_briefing(session, company_id=company_id, now=NOW)
    first = next(step for step in briefing.earlier if step.round_id == round_id)
    assert [(one.text, one.rating, one.went_badly) for one in first.asked] == [
        ("KV Cache 为什么快？", "again", True),
        ("LoRA 的秩", "good", False),
    ]
    assert [(one.by, one.text) for one in first.promises] == [("me", "期望 28k"), ("them", "一周内答复")]
    assert first.mood == 2
    apart = [(step.stage, [one.text for one in step.asked]) for step in briefing.earlier if step.round_id is None]
    assert [entry for entry in apart if entry[1]] == [("二面", ["面经里的题"]), ("", ["不知哪轮"])]


def test_after_a_round_its_debrief_is_what_is_missing(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        round_id = _round(session, "快手", "一面", _at(25, 8))
    over = _brief(database, "快手")
    assert (over.hour, [(one.kind.value, one.nearest_id) for one in over.missing]) == (
        Hour.AFTER,
        [("debrief", round_id)],
    )
    with database.change("debrief", now=NOW) as session:
        record_debrief(session, round_id=round_id, debrief=Debrief(mood=3), now=NOW)
    with database.read() as session:
        told = make_briefing(session, company_id=over.company_id, now=NOW, round_id=round_id)
        assert (told.debriefed_at is not None, told.missing, coming_rounds(session, now=NOW)) == (True, (), ())
