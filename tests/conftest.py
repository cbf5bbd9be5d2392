"""What tests share: a fixed clock, and a migrated database made once and copied for each test."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from prep.storage import open_database
from tracker.db import Database
from tracker.messages import choose_language

choose_language("en")

# A machine that is busy elsewhere makes no example wrong. The same examples each time tell a change that breaks one
# from a change that merely met it; "make torture" looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("exploring", deadline=None, max_examples=500)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """What was imported stays: let the collector pass it by, and come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_runtest_setup() -> None:
    """Each test begins in English, whatever the one before spoke."""
    choose_language("en")


FillOnce = Callable[[str, Database, Callable[[], object]], Path]

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def template_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ashore.db"
    open_database(path, now=NOW)
    return path


@pytest.fixture
def database_path(template_path: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ashore.db"
    shutil.copy(template_path, path)
    return path


@pytest.fixture
def database(database_path: Path) -> Database:
    return open_database(database_path, now=NOW)


@pytest.fixture(scope="session")
def fill_once(tmp_path_factory: pytest.TempPathFactory) -> FillOnce:
    """Fills a database that is as every test finds it: once by this name, and later by a copy of what came of it."""
    folder = tmp_path_factory.mktemp("filled")

    def fill(name: str, database: Database, by: Callable[[], object]) -> Path:
        kept = folder / f"{name}.db"
        if not kept.exists():
            by()
        database.engine.dispose()
        shutil.copy(*((kept, database.path) if kept.exists() else (database.path, kept)))
        return database.path

    return fill


@pytest.fixture
def fresh_database(template_path: Path, fast_folder: Path) -> Callable[[], Database]:
    """Makes the one database of a random test empty again for each example: a new one would compile every query anew."""
    path = fast_folder / "ashore.db"
    shutil.copy(template_path, path)
    database = open_database(path, now=NOW)

    def renew() -> Database:
        database.engine.dispose()
        shutil.copy(template_path, path)
        return database

    return renew


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def fast_folder() -> Iterator[Path]:
    """A folder in memory where there is one: random tests commit thousands of times and lose no power."""
    memory = Path("/dev/shm")  # noqa: S108 - a random folder is made in it
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)
