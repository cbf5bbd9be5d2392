"""LaTeX as a terminal can show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dashboard.formulas import readable, small


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"Attention(Q,K,V)=\frac{a+b}{\sqrt{x+y}}V", "Attention(Q,K,V) = (a+b)/(√(x+y))V"),
        (r"n\times n", "n×n"),
        (r"X\in \mathbb{R}^{n\times d}", "X ∈ ℝ^(n×d)"),
        (r"\sum_{i\in S}\log x_i", "∑_(i∈S) log xᵢ"),
        (r"\sum_{i=1}^{n} x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"),
        (r"\theta_{t+1} = \theta_t - \eta g", "θₜ₊₁ = θₜ - ηg"),
        (r"\frac{\partial L}{\partial w_{ij}}", "∂L/∂wᵢⱼ"),
        (r"W_{down}", "W_(down)"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\hat{y}=\arg\max_k p(y=k\mid x)", "ŷ=arg maxₖ p(y=k|x)"),
        (r"D_{KL}(P\|Q)\ge 0", "D_(KL)(P‖Q) ≥ 0"),
        (r"\begin{bmatrix}a&b\\c&d\end{bmatrix}", "[a b; c d]"),
        (r"\begin{cases}x & x>0\\ 0 & \text{否则}\end{cases}", "{ x, x>0; 0, 否则 }"),
        (r"\begin{aligned} a &= b \\ &= c\end{aligned}", "a = b\n= c"),
        (r"\sqrt[3]{x}+\binom{n}{k}+\bar{x}", "³√x+C(n, k)+x\u0305"),
        (r"\underset{x}{\arg\min}", "arg minₓ"),
        (r"50% \{a\}", "50% {a}"),
        (r"\unknown{x} a<b", r"\unknown{x} a<b"),
        (r"\frac{1", r"\frac{1"),
        ("a_", "a_"),
        ("^", "^"),
        ("a" * 5000, "a" * 5000),
        ("{" * 300, "{" * 300),
    ],
)
def test_formulas_become_plain_characters(formula: str, shown: str) -> None:
    assert readable(formula) == shown


@given(st.text(alphabet=r"\{}^_$&%a1字 []()frac", max_size=60))
def test_no_formula_is_too_broken_to_be_read(formula: str) -> None:
    shown = readable(formula)
    assert bool(shown) == bool(formula)


@pytest.mark.parametrize(
    ("text", "sign", "shown"), [("2", "^", "²"), ("12", "_", "₁₂"), ("词", "_", "_词"), ("", "^", "^")]
)
def test_a_text_is_raised_or_lowered_where_there_are_characters_for_it(text: str, sign: str, shown: str) -> None:
    assert small(text, sign) == shown
