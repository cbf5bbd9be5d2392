"""Practising one coding task: its time is kept while it runs, so that a kill loses neither it nor the code.

A practice is a sitting of the kind ``coding``. Beginning it, keeping its time and leaving it are no steps that a
person would take back: write them in a change of the kind ``setting``. Finishing it is one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from prep.bank import question_row
from prep.coding.tasks import record_solution
from prep.sittings.recording import begin_sitting, end_sitting, replan
from prep.sittings.views import SittingView, open_sittings, sitting_row, view_sitting
from tracker.errors import RefusedError
from tracker.messages import _


@dataclass(frozen=True, slots=True)
class CodingPractice:
    """A practice that was begun and has no result yet."""

    sitting_id: int
    question_id: int
    spent_seconds: int
    """How long it was worked at, without the stretch that runs now."""
    since: datetime | None
    """When the stretch that runs now began; ``None`` while the clock stands."""
    company_id: int | None
    round_id: int | None


def open_practice(session: Session, *, question_id: int) -> CodingPractice | None:
    """The practice of a task that was begun and has no result yet, the newest one; ``None`` when there is none."""
    views = open_sittings(session, kind="coding")
    return next((_practice(view) for view in views if _question_of(view) == question_id), None)


def time_so_far(practice: CodingPractice, *, saved_at: datetime | None, now: datetime) -> int:
    """Seconds that were worked, those of a stretch that was broken off included: until the code was saved last."""
    if practice.since is None or saved_at is None:
        return practice.spent_seconds
    return practice.spent_seconds + max(0, round((min(saved_at, now) - practice.since).total_seconds()))


def begin_practice(
    session: Session,
    *,
    question_id: int,
    now: datetime,
    saved_at: datetime | None = None,
    company_id: int | None = None,
    round_id: int | None = None,
    is_anew: bool = False,
) -> CodingPractice:
    """Start the clock of a task: of the practice that is open, else of a new one.

    Of a stretch that was broken off, as by a kill, the time until the code was saved last counts.

    Args:
        session: Where to write.
        question_id: The task.
        now: An aware time.
        saved_at: When the scratch file was written last, if there is one.
        company_id: The company that is practised for; an open practice keeps its own.
        round_id: The round that is practised for, likewise.
        is_anew: End an open practice without a result, and begin another.

    Raises:
        GoneError: the task is not there any more.
        RefusedError: the question is no coding task.
    """
    if question_row(session, question_id).kind != "coding":
        raise RefusedError(_("This question is no coding task."))
    found = open_practice(session, question_id=question_id)
    if found is not None and is_anew:
        end_sitting(session, sitting_id=found.sitting_id, now=now, state="left")
        found = None
    if found is None:
        sitting_id = begin_sitting(session, kind="coding", now=now, company_id=company_id, round_id=round_id)
    else:
        sitting_id = found.sitting_id
        if found.since is not None and saved_at is not None:
            _spend(session, sitting_id, found.since, min(saved_at, now))
    _start(session, sitting_id, question_id, now)
    return _practice(view_sitting(session, sitting_id))


def keep_time(
    session: Session, *, sitting_id: int, since: datetime, now: datetime, goes_on: bool = False
) -> CodingPractice:
    """Add the stretch that began at ``since`` to the time, and stop the clock, or let it go on from ``now``.

    A stretch that is not the one under way, as of another window that has begun anew since, counts for nothing: its
    time would count twice. A clock that was set back adds nothing.

    Raises:
        GoneError: the practice is not there any more.
    """
    practice = _practice(view_sitting(session, sitting_id))
    if practice.since == since:
        _spend(session, sitting_id, since, now)
        _start(session, sitting_id, practice.question_id, now if goes_on else None)
    return _practice(view_sitting(session, sitting_id))


def finish_practice(
    session: Session, *, sitting_id: int, solved: str, now: datetime, seconds: int | None, code: str = ""
) -> int:
    """Record how it went, end the practice, and return the attempt's id.

    Args:
        session: Where to write.
        sitting_id: The practice.
        solved: alone, looked or failed.
        now: An aware time.
        seconds: How long it took, as the person confirmed it; ``None`` when nobody knows.
        code: What was written.

    Raises:
        GoneError: the practice or the task is not there any more.
        RefusedError: it has a result already, the result is unknown, or the seconds are negative.
    """
    view = view_sitting(session, sitting_id)
    if view.state != "open":
        raise RefusedError(_("This practice was ended already, perhaps in another window. Nothing was recorded twice."))
    attempt_id = record_solution(
        session,
        question_id=_question_of(view),
        solved=solved,
        now=now,
        seconds=seconds,
        code=code,
        sitting_id=sitting_id,
    )
    _start(session, sitting_id, _question_of(view), None)
    if seconds is not None:
        sitting_row(session, sitting_id).spent_seconds = seconds
    end_sitting(session, sitting_id=sitting_id, now=now)
    return attempt_id


def _start(session: Session, sitting_id: int, question_id: int, since: datetime | None) -> None:
    """Let the clock run from ``since``, or stand."""
    plan = {"questions": [question_id], "since": since.isoformat() if since is not None else ""}
    replan(session, sitting_id=sitting_id, plan=plan)


def _spend(session: Session, sitting_id: int, since: datetime, until: datetime) -> None:
    sitting = sitting_row(session, sitting_id)
    sitting.spent_seconds += max(0, round((until - since).total_seconds()))
    session.flush()


def _question_of(view: SittingView) -> int:
    """The task of a sitting; 0 where another program left something else in its plan."""
    listed = view.plan.get("questions")
    return listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], int) else 0


def _practice(view: SittingView) -> CodingPractice:
    return CodingPractice(view.id, _question_of(view), view.spent_seconds, _since(view), view.company_id, view.round_id)


def _since(view: SittingView) -> datetime | None:
    stamp = view.plan.get("since")
    try:
        since = datetime.fromisoformat(stamp) if isinstance(stamp, str) else None
    except ValueError:
        return None
    return since if since is not None and since.tzinfo is not None else None
