"""Corrections and retractions: events about earlier events, which stay in the log as they were written."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.applications import At
from tracker.errors import RefusedError
from tracker.history import PastEvent, effective_events
from tracker.messages import _
from tracker.recording import Moved, NewEvent, load_course, record_event, refuse_ahead
from tracker.settling import settle_rounds, unsettle_rounds
from tracker.stages import Outcome, check_outcome, resolve_stage

STAGELESS = ("note", "contact")
"""Events that happen at no stage of their own."""


def amend_event(
    session: Session,
    *,
    application_id: int,
    now: datetime,
    at: At | None = None,
    note: str | None = None,
    stage: str | None = None,
    outcome: str | None = None,
    manner: str | None = None,
    event_id: int | None = None,
) -> Moved:
    """Correct an event of an application, the last one unless ``event_id`` names another.

    What is ``None`` stays as it is. The first wording stays in the log, with the correction behind it.

    Raises:
        RefusedError: there is no such event, a stage or an outcome is unknown, the event has none to correct, or its
            time would lie ahead.
    """
    course = load_course(session, application_id)
    wanted = course.standing.last_event_id if event_id is None else event_id
    event = next((event for event in effective_events(course.history) if event.id == wanted), None)
    if event is None:
        raise _missing(event_id)
    if event.kind != "stage":
        refuse_ahead(at, now)  # a stage may be that of a coming round
    label, phase = _corrected_stage(event, stage)
    ended, how = _corrected_outcome(event, outcome, manner)
    correction = NewEvent(
        "correction",
        at if at is not None else At(event.occurred_at, event.precision),
        stage=label,
        phase=phase,
        outcome=ended,
        manner=how,
        note=event.note if note is None else note,
        corrects_id=event.id,
    )
    moved = record_event(session, course, correction, now=now)
    if event.kind == "outcome" and (label, ended, how) != (event.stage, event.outcome, event.manner):
        unsettle_rounds(session, application_id, event_ids=_wordings(course.history, event.id))
        settle_rounds(session, application_id, stage=label, outcome=ended, manner=how)
    return moved


def _missing(event_id: int | None) -> RefusedError:
    if event_id is None:
        return RefusedError(_("Nothing has happened yet that could be dated."))
    return RefusedError(_("This event is not there any more."))


def _corrected_stage(event: PastEvent, stage: str | None) -> tuple[str, str]:
    """The label and the phase that the event has from now on."""
    if stage is None:
        return event.stage, event.phase
    if event.kind in STAGELESS:
        raise RefusedError(_("This event is at no stage; retract it and record what happened."))
    known = resolve_stage(stage)
    return known.label, str(known.phase)


def _corrected_outcome(event: PastEvent, outcome: str | None, manner: str | None) -> tuple[str, str]:
    """The outcome and the manner that the event has from now on."""
    if outcome is None and manner is None:
        return event.outcome, event.manner
    if event.kind != "outcome":
        raise RefusedError(_("This event ended nothing; retract it and record what happened."))
    ended = event.outcome if outcome is None else outcome
    kept = event.manner if ended == Outcome.REJECTED else ""
    how = kept if manner is None else manner
    check_outcome(ended, manner=how)
    return ended, how


def retract_event(session: Session, *, application_id: int, event_id: int, now: datetime) -> Moved:
    """Take one event out of the fold. It stays in the log, with the retraction behind it.

    Raises:
        RefusedError: the application has no such event, or not any more.
    """
    course = load_course(session, application_id)
    event = next((event for event in effective_events(course.history) if event.id == event_id), None)
    if event is None:
        raise _missing(event_id)
    if event.kind == "outcome":
        unsettle_rounds(session, application_id, event_ids=_wordings(course.history, event_id))
    return record_event(session, course, NewEvent("retraction", At.minute(now), corrects_id=event_id), now=now)


def _wordings(history: Sequence[PastEvent], event_id: int) -> list[int]:
    """An event and its corrections, the newest first."""
    return [event_id, *(event.id for event in history if event.corrects_id == event_id)][::-1]
