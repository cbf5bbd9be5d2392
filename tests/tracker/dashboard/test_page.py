"""A page of entries: how it wraps, and where its cursor goes."""

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tracker.dashboard.widgets.entries import Entry, separated, unbroken, wrap_spans
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    return ["".join(words for words, _style in line) for line in wrap_spans((Cell(text),), width, indent)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("two words", 20, ["two words"]),
        ("two words", 5, ["two ", "words"]),
        ("注意力机制", 6, ["注意力", "机制"]),
        ("注意力，机制", 6, ["注意", "力，机", "制"]),
        ("用 softmax 归一", 9, ["用 ", "softmax ", "归一"]),
        ("一\n二", 10, ["一", "二"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("[/x] [@click=app.quit]x", 40, ["[/x] [@click=app.quit]x"]),
        ("a\x1b[31mb", 10, ["a[31mb"]),
    ],
)
def test_text_wraps_by_cells(text: str, width: int, expected: list[str]) -> None:
    assert wrapped(text, width) == expected


@pytest.mark.parametrize("width", [1, 2, 7, 20])
def test_no_line_is_wider_than_it_may_be(width: int) -> None:
    lines = wrapped("混合 mixed 文本，with long-unbreakable_words 和（标点）。" * 5, max(width, 2))
    assert all(cell_len(line) <= max(width, 2) + 2 for line in lines)


def test_later_lines_are_indented() -> None:
    assert wrapped("one two three", 8, indent=2) == ["one two ", "  three"]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (40, ["线上 · 腾讯会议 · 陈工"]),
        (16, ["线上 · 腾讯会议", "  陈工"]),
        (10, ["线上 · 腾", "  讯会议", "  陈工"]),
    ],
)
def test_a_separator_neither_begins_nor_ends_a_line(width: int, expected: list[str]) -> None:
    spans = separated([Cell("线上"), Cell(""), Cell("腾讯会议"), Cell("陈工")])
    assert ["".join(words for words, _style in line) for line in wrap_spans(spans, width, 2)] == expected


def test_a_time_stays_on_one_line() -> None:
    spans = (Cell("安静的房间"), Cell("  " + unbroken("明天 13:45")))
    assert ["".join(words for words, _style in line) for line in wrap_spans(spans, 18, 4)] == [
        "安静的房间  ",
        "    明天 13:45",
    ]


class Pages(App[None]):
    def compose(self) -> ComposeResult:
        yield Page()


def entries(count: int) -> list[Entry]:
    return [
        Entry("first", (Cell("First"), Cell("3")), heading=True),
        Entry("still", (Cell("nothing here"),), still=True),
        *(Entry(f"row:{at}", (Cell(f"row {at}"),)) for at in range(count)),
        Entry("second", (Cell("Second"),), heading=True),
        Entry("long", (Cell("line\n" * 30),)),
    ]


async def test_the_cursor_passes_over_what_cannot_be_acted_on() -> None:
    app = Pages()
    async with app.run_test(size=(40, 10)) as pilot:
        page = app.query_one(Page)
        page.show(entries(3))
        await pilot.press("down")
        assert page.cursor_key == "row:0"
        assert page.section_key() == "first"
        await pilot.press("right_square_bracket")
        assert (page.cursor_key, page.section_key()) == ("second", "second")
        await pilot.press("left_square_bracket")
        assert page.cursor_key == "first"


async def test_a_tall_entry_is_read_before_it_is_left() -> None:
    app = Pages()
    async with app.run_test(size=(40, 10)) as pilot:
        page = app.query_one(Page)
        page.show(entries(1))
        page.move_to("long")
        await pilot.pause()
        before = page.scroll_offset.y
        await pilot.press("down")
        assert page.cursor_key == "long"
        assert page.scroll_offset.y > before


async def test_the_cursor_stays_on_its_entry_when_others_come_and_go() -> None:
    app = Pages()
    async with app.run_test(size=(40, 10)) as pilot:
        page = app.query_one(Page)
        page.show(entries(5))
        page.move_to("row:3")
        page.show([entry for entry in entries(6) if entry.key != "row:0"])
        assert page.cursor_key == "row:3"
        page.show(entries(2))
        await pilot.pause()
        assert page.cursor_key in {"row:1", "second", "long"}


async def test_home_shows_what_stands_above_the_first_stop() -> None:
    app = Pages()
    async with app.run_test(size=(40, 6)) as pilot:
        page = app.query_one(Page)
        page.show([Entry("above", (Cell("read me"),), still=True), *entries(20)])
        await pilot.press("end", "home")
        assert page.scroll_offset.y == 0
