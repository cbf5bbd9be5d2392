"""How long going through each part of a briefing takes: saying it, practising it, or reading it."""

from collections.abc import Iterable

from prep.briefings.briefing import Briefing
from prep.briefings.lines import Line

CHARACTERS_PER_SECOND = 6
"""Read silently and in a hurry: about 360 characters a minute."""
TALKED_THROUGH = 150
"""Seconds of a coding task that is talked through, not written."""
LEAST = 2
"""Seconds that taking in any line takes."""


def part_seconds(part: str, briefing: Briefing, lines: Iterable[Line]) -> int:
    """Seconds for one part of a briefing; the drill and what is missing have none here."""
    if part in ("drill", "missing", "debrief", "timer"):
        return 0
    if part == "introduction":
        draft = briefing.introduction
        return 0 if draft is None else draft.measured_seconds or draft.estimated_seconds
    own = {
        "questions": sum(one.seconds for one in briefing.questions),
        "needs": sum(one.story.seconds for one in briefing.needs if one.story),
        "coding": TALKED_THROUGH * len(briefing.coding),
        "hr": sum(one.seconds for one in briefing.hr_answers),
    }
    return own.get(part) or sum(map(_reading, lines))


def _reading(line: Line) -> int:
    """By what people wrote, not by the program's own words: it is the same in every language."""
    written = len(line.below) + (len(line.text) if line.kind in ("", "reverse", "question") else 0)
    return LEAST * (1 + len(line.steps)) + round(written / CHARACTERS_PER_SECOND)
