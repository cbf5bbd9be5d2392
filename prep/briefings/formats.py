"""A briefing as text, Markdown and JSON. The screen renders the same value in its own way."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from prep.briefings.briefing import Briefing, BriefingQuestion, PastStep
from tracker.messages import _
from tracker.rounds import is_window
from tracker.stages import Precision
from tracker.times import countdown, local_day, show_day, show_time
from tracker.words import outcome_word


def headline(briefing: Briefing, zone: tzinfo) -> str:
    """Company, round and when: ``快手 · 一面 · 明天 14:00 (28 小时后)``."""
    parts = [briefing.company]
    if briefing.stage:
        parts.append(briefing.stage)
    parts.append(_when(briefing, zone))
    return " · ".join(parts)


def _when(briefing: Briefing, zone: tzinfo) -> str:
    """The start with a countdown; the end of what is open, or of what has no other time."""
    start, end, now = briefing.starts_at, briefing.ends_at, briefing.now
    if briefing.round_id is None:
        return _("no round is planned yet")
    is_open = is_window(start, end) and start is not None and start <= now
    if end is not None and (start is None or is_open):
        until = _("until {time}").format(time=show_time(end, Precision.MINUTE, now=now, zone=zone))
        return f"{until} ({countdown(end, now=now)})"
    if start is None:
        return _("its time is not known yet")
    shown = show_time(start, briefing.precision, now=now, zone=zone)
    return f"{shown} ({countdown(start, now=now)})" if briefing.precision == Precision.MINUTE else shown


def place_line(briefing: Briefing) -> str:
    """Medium, platform, link, interviewer; empty when nothing is known."""
    medium = {"online": _("online"), "onsite": _("onsite"), "phone": _("by phone")}.get(briefing.medium, "")
    interviewer = _("interviewer: {name}").format(name=briefing.interviewer) if briefing.interviewer else ""
    return " · ".join(filter(None, (medium, briefing.platform, briefing.link, interviewer)))


def step_line(step: PastStep, *, now: datetime, zone: tzinfo) -> str:
    """One thing that happened here: stage, outcome, day, note."""
    when = show_time(step.at, step.precision, now=now, zone=zone) if step.at else ""
    return " ".join(filter(None, (step.stage, outcome_word(step.outcome), when, step.note.strip())))


def reason_line(question: BriefingQuestion, *, now: datetime, zone: tzinfo) -> str:
    """Why a question is among the five."""
    if question.reason == "asked_here":
        day = _shown_day(question.asked_at, question.asked_precision, now=now, zone=zone)
        return " ".join(filter(None, (_("asked here"), question.asked_stage, day)))
    return {"weak": _("weak"), "new": _("never practised")}.get(question.reason, _("important"))


def _shown_day(at: datetime | None, precision: str, *, now: datetime, zone: tzinfo) -> str:
    """The day or month of something that is over; empty when it is not known."""
    if at is None or precision == Precision.UNKNOWN:
        return ""
    if precision != Precision.MINUTE:
        return show_time(at, precision, now=now, zone=zone)
    return show_day(local_day(at, precision, zone), today=now.astimezone(zone).date())


def speaking_line(briefing: Briefing) -> str:
    """Title, estimated and target speaking time of the introduction."""
    draft = briefing.introduction
    if draft is None:
        return _("No self-introduction yet.")
    return _("{title} · about {estimate} / {target}").format(
        title=draft.title, estimate=clock_time(draft.estimated_seconds), target=clock_time(draft.target_seconds)
    )


def clock_time(seconds: int) -> str:
    """Minutes and seconds: ``1:48``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a section, and what belongs below it."""

    line: str
    below: str = ""


def _sections(briefing: Briefing, zone: tzinfo) -> list[tuple[str, list[_Entry]]]:
    now = briefing.now
    draft = briefing.introduction
    checklist = [_Entry(_("not done: {item}").format(item=item.text)) for item in briefing.blocking]
    if briefing.checklist_total:
        done = _("{done} of {total} done").format(done=briefing.checklist_done, total=briefing.checklist_total)
        checklist.append(_Entry(done))
    return [
        (_("Before you walk in"), checklist),
        (_("Self-introduction"), [_Entry(speaking_line(briefing), draft.text if draft else "")]),
        (_("Earlier here"), [_Entry(step_line(step, now=now, zone=zone)) for step in briefing.earlier]),
        (
            _("Most worth five minutes"),
            [_Entry(_question_line(question, now=now, zone=zone), question.hint) for question in briefing.questions],
        ),
        (_("HR answers"), [_Entry(answer.text, answer.answer) for answer in briefing.hr_answers]),
        (_("Not yet asked back"), [_Entry(one.text) for one in briefing.reverse]),
        (_("Notes"), [_Entry(text.strip()) for text in (briefing.round_note, briefing.company_note) if text.strip()]),
    ]


def _question_line(question: BriefingQuestion, *, now: datetime, zone: tzinfo) -> str:
    reason = reason_line(question, now=now, zone=zone)
    return f"[{reason} · {round(question.recall * 100)} %] {question.text}"


def _indented(text: str, width: int) -> list[str]:
    return [" " * width + line if line.strip() else "" for line in text.strip("\n").split("\n")] if text.strip() else []


def as_text(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as plain text."""
    lines = [headline(briefing, zone), *filter(None, [briefing.position, place_line(briefing)])]
    for title, entries in _sections(briefing, zone):
        if entries:
            lines += ["", title]
        for entry in entries:
            lines += [*_indented(entry.line, 2), *_indented(entry.below, 4)]
    return "\n".join(lines) + "\n"


def as_markdown(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as Markdown; what people wrote stands in it unchanged, indented below its list item."""
    lines = [f"# {headline(briefing, zone)}"]
    about = [f"{line}  " for line in (briefing.position, place_line(briefing)) if line]
    lines += ["", *about] if about else []
    for title, entries in _sections(briefing, zone):
        if entries:
            lines += ["", f"## {title}", ""]
        for number, entry in enumerate(entries):
            below = _indented(entry.below, 2)
            if number and (below or entries[number - 1].below.strip()):
                lines.append("")
            lines += ["- " + "\n".join(_indented(entry.line, 2)).strip(), *(["", *below] if below else [])]
    return "\n".join(lines) + "\n"


def as_json(briefing: Briefing, *, zone: tzinfo) -> dict[str, Any]:
    """The briefing with stable names; times as ISO 8601 with offset."""

    def time(value: datetime | None, precision: str = Precision.MINUTE) -> str | None:
        """What is only known by its day begins at that day's midnight here."""
        if value is None:
            return None
        if precision == Precision.MINUTE:
            return value.astimezone(zone).isoformat()
        return datetime(value.year, value.month, value.day, tzinfo=zone).isoformat()

    draft = briefing.introduction
    return {
        "company": briefing.company,
        "tier": briefing.tier,
        "position": briefing.position,
        "round": None
        if briefing.round_id is None
        else {
            "stage": briefing.stage,
            "starts_at": time(briefing.starts_at, briefing.precision),
            "ends_at": time(briefing.ends_at),
            "precision": briefing.precision,
            "medium": briefing.medium,
            "platform": briefing.platform,
            "link": briefing.link,
            "interviewer": briefing.interviewer,
            "note": briefing.round_note,
        },
        "expected_stage": briefing.stage,
        "checklist": {
            "done": briefing.checklist_done,
            "total": briefing.checklist_total,
            "blocking": [item.text for item in briefing.blocking],
        },
        "introduction": None
        if draft is None
        else {
            "title": draft.title,
            "text": draft.text,
            "estimated_seconds": draft.estimated_seconds,
            "target_seconds": draft.target_seconds,
        },
        "earlier": [
            {
                "stage": step.stage,
                "outcome": step.outcome,
                "at": time(step.at, step.precision),
                "precision": step.precision,
                "note": step.note,
            }
            for step in briefing.earlier
        ],
        "questions": [
            {
                "id": question.id,
                "text": question.text,
                "reason": question.reason,
                "asked_stage": question.asked_stage,
                "asked_at": time(question.asked_at, question.asked_precision),
                "asked_precision": question.asked_precision,
                "recall": round(question.recall, 3),
                "hint": question.hint,
            }
            for question in briefing.questions
        ],
        "hr_answers": [
            {"id": item.id, "text": item.text, "answer": item.answer, "company": item.company}
            for item in briefing.hr_answers
        ],
        "reverse": [one.text for one in briefing.reverse],
        "company_note": briefing.company_note,
    }
