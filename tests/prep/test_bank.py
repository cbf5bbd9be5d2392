"""Writing the question bank: what is kept as written, what is refused, and how questions are told apart."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from prep.bank import (
    KINDS,
    add_asked,
    add_question,
    edit_question,
    log_attempt,
    question_key,
    remove_question,
    source_hash,
)
from prep.models import Asked, Attempt, Question, QuestionCopy
from prep.questions import list_attempts, view_question
from prep.topics import find_or_add_topic
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, RefusedError
from tracker.models import Source
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("为什么要除以根号 d？", "为什么要除以根号d"),
        ("RAG 的流程", "ｒａｇ的流程！"),
        ("What is a B+ tree?", "what is a b+tree"),
        ("**LoRA** 的原理", "LoRA的原理。"),
        ("`is` 的含义", "is 的含义"),
    ],
)
def test_one_question_written_twice_has_one_key(one: str, other: str) -> None:
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C 和 Go 的区别", "C++ 和 Go 的区别"),
        ("C++ 的多态", "C# 的多态"),
        ("PPO 和 DPO 的区别", "SFT 和 DPO 的区别"),
        ("B 树", "B+ 树"),
        ("？", "！"),
        ("HTTP/1.1", "HTTP/2"),
    ],
)
def test_different_questions_have_different_keys(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


@pytest.mark.parametrize(("text", "answer"), [("题", "答案"), ("题\0", "答案"), ("题", ""), ("", "题")])
def test_the_source_hash_tells_text_from_answer(text: str, answer: str) -> None:
    assert len(source_hash(text, answer)) == 64
    assert source_hash(text, answer) != source_hash(answer, text)
    assert source_hash(text, answer) != source_hash(text, answer, "hr")


def test_an_answer_is_kept_byte_for_byte_but_for_controls(database: Database) -> None:
    answer = "  ① `[MASK]`\n\n```python\n# 注释\n\tx = 1\n```\n$\\frac{a}{b}$ \u200d\n"
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text=" [CLS] 是什么？\n", answer="\x1b]52;c;x\x07" + answer, now=NOW)
    with database.read() as session:
        view = view_question(session, question_id)
        assert view.text == "[CLS] 是什么？"
        assert view.answer == "]52;c;x" + answer


@pytest.mark.parametrize("blank", ["", " ", "\n\t\n", "\x00"])
def test_an_answer_of_white_space_is_none(database: Database, blank: str) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="题", answer="写过", now=NOW)
        edit_question(session, question_id=question_id, answer=blank)
        assert view_question(session, question_id).answer == ""


def test_marks_found_in_notes_are_kept(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="题", importance=3, stars=2, underlined=True, now=NOW)
        view = view_question(session, question_id)
        assert (view.importance, view.stars, view.underlined) == (3, 2, True)


@pytest.mark.parametrize(("fields", "reason"), [({"text": " \n"}, "needs a text"), ({"kind": "poem"}, "no kind")])
def test_what_is_no_question_is_refused(database: Database, fields: dict[str, str], reason: str) -> None:
    with (
        pytest.raises(RefusedError, match=reason),
        database.change("add", now=NOW) as session,
    ):
        add_question(session, **{"text": "题", **fields}, now=NOW)  # type: ignore[arg-type]
    with database.read() as session:
        assert session.exec(select(Question)).all() == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_added_and_chosen_later(database: Database, kind: str) -> None:
    with database.change("add", now=NOW) as session:
        added = add_question(session, text="一", kind=kind, now=NOW)
        edited = add_question(session, text="二", now=NOW)
        edit_question(session, question_id=edited, kind=kind)
        assert {view_question(session, number).kind for number in (added, edited)} == {kind}


def test_an_edit_changes_what_is_given_and_nothing_else(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        topic_id = find_or_add_topic(session, path=("RAG",))
        question_id = add_question(session, text="旧题", answer="旧答", now=NOW)
    with database.change("edit", now=NOW) as session:
        edit_question(session, question_id=question_id, text="新题 C++", topic_id=topic_id, importance=2, flagged=True)
    with database.read() as session:
        view = view_question(session, question_id)
        assert (view.text, view.answer, view.topic, view.importance, view.flagged) == (
            "新题 C++",
            "旧答",
            "RAG",
            2,
            True,
        )
        row = session.get(Question, question_id)
        assert row is not None
        assert row.text_key == question_key("新题 C++")


def test_an_answer_that_was_changed_elsewhere_is_not_written_over(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="题", answer="一", now=NOW)
        edit_question(session, question_id=question_id, answer="二", answer_before="一")
    with (
        pytest.raises(ChangedElsewhereError, match="changed elsewhere"),
        database.change("edit", now=NOW) as session,
    ):
        edit_question(session, question_id=question_id, answer="三", answer_before="一")
    with database.read() as session:
        assert view_question(session, question_id).answer == "二"


@pytest.mark.parametrize(
    "action",
    [
        lambda session: edit_question(session, question_id=404, text="x"),
        lambda session: remove_question(session, question_id=404),
        lambda session: log_attempt(session, question_id=404, rating="good", now=NOW),
        lambda session: add_asked(session, question_id=404, company_id=1, at=At()),
    ],
    ids=["edit", "remove", "attempt", "asked"],
)
def test_a_question_that_is_gone_is_said_so(database: Database, action: Callable[[Session], object]) -> None:
    with pytest.raises(RefusedError, match="not there any more"), database.change("x", now=NOW) as session:
        action(session)


def test_only_a_question_without_history_can_be_removed(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        company_id = add_company(session, name="得到", now=NOW)
        fresh = add_question(session, text="一", now=NOW)
        practised = add_question(session, text="二", now=NOW)
        asked = add_question(session, text="三", now=NOW)
        log_attempt(session, question_id=practised, rating="good", now=NOW)
        add_asked(session, question_id=asked, company_id=company_id, at=At())
        remove_question(session, question_id=fresh)
        for question_id in (practised, asked):
            with pytest.raises(RefusedError, match="history"):
                remove_question(session, question_id=question_id)
        assert {row.id for row in session.exec(select(Question)).all()} == {practised, asked}


def test_an_attempt_keeps_rating_time_answer_and_company(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        question_id = add_question(session, text="题", now=NOW)
        log_attempt(session, question_id=question_id, rating="again", now=NOW - timedelta(days=1))
        log_attempt(
            session,
            question_id=question_id,
            rating="easy",
            seconds=0,
            answer="[/x] 我的答案\x1b",
            company_id=company_id,
            mode="drill",
            now=NOW,
        )
    with database.read() as session:
        newest, oldest = list_attempts(session, question_id=question_id)
        assert (newest.rating, newest.seconds, newest.answer, newest.company, newest.mode, newest.at) == (
            "easy",
            0,
            "[/x] 我的答案",
            "快手",
            "drill",
            NOW,
        )
        assert (oldest.rating, oldest.seconds, oldest.company, oldest.mode) == ("again", None, "", "practice")
        assert view_question(session, question_id).attempts == 2


@pytest.mark.parametrize(("rating", "seconds"), [("", 1), ("Good", 1), ("5", 1), ("good", -1)])
def test_an_attempt_without_a_rating_or_in_negative_time_is_refused(
    database: Database, rating: str, seconds: int
) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
    with pytest.raises(RefusedError), database.change("practise", now=NOW) as session:
        log_attempt(session, question_id=question_id, rating=rating, seconds=seconds, now=NOW)
    with database.read() as session:
        assert session.exec(select(Attempt)).all() == []


def test_where_it_was_asked_is_one_line_of_clean_text(database: Database) -> None:
    with database.change("asked", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        question_id = add_question(session, text="题", now=NOW)
        at = At.day(NOW)
        add_asked(session, question_id=question_id, company_id=company_id, at=at, stage=" 一面\n", source="面\x1b经")
        row = session.exec(select(Asked)).one()
        assert (row.stage, row.source, row.asked_at, row.precision) == ("一面", "面经", at.time, "day")


def from_file(session: Session) -> Question:
    source = Source(path="/notes.md")
    session.add(source)
    session.flush()
    row = Question(text="什么是锁？", text_key=question_key("什么是锁？"), answer="甲", source_id=source.id)
    session.add(row)
    session.flush()
    return row


def test_an_edit_keeps_what_the_file_says_until_it_says_the_same(database: Database) -> None:
    with database.change("edit", now=NOW) as session:
        row = from_file(session)
        steps = []
        for text, answer in (("锁是什么", "甲"), ("锁呢", "乙"), ("什么是锁？", "丙"), ("什么是锁？", "甲")):
            edit_question(session, question_id=row.id or 0, text=text, answer=answer)
            steps.append((row.source_text, row.source_answer))
    assert steps == [("什么是锁？", None), ("什么是锁？", "甲"), (None, "甲"), (None, None)]


def test_of_a_typed_question_no_file_says_anything(database: Database) -> None:
    with database.change("edit", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW, answer="甲")
        edit_question(session, question_id=question_id, text="题目", answer="乙")
        row = session.get_one(Question, question_id)
        assert (row.source_text, row.source_answer) == (None, None)


def test_removing_a_question_takes_its_copies_and_relinks_what_follows(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        first = from_file(session)
        second = Question(text="二", follows_id=first.id)
        session.add(second)
        session.flush()
        third = Question(text="三", follows_id=second.id)
        session.add(third)
        session.add(QuestionCopy(question_id=second.id or 0, source_id=first.source_id or 0))
        session.flush()
        ids = [row.id or 0 for row in (first, second, third)]
    with database.change("remove", now=NOW) as session:
        remove_question(session, question_id=ids[1])
    with database.read() as session:
        assert session.get_one(Question, ids[2]).follows_id == ids[0]
        assert session.exec(select(QuestionCopy)).all() == []
    undo(database, now=NOW)
    with database.read() as session:
        assert session.get_one(Question, ids[2]).follows_id == ids[1]
        assert len(session.exec(select(QuestionCopy)).all()) == 1
