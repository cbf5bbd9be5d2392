"""An application's events, folded to where it stands. Pure: the same events give the same standing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from tracker.stages import CLOSING, Outcome, Phase, Precision

_DAWN = datetime(1, 1, 1, tzinfo=UTC)
_BEFORE = timedelta(hours=14)
_AFTER: dict[str, timedelta] = {
    Precision.DAY: timedelta(days=1, hours=12),
    Precision.MONTH: timedelta(days=31, hours=12),
}
_AMENDING = ("correction", "retraction")
_MOVING = ("stage", "outcome", "pool", "unpool", "revive")


class PastEvent(NamedTuple):
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
    corrected, corrected_at = _corrected(events)
    return tuple(_in_order(corrected, corrected_at))


def events_until(events: Sequence[PastEvent], moment: datetime) -> tuple[PastEvent, ...]:
    """Those effective events that had happened by a local moment, the last one of its day.

    What is known by its day or month alone had happened when that began. An event of unknown time follows the one
    recorded before it, and without one it was always there.
    """
    corrected, corrected_at = _corrected(events)
    today = moment.date()
    present = moment.astimezone(UTC)  # comparing instants of two zones takes five times as long
    kept: list[PastEvent] = []
    had_happened = True
    for event in corrected:
        at = event.occurred_at
        precision = event.precision
        if at is not None and precision != "unknown":
            had_happened = at <= present if precision == "minute" else at.date() <= today
            if not had_happened:
                known_at = corrected_at.get(event.id, event.recorded_at)
                had_happened = known_at <= present and known_at < at
        if had_happened:
            kept.append(event)
    return tuple(_in_order(kept, corrected_at))


def _corrected(events: Sequence[PastEvent]) -> tuple[Collection[PastEvent], dict[int, datetime]]:
    """The events in the order of their recording, each as it is known now, and when the corrected ones became so."""
    in_sequence = events
    if any(later.id < earlier.id for earlier, later in pairwise(events)):
        in_sequence = sorted(events, key=lambda event: event.id)
    amending = [event for event in in_sequence if event.kind in _AMENDING]
    if not amending:
        return in_sequence, {}
    by_id = {event.id: event for event in in_sequence if event.kind not in _AMENDING}
    corrected_at: dict[int, datetime] = {}
    for event in amending:
        target = by_id.get(event.corrects_id or 0)
        if target is None:
            continue
        if event.kind == "retraction":
            del by_id[target.id]
        else:
            corrected_at[target.id] = event.recorded_at
            by_id[target.id] = _amended(target, event)
    return by_id.values(), corrected_at


def _amended(target: PastEvent, correction: PastEvent) -> PastEvent:
    return target._replace(
        occurred_at=correction.occurred_at,
        precision=correction.precision,
        note=correction.note,
        stage=correction.stage or target.stage,
        phase=correction.phase or target.phase,
        outcome=correction.outcome or target.outcome,
        manner=correction.manner if correction.outcome else target.manner,
    )


def _in_order(events: Iterable[PastEvent], corrected_at: dict[int, datetime]) -> list[PastEvent]:
    """Events that stand in the order of their recording, in the order in which they happened."""
    placed: list[PastEvent] = []
    times: list[datetime] = []
    is_sorted = True
    latest = previous = earliest_previous = latest_previous = _DAWN
    for event in events:
        at = event.occurred_at
        precision = event.precision
        if at is None or precision == "unknown":
            at = previous
        else:
            # When it may have happened: a day is that day in any time zone from UTC+14 to UTC-12.
            after = _AFTER.get(precision)
            earliest, last = (at, at) if after is None else (at - _BEFORE, at + after)
            known_at = corrected_at.get(event.id, event.recorded_at) if corrected_at else event.recorded_at
            if at > known_at:
                at = max(previous, known_at)
            elif at < previous and (previous <= last or earliest_previous <= at <= latest_previous):
                at = previous
            earliest_previous, latest_previous = earliest, last
        placed.append(event)
        times.append(at)
        is_sorted = is_sorted and latest <= at
        latest = previous = at
    if is_sorted:
        return placed
    return [placed[index] for index in sorted(range(len(placed)), key=times.__getitem__)]


def fold(events: Sequence[PastEvent]) -> Standing:
    """Where an application stands after these events."""
    return fold_effective(effective_events(events))


def fold_effective(events: Iterable[PastEvent]) -> Standing:
    """Where an application stands after these events, which are corrected and in order already."""
    phase: str = Phase.INTENT
    stage, outcome, manner = "意向", "", ""
    in_pool, active = False, True
    since_at: datetime | None = None
    since_precision: str = Precision.UNKNOWN
    heard_at: datetime | None = None
    last_event_id: int | None = None
    for event in events:
        kind = event.kind
        if kind in _MOVING:
            since_at, since_precision, manner = event.occurred_at, event.precision, ""
            heard_at = since_at or heard_at
        if kind in ("stage", "revive"):
            phase, stage, outcome, in_pool, active = event.phase, event.stage, "", False, True
        elif kind == "outcome":
            # Nobody knows where it ended when nothing had happened before.
            ended_at = event.stage or (stage if last_event_id is not None else "")
            ending = event.outcome
            if ending in CLOSING:
                phase, stage, outcome, in_pool, active = Phase.CLOSED, ended_at, ending, False, False
                manner = event.manner if ending == Outcome.REJECTED else ""
            elif ending == Outcome.OFFER:
                phase, stage, outcome, in_pool, active = Phase.OFFER, "offer", ending, False, True
            elif active:
                # A stage passed does not bring back what was closed before: a revival does, or another stage.
                stage, outcome = ended_at, ending
        elif kind in ("pool", "unpool"):
            in_pool = kind == "pool"
        elif kind == "contact":
            heard_at = event.occurred_at or heard_at
        last_event_id = event.id
    return Standing(phase, stage, outcome, in_pool, active, since_at, since_precision, manner, heard_at, last_event_id)


def waiting_days(since_at: datetime | None, precision: str, now: datetime) -> int | None:
    """Whole days since something happened; ``None`` when that is unknown; 0 for what lies ahead."""
    if since_at is None or precision == Precision.UNKNOWN:
        return None
    if precision == Precision.MINUTE:
        days = (now.date() - since_at.astimezone(now.tzinfo).date()).days
    else:
        days = (now.date() - since_at.date()).days
    return max(0, days)
