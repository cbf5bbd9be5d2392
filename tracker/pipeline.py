"""Stages, rounds, outcomes: the only code that moves an application.

Every function here appends to the history and returns what changed; nothing is overwritten. The caller owns the
transaction (``Database.change``), which logs the rows and refolds the board.
"""

from datetime import datetime

from sqlmodel import Session, select

from tracker.amending import amend_event, retract_event
from tracker.applications import At, add_application, application_row, lasting_details
from tracker.errors import RefusedError
from tracker.hiring import next_label
from tracker.history import Standing
from tracker.messages import _
from tracker.models import Application
from tracker.moves import into_or_out_of_pool, into_revival, into_stage, refuse_closed, to_outcome
from tracker.recording import Course, Moved, NewEvent, load_course, load_events, record_event, refuse_ahead, standing_of
from tracker.settling import settle_rounds
from tracker.stages import Stage, resolve_stage

__all__ = [
    "Moved",
    "add_note",
    "advance",
    "amend_event",
    "enter_stage",
    "load_events",
    "mark_revived",
    "move_to",
    "record_contact",
    "record_outcome",
    "refuse_if_there",
    "resolve_stage",
    "retract_event",
    "revive",
    "set_pool",
    "standing_of",
]


def move_to(
    session: Session,
    *,
    application_id: int,
    label: str,
    now: datetime,
    at: At | None = None,
    note: str = "",
    source: str = "",
) -> Moved:
    """Put an application into a stage.

    Raises:
        RefusedError: the stage is unknown, or it is the one the application is in already.
    """
    stage = resolve_stage(label)
    return _enter(session, load_course(session, application_id), stage, now=now, at=at, note=note, source=source)


def _enter(
    session: Session,
    course: Course,
    stage: Stage,
    *,
    now: datetime,
    at: At | None,
    note: str = "",
    source: str = "",
) -> Moved:
    refuse_if_there(course.standing, stage.label)
    new = into_stage(label=stage.label, phase=stage.phase, at=at or At.minute(now), note=note, source=source)
    return record_event(session, course, new, now=now)


def refuse_if_there(standing: Standing, label: str) -> None:
    """Refuse to enter a stage that an application is in, and that has neither ended nor gone into the pool.

    Raises:
        RefusedError: it is there.
    """
    is_there = standing.stage == label and standing.active and not standing.in_pool and not standing.outcome
    if standing.last_event_id is not None and is_there:
        raise RefusedError(_("It is in {stage} already.").format(stage=label))


def enter_stage(
    session: Session,
    *,
    application_id: int,
    label: str,
    phase: str,
    now: datetime,
    at: At,
    note: str = "",
    source: str = "",
) -> Moved:
    """Put an application into a stage whose phase is known, under any label.

    Raises:
        RefusedError: the application is gone.
    """
    new = into_stage(label=label, phase=phase, at=at, note=note, source=source)
    return record_event(session, load_course(session, application_id), new, now=now)


def advance(session: Session, *, application_id: int, now: datetime, at: At | None = None) -> Moved:
    """Put an application into the stage that usually follows: on its own path, or in its kind of hiring.

    Raises:
        RefusedError: it is closed, or at the end of the path.
    """
    course = load_course(session, application_id)
    present = course.standing
    refuse_closed(present)
    label = next_label(present.stage, batch=course.batch, path=course.path)
    if label is None:
        raise RefusedError(_("Nothing usually follows {stage}; choose a stage with s.").format(stage=present.stage))
    return _enter(session, course, resolve_stage(label), now=now, at=at)


def record_outcome(
    session: Session,
    *,
    application_id: int,
    outcome: str,
    now: datetime,
    at: At | None = None,
    stage: str = "",
    manner: str = "",
    note: str = "",
    source: str = "",
) -> Moved:
    """Record how the present stage, or the whole application, ended.

    ``manner`` tells how a rejection came: silence, letter or missed.

    Raises:
        RefusedError: the outcome or the manner is unknown, its time lies ahead, or the application is closed already.
    """
    course = load_course(session, application_id)
    new = to_outcome(
        course.standing, outcome=outcome, now=now, at=at, stage=stage, manner=manner, note=note, source=source
    )
    moved = record_event(session, course, new, now=now)
    settle_rounds(session, application_id, stage=new.stage, outcome=outcome, manner=manner)
    return moved


def set_pool(
    session: Session, *, application_id: int, now: datetime, at: At | None = None, note: str = "", source: str = ""
) -> Moved:
    """Put an application into the pool (泡池子), or take it out when it is in: its stage stays.

    Raises:
        RefusedError: it is closed, or the time lies ahead.
    """
    course = load_course(session, application_id)
    new = into_or_out_of_pool(course.standing, now=now, at=at, note=note, source=source)
    return record_event(session, course, new, now=now)


def revive(
    session: Session, *, application_id: int, now: datetime, at: At | None = None, note: str = "", source: str = ""
) -> Moved:
    """Open a new attempt (复活甲) linked to a dead one; the dead one keeps its end.

    Raises:
        RefusedError: the application is alive, or was revived already, or the time lies ahead.
    """
    refuse_ahead(at, now)
    dead = application_row(session, application_id)
    if standing_of(session, application_id).active:
        raise RefusedError(_("It is alive; only a closed application can be revived."))
    if session.exec(select(Application.id).where(Application.previous_id == application_id)).first() is not None:
        raise RefusedError(_("It was revived already; the new attempt is on the board."))
    new_id = add_application(
        session,
        company_id=dead.company_id,
        now=now,
        previous_id=application_id,
        batch=dead.batch,
        link=dead.link,
        referral_code=dead.referral_code,
        **lasting_details(dead),
    )
    return mark_revived(session, application_id=new_id, now=now, at=at or At.minute(now), note=note, source=source)


def mark_revived(
    session: Session, *, application_id: int, now: datetime, at: At, note: str = "", source: str = ""
) -> Moved:
    """Record that an application began as a revival; it stands at 投递 then."""
    new = into_revival(at=at, note=note, source=source)
    return record_event(session, load_course(session, application_id), new, now=now)


def record_contact(
    session: Session,
    *,
    application_id: int,
    now: datetime,
    at: At | None = None,
    note: str = "",
    source: str = "",
) -> Moved:
    """Record that the person asked how it stands: silence is counted from then, and nothing moves.

    Raises:
        RefusedError: it is closed, or the time lies ahead.
    """
    refuse_ahead(at, now)
    course = load_course(session, application_id)
    refuse_closed(course.standing)
    new = NewEvent("contact", at or At.minute(now), note=note, source=source)
    return record_event(session, course, new, now=now)


def add_note(session: Session, *, application_id: int, note: str, now: datetime, source: str = "") -> Moved:
    """Add a line to the history that moves nothing."""
    course = load_course(session, application_id)
    return record_event(session, course, NewEvent("note", At.minute(now), note=note, source=source), now=now)
