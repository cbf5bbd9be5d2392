"""A briefing as plain text for a phone: narrow lines, wrapped by what they take on screen, with indentation."""

from collections.abc import Iterator
from datetime import tzinfo

from prep.briefings.briefing import Briefing, Hour
from prep.briefings.headings import about_minutes, headline, place_lines, zone_line
from prep.briefings.sections import Line, sections, total_seconds
from tracker.cell_width import display_width
from tracker.messages import _, ngettext

WIDTH = 60
"""Columns; a Chinese character takes two."""
MOST_STEPS = 12
"""Of what was asked in one round so many are printed; the others are counted."""


def as_text(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as plain text, in lines of ``WIDTH`` columns; links stay whole."""
    told = (headline(briefing, zone), briefing.position, zone_line(briefing, zone), *place_lines(briefing))
    lines = [piece for line in told if line for piece in wrapped(line, 0, 2)]
    found = sections(briefing, zone=zone)
    for section in found:
        lines += ["", *wrapped(section.heading, 0, 2)]
        for line in section.lines:
            lines += _lines_of(line)
    total = total_seconds(found)
    if total and briefing.hour not in (Hour.DURING, Hour.AFTER):
        lines += ["", _("Going through all of it takes about {time}.").format(time=about_minutes(total))]
    return "\n".join(lines) + "\n"


def _lines_of(line: Line) -> Iterator[str]:
    tag = f"[{line.tag}] " if line.tag else ""
    yield from wrapped(tag + line.text, 2, 4)
    yield from wrapped(line.below, 4, 4)
    for step in line.steps[:MOST_STEPS]:
        yield from wrapped(step, 4, 6)
    hidden = len(line.steps) - MOST_STEPS
    if hidden > 0:
        yield "    " + ngettext("… and {n} more", "… and {n} more", hidden).format(n=hidden)


def wrapped(text: str, first: int, others: int) -> Iterator[str]:
    """The lines of a text, none wider than ``WIDTH`` where it can be broken: at spaces and beside Chinese characters.

    Args:
        text: of any length; its own line breaks stay.
        first: columns in front of each of its lines.
        others: columns in front of what a line was wrapped into.
    """
    for line in text.strip("\n").split("\n") if text.strip() else ():
        if line.strip():
            yield from _wrapped_line(line, first, others)
        else:
            yield ""


def _wrapped_line(line: str, first: int, others: int) -> Iterator[str]:
    own = len(line) - len(line.lstrip(" "))
    begin, kept = " " * (first + own), ""
    for word in _words(line.strip()):
        width = display_width(begin + kept) + display_width(word.rstrip())
        if kept and width > WIDTH and word[0] not in _CLINGING:
            yield begin + kept.rstrip()
            begin, kept = " " * (others + own), word
        else:
            kept += word
    yield begin + kept.rstrip()


_CLINGING = "，。、；：？！）》」』”’】…·%,.;:?!)]}"
"""What stands at the beginning of no line."""
_OPENING = "（《「『“‘【([{"
"""What stands at the end of none."""


def _words(text: str) -> Iterator[str]:
    """The pieces between which a line may be broken, with the spaces behind them."""
    word = ""
    for character in text:
        if word and character != " " and _may_break(word[-1], character):
            yield word
            word = ""
        word += character
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    return before == " " or (before not in _OPENING and (_is_wide(before) or _is_wide(after)))


def _is_wide(character: str) -> bool:
    return display_width(character) > 1
