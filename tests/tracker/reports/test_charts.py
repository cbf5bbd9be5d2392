"""Bars, columns, calendars and survival curves: to scale, inside their pictures, with their numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.reports.svg import assert_inside, labels, read, rectangles, titles
from tracker.reports.bars import MOST_WEEKS, Bar, Bars, Columns, Panel, draw_bars, draw_columns
from tracker.reports.drawing import coordinate, round_ticks
from tracker.reports.heat_map import (
    LEVELS,
    HeatMap,
    draw_heat_map,
    first_drawn,
    level,
    level_bounds,
)
from tracker.reports.heat_map import (
    MOST_WEEKS as MOST_DRAWN,
)
from tracker.reports.survival_chart import Survival, at_risk, draw_survival
from tracker.statistics.values import Counted, Curve, CurvePoint

HOSTILE = "<script>alert(1)</script>\"'&"
DAY = date(2026, 3, 25)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = tuple(f"m{number}" for number in range(1, 13))


# Axes


@given(most=st.integers(0, 10**9), about=st.integers(1, 12))
def test_an_axis_has_few_round_numbers_and_holds_the_largest(most: int, about: int) -> None:
    ticks = round_ticks(most, about=about)
    step = ticks[1] - ticks[0]
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert ticks[-1] - step < max(most, 1)
    assert len(ticks) <= about + 2
    assert str(step).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (1.234, "1.23"), (-0.001, "0"), (10.0, "10"), (0.5, "0.5")])
def test_a_coordinate_is_short(value: float, written: str) -> None:
    assert coordinate(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_nothing_is_drawn_nowhere(value: float) -> None:
    with pytest.raises(ValueError, match="drawn"):
        coordinate(value)


# Bars


@settings(max_examples=30)
@given(values=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=20))
def test_bars_are_to_scale(values: list[tuple[int, int]]) -> None:
    bars = tuple(
        Bar(f"第{number}步", sum(pair), f"{sum(pair)} of all", ((pair[0], "good"), (pair[1], "bad")))
        for number, pair in enumerate(values)
    )
    root = read(draw_bars(Bars("Bars", "All of them", bars)))
    assert_inside(root)
    widths = [rectangle[2] for rectangle in rectangles(root)]
    sums = [widths[at] + widths[at + 1] for at in range(0, len(widths), 2)]
    most = max((sum(pair) for pair in values), default=0)
    for pair, drawn in zip(values, sums, strict=True):
        assert not most or drawn == pytest.approx(max(sums) * sum(pair) / most, abs=0.03)


def test_bars_name_what_they_show() -> None:
    chart = Bars("Bars", "d", (Bar(HOSTILE, 3, "3 n"),), (("good", "passed"),))
    root = read(draw_bars(chart))
    assert {"3 n", "passed"} <= {*labels(root)}
    assert titles(root) == [f"{HOSTILE}: 3 n"]


@settings(max_examples=30)
@given(values=st.lists(st.integers(0, 500), max_size=80))
def test_columns_show_the_last_weeks(values: list[int]) -> None:
    names = tuple((DAY + timedelta(weeks=at)).isoformat() for at in range(len(values)))
    root = read(draw_columns(Columns("Weeks", "d", names, (Panel("sent", tuple(values), "bar"),))))
    assert_inside(root)
    shown = list(zip(names, values, strict=True))[-MOST_WEEKS:]
    assert titles(root) == [f"{name}: {value}" for name, value in shown if value]


# The calendar


@given(most=st.integers(0, 100_000))
def test_levels_part_all_numbers(most: int) -> None:
    bounds = level_bounds(most)
    assert bounds == tuple(sorted(set(bounds)))
    assert level(0, bounds) == 0
    assert 1 <= level(max(1, most), bounds) == len(bounds) <= LEVELS
    assert bounds[-1] <= max(1, most)


def calendar(counts: dict[date, int], last: date = DAY) -> HeatMap:
    first = min(counts, default=last)
    return HeatMap(
        "Days", "d", first, last, counts, WEEKDAYS, MONTHS, {day: f"{day}: {n}" for day, n in counts.items()}
    )


@settings(max_examples=12)
@given(counts=st.dictionaries(st.integers(0, 3000), st.integers(1, 500), max_size=30))
def test_each_day_of_the_calendar_is_drawn_once_with_its_number(counts: dict[int, int]) -> None:
    days = {DAY - timedelta(days=back): n for back, n in counts.items()}
    made = calendar(days)
    root = read(draw_heat_map(made))
    assert_inside(root)
    begin = first_drawn(made.first, made.last)
    assert begin.weekday() == 0
    shown = titles(root)
    assert len(shown) == (DAY - begin).days + 1 <= MOST_DRAWN * 7
    for day, n in days.items():
        assert (f"{day}: {n}" in shown) == (day >= begin)
    places = [rectangle[:2] for rectangle in rectangles(root)]
    assert len(set(places)) == len(places)


def test_the_calendar_names_months_and_what_its_looks_mean() -> None:
    root = read(draw_heat_map(calendar({date(2026, 1, 1): 1, date(2026, 2, 10): 8})))
    assert {"Mon", "m2", "0", "1–2", "3–4", "5–6", "7+"} <= {*labels(root)}
    assert any(text == "2026-01" for text in labels(root))


# Survival


def curve(*points: tuple[int, int, int, int, float], median: int | None = None) -> Curve:
    made = tuple(
        CurvePoint(day, risk, events, gone, left, left * 0.8, min(1, left * 1.2))
        for day, risk, events, gone, left in points
    )
    return Curve("applied", Counted(points[0][1] if points else 0), points=made, median=median)


CURVE = curve((0, 4, 1, 0, 0.75), (3, 3, 1, 0, 0.5), (9, 2, 0, 1, 0.5), (30, 1, 1, 0, 0.0), median=3)


def survival(*curves: tuple[str, Curve]) -> Survival:
    return Survival("Waits", "d", curves, "days", "at risk", "half by 3")


@pytest.mark.parametrize(("day", "n"), [(0, 4), (1, 3), (3, 3), (4, 2), (9, 2), (10, 1), (30, 1), (31, 0)])
def test_who_is_at_risk_on_a_day(day: int, n: int) -> None:
    assert at_risk(CURVE, day) == n


def test_a_curve_has_its_band_its_median_and_the_numbers_below() -> None:
    root = read(draw_survival(survival(("waits", CURVE))))
    assert_inside(root)
    looks = [found.get("class") for found in root.iter("path")]
    assert {"band", "median", "censored", "curve curve0"} <= {*looks}
    assert {"half by 3", "at risk", "100\u00a0%", "0\u00a0%"} <= {*labels(root)}


def test_the_curve_steps_down_to_each_share() -> None:
    root = read(draw_survival(survival(("waits", CURVE))))
    path = next(found.attrib["d"] for found in root.iter("path") if found.get("class") == "curve curve0")
    # 220 pixels from 100 % at 30 down to 0 %: a quarter is 55.
    assert [part.split("H")[0].split("L")[0] for part in path.split("V")[1:]] == ["85", "140", "250"]


def test_several_curves_are_told_apart_and_have_neither_band_nor_median() -> None:
    root = read(draw_survival(survival((HOSTILE, CURVE), ("b", CURVE), ("empty", curve()))))
    looks = [found.get("class") for found in root.iter("path")]
    assert looks.count("curve curve0") == looks.count("curve curve1") == 2  # each with its sample in the legend
    assert not {"band", "median", "curve curve2"} & {*looks}
    assert HOSTILE in titles(root)


def test_no_median_is_drawn_where_there_is_none() -> None:
    root = read(draw_survival(survival(("waits", curve((0, 2, 0, 2, 1.0))))))
    assert_inside(root)
    assert "median" not in [found.get("class") for found in root.iter("path")]


@settings(max_examples=30)
@given(
    days=st.lists(st.integers(0, 2000), min_size=1, max_size=60, unique=True),
    shares=st.lists(st.floats(0, 1), min_size=60, max_size=60),
)
def test_any_curve_lies_within_its_picture(days: list[int], shares: list[float]) -> None:
    falling = sorted(shares, reverse=True)
    points = [(day, 100, 1, day % 2, falling[at]) for at, day in enumerate(sorted(days))]
    assert_inside(read(draw_survival(survival(("waits", curve(*points, median=sorted(days)[len(days) // 2]))))))
