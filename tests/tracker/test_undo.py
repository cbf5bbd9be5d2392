from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prep.storage import open_database
from tests.tracker.hunting import NOW, STEPS, UNDOING, Step, play
from tracker.board import load_board
from tracker.changes import find_redoable, find_undoable, list_changes
from tracker.companies import add_company, edit_company, list_companies, save_contact
from tracker.contents import content_hash
from tracker.db import Database
from tracker.doctor import _derived_rows, _rebuild, _session
from tracker.errors import RefusedError
from tracker.history import fold
from tracker.pipeline import load_events
from tracker.projection import compare_projection, rebuild_projection
from tracker.replay import differences
from tracker.reverting import revert
from tracker.undo import redo, undo


def copy_of(template: Path, folder: Path) -> Database:
    path = folder / "ashore.db"
    path.write_bytes(template.read_bytes())
    return open_database(path, now=NOW)


def exhaust(database: Database, name: str) -> int:
    """Undo, or redo, until there is nothing left."""
    number = 0
    while play(database, (name, 0, None), now=NOW):
        number += 1
        assert number < 200
    return number


def derived(database: Database) -> set[tuple[str, object, object]]:
    with _session(database.path) as session:
        return _derived_rows(session)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(STEPS, max_size=4),
    steps=st.lists(st.one_of(STEPS, STEPS, STEPS, UNDOING), min_size=3, max_size=16),
)
def test_undoing_all_gives_the_start_and_redoing_all_the_end(
    before: list[Step], steps: list[Step], template_path: Path, fast_folder: Path
) -> None:
    database = copy_of(template_path, fast_folder)
    opening: list[Step] = [("company", 0, "开始"), ("application", 0, ""), ("question", 0, "什么？"), *before]
    for number, step in enumerate([*opening, *steps]):
        play(database, step, now=NOW + timedelta(minutes=number))
        with database.read() as session:
            assert compare_projection(session) == (), step
    play(database, ("company", 0, "the last new thing: nothing can be redone after it"), now=NOW)
    end, end_derived = content_hash(database.path), derived(database)
    undone = exhaust(database, "undo")
    with database.read() as session:
        assert differences(session) == ()
    assert content_hash(database.path) == content_hash(template_path)
    assert derived(database) == set()
    assert exhaust(database, "redo") == undone
    assert content_hash(database.path) == end
    assert derived(database) == end_derived
    with database.read() as session:
        assert differences(session) == ()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=25))
def test_the_board_is_what_the_history_folds_to(steps: list[Step], template_path: Path, fast_folder: Path) -> None:
    database = copy_of(template_path, fast_folder)
    for step in [("company", 0, "开始"), ("application", 0, ""), *steps]:
        play(database, step, now=NOW)
    rows = load_board(database.path).rows
    with database.read() as session:
        for row in rows:
            standing = fold(load_events(session, row.application_id))
            assert (row.phase, row.stage, row.outcome) == (standing.phase, standing.stage, standing.outcome)
            assert (bool(row.in_pool), bool(row.active)) == (standing.in_pool, standing.active)
    before = derived(database)
    assert [name for name in _rebuild(database.path, [rebuild_projection]) if name.startswith("board_row")] == []
    assert derived(database) == before


def add(database: Database, name: str) -> int:
    with database.change(f"add {name}", now=NOW) as session:
        return add_company(session, name=name, now=NOW)


def notes(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {company.name: company.note for company in list_companies(session)}


def test_undo_survives_a_restart(database: Database) -> None:
    add(database, "甲")
    add(database, "乙")
    again = open_database(database.path, now=NOW)
    assert undo(again, now=NOW).name == "add 乙"
    again = open_database(database.path, now=NOW)
    assert undo(again, now=NOW).name == "add 甲"
    assert notes(again) == {}
    again = open_database(database.path, now=NOW)
    assert redo(again, now=NOW).name == "add 甲"
    assert redo(again, now=NOW).name == "add 乙"
    assert notes(again) == {"甲": "", "乙": ""}


def test_nothing_to_undo_or_redo_is_said(database: Database) -> None:
    with pytest.raises(RefusedError, match="nothing to undo"):
        undo(database, now=NOW)
    add(database, "甲")
    with pytest.raises(RefusedError, match="nothing to redo"):
        redo(database, now=NOW)


def test_something_new_ends_what_could_be_redone(database: Database) -> None:
    add(database, "甲")
    undo(database, now=NOW)
    add(database, "乙")
    with pytest.raises(RefusedError, match="nothing to redo"):
        redo(database, now=NOW)


def test_undo_skips_what_is_undone_already(database: Database) -> None:
    for name in ("甲", "乙", "丙"):
        add(database, name)
    undo(database, now=NOW)
    add(database, "丁")
    assert [undo(database, now=NOW).name for _turn in range(3)] == ["add 丁", "add 乙", "add 甲"]
    assert notes(database) == {}


def test_undoing_refuses_by_name_what_a_later_change_touched(database: Database) -> None:
    company_id = add(database, "甲")
    for name, note in (("first wording", "one"), ("second wording", "two")):
        with database.change(name, now=NOW) as session:
            edit_company(session, company_id=company_id, note=note)
    with database.read() as session:
        first = list_changes(session)[1].id
    before = content_hash(database.path, with_log=True)
    with (
        pytest.raises(RefusedError, match="«second wording» changed the same field since"),
        database.change("undo one", now=NOW, kind="undo", target_id=first) as session,
    ):
        revert(session, set_id=first, now=NOW)
    assert content_hash(database.path, with_log=True) == before


def test_a_later_change_of_another_field_is_no_obstacle(database: Database) -> None:
    company_id = add(database, "甲")
    with database.change("note", now=NOW) as session:
        edit_company(session, company_id=company_id, note="kept apart")
    with database.read() as session:
        step = find_undoable(session)
    assert step is not None
    with database.change("tier", now=NOW) as session:
        edit_company(session, company_id=company_id, tier="S")
    with database.change("undo the note", now=NOW, kind="undo", target_id=step.id) as session:
        revert(session, set_id=step.id, now=NOW)
    with database.read() as session:
        (company,) = list_companies(session)
    assert (company.note, company.tier) == ("", "S")


def test_many_rows_in_one_step_are_undone_in_one(database: Database) -> None:
    with database.change("Import of list.md", now=NOW, kind="import") as session:
        for number in range(300):
            company_id = add_company(session, name=f"company {number}", now=NOW, aliases=[f"alias {number}"])
            save_contact(session, company_id=company_id, name="王")
    step = undo(database, now=NOW)
    assert step.kind == "import"
    assert notes(database) == {}
    redo(database, now=NOW)
    assert len(notes(database)) == 300


def test_the_list_of_changes_tells_what_is_undone(database: Database) -> None:
    add(database, "甲")
    add(database, "乙")
    undo(database, now=NOW)
    with database.read() as session:
        listed = [(change.kind, change.name, change.undone, change.rows) for change in list_changes(session)]
        assert [change.name for change in list_changes(session, limit=1)] == ["add 乙"]
        coming = find_redoable(session)
    assert listed == [("undo", "add 乙", False, 1), ("change", "add 乙", True, 1), ("change", "add 甲", False, 1)]
    assert coming is not None
    assert coming.name == "add 乙"
