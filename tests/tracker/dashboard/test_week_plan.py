"""The plan of the coming days: what stands there, how many minutes a day, and where Enter leads."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from prep.bank import add_question
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle
from tracker.applications import add_application
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.practice_drill import DrillScreen
from tracker.dashboard.screens.sitting import SittingScreen
from tracker.dashboard.screens.week_plan import WeekPlanScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.rounds import plan_round

OpenApp = Callable[..., AshoreApp]


@pytest.fixture
def two_rounds(prepared: Path, database: Database) -> Path:
    """Two interviews, in two and in four days, and twelve questions that either may ask."""
    assert prepared == database.path
    with database.change("rounds", now=NOW, kind="demo") as session:
        for number in range(12):
            add_question(session, text=f"第 {number} 题是什么？", answer="答案在这里。" * 20, now=NOW)
        for days, name in ((2, "美团"), (4, "快手")):
            application = add_application(session, company_id=company_id_of(prepared, name), position="后端", now=NOW)
            plan_round(session, application_id=application, stage="一面", starts_at=NOW + timedelta(days=days))
    return prepared


async def test_the_coming_days_are_shared(two_rounds: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    app = open_app(two_rounds)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5", "w")
        screen = app.screen
        assert isinstance(screen, WeekPlanScreen)
        assert screen.days
        assert all(day.seconds <= 40 * 60 for day in screen.days)
        assert screen_text(app) == snapshot
        await press(pilot, "left")
        assert screen.minutes == 30
        assert "30 min a day" in screen_text(app)
        await press(pilot, "d")
        assert isinstance(app.screen, SittingScreen)


async def test_a_part_of_a_later_day_opens_its_drill(two_rounds: Path, open_app: OpenApp) -> None:
    app = open_app(two_rounds)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_plan", minutes=10)
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, WeekPlanScreen)
        assert screen.days is not None
        later = next(day for day in screen.days if day.day != NOW.date())
        screen.query_one(Page).move_to(f"part:{later.day.isoformat()}:{later.parts[0].round_id}")
        await press(pilot, "enter")
        assert isinstance(app.screen, DrillScreen)
        assert app.screen.round_id == later.parts[0].round_id


async def test_without_an_interview_there_is_a_sentence(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_plan")
        await settle(pilot)
        assert "Nothing to share out" in screen_text(app)
        await press(pilot, "d", "enter")
        assert isinstance(app.screen, WeekPlanScreen)
