"""What fits on a sheet: never more lines than there are, nothing left out without a word, nothing lost on screen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.reports.test_page import parse
from tracker.reports.paper import Sheet, clipped, cut_at, lines_of, more_in_ashore, share

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
    ],
)
def test_lines_are_counted_from_above(text: str, cells: int, lines: int) -> None:
    assert lines_of(text, cells) == lines


@given(wanted=st.lists(st.integers(0, 60), max_size=30), total=st.integers(0, 130))
def test_shares_never_exceed_what_there_is_and_favour_the_small(wanted: list[int], total: int) -> None:
    given_lines = share(wanted, total)
    assert sum(given_lines) == min(sum(wanted[:total]), total)
    assert all(got <= wish for got, wish in zip(given_lines, wanted, strict=True))
    short = [got for got, wish in zip(given_lines[:total], wanted, strict=False) if got < wish]
    assert not short or max(given_lines) <= min(short) + 1


def test_more_parts_than_lines_get_one_each_from_the_first() -> None:
    assert share([5, 5, 5, 5], 2) == [1, 1, 0, 0]


@given(words=WORDS, lines=st.integers(1, 6), cells=st.integers(40, 60), goes_on=st.booleans())
def test_a_clipped_text_keeps_its_lines_and_says_that_it_goes_on(
    words: list[str], lines: int, cells: int, goes_on: bool
) -> None:
    text = " ".join(words)
    made = str(clipped(text, lines=lines, cells=cells, goes_on=goes_on))
    fits = lines_of(text, cells) <= lines and not goes_on
    assert (more_in_ashore() in made) != fits
    screen, paper = shown(made, "on-paper"), shown(made, "on-screen")
    assert screen == text
    assert lines_of(paper, cells) <= lines
    if not fits:
        assert text.startswith(paper.removesuffix(f" {more_in_ashore()}"))


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


@pytest.mark.parametrize("columns", [1, 2])
def test_the_style_says_the_size_that_was_reckoned_with(columns: int) -> None:
    sheet = Sheet(columns=columns)
    assert f"columns: {columns}" in sheet.style
    assert sheet.lines * 12.4 <= 773.8
    assert (sheet.cells + 2) * 4.5 * columns <= 515.9
