"""One key leads from every list to the briefing of the company that a row belongs to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.dashboard.conftest import company_id_of, press, settle
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.widgets.lines import Lines
from tracker.db import Database
from tracker.rounds import list_rounds

OpenApp = Callable[..., AshoreApp]

COMPANY = "快手"


def round_of(database: Database, company_id: int) -> int:
    with database.read() as session:
        return list_rounds(session, company_id=company_id)[0].id


@pytest.mark.parametrize(
    "page",
    ["practice_log", "preparation", "hr_answers", "reverse_questions", "coding", "claims", "mock", "drill", "company"],
)
async def test_b_on_a_page_about_a_company(prepared: Path, open_app: OpenApp, page: str) -> None:
    company_id = company_id_of(prepared, COMPANY)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page(page, company_id=company_id)
        await settle(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.company_id == company_id


@pytest.mark.parametrize("page", ["preparation", "hr_answers", "coding", "claims", "mock", "introductions"])
async def test_b_does_nothing_where_no_company_is_meant(hunt: Path, open_app: OpenApp, page: str) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page(page)
        await settle(pilot)
        before = app.screen
        await press(pilot, "b")
        assert app.screen is before


@pytest.mark.parametrize(("page", "subject"), [("debrief", "round_id"), ("question", "company_id")])
async def test_b_keeps_the_round_that_is_meant(
    prepared: Path, open_app: OpenApp, database: Database, page: str, subject: str
) -> None:
    company_id = company_id_of(prepared, COMPANY)
    round_id = round_of(database, company_id)
    arguments: dict[str, Any] = {"round_id": round_id}
    if subject == "company_id":
        arguments |= {"company_id": company_id, "question_id": 1}
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page(page, **arguments)
        await settle(pilot)
        if page == "debrief":
            await press(pilot, "tab")
        await press(pilot, "b")
        assert isinstance(app.screen, BriefingScreen)
        assert (app.screen.company_id, app.screen.round_id) == (company_id, round_id)


async def test_b_on_the_company_of_an_introduction(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("introductions", company=COMPANY)
        await settle(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.company_id == company_id_of(prepared, COMPANY)


async def test_b_in_the_week_plan_is_for_the_round_of_the_part(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    company_id = company_id_of(prepared, COMPANY)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("week_plan")
        await settle(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, BriefingScreen)
        assert (app.screen.company_id, app.screen.round_id) == (company_id, round_of(database, company_id))


async def test_b_in_the_day_is_for_the_line_under_its_cursor(
    prepared: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.screen.query_one("#today", Lines).focus()
        await settle(pilot)
        await press(pilot, "down", "b")
        screen = app.screen
        assert isinstance(screen, BriefingScreen)
        with database.read() as session:
            meant = next(view for view in list_rounds(session) if view.id == screen.round_id)
        assert meant.company_id == screen.company_id
        assert meant.starts_at == clock() + timedelta(hours=28)
