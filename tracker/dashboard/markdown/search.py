"""Finding words in a laid-out document, also where a line was broken within them."""

from bisect import bisect_right
from typing import NamedTuple

from rich.cells import cell_len

from tracker.dashboard.markdown.layout import Document
from tracker.text import fold_in_place


class Hit(NamedTuple):
    """A part of a line that belongs to one thing found: its cells, and the number of what was found."""

    line: int
    start: int
    stop: int
    number: int


class Finder:
    """The words of one document, made ready once."""

    def __init__(self, document: Document) -> None:
        self._lines = ["".join(piece.text for piece in line.pieces) for line in document.lines]
        self._places: list[tuple[int, int]] = []
        """Line and first character of each part."""
        self._begins: list[int] = []
        """Where each part begins in the whole text."""
        parts: list[str] = []
        length = 0
        for text in document.texts:
            for fragment in text:
                self._places.append((fragment.line, fragment.start))
                self._begins.append(length)
                part = self._lines[fragment.line][fragment.start : fragment.stop] + fragment.joint
                parts.append(part)
                length += len(part)
            parts.append("\n")
            length += 1
        self._whole = fold_in_place("".join(parts))

    def find(self, wanted: str) -> list[Hit]:
        """Every place, from the first line on; one that is broken over lines is several hits of one number."""
        needle = fold_in_place(wanted)
        if not needle.strip():
            return []
        found: list[tuple[int, int]] = []
        at = self._whole.find(needle)
        while at >= 0:
            found.append((at, at + len(needle)))
            at = self._whole.find(needle, at + len(needle))
        found.sort(key=lambda span: self._place(span[0]))
        return [hit for number, span in enumerate(found) for hit in self._hits(*span, number)]

    def _place(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._begins, at) - 1
        line, start = self._places[index]
        return line, start + at - self._begins[index]

    def _hits(self, start: int, stop: int, number: int) -> list[Hit]:
        hits = []
        while start < stop:
            index = bisect_right(self._begins, start) - 1
            following = self._begins[index + 1] if index + 1 < len(self._begins) else len(self._whole)
            line, first = self._places[index]
            here = min(stop, following)
            text = self._lines[line]
            begin, end = first + start - self._begins[index], first + here - self._begins[index]
            left = cell_len(text[:begin])
            hits.append(Hit(line, left, left + cell_len(text[begin:end]), number))
            start = here
        return [hit for hit in hits if hit.stop > hit.start]
