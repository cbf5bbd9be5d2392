"""Applications that a merge of two companies shows to be one: a list told of it by one name, a log by another.

Only an application that says nothing which the other does not say is dropped; anything else stays beside it.
"""

from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, select

from tracker.changes import is_logged
from tracker.companies import row_id
from tracker.history import PastEvent, effective_events
from tracker.models import Application, Event
from tracker.pipeline import load_events
from tracker.stages import Precision

_TELLING = frozenset({"stage", "outcome", "pool", "unpool"})
"""Kinds of events of which two applications may both tell; any other is of its application alone."""
_OWN_FIELDS = ("id", "company_id", "source_id", "source_steps", "created_at")
"""Fields that two applications may have different and still be one."""


def absorb_doubles(session: Session, own: Sequence[int], others: Sequence[int]) -> int:
    """Drop each application of one company that says nothing more than one of the other, and tell how many.

    ``own`` and ``others`` are the applications of the two companies, which are one by now.
    """
    left = {number: session.get_one(Application, number) for number in (*own, *others)}
    pairs = [(double, kept) for kept in own for double in others] + [
        (double, kept) for kept in others for double in own
    ]
    absorbed = 0
    for double_id, kept_id in pairs:
        double, kept = left.get(double_id), left.get(kept_id)
        if double is not None and kept is not None and _says_nothing_more(session, double, kept):
            _absorb(session, double, kept)
            del left[double_id]
            absorbed += 1
    return absorbed


def _absorb(session: Session, double: Application, kept: Application) -> None:
    if kept.source_id is None and double.source_id is not None:
        # The file goes on to tell of it; the next import finds it here.
        kept.source_id, kept.source_steps = double.source_id, double.source_steps
    for event in session.exec(select(Event).where(Event.application_id == double.id)).all():
        session.delete(event)
    session.flush()
    session.delete(double)
    session.flush()


def _says_nothing_more(session: Session, double: Application, kept: Application) -> bool:
    if double.source_id is not None and kept.source_id not in (None, double.source_id):
        return False  # two files tell of one each, and would tell of it again
    if not all(_is_in(name, double, kept) for name in Application.model_fields if name not in _OWN_FIELDS):
        return False
    events = load_events(session, row_id(double.id))
    told = effective_events(events)
    if len(told) != len(events) or not _are_told(told, effective_events(load_events(session, row_id(kept.id)))):
        return False
    return not _is_referred_to(session, double)


def _is_in(field: str, double: Application, kept: Application) -> bool:
    value = getattr(double, field)
    return value in (None, "") or value == getattr(kept, field)


def _are_told(told: Sequence[PastEvent], by: Sequence[PastEvent]) -> bool:
    """Whether all of these events are among the others, in this order."""
    rest = iter(by)
    return all(any(_says(event, other) for other in rest) for event in told)


def _says(event: PastEvent, other: PastEvent) -> bool:
    def what(one: PastEvent) -> tuple[str, ...]:
        return one.kind, one.stage, one.phase, one.outcome

    is_same_time = event.precision == Precision.UNKNOWN or (event.occurred_at, event.precision) == (
        other.occurred_at,
        other.precision,
    )
    return (
        event.kind in _TELLING
        and what(event) == what(other)
        and is_same_time
        and event.manner in ("", other.manner)
        and event.note in ("", other.note)
    )


def _is_referred_to(session: Session, application: Application) -> bool:
    """Whether anything but its own events hangs on an application."""
    for table in SQLModel.metadata.sorted_tables:
        if not is_logged(table) or table.name == Event.__tablename__:
            continue
        for column in table.columns:
            if any(key.column.table.name == Application.__tablename__ for key in column.foreign_keys):
                query = sql_select(func.count()).select_from(table).where(column == application.id)
                if session.connection().execute(query).scalar_one():
                    return True
    return False
