"""Checklist and question templates: complete in both languages, and usable by the program."""

import re
import tomllib
from collections import Counter
from typing import Any

import pytest

from tracker.resources import resource
from tracker.stages import Phase, find_stage

TEMPLATES = tomllib.loads(resource("data", "checklists.toml").read_text(encoding="utf-8"))["template"]
QUESTIONS = tomllib.loads(resource("data", "questions.toml").read_text(encoding="utf-8"))
ALL_QUESTIONS = [*QUESTIONS["hr"], *QUESTIONS["reverse"]]

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CHINESE = re.compile("[\u4e00-\u9fff]")
TIGHT = re.compile("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]")
"""Chinese typography puts a space between Chinese and Latin letters or digits."""
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")


def _chinese_is_well_set(text: str) -> bool:
    return bool(CHINESE.search(text)) and not TIGHT.search(text) and not HALF_WIDTH.search(text)


def _english_is_english(text: str) -> bool:
    return bool(re.search("[A-Za-z]{2}", text)) and not CHINESE.search(text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["key"])
def test_a_checklist_template_is_complete(template: dict[str, Any]) -> None:
    assert set(template) == {"key", "name_en", "name_zh", "for_phase", "medium", "labels", "items"}
    assert KEY.fullmatch(template["key"])
    assert _english_is_english(template["name_en"])
    assert _chinese_is_well_set(template["name_zh"])
    assert template["for_phase"] in set(Phase)
    assert template["medium"] in {"online", "onsite", "phone", ""}
    assert all(find_stage(label) for label in template["labels"])
    assert 6 <= len(template["items"]) <= 10


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["key"])
def test_each_item_is_bilingual_and_items_fall_due_in_order(template: dict[str, Any]) -> None:
    items = template["items"]
    keys = [item["key"] for item in items]
    assert len(set(keys)) == len(keys)
    assert {frozenset(item) for item in items} == {
        frozenset({"key", "text_en", "text_zh", "blocking", "minutes_before"})
    }
    assert [key for key in keys if not KEY.fullmatch(key)] == []
    assert [item["text_en"] for item in items if not _english_is_english(item["text_en"])] == []
    assert [item["text_zh"] for item in items if not _chinese_is_well_set(item["text_zh"])] == []
    due = [item["minutes_before"] for item in items]
    assert due == sorted(due, reverse=True)
    assert {type(item["blocking"]) for item in items} == {bool}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["key"])
def test_what_blocks_is_due_before_the_round_and_is_not_everything(template: dict[str, Any]) -> None:
    blocking = [item for item in template["items"] if item["blocking"]]
    assert 0 < len(blocking) < len(template["items"])
    assert [item["key"] for item in blocking if item["minutes_before"] <= 0] == []


def test_every_kind_of_round_has_its_template() -> None:
    chosen_by = {(template["for_phase"], template["medium"], tuple(template["labels"])) for template in TEMPLATES}
    assert chosen_by == {
        ("interview", "online", ()),
        ("interview", "onsite", ()),
        ("interview", "phone", ()),
        ("interview", "", ("HR面",)),
        ("interview", "online", ("AI面",)),
        ("written_test", "online", ()),
        ("assessment", "online", ()),
        ("offer", "", ("谈薪",)),
    }


def test_there_are_enough_questions_for_hr_and_for_each_interviewer() -> None:
    by_interviewer = Counter(question["interviewer"] for question in QUESTIONS["reverse"])
    assert len(QUESTIONS["hr"]) >= 25
    assert len(QUESTIONS["reverse"]) >= 20
    assert set(by_interviewer) == {"engineer", "manager", "hr"}
    assert min(by_interviewer.values()) >= 6


@pytest.mark.parametrize("kind", ["hr", "reverse"])
def test_question_keys_and_texts_are_unique(kind: str) -> None:
    for field in ("key", "text_zh", "text_en"):
        counts = Counter(question[field] for question in QUESTIONS[kind])
        assert [value for value, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("question", ALL_QUESTIONS, ids=lambda question: question["key"])
def test_a_question_template_is_complete_in_both_languages(question: dict[str, str]) -> None:
    assert set(question) - {"interviewer"} == {"key", "text_zh", "text_en", "hint_zh", "hint_en"}
    assert KEY.fullmatch(question["key"])
    assert _chinese_is_well_set(question["text_zh"])
    assert _chinese_is_well_set(question["hint_zh"])
    assert _english_is_english(question["text_en"])
    assert _english_is_english(question["hint_en"])
