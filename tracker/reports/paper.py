"""What fits on one sheet of A4, decided before a browser sees it: the rest stays on screen, and the sheet says so.

A browser breaks a long page into several sheets, or clips it without a word. Here the lines that a text takes on paper
are estimated from above, each part of a page gets its share of one sheet, and what is left out is named where it ends.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.messages import _, ngettext
from tracker.reports.page import Html, element, join, with_links

SHEET_POINTS = (515.9, 773.8)
"""What the margins of the base style leave of A4: 182 × 273 mm, in points."""

GAP_POINTS = 16.0
"""Between two columns."""

INDENT_CELLS = 3
"""Half ems of a list's bullet."""

TAB_CELLS = 2.0
"""More than two spaces, as wide as the style makes a tab."""

SPARE_LINES = 4
"""At the end of every column but the last: a heading and a short entry go into the next one together."""

SHORT_LINES = 3
"""An entry of so many lines is not parted by the end of a column; it has the class ``short``."""

_WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef\U0001f000-\U0003ffff"
_OPENING = "“‘（《〈「『【〔［｛"
_CLOSING = "，。、；：？！）》〉」』】〕］｝”’…—·～"
_PIECE = re.compile(
    rf"\n|[^\S\n]{{1,400}}|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]{{1,400}})[{_CLOSING}]*|[{_OPENING}]+"
)
"""What lines are broken between: spaces, Chinese characters and words, each with the punctuation that clings to it."""
_WIDE_LATIN = frozenset("mwMW@%&—…")
_WHOLE = re.compile(r"https?://\S+|[A-Za-z0-9]+", re.IGNORECASE)
LONGEST_WORD = 20
"""Characters of a word that is not cut; something longer is none."""
LONGEST_ADDRESS = 300
ELLIPSIS = " …"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet in one or two columns of small print."""

    columns: int = 2
    font_points: float = 9.0

    @property
    def line_points(self) -> float:
        """From one line to the next."""
        return self.font_points * 1.375

    @property
    def cells(self) -> int:
        """Half ems that one line of a column holds, beside a bullet."""
        width = (SHEET_POINTS[0] - GAP_POINTS * (self.columns - 1)) / self.columns
        return int(width / (self.font_points / 2)) - INDENT_CELLS

    def room(self, *, above: float, below: float) -> int:
        """Lines that the columns hold together.

        Args:
            above: lines that what stands above them takes.
            below: the same of what stands below them.
        """
        each = int(SHEET_POINTS[1] / self.line_points - above - below)
        return max(0, self.columns * each - SPARE_LINES * (self.columns - 1) - 1)

    @property
    def style(self) -> str:
        """The print style that these numbers are true for; what flows through the columns has the class ``columns``."""
        font, line = self.font_points, self.line_points
        return f"""
@media print {{
  body {{ font-size: {font}pt; line-height: {line:.2f}pt; }}
  .columns {{ columns: {self.columns}; column-gap: {GAP_POINTS}pt; orphans: 1; widows: 1; }}
  .columns li, .columns p, .columns div, .columns section, .columns tr {{ break-inside: auto; }}
  .columns .short {{ break-inside: avoid; }}
  h1 {{ font-size: {font * 1.5:.2f}pt; line-height: {line * 2:.2f}pt; margin: 0; }}
  h2 {{ font-size: {font * 1.1:.2f}pt; line-height: {line:.2f}pt; margin: {line / 2:.2f}pt 0 0; }}
  h3 {{ font-size: {font}pt; line-height: {line:.2f}pt; margin: 0; }}
  p, ul, ol, dl, table, div {{ margin: 0; }}
  .written {{ tab-size: 2; }}
  ul, ol {{ padding-inline-start: {font * 1.3:.2f}pt; }}
  small, .quiet, caption, th {{ font-size: {font}pt; }}
  li.left-out {{ list-style: none; }}
}}
"""


SHEETS = (Sheet(1, 11.0), Sheet(2, 10.5), Sheet(2, 9.75), Sheet(2, 9.0), Sheet(2, 8.5))
"""From the most comfortable to the fullest: the first that holds everything is taken, else the last."""


HEADING_LINES = 1.5
"""What a second heading takes, its margin included."""


MOST_LINES = 200
"""More than any sheet has: a text of so many lines is not measured further."""


def lines_of(text: str, cells: int) -> int:
    """How many lines a text takes at most, in a font as wide as any that a system has; ``MOST_LINES`` and no more."""
    return len(_breaks(text, cells, MOST_LINES - 1)) + 1 if text else 0


def _breaks(text: str, cells: int, most: int) -> list[int]:
    """Where the lines of a text begin, but for the first; so many of them and no more."""
    breaks: list[int] = []
    used = 0.0
    for piece in _PIECE.finditer(text):
        if len(breaks) >= most:
            break
        found = piece[0]
        if found == "\n":
            breaks.append(piece.end())
            used = 0.0
            continue
        width = sum(map(_width, found))
        if used + width <= cells:
            used += width
            continue
        if found.isspace():
            used = cells
            continue
        if used:
            breaks.append(piece.start())
            used = 0.0
        for index, character in enumerate(found):
            if used + _width(character) > cells:
                breaks.append(piece.start() + index)
                used = 0.0
            used += _width(character)
    return breaks[:most]


@lru_cache(4096)
def _width(character: str) -> float:
    """Of a character in half ems, estimated from above."""
    if character != "·" and (_is_wide(character) or character in _WIDE_LATIN):
        return 2.0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if character.isupper():
        return 1.5
    if character == "\t":
        return TAB_CELLS
    return 1.3 if character.isalnum() else 1.0 if character in " .,;:'!|()[]·" else 1.7


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F", "A")


def cut_at(text: str, *, lines: int, cells: int, marker: str = ELLIPSIS) -> int:
    """Where a text ends that shall take at most so many lines with a marker behind it.

    Words and addresses are not cut in two, and no character is parted from what combines with it.
    """
    if lines <= 0:
        return 0
    breaks = _breaks(text, cells, lines)
    begin = breaks[lines - 2] if 1 < lines <= len(breaks) + 1 else 0
    end = breaks[lines - 1] if lines <= len(breaks) else len(text)
    is_last = lines <= len(breaks) + 1
    while is_last and end > begin and lines_of(text[begin:end].rstrip() + marker, cells) > 1:
        end -= 1
    return _before_what_belongs_together(text, end)


def _before_what_belongs_together(text: str, end: int) -> int:
    nearby = max(0, end - LONGEST_ADDRESS)
    for whole in _WHOLE.finditer(text, nearby, end + LONGEST_WORD):
        start = whole.start()
        if nearby < start < end < whole.end() and (end - start < LONGEST_WORD or "://" in whole[0]):
            end = start
    while 0 < end < len(text) and (unicodedata.category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return end


def share(wanted: Sequence[int], total: int) -> list[int]:
    """Lines for each part when there are ``total``: small wishes in full, the large ones alike.

    Where there are more parts than lines the first get one each.
    """
    given = [0] * len(wanted)
    served = [index for index, wish in enumerate(wanted) if wish > 0][: max(0, total)]
    order = sorted(served, key=lambda index: wanted[index])
    left = total
    for position, index in enumerate(order):
        given[index] = min(wanted[index], left // (len(order) - position))
        left -= given[index]
    return given


def clipped(
    text: str, *, lines: int, cells: int, before: str = "", whole: Html | None = None, goes_on: bool = False
) -> Html:
    """A text that is whole on screen and takes at most so many lines on paper, an ellipsis at its end where it is cut.

    The page says below it where the rest is: ``more_in_ashore``.

    Args:
        text: as a person wrote it.
        lines: that it may take on paper; with none of them it is on screen alone.
        cells: of a line, in half ems.
        before: what stands on its first line already.
        whole: how it stands on screen; its addresses are links where nothing is given.
        goes_on: whether something that belongs to it is left out behind it, so that the ellipsis stands there anyway.
    """
    whole = with_links(text) if whole is None else whole
    if lines <= 0:
        return element("span", whole, class_="on-screen")
    if lines_of(before + text, cells) <= lines and not goes_on:
        return whole
    end = max(0, cut_at(before + text, lines=lines, cells=cells) - len(before))
    left_out = element("span", ELLIPSIS, class_="on-paper left-out")
    if end == len(text.rstrip()) == len(text):
        return join(whole, left_out)
    return join(
        element("span", whole, class_="on-screen"), element("span", text[:end].rstrip(), class_="on-paper"), left_out
    )


def more_in_ashore(number: int = 0) -> str:
    """The words below what was cut, and below a list of which so many entries are left out."""
    if number:
        return ngettext("… and {n} more in Ashore", "… and {n} more in Ashore", number).format(n=number)
    return _("… more in Ashore")
