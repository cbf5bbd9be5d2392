"""What a practice would leave of a question at a later hour: the step of FSRS-6, expected over how it may go.

The formulas are those of FSRS-6 (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm), with
time counted by the hour. A practice goes well with the chance of recalling the question then; one that fails is
rated again and repeated within the same sitting, by when it is known.
"""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from prep.memory import UNSEEN_RECALL

USUAL_WEIGHTS = (
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
"""FSRS-6 as it comes, before it is fitted to anyone."""

SHORTEST = 0.001
"""Days: the least stability that FSRS knows."""

AGAIN, GOOD, EASY = 1, 3, 4
"""Ratings as the formulas count them."""


class Trace(NamedTuple):
    """What is left of earlier practices; a question never rated has a stability of 0."""

    stability: float
    """Days until recall has fallen to 90 %."""
    difficulty: float
    """1–10."""
    days: float
    """Since the last practice, at the moment from which is looked ahead."""


UNSEEN = Trace(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Foresight:
    """The formulas with one person's parameters."""

    weights: tuple[float, ...] = USUAL_WEIGHTS
    """The 21 of FSRS-6."""
    unseen: float = UNSEEN_RECALL
    """The chance of recalling a question that was never rated, 0–1."""
    decay: float = field(init=False)
    factor: float = field(init=False)

    def __post_init__(self) -> None:
        """Derive what every look at the curve needs."""
        object.__setattr__(self, "decay", self.weights[20])
        object.__setattr__(self, "factor", 0.9 ** (-1 / self.weights[20]) - 1)

    def recall(self, stability: float, days: float) -> float:
        """The chance, 0–1, of recalling a question so many days after its practice."""
        if stability <= 0:
            return self.unseen
        return math.pow(1 + self.factor * max(days, 0.0) / stability, -self.decay)

    def after_success(self, trace: Trace) -> tuple[float, float]:
        """Stability and difficulty once it was answered well."""
        weights = self.weights
        stability, difficulty, days = trace
        if stability <= 0:
            return weights[2], self._first_difficulty(GOOD)
        if days < 1:
            return self._same_day(stability), self._difficulty(difficulty, GOOD)
        lost = 1 - self.recall(stability, days)
        growth = math.exp(weights[8]) * (11 - difficulty) * stability ** -weights[9] * math.expm1(lost * weights[10])
        return stability * (1 + growth), self._difficulty(difficulty, GOOD)

    def after_failure(self, trace: Trace) -> tuple[float, float]:
        """Stability and difficulty once it was failed, looked up and repeated within the sitting."""
        weights = self.weights
        stability, difficulty, days = trace
        if stability <= 0:
            left, hard = weights[0], self._first_difficulty(AGAIN)
        else:
            hard = self._difficulty(difficulty, AGAIN)
            if days < 1:
                left = stability * math.exp(weights[17] * (AGAIN - 3 + weights[18])) * stability ** -weights[19]
            else:
                lost = 1 - self.recall(stability, days)
                left = min(
                    weights[11]
                    * difficulty ** -weights[12]
                    * ((stability + 1) ** weights[13] - 1)
                    * math.exp(lost * weights[14]),
                    stability / math.exp(weights[17] * weights[18]),
                )
        return self._same_day(max(left, SHORTEST)), self._difficulty(hard, GOOD)

    def recall_after(self, trace: Trace, horizon: float) -> float:
        """The chance, 0–1, of recalling it so many days after a practice now, however that goes."""
        chance = self.recall(trace.stability, trace.days)
        well = self.recall(self.after_success(trace)[0], horizon)
        badly = self.recall(self.after_failure(trace)[0], horizon)
        return chance * well + (1 - chance) * badly

    def left_after(self, trace: Trace) -> Trace:
        """What a practice now leaves, between how it would be after success and after failure."""
        chance = self.recall(trace.stability, trace.days)
        well, easier = self.after_success(trace)
        badly, harder = self.after_failure(trace)
        stability = math.exp(chance * math.log(well) + (1 - chance) * math.log(badly))
        return Trace(stability, chance * easier + (1 - chance) * harder, 0.0)

    def _same_day(self, stability: float) -> float:
        weights = self.weights
        return stability * max(1.0, math.exp(weights[17] * weights[18]) * math.pow(stability, -weights[19]))

    def _first_difficulty(self, rating: int) -> float:
        return min(10.0, max(1.0, self._unbound_difficulty(rating)))

    def _unbound_difficulty(self, rating: int) -> float:
        return float(self.weights[4] - math.exp(self.weights[5] * (rating - 1)) + 1)

    def _difficulty(self, difficulty: float, rating: int) -> float:
        weights = self.weights
        moved = difficulty - weights[6] * (rating - GOOD) * (10 - difficulty) / 9
        return min(10.0, max(1.0, weights[7] * self._unbound_difficulty(EASY) + (1 - weights[7]) * moved))
