"""How sensitive the order of offers is: to each weight, to all weights together, to a single figure. Pure, exact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import ceil, comb, floor

from tracker.messages import _
from tracker.offers.amounts import LARGEST, show_number
from tracker.offers.comparison import Comparison, Ranked, compare_valued
from tracker.offers.valuation import exactly, value_offer
from tracker.offers.values import OfferView
from tracker.offers.wording import show_money

MOST_WEIGHTINGS = 2_000
"""Weightings that are tried for the share in which the first stays first."""
STEP = 100
"""Money is asked for in steps of so much a month."""
ROUNDING = 1e-9
"""Distances smaller than this come from rounding: the two are level."""
MOST_OVERTAKING = 5
"""Offers behind the first that are asked for what would bring them before it."""
FURTHEST = 4
"""A base pay is raised to at most so many times itself in search of what would overtake."""


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The smallest change of one weight after which another offer is first, or level with the first."""

    criterion: str
    word: str
    weight: float
    """What it weighs now."""
    lower: float | None
    """The highest weight below the present one at which another draws level; ``None``: no lower weight does that."""
    lower_company: str
    higher: float | None
    """The lowest weight above the present one at which another draws level; ``None``: no higher weight does that."""
    higher_company: str

    @property
    def sentence(self) -> str:
        """Both directions in one sentence."""
        said = []
        if self.lower is not None:
            said.append(
                _("at {weight} or less {company}").format(weight=_shown(self.lower, floor), company=self.lower_company)
            )
        if self.higher is not None:
            said.append(
                _("at {weight} or more {company}").format(weight=_shown(self.higher, ceil), company=self.higher_company)
            )
        if not said:
            return _("{criterion} ({weight}): no weight of it changes the first place").format(
                criterion=self.word, weight=show_number(self.weight)
            )
        return _("{criterion} ({weight}): {changes}").format(
            criterion=self.word, weight=show_number(self.weight), changes=" · ".join(said)
        )


@dataclass(frozen=True, slots=True)
class Overtaking:
    """By how much one offer would have to pay more to become first, all else as it is."""

    offer: OfferView
    more_a_month: int | None
    """Base pay in whole units of its currency, a multiple of 100; ``None``: no sensible sum would do."""
    first: str
    """The company that is first now."""

    @property
    def sentence(self) -> str:
        """It in one sentence."""
        if self.more_a_month is None:
            return _("No pay that is within reason brings {company} before {first}.").format(
                company=self.offer.company, first=self.first
            )
        return _("{first} is first until {company} pays {amount} more a month.").format(
            first=self.first,
            company=self.offer.company,
            amount=show_money(self.more_a_month, self.offer.terms.currency),
        )


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What would change who is first."""

    weights: tuple[WeightChange, ...] = ()
    overtakings: tuple[Overtaking, ...] = ()
    """For the next offers in the order, the smallest sum first."""
    kept: float | None = None
    """In what share of all weightings the first stays first, 0–1; ``None``: there is nothing to weigh."""
    weightings: int = 0
    """How many were tried: all that divide the whole into equal steps."""


def examine(comparison: Comparison, *, assumptions: Mapping[str, float], weights: Mapping[str, float]) -> Sensitivity:
    """How sensitive the first place is; nothing where there is no order.

    The share of weightings is over an even grid of all weights that come to the whole: the same every time.
    """
    rows = comparison.rows
    if not comparison.is_ordered or rows[1].place == 1:
        return Sensitivity()
    criteria = [criterion for criterion in comparison.criteria if any(_known(row, criterion.name) for row in rows)]
    changes = tuple(
        _weight_change(comparison, criterion.name, criterion.word, criterion.weight) for criterion in criteria
    )
    kept, tried = _kept_share(rows, [criterion.name for criterion in criteria if criterion.counts])
    overtakings = [
        _overtaking(rows, place, assumptions=assumptions, weights=weights)
        for place in range(1, min(len(rows), MOST_OVERTAKING + 1))
    ]
    overtakings.sort(key=lambda found: LARGEST if found.more_a_month is None else found.more_a_month)
    return Sensitivity(changes, tuple(overtakings), kept, tried)


def _known(row: Ranked, criterion: str) -> bool:
    return criterion not in row.missing


def _scores(row: Ranked) -> dict[str, Fraction]:
    return {score.criterion: Fraction(score.counted) for score in row.scores}


def _weight_change(comparison: Comparison, name: str, word: str, weight: float) -> WeightChange:
    """Scores are linear in a weight: the first is level with another where their distance is used up."""
    weighing = {criterion.name: exactly(criterion.weight) for criterion in comparison.criteria if criterion.counts}
    first, others = _scores(comparison.rows[0]), comparison.rows[1:]
    lower: tuple[Fraction, str] | None = None
    higher: tuple[Fraction, str] | None = None
    present = exactly(weight)
    for row in others:
        other = _scores(row)
        lead = sum((part * (first[key] - other[key]) for key, part in weighing.items()), Fraction(0))
        slope = first[name] - other[name]
        if not slope:
            continue
        level = present - lead / slope
        if level > present and (higher is None or level < higher[0]):
            higher = (level, row.offer.company)
        elif 0 <= level < present and (lower is None or level > lower[0]):
            lower = (level, row.offer.company)
    return WeightChange(
        name,
        word,
        weight,
        None if lower is None else float(lower[0]),
        "" if lower is None else lower[1],
        None if higher is None else float(higher[0]),
        "" if higher is None else higher[1],
    )


def _kept_share(rows: Sequence[Ranked], names: Sequence[str]) -> tuple[float | None, int]:
    """In what share of the weightings of a grid the first is not behind anyone, and how many there are."""
    if len(names) < 2:  # noqa: PLR2004 - one criterion alone leaves nothing to weigh
        return None, 0
    steps = _finest(len(names))
    leads = [
        [first - other for first, other in zip(_of(rows[0], names), _of(row, names), strict=True)] for row in rows[1:]
    ]
    kept = tried = 0
    for weighting in _grid(len(names), steps):
        tried += 1
        kept += all(
            sum(part * distance for part, distance in zip(weighting, lead, strict=True)) >= -ROUNDING for lead in leads
        )
    return kept / tried, tried


def _of(row: Ranked, names: Sequence[str]) -> list[float]:
    scores = {score.criterion: score.counted for score in row.scores}
    return [scores[name] for name in names]


def _finest(criteria: int) -> int:
    """Into how many steps the whole can be divided so that the weightings stay few enough; at least two."""
    steps = 2
    while steps < 100 and comb(steps + criteria, criteria - 1) <= MOST_WEIGHTINGS:  # noqa: PLR2004 - percent are fine enough
        steps += 1
    return steps


def _grid(criteria: int, steps: int) -> list[tuple[int, ...]]:
    """All ways to divide so many steps among the criteria: bars between them, placed in every way."""
    found = []
    for bars in combinations(range(steps + criteria - 1), criteria - 1):
        edges = (-1, *bars, steps + criteria - 1)
        found.append(tuple(edges[index + 1] - edges[index] - 1 for index in range(criteria)))
    return found


def _overtaking(
    rows: Sequence[Ranked], place: int, *, assumptions: Mapping[str, float], weights: Mapping[str, float]
) -> Overtaking:
    """The smallest raise of the base pay, by bisection: more pay never lowers a score against the others."""
    first, one = rows[0].offer, rows[place].offer
    pay = one.terms.base_pay

    def overtakes(steps: int) -> bool:
        raised = replace(one, terms=replace(one.terms, base_pay=(pay or 0) + steps * STEP))
        valued = [(row.offer, row.valuation) for row in rows]
        valued[place] = (raised, value_offer(raised.terms, own=assumptions))
        scores = {id(row.offer): row.score for row in compare_valued(valued, weights=weights).rows}
        return scores[id(raised)] > scores[id(first)]

    most = min((pay or 0) * (FURTHEST - 1), LARGEST) // STEP
    if pay is None or most < 1 or not overtakes(most):
        return Overtaking(one, None, first.company)
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if overtakes(middle) else (middle, high)
    return Overtaking(one, high * STEP, first.company)


def _shown(weight: float, towards: Callable[[float], int]) -> str:
    """To two places, rounded to where the other is level or first indeed."""
    return show_number(towards(round(weight * 100, 6)) / 100)
