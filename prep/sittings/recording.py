"""Sittings: daily practice, a drill, a mock interview, a coding task; and the attempts that are a part of them.

Each review is written when it is given: one transaction, one step of undo. What only tells of the sitting itself
(``begin_sitting``, ``spend``, ``end_sitting``) is no step that a person would take back: write it in a change of the
kind ``setting``, which undo leaves alone.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from prep.bank import log_attempt
from prep.models import Attempt, PracticeSession
from prep.sittings.summary import RecallChange, SittingSummary, TopicRecall, summarise
from prep.sittings.views import SittingAttempt, SittingView, open_sittings, read_attempts, sitting_row, view_sitting
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.text import sanitise_line

__all__ = [
    "RecallChange",
    "SittingAttempt",
    "SittingSummary",
    "SittingView",
    "TopicRecall",
    "begin_sitting",
    "end_sitting",
    "open_sittings",
    "rate",
    "read_attempts",
    "replan",
    "spend",
    "summarise",
    "take_back",
    "view_sitting",
]

KINDS = ("daily", "drill", "mock", "coding")

MODES = MappingProxyType({"daily": "practice", "drill": "drill", "mock": "mock", "coding": "coding"})
"""The mode of an attempt by the kind of its sitting."""


def begin_sitting(
    session: Session,
    *,
    kind: str,
    now: datetime,
    company_id: int | None = None,
    round_id: int | None = None,
    stage: str = "",
    minutes: int | None = None,
    plan: Mapping[str, Any] | None = None,
    language: str = "",
    interviewer: str = "",
) -> int:
    """Begin a sitting and return its id. Others may be open at the same time: each attempt belongs to its own.

    Args:
        session: Where to write.
        kind: daily, drill, mock or coding.
        now: An aware time.
        company_id: The company that is practised for.
        round_id: The round that is practised for.
        stage: The label of that round, also where none is planned.
        minutes: How long it is meant to take, 1 or more.
        plan: What was chosen, and why, as JSON can hold it; of daily practice and drills ``{"questions": [id, …]}``.
        language: zh or en, of a mock interview.
        interviewer: The language model that plays the interviewer; empty without one.

    Raises:
        RefusedError: the kind is unknown, or the minutes are less than one.
    """
    if kind not in KINDS:
        raise RefusedError(_("«{kind}» is no kind of practice.").format(kind=kind))
    if minutes is not None and minutes < 1:
        raise RefusedError(_("Practice takes a minute at least."))
    sitting = PracticeSession(
        kind=kind,
        company_id=company_id,
        round_id=round_id,
        stage=sanitise_line(stage),
        minutes=minutes,
        plan=json.dumps(dict(plan or {}), ensure_ascii=False),
        language=language,
        interviewer=sanitise_line(interviewer),
        started_at=now,
    )
    session.add(sitting)
    session.flush()
    return row_id(sitting.id)


def rate(
    session: Session,
    *,
    sitting_id: int | None,
    question_id: int,
    rating: str,
    now: datetime,
    seconds: int | None,
    answer: str = "",
    feedback: str = "",
    bet: str = "",
    solved: str = "",
    company_id: int | None = None,
    round_id: int | None = None,
    mode: str | None = None,
) -> int:
    """Record one review and return the attempt's id. Company, round and mode are the sitting's where none is given.

    A review given after the sitting's end, as in another window, counts all the same: no attempt is lost.

    Raises:
        GoneError: the question or the sitting is not there any more.
        RefusedError: the rating or the bet is none of again, hard, good, easy, or the seconds are negative.
    """
    sitting = None if sitting_id is None else sitting_row(session, sitting_id)
    if sitting is not None:
        company_id = sitting.company_id if company_id is None else company_id
        round_id = sitting.round_id if round_id is None else round_id
        mode = mode or MODES[sitting.kind]
    return log_attempt(
        session,
        question_id=question_id,
        rating=rating,
        now=now,
        seconds=seconds,
        answer=answer,
        feedback=feedback,
        bet=bet,
        solved=solved,
        company_id=company_id,
        round_id=round_id,
        sitting_id=sitting_id,
        mode=mode or "practice",
    )


def take_back(session: Session, *, attempt_id: int) -> int:
    """Take a review back, and return its question. The change log keeps it, so that undo brings it again.

    Raises:
        GoneError: it is not there, or was taken back already.
        RefusedError: it was not given here but found in a file.
    """
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise GoneError(_("This review is not there any more."))
    if attempt.mode == "notes":
        raise RefusedError(_("This answer was found in a file; it is no review that could be taken back."))
    question_id = attempt.question_id
    session.delete(attempt)
    session.flush()
    return question_id


def spend(session: Session, *, sitting_id: int, seconds: int) -> None:
    """Add time that was worked in a sitting, pauses left out.

    Raises:
        GoneError: the sitting is not there any more.
        RefusedError: the seconds are negative.
    """
    if seconds < 0:
        raise RefusedError(_("A practice cannot take less than no time."))
    sitting = sitting_row(session, sitting_id)
    sitting.spent_seconds = sitting.spent_seconds + seconds
    session.flush()


def replan(session: Session, *, sitting_id: int, plan: Mapping[str, Any]) -> None:
    """Replace what was chosen for a sitting that is under way.

    Raises:
        GoneError: the sitting is not there any more.
    """
    sitting = sitting_row(session, sitting_id)
    sitting.plan = json.dumps(dict(plan), ensure_ascii=False)
    session.flush()


def end_sitting(session: Session, *, sitting_id: int, now: datetime, state: str = "done") -> None:
    """End a sitting; one that was ended before stays as it was.

    Args:
        session: Where to write.
        sitting_id: The sitting.
        now: An aware time.
        state: done, or left when it ends before its end.

    Raises:
        GoneError: the sitting is not there any more.
        ValueError: the state is neither done nor left.
    """
    if state not in ("done", "left"):
        raise ValueError(f"a sitting does not end as {state}")
    sitting = sitting_row(session, sitting_id)
    if sitting.state == "open":
        sitting.state, sitting.ended_at = state, now
    session.flush()
