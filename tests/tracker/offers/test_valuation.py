"""What an offer is worth, against sums made by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.offers.assumptions import ASSUMED
from tracker.offers.valuation import value_offer
from tracker.offers.values import OfferTerms

FULL = OfferTerms(
    base_pay=25_000,
    months=15.5,
    bonus=30_000,
    signing=20_000,
    share_value=200_000,
    vesting=(10, 20, 30, 40),
    fund_base=30_000,
    fund_share=12,
    allowance=1_500,
    weekly_hours=50,
)


@pytest.mark.parametrize(
    ("terms", "own", "years"),
    [
        # 387,500 base + 30,000 bonus + 43,200 fund + 18,000 allowance = 478,700 a year; signing; shares.
        (FULL, {}, (518_700, 518_700, 538_700, 558_700)),
        # Raise 10 %: 387,500 / 426,250 / 468,875 / 515,762.5
        (FULL, {"raise": 10}, (518_700, 557_450, 620_075, 686_963)),
        # Bonus at 80 %: 6,000 less each year. Fund not counted: 43,200 less.
        (FULL, {"bonus_paid": 80, "fund_counted": 0}, (469_500, 469_500, 489_500, 509_500)),
        # Shares grow 10 % a year and lose half: 20,000·1.1/2, 40,000·1.21/2, 60,000·1.331/2, 80,000·1.4641/2
        (FULL, {"share_growth": 10, "share_discount": 50}, (509_700, 502_900, 518_630, 537_264)),
        # Eleven months of allowance.
        (FULL, {"allowance_months": 11}, (517_200, 517_200, 537_200, 557_200)),
        (OfferTerms(base_pay=20_000), {}, (240_000,) * 4),
        (OfferTerms(base_pay=20_000), {"months": 13}, (260_000,) * 4),
        # The offer's own assumption before the person's.
        (OfferTerms(base_pay=20_000, assumptions={"months": 14}), {"months": 13}, (280_000,) * 4),
        # The fund of the base pay, where nothing else was said.
        (OfferTerms(base_pay=20_000, months=12, fund_share=5), {}, (252_000,) * 4),
        # What vests in a fifth year is not counted.
        (OfferTerms(base_pay=10_000, months=12, share_value=100_000, vesting=(20,) * 5), {}, (140_000,) * 4),
        (OfferTerms(base_pay=8_000, months=12, currency="USD"), {"rate_USD": 7.1}, (681_600,) * 4),
    ],
)
def test_years_as_by_hand(terms: OfferTerms, own: dict[str, float], years: tuple[int, ...]) -> None:
    found = value_offer(terms, own=own)
    assert found.years == years
    assert found.total == sum(years)


def test_cash_and_pay_an_hour() -> None:
    """Cash leaves out shares and fund; an hour's pay is the mean of four years over 48 weeks of 50 hours."""
    found = value_offer(FULL, own={})
    assert found.first_year_cash == 387_500 + 30_000 + 20_000 + 18_000
    assert found.per_hour == round(Fraction(518_700 + 518_700 + 538_700 + 558_700, 4 * 48 * 50))


def test_what_is_missing_is_said() -> None:
    found = value_offer(OfferTerms(base_pay=20_000, months=13, bonus=0), own={})
    assert {line.code for line in found.lines if line.is_missing} == {"signing", "shares", "fund", "allowance"}
    assert found.per_hour is None
    assert [(one.name, one.whose) for one in found.used] == [("raise", "usual"), ("bonus_paid", "usual")]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (OfferTerms(bonus=10_000), "no base pay is known"),
        (OfferTerms(base_pay=8_000, currency="USD"), "how many yuan is 1 USD"),
    ],
)
def test_what_cannot_be_compared_has_no_total(terms: OfferTerms, said: str) -> None:
    found = value_offer(terms, own={})
    assert (found.is_comparable, found.total, found.first_year_cash, found.per_hour) == (False, None, None, None)
    assert said in found.why_not


SUMS = st.none() | st.integers(0, 10**9)


@given(
    st.builds(
        OfferTerms,
        base_pay=st.integers(1, 10**9),
        months=st.none() | st.floats(0.5, 36).map(lambda value: round(value, 1)),
        bonus=SUMS,
        signing=SUMS,
        share_value=SUMS,
        fund_share=st.none() | st.integers(0, 100).map(float),
        allowance=SUMS,
    )
)
def test_totals_add_what_is_shown_and_no_figure_is_negative(terms: OfferTerms) -> None:
    """Whatever the figures are, each line is whole, and years and lines come to the same total."""
    found = value_offer(terms, own={})
    assert all(amount >= 0 for line in found.lines for amount in line.amounts)
    assert found.total == sum(found.years) == sum(line.total for line in found.lines)
    assert {one.name for one in found.used} <= set(ASSUMED)
