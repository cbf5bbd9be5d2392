"""What the victims do until they are killed. Each says on its pipe what it was told is on disk."""

import random
import shutil
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

from prep.bank import add_question
from prep.importing.run import import_files
from prep.sittings.recording import begin_sitting, rate
from prep.storage import open_database
from tracker import companies, pipeline, rounds, schema
from tracker.applications import add_application
from tracker.backups import back_up
from tracker.changes import find_undoable
from tracker.db import Database, connect_read_write
from tracker.resources import resource
from tracker.restoring import restore
from tracker.schema import HEAD_REVISION
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

NEXT_MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{HEAD_REVISION}", None, None


def upgrade() -> None:
    for name in ("company", "application", "event", "change_entry"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
"""


def edit(path: Path, pipe: Connection, seed: int) -> None:
    """Single changes, each acknowledged by its number; every fifth is undone and done again."""
    dice = random.Random(seed)  # noqa: S311 - a test repeats by its seed
    database = open_database(path, now=NOW, backups=path.parent / "backups")
    with database.read() as session:
        companies.list_companies(session)
    pipe.send_bytes(b"ready")
    for number in range(10_000):
        with database.change(f"edit {number}", now=NOW) as session:
            company_id = companies.add_company(session, name=f"edit {number}", now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            pipeline.move_to(
                session, application_id=application_id, label=dice.choice(("投递", "笔试", "一面")), now=NOW
            )
            rounds.plan_round(session, application_id=application_id, stage="一面", starts_at=NOW)
        if number % 5 == 4:
            undo(database, now=NOW)
        else:
            pipe.send_bytes(str(number).encode())


def review(path: Path, pipe: Connection, seed: int) -> None:
    """Reviews of one sitting, each acknowledged by its attempt; every seventh is undone."""
    dice = random.Random(seed)  # noqa: S311 - a test repeats by its seed
    database = open_database(path, now=NOW, backups=path.parent / "backups")
    with database.change("questions", now=NOW) as session:
        questions = [add_question(session, text=f"question {number}", now=NOW) for number in range(5)]
    with database.change("sitting", now=NOW, kind="setting") as session:
        sitting_id = begin_sitting(session, kind="daily", now=NOW, plan={"questions": questions})
    pipe.send_bytes(b"ready")
    for number in range(10_000):
        with database.change(f"review {number}", now=NOW) as session:
            attempt_id = rate(
                session,
                sitting_id=sitting_id,
                question_id=dice.choice(questions),
                rating=dice.choice(("again", "hard", "good", "easy")),
                now=NOW + timedelta(minutes=number),
                seconds=number,
            )
        if number % 7 == 6:
            undo(database, now=NOW)
        else:
            pipe.send_bytes(str(attempt_id).encode())


def import_notes(path: Path, pipe: Connection, seed: int) -> None:
    """One large import, acknowledged when it is done."""
    notes = path.parent / f"notes {seed}.md"
    questions = "\n".join(f"{number}. 第{number}个问题是什么？\n\n   回答 {number}\n" for number in range(1, 201))
    notes.write_text(f"# 八股\n\n{questions}", encoding="utf-8")
    database = open_database(path, now=NOW)
    pipe.send_bytes(b"ready")
    import_files(database, [notes], now=NOW, zone=ZoneInfo("Asia/Shanghai"), backups=path.parent / "backups")
    pipe.send_bytes(b"imported")
    time.sleep(60)


def prepare_migration(folder: Path) -> None:
    """Put a second migration where ``migrate_to_next`` finds it."""
    scripts = folder / "migrations"
    shutil.copytree(resource("migrations"), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(NEXT_MIGRATION)


def migrate_to_next(path: Path, pipe: Connection, seed: int) -> None:
    """A migration that rebuilds tables with children."""
    folder = path.parent
    schema.resource = folder.joinpath  # type: ignore[attr-defined]
    schema.SCHEMA_VERSION += 1
    pipe.send_bytes(b"ready")
    schema.migrate(path)
    pipe.send_bytes(b"migrated")
    time.sleep(60)


def create(path: Path, pipe: Connection, seed: int) -> None:
    """The first start of all."""
    pipe.send_bytes(b"ready")
    open_database(path, now=NOW, backups=path.parent / "backups")
    pipe.send_bytes(b"created")
    time.sleep(60)


def write_half(path: Path, pipe: Connection, seed: int) -> None:
    """A transaction that is on the disk in part: pages and journal are written, the commit never comes."""
    connection = connect_read_write(path)
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE company SET note = 'half written'")
    for number in range(500):
        connection.execute(
            "INSERT INTO topic (name, name_key, position) VALUES (?, ?, 0)", (f"{number}" * 99, f"{number}")
        )
    pipe.send_bytes(b"ready")
    time.sleep(60)


def make_backups(path: Path, pipe: Connection, seed: int) -> None:
    """Backups, one after the other, each acknowledged by its name."""
    pipe.send_bytes(b"ready")
    for number in range(10_000):
        made = back_up(path, folder=path.parent / "backups", now=NOW.replace(second=number % 60), reason="asked")
        pipe.send_bytes(made.path.name.encode())


def restore_again(path: Path, pipe: Connection, seed: int) -> None:
    """One of two backups, then the other, each acknowledged by its name."""
    kept = sorted((path.parent / "kept").iterdir())
    pipe.send_bytes(b"ready")
    for number in range(10_000):
        backup = kept[number % len(kept)]
        restore(path, backup=backup, folder=path.parent / "backups", now=NOW)
        pipe.send_bytes(backup.name.encode())


def count_up(path: Path, pipe: Connection, seed: int) -> None:
    """Read a number, add one, write it back: 25 times."""
    database = open_database(path, now=NOW)
    pipe.send_bytes(b"ready")
    for _turn in range(25):
        add_one(database)
    pipe.send_bytes(b"done")


def add_one(database: Database) -> None:
    """One read-modify-write."""
    with database.change("count", now=NOW) as session:
        company_id = companies.require_company_id(session, "计数")
        number = int(companies.view_company(session, company_id).note)
        companies.edit_company(session, company_id=company_id, note=str(number + 1))


def fill_up(path: Path, pipe: Connection, seed: int) -> None:
    """Long notes until the disk is full; the last message is the sentence that a person would read."""
    database = open_database(path, now=NOW)
    with database.change("company", now=NOW) as session:
        company_id = companies.add_company(session, name="满", now=NOW)
    pipe.send_bytes(b"ready")
    for number in range(10_000):
        note = f"{number} " + "字" * 20_000
        try:
            with database.change(f"note {number}", now=NOW) as session:
                companies.edit_company(session, company_id=company_id, note=note)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            pipe.send_bytes(f"{type(error).__name__}: {error}".encode())
            return
        pipe.send_bytes(str(number).encode())


def undoable(database: Database) -> str:
    """The name of the step that undo would take back."""
    with database.read() as session:
        step = find_undoable(session)
    return step.name if step else ""
