"""What ``ashore doctor`` looks at: the file, its rows, its history, what is derived from them, and the newest backup.

Everything is looked at in a copy; the database itself is written to only when a repair was asked for.
"""

import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, SQLModel

from tracker.backups import ABANDONED, PARTIAL, list_backups
from tracker.contents import connect_read_only, content_hash, row_counts
from tracker.db import make_engine
from tracker.errors import AshoreError, DatabaseRefusedError
from tracker.files import create_private_file
from tracker.messages import _
from tracker.projection import rebuild_projection
from tracker.replay import differences
from tracker.restoring import RESTORING, check_backup
from tracker.schema import SCHEMA_VERSION, schema_version

Rebuild = Callable[[Session], None]
"""Writes one derived table anew."""

Compare = Callable[[Session], Sequence[str]]
"""Names what of a derived table is wrong that only its rebuild can put right."""

SHOWN = 5
"""How many rows are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    """A stable word: ``file``, ``integrity``, ``references``, ``log``, ``derived``, ``permissions``, ``backup``,
    ``leftovers``."""
    ok: bool
    sentence: str
    repaired: bool = False


def examine(
    path: Path,
    *,
    backups: Path | None,
    now: datetime,
    rebuilds: Sequence[Rebuild] = (rebuild_projection,),
    indices: Sequence[tuple[Compare, Rebuild]] = (),
    repair: bool = False,
) -> tuple[Finding, ...]:
    """Look at a database file and its backups.

    Args:
        path: The database.
        backups: The folder of its backups; ``None`` when there are to be none.
        now: An aware time.
        rebuilds: What writes each of the derived tables anew.
        indices: What is derived and cannot be compared row by row: how it is looked at, and how put right.
        repair: Write derived tables anew where they differ, take other's rights to the files away, and remove
            what killed programs left. Rows and history are never changed.

    Returns:
        One finding a check; when the file cannot be read at all, only that.
    """
    try:
        version = schema_version(path)
    except DatabaseRefusedError as error:
        return (Finding("file", ok=False, sentence=str(error)),)
    if version == 0:
        return (Finding("file", ok=True, sentence=_("{path}: nothing is in it yet.").format(path=path)),)
    findings = [Finding("file", ok=True, sentence=_("{path}: schema {version}.").format(path=path, version=version))]
    try:
        with tempfile.TemporaryDirectory(prefix="ashore-doctor-") as folder:
            copy = _copy(path, Path(folder))
            findings += _examine_rows(copy)
            if version == SCHEMA_VERSION and all(finding.ok for finding in findings):
                findings += [_examine_log(copy), _examine_derived(path, copy, rebuilds, indices, repair=repair)]
    except (sqlite3.Error, OSError, AshoreError) as error:
        findings.append(
            Finding("integrity", ok=False, sentence=_("The database is damaged: {reason}.").format(reason=error))
        )
    try:
        findings.append(_examine_permissions(path, backups, repair=repair))
        if backups is not None:
            findings.append(_examine_newest_backup(backups))
        findings.append(_examine_leftovers(path, backups, now=now, repair=repair))
    except (OSError, AshoreError) as error:
        findings.append(Finding("backup", ok=False, sentence=str(error)))
    return tuple(findings)


def _copy(path: Path, folder: Path) -> Path:
    copy = folder / "copy.db"
    create_private_file(copy)
    with closing(connect_read_only(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _examine_rows(copy: Path) -> list[Finding]:
    with closing(sqlite3.connect(copy)) as connection:
        problems = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({SHOWN})")]
        broken = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    damaged = problems != ["ok"]
    return [
        Finding(
            "integrity",
            ok=not damaged,
            sentence=_("The database is damaged: {reason}.").format(reason="; ".join(problems))
            if damaged
            else _("Every page and index is sound."),
        ),
        Finding(
            "references",
            ok=not broken,
            sentence=_("Rows refer to rows that are missing: {rows}.").format(rows=_some(broken))
            if broken
            else _("Every reference leads to a row."),
        ),
    ]


def _examine_log(copy: Path) -> Finding:
    with _session(copy) as session:
        different = differences(session)
    if different:
        sentence = _("The change log does not tell these rows: {rows}.").format(rows=_some(different))
    else:
        sentence = _("The change log, replayed from the beginning, gives every row.")
    return Finding("log", ok=not different, sentence=sentence)


def _examine_derived(
    path: Path,
    copy: Path,
    rebuilds: Sequence[Rebuild],
    indices: Sequence[tuple[Compare, Rebuild]],
    *,
    repair: bool,
) -> Finding:
    with _session(copy) as session:
        wrong = {name: rebuild for compare, rebuild in indices for name in compare(session)}
    different = (*_rebuild(copy, rebuilds), *wrong)
    if not different:
        return Finding("derived", ok=True, sentence=_("The board is what the history says."))
    if repair:
        _rebuild(path, (*rebuilds, *dict.fromkeys(wrong.values())))
        return Finding(
            "derived", ok=True, repaired=True, sentence=_("Written anew: {rows}.").format(rows=_some(different))
        )
    sentence = _("These rows are not what the history says: {rows}. ashore doctor --repair writes them anew.")
    return Finding("derived", ok=False, sentence=sentence.format(rows=_some(different)))


def _rebuild(path: Path, rebuilds: Sequence[Rebuild]) -> tuple[str, ...]:
    """Write the derived tables anew and return which of their rows changed by that."""
    with _session(path) as session:
        before = _derived_rows(session)
        for rebuild in rebuilds:
            rebuild(session)
        after = _derived_rows(session)
        session.commit()
    return tuple(sorted(f"{name} {key}" for name, key, _fields in before ^ after))


def _derived_rows(session: Session) -> set[tuple[str, object, object]]:
    tables = [table for table in SQLModel.metadata.sorted_tables if table.info.get("derived", False)]
    return {
        (table.name, row[0], tuple(row)) for table in tables for row in session.connection().execute(table.select())
    }


@contextmanager
def _session(path: Path) -> Iterator[Session]:
    engine = make_engine(path)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _examine_permissions(path: Path, backups: Path | None, *, repair: bool) -> Finding:
    files = [path, *(backup.path for backup in (list_backups(backups) if backups is not None else ()))]
    open_to_others = [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]
    if not open_to_others:
        return Finding("permissions", ok=True, sentence=_("Only you can read the files."))
    names = _some([str(file) for file in open_to_others])
    if repair:
        for file in open_to_others:
            file.chmod(0o600)
        return Finding(
            "permissions",
            ok=True,
            repaired=True,
            sentence=_("Only you can read these now: {files}.").format(files=names),
        )
    return Finding("permissions", ok=False, sentence=_("Others can read {files}.").format(files=names))


def _examine_newest_backup(backups: Path) -> Finding:
    newest = next(iter(list_backups(backups)), None)
    if newest is None:
        return Finding("backup", ok=True, sentence=_("There is no backup yet; the first change makes one."))
    try:
        with tempfile.TemporaryDirectory(prefix="ashore-doctor-") as folder:
            restored = Path(folder) / "restored.db"
            create_private_file(restored)
            shutil.copyfile(newest.path, restored)
            check_backup(restored)
            with closing(sqlite3.connect(restored)) as connection:
                digest = content_hash(connection, with_log=True)
                rows = sum(row_counts(connection).values())
    except (OSError, sqlite3.Error, AshoreError) as error:
        sentence = _("The newest backup, {path}, cannot be restored ({reason}). Make another: ashore backup.")
        return Finding("backup", ok=False, sentence=sentence.format(path=newest.path, reason=error))
    if not digest.startswith(newest.digest):
        sentence = _("The newest backup, {path}, was changed since it was made. Make another: ashore backup.")
        return Finding("backup", ok=False, sentence=sentence.format(path=newest.path))
    sentence = _("The newest backup, of {time}, was restored aside: {rows} rows, all as they were.")
    return Finding(
        "backup", ok=True, sentence=sentence.format(time=newest.made_at.strftime("%Y-%m-%d %H:%M"), rows=rows)
    )


def _examine_leftovers(path: Path, backups: Path | None, *, now: datetime, repair: bool) -> Finding:
    folders = {path.parent} if backups is None else {path.parent, backups}
    oldest = (now - ABANDONED).timestamp()
    found = sorted(
        file
        for folder in folders
        if folder.is_dir()
        for file in folder.iterdir()
        if _is_ours_for_a_while(file, path) and file.lstat().st_mtime < oldest
    )
    if not found:
        return Finding("leftovers", ok=True, sentence=_("Nothing was left by a program that was stopped."))
    names = _some([str(file) for file in found])
    if repair:
        for file in found:
            file.unlink(missing_ok=True)
        return Finding("leftovers", ok=True, repaired=True, sentence=_("Removed: {files}.").format(files=names))
    sentence = _("A program that was stopped left {files}. ashore doctor --repair removes them.")
    return Finding("leftovers", ok=False, sentence=sentence.format(files=names))


def _is_ours_for_a_while(file: Path, path: Path) -> bool:
    is_ours = file.name.startswith((f".{path.name}.", ".ashore."))
    return is_ours and file.name.removesuffix("-journal").endswith((PARTIAL, RESTORING))


def _some(names: Sequence[str]) -> str:
    more = f" … ({len(names)})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
