"""Whether the migrations make the tables that the models describe; exit status 1, with the differences, when not."""

import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine
from sqlmodel import SQLModel

import prep.models
import tracker.models
from tracker.files import create_private_file
from tracker.schema import migrate

MODELS = (prep.models, tracker.models)


def differences(metadata: MetaData, path: Path) -> list[Any]:
    """What Alembic would change, and what it does not compare: how each table and index is declared."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = list(compare_metadata(context, metadata))
    engine.dispose()
    return found or _declared_differently(metadata, path)


def _declared_differently(metadata: MetaData, path: Path) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        direct = Path(folder) / "direct.db"
        engine = create_engine(f"sqlite:///{direct}")
        metadata.create_all(engine)
        engine.dispose()
        wanted, made = _declarations(direct), _declarations(path)
    return [(name, wanted.get(name), made.get(name)) for name in wanted if wanted.get(name) != made.get(name)]


def _declarations(path: Path) -> dict[str, list[Any]]:
    """Columns, keys and autoincrement of each table, by SQLite's own account."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            found[name] = [
                sorted(row[1:] for row in connection.execute(f'PRAGMA table_info("{name}")')),
                sorted(row[2:5] for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')),
                "AUTOINCREMENT" in sql,
            ]
        return found


def main(_arguments: Sequence[str] = ()) -> int:
    """Migrate an empty database and compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ashore.db"
        create_private_file(path)
        migrate(path)
        found = differences(SQLModel.metadata, path)
    for difference in found:
        print(f"Models and migrations differ: {difference}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
