"""Which questions a typed line may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.bank import question_key
from prep.doubles.matching import LIKELY, QuestionMatcher

BANK = (
    "LoRA 的 B 为什么初始化为 0？",
    "PPO 和 DPO 的区别",
    "KV Cache 为什么能加速推理？",
    "什么是梯度检查点？",
    "[MASK] 是做什么的？",
    "C++ 的虚函数",
    "C 的指针",
    "如何评估 RAG 的召回？",
)


@pytest.fixture
def matcher() -> QuestionMatcher:
    return QuestionMatcher((number, text, question_key(text)) for number, text in enumerate(BANK, start=1))


@pytest.mark.parametrize(
    ("typed", "first", "is_same", "is_likely"),
    [
        ("lora的b为什么初始化为0", 1, True, True),
        ("LoRA B 为什么初始化成0", 1, False, False),
        ("kv cache", 3, False, True),
        ("梯度检查点", 4, False, True),
        ("[mask] 是做什么的", 5, True, True),
        ("SFT 和 DPO 的区别", 2, False, False),
        ("ppo dpo 区别", 2, False, True),
        ("rag召回怎么评估", 8, False, True),
    ],
)
def test_the_question_that_is_meant_comes_first(
    matcher: QuestionMatcher, typed: str, first: int, is_same: bool, is_likely: bool
) -> None:
    found = matcher.find(typed)
    assert found[0].question_id == first
    assert found[0].is_same is is_same
    assert (found[0].share >= LIKELY) is is_likely


@pytest.mark.parametrize("typed", ["", "  ", "？", "红黑树的旋转"])
def test_what_is_like_nothing_finds_nothing(matcher: QuestionMatcher, typed: str) -> None:
    assert matcher.find(typed) == ()


def test_a_word_stands_before_a_part_of_another_word() -> None:
    bank = ("QLoRA 做什么？", "LoRA 的原理是什么？")
    matcher = QuestionMatcher((number, text, question_key(text)) for number, text in enumerate(bank))
    assert [match.question_id for match in matcher.find("lora")] == [1, 0]


def test_equal_questions_are_offered_once() -> None:
    matcher = QuestionMatcher([(1, "什么是 RAG？", "什么是rag"), (2, "什么是RAG", "什么是rag")])
    assert [match.question_id for match in matcher.find("什么是rag")] == [1]
    assert len(matcher) == 1


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=8))
def test_any_text_is_read_and_a_share_is_a_share(typed: str, bank: list[str]) -> None:
    matcher = QuestionMatcher((number, text, question_key(text)) for number, text in enumerate(bank))
    found = matcher.find(typed, limit=3)
    assert len(found) <= 3
    assert all(0 < match.share <= 1 for match in found)
    assert len({match.question_id for match in found}) == len(found)
