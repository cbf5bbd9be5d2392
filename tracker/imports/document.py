"""A file on disk becomes a ``Document``: decoded, sanitised, split into numbered lines."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import UnreadableFileError
from tracker.messages import _
from tracker.text import sanitise

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. Notes of a whole career are below 2 MiB; what is above this is not notes."""

_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x08")


@dataclass(frozen=True, slots=True)
class Document:
    """One text file, ready for the parsers. Line numbers are 1-based everywhere: ``lines[n - 1]`` is line n."""

    path: str
    lines: tuple[str, ...]
    encoding: str
    removed: int
    """How many control characters the sanitiser took out."""
    fingerprint: str
    """SHA-256 of the file's bytes, in hex."""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that became nothing, and why."""

    line: int
    text: str
    reason: str
    """A stable word: ``placeholder``, ``empty-topic``, ``prose``, ``legend``, ``not-understood``, …"""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """Something the program did not decide by itself: shown to the person, written only when accepted."""

    line: int
    text: str
    """The line as written."""
    proposal: str
    """One English sentence saying what is suggested or what does not fit."""
    confidence: float
    """0–1."""
    kind: str
    """A stable word: ``status``, ``alias``, ``disagreement``, ``date``, …"""
    subject: str = ""
    """The company or question it is about, as written."""
    other: str = ""
    """The second name of a likely alias, or the value it may mean."""
    question_id: int | None = None
    """The question of the bank that it is about."""
    other_id: int | None = None
    """The second question, where it asks whether two are one."""


def document_from_text(text: str, *, path: str, encoding: str = "utf-8", fingerprint: str | None = None) -> Document:
    """Make a document of text that is already decoded."""
    clean, removed = sanitise(text)
    lines = clean.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    digest = fingerprint or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(path=path, lines=tuple(lines), encoding=encoding, removed=removed, fingerprint=digest)


def read_document(path: Path) -> Document:
    """Read a text file: UTF-8 first (with or without a byte-order mark), UTF-16 by its mark, then GB18030.

    Raises:
        UnreadableFileError: the path is missing, a directory, unreadable, empty, too large, or not text.
    """
    data = _bytes_of(path)
    text, encoding = _decode(data, path)
    if not text.strip():
        raise UnreadableFileError(_("{path}, line 1: the file is empty; nothing was written.").format(path=path))
    return document_from_text(text, path=str(path), encoding=encoding, fingerprint=hashlib.sha256(data).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        # Opened without waiting: a named pipe nobody writes to must not hang the program.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise UnreadableFileError(_("{path}: there is no such file.").format(path=path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(
            _("{path}: it cannot be read ({reason}).").format(path=path, reason=reason)
        ) from error
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        # open() would refuse it in words of its own.
        os.close(descriptor)
        raise UnreadableFileError(_("{path}: this is a folder; name the files in it.").format(path=path))
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(_("{path}: this is not a regular file.").format(path=path))
        if status.st_size > LARGEST_FILE:
            raise UnreadableFileError(
                _("{path}: {size} MB is more than the {limit} MB that notes may have.").format(
                    path=path, size=status.st_size // 1_000_000, limit=LARGEST_FILE // 1_000_000
                )
            )
        return file.read(LARGEST_FILE + 1)


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    candidates: tuple[str, ...]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ("utf-16",)
    else:
        _refuse_binary(data, path)
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            _("{path}, line {line}: this is neither UTF-8 nor GB18030 text.").format(path=path, line=line)
        ) from error
    raise UnreadableFileError(_("{path}, line 1: this is not text.").format(path=path))


def _refuse_binary(data: bytes, path: Path) -> None:
    controls = sum(data.count(bytes([value])) for value in range(32) if value not in _TEXT_CONTROLS)
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"SQLite format 3\x00", b"\xff\xd8\xff", b"\x1f\x8b")) or (
        controls * 50 > len(data)
    ):
        position = next((index for index, value in enumerate(data) if value < 32 and value not in _TEXT_CONTROLS), 0)  # noqa: PLR2004 - the space is the first printable
        line = data.count(b"\n", 0, position) + 1
        raise UnreadableFileError(_("{path}, line {line}: this is not text.").format(path=path, line=line))
