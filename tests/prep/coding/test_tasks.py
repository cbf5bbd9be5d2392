"""Coding tasks: their order, their limits, and what a result means for memory."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question
from prep.coding.tasks import (
    edit_task,
    failed_tasks,
    find_link,
    find_numbers,
    list_solutions,
    list_tasks,
    rating_for,
    record_solution,
)
from prep.questions import list_attempts, view_question
from tests.conftest import NOW
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import GoneError, RefusedError


def add_task(session: Session, text: str, *, importance: int = 0) -> int:
    return add_question(session, text=text, now=NOW, kind="coding", importance=importance)


def test_what_failed_last_comes_first(database: Database) -> None:
    with database.change("tasks", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        names = ("反转链表", "岛屿数量", "最小栈", "合并区间", "二叉树的直径", "跳表")
        ids = {name: add_task(session, name, importance=2 * (name == "合并区间")) for name in names}
        add_question(session, text="什么是 GIL？", now=NOW)
        for name, results in {
            "反转链表": ["failed", "alone"],
            "岛屿数量": ["alone", "failed"],
            "最小栈": ["looked"],
        }.items():
            for day, solved in enumerate(results):
                record_solution(session, question_id=ids[name], solved=solved, now=NOW + timedelta(days=day))
        add_asked(session, question_id=ids["二叉树的直径"], company_id=company_id, at=At())
        later = NOW + timedelta(days=9)
        tasks = list_tasks(session, now=later)
        assert [task.text for task in tasks] == ["岛屿数量", "最小栈", "二叉树的直径", "合并区间", "跳表", "反转链表"]
        assert [(task.solved, task.attempts, task.asked) for task in tasks[:3]] == [
            ("failed", 2, 0),
            ("looked", 1, 0),
            ("", 0, 1),
        ]
        assert [task.text for task in failed_tasks(session, now=later, limit=1)] == ["岛屿数量"]
        assert [task.text for task in list_tasks(session, now=later, company_id=company_id)] == ["二叉树的直径"]


@pytest.mark.parametrize(
    ("solved", "seconds", "minutes", "rating"),
    [
        ("alone", 599, 20, "easy"),
        ("alone", 1_200, 20, "good"),
        ("alone", 1_201, 20, "hard"),
        ("alone", None, 20, "good"),
        ("alone", 9_999, None, "good"),
        ("looked", 60, 20, "again"),
        ("failed", 60, 20, "again"),
    ],
)
def test_a_result_becomes_a_rating(solved: str, seconds: int | None, minutes: int | None, rating: str) -> None:
    assert rating_for(solved=solved, seconds=seconds, minutes=minutes) == rating


def test_a_solution_is_an_attempt_that_counts_once(database: Database) -> None:
    with database.change("solve", now=NOW) as session:
        task = add_task(session, "最长回文子串")
        edit_task(
            session, question_id=task, link=" https://judge.example/5 ", minutes=20, variants=["输出所有", " ", "原地"]
        )
        record_solution(session, question_id=task, solved="alone", seconds=900, code="def f():\r\n\tpass", now=NOW)
    with database.read() as session:
        (found,) = list_tasks(session, now=NOW)
        assert (found.link, found.minutes, found.variants) == ("https://judge.example/5", 20, ("输出所有", "原地"))
        (solution,) = list_solutions(session, question_id=task)
        assert (solution.solved, solution.rating, solution.seconds) == ("alone", "good", 900)
        assert "\tpass" in solution.code
        (attempt,) = list_attempts(session, question_id=task)
        assert attempt.mode == "coding"
        assert view_question(session, task).attempts == 1


def test_what_cannot_be_is_refused(database: Database) -> None:
    with database.change("refuse", now=NOW) as session:
        other = add_question(session, text="什么是 MVCC？", now=NOW)
        task = add_task(session, "两数之和")
        for refused in (
            lambda: record_solution(session, question_id=other, solved="alone", now=NOW),
            lambda: record_solution(session, question_id=task, solved="half", now=NOW),
            lambda: edit_task(session, question_id=other, minutes=5),
            lambda: edit_task(session, question_id=task, minutes=-1),
            lambda: edit_task(session, question_id=task, minutes=1_441),
            lambda: edit_task(session, question_id=task, link="javascript:alert(1)"),
        ):
            with pytest.raises(RefusedError):
                refused()
        with pytest.raises(GoneError):
            list_solutions(session, question_id=999)
        edit_task(session, question_id=task, minutes=30)
        edit_task(session, question_id=task, minutes=0)
        assert list_tasks(session, now=NOW)[0].minutes is None


@pytest.mark.parametrize(
    ("text", "answer", "link"),
    [
        ("LRU [146](https://leetcode.cn/problems/lru-cache/)", "", "https://leetcode.cn/problems/lru-cache/"),
        (
            "LRU 缓存",
            "题目：https://leetcode.cn/problems/lru-cache/。双向链表",
            "https://leetcode.cn/problems/lru-cache/",
        ),
        ("LRU 缓存", "见 https://blog.example/lru", ""),
        (
            "跳表 https://blog.example/skip, 题在下面",
            "https://www.nowcoder.com/practice/1",
            "https://www.nowcoder.com/practice/1",
        ),
        ("跳表 https://blog.example/skip, 手写", "", "https://blog.example/skip"),
        ("LeetCode 146", "", ""),
    ],
)
def test_a_link_in_the_notes_is_found(text: str, answer: str, link: str) -> None:
    assert find_link(text, answer) == link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LRU 缓存，LeetCode 146", [("LeetCode 146", "https://leetcode.cn/problemset/?search=146")]),
        ("146. LRU Cache (LeetCode)", [("LeetCode 146", "https://leetcode.com/problemset/?search=146")]),
        ("力扣第 25 题，也就是 lc25", [("LeetCode 25", "https://leetcode.cn/problemset/?search=25")]),
        ("NC78 反转链表", [("NC78", "")]),
        ("lintcode 1787", [("LintCode 1787", "")]),
        ("1. 反转链表", []),
        ("https://leetcode.cn/problems/146/", []),
        ("100 个数里找前 10 大", []),
    ],
)
def test_numbers_of_judges_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(number) for number in find_numbers(text)] == found
