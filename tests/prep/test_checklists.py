"""Checklists of rounds: made once from a template, due before the round, ticked off and opened again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from prep.checklists import (
    add_checklist_for_round,
    add_item,
    install_templates,
    list_checklists,
    list_templates,
    remove_item,
    set_item_done,
)
from prep.models import ChecklistItem, ChecklistTemplate
from prep.templates import shipped_checklists
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.rounds import plan_round

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
START = NOW + timedelta(days=2)


def _round(
    database: Database, *, stage: str = "一面", starts_at: datetime | None = START, ends_at: datetime | None = None
) -> tuple[int, int]:
    """A company with one planned round: their ids."""
    with database.change("plan", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        round_id = plan_round(
            session, application_id=application_id, stage=stage, starts_at=starts_at, ends_at=ends_at, medium="online"
        )
    return company_id, round_id


def test_installing_keeps_what_the_person_changed(database: Database) -> None:
    with database.change("install", now=NOW) as session:
        install_templates(session, language="en")
        row = session.exec(select(ChecklistTemplate).where(ChecklistTemplate.key == "assessment")).one()
        row.name = "My own"
        session.flush()
        install_templates(session, language="zh_CN")
        found = {template.key: template for template in list_templates(session)}
    shipped = {template.key: template for template in shipped_checklists("en")}
    assert found["assessment"].name == "My own"
    del found["assessment"], shipped["assessment"]
    assert found == shipped


def test_a_round_gets_its_checklist_once(database: Database) -> None:
    company_id, round_id = _round(database)
    with database.change("checklist", now=NOW) as session:
        first = add_checklist_for_round(session, round_id=round_id, language="en")
        assert add_checklist_for_round(session, round_id=round_id, language="en") == first
        (view,) = list_checklists(session, company_id=company_id)
        assert (view.id, view.name, view.round_id, view.done) == (first, "Online interview", round_id, 0)
        assert list_checklists(session, round_id=round_id) == (view,)
        assert list_checklists(session, company_id=company_id + 1) == ()


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "deadline"),
    [
        (START, START + timedelta(hours=1), START),
        (START, None, START),
        (START, START + timedelta(days=3), START + timedelta(days=3)),
        (None, START, START),
        (None, None, None),
    ],
    ids=["interview", "no end", "window", "deadline only", "no time"],
)
def test_items_fall_due_before_the_start_or_before_a_window_closes(
    database: Database, starts_at: datetime | None, ends_at: datetime | None, deadline: datetime | None
) -> None:
    _company_id, round_id = _round(database, stage="测评", starts_at=starts_at, ends_at=ends_at)
    with database.change("checklist", now=NOW) as session:
        add_checklist_for_round(session, round_id=round_id, language="en")
        (view,) = list_checklists(session, round_id=round_id)
    template = next(template for template in shipped_checklists("en") if template.key == "assessment")
    assert [item.due_at for item in view.items] == [
        None if deadline is None else deadline - timedelta(minutes=item.minutes_before) for item in template.items
    ]
    assert [(item.text, item.blocking) for item in view.items] == [
        (item.text, item.blocking) for item in template.items
    ]


def test_a_named_template_wins_and_an_unknown_one_is_refused(database: Database) -> None:
    _company_id, round_id = _round(database)
    with database.change("checklist", now=NOW) as session:
        with pytest.raises(RefusedError, match="«no-such»"):
            add_checklist_for_round(session, round_id=round_id, template_key="no-such", language="en")
        add_checklist_for_round(session, round_id=round_id, template_key="interview-hr", language="en")
        (view,) = list_checklists(session, round_id=round_id)
        names = {template.key: template.name for template in shipped_checklists("en")}
        assert view.name == names["interview-hr"]


def test_a_stage_without_a_template_gets_no_checklist(database: Database) -> None:
    _company_id, round_id = _round(database, stage="投递")
    with database.change("checklist", now=NOW) as session:
        assert add_checklist_for_round(session, round_id=round_id) is None
        with pytest.raises(RefusedError, match="round is not there"):
            add_checklist_for_round(session, round_id=404)


def test_items_are_ticked_opened_added_and_removed(database: Database) -> None:
    _company_id, round_id = _round(database)
    with database.change("checklist", now=NOW) as session:
        checklist_id = add_checklist_for_round(session, round_id=round_id, language="en")
        assert checklist_id is not None
        first = list_checklists(session, round_id=round_id)[0].items[0]
        set_item_done(session, item_id=first.id, done=True, now=NOW)
        set_item_done(session, item_id=first.id, done=True, now=NOW + timedelta(hours=1))
        row = session.get(ChecklistItem, first.id)
        assert row is not None
        assert row.done_at == NOW, "ticking again keeps the first time"
        assert list_checklists(session, round_id=round_id)[0].done == 1
        set_item_done(session, item_id=first.id, done=False, now=NOW)
        assert list_checklists(session, round_id=round_id)[0].done == 0
        added = add_item(session, checklist_id=checklist_id, text=" 带[身份证]\n", blocking=True, due_at=START)
        last = list_checklists(session, round_id=round_id)[0].items[-1]
        assert (last.id, last.text, last.blocking, last.done, last.due_at) == (added, "带[身份证]", True, False, START)
        remove_item(session, item_id=added)
        remove_item(session, item_id=added)
        assert added not in {item.id for item in list_checklists(session, round_id=round_id)[0].items}


def test_what_is_empty_or_gone_is_refused(database: Database) -> None:
    _company_id, round_id = _round(database)
    with database.change("checklist", now=NOW) as session:
        checklist_id = add_checklist_for_round(session, round_id=round_id) or 0
        with pytest.raises(RefusedError, match="needs a text"):
            add_item(session, checklist_id=checklist_id, text=" \x1b\n")
        with pytest.raises(RefusedError, match="item is not there"):
            set_item_done(session, item_id=404, done=True, now=NOW)
