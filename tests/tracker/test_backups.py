import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.storage import open_database
from tracker import contents
from tracker.backups import (
    ALL_KEPT,
    DAYS,
    MONTHS,
    WEEKS,
    BackupError,
    back_up,
    back_up_before_first_change,
    list_backups,
    list_leftovers,
    remove_old_backups,
    which_to_keep,
)
from tracker.companies import add_company, list_companies
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import DatabaseRefusedError
from tracker.models import Company
from tracker.restoring import restore

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def add(database: Database, name: str, *, now: datetime = NOW) -> None:
    with database.change(name, now=now) as session:
        add_company(session, name=name, now=now)


def names(path: Path) -> set[str]:
    with open_database(path, now=NOW).read() as session:
        return {company.name for company in list_companies(session)}


def test_a_backup_is_private_equal_and_tells_what_it_is(database: Database, tmp_path: Path) -> None:
    add(database, "海潮云")
    folder = tmp_path / "backups"
    made = back_up(database.path, folder=folder, now=NOW, reason="asked")
    assert made.path.name.startswith("ashore-20260325-100000+0800-asked-")
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert content_hash(made.path, with_log=True) == content_hash(database.path, with_log=True)
    assert list_backups(folder) == (made,)
    assert made.made_at == NOW
    assert made.reason == "asked"
    assert made.size == made.path.stat().st_size


def test_the_first_change_of_a_day_is_preceded_by_a_backup(database_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    database = open_database(database_path, now=NOW, backups=folder)
    days = (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1), NOW + timedelta(days=1, hours=13))
    for number, now in enumerate(days):
        add(database, f"company {number}", now=now)
    assert [(backup.made_at, backup.reason) for backup in list_backups(folder)] == [
        (days[2], "day"),
        (days[0], "day"),
    ]
    newest, oldest = list_backups(folder)
    assert names(newest.path) == {"company 0", "company 1"}
    assert names(oldest.path) == set()


def test_a_day_is_that_of_the_person(database_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    late = datetime(2026, 3, 25, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert back_up_before_first_change(database_path, folder=folder, now=late) is not None
    assert back_up_before_first_change(database_path, folder=folder, now=late + timedelta(minutes=20)) is None
    assert back_up_before_first_change(database_path, folder=folder, now=late + timedelta(minutes=40)) is not None


@pytest.mark.parametrize("content", [None, b""])
def test_nothing_needs_no_backup(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ashore.db"
    if content is not None:
        path.write_bytes(content)
    assert back_up_before_first_change(path, folder=tmp_path / "backups", now=NOW) is None


def test_a_copy_that_differs_is_no_backup(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = iter(("the database's", "the copy's"))
    monkeypatch.setattr(contents, "content_hash", lambda *_arguments, **_options: next(hashes))
    folder = tmp_path / "backups"
    with pytest.raises(BackupError, match="not equal"):
        back_up(database.path, folder=folder, now=NOW, reason="asked")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("mine")
    with pytest.raises(BackupError):
        back_up(database.path, folder=tmp_path / "backups", now=NOW, reason="asked")
    with pytest.raises(BackupError):
        back_up_before_first_change(database.path, folder=tmp_path / "backups", now=NOW)
    assert list_backups(tmp_path / "backups") == ()
    assert (tmp_path / "backups").read_text() == "mine"


def test_backups_that_are_due_go_and_other_files_stay(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for days in range(60):
        back_up(database.path, folder=folder, now=NOW + timedelta(days=days), reason="day")
    stranger = folder / "ashore-of-mine.db"
    stranger.write_text("keep me")
    now = NOW + timedelta(days=60)
    remove_old_backups(folder, now=now)
    times = [backup.made_at for backup in list_backups(folder)]
    assert times[:DAYS] == [now - timedelta(days=days) for days in range(1, DAYS + 1)]
    assert len(times) < DAYS + WEEKS + MONTHS
    assert stranger.exists()


def test_what_a_killed_program_left_goes_after_an_hour(tmp_path: Path) -> None:
    partial = tmp_path / ".ashore.x1.partial"
    partial.write_bytes(b"half")
    written = datetime.fromtimestamp(partial.stat().st_mtime, UTC)
    assert list_leftovers(tmp_path, now=written + timedelta(minutes=30)) == ()
    assert list_leftovers(tmp_path, now=written + timedelta(hours=2)) == (partial,)
    assert remove_old_backups(tmp_path, now=written + timedelta(hours=2)) == (partial,)


moments = st.integers(min_value=0, max_value=35_000).map(lambda hours: NOW - timedelta(hours=hours))


@given(st.lists(moments, max_size=80), moments)
def test_which_to_keep(times: list[datetime], now: datetime) -> None:
    kept = which_to_keep(times, now)
    past = [time for time in times if time <= now]
    old = {time for time in kept if time <= now - ALL_KEPT}
    assert kept <= set(times)
    assert {time for time in times if time > now - ALL_KEPT} <= kept
    assert len(old) <= DAYS + WEEKS + MONTHS
    assert not past or max(past) in kept
    days = sorted({time.date() for time in past}, reverse=True)[:DAYS]
    assert {time.date() for time in kept if time <= now} >= set(days)
    assert len({(time.year, time.month) for time in kept if time <= now}) >= min(
        MONTHS, len({(time.year, time.month) for time in past})
    )
    assert which_to_keep(kept, now) == kept, "what was kept is kept when nothing has changed"


@given(st.integers(min_value=1, max_value=500))
def test_daily_backups_thin_out(days: int) -> None:
    kept: frozenset[datetime] = frozenset()
    for day in range(days):
        now = NOW + timedelta(days=day)
        kept = which_to_keep({*kept, now}, now)
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert {NOW + timedelta(days=day) for day in range(max(0, days - DAYS), days)} <= kept
    reach = NOW + timedelta(days=days - 1) - min(kept)
    assert reach >= timedelta(days=min(days - 31, 210)), "back to the end of the ninth month, this one included"


def test_a_restore_gives_back_the_rows_and_keeps_what_was_there(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    add(database, "first")
    backup = back_up(database.path, folder=folder, now=NOW, reason="asked")
    expected = content_hash(database.path, with_log=True)
    add(database, "second")
    before = restore(database.path, backup=backup.path, folder=folder, now=NOW + timedelta(minutes=1))
    assert content_hash(database.path, with_log=True) == expected
    assert names(database.path) == {"first"}
    assert before is not None
    assert before.reason == "restore"
    assert names(before.path) == {"first", "second"}
    add(database, "third")
    assert names(database.path) == {"first", "third"}
    restore(database.path, backup=before.path, folder=folder, now=NOW + timedelta(minutes=2))
    assert names(database.path) == {"first", "second"}
    assert {entry.name for entry in tmp_path.iterdir()} == {"ashore.db", "backups"}


def test_a_restore_removes_what_a_killed_one_left(database: Database, tmp_path: Path) -> None:
    backup = back_up(database.path, folder=tmp_path / "backups", now=NOW, reason="asked")
    left = database.path.with_name(".ashore.db.k3x.restoring")
    left.touch()
    written = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    for passed, is_there in ((timedelta(minutes=30), True), (timedelta(hours=2), False)):
        restore(database.path, backup=backup.path, folder=tmp_path / "backups", now=written + passed)
        assert left.exists() == is_there


@pytest.mark.parametrize("size", [None, 0])
def test_a_restore_into_nothing(size: int | None, database: Database, tmp_path: Path) -> None:
    add(database, "first")
    backup = back_up(database.path, folder=tmp_path / "backups", now=NOW, reason="asked")
    path = tmp_path / "elsewhere" / "new.db"
    if size is not None:
        path.parent.mkdir()
        path.touch()
    assert restore(path, backup=backup.path, folder=tmp_path / "backups", now=NOW) is None
    assert names(path) == {"first"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_restored_database_never_gives_an_id_twice(database: Database, tmp_path: Path) -> None:
    add(database, "first")
    with database.change("removed", now=NOW) as session:
        session.add(Company(id=900, name="x", name_key="x"))
    with database.change("removed", now=NOW) as session:
        session.delete(session.get_one(Company, 900))
    backup = back_up(database.path, folder=tmp_path / "backups", now=NOW, reason="asked")
    restore(database.path, backup=backup.path, folder=tmp_path / "backups", now=NOW)
    with database.change("next", now=NOW) as session:
        assert add_company(session, name="next", now=NOW) == 901


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))


def test_a_damaged_database_can_be_restored_and_is_kept(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    add(database, "first")
    backup = back_up(database.path, folder=folder, now=NOW, reason="asked")
    damage(database.path)
    remains = database.path.read_bytes()
    assert restore(database.path, backup=backup.path, folder=folder, now=NOW) is None
    assert names(database.path) == {"first"}
    (kept,) = folder.glob("damaged-*")
    assert kept.read_bytes() == remains
    assert kept.stat().st_mode & 0o777 == 0o600
    assert database.path.stat().st_mode & 0o777 == 0o600


def _text(path: Path) -> None:
    path.write_text("not a backup")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _dangling(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO company_alias (company_id, name, name_key, pinyin) VALUES (5, 'a', 'a', '')")
        connection.commit()


@pytest.mark.parametrize("spoil", [_text, _empty, _missing, _newer, _dangling, damage])
def test_what_is_no_backup_is_not_restored(spoil: object, database: Database, tmp_path: Path) -> None:
    assert callable(spoil)
    add(database, "first")
    backup = tmp_path / "backup.db"
    shutil.copy(database.path, backup)
    spoil(backup)
    before = database.path.read_bytes()
    with pytest.raises(DatabaseRefusedError):
        restore(database.path, backup=backup, folder=tmp_path / "backups", now=NOW)
    assert database.path.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_restore_over_a_stranger_is_refused(database: Database, tmp_path: Path) -> None:
    stranger = tmp_path / "notes.md"
    stranger.write_text("my only copy")
    with pytest.raises(DatabaseRefusedError):
        restore(stranger, backup=database.path, folder=tmp_path / "backups", now=NOW)
    assert stranger.read_text() == "my only copy"
