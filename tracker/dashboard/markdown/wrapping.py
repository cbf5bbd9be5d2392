"""Pieces of text broken into lines: Latin between words, Chinese between signs, never before a closing one."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tracker.dashboard.markdown.looks import Piece

NOT_FIRST = frozenset("，。、；：？！）】》」』”’…·,.;:?!)]}%")
"""Signs that no line begins with."""
NOT_LAST = frozenset("（【《「『“‘([{")
"""Signs that no line ends with."""

_WIDE = "\u3001-\u303f\u3040-\u30fa\u30fc-\u312f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60"
_UNIT = re.compile(
    rf"(?P<break>\n)|(?P<space>[^\S\n]+)|(?P<wide>[{_WIDE}]+)|(?P<word>[!-~\u00a1-\u02ff\u0370-\u2fff\u0300-\u036f]+)"
    r"|.(?:[\ufe0f\u200d\u0300-\u036f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]|(?<=\u200d).)*",
    re.DOTALL,
)


class Wrapped(NamedTuple):
    """One line: its pieces, its cells, and what stood between it and the next one."""

    pieces: tuple[Piece, ...]
    width: int
    joint: str


def width_of(pieces: Iterable[Piece]) -> int:
    """Cells that pieces take side by side."""
    return sum(cell_len(piece.text) for piece in pieces)


def wrap(pieces: Sequence[Piece], width: int) -> list[Wrapped]:
    """Lines of at most ``width`` cells (two at least); a new line within a text is kept."""
    breaker = _Breaker(max(2, width))
    for piece in pieces:
        for unit in _UNIT.finditer(piece.text):
            kind, text = unit.lastgroup, unit[0]
            if kind == "break":
                breaker.end("\n")
            elif kind == "space":
                breaker.space(text.replace("\t", "    "), piece)
            elif kind == "wide":
                breaker.wide(text, piece)
            else:
                breaker.word(text, len(text) if text.isascii() else cell_len(text), piece)
    breaker.end("\n")
    return breaker.lines


class _Breaker:
    """Lines that grow unit by unit."""

    def __init__(self, width: int) -> None:
        self.lines: list[Wrapped] = []
        self._width = width
        self._line: list[Piece] = []
        self._used = 0
        self._gap: Piece | None = None
        """The space that the next unit stands behind, if that comes on the same line."""

    def end(self, joint: str) -> None:
        """Begin another line."""
        self.lines.append(Wrapped(_merged(self._line), self._used, joint))
        self._line, self._used, self._gap = [], 0, None

    def space(self, text: str, piece: Piece) -> None:
        """Room between two units; where the line is broken, it goes."""
        if self._line and self._gap is None:
            self._gap = Piece(text, piece.look, piece.link)

    def word(self, text: str, length: int, piece: Piece) -> None:
        """What is not broken if it fits on a line."""
        gap = len(self._gap.text) if self._gap else 0
        if self._used + gap + length > self._width and self._line:
            self._next_line(text[0])
        while length > self._width - self._used - (len(self._gap.text) if self._gap else 0):
            room = self._width - self._used
            part = _head(text, room) or text[:1]
            self._put(part, cell_len(part), piece)
            text = text[len(part) :]
            if not text:
                return
            length = cell_len(text)
            self.end("")
        self._put(text, length, piece)

    def wide(self, text: str, piece: Piece) -> None:
        """A run of Chinese, two cells a sign."""
        while text:
            gap = len(self._gap.text) if self._gap else 0
            room = (self._width - self._used - gap) // 2
            if len(text) <= room:
                self._put(text, 2 * len(text), piece)
                return
            cut = _cut(text, room)
            if cut > 0:
                self._put(text[:cut], 2 * cut, piece)
                text = text[cut:]
                self.end("")
            elif self._line:
                self._next_line(text[0])
            else:
                cut = max(1, room)
                self._put(text[:cut], 2 * cut, piece)
                text = text[cut:]
                if text:
                    self.end("")

    def _next_line(self, first: str) -> None:
        """Another line; a sign that may not begin it takes along what stands before it."""
        gap = self._gap
        carried = self._carried(first) if gap is None else []
        self.end(gap.text if gap else "")
        for piece in carried:
            self._put(piece.text, cell_len(piece.text), piece)

    def _carried(self, first: str) -> list[Piece]:
        last = self._line[-1]
        if first not in NOT_FIRST and last.text[-1] not in NOT_LAST:
            return []
        tail = last.text[-1] if cell_len(last.text[-1]) > 1 or last.text[-1] in NOT_LAST else last.text.split(" ")[-1]
        head = last.text[: len(last.text) - len(tail)]
        if len(self._line) == 1 and not head:
            return []
        length = cell_len(tail)
        if 2 * length > self._width:
            return []
        self._line[-1:] = [last._replace(text=head)] if head else []
        self._used -= length
        return [last._replace(text=tail)]

    def _put(self, text: str, length: int, piece: Piece) -> None:
        if self._gap is not None:
            self._line.append(self._gap)
            self._used += len(self._gap.text)
            self._gap = None
        self._line.append(Piece(text, piece.look, piece.link))
        self._used += length


def _cut(text: str, room: int) -> int:
    """After how many signs a run of Chinese may be broken; 0 where it may not within the room."""
    cut = room
    while 0 < cut < len(text) and (text[cut] in NOT_FIRST or text[cut - 1] in NOT_LAST):
        cut -= 1
    return max(0, cut) if cut > 0 or room <= 0 else 0


def _head(text: str, room: int) -> str:
    """As much of a text as fits."""
    if text.isascii():
        return text[: max(0, room)]
    used = 0
    for index, sign in enumerate(text):
        used += cell_len(sign)
        if used > room:
            return text[:index]
    return text


def _merged(line: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one look as one piece."""
    merged: list[Piece] = []
    texts: list[str] = []
    for piece in line:
        if merged and merged[-1].look == piece.look and merged[-1].link == piece.link:
            texts.append(piece.text)
            continue
        if len(texts) > 1:
            merged[-1] = merged[-1]._replace(text="".join(texts))
        merged.append(piece)
        texts = [piece.text]
    if len(texts) > 1:
        merged[-1] = merged[-1]._replace(text="".join(texts))
    return tuple(merged)


def hard_wrap(pieces: Sequence[Piece], width: int) -> list[tuple[Piece, ...]]:
    """Lines of code: broken wherever the room ends, and every space kept."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for piece in pieces:
        text = piece.text
        while text:
            part = _head(text, width - used)
            if not part and used:
                lines.append([])
                used = 0
                continue
            part = part or text[:1]
            lines[-1].append(piece._replace(text=part))
            used += cell_len(part)
            text = text[len(part) :]
    return [_merged(line) for line in lines]
