"""What a mock interview asks, by round, by minutes, and by what the bank holds."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from prep.bank import add_asked, add_question, log_attempt
from prep.interviewing.engine import begin_mock
from prep.interviewing.plan import MockPlan, plan_interview
from prep.models import Question
from tests.conftest import NOW
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import move_to
from tracker.rounds import plan_round


def fill(session: Session, *, knowledge: int = 12, project: int = 3, coding: int = 2, hr: int = 4) -> int:
    company_id = add_company(session, name="星河智能", now=NOW, tier="A")
    for kind, number in (("knowledge", knowledge), ("project", project), ("coding", coding), ("hr", hr)):
        for at in range(number):
            add_question(session, text=f"{kind} 第 {at} 题？", kind=kind, now=NOW)
    add_question(session, text="想问你们什么？", kind="reverse", now=NOW)
    return company_id


def plan(database: Database, company_id: int, stage: str = "一面", minutes: int = 30, **others: str) -> MockPlan:
    with database.read() as session:
        return plan_interview(session, company_id=company_id, now=NOW, stage=stage, minutes=minutes, **others)  # type: ignore[arg-type]


@pytest.fixture
def company(database: Database) -> int:
    with database.change("seed", now=NOW, kind="demo") as session:
        return fill(session)


@pytest.mark.parametrize(
    ("stage", "minutes", "parts"),
    [
        ("一面", 1, "technical"),
        ("一面", 5, "introduction technical"),
        ("一面", 10, "opening introduction technical technical reverse"),
        ("二面", 45, "opening introduction technical*5 project*2 coding reverse"),
        ("三面", 30, "opening introduction project*3 technical*2 hr*2 reverse"),
        ("HR面", 5, "introduction hr"),
        ("hr", 30, "opening introduction hr*10 reverse"),
        ("AI面", 30, "opening introduction technical*4 project*2 hr*2"),
        ("谈薪", 5, "introduction hr"),
    ],
)
def test_parts_fit_round_and_minutes(database: Database, company: int, stage: str, minutes: int, parts: str) -> None:
    found = plan(database, company, stage, minutes)
    wanted = [
        part
        for one in parts.split()
        for part, _star, times in [one.partition("*")]
        for _again in range(int(times or 1))
    ]
    assert [turn.part for turn in found.turns] == wanted
    assert sum(turn.seconds for turn in found.turns) <= max(180, minutes * 60 * 1.25)
    assert all(turn.part != "technical" or (turn.question_id is not None) for turn in found.turns)


@pytest.mark.parametrize(
    ("stage", "message"),
    [("笔试", "drill prepares"), ("测评", "drill prepares"), ("投递", "no interview"), ("offer", "no interview")],
)
def test_rounds_without_interviewers_are_refused(database: Database, company: int, stage: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        plan(database, company, stage)


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_minutes_that_make_no_sense_are_refused(database: Database, company: int, minutes: int) -> None:
    with pytest.raises(RefusedError, match="1 to 240"):
        plan(database, company, minutes=minutes)


def test_an_empty_bank_asks_what_is_usual_and_says_so(database: Database) -> None:
    with database.change("seed", now=NOW, kind="demo") as session:
        company_id = add_company(session, name="星河智能", now=NOW)
    found = plan(database, company_id, language="zh")
    assert {turn.reason for turn in found.turns} == {"", "template"}
    assert "holds no question" in found.warnings[0]
    english = plan(database, company_id, "HR面")
    assert english.language == "en"
    assert all(turn.text.isascii() for turn in english.turns if turn.part != "opening")


def test_what_was_asked_here_comes_first_and_what_was_asked_lately_last(database: Database, company: int) -> None:
    with database.change("seed", now=NOW, kind="demo") as session:
        here = add_question(session, text="这里问过的题？", now=NOW)
        add_asked(session, question_id=here, company_id=company, at=At.day(NOW - timedelta(days=20)), stage="一面")
    first = plan(database, company, minutes=10)
    assert (first.turns[2].question_id, first.turns[2].reason) == (here, "asked_here")
    with database.change("begin", now=NOW, kind="setting") as session:
        begin_mock(session, plan=plan(database, company, minutes=1), now=NOW)
    second = plan(database, company, minutes=10)
    assert here not in {turn.question_id for turn in second.turns}


def test_what_is_known_surely_waits_behind_what_is_not(database: Database, company: int) -> None:
    before = plan(database, company, minutes=1).turns[0]
    assert before.question_id is not None
    with database.change("rate", now=NOW) as session:
        log_attempt(session, question_id=before.question_id, rating="easy", now=NOW - timedelta(hours=1))
    assert plan(database, company, minutes=1).turns[0].question_id != before.question_id


def test_a_follow_up_waits_until_what_it_goes_on_from_is_asked(database: Database, company: int) -> None:
    with database.change("link", now=NOW, kind="demo") as session:
        rows = session.exec(select(Question.id).where(Question.kind == "knowledge")).all()
        first, *others = [key for key in rows if key is not None]
        for other in others[:6]:
            session.get_one(Question, other).follows_id = first
    asked = [turn.question_id for turn in plan(database, company, minutes=45).turns if turn.part == "technical"]
    assert first in asked
    assert not set(others[:5]) & set(asked[:5])


def test_the_next_round_is_meant_where_none_is_named(database: Database, company: int) -> None:
    with database.change("plan", now=NOW) as session:
        application = add_application(session, company_id=company, now=NOW, position="检索算法")
        plan_round(session, application_id=application, stage="笔试", starts_at=NOW + timedelta(hours=9))
    found = plan(database, company, stage="")
    assert found.stage == "一面"
    assert "笔试" in found.warnings[0]
    with database.change("plan", now=NOW) as session:
        move_to(session, application_id=application, label="二面", now=NOW)
        plan_round(session, application_id=application, stage="二面", starts_at=NOW + timedelta(hours=3))
    found = plan(database, company, stage="")
    assert (found.stage, found.position, found.warnings) == ("二面", "检索算法", ())
    assert found.round_id is not None
    assert plan(database, company, stage="三面").round_id is None
