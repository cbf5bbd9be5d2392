"""``ashore code``."""

from pathlib import Path

import pytest

from prep.bank import add_asked, add_question
from prep.coding.tasks import list_tasks, record_solution
from tests.conftest import NOW
from tests.tracker.cli.running import Ashore
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database


@pytest.fixture
def task(database: Database) -> int:
    """One of two tasks: asked at a company, and failed once."""
    with database.change("tasks", now=NOW) as session:
        company_id = add_company(session, name="360", now=NOW)
        found = add_question(session, text="[/x] 最小栈 LeetCode 155\n要求 O(1)", now=NOW, kind="coding")
        add_question(session, text="NC78 反转链表", now=NOW, kind="coding", importance=2)
        add_question(session, text="什么是 GIL？", now=NOW)
        add_asked(session, question_id=found, company_id=company_id, at=At())
        record_solution(session, question_id=found, solved="failed", seconds=600, now=NOW, code="x = 1\n")
    return found


def test_the_list(ashore: Ashore, task: int) -> None:
    document = ashore("code", "--json").document
    assert [(one["text"][:8], one["solved"], one["asked"]) for one in document] == [
        ("[/x] 最小栈", "failed", 1),
        ("NC78 反转链"[:8], None, 0),
    ]
    first = dict(document[0])
    assert 0 < first.pop("recall") <= 1
    assert first.pop("tried_at")
    assert first == {
        "id": task,
        "text": "[/x] 最小栈 LeetCode 155\n要求 O(1)",
        "topic": None,
        "importance": 0,
        "link": None,
        "minutes": None,
        "variants": [],
        "asked": 1,
        "attempts": 1,
        "solved": "failed",
        "seconds": 600,
        "suspended": False,
    }
    # A company may be called like a number; a task of that number comes first.
    assert [one["id"] for one in ashore("code", "360", "--json").document] == [task]
    lines = ashore("code").stdout.splitlines()
    assert lines[1].split() == [
        str(task), "[/x]", "最小栈", "LeetCode", "155", "not", "solved", "10:00", "—", "1", "1", "LeetCode", "155"
    ]  # fmt: skip


def test_one(ashore: Ashore, task: int) -> None:
    document = ashore("code", task, "--json").document
    assert document["numbers"] == ["LeetCode 155"]
    (solution,) = document["solutions"]
    assert (solution["solved"], solution["rating"], solution["code"]) == ("failed", "again", "x = 1\n")
    shown = ashore("code", task).stdout.splitlines()
    assert shown[:3] == ["[/x] 最小栈 LeetCode 155", "要求 O(1)", "LeetCode 155"]
    assert shown[-1] == "x = 1"


def test_it_is_changed(ashore: Ashore, task: int) -> None:
    said = ("--link", "https://judge.example/155", "--minutes", "15", "--variant", "两个栈", "--variant", "原地")
    document = ashore("code", task, "--edit", *said, "--json").document
    assert document["change_set"]
    assert (document["task"]["link"], document["task"]["minutes"], document["task"]["variants"]) == (
        "https://judge.example/155",
        15,
        ["两个栈", "原地"],
    )
    assert "Coding task" in ashore("code", task, "--edit", "--minutes", "0", "--variant", "").stdout
    again = ashore("code", task, "--json").document
    assert (again["minutes"], again["variants"], again["link"]) == (None, [], "https://judge.example/155")


def test_a_result_is_recorded(ashore: Ashore, task: int, tmp_path: Path) -> None:
    path = tmp_path / "solution.py"
    path.write_text("def push(): ...\n", encoding="utf-8")
    ashore("code", task, "--edit", "--minutes", "20")
    said = ("--solved", "alone", "--minutes-spent", "18.5", "--company", "360", "--code", path)
    document = ashore("code", task, *said, "--json").document
    assert (document["rating"], document["task"]["solved"], document["task"]["seconds"]) == ("good", "alone", 1_110)
    assert document["due"]
    assert ashore("code", task, "--json").document["solutions"][0]["code"] == "def push(): ...\n"
    assert "not solved" in ashore("code", task, "--solved", "failed").stdout
    assert ashore("undo").exit_code == 0
    assert ashore("code", task, "--json").document["solved"] == "alone"


def test_what_cannot_be_is_refused(ashore: Ashore, task: int, tmp_path: Path, database: Database) -> None:
    path = tmp_path / "solution.py"
    path.write_bytes("中文".encode("gbk"))
    assert "no UTF-8" in ashore("code", task, "--solved", "alone", "--code", path).reason
    assert "no coding task" in ashore("code", task + 2).reason
    assert "not there" in ashore("code", "99", "--solved", "alone").reason
    assert "深空" in ashore("code", "深空").reason
    assert "begins with https" in ashore("code", task, "--edit", "--link", "judge.example").reason
    with database.read() as session:
        assert [one.attempts for one in list_tasks(session, now=NOW)] == [1, 0]


@pytest.mark.parametrize(
    "said",
    [
        ("--edit",),
        ("--minutes", "5"),
        ("1", "--edit"),
        ("1", "--minutes", "5"),
        ("1", "--minutes-spent", "5"),
        ("1", "--edit", "--minutes", "5", "--solved", "alone"),
        ("深空", "--solved", "alone"),
        ("1", "--solved", "half"),
        ("1", "--solved", "alone", "--minutes-spent", "-1"),
    ],
)
def test_usage(ashore: Ashore, task: int, said: tuple[str, ...]) -> None:
    assert task
    assert ashore("code", *said).exit_code == 2


def test_without_a_database(ashore: Ashore, tmp_path: Path) -> None:
    missing = ("--db", tmp_path / "none.db")
    assert ashore("code", *missing, "--json").document == []
    assert "Nothing is here yet" in ashore("code", *missing).stderr


def test_without_tasks(ashore: Ashore, database: Database) -> None:
    with database.change("company", now=NOW) as session:
        add_company(session, name="海潮云", now=NOW)
    assert "No coding task yet" in ashore("code").stderr
    assert "known from there" in ashore("code", "海潮云").stderr
