"""``ashore checklist``."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from prep.checklists.lists import list_checklists
from tests.tracker.cli.running import Ashore
from tests.tracker.exports.planning import NOW, add, at, plan
from tracker.db import Database
from tracker.rounds import plan_round


@pytest.fixture
def two_rounds(database: Database) -> Database:
    """A company with an interview tomorrow and another one next week, each with its list."""
    application_id = add(database, "快手")
    with database.change("plan", now=NOW) as session:
        for stage, days in (("一面", 1), ("HR面", 7)):
            plan_round(
                session, application_id=application_id, stage=stage, starts_at=NOW + timedelta(days=days, hours=4)
            )
    return database


def test_the_lists_of_coming_rounds_for_people(ashore: Ashore, two_rounds: Database) -> None:
    shown = ashore("checklist", "快手")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert re.fullmatch(r"快手  一面  .*  Online interview  0 of 10 done", lines[0])
    assert re.fullmatch(r"  1  \[ \] Reread the job description .* \(today 14:00\)", lines[1])
    assert lines[2].startswith("  2  [ ] must Say the self-introduction")
    assert lines[12].startswith("快手  HR面")
    assert lines[13].startswith(" 11  [ ] must Why this company")


def test_items_are_ticked_opened_added_and_removed_by_their_numbers(ashore: Ashore, two_rounds: Database) -> None:
    ticked = ashore("checklist", "快手", "--tick", "2", "--json").document
    assert ticked["change_set"]
    first = ticked["lists"][0]
    assert (first["stage"], first["done"], first["total"]) == ("一面", 1, 10)
    item = first["items"][1]
    assert (item["number"], item["done"], item["minutes_before"]) == (2, True, 720)
    assert item["due_at"] == "2026-03-26T02:00:00+08:00"
    assert "Nothing changed" in ashore("checklist", "快手", "--tick", "2").stdout
    assert ashore("checklist", "快手", "--untick", "2", "--json").document["lists"][0]["done"] == 0
    ashore("checklist", "快手", "--add", "带[/x]学生证", "--before", "2 小时", "--blocking", "--round", "HR面")
    lists = ashore("checklist", "快手", "--json").document
    added = lists[1]["items"][-1]
    assert (added["number"], added["text"], added["blocking"], added["minutes_before"]) == (
        20,
        "带[/x]学生证",
        True,
        120,
    )
    assert ashore("checklist", "快手", "--remove", "20").exit_code == 0
    assert [one["total"] for one in ashore("checklist", "快手", "--json").document] == [10, 9]
    assert ashore("undo").exit_code == 0
    assert [one["total"] for one in ashore("checklist", "快手", "--json").document] == [10, 10]


def test_a_round_without_a_list_gets_one_with_its_first_item(ashore: Ashore, database: Database) -> None:
    plan(database, "快手", "一面", at(30))
    shown = ashore("checklist", "快手")
    assert (shown.exit_code, "Nothing is on its list" in shown.stderr) == (0, True)
    assert ashore("checklist", "快手", "--add", "打印简历").exit_code == 0
    with database.read() as session:
        assert [item.text for one in list_checklists(session) for item in one.items] == ["打印简历"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("快手", "--tick", "99"), "no item 99"),
        (("快手", "--add", " "), "needs a text"),
        (("快手", "--add", "a", "--before", "soon"), "How long before"),
        (("快手", "--round", "二面"), "No round is planned"),
        (("无名公司",), "无名公司"),
    ],
)
def test_what_cannot_be_done_is_refused(
    ashore: Ashore, two_rounds: Database, arguments: tuple[str, ...], reason: str
) -> None:
    assert reason in ashore("checklist", *arguments).reason


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("快手", "--templates"),
        ("快手", "--tick", "1", "--untick", "2"),
        ("快手", "--blocking"),
        ("--templates", "--round", "一面"),
    ],
)
def test_what_makes_no_sense_is_a_mistake_of_usage(ashore: Ashore, arguments: tuple[str, ...]) -> None:
    assert ashore("checklist", *arguments).exit_code == 2


def test_the_templates(ashore: Ashore, two_rounds: Database) -> None:
    found = {one["key"]: one for one in ashore("checklist", "--templates", "--json").document}
    online = found["interview-online"]
    assert (online["shipped"], online["changed"], online["retired"], online["open_lists"]) == (True, False, False, 1)
    assert online["items"][0] == {
        "key": "job-page",
        "text": "Reread the job description and mark three places where your projects match it",
        "blocking": False,
        "minutes_before": 1440,
    }
    lines = ashore("checklist", "--templates").stdout.splitlines()
    assert lines[0] == "Online interview  interview online"
    assert lines[2] == "  12 hours before: must Say the self-introduction aloud once, with a clock"


def test_the_templates_are_shown_without_a_database(run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    found = run("--db", path, "--lang", "zh_CN", "checklist", "--templates")
    assert found.stdout.splitlines()[:2] == [
        "线上面试  面试 线上",
        "  提前 1 天：重读岗位描述，标出三处和自己项目对得上的地方",
    ]
    assert run("--db", path, "checklist", "--templates", "--json").document[0]["shipped"] is True
    assert not path.exists()
