"""A line of any length, of which a part is seen: measured in pieces, and no further than it is looked at."""

from bisect import bisect_right

from rich.cells import cell_len, get_character_cell_size

from tracker.dashboard.text import ELLIPSIS
from tracker.text import sanitise

TAB = 4
"""Cells that a tab goes on at most."""
PIECE = 512
"""Characters that are measured at once."""


class MeasuredLine:
    """One line as it may stand on the screen."""

    __slots__ = ("_ends", "_pieces", "_text")

    def __init__(self, text: str) -> None:
        """Nothing is measured yet."""
        self._text = text
        self._pieces: list[str] = []
        self._ends: list[int] = []
        """Cells up to the end of each piece."""

    def reaches(self, cells: int) -> bool:
        """Whether anything lies beyond so many cells."""
        while not self._ends or self._ends[-1] <= cells:
            begin = len(self._pieces) * PIECE
            if begin >= len(self._text):
                return False
            piece = sanitise(self._text[begin : begin + PIECE].expandtabs(TAB))[0]
            before = self._ends[-1] if self._ends else 0
            self._pieces.append(piece)
            self._ends.append(before + cell_len(piece))
        return True

    def seen(self, hidden: int, room: int) -> str:
        """What is seen when so many cells are hidden at the left: a mark for those, then ``room`` cells or more."""
        self.reaches(hidden + room)
        first = bisect_right(self._ends, hidden) if hidden else 0
        if first == len(self._pieces):
            return ELLIPSIS if any(piece.strip() for piece in self._pieces) else ""
        rest = "".join(self._pieces[first:])
        if not hidden:
            return rest
        cells, at = self._ends[first - 1] if first else 0, 0
        while cells <= hidden:
            cells += get_character_cell_size(rest[at])
            at += 1
        has_words = rest[:at].strip() or any(piece.strip() for piece in self._pieces[:first])
        # The last character that is hidden may be a wide one, of which a cell would be left.
        return (ELLIPSIS if has_words else " ") + " " * (cells - hidden - 1) + rest[at:]
