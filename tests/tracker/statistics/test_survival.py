"""The curves of waiting against lifelines, and at their edges."""

import warnings
from collections import Counter
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.statistics.survival import chance_still, median_days, survival_points
from tracker.statistics.values import Chance, Counted, Curve

with warnings.catch_warnings():
    # lifelines asks autograd for names that numpy will move: nothing of ours.
    warnings.simplefilter("ignore")
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times

Wait = tuple[int, bool]
WAITS = st.lists(st.tuples(st.integers(min_value=0, max_value=40), st.booleans()), min_size=1, max_size=60)


def curve(waits: list[Wait]) -> Curve:
    answered = Counter(days for days, is_answered in waits if is_answered)
    censored = Counter(days for days, is_answered in waits if not is_answered)
    points = survival_points(answered, censored)
    median, low, high = median_days(points)
    return Curve(
        "applied",
        Counted(len(waits), range(len(waits))),
        events=answered.total(),
        censored=censored.total(),
        points=points,
        median=median,
        median_low=low,
        median_high=high,
    )


@settings(max_examples=30, derandomize=True)
@given(waits=WAITS)
def test_a_curve_is_that_of_lifelines(waits: list[Wait]) -> None:
    ours = curve(waits)
    with warnings.catch_warnings():
        # It takes log 0 at the end of a curve that comes down to 0, and says so.
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit([days for days, _a in waits], [answered for _d, answered in waits])
        median_bounds = median_survival_times(theirs.confidence_interval_).iloc[0].tolist()
    table, shares, bounds = theirs.event_table, theirs.survival_function_, theirs.confidence_interval_
    for point in ours.points:
        counts = table.loc[point.day]
        assert point.at_risk == counts["at_risk"]
        assert (point.events, point.censored) == (counts["observed"], counts["censored"])
        assert point.survival == pytest.approx(shares.loc[point.day].item(), abs=1e-9)
        if 0 < point.survival < 1:
            assert [point.low, point.high] == pytest.approx(bounds.loc[point.day].tolist(), abs=1e-6)
    if not any(abs(value - 0.5) < 1e-6 for point in ours.points for value in (point.survival, point.low, point.high)):
        assert (ours.median if ours.median is not None else inf) == theirs.median_survival_time_
        if ours.points[-1].survival > 0:
            found = [inf if bound is None else bound for bound in (ours.median_low, ours.median_high)]
            assert found == median_bounds


TEN = [(2, True), (2, True), (5, False), (7, True), (7, True), (9, False), (12, True), (30, False), (30, False)]


@pytest.mark.parametrize(
    ("waits", "days", "share", "n"),
    [
        (TEN, 0, 1 - 7 / 9 * 4 / 6 * 2 / 3, 9),
        (TEN, 2, 1 - 4 / 6 * 2 / 3, 7),
        (TEN, 6, 1 - 4 / 6 * 2 / 3, 6),
        (TEN, 7, 1 - 2 / 3, 4),
        (TEN, 12, 0.0, 2),
        (TEN, 29, 0.0, 2),
        (TEN, 30, None, 0),
        (TEN, 99, None, 0),
        ([(3, True), (4, True)], 3, 1.0, 1),
        ([(3, True), (4, True)], 4, None, 0),
        ([(0, True)] * 3, 0, None, 0),
        ([(5, False)] * 3, 1, 0.0, 3),
        ([], 0, None, 0),
    ],
)
def test_the_chance_that_an_answer_still_comes(waits: list[Wait], days: int, share: float | None, n: int) -> None:
    found = chance_still(curve(waits), days)
    assert found.share == (None if share is None else pytest.approx(share))
    assert found == Chance(days, found.share, n, max((day for day, _a in waits), default=0))


@settings(max_examples=60, derandomize=True)
@given(waits=WAITS, days=st.integers(min_value=0, max_value=45))
def test_without_open_waits_the_chance_is_a_plain_share(waits: list[Wait], days: int) -> None:
    all_answered = [(wait, True) for wait, _answered in waits]
    longer = sum(wait > days for wait, _answered in waits)
    assert chance_still(curve(all_answered), days)[1:3] == (1.0 if longer else None, longer)


@pytest.mark.parametrize(
    ("waits", "median"),
    [
        ([], None),
        ([(4, False)] * 9, None),
        ([(0, True)] * 9, 0),
        ([(1, True), (9, False)], 1),
        ([(1, True), (9, False), (9, False)], None),
        ([(n, True) for n in range(1, 8)], 4),
    ],
)
def test_a_median_is_there_when_half_are_answered(waits: list[Wait], median: int | None) -> None:
    assert curve(waits).median == median
    assert bool(curve(waits).points) == bool(waits)
