"""Two companies that are one, on the screens: what imports ask, what looks alike, and by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle
from tracker.applications import At, add_application
from tracker.board import load_board
from tracker.companies import add_company, edit_company, find_company_id, list_companies
from tracker.contents import content_hash
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.companies import CompaniesScreen
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.review import ReviewScreen
from tracker.db import Database
from tracker.models import Review
from tracker.pipeline import move_to

OpenApp = Callable[..., AshoreApp]


@pytest.fixture
def doubled(hunt: Path, database: Database) -> Path:
    """The small hunt with 海康 (9) beside 海康威视, and what imports ask about names."""
    with database.change("double", now=NOW, kind="demo") as session:
        company_id = add_company(session, name="海康", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW, position="测试")
        move_to(session, application_id=application_id, label="投递", now=NOW, at=At())
        add_company(session, name="xiaohongshu", now=NOW)
        session.add(
            Review(
                kind="alias",
                line=9,
                text="海康：投递",
                subject="海康",
                other="海康威视",
                proposal="one?",
                confidence=0.8,
            )
        )
        session.add(
            Review(kind="alias", line=12, text="快手科技：投递", subject="快手科技", other="快手", proposal="one?")
        )
        session.add(Review(kind="status", line=3, text="得到（X）", subject="得到", other="X", proposal="rejected?"))
    return hunt


def names(database: Database) -> set[str]:
    with database.read() as session:
        return {view.name for view in list_companies(session)}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_pairs_read_well(
    doubled: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(doubled)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        assert screen_text(app) == snapshot
        await press(pilot, "end")
        assert screen_text(app) == snapshot


async def test_one_key_merges_and_undo_brings_both_back(doubled: Path, open_app: OpenApp, database: Database) -> None:
    before = content_hash(doubled)
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "down")
        assert "海康 → 海康威视" in screen_text(app)
        await press(pilot, "m")
        assert "海康 merged into 海康威视 · 1 application moved · u undo" in screen_text(app)
        assert "To review 3" in screen_text(app)
        assert "海康" not in names(database)
        assert {row.position for row in load_board(doubled).rows if row.company == "海康威视"} == {"软件开发", "测试"}
        await press(pilot, "u")
        assert content_hash(doubled) == before
        assert "To review 4" in screen_text(app)


async def test_the_other_may_stay(doubled: Path, open_app: OpenApp, database: Database) -> None:
    with database.change("ranked", now=NOW, kind="demo") as session:
        edit_company(session, company_id=find_company_id(session, "海康") or 0, tier="B")
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "down", "w")
        assert "海康威视 → 海康" in screen_text(app)
        await press(pilot, "w", "w", "m")
        assert "海康威视" not in names(database)
        assert [notice.message for notice in app._notifications] == ["海康威视 was in tier A; tier B was kept."]
        with database.read() as session:
            assert find_company_id(session, "海康威视") == find_company_id(session, "海康")


async def test_a_name_that_no_company_has_becomes_another_name(
    doubled: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "down", "down", "m")
        assert "快手: also «快手科技»" in screen_text(app)
        with database.read() as session:
            assert find_company_id(session, "快手科技") == find_company_id(session, "快手")


async def test_a_pair_that_is_put_away_does_not_come_back(doubled: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "end")
        assert "xiaohongshu → 小红书" in screen_text(app)
        await press(pilot, "x")
        assert "xiaohongshu → 小红书" not in screen_text(app)
        await press(pilot, "1", "R")
        assert "xiaohongshu" not in screen_text(app)
        await press(pilot, "u")
        assert "xiaohongshu → 小红书" in screen_text(app)
        await press(pilot, "end", "X")
        assert "To review 1" in screen_text(app)
    assert {"xiaohongshu", "海康", "海康威视"} <= names(database)


async def test_what_is_no_pair_says_so(doubled: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(doubled)
    before = content_hash(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "m", "w")
        await press(pilot, "down", "s")
        assert isinstance(app.screen, ReviewScreen)
        assert [str(notice.message)[:29] for notice in app._notifications] == [
            "This line does not speak of t",
            "one?\nm merges 海康 into 海康威视, w",
        ]
    assert content_hash(doubled) == before


async def test_only_what_an_entry_takes_is_offered_and_a_filter_that_finds_nothing_says_so(
    doubled: Path, open_app: OpenApp
) -> None:
    app = open_app(doubled)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        review = app.screen
        assert isinstance(review, ReviewScreen)
        offered = {}
        for key in review.table.order:
            review.table.move_to(key)
            await pilot.pause()
            bar = screen_text(app).splitlines()[-1]
            offered[review.by_id[key].subject] = [word for word in ("what it means", "merge", "swap") if word in bar]
        assert offered["海康"] == offered["xiaohongshu"] == ["merge", "swap"]
        assert offered["快手科技"] == ["merge"]
        assert offered["得到"] == ["what it means"]
        review.typed = "没有这样的词"
        review.show_list()
        await pilot.pause()
        assert "Nothing has these words. Esc clears the filter." in screen_text(app)
        assert "what it means" not in screen_text(app).splitlines()[-1]


async def test_from_the_list_the_likely_one_stands_first(doubled: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await press(pilot, "slash")
        app.screen.query_one(Input).value = "xiaohongshu"
        await settle(pilot)
        await press(pilot, "enter", "end", "M")
        assert "xiaohongshu is the same company as…" in screen_text(app)
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, CompaniesScreen)
        assert "xiaohongshu" not in names(database)
        assert screen.by_id[screen.table.cursor_key or 0].name == "小红书"


async def test_the_page_goes_on_with_the_company_that_stays(
    doubled: Path, open_app: OpenApp, database: Database
) -> None:
    with database.read() as session:
        company_id = find_company_id(session, "海康")
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        await press(pilot, "M", "escape")
        assert "海康" in names(database)
        await press(pilot, "M")
        app.screen.query_one(Input).value = "Qualcomm"
        await press(pilot, "enter")
        assert isinstance(app.screen, CompanyScreen)
        assert screen_text(app).startswith(" Qualcomm")
        assert not app._notifications


async def test_a_second_application_from_the_page_is_warned_of(
    doubled: Path, open_app: OpenApp, database: Database
) -> None:
    with database.read() as session:
        company_id = find_company_id(session, "快手")
    app = open_app(doubled)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        await press(pilot, "N")
        app.screen.query_one("#field-position", Input).value = "大模型应用"
        await press(pilot, "ctrl+s")
        assert "快手 has this very position already: 大模型应用 (一面)." in screen_text(app)
        before = content_hash(doubled)
        await press(pilot, "escape", "escape")
        assert content_hash(doubled) == before


async def test_a_limit_is_kept_in_the_form(doubled: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(doubled)

    def limit() -> int | None:
        with database.read() as session:
            return next(view.most_applications for view in list_companies(session) if view.name == "快手")

    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        for typed, expected in (("many", None), ("3", 3), ("", None)):
            if not isinstance(app.screen, CompaniesScreen):
                await press(pilot, "escape")
            await press(pilot, "home", "e")
            app.screen.query_one("#field-limit", Input).value = typed
            await press(pilot, "ctrl+s")
            assert limit() == expected
