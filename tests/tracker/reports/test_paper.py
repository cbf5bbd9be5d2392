"""What fits on a sheet: never more lines than there are, nothing left out without a word, nothing lost on screen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.reports.test_page import parse
from tracker.reports.paper import ELLIPSIS, MOST_LINES, SHEETS, Sheet, clipped, cut_at, lines_of, share

WORDS = st.lists(
    st.sampled_from(["Redis", "持久化，", "\n", "W" * 70, "https://example.com/a/b?c=d", "e\u0301", "👨\u200d👩"])
)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, 0),
        ("一二三四五", 10, 1),
        ("一二三四五六", 10, 2),
        ("一\n二", 10, 2),
        ("aaa bbb", 10, 1),
        ("aaa bbb ccc", 10, 2),
        ("W" * 11, 10, 3),
        ("a 二三四五六", 10, 2),
        ("一二三四五，", 10, 2),
        ("一二 " + "a" * 9, 10, 3),
        ("一 (a+b)*c", 10, 2),
    ],
)
def test_lines_are_counted_from_above(text: str, cells: int, lines: int) -> None:
    assert lines_of(text, cells) == lines


def test_a_huge_text_is_not_measured_to_its_end() -> None:
    assert lines_of("一" * 10_000_000, 50) == MOST_LINES


@given(wanted=st.lists(st.integers(0, 60), max_size=30), total=st.integers(0, 130))
def test_shares_never_exceed_what_there_is_and_favour_the_small(wanted: list[int], total: int) -> None:
    given_lines = share(wanted, total)
    served = [index for index, wish in enumerate(wanted) if wish][:total]
    assert sum(given_lines) == min(sum(wanted[index] for index in served), total)
    assert all(got <= wish for got, wish in zip(given_lines, wanted, strict=True))
    short = [given_lines[index] for index in served if given_lines[index] < wanted[index]]
    assert not short or max(given_lines) <= min(short) + 1


def test_more_parts_than_lines_get_one_each_from_the_first() -> None:
    assert share([5, 0, 5, 5], 2) == [1, 0, 1, 0]


@given(words=WORDS, lines=st.integers(1, 6), cells=st.integers(40, 60), goes_on=st.booleans())
def test_a_clipped_text_keeps_its_lines_and_says_that_it_goes_on(
    words: list[str], lines: int, cells: int, goes_on: bool
) -> None:
    text = " ".join(words)
    made = str(clipped(text, lines=lines, cells=cells, goes_on=goes_on))
    fits = lines_of(text, cells) <= lines and not goes_on
    assert made.endswith(f'<span class="on-paper left-out">{ELLIPSIS}</span>') != fits
    screen, paper = shown(made, "on-paper"), shown(made, "on-screen")
    assert screen == text
    assert lines_of(paper, cells) <= lines
    if not fits:
        assert text.startswith(paper.removesuffix(ELLIPSIS))


def shown(made: str, hidden: str) -> str:
    """What is read where one class is hidden."""
    rest = re.sub(rf'<span class="{hidden}[^"]*">.*?</span>', "", made, flags=re.DOTALL)
    return "".join(parse(rest).texts)


def test_without_a_line_a_text_is_on_screen_alone() -> None:
    assert clipped("<b>", lines=0, cells=50) == '<span class="on-screen">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一二三 https://example.com/a/very/long/address", "一二三"),
        ("persistence replication", "persistence"),
        ("一二三四五六👨\u200d👩\u200d👧", "一二三四五六"),
    ],
)
def test_nothing_is_cut_in_two(text: str, kept: str) -> None:
    assert text[: cut_at(text, lines=1, cells=17, marker="")].rstrip() == kept


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_style_says_the_size_that_was_reckoned_with(sheet: Sheet) -> None:
    assert f"columns: {sheet.columns}" in sheet.style
    assert f"font-size: {sheet.font_points}pt" in sheet.style
    assert sheet.room(above=0, below=0) * sheet.line_points <= 773.8 * sheet.columns
    assert sheet.room(above=40, below=40) == 0
    assert (sheet.cells + 2.6) * sheet.font_points / 2 * sheet.columns <= 515.9


def test_each_sheet_holds_more_than_the_one_before() -> None:
    lines = [sheet.room(above=5, below=2) for sheet in SHEETS]
    assert lines == sorted(set(lines))
