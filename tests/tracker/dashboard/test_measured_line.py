"""Long lines: what is seen of them is what a walk over the whole line finds, and little of them is measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tracker.dashboard.widgets.measured_line import PIECE, MeasuredLine


@pytest.mark.parametrize(
    ("text", "hidden", "seen"),
    [
        ("", 0, ""),
        ("", 9, ""),
        ("LoRA 的秩", 0, "LoRA 的秩"),
        ("LoRA 的秩", 3, "… 的秩"),
        ("LoRA 的秩", 4, "…的秩"),
        ("LoRA 的秩", 5, "… 秩"),
        ("LoRA 的秩", 6, "…秩"),
        ("LoRA 的秩", 40, "…"),
        ("        code", 3, "     code"),
        ("\ta\x1b]52;", 0, "    a]52;"),
        ("    ", 9, ""),
    ],
)
def test_what_is_seen(text: str, hidden: int, seen: str) -> None:
    assert MeasuredLine(text).seen(hidden, 20) == seen


@given(st.text(alphabet="a 题[é", max_size=3 * PIECE), st.integers(min_value=1, max_value=5 * PIECE))
def test_pieces_do_not_show(text: str, hidden: int) -> None:
    seen = MeasuredLine(text).seen(hidden, 10 * PIECE)
    cells = 0
    for at, letter in enumerate(text, start=1):
        cells += get_character_cell_size(letter)
        if cells > hidden:
            assert seen[1:] == " " * (cells - hidden - 1) + text[at:]
            assert cell_len(seen) == cell_len(text) - hidden
            return
    assert seen == ("…" if text.strip() else "")


def test_a_line_of_a_megabyte_is_measured_where_it_is_seen() -> None:
    line = MeasuredLine("题" * 1_000_000)
    assert cell_len(line.seen(40_000, 100)) >= 100
    assert len(line._pieces) < 50
    assert line.reaches(1_999_999)
    assert not line.reaches(2_000_000)
