"""The list of companies, what imports left open, and the history of changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle
from tracker.board import load_board
from tracker.companies import find_company_id, view_company
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.companies import CompaniesScreen
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.review import ReviewScreen
from tracker.db import Database
from tracker.models import Review
from tracker.reviews import list_reviews

OpenApp = Callable[..., AshoreApp]


def shown(app: AshoreApp) -> list[str]:
    screen = app.screen
    assert isinstance(screen, CompaniesScreen)
    return [screen.by_id[key].name for key in screen.table.order]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_companies_read_well(
    hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert screen_text(app) == snapshot


async def test_typing_finds_by_pinyin_initials_and_other_names(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await press(pilot, "slash")
        line = app.screen.query_one(Input)
        for typed, expected in (
            ("zjtd", ["字节跳动"]),
            ("kuaishou", ["快手"]),
            ("B站", ["哔哩哔哩"]),
            ("得到", ["得到"]),
        ):
            line.value = typed
            await settle(pilot)
            assert shown(app) == expected
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, CompanyScreen)


async def test_tier_and_applied_narrow_and_escape_gives_them_up(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await press(pilot, "T", "a")
        assert shown(app) == ["海康威视", "小红书", "哔哩哔哩"]
        await press(pilot, "f", "f")
        assert shown(app) == ["哔哩哔哩"]
        await press(pilot, "escape")
        assert len(shown(app)) == 8


async def test_a_new_company_gets_its_usual_tier_and_names(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await press(pilot, "n")
        app.screen.query_one("#field-name", Input).value = "拼多多"
        await settle(pilot)
        assert "PDD" in screen_text(app)
        await press(pilot, "ctrl+s")
        screen = app.screen
        assert isinstance(screen, CompaniesScreen)
        assert screen.by_id[screen.table.cursor_key or 0].name == "拼多多"
    with database.read() as session:
        company = view_company(session, find_company_id(session, "pdd") or 0)
    assert company.tier == "S"


async def test_a_name_that_is_taken_is_refused(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await press(pilot, "n")
        app.screen.query_one("#field-name", Input).value = "b站"
        await press(pilot, "ctrl+s")
        assert [notice.message for notice in app._notifications] == ["«b站» is already there."]


# What imports left open


@pytest.fixture
def reviewed(hunt: Path, database: Database) -> Path:
    with database.change("import", now=NOW, kind="demo") as session:
        session.add(Review(kind="status", line=3, text="哔哩哔哩（X）", subject="哔哩哔哩", proposal="rejected?"))
        session.add(
            Review(kind="date", line=4, text="小红书（3.6）", subject="小红书", other="2026-03-06", proposal="a date?")
        )
        session.add(Review(kind="alias", line=9, text="[/x]", subject="快手", other="快手科技", proposal="[b]one?[/]"))
    return hunt


async def test_open_entries_read_well(reviewed: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    app = open_app(reviewed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await press(pilot, "end")
        assert screen_text(app) == snapshot


async def test_an_entry_becomes_a_stage_or_an_end_and_undo_reopens_it(reviewed: Path, open_app: OpenApp) -> None:
    app = open_app(reviewed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await press(pilot, "s", "r")
        board = {row.company: row for row in load_board(reviewed).rows}
        assert board["哔哩哔哩"].outcome == "rejected"
        assert "To review 2" in screen_text(app)
        await press(pilot, "s", "a")
        board = {row.company: row for row in load_board(reviewed).rows}
        assert (board["小红书"].stage, board["小红书"].since_at[:10]) == ("投递", "2026-03-06")
        await press(pilot, "u", "u")
        assert "To review 3" in screen_text(app)
        assert "哔哩哔哩" not in {row.company for row in load_board(reviewed).rows}


async def test_an_entry_is_put_away_and_the_company_opened(
    reviewed: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(reviewed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await press(pilot, "x")
        with database.read() as session:
            assert [view.kind for view in list_reviews(session)] == ["date", "alias"]
        await press(pilot, "end")
        await press(pilot, "s")
        assert [type(screen) for screen in app.screen_stack[1:]] == [ReviewScreen]
        await press(pilot, "enter")
        assert [type(screen) for screen in app.screen_stack[1:]] == [ReviewScreen, CompanyScreen]


# The history


async def test_the_history_marks_what_was_undone(hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "greater_than_sign")
        await press(pilot, "h")
        await press(pilot, "u")
        assert screen_text(app) == snapshot
        await press(pilot, "U")
        assert "Redone: Qualcomm → 一面" in screen_text(app)
