import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table
from sqlmodel import Session, SQLModel

from prep.examining import examine_database
from prep.storage import open_database
from tracker.board import load_board
from tracker.changes import logged_tables
from tracker.columns import UtcDateTime
from tracker.companies import add_company, list_companies
from tracker.contents import DERIVED_TABLES, LOG_TABLES, content_hash, table_names
from tracker.db import Database
from tracker.errors import RefusedError, StorageError, UnreadableFileError
from tracker.exports.everything import export_everything, write_everything
from tracker.files import create_private_file
from tracker.imports.everything import import_everything, is_everything, read_everything
from tracker.schema import migrate
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
ODD = "[/x] 得到 \x1b[31m é 👨\u200d👩 \r\n\t \u2028 $\\frac{a}{b}$" + "长" * 5000


def model_of(table: Table) -> Any:
    return next(mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.local_table is table)


def odd_row(table: Table, number: int) -> dict[str, Any]:
    """A value in every column, references to the first row of the other table."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            row[column.name] = 1
        elif column.primary_key or column.unique:
            row[column.name] = number if column.type.python_type is int else f"{ODD[:9]} {number}"
        elif isinstance(column.type, UtcDateTime):
            row[column.name] = None if number % 2 and column.name != "recorded_at" else NOW
        elif column.type.python_type is bool:
            row[column.name] = number % 2 == 0
        elif column.type.python_type is int:
            row[column.name] = -(number**20)
        elif column.type.python_type is float:
            row[column.name] = 0.1 + 0.2 + number
        else:
            row[column.name] = ODD
    return row


def fill(database: Database) -> None:
    with database.change("every table", now=NOW, kind="import") as session:
        for table in logged_tables():
            for number in (1, 2):
                session.add(model_of(table)(**odd_row(table, number)))
                session.flush()


@pytest.fixture
def empty(template_path: Path, tmp_path: Path) -> Database:
    path = tmp_path / "empty" / "ashore.db"
    path.parent.mkdir()
    path.write_bytes(template_path.read_bytes())
    path.chmod(0o600)
    return open_database(path, now=NOW)


def exported(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return export_everything(session, now=NOW)


def test_every_row_of_every_table_comes_back(database: Database, empty: Database, tmp_path: Path) -> None:
    fill(database)
    path = tmp_path / "everything.json"
    with database.read() as session:
        assert write_everything(session, path, now=NOW) == 2 * len(logged_tables())
    assert path.stat().st_mode & 0o777 == 0o600
    with empty.change("import", now=NOW, kind="import") as session:
        assert import_everything(session, read_everything(path)) == 2 * len(logged_tables())
    assert content_hash(empty.path) == content_hash(database.path)
    assert exported(empty)["tables"] == exported(database)["tables"]
    assert [row[:9] for row in load_board(empty.path).rows] == [row[:9] for row in load_board(database.path).rows]
    findings = examine_database(empty.path, backups=None, now=NOW)
    assert [finding.sentence for finding in findings if not finding.ok] == []
    undo(empty, now=NOW)
    assert all(rows == [] for rows in exported(empty)["tables"].values())


def test_the_first_starts_settings_are_replaced(database: Database, empty: Database) -> None:
    fill(database)
    with empty.change("welcome", now=NOW) as session:
        session.add(model_of(SQLModel.metadata.tables["setting"])(name="welcomed", value="import"))
    with empty.change("import", now=NOW, kind="import") as session:
        import_everything(session, exported(database))
    assert content_hash(empty.path) == content_hash(database.path)
    undo(empty, now=NOW)
    assert [row["name"] for row in exported(empty)["tables"]["setting"]] == ["welcomed"]


def test_the_same_rows_have_the_same_hash_however_they_came(database: Database, empty: Database) -> None:
    for number, name in enumerate(("甲", "乙")):
        with database.change("a", now=NOW) as session:
            session.add(model_of(SQLModel.metadata.tables["topic"])(id=number + 5, name=name, name_key=name))
    with empty.change("b", now=NOW + timedelta(days=9)) as session:
        for number, name in ((6, "乙"), (5, "x")):
            session.add(model_of(SQLModel.metadata.tables["topic"])(id=number, name=name, name_key=name))
    assert content_hash(database.path) != content_hash(empty.path)
    with empty.change("c", now=NOW) as session:
        row = session.get_one(model_of(SQLModel.metadata.tables["topic"]), 5)
        row.name = row.name_key = "甲"
    assert content_hash(database.path) == content_hash(empty.path)
    assert content_hash(database.path, with_log=True) != content_hash(empty.path, with_log=True)


def refuse(database: Database, document: Any, *, match: str) -> None:
    before = content_hash(database.path, with_log=True)
    with pytest.raises(RefusedError, match=match), database.change("import", now=NOW, kind="import") as session:
        import_everything(session, document)
    assert content_hash(database.path, with_log=True) == before


def test_a_filled_database_is_refused(database: Database) -> None:
    fill(database)
    refuse(database, exported(database), match="empty database only")


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "match"),
    [
        (lambda document: document.update(format="other"), "not an export"),
        (lambda document: document.update(schema=99), "newer Ashore"),
        (lambda document: document["tables"].update(bookmarks=[]), "no table «bookmarks»"),
        (lambda document: document["tables"].update(company={}), "not a list"),
        (lambda document: document["tables"]["company"].append("row"), "«company», row 3"),
        (lambda document: document["tables"]["company"][0].pop("note"), "«company», row 1"),
        (lambda document: document["tables"]["company"][0].update(more=1), "«company», row 1"),
        (lambda document: document["tables"]["company"][0].update(id="1"), "«id»"),
        (lambda document: document["tables"]["company"][0].update(id=None), "«id»"),
        (lambda document: document["tables"]["company"][0].update(position=True), "«position»"),
        (lambda document: document["tables"]["company"][0].update(position=1 << 63), "«position»"),
        (lambda document: document["tables"]["company"][0].update(name=7), "«name»"),
        (lambda document: document["tables"]["company"][0].update(created_at="yesterday"), "«created_at»"),
        (lambda document: document["tables"]["company"][0].update(created_at="2026-03-25T10:00:00"), "«created_at»"),
        (lambda document: document["tables"]["company"][1].update(id=1), "«company», row 2: «id»"),
        (lambda document: document["tables"]["company"].clear(), "missing"),
        (lambda document: document["tables"].pop("story_question"), "content hash"),
        (lambda document: document["tables"]["company"][0].update(name="changed"), "content hash"),
        (lambda document: document.pop("content_hash"), "content hash"),
    ],
)
def test_a_document_that_was_changed_is_refused(spoil: Spoil, match: str, database: Database, empty: Database) -> None:
    fill(database)
    document = json.loads(json.dumps(exported(database)))
    spoil(document)
    refuse(empty, document, match=match)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "line 1"),
        (b'{"a":\n\n nonsense}', "line 3"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "not an export"),
        (b'{"format": "ashore-everything"}', "not an export"),
        (b"[" * 100_000, "line 1"),
    ],
)
def test_a_file_that_is_no_export_is_named_with_its_line(content: bytes, match: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=match) as caught:
        read_everything(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "no.json", tmp_path):
        with pytest.raises(UnreadableFileError, match="cannot be read"):
            read_everything(path)


def test_an_export_that_cannot_be_written_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with database.read() as session, pytest.raises(StorageError, match="cannot be written"):
        write_everything(session, tmp_path / "file" / "x.json", now=NOW)


def test_instants_are_written_in_utc(database: Database) -> None:
    with database.change("a", now=NOW) as session:
        add_company(session, name="海潮云", now=NOW)
    document = exported(database)
    assert document["tables"]["company"][0]["created_at"] == "2026-03-25T02:00:00.123456+00:00"
    assert document["exported_at"] == NOW.astimezone(UTC).isoformat()
    assert is_everything(document)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), max_size=5))
def test_any_text_comes_back(texts: list[str], template_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    databases = []
    for name in ("from.db", "to.db"):
        (folder / name).write_bytes(template_path.read_bytes())
        databases.append(open_database(folder / name, now=NOW))
    with databases[0].change("texts", now=NOW) as session:
        _add_stories(session, texts)
    with databases[0].read() as session:
        write_everything(session, folder / "x.json", now=NOW)
    with databases[1].change("import", now=NOW, kind="import") as session:
        import_everything(session, read_everything(folder / "x.json"))
    assert content_hash(databases[0].path) == content_hash(databases[1].path)
    with databases[1].read() as session:
        assert list_companies(session) == ()


def _add_stories(session: Session, texts: list[str]) -> None:
    story = model_of(SQLModel.metadata.tables["story"])
    session.add_all(story(title=text, situation=text, task=text, action=text, result=text) for text in texts)


@pytest.fixture
def oldest(tmp_path: Path) -> dict[str, Any]:
    """An export as the first version wrote it: one company, one application, one event."""
    path = tmp_path / "oldest.db"
    create_private_file(path)
    migrate(path, version=1)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(
            "INSERT INTO company (id, name, name_key, tier, annotation, pinyin, position, source_text,"
            " created_at) VALUES (3, '海潮云', '海潮云', 'S', '', 'hcy', 1, '', '2026-03-01 02:00:00.000000')"
        )
        connection.execute(
            "INSERT INTO application (id, company_id, position, batch, referral_code, channel, city, link,"
            " resume, source_steps) VALUES (7, 3, '后端', '', '', '', '', '', '', '[]')"
        )
        connection.execute(
            "INSERT INTO event (id, application_id, kind, stage, phase, outcome, occurred_at, precision,"
            " recorded_at, source) VALUES (9, 7, 'stage', '一面', 'interview', '',"
            " '2026-03-10 00:00:00.000000', 'day', '2026-03-11 01:02:03.000004', 'command')"
        )
        connection.commit()
        names = [name for name in table_names(connection) if name not in DERIVED_TABLES | LOG_TABLES]
        tables = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    for row in (*tables["company"], *tables["application"], *tables["event"]):
        for field, value in row.items():
            if field.endswith("_at") and value is not None:
                row[field] = datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat()
    return {"format": "ashore-everything", "schema": 1, "content_hash": content_hash(path), "tables": tables}


def test_an_export_of_the_first_version_is_read(empty: Database, oldest: dict[str, Any]) -> None:
    with empty.change("import", now=NOW, kind="import") as session:
        assert import_everything(session, json.loads(json.dumps(oldest))) == 3
    (row,) = load_board(empty.path).rows
    assert (row.company, row.tier, row.position, row.stage, row.since_at) == (
        "海潮云",
        "S",
        "后端",
        "一面",
        "2026-03-10T00:00:00+00:00",
    )
    (event,) = exported(empty)["tables"]["event"]
    assert (event["recorded_at"], event["manner"]) == ("2026-03-11T01:02:03.000004+00:00", "")


@pytest.mark.parametrize(
    ("damage", "match"),
    [
        (lambda document: document["tables"]["company"][0].update(tier="A"), "content hash is another"),
        (lambda document: document["tables"]["company"][0].pop("tier"), "does not fit the version"),
        (lambda document: document["tables"]["company"][0].update(created_at="soon"), "does not fit the version"),
        (lambda document: document["tables"].update(season=[{"id": 1}]), "does not fit the version"),
        (lambda document: document["tables"].update(company=7), "does not fit the version"),
        (lambda document: document.update(schema=0), "not an export"),
    ],
)
def test_a_damaged_export_of_the_first_version_is_refused(
    damage: Callable[[dict[str, Any]], object], match: str, empty: Database, oldest: dict[str, Any]
) -> None:
    damage(oldest)
    refuse(empty, oldest, match=match)
