"""``ashore undo``, ``redo`` and ``changes``."""

from tests.tracker.cli.running import Ashore


def test_undo_and_redo_tell_what_became_of_the_application(begun: Ashore) -> None:
    moved = begun("move", "字节跳动", "泡池子", "--json").document
    undone = begun("undo", "--json").document
    assert undone == {
        "change_set": moved["change_set"],
        "action": "undo",
        "name": moved["name"],
        "company": "字节跳动",
        "application": moved["application"],
        "before": moved["after"],
        "after": moved["before"],
    }
    again = begun("redo", "--json").document
    assert (again["action"], again["before"], again["after"]) == ("redo", moved["before"], moved["after"])


def test_undoing_a_new_application_leaves_nothing_of_it(begun: Ashore) -> None:
    moved = begun("move", "得到", "投递", "--json").document
    undone = begun("undo", "--json").document
    assert (undone["company"], undone["application"], undone["after"]) == ("得到", moved["application"], None)
    assert begun("history", "得到", "--json").document == []


def test_undoing_an_import_is_about_no_single_application(begun: Ashore) -> None:
    undone = begun("undo", "--json").document
    assert undone["name"] == "Import of hunt.md, notes.md"
    assert (undone["company"], undone["application"], undone["before"], undone["after"]) == (None, None, None, None)


def test_undo_and_redo_for_people_across_processes(begun: Ashore) -> None:
    begun("move", "得到", "投递")
    assert begun("undo").stdout == "Undone: 得到：投递\n"
    assert begun("undo").stdout == "Undone: Import of hunt.md, notes.md\n"
    assert begun("undo").reason == "There is nothing to undo."
    assert begun("redo").stdout == "Done again: Import of hunt.md, notes.md\n"
    assert begun("redo").stdout == "Done again: 得到：投递\n"
    assert begun("redo").reason == "There is nothing to redo."


def test_changes_the_newest_first(begun: Ashore) -> None:
    begun("move", "得到", "投递")
    begun("undo")
    undo, move, imported = begun("changes", "--json").document
    assert (undo["kind"], move["undone"], imported["undone"]) == ("undo", True, False)
    assert set(move) == {"id", "kind", "name", "recorded_at", "undone", "rows"}
    assert move["recorded_at"] == "2026-03-25T10:00:00+08:00"
    assert len(begun("changes", "--limit", "1", "--json").document) == 1
    lines = begun("changes").stdout.splitlines()
    assert lines[2].split() == ["2", "today", "10:00", "change", "得到：投递", "2", "undone"]


def test_an_empty_log_says_how_to_begin(ashore: Ashore) -> None:
    shown = ashore("changes")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "ashore import FILE" in shown.stderr
