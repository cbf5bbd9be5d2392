"""FSRS fitted to the person: weights computed from their own reviews, kept only where they foretell better.

The trainer is ``fsrs-rs-python`` (FSRS-6 in Rust, 1.5 MB), an extra of the package: ``ashore[fit]``.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlmodel import Session

from prep.memory.parameters import HIGHEST, LOWEST, MemoryParameters, steps_of, store_parameters
from prep.memory.states import History, read_histories
from prep.memory.steps import AGAIN, Strength
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _

LEAST_REVIEWS = 400
"""Rated reviews from which on there is something to fit; below, the usual weights foretell better."""
LEAST_QUESTIONS = 50
"""Of how many questions these must be."""

HELD_OUT = 0.2
"""The share of the reviews, the latest, on which a fit is judged and which it does not see."""

LEAST_GAIN = 0.001
"""By how much the log loss must fall for another set of weights: all less is chance."""

MOST_PARTS = 100_000
"""Reviews to learn from at most, the latest ones. It bounds the time of a fit to about a second: the
trainer does not let go of the interpreter meanwhile, so no clock could."""

_LEAST_CHANCE = 1e-6
"""What a foretold chance is kept away from 0 and 1 by, where its logarithm is taken."""

Pairs = tuple[tuple[int, int], ...]
"""The reviews of one question as rating 1–4 and whole days since the one before."""


class Part(NamedTuple):
    """What a trainer learns from: one review, and all that came before it."""

    at: datetime
    """When the review was given, naive in UTC."""
    question: int
    """The same number for the parts of one question."""
    pairs: Pairs
    """The last one is the review to foretell."""


Trainer = Callable[[Sequence[Part]], Sequence[float]]
"""Computes 21 weights from parts in the order of time: the later count a little more."""


class FitterMissingError(AshoreError):
    """The extra that computes weights is not installed."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of fitting; nothing is written yet."""

    parameters: MemoryParameters
    """The fitted parameters where they are better, else those from before."""
    is_better: bool
    """Whether they foretold the held-out reviews better than those from before."""
    reviews: int
    """Rated reviews that there are."""
    questions: int
    """Of how many questions."""
    fitted_reviews: int
    """On how many the weights were fitted."""
    held_out: int
    """Reviews, at least a day after the one before, on which they were judged."""
    loss_before: float
    """Mean log loss on those of the weights from before; less is better."""
    loss_after: float
    """Mean log loss on those of the fitted weights."""


@dataclass(frozen=True, slots=True)
class Enough:
    """Whether there are reviews enough to fit to."""

    reviews: int
    questions: int

    @property
    def is_enough(self) -> bool:
        """Both are."""
        return self.reviews >= LEAST_REVIEWS and self.questions >= LEAST_QUESTIONS


def fit_memory(
    session: Session,
    *,
    before: MemoryParameters,
    now: datetime,
    trainer: Trainer | None = None,
) -> Fit:
    """Fit the weights to the reviews of this database. Nothing is written: see ``keep_fit``.

    The latest fifth of the reviews is held out. The trainer sees the others, and its weights are judged by how well
    they foretell each held-out review from all that came before it.

    Args:
        session: Where to read; read before the trainer begins.
        before: The parameters in use.
        now: An aware time, kept as the moment of the fit.
        trainer: What computes the weights; by default ``fsrs-rs-python``.

    Raises:
        FitterMissingError: the extra is not installed.
        RefusedError: there are too few reviews, or the trainer cannot work with them.
    """
    trainer = load_trainer() if trainer is None else trainer
    histories = list(read_histories(session).values())
    enough = count_reviews(histories)
    _require(enough)
    cut = _cut(histories)
    seen = _parts(histories, until=cut)
    judged_before = foretell(histories, before, since=cut)
    if not judged_before:
        raise RefusedError(_("No late review came a day or more after the one before: nothing to judge a fit by yet."))
    weights = _within_bounds(_train(trainer, seen))
    fitted = MemoryParameters(
        weights=weights, desired_retention=before.desired_retention, fitted_reviews=len(seen), fitted_at=now
    )
    held_out, loss_before = len(judged_before), log_loss(judged_before)
    loss_after = log_loss(foretell(histories, fitted, since=cut))
    is_better = loss_after <= loss_before - LEAST_GAIN
    fitted = replace(fitted, held_out=held_out, loss_before=loss_before, loss_after=loss_after)
    return Fit(
        parameters=fitted if is_better else before,
        is_better=is_better,
        reviews=enough.reviews,
        questions=enough.questions,
        fitted_reviews=len(seen),
        held_out=held_out,
        loss_before=loss_before,
        loss_after=loss_after,
    )


def keep_fit(session: Session, *, fit: Fit) -> None:
    """Use fitted parameters from now on; all states are replayed under them in the same transaction.

    Raises:
        RefusedError: they foretell worse than those in use.
    """
    if not fit.is_better:
        raise RefusedError(_("The fitted parameters foretell worse than those in use; they were not kept."))
    store_parameters(session, fit.parameters)


def count_reviews(histories: Sequence[History]) -> Enough:
    """How many reviews there are, and of how many questions."""
    return Enough(sum(len(history) for history in histories), sum(bool(history) for history in histories))


def foretell(
    histories: Sequence[History], parameters: MemoryParameters, *, since: datetime | None = None
) -> list[tuple[float, bool]]:
    """For each review the chance of recall that what came before it gives, 0–1, and whether it was recalled.

    A review counts when it came a day or more after the one before: on the same day every memory is taken for fresh.
    Recalled is what was rated hard, good or easy.

    Args:
        histories: The reviews of each question.
        parameters: The parameters to foretell by.
        since: Only reviews from this moment on count, naive in UTC; all are learnt from.
    """
    steps = steps_of(parameters)
    judged: list[tuple[float, bool]] = []
    for history in histories:
        strength: Strength | None = None
        for (at, _rating), (rating, days) in zip(history, _pairs(history), strict=True):
            if strength is None:
                strength = steps.first(rating)
                continue
            if days >= 1 and (since is None or at >= since):
                judged.append((steps.recall(strength.stability, days), rating != AGAIN))
            strength = steps.next(strength, rating, days)
    return judged


def log_loss(judged: Sequence[tuple[float, bool]]) -> float:
    """The mean log loss of foretold chances, 0 at best; there must be one at least."""
    bounded = [(min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE), recalled) for chance, recalled in judged]
    return -sum(math.log(chance if recalled else 1 - chance) for chance, recalled in bounded) / len(bounded)


def load_trainer() -> Trainer:
    """The trainer of the extra.

    Raises:
        FitterMissingError: it is not installed; the sentence says how to.
    """
    try:
        import fsrs_rs_python
    except ImportError as error:
        raise FitterMissingError(
            _("Fitting needs an extra that is not installed: pip install 'ashore[fit]', then try again.")
        ) from error

    def train(parts: Sequence[Part]) -> Sequence[float]:
        items = [
            fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(rating, days) for rating, days in part.pairs])
            for part in parts
        ]
        questions = [part.question for part in parts]
        return fsrs_rs_python.FSRS(fsrs_rs_python.DEFAULT_PARAMETERS).compute_parameters(items, questions)

    return train


def _require(enough: Enough) -> None:
    if not enough.is_enough:
        raise RefusedError(
            _(
                "Too few reviews to fit to: {reviews} of {questions} questions;"
                " it takes {least} of {least_questions}. The usual parameters stay in use."
            ).format(
                reviews=enough.reviews,
                questions=enough.questions,
                least=LEAST_REVIEWS,
                least_questions=LEAST_QUESTIONS,
            )
        )


def _cut(histories: Sequence[History]) -> datetime:
    """The moment from which on reviews are held out."""
    moments = sorted(at for history in histories for at, _rating in history)
    return moments[int(len(moments) * (1 - HELD_OUT))]


def _pairs(history: History) -> Pairs:
    moments = [at for at, _rating in history]
    days = [0, *((at - before).days for before, at in pairwise(moments))]
    return tuple((rating, gap) for (_at, rating), gap in zip(history, days, strict=True))


def _parts(histories: Sequence[History], *, until: datetime) -> list[Part]:
    """Each review a day or more after the one before, in the order of time; the latest ones where they are too many."""
    parts: list[Part] = []
    for number, history in enumerate(histories):
        pairs = _pairs(history)
        parts += [
            Part(history[end][0], number, pairs[: end + 1])
            for end in range(1, len(pairs))
            if pairs[end][1] >= 1 and history[end][0] < until
        ]
    parts.sort(key=lambda part: part.at)
    return parts[-MOST_PARTS:]


def _train(trainer: Trainer, parts: Sequence[Part]) -> Sequence[float]:
    try:
        return trainer(parts)
    except (RuntimeError, ValueError, OverflowError) as error:
        raise RefusedError(
            _("These reviews cannot be fitted to ({reason}); nothing was changed.").format(reason=error)
        ) from error


def _within_bounds(weights: Sequence[float]) -> tuple[float, ...]:
    """The trainer works in single precision: what is on a bound may come back a little beyond it."""
    if len(weights) != len(LOWEST) or not all(math.isfinite(weight) for weight in weights):
        raise RefusedError(
            _("These reviews cannot be fitted to ({reason}); nothing was changed.").format(reason=list(weights))
        )
    return tuple(
        min(max(round(weight, 6), low), high) for low, weight, high in zip(LOWEST, weights, HIGHEST, strict=True)
    )
