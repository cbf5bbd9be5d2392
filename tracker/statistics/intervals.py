"""Shares with their intervals, and the difference of two: Wilson (1927) and Newcombe (1998, method 10). Pure."""

from math import sqrt

from tracker.statistics.values import SMALLEST_CLAIM, Comparison, Rate

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution, for intervals of 95 %."""


def rate_of(passed: int, n: int) -> Rate:
    """How many of ``n`` passed, with Wilson's 95 % interval; of nothing there is no share."""
    if n == 0:
        return Rate()
    share = passed / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    low = 0.0 if passed == 0 else centre - half
    high = 1.0 if passed == n else centre + half
    return Rate(passed, n, share, low, high)


def compare(first: Rate, second: Rate) -> Comparison:
    """The difference of two independent rates, claimed only where both have ``SMALLEST_CLAIM`` cases."""
    if min(first.n, second.n) < SMALLEST_CLAIM:
        return Comparison(first, second)
    p, q = first.share or 0.0, second.share or 0.0
    low = p - q - sqrt((p - (first.low or 0.0)) ** 2 + ((second.high or 0.0) - q) ** 2)
    high = p - q + sqrt(((first.high or 0.0) - p) ** 2 + (q - (second.low or 0.0)) ** 2)
    return Comparison(first, second, p - q, low, high, is_claimed=True)
