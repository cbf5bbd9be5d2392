"""``ashore drill``."""

import pytest

from tests.tracker.cli.running import Ashore, Ran


@pytest.fixture
def invited(begun: Ashore) -> Ashore:
    """The hunt with an interview ahead."""
    assert begun("round", "快手", "二面", "--at", "2026-03-27 14:00").exit_code == 0
    return begun


def test_a_drill_as_json(invited: Ashore) -> None:
    found = invited("drill", "快手", "--minutes", "5", "--json").document
    assert set(found) == {"company", "round", "at", "minutes", "readiness", "topics", "questions", "warnings"}
    assert (found["company"], found["round"], found["minutes"]) == ("快手", "二面", 5)
    assert found["at"] == "2026-03-27T14:00:00+08:00"
    assert set(found["readiness"]) == {"now", "after", "at_interview", "without", "n"}
    assert found["readiness"]["now"] <= found["readiness"]["after"]
    assert set(found["topics"][0]) == {"topic", "now", "after", "at_interview", "share", "n"}
    fields = {"id", "text", "topic", "reason", "weight", "recall", "recall_after", "seconds", "new"}
    assert set(found["questions"][0]) == fields
    assert {question["text"] for question in found["questions"]} == {"LoRA 的秩怎么选？", "召回和排序各解决什么问题？"}
    assert sum(question["seconds"] for question in found["questions"]) <= 300
    assert found["warnings"] == []


def test_a_drill_as_text(invited: Ashore) -> None:
    ran = invited("drill", "快手")
    lines = ran.stdout.splitlines()
    assert lines[0] == "快手 · 二面 · Fri 03-27 14:00 · in 2 days"
    assert lines[1].startswith("2 questions in ")
    assert lines[2].startswith("Readiness for 3 likely questions: 35% now → ")
    assert "LoRA 的秩怎么选？" in ran.stdout
    assert (ran.exit_code, ran.stderr) == (0, "")


def test_doubts_are_told_beside_the_plan(begun: Ashore) -> None:
    ran = begun("drill", "字节跳动", "--round", "HR面")
    assert "in three days" in ran.stderr
    assert ran.stdout.startswith("字节跳动 · HR面 · taken to be Sat 03-28 10:00")
    assert "Nobody asks such questions in 测评" in begun("drill", "字节跳动", "--round", "测评").stderr
    assert "Nobody asks" not in begun("drill", "字节跳动", "--round", "笔试").stderr


def test_a_hunt_without_questions_says_so(ashore: Ashore) -> None:
    ashore("log", "快手 投递", "--yes")
    ran = ashore("drill", "快手")
    assert (ran.exit_code, "There are no questions yet" in ran.stderr) == (0, True)
    assert "0 questions" in ran.stdout


def test_a_week_as_json_and_as_text(invited: Ashore) -> None:
    found = invited("drill", "--week", "--minutes", "10", "--json").document
    assert found["minutes_a_day"] == 10
    day = found["days"][0]
    assert (day["day"], set(day)) == ("2026-03-25", {"day", "seconds", "parts"})
    (part,) = day["parts"]
    assert set(part) == {"company", "round", "at", "seconds", "questions", "new", "shared"}
    assert (part["company"], part["new"], part["shared"]) == ("快手", 2, 0)
    lines = invited("drill", "--week").stdout.splitlines()
    assert lines[0].split()[:3] == ["day", "company", "round"]
    assert lines[1].split()[:3] == ["today", "快手", "二面"]


def test_a_week_without_interviews_says_so(begun: Ashore) -> None:
    ran = begun("drill", "--week", "--days", "1")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "No interview with a day is planned within 1 day" in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--days", "3"),
        ("快手", "--days", "3"),
        ("快手", "--minutes", "0"),
        ("快手", "--minutes", "1441"),
        ("快手", "--minutes", "five"),
        ("快手", "--week"),
        ("--week", "--round", "二面"),
        ("--week", "--days", "32"),
    ],
)
def test_mistakes_of_usage(begun: Ashore, arguments: tuple[str, ...]) -> None:
    ran: Ran = begun("drill", *arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")


def test_a_company_that_is_not_there_is_refused(begun: Ashore) -> None:
    assert "没有" in begun("drill", "没有这家").reason
