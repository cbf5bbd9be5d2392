"""FSRS-6, one review at a time: how stability and difficulty change with a rating. Pure numbers.

The formulas are those of the ``fsrs`` package, 6.3 (https://github.com/open-spaced-repetition/py-fsrs), without
learning steps and its randomness, in the same order of operations: the results are equal to the last bit, and a test
holds them so. They stand here because the package makes several objects a review, and a replay of 200,000 reviews
through it takes longer than a person waits. The algorithm: J. Ye et al., "A Stochastic Shortest Path Algorithm for
Optimizing Spaced Repetition Scheduling", KDD 2022, and https://github.com/open-spaced-repetition/awesome-fsrs/wiki.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

DEFAULT_WEIGHTS = (
    0.212,
    1.2931,
    2.3065,
    8.2956,
    6.4133,
    0.8334,
    3.0194,
    0.001,
    1.8722,
    0.1666,
    0.796,
    1.4835,
    0.0614,
    0.2629,
    1.6483,
    0.6014,
    1.8729,
    0.5425,
    0.0912,
    0.0658,
    0.1542,
)
"""FSRS-6 as fitted to many people: w0 to w20."""

MOST_DAYS = 36_500
"""The longest time until a question is due again: a hundred years."""

LEAST_STABILITY = 0.001
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
_E = math.e


class Strength(NamedTuple):
    """How well a question is remembered."""

    stability: float
    """Days until recall has fallen to 90 %."""
    difficulty: float
    """1–10."""


class MemorySteps:
    """The steps under one set of weights. Cheap to make; reuse it for many reviews."""

    def __init__(self, weights: tuple[float, ...] = DEFAULT_WEIGHTS, *, desired_retention: float = 0.9) -> None:
        self.weights = weights
        self.decay = weights[20]
        self.factor = float(0.9 ** (1 / -weights[20]) - 1)
        self._growth = _E ** weights[8]
        self._fall = _E ** (weights[17] * weights[18])
        self._easiest = self._first_difficulty(EASY)
        self._interval = float(desired_retention ** (1 / -weights[20]) - 1)

    def first(self, rating: int) -> Strength:
        """The strength after the first review.

        Args:
            rating: 1 again, 2 hard, 3 good, 4 easy.
        """
        return Strength(max(self.weights[rating - 1], LEAST_STABILITY), _within(self._first_difficulty(rating)))

    def next(self, before: Strength, rating: int, days: int) -> Strength:
        """The strength after a further review.

        Args:
            before: The strength after the review before.
            rating: 1 again, 2 hard, 3 good, 4 easy.
            days: Whole days since the review before, 0 or more: the weights were fitted to those.
        """
        stability, difficulty = before
        if days < 1:
            after = self._same_day(stability, rating)
        elif rating == AGAIN:
            after = self._forgotten(stability, difficulty, self.recall(stability, days))
        else:
            after = self._recalled(stability, difficulty, self.recall(stability, days), rating)
        return Strength(max(after, LEAST_STABILITY), self._next_difficulty(difficulty, rating))

    def replay(self, reviews: Iterable[tuple[int, int]]) -> Strength | None:
        """The strength after reviews as pairs of rating and whole days since the one before; ``None`` without any."""
        strength: Strength | None = None
        for rating, days in reviews:
            strength = self.first(rating) if strength is None else self.next(strength, rating, days)
        return strength

    def recall(self, stability: float, days: float) -> float:
        """The chance, 0–1, of recall so many days after a review: ``(1 + F·t/S)^(-w20)``, ``F = 0.9^(-1/w20) - 1``."""
        return float((1 + self.factor * days / stability) ** -self.decay)

    def days_until_due(self, stability: float) -> int:
        """Whole days, 1 to 36,500, until recall has fallen to the desired retention."""
        return min(max(round((stability / self.factor) * self._interval), 1), MOST_DAYS)

    def _first_difficulty(self, rating: int) -> float:
        return float(self.weights[4] - (_E ** (self.weights[5] * (rating - 1))) + 1)

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        change = -(self.weights[6] * (rating - 3))
        damped = difficulty + (10.0 - difficulty) * change / 9.0
        return _within(self.weights[7] * self._easiest + (1 - self.weights[7]) * damped)

    def _same_day(self, stability: float, rating: int) -> float:
        growth = (_E ** (self.weights[17] * (rating - 3 + self.weights[18]))) * (stability ** -self.weights[19])
        return float(stability * (growth if rating == AGAIN else max(growth, 1.0)))

    def _forgotten(self, stability: float, difficulty: float, recall: float) -> float:
        weights = self.weights
        long_term = (
            weights[11]
            * (difficulty ** -weights[12])
            * (((stability + 1) ** (weights[13])) - 1)
            * (_E ** ((1 - recall) * weights[14]))
        )
        return float(min(long_term, stability / self._fall))

    def _recalled(self, stability: float, difficulty: float, recall: float, rating: int) -> float:
        weights = self.weights
        return float(
            stability
            * (
                1
                + self._growth
                * (11 - difficulty)
                * (stability ** -weights[9])
                * ((_E ** ((1 - recall) * weights[10])) - 1)
                * (weights[15] if rating == HARD else 1)
                * (weights[16] if rating == EASY else 1)
            )
        )


def _within(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
