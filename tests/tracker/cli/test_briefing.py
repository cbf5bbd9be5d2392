"""``ashore brief``: one briefing or those of a day, in each format, on stdout or in a file."""

import json
import stat
from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore

STARTS = {"text": "字节跳动 · 笔试 · ", "markdown": "# 字节跳动 · 笔试 · ", "html": "<!doctype html>"}


@pytest.fixture
def planned(begun: Ashore) -> Ashore:
    """Three rounds on one day, and one a day later."""
    for line in ("Farfetch 一面 2026-03-26 14:00", "字节跳动 二面 2026-03-26 10:00", "Farfetch HR面 2026-03-27 10:00"):
        assert begun("log", line, "--yes").exit_code == 0
    return begun


@pytest.mark.parametrize("style", STARTS)
def test_a_briefing_in_each_format(begun: Ashore, style: str) -> None:
    assert begun("brief", "字节跳动", "--format", style).stdout.lower().startswith(STARTS[style].lower())


def test_a_briefing_as_json(begun: Ashore) -> None:
    document = begun("brief", "字节跳动", "--format", "json").document
    assert document["round"]["starts_at"] == "2026-04-01T19:00:00+08:00"
    assert (document["hour"], document["kind"]) == ("far", "written")
    assert json.loads(begun("brief", "字节跳动", "--json").stdout) == document


def test_a_briefing_for_a_company_without_an_application(begun: Ashore) -> None:
    assert begun("brief", "[/x]").stdout.startswith("[/x] · no round is planned yet")
    document = begun("brief", "[/x]", "--json").document
    assert document["round"] is None
    assert document["missing"][0]["kind"] == "application"


def test_without_a_company_it_is_about_the_round_that_comes_next(planned: Ashore) -> None:
    assert planned("brief", "--json").document["round"]["stage"] == "二面"
    just_over = planned("brief", "--json", now="2026-03-26T11:30:00")
    assert (just_over.document["company"], just_over.document["hour"]) == ("Farfetch", "day")
    assert "ashore debrief 字节跳动" in just_over.stderr
    assert planned("brief", "字节跳动", "--json", now="2026-03-26T11:30:00").document["hour"] == "after"
    assert planned("brief", "--json", now="2026-03-27T13:30:00").document["round"]["stage"] == "笔试"


DAYS: tuple[tuple[tuple[str, ...], list[tuple[str, str]]], ...] = (
    (("--day", "tomorrow"), [("字节跳动", "二面"), ("Farfetch", "一面")]),
    (("--day", "明天"), [("字节跳动", "二面"), ("Farfetch", "一面")]),
    (("--day", "2026-03-27"), [("Farfetch", "HR面")]),
    (("Farfetch", "--day", "tomorrow"), [("Farfetch", "一面")]),
    (("--day", "2026-05-01"), []),
)


def test_all_rounds_of_a_day_in_order(planned: Ashore) -> None:
    for arguments, rounds in DAYS:
        document = planned("brief", *arguments, "--json").document
        assert [(one["company"], one["round"]["stage"]) for one in document] == rounds
    markdown = planned("brief", "--day", "tomorrow", "--format", "markdown").stdout
    titles = [line[2:].split(" · ")[:2] for line in markdown.splitlines() if line.startswith("# ")]
    assert titles == [["字节跳动", "二面"], ["Farfetch", "一面"]]
    assert planned("brief", "--day", "2026-05-01").stderr == "Nothing is planned on that day.\n"


def test_each_of_the_day_knows_the_others(planned: Ashore) -> None:
    shown = planned("brief", "Farfetch", "--round", "一面").stdout
    lines = shown[shown.index("All rounds of this day") :].splitlines()
    assert [line.strip() for line in lines[1:3]] == [
        "tomorrow 10:00 字节跳动 · 二面",
        "[this one] tomorrow 14:00 Farfetch · 一面",
    ]


def test_one_of_several_rounds_of_a_company(planned: Ashore) -> None:
    assert planned("brief", "Farfetch", "--json").document["round"]["stage"] == "一面"
    assert planned("brief", "Farfetch", "--round", "HR", "--json").document["round"]["stage"] == "HR面"


def test_a_file_is_private_and_never_replaced_unasked(planned: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "out" / "brief.html"
    assert planned("brief", "Farfetch", "--format", "html", "--output", str(path)).stderr.startswith("Written: ")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text(encoding="utf-8")
    assert "--force" in planned("brief", "字节跳动", "--output", str(path)).reason
    assert path.read_text(encoding="utf-8") == written
    assert planned("brief", "字节跳动", "--output", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("字节跳动")


REFUSED = (
    (("快受",), "Did you mean 快手?"),
    (("--day", "blau"), "no time that can be read"),
    (("--day", "2026-04"), "no day that can be read"),
    (("快手", "--round", "茶话会"), "茶话会"),
)


def test_what_cannot_be_told_is_refused(begun: Ashore) -> None:
    for arguments, words in REFUSED:
        assert words in begun("brief", *arguments).reason


@pytest.mark.parametrize("arguments", [("--round", "一面"), ("Farfetch", "--round", "一面", "--day", "today")])
def test_what_does_not_go_together_is_wrong_usage(begun: Ashore, arguments: tuple[str, ...]) -> None:
    assert begun("brief", *arguments).exit_code == 2


def test_without_any_round_ahead_it_says_how_to_plan_one(begun: Ashore) -> None:
    assert "Plan one" in begun("brief", now="2027-01-01T10:00:00").reason
