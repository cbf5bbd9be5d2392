"""Paths as people type, paste or drop them, and what a folder offers. Reads the disk: call it from threads."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

NOTES = (".md", ".markdown", ".txt", ".text", ".org", ".csv")
"""Endings of files that may hold notes, listed first."""
MOST = 200
"""Entries of a folder that are offered."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file or folder that may be chosen."""

    path: Path
    typed: str
    """The path as it would be typed, ``~`` and all."""
    is_folder: bool
    size: int
    """Bytes; 0 for a folder."""


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
    """What continues a typed path: folders, then files that look like notes, then others; hidden ones if asked for."""
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
    return tuple(entries[:MOST])


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
