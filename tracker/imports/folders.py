"""Folders of notes: which of their files are notes, in which order, and why the others were left out."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import AshoreError, RefusedError
from tracker.imports.document import read_document
from tracker.messages import _

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".text"})
"""What notes are called, in lower case."""

LARGEST = 20 * 1024 * 1024
"""Bytes. What is larger is looked at only when it is named itself."""

_CLOSED = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "$RECYCLE.BIN"})
"""Folders in which nobody keeps notes."""

_HEAD = 65_536
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1b\x08")
_CHINESE_DIGITS = {character: str(number) for number, character in enumerate("一二三四五六七八九", 1)}
_DIGITS = re.compile(r"(\d+)")
_FACE = re.compile(r"([一二三四五六七八九])(?=[面轮章、.])")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or folder that is not imported."""

    path: Path
    reason: str
    """A stable word: hidden, closed-folder, other-kind, too-large, empty, not-text, unreadable or twice."""


@dataclass(frozen=True, slots=True)
class ExpandedPaths:
    """The files that some paths name."""

    paths: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


def expand_paths(paths: Sequence[Path]) -> ExpandedPaths:
    """Replace every folder by the notes in it and below it, in the order in which a person counts.

    What is named itself stays, whatever it is. A file that is reached twice is kept once. Links to folders are not
    followed.

    Raises:
        RefusedError: a folder holds no notes.
    """
    found: list[Path] = []
    left_out: list[LeftOut] = []
    for path in paths:
        if path.is_dir():
            before = len(found)
            _walk(path, found, left_out)
            if len(found) == before:
                sentence = _("{path}: there are no notes in this folder; notes are Markdown or text files.")
                raise RefusedError(sentence.format(path=path))
        else:
            found.append(path)
    kept: dict[Path, Path] = {}
    for path in found:
        real = _resolved(path)
        if real in kept:
            left_out.append(LeftOut(path, "twice"))
        else:
            kept[real] = path
    return ExpandedPaths(tuple(kept.values()), tuple(left_out))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """By which ``2.md`` comes before ``10.md``, and 一面 before 二面 before 三面 before HR面."""
    plain = _FACE.sub(lambda match: _CHINESE_DIGITS[match[1]], name.casefold()).replace("hr面", "99hr面")
    parts = _DIGITS.split(plain)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def reason_words(reason: str) -> str:
    """Why a file or a folder was left out, in a few words."""
    return {
        "hidden": _("hidden"),
        "closed-folder": _("a folder of programs"),
        "other-kind": _("neither Markdown nor text"),
        "too-large": _("larger than {limit} MB").format(limit=LARGEST // 1024 // 1024),
        "empty": _("empty"),
        "not-text": _("not text"),
        "unreadable": _("cannot be read"),
        "twice": _("named twice"),
    }.get(reason, reason)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _walk(top: Path, found: list[Path], left_out: list[LeftOut]) -> None:
    """Collect the notes of a folder. Folders wait on a stack: how deep they lie has no limit."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: (natural_key(entry.name), entry.name))
        except OSError:
            left_out.append(LeftOut(folder, "unreadable"))
            continue
        below = []
        for entry in entries:
            path = folder / entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            reason = _reason(entry, path, is_folder=is_folder)
            if reason:
                left_out.append(LeftOut(path, reason))
            elif is_folder:
                below.append(path)
            else:
                found.append(path)
        waiting.extend(reversed(below))


def _reason(entry: "os.DirEntry[str]", path: Path, *, is_folder: bool) -> str:
    """Why an entry of a folder is left out; empty when it is not."""
    if entry.name.startswith((".", "~$")):
        return "hidden"
    if is_folder:
        return "closed-folder" if entry.name in _CLOSED else ""
    return "other-kind" if path.suffix.casefold() not in SUFFIXES or not entry.is_file() else _why_unreadable(path)


def _why_unreadable(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return "too-large"
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return "unreadable"
    if not head.strip():
        return "empty"
    if sum(head.count(bytes([value])) for value in _CONTROLS) * 50 > len(head) and not head.startswith(b"\xff\xfe"):
        return "not-text"
    return "" if _is_utf8(head, whole=len(head) == size) else _why_undecodable(path)


def _is_utf8(head: bytes, *, whole: bool) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The end of what was read may lie within a character.
        return not whole and error.start >= len(head) - 4
    return True


def _why_undecodable(path: Path) -> str:
    try:
        read_document(path)
    except AshoreError:
        return "not-text"
    return ""
