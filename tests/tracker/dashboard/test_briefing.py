"""The briefing on screen: what its hour needs stands first, and every part of it can be acted on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.applications import application_row
from tracker.companies import require_company_id
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.screens.debrief import DebriefScreen
from tracker.dashboard.screens.practice_drill import DrillScreen
from tracker.dashboard.screens.question import QuestionScreen
from tracker.dashboard.widgets.form import Form
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.text_editor import TextEditor
from tracker.db import Database
from tracker.messages import choose_language
from tracker.rounds import list_rounds, plan_round
from tracker.settings import Settings

OpenApp = Callable[..., AshoreApp]

COMPANY = "快手"
START = NOW + timedelta(hours=28)
"""Of the company's round."""


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.now


def app_at(path: Path, clock: Clock) -> AshoreApp:
    return make_app(path=path, backups=None, clock=clock, settings=Settings())


def briefing_of(app: AshoreApp) -> BriefingScreen:
    assert isinstance(app.screen, BriefingScreen)
    return app.screen


def put_cursor(app: AshoreApp, key: str) -> None:
    """Put the cursor on an entry, on whichever page it is."""
    page = next(page for page in app.screen.query(Page) if page.move_to(key))
    page.focus()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_briefing_reads_well(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        assert screen_text(app) == snapshot


@pytest.mark.parametrize(
    ("hours", "there", "gone"),
    [
        (28, ["Practice", "Missing", "Ready?", "Opening", "Earlier", "Most worth practising"], [" gone "]),
        (3, ["Ready?", "Opening", "Earlier", "Most worth practising"], [" gone "]),
        (1.5, ["Ready?", "Opening"], ["Practice ", "Missing", "Most worth practising", "Not yet asked back"]),
        (-0.25, ["15:00 gone", "45:00 left", "Not yet asked back", "新人头三个月做什么？"], ["Opening", "Ready?"]),
        (-1.25, ["After it", "z While you still know it"], [" gone ", "Opening", "Most worth practising"]),
    ],
)
async def test_each_hour_shows_what_it_needs(prepared: Path, hours: float, there: list[str], gone: list[str]) -> None:
    clock = Clock()
    clock.now = START - timedelta(hours=hours)
    app = app_at(prepared, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        text = screen_text(app)
        places = [text.find(part) for part in there]
        assert -1 not in places, text
        assert places == sorted(places)
        assert [part for part in gone if part in text] == []


async def test_the_screen_follows_the_clock_without_losing_the_cursor(prepared: Path) -> None:
    clock = Clock()
    clock.now = START - timedelta(hours=2, seconds=1)
    app = app_at(prepared, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        screen = briefing_of(app)
        assert screen.briefing is not None
        key = f"item:{screen.briefing.blocking[1].id}"
        put_cursor(app, key)
        hours = []
        for moment in (START - timedelta(hours=2), START, START + timedelta(minutes=61)):
            clock.now = moment
            screen._tick()
            await settle(pilot)
            hours.append(str(screen.briefing.hour))
            if len(hours) == 1:
                assert screen.cursor_key() == key
        assert hours == ["soon", "during", "after"]


async def test_the_clock_of_a_round_goes_on_without_reading(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    clock.now = START + timedelta(seconds=5)
    app = app_at(prepared, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        assert "0:05 gone" in screen_text(app)
        screen = briefing_of(app)
        monkeypatch.setattr(screen, "load", lambda *_arguments: pytest.fail("it read the database"))
        for seconds, gone, left in ((6, "0:06", "59:54"), (3599, "59:59", "0:01")):
            clock.now = START + timedelta(seconds=seconds)
            screen._tick()
            await pilot.pause()
            assert f"▶ {gone} gone    {left} left" in screen_text(app)
        monkeypatch.undo()
        await press(pilot, "z")
        assert isinstance(app.screen, DebriefScreen)


async def test_the_arrows_go_through_the_coming_rounds_of_a_day(
    prepared: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    with database.change("two more", now=clock(), kind="demo") as session:
        for company, hours in (("得到", -2), ("小红书", 3)):
            company_id = require_company_id(session, company)
            application_id = company_application(session, company_id)
            plan_round(session, application_id=application_id, stage="一面", starts_at=START + timedelta(hours=hours))
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        screen = briefing_of(app)
        line = screen_text(app).splitlines()[1]
        marks = [line.find(part) for part in ("3 that day", "得到 一面", "▸ 14:00 快手 一面", "小红书 一面")]
        assert -1 not in marks
        assert marks == sorted(marks)
        names = []
        for key in ("right", "right", "left", "left", "left", "left"):
            await press(pilot, key)
            assert screen.briefing is not None
            names.append(screen.briefing.company)
        assert names == ["小红书", "小红书", COMPANY, "得到", "Qualcomm", "Qualcomm"]
        await press(pilot, "right")
        await pilot.click("#day", offset=(line.index("快手"), 0))
        await settle(pilot)
        assert screen.briefing is not None
        assert screen.briefing.company == COMPANY


def company_application(session: object, company_id: int) -> int:
    from sqlmodel import Session, col, select

    from tracker.models import Application

    assert isinstance(session, Session)
    found = session.exec(select(Application.id).where(col(Application.company_id) == company_id)).first()
    assert found is not None
    return found


async def test_the_next_briefing_is_one_key_from_home(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "B next briefing" in screen_text(app)
        await press(pilot, "B")
        briefing = briefing_of(app).briefing
        assert briefing is not None
        assert (briefing.company, briefing.stage) == ("Qualcomm", "笔试")
        assert "Opening" not in screen_text(app)  # nobody introduces themselves to a written test


async def test_when_nothing_is_coming_a_key_plans_a_round(database: Database, open_app: OpenApp) -> None:
    app = open_app(database.path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_page("next_briefing")
        await settle(pilot)
        assert "No round is coming. r plans one" in screen_text(app)
        await press(pilot, "r")
        assert "No company yet" in screen_text(app)


async def test_r_plans_a_round_for_a_company_that_is_chosen(database: Database, open_app: OpenApp) -> None:
    from tests.tracker.dashboard.conftest import Entry, add_entry

    with database.change("seed", now=NOW, kind="demo") as session:
        add_entry(session, Entry("得到", "B", "推荐算法", "投递", 20), NOW)
    app = open_app(database.path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_page("next_briefing")
        await settle(pilot)
        await press(pilot, "r", "enter")
        assert isinstance(app.screen, Form)
        assert "得到" in screen_text(app)


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
        form.query_one("#field-stage", Input).value = "一面"
        form.query_one("#field-when", Input).value = "明天 14:00-15:00"
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
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        screen = briefing_of(app)
        assert screen.briefing is not None
        before = len(screen.briefing.blocking)
        put_cursor(app, f"item:{screen.briefing.blocking[0].id}")
        await press(pilot, "space")
        assert len(screen.briefing.blocking) == before - 1
        assert "u undo" in screen_text(app)
        await press(pilot, "u")
        assert len(screen.briefing.blocking) == before


async def test_what_is_missing_is_one_key_away(prepared: Path, open_app: OpenApp, database: Database) -> None:
    company_id = company_id_of(prepared, COMPANY)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id)
        await settle(pilot)
        screen = briefing_of(app)
        await press(pilot, "J")
        assert isinstance(app.screen, TextEditor)
        app.screen.query_one("TextArea").text = "- 熟悉分布式训练\n- 会写 [/x]\n"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert screen.briefing is not None
        assert [need.text for need in screen.briefing.needs] == ["熟悉分布式训练", "会写 [/x]"]
        put_cursor(app, "missing:own_introduction")
        await press(pilot, "enter")
        assert "快手: from «一分钟»" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert screen.briefing.introduction is not None
        assert screen.briefing.introduction.company == COMPANY
        assert "own_introduction" not in [str(one.kind) for one in screen.briefing.missing]
        application_id = screen.briefing.application_id
    assert application_id is not None
    with database.read() as session:
        assert application_row(session, application_id).description.startswith("- 熟悉分布式训练")


@pytest.mark.parametrize(
    ("key", "page"),
    [("s", "StoriesScreen"), ("H", "HrAnswersScreen"), ("f", "ReverseQuestionsScreen"), ("c", "CompanyScreen")],
)
async def test_keys_lead_to_where_it_is_prepared(prepared: Path, open_app: OpenApp, key: str, page: str) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        await press(pilot, key)
        assert type(app.screen).__name__ == page


async def test_d_plans_a_drill_for_this_round(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        await press(pilot, "d")
        assert isinstance(app.screen, DrillScreen)
        assert "Drill · 快手 · 一面" in screen_text(app)


async def test_a_question_opens_by_a_double_click(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        screen = briefing_of(app)
        assert screen.briefing is not None
        await pilot.click("#beside", offset=(10, 1), times=2)
        await settle(pilot)
        assert isinstance(app.screen, QuestionScreen)
        assert app.screen.question_id == screen.briefing.questions[0].id
        assert app.screen.round_id == screen.briefing.round_id


async def test_y_copies_the_link_and_o_opens_it(
    prepared: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        await press(pilot, "y")
        assert app.clipboard == "https://meeting.example.com/1"
        await press(pilot, "o")
        await wait_until(pilot, lambda: opened == ["https://meeting.example.com/1"])


async def test_in_chinese_its_parts_stand_in_the_same_order(prepared: Path, open_app: OpenApp) -> None:
    choose_language("zh_CN")
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("briefing", company_id=company_id_of(prepared, COMPANY))
        await settle(pilot)
        text = screen_text(app)
        places = [
            text.find(part)
            for part in ("明天 14:00（28 小时后）", "练习", "还缺", "清单", "开场", "之前", "最值得练的题")
        ]
        assert -1 not in places
        assert places == sorted(places)
