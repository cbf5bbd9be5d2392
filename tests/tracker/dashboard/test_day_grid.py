"""Days side by side: the cursor goes from line to line and from day to day, and asks for days beyond."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual import on
from textual.app import App, ComposeResult

from tracker.dashboard.theme import DARK, make_theme
from tracker.dashboard.widgets.day_grid import DayCell, DayGrid, DayLine
from tracker.dashboard.widgets.table import Cell

MONDAY = date(2026, 3, 23)


def day(distance: int, *keys: str) -> DayCell:
    lines: list[DayLine] = []
    for key in keys:
        lines += [DayLine((Cell(f"{key} 快手"),), key), DayLine((Cell(" [mask] 一面"),))]
    return DayCell(MONDAY + timedelta(days=distance), (Cell(f"day {distance}"),), tuple(lines))


WEEK = ((day(0), day(1, "a", "b"), day(2, "c"), day(3), day(4, "d"), day(5), day(6)),)
MONTH = tuple(tuple(day(7 * row + column) for column in range(7)) for row in range(5))


class GridApp(App[None]):
    """A grid alone."""

    def __init__(self, rows: Sequence[Sequence[DayCell]], at: int, key: str = "", heads: Sequence[str] = ()) -> None:
        super().__init__()
        self.rows, self.at, self.key, self.heads = rows, at, key, heads
        self.told: list[tuple[str, int, str]] = []

    def compose(self) -> ComposeResult:
        yield DayGrid()

    def on_mount(self) -> None:
        self.register_theme(make_theme(DARK))
        self.theme = DARK
        self.grid.show(self.rows, day=MONDAY + timedelta(days=self.at), key=self.key, heads=self.heads)
        self.grid.focus()

    @property
    def grid(self) -> DayGrid:
        return self.query_one(DayGrid)

    @on(DayGrid.Highlighted)
    def _highlighted(self, message: DayGrid.Highlighted) -> None:
        self.told.append(("at", (message.day - MONDAY).days, message.key))

    @on(DayGrid.Beyond)
    def _beyond(self, message: DayGrid.Beyond) -> None:
        self.told.append(("beyond", (message.day - MONDAY).days, ""))

    @on(DayGrid.Chosen)
    def _chosen(self, message: DayGrid.Chosen) -> None:
        self.told.append(("chosen", (message.day - MONDAY).days, message.key))


def lines(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["down"], [("at", 1, "b")]),
        (["down", "down"], [("at", 1, "b")]),
        (["up"], []),
        (["right"], [("at", 2, "c")]),
        (["down", "right", "left"], [("at", 1, "b"), ("at", 2, "c"), ("at", 1, "a")]),
        (["right", "right", "enter"], [("at", 2, "c"), ("at", 3, ""), ("chosen", 3, "")]),
        (["enter"], [("chosen", 1, "a")]),
        (["left", "left"], [("at", 0, ""), ("beyond", -1, "")]),
        (["end", "right"], [("at", 6, ""), ("beyond", 7, "")]),
        (["home"], [("at", 0, "")]),
    ],
)
async def test_the_arrows_go_through_a_week(keys: list[str], told: list[tuple[str, int, str]]) -> None:
    app = GridApp(WEEK, 1, "a")
    async with app.run_test(size=(112, 10)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.told == told


@pytest.mark.parametrize(
    ("at", "keys", "told"),
    [
        (9, ["down"], [("at", 16, "")]),
        (9, ["up", "up"], [("at", 2, ""), ("beyond", -5, "")]),
        (30, ["down"], [("beyond", 37, "")]),
        (6, ["right"], [("at", 7, "")]),
    ],
)
async def test_the_arrows_go_through_a_month(at: int, keys: list[str], told: list[tuple[str, int, str]]) -> None:
    app = GridApp(MONTH, at)
    async with app.run_test(size=(112, 12)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.told == told


async def test_a_week_is_painted_as_seven_columns_with_text_as_it_is() -> None:
    app = GridApp(WEEK, 1, "b")
    async with app.run_test(size=(76, 6)) as pilot:
        await pilot.pause()
        assert lines(app) == [
            " day 0    │ day 1    │ day 2    │ day 3    │ day 4    │ day 5    │ day 6",
            "          │ a 快手   │ c 快手   │          │ d 快手   │          │",
            "          │  [mask]… │  [mask]… │          │  [mask]… │          │",
            "          │▸b 快手   │          │          │          │          │",
            "          │  [mask]… │          │          │          │          │",
            "          │          │          │          │          │          │",
        ]


async def test_a_month_has_the_names_of_the_days_above_it() -> None:
    app = GridApp(MONTH, 8, heads=("一", "二", "三", "四", "五", "六", "日"))
    async with app.run_test(size=(76, 8)) as pilot:
        await pilot.pause()
        shown = lines(app)
        assert shown[0].split() == ["一", "二", "三", "四", "五", "六", "日"]
        assert shown[2].startswith(" day 7    │▸day 8")


async def test_the_cursor_scrolls_into_view_and_back_to_the_title() -> None:
    rows = ((day(0, "a", "b", "c", "d"), *WEEK[0][1:]),)
    app = GridApp(rows, 0, "a")
    async with app.run_test(size=(76, 5)) as pilot:
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert any(line.startswith("▸d") for line in lines(app))
        assert "day 0" not in lines(app)[0]
        await pilot.press("up", "up", "up")
        await pilot.pause()
        assert lines(app)[0].startswith(" day 0")


async def test_the_cursor_stays_on_its_line_through_a_refresh_else_near_it() -> None:
    app = GridApp(WEEK, 1, "b")
    async with app.run_test(size=(76, 6)) as pilot:
        grid = app.grid
        grid.show(((*WEEK[0][:1], day(1, "new", "a", "b"), *WEEK[0][2:]),), day=MONDAY + timedelta(days=1), key="b")
        assert grid.cursor_key == "b"
        grid.show(((*WEEK[0][:1], day(1, "new", "a"), *WEEK[0][2:]),), day=MONDAY + timedelta(days=1), key="b")
        assert grid.cursor_key == "a"
        await pilot.pause()
        assert app.told == []


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    app = GridApp(WEEK, 1, "a")
    async with app.run_test(size=(76, 6)) as pilot:
        await pilot.click(DayGrid, offset=(14, 4))
        await pilot.click(DayGrid, offset=(25, 2), times=2)
        assert app.told == [("at", 1, "b"), ("at", 2, "c"), ("chosen", 2, "c")]
