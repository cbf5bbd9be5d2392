"""The report for a terminal, a mail or a printer: plain text in so many columns."""

from collections.abc import Iterator, Sequence

from tracker.cell_width import cut, display_width, wrap
from tracker.messages import ngettext
from tracker.reports.arrangement import Exhibit, Report, Section, Table
from tracker.text import sanitise_line

NARROWEST, WIDEST = 40, 120
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_GAP = "  "
_LONGEST_BAR, _SHORTEST_BAR = 30, 6
_MOST_CELL = 34
_NARROWEST_TEXT = 14
"""Columns of a text: less says nothing."""
_TITLE, _WIDE_TITLE = 8, 10
"""Columns beyond which the title of a column of numbers is broken, in narrow letters and in wide ones."""


def statistics_text(report: Report, *, width: int) -> str:
    """The report as text.

    Args:
        report: what is told.
        width: columns of a line; what is not between ``NARROWEST`` and ``WIDEST`` is brought there.
    """
    columns = max(NARROWEST, min(WIDEST, width))
    lines = [*wrap(report.title, columns), *wrap(report.subtitle, columns)]
    for section in report.sections:
        lines += ["", *_section(section, columns)]
    return "\n".join(lines) + "\n"


def _section(section: Section, columns: int) -> Iterator[str]:
    heading = f"{section.heading} · {section.of}" if section.of else section.heading
    first, *others = wrap(heading, columns - 3) or [""]
    yield f"── {first}"
    yield from (f"   {line}" for line in others)
    is_first = True
    for exhibit in section.exhibits:
        if exhibit.table is not None and exhibit.in_text:
            if not is_first:
                yield ""
            is_first = False
            yield from _exhibit(exhibit, exhibit.table, columns)
    for sentence in section.sentences:
        first, *others = wrap(sanitise_line(sentence), columns - 2) or [""]
        yield f"  {first}"
        yield from (f"  {line}" for line in others)


def _exhibit(exhibit: Exhibit, table: Table, columns: int) -> Iterator[str]:
    if exhibit.title:
        yield from (f"  {line}" for line in wrap(exhibit.title, columns - 2))
    yield from text_table(table, columns - 2, indent="  ")


def text_table(table: Table, columns: int, *, indent: str = "") -> Iterator[str]:
    """A table in aligned columns, its bars behind it; texts are cut, and then columns left out, where it is narrow."""
    shown = table.rows[: table.most_rows] if table.most_rows else table.rows
    rows = [[cut(sanitise_line(cell), _MOST_CELL) for cell in row] for row in shown]
    widths = _narrowed(_widths(table, rows), columns, table)
    room = columns - _sum(widths) - len(_GAP)
    most = table.whole or max(table.bars, default=0.0)
    for cells in _headers(table, widths):
        yield (indent + _line(cells, widths, table.numbers)).rstrip()
    for number, row in enumerate(rows):
        line = _line(row, widths, table.numbers)
        if most and room >= _SHORTEST_BAR:
            line += _GAP + bar(table.bars[number] / most, min(room, _LONGEST_BAR))
        yield (indent + line).rstrip()
    if len(shown) < len(table.rows):
        n = len(table.rows) - len(shown)
        words = ngettext("… and {n} more; --json has all.", "… and {n} more; --json has all.", n)
        yield indent + words.format(n=n)


def _widths(table: Table, rows: Sequence[Sequence[str]]) -> list[int]:
    """What the columns take: a long title of numbers is broken rather than that it widens its column."""
    found = []
    for index, title in enumerate(table.headers):
        least = display_width(title)
        if index in table.numbers:
            # Words are broken between each other; a Chinese title anywhere, so it gets a little more.
            words = [display_width(word) for word in wrap(title, 1)] if title.isascii() else [_WIDE_TITLE]
            least = min(least, max([_TITLE, *words]))
        found.append(max([least, *(display_width(row[index]) for row in rows)]))
    return found


def _headers(table: Table, widths: Sequence[int]) -> Iterator[list[str]]:
    """The titles, in as many lines as the longest needs, the last of each just above its column."""
    broken = [wrap(title, width) or [""] if width else [""] for title, width in zip(table.headers, widths, strict=True)]
    height = max(map(len, broken))
    for at in range(height):
        yield [lines[at - height + len(lines)] if at >= height - len(lines) else "" for lines in broken]


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> str:
    return _GAP.join(
        _padded(cut(cell, width), width, is_number=index in numbers)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        if width
    )


def _narrowed(widths: Sequence[int], columns: int, table: Table) -> list[int]:
    """The widths brought into so many columns: texts give way first, then whole columns, never the first."""
    found = list(widths)
    texts = [index for index in range(len(found)) if index not in table.numbers]
    last = [index for index in range(len(found) - 1, 0, -1) if index not in table.spare]
    leaving = [*table.spare, *last]
    while _sum(found) > columns:
        widest = max(texts, key=lambda index: found[index], default=None)
        if widest is not None and found[widest] > _NARROWEST_TEXT:
            found[widest] -= 1
        elif leaving:
            found[leaving.pop(0)] = 0
        else:
            break
    return found


def _sum(widths: Sequence[int]) -> int:
    kept = [width for width in widths if width]
    return sum(kept) + len(_GAP) * max(0, len(kept) - 1)


def _padded(cell: str, width: int, *, is_number: bool) -> str:
    space = " " * max(0, width - display_width(cell))
    return space + cell if is_number else cell + space


def bar(share: float, columns: int) -> str:
    """A bar of a share, 0–1, of so many columns; what is more than nothing is never invisible."""
    if share <= 0:
        return ""
    eighths = max(1, round(min(1.0, share) * columns * 8))
    return _EIGHTHS[8] * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
