"""The codes of a reading as people read them."""

from bisect import bisect_right
from collections.abc import Sequence

from tracker.messages import _
from tracker.words import style_word


def fate_word(fate: str) -> str:
    """What became of a line, in a word."""
    return {
        "question": _("question"),
        "answer": _("answer"),
        "heading": _("heading line"),
        "feedback": _("feedback"),
        "introduction": _("introduction"),
        "prompt": _("prompt"),
        "claimed": _("job hunt"),
        "skipped": _("left out"),
        "unread": _("not understood"),
    }.get(fate, fate)


def verdict_sentence(verdict: str, style: str, lines: str = "") -> str:
    """What the person said of a line. ``lines``: those of the part whose style was chosen, in words."""
    if verdict == "style" and lines:
        return _("You said: {lines} are {style}").format(lines=lines, style=style_word(style))
    if verdict == "style":
        return _("You said: this part is {style}").format(style=style_word(style))
    return {
        "question": _("You said: this is a question"),
        "not-question": _("You said: this is not a question"),
        "answer": _("You said: it belongs to the answer above"),
    }.get(verdict, verdict)


def part_at(parts: Sequence[tuple[int, int]], line: int) -> tuple[int, int]:
    """The first and the last line of the part in which a line stands; two zeros when that is not known."""
    at = bisect_right(parts, line, key=lambda part: part[0]) - 1
    return parts[at] if at >= 0 else (0, 0)


def part_words(parts: Sequence[tuple[int, int]], line: int) -> str:
    """The lines of the part in which a line stands, in words; empty when the parts are not known."""
    first, last = part_at(parts, line)
    if not last:
        return ""
    if first == last:
        return _("line {n}").format(n=first)
    return _("lines {first} to {last}").format(first=first, last=last)
