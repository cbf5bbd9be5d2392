"""The debrief of a round: everything in one step, nothing twice."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from prep.bank import add_asked, add_question
from prep.debriefs.drafts import drop_draft, keep_draft, load_draft, shelve_draft
from prep.debriefs.next_steps import read_next_step
from prep.debriefs.promises import read_promise
from prep.debriefs.recording import (
    AskedThen,
    Debrief,
    Debriefed,
    PromiseMade,
    record_debrief,
    settle_debrief,
    view_debrief,
)
from prep.models import Asked, Attempt, MemoryState, Promise, Question
from tests.conftest import NOW
from tracker.applications import At, add_application
from tracker.capture.book import load_book
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import AshoreError
from tracker.merging import merge_companies
from tracker.models import Event, Round, Setting
from tracker.pipeline import move_to, standing_of
from tracker.rounds import list_rounds, plan_round
from tracker.undo import redo, undo

HOURS = timedelta(hours=1)


class Placed(NamedTuple):
    company_id: int
    application_id: int
    round_id: int
    question_id: int


def place(session: Session, *, starts_at: datetime = NOW - 2 * HOURS, precision: str = "minute") -> Placed:
    company_id = add_company(session, name="青禾", now=NOW)
    application_id = add_application(session, company_id=company_id, now=NOW, position="后端")
    move_to(session, application_id=application_id, label="一面", now=NOW, at=At.day(NOW - 48 * HOURS))
    round_id = plan_round(
        session, application_id=application_id, stage="一面", starts_at=starts_at, precision=precision
    )
    question_id = add_question(session, text="LoRA 的 B 为什么初始化为 0？", answer="开始时 ΔW=0。", now=NOW)
    return Placed(company_id, application_id, round_id, question_id)


@pytest.fixture
def placed(database: Database) -> Placed:
    with database.change("seed", now=NOW, kind="demo") as session:
        return place(session)


def write(database: Database, placed: Placed, debrief: Debrief) -> Debriefed:
    with database.change("debrief", now=NOW) as session:
        return record_debrief(session, round_id=placed.round_id, debrief=debrief, now=NOW)


FULL = Debrief(
    asked=(
        AskedThen("LoRA 的 B 为什么初始化为 0？", rating="good", note="答到 [/x] 了"),
        AskedThen("手写一个 [mask] 的 LRU", kind="coding", rating="again"),
        AskedThen("新人怎么带？", kind="reverse", rating="good"),
    ),
    promises=(PromiseMade("28k × 15", "pay"), PromiseMade("一周内给结果", "other", "them")),
    mood=4,
    remark="节奏很快",
    next_step="等 HR 电话",
    result="passed",
)


def test_everything_is_written_in_one_step_and_taken_back_in_one(database: Database, placed: Placed) -> None:
    done = write(database, placed, FULL)
    assert (done.asked, done.attempts, done.promises, len(done.new_question_ids)) == (3, 2, 2, 2)
    with database.read() as session:
        view = view_debrief(session, round_id=placed.round_id)
        entries = session.exec(select(Asked)).all()
        attempts = session.exec(select(Attempt)).all()
        notes = [event.note for event in session.exec(select(Event).where(Event.kind == "note")).all()]
        standing = standing_of(session, placed.application_id)
        state = session.get_one(MemoryState, placed.question_id)
        assert (state.rating, state.attempts) == ("good", 1)
    assert next(one.question_id for one in view.asked) == placed.question_id
    assert [(one.rating, one.note) for one in view.asked] == [("good", "答到 [/x] 了"), ("again", ""), ("", "")]
    assert (view.mood, view.state, view.result, view.debriefed_at) == (4, "done", "passed", NOW)
    assert [promise.text for promise in view.promises] == ["28k × 15", "一周内给结果"]
    assert {(one.source, one.stage, one.asked_at) for one in entries} == {("debrief", "一面", NOW - 2 * HOURS)}
    assert {(one.mode, one.attempted_at, one.company_id) for one in attempts} == {
        ("interview", NOW - 2 * HOURS, placed.company_id)
    }
    assert notes == ["一面: 节奏很快\n→ 等 HR 电话"]
    assert standing.outcome == "passed"

    undo(database, now=NOW)
    with database.read() as session:
        view = view_debrief(session, round_id=placed.round_id)
        assert (view.asked, view.promises, view.mood, view.state, view.debriefed_at) == ((), (), None, "planned", None)
        assert session.exec(select(Attempt)).all() == []
        assert len(session.exec(select(Question)).all()) == 1
    redo(database, now=NOW)
    with database.read() as session:
        assert len(view_debrief(session, round_id=placed.round_id).asked) == 3


def test_a_second_debrief_adds_only_what_is_new(database: Database, placed: Placed) -> None:
    write(database, placed, Debrief(asked=(AskedThen("第一题"), AskedThen("第二题", rating="hard"))))
    more = Debrief(
        asked=(AskedThen(" 第一题？", rating="easy"), AskedThen("第二题", rating="good"), AskedThen("第三题")),
        promises=(PromiseMade("7 月入职", "start"),),
    )
    done = write(database, placed, more)
    assert (done.asked, done.attempts, len(done.new_question_ids)) == (1, 1, 1)
    assert write(database, placed, more).promises == 0
    with database.read() as session:
        ratings = [one.rating for one in view_debrief(session, round_id=placed.round_id).asked]
        assert ratings == ["easy", "hard", ""]


def test_the_same_question_twice_is_one(database: Database, placed: Placed) -> None:
    twice = Debrief(
        asked=(
            AskedThen("LoRA 的 B 为什么初始化为 0", note="先问定义"),
            AskedThen("别的写法", placed.question_id, rating="hard", note="又问一遍"),
        )
    )
    done = write(database, placed, twice)
    assert (done.asked, done.attempts, done.new_question_ids) == (1, 1, ())
    with database.read() as session:
        assert session.exec(select(Asked.note)).all() == ["先问定义\n又问一遍"]


def test_fifty_questions_are_written(database: Database, placed: Placed) -> None:
    done = write(database, placed, Debrief(asked=tuple(AskedThen(f"第 {n} 问") for n in range(50))))
    assert (done.asked, len(done.new_question_ids)) == (50, 50)


def test_what_a_diary_told_of_this_round_is_taken_over(database: Database, placed: Placed) -> None:
    with database.change("import", now=NOW) as session:
        for days, source in ((0, "面经.md"), (200, "旧面经.md")):
            add_asked(
                session, question_id=placed.question_id, company_id=placed.company_id,
                at=At.day(NOW - timedelta(days=days)), stage="一面", source=source,
            )  # fmt: skip
    write(database, placed, Debrief(asked=(AskedThen("", placed.question_id, rating="good"),)))
    with database.read() as session:
        found = session.exec(select(Asked.source, Asked.round_id)).all()
    assert list(found) == [("面经.md", placed.round_id), ("旧面经.md", None)]


@pytest.mark.parametrize(
    ("debrief", "reason"),
    [
        (Debrief(), "Nothing was written down yet."),
        (Debrief(asked=(AskedThen("x", rating="great"),)), "«great» is no rating"),
        (Debrief(asked=(AskedThen("  "),)), "needs a text"),
        (Debrief(asked=(AskedThen("", 999),)), "not there any more"),
        (Debrief(asked=(AskedThen("x", kind="riddle"),)), "no kind of question"),
        (Debrief(promises=(PromiseMade(" "),)), "says something"),
        (Debrief(promises=(PromiseMade("x", "car"),)), "pay, start or other"),
        (Debrief(mood=6), "from 1 (bad) to 5"),
        (Debrief(result="maybe"), "passed or rejected"),
        (Debrief(asked=tuple(AskedThen(str(n)) for n in range(201))), "more than 200"),
    ],
)
def test_what_makes_no_sense_writes_nothing(database: Database, placed: Placed, debrief: Debrief, reason: str) -> None:
    with pytest.raises(AshoreError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        write(database, placed, debrief)
    with database.read() as session:
        assert session.exec(select(Asked)).all() == []
        assert view_debrief(session, round_id=placed.round_id).debriefed_at is None


def test_a_round_ahead_or_gone_is_refused(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        ahead = place(session, starts_at=NOW + HOURS)
    for round_id, reason in ((ahead.round_id, "not begun"), (999, "not there any more")):
        with pytest.raises(AshoreError, match=reason), database.change("debrief", now=NOW) as session:
            record_debrief(session, round_id=round_id, debrief=FULL, now=NOW)
        with pytest.raises(AshoreError, match=reason), database.change("debrief", now=NOW) as session:
            settle_debrief(session, round_id=round_id, now=NOW)


def test_a_round_known_by_its_day_keeps_its_day(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        placed = place(session, starts_at=NOW - 24 * HOURS, precision="day")
    write(database, placed, Debrief(asked=(AskedThen("x", rating="good"),)))
    with database.read() as session:
        day = datetime(2026, 3, 24, tzinfo=UTC)
        assert session.exec(select(Asked.asked_at, Asked.precision)).all() == [(day, "day")]
        assert session.exec(select(Attempt.attempted_at, Attempt.precision)).all() == [(day, "day")]


@pytest.mark.parametrize(
    ("later_stage", "result", "outcome", "stage"),
    [("", "rejected", "rejected", "一面"), ("二面", "passed", "", "二面"), ("二面", "rejected", "", "二面")],
)
def test_a_result_moves_only_an_application_that_stands_there(
    database: Database, placed: Placed, later_stage: str, result: str, outcome: str, stage: str
) -> None:
    if later_stage:
        with database.change("move", now=NOW) as session:
            move_to(session, application_id=placed.application_id, label=later_stage, now=NOW)
    write(database, placed, Debrief(result=result))
    with database.read() as session:
        standing = standing_of(session, placed.application_id)
        assert (standing.outcome or "", standing.stage) == (outcome, stage)
        assert session.get_one(Round, placed.round_id).result == result


def test_a_company_merged_meanwhile_keeps_its_debrief(database: Database, placed: Placed) -> None:
    with database.change("merge", now=NOW) as session:
        other = add_company(session, name="青禾科技", now=NOW)
        merge_companies(session, from_id=placed.company_id, into_id=other)
    done = write(database, placed, FULL)
    assert (done.company_id, done.company) == (other, "青禾科技")
    with database.read() as session:
        assert set(session.exec(select(Asked.company_id)).all()) == {other}
        assert len(session.exec(select(Promise)).all()) == 2


def test_a_next_step_with_a_time_plans_the_round(database: Database, placed: Placed) -> None:
    book = load_book(database.path)
    read = read_next_step(
        "二面 4.1 19:00 腾讯会议",
        book=book,
        company="青禾",
        application_id=placed.application_id,
        result="passed",
        now=NOW,
    )
    assert [(one.stage, one.at) for one in read] == [("二面", datetime(2026, 4, 1, 19, tzinfo=NOW.tzinfo))]
    done = write(database, placed, Debrief(next_step="二面 4.1 19:00", result="passed", planned=read))
    assert done.planned == 1
    with database.read() as session:
        ahead = list_rounds(session, application_id=placed.application_id, planned_only=True)
        assert [(view.stage, view.platform) for view in ahead] == [("二面", "腾讯会议")]
        assert standing_of(session, placed.application_id).stage == "二面"
    undo(database, now=NOW)
    with database.read() as session:
        assert [view.stage for view in list_rounds(session, application_id=placed.application_id)] == ["一面"]


@pytest.mark.parametrize(
    ("step", "result"),
    [
        ("", ""),
        ("等一周", "passed"),
        ("hear back next week", ""),
        ("[/x] 14:", ""),
        ("二面", "passed"),
        ("二面 4.1 19:00", "rejected"),
    ],
)
def test_a_next_step_without_a_round_plans_nothing(database: Database, placed: Placed, step: str, result: str) -> None:
    book = load_book(database.path)
    given = {"book": book, "company": "青禾", "application_id": placed.application_id, "now": NOW}
    assert read_next_step(step, result=result, **given) == ()  # type: ignore[arg-type]


def test_of_two_applications_the_round_tells_which_one_goes_on(database: Database, placed: Placed) -> None:
    with database.change("second", now=NOW) as session:
        second = add_application(session, company_id=placed.company_id, now=NOW, position="算法")
        move_to(session, application_id=second, label="一面", now=NOW)
    book = load_book(database.path)
    read = read_next_step(
        "二面 4.1 19:00", book=book, company="青禾", application_id=placed.application_id, result="", now=NOW
    )
    assert [one.application_id for one in read] == [placed.application_id]


def test_nothing_to_write_settles_the_round(database: Database, placed: Placed) -> None:
    with database.change("settle", now=NOW) as session:
        settle_debrief(session, round_id=placed.round_id, now=NOW)
    with database.read() as session:
        view = view_debrief(session, round_id=placed.round_id)
        assert (view.state, view.debriefed_at) == ("done", NOW)


@pytest.mark.parametrize(
    ("line", "kind", "by", "text"),
    [
        ("pay: 28k × 15", "pay", "me", "28k × 15"),
        ("薪资：三十五万", "pay", "me", "三十五万"),
        ("they pay: 30k", "pay", "them", "30k"),
        ("对方入职：7 月", "start", "them", "7 月"),
        ("start date: July 1", "start", "me", "July 1"),
        ("hr: 一周内给结果", "other", "them", "一周内给结果"),
        ("明天发简历", "other", "me", "明天发简历"),
        ("25k*16，下周五前答复", "pay", "me", "25k*16，下周五前答复"),
        ("HR 说月底前给结果", "other", "them", "HR 说月底前给结果"),
        ("对方给 28k × 15", "pay", "them", "对方给 28k × 15"),
        ("7 月 1 日入职", "start", "me", "7 月 1 日入职"),
        ("hr: 能开到 30k", "pay", "them", "能开到 30k"),
        ("写一份 3k 字的总结", "other", "me", "写一份 3k 字的总结"),
        ("note: [/x]", "other", "me", "note: [/x]"),
        ("payment: later", "other", "me", "payment: later"),
        ("pay:", "other", "me", "pay:"),
        ("", "other", "me", ""),
    ],
)
def test_promises_are_read_as_typed(line: str, kind: str, by: str, text: str) -> None:
    assert read_promise(line) == PromiseMade(text, kind, by)


def test_a_draft_is_kept_and_is_no_step_of_undo(database: Database, placed: Placed) -> None:
    with database.change("draft", now=NOW, kind="setting") as session:
        keep_draft(session, round_id=placed.round_id, debrief=FULL, typed="打到一[半")
    with database.read() as session:
        assert load_draft(session, round_id=placed.round_id) == (FULL, "打到一[半")
        assert load_draft(session, round_id=7) is None
    with pytest.raises(AshoreError):
        undo(database, now=NOW)
    with database.change("draft", now=NOW, kind="setting") as session:
        drop_draft(session, round_id=placed.round_id)
        drop_draft(session, round_id=placed.round_id)
    with database.read() as session:
        assert load_draft(session, round_id=placed.round_id) is None


def test_a_draft_that_was_written_comes_back_when_that_is_undone(database: Database, placed: Placed) -> None:
    with database.change("draft", now=NOW, kind="setting") as session:
        keep_draft(session, round_id=placed.round_id, debrief=FULL)
    with database.change("debrief", now=NOW) as session:
        record_debrief(session, round_id=placed.round_id, debrief=FULL, now=NOW)
    with database.change("draft", now=NOW, kind="setting") as session:
        shelve_draft(session, round_id=placed.round_id)
        shelve_draft(session, round_id=7)
    with database.read() as session:
        assert load_draft(session, round_id=placed.round_id) is None
    undo(database, now=NOW)
    with database.read() as session:
        assert load_draft(session, round_id=placed.round_id) == (FULL, "")


@pytest.mark.parametrize("value", ["", "[]", '{"asked": 3}', '{"asked": [{"x": 1}]}', json.dumps({"mood": 9})])
def test_a_draft_that_cannot_be_read_is_no_crash(database: Database, placed: Placed, value: str) -> None:
    with database.change("broken", now=NOW, kind="setting") as session:
        session.add(Setting(name=f"debrief_draft_{placed.round_id}", value=value))
    with database.read() as session:
        assert load_draft(session, round_id=placed.round_id) in (None, (Debrief(), ""))


ASKED = st.lists(
    st.builds(
        AskedThen,
        st.sampled_from(["LoRA", "lora?", "什么是 RAG", "手写快排", "[/x]"]),
        rating=st.sampled_from(["", "again", "hard", "good", "easy"]),
        kind=st.sampled_from(["knowledge", "coding", "reverse"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ASKED, second=ASKED)
def test_no_question_is_entered_or_rated_twice(
    fresh_database: Callable[[], Database], first: list[AskedThen], second: list[AskedThen]
) -> None:
    database = fresh_database()
    with database.change("seed", now=NOW) as session:
        placed = place(session)
    for asked in (first, second):
        write(database, placed, Debrief(asked=tuple(asked)))
    with database.read() as session:
        entered = session.exec(select(Asked.question_id)).all()
        rated = session.exec(select(Attempt.question_id)).all()
        assert len(entered) == len(set(entered)) == len(view_debrief(session, round_id=placed.round_id).asked)
        assert len(rated) == len(set(rated))
