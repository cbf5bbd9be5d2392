"""What a text claims in numbers, and what only looks like a claim."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.claims.numbers import as_meant, read_number
from prep.claims.reading import Claim, read_claims


def told(claim: Claim) -> tuple[object, ...]:
    """A claim in short."""
    value: object = claim.parts or (claim.amount.low, claim.amount.high)
    if isinstance(value, tuple) and not claim.parts and value[0] == value[1]:
        value = value[0]
    return (claim.subject, value, claim.unit)


READ = [
    ("我期望薪资 25k。", [("expected_pay", 25000, "month")]),
    ("期望月薪 25-30k", [("expected_pay", (25000, 30000), "month")]),
    ("期望薪资两万五", [("expected_pay", 25000, "month")]),
    ("期望年包 40w", [("expected_pay", 400000, "year")]),
    ("期望 25 万到 30 万一年的总包", [("expected_pay", (250000, 300000), "year")]),
    ("实习希望 300 元一天", [("expected_pay", 300, "day")]),
    ("期望月薪 25000", [("expected_pay", 25000, "month")]),
    ("HR 说最多给到 32k 的月薪", [("offered_pay", 32000, "month")]),
    ("目前薪资 18k", [("current_pay", 18000, "month")]),
    ("Expected salary is 30k per month.", [("expected_pay", 30000, "month")]),
    ("I expect a base salary of $120k a year.", [("expected_pay", 120000, "USD year")]),
    ("可以连续实习 3 个月，每周到岗四天", [("availability", 3, "month"), ("days_a_week", 4, "day")]),
    ("能实习半年以上", [("availability", (6, math.inf), "month")]),
    ("I can intern for six months, five days a week.", [("availability", 6, "month"), ("days_a_week", 5, "day")]),
    ("在木棉实习了三四个月", [("internship", (3, 4), "month")]),
    ("有两年半 Java 开发经验", [("experience", 30, "month")]),
    ("I have three years of experience.", [("experience", 36, "month")]),
    ("GPA 3.8/4.0，专业排名 3/120", [("gpa", 3.8, "of 4"), ("rank", 3, "of 120")]),
    ("均分 91.2，专业前 5%", [("gpa", 91.2, ""), ("rank", 5, "%")]),
    ("绩点专业第二", [("rank", 2, "place")]),
    ("六级 560 分，雅思 7.0", [("exam", 560, "cet6"), ("exam", 7, "ielts")]),
    ("2027 年 6 月毕业", [("graduation", (2027, 6, None), "date")]),
    ("27 届硕士", [("graduation", (2027, None, None), "date")]),
    ("I graduate in June 2027.", [("graduation", (2027, 6, None), "date")]),
    ("7 月 1 日可以入职", [("start_date", (None, 7, 1), "date")]),
    ("项目从 2025.3 开始", [("date", (2025, 3, None), "date")]),
    ("团队 8 个人", [("team_size", 8, "people")]),
    ("我们组一共五人", [("team_size", 5, "people")]),
    ("Led a team of 5 engineers", [("team_size", 5, "people")]),
    ("百分之九十的准确率", [("measure:准确率", 90, "%")]),
    ("F1 达到 92.3 %", [("measure:f1", 92.3, "%")]),
    ("BLEU 27.5，ROUGE-L 41.2", [("measure:bleu", 27.5, ""), ("measure:rouge-l", 41.2, "")]),
    ("召回率@10 是 0.87", [("measure:召回率@10", 0.87, "")]),
    ("延迟从 120ms 降到 45ms", [("measure:延迟", 120, "ms"), ("measure:延迟", 45, "ms")]),
    ("QPS 达到 3000", [("measure:qps", 3000, "")]),
    ("处理了 10w 条数据", [("count", 100000, "条")]),
    ("发表 2 篇论文", [("papers", 2, "papers")]),
    ("用户超过一百二十万人", [("people", (1200000, math.inf), "people")]),
    ("速度快了两倍", [("multiple", 2, "times")]),
]

NOTHING = [
    "用 Qwen2.5-7B 和 13B 的模型",
    "Python 3.11，CUDA 12.1，GPT-4",
    "手机 13800138000",
    "腾讯会议 123-456-789",
    "第三个项目是我独立做的",
    "v2.3.1 上线了",
    "top 5 里面找答案",
    "一般来说，一些同学会这样写",
    "我想在一个有真实用户的团队里",
    "千万不要紧张，万一没听清就再问一遍",
    "May I ask a question?",
    "二面的面试官很和气",
    "https://example.com/2024/10/3",
    "",
    "[/x] [mask] [0,1]",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_claims_are_read(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [told(claim) for claim in read_claims(text)] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_claim(text: str) -> None:
    assert [told(claim) for claim in read_claims(text)] == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("准确率从 61% 提升到 84%", ["from", ""]),
        ("准确率提升了 5%", ["change"]),
        ("reduced latency by 40%", ["change"]),
        ("期望 25k，最低 20k", ["", "lowest"]),
    ],
)
def test_the_part_that_a_number_plays(text: str, roles: list[str]) -> None:
    assert [claim.role for claim in read_claims(text)] == roles


@pytest.mark.parametrize(
    ("text", "mine", "sure"),
    [
        ("团队 8 个人", True, True),
        ("他们团队 30 个人", False, True),
        ("如果团队有 8 个人", True, False),
        ("期望薪资不是 25k", True, False),
    ],
)
def test_who_is_spoken_of_and_how_surely(text: str, *, mine: bool, sure: bool) -> None:
    (claim,) = read_claims(text)
    assert (claim.is_mine, claim.is_sure) == (mine, sure)


def test_a_number_is_found_where_it_stands_with_the_names_around_it() -> None:
    text = "我做了意图识别项目。F1 达到 92.3%。\n换一段：F1 达到 80%。"
    first, second = read_claims(text)
    assert (text[first.start : first.start + 5], first.shown, first.sentence) == ("92.3%", "92.3%", "F1 达到 92.3%")
    assert [sorted(claim.anchors) for claim in (first, second)] == [["意图识别"], []]


def test_an_answer_is_read_with_its_question() -> None:
    (claim,) = read_claims("25k 左右，看整体。", heading="你的期望薪资是多少？", about_pay=True)
    assert (claim.subject, claim.unit) == ("expected_pay", "month")
    (claim,) = read_claims("四个月。", heading="可以实习多久？")
    assert claim.subject == "availability"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("1,200", 1200),
        ("3.5", 3.5),
        ("十二", 12),
        ("二十", 20),
        ("一百二", 120),
        ("一百零二", 102),
        ("两万五", 25000),
        ("三十万", 300000),
        ("二零二五", 2025),
        ("九十二点三", 92.3),
        ("半", 0.5),
        ("seven", 7),
        ("万", None),
        ("三半", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    amount = read_number(text)
    assert (amount and amount.low) == value


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("92.3", "92", True),
        ("92.3", "93.1", False),
        ("92.3", "92.4", False),
        ("3", "4", False),
        ("三四", "4", True),
        ("25", "25.0", True),
    ],
)
def test_a_rounded_number_agrees_with_the_exact_one(first: str, second: str, *, agree: bool) -> None:
    one, other = read_number(first), read_number(second)
    assert one is not None
    assert other is not None
    assert one.agrees_with(other) == other.agrees_with(one) == agree


def test_bounds_and_estimates_leave_room() -> None:
    ninety, exact = read_number("90"), read_number("92.3")
    assert ninety is not None
    assert exact is not None
    assert as_meant(ninety, before="超过 ", behind="").agrees_with(exact)
    assert as_meant(ninety, before="", behind=" 左右").agrees_with(exact)
    assert not as_meant(ninety, before="不到 ", behind="").agrees_with(exact)


@given(st.text(alphabet="期望薪资25k万个月年到-%F1准确率从，。 \nab第一两[/]", max_size=80))
def test_any_text_is_read(text: str) -> None:
    for claim in read_claims(text, about_pay=True):
        assert 0 <= claim.start < len(text)
        assert claim.amount.low <= claim.amount.high
        assert claim.sentence


def test_a_long_answer_is_read_in_time_that_grows_with_it() -> None:
    lines = ("准确率从 61% 提升到 84%，", "1" * 40, "abc ", "二零二五", "期望薪资 25k 到 ")
    for line in lines:
        text = line * (40_000 // len(line))
        began = time.process_time()
        read_claims(text)
        assert time.process_time() - began < 2.5, line
