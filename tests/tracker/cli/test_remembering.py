"""``ashore memory``, and questions left out of practice."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from prep.memory.steps import DEFAULT_WEIGHTS
from prep.models import Attempt, Question
from prep.storage import open_database
from tests.tracker.cli.running import Ashore
from tracker.changes import insert_rows

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def _fill(path: Path) -> None:
    """480 reviews of 60 questions, one every nine days, of which every third fails."""
    database = open_database(path, now=NOW)
    with database.change("practise", now=NOW) as session:
        ids = insert_rows(session, Question, [{"text": f"题 {number}", "answer": "答"} for number in range(60)])
        insert_rows(
            session,
            Attempt,
            [
                {
                    "question_id": question_id,
                    "rating": "again" if (number + question_id) % 3 == 0 else "good",
                    "attempted_at": NOW - timedelta(days=9 * (8 - number), minutes=question_id),
                    "precision": "minute",
                }
                for number in range(8)
                for question_id in ids
            ],
        )


def test_a_bank_that_was_never_practised(begun: Ashore) -> None:
    told = begun("memory", "--json").document
    assert (told["attempts"], told["reviews"], told["recall"]) == (0, 0, None)
    assert told["questions"] == {"reviewed": 0, "unseen": 2, "due": 0, "suspended": 0}
    assert told["foretold"] == {"reviews": 0, "log_loss": None, "expected": None, "recalled": None}
    assert told["parameters"]["weights"] == list(DEFAULT_WEIGHTS)
    assert told["needed"] == {"reviews": 400, "questions": 50}
    lines = begun("memory").stdout.splitlines()
    assert lines == [
        "0 reviews of 0 questions",
        "due: 0 · not practised yet: 2 · left out of practice: 0",
        "Parameters: the usual ones of FSRS-6; due at 90%",
    ]


def test_too_few_reviews_to_fit_to(begun: Ashore) -> None:
    pytest.importorskip("fsrs_rs_python")
    begun("practice", "1", "good")
    assert begun("memory", "--fit").reason.startswith(
        "Too few reviews to fit to: 1 of 1 questions; it takes 400 of 50."
    )


def test_without_the_extra(begun: Ashore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    assert "pip install 'ashore[fit]'" in begun("memory", "--fit").reason


def test_fitting_and_its_undoing(ashore: Ashore, database_path: Path) -> None:
    pytest.importorskip("fsrs_rs_python")
    _fill(database_path)
    assert "ashore memory --fit" in ashore("memory").stderr
    before = ashore("memory", "--json").document
    fit = ashore("memory", "--fit", "--json").document
    assert (fit["kept"], fit["reviews"], fit["questions"]) == (True, 480, 60)
    assert fit["loss_after"] < fit["loss_before"]
    after = ashore("memory", "--json").document
    assert after["parameters"]["fitted_at"].startswith("2026-03-25T10:00")
    assert after["parameters"]["fitted_reviews"] == fit["fitted_reviews"]
    assert abs(after["foretold"]["expected"] - after["foretold"]["recalled"]) < abs(
        before["foretold"]["expected"] - before["foretold"]["recalled"]
    )
    assert "fitted on 2026-03-25" in ashore("memory").stdout
    again = ashore("memory", "--fit", "--json").document
    assert (again["kept"], again["change_set"]) == (False, None)
    ashore("undo")
    assert ashore("memory", "--json").document == before


def test_retention_is_changed_and_reset(begun: Ashore) -> None:
    begun("practice", "1", "good")
    changed = begun("memory", "--retention", "0.8", "--json").document
    assert changed["desired_retention"] == 0.8
    assert changed["change_set"] is not None
    assert begun("doctor").exit_code == 0
    assert "due at 80%" in begun("memory").stdout
    assert begun("memory", "--reset", "--json").document["desired_retention"] == 0.9
    assert "Nothing changed" in begun("memory", "--reset").stderr


@pytest.mark.parametrize("retention", ["0.2", "1", "-3", "nan"])
def test_an_impossible_retention_is_refused(begun: Ashore, retention: str) -> None:
    assert "0.7" in begun("memory", f"--retention={retention}").reason


@pytest.mark.parametrize("options", [("--fit", "--reset"), ("--reset", "--retention", "0.8"), ("--retention", "much")])
def test_wrong_usage(begun: Ashore, options: tuple[str, ...]) -> None:
    assert begun("memory", *options).exit_code == 2


def test_a_question_is_left_out_of_practice_and_taken_back(begun: Ashore) -> None:
    done = begun("questions", "1", "--suspend", "--json").document
    assert (set(done), done["question"]) == ({"change_set", "question"}, 1)
    assert begun("questions", "1", "--json").document["suspended"] is True
    assert "left out of practice" in begun("questions", "1").stdout
    assert [row["id"] for row in begun("questions", "--search", "is:suspended", "--json").document] == [1]
    assert begun("memory", "--json").document["questions"]["suspended"] == 1
    assert begun("questions", "1", "--suspend", "--json").document["change_set"] is None
    assert begun("questions", "1", "--resume").stdout.startswith("In practice again: LoRA")
    assert begun("questions", "1", "--json").document["suspended"] is False


def test_what_is_left_out_is_not_listed_as_due(begun: Ashore) -> None:
    begun("practice", "1", "again", "--now", "2026-03-01T10:00+08:00")
    assert len(begun("questions", "--due", "--json").document) == 1
    begun("questions", "1", "--suspend")
    assert begun("questions", "--due", "--json").document == []


@pytest.mark.parametrize("options", [("--suspend",), ("1", "--suspend", "--resume"), ("1", "--resume", "--due")])
def test_suspending_needs_one_question_and_one_wish(begun: Ashore, options: tuple[str, ...]) -> None:
    assert begun("questions", *options).exit_code == 2
