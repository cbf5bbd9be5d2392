"""``ashore introductions``."""

from datetime import UTC, datetime, timedelta

import pytest

from prep.introductions.drafts import save_introduction, write_text
from prep.introductions.marks import mark_sentences
from prep.introductions.takes import record_take
from tests.tracker.cli.running import Ashore
from tracker.db import Database

NOW = datetime(2026, 3, 25, 1, 0, tzinfo=UTC)
FIRST = "面试官您好，我是许知远。" + "我做过检索和排序。" * 3 + "平时爱爬山。"
SECOND = FIRST.replace("爬山", "长跑")


@pytest.fixture
def drafts(database: Database) -> int:
    """One draft in two versions, said aloud twice."""
    with database.change("drafts", now=NOW) as session:
        draft = save_introduction(session, title="[/x] 一分钟", text=FIRST, audience="hr", target_seconds=10, now=NOW)
        write_text(session, introduction_id=draft, text=SECOND, now=NOW)
        mark_sentences(session, introduction_id=draft, sentences=["面试官您好，我是许知远。"], mark="essential")
        mark_sentences(session, introduction_id=draft, sentences=["平时爱长跑。"], mark="optional")
        for minute in (1, 2):
            record_take(session, introduction_id=draft, seconds=12, now=NOW + timedelta(minutes=minute))
    return draft


def test_the_list(ashore: Ashore, drafts: int) -> None:
    assert ashore("introductions", "--json").document == [
        {
            "id": drafts,
            "title": "[/x] 一分钟",
            "purpose": "hr",
            "company": None,
            "language": "zh",
            "target_seconds": 10,
            "estimated_seconds": 12,
            "measured_seconds": 12,
            "takes": 2,
            "versions": 2,
        }
    ]
    header, line = ashore("introductions").stdout.splitlines()
    assert header.split() == ["id", "title", "purpose", "company", "target", "estimate", "measured", "takes"]
    assert line.split() == [str(drafts), "[/x]", "一分钟", "HR", "—", "0:10", "0:12", "0:12", "2"]


def test_one(ashore: Ashore, drafts: int) -> None:
    document = ashore("introductions", drafts, "--json").document
    assert document["text"] == SECOND
    assert [(one["text"], one["mark"]) for one in document["sentences"]][::4] == [
        ("面试官您好，我是许知远。", "essential"),
        ("平时爱长跑。", "optional"),
    ]
    assert (document["rate"]["is_own"], document["rate"]["takes"]) == (True, 2)
    assert ashore("introductions", drafts, "--text").stdout == SECOND + "\n"
    shown = ashore("introductions", drafts).stdout.splitlines()
    assert shown[:2] == ["[/x] 一分钟", "HR · 0:12 / 0:10"]
    assert shown[-1] == "平时爱长跑。 [may go]"


def test_the_shortest(ashore: Ashore, drafts: int, database: Database) -> None:
    document = ashore("introductions", drafts, "--shortest", "--json").document
    assert document["fits"]
    assert document["dropped"] == ["平时爱长跑。"]
    shown = ashore("introductions", drafts, "--shortest")
    assert shown.stdout.rstrip("\n") == document["text"]
    assert shown.stderr == "0:{seconds:02} of 0:{full_seconds:02}, for 0:{target_seconds:02}\n".format(**document)
    with database.change("shorter", now=NOW) as session:
        save_introduction(session, introduction_id=drafts, title="", text=SECOND, target_seconds=1)
    ran = ashore("introductions", drafts, "--shortest")
    assert (ran.stdout, ran.exit_code) == ("面试官您好，我是许知远。\n", 0)
    assert "too long" in ran.stderr
    with database.change("rewrite", now=NOW) as session:
        write_text(session, introduction_id=drafts, text="我做过很多很多检索和排序的项目。", now=NOW)
    assert "no sentence fits into 1 s" in ashore("introductions", drafts, "--shortest").reason


def test_versions_and_differences(ashore: Ashore, drafts: int) -> None:
    found = ashore("introductions", drafts, "--versions", "--json").document
    assert [(one["version"], one["takes"], one["created_at"]) for one in found] == [
        (2, 2, "2026-03-25T09:00:00+08:00"),
        (1, 0, "2026-03-25T09:00:00+08:00"),
    ]
    assert ashore("introductions", drafts, "--versions").stdout.splitlines()[1].startswith("      2")
    changes = ashore("introductions", drafts, "--diff", 1, 2, "--json").document
    assert [one["change"] for one in changes] == ["same"] * 4 + ["changed"]
    assert ashore("introductions", drafts, "--diff", 1, 2).stdout.splitlines()[-1] == "± 平时爱[-爬山-]{+长跑+}。"
    assert "no version 7" in ashore("introductions", drafts, "--diff", 1, 7).reason
    assert "the same" in ashore("introductions", drafts, "--diff", 2, 2).stderr


def test_what_cannot_be_shown(ashore: Ashore, run: Ashore, drafts: int, tmp_path: object) -> None:
    assert "not there any more" in ashore("introductions", drafts + 1).reason
    assert ashore("introductions", "--shortest").exit_code == 2
    assert ashore("introductions", drafts, "--text", "--versions").exit_code == 2
    empty = run("--db", f"{tmp_path}/none.db", "introductions", "--json")
    assert (empty.exit_code, empty.document) == (0, [])


def test_an_empty_list_says_so(ashore: Ashore) -> None:
    ran = ashore("introductions")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "No self-introduction yet.\n")
