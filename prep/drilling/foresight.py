"""What a practice would leave of a question at a later hour: the step of FSRS-6, expected over how it may go.

A practice goes well with the chance of recalling the question then, and counts as good; one that fails is rated again
and repeated within the same sitting, by when it is known. The steps count whole days, as the replay of the attempts
will; recall is by the hour.
"""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from prep.memory.states import UNSEEN_RECALL
from prep.memory.steps import AGAIN, GOOD, MemorySteps, Strength


class Trace(NamedTuple):
    """What is left of earlier practices; a question never rated has a stability of 0."""

    stability: float
    """Days until recall has fallen to 90 %."""
    difficulty: float
    """1–10."""
    days: float
    """Since the last practice, at the moment from which is looked ahead; 0 or more."""


UNSEEN = Trace(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Foresight:
    """One person's memory, looked ahead with."""

    steps: MemorySteps = field(default_factory=MemorySteps)
    unseen: float = UNSEEN_RECALL
    """The chance of recalling a question that was never rated, 0–1."""

    def recall(self, stability: float, days: float) -> float:
        """The chance, 0–1, of recalling a question so many days after its practice."""
        return self.steps.recall(stability, days) if stability > 0 else self.unseen

    def after_success(self, trace: Trace) -> Strength:
        """The strength once it was answered well."""
        return self._rated(trace, GOOD)

    def after_failure(self, trace: Trace) -> Strength:
        """The strength once it was failed, looked up and repeated within the sitting."""
        return self.steps.next(self._rated(trace, AGAIN), GOOD, 0)

    def recall_after(self, trace: Trace, horizon: float) -> float:
        """The chance, 0–1, of recalling it so many days after a practice now, however that goes."""
        chance = self.recall(trace.stability, trace.days)
        well = self.steps.recall(self.after_success(trace).stability, horizon)
        badly = self.steps.recall(self.after_failure(trace).stability, horizon)
        return chance * well + (1 - chance) * badly

    def left_after(self, trace: Trace) -> Trace:
        """What a practice now leaves, between how it would be after success and after failure."""
        chance = self.recall(trace.stability, trace.days)
        well, badly = self.after_success(trace), self.after_failure(trace)
        stability = math.exp(chance * math.log(well.stability) + (1 - chance) * math.log(badly.stability))
        return Trace(stability, chance * well.difficulty + (1 - chance) * badly.difficulty, 0.0)

    def _rated(self, trace: Trace, rating: int) -> Strength:
        if trace.stability <= 0:
            return self.steps.first(rating)
        return self.steps.next(Strength(trace.stability, trace.difficulty), rating, int(trace.days))
