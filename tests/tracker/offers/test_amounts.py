"""Sums as people write them: read exactly, or refused with a sentence."""

from collections.abc import Callable

import pytest

from tracker.errors import RefusedError
from tracker.offers.amounts import (
    Amount,
    Pay,
    read_amount,
    read_currency,
    read_hours,
    read_mark,
    read_monthly,
    read_months,
    read_pay,
    read_percent,
    read_shares,
    read_vesting,
    read_yearly,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25k*15.5", Pay(25_000, 15.5)),
        ("25k×16", Pay(25_000, 16)),
        ("25 k x 15薪", Pay(25_000, 15)),
        ("2.5万", Pay(25_000)),
        ("2万5", Pay(25_000)),
        ("30w", Pay(300_000)),
        ("２５ｋ", Pay(25_000)),
        ("¥24,500", Pay(24_500, None, "CNY")),
        ("200k RMB", Pay(200_000, None, "CNY")),
        ("月薪 18000元", Pay(18_000, None, "CNY")),
        ("40万/年×16", Pay(25_000, 16)),
        ("年薪40w*16", Pay(25_000, 16)),
        ("$8,000/month", Pay(8_000, None, "USD")),
        ("18000", Pay(18_000)),
    ],
)
def test_pay_is_read(text: str, expected: Pay) -> None:
    assert read_pay(text) == expected


def test_a_years_pay_is_divided_by_the_months_said_beside_it() -> None:
    assert read_pay("40万/年", months=16) == Pay(25_000, 16)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("40万/年", "a year's pay"),
        ("25k-30k", "is a range"),
        ("25~30k", "is a range"),
        ("2到3万", "is a range"),
        ("-5k", "below zero"),
        ("¥-5k", "below zero"),
        ("0", "A pay of 0"),
        ("面议", "says no figure"),
        ("NaN", "says no figure"),
        ("inf", "says no figure"),
        ("1.2.3", "no sum of money"),
        ("24,50", "no sum of money"),
        ("1e12", "no sum of money"),
        ("两万", "no sum of money"),
        ("[/x]", "no sum of money"),
        ("", "no sum of money"),
        ("1000000000000", "more than any offer"),
        ("9" * 400, "more than any offer"),
        ("¥25k usd", "two currencies"),
        ("25k*99", "no number of months"),
    ],
)
def test_what_is_no_pay_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_pay(text)


def test_months_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(RefusedError, match="says 15 months, and 16"):
        read_pay("25k*15", months=16)


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (read_amount, "0", Amount(0)),
        (read_amount, "5k", Amount(5_000)),
        (read_yearly, "1k/月", Amount(12_000, "", "year")),
        (read_monthly, "12k/年", Amount(1_000, "", "month")),
        (read_monthly, "1500", Amount(1_500)),
        (read_shares, "期权 2000股×35", Amount(70_000)),
        (read_shares, "2000股*$35", Amount(70_000, "USD")),
        (read_shares, "rsu 300k", Amount(300_000)),
        (read_percent, "12%", 12.0),
        (read_percent, "１２％", 12.0),
        (read_percent, "0.5%", 0.5),
        (read_percent, "0", 0.0),
        (read_months, "16薪", 16.0),
        (read_hours, "55 小时", 55.0),
        (read_hours, "60h", 60.0),
        (read_vesting, "25/25/25/25", (25, 25, 25, 25)),
        (read_vesting, "10% 20% 30% 40%", (10, 20, 30, 40)),
        (read_vesting, "4年均分", (25, 25, 25, 25)),
        (read_vesting, "3年", (33.33, 33.33, 33.34)),
        (read_mark, "8.5", 8.5),
        (read_currency, "美元", "USD"),
        (read_currency, "nok", "NOK"),
    ],
)
def test_other_figures_are_read(read: Callable[[str], object], text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_percent, "5%-12%", "is a range"),
        (read_percent, "0.12", "write it with %"),
        (read_percent, "120%", "more than 100"),
        (read_percent, "-3", "no percentage"),
        (read_hours, "996", "no number of working hours"),
        (read_hours, "0", "no number of working hours"),
        (read_months, "15-16", "is a range"),
        (read_months, "0", "no number of months"),
        (read_vesting, "25 25 25", "these come to 75 %"),
        (read_vesting, "均分", "says no vesting"),
        (read_vesting, "40年", "says no vesting"),
        (read_shares, "2000股", "no sum of money"),
        (read_shares, "2000股×35-40", "is a range"),
        (read_mark, "11", "no mark"),
        (read_mark, "-1", "no mark"),
        (read_currency, "x", "no currency"),
    ],
)
def test_other_nonsense_is_refused(read: Callable[[str], object], text: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read(text)
