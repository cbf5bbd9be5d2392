"""A file becomes a document: decoded, sanitised and numbered, or refused with its name and line."""

import hashlib
import os
from pathlib import Path

import pytest

from tracker.errors import UnreadableFileError
from tracker.imports import document
from tracker.imports.document import document_from_text, read_document

TEXT = "# 面经\n\n1. 什么是 [MASK]？\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
    ],
    ids=["utf-8", "bom", "gb18030", "gbk", "utf-16-le", "utf-16-be", "crlf", "cr"],
)
def test_every_usual_encoding_gives_the_same_lines(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(data)
    found = read_document(path)
    assert found.lines == ("# 面经", "", "1. 什么是 [MASK]？")
    assert (found.encoding, found.removed, found.name, found.path) == (encoding, 0, "notes.md", str(path))
    assert found.fingerprint == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", ()), ("\n", ("",)), ("a", ("a",)), ("a\n", ("a",)), ("a\n\n", ("a", "")), ("\na", ("", "a"))],
)
def test_a_last_line_end_begins_no_line(text: str, lines: tuple[str, ...]) -> None:
    assert document_from_text(text, path="x").lines == lines


def test_controls_are_taken_out_and_counted() -> None:
    found = document_from_text("a\x1b[0mb\n\u202ec", path="x")
    assert (found.lines, found.removed) == (("a[0mb", "c"), 2)


def test_one_long_line_stays_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("长" * 40_000, encoding="utf-8")
    assert [len(line) for line in read_document(path).lines] == [40_000]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1: the file is empty"),
        (b" \r\n\t\n", "line 1: the file is empty"),
        (b"\xef\xbb\xbf", "line 1: the file is empty"),
        (b"PK\x03\x04" + b"x" * 50, "line 1: this is not text"),
        (b"%PDF-1.7\n", "line 1: this is not text"),
        (b"\x89PNG\r\n\x1a\n", "this is not text"),
        (b"SQLite format 3\x00", "line 1: this is not text"),
        (b"first line\nsecond\x00\x01\x02\x03", "line 2: this is not text"),
        (b"one\ntwo\n\xff\xff\xff", "line 3: this is neither UTF-8 nor GB18030"),
        (b"\xff\xfea", "this is not text|neither"),
    ],
    ids=["empty", "blank", "bom only", "zip", "pdf", "png", "sqlite", "nul", "no encoding", "odd utf-16"],
)
def test_what_is_not_text_is_refused_with_its_line(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "odd.md"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}")


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_document(tmp_path / "missing.md")
    with pytest.raises(UnreadableFileError, match="this is a folder"):
        read_document(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFileError, match="not a regular file"):
        read_document(pipe)
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_document(tmp_path / "nul\0name")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_document(tmp_path / ("x" * 300))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.md"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_document(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(UnreadableFileError, match="100 MB is more than"):
        read_document(path)


def test_the_largest_file_that_is_allowed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST_FILE", 10)
    path = tmp_path / "notes.md"
    path.write_bytes(b"0123456789")
    assert read_document(path).lines == ("0123456789",)
    path.write_bytes(b"0123456789a")
    with pytest.raises(UnreadableFileError, match="more than"):
        read_document(path)
