"""An application's events, folded to where it stands. Pure: the same events give the same standing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tracker.stages import CLOSING, Outcome, Phase, Precision

_DAWN = datetime(1, 1, 1, tzinfo=UTC)
_DAYS: dict[str, int] = {Precision.DAY: 1, Precision.MONTH: 31}


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One event as the fold sees it."""

    id: int
    kind: str
    stage: str
    phase: str
    outcome: str
    occurred_at: datetime | None
    precision: str
    recorded_at: datetime
    manner: str = ""
    note: str = ""
    source: str = ""
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands."""

    phase: str = Phase.INTENT
    stage: str = "意向"
    outcome: str = ""
    in_pool: bool = False
    active: bool = True
    since_at: datetime | None = None
    since_precision: str = Precision.UNKNOWN
    manner: str = ""
    """How the rejection came; empty when it is none, or nothing was said."""
    heard_at: datetime | None = None
    """When something last happened, or the person last asked how it stands: silence is counted from here."""
    last_event_id: int | None = None
    """The event that a date or a note given afterwards belongs to."""


def effective_events(events: Sequence[PastEvent]) -> tuple[PastEvent, ...]:
    """Corrections and retractions applied, in the order in which things happened.

    An event of unknown time follows the event recorded before it. One that lies ahead of its own recording or
    correction (the time of a coming round) counts from then, so that what is recorded later comes later. Two that
    may have happened at one time, because one of them is known to the day only, stay in the order of their recording.
    """
    by_id = {event.id: event for event in events if event.kind not in ("correction", "retraction")}
    known_at = {event.id: event.recorded_at for event in events}
    for event in sorted(events, key=lambda event: event.id):
        target = by_id.get(event.corrects_id) if event.corrects_id is not None else None
        if target is None:
            continue
        if event.kind == "retraction":
            del by_id[target.id]
        elif event.kind == "correction":
            known_at[target.id] = event.recorded_at
            by_id[target.id] = replace(
                target,
                occurred_at=event.occurred_at,
                precision=event.precision,
                note=event.note,
                stage=event.stage or target.stage,
                phase=event.phase or target.phase,
                outcome=event.outcome or target.outcome,
                manner=event.manner if event.outcome else target.manner,
            )
    ordered: list[tuple[datetime, int, PastEvent]] = []
    previous, previous_span = _DAWN, (_DAWN, _DAWN)
    for event_id in sorted(by_id):
        event = by_id[event_id]
        at = event.occurred_at
        if at is None or event.precision == Precision.UNKNOWN:
            at, span = previous, previous_span
        else:
            span = _possible_span(at, event.precision)
            if at > known_at[event_id]:
                at = max(known_at[event_id], previous)
            elif span[0] <= previous <= span[1] or previous_span[0] <= at <= previous_span[1]:
                at = max(at, previous)
        ordered.append((at, event_id, event))
        previous, previous_span = at, span
    return tuple(event for _at, _id, event in sorted(ordered, key=lambda item: (item[0], item[1])))


def _possible_span(at: datetime, precision: str) -> tuple[datetime, datetime]:
    """When an event may have happened: a day is that day in any time zone from UTC+14 to UTC-12."""
    days = _DAYS.get(precision)
    return (at, at) if days is None else (at - timedelta(hours=14), at + timedelta(days=days, hours=12))


def fold(events: Sequence[PastEvent]) -> Standing:
    """Where an application stands after these events."""
    standing = Standing()
    for event in effective_events(events):
        standing = _step(standing, event)
    return standing


def _step(standing: Standing, event: PastEvent) -> Standing:
    moved = replace(
        standing,
        since_at=event.occurred_at,
        since_precision=event.precision,
        last_event_id=event.id,
        heard_at=event.occurred_at or standing.heard_at,
        manner="",
    )
    match event.kind:
        case "stage" | "revive":
            return replace(moved, phase=event.phase, stage=event.stage, outcome="", in_pool=False, active=True)
        case "outcome":
            return _ended(moved, event, at=standing.stage if standing.last_event_id is not None else "")
        case "pool":
            return replace(moved, in_pool=True)
        case "unpool":
            return replace(moved, in_pool=False)
        case "contact":
            return replace(standing, last_event_id=event.id, heard_at=event.occurred_at or standing.heard_at)
        case _:
            return replace(standing, last_event_id=event.id)


def _ended(standing: Standing, event: PastEvent, *, at: str) -> Standing:
    """``at`` is the stage before; empty when nothing had happened yet, for nobody knows where it ended then."""
    stage = event.stage or at
    if event.outcome in CLOSING:
        manner = event.manner if event.outcome == Outcome.REJECTED else ""
        ended = replace(standing, phase=Phase.CLOSED, stage=stage, outcome=event.outcome, manner=manner)
        return replace(ended, in_pool=False, active=False)
    if event.outcome == Outcome.OFFER:
        return replace(standing, phase=Phase.OFFER, stage="offer", outcome=event.outcome, in_pool=False, active=True)
    # A stage passed does not bring back what was closed before: a revival does, or another stage.
    return replace(standing, stage=stage, outcome=event.outcome) if standing.active else standing


def waiting_days(since_at: datetime | None, precision: str, now: datetime) -> int | None:
    """Whole days since something happened; ``None`` when that is unknown; 0 for what lies ahead."""
    if since_at is None or precision == Precision.UNKNOWN:
        return None
    if precision == Precision.MINUTE:
        days = (now.date() - since_at.astimezone(now.tzinfo).date()).days
    else:
        days = (now.date() - since_at.date()).days
    return max(0, days)


def latest_of_kind(events: Iterable[PastEvent], kind: str) -> PastEvent | None:
    """The last event of one kind in the given order."""
    found = None
    for event in events:
        if event.kind == kind:
            found = event
    return found
