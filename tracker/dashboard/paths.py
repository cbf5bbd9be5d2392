"""Paths as people type, paste or drop them, and what a folder offers. Reads the disk: call it from threads."""

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tracker.imports.folders import SUFFIXES

NOTES = (".md", ".markdown", ".txt", ".text", ".org", ".csv")
"""Endings of files that may hold notes, listed first."""
MOST = 200
"""Entries of a folder that are offered."""
MOST_SEEN = 2_000
"""Entries that are looked at to tell whether a folder holds notes: a home may hold a million."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file or folder that may be chosen."""

    path: Path
    typed: str
    """The path as it would be typed, ``~`` and all."""
    is_folder: bool
    size: int
    """Bytes; 0 for a folder. Notes, where all of a folder is meant."""
    is_whole: bool = False
    """Whether everything in the folder is meant, and below it."""


def read_paths(text: str) -> tuple[Path, ...]:
    """The files that a line names: one path with spaces in it, or several as a terminal pastes dropped files."""
    line = text.strip()
    if not line:
        return ()
    whole = _path(line.strip("'\""))
    if whole.exists():
        return (whole,)
    try:
        parts = shlex.split(line)
    except ValueError:
        parts = [line]
    several = tuple(_path(part) for part in parts)
    return several if len(several) > 1 and all(path.exists() for path in several) else (_path(" ".join(parts)),)


def _path(text: str) -> Path:
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # A home of somebody who is unknown here: the path is taken as written, and found missing.
        return Path(text)


def list_folder(text: str) -> tuple[FileEntry, ...]:
    """What continues a typed path: folders, then files that look like notes, then others; hidden ones if asked for.

    Before them stands the folder as a whole, where the path is that of a folder with notes in it or below.
    """
    typed, beginning = text.rpartition("/")[0::2] if "/" in text else ("", text)
    if text == "~":
        typed, beginning = "~", ""
    prefix = f"{typed}/" if typed or text.startswith("/") else ""
    try:
        found = [path for path in _path(prefix or ".").iterdir() if _fits(path.name, beginning)]
    except OSError:
        return ()
    entries = [
        FileEntry(path, prefix + path.name + ("/" if folder else ""), folder, 0 if folder else _size(path))
        for path in found
        for folder in (_is_folder(path),)
    ]
    entries.sort(key=lambda entry: (not entry.is_folder, not _is_notes(entry.path), entry.path.name.casefold()))
    whole = [] if beginning else _whole(_path(prefix or "."), prefix)
    return (*whole, *entries[:MOST])


def _whole(folder: Path, typed: str) -> list[FileEntry]:
    """The folder as a whole, if a look around finds notes."""
    notes = count_notes(folder)
    return [FileEntry(folder, typed, is_folder=True, size=notes, is_whole=True)] if notes else []


def count_notes(folder: Path) -> int:
    """How many files that look like notes are in a folder and below it, as far as a short look goes."""
    found, seen, waiting = 0, 0, [folder]
    while waiting and seen < MOST_SEEN:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    seen += 1
                    if seen > MOST_SEEN:
                        break
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    elif Path(entry.name).suffix.casefold() in SUFFIXES:
                        found += 1
        except OSError:
            # What cannot be looked into holds nothing that could be read.
            continue
    return found


def _fits(name: str, beginning: str) -> bool:
    if name.startswith(".") and not beginning.startswith("."):
        return False
    return name.casefold().startswith(beginning.casefold())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_notes(path: Path) -> bool:
    return path.suffix.casefold() in NOTES


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def show_size(size: int) -> str:
    """A size in the unit that says it well."""
    if size < 1024:  # noqa: PLR2004 - bytes in a KiB
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
