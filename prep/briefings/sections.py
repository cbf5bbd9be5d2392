"""A briefing as sections of lines, in the order in which its hour wants them: what every form of it renders.

Far from the round the drill and what is missing lead. Within two hours nothing new stands there any more. While it goes
on there is what to ask back, and after it what to write down. A written test has no introduction and nobody to ask.
"""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from prep.briefings.briefing import Briefing, Hour, RoundKind
from prep.briefings.headings import about_minutes
from prep.briefings.lines import (
    Line,
    ask_back_lines,
    asked_lines,
    checklist_lines,
    clash_lines,
    coding_lines,
    cue_lines,
    day_lines,
    debrief_lines,
    drill_lines,
    earlier_lines,
    hr_lines,
    introduction_lines,
    missing_lines,
    need_lines,
    note_lines,
    opening_lines,
    question_lines,
    timer_lines,
)
from prep.briefings.reading_times import part_seconds
from tracker.messages import _

__all__ = ["Line", "Part", "Section", "parts_of", "sections", "total_seconds"]


class Part(StrEnum):
    """One part of a briefing."""

    DAY = "day"
    """All rounds of that day; there only where it has several."""
    DEBRIEF = "debrief"
    TIMER = "timer"
    DRILL = "drill"
    MISSING = "missing"
    CHECKLIST = "checklist"
    CLASHES = "clashes"
    INTRODUCTION = "introduction"
    OPENING = "opening"
    """Its first sentence alone."""
    EARLIER = "earlier"
    ASKED = "asked"
    """What was asked in this round, once it is over."""
    QUESTIONS = "questions"
    CUES = "cues"
    NEEDS = "needs"
    CODING = "coding"
    HR = "hr"
    REVERSE = "reverse"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Section:
    """One part with its lines; a part without lines is left out."""

    part: Part
    title: str
    lines: tuple[Line, ...]
    leads: bool = False
    """Whether this hour puts it first."""
    seconds: int = 0
    """Reading or saying it; 0 where that is nothing."""

    @property
    def heading(self) -> str:
        """Its title, and how long it takes."""
        return f"{self.title} · {about_minutes(self.seconds)}" if self.seconds else self.title


_CONTENT = (
    Part.CHECKLIST,
    Part.CLASHES,
    Part.INTRODUCTION,
    Part.EARLIER,
    Part.QUESTIONS,
    Part.NEEDS,
    Part.CODING,
    Part.HR,
    Part.REVERSE,
    Part.NOTES,
)
_BY_HOUR = {
    Hour.UNKNOWN: (Part.DAY, Part.DRILL, Part.MISSING, *_CONTENT),
    Hour.FAR: (Part.DAY, Part.DRILL, Part.MISSING, *_CONTENT),
    Hour.DAY: (Part.DAY, *_CONTENT, Part.DRILL, Part.MISSING),
    Hour.SOON: (Part.DAY, Part.CHECKLIST, Part.CLASHES, Part.OPENING, Part.CUES, Part.HR),
    Hour.DURING: (Part.TIMER, Part.REVERSE),
    Hour.AFTER: (Part.DEBRIEF, Part.ASKED, Part.DAY, Part.EARLIER, Part.NOTES),
}
_LEADING = {
    Hour.UNKNOWN: (Part.DRILL, Part.MISSING),
    Hour.FAR: (Part.DRILL, Part.MISSING),
    Hour.SOON: (Part.CHECKLIST, Part.CLASHES, Part.OPENING),
    Hour.DURING: (Part.TIMER,),
    Hour.AFTER: (Part.DEBRIEF,),
}
_SPOKEN = (Part.INTRODUCTION, Part.OPENING, Part.NEEDS, Part.HR, Part.REVERSE)
UNFIT = {
    RoundKind.HR: (Part.CODING,),
    RoundKind.PAY: (Part.CODING, Part.INTRODUCTION, Part.OPENING, Part.NEEDS, Part.DRILL),
    RoundKind.MACHINE: (Part.REVERSE,),
    RoundKind.WRITTEN: _SPOKEN,
    RoundKind.ASSESSMENT: (*_SPOKEN, Part.QUESTIONS, Part.CUES, Part.CODING, Part.DRILL),
}
"""Parts that a kind of round has no use for."""


def parts_of(briefing: Briefing) -> tuple[Part, ...]:
    """The parts of a briefing in the order of its hour, without those that its kind of round has no use for.

    Before an HR round its answers stand before the questions; shortly before any other they are left out.
    """
    is_hr = briefing.kind in (RoundKind.HR, RoundKind.PAY)
    unfit = set(UNFIT.get(briefing.kind, ()))
    if briefing.hour == Hour.SOON and not is_hr:
        unfit.add(Part.HR)
    ordered = [part for part in _BY_HOUR[briefing.hour] if part not in unfit]
    if is_hr and Part.HR in ordered and Part.QUESTIONS in ordered:
        ordered.remove(Part.HR)
        ordered.insert(ordered.index(Part.QUESTIONS), Part.HR)
    return tuple(ordered)


def sections(briefing: Briefing, *, zone: tzinfo) -> tuple[Section, ...]:
    """All that is known, part by part; times are told in ``zone``. What people wrote is not cut."""
    leading = _LEADING.get(briefing.hour, ())
    found = []
    for part in parts_of(briefing):
        lines = _lines(part, briefing, zone)
        if lines:
            seconds = part_seconds(part.value, briefing, lines)
            found.append(Section(part, title_of(part), lines, part in leading, seconds))
    return tuple(found)


def total_seconds(found: tuple[Section, ...]) -> int:
    """How long going through all of them takes, the drill left out, which has minutes of its own."""
    return sum(section.seconds for section in found)


def title_of(part: Part) -> str:
    """What a part is called."""
    return {
        Part.DAY: _("All rounds of this day"),
        Part.DEBRIEF: _("Write it down"),
        Part.TIMER: _("Under way now"),
        Part.DRILL: _("Practice before it"),
        Part.MISSING: _("Still missing"),
        Part.CHECKLIST: _("Before you walk in"),
        Part.CLASHES: _("At the same time"),
        Part.INTRODUCTION: _("Self-introduction"),
        Part.OPENING: _("Open with"),
        Part.EARLIER: _("Earlier here"),
        Part.ASKED: _("Asked in this round"),
        Part.QUESTIONS: _("Most worth five minutes"),
        Part.CUES: _("You know this"),
        Part.NEEDS: _("What they need"),
        Part.CODING: _("Coding that failed last"),
        Part.HR: _("HR answers"),
        Part.REVERSE: _("Not yet asked back"),
        Part.NOTES: _("Notes"),
    }[part]


def _lines(part: Part, briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    timed = {
        Part.DAY: day_lines,
        Part.DEBRIEF: debrief_lines,
        Part.TIMER: timer_lines,
        Part.CLASHES: clash_lines,
        Part.EARLIER: earlier_lines,
        Part.ASKED: asked_lines,
        Part.QUESTIONS: question_lines,
        Part.CUES: cue_lines,
        Part.CODING: coding_lines,
    }
    timeless = {
        Part.DRILL: drill_lines,
        Part.MISSING: missing_lines,
        Part.CHECKLIST: checklist_lines,
        Part.INTRODUCTION: introduction_lines,
        Part.OPENING: opening_lines,
        Part.NEEDS: need_lines,
        Part.HR: hr_lines,
        Part.REVERSE: ask_back_lines,
        Part.NOTES: note_lines,
    }
    return timed[part](briefing, zone) if part in timed else timeless[part](briefing)
