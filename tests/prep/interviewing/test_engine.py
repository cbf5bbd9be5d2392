"""Mock interviews as they go: nothing is lost, nothing counts twice, and only the program moves on."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from sqlmodel import Session, select

from prep.bank import add_asked, add_question, remove_question
from prep.interviewing.engine import answer_turn, ask_on, begin_mock, end_mock, may_follow_up, reword, save_draft
from prep.interviewing.interviewer import COVERED, MISSING, Feedback, Point
from prep.interviewing.marking import add_to_bank, keep_feedback, rate_turn
from prep.interviewing.mock_views import MockOptions, MockView, list_mocks, view_mock
from prep.interviewing.plan import MockPlan, PlannedTurn, plan_interview
from prep.models import Attempt, MockTurn, Question
from prep.questions import view_question
from tests.conftest import NOW
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError

ANSWER = "把原来的权重冻结，旁边加两个低秩矩阵，一个随机初始化，另一个初始化为零。"


@pytest.fixture
def company(database: Database) -> int:
    """A company with three questions, the first with two follow-ups and one more."""
    with database.change("seed", now=NOW, kind="demo") as session:
        company_id = add_company(session, name="星河智能", now=NOW, tier="A")
        first = add_question(session, text="LoRA 是什么？", answer="- 冻结权重\n- 加两个低秩矩阵 A 和 B", now=NOW)
        for text in ("为什么 B 初始化为 0？", "推理时有延迟吗？", "秩怎么选？"):
            session.get_one(Question, add_question(session, text=text, now=NOW)).follows_id = first
        add_asked(session, question_id=first, company_id=company_id, at=At.day(NOW - timedelta(days=9)), stage="一面")
        add_question(session, text="什么是 KV 缓存？", answer="缓存历史的键和值。", now=NOW)
        add_question(session, text="讲一个你的项目", kind="project", now=NOW)
    return company_id


def begin(database: Database, company_id: int, minutes: int = 30) -> MockView:
    with database.change("begin", now=NOW, kind="setting") as session:
        plan = plan_interview(session, company_id=company_id, now=NOW, minutes=minutes, stage="一面")
        return view_mock(session, begin_mock(session, plan=plan, now=NOW))


def answer(database: Database, view: MockView, text: str = ANSWER, **others: str | int) -> MockView:
    assert view.waiting is not None
    with database.change("answer", now=NOW, kind="setting") as session:
        found = {"manner": "typed", **others}
        return answer_turn(session, turn_id=view.waiting.id, answer=text, now=NOW, **found)  # type: ignore[arg-type]


def attempts(database: Database) -> list[tuple[int, str, str, int | None]]:
    with database.read() as session:
        rows = session.exec(select(Attempt)).all()
        return [(row.question_id, row.rating, row.mode, row.session_id) for row in rows]


def to_first_question(database: Database, view: MockView) -> MockView:
    """Past opening and introduction."""
    view = answer(database, view, "")
    return answer(database, view, "我叫林澈，做过两年检索。")


def test_it_goes_through_its_parts_and_ends(database: Database, company: int) -> None:
    view = begin(database, company)
    assert view.waiting is not None
    assert "星河智能" in view.waiting.asked
    parts = []
    while view.waiting is not None:
        parts.append(view.waiting.part)
        assert view.state == "open"
        view = answer(database, view)
    assert view.state == "done"
    assert parts[:3] == ["opening", "introduction", "technical"]
    assert parts[-1] == "reverse"
    assert [turn.position for turn in view.turns] == list(range(len(parts)))
    first = view.turns[2]
    assert first.asked == "LoRA 是什么？"
    assert first.feedback is not None
    assert first.feedback.points[1].verdict == COVERED
    assert first.feedback.points[1].quote in first.answer
    with database.read() as session:
        (line,) = list_mocks(session, company_id=company)
    assert (line.asked, line.answered, line.state) == (len(parts) - 1, len(parts) - 1, "done")


def test_at_most_two_linked_questions_go_on_from_one(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    root = view.turns[2]
    asked = []
    for _turn in range(3):
        view = answer(database, view)
        assert view.waiting is not None
        asked.append((view.waiting.asked, view.waiting.follows_id is not None))
    assert asked[:2] == [("为什么 B 初始化为 0？", True), ("推理时有延迟吗？", True)]
    assert asked[2][1] is False
    assert view.turns[3].follows_id == root.id


def test_nothing_goes_on_from_what_was_skipped_or_when_the_time_is_up(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    skipped = answer(database, view, "", manner="skipped")
    assert skipped.waiting is not None
    assert skipped.waiting.follows_id is None
    last = answer(database, skipped, seconds=3600)
    assert last.waiting is not None
    assert last.waiting.part == "reverse"
    assert answer(database, last).state == "done"


def test_a_rated_answer_is_one_attempt_whichever_rating_it_gets(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    turn = view.waiting
    assert turn is not None
    assert turn.question_id is not None
    view = answer(database, view, "", manner="spoken", rating="hard", seconds=42)
    assert attempts(database) == [(turn.question_id, "hard", "mock", view.id)]
    with database.change("rate", now=NOW) as session:
        rate_turn(session, turn_id=turn.id, rating="good", now=NOW)
    assert attempts(database) == [(turn.question_id, "good", "mock", view.id)]
    with database.read() as session:
        found = view_question(session, turn.question_id)
        assert (found.attempts, found.rating) == (1, "good")
    with database.change("rate", now=NOW) as session, pytest.raises(RefusedError, match="no answer"):
        rate_turn(session, turn_id=view.turns[0].id, rating="good", now=NOW)


def test_two_windows_answer_once(database: Database, company: int) -> None:
    view = begin(database, company)
    answer(database, view, "好了")
    with pytest.raises(ChangedElsewhereError):
        answer(database, view, "好的")
    with (
        pytest.raises(ChangedElsewhereError),
        database.change("draft", now=NOW, kind="setting") as session,
    ):
        save_draft(session, turn_id=view.turns[0].id, text="…")
    with database.read() as session:
        assert [turn.answer for turn in view_mock(session, view.id).turns] == ["好了", ""]


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"manner": "typed", "text": "  \n "}, "Nothing is typed"),
        ({"manner": "sung"}, "no way to answer"),
        ({"manner": "spoken", "rating": "superb"}, "no rating"),
        ({"manner": "spoken", "rating": "good", "seconds": -1}, "less than no time"),
    ],
)
def test_what_is_no_answer_is_refused(database: Database, company: int, found: dict[str, str], message: str) -> None:
    view = answer(database, begin(database, company), "")
    with pytest.raises(RefusedError, match=message):
        answer(database, view, **found)
    with database.read() as session:
        assert view_mock(session, view.id) == view


def test_a_draft_counts_when_the_interview_is_ended(database: Database, company: int) -> None:
    view = answer(database, begin(database, company), "")
    assert view.waiting is not None
    with database.change("draft", now=NOW, kind="setting") as session:
        save_draft(session, turn_id=view.waiting.id, text="我叫林澈\x1b，", seconds=7)
    with database.change("end", now=NOW, kind="setting") as session:
        ended = end_mock(session, sitting_id=view.id, now=NOW)
    assert ended.state == "left"
    assert ended.spent_seconds == 7
    last = ended.turns[-1]
    assert (last.answer, last.manner, last.seconds) == ("我叫林澈，", "typed", 7)
    with database.change("end", now=NOW, kind="setting") as session:
        again = end_mock(session, sitting_id=view.id, now=NOW + timedelta(hours=1))
    assert again == ended


def test_an_interviewer_rewords_what_waits_and_asks_before_it(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    turn = view.waiting
    assert turn is not None
    with database.change("reword", now=NOW, kind="setting") as session:
        reword(session, turn_id=turn.id, text=" 先聊聊 LoRA 吧？\x1b[2J " + "很" * 5000)
        reword(session, turn_id=turn.id, text="  ")
    with database.read() as session:
        waiting = view_mock(session, view.id).waiting
    assert waiting is not None
    assert waiting.asked.startswith("先聊聊 LoRA 吧？")
    assert len(waiting.asked) == 2000
    for _times in range(3):
        view = answer(database, view)
    before = view.waiting
    done = view.turns[-2]
    assert before is not None
    assert before.follows_id is None
    assert not may_follow_up(view, done)
    view = answer(database, view)
    base = view.turns[-2]
    planned = view.waiting
    assert planned is not None
    with database.change("on", now=NOW, kind="setting") as session:
        on = ask_on(session, turn_id=base.id, text="缓存多大？", now=NOW)
    assert on.waiting is not None
    assert (on.waiting.asked, on.waiting.follows_id) == ("缓存多大？", base.id)
    after = answer(database, on)
    assert after.waiting is not None
    assert after.waiting.asked == planned.asked


def test_what_is_being_answered_is_neither_reworded_nor_pushed_aside(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    view = answer(database, view, "", manner="skipped")
    view = answer(database, view)
    assert view.waiting is not None
    with database.change("draft", now=NOW, kind="setting") as session:
        save_draft(session, turn_id=view.waiting.id, text="我想")
        reword(session, turn_id=view.waiting.id, text="别的问题")
        after = ask_on(session, turn_id=view.turns[-2].id, text="别的问题", now=NOW)
    assert after.waiting is not None
    assert (after.waiting.id, after.waiting.asked) == (view.waiting.id, view.waiting.asked)


def test_feedback_is_kept_within_bounds(database: Database, company: int) -> None:
    view = answer(database, begin(database, company), "")
    view = answer(database, view, "我叫林澈，做过两年检索。")
    turn = view.turns[1]
    given = Feedback(
        points=(Point("说了名字", COVERED, "我叫林澈"), Point("说了学校", COVERED, "复旦大学"), Point("  ", MISSING)),
        suggestions=("多说\x1b一点", *["…"] * 20),
    )
    with database.change("feedback", now=NOW, kind="setting") as session:
        kept = keep_feedback(session, turn_id=turn.id, feedback=given, source="a model")
        assert view_mock(session, view.id).turns[1].feedback == kept
    assert [(point.text, point.verdict) for point in kept.points] == [("说了名字", "covered"), ("说了学校", "unclear")]
    assert kept.suggestions[0] == "多说一点"
    assert len(kept.suggestions) == 5


def test_what_was_asked_beyond_the_bank_can_be_added(database: Database, company: int) -> None:
    view = answer(database, begin(database, company), "")
    with database.change("seed", now=NOW, kind="demo") as session:
        session.add(
            MockTurn(session_id=view.id, position=90, part="technical", asked="什么是 kv 缓存", rating="good",
                     manner="spoken", asked_at=NOW, answered_at=NOW)
        )  # fmt: skip
        session.flush()
        turn_id = view_mock(session, view.id).turns[-1].id
    with database.change("add", now=NOW) as session:
        known = session.exec(select(Question.id).where(Question.text == "什么是 KV 缓存？")).one()
        assert add_to_bank(session, turn_id=turn_id, now=NOW) == known
        assert add_to_bank(session, turn_id=turn_id, now=NOW) == known
        with pytest.raises(RefusedError):
            add_to_bank(session, turn_id=view.turns[0].id, now=NOW)
    assert attempts(database) == [(known, "good", "mock", view.id)]


def test_a_question_that_is_removed_meanwhile_is_asked_all_the_same(database: Database, company: int) -> None:
    view = begin(database, company)
    with database.change("remove", now=NOW) as session:
        wanted = session.exec(select(Question.id).where(Question.text == "什么是 KV 缓存？")).one()
        assert wanted is not None
        remove_question(session, question_id=wanted)
    asked = []
    while view.waiting is not None:
        asked.append((view.waiting.asked, view.waiting.question_id))
        view = answer(database, view)
    assert ("什么是 KV 缓存？", None) in asked
    with database.read() as session, pytest.raises(GoneError):
        view_mock(session, 999)


def test_an_empty_plan_is_refused(database: Database, company: int) -> None:
    empty = MockPlan(company, "", None, "", "一面", "zh", 30, (), follows_up=True)
    with database.change("begin", now=NOW, kind="setting") as session, pytest.raises(RefusedError):
        begin_mock(session, plan=empty, now=NOW)


def test_a_plan_without_the_bank_is_kept_as_it_was(database: Database, company: int) -> None:
    turns = (PlannedTurn("technical", "“一”\n二", None, 60, "template"),)
    plan = MockPlan(company, "星河智能", None, "后端", "一面", "en", 5, turns, follows_up=False, warnings=("!",))
    with database.change("begin", now=NOW, kind="setting") as session:
        view = view_mock(session, begin_mock(session, plan=plan, now=NOW, options=MockOptions("spoken", True)))
    assert (view.planned, view.position, view.language, view.follows_up) == (turns, "后端", "en", False)
    assert (view.warnings, view.options) == (("!",), MockOptions("spoken", True))


LOOP = """
import sys
from pathlib import Path
from prep.interviewing.engine import answer_turn, begin_mock, save_draft
from prep.interviewing.mock_views import view_mock
from prep.interviewing.plan import plan_interview
from prep.storage import open_database
from tests.conftest import NOW

database = open_database(Path(sys.argv[1]), now=NOW)
while True:
    with database.change("begin", now=NOW, kind="setting") as session:
        plan = plan_interview(session, company_id=int(sys.argv[2]), now=NOW, minutes=30, stage="一面")
        view = view_mock(session, begin_mock(session, plan=plan, now=NOW))
    while view.waiting is not None:
        text = f"{view.id}/{view.waiting.position}"
        with database.change("draft", now=NOW, kind="setting") as session:
            save_draft(session, turn_id=view.waiting.id, text=text, seconds=1)
        print("draft", text, flush=True)
        with database.change("answer", now=NOW, kind="setting") as session:
            view = answer_turn(session, turn_id=view.waiting.id, manner="typed", answer=text, rating="good", now=NOW)
        print("sent", text, flush=True)
"""


def test_a_kill_loses_and_doubles_nothing(database: Database, company: int, tmp_path: Path) -> None:
    script = tmp_path / "loop.py"
    script.write_text(dedent(LOOP), encoding="utf-8")
    root = str(Path(__file__).parents[3])
    for wanted in (3, 8, 14):
        process = subprocess.Popen(
            [sys.executable, str(script), str(database.path), str(company)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
            text=True,
        )
        told = _read_lines(process, wanted)
        process.send_signal(signal.SIGKILL)
        told += process.communicate()[0].splitlines()
        with database.read() as session:
            _nothing_is_lost(session, [line for line in told if line])


def _read_lines(process: "subprocess.Popen[str]", number: int) -> list[str]:
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _line in range(number)]
    time.sleep(0.01)
    return lines


def _nothing_is_lost(session: Session, told: list[str]) -> None:
    views = [view_mock(session, line.id) for line in list_mocks(session)]
    kept = {turn.answer: turn for view in views for turn in view.turns if turn.answer}
    for line in told:
        word, _space, text = line.partition(" ")
        assert text in kept
        assert word == "draft" or not kept[text].is_open
    for view in views:
        assert sum(turn.is_open for turn in view.turns) == (view.state == "open")
        assert [turn.position for turn in view.turns] == list(range(len(view.turns)))
        rows = session.exec(select(Attempt.question_id).where(Attempt.session_id == view.id)).all()
        answered = [turn.question_id for turn in view.turns if not turn.is_open and turn.question_id is not None]
        assert sorted(rows) == sorted(answered)
        assert len(set(rows)) == len(rows)


def test_two_interviews_at_once_keep_apart(database: Database, company: int) -> None:
    one, other = begin(database, company), begin(database, company)
    one = answer(database, one, "一")
    assert answer(database, other, "二").turns[0].answer == "二"
    with database.read() as session:
        assert view_mock(session, one.id) == one


def test_an_answer_of_a_hundred_thousand_characters_is_kept_whole(database: Database, company: int) -> None:
    view = to_first_question(database, begin(database, company))
    long = "把权重冻结，加两个低秩矩阵。其他内容慢慢讲清楚。" * 5000
    after = answer(database, view, long, rating="good")
    assert after.turns[2].answer == long
    with database.change("end", now=NOW, kind="setting") as session:
        ended = end_mock(session, sitting_id=view.id, now=NOW)
    feedback = ended.turns[2].feedback
    assert feedback is not None
    assert [point.verdict for point in feedback.points][-1] == COVERED
