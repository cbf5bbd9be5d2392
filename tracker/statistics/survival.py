"""How long one waits for an answer when some answers have not come yet: Kaplan and Meier (1958). Pure."""

from collections.abc import Iterable, Mapping
from math import exp, log, sqrt

from tracker.statistics.intervals import Z
from tracker.statistics.values import Chance, Curve, CurvePoint

_HALF = 0.5 + 1e-9
"""A half, and what rounding adds to it."""


def survival_points(answered: Mapping[int, int], censored: Mapping[int, int]) -> tuple[CurvePoint, ...]:
    """The survival curve of waits in whole days.

    Those censored on a day were still waiting when others were answered on it. The interval is that of Kalbfleisch and
    Prentice: Greenwood's variance of log(−log S), which stays within 0 and 1; it has no width where S is 1 or 0.

    Args:
        answered: day → how many were answered after so many days.
        censored: day → how many went out of sight then without an answer.
    """
    points = []
    at_risk = sum(answered.values()) + sum(censored.values())
    survival, variance = 1.0, 0.0
    for day in sorted(answered.keys() | censored.keys()):
        events, lost = answered.get(day, 0), censored.get(day, 0)
        remaining = at_risk - events
        survival *= remaining / at_risk
        if remaining:
            variance += events / (at_risk * remaining)
        low, high = _interval(survival, variance)
        points.append(CurvePoint(day, at_risk, events, lost, survival, low, high))
        at_risk = remaining - lost
    return tuple(points)


def _interval(survival: float, variance: float) -> tuple[float, float]:
    if not 0 < survival < 1:
        return survival, survival
    centre = log(-log(survival))
    half = Z * sqrt(variance) / -log(survival)
    return exp(-exp(centre + half)), exp(-exp(centre - half))


def median_days(points: Iterable[CurvePoint]) -> tuple[int | None, int | None, int | None]:
    """The median wait in days, and its 95 % interval; ``None`` where the curve, or its bound, stays above a half.

    The interval holds the days at which a half lies within the interval of the curve (Brookmeyer and Crowley, 1982).
    """
    median = low = high = None
    for point in points:
        if low is None and point.low <= _HALF:
            low = point.day
        if median is None and point.survival <= _HALF:
            median = point.day
        if high is None and point.high <= _HALF:
            high = point.day
    return median, low, high


def chance_still(curve: Curve, days: int) -> Chance:
    """The chance that an answer still comes after ``days`` days without one: 1 − S(horizon) / S(days).

    It is the share of those silent for longer who were answered later, open waits allowed for, and only as far as the
    longest wait observed. Where nobody was observed beyond ``days``, nothing is known.
    """
    horizon = curve.points[-1].day if curve.points else 0
    survival, n = 1.0, 0
    for point in curve.points:
        if point.day > days:
            n = point.at_risk
            break
        survival = point.survival
    if n == 0 or survival == 0:
        return Chance(days, None, 0, horizon)
    return Chance(days, 1 - curve.points[-1].survival / survival, n, horizon)
