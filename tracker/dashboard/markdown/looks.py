"""How the parts of a document look: signs of a piece of text that are put together, and their style in a theme."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style

from tracker.dashboard.theme import DARK, PALETTES, Palette, look

TEXT = 0
STRONG = 1
EMPHASIS = 1 << 1
CODE = 1 << 2
LINK = 1 << 3
STRUCK = 1 << 4
UNDERLINED = 1 << 5
MARKED = 1 << 6
MUTED = 1 << 7
FAINT = 1 << 8
FRAME = 1 << 9
KEY = 1 << 10
TITLE = 1 << 11
FORMULA = 1 << 12
BLOCK = 1 << 13
"""The ground that a block of code stands on."""
KEYWORD = 1 << 14
STRING = 1 << 15
REMARK = 1 << 16
NUMBER = 1 << 17
NAME = 1 << 18


class Piece(NamedTuple):
    """Text of one look; ``link`` is the number of the link it belongs to, 0 for none."""

    text: str
    look: int = TEXT
    link: int = 0


class Line(NamedTuple):
    """One line as it is laid out; what is right of it has the look ``fill``."""

    pieces: tuple[Piece, ...] = ()
    fill: int = TEXT
    width: int = 0
    """Cells."""


class Fragment(NamedTuple):
    """A part of a text that is searched: where it stands, in characters, and what stood between it and the next."""

    line: int
    start: int
    stop: int
    joint: str


def _colours(p: Palette) -> Mapping[int, Style]:
    return MappingProxyType(
        {
            STRONG: Style(color=p.strong, bold=True),
            EMPHASIS: Style(italic=True),
            CODE: Style(color=p.sand),
            FORMULA: Style(color=p.violet),
            STRUCK: Style(strike=True),
            UNDERLINED: Style(underline=True),
            MARKED: Style(color=p.strong, bgcolor=p.cursor),
            MUTED: Style(color=p.muted),
            FAINT: Style(color=p.faint),
            FRAME: Style(color=p.line),
            KEY: Style(color=p.sand, bold=True),
            TITLE: Style(color=p.sea, bold=True),
            BLOCK: Style(bgcolor=p.panel),
            KEYWORD: Style(color=p.violet),
            STRING: Style(color=p.green),
            REMARK: Style(color=p.muted, italic=True),
            NUMBER: Style(color=p.sand),
            NAME: Style(color=p.sea),
            LINK: Style(color=p.sea, underline=True),
        }
    )


@lru_cache(1024)
def style_of(signs: int, theme: str) -> Style:
    """The style of a look; an unknown theme gets the dark one."""
    style = look(theme)["text"]
    for sign, part in _colours(PALETTES.get(theme, PALETTES[DARK])).items():
        if signs & sign:
            style += part
    return style
