"""Text from people at the border: what a terminal would obey goes, everything that is text stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import name_key, sanitise, sanitise_line


@pytest.mark.parametrize(
    ("text", "clean", "removed"),
    [
        ("", "", 0),
        ("一面 [/x] [@click=app.quit] [MASK]", "一面 [/x] [@click=app.quit] [MASK]", 0),
        ("\x1b]52;c;eA==\x07", "]52;c;eA==", 2),
        ("\x1b[31mred\x1b[0m", "[31mred[0m", 2),
        ("\x9b31m", "31m", 1),
        ("a\x00b\x08c\x7fd", "abcd", 3),
        ("\u202e倒\u202c写\u2066x\u2069", "倒写x", 4),
        ("\ufeff题", "题", 1),
        ("\U000e0041藏\U000e007f", "藏", 2),
        ("\ud800x", "x", 1),
        ("a\tb\nc", "a\tb\nc", 0),
        ("a\r\nb\rc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf", 0),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم", 0),
        ("\u3000全角　空格", "\u3000全角　空格", 0),
    ],
)
def test_controls_are_taken_out_and_counted(text: str, clean: str, removed: int) -> None:
    assert sanitise(text) == (clean, removed)


@given(st.text())
def test_clean_text_is_clean_for_good(text: str) -> None:
    clean, removed = sanitise(text)
    assert sanitise(clean) == (clean, 0)
    assert len(clean) <= len(text) - removed
    clean.encode()


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    line = sanitise_line(text)
    assert line.splitlines() in ([line], [])
    assert line == line.strip()
    assert sanitise_line(line) == line


@pytest.mark.parametrize(
    ("text", "line"), [(" 快手\n一面\t ", "快手 一面"), ("\x1b\n", ""), ("a\u3000b", "a b"), ("a  b", "a b")]
)
def test_white_space_is_folded_in_a_line(text: str, line: str) -> None:
    assert sanitise_line(text) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OPPO", "oppo"),
        ("ＯＰＰＯ", "oppo"),
        ("360 集团", "360\u3000集团"),
        (" 快手\n", "快手"),
        ("Ⅳ", "iv"),
        ("ﬁ", "fi"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("海康", "海康威视"), ("饿了吗", "饿了么"), ("阿里", "阿里云"), ("小米科技", "小米"), ("360集团", "360 集团")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(min_size=1))
def test_a_key_is_the_key_of_itself_for_usual_text(text: str) -> None:
    key = name_key(text)
    assert key == key.strip()
    assert "\n" not in key


def test_nothing_that_is_printable_is_stripped() -> None:
    printable = "".join(letter for code in range(0x110000) if (letter := chr(code)).isprintable())
    assert sanitise(f"{printable}\x00") == (printable, 1)
