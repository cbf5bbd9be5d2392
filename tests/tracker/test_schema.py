import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from prep.search_index import complete_index
from prep.storage import open_database
from tests.check_models import differences, main
from tracker import companies, pipeline, schema
from tracker.applications import add_application
from tracker.changes import LOG_TABLES as LOGGED_NOWHERE
from tracker.contents import DERIVED_TABLES, LOG_TABLES, content_hash, row_counts
from tracker.db import Database
from tracker.errors import DatabaseRefusedError, StorageError
from tracker.files import create_private_file
from tracker.resources import resource
from tracker.schema import APPLICATION_ID, HEAD_REVISION, SCHEMA_VERSION, migrate, schema_version

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def test_migrations_make_what_the_models_describe() -> None:
    assert main() == 0


def test_a_model_without_migration_is_found(template_path: Path) -> None:
    metadata = sa.MetaData()
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(metadata)
    sa.Table("forgotten", metadata, sa.Column("id", sa.Integer, primary_key=True))
    found = differences(metadata, template_path)
    assert [change[0] for change in found] == ["add_table"]


def test_a_lost_autoincrement_is_found(template_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    shutil.copy(template_path, path)
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'saved_view'").fetchone()
        connection.execute("DROP TABLE saved_view")
        connection.execute(sql.replace("AUTOINCREMENT", ""))
    assert [change[0] for change in differences(SQLModel.metadata, path)] == ["saved_view"]


def test_the_hash_leaves_out_exactly_what_is_derived_or_log() -> None:
    derived = {table.name for table in SQLModel.metadata.sorted_tables if table.info.get("derived")}
    assert derived | {"alembic_version"} == DERIVED_TABLES
    assert LOG_TABLES == LOGGED_NOWHERE


def test_a_new_file_is_ours_private_and_current(database_path: Path) -> None:
    header = database_path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert schema_version(database_path) == SCHEMA_VERSION
    assert oct(_fresh(database_path.parent).stat().st_mode & 0o777) == "0o600"


def _fresh(folder: Path) -> Path:
    path = folder / "new folder %41 ?#" / "mine.db"
    open_database(path, now=NOW)
    return path


def test_migrating_again_changes_no_byte(database_path: Path) -> None:
    before = content_hash(database_path, with_log=True)
    migrate(database_path)
    assert content_hash(database_path, with_log=True) == before


def _text(path: Path) -> None:
    path.write_text("these are my notes\n" * 20)


def _short_text(path: Path) -> None:
    path.write_text("x")


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, url TEXT)")
        connection.execute("INSERT INTO bookmarks VALUES (1, 'https://example.org')")
        connection.commit()


def _foreign_with_mark(path: Path) -> None:
    _foreign(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 12345")
        connection.execute("PRAGMA user_version = 1")


def _newer(path: Path) -> None:
    create_private_file(path)
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def _cut(path: Path) -> None:
    create_private_file(path)
    migrate(path)
    path.write_bytes(path.read_bytes()[:60])


def _zeroed(path: Path) -> None:
    path.write_bytes(bytes(4096))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_text, "not a database"),
        (_short_text, "not a database"),
        (_foreign, "not a database of Ashore"),
        (_foreign_with_mark, "not a database of Ashore"),
        (_newer, "newer Ashore"),
        (_cut, "not a database"),
        (_zeroed, "not a database"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_untouched(make: object, reason: str, tmp_path: Path) -> None:
    assert callable(make)
    path = tmp_path / "some.db"
    make(path)
    before, modified = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(DatabaseRefusedError, match=reason):
        open_database(path, now=NOW)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == modified
    assert [entry.name for entry in tmp_path.iterdir()] == ["some.db"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefusedError, match="not a database that can be read"):
        open_database(tmp_path, now=NOW)


@pytest.mark.parametrize("size", [None, 0])
def test_a_missing_or_empty_file_becomes_a_database(size: int | None, tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    if size is not None:
        path.touch(0o644)
    open_database(path, now=NOW)
    assert schema_version(path) == SCHEMA_VERSION
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_written_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="cannot be written"):
        open_database(tmp_path / "file" / "ashore.db", now=NOW)


NEXT_MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{HEAD_REVISION}", None, None


def upgrade() -> None:
    with op.batch_alter_table("company") as company:
        company.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
"""


@pytest.fixture
def write_migration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Lets a second migration wait for the databases of the original schema."""

    def write(text: str) -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(resource("migrations"), scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "next.py").write_text(text)
        monkeypatch.setattr(schema, "resource", tmp_path.joinpath)
        monkeypatch.setattr(schema, "SCHEMA_VERSION", SCHEMA_VERSION + 1)

    return write


def _fill(database: Database) -> None:
    with database.change("rows", now=NOW) as session:
        company_id = companies.add_company(session, name="海潮云", now=NOW)
        for label in ("投递", "笔试"):
            application_id = add_application(session, company_id=company_id, now=NOW)
            pipeline.move_to(session, application_id=application_id, label=label, now=NOW)


@pytest.mark.parametrize("filled", [False, True])
def test_rebuilding_a_parent_table_keeps_its_children(
    filled: bool, database: Database, write_migration: Callable[[str], None]
) -> None:
    if filled:
        _fill(database)
        assert complete_index(database)
    with closing(sqlite3.connect(database.path)) as connection:
        before = row_counts(connection)
    write_migration(NEXT_MIGRATION)
    migrate(database.path)
    with closing(sqlite3.connect(database.path)) as connection:
        assert row_counts(connection) == before
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
        assert connection.execute("SELECT mood FROM company").fetchall() == [("calm",)] * filled


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("op.execute('DELETE FROM event')", DatabaseRefusedError),
        ("op.execute('UPDATE event SET application_id = 999')", DatabaseRefusedError),
        ("raise RuntimeError('half-way')", RuntimeError),
        ("op.execute('INSERT INTO nowhere VALUES (1)')", StorageError),
    ],
)
def test_a_migration_that_fails_leaves_the_old_state(
    step: str, error: type[Exception], database: Database, write_migration: Callable[[str], None]
) -> None:
    _fill(database)
    before = content_hash(database.path, with_log=True)
    write_migration(f"{NEXT_MIGRATION}    {step}\n")
    with pytest.raises(error):
        migrate(database.path)
    assert content_hash(database.path, with_log=True) == before
    with closing(sqlite3.connect(database.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '_alembic%'").fetchone() == (0,)


def test_an_open_database_refuses_to_write_after_a_newer_program_migrated_it(
    database: Database, write_migration: Callable[[str], None]
) -> None:
    write_migration(NEXT_MIGRATION)
    migrate(database.path)
    before = content_hash(database.path, with_log=True)
    with pytest.raises(DatabaseRefusedError, match="migrated by another program"), database.change("x", now=NOW):
        pass
    assert content_hash(database.path, with_log=True) == before
