"""Entries of a page as lines: words wrapped to a width, Chinese and Latin, each with the name of its style."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tracker.dashboard.text import ELLIPSIS, fit
from tracker.dashboard.widgets.table import Cell
from tracker.text import sanitise

Words = list[tuple[str, str]]
"""A line: pieces of text, each with the name of its style."""

LONGEST = 20_000
"""Characters of one span that are laid out; what is longer is read in its own editor."""

NOT_FIRST = frozenset("，。、；：？！）】》」』”’…")
"""Signs that no Chinese line begins with: they take the character before them along."""

SEPARATOR = Cell(" · ", "muted")
"""Stands between two spans; where the line is broken, the break separates them."""

_UNBROKEN = "\u00a0"
_WORD = re.compile(r"\S{1,16}(?:\u00a0\S{1,16})+|\n|[^\S\n]+|[\x21-\x7e\u00a1-\u2fff]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a page."""

    key: str
    """Its name on this page; the cursor finds it again by it."""
    spans: tuple[Cell, ...] = ()
    heading: bool = False
    """Whether it begins a section; its second span stands at the right."""
    still: bool = False
    """Whether the cursor passes over it."""
    indent: int = 0
    """Cells before every line after the first."""
    most: int = 0
    """Lines shown at most; 0 for all."""


def entry_lines(entry: Entry, width: int) -> list[Words]:
    """An entry in this width: a heading with its rule, or its words, cut after the most lines it may take."""
    if entry.heading:
        return [_heading_line(entry, width)]
    lines = wrap_spans(entry.spans, width, entry.indent)
    if entry.most and len(lines) > entry.most:
        lines = lines[: entry.most]
        while len(lines) > 1 and not any(text.strip() for text, _style in lines[-1]):
            lines.pop()
        lines[-1] = [*_cut(lines[-1], width - 2), (" " + ELLIPSIS, "muted")]
    return lines


def _heading_line(entry: Entry, width: int) -> Words:
    title = entry.spans[0].text if entry.spans else ""
    right = entry.spans[1] if len(entry.spans) > 1 and entry.spans[1].text else None
    room = max(width // 2, width - cell_len(title) - 4)
    tail = fit(right.text, min(cell_len(right.text), room)) if right else ""
    name = fit(title, min(cell_len(title), width - cell_len(tail) - 4))
    rule = "─" * max(0, width - cell_len(name) - cell_len(tail) - (2 if tail else 1))
    line = [(name, "strong"), (" ", ""), (rule, "frame")]
    return [*line, (" ", ""), (tail, right.style or "muted")] if right else line


def unbroken(text: str) -> str:
    """A few words that stay on one line, such as ``tomorrow 13:45``."""
    return text.replace(" ", _UNBROKEN)


def separated(spans: Iterable[Cell]) -> list[Cell]:
    """The spans that hold anything, with a sign between two of them."""
    found = [span for span in spans if span.text]
    return [cell for span in found for cell in (SEPARATOR, span)][1:]


def wrap_spans(spans: Sequence[Cell], width: int, indent: int = 0) -> list[Words]:
    """Lines of at most ``width`` cells; a Latin word is not broken if it fits, a new line in a text is kept."""
    wrapped = _Wrapped(width, indent)
    for span in spans:
        if span is SEPARATOR:
            wrapped.separate()
            continue
        for found in _WORD.finditer(sanitise(span.text[:LONGEST])[0].replace("\t", "    ")):
            for piece in _pieces(found[0].replace(_UNBROKEN, " "), max(1, width - indent)):
                wrapped.add(piece, span.style)
    return wrapped.lines


class _Wrapped:
    """Lines that grow piece by piece."""

    def __init__(self, width: int, indent: int) -> None:
        self.lines: list[Words] = [[]]
        self._width, self._indent = width, indent
        self._used = self._begin = 0
        self._separates = False

    def separate(self) -> None:
        """What comes next is set off from what stands on the line."""
        self._separates = self._used > self._begin

    def add(self, piece: str, style: str) -> None:
        """A word or a sign, on this line or the next."""
        length = cell_len(piece)
        lead = cell_len(SEPARATOR.text) if self._separates else 0
        if piece == "\n" or (self._used + lead + length > self._width and self._used > self._begin):
            self._break(takes_along=piece in NOT_FIRST and not lead)
            if piece.isspace():
                return
        elif lead:
            self.lines[-1].append((SEPARATOR.text, SEPARATOR.style))
            self._used += lead
        self._separates = False
        self.lines[-1].append((piece, style))
        self._used += length

    def _break(self, *, takes_along: bool) -> None:
        self._begin = self._used = self._indent
        self._separates = False
        carried = self.lines[-1].pop() if takes_along and len(self.lines[-1]) > 1 else None
        self.lines.append([(" " * self._indent, "")])
        if carried is not None:
            self.lines[-1].append(carried)
            self._used += cell_len(carried[0])


def _pieces(word: str, width: int) -> Iterable[str]:
    """A word, in parts when it is longer than a line."""
    if cell_len(word) <= width:
        return (word,)
    parts, part, used = [], "", 0
    for character in word:
        length = cell_len(character)
        if used + length > width:
            parts.append(part)
            part, used = "", 0
        part += character
        used += length
    return (*parts, part)


def _cut(line: Sequence[tuple[str, str]], width: int) -> Words:
    kept: Words = []
    used = 0
    for text, style in line:
        used += cell_len(text)
        if used > width:
            break
        kept.append((text, style))
    while kept and kept[-1][0].isspace():
        kept.pop()
    return kept
