"""A weekly review as text for a terminal, as Markdown for notes, and as JSON for scripts."""

import re
from collections.abc import Iterable
from datetime import datetime

from prep.practice_values import MeanRecall, PracticeStatistics
from prep.week_review import WeekReview
from prep.week_review_words import (
    ReviewLine,
    lead_sentences,
    number_rows,
    shown_sections,
    week_heading,
    which_week,
)
from tracker.messages import _
from tracker.stages import Precision
from tracker.text import sanitise_line
from tracker.weekly_values import Moved

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def as_text(review: WeekReview) -> str:
    """The review as plain text; what is missing stands behind an exclamation mark."""
    parts = [f"{week_heading(review)} · {which_week(review)}", *lead_sentences(review)]
    rows = number_rows(review)
    if rows:
        parts.append("\n" + _("In numbers (the week before in brackets)"))
        parts.append("  " + " · ".join(row.words for row in rows))
    for section in shown_sections(review):
        parts.append(f"\n{section.title}")
        parts += [f"  {_text_line(line)}" for line in section.lines] or [f"  {section.empty}"]
    return "\n".join(parts) + "\n"


def _text_line(line: ReviewLine) -> str:
    told = "  ".join(filter(None, (sanitise_line(line.subject), sanitise_line(line.words), line.detail)))
    return f"{told}  ! {line.lacks}" if line.lacks else told


def as_markdown(review: WeekReview) -> str:
    """The review as Markdown; what people wrote stands in it as text, never as markup."""
    parts = [f"# {_escaped(week_heading(review))}", *map(_escaped, lead_sentences(review))]
    rows = number_rows(review)
    if rows:
        head = [f"| {_('figure')} | {_('the week')} | {_('the week before')} |", "| --- | ---: | ---: |"]
        parts.append("\n".join([*head, *(f"| {row.title} | {row.week} | {row.before} |" for row in rows)]))
    for section in shown_sections(review):
        parts.append(f"## {_escaped(section.title)}")
        parts.append("\n".join(_markdown_lines(section.lines)) or _escaped(section.empty))
    return "\n\n".join(parts) + "\n"


def _markdown_lines(lines: Iterable[ReviewLine]) -> Iterable[str]:
    for line in lines:
        told = f"- **{_escaped(line.subject)}** {_escaped(line.words)}"
        told += f" *{_escaped(line.detail)}*" if line.detail else ""
        yield told + (f" ⚠ {_escaped(line.lacks)}" if line.lacks else "")


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", sanitise_line(text))


def as_json(review: WeekReview) -> dict[str, object]:
    """The review with stable names; times as ISO 8601 with their offset, days as ``2026-03-25``."""
    hunt = review.hunt
    year, number = review.span.number
    return {
        "week": f"{year}-W{number:02d}",
        "monday": review.span.monday.isoformat(),
        "sunday": review.span.sunday.isoformat(),
        "is_over": hunt.is_over,
        "counts": hunt.counts._asdict(),
        "before": hunt.before._asdict(),
        "undated": hunt.undated,
        "considered": hunt.considered,
        "moved": [_moved(one) for one in hunt.moved],
        "applied": [_moved(one) for one in hunt.applied],
        "held": [
            {
                "round": one.round_id,
                "application": one.application_id,
                "company": one.company,
                "stage": one.stage,
                "phase": one.phase,
                "at": _moment(one.at, one.precision),
                "state": one.state,
                "result": one.result or None,
                "debriefed": one.is_debriefed,
                "asked": review.asked.get(one.round_id, 0),
            }
            for one in hunt.held
        ],
        "silent": [
            {
                "application": one.application_id,
                "company": one.company,
                "stage": one.stage,
                "days": one.days,
                "in_pool": one.in_pool,
            }
            for one in hunt.silent
        ],
        "offers": [
            {
                "application": one.application_id,
                "company": one.company,
                "what": one.what,
                "day": one.day.isoformat(),
                "at": None if one.at is None else one.at.isoformat(timespec="seconds"),
            }
            for one in (*hunt.offers, *hunt.deadlines)
        ],
        "practice": {
            **_practice(review.practice.week),
            "before": _practice(review.practice.before),
            "recall_then": _recall(review.practice.recall_then),
            "recall_now": _recall(review.practice.recall_now),
        },
        "ahead": [
            {
                "key": one.entry.key,
                "kind": str(one.entry.kind),
                "application": one.entry.application_id,
                "company": one.entry.company,
                "stage": one.entry.stage,
                "round": one.entry.round_id,
                "at": _moment(one.entry.starts_at, one.entry.precision),
                "ends_at": _moment(one.entry.ends_at, one.entry.precision),
                "done": one.entry.done,
                "clashes": list(one.entry.clashes),
                "checklist": {"done": one.checklist - one.undone, "total": one.checklist},
                "lacks": list(one.lacks),
            }
            for one in review.ahead
        ],
    }


def _moved(moved: Moved) -> dict[str, object]:
    return {
        "application": moved.application_id,
        "company": moved.company,
        "position": moved.position or None,
        "before": moved.before or None,
        "answered": moved.heard,
        "steps": [
            {
                "kind": step.kind,
                "stage": step.stage,
                "phase": str(step.phase),
                "outcome": step.outcome or None,
                "manner": step.manner or None,
                "day": step.day.isoformat(),
                "at": None if step.at is None else step.at.isoformat(timespec="seconds"),
                "answered": step.heard,
                "waited": step.waited,
            }
            for step in moved.steps
        ],
    }


def _practice(practice: PracticeStatistics) -> dict[str, object]:
    return {
        "seconds": practice.seconds,
        "reviews": practice.reviews,
        "questions": practice.reviewed,
        "recalled": {"hits": practice.recalled.hits, "n": practice.recalled.n},
        "ratings": practice.ratings._asdict(),
        "mocks": practice.mocks._asdict(),
        "coding": {
            "tried": practice.coding.tried,
            "alone": practice.coding.alone,
            "looked": practice.coding.looked,
            "failed": practice.coding.failed,
        },
    }


def _recall(recall: MeanRecall) -> dict[str, object]:
    return {"mean": None if recall.mean is None else round(recall.mean, 4), "n": recall.n}


def _moment(moment: datetime | None, precision: str) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="seconds") if precision == Precision.MINUTE else moment.date().isoformat()
