"""``ashore mock``."""

from pathlib import Path

import pytest

from prep.interviewing.engine import begin_mock, end_mock
from prep.interviewing.plan import plan_interview
from tests.conftest import NOW
from tests.tracker.cli.running import Ashore
from tracker.companies import require_company_id
from tracker.db import Database


def test_a_plan_as_json_and_as_text(begun: Ashore) -> None:
    found = begun("mock", "快手", "--round", "二面", "--minutes", "10", "--plan", "--json").document
    assert set(found) == {
        "company", "round", "position", "language", "minutes", "parts", "questions", "warnings"
    }  # fmt: skip
    assert (found["company"], found["round"], found["minutes"], found["language"]) == ("快手", "二面", 10, "zh")
    assert [part["part"] for part in found["parts"]] == ["opening", "introduction", "technical", "reverse"]
    assert set(found["questions"][0]) == {"part", "text", "question", "seconds", "reason"}
    assert sum(part["seconds"] for part in found["parts"]) <= 600
    text = begun("mock", "快手", "--round", "二面", "--minutes", "10", "--plan")
    assert text.stdout.splitlines()[0] == "快手 二面, 10 min"
    assert found["questions"][2]["text"] in text.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("快手",), 1, "A mock interview needs a terminal."),
        (("快手", "--round", "笔试", "--plan"), 1, "Nobody asks questions in 笔试"),
        (("没有这家", "--plan"), 1, "没有这家"),
        ((), 2, "Name a company"),
        (("快手", "--minutes", "0"), 2, "--minutes"),
        (("--output", "x.md"), 2, "--output goes with --transcript"),
        (("--list", "--transcript", "1"), 2, "One thing at a time"),
        (("--transcript", "99"), 1, "not there any more"),
    ],
)
def test_what_cannot_be_is_refused(begun: Ashore, arguments: tuple[str, ...], status: int, sentence: str) -> None:
    ran = begun("mock", *arguments)
    assert ran.exit_code == status
    assert sentence in ran.stderr
    assert ran.stdout == ""


def test_the_list_and_a_transcript(begun: Ashore, database: Database, tmp_path: Path) -> None:
    assert begun("mock", "--list", "--json").document == []
    assert "no mock interview yet" in begun("mock", "--list").stderr
    with database.change("mock", now=NOW, kind="setting") as session:
        company = require_company_id(session, "快手")
        plan = plan_interview(session, company_id=company, now=NOW, minutes=5, stage="一面", language="zh")
        sitting = begin_mock(session, plan=plan, now=NOW)
        end_mock(session, sitting_id=sitting, now=NOW, draft="我叫林澈。")
    (line,) = begun("mock", "--list", "--json").document
    assert line == {
        "id": sitting,
        "company": "快手",
        "round": "一面",
        "state": "left",
        "minutes": 5,
        "spent_seconds": 0,
        "asked": 1,
        "answered": 1,
        "interviewer": None,
        "started_at": "2026-03-25T10:00:00+08:00",
        "ended_at": "2026-03-25T10:00:00+08:00",
    }
    assert "快手" in begun("mock", "--list").stdout
    target = tmp_path / "mock.md"
    assert begun("mock", "--transcript", str(sitting), "--output", str(target)).exit_code == 0
    printed = begun("mock", "--transcript", str(sitting)).stdout
    assert target.read_text(encoding="utf-8") == printed
    assert "我：我叫林澈。" in printed
    told = begun("mock", "--transcript", str(sitting), "--json").document
    assert told == {"id": sitting, "markdown": printed, "file": None}
    again = begun("mock", "--transcript", str(sitting), "--output", str(target))
    assert (again.exit_code, again.stdout) == (1, "")
