"""``ashore export``, ``backup``, ``restore`` and ``doctor``."""

import sqlite3
from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore
from tests.tracker.exports.planning import at, plan
from tracker.db import Database


def test_an_export_is_for_its_owner_alone_and_may_be_written_again(begun: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "everything.json"
    document = begun("export", path, "--json").document
    assert document == {"path": str(path), "format": "json", "rows": document["rows"]}
    assert document["rows"] > 10
    assert path.stat().st_mode & 0o777 == 0o600
    assert begun("export", path).stdout == f"{document['rows']} rows written to {path}.\n"


def test_an_export_does_not_replace_what_is_no_export(begun: Ashore, notes: Path) -> None:
    before = notes.read_bytes()
    assert "is no export" in begun("export", notes).reason
    assert notes.read_bytes() == before
    assert begun("export", notes, "--force").exit_code == 0
    assert notes.read_bytes() != before


def test_an_export_that_cannot_be_written_says_why(begun: Ashore, tmp_path: Path) -> None:
    assert "cannot be written" in begun("export", tmp_path, "--format", "json").reason


@pytest.mark.parametrize("name", ["out.xyz", "out", ".json", "bank.md.txt"])
def test_a_name_that_does_not_say_what_to_write_is_refused(begun: Ashore, tmp_path: Path, name: str) -> None:
    assert "end it in .json, .ics, .md" in begun("export", tmp_path / name).reason
    assert not (tmp_path / name).exists()
    assert begun("export", tmp_path / name, "--format", "markdown").exit_code == 0


def test_the_question_bank_as_notes_that_come_back(begun: Ashore, run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "bank.md"
    document = begun("export", path, "--json").document
    assert document == {"path": str(path), "format": "markdown", "rows": 3}
    assert path.stat().st_mode & 0o777 == 0o600
    assert begun("export", path).stdout == f"3 questions written to {path}.\n"
    text = path.read_text(encoding="utf-8")
    assert "## 1. LoRA 的秩怎么选？\n> - underlined\n\n从 8 开始" in text
    assert begun("export", path, "--lang", "zh_CN").exit_code == 0
    assert "> - 下划线" in path.read_text(encoding="utf-8")
    assert begun("import", path, "--json").document["change_set"] is None
    other = ("--db", tmp_path / "other.db")
    report = run(*other, "import", path, "--json").document["files"][0]
    assert (report["kind"], report["questions"], report["answered"], report["review"]) == ("bank", 3, 2, [])
    shown = [[question["text"], question["answer"]] for question in run(*other, "questions", "--json").document]
    assert shown == [[question["text"], question["answer"]] for question in begun("questions", "--json").document]
    run(*other, "export", tmp_path / "again.md", "--lang", "zh_CN")
    assert (tmp_path / "again.md").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_a_part_of_the_question_bank(begun: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "part.md"
    assert begun("export", path, "--topic", "RAG", "--json").document["rows"] == 1
    assert begun("export", path, "--unanswered", "--json").document["rows"] == 1
    assert begun("export", path, "--company", "快手", "--json").document["rows"] == 0
    assert "no company" in begun("export", path, "--company", "没有这家").reason
    assert "no topic" in begun("export", path, "--topic", "没有这个").reason
    assert "exported in part" in begun("export", tmp_path / "all.json", "--topic", "RAG").reason


def test_a_calendar_by_the_name_of_its_file(begun: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "hunt.ics"
    document = begun("export", path, "--json").document
    assert document == {"path": str(path), "format": "ics", "rows": 1, "left_out": 0}
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_text(encoding="utf-8")
    assert "SUMMARY:字节跳动 笔试" in content
    assert begun("export", path).stdout == f"1 event written to {path}.\n"
    assert path.read_text(encoding="utf-8") == content
    assert begun("export", tmp_path / "calendar", "--format", "ics", "--json").document["format"] == "ics"
    assert begun("changes", "--json").document[0]["kind"] == "setting"
    assert "Identity" not in begun("undo").stdout


def test_any_export_may_replace_another(begun: Ashore, tmp_path: Path, notes: Path) -> None:
    path = tmp_path / "hunt.ics"
    begun("export", path)
    assert begun("export", path, "--format", "json").exit_code == 0
    assert begun("export", path, "--format", "markdown").exit_code == 0
    assert begun("export", path).exit_code == 0
    assert "is no export" in begun("export", notes, "--format", "ics").reason


def test_a_round_of_an_unknown_day_is_left_out_of_the_calendar(
    ashore: Ashore, database: Database, tmp_path: Path
) -> None:
    plan(database, "快手", "笔试", at(480), precision="month")
    ran = ashore("export", tmp_path / "hunt.ics")
    assert ran.stdout.startswith("0 events written")
    assert ran.stderr == "1 round of which only the month is known was left out.\n"


def test_a_backup_as_json_and_for_people(begun: Ashore, database_path: Path) -> None:
    document = begun("backup", "--json").document
    assert set(document) == {"path", "made_at", "reason", "digest", "size"}
    assert (document["reason"], document["made_at"]) == ("asked", "2026-03-25T10:00:00+08:00")
    path = Path(document["path"])
    assert path.parent == database_path.with_name("ashore-backups")
    assert (path.stat().st_size, path.stat().st_mode & 0o777) == (document["size"], 0o600)
    assert begun("backup").stdout.startswith("Backed up and compared: ")


def test_the_newest_backup_is_restored_and_what_was_there_can_be_too(begun: Ashore) -> None:
    backup = begun("backup", "--json").document
    begun("move", "得到", "投递")
    restored = begun("restore", "--json").document
    assert restored["restored"] == backup
    assert restored["before"]["reason"] == "restore"
    assert begun("history", "得到", "--json").document == []
    assert begun("restore", restored["before"]["path"]).stdout.startswith("Restored: ")
    assert len(begun("history", "得到", "--json").document) == 1


def test_a_backup_is_found_by_its_name_alone(begun: Ashore) -> None:
    name = Path(begun("backup", "--json").document["path"]).name
    assert name in begun("restore", name).stdout


def test_backups_are_listed_and_nothing_is_restored(begun: Ashore) -> None:
    backup = begun("backup", "--json").document
    changes = begun("changes", "--json").document
    assert backup in begun("restore", "--list", "--json").document
    assert Path(backup["path"]).name in begun("restore", "--list").stdout
    assert begun("changes", "--json").document == changes


@pytest.mark.parametrize("name", ["none.db", "notes.md"])
def test_what_is_no_backup_is_refused_and_nothing_is_restored(begun: Ashore, notes: Path, name: str) -> None:
    changes = begun("changes", "--json").document
    assert begun("restore", notes.with_name(name)).exit_code == 1
    assert begun("changes", "--json").document == changes


def test_nothing_to_restore(run: Ashore, tmp_path: Path) -> None:
    assert "There is no backup in" in run("--db", tmp_path / "none.db", "restore").reason


def test_a_lost_database_is_restored(begun: Ashore, database_path: Path) -> None:
    begun("backup")
    companies = begun("companies", "--json").document
    database_path.unlink()
    assert begun("restore", "--json").document["before"] is None
    assert begun("companies", "--json").document == companies


def test_a_healthy_database(begun: Ashore) -> None:
    begun("backup")
    ran = begun("doctor", "--json")
    assert ran.exit_code == 0
    assert [finding["name"] for finding in ran.document if not finding["ok"]] == []
    assert set(ran.document[0]) == {"name", "ok", "repaired", "sentence"}
    assert all(line.startswith("ok  ") for line in begun("doctor").stdout.splitlines())


def test_what_is_wrong_is_said_with_exit_status_1_and_repaired_when_asked(begun: Ashore, database_path: Path) -> None:
    with sqlite3.connect(database_path) as connection:
        connection.execute("UPDATE board_row SET stage = '三面'")
    connection.close()
    database_path.chmod(0o644)
    ran = begun("doctor", "--json")
    assert ran.exit_code == 1
    assert [finding["name"] for finding in ran.document if not finding["ok"]] == ["derived", "permissions"]
    assert "WRONG  " in begun("doctor").stdout
    assert begun("doctor", "--repair").exit_code == 0
    assert begun("doctor").exit_code == 0
    assert begun("applications", "--json").document[0]["stage"] == "笔试"


def test_a_missing_database_is_healthy(run: Ashore, tmp_path: Path) -> None:
    ran = run("--db", tmp_path / "none.db", "doctor")
    assert (ran.exit_code, list(tmp_path.iterdir())) == (0, [])
