import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from prep.examining import examine_database
from prep.storage import open_database
from tracker.applications import add_application
from tracker.backups import back_up, list_backups
from tracker.companies import add_company
from tracker.db import Database
from tracker.doctor import Finding
from tracker.pipeline import move_to

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CHECKS = ["file", "integrity", "references", "log", "derived", "permissions", "backup", "leftovers"]


@pytest.fixture
def path(database_path: Path) -> Path:
    database = open_database(database_path, now=NOW, backups=database_path.parent / "backups")
    with database.change("rows", now=NOW) as session:
        for name in ("海潮云", "青禾"):
            company_id = add_company(session, name=name, now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            move_to(session, application_id=application_id, label="投递", now=NOW)
    return database_path


def look(path: Path, *, repair: bool = False) -> dict[str, Finding]:
    findings = examine_database(path, backups=path.parent / "backups", now=NOW, repair=repair)
    return {finding.name: finding for finding in findings}


def wrong(path: Path) -> list[str]:
    return [name for name, finding in look(path).items() if not finding.ok]


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_database(path: Path) -> None:
    before = path.read_bytes()
    findings = look(path)
    assert list(findings) == CHECKS
    assert all(finding.ok and finding.sentence and not finding.repaired for finding in findings.values())
    assert path.read_bytes() == before


def test_an_empty_file_has_nothing_wrong(tmp_path: Path) -> None:
    assert [finding.ok for finding in examine_database(tmp_path / "no.db", backups=None, now=NOW)] == [True]
    assert not (tmp_path / "no.db").exists()


def test_a_stranger_is_named_and_untouched(tmp_path: Path) -> None:
    stranger = tmp_path / "notes.md"
    stranger.write_text("my notes")
    (finding,) = examine_database(stranger, backups=None, now=NOW, repair=True)
    assert not finding.ok
    assert str(stranger) in finding.sentence
    assert stranger.read_text() == "my notes"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET stage = 'offer' WHERE id = 1",
        "DELETE FROM event WHERE id = 2",
        "INSERT INTO setting (name, value) VALUES ('slipped', 'in')",
        "DELETE FROM change_entry WHERE id = (SELECT max(id) FROM change_entry)",
        "UPDATE change_entry SET after_json = replace(after_json, '青禾', '禾青')",
    ],
)
def test_a_write_that_went_around_the_log_is_found(statement: str, path: Path) -> None:
    write(path, statement)
    assert "log" in wrong(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE board_row SET stage = 'offer' WHERE application_id = 1",
        "DELETE FROM board_row WHERE application_id = 2",
        "INSERT INTO memory_state (question_id, stability, difficulty, attempts, rating) VALUES (7, 1.0, 1.0, 1, '')",
    ],
)
def test_a_derived_row_that_is_wrong_is_found_and_written_anew(statement: str, path: Path) -> None:
    write(path, statement)
    assert wrong(path) == ["derived"]
    assert look(path, repair=True)["derived"].repaired
    assert wrong(path) == []


def test_a_reference_to_nothing_is_found(path: Path) -> None:
    write(path, "UPDATE application SET company_id = 77 WHERE id = 1")
    assert "references" in wrong(path)
    assert "application 1" in look(path)["references"].sentence


def test_damaged_pages_are_found(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 10)
    assert "integrity" in wrong(path)


def test_files_that_others_can_read_are_found_and_closed(path: Path) -> None:
    (backup,) = list_backups(path.parent / "backups")
    for file in (path, backup.path):
        file.chmod(0o644)
    assert wrong(path) == ["permissions"]
    assert look(path, repair=True)["permissions"].repaired
    assert path.stat().st_mode & 0o777 == backup.path.stat().st_mode & 0o777 == 0o600
    assert wrong(path) == []


@pytest.mark.parametrize("kind", ["changed", "cut", "emptied"])
def test_a_backup_that_rotted_is_found(kind: str, path: Path) -> None:
    (backup,) = list_backups(path.parent / "backups")
    if kind == "changed":
        write(backup.path, "INSERT INTO setting (name, value) VALUES ('rot', '')")
    elif kind == "cut":
        os.truncate(backup.path, backup.size // 2)
    else:
        os.truncate(backup.path, 0)
    assert wrong(path) == ["backup"]


def test_only_the_newest_backup_is_restored(path: Path) -> None:
    (oldest,) = list_backups(path.parent / "backups")
    os.truncate(oldest.path, 0)
    back_up(path, folder=path.parent / "backups", now=NOW.replace(hour=11), reason="asked")
    assert wrong(path) == []


def test_what_a_stopped_program_left_is_found_and_removed(path: Path) -> None:
    left = [path.with_name(".ashore.db.k3x.restoring"), path.parent / "backups" / ".ashore.k3x.partial"]
    stranger = path.with_name(".somebody.partial")
    for file in (*left, stranger):
        file.write_bytes(b"half")
        os.utime(file, (NOW.timestamp() - 7200,) * 2)
    assert wrong(path) == ["leftovers"]
    assert look(path, repair=True)["leftovers"].repaired
    assert [file.exists() for file in (*left, stranger)] == [False, False, True]


def test_a_database_that_another_program_is_writing(database: Database, path: Path) -> None:
    with database.change("open", now=NOW) as session:
        add_company(session, name="not committed yet", now=NOW)
        assert wrong(path) == []


def test_a_folder_of_backups_that_cannot_be_read_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert wrong(path) == ["backup"]
    assert "Permission denied" in look(path)["backup"].sentence
