"""Markdown where it is not laid out."""

import pytest

from tracker.dashboard.markdown import as_plain, opening


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`is` 和 `==` 的区别？", "is 和 == 的区别？"),
        ("**LoRA** 的 $n\\times n$", "LoRA 的 n×n"),
        ("其中$x_1$和\\(x_2\\)", "其中x₁和x₂"),
        ("`a**b**` 与 2**3**4 与 **kwargs", "a**b** 与 2**3**4 与 **kwargs"),
        ("<u>手撕</u> <p> 和 [MASK] 和 [/x]", "手撕 <p> 和 [MASK] 和 [/x]"),
        ("花了$5和$ 6，$PATH 不动", "花了$5和$ 6，$PATH 不动"),
        ("只有一个 ` 的", "只有一个 ` 的"),
    ],
)
def test_a_text_that_is_not_rendered_shows_no_marks(text: str, shown: str) -> None:
    assert as_plain(text) == shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("（青禾）\n产品天天用。\n\n团队好。", "产品天天用。团队好。"),
        ("[青禾]：\n因为", "因为"),
        ("（青禾）", "（青禾）"),
        ("（青禾）之前", "（青禾）之前"),
        ("我做过\nRAG\n和 GPT\nagents", "我做过 RAG 和 GPT agents"),
        ("", ""),
    ],
)
def test_a_preview_begins_with_what_is_said(answer: str, shown: str) -> None:
    assert opening(answer) == shown
