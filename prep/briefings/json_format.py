"""A briefing as JSON with stable names; times as ISO 8601 with offset."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from prep.briefings.briefing import Briefing, BriefingQuestion, DrillOutline
from prep.briefings.sections import sections
from tracker.stages import Precision

_Time = Callable[[datetime | None, str], str | None]


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
        "company_id": briefing.company_id,
        "now": time(briefing.now),
        "hour": briefing.hour.value,
        "kind": briefing.kind.value,
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
            "id": briefing.round_id,
            "timezone": briefing.timezone,
            "debriefed_at": time(briefing.debriefed_at),
        },
        "expected_stage": briefing.stage,
        "checklist": {
            "done": briefing.checklist_done,
            "total": briefing.checklist_total,
            "blocking": [item.text for item in briefing.blocking],
            "open": [item.text for item in briefing.to_do],
        },
        "introduction": None
        if draft is None
        else {
            "title": draft.title,
            "text": draft.text,
            "estimated_seconds": draft.estimated_seconds,
            "target_seconds": draft.target_seconds,
            "id": draft.id,
            "measured_seconds": draft.measured_seconds,
            "company": draft.company,
            "opening": briefing.opening,
        },
        "earlier": [
            {
                "stage": step.stage,
                "outcome": step.outcome,
                "at": time(step.at, step.precision),
                "precision": step.precision,
                "note": step.note,
                "mood": step.mood,
                "asked": [
                    {"id": one.question_id, "text": one.text, "rating": one.rating, "note": one.note}
                    for one in step.asked
                ],
                "promises": [{"kind": one.kind, "by": one.by, "text": one.text} for one in step.promises],
            }
            for step in briefing.earlier
        ],
        "questions": [_question(one, time) for one in briefing.questions],
        "cues": [_question(one, time) for one in briefing.cues],
        "hr_answers": [
            {
                "id": item.id,
                "text": item.text,
                "answer": item.answer,
                "company": item.company,
                "seconds": item.seconds,
            }
            for item in briefing.hr_answers
        ],
        "reverse": [one.text for one in briefing.reverse],
        "company_note": briefing.company_note,
        "contacts": [
            {"name": one.name, "role": one.role, "reach": one.reach, "note": one.note} for one in briefing.contacts
        ],
        "needs": [
            {
                "text": need.text,
                "story": None
                if need.story is None
                else {"id": need.story.id, "title": need.story.title, "number": need.story.number},
            }
            for need in briefing.needs
        ],
        "coding": [
            {
                "id": task.id,
                "text": task.text,
                "solved": task.solved,
                "tried_at": time(task.tried_at),
                "minutes": task.minutes,
                "link": task.link,
                "recall": round(task.recall, 3),
            }
            for task in briefing.coding
        ],
        "day": [
            {
                "round": one.round_id,
                "company": one.company,
                "stage": one.stage,
                "starts_at": time(one.starts_at, one.precision),
                "ends_at": time(one.ends_at, one.precision),
                "precision": one.precision,
            }
            for one in briefing.day
        ],
        "clashes": [
            {
                "round": clash.round_id,
                "company": clash.company,
                "stage": clash.stage,
                "kind": clash.kind,
                "free_minutes": clash.free_minutes,
            }
            for clash in briefing.clashes
        ],
        "missing": [
            {"kind": one.kind.value, "count": one.count, "nearest_id": one.nearest_id} for one in briefing.missing
        ],
        "readiness": _readiness(briefing.drill),
        "sections": [
            {"part": section.part.value, "seconds": section.seconds} for section in sections(briefing, zone=zone)
        ],
    }


def _question(question: BriefingQuestion, time: _Time) -> dict[str, Any]:
    is_here = question.reason == "asked_here"
    asked_at = time(question.asked_at, question.asked_precision)
    return {
        "id": question.id,
        "text": question.text,
        "reason": question.reason,
        "asked_stage": question.asked_stage if is_here else "",
        "asked_at": asked_at if is_here else None,
        "asked_precision": question.asked_precision if is_here else "unknown",
        "recall": round(question.recall, 3),
        "hint": question.hint,
        "kind": question.kind,
        "topic": question.topic,
        "sign": question.sign,
        "likelihood": round(question.weight, 3),
        "seconds": question.seconds,
        "written_for": question.written_for,
        "asked_elsewhere": {
            "company": question.asked_company,
            "stage": question.asked_stage,
            "at": asked_at,
            "precision": question.asked_precision,
        }
        if question.asked_company
        else None,
    }


def _readiness(drill: DrillOutline | None) -> dict[str, Any] | None:
    if drill is None:
        return None
    return {
        "minutes": drill.minutes,
        "questions": drill.questions,
        "now": round(drill.now, 3),
        "after": round(drill.after, 3),
        "at_interview": round(drill.at_interview, 3),
        "without": round(drill.without, 3),
        "n": drill.likely,
    }
