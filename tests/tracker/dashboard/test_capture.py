"""The capture bar in the dashboard: from any screen, into the database, and back by one step of undo."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.board import BoardRow, load_board
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.dialogs.capture_bar import CaptureBar
from tracker.dashboard.screens.home import HomeScreen
from tracker.dashboard.widgets.filter_line import FilterLine
from tracker.dashboard.widgets.form import Form

OpenApp = Callable[..., AshoreApp]


async def open_bar(pilot: Pilot[None]) -> CaptureBar:
    """Press the key, and wait until the bar understands."""
    await pilot.press("a")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, CaptureBar) and pilot.app.screen.reader is not None)
    bar = pilot.app.screen
    assert isinstance(bar, CaptureBar)
    return bar


async def paste(pilot: Pilot[None], bar: CaptureBar, text: str) -> None:
    bar.typed.post_message(events.Paste(text))
    await wait_until(pilot, lambda: bool(bar.typed.text) and bar.is_read)


def row_of(path: Path, company: str) -> BoardRow:
    return next(row for row in load_board(path).rows if row.company == company)


def steps(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM change_set WHERE kind = 'change' ORDER BY id")]


def rounds(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT stage, platform FROM round ORDER BY id DESC").fetchall()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_line_is_written_and_the_cursor_is_on_what_it_changed(
    hunt: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "美团 一面 下周三 19:00 腾讯会议 123-456-789")
        assert "→ 美团 · 后端   arranged 一面   04-01 Wed 19:00" in screen_text(app)
        await press(pilot, "enter")
        assert "u undo" in screen_text(app)
        assert row_of(hunt, "美团").stage == "一面"
        assert rounds(hunt)[0] == ("一面", "腾讯会议 123-456-789")
        home = app.screen
        assert isinstance(home, HomeScreen)
        chosen = home.selected()
        assert chosen is not None
        assert (chosen.company, chosen.stage) == ("美团", "一面")
        assert app.unfinished == ""
        await press(pilot, "u")
        assert row_of(hunt, "美团").stage == "笔试"
        assert len(rounds(hunt)) == 2


async def test_a_new_company_is_asked_for_and_reached(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "云上飞鱼 前端 投了")
        assert bar.entries.choices
        await pilot.press("enter")
        added = next(n for n, choice in enumerate(bar.entries.choices) if choice.company_id is None)
        await press(pilot, str(added + 1))
        await press(pilot, "enter")
        await wait_until(pilot, lambda: any(row.company == "云上飞鱼" for row in load_board(hunt).rows))
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        chosen = home.selected()
        assert chosen is not None
        assert chosen.company == "云上飞鱼"


async def test_several_lines_are_one_step_of_undo(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = steps(hunt)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手一面过了\nQualcomm 笔试挂了\n泡池子是什么意思\n得到 一面 明天 15:00")
        assert [entry.company for entry in bar.entries.to_write] == ["快手", "Qualcomm", "得到"]
        await press(pilot, "ctrl+s")
        assert len(steps(hunt)) == len(before) + 1
        assert (row_of(hunt, "Qualcomm").outcome, row_of(hunt, "得到").stage) == ("rejected", "一面")
        await press(pilot, "u")
        assert (row_of(hunt, "Qualcomm").outcome, row_of(hunt, "得到").stage) == ("", "投递")


async def test_the_bar_opens_over_every_screen_but_not_while_one_types(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for place in ("2", "4"):
            await press(pilot, place)
            await open_bar(pilot)
            await press(pilot, "escape")
        app.open_page("company", company_id=company_id_of(hunt, "快手"))
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手一面过了")
        await press(pilot, "enter")
        assert row_of(hunt, "快手").outcome == "passed"
        await press(pilot, "1", "slash", "a")
        assert not isinstance(app.screen, CaptureBar)
        assert app.screen.query_one(FilterLine).query_one("Input").value == "a"  # type: ignore[attr-defined]


async def test_what_is_noted_over_another_day_brings_the_board_to_the_present(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.show_day(NOW - timedelta(days=30))
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手一面过了")
        await press(pilot, "enter")
        assert row_of(hunt, "快手").outcome == "passed"
        assert home.past is None
        assert home.rows[row_of(hunt, "快手").application_id].outcome == "passed"


async def test_an_unfinished_line_is_there_again(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手 二面 下")
        await press(pilot, "escape")
        bar = await open_bar(pilot)
        assert bar.typed.text == "快手 二面 下"
        await press(pilot, "end", "周", "三", "enter")
        bar = await open_bar(pilot)
        assert bar.typed.text == ""


async def test_what_could_not_be_written_is_said_and_kept(
    hunt: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手一面过了")
        with closing(sqlite3.connect(hunt)) as connection, connection:
            connection.execute("DELETE FROM board_row")
            connection.execute("DELETE FROM round")
            connection.execute("DELETE FROM event")
            connection.execute("DELETE FROM application")
        await press(pilot, "enter")
        await wait_until(pilot, lambda: bool(app._notifications))
        assert app.unfinished == "快手一面过了"


async def test_a_second_application_is_warned_of_before_it_is_written(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "美团 产品经理 投了")
        await wait_until(pilot, lambda: "live application in this batch" in screen_text(app))
        await press(pilot, "enter")
        assert sum(row.company == "美团" for row in load_board(hunt).rows) == 2


async def test_tab_changes_the_fields_before_they_are_written(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "快手 二面 下周三 19:00")
        await press(pilot, "tab")
        form = app.screen
        assert isinstance(form, Form)
        form.query_one("#field-stage").value = "三面"  # type: ignore[attr-defined]
        form.query_one("#field-place").value = "飞书会议"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "arranged 三面" in screen_text(app)
        await press(pilot, "enter")
        assert row_of(hunt, "快手").stage == "三面"
        assert rounds(hunt)[0] == ("三面", "飞书会议")


async def test_a_round_gets_its_checklist(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "得到 一面 明天 15:00")
        await press(pilot, "enter")
        with closing(sqlite3.connect(hunt)) as connection:
            assert connection.execute("SELECT count(*) FROM checklist_item").fetchone()[0] > 0


async def test_an_empty_hunt_can_begin_with_one_line(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = await open_bar(pilot)
        await paste(pilot, bar, "美团 后端 提前批 投了")
        await press(pilot, "enter", "enter", "enter")
        await wait_until(pilot, lambda: any(row.company == "美团" for row in load_board(database_path).rows))
