"""The history of changes: what each step did, and that any of them is taken back by a key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.companies import add_company, edit_company, require_company_id, view_company
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens import changes
from tracker.dashboard.screens.changes import ChangesScreen
from tracker.dashboard.screens.home import HomeScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.undo import undo

OpenApp = Callable[..., AshoreApp]


@pytest.fixture
def edited(hunt: Path, database: Database) -> Path:
    """The small hunt after a tier, a note written twice, and a second tier that was undone."""
    for name, (tier, note) in (
        ("快手: tier", ("A", None)),
        ("快手: note", (None, "[/x] 第一次")),
        ("快手: note again", (None, "第二次")),
        ("快手: another tier", ("B", None)),
    ):
        with database.change(name, now=NOW) as session:
            edit_company(session, company_id=require_company_id(session, "快手"), tier=tier, note=note)
    undo(database, now=NOW)
    return hunt


async def open_changes(pilot: Any) -> ChangesScreen:
    await settle(pilot)
    await press(pilot, "h")
    screen = pilot.app.screen
    assert isinstance(screen, ChangesScreen)
    return screen


def shown(screen: ChangesScreen) -> list[tuple[str, str, str]]:
    return [(screen.by_id[key].kind, screen.by_id[key].name, screen.cells(key)[-1].text) for key in screen.table.order]


async def test_the_history_opens_in_front_of_each_place_once(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for place in ("1", "2", "3"):
            await press(pilot, place, "h", "h")
            assert isinstance(app.screen, ChangesScreen)
            assert len(app.screen_stack) == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_the_steps_and_what_they_did_read_well(
    edited: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(edited)
    async with app.run_test(size=size) as pilot:
        await open_changes(pilot)
        await press(pilot, "down", "down")
        assert screen_text(app) == snapshot


async def test_an_older_step_is_taken_back_and_undo_brings_it_again(
    edited: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(edited)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await open_changes(pilot)
        await press(pilot, "end", "up", "z")
        assert shown(screen)[0] == ("revert", "Reverted: 快手: tier", "")
        assert shown(screen)[-2] == ("change", "快手: tier", "reverted")
        assert screen.table.cursor_key == 2
        assert "Reverted: 快手: tier · u undo" in screen_text(app)
        with database.read() as session:
            company = view_company(session, require_company_id(session, "快手"))
            assert (company.tier, company.note) == ("S", "第二次")
        await press(pilot, "u")
        assert shown(screen)[-2] == ("change", "快手: tier", "")
        with database.read() as session:
            assert view_company(session, require_company_id(session, "快手")).tier == "A"


async def test_what_a_later_step_touched_stays_and_both_values_are_named(edited: Path, open_app: OpenApp) -> None:
    app = open_app(edited)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await open_changes(pilot)
        before = shown(screen)
        await press(pilot, "end", "up", "up", "z")
        await press(pilot, "home", "z")
        assert [notice.message for notice in app._notifications] == [
            "Not undone: «快手: note again» changed the same field since (company 快手 · note: [/x] 第一次 → 第二次).",
            "Step 6 is an undo or a redo itself; revert the step that it is about.",
        ]
        assert shown(screen) == before


def is_listed(screen: ChangesScreen) -> bool:
    return bool(screen.table.display)


async def test_enter_reads_on_and_escape_comes_back(edited: Path, open_app: OpenApp) -> None:
    app = open_app(edited)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_changes(pilot)
        await press(pilot, "end", "enter")
        assert screen.query_one(Page).has_focus
        assert not is_listed(screen)
        await press(pilot, "end")
        assert "哔哩哔哩" in screen_text(app)
        await press(pilot, "escape")
        assert screen.table.has_focus
        assert is_listed(screen)
        await press(pilot, "escape")
        assert not isinstance(app.screen, ChangesScreen)


async def test_the_history_opens_once_in_front_of_each_place(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for place in ("1", "2", "3"):
            await press(pilot, place, "h", "h")
            assert isinstance(app.screen, ChangesScreen)
            assert len(app.screen_stack) == 2


async def test_a_page_closes_when_an_undo_takes_its_company_away_and_says_so_once(
    hunt: Path, open_app: OpenApp, database: Database
) -> None:
    with database.change("a company", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
    app = open_app(hunt)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        await press(pilot, "u")
        await wait_until(pilot, lambda: "This company is not there any more." in screen_text(app))
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "u", "u", "u", "u")
        await wait_until(pilot, lambda: "There is nothing to undo." in screen_text(app))
        assert screen_text(app).count("There is nothing to undo.") == 1


async def test_a_filter_finds_among_all_and_more_come_near_the_end(
    edited: Path, open_app: OpenApp, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "PAGE", 30)
    for number in range(70):
        with database.change(f"step {number}", now=NOW) as session:
            edit_company(session, company_id=require_company_id(session, "美团"), note=f"{number}")
    app = open_app(edited)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_changes(pilot)
        assert len(screen.table.order) == 30
        assert "30+" in screen_text(app)
        await press(pilot, "end")
        assert len(screen.table.order) == 60
        await press(pilot, "home", "slash")
        screen.query_one(Input).value = "tier"
        await settle(pilot)
        assert [name for _kind, name, _state in shown(screen)] == [
            "快手: another tier",
            "快手: another tier",
            "快手: tier",
        ]
        assert "30+" not in screen_text(app)
