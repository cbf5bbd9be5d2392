"""Numbers glued to a text that begins with a digit: ``2.5G和4G的区别`` between the items 1 and 3."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind, Marker

_GLUED = re.compile(r"(?P<number>\d{1,3}+)(?:(?P<comma>、)|[.．])(?=\d{1,4}(?:\.\d{1,4})?(?P<unit>[^\s\d.．、)）]))")
_SURELY_NO_CHAPTER = re.compile(r"[A-Za-z%]")
"""What follows the digits of an amount (5G, 3.3V) and not those of a chapter (1.2概述)."""
_FARTHEST = 400
"""Lines: how far ahead the next number is looked for."""


def restore_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with the numbers that only their place in a list tells from a decimal or from that of a chapter."""
    found: dict[int, Line] = {}
    last: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT or not line.content[0].isdigit():
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


def _next_number(lines: Sequence[Line], index: int) -> int:
    """The number of the next line as far left that begins with one; 0 when a heading or the end comes first."""
    for line in lines[index + 1 : index + _FARTHEST]:
        if line.kind is LineKind.HEADING:
            return 0
        if line.kind is LineKind.TEXT and line.indent == lines[index].indent and line.content[0].isdigit():
            match = _GLUED.match(line.content)
            return line.marker.number if line.marker is not None else int(match["number"]) if match else 0
    return 0
