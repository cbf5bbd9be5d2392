"""Feedback as it is kept beside a turn: JSON within bounds, whoever gave it."""

import json
from dataclasses import asdict, replace

from prep.interviewing.interviewer import COVERED, MISSING, UNCLEAR, Feedback, Point
from prep.interviewing.key_points import LONGEST_POINT, MOST_POINTS
from tracker.text import sanitise

MOST_SUGGESTIONS = 5
LONGEST_SUGGESTION = 400
LONGEST_QUOTE = 400


def checked_feedback(feedback: Feedback, *, answer: str, source: str = "") -> Feedback:
    """Feedback within bounds: a covered point whose quote does not stand in the answer is unclear.

    Args:
        feedback: From any interviewer.
        answer: The answer that it is about.
        source: Who gave it.
    """
    points = tuple(_checked(point, answer) for point in feedback.points[:MOST_POINTS] if point.text.strip())
    suggestions = tuple(_clean(one, LONGEST_SUGGESTION) for one in feedback.suggestions[:MOST_SUGGESTIONS])
    told = any(point.verdict != UNCLEAR for point in points) or any(suggestions)
    return replace(
        feedback,
        points=points,
        is_enough=feedback.is_enough and told,
        reason=feedback.reason if not feedback.is_enough else "" if told else "unclear",
        suggestions=tuple(filter(None, suggestions)),
        source=source or feedback.source,
    )


def _checked(point: Point, answer: str) -> Point:
    text = _clean(point.text, LONGEST_POINT)
    quote = point.quote.strip()[:LONGEST_QUOTE]
    if point.verdict == COVERED and quote and quote in answer:
        return Point(text, COVERED, quote)
    return Point(text, MISSING if point.verdict == MISSING else UNCLEAR)


def _clean(text: str, longest: int) -> str:
    clean = " ".join(sanitise(text)[0].split())
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def dump_feedback(feedback: Feedback) -> str:
    """The JSON that is kept."""
    return json.dumps(asdict(feedback), ensure_ascii=False)


def parse_feedback(text: str) -> Feedback | None:
    """What was kept; ``None`` when there is none, or it cannot be read."""
    if not text.strip():
        return None
    try:
        found = json.loads(text)
        return Feedback(
            points=tuple(
                Point(str(one["text"]), str(one["verdict"]), str(one.get("quote", ""))) for one in found["points"]
            ),
            is_enough=bool(found["is_enough"]),
            reason=str(found.get("reason", "")),
            suggestions=tuple(map(str, found.get("suggestions", ()))),
            source=str(found.get("source", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
