"""Offers side by side by the person's own weights, and what would change their order. Pure.

Every criterion gives an offer a score from 0 to 1: of money, its part of the best offer's; of working hours, the fewest
of all by its own; of a 户口, certain 1, possible ½, none 0; of a mark, its tenth. What is not known counts as the mean
of the others and is said; how much that may matter is the range from the lowest to the highest score that the
missing could give. The score of an offer is the mean of these, weighted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from tracker.messages import _
from tracker.offers.amounts import BEST_MARK
from tracker.offers.criteria import COMPUTED, MARKED, weight_of
from tracker.offers.valuation import Valuation, exactly, value_offer
from tracker.offers.values import Hukou, OfferView
from tracker.offers.wording import criterion_word, listed

_HUKOU = {Hukou.CERTAIN: Fraction(1), Hukou.POSSIBLE: Fraction(1, 2), Hukou.NONE: Fraction(0)}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing by which offers are judged."""

    name: str
    word: str
    weight: float
    """The person's, 0–100; only proportions matter."""
    share: float
    """Its part of all weights that count here, 0–1."""
    counts: bool
    """Whether it can tell offers apart: something is known of it, and it weighs more than 0."""


@dataclass(frozen=True, slots=True)
class Score:
    """What an offer reaches in one criterion."""

    criterion: str
    known: float | None
    """0–1; ``None``: nothing is known, and the mean of the others counts instead."""
    counted: float
    """0–1."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One offer in the order."""

    place: int
    """1 is the best; offers of equal scores share a place."""
    offer: OfferView
    valuation: Valuation
    scores: tuple[Score, ...]
    """By criterion, in the comparison's order."""
    score: float
    """0–100."""
    lowest: float
    """0–100: if all that is not known of it were as bad as can be."""
    highest: float
    """0–100: if all that is not known of it were as good as can be."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the criteria of which nothing is known."""
        return tuple(score.criterion for score in self.scores if score.known is None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers in their order."""

    criteria: tuple[Criterion, ...]
    rows: tuple[Ranked, ...]
    """Those that can be compared, the best first."""
    apart: tuple[tuple[OfferView, Valuation], ...]
    """Those that cannot, for their base pay or an exchange rate is not known."""
    remarks: tuple[str, ...]
    """What to know of it, sentences: what is missing, tied, not comparable."""
    is_ordered: bool
    """Whether there is an order: two offers, and a weight above 0 on something known."""

    @property
    def is_certain(self) -> bool:
        """Whether the first stays first whatever the missing figures are."""
        return self.is_ordered and self.rows[0].lowest > max(row.highest for row in self.rows[1:])


def compare(
    offers: Sequence[OfferView], *, assumptions: Mapping[str, float], weights: Mapping[str, float]
) -> Comparison:
    """Put offers into their order.

    Args:
        offers: those to compare, usually ``OffersRead.living``.
        assumptions: the person's own, as ``value_offer`` takes them.
        weights: the person's own by criterion; others have their usual ones.
    """
    return compare_valued([(offer, value_offer(offer.terms, own=assumptions)) for offer in offers], weights=weights)


def compare_valued(valued: Sequence[tuple[OfferView, Valuation]], *, weights: Mapping[str, float]) -> Comparison:
    """Put offers whose value is reckoned into their order."""
    apart = tuple(pair for pair in valued if not pair[1].is_comparable)
    valued = [pair for pair in valued if pair[1].is_comparable]
    names = _criteria([offer for offer, _valuation in valued])
    known = {name: _known_scores(name, valued) for name in names}
    means = {name: _mean(known[name]) for name in names}
    weighing = {
        name: exactly(weight_of(name, weights)) if any(score is not None for score in known[name]) else Fraction(0)
        for name in names
    }
    total = sum(weighing.values(), Fraction(0))
    criteria = tuple(
        Criterion(
            name,
            criterion_word(name),
            weight_of(name, weights),
            float(weighing[name] / total) if total else 0.0,
            counts=weighing[name] > 0,
        )
        for name in names
    )
    rows = []
    for index, (offer, valuation) in enumerate(valued):
        own = {name: known[name][index] for name in names}

        def score_with(unknown: Mapping[str, Fraction], own: Mapping[str, Fraction | None] = own) -> Fraction:
            filled = {name: unknown[name] if score is None else score for name, score in own.items()}
            return _percent(sum((weighing[name] * filled[name] for name in names), Fraction(0)), total)

        scores = tuple(
            Score(name, None if score is None else float(score), float(means[name] if score is None else score))
            for name, score in own.items()
        )
        bounds = (score_with(dict.fromkeys(names, bound)) for bound in (Fraction(0), Fraction(1)))
        rows.append(_Row(offer, valuation, scores, score_with(means), *bounds))
    ranked = _ranked(rows)
    found = Comparison(criteria, ranked, apart, (), len(ranked) > 1 and bool(total))
    return replace(found, remarks=tuple(_remarks(found)))


class _Row(NamedTuple):
    offer: OfferView
    valuation: Valuation
    scores: tuple[Score, ...]
    score: Fraction
    lowest: Fraction
    highest: Fraction


def _criteria(offers: Sequence[OfferView]) -> tuple[str, ...]:
    """What is computed, then the suggested marks that somebody has, then the person's own ones."""
    marked = {name for offer in offers for name in offer.terms.marks}
    return (*COMPUTED, *(name for name in MARKED if name in marked), *sorted(marked - set(MARKED) - set(COMPUTED)))


def _known_scores(name: str, valued: Sequence[tuple[OfferView, Valuation]]) -> list[Fraction | None]:
    if name in ("value", "cash"):
        sums = [valuation.total if name == "value" else valuation.first_year_cash for _offer, valuation in valued]
        best = max((amount for amount in sums if amount is not None), default=0)
        return [None if amount is None or not best else Fraction(amount, best) for amount in sums]
    if name == "hours":
        hours = [offer.terms.weekly_hours for offer, _valuation in valued]
        fewest = min((exactly(amount) for amount in hours if amount), default=Fraction(0))
        return [fewest / exactly(amount) if amount else None for amount in hours]
    if name == "hukou":
        return [_HUKOU[Hukou(offer.terms.hukou)] if offer.terms.hukou else None for offer, _valuation in valued]
    marks = [offer.terms.marks.get(name) for offer, _valuation in valued]
    return [None if mark is None else exactly(mark) / BEST_MARK for mark in marks]


def _mean(scores: Sequence[Fraction | None]) -> Fraction:
    known = [score for score in scores if score is not None]
    return sum(known, Fraction(0)) / len(known) if known else Fraction(0)


def _percent(part: Fraction, total: Fraction) -> Fraction:
    return part / total * 100 if total else Fraction(0)


def _ranked(rows: Sequence[_Row]) -> tuple[Ranked, ...]:
    """By their exact scores; equal ones share a place and keep the order they came in."""
    return tuple(
        Ranked(
            place=1 + sum(other.score > row.score for other in rows),
            offer=row.offer,
            valuation=row.valuation,
            scores=row.scores,
            score=float(row.score),
            lowest=float(row.lowest),
            highest=float(row.highest),
        )
        for row in sorted(rows, key=lambda row: -row.score)
    )


def _remarks(found: Comparison) -> Iterator[str]:
    rows = found.rows
    if len(rows) == 1:
        yield _("There is one offer to compare: nothing beside it.")
    elif rows and not found.is_ordered:
        yield _("All weights are 0, or nothing is known of what weighs: there is no order.")
    elif found.is_ordered and rows[1].place == 1:
        yield _("{companies} are equal.").format(companies=listed(row.offer.company for row in rows if row.place == 1))
    for offer, valuation in found.apart:
        yield _("{company}: {sentence}").format(company=offer.title, sentence=valuation.why_not)
    if not found.is_ordered:
        return
    is_known = True
    for criterion in found.criteria:
        unknown = [row.offer.company for row in rows if criterion.name in row.missing]
        if unknown and criterion.counts:
            is_known = False
            yield _("{criterion}: not known of {companies}; the mean of the others counts for them.").format(
                criterion=criterion.word, companies=listed(unknown)
            )
    if not is_known and not found.is_certain:
        yield _("What is not known could put another first.")
