import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Executable, delete, insert, update
from sqlmodel import Session, col, select

from tests.tracker.hunting import play
from tracker.changes import column_values, dump_fields, list_changes, logged_tables, read_row, row_fields
from tracker.companies import add_company, edit_company
from tracker.db import Database
from tracker.models import ChangeEntry, Company, CompanyAlias, Setting
from tracker.replay import differences

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Entry = tuple[str, str, dict[str, object] | None, dict[str, object] | None]


def last_entries(database: Database) -> list[Entry]:
    with database.read() as session:
        newest = list_changes(session)[0].id
        rows = session.exec(select(ChangeEntry).where(ChangeEntry.set_id == newest).order_by(col(ChangeEntry.id))).all()
        return [
            (
                row.table_name,
                row.row_key,
                None if row.before_json is None else json.loads(row.before_json),
                None if row.after_json is None else json.loads(row.after_json),
            )
            for row in rows
        ]


def add(database: Database, name: str = "海潮云") -> int:
    with database.change("add", now=NOW) as session:
        return add_company(session, name=name, now=NOW)


def test_a_new_row_is_logged_whole(database: Database) -> None:
    add(database)
    ((table, key, before, after),) = last_entries(database)
    assert (table, key, before) == ("company", "1", None)
    assert after is not None
    assert after["name"] == "海潮云"
    assert after["created_at"] == "2026-03-25T02:00:00+00:00"
    assert set(after) == {column.name for column in Company.__table__.columns}  # type: ignore[attr-defined]


def test_of_a_changed_row_the_changed_fields_are_logged(database: Database) -> None:
    company_id = add(database)
    with database.change("edit", now=NOW) as session:
        edit_company(session, company_id=company_id, tier="S", note="")
    assert last_entries(database) == [("company", "1", {"tier": ""}, {"tier": "S"})]


def test_a_removed_row_is_logged_as_it_was_stored(database: Database) -> None:
    company_id = add(database)
    with database.change("remove", now=NOW) as session:
        company = session.get_one(Company, company_id)
        company.note = "a last word that was never written"
        session.delete(company)
    ((_table, _key, before, after),) = last_entries(database)
    assert after is None
    assert before is not None
    assert before["note"] == ""


def test_two_flushes_are_two_entries_in_their_order(database: Database) -> None:
    with database.change("twice", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        edit_company(session, company_id=company_id, tier="A")
        edit_company(session, company_id=company_id, tier="B")
    assert [after for _table, _key, _before, after in last_entries(database)][1:] == [{"tier": "A"}, {"tier": "B"}]


def test_a_table_with_a_name_as_its_key(database: Database) -> None:
    with database.change("settings", now=NOW) as session:
        session.add(Setting(name="welcomed", value="demo"))
    ((table, key, _before, after),) = last_entries(database)
    assert (table, key, after) == ("setting", "welcomed", {"name": "welcomed", "value": "demo"})


def test_nothing_changed_is_no_step(database: Database) -> None:
    company_id = add(database)
    with database.change("same again", now=NOW) as session:
        edit_company(session, company_id=company_id, tier="", note="")
    assert session.info["change_set_id"] is None
    with database.read() as session:
        assert [change.name for change in list_changes(session)] == ["add"]


def test_the_step_tells_its_number(database: Database) -> None:
    with database.change("add", now=NOW + timedelta(minutes=1), kind="import") as session:
        add_company(session, name="海潮云", now=NOW)
    number = session.info["change_set_id"]
    with database.read() as session:
        (change,) = list_changes(session)
    assert (change.id, change.kind, change.rows) == (number, "import", 1)
    assert change.recorded_at == NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    "statement",
    [
        insert(Company).values(name="x", name_key="x", tier="", annotation="", pinyin="", position=0),
        update(Company).values(tier="S"),
        delete(Company),
    ],
)
def test_what_would_go_around_the_log_is_refused(statement: Executable, database: Database) -> None:
    add(database)
    with pytest.raises(RuntimeError, match="around the change log"), database.change("bulk", now=NOW) as session:
        session.execute(statement)
    with database.read() as session:
        assert differences(session) == ()


def test_a_field_written_before_it_was_read_is_refused(database: Database) -> None:
    company_id = add(database)
    with pytest.raises(RuntimeError, match="needs its old value"), database.change("blind", now=NOW) as session:
        _write_blindly(session, company_id)
    with database.read() as session:
        assert differences(session) == ()


def test_a_failed_change_leaves_no_trace(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.change("fails", now=NOW) as session:
        _add_and_fail(session)
    with database.read() as session:
        assert list_changes(session) == ()
        assert session.exec(select(Company)).all() == []


def _write_blindly(session: Session, company_id: int) -> None:
    company = session.get_one(Company, company_id)
    session.expire(company, ["note"])
    company.note = "blind"
    session.flush()


def _add_and_fail(session: Session) -> None:
    add_company(session, name="海潮云", now=NOW)
    raise ZeroDivisionError


def test_the_log_tells_parents_before_children() -> None:
    names = [table.name for table in logged_tables()]
    assert names.index("company") < names.index("application") < names.index("event")
    assert not {"board_row", "memory_state", "change_set", "change_entry"} & set(names)


def test_fields_come_back_from_the_logs_words(database: Database) -> None:
    add(database)
    table = CompanyAlias.metadata.tables["company"]
    with database.read() as session:
        fields = read_row(session, table, "1")
        assert fields is not None
        assert read_row(session, table, "2") is None
        stored = session.connection().execute(table.select()).one()
    assert column_values(table, fields)["created_at"] == NOW
    assert row_fields(table, stored) == fields
    assert dump_fields({"b": 1, "a": "中"}) == '{"a":"中","b":1}'
    with pytest.raises(TypeError, match="no JSON"):
        dump_fields({"a": object()})


@pytest.mark.parametrize("text", ["", "\x00", "\n\t", "👨\u200d👩", "'; DROP TABLE company; --", "[/x]", "0.1", "é"])
def test_any_text_is_logged_as_it_is(text: str, database: Database) -> None:
    with database.change("text", now=NOW) as session:
        session.add(Setting(name="text", value=text))
    assert last_entries(database)[0][3] == {"name": "text", "value": text}
    assert play(database, ("undo", 0, None), now=NOW)
    assert play(database, ("redo", 0, None), now=NOW)
    with database.read() as session:
        assert session.get_one(Setting, "text").value == text
        assert _differences(session) == ()


def _differences(session: Session) -> tuple[str, ...]:
    return differences(session)


def test_a_row_that_an_older_version_told_without_later_columns_is_told_whole(database: Database) -> None:
    add(database)
    with database.change("as an older version told it", now=NOW, kind="demo") as session:
        entry = session.exec(select(ChangeEntry)).one()
        fields = json.loads(entry.after_json or "")
        del fields["most_applications"], fields["note"]
        entry.after_json = json.dumps(fields, ensure_ascii=False)
    with database.read() as session:
        assert differences(session) == ()
