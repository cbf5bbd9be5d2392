"""The demo: notes with every difficulty a new user should see, and a scenario that refers to nothing missing."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from prep.notes import parse_notes
from tracker.imports.document import document_from_text
from tracker.resources import resource
from tracker.stages import Outcome, find_stage
from tracker.text import name_key

NOTES = resource("data", "demo", "notes.md").read_text(encoding="utf-8")
HUNT = resource("data", "demo", "hunt.md").read_text(encoding="utf-8")
SCENARIO = tomllib.loads(resource("data", "demo", "scenario.toml").read_text(encoding="utf-8"))
COMPANIES = tomllib.loads(resource("data", "companies.toml").read_text(encoding="utf-8"))["company"]
TEMPLATES = tomllib.loads(resource("data", "checklists.toml").read_text(encoding="utf-8"))["template"]

APPLICATIONS: list[dict[str, Any]] = SCENARIO["application"]
KNOWN = {name_key(name) for company in COMPANIES for name in (company["name"], *company["aliases"])} | {
    name_key(company["name"]) for company in SCENARIO["company"]
}
TOPICS = ("Transformer", "RAG", "微调", "Python", "数据库", "操作系统与网络")


def _section(heading: str) -> str:
    return NOTES.split(f"# {heading}\n", 1)[1].split("\n# ", 1)[0]


def _questions(section: str) -> list[str]:
    found = re.findall(r"(?m)^\d+\. (.+)$", section)
    return [re.sub(r"</?u>|⭐", "", text).strip() for text in found if text.strip("？? ")]


def _reverse() -> list[str]:
    return [line.strip() for line in _section("HR面").split("反问", 1)[1].splitlines() if line.strip()]


def _all_questions() -> set[str]:
    coding = _section("手撕").strip().split("、")
    return {question for heading in (*TOPICS, "HR面") for question in _questions(_section(heading))} | {
        *_reverse(),
        *coding,
    }


def _events(kind: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for application in APPLICATIONS:
        for event in application["events"]:
            if event["kind"] == kind:
                yield application, event


def _rounds() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for application in APPLICATIONS:
        for planned in application.get("rounds", []):
            yield application, planned


def test_the_notes_hold_six_topics_with_enough_questions_each() -> None:
    counts = {heading: len(_questions(_section(heading))) for heading in TOPICS}
    assert sum(counts.values()) == 45
    assert min(counts.values()) >= 7
    assert len(_questions(_section("HR面"))) == 9  # eight answers and the reverse questions
    assert len(_reverse()) == 4
    assert len(_section("手撕").strip().split("、")) == 8


def test_the_importer_reads_the_notes_as_they_are_meant() -> None:
    found = parse_notes(document_from_text(NOTES, path="notes.md"), known_companies=["快手"])
    assert Counter(str(question.kind) for question in found.questions) == {
        "knowledge": 46,
        "hr": 8,
        "reverse": 4,
        "coding": 8,
    }
    goes_on = {question.text for question in found.questions if question.follows is not None}
    assert goes_on == {"为什么不是除以 $d_k$？"}
    assert {question.text for question in found.questions} - goes_on == _all_questions() - {"反问"}
    assert {question.company for question in found.questions if str(question.kind) == "hr"} == {"快手"}
    assert [
        question.text for question in found.questions if not question.answer and str(question.kind) == "knowledge"
    ] == [
        "为什么现在的大模型多用 decoder-only？",
        "asyncio 适合什么场景？和多线程比呢？",
    ]
    assert len(found.introductions) == 1
    assert [skipped.reason for skipped in found.skipped] == ["placeholder"]
    assert found.review == ()


def test_no_question_stands_twice() -> None:
    texts = [text for heading in (*TOPICS, "HR面") for text in _questions(_section(heading))]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize(
    "feature",
    [
        "<u>",
        "⭐",
        "⭐⭐",
        "`[MASK]`",
        " [MASK]",
        "`[CLS]`",
        "```python",
        "# functools.wraps",
        "```sql",
        "| ---- |",
        "$$",
        "\\frac",
        "（快手）",
        "？\n",
    ],
)
def test_the_notes_show_every_feature(feature: str) -> None:
    assert feature in NOTES


def test_code_fences_are_closed_and_formulas_balanced() -> None:
    without_code = re.sub(r"(?ms)^ *```.*?^ *```$", "", NOTES)
    assert "```" not in without_code
    assert without_code.count("$") % 2 == 0


def test_table_rows_have_as_many_cells_as_their_header() -> None:
    for table in re.findall(r"(?m)(?:^ *\|.*\|$\n?)+", NOTES):
        cells = {row.count("|") for row in table.strip().splitlines()}
        assert len(cells) == 1, table


def test_the_introduction_in_the_notes_takes_about_a_minute_and_a_half() -> None:
    prose = _section("HR面").split("\n1. ", 1)[0]
    assert 300 <= len(re.findall("[\u4e00-\u9fff]", prose)) <= 400


def test_the_hunt_list_has_every_tier_and_only_companies_that_are_known() -> None:
    tiers = re.findall(r"(?m)^([SABCN])\n\n(.+)$", HUNT)
    names = [re.sub("（.*?）", "", name) for _, line in tiers for name in re.split("、(?![^（]*）)", line)]
    logged = re.findall(r"(?m)^([^*：\n]+)：投递", HUNT)
    assert [tier for tier, _ in tiers] == ["S", "A", "B", "C", "N"]
    assert len(logged) >= 15
    assert [name for name in [*names, *logged] if name_key(name) not in KNOWN] == []


def test_every_company_of_the_scenario_is_known() -> None:
    named = [
        entry["company"]
        for kind in ("application", "asked", "attempt")
        for entry in SCENARIO[kind]
        if "company" in entry
    ]
    assert [name for name in named if name_key(name) not in KNOWN] == []


@pytest.mark.parametrize("kind", ["asked", "attempt"])
def test_every_question_of_the_scenario_stands_in_the_notes(kind: str) -> None:
    known = _all_questions()
    assert [entry["question"] for entry in SCENARIO[kind] if entry["question"] not in known] == []


def test_events_and_rounds_use_known_stages_and_outcomes() -> None:
    outcomes = {outcome.value for outcome in Outcome}
    assert {event["kind"] for application in APPLICATIONS for event in application["events"]} == {
        "stage",
        "outcome",
        "pool",
        "revive",
    }
    stages = [event["stage"] for kind in ("stage", "outcome") for _, event in _events(kind)]
    stages += [planned["stage"] for _, planned in _rounds()]
    assert [stage for stage in stages if find_stage(stage) is None] == []
    assert {event["outcome"] for _, event in _events("outcome")} <= outcomes


def test_histories_run_forward_and_start_with_a_stage() -> None:
    for application in APPLICATIONS:
        days = [event["days_ago"] for event in application["events"]]
        assert days == sorted(days, reverse=True), application["company"]
        assert application["events"][0]["kind"] == "stage"


def test_an_outcome_ends_the_stage_that_the_application_is_in() -> None:
    for application in APPLICATIONS:
        current = ""
        for event in application["events"]:
            if event["kind"] == "stage":
                current = event["stage"]
            elif event["kind"] == "outcome":
                assert event["stage"] == current, application["company"]


def test_each_round_has_one_kind_of_time_and_belongs_to_a_stage_of_its_application() -> None:
    starts = ({"days_ago", "at"}, {"in_days", "at"}, {"in_hours"}, {"open_hours_ago", "close_in_hours"})
    times = {"days_ago", "in_days", "in_hours", "at", "open_hours_ago", "close_in_hours"}
    for application, planned in _rounds():
        assert set(planned) & times in starts, application["company"]
        assert planned["medium"] in {"online", "onsite", "phone"}
        assert planned["result"] in {"", "passed", "rejected"}
        stages = {event.get("stage") for event in application["events"]}
        assert planned["stage"] in stages, application["company"]


def test_a_past_round_has_the_result_that_its_history_tells() -> None:
    for application, planned in _rounds():
        events = application["events"]
        revived = next((index for index, event in enumerate(events) if event["kind"] == "revive"), None)
        if revived is not None:
            events = events[:revived] if planned.get("attempt") == 1 else events[revived:]
        told = [event["outcome"] for event in events if event.get("outcome") and event["stage"] == planned["stage"]]
        assert planned["result"] == (told[0] if told else ""), (application["company"], planned["stage"])


def test_a_checklist_names_a_template_its_items_and_a_round() -> None:
    items = {template["key"]: {item["key"] for item in template["items"]} for template in TEMPLATES}
    for application in APPLICATIONS:
        for checklist in application.get("checklists", []):
            assert set(checklist["done"]) <= items[checklist["template"]]
            assert checklist["round"] in {planned["stage"] for planned in application["rounds"]}


def test_links_lead_nowhere_real() -> None:
    links = [entry["link"] for entry in [*APPLICATIONS, *(planned for _, planned in _rounds())] if "link" in entry]
    assert links
    assert [link for link in links if not re.match(r"https://[a-z]+\.example\.com/", link)] == []


def test_attempts_are_rated_and_timed() -> None:
    attempts = SCENARIO["attempt"]
    assert {attempt["rating"] for attempt in attempts} == {"again", "hard", "good", "easy"}
    assert {attempt["mode"] for attempt in attempts} == {"practice", "drill", "mock"}
    assert min(attempt["seconds"] for attempt in attempts) > 0


def test_the_scenario_shows_every_feature() -> None:
    phases = {stage.phase for _, event in _events("stage") if (stage := find_stage(event["stage"]))}
    outcomes = [event["outcome"] for _, event in _events("outcome")]
    soon = [planned for _, planned in _rounds() if planned.get("in_hours", 99) <= 48 or planned.get("in_days", 99) <= 1]
    closing = sorted(planned["close_in_hours"] for _, planned in _rounds() if "close_in_hours" in planned)
    silent = [application for application in APPLICATIONS if application["events"][-1]["days_ago"] > 14]
    assert len(APPLICATIONS) >= 28
    assert {phase.value for phase in phases} == {
        "intent",
        "applied",
        "assessment",
        "written_test",
        "interview",
        "offer",
    }
    assert {"passed", "rejected", "withdrawn", "no_opening", "offer", "declined"} == set(outcomes)
    assert outcomes.count("declined") == 1
    assert len(list(_events("pool"))) == 1
    assert len(list(_events("revive"))) == 1
    assert len(soon) == 2
    assert 24 < min(application.get("deadline_in_hours", 999) for application in APPLICATIONS) <= 7 * 24
    assert closing[0] <= 12
    assert 24 < closing[-1] <= 7 * 24
    assert len(silent) >= 4


def test_introductions_have_a_target_that_their_length_fits() -> None:
    """About 210 Chinese characters or 140 English words a minute, within a quarter."""
    for introduction in SCENARIO["introduction"]:
        text = introduction["text"]
        minutes = len(re.findall("[\u4e00-\u9fff]", text)) / 210 + len(re.findall("[A-Za-z'-]+", text)) / 140
        assert minutes * 60 == pytest.approx(introduction["target_seconds"], rel=0.25)
    assert {(entry["audience"], entry["language"]) for entry in SCENARIO["introduction"]} == {
        ("technical", "zh"),
        ("hr", "zh"),
        ("technical", "en"),
    }


def test_stories_hold_all_four_parts() -> None:
    assert len(SCENARIO["story"]) == 2
    for story in SCENARIO["story"]:
        assert all(len(story[part]) > 20 for part in ("situation", "task", "action", "result"))
        assert story["tags"]
