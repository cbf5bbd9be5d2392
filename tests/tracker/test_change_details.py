"""What a step did, in words."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import SQLModel

from prep.bank import add_question, edit_question
from tests.tracker.hunting import NOW
from tracker.applications import At, add_application, edit_application
from tracker.change_details import LONGEST, ChangeDetails, describe_change
from tracker.change_words import (
    _FIELDS,
    _OF_ONE_TABLE,
    _TABLES,
    TECHNICAL,
    code_word,
    field_word,
    is_technical,
    table_word,
)
from tracker.changes import logged_tables
from tracker.companies import add_company, edit_company, save_contact
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import move_to, record_outcome
from tracker.rounds import plan_round
from tracker.seasons import add_season
from tracker.undo import undo


def described(database: Database, set_id: int, *, now: datetime = NOW, limit: int | None = 200) -> ChangeDetails:
    with database.read() as session:
        return describe_change(session, set_id=set_id, now=now, limit=limit)


def lines(details: ChangeDetails) -> list[str]:
    return [
        f"{row.action} {row.what} {row.title}"
        + "".join(f"; {field.word}: {field.said_before} → {field.said_after}" for field in row.fields)
        for row in details.rows
    ]


@pytest.fixture
def moved(database: Database) -> Database:
    """A company with an application (1), which is rejected (2) and edited (3)."""
    with database.change("begin", now=NOW) as session:
        add_season(session, name="2026 秋招", now=NOW)
        company_id = add_company(session, name="海潮云", now=NOW, tier="A")
        application_id = add_application(session, company_id=company_id, now=NOW, position="后端", tags=["冲", "北京"])
        move_to(session, application_id=application_id, label="一面", now=NOW, at=At.day(NOW - timedelta(days=1)))
    with database.change("end", now=NOW) as session:
        plan_round(session, application_id=1, stage="一面", starts_at=NOW, medium="online")
        record_outcome(session, application_id=1, outcome="rejected", manner="letter", now=NOW)
    with database.change("edit", now=NOW) as session:
        edit_company(session, company_id=1, tier="")
        edit_application(session, application_id=1, adjustable=True, deadline_at=NOW, clear_season=True, note="a\nb")
    return database


def test_new_rows_tell_what_they_hold_and_nothing_that_only_the_program_reads(moved: Database) -> None:
    assert lines(described(moved, 1)) == [
        "added season 2026 秋招; current: — → yes",
        "added company 海潮云; tier: — → A",
        "added application 海潮云 · 后端; season: — → 2026 秋招; tags: — → 冲 北京",
        "added event 海潮云 · 一面; kind: — → stage; when: — → 2026-03-24".replace("海潮云 ·", "海潮云 · 后端 ·"),
    ]


def test_codes_times_and_references_have_words(moved: Database) -> None:
    event, round_ = lines(described(moved, 2))
    assert round_.split("; ") == [
        "added round 海潮云 · 后端 · 一面",
        "how: — → online",
        "result: — → rejected",
        "when: — → 2026-03-25 10:00",
        "state: — → done",
    ]
    assert event.split("; ") == [
        "added event 海潮云 · 后端 · 一面",
        "kind: — → outcome",
        "how it came: — → rejection letter",
        "when: — → 2026-03-25 10:00",
        "outcome: — → rejected",
    ]
    company, application = lines(described(moved, 3))
    assert company == "changed company 海潮云; tier: A → —"
    assert application.split("; ") == [
        "changed application 海潮云 · 后端",
        "another position would do: — → yes",
        "apply until: — → 2026-03-25 10:00",
        "note: — → a b",
        "season: 2026 秋招 → —",
    ]


def test_a_template_is_told_by_its_items_and_a_source_by_its_word() -> None:
    items = '{"labels": [], "items": [{"key": "camera", "text": "试摄像头"}, {"key": "link", "text": "点开链接"}]}'
    assert code_word("checklist_template", "items", items) == "试摄像头 · 点开链接"
    assert code_word("checklist_template", "items", "{}") == ""
    assert code_word("event", "source", "capture") == "one line"
    assert code_word("event", "source", "notes.md") == "notes.md"
    assert code_word("question", "source", "capture") == "capture"


def test_what_is_gone_is_named_as_it_was_last(moved: Database) -> None:
    with moved.change("contact", now=NOW) as session:
        save_contact(session, company_id=1, name="王", role="HR")
    undo(moved, now=NOW)
    for _turn in range(3):
        undo(moved, now=NOW)
    assert lines(described(moved, 4)) == ["added contact 海潮云 · 王; role: — → HR"]
    assert lines(described(moved, 5)) == ["removed contact 海潮云 · 王; role: HR → —"]
    assert described(moved, 4).step.undone


def test_of_long_texts_the_part_that_differs_is_shown(database: Database) -> None:
    before, after = "一" * 300 + "旧" + "二" * 300, "一" * 300 + "新" + "二" * 300
    with database.change("ask", now=NOW) as session:
        question_id = add_question(session, text="什么？" * 50, answer=before, now=NOW)
    with database.change("answer", now=NOW) as session:
        edit_question(session, question_id=question_id, answer=after)
    (row,) = described(database, 2).rows
    (field,) = [field for field in row.fields if field.name == "answer"]
    assert (field.before, field.after) == (before, after)
    assert "旧" in field.said_before
    assert "新" in field.said_after
    for said in (field.said_before, field.said_after, row.title):
        assert len(said) <= LONGEST + 2


def test_of_a_large_step_the_first_rows_and_the_numbers_are_told(database: Database) -> None:
    with database.change("Import of list.md", now=NOW, kind="import") as session:
        for number in range(30):
            add_company(session, name=f"company {number}", now=NOW, aliases=[f"alias {number}"])
    details = described(database, 1, limit=10)
    assert len(details.rows) == 10
    assert details.rows[0].title == "company 0"
    assert (details.more, dict(details.counts)) == (50, {"company": 30, "company_alias": 30})
    everything = described(database, 1, limit=None)
    assert (len(everything.rows), everything.more) == (60, 0)


def test_rows_that_a_step_left_as_they_were_are_not_told(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        add_company(session, name="海潮云", now=NOW)
    with database.change("there and back", now=NOW) as session:
        edit_company(session, company_id=1, tier="S", note="kept")
        edit_company(session, company_id=1, tier="")
    assert lines(described(database, 2)) == ["changed company 海潮云; note: — → kept"]
    assert described(database, 2).more == 0


def test_a_step_that_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(RefusedError, match="There is no change 7"):
        described(database, 7)


def test_every_table_and_every_field_has_a_word() -> None:
    for table in logged_tables():
        assert table.name in _TABLES, table.name
        for column in table.columns:
            is_said = column.name in _FIELDS or (table.name, column.name) in _OF_ONE_TABLE
            assert is_said or is_technical(table.name, column.name), f"{table.name}.{column.name}"
    known = {column.name for table in SQLModel.metadata.sorted_tables for column in table.columns}
    assert {*TECHNICAL, *_FIELDS} - {"action"} <= known
    assert field_word("application", "position") == "position"
    assert (table_word("unheard of"), field_word("unheard of", "field")) == ("unheard of", "field")
