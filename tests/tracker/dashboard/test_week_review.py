"""The weekly review on screen: what stands there, how one goes from week to week, and where Enter leads."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.debrief import DebriefScreen
from tracker.dashboard.screens.practice import PracticeScreen
from tracker.dashboard.screens.practice_drill import DrillScreen
from tracker.dashboard.screens.week_review import WeekReviewScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.messages import choose_language
from tracker.rounds import list_rounds, plan_round

OpenApp = Callable[..., AshoreApp]


@pytest.fixture
def held(prepared: Path, database: Database) -> Path:
    """The small hunt with an interview that is over."""
    assert prepared == database.path
    with database.change("a round", now=NOW, kind="demo") as session:
        (coming, *_others) = list_rounds(session, company_id=company_id_of(prepared, "快手"))
        plan_round(session, application_id=coming.application_id, stage="AI面", starts_at=NOW - timedelta(hours=20))
    return prepared


def screen_of(app: AshoreApp) -> WeekReviewScreen:
    screen = app.screen
    assert isinstance(screen, WeekReviewScreen)
    return screen


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((120, 40), "zh_CN"), ((80, 24), "zh_CN")])
async def test_a_week_in_review(
    held: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int], language: str
) -> None:
    choose_language(language)
    app = open_app(held)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+w")
        assert screen_of(app).review is not None
        assert screen_text(app) == snapshot


async def test_the_arrows_go_from_week_to_week_and_t_comes_back(held: Path, open_app: OpenApp) -> None:
    app = open_app(held)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_review")
        await settle(pilot)
        assert "the present week" in screen_text(app)
        await press(pilot, "left")
        assert "the last week" in screen_text(app)
        await press(pilot, "right", "right")
        assert "This week has not begun" in screen_text(app)
        await press(pilot, "t")
        assert screen_of(app).weeks == 0
        screen_of(app).weeks = -30
        await press(pilot, "left")
        assert "31 weeks ago" in screen_text(app)
        assert "A quiet week" in screen_text(app)
        screen_of(app).weeks = -5200
        await press(pilot, "left")
        assert screen_of(app).weeks == -5200
        await press(pilot, "escape")
        assert not isinstance(app.screen, WeekReviewScreen)


async def test_a_line_leads_to_what_it_is_about(held: Path, open_app: OpenApp) -> None:
    app = open_app(held)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_review")
        await settle(pilot)
        screen = screen_of(app)
        for section, key, opened in (
            ("applied", "d", WeekReviewScreen),
            ("applied", "enter", CompanyScreen),
            ("held", "enter", DebriefScreen),
            ("ahead", "enter", BriefingScreen),
            ("ahead", "d", DrillScreen),
            ("applied", "b", BriefingScreen),
            ("practice", "enter", PracticeScreen),
        ):
            wanted = next(name for name in screen.lines if name.startswith(f"{section}:"))
            assert screen.query_one("#week", Page).move_to(wanted)
            await press(pilot, key)
            assert isinstance(app.screen, opened), (section, key)
            if app.screen is not screen and opened is not PracticeScreen:
                app.pop_screen()
                await settle(pilot)


async def test_beside_what_happened_stands_what_is_next(held: Path, open_app: OpenApp) -> None:
    app = open_app(held)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("week_review")
        await settle(pilot)
        screen = screen_of(app)
        await press(pilot, "tab")
        assert screen.focused is screen.query_one("#beside", Page)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert screen.focused is screen.query_one("#week", Page)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        await press(pilot, "tab", "enter")
        assert isinstance(app.screen, BriefingScreen)


async def test_an_empty_hunt_and_a_heading_open_nothing(database_path: Path, open_app: OpenApp) -> None:
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_review")
        await settle(pilot)
        assert "Your hunt holds no application yet" in screen_text(app)
        await press(pilot, "enter", "b", "d")
        assert isinstance(app.screen, WeekReviewScreen)
