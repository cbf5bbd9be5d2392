"""What a list said of a company's names at its last import."""

import json

import pytest

from tracker.imports.said import add_words, join_words, said_words

ONE = '["S", "投"]'
TWO = '{"海康": ["A", ""], "海康威视": ["S", "投"]}'


@pytest.mark.parametrize(
    ("stored", "key", "listed", "words"),
    [
        ("", "海康威视", {"海康威视"}, ("", "")),
        (ONE, "海康威视", {"海康威视"}, ("S", "投")),
        (ONE, "海康", {"海康"}, ("S", "投")),
        (ONE, "海康", {"海康", "海康威视"}, ("", "")),
        (TWO, "海康", {"海康", "海康威视"}, ("A", "")),
        (TWO, "海康威视", {"海康威视"}, ("S", "投")),
        (TWO, "hikvision", {"hikvision"}, ("", "")),
    ],
)
def test_the_words_of_a_name(stored: str, key: str, listed: set[str], words: tuple[str, str]) -> None:
    assert said_words(stored, key=key, own_key="海康威视", listed=listed) == words


@pytest.mark.parametrize(
    ("stored", "key", "after"),
    [
        ("", "海康", ["B", "挂"]),
        (ONE, "海康威视", ["B", "挂"]),
        (ONE, "海康", {"海康威视": ["S", "投"], "海康": ["B", "挂"]}),
        (TWO, "海康", {"海康威视": ["S", "投"], "海康": ["B", "挂"]}),
    ],
)
def test_new_words_of_a_name(stored: str, key: str, after: object) -> None:
    text = add_words(stored, key=key, own_key="海康威视", words=("B", "挂"))
    assert json.loads(text) == after
    assert said_words(text, key=key, own_key="海康威视", listed={key}) == ("B", "挂")


def test_two_companies_keep_the_words_of_each_name() -> None:
    joined = join_words(ONE, keys=("海康威视",), other='["A", ""]', other_keys=("海康", "hk"))
    assert json.loads(joined) == {"海康威视": ["S", "投"], "海康": ["A", ""], "hk": ["A", ""]}
    assert join_words("", keys=("海康威视",), other="", other_keys=("海康",)) == ""
    assert json.loads(join_words("", keys=("海康威视",), other=ONE, other_keys=("海康",))) == {
        "海康威视": ["", ""],
        "海康": ["S", "投"],
    }
    assert json.loads(join_words(TWO, keys=("x",), other=ONE, other_keys=("y",))) == {
        "海康": ["A", ""],
        "海康威视": ["S", "投"],
        "y": ["S", "投"],
    }
