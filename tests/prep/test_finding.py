"""Lists of questions: rows without answers, filters, and the line of text that names them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from prep.bank import add_asked, add_question, edit_question, log_attempt
from prep.finding import QuestionFilter, find, kinds_named, load_rows, parse_filter, topics_named
from prep.models import Question
from prep.search_index import complete_index
from prep.topics import find_or_add_topic
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Source

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def bank(database: Database) -> Database:
    """A tree of topics, two files, and what was asked and practised."""
    with database.change("bank", now=NOW) as session:
        kuaishou = add_company(session, name="快手", now=NOW)
        games = add_company(session, name="快手游戏", now=NOW)
        files = [Source(path=f"/home/me/{name}") for name in ("rag.md", "my rag.md")]
        session.add_all(files)
        session.flush()
        python = find_or_add_topic(session, path=("语言", "Python"))
        rag = find_or_add_topic(session, path=("大模型", "RAG"))
        cut = find_or_add_topic(session, path=("大模型", "RAG", "切块"))
        find_or_add_topic(session, path=("语言", "C++"))
        session.flush()
        add_question(session, text="怎么切块？", answer="按结构", topic_id=cut, importance=2, now=NOW)
        add_question(session, text="GIL 是什么？", answer="全局解释器锁", topic_id=python, now=NOW)
        add_question(session, text="怎么评估召回？", topic_id=rag, importance=1, now=NOW)
        add_question(session, text="团队多大？", kind="reverse", topic_id=rag, now=NOW)
        add_question(session, text="为什么选我们？", answer="答", kind="hr", company_id=games, now=NOW)
        add_question(session, text="写一个切块函数", answer="def cut(): ...", kind="coding", topic_id=cut, now=NOW)
        for question_id, source in ((1, 0), (2, 1), (3, 0)):
            question = session.get(Question, question_id)
            assert question is not None
            question.source_id, question.orphaned = files[source].id, question_id == 3
        edit_question(session, question_id=2, flagged=True)
        for company, days in ((kuaishou, 9), (games, 2), (kuaishou, 1)):
            add_asked(session, question_id=1, company_id=company, at=At.day(NOW - timedelta(days=days)))
        log_attempt(session, question_id=1, rating="hard", now=NOW - timedelta(days=30))
        log_attempt(session, question_id=2, rating="easy", now=NOW)
    return database


def found(bank: Database, wanted: QuestionFilter) -> list[int]:
    with bank.read() as session:
        return list(find(session, load_rows(session), wanted, now=NOW).ids)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [5, 2, 3, 4, 1, 6]),
        ({"topic": "rag"}, [3, 4, 1, 6]),
        ({"topic": "大模型"}, [3, 4, 1, 6]),
        ({"topic": "没有"}, []),
        ({"kind": "coding"}, [6]),
        ({"kind": "co"}, [6]),
        ({"kind": "手撕"}, [6]),
        ({"kind": "八股"}, [2, 3, 1]),
        ({"kind": "什么"}, []),
        ({"importance": 1}, [3, 1]),
        ({"importance": 2}, [1]),
        ({"source": "rag.md"}, [3, 1]),
        ({"source": "MY"}, [2]),
        ({"source": "/home/me/rag.md"}, [3, 1]),
        ({"source": ".md"}, [2, 3, 1]),
        ({"source_id": 2}, [2]),
        ({"company": "快手"}, [5, 1]),
        ({"company": "游戏"}, [5, 1]),
        ({"company_name": "快手"}, [1]),
        ({"company_name": "快手游戏"}, [5, 1]),
        ({"unanswered": True}, [3]),
        ({"due": True}, [1]),
        ({"new": True}, [5, 3, 4, 6]),
        ({"flagged": True}, [2]),
        ({"orphaned": True}, [3]),
        ({"topic": "rag", "importance": 1, "source": "rag.md", "unanswered": True}, [3]),
        ({"text": "切块"}, [1, 6]),
        ({"text": "切块", "kind": "coding"}, [6]),
        ({"text": "rag", "unanswered": True}, [3]),
        ({"text": "召回", "kind": "coding"}, []),
    ],
    ids=str,
)
def test_filters_combine_and_keep_the_order_of_the_tree(
    bank: Database, fields: dict[str, Any], expected: list[int]
) -> None:
    assert found(bank, QuestionFilter(**fields)) == expected
    complete_index(bank)
    assert found(bank, QuestionFilter(**fields)) == expected


def test_a_row_tells_what_lists_show(bank: Database) -> None:
    with bank.read() as session:
        rows = {row.id: row for row in load_rows(session)}
    row = rows[1]
    assert (row.topic, row.topic_key, row.source_file, row.importance) == (
        "切块",
        "大模型 / rag / 切块",
        "/home/me/rag.md",
        2,
    )
    assert (row.asked, row.companies, row.attempts, row.rating) == (3, ("快手", "快手游戏"), 1, "hard")
    assert row.reviewed_at == NOW - timedelta(days=30)
    assert row.due_at is not None
    assert row.due_at < NOW
    assert (row.answered, row.unanswered, row.flagged, row.orphaned) == (True, False, False, False)
    assert (rows[3].unanswered, rows[4].unanswered) == (True, False)
    assert (rows[5].topic, rows[5].company, rows[5].due_at, rows[5].stability) == ("", "快手游戏", None, 0.0)


@pytest.mark.parametrize(
    ("name", "questions"), [("rag", [3, 4, 1, 6]), ("大模型 / RAG", [3, 4, 1, 6]), ("切块", [1, 6]), ("C++", [])]
)
def test_a_topic_is_named_by_a_path_or_at_any_level(bank: Database, name: str, questions: list[int]) -> None:
    with bank.read() as session:
        topics = topics_named(session, name)
    assert found(bank, QuestionFilter(topics=topics)) == questions


@pytest.mark.parametrize("name", ["型 / RAG", "ra", "/", " "])
def test_a_topic_that_is_not_there_is_refused(bank: Database, name: str) -> None:
    with bank.read() as session, pytest.raises(RefusedError, match="There is no topic"):
        topics_named(session, name)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", QuestionFilter()),
        ("注意 KV", QuestionFilter(text="注意 KV")),
        ("topic:RAG 注意", QuestionFilter(topic="RAG", text="注意")),
        ("注意 主题：检索", QuestionFilter(topic="检索", text="注意")),
        ('topic:"vector search" x', QuestionFilter(topic="vector search", text="x")),
        ('主题:"检索 / 切', QuestionFilter(topic="检索 / 切")),
        ("kind:coding is:unanswered", QuestionFilter(kind="coding", unanswered=True)),
        ("题型：手撕 is:未答 is:到期", QuestionFilter(kind="手撕", unanswered=True, due=True)),
        ("is:orphaned is:flagged IS:NEW", QuestionFilter(orphaned=True, flagged=True, new=True)),
        ("from:notes.md at:腾讯 importance:2", QuestionFilter(source="notes.md", company="腾讯", importance=2)),
        ("来源:a.md 公司:快手 重要：３", QuestionFilter(source="a.md", company="快手", importance=3)),
        ("topic: 注意", QuestionFilter(text="注意")),
        ("is:hungry importance:very", QuestionFilter(text="is:hungry importance:very")),
        ("http://a.b/c x:y a::b", QuestionFilter(text="http://a.b/c x:y a::b")),
        ("[mask] \"kv cache\" 'x'", QuestionFilter(text="[mask] kv cache 'x'")),
    ],
)
def test_a_line_of_text_is_words_and_filters(line: str, expected: QuestionFilter) -> None:
    assert parse_filter(line) == expected


def test_a_line_adds_to_what_is_chosen_already() -> None:
    base = QuestionFilter(topics=frozenset({3}), kind="hr", text="a")
    assert parse_filter("kind:coding b", base) == QuestionFilter(topics=frozenset({3}), kind="coding", text="a b")


def test_a_search_that_ends_at_its_limit_says_that_there_may_be_more(bank: Database) -> None:
    with bank.read() as session:
        rows = load_rows(session)
        assert find(session, rows, QuestionFilter(text="切块"), now=NOW, limit=1).more
        whole = find(session, rows, QuestionFilter(text="切块"), now=NOW, limit=9)
    assert not whole.more
    assert {key: hit.where for key, hit in whole.hits.items()} == {1: "text", 6: "text"}


def test_kinds_are_named_by_codes_and_words() -> None:
    assert kinds_named("H") == {"hr"}
    assert kinds_named("反") == {"reverse"}
