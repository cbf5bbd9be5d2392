"""The first screen, driven by keys and read as text."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.board import load_board
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.home import HomeScreen
from tracker.dashboard.widgets.table import Table
from tracker.db import Database
from tracker.pipeline import advance
from tracker.projection import refresh_projection

OpenApp = Callable[..., AshoreApp]


def selected(app: AshoreApp) -> str:
    home = app.screen_stack[0]
    assert isinstance(home, HomeScreen)
    chosen = home.selected()
    return "" if chosen is None else chosen.company


def stage_of(path: Path, company: str) -> tuple[str, str]:
    row = next(row for row in load_board(path).rows if row.company == company)
    return row.stage, row.outcome


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_board_reads_well(
    hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(hunt, season="2026 春招")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert screen_text(app) == snapshot


async def test_the_columns_read_well(hunt: Path, open_app: OpenApp, snapshot: SnapshotAssertion) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "c", "right")
        assert screen_text(app) == snapshot
        assert selected(app) == "快手"
        await press(pilot, "c")
        assert selected(app) == "快手"


async def test_the_nearest_comes_first_and_the_pool_last(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        shown = [home.rows[key].company for key in home.query_one("#board", Table).order]
        assert shown == ["Qualcomm", "快手", "美团", "得到", "小红书", "字节跳动"]


@pytest.mark.parametrize(
    ("key", "company", "stage", "outcome", "sentence"),
    [
        ("greater_than_sign", "Qualcomm", "一面", "", "Qualcomm → 一面"),
        ("p", "Qualcomm", "笔试", "passed", "Qualcomm 笔试 passed"),
        ("x", "Qualcomm", "笔试", "rejected", "Qualcomm 笔试 rejected"),
    ],
)
async def test_one_key_moves_and_u_takes_it_back(
    hunt: Path, open_app: OpenApp, key: str, company: str, stage: str, outcome: str, sentence: str
) -> None:
    before = stage_of(hunt, company)
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        assert selected(app) == company
        await press(pilot, key)
        assert stage_of(hunt, company) == (stage, outcome)
        assert f"{sentence} · u undo" in screen_text(app)
        assert selected(app) == company
        await press(pilot, "u")
        assert stage_of(hunt, company) == before
        assert "Undone" in screen_text(app)
        assert selected(app) == company
        await press(pilot, "U")
        assert stage_of(hunt, company) == (stage, outcome)


async def test_what_ended_stays_where_it_was_until_the_next_filter(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "x")
        assert selected(app) == "快手"
        assert "一面 rej" in screen_text(app)
        await press(pilot, "f", "f")
        assert "快手" not in [row.split()[0] for row in screen_text(app).splitlines() if row.startswith("▸")]


async def test_the_pool_and_a_revival(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tilde")
        assert "Qualcomm 笔试 in the pool · u undo" in screen_text(app)
        await press(pilot, "x", "exclamation_mark")
        rows = [row for row in load_board(hunt).rows if row.company == "Qualcomm"]
        assert [(row.stage, row.active) for row in rows] == [("笔试", 0), ("投递", 1)]
        assert selected(app) == "Qualcomm"


async def test_two_keys_reach_any_stage(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert "Qualcomm: to which stage?" in screen_text(app)
        await press(pilot, "h")
        assert stage_of(hunt, "Qualcomm") == ("HR面", "")


async def test_a_refusal_is_a_sentence(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "exclamation_mark")
        await wait_until(pilot, lambda: "only a closed application" in screen_text(app))
        await press(pilot, "u")
        await wait_until(pilot, lambda: "There is nothing to undo" in screen_text(app))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zjtd", ["字节跳动"]),
        ("zijie", ["字节跳动"]),
        ("快手", ["快手"]),
        ("QUAL", ["Qualcomm"]),
        ("笔试", ["Qualcomm", "美团"]),
        ("xhs 意向", ["小红书"]),
        ("nothing of the kind", []),
    ],
)
async def test_typing_finds_names_pinyin_initials_and_stages(
    hunt: Path, open_app: OpenApp, typed: str, found: list[str]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await pilot.pause()
        app.screen.query_one("Input").value = typed  # type: ignore[attr-defined]
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert [home.rows[key].company for key in home.table.order] == found
        await press(pilot, "escape")
        assert len(home.table.order) == 6


async def test_a_date_and_a_note_can_follow(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press("D")
        await pilot.pause()
        app.screen.query_one("Input").value = "3.20 聊了项目"  # type: ignore[attr-defined]
        await pilot.pause()
        assert "03-20" in screen_text(app)
        assert "note: 聊了项目" in screen_text(app)
        await press(pilot, "enter")
        await wait_until(pilot, lambda: "聊了项目" in screen_text(app))
        row = next(row for row in load_board(hunt).rows if row.company == "Qualcomm")
        assert row.since_at.startswith("2026-03-20")


async def test_a_new_application_of_a_new_company(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        await wait_until(pilot, lambda: "New application" in screen_text(app))
        for name, value in {"company": "智谱", "position": "算法", "stage": "笔试", "tier": "a"}.items():
            app.screen.query_one(f"#field-{name}").value = value  # type: ignore[attr-defined]
        await pilot.pause()
        assert "a new company" in screen_text(app)
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: selected(app) == "智谱")
        assert stage_of(hunt, "智谱") == ("笔试", "")


async def test_a_round_is_planned_from_words(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "r")
        assert "美团: plan a round" in screen_text(app)
        app.screen.query_one("#field-when").value = "gibberish"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "«gibberish» is no time" in screen_text(app)
        app.screen.query_one("#field-stage").value = "一面"  # type: ignore[attr-defined]
        app.screen.query_one("#field-when").value = "明天 14:00-15:00"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        row = next(row for row in load_board(hunt).rows if row.company == "美团")
        assert row.next_at == "2026-03-26T06:00:00+00:00"
        assert row.next_ends_at == "2026-03-26T07:00:00+00:00"
        assert row.stage == "一面"
        await press(pilot, "u")
        row = next(row for row in load_board(hunt).rows if row.company == "美团")
        assert (row.stage, row.next_at) == ("笔试", "")


async def test_details_are_edited_in_a_form(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await wait_until(pilot, lambda: "Referral code" in screen_text(app))
        app.screen.query_one("#field-position").value = "编译器优化"  # type: ignore[attr-defined]
        app.screen.query_one("#field-tier").value = "b"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        row = next(row for row in load_board(hunt).rows if row.company == "Qualcomm")
        assert (row.position, row.tier) == ("编译器优化", "B")


async def test_the_change_of_another_process_appears(
    hunt: Path, open_app: OpenApp, clock: Callable[[], datetime]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        other = Database(hunt, after_write=(refresh_projection,))
        with other.change("elsewhere", now=clock()) as session:
            advance(session, application_id=1, now=clock())
        await wait_until(pilot, lambda: "二面" in screen_text(app))
        assert selected(app) == "快手"


async def test_help_and_the_palette_name_every_action(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 46)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        shown = screen_text(app)
        for words in ("next stage", "in the pool", "light or dark", "one phase", "undo"):
            assert words in shown
        await press(pilot, "escape", "ctrl+p")
        app.screen.query_one("Input").value = "rejected"  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await settle(pilot)
        assert stage_of(hunt, "Qualcomm") == ("笔试", "rejected")


async def test_every_key_can_be_another(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt, keys={"move.advance": "ctrl+n"})
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "greater_than_sign")
        assert stage_of(hunt, "Qualcomm") == ("笔试", "")
        await press(pilot, "ctrl+n")
        assert stage_of(hunt, "Qualcomm") == ("一面", "")


async def test_a_line_of_the_day_leads_to_its_row(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "end", "shift+tab", "down", "enter")
        assert selected(app) == "快手"


async def test_an_empty_database_says_what_to_do(
    database_path: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute("INSERT INTO setting (name, value) VALUES ('welcomed', 'empty')")
        connection.commit()
    app = open_app(database_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert screen_text(app) == snapshot


async def test_a_missing_file_is_made(tmp_path: Path, open_app: OpenApp) -> None:
    path = tmp_path / "new" / "ashore.db"
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: path.exists() and app.backend.is_open)
        await pilot.pause(0.2)
    assert path.stat().st_mode & 0o777 == 0o600
