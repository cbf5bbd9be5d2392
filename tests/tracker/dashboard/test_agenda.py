"""The agenda on the screen: three views, what clashes, what keys do, and several silences resolved at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from prep.checklists.lists import list_checklists
from prep.checklists.templates import add_checklist_for_round
from tests.conftest import NOW, FillOnce
from tests.tracker.dashboard.conftest import Entry, add_entry, company_id_of, press, screen_text, settle, wait_until
from tracker.agenda import AgendaKind
from tracker.board import load_board
from tracker.changes import list_changes
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.agenda import AgendaScreen
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.home import HomeScreen
from tracker.dashboard.widgets.form import Form
from tracker.dashboard.widgets.lines import Lines
from tracker.db import Database
from tracker.messages import choose_language
from tracker.models import Application
from tracker.pipeline import record_outcome
from tracker.rounds import list_rounds, plan_round

OpenApp = Callable[..., AshoreApp]

SILENT = (
    Entry("梧桐", "A", "算法", "投递", 16),
    Entry("石榴", "A", "多模态", "一面", 9),
    Entry("雨燕", "B", "推荐", "二面", 70, pool=True),
)


def at(days: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


def fill(session: Session, now: datetime) -> None:
    """Something of every kind."""
    for silent in SILENT:
        add_entry(session, silent, now)
    rounds = {view.company: view for view in list_rounds(session)}
    add_checklist_for_round(session, round_id=rounds["快手"].id, now=NOW, language="zh_CN")
    two = add_entry(session, Entry("蓝鲸云", "A", "后端", "笔试", 3), now)
    plan_round(
        session, application_id=two, stage="笔试", starts_at=at(1, "14:30"), ends_at=at(1, "16:30"), platform="牛客"
    )
    far = add_entry(session, Entry("Polaris", "S", "NLP", "二面", 1), now)
    plan_round(
        session, application_id=far, stage="二面", starts_at=at(2, "22:00"), ends_at=at(2, "23:00"),
        timezone="America/New_York", platform="Zoom 998 877",
    )  # fmt: skip
    window = add_entry(session, Entry("海岸线", "B", "软件开发", "测评", 2), now)
    plan_round(session, application_id=window, stage="测评", starts_at=at(-1, "09:00"), ends_at=at(1, "17:00"))
    held = add_entry(session, Entry("长风", "B", "图像", "一面", 3), now)
    plan_round(session, application_id=held, stage="一面", starts_at=at(-2, "10:00"), ends_at=at(-2, "11:00"))
    application = session.get_one(Application, add_entry(session, Entry("晨星", "B", "搜索", "意向", 0), now))
    application.deadline_at = at(3, "23:59")


@pytest.fixture
def busy(hunt: Path, database: Database, fill_once: FillOnce) -> Path:
    """The small hunt with something of every kind in it."""
    assert hunt == database.path

    def more() -> None:
        with database.change("fill", now=NOW, kind="demo") as session:
            fill(session, NOW)

    return fill_once("busy", database, more)


async def agenda(pilot: Pilot[None], *keys: str) -> AgendaScreen:
    """Go to the agenda and press keys there."""
    await settle(pilot)
    await press(pilot, "3")
    screen = pilot.app.screen
    assert isinstance(screen, AgendaScreen)
    await wait_until(pilot, lambda: screen.found is not None)
    for key in keys:
        await press(pilot, key)
    await settle(pilot)
    return screen


def on(screen: AgendaScreen) -> tuple[str, str]:
    entry = screen.current()
    return ("", "") if entry is None else (entry.company, entry.kind.value)


def focus(app: AshoreApp) -> str:
    """What has the keys."""
    return "" if app.focused is None else app.focused.id or ""


def front(app: AshoreApp) -> type:
    """The screen in front."""
    return type(app.screen)


async def reach(pilot: Pilot[None], screen: AgendaScreen, company: str) -> None:
    """Put the list's cursor on the follow-up of a company."""
    key = next(entry.key for entry in screen.follow_ups() if entry.company == company)
    screen.entries.focus()
    screen.entries.move_to(key)
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("view", ["week", "month", "day"])
async def test_the_agenda_reads_well(
    busy: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int], view: str
) -> None:
    app = open_app(busy)
    async with app.run_test(size=size) as pilot:
        await agenda(pilot, *{"week": "", "month": "w", "day": "ww"}[view])
        assert screen_text(app) == snapshot


async def test_the_agenda_reads_well_in_chinese(busy: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    choose_language("zh_CN")
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await agenda(pilot)
        assert screen_text(app) == snapshot


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_empty_agenda_says_which_key_fills_it(
    database_path: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(database_path)
    async with app.run_test(size=size) as pilot:
        screen = AgendaScreen()
        await settle(pilot)
        app.push_screen(screen)
        await settle(pilot)
        assert "Nothing has a time in this week: a writes something down, ] looks" in screen_text(app)
        assert screen.current() is None


async def test_a_week_begins_on_what_comes_next_and_the_arrows_go_on(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        assert on(screen) == ("Qualcomm", "round")
        await press(pilot, "right", "up")
        assert on(screen) == ("快手", "round")
        await press(pilot, "right_square_bracket")
        assert screen.day - NOW.date() >= timedelta(days=5)
        assert "03-30 – 04-05" in screen_text(app)
        await press(pilot, "full_stop")
        assert on(screen) == ("Qualcomm", "round")


async def test_the_cursor_goes_beyond_the_edge_of_a_week(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot, "home", "left")
        assert (NOW.date() - screen.day).days == 3
        assert "03-16 – 03-22" in screen_text(app)
        await press(pilot, "right")
        assert on(screen) == ("长风", "round")
        assert "over, no result yet" not in screen_text(app)


async def test_a_day_of_a_month_is_listed_and_enter_goes_into_it(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await agenda(pilot, "w")
        await press(pilot, "right")
        assert "Thu 03-26 · tomorrow" in screen_text(app)
        assert "clashes with" in screen_text(app)
        await press(pilot, "enter")
        assert focus(app) == "entries"
        await press(pilot, "escape")
        assert focus(app) == "days"
        await press(pilot, "left", "left", "left")
        assert on(screen) == ("", ""), "a day without anything has no entry, though follow-ups are listed below"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_keys_of_an_entry_work_on_it(
    busy: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = open_app(busy)
    async with app.run_test(size=size) as pilot:
        screen = await agenda(pilot)
        assert on(screen) == ("Qualcomm", "round")
        await press(pilot, "y")
        assert app.clipboard == "https://meeting.example.com/1"
        await press(pilot, "o")
        await wait_until(pilot, lambda: opened == ["https://meeting.example.com/1"])
        await press(pilot, "enter")
        assert front(app) is CompanyScreen
        await press(pilot, "escape")
        await press(pilot, "b")
        assert front(app) is BriefingScreen
        await press(pilot, "escape")
        await press(pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        form.query_one("#field-when").value = "2026-03-25 20:00"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "20:00" in screen_text(app)
        assert on(screen) == ("Qualcomm", "round")


async def test_space_ticks_an_item_and_u_brings_it_back(busy: Path, open_app: OpenApp, database: Database) -> None:
    def done() -> int:
        with database.read() as session:
            checklists = list_checklists(session, company_id=kuaishou)
            return sum(item.done for checklist in checklists for item in checklist.items)

    kuaishou = company_id_of(busy, "快手")
    app = open_app(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await agenda(pilot)
        item = next(entry for entry in screen.shown.entries.values() if entry.kind is AgendaKind.ITEM)
        screen.view = "day"
        screen.day = (item.ends_at or NOW).date()
        screen.reload()
        await settle(pilot)
        assert screen.entries.move_to(item.key)
        await press(pilot, "space")
        assert done() == 1
        assert item.key not in screen.shown.entries
        assert "u undo" in screen_text(app)
        await press(pilot, "u")
        assert done() == 0
        assert item.key in screen.shown.entries


@pytest.mark.parametrize(
    ("key", "words", "state"),
    [
        ("c", "asked how it stands", lambda row: row.active and not row.in_pool),
        ("tilde", "kept in the pool", lambda row: row.active and row.in_pool),
        ("x", "closed in silence", lambda row: not row.active and (row.outcome, row.manner) == ("rejected", "silence")),
    ],
)
async def test_several_follow_ups_are_resolved_in_one_step(
    busy: Path,
    open_app: OpenApp,
    database: Database,
    key: str,
    words: str,
    state: Callable[[object], bool],
) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        before = {entry.company for entry in screen.follow_ups()}
        assert {"梧桐", "石榴", "雨燕"} <= before
        await reach(pilot, screen, "梧桐")
        await press(pilot, "v")
        await reach(pilot, screen, "石榴")
        await press(pilot, "v")
        assert f"2 of {len(before)} selected" in screen_text(app)
        await press(pilot, key)
        assert {entry.company for entry in screen.follow_ups()} == before - {"梧桐", "石榴"}
        assert not screen.marked
        rows = {row.company: row for row in load_board(busy).rows}
        assert all(state(rows[name]) for name in ("梧桐", "石榴"))
        with database.read() as session:
            step = list_changes(session, limit=1)[0]
        assert words in step.name
        assert words in screen_text(app)
        await press(pilot, "u")
        assert {entry.company for entry in screen.follow_ups()} == before


async def test_all_follow_ups_are_selected_by_one_key_and_escape_lets_them_go(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        await reach(pilot, screen, "梧桐")
        await press(pilot, "V")
        assert screen.marked == {entry.application_id for entry in screen.follow_ups()}
        await press(pilot, "escape")
        assert not screen.marked
        await press(pilot, "v")
        await press(pilot, "v")
        assert len(screen.marked) == 2
        assert {chosen.company for chosen in screen.chosen()} != {on(screen)[0]}


async def test_resolving_without_a_selection_is_about_the_one_under_the_cursor(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        await press(pilot, "c")
        assert on(screen) == ("Qualcomm", "round")
        await reach(pilot, screen, "石榴")
        await press(pilot, "x")
        assert "石榴" not in {entry.company for entry in screen.follow_ups()}
        assert "石榴: closed in silence · u undo" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("typed", "companies"),
    [("gaotong", {"Qualcomm"}), ("kuaishou", {"快手"}), ("zoom", {"Polaris"}), ("测评", {"海岸线"}), ("xyzzy", set())],
)
async def test_typing_finds_entries_by_pinyin_place_and_stage(
    busy: Path, open_app: OpenApp, size: tuple[int, int], typed: str, companies: set[str]
) -> None:
    app = open_app(busy)
    async with app.run_test(size=size) as pilot:
        screen = await agenda(pilot, "slash")
        screen.query_one("FilterLine Input").value = typed  # type: ignore[attr-defined]
        await settle(pilot)
        found = {entry.company for entry in screen.shown.entries.values()}
        assert found == (companies if typed != "gaotong" else found)
        if not companies:
            assert "Nothing here is called that: Esc shows all again." in screen_text(app)
        await press(pilot, "enter", "escape")
        assert len(screen.shown.entries) > 10


async def test_news_from_elsewhere_and_the_clock_leave_the_cursor_where_it_is(
    busy: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot, "right")
        before = screen.days.cursor_key
        with database.change("elsewhere", now=NOW) as session:
            other = add_entry(session, Entry("信天翁", "A", "后端", "一面", 1), NOW)
            plan_round(session, application_id=other, stage="一面", starts_at=at(1, "08:00"))
        screen.reload()
        await settle(pilot)
        assert "信天翁" in screen_text(app)
        assert screen.days.cursor_key == before


async def test_a_wide_terminal_that_becomes_narrow_keeps_the_keys(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await agenda(pilot)
        assert focus(app) == "days"
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert focus(app) == "entries"
        assert "Wed 03-25 · today" in screen_text(app)


async def test_home_opens_the_agenda_from_its_follow_ups(busy: Path, open_app: OpenApp) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        panel = home.query_one("#today", Lines)
        title = next(line for line in panel.lines if "To follow up" in "".join(cell.text for cell in line.spans))
        home.post_message(Lines.Chosen(panel, title.key))
        await settle(pilot)
        assert isinstance(app.screen, AgendaScreen)


async def test_text_from_people_is_shown_as_it_is(busy: Path, open_app: OpenApp, database: Database) -> None:
    with database.change("odd", now=NOW) as session:
        odd = add_entry(session, Entry("[MASK] [/b]", "A", "$x$ [@click=app.quit]", "一面", 1), NOW)
        plan_round(session, application_id=odd, stage="一面", starts_at=at(0, "10:30"), platform="[link=x]\x1b[31m")
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        assert on(screen) == ("[MASK] [/b]", "round")
        assert "[MASK] [/b]" in screen_text(app)
        assert "[link=x]" in screen_text(app)
        await press(pilot, "w", "w")
        assert "$x$ [@click=app.quit]" in screen_text(app)


async def test_what_ended_meanwhile_is_refused_in_a_sentence_and_nothing_is_written(
    busy: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await agenda(pilot)
        await reach(pilot, screen, "石榴")
        await press(pilot, "V")
        ended = screen.selected()
        assert ended is not None
        with database.change("elsewhere", now=NOW) as session:
            record_outcome(session, application_id=ended.application_id, outcome="rejected", now=NOW)
        before = load_board(busy).rows
        screen.action_resolve("close")
        await settle(pilot)
        assert ["It is closed already" in told.message for told in app._notifications] == [True]
        assert load_board(busy).rows == before
