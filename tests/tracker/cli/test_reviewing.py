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
    }
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
