"""What hangs on a line: the lines that follow it down to the next of its level."""

from collections.abc import Collection, Mapping, Sequence

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.corrections import Verdict
from prep.notes.findings import LineFate, NotesFindings
from prep.notes.sections import Section
from tracker.imports.document import Skipped

DENIED = "corrected"
"""The reason for which a line is skipped that the person said is no question."""
UNREAD = "prose"
"""The reason of a line that nobody understood."""
_LEFT = frozenset({UNREAD, "rule", "image", "markup", "link", "placeholder", "legend"})
"""Reasons of lines that no style took: they go with an unread one above them."""
_APART = frozenset({"advertising", "furniture", "front-matter", "conflict-mark", "contents", "reference"})
"""Reasons of lines that belong to no answer, wherever they stand."""
_OWNED = frozenset({LineFate.QUESTION, LineFate.ANSWER, LineFate.FEEDBACK})
_OF_THEIR_OWN = frozenset({LineFate.CLAIMED, LineFate.INTRODUCTION, LineFate.PROMPT})


class Extents:
    """The lines of one document in their order of rank: headings by their level, then questions by their indent."""

    def __init__(
        self,
        lines: Sequence[Line],
        sections: Sequence[Section],
        *,
        fates: Sequence[LineFate],
        skipped: Mapping[int, Skipped],
        asked: Mapping[int, Collection[int]],
        verdicts: Mapping[int, Verdict],
    ) -> None:
        self._lines = lines
        self._fates = fates
        self._skipped = skipped
        self._asked = asked
        self._verdicts = verdicts
        self._levels = {line.number: line.level for line in lines if line.kind is LineKind.HEADING}
        for section in sections:
            if section.heading is not None:
                self._levels[section.heading.number] = section.heading.level

    def is_heading(self, line: Line) -> bool:
        """Whether a line is a heading, be it one that only the layout tells."""
        return line.number in self._levels

    def below(self, line: Line) -> tuple[Line, ...]:
        """The lines that are the answer when the line is a question."""
        level = self._levels.get(line.number)
        found: list[Line] = []
        for index in range(line.number, len(self._lines)):
            following = self._lines[index]
            inner = self._levels.get(following.number)
            ends = (inner is not None and inner <= level) if level is not None else self._ends(line, following)
            if following.claimed or ends:
                break
            if not self._is_apart(following):
                found.append(following)
        return tuple(found)

    def run(self, line: Line) -> tuple[Line, ...]:
        """The lines right below an unread one that nobody understood either; none below another."""
        found: list[Line] = []
        if not self._is_left(line.number):
            return ()
        for index in range(line.number, len(self._lines)):
            following = self._lines[index]
            blank = self._fates[index] is LineFate.BLANK
            if following.number in self._verdicts or not (blank or self._is_left(following.number)):
                break
            found.append(following)
        return tuple(found)

    def _ends(self, line: Line, following: Line) -> bool:
        """Whether the answer of a question that is no heading ends above a line."""
        if following.number in self._levels or self._fates[following.number - 1] in _OF_THEIR_OWN:
            return True
        listed = _mark(line)
        inside = bool(listed) and following.indent > line.indent + 1
        if following.number in self._asked or self._verdicts.get(following.number) is Verdict.QUESTION:
            return not inside
        return bool(listed) and not inside and following.kind is LineKind.TEXT and _mark(following) == listed

    def _is_apart(self, line: Line) -> bool:
        entry = self._skipped.get(line.number)
        return entry is not None and entry.reason in _APART

    def _is_left(self, number: int) -> bool:
        entry = self._skipped.get(number)
        return entry is not None and entry.reason in _LEFT


def _mark(line: Line) -> str:
    """How a line is marked as an item of a list; empty for one that is none."""
    if line.kind is not LineKind.TEXT:
        return ""
    return "bullet" if bullet(line.content) is not None else line.marker.style if line.marker is not None else ""


def owners_of(findings: NotesFindings) -> list[int]:
    """The key of the question to which each line belongs: the nearest above whose title or answer begins there."""
    starts = sorted(
        {
            (line, key)
            for key, question in enumerate(findings.questions)
            for line in (question.line, question.answer_line)
        }
    )
    owners: list[int] = []
    place = 0
    current = -1
    for number, fate in enumerate(findings.fates, start=1):
        while place < len(starts) and starts[place][0] <= number:
            current = starts[place][1] if starts[place][0] else current
            place += 1
        owners.append(current if fate in _OWNED else -1)
    return owners
