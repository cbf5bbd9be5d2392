"""What must be known at the door: what leads, what is missing, what clashes, the opening, what was before.

The sentences are those of every other form of a briefing, so that none says anything else.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain, opening
from tracker.dashboard.views.briefing_parts import Part, Room, cut_off
from tracker.dashboard.widgets.entries import SEPARATOR, Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.statistics.sentences import percent
from tracker.times import show_time
from tracker.words import mood_word, outcome_word

if TYPE_CHECKING:
    from prep.briefings.briefing import AskedBefore, Briefing, DrillOutline, PastStep

KEYS: Mapping[str, str] = {
    "round": "r",
    "application": "N",
    "time": "e",
    "link": "e",
    "introduction": "E",
    "own_introduction": "E",
    "questions": "4",
    "answers": "w",
    "description": "J",
    "stories": "s",
    "hr_answers": "H",
    "reverse": "f",
    "debrief": "z",
    "checklist": "n",
}
"""The key that adds what is missing, by its kind."""

SPOKEN, STEPS, ITEMS, LACKING = 3, 3, 3, 3
"""Lines of the opening, entries of what was before, of the checklist, of what is missing on the smallest terminal."""


def drill(briefing: "Briefing") -> Part:
    """How ready one is, and what a drill would bring; its place is kept until that is known."""
    outline = briefing.drill
    if outline is None:
        words = [Cell(_("what a drill would bring is being reckoned…"), "faint")]
    elif not outline.likely:
        words = [Cell(_("nothing to ask yet"), "muted")]
    else:
        words = _outline(outline)
    return Part("drill", _("Practice"), (Entry("drill", (Cell("d ", "key"), *words), indent=2, most=2),))


def _outline(outline: "DrillOutline") -> list[Cell]:
    brings = f"{percent(outline.now)} → {percent(outline.after)}"
    then = _("then {chance}, {without} without it")
    n = outline.likely
    return separated(
        (
            Cell(unbroken(_("{n} min").format(n=outline.minutes)), "strong"),
            Cell(unbroken(brings), "strong"),
            Cell(then.format(chance=percent(outline.at_interview), without=percent(outline.without)), "muted"),
            Cell(unbroken(ngettext("over {n} question", "over {n} questions", n).format(n=n)), "faint"),
        )
    )


def debrief(briefing: "Briefing") -> Part:
    """What is to be done after the round."""
    from prep.briefings.lines import debrief_lines

    entries = [
        Entry("debrief", (Cell("z ", "key"), Cell(line.text, "urgent" if line.warns else "good")), indent=2)
        for line in debrief_lines(briefing, zone_of(briefing.now))
    ]
    return Part("debrief", _("After it"), tuple(entries))


def asked(briefing: "Briefing") -> Part:
    """What is written down already of what was asked in this round."""
    own = [step for step in briefing.earlier if step.round_id is not None and step.round_id == briefing.round_id]
    entries = [_asked(one, is_open=True) for step in own for one in step.asked]
    return Part("asked", _("Asked in this round"), tuple(entries))


def missing(briefing: "Briefing", room: Room) -> Part:
    """What is not there yet, each with the key that adds it."""
    from prep.briefings.lacking import missing_sentence

    told = [(str(one.kind), missing_sentence(one)) for one in briefing.missing if one.kind != "debrief"]
    if briefing.round_id is not None and not briefing.checklist_total:
        told.append(("checklist", _("Nothing is on the checklist of this round.")))
    entries = [
        Entry(f"missing:{kind}", (Cell(KEYS[kind] + " ", "key"), Cell(words)), indent=2, most=2) for kind, words in told
    ]
    return Part("missing", _("Missing"), cut_off("missing", entries, room.most("missing", LACKING, 4)))


def clashes(briefing: "Briefing") -> Part:
    """What cannot be kept together with this round."""
    from prep.briefings.lines import clash_sentence

    zone = zone_of(briefing.now)
    entries = [
        Entry(
            f"clash:{place}",
            (Cell("! ", "urgent"), Cell(clash_sentence(one, briefing=briefing, zone=zone), "warning")),
            indent=2,
            most=2,
        )
        for place, one in enumerate(briefing.clashes)
    ]
    return Part("clashes", _("Clash"), tuple(entries))


def checklist(briefing: "Briefing", room: Room) -> Part:
    """What must be done before one walks in."""
    if not briefing.checklist_total:
        return Part("checklist", _("Ready?"))
    count = _("{done} of {total} done").format(done=briefing.checklist_done, total=briefing.checklist_total)
    lines = 2 if room.spare else 1
    must = [
        Entry(f"item:{item.id}", (Cell(_("must") + " ", "urgent"), Cell(item.text)), indent=2, most=lines)
        for item in briefing.blocking
    ]
    others = [
        Entry(f"item:{item.id}", (Cell("· ", "muted"), Cell(item.text)), indent=2, most=lines)
        for item in briefing.to_do
    ]
    most = room.most("items", ITEMS, 4)
    if not must:
        must = [Entry("ready", (Cell(_("Nothing that must be done is open."), "good"),), still=True)]
        # What is no must keeps nobody from walking in: it is counted, unless there is room.
        most = 1 if most == ITEMS else most
    return Part("checklist", _("Ready?"), cut_off("items", (*must, *others), most), Cell(count, "muted"))


def introduction(briefing: "Briefing", room: Room) -> Part:
    """How one begins to speak, how long that takes, and whether it was said aloud."""
    from prep.briefings.lines import speaking_line

    draft = briefing.introduction
    if draft is None:
        return Part("introduction", _("Opening"))
    key = f"introduction:{draft.id}"
    timing = Cell(speaking_line(briefing), "warning" if draft.over_seconds > 0 else "muted")
    if key in room.expanded:
        entry = Entry(key, (timing, Cell("\n" + as_plain(draft.text.strip()))))
    else:
        said = Cell(" ".join((briefing.opening or opening(draft.text)).split()), "strong")
        entry = Entry(key, (said, SEPARATOR, timing), most=room.most("introduction", SPOKEN, 6))
    return Part("introduction", _("Opening"), (entry,))


def earlier(briefing: "Briefing", room: Room) -> Part:
    """What happened here before, the latest first: what went badly and what was promised stand below their round."""
    n = briefing.asked_here
    known = ngettext("{n} question known from here", "{n} questions known from here", n).format(n=n)
    is_open, zone = "earlier-more" in room.expanded, zone_of(briefing.now)
    entries = [
        entry
        for place, step in reversed(list(enumerate(briefing.earlier)))
        if briefing.round_id is None or step.round_id != briefing.round_id
        for entry in _step(step, place, briefing, zone, is_open=is_open)
    ]
    if not entries:
        entries = [Entry("nothing-earlier", (Cell(_("Nothing happened here yet."), "muted"),), still=True)]
    shown = cut_off("earlier", entries, room.most("earlier", STEPS, 3))
    remark = Cell(known if n else _("no question known from here"), "muted")
    return Part("earlier", _("Earlier"), shown, remark)


def _step(step: "PastStep", place: int, briefing: "Briefing", zone: tzinfo, *, is_open: bool) -> list[Entry]:
    style = {"passed": "good", "offer": "good", "rejected": "bad"}.get(step.outcome, "muted")
    count = len(step.asked)
    when = show_time(step.at, step.precision, now=briefing.now, zone=zone) if step.at is not None else ""
    spans = separated(
        (
            Cell(unbroken(" ".join(filter(None, (step.stage or _("some round"), when))))),
            Cell(outcome_word(step.outcome), style),
            Cell(mood_word(step.mood) if step.mood is not None else "", "muted"),
            Cell(ngettext("{n} asked there", "{n} asked there", count).format(n=count) if count else "", "muted"),
            Cell(" ".join(step.note.split()), "muted"),
        )
    )
    entries = [Entry(f"step:{place}", tuple(spans), indent=2, most=0 if is_open else 2)]
    entries += [_asked(one, is_open=is_open) for one in step.asked if one.went_badly or is_open]
    for number, promise in enumerate(step.promises):
        who = _("they promised") if promise.by == "them" else _("you promised")
        words = (Cell("  "), Cell(who + " ", "key"), Cell(promise.text))
        entries.append(Entry(f"promise:{place}:{number}", words, indent=4, most=0 if is_open else 2))
    return entries


def _asked(one: "AskedBefore", *, is_open: bool) -> Entry:
    mark = Cell(_("went badly") + " ", "warning") if one.went_badly else Cell("· ", "muted")
    note = (SEPARATOR, Cell(" ".join(one.note.split()), "muted")) if one.note.strip() else ()
    spans = (Cell("  "), mark, Cell(" ".join(as_plain(one.text).split())), *note)
    return Entry(f"asked:{one.question_id}", spans, indent=4, most=0 if is_open else 1)
