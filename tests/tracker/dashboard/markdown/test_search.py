"""Finding words in what is laid out."""

import pytest
from rich.cells import cell_len

from tracker.dashboard.markdown.layout import lay_out
from tracker.dashboard.markdown.search import Finder


def found(source: str, wanted: str, width: int = 20) -> list[str]:
    """What is marked, one string for each thing found; a bar where a line ends within it."""
    document = lay_out(source, width=width)
    parts: dict[int, list[str]] = {}
    for hit in Finder(document).find(wanted):
        text = "".join(piece.text for piece in document.lines[hit.line].pieces)
        cells = "".join(sign + "\0" * (cell_len(sign) - 1) for sign in text)
        parts.setdefault(hit.number, []).append(cells[hit.start : hit.stop].replace("\0", ""))
    return ["|".join(part) for part in parts.values()]


@pytest.mark.parametrize(
    ("source", "wanted", "marked"),
    [
        ("注意力与**注意**事项", "注意", ["注意", "注意"]),
        ("LoRA 和 QLoRA", "lora", ["LoRA", "LoRA"]),
        ("一二三四五六七八九十甲乙丙丁", "十甲", ["十|甲"]),
        ("alpha beta gamma delta epsilon", "gamma delta", ["gamma|delta"]),
        ("> 引用里的词", "词", ["词"]),
        ("| 头 | 尾 |\n|--|--|\n| 一二三四五六七八九 | 尾巴 |", "六七", ["六|七"]),
        ("| 头 | 尾 |\n|--|--|\n| 一二三四五六七八九 | 尾巴 |", "尾", ["尾", "尾"]),
        ("```\nx = 1\n```", "x = 1", ["x = 1"]),
        ("有", "没有的", []),
        ("有 空", " ", []),
        ("有", "", []),
    ],
)
def test_words_are_found_as_they_are_read(source: str, wanted: str, marked: list[str]) -> None:
    assert found(source, wanted) == marked
