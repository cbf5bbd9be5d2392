"""The one way into an application's history: an event is appended, and nothing written earlier changes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, SQLModel

from tracker.applications import At
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.history import PastEvent, Standing, fold
from tracker.messages import _
from tracker.models import Event
from tracker.stages import Precision
from tracker.text import sanitise
from tracker.times import show_time


@dataclass(frozen=True, slots=True)
class Moved:
    """What one move did, for the toast and the caller's refresh."""

    application_id: int
    company: str
    event_id: int
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One event that is about to be recorded."""

    kind: str
    at: At
    stage: str = ""
    phase: str = ""
    outcome: str = ""
    manner: str = ""
    note: str = ""
    source: str = ""
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of an application before something is added to its history."""

    application_id: int
    company: str
    batch: str
    path: str
    history: tuple[PastEvent, ...]
    standing: Standing


def load_course(session: Session, application_id: int) -> Course:
    """Read all that a move needs, once.

    Raises:
        RefusedError: the application is gone.
    """
    session.flush()
    found = session.connection().execute(_subject_query(), {"application_id": application_id}).one_or_none()
    if found is None:
        raise RefusedError(_("This application is not there any more."))
    history = load_events(session, application_id)
    company, batch, path = found
    return Course(application_id, company, batch, path, history, fold(history))


def load_events(session: Session, application_id: int) -> tuple[PastEvent, ...]:
    """All events of an application in the order of their recording, corrections included."""
    session.flush()
    rows = session.connection().execute(_history_query(), {"application_id": application_id})
    return tuple(map(PastEvent._make, rows))


def standing_of(session: Session, application_id: int) -> Standing:
    """Where an application stands, folded from its history."""
    return fold(load_events(session, application_id))


@cache
def _subject_query() -> Select[Any]:
    application, company = SQLModel.metadata.tables["application"], SQLModel.metadata.tables["company"]
    return (
        select(company.c.name, application.c.batch, application.c.path)
        .join(company, company.c.id == application.c.company_id)
        .where(application.c.id == bindparam("application_id"))
    )


@cache
def _history_query() -> Select[Any]:
    """The columns of a past event; the query is built once, for that takes as long as running it."""
    event = SQLModel.metadata.tables["event"]
    columns = [event.c[name] for name in PastEvent._fields]
    return select(*columns).where(event.c.application_id == bindparam("application_id")).order_by(event.c.id)


def record_event(session: Session, course: Course, new: NewEvent, *, now: datetime) -> Moved:
    """Append one event to the history of an application, and tell what that changed."""
    event = Event(**event_fields(new, application_id=course.application_id, now=now))
    session.add(event)
    session.flush()
    past = past_event(new, event_id=row_id(event.id), now=now)
    return Moved(
        application_id=course.application_id,
        company=course.company,
        event_id=past.id,
        before=course.standing,
        after=fold((*course.history, past)),
    )


def event_fields(new: NewEvent, *, application_id: int, now: datetime) -> dict[str, Any]:
    """The fields of an event that is recorded now, but for its number."""
    return {
        "application_id": application_id,
        "kind": new.kind,
        "stage": new.stage,
        "phase": new.phase,
        "outcome": new.outcome,
        "manner": new.manner,
        "occurred_at": new.at.time,
        "precision": str(new.at.precision),
        "recorded_at": now.astimezone(UTC),
        "note": sanitise(new.note)[0],
        "source": new.source,
        "corrects_id": new.corrects_id,
    }


def past_event(new: NewEvent, *, event_id: int, now: datetime) -> PastEvent:
    """The same event as the fold sees it."""
    return PastEvent(
        event_id,
        new.kind,
        new.stage,
        new.phase,
        new.outcome,
        new.at.time,
        str(new.at.precision),
        now.astimezone(UTC),
        new.manner,
        sanitise(new.note)[0],
        new.source,
        new.corrects_id,
    )


def lies_ahead(at: At, now: datetime) -> bool:
    """Whether a time is still to come; of one known by its day or month the local calendar of ``now`` decides."""
    if at.time is None:
        return False
    if at.precision == Precision.MINUTE:
        return at.time > now
    return (at.time.year, at.time.month, at.time.day) > (now.year, now.month, now.day)


def refuse_ahead(at: At | None, now: datetime) -> None:
    """Refuse a time that is still to come for something that has happened: a result, the pool, a revival, an answer.

    Raises:
        RefusedError: it lies ahead.
    """
    if at is not None and lies_ahead(at, now):
        shown = show_time(at.time, at.precision, now=now, zone=now.tzinfo or UTC)
        raise RefusedError(_("{time} lies ahead: it cannot have happened yet.").format(time=shown))
