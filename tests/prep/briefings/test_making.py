"""The briefing: one coming round, from a small scripted hunt at a fixed clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt
from prep.briefings.briefing import Briefing, Hour
from prep.briefings.hints import HINT_LENGTH, hint_of
from prep.briefings.making import make_briefing
from prep.checklists.lists import list_checklists, set_item_done
from prep.checklists.templates import add_checklist_for_round
from prep.introductions.drafts import save_introduction
from prep.reverse_questions import TO_ASK
from prep.templates import reverse_templates
from tracker.applications import At, add_application
from tracker.companies import add_company, edit_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import move_to, record_outcome, revive
from tracker.rounds import edit_round, plan_round

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)
START = datetime(2026, 3, 26, 14, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("", ""),
        ("\n\n  \n", ""),
        ("第一行\n第二行", "第一行"),
        ("① 先切块", "先切块"),
        ("1. 先切块", "先切块"),
        ("2、先切块", "先切块"),
        ("- > **重点**：切块", "重点：切块"),
        ("## 答案", "答案"),
        ("3.5B 参数放得下", "3.5B 参数放得下"),
        ("-5 到 256 会缓存", "-5 到 256 会缓存"),
        ("`==` 比较值，`a**b` 是幂", "== 比较值，a**b 是幂"),
        ("==划重点== 和 a == b", "划重点 和 a == b"),
        ("<u>下划线</u>与 [MASK]", "下划线与 [MASK]"),
        ("![图](a.png)\n<img src='b.png'>\n看图", "看图"),
        ("```python\nimport torch\n```", "import torch"),
        ("$$\nx^2\n$$", "x^2"),
        ("| 方案 | 头数 |\n| --- | --- |", "方案 | 头数"),
        ("| :-- | --- |\n|---|\n表后", "表后"),
        ("---\n分隔线后", "分隔线后"),
        ("长" * 100, "长" * (HINT_LENGTH - 1) + "…"),
        ("正" * HINT_LENGTH, "正" * HINT_LENGTH),
    ],
)
def test_a_hint_is_the_first_line_that_says_something(answer: str, hint: str) -> None:
    assert hint_of(answer) == hint


def _hunt(session: Session) -> int:
    """快手 before its first interview: one assessment passed, one test that nobody wrote into the history."""
    company_id = add_company(session, name="快手", tier="S", now=NOW)
    edit_company(session, company_id=company_id, note="短视频")
    application = add_application(session, company_id=company_id, position="大模型应用", now=NOW)
    passed = plan_round(session, application_id=application, stage="测评", starts_at=NOW - timedelta(days=5))
    move_to(session, application_id=application, label="投递", now=NOW - timedelta(days=9), note="内推")
    move_to(session, application_id=application, label="测评", now=NOW - timedelta(days=6))
    edit_round(session, round_id=passed, note="北森")
    day = NOW - timedelta(days=4)
    record_outcome(session, application_id=application, outcome="passed", now=day, at=At.day(day), note="三天出结果")
    written = plan_round(session, application_id=application, stage="笔试", starts_at=NOW - timedelta(days=3))
    edit_round(session, round_id=written, state="done", result="passed")
    move_to(session, application_id=application, label="一面", now=NOW - timedelta(days=2))
    plan_round(
        session,
        application_id=application,
        stage="一面",
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        medium="online",
        platform="腾讯会议",
        link="https://meeting.example.com/1",
        interviewer="[/x] 王工",
        note="会议号 1",
    )
    return company_id


def _brief(database: Database, company_id: int, now: datetime = NOW) -> Briefing:
    with database.read() as session:
        return make_briefing(session, company_id=company_id, now=now)


def test_it_holds_the_next_round_with_everything_known_about_it(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = _hunt(session)
    briefing = _brief(database, company_id)
    assert (briefing.company, briefing.tier, briefing.position, briefing.stage) == ("快手", "S", "大模型应用", "一面")
    assert (briefing.starts_at, briefing.ends_at, briefing.precision) == (START, START + timedelta(hours=1), "minute")
    assert (briefing.platform, briefing.link) == ("腾讯会议", "https://meeting.example.com/1")
    assert (briefing.interviewer, briefing.round_note, briefing.company_note) == ("[/x] 王工", "会议号 1", "短视频")


def test_a_stage_and_its_end_are_one_step_and_the_coming_round_is_none(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = _hunt(session)
    steps = _brief(database, company_id).earlier
    assert [(step.stage, step.outcome, step.precision, step.note) for step in steps] == [
        ("投递", "", "minute", "内推"),
        ("测评", "passed", "day", "北森 · 三天出结果"),
        ("笔试", "passed", "minute", ""),
    ]
    assert steps[1].at == datetime(2026, 3, 21, tzinfo=UTC)


def test_a_revived_application_tells_both_attempts(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="腾讯", now=NOW)
        dead = add_application(session, company_id=company_id, now=NOW)
        for day, label in ((30, "投递"), (20, "一面")):
            move_to(session, application_id=dead, label=label, now=NOW - timedelta(days=day))
        record_outcome(session, application_id=dead, outcome="rejected", now=NOW - timedelta(days=19))
        alive = revive(session, application_id=dead, now=NOW - timedelta(days=5)).application_id
        move_to(session, application_id=alive, label="一面", now=NOW - timedelta(days=4), note="另一个部门")
    briefing = _brief(database, company_id)
    assert [(step.stage, step.outcome, step.note) for step in briefing.earlier] == [
        ("投递", "", ""),
        ("一面", "rejected", ""),
        ("投递", "revive", ""),
        ("一面", "", "另一个部门"),
    ]
    assert (briefing.application_id, briefing.stage, briefing.round_id) == (alive, "二面", None)


def test_only_open_blocking_items_warn(database: Database) -> None:
    with database.change("hunt", now=NOW, kind="demo") as session:
        company_id = _hunt(session)
    briefing = _brief(database, company_id)
    assert (briefing.blocking, briefing.checklist_done, briefing.checklist_total) == ((), 0, 0)
    with database.change("checklist", now=NOW) as session:
        add_checklist_for_round(session, round_id=briefing.round_id or 0, now=NOW, language="en")
        (checklist,) = list_checklists(session, round_id=briefing.round_id)
        blocking = [item for item in checklist.items if item.blocking]
        set_item_done(session, item_id=blocking[0].id, done=True, now=NOW)
    briefing = _brief(database, company_id)
    assert [item.id for item in briefing.blocking] == [item.id for item in blocking[1:]]
    assert (briefing.checklist_done, briefing.checklist_total) == (1, len(checklist.items))


def test_questions_answers_and_what_to_ask_back(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = _hunt(session)
        other = add_company(session, name="腾讯", now=NOW)
        here = add_question(session, text="问过", answer="① 想想", now=NOW)
        weak = add_question(session, text="没记住", answer="答", now=NOW)
        add_question(session, text="没练过", answer="答", now=NOW)
        log_attempt(session, question_id=weak, rating="again", now=NOW - timedelta(days=40))
        add_asked(session, question_id=here, company_id=company_id, at=At.day(NOW - timedelta(days=20)), stage="二面")
        add_question(session, text="通用 HR", answer="答", kind="hr", now=NOW)
        add_question(session, text="给快手的", answer="答", kind="hr", company_id=company_id, now=NOW)
        add_question(session, text="给腾讯的", answer="答", kind="hr", company_id=other, now=NOW)
        asked_back = add_question(session, text="团队多大？", kind="reverse", now=NOW)
        asked_elsewhere = add_question(session, text="做什么？", kind="reverse", now=NOW)
        add_asked(session, question_id=asked_back, company_id=company_id, at=At())
        add_asked(session, question_id=asked_elsewhere, company_id=other, at=At())
        save_introduction(session, title="HR", text="好" * 210, audience="hr")
        save_introduction(session, title="技术", text="好" * 105, audience="technical")
    briefing = _brief(database, company_id)
    assert [(question.text, question.reason) for question in briefing.questions] == [
        ("问过", "asked_here"),
        ("没练过", "new"),
        ("没记住", "weak"),
    ]
    assert (briefing.questions[0].hint, briefing.questions[0].asked_stage) == ("想想", "二面")
    assert briefing.asked_here == 2
    assert [answer.text for answer in briefing.hr_answers] == ["给快手的", "通用 HR"]
    assert [one.text for one in briefing.reverse] == ["做什么？"]
    assert briefing.introduction is not None
    assert (briefing.introduction.title, briefing.introduction.estimated_seconds) == ("技术", 30)


@pytest.mark.parametrize(("stage", "interviewer"), [("一面", "engineer"), ("HR面", "hr")])
def test_without_own_questions_to_ask_back_there_are_shipped_ones(
    database: Database, stage: str, interviewer: str
) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        application = add_application(session, company_id=company_id, now=NOW)
        plan_round(session, application_id=application, stage=stage, starts_at=START)
    listeners = {template.text: template.interviewer for template in reverse_templates()}
    reverse = _brief(database, company_id).reverse
    assert len(reverse) == TO_ASK
    assert {listeners[one.text] for one in reverse} == {interviewer}


@pytest.mark.parametrize(
    ("moves", "expected"),
    [([], "投递"), (["投递"], "测评"), (["投递", "一面"], "二面"), (["投递", "三方"], "三方")],
)
def test_without_a_planned_round_it_is_about_the_next_expected_stage(
    database: Database, moves: list[str], expected: str
) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        application = add_application(session, company_id=company_id, now=NOW)
        for label in moves:
            move_to(session, application_id=application, label=label, now=NOW)
    briefing = _brief(database, company_id)
    assert (briefing.stage, briefing.starts_at, briefing.round_id) == (expected, None, None)


@pytest.mark.parametrize(
    ("later", "hour"),
    [
        (timedelta(hours=-25), Hour.FAR),
        (timedelta(hours=-24), Hour.DAY),
        (timedelta(minutes=30), Hour.DURING),
        (timedelta(hours=2), Hour.AFTER),
        (timedelta(hours=26), Hour.UNKNOWN),
    ],
)
def test_a_round_is_what_it_is_about_until_a_day_after_its_end(
    database: Database, later: timedelta, hour: Hour
) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = _hunt(session)
    briefing = _brief(database, company_id, START + later)
    assert briefing.hour == hour
    assert (briefing.starts_at == START) is (hour != Hour.UNKNOWN)


def test_a_company_without_anything_has_a_briefing_and_a_missing_one_has_none(database: Database) -> None:
    with database.change("hunt", now=NOW) as session:
        company_id = add_company(session, name="得到", now=NOW)
    briefing = _brief(database, company_id)
    assert (briefing.stage, briefing.position, briefing.application_id, briefing.introduction) == ("", "", None, None)
    assert (briefing.earlier, briefing.questions, briefing.hr_answers) == ((), (), ())
    with database.read() as session, pytest.raises(RefusedError, match="company is not there"):
        make_briefing(session, company_id=404, now=NOW)
