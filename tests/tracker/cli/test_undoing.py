"""``ashore undo``, ``redo``, ``revert`` and ``changes``."""

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
    assert set(move) == {"id", "kind", "name", "recorded_at", "undone", "reverted", "target", "rows"}
    assert (undo["target"], move["target"], move["reverted"]) == (move["id"], None, False)
    assert move["recorded_at"] == "2026-03-25T10:00:00+08:00"
    assert len(begun("changes", "--limit", "1", "--json").document) == 1
    lines = begun("changes").stdout.splitlines()
    assert lines[2].split() == ["2", "today", "10:00", "change", "得到：投递", "2", "undone"]


def test_an_empty_log_says_how_to_begin(ashore: Ashore) -> None:
    shown = ashore("changes")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "ashore import FILE" in shown.stderr


def test_an_older_step_is_reverted_and_what_came_since_stays(begun: Ashore) -> None:
    older = begun("move", "得到", "投递", "--json").document
    newer = begun("move", "字节跳动", "二面", "--json").document
    reverted = begun("revert", str(older["change_set"]), "--json").document
    assert (reverted["action"], reverted["name"], reverted["company"]) == ("revert", "得到：投递", "得到")
    assert (reverted["before"], reverted["after"]) == (older["after"], None)
    assert begun("history", "得到", "--json").document == []
    assert begun("history", "字节跳动", "--json").document[-1]["stage"] == newer["after"]["phase"]
    revert, kept, taken, _imported = begun("changes", "--json").document
    assert (revert["kind"], revert["name"], revert["target"]) == ("revert", "Reverted: 得到：投递", taken["id"])
    assert (kept["undone"], taken["undone"], taken["reverted"]) == (False, True, True)
    assert begun("changes").stdout.splitlines()[3].endswith("reverted")


def test_a_revert_is_reverted_or_undone(begun: Ashore) -> None:
    step = begun("move", "得到", "投递", "--json").document["change_set"]
    assert begun("revert", str(step)).stdout == "Reverted: 得到：投递\n"
    assert begun("revert", str(step)).reason == "«得到：投递» is taken back already."
    assert begun("revert", str(step + 1)).stdout == "Taken back: Reverted: 得到：投递\n"
    assert begun("changes", "--json").document[0]["name"] == "Brought back: 得到：投递"
    assert begun("undo").stdout == "Undone: Brought back: 得到：投递\n"
    assert begun("history", "得到", "--json").document == []
    assert begun("redo").stdout == "Done again: Brought back: 得到：投递\n"
    assert len(begun("history", "得到", "--json").document) == 1


def test_what_cannot_be_reverted_says_why(begun: Ashore) -> None:
    begun("move", "得到", "投递")
    begun("undo")
    assert begun("revert", "99").reason == "There is no change 99."
    assert begun("revert", "3").reason == "Step 3 is an undo or a redo itself; revert the step that it is about."
    assert begun("revert", "2").reason == "«得到：投递» is taken back already."
    begun("redo")
    needed = begun("revert", "1").reason
    assert "application 得到" in needed
    assert "«得到：投递»" in needed
    assert begun("revert", "0").exit_code == 2


def test_a_step_is_shown_with_what_it_did(begun: Ashore) -> None:
    step = begun("move", "得到", "投递", "--at", "2026-03-24", "--json").document["change_set"]
    lines = begun("changes", str(step)).stdout.splitlines()
    assert lines[0].split("  ") == [str(step), "today 10:00", "change", "得到：投递"]
    assert lines[1] == "  added application 得到"
    assert lines[2:5] == ["  added event 得到 · 投递", "      kind: stage", "      when: 2026-03-24"]
    shown = begun("changes", str(step), "--json").document
    assert [(row["table"], row["action"], row["title"]) for row in shown["changed"]] == [
        ("application", "added", "得到"),
        ("event", "added", "得到 · 投递"),
    ]
    assert {"field": "kind", "before": None, "after": "stage"} in shown["changed"][1]["fields"]
    assert begun("changes", "99").reason == "There is no change 99."
