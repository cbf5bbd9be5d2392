"""What fits on one sheet of A4, decided before a browser sees it: the rest stays on screen, and the sheet says so.

A browser breaks a long page into several sheets, or clips it without a word. Here the lines that a text takes on paper
are estimated from above, each part of a page gets its share of one sheet, and what is left out is named where it ends.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.messages import _, ngettext
from tracker.reports.page import Html, element, join, with_links

SHEET_POINTS = (515.9, 773.8)
"""What the margins of the base style leave of A4: 182 × 273 mm, in points."""

FONT_POINTS = 9.0
LINE_POINTS = 12.4
GAP_POINTS = 16.0
"""Between two columns."""

INDENT_CELLS = 3
"""Half ems of a list's bullet."""

TAB_CELLS = 2.0
"""More than two spaces, as wide as the style makes a tab."""

SPARE_LINES = 2
"""Of each column, for what cannot be broken where the sum says."""

_PIECE = re.compile(r"[ \t]+|\n|[^\W\d_]+|\d+|[\W_]")
_WIDE_LATIN = frozenset("mwMW@%&—…")
_WHOLE = re.compile(r"https?://\S+|[A-Za-z0-9]+", re.IGNORECASE)
LONGEST_WORD = 20
"""Characters of a word that is not cut; something longer is none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet in one or two columns of small print."""

    columns: int = 2

    @property
    def cells(self) -> int:
        """Half ems that one line of a column holds, beside a bullet."""
        width = (SHEET_POINTS[0] - GAP_POINTS * (self.columns - 1)) / self.columns
        return int(width / (FONT_POINTS / 2)) - INDENT_CELLS

    @property
    def lines(self) -> int:
        """Lines that one column holds, with some to spare."""
        return int(SHEET_POINTS[1] / LINE_POINTS) - SPARE_LINES

    @property
    def style(self) -> str:
        """The print style that these numbers are true for; what flows through the columns has the class ``columns``."""
        return f"""
@media print {{
  body {{ font-size: {FONT_POINTS}pt; line-height: {LINE_POINTS}pt; }}
  .columns {{ columns: {self.columns}; column-gap: {GAP_POINTS}pt; orphans: 1; widows: 1; }}
  .columns li, .columns p, .columns div, .columns section, .columns tr {{ break-inside: auto; }}
  h1 {{ font-size: {FONT_POINTS * 1.5}pt; line-height: {LINE_POINTS * 2}pt; margin: 0; }}
  h2 {{ font-size: {FONT_POINTS * 1.1}pt; line-height: {LINE_POINTS}pt; margin: {LINE_POINTS / 2}pt 0 0; }}
  h3 {{ font-size: {FONT_POINTS}pt; line-height: {LINE_POINTS}pt; margin: 0; }}
  p, ul, ol, dl, table, div {{ margin: 0; }}
  .written {{ tab-size: 2; }}
  ul, ol {{ padding-inline-start: {FONT_POINTS * 1.3}pt; }}
  small, .quiet, caption, th {{ font-size: {FONT_POINTS}pt; }}
}}
"""


HEADING_LINES = 1.5
"""What a second heading takes, its margin included."""


def lines_of(text: str, cells: int) -> int:
    """How many lines a text takes at most, in a font as wide as any that a system has."""
    return len(_breaks(text, cells)) + 1 if text else 0


def _breaks(text: str, cells: int) -> list[int]:
    """Where the lines of a text begin, but for the first."""
    breaks: list[int] = []
    used = 0.0
    for piece in _PIECE.finditer(text):
        found = piece[0]
        if found == "\n":
            breaks.append(piece.end())
            used = 0.0
            continue
        width = sum(_width(character) for character in found)
        if used + width <= cells:
            used += width
        elif found.isspace():
            used = cells
        elif width <= cells and not _is_wide(found[0]):
            breaks.append(piece.start())
            used = width
        else:
            for index, character in enumerate(found):
                if used + _width(character) > cells:
                    breaks.append(piece.start() + index)
                    used = 0.0
                used += _width(character)
    return breaks


def _width(character: str) -> float:
    """Of a character in half ems, estimated from above."""
    if _is_wide(character) or character in _WIDE_LATIN:
        return 2.0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if character.isupper():
        return 1.6
    if character == "\t":
        return TAB_CELLS
    return 1.3 if character.isalnum() else 1.0 if character in " .,;:'!|()[]" else 1.7


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F", "A")


def cut_at(text: str, *, lines: int, cells: int, marker: str) -> int:
    """Where a text ends that shall take at most so many lines with a marker behind it.

    Words and addresses are not cut in two, and no character is parted from what combines with it.
    """
    breaks = _breaks(text, cells)
    end = breaks[lines - 1] if 0 < lines <= len(breaks) else len(text) if lines > 0 else 0
    while end and lines_of(text[:end].rstrip() + marker, cells) > lines:
        end -= 1
    return _before_what_belongs_together(text, end)


def _before_what_belongs_together(text: str, end: int) -> int:
    for whole in _WHOLE.finditer(text):
        if whole.start() < end < whole.end() and (end - whole.start() < LONGEST_WORD or "://" in whole[0]):
            end = whole.start()
    while 0 < end < len(text) and (unicodedata.category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return end


def share(wanted: Sequence[int], total: int) -> list[int]:
    """Lines for each part when there are ``total``: small wishes in full, the large ones alike.

    Where there are more parts than lines the first get one each.
    """
    given = [0] * len(wanted)
    order = sorted(range(min(len(wanted), max(0, total))), key=lambda index: wanted[index])
    left = total
    for position, index in enumerate(order):
        given[index] = min(wanted[index], left // (len(order) - position))
        left -= given[index]
    return given


def clipped(text: str, *, lines: int, cells: int, whole: Html | None = None, goes_on: bool = False) -> Html:
    """A text that is whole on screen and takes at most so many lines on paper, the words that say so included.

    Args:
        text: as a person wrote it.
        lines: that it may take on paper; with none of them it is on screen alone.
        cells: of a line, in half ems.
        whole: how it stands on screen; its addresses are links where nothing is given.
        goes_on: whether something that belongs to it is left out behind it, so that the words stand there anyway.
    """
    whole = with_links(text) if whole is None else whole
    if lines <= 0:
        return element("span", whole, class_="on-screen")
    marker = f" {more_in_ashore()}"
    if lines_of(text, cells) <= lines and not goes_on:
        return whole
    end = cut_at(text, lines=lines, cells=cells, marker=marker)
    left_out = element("span", marker, class_="on-paper left-out")
    if end == len(text.rstrip()) == len(text):
        return join(whole, left_out)
    return join(
        element("span", whole, class_="on-screen"), element("span", text[:end].rstrip(), class_="on-paper"), left_out
    )


def more_in_ashore() -> str:
    """The words at the end of a text that goes on."""
    return _("… (more in Ashore)")


def left_out_line(number: int) -> str:
    """The words for so many entries of a list that are on screen alone."""
    return ngettext("… and {n} more in Ashore", "… and {n} more in Ashore", number).format(n=number)
