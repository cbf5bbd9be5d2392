"""From a running app to an SVG in which Chinese characters stand in their cells.

Textual gives every run of text the width of its characters, not of its cells, so that Chinese is squashed to half.
Here each run is cut where narrow and wide characters meet, and each part is put at its own cell.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""Width of a cell in Rich's SVG."""

FONTS = (
    "'Fira Code','JetBrains Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC',"
    "'Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',monospace"
)
"""Latin letters from the first that is there, Chinese ones from those behind; an SVG on a web page loads no font."""

WIDE_SIZE = 22
"""Pixels. Two cells are 24.4 wide: Chinese characters nearly fill them, and do not look lost."""
INSET = (2 * CELL - WIDE_SIZE) / 2
"""Pixels at both sides of a wide character in its cells."""

_TEXT = re.compile(r'<text class="(?P<style>[^"]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"[^>]*>(?P<text>[^<]*)</text>')
_TITLE = re.compile(r'<text class="[^"]+-title"[^>]*>[^<]*</text>')
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_CLIPS = re.compile(r'<clipPath id="[^"]+-line-\d+">.*?</clipPath>\s*', re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;]+;")
_IDENTIFIER = re.compile(r"terminal-\d+")
_GAP = re.compile(r"\xa0{2,}")


def correct(svg: str) -> str:
    """An SVG of Rich's, with every character in its cells and fonts that are found where it is shown."""
    svg = _FONT_FACES.sub("", _TITLE.sub("", _CLIPS.sub("", svg)))
    svg = _TEXT.sub(_redraw, svg)
    svg = _FAMILY.sub(f"font-family: {FONTS};", svg)
    svg = svg.replace("</style>", f"    .w {{ font-size: {WIDE_SIZE}px }}\n    </style>", 1)
    # The identifier is made from the content: a fixed one keeps pictures of unchanged screens unchanged.
    return _IDENTIFIER.sub("t", svg)


def _redraw(match: re.Match[str]) -> str:
    text = unescape(match["text"])
    column = round(float(match["x"]) / CELL)
    drawn: list[str] = []
    for start, part, is_wide in _parts(text):
        left = (column + start) * CELL
        if is_wide:
            # Each at a place of its own: a browser that stretches a run puts all of it between the characters.
            places = " ".join(f"{left + INSET + 2 * CELL * index:g}" for index in range(len(part)))
            drawn.append(f'<text class="{match["style"]} w" x="{places}" y="{match["y"]}">{escape(part)}</text>')
        else:
            drawn.append(
                f'<text class="{match["style"]}" x="{left:g}" y="{match["y"]}"'
                f' textLength="{cell_len(part) * CELL:g}">{escape(part)}</text>'
            )
    return "".join(drawn)


def _parts(text: str) -> Iterator[tuple[int, str, bool]]:
    """Runs of characters of one width without long gaps: where they start, in cells, and whether they are wide."""
    at = 0
    for is_wide, characters in groupby(text, key=lambda character: cell_len(character) > 1):
        run = "".join(characters)
        offset = 0
        for word in _words(run):
            if word.strip():
                yield at + cell_len(run[:offset]), word, is_wide
            offset += len(word)
        at += cell_len(run)


def _words(run: str) -> Iterator[str]:
    """The run, cut around its gaps: nothing need be drawn there."""
    start = 0
    for gap in _GAP.finditer(run):
        if gap.start() > start:
            yield run[start : gap.start()]
        yield gap[0]
        start = gap.end()
    if start < len(run):
        yield run[start:]
