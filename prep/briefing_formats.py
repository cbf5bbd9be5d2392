"""A briefing as text, Markdown and JSON. The screen renders the same value in its own way."""

from datetime import datetime, tzinfo
from typing import Any

from prep.briefing import Briefing, BriefingQuestion, PastStep
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import countdown, show_time
from tracker.words import outcome_word


def headline(briefing: Briefing, zone: tzinfo) -> str:
    """Company, round and when: ``快手 · 一面 · 明天 14:00 (28 小时后)``."""
    parts = [briefing.company]
    if briefing.stage:
        parts.append(briefing.stage)
    if briefing.starts_at is not None:
        shown = show_time(briefing.starts_at, briefing.precision, now=briefing.now, zone=zone)
        parts.append(f"{shown} ({countdown(briefing.starts_at, now=briefing.now)})")
    else:
        parts.append(_("no round is planned yet"))
    return " · ".join(parts)


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
        day = (
            show_time(question.asked_at, Precision.DAY, now=now, zone=zone)
            if question.asked_at and question.asked_precision != Precision.UNKNOWN
            else ""
        )
        return " ".join(filter(None, (_("asked here"), question.asked_stage, day)))
    return _("weak") if question.reason == "weak" else _("important")


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


def _sections(briefing: Briefing, zone: tzinfo) -> list[tuple[str, list[str]]]:
    now = briefing.now
    draft = briefing.introduction
    questions = []
    for question in briefing.questions:
        reason = reason_line(question, now=now, zone=zone)
        hint = f"\n    {question.hint}" if question.hint else ""
        questions.append(f"[{reason} · {round(question.recall * 100)} %] {question.text}{hint}")
    checklist = [_("not done: {item}").format(item=item.text) for item in briefing.blocking]
    if briefing.checklist_total:
        checklist.append(
            _("{done} of {total} done").format(done=briefing.checklist_done, total=briefing.checklist_total)
        )
    return [
        (_("Before you walk in"), checklist),
        (_("Self-introduction"), [speaking_line(briefing), *([draft.text] if draft else [])]),
        (_("Earlier here"), [step_line(step, now=now, zone=zone) for step in briefing.earlier]),
        (_("Most worth five minutes"), questions),
        (
            _("HR answers"),
            [
                f"{answer.text}\n    {answer.answer.strip()}" if answer.answer.strip() else answer.text
                for answer in briefing.hr_answers
            ],
        ),
        (_("Not yet asked back"), list(briefing.reverse)),
        (_("Notes"), [text for text in (briefing.round_note.strip(), briefing.company_note.strip()) if text]),
    ]


def as_text(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as plain text."""
    lines = [headline(briefing, zone), *filter(None, [briefing.position, place_line(briefing)])]
    for title, entries in _sections(briefing, zone):
        if entries:
            lines += ["", title, *(f"  {entry}" for entry in "\n".join(entries).split("\n"))]
    return "\n".join(lines) + "\n"


def as_markdown(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as Markdown; what people wrote stands in it unchanged."""
    lines = [f"# {headline(briefing, zone)}", *filter(None, [briefing.position, place_line(briefing)])]
    for title, entries in _sections(briefing, zone):
        if entries:
            lines += ["", f"## {title}", ""]
            lines += ["- " + entry.replace("\n", "\n  ") for entry in entries]
    return "\n".join(lines) + "\n"


def as_json(briefing: Briefing, *, zone: tzinfo) -> dict[str, Any]:
    """The briefing with stable names; times as ISO 8601 with offset."""

    def time(value: datetime | None) -> str | None:
        return None if value is None else value.astimezone(zone).isoformat()

    draft = briefing.introduction
    return {
        "company": briefing.company,
        "tier": briefing.tier,
        "position": briefing.position,
        "round": None
        if briefing.round_id is None
        else {
            "stage": briefing.stage,
            "starts_at": time(briefing.starts_at),
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
                "at": time(step.at),
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
                "asked_at": time(question.asked_at),
                "recall": round(question.recall, 3),
                "hint": question.hint,
            }
            for question in briefing.questions
        ],
        "hr_answers": [
            {"id": item.id, "text": item.text, "answer": item.answer, "company": item.company}
            for item in briefing.hr_answers
        ],
        "reverse": list(briefing.reverse),
        "company_note": briefing.company_note,
    }
