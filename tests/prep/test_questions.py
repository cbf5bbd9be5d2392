"""Reading the question bank: filters, order, counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from prep.bank import add_asked, add_question, log_attempt
from prep.questions import list_attempts, list_questions, view_question
from prep.topics import find_or_add_topic
from tracker.applications import At
from tracker.companies import add_company, require_company_id
from tracker.db import Database
from tracker.errors import RefusedError

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def bank(database: Database) -> Database:
    """Two topics in the order of the notes, a question without one, and what was asked and practised."""
    with database.change("bank", now=NOW) as session:
        kuaishou = add_company(session, name="快手", now=NOW)
        tencent = add_company(session, name="腾讯", now=NOW)
        rag = find_or_add_topic(session, path=("RAG",))
        python = find_or_add_topic(session, path=("Python",))
        add_question(session, text="GIL 是什么？", answer="全局解释器锁", topic_id=python, now=NOW)
        chunk = add_question(session, text="怎么切块？", answer="按结构，100%_重叠", topic_id=rag, now=NOW)
        add_question(session, text="怎么评估？", topic_id=rag, now=NOW)
        add_question(session, text="团队多大？", kind="reverse", topic_id=rag, now=NOW)
        add_question(session, text="为什么选我们？", answer="答", kind="hr", company_id=kuaishou, now=NOW)
        add_asked(session, question_id=chunk, company_id=kuaishou, at=At.day(NOW - timedelta(days=9)), stage="一面")
        add_asked(session, question_id=chunk, company_id=tencent, at=At.day(NOW - timedelta(days=2)), stage="二面")
        log_attempt(session, question_id=chunk, rating="hard", now=NOW - timedelta(days=30), company_id=tencent)
        log_attempt(session, question_id=chunk, rating="good", now=NOW - timedelta(days=20))
    return database


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["为什么选我们？", "怎么切块？", "怎么评估？", "团队多大？", "GIL 是什么？"]),
        ({"kind": "reverse"}, ["团队多大？"]),
        ({"ids": []}, []),
        ({"ids": [1, 5, 404]}, ["为什么选我们？", "GIL 是什么？"]),
        ({"ids": range(2, 2000)}, ["为什么选我们？", "怎么切块？", "怎么评估？", "团队多大？"]),
    ],
    ids=str,
)
def test_filters_keep_the_order_of_topics_and_notes(
    bank: Database, filters: dict[str, Any], expected: list[str]
) -> None:
    with bank.read() as session:
        assert [view.text for view in list_questions(session, **filters)] == expected


@pytest.mark.parametrize(
    ("company", "expected"), [("快手", ["为什么选我们？", "怎么切块？"]), ("腾讯", ["怎么切块？"])]
)
def test_a_company_has_what_was_asked_there_and_what_was_answered_for_it(
    bank: Database, company: str, expected: list[str]
) -> None:
    with bank.read() as session:
        found = list_questions(session, company_id=require_company_id(session, company))
        assert [view.text for view in found] == expected


def test_a_question_tells_where_it_was_asked_newest_first_and_how_well_it_is_known(bank: Database) -> None:
    with bank.read() as session:
        view = view_question(session, 2)
        assert [(asked.company, asked.stage, asked.precision) for asked in view.asked] == [
            ("腾讯", "二面", "day"),
            ("快手", "一面", "day"),
        ]
        assert (view.attempts, view.rating, view.reviewed_at) == (2, "good", NOW - timedelta(days=20))
        assert view.stability > 0
        assert view.due_at is not None


def test_practices_are_listed_newest_first_by_question_and_company(bank: Database) -> None:
    with bank.read() as session:
        assert [(attempt.rating, attempt.company) for attempt in list_attempts(session)] == [
            ("good", ""),
            ("hard", "腾讯"),
        ]
        tencent = require_company_id(session, "腾讯")
        assert [attempt.question for attempt in list_attempts(session, company_id=tencent)] == ["怎么切块？"]
        assert len(list_attempts(session, limit=1)) == 1


def test_one_question_is_found_by_its_id_or_said_to_be_gone(bank: Database) -> None:
    with bank.read() as session:
        view = list_questions(session)[0]
        assert view_question(session, view.id) == view
        with pytest.raises(RefusedError, match="not there any more"):
            view_question(session, 404)
