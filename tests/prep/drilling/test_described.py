"""Which questions a description of a position names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.drilling.described import FEWEST, MOST_TERMS, TELLING, named_in, terms_of

DESCRIPTION = (
    "岗位职责：负责大模型的训练与推理优化。\n任职要求：熟悉 C++、LoRA，有 RAG 落地经验者优先；Good knowledge of TCP/IP."
)


def test_the_terms_of_a_description_are_its_own_words() -> None:
    terms = terms_of(DESCRIPTION)
    assert {"大模型", "训练", "推理", "c++", "lora", "rag", "tcp/ip"} <= set(terms)
    assert not {"岗位", "要求", "优先", "good", "of"} & set(terms)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("LoRA 的秩怎么选？", True),
        ("ＬoRA", False),
        ("lora怎么训", True),
        ("QLoRA 为什么省显存？", False),
        ("C++ 的虚函数表在哪里？", True),
        ("C 语言的指针？", False),
        ("大模型为什么会幻觉？", True),
        ("storage 分几层？", False),
        ("RAG召回不准怎么办？", True),
        ("什么是死锁？", False),
        ("", False),
    ],
)
def test_latin_terms_count_as_whole_words_and_chinese_ones_as_they_stand(text: str, is_named: bool) -> None:
    assert (0 in named_in(DESCRIPTION, [text])) is is_named


def test_a_word_of_very_many_questions_tells_nothing() -> None:
    texts = [f"大模型的第 {number} 个问题" for number in range(100)]
    assert named_in(DESCRIPTION, texts) == {}
    assert named_in(DESCRIPTION, [*texts, "LoRA 是什么？"]) == {100: "lora"}


@pytest.mark.parametrize("description", ["", "   ", "岗位职责：熟悉、掌握、了解。", "，。；"])
def test_a_description_without_words_names_nothing(description: str) -> None:
    assert named_in(description, ["LoRA 的秩怎么选？", "什么是死锁？"]) == {}


def test_a_very_long_description_is_read_up_to_a_bound() -> None:
    assert len(terms_of(" ".join(f"word{number}" for number in range(5000)))) == MOST_TERMS


PIECES = ("lora", "LoRA", "q", "c", "c++", "+", "#", "_", "tcp", "/ip", "2", " ", "。", "训练", "缓", "存", "é", "İ")
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


def _is_named(term: str, text: str) -> bool:
    """As plainly as can be."""
    if not term[0].isascii():
        return term in text.casefold()
    return re.search(rf"(?<![a-z0-9_]){re.escape(term)}(?![a-z0-9_+#])", text.casefold()) is not None


@given(description=texts, bank=st.lists(texts, max_size=12))
def test_what_is_named_is_what_a_look_at_every_text_finds(description: str, bank: list[str]) -> None:
    found: dict[int, str] = {}
    for term in terms_of(description):
        places = [place for place, text in enumerate(bank) if _is_named(term, text)]
        if len(places) <= max(FEWEST, int(len(bank) * TELLING)):
            for place in places:
                found.setdefault(place, term)
    assert named_in(description, bank) == found
