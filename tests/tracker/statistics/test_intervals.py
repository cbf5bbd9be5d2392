"""Shares and differences, at the values of the papers that they follow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.statistics.intervals import compare, rate_of
from tracker.statistics.values import SMALLEST_CLAIM, Rate


@pytest.mark.parametrize(
    ("passed", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_interval_of_a_share(passed: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3."""
    rate = rate_of(passed, n)
    assert (rate.passed, rate.n, rate.share) == (passed, n, passed / n)
    assert [rate.low, rate.high] == pytest.approx([low, high], abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert rate_of(0, 0) == Rate(0, 0, None, None, None)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((20, 20), (0, 20), 0.7721, 1.0),
        ((0, 20), (0, 20), -0.1611, 0.1611),
    ],
)
def test_the_interval_of_a_difference(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    """The first is the example of Newcombe (1998), Interval estimation for the difference between independent
    proportions, method 10; the others follow from the Wilson intervals of 0 and of all of 20."""
    found = compare(rate_of(*first), rate_of(*second))
    assert found.is_claimed
    assert found.difference == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize(("first", "second"), [(19, 500), (500, 19), (0, 0), (0, 20)])
def test_few_cases_are_not_compared(first: int, second: int) -> None:
    found = compare(rate_of(first // 2, first), rate_of(0, second))
    assert (found.first.n, found.second.n) == (first, second)
    assert (found.is_claimed, found.difference, found.low, found.high) == (False, None, None, None)


@settings(max_examples=100, derandomize=True)
@given(data=st.data(), n=st.integers(min_value=1, max_value=10_000))
def test_an_interval_holds_its_share(data: st.DataObject, n: int) -> None:
    rate = rate_of(data.draw(st.integers(min_value=0, max_value=n)), n)
    assert rate.low is not None
    assert rate.high is not None
    assert rate.share is not None
    assert 0 <= rate.low <= rate.share <= rate.high <= 1
    assert compare(rate, rate).is_claimed == (n >= SMALLEST_CLAIM)
