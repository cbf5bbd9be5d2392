"""The words of the pipeline: every label, synonym and letter means one stage, and the usual path leads to its end."""

from collections import Counter

import pytest

from tracker.stages import CLOSING, STAGES, Outcome, find_stage, goes_back
from tracker.text import name_key


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("投", "投递"),
        ("已投递", "投递"),
        (" 网申 ", "投递"),
        ("ＯＡ", "测评"),
        ("机试", "笔试"),
        ("Written Test", "笔试"),
        ("written_test", "笔试"),
        ("1面", "一面"),
        ("终面", "三面"),
        ("HR 面", "HR面"),
        ("hr面试", "HR面"),
        ("ai面", "AI面"),
        ("四面", "加面"),
        ("OC", "谈薪"),
        ("OFFER", "offer"),
        ("签约", "三方"),
    ],
)
def test_a_stage_is_known_by_the_words_people_use(name: str, label: str) -> None:
    found = find_stage(name)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize("name", ["", "五百面", "挂", "快手", "[/x]"])
def test_other_words_are_no_stage(name: str) -> None:
    assert find_stage(name) is None


def test_no_word_and_no_letter_means_two_stages() -> None:
    names = Counter(name_key(name) for stage in STAGES for name in {stage.label, *stage.synonyms})
    letters = Counter(stage.letter for stage in STAGES)
    assert [name for name, count in (names + letters).items() if count > 1] == []
    assert all(len(letter) == 1 for letter in letters)


def test_two_keys_reach_every_stage() -> None:
    letters = [stage.letter for stage in STAGES]
    assert all(len(letter) == 1 for letter in letters)
    assert len(set(letters)) == len(STAGES)


def test_what_closes_an_application() -> None:
    assert frozenset(Outcome) - CLOSING == {Outcome.PASSED, Outcome.OFFER}


@pytest.mark.parametrize(
    ("label", "behind", "back"),
    [
        ("投递", "一面", True),
        ("意向", "投递", True),
        ("一面", "二面", True),
        ("三面", "HR面", True),
        ("HR面", "offer", True),
        ("笔试", "一面", True),
        ("AI面", "一面", True),
        ("AI面", "笔试", False),
        ("测评", "笔试", False),
        ("加面", "HR面", False),
        ("主管面", "加面", False),
        ("二面", "一面", False),
        ("一面", "一面", False),
        ("谈薪", "offer", False),
    ],
)
def test_what_goes_back_where_all_companies_agree_on_the_order(label: str, behind: str, back: bool) -> None:
    phases = {name: stage.phase for name in (label, behind) if (stage := find_stage(name))}
    assert goes_back(label, phases[label], behind=behind, behind_phase=phases[behind]) is back
