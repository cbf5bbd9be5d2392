"""What is due and what is new: its order, the limits of a day, and what a sitting asks next."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.bank import add_question, log_attempt, suspend
from prep.memory.states import RATINGS
from prep.models import Question
from prep.sittings.due import (
    AGAIN_AFTER,
    MOST_AGAIN,
    Limits,
    count_due,
    due_questions,
    load_limits,
    next_question,
    set_limits,
)
from prep.sittings.views import SittingAttempt
from prep.topics import find_or_add_topic
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Setting

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=SHANGHAI)
PLENTY = Limits(reviews=999, new=999)


def _add(database: Database, *texts: str, **given: object) -> list[int]:
    with database.change("add", now=NOW) as session:
        return [add_question(session, text=text, now=NOW, **{"answer": "答", **given}) for text in texts]  # type: ignore[arg-type]


def _review(database: Database, question_id: int, rating: str, *, days_ago: float, mode: str = "practice") -> None:
    with database.change("rate", now=NOW) as session:
        log_attempt(session, question_id=question_id, rating=rating, now=NOW - timedelta(days=days_ago), mode=mode)


def _queue(database: Database, limits: Limits = PLENTY, now: datetime = NOW) -> list[int]:
    with database.read() as session:
        return list(due_questions(session, now=now, limits=limits).question_ids)


def test_an_empty_bank_has_an_empty_queue(database: Database) -> None:
    with database.read() as session:
        queue = due_questions(session, now=NOW)
    assert (queue.question_ids, queue.due, queue.new, queue.left_by_limit, queue.unseen) == ((), 0, 0, 0, 0)


def test_due_questions_come_longest_overdue_first_then_new_ones(database: Database) -> None:
    forgotten, fresh, steady, later, new = _add(database, "早忘了", "刚学会", "很牢", "还没到期", "新的")
    _review(database, forgotten, "again", days_ago=60)
    _review(database, fresh, "again", days_ago=1.2)
    _review(database, steady, "easy", days_ago=20)
    _review(database, later, "easy", days_ago=1)
    assert _queue(database) == [forgotten, steady, fresh, new]
    with database.read() as session:
        assert count_due(session, by=NOW) == 3
        assert count_due(session, by=NOW + timedelta(days=30)) == 4


def test_what_is_due_at_this_very_moment_is_due(database: Database) -> None:
    (question_id,) = _add(database, "题")
    _review(database, question_id, "again", days_ago=1)
    assert _queue(database) == [question_id]
    assert _queue(database, now=NOW - timedelta(microseconds=1)) == []


def test_new_ones_come_by_importance_then_as_the_notes_have_them(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        first, second = (find_or_add_topic(session, path=(name,)) for name in ("甲", "乙"))
    (loose,) = _add(database, "没有主题")
    late, other = _add(database, "第二个主题", "再一道", topic_id=second)
    (early,) = _add(database, "第一个主题", topic_id=first)
    (starred,) = _add(database, "重要", topic_id=second, importance=3)
    with database.change("order", now=NOW) as session:
        row = session.get(Question, late)
        assert row is not None
        row.position = 5
    assert _queue(database) == [starred, early, other, late, loose]


def test_what_is_left_out_of_practice_is_never_asked(database: Database) -> None:
    kept, suspended, orphaned, reverse, unanswered = _add(database, "一", "二", "三", "四", "五")
    with database.change("marks", now=NOW) as session:
        suspend(session, question_ids=(suspended,), suspended=True)
        for question_id, name, value in (
            (orphaned, "orphaned", True),
            (reverse, "kind", "reverse"),
            (unanswered, "answer", ""),
        ):
            setattr(session.get(Question, question_id), name, value)
            session.flush()
    assert _queue(database) == [kept]
    for question_id in (kept, suspended, orphaned, reverse, unanswered):
        _review(database, question_id, "again", days_ago=9)
    assert sorted(_queue(database)) == [kept, unanswered]  # what was practised once can be again
    with database.read() as session:
        assert count_due(session, by=NOW) == 2


def test_limits_count_what_was_done_since_midnight_drills_too(database: Database) -> None:
    ids = _add(database, *(f"题 {number}" for number in range(8)))
    for question_id in ids[:5]:
        _review(database, question_id, "again", days_ago=4)
    _review(database, ids[0], "good", days_ago=0.1, mode="drill")
    _review(database, ids[5], "again", days_ago=0.2)
    with database.read() as session:
        queue = due_questions(session, now=NOW, limits=Limits(reviews=3, new=2))
    assert (queue.due, queue.new, queue.left_by_limit, queue.unseen) == (2, 1, 2, 2)
    assert (queue.reviewed_today, queue.begun_today) == (1, 1)
    assert len(_queue(database, Limits(reviews=0, new=0))) == 0
    tomorrow = NOW + timedelta(hours=15)
    with database.read() as session:
        queue = due_questions(session, now=tomorrow, limits=Limits(reviews=3, new=2))
    assert (queue.due, queue.new, queue.reviewed_today, queue.begun_today) == (3, 2, 0, 0)


def test_a_question_reviewed_while_the_clock_was_ahead_is_not_lost_for_years(database: Database) -> None:
    (question_id,) = _add(database, "题")
    _review(database, question_id, "easy", days_ago=-400)
    assert _queue(database) == [question_id]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")),  # the hour before was left out
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),  # the hour comes twice
        datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
    ],
)
def test_the_day_begins_at_local_midnight_whatever_the_clock_does(database: Database, now: datetime) -> None:
    before, after = _add(database, "昨天", "今天")
    midnight = now.replace(hour=0, minute=0, fold=0)
    with database.change("rate", now=NOW) as session:
        for question_id, at in ((before, midnight - timedelta(seconds=1)), (after, midnight)):
            log_attempt(session, question_id=question_id, rating="good", now=at)
    with database.read() as session:
        assert due_questions(session, now=now).begun_today == 1


# Limits


def test_limits_are_kept_and_what_is_none_falls_back(database: Database) -> None:
    with database.read() as session:
        assert load_limits(session) == Limits()
    with database.change("limits", now=NOW) as session:
        set_limits(session, limits=Limits(reviews=0, new=999))
    with database.read() as session:
        assert load_limits(session) == Limits(reviews=0, new=999)
    for broken in ("{", '{"reviews": -1, "new": 2}', '{"reviews": 5}', '{"reviews": true, "new": 1}', "[]"):
        with database.change("break", now=NOW) as session:
            row = session.get(Setting, "practice_limits")
            assert row is not None
            row.value = broken
        with database.read() as session:
            assert load_limits(session) == Limits()


@pytest.mark.parametrize("limits", [Limits(reviews=-1), Limits(new=1000)])
def test_impossible_limits_are_refused(database: Database, limits: Limits) -> None:
    with pytest.raises(RefusedError, match="999"), database.change("limits", now=NOW) as session:
        set_limits(session, limits=limits)


# What comes next


def _attempts(*given: tuple[int, str], apart: timedelta = timedelta(seconds=30)) -> list[SittingAttempt]:
    return [
        SittingAttempt(number, question_id, rating, "", "", None, NOW + number * apart)
        for number, (question_id, rating) in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("attempts", "after", "expected"),
    [
        ([], timedelta(), 1),
        ([(1, "good")], timedelta(), 2),
        ([(1, "again")], timedelta(), 2),
        ([(1, "again")], AGAIN_AFTER, 1),
        ([(1, "again"), (2, "good"), (3, "hard"), (4, "easy")], timedelta(), 1),
        ([(1, "again"), (2, "again"), (3, "good")], timedelta(), 4),
        ([(1, "good"), (2, "good"), (3, "good"), (4, "again")], timedelta(), 5),
        ([(1, "good"), (2, "good"), (3, "good"), (4, "good"), (5, "again")], timedelta(), 5),
        ([(1, "good"), (2, "good"), (3, "good"), (4, "good"), (5, "good")], timedelta(), None),
        ([(1, "again"), (1, "good")], AGAIN_AFTER, 2),
        ([(1, "good"), (1, "again")], AGAIN_AFTER, 1),
        ([(1, "again")] * MOST_AGAIN, AGAIN_AFTER, 2),
        ([(9, "again")], AGAIN_AFTER, 9),
    ],
)
def test_what_comes_next(attempts: list[tuple[int, str]], after: timedelta, expected: int | None) -> None:
    given_so_far = _attempts(*attempts)
    now = (given_so_far[-1].at or NOW) + after if given_so_far else NOW
    assert next_question([1, 2, 3, 4, 5], given_so_far, now=now) == expected


def test_what_was_skipped_stays_so() -> None:
    assert next_question([1, 2, 3], _attempts((1, "again")), now=NOW + AGAIN_AFTER, skipped=[1, 2]) == 3
    assert next_question([1], _attempts((1, "again")), now=NOW + AGAIN_AFTER, skipped=[1]) is None


@given(
    plan=st.lists(st.integers(1, 6), unique=True), ratings=st.lists(st.sampled_from(RATINGS), min_size=60, max_size=60)
)
def test_a_sitting_ends_and_asks_everything(plan: list[int], ratings: Sequence[str]) -> None:
    asked: list[tuple[int, str]] = []
    for rating in ratings:
        question_id = next_question(plan, _attempts(*asked), now=NOW + len(asked) * timedelta(seconds=30))
        if question_id is None:
            break
        assert asked.count((question_id, "again")) < MOST_AGAIN
        asked.append((question_id, rating))
    else:
        pytest.fail("it goes on for ever")
    assert {question_id for question_id, _rating in asked} == set(plan)
    for number, (question_id, rating) in enumerate(asked):
        if rating == "again" and asked[number + 1 :] and asked[number + 1][0] == question_id:
            others = {one for one, _rating in asked[:number]} | {question_id}
            assert others == set(plan)  # at once again only when nothing else was left
