"""How many columns a text takes where letters stand in cells: terminals, and charts that guess at a font."""

import re
import unicodedata
from collections.abc import Iterable

_UNITS = re.compile(r"\s+|[!-~]+|.")
_NEVER_FIRST = "，。、；：！？）》」』”’…"
_NEVER_LAST = "（《「『“‘"


def display_width(text: str) -> int:
    """Terminal columns of a text: two a Chinese character, none for what combines with the one before."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits into so many columns with an ellipsis."""
    if display_width(text) <= columns:
        return text
    kept, used = [], 0
    for character in text:
        used += _character_width(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns: broken at spaces and between wide characters, never before punctuation.

    A word that is longer than a line stands alone and is not broken.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and display_width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterable[str]:
    """What stays together on a line: a word, or a wide character with the punctuation around it."""
    kept: list[str] = []
    for unit in _UNITS.findall(text):
        if kept and (unit in _NEVER_FIRST or kept[-1][-1] in _NEVER_LAST):
            kept[-1] += unit
        else:
            kept.append(" " if unit.isspace() else unit)
    return kept
