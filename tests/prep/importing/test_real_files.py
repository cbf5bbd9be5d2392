"""Three real files through the whole import, when they are at hand: by ASHORE_NOTES or beside the checkout."""

import os
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from prep.importing import import_files
from prep.questions import list_questions
from tests.conftest import NOW
from tracker.companies import list_companies
from tracker.db import Database

NOTES = Path(os.environ.get("ASHORE_NOTES") or Path(__file__).parents[4] / "shared" / "notes")
FILES = ("job-hunt-and-llm-notes.md", "mock-interview-dialogue.md", "llm-faq-outline.txt")
pytestmark = pytest.mark.skipif(not NOTES.is_dir(), reason="the real notes are not here")


def test_three_files_in_one_step_and_again(database: Database) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    report = import_files(database, [NOTES / name for name in FILES], now=NOW, zone=zone)
    hunt, dialogue, outline = report.files
    assert (hunt.questions, dialogue.questions, outline.questions) == (231, 9, 36)
    assert (hunt.introductions, dialogue.attempts, dialogue.prompts) == (1, 9, 1)
    assert sum(entry.reason == "placeholder" for entry in hunt.skipped) == 48
    with database.read() as session:
        companies = list_companies(session)
        questions = [view for view in list_questions(session) if view.source_file.endswith(FILES[0])]
    assert Counter(view.tier for view in companies) == {"S": 12, "A": 94, "B": 81, "C": 62, "N": 4, "": 9}
    assert Counter(view.annotation for view in companies if view.annotation) == {
        "X": 25, "投": 11, "挂": 2, "复活甲": 2, "投递": 1, "测评": 1, "无": 1, "3.6": 1, "复活甲,投递": 1,
    }  # fmt: skip
    assert {entry.subject for entry in hunt.review if entry.kind == "alias"} == {"饿了吗", "海康", "西山居", "B站"}
    assert Counter(view.kind for view in questions)["reverse"] == 4
    assert {view.company for view in questions if view.kind == "hr"} == {"快手"}
    again = import_files(database, [NOTES / name for name in FILES], now=NOW, zone=zone)
    assert again.change_set is None
