"""Scratch files: where the code of a task is written while it is practised. The only code that touches them.

They lie beside the database, are readable by their owner alone, and none goes before what stands in it is kept
elsewhere.
"""

import os
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.text import sanitise

MOST_BYTES = 256 * 1024
"""The largest file that is kept with an attempt; what is larger is data or a log, not a solution."""

LONGEST_SLUG = 24
"""Characters of a task's text in the name of its file."""


class Language(NamedTuple):
    """How a file in a programming language is called, and how a comment of one line begins."""

    suffix: str
    comment: str


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "python": Language(".py", "#"),
        "cpp": Language(".cpp", "//"),
        "c": Language(".c", "//"),
        "java": Language(".java", "//"),
        "go": Language(".go", "//"),
        "js": Language(".js", "//"),
        "ts": Language(".ts", "//"),
        "rust": Language(".rs", "//"),
        "kotlin": Language(".kt", "//"),
        "swift": Language(".swift", "//"),
        "scala": Language(".scala", "//"),
        "csharp": Language(".cs", "//"),
        "ruby": Language(".rb", "#"),
        "sql": Language(".sql", "--"),
    }
)
"""By the name that the setting ``coding_language`` has."""

_OTHER_NAMES = {"": "python", "py": "python", "c++": "cpp", "javascript": "js", "typescript": "ts", "c#": "csharp"}
_SUFFIXES = frozenset(language.suffix for language in LANGUAGES.values())
_NOT_NAME = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\.\d+$")


@dataclass(frozen=True, slots=True)
class ScratchText:
    """What stands in a scratch file."""

    code: str
    """Cleaned of what a terminal would obey; empty where it could not be taken."""
    is_untouched: bool
    """Whether nothing was written but what the file began with."""
    problem: str = ""
    """Why the code could not be taken, in a sentence; the file stays where it is."""


def language_named(name: str) -> Language:
    """The language of a name; Python where none is given.

    Raises:
        RefusedError: it is unknown.
    """
    wanted = name.strip().casefold()
    found = LANGUAGES.get(_OTHER_NAMES.get(wanted, wanted))
    if found is None:
        raise RefusedError(
            _("«{name}» is no language for scratch files; languages are {names}.").format(
                name=name, names=", ".join(LANGUAGES)
            )
        )
    return found


def language_of(path: Path) -> Language:
    """The language of a scratch file; Python where its name tells none."""
    return next((one for one in LANGUAGES.values() if one.suffix == path.suffix), LANGUAGES["python"])


def scratch_folder(database: Path) -> Path:
    """The folder of the scratch files of a database: beside it, and called after it."""
    return database.with_name(f"{database.stem}-scratch")


def opening_lines(
    language: Language, *, text: str, link: str = "", minutes: int | None = None, variants: Sequence[str] = ()
) -> tuple[str, ...]:
    """The task as comments, which a scratch file begins with."""
    said = [*sanitise(text)[0].splitlines(), link]
    if minutes is not None:
        said.append(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
    said += [f"- {variant}" for variant in variants]
    return tuple(f"{language.comment} {line.rstrip()}" for line in said if line.strip())


def find_scratch(folder: Path, question_id: int) -> Path | None:
    """The scratch file of a task, in whatever language; the one written last where there are several."""
    try:
        found = [path for path in folder.glob(f"{question_id:03d}-*") if _is_scratch(path)]
        return max(found, key=lambda path: path.stat().st_mtime, default=None)
    except OSError:
        # Gone between two looks: as good as not there.
        return None


def saved_at(path: Path) -> datetime | None:
    """When a file was written last; ``None`` when it is gone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def make_scratch(
    folder: Path,
    *,
    question_id: int,
    text: str,
    language: Language,
    opening: Sequence[str],
    kept: Collection[str] = (),
) -> Path:
    """A new scratch file that begins with these lines, in the place of the task's earlier ones.

    An earlier one goes when nothing was written in it or its code is ``kept`` elsewhere; else it is put aside.

    Raises:
        RefusedError: the folder or the file cannot be written.
    """
    path = folder / f"{question_id:03d}-{_slug(text)}{language.suffix}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while (earlier := find_scratch(folder, question_id)) is not None:
            found = read_scratch(earlier, opening)
            if found.is_untouched or (found.code and found.code in kept):
                earlier.unlink()
            else:
                put_aside(earlier)
        put_aside(path)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join((*opening, "", "")))
    except OSError as error:
        raise RefusedError(
            _("No scratch file could be made at {path}: {reason}").format(path=path, reason=error.strerror or error)
        ) from error
    return path


def put_aside(path: Path) -> Path | None:
    """Give a file another name, so that a new one can take its place; ``None`` when there was none.

    Raises:
        OSError: it cannot be renamed.
    """
    if not os.path.lexists(path):
        return None
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}.{number}{path.suffix}")):
        number += 1
    return path.rename(aside)


def read_scratch(path: Path, opening: Sequence[str] = ()) -> ScratchText:
    """What stands in a scratch file now. What cannot be taken is told, and left where it is.

    Args:
        path: The file.
        opening: The lines that it began with.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        sentence = _("The scratch file {path} cannot be read any more: {reason}")
        return ScratchText("", is_untouched=False, problem=sentence.format(path=path, reason=error.strerror or error))
    if len(raw) > MOST_BYTES:
        sentence = _("{path} is larger than {n} KB: it stays there, and is not kept with the attempt.")
        return ScratchText("", is_untouched=False, problem=sentence.format(path=path, n=MOST_BYTES // 1024))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        sentence = _("{path} is no UTF-8 text: it stays there, and is not kept with the attempt.")
        return ScratchText("", is_untouched=False, problem=sentence.format(path=path))
    code = sanitise(text)[0]
    written = {line.rstrip() for line in code.splitlines()} - {""}
    is_untouched = written <= {line.rstrip() for line in opening}
    return ScratchText("" if is_untouched else code, is_untouched=is_untouched)


def _is_scratch(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not _ASIDE.search(path.stem) and path.is_file()


def _slug(text: str) -> str:
    """A few words of a text as a part of a file's name, on any system."""
    first = next(iter(text.strip().splitlines()), "")
    folded = unicodedata.normalize("NFKC", first).casefold()
    return _NOT_NAME.sub("-", folded)[:LONGEST_SLUG].strip("-") or "task"
