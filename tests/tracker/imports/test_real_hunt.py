"""The numbers that hold for real notes, when they are there."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tracker.imports.document import read_document
from tracker.imports.hunt import HuntFindings, parse_hunt

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "notes"
NOTES = Path(os.environ.get("ASHORE_NOTES") or BESIDE)
HUNT = NOTES / "job-hunt-and-llm-notes.md"

pytestmark = pytest.mark.skipif(not HUNT.is_file(), reason="the real notes are not here")


@pytest.fixture(scope="module")
def found() -> HuntFindings:
    aliases = [("B站", "哔哩哔哩", "Bilibili")]
    return parse_hunt(read_document(HUNT), today=date(2026, 3, 25), known_aliases=aliases)


def test_tiers(found: HuntFindings) -> None:
    assert Counter(company.tier for company in found.companies) == {"S": 12, "A": 94, "B": 81, "C": 62, "N": 4}


def test_annotations(found: HuntFindings) -> None:
    written = Counter(company.annotation for company in found.companies if company.annotation)
    assert written == {
        "X": 25,
        "投": 11,
        "投递": 1,
        "测评": 1,
        "挂": 2,
        "无": 1,
        "3.6": 1,
        "复活甲": 2,
        "复活甲,投递": 1,
    }
    assert Counter(entry.kind for entry in found.review)["status"] == 25
    assert [entry.other for entry in found.review if entry.kind == "date"] == ["2026-03-06"]


def test_applications(found: HuntFindings) -> None:
    assert Counter(application.origin for application in found.applications) == {
        "log": 22,
        "rejected-list": 1,
        "annotation": 12,
    }
    ended = [found for found in found.applications if found.origin == "log" and found.steps[-1].kind == "outcome"]
    assert len(ended) == 4
    times = [step.at for application in found.applications for step in application.steps if step.at]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in times] == ["2026-04-01 19:00"]


def test_aliases_and_companies_outside_the_lists(found: HuntFindings) -> None:
    aliases = {(entry.subject, entry.other) for entry in found.review if entry.kind == "alias"}
    assert aliases == {("饿了吗", "饿了么"), ("海康", "海康威视"), ("西山居", "西山居游戏"), ("B站", "Bilibili")}
    assert len(found.unlisted) == 5


def test_nothing_but_the_end_of_the_file_is_claimed(found: HuntFindings) -> None:
    assert min(found.claimed) == 2153


@pytest.mark.parametrize(
    "path", sorted({*NOTES.glob("*.*"), *NOTES.glob("public/*.*")} - {HUNT}), ids=lambda path: path.name
)
def test_other_notes_hold_no_hunt(path: Path) -> None:
    found = parse_hunt(read_document(path), today=date(2026, 3, 25))
    assert (found.companies, found.applications, found.claimed) == ((), (), frozenset())
