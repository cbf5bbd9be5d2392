"""Numbers without a mark: glued to a digit (``2.5G和4G的区别`` between the items 1 and 3), or before a mere space."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from prep.notes.blocks import Line, LineKind, Marker
from prep.notes.wording import asks, may_ask

_GLUED = re.compile(r"(?P<number>\d{1,3}+)(?:(?P<comma>、)|[.．])(?=\d{1,4}(?:\.\d{1,4})?(?P<unit>[^\s\d.．、)）]))")
_SURELY_NO_CHAPTER = re.compile(r"[A-Za-z%]")
"""What follows the digits of an amount (5G, 3.3V) and not those of a chapter (1.2概述)."""
_BARE = re.compile(
    r"(?P<number>\d{1,3}+)(?P<space>\s++)(?=[^\W\d_])(?!(?:[年月日号点天周个次种类条轮面人分%]|[KMGT]?B\b))"
)
_FEWEST_BARE = 3
_COUNTING = 0.6
_ASKING = 0.5
_LARGEST_GAP = 4
_FARTHEST = 400
"""Lines: how far ahead the next number is looked for."""


def restore_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with the numbers that only their place in a list tells from a decimal or from that of a chapter."""
    found: dict[int, Line] = {}
    last: dict[int, int] = {}
    for index, line in enumerate(lines):
        if not line.content[:1].isdigit() or line.kind is not LineKind.TEXT:
            continue
        if line.marker is not None:
            last[line.indent] = line.marker.number
            continue
        match = _GLUED.match(line.content)
        number = int(match["number"]) if match is not None else 0
        if match is None or number != last.get(line.indent, 0) + 1:
            continue
        following = _next_number(lines, index)
        certain = number > 1 or _SURELY_NO_CHAPTER.match(match["unit"]) is not None
        if certain and following in {number + 1, 0 if number > 1 else number + 1}:
            style = "comma" if match["comma"] else "dot"
            marker = Marker(style, number, match.end(), line.content[match.end() :])
            found[index] = replace(line, marker=marker)
            last[line.indent] = number
    return [found.get(index, line) for index, line in enumerate(lines)] if found else lines


def restore_bare_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a text with the numbers before a mere space, where most of them count on and most lines ask."""
    found: list[tuple[int, re.Match[str]]] = []
    apart = True
    for index, line in enumerate(lines):
        if line.content[:1].isdigit() and line.kind is LineKind.TEXT and line.marker is None and not line.indent:
            match = _BARE.match(line.content)
            if match is not None and (apart or asks(line.content[match.end() :])):
                found.append((index, match))
        apart = line.kind is LineKind.BLANK or line.kind is LineKind.HEADING
    numbers = [int(match["number"]) for _index, match in found]
    counting = sum(0 < after - before <= _LARGEST_GAP for before, after in pairwise(numbers))
    asking = sum(may_ask(lines[index].content[match.end() :]) for index, match in found)
    fits = counting >= _COUNTING * (len(found) - 1) and asking >= _ASKING * len(found)
    if len(found) < _FEWEST_BARE or not fits:
        return lines
    result = list(lines)
    for index, match in found:
        text = lines[index].content[match.end() :]
        result[index] = replace(lines[index], marker=Marker("bare", int(match["number"]), match.end(), text))
    return result


def _next_number(lines: Sequence[Line], index: int) -> int:
    """The number of the next line as far left that begins with one; 0 when a heading or the end comes first."""
    for line in lines[index + 1 : index + _FARTHEST]:
        if line.kind is LineKind.HEADING:
            return 0
        if line.kind is LineKind.TEXT and line.indent == lines[index].indent and line.content[0].isdigit():
            match = _GLUED.match(line.content)
            return line.marker.number if line.marker is not None else int(match["number"]) if match else 0
    return 0
