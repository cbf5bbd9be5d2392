"""Headings that are not written as such: underlined with ``===``, or without the number signs of their neighbours."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from prep.notes.answers import without_question_label
from prep.notes.blocks import Line, LineKind, Marker, bullet
from prep.notes.glued_numbers import restore_bare_numbers, restore_numbers
from prep.notes.sections import heading_words
from prep.notes.wording import asks, clean_title, ends_asking

_UNDERLINE = re.compile(r"(?:={3,}+|-{3,}+)$")
_FIRST_OF_UNDERLINE = frozenset("=-")
_NUMBER = re.compile(r"(?P<wrap>(?:\*\*|__)?)(?P<number>\d{1,3}+)\s{0,3}[.．、)）]\s*+(?=\S)(?!\d{1,3}(?:[.．、\s]|$))")
_BOLD_LINE = re.compile(r"(?P<mark>\*\*|__)[^*_\n]{2,300}(?P=mark)$|<u>[^<>\n]{2,300}</u>$", re.IGNORECASE)
_ASIDE = re.compile(r"[*_](?![*_\s])")
"""In italics: what is said beside the answer."""
_REFERS_BACK = re.compile(
    r"(?:那|这|其|它|他|她|为什么[呢?？]|但|所以|因此|然后|并且|而且|so\b|but\b|then\b|and\b|why\?)", re.IGNORECASE
)
_WITHOUT_SUBJECT = re.compile(
    r"(?:为什么|为何|怎么|如何|怎样)[^A-Za-z]{0,7}$|(?:why|how)\s+\S+(?:\s+\S+)?$", re.IGNORECASE
)
"""A question too short to name what it asks about: it goes on with the answer it stands in."""
_LABELLED = re.compile(r"[^：:?？，,。]{2,20}[：:](?!//|:)\s*\S")
"""``思考：…？``: said beside the answer, or put into it."""
_BARE_NUMBER = re.compile(r"(\d{1,3})\s+(?=\S)")
_FOLLOW_UP = re.compile(
    r"(?:\*\*)?(?:(?:继续|再次|二次|面试官|接着|再|又)?(?:追问|再问)|follow[- ]?ups?)"
    r"\s?[\d一二三四五六七八九]{0,2}\s?[:：]\s*\S",
    re.IGNORECASE,
)
_LONGEST = 120
_ROUGHLY = 3
"""Characters by which an underline is longer or shorter than the title that somebody drew it for."""
_SHORTEST = 6
_MOST_NUMBERED = 0.6
_FEWEST = 2


def restore_headings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a document with the headings and the numbers that were meant as such."""
    lines = _with_bare_numbers(_underlined(_without_folded(_without_follow_ups(_numbers_restored(lines)))))
    headings = [(index, line) for index, line in enumerate(lines) if line.kind is LineKind.HEADING]
    found: dict[int, Line] = {}
    levels: dict[int, list[tuple[int, Line]]] = {}
    for index, line in headings:
        levels.setdefault(line.level, []).append((index, line))
    for level, mine in sorted(levels.items()):
        asking = sum(asks(heading_words(line)) for _index, line in mine)
        if asking < _FEWEST or asking * 2 < len(mine):
            continue
        numbered = sum(_number(line) > 0 for _index, line in mine)
        if numbered >= _MOST_NUMBERED * len(mine):
            found.update(_numbered(lines, headings, level))
        elif numbered == 0:
            found.update(_asking(lines, headings, level))
    return _levelled([found.get(index, line) for index, line in enumerate(lines)] if found else lines)


def _numbers_restored(lines: Sequence[Line]) -> Sequence[Line]:
    return restore_bare_numbers(restore_numbers(lines))


def _without_follow_ups(lines: Sequence[Line]) -> Sequence[Line]:
    """Headings such as ``#### 追问 1：…`` below a shallower one are text of its answer: they ask on from there."""
    level = 0
    result: list[Line] | None = None
    for index, line in enumerate(lines):
        if line.kind is not LineKind.HEADING:
            continue
        if level and line.level > level and _FOLLOW_UP.match(line.content):
            result = result or list(lines)
            result[index] = replace(line, kind=LineKind.TEXT, level=0, marker=None)
        else:
            level = line.level
    return result or lines


def _levelled(lines: Sequence[Line]) -> Sequence[Line]:
    """Headings too deep by mistake, whose number stands between those of two headings of one level, on that level."""
    headings = [(index, line) for index, line in enumerate(lines) if line.kind is LineKind.HEADING]
    result: list[Line] | None = None
    numbers = {index: number for index, line in headings if (number := _number(line))}
    if not numbers:
        return lines
    counted = [(index, line) for index, line in headings if index in numbers]
    depths = Counter(line.level for _index, line in counted)
    for (before, above), (index, line) in pairwise(counted):
        # The only one so deep that has a number, and it goes on with the count.
        if depths[line.level] == 1 and line.level > above.level and numbers[index] == numbers[before] + 1 > _FEWEST:
            result = result or list(lines)
            result[index] = replace(line, level=above.level)
    for (before, above), (index, line), (after, below) in zip(headings, headings[1:], headings[2:], strict=False):
        if not above.level == below.level < line.level:
            continue
        number = numbers.get(index, 0)
        if number > 1 and numbers.get(before) == number - 1 and numbers.get(after) == number + 1:
            result = result or list(lines)
            result[index] = replace(line, level=above.level)
    return result or lines


def _without_folded(lines: Sequence[Line]) -> Sequence[Line]:
    """Headings inside a ``<details>`` that are no deeper than the one above it are text of an answer."""
    if not any("<" in line.content and "<details" in line.content.lower() for line in lines):
        return lines
    result = list(lines)
    opened = -1
    level = outer = 0
    for index, line in enumerate(lines):
        folded = line.content.lower() if "<" in line.content and line.kind is LineKind.TEXT else ""
        if line.kind is LineKind.HEADING and opened < 0:
            level = line.level
        if opened < 0 and folded.startswith("<details"):
            opened, outer = index, level
        if opened >= 0 and "</details>" in folded:
            for place in range(opened, index):
                if lines[place].kind is LineKind.HEADING and lines[place].level <= outer:
                    result[place] = replace(
                        lines[place], kind=LineKind.TEXT, content=lines[place].text.strip(), level=0
                    )
            opened = -1
    return result


def _with_bare_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Headings such as ``### 2 词``, where at least two of a level count upwards, get their number as a marker."""
    numbered: dict[int, list[tuple[int, int, re.Match[str]]]] = {}
    counts: Counter[int] = Counter()
    for index, line in enumerate(lines):
        if line.kind is LineKind.HEADING:
            counts[line.level] += 1
            match = _BARE_NUMBER.match(line.content) if line.marker is None else None
            if match is not None:
                numbered.setdefault(line.level, []).append((index, int(match[1]), match))
    if not numbered:
        return lines
    result = list(lines)
    for level, found in numbered.items():
        upwards = sum(after[1] - before[1] == 1 for before, after in pairwise(found))
        if upwards and (upwards + 1) * 2 >= counts[level]:
            for index, number, match in found:
                marker = Marker("dot", number, match.end(), lines[index].content[match.end() :])
                result[index] = replace(lines[index], marker=marker)
    return result


def _underlined(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines with ``===`` or ``---`` below become headings, and the marks below them a part of those."""
    plain = not any(line.kind is LineKind.HEADING for line in lines)
    result = list(lines)
    for index, mark in enumerate(lines):
        if mark.content[:1] not in _FIRST_OF_UNDERLINE or mark.kind is not LineKind.TEXT or mark.indent or not index:
            continue
        if not _UNDERLINE.match(mark.content):
            continue
        title = lines[index - 1]
        if not _stands_alone(lines, index - 1) or len(title.content) > _LONGEST:
            continue
        meant = plain or abs(len(mark.content) - len(title.content)) <= _ROUGHLY < len(mark.content)
        if mark.content[0] == "-" and not (asks(title.content) or (meant and title.content[-1] not in "。；;，,：:.")):
            continue
        level = 1 if mark.content[0] == "=" else 2
        result[index - 1] = replace(title, kind=LineKind.HEADING, level=level)
        result[index] = replace(mark, kind=LineKind.UNDERLINE)
    return result


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of text begins a paragraph at the margin and is no entry, row or quotation."""
    line = lines[index]
    if line.kind is not LineKind.TEXT or line.indent or line.content[0] in "|>!<" or bullet(line.content) is not None:
        return False
    return line.marker is None and (index == 0 or lines[index - 1].kind in {LineKind.BLANK, LineKind.HEADING})


def _number(line: Line) -> int:
    """The number that a heading begins with; 0 when it has none."""
    if line.marker is not None:
        return line.marker.number
    match = _NUMBER.match(line.content)
    return int(match["number"]) if match else 0


def _numbered(lines: Sequence[Line], headings: Sequence[tuple[int, Line]], level: int) -> dict[int, Line]:
    """Lines that carry the number missing between two headings of a level."""
    found: dict[int, Line] = {}
    inner = [(index, line) for index, line in headings if line.level <= level]
    last = 0
    for (index, heading), (stop, following) in pairwise([*inner, (len(lines), None)]):
        ahead = _number(following) if following is not None and following.level == level else 0
        if heading is None or heading.level < level:
            last = 0
        else:
            number = _number(heading)
            if heading.marker is None and number and (number == last + 1 or ahead == number + 1):
                found[index] = _promoted(heading, level, number)
            last = number
        for place in range(index + 1, stop):
            if not _may_be_heading(lines, place):
                continue
            number = _number(lines[place])
            if number == last + 1 and (ahead > number if ahead else last > 0 and ends_asking(lines[place].content)):
                found[place] = _promoted(lines[place], level, number)
                last = number
    return found


def _may_be_heading(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.kind is not LineKind.TEXT or line.indent or len(line.content) > 2 * _LONGEST or not _number(line):
        return False
    return index == 0 or lines[index - 1].kind in {LineKind.BLANK, LineKind.HEADING}


def _promoted(line: Line, level: int, number: int) -> Line:
    match = _NUMBER.match(line.content)
    if match is None or line.marker is not None:
        return replace(line, kind=LineKind.HEADING, level=level)
    marker = Marker("dot", number, match.end(), match["wrap"] + line.content[match.end() :])
    return replace(line, kind=LineKind.HEADING, level=level, marker=marker)


def _asking(lines: Sequence[Line], headings: Sequence[tuple[int, Line]], level: int) -> dict[int, Line]:
    """Lines between two question headings that stand alone, ask, and have an answer below."""
    found: dict[int, Line] = {}
    mine = [index for index, line in headings if line.level == level]
    for index in range(mine[0], mine[-1] if mine else 0):
        line = lines[index]
        if "?" not in line.content and "？" not in line.content:
            continue
        if not _stands_alone(lines, index) or not _SHORTEST <= len(line.content) <= _LONGEST:
            continue
        if not ends_asking(line.content) or _REFERS_BACK.match(clean_title(line.content)):
            continue
        above = next(
            (lines[place] for place in range(index - 1, -1, -1) if lines[place].kind is not LineKind.BLANK), None
        )
        if above is None or above.kind is LineKind.HEADING or above.content.endswith((":", "：")):
            continue
        if without_question_label(line.content) != line.content or _ASIDE.match(line.content):
            continue
        title = clean_title(line.content)
        if _WITHOUT_SUBJECT.match(title) or _LABELLED.match(title):
            continue
        alone_below = index + 1 < len(lines) and lines[index + 1].kind is LineKind.BLANK
        if alone_below or _BOLD_LINE.match(line.content):
            found[index] = replace(line, kind=LineKind.HEADING, level=level)
    return found
