"""``ashore topics``: the tree on the command line."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore

NOTES = """\
# 微调

## LoRA

1. 秩怎么选？

   先小后大。

2. 合并后快吗？

## 蒸馏

1. 温度起什么作用？

# 检索

1. 怎么切块？
"""


@pytest.fixture
def bank(ashore: Ashore, tmp_path: Path) -> Ashore:
    """A database that holds the notes above."""
    path = tmp_path / "bank.md"
    path.write_text(NOTES, encoding="utf-8")
    assert ashore("import", path).exit_code == 0
    return ashore


def paths(ashore: Ashore) -> list[str]:
    return [" / ".join(topic["path"]) for topic in ashore("topics", "--json").document]


def test_the_tree_is_listed_with_its_numbers(bank: Ashore) -> None:
    assert [
        (one["name"], one["questions"], one["total"], one["unanswered"]) for one in bank("topics", "--json").document
    ] == [
        ("微调", 0, 3, 2),
        ("LoRA", 2, 2, 1),
        ("蒸馏", 1, 1, 1),
        ("检索", 1, 1, 1),
    ]
    assert "微调 / LoRA" in bank("topics").stdout


def test_nothing_to_list(ashore: Ashore) -> None:
    ran = ashore("topics")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ashore("topics", "--json").document == []


def test_topics_are_arranged_a_step_each(bank: Ashore) -> None:
    before = paths(bank)
    renamed = bank("topics", "--rename", "lora", "低秩", "--json").document
    assert (renamed["path"], renamed["questions"]) == (["微调", "低秩"], 2)
    assert bank("topics", "--move", "蒸馏", "/").stdout.splitlines()[0] == "蒸馏 · 1 question"
    assert bank("topics", "--merge", "微调 / 低秩", "检索", "--json").document["questions"] == 3
    assert paths(bank) == ["蒸馏", "检索"]
    assert bank("topics", "--tidy", "--json").document["removed"] == ["微调"]
    assert bank("topics", "--tidy").stderr == "No topic is empty.\n"
    for _step in range(4):
        assert bank("undo").exit_code == 0
    assert paths(bank) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--rename", "量化", "x"), "There is no topic “量化”. ashore topics lists them."),
        (("--rename", "LoRA", "蒸馏"), "There is a topic “蒸馏” there already; merge the two instead."),
        (("--move", "微调", "LoRA"), "“微调” cannot be put into itself."),
        (("--merge", "微调", "LoRA"), "“LoRA” lies within “微调”: merge it the other way round."),
    ],
)
def test_what_cannot_be_is_refused(bank: Ashore, arguments: tuple[str, ...], reason: str) -> None:
    before = paths(bank)
    assert bank("topics", *arguments).reason == reason
    assert paths(bank) == before


def test_one_thing_at_a_time(bank: Ashore) -> None:
    assert bank("topics", "--tidy", "--rename", "LoRA", "x").exit_code == 2
