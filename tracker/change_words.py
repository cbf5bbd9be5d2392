"""The tables and fields of the change log as people read them."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.messages import _, later
from tracker.words import (
    kind_word,
    manner_word,
    outcome_word,
    part_word,
    phase_word,
    rating_word,
    sitting_state_word,
    sitting_word,
    solved_word,
    subject_word,
)

if TYPE_CHECKING:
    from tracker.changes import ChangeSummary

_TABLES = MappingProxyType(
    {
        "agreement": later("three-party agreement"),
        "application": later("application"),
        "asked": later("asked"),
        "attempt": later("practice"),
        "checklist": later("checklist"),
        "checklist_item": later("to do"),
        "checklist_template": later("checklist template"),
        "company": later("company"),
        "company_alias": later("other name"),
        "contact": later("contact"),
        "correction": later("correction"),
        "event": later("event"),
        "interviewer_prompt": later("interviewer prompt"),
        "introduction": later("introduction"),
        "introduction_take": later("introduction said aloud"),
        "introduction_version": later("version of an introduction"),
        "mock_turn": later("question of a mock interview"),
        "offer": later("offer"),
        "practice_session": later("sitting"),
        "promise": later("promise"),
        "question": later("question"),
        "question_copy": later("the same question elsewhere"),
        "review": later("line to review"),
        "round": later("round"),
        "saved_view": later("saved view"),
        "season": later("season"),
        "setting": later("setting"),
        "source": later("file"),
        "story": later("story"),
        "story_question": later("question of a story"),
        "topic": later("topic"),
        "topic_alias": later("other name of a topic"),
    }
)

_FIELDS = MappingProxyType(
    {
        "action": later("action"),
        "adjustable": later("another position would do"),
        "allowance": later("allowance a month"),
        "annotation": later("remark"),
        "answer": later("answer"),
        "answered_at": later("answered"),
        "application_id": later("application"),
        "asked": later("asked"),
        "asked_at": later("when"),
        "assumptions": later("assumptions"),
        "attempted_at": later("when"),
        "audience": later("audience"),
        "base_pay": later("pay a month"),
        "batch": later("batch"),
        "bet": later("bet on oneself"),
        "blocking": later("must be done"),
        "bonus": later("bonus"),
        "broken_at": later("broken"),
        "by": later("by whom"),
        "carried_from_id": later("carried over from"),
        "channel": later("channel"),
        "characters": later("characters"),
        "checklist_id": later("checklist"),
        "city": later("city"),
        "company_id": later("company"),
        "corrects_id": later("about"),
        "currency": later("currency"),
        "deadline_at": later("apply until"),
        "debriefed_at": later("looked back on"),
        "definition": later("what it shows"),
        "description": later("what the position asks for"),
        "done_at": later("done"),
        "due_at": later("due"),
        "ended_at": later("ended"),
        "ends_at": later("until"),
        "feedback": later("feedback"),
        "flagged": later("flagged"),
        "follows_id": later("follow-up of"),
        "fund_base": later("housing fund counted from"),
        "fund_share": later("housing fund, percent"),
        "heading": later("heading"),
        "hukou": later("hukou"),
        "importance": later("importance"),
        "imported_at": later("imported"),
        "interviewer": later("interviewer"),
        "introduction_id": later("introduction"),
        "is_current": later("current"),
        "items": later("items"),
        "kind": later("kind"),
        "language": later("language"),
        "level": later("level"),
        "link": later("link"),
        "links": later("links"),
        "manner": later("how it came"),
        "marks": later("marked sentences"),
        "medium": later("how"),
        "minutes": later("minutes"),
        "minutes_before": later("minutes before"),
        "mode": later("mode"),
        "months": later("months a year"),
        "mood": later("mood"),
        "most_applications": later("positions at most"),
        "name": later("name"),
        "note": later("note"),
        "number": later("number"),
        "occurred_at": later("when"),
        "orphaned": later("gone from its file"),
        "other": later("other name"),
        "outcome": later("outcome"),
        "parent_id": later("part of"),
        "part": later("part"),
        "path": later("path"),
        "penalty": later("penalty"),
        "phase": later("phase"),
        "platform": later("platform"),
        "precision": later("precision"),
        "preference": later("preference"),
        "previous_id": later("revives"),
        "proposal": later("proposal"),
        "question_id": later("question"),
        "rating": later("rating"),
        "reach": later("reached by"),
        "received_at": later("received"),
        "recorded_at": later("recorded"),
        "referral_code": later("referral code"),
        "referrer": later("referrer"),
        "released_at": later("letter of release"),
        "result": later("result"),
        "resume": later("résumé"),
        "retired": later("not used any more"),
        "role": later("role"),
        "round_id": later("round"),
        "said_at": later("when"),
        "season_id": later("season"),
        "seconds": later("seconds"),
        "session_id": later("sitting"),
        "share_value": later("shares"),
        "signed_at": later("signed"),
        "signing": later("signing bonus"),
        "situation": later("situation"),
        "solved": later("how it was solved"),
        "source": later("from where"),
        "source_answer": later("answer in the file"),
        "spent_seconds": later("seconds spent"),
        "stage": later("stage"),
        "stars": later("stars"),
        "started_at": later("begun"),
        "starts_at": later("when"),
        "state": later("state"),
        "story_id": later("story"),
        "style": later("writing style"),
        "subject": later("about"),
        "suspended": later("left out of practice"),
        "tags": later("tags"),
        "taken_at": later("when"),
        "target_seconds": later("seconds to aim at"),
        "task": later("task"),
        "template_key": later("made from"),
        "text": later("text"),
        "tier": later("tier"),
        "timezone": later("time zone"),
        "title": later("title"),
        "topic_id": later("topic"),
        "underlined": later("underlined"),
        "value": later("value"),
        "variants": later("variants"),
        "verdict": later("what it is"),
        "version_id": later("version"),
        "vesting": later("vesting"),
        "weekly_hours": later("hours a week"),
        "words": later("words"),
    }
)

_OF_ONE_TABLE = MappingProxyType(
    {
        ("agreement", "deadline_at"): later("sign until"),
        ("application", "path"): later("stages to come"),
        ("application", "position"): later("position"),
        ("mock_turn", "manner"): later("typed or spoken"),
        ("offer", "deadline_at"): later("answer until"),
        ("offer", "marks"): later("own marks"),
        ("story", "result"): later("outcome"),
    }
)

TECHNICAL = frozenset(
    {
        "after",
        "before",
        "confidence",
        "created_at",
        "encoding",
        "fingerprint",
        "id",
        "key",
        "line",
        "name_key",
        "occurrence",
        "ordinal",
        "other_id",
        "phase",
        "pinyin",
        "plan",
        "position",
        "precision",
        "reading",
        "recorded_at",
        "report",
        "source_hash",
        "source_id",
        "source_line",
        "source_steps",
        "source_text",
        "text_key",
    }
)
"""Fields that follow from others, or that only the program reads; named where nothing else can be."""


def table_word(table: str) -> str:
    """What a row of a table is, in a word or two."""
    return _(_TABLES[table]) if table in _TABLES else table


def field_word(table: str, field: str) -> str:
    """A field in a word or two; one without is shown by its name in the database."""
    message = _OF_ONE_TABLE.get((table, field)) or _FIELDS.get(field)
    return _(message) if message else field


def is_technical(table: str, field: str) -> bool:
    """Whether a person has no use for a field."""
    return field in TECHNICAL and (table, field) not in _OF_ONE_TABLE


def code_word(table: str, field: str, code: str) -> str:
    """A stable code of the program as people read it; any other text as it is."""
    say = _CODES.get(f"{table}.{field}") or (_CODES.get(field) if table != "story" else None)
    return say(code) if say else code


def event_word(kind: str) -> str:
    """What kind of event a line of the history is, in a word."""
    return {
        "stage": _("stage"),
        "outcome": _("outcome"),
        "note": _("note"),
        "correction": _("correction"),
        "retraction": _("retraction"),
    }.get(kind) or outcome_word(kind)


def action_word(action: str) -> str:
    """What a step did to a row, in a word."""
    return {"added": _("added"), "changed": _("changed"), "removed": _("removed")}.get(action, action)


def state_word(step: "ChangeSummary") -> str:
    """Whether a step counts, in a word: nothing when it does."""
    if not step.undone:
        return ""
    return _("reverted") if step.reverted else _("undone")


def _medium_word(medium: str) -> str:
    return {"online": _("online"), "onsite": _("onsite"), "phone": _("phone")}.get(medium, medium)


def _state_word(state: str) -> str:
    return {
        "planned": _("planned"),
        "done": _("done"),
        "missed": _("missed"),
        "cancelled": _("cancelled"),
        "open": _("undecided"),
        "accepted": _("accepted"),
        "dismissed": _("dismissed"),
    }.get(state, state)


def _precision_word(precision: str) -> str:
    return {
        "minute": _("to the minute"),
        "day": _("the day"),
        "month": _("the month"),
        "unknown": _("unknown"),
    }.get(precision, precision)


def _source_word(source: str) -> str:
    """Where an event came from; otherwise it is the name of a file."""
    return {"capture": _("one line"), "command": _("a command")}.get(source, source)


def _turn_word(manner: str) -> str:
    return {"typed": _("typed"), "spoken": _("spoken"), "skipped": _("skipped")}.get(manner, manner)


def _hukou_word(hukou: str) -> str:
    return {"certain": _("certain"), "possible": _("possible"), "none": _("none")}.get(hukou, hukou)


SUMS = frozenset({"base_pay", "bonus", "signing", "share_value", "fund_base", "allowance", "penalty"})
"""Fields that are money."""


def number_word(field: str, value: object) -> str:
    """A number as people read it: money by its thousands, without a needless fraction."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return f"{value:,}" if field in SUMS and isinstance(value, int) else str(value)


def setting_word(name: str) -> str:
    """What is kept under the name of a setting, in a word or two; one without words by its name."""
    return {
        "offer_assumptions": _("assumptions about all offers"),
        "offer_weights": _("weights of the comparison of offers"),
    }.get(name, name)


def _pairs_word(stored: str) -> str:
    """Marks, weights or assumptions with their names in words; any other text as it is."""
    from tracker.offers.assumptions import ASSUMED, assumption_word, is_rate, show_assumption
    from tracker.offers.wording import criterion_word

    try:
        found = json.loads(stored)
    except ValueError:
        return stored
    if not isinstance(found, dict) or not all(isinstance(value, int | float) for value in found.values()):
        return stored
    return " · ".join(
        f"{assumption_word(name)} {show_assumption(name, value)}"
        if name in ASSUMED or is_rate(name)
        else f"{criterion_word(name)} {number_word(name, float(value))}"
        for name, value in found.items()
    )


def _items_word(stored: str) -> str:
    """The items of a template by their texts."""
    return " · ".join(str(item.get("text", "")) for item in json.loads(stored).get("items", ()))


_CODES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "checklist_template.items": _items_word,
        "event.kind": event_word,
        "event.source": _source_word,
        "offer.assumptions": _pairs_word,
        "offer.hukou": _hukou_word,
        "offer.marks": _pairs_word,
        "question.kind": kind_word,
        "setting.value": _pairs_word,
        "review.kind": subject_word,
        "attempt.bet": rating_word,
        "attempt.rating": rating_word,
        "attempt.solved": solved_word,
        "mock_turn.manner": _turn_word,
        "mock_turn.part": part_word,
        "mock_turn.rating": rating_word,
        "practice_session.kind": sitting_word,
        "practice_session.state": sitting_state_word,
        "outcome": outcome_word,
        "result": outcome_word,
        "phase": phase_word,
        "manner": manner_word,
        "medium": _medium_word,
        "state": _state_word,
        "precision": _precision_word,
    }
)
"""What gives a code its words, by table and field, or by field alone."""
