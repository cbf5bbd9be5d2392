"""Of many applications the first screen reads the first ones itself: they must be the first of the whole board."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tracker.board import FIRST_ROWS, MANY, count_rows, load_board, load_first_board, projected
from tracker.board_filter import order_rows
from tracker.db import Database

COLUMNS = "application_id, company_id, company, phase, stage, outcome, in_pool, active, since_at, next_at, next_ends_at, deadline_at"


def _rows(count: int, now: datetime) -> Iterator[tuple[object, ...]]:
    chance = random.Random(7)  # noqa: S311 - the same rows each time

    def moment() -> str:
        return chance.choice(("", projected(now + timedelta(hours=chance.randint(-200, 200)))))

    for number in range(1, count + 1):
        phase = chance.choice(("intent", "applied", "interview", "offer"))
        pooled, active = chance.random() < 0.2, chance.random() < 0.8
        yield (
            number,
            number,
            f"公司{number}",
            phase,
            "一面",
            "",
            pooled,
            active,
            moment(),
            moment(),
            moment(),
            moment(),
        )


def _fill(path: Path, count: int, now: datetime) -> None:
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    texts = "tier, position, batch, since_precision, next_stage, search"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            f"INSERT INTO board_row ({COLUMNS}, {texts}) VALUES ({marks}, '', '', '', 'minute', '', '')",
            _rows(count, now),
        )


@pytest.fixture
def now() -> datetime:
    return datetime.fromisoformat("2026-03-25T10:00:00+08:00")


def test_the_first_of_many_are_the_first_of_all(database: Database, now: datetime) -> None:
    _fill(database.path, MANY + 500, now)
    whole = {row.application_id: row for row in load_board(database.path).rows}
    first = load_first_board(database.path, now=now)
    under_way = [key for key in order_rows(whole.values(), sort="next", now=now) if whole[key].active]
    assert [row.application_id for row in first.rows] == under_way[:FIRST_ROWS]
    assert all(row == whole[row.application_id] for row in first.rows)
    assert first.numbers == count_rows(whole.values(), now)


def test_a_few_are_read_whole(database: Database, now: datetime) -> None:
    _fill(database.path, 20, now)
    assert load_first_board(database.path, now=now) == load_board(database.path)


def test_many_of_which_none_is_under_way_are_none(database: Database, now: datetime) -> None:
    _fill(database.path, MANY, now)
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute("UPDATE board_row SET active = 0")
    board = load_first_board(database.path, now=now)
    assert (board.rows, board.numbers) == ((), (0, 0, 0))
