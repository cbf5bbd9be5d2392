"""Text from people on its way to the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from tracker.dashboard.formulas import readable
from tracker.dashboard.markdown import as_plain, opening, paint_markdown, prepare
from tracker.dashboard.text import ControlFilter, content, fit
from tracker.dashboard.theme import DARK, LIGHT, PALETTES, VARIABLE_DEFAULTS, look, make_theme


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("快手", 6, "快手  "),
        ("快手", 4, "快手"),
        ("快手科技", 6, "快手… "),
        ("快手科技", 5, "快手…"),
        ("快手", 1, "…"),
        ("abcdef", 4, "abc…"),
        ("[/x]", 6, "[/x]  "),
        ("a\x1b[31mb", 7, "a[31mb "),
        ("a\nb\tc", 6, "a b c "),
        ("anything", 0, ""),
    ],
)
def test_a_line_is_exactly_as_wide_as_it_must_be(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_numbers_stand_at_the_right() -> None:
    assert fit("5 d", 6, "right") == "   5 d"


@given(st.text(max_size=60), st.integers(min_value=0, max_value=40))
def test_any_text_is_fitted_to_the_cell(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_content_holds_no_markup() -> None:
    assert content("[b]x[/b] [@click=app.quit]y[/]").plain == "[b]x[/b] [@click=app.quit]y[/]"


@pytest.mark.parametrize(
    "text", ["\x1b]52;c;aGk=\x07", "\x9b31m", "a\u202eb", "tag\U000e0041", "\r", "\u2066x\u2069", "\u2028"]
)
def test_no_control_character_passes_the_last_gate(text: str) -> None:
    painted = ControlFilter().apply([Segment("ok"), Segment(text)], Color(0, 0, 0))
    shown = "".join(segment.text for segment in painted)
    assert shown.startswith("ok")
    assert all(character.isprintable() for character in shown)


def test_a_clean_line_is_not_touched() -> None:
    segments = [Segment("快手 👩‍💻 [mask]")]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"Attention(Q,K,V)=\frac{a+b}{\sqrt{x+y}}V", "Attention(Q,K,V) = (a+b)/(√(x+y))V"),
        (r"n\times n", "n×n"),
        (r"X\in R^{n\times d}", "X ∈ R^(n×d)"),
        (r"\sum_{i\in S}\log x_i", "∑_(i∈S) log xᵢ"),
        (r"\sum_{i=1}^{n} x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"),
        (r"\theta_{t+1} = \theta_t - \eta \nabla L", "θₜ₊₁ = θₜ - η ∇L"),
        (r"W_{down}", "W_(down)"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\unknown{x}", r"\unknown{x}"),
        ("a" * 5000, "a" * 5000),
    ],
)
def test_formulas_become_plain_characters(formula: str, shown: str) -> None:
    assert readable(formula) == shown


DOCUMENT = r"""
# 注意力 [MASK]

<u>重点</u>：$\frac{a}{b}$，价格 $5 和 $6，`$PATH` 不动，vector<int> 与 <start> 照写。

| 词 | 标记 |
|---|---|
| 掩码 | [mask] |
| 关闭 | [/x] |

```python
# not a heading
x = "$not$ <u>"
```

[key]: https://example.com/not-a-definition

$$
L = -\sum_i y_i
$$

<img src="pictures/attention.png"> ![图一](a/b.png)
"""


def test_a_document_keeps_what_is_not_markdown() -> None:
    shown = "\n".join(strip.text.rstrip() for strip in paint_markdown(DOCUMENT, width=60, theme=DARK))
    for text in (
        "[MASK]",
        "重点：a/b，价格 $5 和 $6，$PATH 不动，vector<int> 与 <start>",
        "[mask]",
        "[/x]",
        "# not a heading",
        'x = "$not$ <u>"',
        "[key]: https://example.com/not-a-definition",
        "L = -∑ᵢ yᵢ",
        "(image: attention.png)",
        "(image: 图一)",
    ):
        assert text in shown
    assert "<u>重点" not in shown


def test_an_endless_line_is_cut_with_a_word() -> None:
    assert prepare("字" * 40_000).endswith("(the rest is not shown)")


@given(st.text(max_size=300))
def test_any_text_can_be_painted(text: str) -> None:
    for strip in paint_markdown(text, width=30, theme=LIGHT):
        assert strip.cell_length <= 30


def test_both_themes_know_every_style_and_variable() -> None:
    assert look(DARK).keys() == look(LIGHT).keys()
    assert look("unknown") == look(DARK)
    for name in PALETTES:
        assert VARIABLE_DEFAULTS.keys() <= make_theme(name).variables.keys()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`is` 和 `==` 的区别？", "is 和 == 的区别？"),
        ("**LoRA** 的 $n\\times n$", "LoRA 的 n×n"),
        ("`a**b**` 与 2**3**4 与 **kwargs", "a**b** 与 2**3**4 与 **kwargs"),
        ("<u>手撕</u> <p> 和 [MASK] 和 [/x]", "手撕 <p> 和 [MASK] 和 [/x]"),
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


def test_a_table_takes_lines_between_its_rows_only_where_a_cell_is_broken() -> None:
    table = "| 词 | 义 |\n|---|---|\n| 掩码的一种很长的写法 | 盖住 |\n| 甲 | 乙 |\n"
    painted = {width: paint_markdown(table, width=width, theme=DARK) for width in (20, 60)}
    above = {}
    for width, strips in painted.items():
        lines = [strip.text.strip() for strip in strips]
        above[width] = lines[next(at for at, line in enumerate(lines) if line.startswith("甲")) - 1]
    assert above[60].startswith("掩码的一种很长的写法")
    assert not above[20]
