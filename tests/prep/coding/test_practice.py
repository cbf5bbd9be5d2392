"""Practising one task: its time through pauses, kills and other windows, and its one result."""

from datetime import datetime, timedelta

import pytest

from prep.bank import add_question
from prep.coding.practice import begin_practice, finish_practice, keep_time, open_practice
from prep.coding.tasks import list_solutions, list_tasks
from prep.sittings.recording import begin_sitting, replan, view_sitting
from tests.conftest import NOW
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.undo import undo


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def task(database: Database) -> int:
    with database.change("task", now=NOW) as session:
        return add_question(session, text="最小栈", now=NOW, kind="coding")


def test_time_is_kept_through_a_pause(database: Database, task: int) -> None:
    with database.change("practise", now=NOW, kind="setting") as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        assert open_practice(session, question_id=task) is None
        begun = begin_practice(session, question_id=task, now=NOW, company_id=company_id)
        assert (begun.since, begun.spent_seconds, begun.company_id) == (NOW, 0, company_id)
        assert [one.is_begun for one in list_tasks(session, now=NOW)] == [True]
        going = keep_time(session, sitting_id=begun.sitting_id, since=NOW, now=after(1), goes_on=True)
        assert (going.since, going.spent_seconds) == (after(1), 60)
        paused = keep_time(session, sitting_id=begun.sitting_id, since=after(1), now=after(3))
        assert (paused.since, paused.spent_seconds) == (None, 180)
        assert open_practice(session, question_id=task) == paused
        again = begin_practice(session, question_id=task, now=after(60), saved_at=after(2))
        assert (again.sitting_id, again.spent_seconds, again.company_id) == (begun.sitting_id, 180, company_id)


@pytest.mark.parametrize(("saved", "spent"), [(after(7), 420), (None, 0), (after(-5), 0), (after(999), 600)], ids=str)
def test_of_a_stretch_that_was_killed_the_time_until_the_last_save_counts(
    database: Database, task: int, saved: datetime | None, spent: int
) -> None:
    with database.change("practise", now=NOW, kind="setting") as session:
        begin_practice(session, question_id=task, now=NOW)
        assert begin_practice(session, question_id=task, now=after(10), saved_at=saved).spent_seconds == spent


def test_two_windows_count_no_time_twice_and_no_result_twice(database: Database, task: int) -> None:
    with database.change("practise", now=NOW, kind="setting") as session:
        first = begin_practice(session, question_id=task, now=NOW)
        begin_practice(session, question_id=task, now=after(2), saved_at=after(1))
        kept = keep_time(session, sitting_id=first.sitting_id, since=NOW, now=after(4))
        assert (kept.spent_seconds, kept.since) == (60, after(2))
        assert keep_time(session, sitting_id=first.sitting_id, since=after(2), now=after(-9)).spent_seconds == 60
    with database.change("finish", now=NOW) as session:
        finish_practice(session, sitting_id=first.sitting_id, solved="alone", now=after(5), seconds=60, code="x = 1")
    with database.change("finish again", now=NOW) as session, pytest.raises(RefusedError, match="already"):
        finish_practice(session, sitting_id=first.sitting_id, solved="failed", now=after(6), seconds=60)
    with database.read() as session:
        (solution,) = list_solutions(session, question_id=task)
        assert (solution.solved, solution.seconds, solution.code) == ("alone", 60, "x = 1")
        assert open_practice(session, question_id=task) is None
        assert view_sitting(session, first.sitting_id).spent_seconds == 60


def test_a_result_that_is_undone_leaves_the_practice_open_with_its_time(database: Database, task: int) -> None:
    with database.change("practise", now=NOW, kind="setting") as session:
        begun = begin_practice(session, question_id=task, now=NOW)
        keep_time(session, sitting_id=begun.sitting_id, since=NOW, now=after(3))
    with database.change("finish", now=NOW) as session:
        finish_practice(session, sitting_id=begun.sitting_id, solved="failed", now=after(3), seconds=180)
    undo(database, now=after(4))
    with database.read() as session:
        assert list_solutions(session, question_id=task) == ()
        practice = open_practice(session, question_id=task)
        assert practice is not None
        assert practice.spent_seconds == 180


def test_beginning_anew_leaves_the_old_practice_without_a_result(database: Database, task: int) -> None:
    with database.change("practise", now=NOW, kind="setting") as session:
        old = begin_practice(session, question_id=task, now=NOW)
        new = begin_practice(session, question_id=task, now=after(9), is_anew=True)
        assert (new.spent_seconds, new.since) == (0, after(9))
        assert view_sitting(session, old.sitting_id).state == "left"


@pytest.mark.parametrize("plan", [{}, {"questions": "7"}, {"questions": [1.5], "since": 3}])
def test_a_plan_of_another_program_is_no_practice(database: Database, task: int, plan: dict[str, object]) -> None:
    with database.change("strange", now=NOW, kind="setting") as session:
        sitting_id = begin_sitting(session, kind="coding", now=NOW)
        replan(session, sitting_id=sitting_id, plan=plan)
        assert open_practice(session, question_id=task) is None
        replan(session, sitting_id=sitting_id, plan={"questions": [task], "since": "gestern"})
        found = open_practice(session, question_id=task)
        assert found is not None
        assert found.since is None


def test_only_coding_tasks_are_practised_so(database: Database) -> None:
    with database.change("refuse", now=NOW) as session:
        other = add_question(session, text="什么是 GIL？", now=NOW)
        with pytest.raises(RefusedError):
            begin_practice(session, question_id=other, now=NOW)
