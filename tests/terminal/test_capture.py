"""The capture bar in a real terminal: an input method's commits, pasted lines, what a paste may smuggle."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.terminal.conftest import Terminal
from tests.terminal.test_dashboard import CLIPBOARD, add_hunt, stage
from tracker.board import load_board
from tracker.db import Database

Open = Callable[..., Terminal]

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around pasted text."""
NAMES = ("快手", "美团")


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
def test_chinese_is_typed_committed_and_pasted(
    database: Database, clock: Callable[[], datetime], open_terminal: Open, size: tuple[int, int]
) -> None:
    add_hunt(database, NAMES, clock())
    terminal = open_terminal(database.path, columns=size[0], rows=size[1])
    terminal.wait_for("2 under way")
    terminal.send("a")
    terminal.wait_for("One line a thing that happened")
    # An input method sends what was chosen as one burst.
    terminal.send("快手二面下周三晚上七点")
    terminal.wait_for("→ 快手", "二面", "04-01 Wed 19:00")
    terminal.send(" 腾讯会议 123-456-789")
    terminal.wait_for("→ 快手", "腾讯会议 123-456-789")
    terminal.send("\r")
    terminal.wait_for("u undo", "二面")
    assert stage(database.path) == "二面"
    terminal.send("a")
    terminal.wait_for("One line a thing that happened")
    terminal.send(f"{PASTE}快手二面过了\r\n美团 一面 明天 15:00\r{PASTED}")
    terminal.wait_for("2 to write", "03-26 Thu 15:00")
    terminal.send("\x13")
    terminal.wait_for("and 1 more")
    found = {row.company: (row.stage, row.outcome) for row in load_board(database.path).rows}
    assert found == {"快手": ("二面", "passed"), "美团": ("一面", "")}
    assert terminal.close() == 0


def test_a_paste_neither_commands_the_terminal_nor_writes_by_itself(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    add_hunt(database, NAMES, clock())
    terminal = open_terminal(database.path)
    terminal.wait_for("2 under way")
    terminal.send("a")
    terminal.wait_for("One line a thing that happened")
    terminal.send(f"{PASTE}[/x] [@click=app.quit]退出[/]\n\u202e\x9b31m快手挂了\n{PASTED}")
    terminal.wait_for("→ 快手", "rejected")
    terminal.escape()
    terminal.escape()
    terminal.wait_until(lambda text: "One line" not in text, "the bar stayed")
    terminal.send(f"a{PASTE}{CLIPBOARD}美团挂了{PASTED}")
    terminal.read(0.5)
    assert terminal.child.isalive()
    assert stage(database.path, 2) == "投递"
    assert b"\x1b]52" not in terminal.raw
    assert b"\x9b31m" not in terminal.raw


def test_keys_typed_faster_than_the_bar_opens_are_not_lost(
    database: Database, clock: Callable[[], datetime], open_terminal: Open
) -> None:
    add_hunt(database, NAMES, clock())
    terminal = open_terminal(database.path)
    terminal.wait_for("2 under way")
    terminal.send("a快手一面过了\r")
    terminal.wait_for("u undo")
    terminal.send("a美团一面过了\r")
    terminal.wait_until(lambda _text: stage(database.path, 2) == "一面", "the second line was lost")
    assert stage(database.path, 1) == "一面"
