"""The fields of a form: what they say, what they refuse, and that they give back what they were filled with."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import AshoreError
from tracker.offers.typed import read_agreement, read_numbered, read_offer, type_agreement, type_offer
from tracker.offers.values import AgreementTerms, OfferTerms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=SHANGHAI)
WAS = OfferTerms(level="P5", base_pay=20_000, months=15.0, city="杭州", currency="USD")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, {}),
        ({"base_pay": "25k*15.5"}, {"base_pay": 25_000, "months": 15.5}),
        ({"base_pay": "2.5万"}, {"base_pay": 25_000}),
        ({"base_pay": "", "months": ""}, {"base_pay": None, "months": None}),
        ({"base_pay": "30k", "months": "16薪"}, {"base_pay": 30_000, "months": 16.0}),
        ({"bonus": "3w", "signing": "50,000"}, {"bonus": 30_000, "signing": 50_000}),
        ({"share_value": "2000股×35", "vesting": "4年均分"}, {"share_value": 70_000, "vesting": (25.0,) * 4}),
        ({"fund_share": "12%", "fund_base": "25000"}, {"fund_share": 12.0, "fund_base": 25_000}),
        ({"allowance": "24k/年"}, {"allowance": 2_000}),
        ({"hukou": "有"}, {"hukou": "certain"}),
        ({"hukou": "maybe", "weekly_hours": "55 小时"}, {"hukou": "possible", "weekly_hours": 55.0}),
        ({"received_on": "昨天"}, {"received_on": date(2026, 3, 24)}),
        ({"deadline_at": "4.1"}, {"deadline_at": datetime(2026, 4, 2, tzinfo=SHANGHAI)}),
        ({"marks": "团队 8、成长: 9.5; 食堂=3"}, {"marks": {"team": 8.0, "growth": 9.5, "食堂": 3.0}}),
        ({"assumptions": "raise 5, bonus-paid 80%"}, {"assumptions": {"raise": 5.0, "bonus_paid": 80.0}}),
        ({"currency": ""}, {"currency": ""}),
        ({"base_pay": "¥25,000"}, {"base_pay": 25_000, "currency": "CNY"}),
        ({"level": " T6 ", "note": "[b]口头[/b]"}, {"level": "T6", "note": "[b]口头[/b]"}),
    ],
)
def test_fields_say_what_they_hold_and_nothing_else(typed: dict[str, str], said: dict[str, Any]) -> None:
    read = read_offer(typed, was=WAS, now=NOW)
    assert {name: getattr(read, name) for name in said} == said
    others = set(OfferTerms.__dataclass_fields__) - said.keys()
    assert all(getattr(read, name) == getattr(WAS, name) for name in others)


@pytest.mark.parametrize(
    "typed",
    [
        {"base_pay": "面议"},
        {"base_pay": "25-30k"},
        {"base_pay": "-5k"},
        {"base_pay": "25k*15", "months": "16"},
        {"base_pay": "¥25k", "bonus": "$8k"},
        {"base_pay": "$8k", "currency": "HKD"},
        {"months": "0"},
        {"vesting": "50/40"},
        {"fund_share": "120%"},
        {"hukou": "[x]"},
        {"received_on": "someday"},
        {"received_on": "3月"},
        {"deadline_at": "soon"},
        {"marks": "团队"},
        {"marks": "团队 8, 团队 9"},
        {"assumptions": "luck 5"},
        {"assumptions": "raise 900"},
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(typed: dict[str, str]) -> None:
    with pytest.raises(AshoreError, match=r"\w"):
        read_offer(typed, was=OfferTerms(), now=NOW)


SUM = st.one_of(st.none(), st.integers(1, 10**8))
SHARE = st.one_of(st.none(), st.integers(1, 1000).map(lambda number: number / 10))


@given(
    st.builds(
        OfferTerms,
        base_pay=SUM,
        months=st.one_of(st.none(), st.integers(2, 72).map(lambda half: half / 2)),
        bonus=SUM,
        share_value=SUM,
        vesting=st.sampled_from([(), (25.0,) * 4, (12.5, 37.5, 50.0)]),
        fund_share=SHARE,
        weekly_hours=SHARE,
        currency=st.sampled_from(["", "USD"]),
        hukou=st.sampled_from(["", "certain", "possible", "none"]),
        received_on=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 3, 25))),
        marks=st.dictionaries(st.sampled_from(["team", "食堂", "离家 近"]), st.integers(0, 10).map(float)),
        assumptions=st.dictionaries(st.sampled_from(["raise", "months"]), st.integers(1, 20).map(float)),
    )
)
def test_what_a_form_is_filled_with_it_says_again(terms: OfferTerms) -> None:
    assert read_offer(type_offer(terms, now=NOW), was=WAS, now=NOW) == terms


def test_an_agreement_is_read_and_given_back() -> None:
    typed = {
        "received_on": "3.20",
        "deadline_at": "3.31 18:00",
        "penalty": "5k",
        "signed_on": "",
        "broken_on": "",
        "released_on": "",
        "note": "网签",
    }
    terms = read_agreement(typed, was=AgreementTerms(), now=NOW)
    assert terms == AgreementTerms(
        date(2026, 3, 20), datetime(2026, 3, 31, 18, tzinfo=SHANGHAI), 5_000, None, None, None, "网签"
    )
    assert read_agreement(type_agreement(terms, now=NOW), was=AgreementTerms(), now=NOW) == terms
    with pytest.raises(AshoreError, match="yuan"):
        read_agreement({"penalty": "$500"}, was=terms, now=NOW)


def test_names_with_numbers() -> None:
    assert read_numbered("") == ()
    assert read_numbered("离家 近 7, team:8") == (("离家 近", 7.0), ("team", 8.0))
