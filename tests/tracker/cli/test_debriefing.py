"""``ashore debrief`` and ``ashore practice-log``."""

import sys
from pathlib import Path

import pytest

from prep.bank import add_question
from prep.sittings.recording import begin_sitting
from tests.conftest import NOW
from tests.prep.debriefs.test_recording import HOURS, Placed, place
from tests.tracker.cli.running import Ashore
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database

OPTIONS = ("--now", "2026-03-25T10:00:00+08:00")


@pytest.fixture
def placed(database: Database) -> Placed:
    with database.change("seed", now=NOW, kind="demo") as session:
        found = place(session)
        begin_sitting(
            session, kind="drill", now=NOW - 20 * HOURS, company_id=found.company_id, round_id=found.round_id,
            stage="一面", plan={"questions": [found.question_id]},
        )  # fmt: skip
    return found


@pytest.fixture
def ashore(run: Ashore, database_path: Path, placed: Placed) -> Ashore:
    return lambda *arguments: run(*arguments, "--db", database_path, *OPTIONS)


def test_a_round_is_written_down_by_a_command(ashore: Ashore, placed: Placed) -> None:
    pending = ashore("debrief", "--json").document
    assert [(one["company"], one["round"], one["ended_at"]) for one in pending] == [
        ("青禾", "一面", "2026-03-25T09:00:00+08:00")
    ]
    ran = ashore(
        "debrief", "青禾", "--asked", "lora的B为什么初始化为0", "--asked", "手撕 [/x] LRU", "--rating", "good", "--rating", "-",
        "--promise", "they pay: 30k", "--mood", 4, "--result", "passed", "--next", "二面 4.1 19:00", "--json",
    )  # fmt: skip
    told = ran.document
    assert [(one["question"] == placed.question_id, one["rating"], one["kind"], one["new"]) for one in told["asked"]] == [
        (True, "good", "knowledge", False),
        (False, None, "coding", True),
    ]  # fmt: skip
    assert told["promises"] == [{"kind": "pay", "by": "them", "text": "30k"}]
    assert (told["mood"], told["result"], told["next"]) == (4, "passed", "二面 4.1 19:00")
    assert told["planned"] == [{"round": "二面", "at": "2026-04-01T19:00:00+08:00"}]
    assert told["prediction"] | {"place": 0} == {
        "asked": 2, "practised": 1, "rounds": 1, "share": None, "place": 0, "placed": told["prediction"]["placed"]
    }  # fmt: skip
    assert ashore("debrief", "--json").document == []
    log = ashore("practice-log", "青禾", "--json").document
    assert [one["practised_count"] for one in log["rounds"]] == [0, 1]
    assert log["rounds"][1]["practice"][0]["kind"] == "drill"
    assert [one["practised"] for one in log["rounds"][1]["asked"]] == [True, False]
    every = ashore("practice-log", "--json").document
    assert (every["prediction"]["asked"], len(every["rounds"])) == (2, 1)
    assert ashore("undo").exit_code == 0
    assert ashore("debrief", "青禾", "--json").document["asked"] == []


def test_notes_about_the_round_are_read_like_a_diary(ashore: Ashore, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("# 复盘\n1. LoRA 的秩怎么选？\n2. 手撕：LRU，没写出来\n感受：面试官很好\n", encoding="utf-8")
    rehearsed = ashore("debrief", "青禾", "--file", notes, "--dry-run", "--json").document
    assert rehearsed["change_set"] is None
    assert [(one["text"], one["rating"]) for one in rehearsed["asked"]] == [
        ("LoRA 的秩怎么选？", None),
        ("LRU", "again"),
    ]
    shown = ashore("debrief", "青禾")
    assert "Nothing is written about this round yet" in shown.stderr
    assert ashore("debrief", "青禾", "--file", notes).exit_code == 0
    assert "LRU" in ashore("practice-log", "青禾").stdout
    assert "in practice" in ashore("practice-log").stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("青禾", "--asked", "x", "--rating", "good", "--rating", "good"), "more ratings than questions"),
        (("--asked", "x"), "Name the company"),
        (("青禾", "--nothing", "--mood", 3), "--nothing goes with nothing"),
        (("青禾", "--mood", 9), "from 1 to 5"),
    ],
)
def test_what_makes_no_sense_is_a_mistake_of_usage(ashore: Ashore, arguments: tuple[object, ...], reason: str) -> None:
    ran = ashore("debrief", *arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert reason in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nobody", "--mood", 3), "nobody"),
        (("青禾", "--round", "二面", "--mood", 3), "No such round has begun here"),
        (("青禾", "--file", "/nowhere.md"), "there is no such file"),
        (("青禾", "--file", sys.executable), "this is not text"),
        (("青禾", "--promise", " "), "says something"),
        (("青禾", "--asked", "  "), "needs a text"),
        (("青禾", "--asked", "#99999999999999"), "not there any more"),
    ],
)
def test_what_cannot_be_written_is_refused(ashore: Ashore, arguments: tuple[object, ...], reason: str) -> None:
    assert reason in ashore("debrief", *arguments).reason


def test_nothing_to_write_is_not_asked_for_again(ashore: Ashore) -> None:
    assert ashore("debrief", "青禾", "--nothing").exit_code == 0
    assert "No interview of the last days" in ashore("debrief").stderr
    assert "not known yet what was asked" in ashore("practice-log").stderr


def test_the_list_is_also_there_for_people(ashore: Ashore, database: Database) -> None:
    assert "青禾" in ashore("debrief").stdout
    with database.change("more", now=NOW) as session:
        add_question(session, text="一题", now=NOW)
    assert "一面" in ashore("practice-log", "青禾").stdout


def test_a_text_without_questions_is_refused(ashore: Ashore, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_bytes(b"\xef\xbb\xbf\n \n")
    assert "the file is empty" in ashore("debrief", "青禾", "--file", empty).reason
    empty.write_text("# 复盘\n")
    assert "No question was found" in ashore("debrief", "青禾", "--file", empty).reason


def test_a_second_debrief_adds_to_the_latest_round(ashore: Ashore, tmp_path: Path) -> None:
    assert ashore("round", "青禾", "AI面", "--at", "3.20 10:00", "--result", "done").exit_code == 0
    notes = tmp_path / "notes.txt"
    notes.write_bytes("梯度裁剪怎么做？\n".encode("gb18030"))
    first = ashore("debrief", "青禾", "--mood", 2, "--json").document
    second = ashore("debrief", "青禾", "--file", notes, "--json").document
    assert (second["at"], second["mood"]) == (first["at"], 2)
    assert [one["text"] for one in second["asked"]] == ["梯度裁剪怎么做？"]


def test_a_diary_that_is_imported_later_tells_nothing_twice(ashore: Ashore, placed: Placed, tmp_path: Path) -> None:
    told = ashore("debrief", "青禾", "--asked", f"#{placed.question_id}", "--json").document
    assert [one["question"] for one in told["asked"]] == [placed.question_id]
    diary = tmp_path / "diary.md"
    diary.write_text(
        "# 青禾 一面 2026-03-25\n\n1. LoRA 的 B 为什么初始化为 0？\n2. 梯度裁剪怎么做？\n", encoding="utf-8"
    )
    assert ashore("import", diary).exit_code == 0
    rounds = ashore("practice-log", "青禾", "--json").document["rounds"]
    assert [[one["text"] for one in each["asked"]] for each in rounds] == [
        ["LoRA 的 B 为什么初始化为 0？", "梯度裁剪怎么做？"]
    ]
    questions = ashore("questions", "--company", "青禾", "--json").document
    assert sorted(len(one["asked"]) for one in questions) == [1, 1]


def test_what_may_be_a_question_of_the_bank_is_said_and_not_joined(ashore: Ashore) -> None:
    near = ashore("debrief", "青禾", "--asked", "LoRA 的 B 初始化为 0 是为什么？", "--dry-run", "--json")
    assert near.document["asked"][0]["new"]
    assert "may be question 1" in near.stderr


def test_a_test_is_debriefed_only_where_it_is_named(ashore: Ashore, database: Database) -> None:
    with database.change("apply", now=NOW) as session:
        add_application(session, company_id=add_company(session, name="木棉", now=NOW), now=NOW)
    assert ashore("round", "木棉", "笔试", "--at", "3.20 10:00", "--result", "done").exit_code == 0
    assert "name another round with --round" in ashore("debrief", "木棉", "--mood", 3).reason
    assert ashore("debrief", "木棉", "--round", "笔试", "--mood", 3, "--json").document["round"] == "笔试"


def test_a_next_step_without_a_time_is_shown_in_its_words(ashore: Ashore) -> None:
    assert "→ 等通知 [/x]" in ashore("debrief", "青禾", "--next", "等通知 [/x]").stdout.splitlines()
