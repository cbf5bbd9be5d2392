"""Text from people on its way to the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

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


def test_both_themes_know_every_style_and_variable() -> None:
    assert look(DARK).keys() == look(LIGHT).keys()
    assert look("unknown") == look(DARK)
    for name in PALETTES:
        assert VARIABLE_DEFAULTS.keys() <= make_theme(name).variables.keys()
