"""The choices of a multiple-choice question: ``A. …``, ``B. …``, one a line or all in one."""

import re
from collections.abc import Sequence

from prep.notes.blocks import Line, LineKind

_CHOICE = re.compile(r"(?:[-*+•]\s+)?(?:\*\*)?[(（]?(?P<letter>[A-Fa-f])\s{0,2}[.．、:：)）](?:\*\*)?\s*(?=\S)")
_SECOND = re.compile(r"\s[(（]?[Bb]\s{0,2}[.．、:：)）]")
_FARTHEST = 8
"""Lines: how far below the first choice the second one may begin."""
_LONGEST = 2000


def first_choice(lines: Sequence[Line]) -> int:
    """The index of the line at which the choices of a question begin; 0 when it has none."""
    for index, line in enumerate(lines[1:], start=1):
        if _letter(line) != "a":
            continue
        beside = _SECOND.search(line.content[:_LONGEST]) is not None
        below = next((letter for other in lines[index + 1 : index + _FARTHEST] if (letter := _letter(other))), "")
        return index if beside or below == "b" else 0
    return 0


def _letter(line: Line) -> str:
    """The letter of the choice with which a line begins, in lower case; empty when there is none."""
    match = _CHOICE.match(line.content) if line.kind is LineKind.TEXT else None
    return match["letter"].lower() if match is not None else ""
