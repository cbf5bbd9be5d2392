"""Charts of characters: to scale, never wider than they may be, never hiding what is there."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dashboard.views.statistics_drawing import (
    LEVELS,
    SHADES,
    bar,
    columns,
    shade,
    shade_limits,
    sparkline,
    step_curve,
    ticks,
)


@pytest.mark.parametrize(
    ("value", "most", "width", "drawn"),
    [
        (0, 10, 8, ""),
        (10, 10, 4, "━━━━"),
        (5, 10, 4, "━━"),
        (3, 8, 4, "━╸"),
        (1, 10_000, 10, "╸"),
        (5, 0, 8, ""),
        (7, 5, 3, "━━━"),
    ],
)
def test_a_bar_is_to_scale(value: float, most: float, width: int, drawn: str) -> None:
    assert bar(value, most, width) == drawn


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 60))
def test_a_longer_bar_is_never_less(first: int, second: int, width: int) -> None:
    most = max(first, second)
    one, two = bar(first, most, width), bar(second, most, width)
    assert len(one) <= width
    assert (first > 0) == bool(one)
    if first <= second:
        assert len(one) <= len(two)


@given(st.lists(st.integers(0, 99), max_size=20), st.integers(1, 5), st.integers(1, 3), st.integers(0, 4))
def test_columns_stand_on_the_ground(values: list[int], height: int, wide: int, gap: int) -> None:
    lines = columns(values, height=height, wide=wide, gap=gap)
    assert len(lines) == height
    assert all(len(line) == len(values) * (wide + gap) for line in lines)
    for index, value in enumerate(values):
        cells = [line[index * (wide + gap)] for line in lines]
        filled = [LEVELS.index(cell) for cell in cells]
        assert filled == sorted(filled)
        assert (sum(filled) > 0) == (value > 0)
        assert sum(filled) == (max(1, round(8 * height * value / max(values))) if value else 0)


def test_a_sparkline_shows_weeks_without_anything() -> None:
    assert sparkline([0, 1, 7, 0, 14]) == "·▁▄·▇"
    assert sparkline([]) == ""
    assert sparkline([0, 0]) == "··"


@pytest.mark.parametrize(
    ("most", "limits", "shown"),
    [(1, (1, 2, 3), "·░"), (4, (1, 2, 3), "·░▒▓█"), (8, (2, 4, 6), "·░░▒▒▓▓██"), (0, (1, 2, 3), "·")],
)
def test_shades_are_fourths_of_the_most(most: int, limits: tuple[int, ...], shown: str) -> None:
    assert shade_limits(most) == limits
    assert "".join(shade(value, limits) for value in range(most + 1)) == shown


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_is_never_lighter(first: int, second: int) -> None:
    limits = shade_limits(max(first, second))
    assert list(limits) == sorted(set(limits))
    low, high = sorted((first, second))
    assert SHADES.index(shade(low, limits)) <= SHADES.index(shade(high, limits))


def test_a_step_curve_falls_where_the_function_does() -> None:
    assert step_curve(lambda day: 1.0 if day < 5 else 0.0, last=10, width=4, height=2) == ["⠉⠉⡇ ", "  ⣇⣀"]
    assert step_curve(lambda _day: 1.0, last=10, width=3, height=2) == ["⠉⠉⠉", "   "]


@given(st.lists(st.tuples(st.integers(1, 90), st.floats(0, 1)), max_size=12), st.integers(2, 60), st.integers(1, 9))
def test_a_step_curve_has_a_dot_in_every_column(points: list[tuple[int, float]], width: int, height: int) -> None:
    days = sorted({day for day, _share in points})
    shares = [1.0, *sorted((share for _day, share in points[: len(days)]), reverse=True)]
    lines = step_curve(
        lambda day: shares[bisect_right(days, day)], last=days[-1] if days else 1, width=width, height=height
    )
    assert [len(line) for line in lines] == [width] * height
    assert all(any(line[column] != " " for line in lines) for column in range(width))


@given(st.integers(0, 4000), st.integers(1, 20))
def test_ticks_are_few_and_within(last: int, most: int) -> None:
    found = ticks(last, most=most)
    assert found[0] == 0
    assert found[-1] <= last
    assert len(found) <= most + 1
