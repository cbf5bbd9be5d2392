"""The search index and everything that copies, compares or replaces a database: it belongs to one file alone."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prep.bank import add_question
from prep.examining import examine_database
from prep.search import search_questions
from prep.search_index import complete_index
from prep.storage import open_database
from tracker.backups import back_up
from tracker.contents import connect_read_only, content_hash, row_counts
from tracker.db import Database
from tracker.restoring import restore

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def bank(database: Database) -> Database:
    with database.change("bank", now=NOW) as session:
        for number in range(20):
            add_question(session, text=f"第 {number} 问 LoRA", answer="注意", now=NOW)
    return database


def found(database: Database, text: str) -> int:
    with database.read() as session:
        return len(search_questions(session, text=text))


def derived(path: Path, *, repair: bool = False) -> tuple[bool, bool, str]:
    findings = {one.name: one for one in examine_database(path, backups=None, now=NOW, repair=repair)}
    finding = findings["derived"]
    return finding.ok, finding.repaired, finding.sentence


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_it_is_no_part_of_what_a_database_holds(bank: Database) -> None:
    before = content_hash(bank.path, with_log=True)
    with closing(connect_read_only(bank.path)) as connection:
        rows = row_counts(connection)
    assert complete_index(bank)
    assert content_hash(bank.path, with_log=True) == before
    with closing(connect_read_only(bank.path)) as connection:
        assert row_counts(connection) == rows


def test_it_is_in_nobodys_way_when_a_backup_is_made_and_restored(bank: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    complete_index(bank)
    backup = back_up(bank.path, folder=folder, now=NOW, reason="asked")
    with bank.change("more", now=NOW) as session:
        add_question(session, text="后来的 LoRA", now=NOW)
    complete_index(bank)
    assert found(bank, "lora") == 21
    restore(bank.path, backup=backup.path, folder=folder, now=NOW)
    restored = open_database(bank.path, now=NOW)
    assert found(restored, "lora") == 20
    assert complete_index(restored)
    assert found(restored, "lora") == 20
    assert found(restored, "后来") == 0
    assert derived(bank.path)[0]


def test_a_sound_index_is_found_sound(bank: Database) -> None:
    assert derived(bank.path)[0]
    complete_index(bank)
    assert derived(bank.path)[0]
    with bank.change("more", now=NOW) as session:
        add_question(session, text="后来的", now=NOW)
    assert derived(bank.path)[0]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM question_search_data", "question_search"),
        ("DROP TABLE question_search_config", "question_search"),
        ("UPDATE question_search_data SET block = x'00' WHERE id > 10", "question_search"),
        ("DELETE FROM question_search_row WHERE question_id = 3", "question_search 3"),
        ("UPDATE question_search_row SET digest = x'00' WHERE question_id = 4", "question_search 4"),
    ],
)
def test_a_wrong_index_is_found_and_put_right(bank: Database, statement: str, named: str) -> None:
    complete_index(bank)
    write(bank.path, statement)
    ok, _repaired, sentence = derived(bank.path)
    assert not ok
    assert f"{named}." in sentence
    assert derived(bank.path, repair=True)[1]
    assert derived(bank.path)[0]
    assert complete_index(bank)
    assert found(bank, "lora") == 20
    with closing(sqlite3.connect(bank.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
