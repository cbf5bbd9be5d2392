"""Undo and redo, step by step; what they do to whole hunts in any order is held by ``test_hunt_machine``."""

import pytest

from prep.storage import open_database
from tests.tracker.hunting import NOW
from tracker.changes import find_redoable, list_changes
from tracker.companies import add_company, edit_company, list_companies, save_contact
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Company
from tracker.text import name_key
from tracker.undo import redo, undo


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


def test_a_step_that_came_to_nothing_is_undone_all_the_same(database: Database) -> None:
    company_id = add(database, "甲")
    with database.change("there and back", now=NOW) as session:
        edit_company(session, company_id=company_id, note="one")
        edit_company(session, company_id=company_id, note="")
    assert [undo(database, now=NOW).name for _turn in range(2)] == ["there and back", "add 甲"]
    assert redo(database, now=NOW).name == "add 甲"
    assert redo(database, now=NOW).name == "there and back"
    with pytest.raises(RefusedError, match="nothing to redo"):
        redo(database, now=NOW)


def test_names_that_were_exchanged_in_one_step_are_exchanged_back(database: Database) -> None:
    ids = [add(database, name) for name in ("甲", "乙")]
    with database.change("exchange", now=NOW) as session:
        first, second = (session.get_one(Company, number) for number in ids)
        for company, name in ((first, "丙"), (second, "甲"), (first, "乙")):
            company.name, company.name_key = name, name_key(name)
            session.flush()
    undo(database, now=NOW)
    with database.read() as session:
        assert [session.get_one(Company, number).name for number in ids] == ["甲", "乙"]
    redo(database, now=NOW)
    with database.read() as session:
        assert [session.get_one(Company, number).name for number in ids] == ["乙", "甲"]
