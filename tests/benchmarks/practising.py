"""How long a whole replay takes, the queue of what is due, and a review with its commit and the next question."""

import gc
import random
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from prep.memory.states import RATINGS, rebuild_all_memory
from prep.questions import read_answer
from prep.sittings.due import due_questions, next_question
from prep.sittings.recording import begin_sitting, rate, view_sitting
from prep.storage import open_database
from tests.benchmarks.programs import NOW
from tracker.db import Database


def copy_practised(bank: Path, path: Path) -> Path:
    """A copy of a bank with attempts, its states replayed from them."""
    shutil.copy(bank, path)
    now = datetime.fromisoformat(NOW)
    with open_database(path, now=now).change("replay", now=now, kind="setting") as session:
        rebuild_all_memory(session)
    return path


def measure_replay(path: Path, *, rounds: int) -> list[float]:
    """Seconds of replaying every attempt into its state, without the commit."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)

    def replay() -> None:
        with database.change("replay", now=now, keep=False) as session:
            rebuild_all_memory(session)

    return [milliseconds / 1000 for milliseconds in _timed(replay, rounds)]


def measure_queue(path: Path, *, rounds: int) -> list[float]:
    """Milliseconds until it is known what to practise, each time in a session of its own."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    gc.freeze()  # as the dashboard does once the database is open

    def read() -> None:
        with database.read() as session:
            due_questions(session, now=now)

    return _timed(read, rounds)


def measure_reviews(path: Path, *, rounds: int) -> list[float]:
    """Milliseconds from a rating until it is on disk and the next question is read."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    chance = random.Random(6)  # noqa: S311 - it must repeat
    plan = tuple(range(1, rounds * 2))
    with database.change("begin", now=now, kind="setting") as session:
        sitting_id = begin_sitting(session, kind="daily", now=now, plan={"questions": plan})
    clock = iter(now + timedelta(seconds=20 * number) for number in range(rounds + 2))
    return _timed(lambda: _review(database, sitting_id, plan, next(clock), chance.choice(RATINGS)), rounds)


def _review(database: Database, sitting_id: int, plan: tuple[int, ...], at: datetime, rating: str) -> None:
    with database.read() as session:
        asked = next_question(plan, view_sitting(session, sitting_id).attempts, now=at)
        if asked is None:
            raise SystemExit("The sitting came to its end before the measurement did.")
        read_answer(session, asked)
    with database.change("rate", now=at) as session:
        rate(session, sitting_id=sitting_id, question_id=asked, rating=rating, now=at, seconds=20)


def _timed(run: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of so many runs, after one for nothing."""
    found: list[float] = []
    for _number in range(rounds + 1):
        began = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - began))
    return found[1:]
