"""Folders of notes: what is read, in which order, and what is left out."""

from pathlib import Path

import pytest

from tracker.errors import RefusedError
from tracker.imports import folders
from tracker.imports.folders import expand_paths, natural_key, reason_words

TEXT = "1. 什么是死锁？\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    root.mkdir()
    return root


def write(root: Path, *names: str, data: bytes = TEXT.encode()) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def names(root: Path, *paths: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in expand_paths(paths or (root,)).paths]


def left_out(root: Path) -> dict[str, str]:
    return {entry.path.relative_to(root).as_posix(): entry.reason for entry in expand_paths([root]).left_out}


def test_every_kind_of_notes_is_read(notes: Path) -> None:
    write(notes, "a.md", "b.markdown", "c.mdx", "d.txt", "E.MD")
    assert names(notes) == ["a.md", "b.markdown", "c.mdx", "d.txt", "E.MD"]


def test_files_come_as_a_person_counts_and_before_the_folders_beside_them(notes: Path) -> None:
    write(notes, "10.md", "2.md", "腾讯/HR面.md", "腾讯/三面.md", "腾讯/一面.md", "腾讯/二面.md", "a/x.md")
    assert names(notes) == ["2.md", "10.md", "a/x.md", "腾讯/一面.md", "腾讯/二面.md", "腾讯/三面.md", "腾讯/HR面.md"]
    assert natural_key("9a") < natural_key("10a")


def test_what_is_left_out_has_a_reason(notes: Path) -> None:
    write(notes, "a.md", ".hidden.md", ".git/config.md", "node_modules/x.md", "picture.png", "~$a.md")
    write(notes, "blank.md", data=b" \n\n")
    write(notes, "binary.txt", data=bytes(range(256)) * 40)
    write(notes, "broken.txt", data=b"\xff\xff\xff\xff text \xff")
    assert names(notes) == ["a.md"]
    assert left_out(notes) == {
        ".git": "hidden",
        ".hidden.md": "hidden",
        "binary.txt": "not-text",
        "blank.md": "empty",
        "broken.txt": "not-text",
        "node_modules": "closed-folder",
        "picture.png": "other-kind",
        "~$a.md": "hidden",
    }


def test_every_reason_has_words() -> None:
    reasons = ("hidden", "closed-folder", "other-kind", "too-large", "empty", "not-text", "unreadable", "twice")
    assert all(reason_words(reason) != reason for reason in reasons if reason not in {"hidden", "empty"})


def test_a_very_large_file_is_left_out_of_a_folder_only(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(notes, "large.md")
    write(notes, "small.md", data=b"1.\n")
    monkeypatch.setattr(folders, "LARGEST", 4)
    assert left_out(notes) == {"large.md": "too-large"}
    assert names(notes, notes / "large.md") == ["large.md"]


def test_other_encodings_are_text(notes: Path) -> None:
    write(notes, "gb.txt", data=TEXT.encode("gb18030"))
    write(notes, "utf16.txt", data=TEXT.encode("utf-16"))
    write(notes, "cut.md", data=("x" + "锁" * 40_000).encode())
    assert names(notes) == ["cut.md", "gb.txt", "utf16.txt"]


def test_what_is_named_itself_stays_and_nothing_is_read_twice(notes: Path) -> None:
    write(notes, "a.md", "picture.png")
    found = expand_paths([notes / "picture.png", notes, notes / "a.md", notes / "none.md"])
    assert [path.name for path in found.paths] == ["picture.png", "a.md", "none.md"]
    assert [(entry.path.name, entry.reason) for entry in found.left_out] == [
        ("picture.png", "other-kind"),
        ("a.md", "twice"),
    ]


def test_links_to_folders_are_not_followed(notes: Path) -> None:
    write(notes, "a/x.md")
    (notes / "a" / "again").symlink_to(notes)
    assert names(notes) == ["a/x.md"]


def test_a_very_deep_folder(notes: Path) -> None:
    deep = notes.joinpath(*["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "x.md").write_text(TEXT, encoding="utf-8")
    assert len(expand_paths([notes]).paths) == 1


def test_a_folder_without_notes_is_refused_by_its_name(notes: Path) -> None:
    write(notes, "a.md")
    empty = notes / "pictures"
    write(empty, "picture.png")
    with pytest.raises(RefusedError, match="pictures: there are no notes"):
        expand_paths([notes, empty])
