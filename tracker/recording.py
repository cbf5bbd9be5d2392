"""The one way into an application's history: an event is appended, and nothing written earlier changes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from tracker.applications import At, application_row
from tracker.companies import row_id
from tracker.history import PastEvent, Standing, fold
from tracker.models import Company, Event
from tracker.projection import past_event
from tracker.text import sanitise


@dataclass(frozen=True, slots=True)
class Moved:
    """What one move did, for the toast and the caller's refresh."""

    application_id: int
    company: str
    event_id: int
    before: Standing
    after: Standing


def load_events(session: Session, application_id: int) -> tuple[PastEvent, ...]:
    """All events of an application in the order of their recording, corrections included."""
    rows = session.exec(select(Event).where(Event.application_id == application_id).order_by(col(Event.id))).all()
    return tuple(past_event(row) for row in rows)


def standing_of(session: Session, application_id: int) -> Standing:
    """Where an application stands, folded from its history."""
    return fold(load_events(session, application_id))


def record_event(
    session: Session,
    *,
    application_id: int,
    kind: str,
    now: datetime,
    at: At,
    stage: str = "",
    phase: str = "",
    outcome: str = "",
    manner: str = "",
    note: str = "",
    source: str = "",
    corrects_id: int | None = None,
    history: tuple[PastEvent, ...] | None = None,
) -> Moved:
    """Append one event. ``history`` is what happened so far, when the caller has just read it.

    Raises:
        RefusedError: the application is gone.
    """
    application = application_row(session, application_id)
    company = session.get(Company, application.company_id)
    if history is None:
        history = load_events(session, application_id)
    event = Event(
        application_id=application_id,
        kind=kind,
        stage=stage,
        phase=phase,
        outcome=outcome,
        manner=manner,
        occurred_at=at.time,
        precision=str(at.precision),
        recorded_at=now.astimezone(UTC),
        note=sanitise(note)[0],
        source=source,
        corrects_id=corrects_id,
    )
    session.add(event)
    session.flush()
    return Moved(
        application_id=application_id,
        company=company.name if company else "",
        event_id=row_id(event.id),
        before=fold(history),
        after=fold((*history, past_event(event))),
    )
