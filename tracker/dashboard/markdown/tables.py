"""Tables: cells wrapped to the room there is; with too many columns for it, a table as wide as it must be."""

import re
from collections.abc import Sequence

from tracker.dashboard.markdown import looks
from tracker.dashboard.markdown.looks import Fragment, Line, Piece
from tracker.dashboard.markdown.wrapping import Wrapped, width_of, wrap

Cells = Sequence[Sequence[Piece]]

NARROWEST = 8
"""Cells of a column that is wrapped: four Chinese signs, or one Latin word."""
COMFORTABLE = 24
"""Cells of a column in a table that is wider than the screen anyway."""
SEPARATOR = Piece(" │ ", looks.FRAME)
_NOTHING = Wrapped((), 0, "")
MOST_COLUMNS = 200
"""A line of more bars is no table that anyone wrote."""

_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")


def widen_tables(lines: Sequence[str]) -> list[str]:
    """Tables whose head has as many columns as their widest row: what stands beyond the head would be lost."""
    widened = list(lines)
    fence = ""
    at = 1
    while at < len(widened):
        mark = _FENCE.match(widened[at - 1])
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        line = widened[at]
        if fence or "|" not in line or "-" not in line or "|" not in widened[at - 1] or not _RULE.match(line):
            at += 1
            continue
        end = at + 1
        while end < len(widened) and "|" in widened[end]:
            end += 1
        head, rule = _columns(widened[at - 1]), _columns(line)
        most = max(map(_columns, widened[at + 1 : end]), default=0)
        wanted = min(max(head, rule, most), MOST_COLUMNS)
        widened[at - 1] = _with_columns(widened[at - 1], wanted - head, " ")
        widened[at] = _with_columns(line, wanted - rule, "-")
        at = end + 1
    return widened


def _columns(row: str) -> int:
    bare = row.strip(" \t>").replace("\\|", "")
    bare = bare.removeprefix("|").removesuffix("|")
    return bare.count("|") + 1


def _with_columns(row: str, more: int, fill: str) -> str:
    if more <= 0:
        return row
    closed = row.rstrip()
    return closed + ("" if closed.endswith("|") else " |") + f" {fill} |" * more


def lay_out_table(
    rows: Sequence[Cells], aligns: Sequence[str], room: int
) -> tuple[list[Line], list[tuple[Fragment, ...]]]:
    """The lines of a table whose first row is its head, in ``room`` cells if that can be.

    Returns:
        The lines, and the texts of its cells as they are searched.
    """
    columns = max(len(row) for row in rows)
    natural = [1] * columns
    for row in rows:
        for column, cell in enumerate(row):
            natural[column] = max(natural[column], *(width_of(line) for line in _lines_of(cell)))
    widths = _share(natural, room - len(SEPARATOR.text) * (columns - 1))
    lines: list[Line] = []
    texts: list[tuple[Fragment, ...]] = []
    for index, row in enumerate(rows):
        wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=False)]
        wrapped += [[] for _missing in range(columns - len(row))]
        found: list[list[Fragment]] = [[] for _column in widths]
        for number in range(max(1, *(len(cell) for cell in wrapped))):
            parts = [cell[number] if number < len(cell) else _NOTHING for cell in wrapped]
            lines.append(_row_line(parts, widths, aligns, found, len(lines)))
        texts += [tuple(fragments) for fragments in found if fragments]
        # Lines keep rows apart where a cell takes several; where none does, they only take room.
        if index == 0 or (widths != natural and index < len(rows) - 1):
            lines.append(_line([Piece("─┼─".join("─" * width for width in widths), looks.FRAME)]))
    return lines, texts


def _row_line(
    parts: Sequence[Wrapped], widths: Sequence[int], aligns: Sequence[str], found: list[list[Fragment]], number: int
) -> Line:
    """One line of a row; notes where the text of each cell stands on it."""
    pieces: list[Piece] = []
    at = 0
    for column, part in enumerate(parts):
        spare = max(0, widths[column] - part.width)
        align = aligns[column] if column < len(aligns) else ""
        before = spare if align == "right" else spare // 2 if align == "center" else 0
        length = sum(len(piece.text) for piece in part.pieces)
        if length:
            found[column].append(Fragment(number, at + before, at + before + length, part.joint))
        pieces += [Piece(" " * before), *part.pieces, Piece(" " * (spare - before))]
        at += spare + length + len(SEPARATOR.text)
        pieces.append(SEPARATOR)
    return _line([piece for piece in pieces[:-1] if piece.text])


def _lines_of(cell: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in cell:
        first, *others = piece.text.split("\n")
        lines[-1].append(piece._replace(text=first))
        lines += [[piece._replace(text=other)] for other in others]
    return lines


def _share(natural: Sequence[int], room: int) -> list[int]:
    """Cells for each column: what it needs, else narrow ones what they need and the others an equal part."""
    widths = list(natural)
    if sum(widths) <= room:
        return widths
    if sum(min(width, NARROWEST) for width in widths) > room:
        return [min(width, COMFORTABLE) for width in widths]
    left, shares = room, [0] * len(widths)
    for place, index in enumerate(sorted(range(len(widths)), key=lambda index: widths[index])):
        shares[index] = min(widths[index], left // (len(widths) - place))
        left -= shares[index]
    return shares


def _line(pieces: Sequence[Piece]) -> Line:
    return Line(tuple(pieces), looks.TEXT, width_of(pieces))
