"""A full disk, a file that is gone, replaced or read-only, and several programs at once."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from prep.examining import examine_database
from prep.storage import open_database
from tests.faults import work
from tests.faults.victims import running
from tracker.backups import BackupError, back_up, list_backups
from tracker.companies import add_company, edit_company, list_companies, require_company_id, view_company
from tracker.contents import content_hash
from tracker.db import Database, StorageError
from tracker.errors import DatabaseRefusedError
from tracker.exports.everything import write_everything
from tracker.restoring import restore

NOW = work.NOW


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system takes root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def sound(path: Path, backups: Path | None = None) -> None:
    findings = examine_database(path, backups=backups, now=NOW)
    assert [finding.sentence for finding in findings if not finding.ok] == []


def note_number(path: Path) -> int:
    with open_database(path, now=NOW).read() as session:
        return int(view_company(session, require_company_id(session, "满")).note.split()[0])


def test_a_full_disk_ends_in_a_sentence_and_loses_nothing(template_path: Path, small_disk: Path) -> None:
    path = small_disk / "ashore.db"
    shutil.copy(template_path, path)
    with running(work.fill_up, path) as victim:
        said = victim.rest()
    assert said[-1].startswith("StorageError: Nothing was written")
    assert note_number(path) == int(said[-2])
    sound(path)


def limited_fill(path: Path, pipe: Connection, seed: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    work.fill_up(path, pipe, seed)


def test_a_file_at_its_size_limit_ends_in_a_sentence_and_loses_nothing(template_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    shutil.copy(template_path, path)
    with running(limited_fill, path) as victim:
        said = victim.rest()
    assert said[-1].startswith("StorageError: Nothing was written")
    assert note_number(path) == int(said[-2])
    sound(path)


def filled(path: Path, *, characters: int) -> Database:
    database = open_database(path, now=NOW)
    with database.change("rows", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        edit_company(session, company_id=company_id, note="字" * characters)
    return database


def test_no_fake_backup_is_left_on_a_full_disk(database_path: Path, small_disk: Path) -> None:
    filled(database_path, characters=300_000)
    with pytest.raises(BackupError, match="No backup could be made"):
        back_up(database_path, folder=small_disk, now=NOW, reason="asked")
    assert list(small_disk.iterdir()) == []


def test_a_restore_on_a_full_disk_changes_nothing(template_path: Path, tmp_path: Path, small_disk: Path) -> None:
    large = tmp_path / "large.db"
    shutil.copy(template_path, large)
    filled(large, characters=200_000)
    path = small_disk / "ashore.db"
    shutil.copy(template_path, path)
    before = content_hash(path, with_log=True)
    with pytest.raises(BackupError, match="was not restored"):
        restore(path, backup=large, folder=tmp_path / "backups", now=NOW)
    assert content_hash(path, with_log=True) == before
    assert [entry.name for entry in small_disk.iterdir()] == ["ashore.db"]
    sound(path, tmp_path / "backups")


def test_an_export_on_a_full_disk_keeps_the_older_export(database_path: Path, small_disk: Path) -> None:
    database = filled(database_path, characters=500_000)
    target = small_disk / "everything.json"
    target.write_text("the older export")
    with database.read() as session, pytest.raises(StorageError, match="cannot be written"):
        write_everything(session, target, now=NOW)
    assert target.read_text() == "the older export"
    assert [entry.name for entry in small_disk.iterdir()] == ["everything.json"]


def test_a_first_start_on_a_full_disk_is_refused_and_works_later(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    path = small_disk / "ashore.db"
    with pytest.raises(StorageError):
        open_database(path, now=NOW)
    ballast.unlink()
    open_database(path, now=NOW)
    sound(path)


def test_the_first_change_of_a_day_tells_that_its_backup_failed(database_path: Path, small_disk: Path) -> None:
    filled(database_path, characters=300_000)
    warnings: list[str] = []
    database = open_database(database_path, now=NOW, backups=small_disk / "backups", warn=warnings.append)
    with database.change("still", now=NOW) as session:
        add_company(session, name="written all the same", now=NOW)
    assert len(warnings) == 1
    assert "backup is missing" in warnings[0]
    silent = open_database(database_path, now=NOW, backups=small_disk / "backups")
    with pytest.raises(BackupError), silent.change("never", now=NOW):
        pass
    with database.read() as session:
        assert len(list_companies(session)) == 2


def test_a_deleted_database_is_noticed_and_not_made_anew(database: Database) -> None:
    database.path.unlink()
    with pytest.raises(StorageError), database.change("lost", now=NOW):
        pass
    with pytest.raises(StorageError), database.read() as session:
        list_companies(session)
    assert not database.path.exists()


def test_a_database_deleted_during_a_change_is_noticed(database: Database) -> None:
    with pytest.raises(StorageError, match="deleted or replaced"), database.change("lost", now=NOW) as session:  # noqa: PT012 - the end of the block is what raises
        add_company(session, name="海潮云", now=NOW)
        database.path.unlink()


def test_a_database_replaced_by_another_is_used_by_the_next_change(
    database: Database, template_path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    shutil.copy(template_path, other)
    filled(other, characters=10)
    other.replace(database.path)
    with database.change("next", now=NOW) as session:
        add_company(session, name="second", now=NOW)
    with database.read() as session:
        assert {company.name for company in list_companies(session)} == {"海潮云", "second"}


def test_a_database_replaced_by_a_stranger_is_refused(database: Database, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE company (id INTEGER PRIMARY KEY, name TEXT)")
    before = stranger.read_bytes()
    stranger.replace(database.path)
    with pytest.raises(DatabaseRefusedError), database.change("x", now=NOW) as session:
        add_company(session, name="海潮云", now=NOW)
    assert database.path.read_bytes() == before


def test_overwritten_pages_end_in_a_sentence(database: Database) -> None:
    with database.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (database.path.stat().st_size - 4096))
    with pytest.raises((DatabaseRefusedError, StorageError)), database.read() as session:
        list_companies(session)


def as_nobody(path: Path, pipe: Connection, seed: int) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    database = open_database(path, now=NOW)
    with database.read() as session:
        pipe.send_bytes(str(len(list_companies(session))).encode())
    try:
        with database.change("x", now=NOW) as session:
            add_company(session, name="never", now=NOW)
    except StorageError as error:
        pipe.send_bytes(str(error).encode())


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o755, 0o444), (0o555, 0o444)])
def test_what_is_read_only_can_be_read_and_stays_as_it_is(
    folder_mode: int, file_mode: int, template_path: Path
) -> None:
    # Not in pytest's folder, which other users may not enter: root gives its rights away for this.
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ashore.db"
        shutil.copy(template_path, path)
        path.chmod(file_mode)
        path.parent.chmod(folder_mode)
        before = path.read_bytes()
        with running(as_nobody, path) as victim:
            said = victim.rest()
        path.parent.chmod(0o755)
        assert said[0] == "0"
        assert said[1].startswith("Nothing was written")
        assert path.read_bytes() == before


def test_four_programs_that_read_and_write_lose_nothing(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="计数", now=NOW)
        edit_company(session, company_id=company_id, note="0")
    with contextlib.ExitStack() as stack:
        victims = [stack.enter_context(running(work.count_up, database.path)) for _number in range(4)]
        for victim in victims:
            assert victim.rest()[-1] == "done"
    with database.read() as session:
        assert view_company(session, company_id).note == "100"
    sound(database.path)


def test_a_restore_under_an_open_dashboard(database: Database, tmp_path: Path) -> None:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="计数", now=NOW)
        edit_company(session, company_id=company_id, note="0")
    folder = tmp_path / "backups"
    backup = back_up(database.path, folder=folder, now=NOW, reason="asked")
    watcher = sqlite3.connect(f"{database.path.as_uri()}?mode=ro", uri=True)
    version = watcher.execute("PRAGMA data_version").fetchone()
    with running(work.count_up, database.path) as victim:
        victim.wait_for("ready")
        before = restore(database.path, backup=backup.path, folder=folder, now=NOW)
        assert victim.rest()[-1] == "done"
    assert watcher.execute("PRAGMA data_version").fetchone() != version
    watcher.close()
    assert before is not None
    kept = open_database(before.path, now=NOW)
    with kept.read() as session:
        at_restore = int(view_company(session, company_id).note)
    with database.read() as session:
        after = int(view_company(session, company_id).note)
    assert at_restore + after == 25, "each of the 25 is in the backup of what was there, or in what is there"
    sound(database.path, folder)


def test_two_programs_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    with contextlib.ExitStack() as stack:
        victims = [stack.enter_context(running(work.create, path)) for _number in range(2)]
        for victim in victims:
            victim.wait_for("created")
    sound(path)
    assert list_backups(tmp_path / "backups") == ()
