"""kill -9 at random moments: what was acknowledged is there, and the next start asks nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from prep.examining import examine_database
from prep.sittings.recording import open_sittings
from prep.storage import open_database
from tests.faults import work
from tests.faults.victims import RUNS, kill_at_random, running, seconds_of
from tracker.backups import list_backups
from tracker.board import Board, load_board
from tracker.companies import add_company, list_companies
from tracker.contents import content_hash, row_counts
from tracker.db import Database
from tracker.restoring import check_backup
from tracker.schema import SCHEMA_VERSION, migrate, schema_version

NOW = work.NOW


def start_again(path: Path) -> Database:
    """The next start, and a look at everything."""
    database = open_database(path, now=NOW, backups=path.parent / "backups")
    findings = examine_database(path, backups=path.parent / "backups", now=NOW)
    assert [finding.sentence for finding in findings if not finding.ok] == []
    return database


def names(database: Database) -> set[str]:
    with database.read() as session:
        return {company.name for company in list_companies(session)}


@pytest.mark.torture
def test_edits(template_path: Path, tmp_path: Path) -> None:
    acknowledged_ever = 0
    for seed in range(RUNS):
        path = tmp_path / str(seed) / "ashore.db"
        path.parent.mkdir()
        shutil.copy(template_path, path)
        # A busy machine may not come to a first change in that time; every second run waits for some.
        after = ("ready", "2")[seed % 2]
        said = kill_at_random(work.edit, path, seed=seed, within=0.15, after=after)
        acknowledged = [int(word) for word in said if word.isdigit()]
        database = start_again(path)
        there = names(database)
        assert {f"edit {number}" for number in acknowledged} <= there
        assert len(there) <= len(acknowledged) + 1
        with database.change("go on", now=NOW) as session:
            add_company(session, name="after the kill", now=NOW)
        acknowledged_ever += len(acknowledged)
        shutil.rmtree(path.parent)
    assert acknowledged_ever >= RUNS // 2 * 3


READERS: tuple[Callable[[Path], object], ...] = (schema_version, load_board)


@pytest.mark.parametrize("first_reader", READERS)
def test_a_half_written_transaction_is_rolled_back_by_whoever_comes_next(
    first_reader: Callable[[Path], object], database: Database
) -> None:
    with database.change("rows", now=NOW) as session:
        add_company(session, name="before", now=NOW)
    path = database.path
    before, size = content_hash(path, with_log=True), path.stat().st_size
    with running(work.write_half, path) as victim:
        victim.wait_for("ready")
        victim.kill()
    assert path.stat().st_size > size, "the pages must have reached the file, or this tests nothing"
    assert path.with_name("ashore.db-journal").stat().st_size > 0
    assert first_reader(path) in (SCHEMA_VERSION, Board(companies=1, newest_change=1))
    assert content_hash(path, with_log=True) == before
    assert names(start_again(path)) == {"before"}


@pytest.mark.torture
def test_reviews(template_path: Path, tmp_path: Path) -> None:
    acknowledged_ever = 0
    for seed in range(0, RUNS, 3):  # the longest of the suite: a third is enough of an everyday run
        path = tmp_path / str(seed) / "ashore.db"
        path.parent.mkdir()
        shutil.copy(template_path, path)
        after = ("ready", "2")[seed % 2]
        said = kill_at_random(work.review, path, seed=seed, within=0.15, after=after)
        acknowledged = [int(word) for word in said if word.isdigit()]
        database = start_again(path)
        with database.read() as session:
            (sitting,) = open_sittings(session)
        given = [attempt.id for attempt in sitting.attempts]
        assert set(acknowledged) <= set(given)
        assert len(given) <= len(acknowledged) + 1
        assert len(given) == len(set(given))
        acknowledged_ever += len(acknowledged)
        shutil.rmtree(path.parent)
    assert acknowledged_ever >= RUNS // 6


@pytest.mark.torture
def test_import(template_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "whole" / "ashore.db"
    path.parent.mkdir()
    shutil.copy(template_path, path)
    within = seconds_of(work.import_notes, path, last_word="imported")
    with closing(sqlite3.connect(path)) as connection:
        everything = row_counts(connection)["question"]
    assert everything == 200
    for seed in range(RUNS):
        path = tmp_path / str(seed) / "ashore.db"
        path.parent.mkdir()
        shutil.copy(template_path, path)
        said = kill_at_random(work.import_notes, path, seed=seed, within=within * 1.1)
        database = start_again(path)
        with closing(sqlite3.connect(path)) as connection:
            found = row_counts(connection)["question"]
        assert found in ((everything,) if "imported" in said else (0, everything))
        assert (work.undoable(database) != "") == (found == everything)
        shutil.rmtree(path.parent)


@pytest.mark.torture
def test_migration(template_path: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    work.prepare_migration(whole)
    filled = whole / "filled.db"
    shutil.copy(template_path, filled)
    database = open_database(filled, now=NOW)
    with database.change("rows", now=NOW) as session:
        for number in range(300):
            add_company(session, name=f"company {number}", now=NOW)
    with closing(sqlite3.connect(filled)) as connection:
        rows = row_counts(connection)
    path = whole / "ashore.db"
    shutil.copy(filled, path)
    within = seconds_of(work.migrate_to_next, path, last_word="migrated")
    newer = SCHEMA_VERSION + 1
    seen = set()
    for seed in range(RUNS):
        shutil.copy(filled, path)
        said = kill_at_random(work.migrate_to_next, path, seed=seed, within=within * 1.1)
        with closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            assert row_counts(connection) == rows
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            assert not any(name.startswith("_alembic") for name in tables)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert version == newer if "migrated" in said else version in (SCHEMA_VERSION, newer)
        seen.add(version)
        if version == SCHEMA_VERSION:
            start_again(path)
            assert seconds_of(work.migrate_to_next, path, last_word="migrated") > 0
    assert SCHEMA_VERSION in seen


@pytest.mark.torture
def test_first_start(tmp_path: Path) -> None:
    path = tmp_path / "whole" / "ashore.db"
    within = seconds_of(work.create, path, last_word="created")
    for seed in range(RUNS):
        path = tmp_path / str(seed) / "ashore.db"
        said = kill_at_random(work.create, path, seed=seed, within=within * 1.1)
        assert schema_version(path) in ((SCHEMA_VERSION,) if "created" in said else (0, SCHEMA_VERSION))
        start_again(path)
        shutil.rmtree(path.parent)


@pytest.mark.torture
def test_backups(template_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    shutil.copy(template_path, path)
    digest = content_hash(path, with_log=True)
    for seed in range(RUNS):
        said = kill_at_random(work.make_backups, path, seed=seed, within=0.1)
        made = list_backups(tmp_path / "backups")
        assert {word for word in said if word != "ready"} <= {backup.path.name for backup in made}
        for backup in made:
            check_backup(backup.path)
            assert digest.startswith(backup.digest)
        assert content_hash(path, with_log=True) == digest


@pytest.mark.torture
def test_restores(template_path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("one", "two"):
        shutil.copy(template_path, kept / f"{name}.db")
        database = open_database(kept / f"{name}.db", now=NOW)
        with database.change(name, now=NOW) as session:
            add_company(session, name=name, now=NOW)
    path = tmp_path / "ashore.db"
    shutil.copy(kept / "one.db", path)
    hashes = {content_hash(kept / f"{name}.db", with_log=True) for name in ("one", "two")}
    for seed in range(RUNS):
        said = kill_at_random(work.restore_again, path, seed=seed, within=0.15)
        database = start_again(path)
        assert names(database) in ({"one"}, {"two"})
        assert content_hash(path, with_log=True) in hashes
        if len(said) > 1:
            after = {"one.db": ({"one"}, {"two"}), "two.db": ({"two"}, {"one"})}[said[-1]]
            assert names(database) in after


def test_migrating_what_is_current_is_nothing(template_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    shutil.copy(template_path, path)
    before = path.read_bytes()
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(path.read_bytes()) == len(before)
