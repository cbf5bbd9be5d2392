"""``ashore review``: what is left to decide, and dismissing it for good."""

from pathlib import Path

from tests.tracker.cli.running import Ashore


def test_open_entries_as_json(begun: Ashore) -> None:
    found = begun("review", "--json").document
    (doubt,) = [entry for entry in found if entry["subject"] == "海康威视"]
    assert set(doubt) == {
        "id",
        "file",
        "line",
        "kind",
        "text",
        "subject",
        "other",
        "proposal",
        "confidence",
        "state",
        "question",
        "other_question",
    }
    assert (doubt["question"], doubt["other_question"]) == (None, None)
    assert (doubt["kind"], doubt["line"], doubt["state"]) == ("status", 7, "open")
    assert "海康威视" in begun("review").stdout


def test_what_was_dismissed_stays_dismissed(begun: Ashore, imported: tuple[Path, Path]) -> None:
    entries = begun("review", "--json").document
    for entry in entries:
        dismissed = begun("review", "--dismiss", entry["id"], "--json").document
        assert (dismissed["id"], dismissed["state"]) == (entry["id"], "dismissed")
    begun("import", *imported)
    assert begun("review", "--json").document == []
    shown = begun("review")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "Nothing is left to decide.\n")
    assert begun("undo").exit_code == 0
    assert [entry["id"] for entry in begun("review", "--json").document] == [entries[-1]["id"]]


def test_an_entry_is_dismissed_once(begun: Ashore) -> None:
    first = begun("review", "--json").document[0]["id"]
    assert begun("review", "--dismiss", first).stdout.startswith("Dismissed: ")
    assert begun("review", "--dismiss", first).reason == f"There is no open entry {first}."
    assert begun("review", "--dismiss", "99").reason == "There is no open entry 99."


def test_two_questions_that_may_be_one_are_both_shown(begun: Ashore, tmp_path: Path) -> None:
    notes = tmp_path / "缓存.md"
    notes.write_text(
        "# 缓存\n\n1. 什么是缓存雪崩？\n   同时失效。\n2. 介绍一下缓存雪崩？\n   大量失效。\n", encoding="utf-8"
    )
    imported = begun("import", notes)
    assert "1 pair of questions may be one in other words (ashore questions --similar)" in imported.stdout
    (entry,) = [one for one in begun("review", "--json").document if one["kind"] == "near-equal"]
    (line,) = [line for line in begun("review").stdout.splitlines() if line.split()[0] == str(entry["id"])]
    assert f"{entry['question']} {entry['subject']}" in line
    assert f"{entry['other_question']} {entry['other']}" in line
    assert "缓存.md:" in line
    assert "other words" not in begun("import", notes, "--reread").stdout
