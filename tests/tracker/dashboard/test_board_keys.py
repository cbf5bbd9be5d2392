"""Several applications at once, tags, saved views, seasons and other days: by keys, read as text."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.applications import add_application
from tracker.board import load_board
from tracker.board_filter import BoardFilter
from tracker.companies import add_company
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.home import HomeScreen
from tracker.dashboard.widgets.lanes import Lanes
from tracker.db import Database
from tracker.pipeline import move_to
from tracker.saved_views import load_views

OpenApp = Callable[..., AshoreApp]


def home_of(app: AshoreApp) -> HomeScreen:
    home = app.screen_stack[0]
    assert isinstance(home, HomeScreen)
    return home


def shown(app: AshoreApp) -> list[str]:
    home = home_of(app)
    return [home.rows[key].company for key in home.table.order]


def marked(app: AshoreApp) -> set[str]:
    home = home_of(app)
    return {home.rows[key].company for key in home.marked}


def rows_of(path: Path, *companies: str) -> list[tuple[str, str]]:
    found = {row.company: (row.stage, row.outcome) for row in load_board(path).rows}
    return [found[company] for company in companies]


async def type_line(pilot: Pilot[None], text: str) -> None:
    """Type into the line of the sheet in front, and enter it."""
    await wait_until(pilot, lambda: bool(pilot.app.screen.query("#line")))
    pilot.app.screen.query_one("#line", Input).value = text
    await settle(pilot)
    await press(pilot, "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_marks_read_well(
    hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "v", "v", "up")
        assert screen_text(app) == snapshot


async def test_what_is_marked_moves_in_one_step_and_what_refuses_stays_marked(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "f", "V")
        assert len(marked(app)) == 7
        await press(pilot, "x")
        assert {outcome for _stage, outcome in rows_of(hunt, "快手", "美团", "Qualcomm", "得到")} == {"rejected"}
        assert marked(app) == {"海康威视"}
        await wait_until(pilot, lambda: "海康威视: It is closed already" in screen_text(app))
        assert "6 applications rejected · 1 refused, still marked · u undo" in screen_text(app)
        await press(pilot, "u")
        assert rows_of(hunt, "快手", "美团") == [("一面", ""), ("笔试", "passed")]


async def test_when_all_refuse_nothing_is_written(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await settle(pilot)
        newest = load_board(hunt).newest_change
        await press(pilot, "v", "v", "exclamation_mark")
        await wait_until(pilot, lambda: "only a closed application" in screen_text(app))
        assert load_board(hunt).newest_change == newest
        assert len(marked(app)) == 2


async def test_marks_stay_through_filters_and_go_with_escape(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "v", "down", "v")
        home_of(app).set_filter(BoardFilter(text="快手"))
        await settle(pilot)
        assert shown(app) == ["快手"]
        assert marked(app) == {"Qualcomm", "美团"}
        assert "2 marked · 2 hidden" in screen_text(app)
        await press(pilot, "greater_than_sign")
        assert rows_of(hunt, "Qualcomm", "美团", "快手") == [("一面", ""), ("一面", ""), ("一面", "")]
        assert marked(app) == set()
        await press(pilot, "V", "V", "v", "escape")
        assert marked(app) == set()
        assert shown(app) == ["快手"]
        await press(pilot, "escape")
        assert len(shown(app)) == 6


async def test_cards_are_marked_as_rows_are(hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "c", "v", "right", "v")
        assert len(marked(app)) == 2
        assert screen_text(app) == snapshot
        await press(pilot, "p")
        assert marked(app) == set()
        await press(pilot, "enter")
        assert app.screen is not home_of(app)


async def test_only_what_changed_of_the_columns_is_painted_and_nothing_old_stays(
    hunt: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    with database.change("many", now=clock(), kind="demo") as session:
        for number in range(30):
            company_id = add_company(session, name=f"公司{number}", now=clock())
            application_id = add_application(session, company_id=company_id, now=clock())
            move_to(session, application_id=application_id, label="投递" if number % 3 else "笔试", now=clock())
    app = open_app(hunt)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        lanes = home_of(app).query_one(Lanes)
        for keys in (("right", "down"), ("v", "down", "down"), ("pagedown", "left"), ("end", "up"), ("home", "p")):
            await press(pilot, *keys)
            assert lanes.cursor_key == home_of(app).cursor_key()
            painted = screen_text(app)
            lanes.repaint()
            await settle(pilot)
            assert screen_text(app) == painted, keys


async def test_a_rejection_can_tell_how_it_came(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "X", "l")
        assert "Qualcomm 笔试 rejected · rejection letter · u undo" in screen_text(app)
        assert next(row.manner for row in load_board(hunt).rows if row.company == "Qualcomm") == "letter"
        await wait_until(pilot, lambda: "✗ 笔试 rejected" in screen_text(app))


async def test_tags_are_put_on_all_that_is_marked_and_found_again(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "v", "v", "number_sign")
        await wait_until(pilot, lambda: "2 applications: tags" in screen_text(app))
        await type_line(pilot, "急 远程")
        assert "2 applications +#急 +#远程 · u undo" in screen_text(app)
        await press(pilot, "home", "number_sign")
        await wait_until(pilot, lambda: "Qualcomm: tags" in screen_text(app))
        assert app.screen.query_one("#line", Input).value == "急 远程 "
        await press(pilot, "x", "enter")
        tags = {row.company: row.tags for row in load_board(hunt).rows}
        assert (tags["Qualcomm"], tags["快手"]) == ("急\n远程\nx", "急\n远程")
        home_of(app).set_filter(BoardFilter(text="#x"))
        await settle(pilot)
        assert shown(app) == ["Qualcomm"]


async def test_a_view_is_kept_chosen_renamed_and_forgotten(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        home_of(app).show_as(BoardFilter(tier="S", all_ends=True), "company")
        await press(pilot, "w")
        await wait_until(pilot, lambda: "None yet" in screen_text(app))
        await press(pilot, "s")
        await type_line(pilot, "只看 S")
        assert "«只看 S» · all · tier S" in screen_text(app)
        await press(pilot, "escape")
        assert len(shown(app)) == 6
        await press(pilot, "w", "1")
        assert shown(app) == ["快手", "美团", "字节跳动"]
        await press(pilot, "w", "r")
        await type_line(pilot, "S 级")
        assert [view.name for view in load_views(hunt)] == ["S 级"]
        await press(pilot, "w", "d")
        assert load_views(hunt) == ()
        await press(pilot, "u")
        assert [view.name for view in load_views(hunt)] == ["S 级"]


async def test_a_season_takes_in_what_there_is_and_the_next_begins_empty(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "Y", "n")
        await type_line(pilot, "2026 秋招")
        assert "2026 秋招" in screen_text(app).splitlines()[0]
        assert {row.season_id for row in load_board(hunt).rows} == {1}
        await press(pilot, "Y", "n")
        await type_line(pilot, "2027 春招")
        assert shown(app) == []
        assert "0 under way" in screen_text(app).splitlines()[0]
        await press(pilot, "Y", "1")
        assert len(shown(app)) == 6
        await press(pilot, "v", "v", "Y", "end", "up", "c")
        assert "2 applications carried over to 2027 春招" in screen_text(app)
        await press(pilot, "Y", "2")
        assert sorted(shown(app)) == ["Qualcomm", "快手"]
        await press(pilot, "Y", "a")
        assert len(shown(app)) == 8


async def test_another_day_is_looked_at_and_not_changed(
    hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "t")
        await type_line(pilot, "3.21")
        await wait_until(pilot, lambda: "as of 03-21" in screen_text(app))
        assert screen_text(app) == snapshot
        assert "next stage" not in screen_text(app).splitlines()[-1]
        newest = load_board(hunt).newest_change
        for key in ("greater_than_sign", "x", "n", "u", "number_sign"):
            app.clear_notifications()
            await press(pilot, key)
            await wait_until(pilot, lambda: "the board as it was on 2026-03-21" in screen_text(app))
        assert load_board(hunt).newest_change == newest
        await press(pilot, "2")
        assert "the board as it was" not in screen_text(app)
        await press(pilot, "1")
        await press(pilot, "escape")
        await wait_until(pilot, lambda: "as of" not in screen_text(app).splitlines()[0])
        await press(pilot, "x")
        assert load_board(hunt).newest_change == newest + 1


async def test_a_second_application_at_one_company_is_asked_about(
    hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        await wait_until(pilot, lambda: "New application" in screen_text(app))
        assert screen_text(app) == snapshot
        for name, value in {"company": "快手", "position": "测试", "deadline": "8.20", "tags": "急"}.items():
            app.screen.query_one(f"#field-{name}", Input).value = value
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: "快手 has a live application" in screen_text(app))
        await press(pilot, "escape")
        await wait_until(pilot, lambda: "New application" in screen_text(app))
        assert app.screen.query_one("#field-position", Input).value == "测试"
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: "快手 has a live application" in screen_text(app))
        await press(pilot, "enter")
        await wait_until(pilot, lambda: sum(row.company == "快手" for row in load_board(hunt).rows) > 1)
        added = [row for row in load_board(hunt).rows if row.company == "快手"][-1]
        assert (added.position, added.tags, added.deadline_at) == ("测试", "急", "2026-08-20T16:00:00+00:00")


async def test_several_get_a_deadline_and_a_tier_at_once(
    hunt: Path, open_app: OpenApp, clock: Callable[[], datetime]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "v", "v", "e")
        await wait_until(pilot, lambda: "what do they all get" in screen_text(app))
        app.screen.query_one("#field-deadline", Input).value = "4.1 18:00"
        app.screen.query_one("#field-tier", Input).value = "b"
        await press(pilot, "ctrl+s")
        assert "2 applications Tier, Apply until · u undo" in screen_text(app)
        with closing(sqlite3.connect(hunt)) as connection:
            query = "SELECT c.name, c.tier, a.deadline_at FROM application a JOIN company c ON c.id = a.company_id"
            found = {name: (tier, at) for name, tier, at in connection.execute(query)}
        assert {name for name, (_tier, at) in found.items() if at} == {"Qualcomm", "快手"}
        assert {found[name][0] for name in ("Qualcomm", "快手")} == {"B"}
