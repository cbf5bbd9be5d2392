"""Which applications the board shows, and in which order: without a screen, and without a database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.board_rows import NOW, ROWS, hours, row
from tracker.board import count_rows, recount
from tracker.board_filter import (
    ALL_SEASONS,
    NO_SEASON,
    SORTS,
    Arrangement,
    BoardFilter,
    Search,
    Sort,
    arrange,
    filter_rows,
    of_season,
    order_rows,
)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("next", [6, 5, 1, 7, 4, 2, 3]),
        ("tier", [1, 2, 3, 5, 4, 7, 6]),
        ("stage", [7, 2, 1, 6, 4, 5, 3]),
        ("waiting", [2, 4, 1, 7, 5, 6, 3]),
        ("changed", [5, 3, 7, 1, 4, 2, 6]),
    ],
)
def test_orders(sort: Sort, expected: list[int]) -> None:
    assert order_rows(ROWS.values(), sort=sort, now=NOW) == expected


def test_names_are_sorted_by_their_pinyin() -> None:
    rows = [row(1, "美团", search="美团\nmeituan mt"), row(2, "Lazada"), row(3, "阿里", search="阿里\nali al")]
    assert order_rows(rows, sort="company", now=NOW) == [3, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (BoardFilter(), {1, 2, 4, 5, 6, 7}),
        (BoardFilter(all_ends=True), set(ROWS)),
        (BoardFilter(tier="S"), {1, 2}),
        (BoardFilter(phase="interview"), {1, 2, 7}),
        (BoardFilter(phase="closed"), {3}),
        (BoardFilter(tier="A", phase="closed"), {3}),
        (BoardFilter(season=2), {6}),
        (BoardFilter(season=NO_SEASON), {1, 2, 4, 5, 7}),
    ],
)
def test_filters(wanted: BoardFilter, expected: set[int]) -> None:
    assert set(filter_rows(ROWS, ROWS, wanted)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", set(ROWS)),
        ("MT", {4}),
        ("ｍｔ", {4}),
        ("测评", {3, 6}),
        ("hr面", {7}),
        ("美团 后端", {4}),
        ("美团 测评", set()),
        ("正式批", {4}),
        ("#", {1, 5}),
        ("#急", {1, 5}),
        ("＃急 快手", {1}),
        ("#HANG", {5}),
    ],
)
def test_typing_finds_what_it_should(typed: str, expected: set[int]) -> None:
    assert set(Search(ROWS, ROWS).find(typed)) == expected


@given(
    st.lists(
        st.sampled_from(["z", "zj", "字", "一面", "", "zj 后", "后端", "z 一面", " ", "#", "#急", "#急 快", "# "]),
        max_size=6,
    )
)
def test_typing_on_narrows_what_was_found(typed: list[str]) -> None:
    search = Search(ROWS, ROWS)
    assert [search.find(text) for text in typed] == [Search(ROWS, ROWS).find(text) for text in typed]


def test_of_what_an_order_does_not_tell_apart_the_last_moved_comes_first() -> None:
    rows = [row(1, "甲", since_at=hours(-9)), row(2, "乙", since_at=hours(-1)), row(3, "丙", since_at=hours(-5))]
    for sort in ("next", "tier", "stage", "changed"):
        assert order_rows(rows, sort=sort, now=NOW) == [2, 3, 1]


@given(st.permutations(sorted(ROWS)), st.sampled_from(list(SORTS)))
def test_every_order_holds_every_application_once(keys: list[int], sort: Sort) -> None:
    assert sorted(order_rows([ROWS[key] for key in keys], sort=sort, now=NOW)) == sorted(ROWS)


@pytest.mark.parametrize(
    ("precision", "days", "ahead"),
    [("day", 0, True), ("day", -1, False), ("day", 1, True), ("month", -20, True), ("month", -40, False)],
)
def test_what_is_known_by_its_day_is_ahead_until_that_day_is_over(precision: str, days: int, ahead: bool) -> None:
    late = NOW.replace(hour=23, minute=30)
    day = late + timedelta(days=days)
    stored = f"{day.replace(day=1) if precision == 'month' else day:%Y-%m-%d}T00:00:00+00:00"
    rows = [row(1, "甲", since_at=hours(-1)), row(2, "乙", next_at=stored, next_precision=precision)]
    assert (order_rows(rows, sort="next", now=late) == [2, 1]) is ahead
    assert count_rows(rows, late).coming == ahead


@pytest.mark.parametrize(
    ("season", "current", "expected"),
    [(0, None, {1, 2, 3}), (0, 1, {1, 3}), (0, 2, {2, 3}), (ALL_SEASONS, 1, {1, 2, 3}), (1, 2, {1}), (9, 2, set())],
)
def test_a_season_holds_what_belongs_to_none_while_it_is_current(
    season: int, current: int | None, expected: set[int]
) -> None:
    rows = [row(1, "甲", season_id=1), row(2, "乙", season_id=2), row(3, "丙")]
    assert {found.application_id for found in of_season(rows, season, current)} == expected


def test_an_arrangement_is_filter_order_and_text_together() -> None:
    wanted = Arrangement(BoardFilter(text="面", phase="interview"), "company")
    assert [found.company for found in arrange(ROWS.values(), wanted, now=NOW)] == ["字节跳动", "快手", "百度"]


def test_the_numbers_follow_a_changed_row() -> None:
    rows = list(ROWS.values())
    changed = rows[0]._replace(active=0), rows[1]._replace(phase="offer", next_at="9")
    numbers = recount(count_rows(rows, NOW), rows[:2], changed, NOW)
    assert numbers == count_rows([*changed, *rows[2:]], NOW)
