import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tracker import db
from tracker.companies import add_company, list_companies
from tracker.db import Database, StorageError, connect_read_write, create_private_file, sentence_of
from tracker.errors import DatabaseRefusedError
from tracker.models import CompanyAlias

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [company.name for company in list_companies(session)]


def test_every_connection_has_the_settings(database: Database) -> None:
    with database.read() as session:
        values = [
            session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("foreign_keys", "synchronous", "journal_mode", "busy_timeout")
        ]
    assert values == [1, 3, "truncate", db.BUSY_MILLISECONDS]


def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect_read_write(tmp_path / "no.db")
    assert not (tmp_path / "no.db").exists()


def test_a_reader_sees_one_state(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.read() as session:
        assert list_companies(session) == ()
        monkeypatch.setattr(db, "BUSY_MILLISECONDS", 50)
        writer = Database(database.path)
        with pytest.raises(StorageError), writer.change("meanwhile", now=NOW) as writing:
            add_company(writing, name="海潮云", now=NOW)
        assert list_companies(session) == ()
    assert names(database) == []


def test_a_second_writer_waits_for_the_first(database: Database) -> None:
    order: list[str] = []
    inside = threading.Event()

    def slow() -> None:
        with database.change("slow", now=NOW) as session:
            inside.set()
            time.sleep(0.2)
            order.append("slow")
            add_company(session, name="慢", now=NOW)

    thread = threading.Thread(target=slow)
    thread.start()
    inside.wait()
    with database.change("fast", now=NOW) as session:
        order.append("fast")
        add_company(session, name="快", now=NOW)
    thread.join()
    assert order == ["slow", "fast"]
    assert sorted(names(database)) == ["快", "慢"]


def test_a_database_that_stays_locked_ends_in_a_sentence(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_MILLISECONDS", 50)
    with closing(connect_read_write(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Nothing was written: database is locked"):
            _add(database, "海潮云")
        assert names(database) == []


def _add(database: Database, name: str) -> None:
    with database.change("add", now=NOW) as session:
        add_company(session, name=name, now=NOW)


def test_definitions_are_rolled_back_too(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.change("half", now=NOW) as session:
        _define_and_fail(session)
    with closing(sqlite3.connect(database.path)) as connection:
        found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone()
    assert found == (0,)


def _define_and_fail(session: Session) -> None:
    session.connection().execute(text("CREATE TABLE extra (id INTEGER)"))
    raise ZeroDivisionError


def test_a_reference_to_nothing_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.change("dangling", now=NOW) as session:
        session.add(CompanyAlias(company_id=99, name="a", name_key="a"))


def test_a_rehearsal_keeps_nothing_and_runs_no_hook(database_path: Path) -> None:
    called: list[datetime] = []
    database = Database(database_path, before_write=(called.append,))
    with database.change("rehearsal", now=NOW, keep=False) as session:
        add_company(session, name="海潮云", now=NOW)
    assert session.info["change_set_id"] is None
    assert names(database) == []
    assert called == []
    _add(database, "青禾")
    assert called == [NOW]


def test_what_follows_a_write_is_part_of_it(database_path: Path) -> None:
    touched: list[dict[str, dict[str, dict[str, object]]]] = []
    database = Database(database_path, after_write=(lambda _session, rows: touched.append({**rows}),))
    _add(database, "海潮云")
    assert [(table, key) for rows in touched for table, keys in rows.items() for key in keys] == [("company", "1")]
    assert touched[0]["company"]["1"]["name"] == "海潮云"

    def refuse(_session: object, _rows: object) -> None:
        raise ZeroDivisionError

    failing = Database(database_path, after_write=(refuse,))
    with pytest.raises(ZeroDivisionError):
        _add(failing, "青禾")
    assert names(database) == ["海潮云"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (sqlite3.OperationalError("database or disk is full"), StorageError),
        (sqlite3.DatabaseError("database disk image is malformed"), DatabaseRefusedError),
        (sqlite3.IntegrityError("UNIQUE"), type(None)),
        (sqlite3.ProgrammingError("closed"), type(None)),
        (ValueError("x"), type(None)),
    ],
)
def test_errors_become_sentences_and_mistakes_stay_mistakes(error: Exception, kind: type[object]) -> None:
    sentence = sentence_of(error)
    assert type(sentence) is kind
    assert sentence is None or str(error) in str(sentence)


def test_a_private_file_is_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ashore.db"
    create_private_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.write_text("kept")
    path.chmod(0o644)
    create_private_file(path)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("kept", 0o600)
