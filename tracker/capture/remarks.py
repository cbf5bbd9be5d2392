"""What a line says beyond all that has a field."""

from tracker.capture.details import Detail
from tracker.capture.events import Clause
from tracker.capture.lines import Gap, Line
from tracker.capture.scanning import Kind

_LOOSE = " \t,，、。.;；:：!！?？-—"
SHORTEST = 2
"""Letters of the shortest remark."""


def note_of(line: Line, clause: Clause, used: tuple[Gap, ...], *, is_contact: bool, is_dated: bool) -> str:
    """The remark of an event: the parts of the line behind it that no field holds, as written.

    Args:
        line: the line.
        clause: the event.
        used: letters that are a name or a position.
        is_contact: whether what was said stands behind the company's name: 问了HR 京东 说还在流程.
        is_dated: whether the time that is said is when it happened; else it belongs to what was said.
    """
    if is_contact:
        return _rest(line, clause, is_dated=is_dated)
    parts = []
    for begin, end in clause.spans:
        left = [gap for gap in line.gaps_within(begin, end) if gap not in used]
        left += [
            _as_gap(line, detail) for detail in line.details if detail.field == "score" and begin <= detail.begin < end
        ]
        left.sort()
        holds_event = begin <= clause.begin < end
        if holds_event:
            left = [gap for gap in left if gap.begin >= clause.end]
        if any(not gap.text.isdigit() for gap in left):
            whole = not holds_event and not _has_facts(line, begin, end)
            first, last = (begin, end) if whole else (left[0].begin, _word_end(line, left[-1].end))
            parts.append(line.text[first:last].strip(_LOOSE))
    return "，".join(part for part in parts if len(part) >= SHORTEST)


def _as_gap(line: Line, detail: Detail) -> Gap:
    return Gap(detail.begin, detail.end, line.text[detail.begin : detail.end])


def _word_end(line: Line, end: int) -> int:
    """Where a remark ends whose last letters are words of the vocabulary: 没写出来."""
    for token in line.tokens:
        if token.begin == end and token.kind is Kind.FILLER:
            end = token.end
    return end


def _has_facts(line: Line, begin: int, end: int) -> bool:
    """Whether a field was read from this part, so that only the rest is a remark."""
    facts = (Kind.COMPANY, Kind.PLACE, Kind.BATCH, Kind.CITY, Kind.POSITION, Kind.DEADLINE)
    inside = any(begin <= token.begin < end and token.kind in facts for token in line.tokens)
    dated = any(begin <= moment.begin < end for moment in line.moments)
    return inside or dated or any(begin <= detail.begin < end for detail in line.details)


def _rest(line: Line, clause: Clause, *, is_dated: bool) -> str:
    """All words behind the event, without the name and the time."""
    begin, end = clause.end, max(last for _first, last in clause.spans)
    letters = list(line.text)
    found = [(token.begin, token.end) for token in line.tokens if token.kind is Kind.COMPANY]
    found += [(dated.begin, dated.end) for dated in line.moments if is_dated]
    if line.folded[clause.begin : clause.end] == "hr":
        # HR加我微信了: whatever is named behind is part of what they did.
        found = [(first, last) for first, last in found if first < begin]
    for first, last in found:
        letters[first:last] = " " * (last - first)
    return " ".join("".join(letters[begin:end]).strip(_LOOSE).split())
