"""What only a real terminal shows: a crash in a toast, an escape sequence that gets through, two programs at once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.terminal.conftest import Terminal
from tracker.applications import add_application
from tracker.board import load_board
from tracker.companies import add_company
from tracker.db import Database
from tracker.pipeline import move_to

Open = Callable[..., Terminal]

CLIPBOARD = "\x1b]52;c;c3RvbGVu\x07"
NAMES = (
    "[/x]",
    "[@click=app.quit]退出[/]",
    f"ESC\x1b[31m{CLIPBOARD}端",
    "名" * 200,
    "得到",
    "[MASK] $\\frac{a}{b}$",
)


def add_hunt(database: Database, names: tuple[str, ...], now: datetime) -> None:
    with database.change("seed", now=now, kind="demo") as session:
        for name in names:
            company_id = add_company(session, name=name, now=now)
            application_id = add_application(session, company_id=company_id, now=now, position=name)
            move_to(session, application_id=application_id, label="投递", now=now, note=name)


def poison(path: Path) -> None:
    """Control characters as an older version or another program may have left them behind the sanitiser's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE board_row SET company = ?, position = ? WHERE company = '得到'", (NAMES[2], NAMES[2])
        )
        connection.commit()


def stage(path: Path, application_id: int = 1) -> str:
    return next(row.stage for row in load_board(path).rows if row.application_id == application_id)


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
def test_no_name_crashes_or_commands_the_terminal(
    database: Database, clock: Callable[[], datetime], open_terminal: Open, size: tuple[int, int]
) -> None:
    add_hunt(database, NAMES, clock())
    poison(database.path)
    terminal = open_terminal(database.path, columns=size[0], rows=size[1])
    terminal.wait_for("6 under way", "[/x]", "[@click", "[MASK]")
    for number in range(len(NAMES)):
        terminal.send(">")
        terminal.wait_for("测评")
        terminal.send("s")
        terminal.wait_for("to which stage?")
        terminal.send("\x1b")  # the wait that follows keeps it apart from the next key
        terminal.wait_until(lambda text: "to which stage?" not in text, "the stages stayed")
        terminal.send("D")
        terminal.wait_for("or what is to be noted?")
        terminal.send("\x1b")  # the wait that follows keeps it apart from the next key
        terminal.wait_until(lambda text: "to be noted?" not in text, "the prompt stayed")
        terminal.send("!")  # refused with a sentence in a toast
        terminal.send("\x1b[B")
        terminal.read(0.2)
        assert terminal.child.isalive(), f"it died at name {number}:\n{terminal.text()}"
    terminal.wait_for("only a closed application")
    terminal.send("c")
    terminal.wait_for("assessment 6")
    assert b"\x1b]52" not in terminal.raw
    assert b"\x1b[31m" not in terminal.raw
    assert terminal.close() == 0


def test_a_change_is_on_disk_when_the_screen_says_so_and_u_takes_it_back(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    add_hunt(database, ("快手",), clock())
    terminal = open_terminal(database.path)
    terminal.wait_for("快手")
    terminal.send(">")
    terminal.wait_for("快手 → 测评", "u undo")
    assert stage(database.path) == "测评"
    terminal.send("u")
    terminal.wait_for("Undone: 快手 → 测评")
    assert stage(database.path) == "投递"
    assert terminal.close() == 0


def test_two_dashboards_show_each_others_changes_and_lose_none(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    add_hunt(database, ("快手", "美团"), clock())
    first, second = open_terminal(database.path), open_terminal(database.path)
    for terminal in (first, second):
        terminal.wait_for("快手", "美团")
    first.send("sw")
    first.wait_for("→ 笔试")
    second.wait_for("笔试")
    second.send("\x1b[Bs1")
    second.wait_for("→ 一面")
    first.wait_for("笔试", "一面")
    stages = sorted(row.stage for row in load_board(database.path).rows)
    assert stages == ["一面", "笔试"]
    assert [first.close(), second.close()] == [0, 0]


def test_keys_typed_before_the_orm_is_loaded_are_not_lost(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    add_hunt(database, ("快手",), clock())
    terminal = open_terminal(database.path)
    terminal.wait_for("快手")
    terminal.send(">>p")
    terminal.wait_for("笔试 passed")
    row = load_board(database.path).rows[0]
    assert (row.stage, row.outcome) == ("笔试", "passed")
    assert terminal.close() == 0


def test_a_crash_shows_where_and_nothing_that_a_person_wrote(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    """A database damaged so that the first screen cannot read it, with a secret in the row."""
    add_hunt(database, ("得到",), clock())
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("UPDATE board_row SET since_at = 'my secret note'")
        connection.commit()
    terminal = open_terminal(database.path)
    terminal.wait_until(lambda text: "Ashore stopped" in text, "no sentence")
    terminal.close()
    assert b"my secret note" not in terminal.raw
    assert b"Traceback" not in terminal.raw
