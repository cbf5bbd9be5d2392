"""What is printed: aligned by width, cut where it is too long, and nothing that a terminal would obey."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.cell_width import cut, display_width
from tracker.cli.output import as_iso, print_json, print_table, say, tell

INSTANT = datetime(2026, 3, 6, 11, 30, 5, 123456, tzinfo=UTC)
HOSTILE = "a\x1b]52;c;eA==\x07b\x9b31mc\u202ed\U000e0041e"


def test_columns_line_up_by_what_a_terminal_shows(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("公司", "n"), [("快手", 1), ("e\u0301a", 12), ("", None)], numbers=(1,))
    assert capsys.readouterr().out == "公司   n\n快手   1\ne\u0301a    12\n—      —\n"


@pytest.mark.parametrize(
    ("text", "width"), [("ab", 2), ("快手", 4), ("ＡＢ", 4), ("e\u0301", 1), ("a\u200db", 2), ("", 0)]
)
def test_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(("text", "shown"), [("快手", "快手"), ("快手面", "快…"), ("abcdef", "abc…"), ("abcd", "abcd")])
def test_cutting_never_halves_a_wide_character(text: str, shown: str) -> None:
    assert cut(text, 4) == shown
    assert display_width(cut(text, 4)) <= 4


def test_nothing_that_a_terminal_obeys_gets_out(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("x",), [(HOSTILE,)])
    say(HOSTILE)
    tell(f"{HOSTILE}\nsecond")
    captured = capsys.readouterr()
    assert captured.out == "x\na]52;c;eA==b31mcde\na]52;c;eA==b31mcde\n"
    assert captured.err == "a]52;c;eA==b31mcde second\n"


def test_json_keeps_the_text_and_escapes_what_a_terminal_obeys(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_json({"名": [HOSTILE, "\ud800", "[/x]"]})
    out = capfdbinary.readouterr().out.decode()
    assert json.loads(out) == {"名": [HOSTILE, "\ud800", "[/x]"]}
    assert "名" in out
    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e", "\U000e0041"}


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (INSTANT, "minute", "2026-03-06T19:30:05+08:00"),
        (datetime(2026, 3, 6, tzinfo=UTC), "day", "2026-03-06"),
        (datetime(2026, 3, 1, tzinfo=UTC), "month", "2026-03"),
        (INSTANT, "unknown", None),
        (None, "minute", None),
    ],
)
def test_a_time_is_as_exact_as_it_is_known(value: datetime | None, precision: str, expected: str | None) -> None:
    assert as_iso(value, precision, ZoneInfo("Asia/Shanghai")) == expected
