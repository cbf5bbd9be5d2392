"""The shipped company list: enough companies, valid tiers, and no name that means two of them."""

import tomllib
from collections import Counter

import pytest

from tracker.resources import resource
from tracker.stages import Tier
from tracker.text import name_key, sanitise_line

COMPANIES = tomllib.loads(resource("data", "companies.toml").read_text(encoding="utf-8"))["company"]


def _owners() -> dict[str, str]:
    return {name_key(name): company["name"] for company in COMPANIES for name in (company["name"], *company["aliases"])}


def test_each_company_has_a_name_a_tier_and_aliases_and_nothing_else() -> None:
    assert {frozenset(company) for company in COMPANIES} == {frozenset({"name", "tier", "aliases"})}


def test_the_list_is_long_enough_and_uses_every_listed_tier() -> None:
    tiers = Counter(company["tier"] for company in COMPANIES)
    assert len(COMPANIES) >= 220
    assert set(tiers) == {Tier.S, Tier.A, Tier.B, Tier.C}
    assert min(tiers.values()) >= 20


def test_no_name_or_alias_belongs_to_two_companies_or_is_written_twice() -> None:
    keys = Counter(name_key(name) for company in COMPANIES for name in (company["name"], *company["aliases"]))
    assert [key for key, count in keys.items() if count > 1] == []


def test_names_are_clean_single_lines_that_a_list_can_separate() -> None:
    names = [name for company in COMPANIES for name in (company["name"], *company["aliases"])]
    assert [name for name in names if name != sanitise_line(name) or set(name) & set("、，,;；：:（）()[]|—\n")] == []


@pytest.mark.parametrize(
    ("written", "company"),
    [
        ("B站", "哔哩哔哩"),
        ("bilibili", "哔哩哔哩"),
        ("字节", "字节跳动"),
        ("ByteDance", "字节跳动"),
        ("抖音", "字节跳动"),
        ("鹅厂", "腾讯"),
        ("阿里", "阿里巴巴"),
        ("蚂蚁", "蚂蚁集团"),
        ("海康", "海康威视"),
        ("Hikvision", "海康威视"),
        ("毒", "得物"),
        ("DiDi", "滴滴"),
        ("Qualcomm", "高通"),
        ("VIVO", "vivo"),
        ("Insta360", "影石"),
        ("Kimi", "月之暗面"),
        ("跟谁学", "高途"),
        ("交银金融科技", "交银金科"),
    ],
)
def test_what_people_write_finds_the_company(written: str, company: str) -> None:
    assert _owners()[name_key(written)] == company


@pytest.mark.parametrize("misspelling", ["饿了吗", "支付包", "哔哩哔里", "快手快手"])
def test_a_misspelling_is_no_alias(misspelling: str) -> None:
    assert name_key(misspelling) not in _owners()
