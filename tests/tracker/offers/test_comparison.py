"""The order of offers, and what changes it: against a plain computation and by trying."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.offers.making import make_offer
from tracker.offers.comparison import Comparison, compare
from tracker.offers.sensitivity import examine
from tracker.offers.values import OfferView

MONEY_AND_MARKS = {"value": 5.0, "hours": 0.0, "hukou": 0.0, "team": 5.0, "work": 0.0}


def order(found: Comparison) -> list[tuple[int, str]]:
    return [(row.place, row.offer.company) for row in found.rows]


def test_scores_as_by_hand() -> None:
    """Of two, one pays four fifths of the other and has the better team."""
    offers = [
        make_offer(1, "青禾", base_pay=20_000, marks={"team": 8.0}, weekly_hours=60.0, hukou="possible"),
        make_offer(2, "海潮云", base_pay=16_000, marks={"team": 9.0}, weekly_hours=45.0, hukou="certain"),
    ]
    found = compare(offers, assumptions={}, weights={"value": 5, "hours": 2, "hukou": 1, "team": 2})
    by_name = {row.offer.company: row for row in found.rows}
    assert by_name["青禾"].score == pytest.approx(100 * (5 * 1 + 2 * 0.75 + 1 * 0.5 + 2 * 0.8) / 10)
    assert by_name["海潮云"].score == pytest.approx(100 * (5 * 0.8 + 2 * 1 + 1 * 1 + 2 * 0.9) / 10)
    assert order(found) == [(1, "海潮云"), (2, "青禾")]
    assert found.is_certain
    assert found.remarks == ()


def test_what_is_missing_counts_as_the_mean_and_opens_a_range() -> None:
    """Nothing is known of one's team: it counts as the other's, and could be anything."""
    offers = [make_offer(1, base_pay=20_000, marks={"team": 6.0}), make_offer(2, base_pay=20_000)]
    found = compare(offers, assumptions={}, weights=MONEY_AND_MARKS)
    unknown = next(row for row in found.rows if row.offer.offer_id == 2)
    assert unknown.missing == ("hours", "hukou", "team")
    assert (unknown.lowest, unknown.score, unknown.highest) == (50, 80, 100)
    assert not found.is_certain
    assert found.remarks == (
        "公司1, 公司2 are equal.",
        "team: not known of 公司2; the mean of the others counts for them.",
        "What is not known could put another first.",
    )


@pytest.mark.parametrize(
    ("offers", "weights", "said"),
    [
        ([], {}, ()),
        ([make_offer(1, base_pay=1)], {}, ("There is one offer to compare: nothing beside it.",)),
        (
            [make_offer(1, base_pay=1), make_offer(2, base_pay=2)],
            dict.fromkeys(("value", "cash", "hours", "hukou"), 0.0),
            ("All weights are 0, or nothing is known of what weighs: there is no order.",),
        ),
        (
            [make_offer(1), make_offer(2)],
            {},
            ("公司1: Not comparable: no base pay is known.", "公司2: Not comparable: no base pay is known."),
        ),
    ],
)
def test_without_an_order_it_is_said_why(offers: list[OfferView], weights: dict[str, float], said: tuple[str]) -> None:
    found = compare(offers, assumptions={}, weights=weights)
    assert not found.is_ordered
    assert found.remarks == said
    assert examine(found, assumptions={}, weights=weights).weights == ()


def test_what_cannot_be_compared_stands_apart() -> None:
    """An offer in dollars without a rate has no place; with one it has."""
    offers = [
        make_offer(1, base_pay=20_000),
        make_offer(2, base_pay=21_000),
        make_offer(3, base_pay=9_000, currency="USD"),
    ]
    found = compare(offers, assumptions={}, weights={})
    assert [offer.offer_id for offer, _valuation in found.apart] == [3]
    assert [row.offer.offer_id for row in found.rows] == [2, 1]
    rated = compare(offers, assumptions={"rate_USD": 7}, weights={})
    assert [row.offer.offer_id for row in rated.rows] == [3, 2, 1]


def test_the_smallest_raise_that_overtakes() -> None:
    """It overtakes with it and not with a hundred less."""
    offers = [
        make_offer(1, "快手", base_pay=25_000, months=16.0, marks={"team": 8.0}),
        make_offer(2, "美团", base_pay=24_000, months=15.0, marks={"team": 8.0}),
    ]
    weights = {"value": 5.0, "team": 5.0}
    found = examine(compare(offers, assumptions={}, weights=weights), assumptions={}, weights=weights)
    (overtaking,) = found.overtakings
    # 25,000 × 16 / 15 = 26,666.7: 2,700 more is the first hundred beyond it.
    assert overtaking.more_a_month == 2_700
    assert overtaking.sentence == "快手 is first until 美团 pays 2,700 more a month."


def test_no_sum_overtakes_where_money_does_not_weigh() -> None:
    offers = [make_offer(1, base_pay=20_000, marks={"team": 8.0}), make_offer(2, base_pay=20_000, marks={"team": 2.0})]
    weights = {"value": 0.0, "team": 5.0}
    found = examine(compare(offers, assumptions={}, weights=weights), assumptions={}, weights=weights)
    assert [one.more_a_month for one in found.overtakings] == [None]


def test_the_share_of_weightings_is_over_an_even_grid() -> None:
    """One is better in money by a tenth, the other in the team by a tenth of ten: level at equal weights."""
    offers = [make_offer(1, base_pay=10_000, marks={"team": 8.0}), make_offer(2, base_pay=9_000, marks={"team": 9.0})]
    weights = {"value": 6.0, "team": 5.0, "hours": 0.0, "hukou": 0.0}
    found = examine(compare(offers, assumptions={}, weights=weights), assumptions={}, weights=weights)
    # 101 ways to divide a whole into percent for two; the first is level or before from 50 % of money on.
    assert found.weightings == 101
    assert found.kept == pytest.approx(51 / 101)


OFFERS = st.lists(
    st.tuples(
        st.integers(50, 400),
        st.none() | st.integers(40, 80),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
    ),
    min_size=2,
    max_size=5,
).map(
    lambda found: [
        make_offer(
            at,
            base_pay=pay * 100,
            weekly_hours=None if hours is None else float(hours),
            marks={name: float(mark) for name, mark in (("team", team), ("work", work)) if mark is not None},
        )
        for at, (pay, hours, team, work) in enumerate(found)
    ]
)
WEIGHTS = st.fixed_dictionaries({name: st.integers(0, 10).map(float) for name in ("value", "hours", "team", "work")})


@settings(max_examples=25)
@given(OFFERS, WEIGHTS)
def test_a_weight_changes_the_first_place_exactly_where_it_is_said(
    offers: list[OfferView], weights: dict[str, float]
) -> None:
    """By trying: within the two bounds the first stays, a little beyond them another is first."""
    found = compare(offers, assumptions={}, weights=weights)
    for change in examine(found, assumptions={}, weights=weights).weights:
        first = found.rows[0].offer.offer_id
        lowest = 0.0 if change.lower is None else change.lower
        highest = 90.0 if change.higher is None else change.higher
        for tried in (min(lowest + 1e-6, change.weight), max(highest - 1e-6, change.weight)):
            again = compare(offers, assumptions={}, weights={**weights, change.criterion: tried})
            best = [row.offer.offer_id for row in again.rows if row.score >= again.rows[0].score - 1e-6]
            assert first in best or not again.is_ordered
        beyond = [change.lower - 1e-3] if change.lower is not None else []
        beyond += [change.higher + 1e-3] if change.higher is not None else []
        for tried in beyond:
            if tried >= 0:
                again = compare(offers, assumptions={}, weights={**weights, change.criterion: tried})
                assert again.rows[0].offer.offer_id != first


@settings(max_examples=15)
@given(OFFERS, WEIGHTS)
def test_a_raise_overtakes_and_a_hundred_less_does_not(offers: list[OfferView], weights: dict[str, float]) -> None:
    """By trying, with each of the offers behind the first."""
    found = compare(offers, assumptions={}, weights=weights)
    for one in examine(found, assumptions={}, weights=weights).overtakings:
        if one.more_a_month is None:
            continue
        places = {}
        for more in (one.more_a_month - 100, one.more_a_month):
            pay = (one.offer.terms.base_pay or 0) + more
            raised = make_offer(
                one.offer.offer_id,
                base_pay=pay,
                weekly_hours=one.offer.terms.weekly_hours,
                marks=one.offer.terms.marks,
            )
            tried = [raised if offer is one.offer else offer for offer in offers]
            rows = compare(tried, assumptions={}, weights=weights).rows
            score = {row.offer.offer_id: row.score for row in rows}
            places[more] = score[raised.offer_id] > score[found.rows[0].offer.offer_id] + 1e-12
        assert places == {one.more_a_month - 100: False, one.more_a_month: True}


@settings(max_examples=20)
@given(OFFERS, WEIGHTS)
def test_the_range_holds_whatever_the_missing_marks_are(offers: list[OfferView], weights: dict[str, float]) -> None:
    """Every way to fill a missing mark with the worst or the best stays within the range."""
    found = compare(offers, assumptions={}, weights=weights)
    row = found.rows[0]
    missing = [name for name in ("team", "work") if name in row.missing and any(name in o.terms.marks for o in offers)]
    for filled in product((0.0, 10.0), repeat=len(missing)):
        marks = dict(row.offer.terms.marks)
        marks.update(zip(missing, filled, strict=True))
        known = make_offer(
            row.offer.offer_id,
            base_pay=row.offer.terms.base_pay,
            weekly_hours=row.offer.terms.weekly_hours,
            marks=marks,
        )
        again = compare([known if o is row.offer else o for o in offers], assumptions={}, weights=weights)
        score = next(one.score for one in again.rows if one.offer is known)
        assert row.lowest - 1e-9 <= score <= row.highest + 1e-9


def test_thirty_offers_are_compared() -> None:
    """Each has its place, and what would change it is found for the nearest."""
    offers = [make_offer(at, base_pay=10_000 + 317 * at, marks={"team": float(at * 7 % 11)}) for at in range(30)]
    found = compare(offers, assumptions={}, weights={})
    assert len(found.rows) == 30
    assert len(examine(found, assumptions={}, weights={}).overtakings) == 5
