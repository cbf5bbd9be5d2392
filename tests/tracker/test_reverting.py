"""One older step taken back: what may be in its way, and that it is a step of its own."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.tracker.hunting import NOW
from tracker.amending import amend_event, retract_event
from tracker.applications import At, add_application, edit_application
from tracker.changes import find_redoable, find_undoable, list_changes
from tracker.companies import add_alias, add_company, edit_company, remove_alias, remove_contact, save_contact
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.merging import merge_companies
from tracker.models import ChangeEntry, Company, Contact, Setting
from tracker.pipeline import move_to, record_outcome, revive
from tracker.projection import compare_projection
from tracker.replay import differences
from tracker.rounds import edit_round, plan_round
from tracker.seasons import add_season, put_into_season, remove_season, set_current_season
from tracker.undo import redo, revert_change, undo

Write = Callable[[Session], object]


def seed(session: Session) -> None:
    """Company 1 with its application, contact, round and two events; company 2; two seasons, the second current."""
    add_company(session, name="海潮云", now=NOW, aliases=["海潮"])
    add_company(session, name="青禾", now=NOW)
    add_season(session, name="2026 秋招", now=NOW)
    add_season(session, name="2027 春招", now=NOW)
    add_application(session, company_id=1, now=NOW, position="后端")
    move_to(session, application_id=1, label="投递", now=NOW, at=At.day(NOW))
    move_to(session, application_id=1, label="一面", now=NOW, at=At.day(NOW))
    plan_round(session, application_id=1, stage="一面", starts_at=NOW + timedelta(days=2))
    save_contact(session, company_id=1, name="王")


def write(database: Database, name: str, *writes: Write) -> int:
    with database.change(name, now=NOW) as session:
        for each in writes:
            each(session)
    return int(session.info["change_set_id"])


@pytest.fixture
def seeded(database: Database) -> Database:
    write(database, "seed", seed)
    return database


def refused(database: Database, set_id: int) -> str:
    """Why a step is not reverted; nothing happens."""
    before = content_hash(database.path, with_log=True)
    with pytest.raises(RefusedError) as caught:
        revert_change(database, set_id=set_id, now=NOW)
    assert content_hash(database.path, with_log=True) == before
    return str(caught.value)


TOUCHED: dict[str, tuple[Write, Write, str]] = {
    "another value": (
        lambda s: edit_company(s, company_id=1, note="one"),
        lambda s: edit_company(s, company_id=1, note="two"),
        "«later» changed the same field since (company 海潮云 · note: one → two)",
    ),
    "another of several": (
        lambda s: edit_company(s, company_id=1, note="one", tier="S"),
        lambda s: edit_company(s, company_id=1, tier=""),
        "(company 海潮云 · tier: S → —)",
    ),
    "a field of a new row": (
        lambda s: save_contact(s, company_id=2, name="李"),
        lambda s: save_contact(s, company_id=2, contact_id=2, name="李", role="HR"),
        "(contact 青禾 · 李 · role: — → HR)",
    ),
    "a time": (
        lambda s: edit_application(s, application_id=1, deadline_at=NOW),
        lambda s: edit_application(s, application_id=1, deadline_at=NOW + timedelta(days=1)),
        "(application 海潮云 · 后端 · apply until: 2026-03-25 10:00 → 2026-03-26 10:00)",
    ),
    "a reference": (
        lambda s: put_into_season(s, application_ids=[1], season_id=1),
        lambda s: put_into_season(s, application_ids=[1], season_id=None),
        "(application 海潮云 · 后端 · season: 2026 秋招 → —)",
    ),
    "a round that ended": (
        lambda s: plan_round(s, application_id=1, stage="二面", starts_at=NOW),
        lambda s: edit_round(s, round_id=2, state="done", result="passed"),
        "(round 海潮云 · 后端 · 二面 · result: — → passed)",
    ),
    "a row that went": (
        lambda s: save_contact(s, company_id=1, contact_id=1, name="王", role="HR"),
        lambda s: remove_contact(s, contact_id=1),
        "«later» removed contact 海潮云 · 王 since",
    ),
    "a new row that went": (
        lambda s: save_contact(s, company_id=2, name="李"),
        lambda s: remove_contact(s, contact_id=2),
        "«later» removed contact 青禾 · 李 since",
    ),
    "a row of the same key": (
        lambda s: s.delete(s.get_one(Setting, "colour")),
        lambda s: s.add(Setting(name="colour", value="red")),
        "«later» added setting colour again since",
    ),
    "an application there": (
        lambda s: add_company(s, name="得到", now=NOW),
        lambda s: add_application(s, company_id=3, now=NOW, position="算法"),
        "application 得到 · 算法 depends on it, written by «later». Take that back first.",
    ),
    "a name it got": (
        lambda s: add_company(s, name="得到", now=NOW),
        lambda s: add_alias(s, company_id=3, name="罗辑思维"),
        "other name 得到 · 罗辑思维 depends on it, written by «later»",
    ),
    "a correction": (
        lambda s: move_to(s, application_id=1, label="二面", now=NOW),
        lambda s: amend_event(s, application_id=1, now=NOW, at=At.day(NOW)),
        "event 海潮云 · 后端 · 二面 depends on it, written by «later»",
    ),
    "a retraction": (
        lambda s: move_to(s, application_id=1, label="二面", now=NOW),
        lambda s: retract_event(s, application_id=1, event_id=3, now=NOW),
        "event 海潮云 · 后端 · retraction depends on it, written by «later»",
    ),
    "a revival": (
        lambda s: put_into_season(s, application_ids=[add_application(s, company_id=2, now=NOW)], season_id=None),
        lambda s: (
            record_outcome(s, application_id=2, outcome="rejected", now=NOW),
            revive(s, application_id=2, now=NOW),
        ),
        "depends on it, written by «later»",
    ),
    "a company that went": (
        lambda s: remove_contact(s, contact_id=1),
        lambda s: merge_companies(s, from_id=1, into_id=2),
        "«later» removed company 海潮云 since",
    ),
    "a season that went": (
        lambda s: put_into_season(s, application_ids=[1], season_id=None),
        lambda s: remove_season(s, season_id=2),
        "«later» removed season 2027 春招 since",
    ),
    "a name taken": (
        lambda s: edit_company(s, company_id=1, name="海潮集团"),
        lambda s: add_company(s, name="海潮云", now=NOW),
        "the name belongs to company 海潮云 now, by «later»",
    ),
    "another name taken": (
        lambda s: remove_alias(s, company_id=1, name="海潮"),
        lambda s: edit_company(s, company_id=2, name="海潮"),
        "the name belongs to company 海潮 now, by «later»",
    ),
    "a name taken as another's": (
        lambda s: edit_company(s, company_id=2, name="青禾科技"),
        lambda s: add_alias(s, company_id=1, name="青禾"),
        "the name belongs to other name 海潮云 · 青禾 now, by «later»",
    ),
}


@pytest.mark.parametrize("case", TOUCHED)
def test_what_is_in_the_way_is_named_and_nothing_happens(case: str, seeded: Database) -> None:
    first, second, sentence = TOUCHED[case]
    write(seeded, "colour", lambda s: s.add(Setting(name="colour", value="blue")))
    set_id = write(seeded, "mine", first)
    later = write(seeded, "later", second)
    assert sentence in refused(seeded, set_id)
    revert_change(seeded, set_id=later, now=NOW)
    revert_change(seeded, set_id=set_id, now=NOW)
    with seeded.read() as session:
        assert differences(session) == ()
        assert compare_projection(session) == ()


def test_what_was_touched_and_came_back_is_touched(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"))
    write(seeded, "later", lambda s: edit_company(s, company_id=1, note="two"))
    write(seeded, "back", lambda s: edit_company(s, company_id=1, note="one"))
    assert "«later» changed the same field since (company 海潮云 · note: one → two)" in refused(seeded, mine)


def test_what_was_undone_since_is_not_in_the_way(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"))
    write(seeded, "later", lambda s: edit_company(s, company_id=1, note="two"))
    undo(seeded, now=NOW)
    assert revert_change(seeded, set_id=mine, now=NOW).name == "mine"
    with seeded.read() as session:
        assert session.get_one(Company, 1).note == ""


def test_one_season_stays_the_current_one(seeded: Database) -> None:
    write(seeded, "none", lambda s: setattr(_season(s, 2), "is_current", False))
    mine = 2
    write(seeded, "first", lambda s: set_current_season(s, season_id=1))
    assert "«first» made season 2026 秋招 the current one since" in refused(seeded, mine)


def _season(session: Session, number: int) -> object:
    from tracker.models import Season

    return session.get_one(Season, number)


def test_other_fields_and_other_rows_are_no_obstacle_and_stay(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"), _contact("李"))
    write(seeded, "tier", lambda s: edit_company(s, company_id=1, tier="S"), _contact("赵"))
    assert revert_change(seeded, set_id=mine, now=NOW).name == "mine"
    with seeded.read() as session:
        company = session.get_one(Company, 1)
        assert (company.note, company.tier) == ("", "S")
        assert session.exec(select(Contact.name).order_by(col(Contact.id))).all() == ["王", "赵"]


def _contact(name: str) -> Write:
    return lambda session: save_contact(session, company_id=1, name=name)


def test_the_step_itself_is_named_where_it_was_brought_back(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: add_company(s, name="得到", now=NOW))
    write(seeded, "later", lambda s: add_application(s, company_id=3, now=NOW))
    revert_change(seeded, set_id=mine + 1, now=NOW)
    undo(seeded, now=NOW)
    assert "written by «later»" in refused(seeded, mine)


def test_a_revert_is_a_step_that_is_undone_and_done_again(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"))
    write(seeded, "tier", lambda s: edit_company(s, company_id=1, tier="S"))
    before = content_hash(seeded.path)
    revert_change(seeded, set_id=mine, now=NOW)
    after = content_hash(seeded.path)
    with seeded.read() as session:
        newest, _tier, reverted, _seed = list_changes(session)
        coming = find_undoable(session)
        assert find_redoable(session) is None
    assert (newest.kind, newest.name, newest.target_id, newest.rows) == ("revert", "Reverted: mine", mine, 1)
    assert (reverted.undone, reverted.reverted) == (True, True)
    assert coming is not None
    assert coming.id == newest.id
    assert undo(seeded, now=NOW).name == "Reverted: mine"
    assert content_hash(seeded.path) == before
    assert redo(seeded, now=NOW).name == "Reverted: mine"
    assert content_hash(seeded.path) == after
    assert [undo(seeded, now=NOW).name for _turn in range(4)] == ["Reverted: mine", "tier", "mine", "seed"]
    with seeded.read() as session:
        assert session.exec(select(Company)).all() == []


def test_the_revert_of_a_revert_brings_the_step_back(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"))
    with_it = content_hash(seeded.path)
    revert_change(seeded, set_id=mine, now=NOW)
    revert_change(seeded, set_id=mine + 1, now=NOW)
    assert content_hash(seeded.path) == with_it
    with seeded.read() as session:
        assert [(step.name, step.undone) for step in list_changes(session, limit=3)] == [
            ("Brought back: mine", False),
            ("Reverted: mine", True),
            ("mine", False),
        ]
    revert_change(seeded, set_id=mine + 2, now=NOW)
    with seeded.read() as session:
        assert [step.name for step in list_changes(session, limit=1)] == ["Reverted: mine"]
        assert session.get_one(Company, 1).note == ""


def test_something_else_than_a_step_is_not_reverted(seeded: Database) -> None:
    write(seeded, "mine", lambda s: edit_company(s, company_id=1, note="one"))
    undo(seeded, now=NOW)
    with seeded.change("first start", now=NOW, kind="setting") as session:
        session.add(Setting(name="welcomed", value="yes"))
    assert refused(seeded, 2) == "«mine» is taken back already."
    assert refused(seeded, 3).startswith("Step 3 is an undo or a redo itself")
    assert refused(seeded, 4) == "Step 4 is not one that can be taken back."
    assert refused(seeded, 5) == "There is no change 5."
    assert refused(seeded, 10**30) == f"There is no change {10**30}."


def test_a_row_that_an_older_version_removed_comes_back_with_what_came_since(seeded: Database) -> None:
    mine = write(seeded, "mine", lambda s: remove_contact(s, contact_id=1))
    with seeded.change("as an older version told it", now=NOW, kind="demo") as session:
        entry = session.exec(select(ChangeEntry).where(ChangeEntry.set_id == mine)).one()
        fields = json.loads(entry.before_json or "")
        del fields["note"]
        entry.before_json = json.dumps(fields, ensure_ascii=False)
    revert_change(seeded, set_id=mine, now=NOW)
    with seeded.read() as session:
        assert session.get_one(Contact, 1).note == ""
