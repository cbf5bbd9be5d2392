"""The briefing: everything above the questions is on a small screen, and every part can be acted on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.screens.practice_drill import DrillScreen
from tracker.dashboard.widgets.form import Form
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.rounds import list_rounds

OpenApp = Callable[..., AshoreApp]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_briefing_reads_well(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        text = screen_text(app)
        assert text == snapshot
        order = ["快手 · 一面", "Before you walk in", "Self-introduction", "Earlier here", "Most worth five minutes"]
        places = [text.index(part) for part in order]
        assert places == sorted(places)


async def test_without_a_round_it_says_which_key_plans_one(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, "美团"))
        await settle(pilot)
        assert "No round is planned here. Press r" in screen_text(app)
        await press(pilot, "r")
        form = app.screen
        assert isinstance(form, Form)
        form.query_one("#field-stage").value = "一面"  # type: ignore[attr-defined]
        form.query_one("#field-when").value = "明天 14:00-15:00"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "美团 · 一面 · tomorrow 14:00" in screen_text(app)
    with database.read() as session:
        planned = list_rounds(session, company_id=company_id_of(prepared, "美团"))
    assert [view.stage for view in planned] == ["一面"]
    assert planned[0].starts_at == (NOW + timedelta(days=1)).replace(hour=14)
    assert planned[0].ends_at == (NOW + timedelta(days=1)).replace(hour=15)


async def test_space_ticks_a_blocking_item_and_undo_brings_it_back(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, BriefingScreen)
        assert screen.found is not None
        before = len(screen.found.briefing.blocking)
        key = f"item:{screen.found.briefing.blocking[0].id}"
        screen.query_one(Page).move_to(key)
        await press(pilot, "space")
        assert len(screen.found.briefing.blocking) == before - 1
        assert "u undo" in screen_text(app)
        await press(pilot, "u")
        assert len(screen.found.briefing.blocking) == before


async def test_d_plans_a_drill_for_this_round(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "d")
        screen = app.screen
        assert isinstance(screen, DrillScreen)
        assert "Drill · 快手 · 一面" in screen_text(app)
        assert "at the interview" in screen_text(app)


async def test_y_copies_the_link_and_o_opens_it(
    prepared: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "y")
        assert app.clipboard == "https://meeting.example.com/1"
        await press(pilot, "o")
        await wait_until(pilot, lambda: opened == ["https://meeting.example.com/1"])
