"""``ashore import``: what it tells, what it writes, and what it refuses without writing anything."""

import json
import os
from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore

FILE_KEYS = {
    "path",
    "kind",
    "companies",
    "applications",
    "events",
    "questions",
    "answered",
    "asked",
    "attempts",
    "introductions",
    "unchanged",
    "updated",
    "skipped",
    "review",
}


def test_the_report_as_json(ashore: Ashore, hunt: Path, notes: Path) -> None:
    report = ashore("import", hunt, notes, "--json").document
    assert set(report) == {"files", "change_set"}
    assert report["change_set"] == 1
    first, second = report["files"]
    assert set(first) >= FILE_KEYS
    assert (first["path"], first["companies"], first["questions"]) == (str(hunt), 6, 0)
    assert (second["companies"], second["questions"], second["answered"]) == (0, 3, 2)
    (doubt,) = [entry for entry in first["review"] if entry["text"].startswith("海康威视")]
    assert set(doubt) >= {"line", "text", "proposal", "confidence"}
    assert doubt["line"] == 7


def test_the_same_file_again_changes_nothing(begun: Ashore, imported: tuple[Path, Path]) -> None:
    again = begun("import", *imported, "--json").document
    assert again["change_set"] is None
    assert [(file["companies"], file["questions"], file["updated"]) for file in again["files"]] == [(0, 0, 0)] * 2
    assert "Nothing changed." in begun("import", *imported).stdout
    reread = begun("import", *imported, "--reread", "--json").document
    assert reread == again


def test_one_import_is_one_step_of_undo(begun: Ashore) -> None:
    assert begun("undo").exit_code == 0
    assert begun("companies", "--json").document == []
    assert begun("questions", "--json").document == []
    assert begun("redo").exit_code == 0
    assert len(begun("companies", "--json").document) == 6


def test_a_dry_run_tells_each_line_and_writes_nothing(ashore: Ashore, hunt: Path, database_path: Path) -> None:
    before = database_path.read_bytes()
    shown = ashore("import", hunt, "--dry-run")
    assert "line 4: + company 字节跳动" in shown.stdout
    assert shown.stdout.endswith("Nothing was written.\n")
    document = ashore("import", hunt, "--dry-run", "--json").document
    assert document["change_set"] is None
    assert {"line": 4, "action": "add", "subject": "company", "text": "得到"} in document["files"][0]["changes"]
    assert database_path.read_bytes() == before


def test_a_dry_run_makes_no_database(run: Ashore, hunt: Path, tmp_path: Path) -> None:
    assert run("--db", tmp_path / "new.db", "import", hunt, "--dry-run").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path != hunt) == []


def test_the_first_import_makes_the_database_for_its_owner_alone(run: Ashore, hunt: Path, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "new.db"
    assert run("--db", path, "import", hunt).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_the_questions_were_asked_for_must_be_known(begun: Ashore, notes: Path) -> None:
    assert begun("import", notes, "--company", "快手面").reason.endswith("Did you mean 快手?")


def test_a_kind_that_is_none_is_refused(ashore: Ashore, notes: Path) -> None:
    assert "poetry" in ashore("import", notes, "--as", "poetry").reason


def test_only_a_part_of_a_file_can_be_asked_for(ashore: Ashore, hunt: Path, notes: Path) -> None:
    first, second = ashore("import", "--as", "notes", hunt, notes, "--json").document["files"]
    assert (first["companies"], first["applications"], second["questions"]) == (0, 0, 3)


def test_dates_without_a_year_take_the_year_that_is_said(ashore: Ashore, hunt: Path) -> None:
    assert ashore("import", hunt, "--year", "2025").exit_code == 0
    assert ashore("history", "字节跳动", "--json").document[-1]["at"] == "2025-04-01T19:00:00+08:00"


def test_an_encoding_that_is_not_utf_8_is_named(ashore: Ashore, notes: Path) -> None:
    notes.write_bytes(notes.read_text(encoding="utf-8").encode("gb18030"))
    assert "(gb18030)" in ashore("import", notes, "--dry-run").stdout
    assert ashore("import", notes, "--json").document["files"][0]["encoding"] == "gb18030"
    assert "LoRA 的秩怎么选？" in ashore("questions").stdout


def _empty(path: Path) -> None:
    path.touch()


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _folder(path: Path) -> None:
    path.mkdir()


def _missing(_path: Path) -> None:
    """Nothing is made."""


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def _no_encoding(path: Path) -> None:
    path.write_bytes("# 题\n1. 好\n".encode() + b"\xff\xfe\xfa\n" * 3)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_empty, "line 1: the file is empty"),
        (_binary, "this is not text"),
        (_folder, "there are no notes in this folder"),
        (_missing, "there is no such file"),
        (_large, "100 MB is more than the"),
        (_no_encoding, "line 3: this is neither UTF-8 nor GB18030"),
    ],
)
@pytest.mark.parametrize("option", ["--json", "--dry-run"])
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    run: Ashore, hunt: Path, tmp_path: Path, spoil: object, words: str, option: str
) -> None:
    assert callable(spoil)
    path = tmp_path / "bad.md"
    spoil(path)
    database = tmp_path / "new.db"
    reason = run("--db", database, "import", hunt, path, option).reason
    assert str(path) in reason
    assert words in reason
    assert not database.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_the_right_to_read_is_named(ashore: Ashore, notes: Path) -> None:
    notes.chmod(0)
    assert "cannot be read" in ashore("import", notes).reason


def test_nothing_of_several_files_is_written_when_one_is_bad(begun: Ashore, notes: Path, tmp_path: Path) -> None:
    notes.write_text("# 新\n\n1. 新题是什么？\n", encoding="utf-8")
    assert "no such file" in begun("import", notes, tmp_path / "none.md").reason
    assert len(begun("questions", "--json").document) == 3


def test_what_a_terminal_would_obey_is_removed_and_counted(ashore: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;x\x07.md"
    path.write_text("# 题\n\n1. 什么是\x1b[31m注意力\x9b0m？\n\n   答\x1b]52;c;eA==\x07\n", encoding="utf-8")
    shown = ashore("import", path)
    assert "control characters removed: 4" in shown.stdout
    listed = ashore("questions").stdout + ashore("questions", "--json").stdout + ashore("changes").stdout
    for character in "\x1b\x07\x9b":
        assert character not in shown.stdout + listed
    missing = ashore("import", "none\x1b[31m.md")
    assert "\x1b" not in missing.reason


def test_markup_and_very_long_lines_change_nothing_but_what_they_should(ashore: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text(f"# 题\n\n1. [@click=app.quit] 是什么？\n\n   {'长' * 40_000}\n", encoding="utf-8")
    assert ashore("import", path).exit_code == 0
    (question,) = ashore("questions", "--json").document
    assert question["text"] == "[@click=app.quit] 是什么？"
    assert question["answer"].count("长") == 40_000
    assert "[@click=app.quit] 是什么？" in ashore("questions").stdout


def test_an_export_of_everything_comes_back_into_an_empty_database(begun: Ashore, run: Ashore, tmp_path: Path) -> None:
    path, other = tmp_path / "everything.json", tmp_path / "other.db"
    rows = begun("export", path, "--json").document["rows"]
    report = run("--db", other, "import", path, "--json").document
    assert report["files"] == [{"path": str(path), "kind": "everything", "rows": rows}]
    for command in ("companies", "applications", "questions", "review"):
        assert run("--db", other, command, "--json").document == begun(command, "--json").document
    assert "empty database" in run("--db", other, "import", path).reason


def test_an_export_is_recognised_by_its_content_and_imported_alone(
    begun: Ashore, run: Ashore, hunt: Path, tmp_path: Path
) -> None:
    path = tmp_path / "everything.txt"
    assert begun("export", path, "--format", "json").exit_code == 0
    database = tmp_path / "other.db"
    assert "alone" in run("--db", database, "import", path, hunt).reason
    assert "dry-run" in run("--db", database, "import", path, "--dry-run").reason
    assert not database.exists()
    assert "rows were read" in run("--db", database, "import", path).stdout


@pytest.mark.parametrize("text", ['{"a": 1}', '{"format": "ashore-everything"', "{}"])
def test_json_that_is_no_export_is_refused(run: Ashore, tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.json"
    path.write_text(text, encoding="utf-8")
    assert str(path) in run("--db", tmp_path / "new.db", "import", path).reason
    assert not (tmp_path / "new.db").exists()


def test_a_changed_export_is_refused_and_leaves_nothing(begun: Ashore, run: Ashore, tmp_path: Path) -> None:
    path, other = tmp_path / "everything.json", tmp_path / "other.db"
    assert begun("export", path).exit_code == 0
    document = json.loads(path.read_text(encoding="utf-8"))
    document["tables"]["company"][0]["name"] = "别的"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run("--db", other, "import", path).exit_code == 1
    assert run("--db", other, "companies", "--json").document == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "面经"
    (root / "网易").mkdir(parents=True)
    (root / "网易" / "一面.md").write_text("- 布隆过滤器怎么删除\n- 手撕：岛屿数量\n", encoding="utf-8")
    (root / "网络.md").write_text("1. 什么是粘包？\n\n   字节流没有边界。\n", encoding="utf-8")
    (root / "图.png").write_bytes(b"\x89PNG")
    return root


def test_a_folder_is_one_step_with_a_report_for_each_file(begun: Ashore, folder: Path) -> None:
    document = begun("import", folder, "--json").document
    assert [(Path(file["path"]).name, file["questions"], file["asked"]) for file in document["files"]] == [
        ("网络.md", 1, 0),
        ("一面.md", 2, 2),
    ]
    assert [(Path(entry["path"]).name, entry["reason"]) for entry in document["left_out"]] == [("图.png", "other-kind")]
    assert begun("import", folder, "--json").document["change_set"] is None
    assert begun("undo").exit_code == 0
    assert begun("questions", "--company", "网易", "--json").exit_code == 1


def test_what_was_left_out_of_a_folder_is_counted(begun: Ashore, folder: Path) -> None:
    assert "neither Markdown nor text 1" in begun("import", folder).stdout


def test_notes_of_a_folder_that_are_no_text_are_named(begun: Ashore, folder: Path) -> None:
    (folder / "坏.md").write_bytes(b"\x00\x01\x02" * 100)
    shown = begun("import", folder).stdout
    assert f"{folder / '坏.md'}: not text" in shown
    assert f"{folder / '图.png'}: " not in shown


def test_a_folder_without_notes_is_refused(begun: Ashore, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no notes" in begun("import", empty).reason
