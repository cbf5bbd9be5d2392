"""The first start: four ways to begin, and the demo that never touches one's own data."""

from collections.abc import Callable
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.board import load_board
from tracker.contents import content_hash
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.imports import ImportScreen
from tracker.dashboard.screens.welcome import WelcomeScreen

OpenApp = Callable[..., AshoreApp]


async def test_an_empty_database_asks_how_to_begin(
    database_path: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        assert screen_text(app) == snapshot


async def test_starting_empty_is_remembered_and_no_step_of_undo(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await wait_until(pilot, lambda: not isinstance(app.screen, WelcomeScreen))
        await press(pilot, "u")
    assert load_board(database_path).welcomed
    again = open_app(database_path)
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not isinstance(again.screen, WelcomeScreen)


async def test_the_well_known_companies_are_one_step(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await wait_until(pilot, lambda: "字节跳动" in screen_text(app))
        assert load_board(database_path).companies > 300
        await press(pilot, "u")
        assert load_board(database_path).companies == 0


async def test_notes_are_chosen_from_here(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert [type(screen) for screen in app.screen_stack[1:]] == [WelcomeScreen, ImportScreen]
        await press(pilot, "escape")
        assert [type(screen) for screen in app.screen_stack[1:]] == [WelcomeScreen]


async def test_the_demo_is_a_database_of_its_own(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    before = content_hash(database_path, with_log=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "d")
        await wait_until(pilot, lambda: app.in_demo)
        await wait_until(pilot, lambda: "快手" in screen_text(app))
        folder = app.backend.path.parent
        assert "demo · q leaves it" in screen_text(app)
        assert app.backend.path != database_path
        await press(pilot, "x", "greater_than_sign")
        await press(pilot, "2")
        assert "demo · q leaves it" in screen_text(app)
        await press(pilot, "q")
        await wait_until(pilot, lambda: not folder.exists())
        assert isinstance(app.screen, WelcomeScreen)
        assert app.backend.path == database_path
        assert "demo ·" not in screen_text(app)
    assert content_hash(database_path, with_log=True) == before


async def test_an_answer_that_comes_when_another_place_is_shown_closes_it_there(
    database_path: Path, open_app: OpenApp
) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        welcome = app.screen
        assert isinstance(welcome, WelcomeScreen)
        welcome.action_empty()
        await pilot.press("4")
        await settle(pilot)
        assert not isinstance(app.screen, WelcomeScreen)
        await press(pilot, "1")
        await settle(pilot)
        assert not isinstance(app.screen, WelcomeScreen)
