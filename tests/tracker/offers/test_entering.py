"""Fields of offers and agreements as they are typed, and back."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.offers.making import NOW, SHANGHAI
from tracker.errors import RefusedError
from tracker.offers.checking import check_agreement, check_offer
from tracker.offers.entering import (
    change_agreement,
    change_offer,
    read_assumptions,
    read_weights,
    typed_agreement,
    typed_offer,
)
from tracker.offers.values import AgreementTerms, Hukou, OfferTerms


def test_all_fields_are_read() -> None:
    typed = {
        "base_pay": "25k*15.5",
        "bonus": "3w",
        "share_value": "2000股×35",
        "vesting": "4年均分",
        "fund_share": "12%",
        "allowance": "1500",
        "hukou": "可落户",
        "weekly_hours": "55",
        "received_on": "昨天",
        "deadline_at": "11.7",
        "marks": "团队=8, place=6；食堂=9",
        "assumptions": "raise=5",
        "level": " P5 ",
        "note": "两行\n的备注",
    }
    assert change_offer(OfferTerms(), typed, now=NOW) == OfferTerms(
        base_pay=25_000,
        months=15.5,
        bonus=30_000,
        share_value=70_000,
        vesting=(25, 25, 25, 25),
        fund_share=12,
        allowance=1_500,
        hukou="certain",
        weekly_hours=55,
        received_on=date(2026, 11, 1),
        deadline_at=NOW.replace(day=8, hour=0),
        marks={"team": 8, "place": 6, "食堂": 9},
        assumptions={"raise": 5},
        level="P5",
        note="两行\n的备注",
    )


KNOWN = OfferTerms(base_pay=20_000, months=15.0, bonus=1_000, marks={"team": 8.0, "work": 5.0}, hukou="none", note="x")


@pytest.mark.parametrize(
    ("typed", "adds", "changed"),
    [
        ({}, False, {}),
        ({"bonus": "", "hukou": "", "note": ""}, False, {"bonus": None, "hukou": "", "note": ""}),
        ({"marks": "team=9"}, False, {"marks": {"team": 9.0}}),
        ({"marks": "team=9, work="}, True, {"marks": {"team": 9.0}}),
        ({"marks": ""}, False, {"marks": {}}),
        ({"base_pay": "21k"}, False, {"base_pay": 21_000}),
        ({"base_pay": "32w/年", "months": "16"}, False, {"base_pay": 20_000, "months": 16.0}),
        ({"base_pay": "$8k", "bonus": "$1k"}, False, {"base_pay": 8_000, "currency": "USD"}),
        ({"currency": "usd"}, False, {"currency": "USD"}),
    ],
)
def test_only_what_was_typed_changes(typed: dict[str, str], *, adds: bool, changed: dict[str, object]) -> None:
    expected = dataclasses.replace(KNOWN, **changed)  # type: ignore[arg-type]  # fields by their names
    assert change_offer(KNOWN, typed, now=NOW, adds=adds) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"bonus": "$3k"}, "one currency; here are CNY, USD"),
        ({"base_pay": "$3k", "bonus": "¥3k"}, "one currency"),
        ({"base_pay": "25k*15", "months": "16"}, "says 15 months, and 16"),
        ({"hukou": "也许吧"}, "says nothing of a hukou"),
        ({"marks": "team"}, "no list of pairs"),
        ({"marks": "team=8, team=9"}, "no list of pairs"),
        ({"assumptions": "raise=much"}, "no number for raise"),
        ({"assumptions": "foo=1"}, "no assumption"),
        ({"received_on": "[/x]"}, "no day that can be read"),
        ({"deadline_at": "soon"}, "no deadline"),
    ],
)
def test_what_cannot_be_read_is_refused(typed: dict[str, str], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        change_offer(KNOWN, typed, now=NOW)


def test_an_agreement_is_read_and_a_penalty_is_in_yuan() -> None:
    typed = {"received_on": "昨天", "deadline_at": "11.9", "penalty": "5k", "signed_on": "今天", "note": "x"}
    assert change_agreement(AgreementTerms(), typed, now=NOW) == AgreementTerms(
        received_on=date(2026, 11, 1),
        deadline_at=NOW.replace(day=10, hour=0),
        penalty=5_000,
        signed_on=date(2026, 11, 2),
        note="x",
    )
    with pytest.raises(RefusedError, match="in yuan"):
        change_agreement(AgreementTerms(), {"penalty": "$5k"}, now=NOW)


def test_weights_and_assumptions_are_pairs() -> None:
    assert read_weights("pay=5，工时=2, 户口=") == {"value": 5.0, "hours": 2.0, "hukou": None}
    assert read_assumptions("raise=5%, rate_usd=7.1, bonus-paid=") == {
        "raise": 5.0,
        "rate_USD": 7.1,
        "bonus_paid": None,
    }


SUMS = st.none() | st.integers(0, 10**9)
DAYS = st.none() | st.integers(0, 400).map(lambda days: NOW.date() - timedelta(days=days))
MOMENTS = st.none() | st.integers(0, 400).map(lambda hours: NOW + timedelta(hours=hours))


@given(
    st.builds(
        OfferTerms,
        base_pay=st.none() | st.integers(1, 10**9),
        months=st.none() | st.integers(1, 72).map(lambda halves: halves / 2),
        bonus=SUMS,
        share_value=SUMS,
        vesting=st.sampled_from([(), (25.0,) * 4, (33.33, 33.33, 33.34)]),
        fund_share=st.none() | st.integers(0, 100).map(float),
        hukou=st.sampled_from(["", *map(str, Hukou)]),
        weekly_hours=st.none() | st.integers(1, 168).map(float),
        received_on=DAYS,
        deadline_at=MOMENTS,
        marks=st.dictionaries(st.sampled_from(["team", "食堂", "[/x]"]), st.integers(0, 100).map(lambda n: n / 10)),
        assumptions=st.dictionaries(st.sampled_from(["raise", "rate_USD"]), st.integers(1, 50).map(float)),
        currency=st.sampled_from(["", "USD"]),
    )
)
def test_what_is_typed_back_is_the_same(terms: OfferTerms) -> None:
    """A form that is opened and kept changes nothing."""
    again = change_offer(terms, typed_offer(terms, zone=SHANGHAI), now=NOW)
    assert check_offer(again, today=NOW.date()) == check_offer(terms, today=NOW.date())


@given(st.builds(AgreementTerms, received_on=DAYS, deadline_at=MOMENTS, penalty=SUMS))
def test_an_agreement_typed_back_is_the_same(terms: AgreementTerms) -> None:
    again = change_agreement(terms, typed_agreement(terms, zone=SHANGHAI), now=NOW)
    assert again == check_agreement(terms, today=NOW.date())
