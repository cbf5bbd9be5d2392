"""No words of an interviewer give the answer away, whoever plays it."""

import pytest

from prep.bank import add_question
from prep.interviewing.engine import answer_turn, ask_on, begin_mock, reword
from prep.interviewing.giving_away import said_so_far, stored_answers
from prep.interviewing.mock_views import MockView, view_mock
from prep.interviewing.plan import MockPlan, PlannedTurn
from tests.conftest import NOW
from tracker.companies import add_company
from tracker.db import Database

QUESTION = "RoPE 为什么能外推？"
STORED = "- 旋转角度只和相对距离有关\n- 高频维度先转满一圈，需要插值"
LEAK = "旋转角度只和相对距离有关，那么 RoPE 为什么能外推？"
LEAKING_ON = "是不是因为高频维度先转满一圈，需要插值？"


@pytest.fixture
def view(database: Database) -> MockView:
    with database.change("seed", now=NOW, kind="demo") as session:
        company_id = add_company(session, name="星河智能", now=NOW)
        question_id = add_question(session, text=QUESTION, answer=STORED, now=NOW)
        turns = (
            PlannedTurn("technical", QUESTION, question_id, 180),
            PlannedTurn("technical", "讲讲你熟悉的模型。", None, 180),
        )
        plan = MockPlan(company_id, "星河智能", None, "算法", "二面", "zh", 30, turns, follows_up=True)
        return view_mock(session, begin_mock(session, plan=plan, now=NOW))


@pytest.mark.parametrize(
    ("text", "asked"),
    [("那我们聊聊位置编码：RoPE 为什么能外推？", "那我们聊聊位置编码：RoPE 为什么能外推？"), (LEAK, QUESTION)],
)
def test_a_wording_that_says_the_answer_is_not_taken(database: Database, view: MockView, text: str, asked: str) -> None:
    with database.change("reword", now=NOW, kind="setting") as session:
        assert view.waiting is not None
        reword(session, turn_id=view.waiting.id, text=text)
        after = view_mock(session, view.id)
        assert after.waiting is not None
        assert after.waiting.asked == asked
        assert stored_answers(session, after.turns) == {view.waiting.id: STORED}


@pytest.mark.parametrize(
    ("answer", "is_asked"),
    [
        ("旋转位置编码用角度表示位置，我只记得这么多了，别的想不起来。", False),
        ("因为高频维度先转满一圈，需要插值，低频的维度不需要动。", True),
    ],
)
def test_a_follow_up_says_no_more_than_the_candidate_did(
    database: Database, view: MockView, answer: str, is_asked: bool
) -> None:
    assert view.waiting is not None
    turn_id = view.waiting.id
    with database.change("answer", now=NOW, kind="setting") as session:
        after = answer_turn(session, turn_id=turn_id, manner="typed", answer=answer, now=NOW)
        assert answer in said_so_far(after, after.turns[0])
        after = ask_on(session, turn_id=turn_id, text=LEAKING_ON, now=NOW)
    assert after.waiting is not None
    assert (after.waiting.asked == LEAKING_ON) == is_asked
