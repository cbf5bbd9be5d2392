"""What one will speak of: questions with their cues, needs with the stories that answer them, what to ask back."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain, opening
from tracker.dashboard.text import cut
from tracker.dashboard.views.briefing_parts import MARGIN, Part, Room, cut_off
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _
from tracker.stages import Precision
from tracker.statistics.sentences import percent
from tracker.times import show_time
from tracker.words import solved_word

if TYPE_CHECKING:
    from prep.briefings.briefing import Briefing, BriefingQuestion, ContactLine, FailedTask, HrAnswer, Need

INDENT = 7
"""Cells of a chance before its question."""
WEAK = 0.5
"""Recall below which a question is marked."""
NEEDS, TASKS, ANSWERS = 4, 3, 4
"""Entries of each on the smallest terminal."""


def questions(briefing: "Briefing", room: Room) -> Part:
    """The questions worth most, each with its chance of being recalled then, where it was asked, and one cue."""
    found = briefing.questions
    if not found:
        sentence = _("The question bank has nothing for this round yet. Press 4 to look into it.")
        entries = [Entry("no-questions", (Cell(sentence, "muted"),), still=True)]
        return Part("questions", _("Most worth practising"), tuple(entries))
    entries = [_question(question, briefing.now, room) for question in found]
    remark = Cell(_("recalled then · d drill"), "muted")
    return Part("questions", _("Most worth practising"), tuple(entries), remark)


def cues(briefing: "Briefing", room: Room) -> Part:
    """What is known already, so that it is on the tongue: nothing new any more."""
    from prep.briefings.lines import no_cues_sentence

    entries = [_question(question, briefing.now, room) for question in briefing.cues]
    if not entries:
        return Part("cues", _("You know this"), (Entry("no-cues", (Cell(no_cues_sentence(), "muted"),), still=True),))
    return Part("cues", _("You know this"), tuple(entries), Cell(_("nothing new any more"), "muted"))


def _question(question: "BriefingQuestion", now: datetime, room: Room) -> Entry:
    from prep.briefings.headings import source_tag

    spans = [
        Cell(f"{percent(question.recall):>5}  ", "warning" if question.recall < WEAK else "good"),
        Cell(" ".join(as_plain(question.text).split()), "strong"),
        Cell("  "),
        Cell(
            unbroken(source_tag(question, now=now, zone=zone_of(now))),
            "key" if question.reason == "asked_here" else "faint",
        ),
    ]
    if question.hint:
        # One line, and two where there is room: a cue, not the answer.
        cells = (room.width - MARGIN - INDENT) * (2 if room.spare else 1) - 2
        spans.append(Cell("\n" + cut(" ".join(as_plain(question.hint).split()), cells), "muted"))
    return Entry(f"question:{question.id}", tuple(spans), indent=INDENT, most=4)


def needs(briefing: "Briefing", room: Room) -> Part:
    """What the description of the position asks for, and what answers each."""
    entries = [_need(need, place) for place, need in enumerate(briefing.needs)]
    answered = sum(need.story is not None for need in briefing.needs)
    count = _("{n} of {total} answered").format(n=answered, total=len(entries)) if entries else ""
    shown = cut_off("needs", entries, room.most("needs", NEEDS, 3))
    return Part("needs", _("What they need"), shown, Cell(count, "muted"))


def _need(need: "Need", place: int) -> Entry:
    from prep.briefings.lines import need_answer

    style = "warning" if need.story is None else "strong"
    spans = (Cell(" ".join(need.text.split())), Cell("  → ", "faint"), Cell(need_answer(need), style))
    return Entry(f"need:{place}", spans, indent=2, most=2)


def coding(briefing: "Briefing", room: Room) -> Part:
    """Coding tasks that did not go well last."""
    entries = [_task(task, briefing.now) for task in briefing.coding]
    return Part("coding", _("Coding that failed last"), cut_off("coding", entries, room.most("coding", TASKS, 6)))


def _task(task: "FailedTask", now: datetime) -> Entry:
    tried = show_time(task.tried_at, Precision.DAY, now=now, zone=zone_of(now)) if task.tried_at is not None else ""
    spans = separated(
        (
            Cell(" ".join(as_plain(task.text).split()), "strong"),
            Cell(" ".join(filter(None, (solved_word(task.solved), tried))), "warning"),
            Cell(_("{n} min").format(n=task.minutes) if task.minutes else "", "muted"),
        )
    )
    return Entry(f"task:{task.id}", tuple(spans), indent=2, most=2)


def hr(briefing: "Briefing", room: Room) -> Part:
    """Answers to what HR asks."""
    entries = [_answer(answer, is_open="hr" in room.expanded) for answer in briefing.hr_answers]
    return Part("hr", _("HR answers"), cut_off("hr", entries, room.most("hr", ANSWERS, 4)))


def _answer(answer: "HrAnswer", *, is_open: bool) -> Entry:
    text = as_plain(answer.answer.strip()) if is_open else opening(answer.answer)
    spans = (
        Cell(" ".join(as_plain(answer.text).split()), "strong"),
        Cell(f"  {_('written for {company}').format(company=answer.company)}" if answer.company else "", "key"),
        Cell("\n" + (text or _("no answer yet")), "muted" if text else "warning"),
    )
    return Entry(f"question:{answer.id}", spans, indent=2, most=0 if is_open else 3)


def reverse(briefing: "Briefing") -> Part:
    """What to ask back, not asked here yet."""
    entries = [
        Entry(f"reverse:{place}:{one.id}", (Cell(f"{place + 1} ", "faint"), Cell(one.text)), indent=2, most=3)
        for place, one in enumerate(briefing.reverse)
    ]
    if not entries and briefing.hour == "during":
        entries = [Entry("missing:reverse", (Cell("f ", "key"), Cell(_("There is nothing to ask back yet."))))]
    return Part("reverse", _("Not yet asked back"), tuple(entries))


def notes(briefing: "Briefing", room: Room) -> Part:
    """People, and what was noted on the round and the company."""
    entries = [
        Entry(f"contact:{place}", tuple(_contact(one)), indent=2, most=2) for place, one in enumerate(briefing.contacts)
    ]
    for place, text in enumerate((briefing.round_note, briefing.company_note)):
        if text.strip():
            key = f"note:{place}"
            is_open = key in room.expanded
            entries.append(Entry(key, (Cell(text.strip()),), indent=2, most=0 if is_open else 4 + room.spare // 4))
    return Part("notes", _("Notes"), tuple(entries))


def _contact(one: "ContactLine") -> list[Cell]:
    note = " ".join(one.note.split())
    return separated((Cell(one.name, "strong"), Cell(one.role, "muted"), Cell(one.reach, "link"), Cell(note, "muted")))
