"""What the figures are made of, read from SQLite in one go: the applications, their attempts, their events' days."""

import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tracker.as_of import read_histories
from tracker.history import PastEvent, effective_events
from tracker.instants import parse_instant
from tracker.stages import Precision
from tracker.statistics.journeys import Attempt, Clock, corrections, fold_attempts
from tracker.statistics.position_kinds import position_kind
from tracker.statistics.values import NOT_REFERRED, REFERRED

REFERRAL_CHANNEL = "内推"
"""The channel of what came by a referral, whatever else is written there."""

_APPLICATIONS = (
    "SELECT a.id, a.company_id, c.name, c.tier, a.position, a.batch, a.channel,"
    " a.referral_code != '' OR a.referrer != '' OR a.channel LIKE '%内推%' OR a.channel LIKE '%referral%',"
    " a.previous_id FROM application a JOIN company c ON c.id = a.company_id"
    " WHERE :season IS NULL OR a.season_id IS NULL OR a.season_id = :season ORDER BY a.id"
)
_ROUNDS = (
    "SELECT application_id, stage, starts_at, precision, state IN ('cancelled', 'missed') FROM round"
    " WHERE phase = 'interview' ORDER BY starts_at, id"
)


class Subject(NamedTuple):
    """What an application says about itself."""

    id: int
    company_id: int
    company: str
    position: str
    previous_id: int | None
    keys: tuple[str, str, str, str, str]
    """Tier, batch, channel, kind and referral: the groups it belongs to, beside its month."""


class Held(NamedTuple):
    """An interview: its day, and whether it took place: it is neither ahead nor cancelled nor missed."""

    day: int | None
    is_held: bool


@dataclass(slots=True)
class EventDays:
    """When the events happened."""

    events: int = 0
    instants: list[datetime] = field(default_factory=list)
    """Of those whose time is known to the minute."""
    days: list[int] = field(default_factory=list)
    """Of those known to the day."""
    unknown: int = 0
    """Events whose day is not known."""

    def add(self, effective: Sequence[PastEvent]) -> None:
        """The events of one application, each of which counts."""
        self.events += len(effective)
        for event in effective:
            at, precision = event.occurred_at, event.precision
            if at is None or precision not in ("minute", "day"):
                self.unknown += 1
            elif precision == "minute":
                self.instants.append(at)
            else:
                self.days.append(at.toordinal())


def read_subjects(connection: sqlite3.Connection, season_id: int | None = None) -> dict[int, Subject]:
    """The applications; of one season, what belongs to no season counts with it, as on the board."""
    found: dict[int, Subject] = {}
    rows = connection.execute(_APPLICATIONS, {"season": season_id})
    for number, company_id, company, tier, position, batch, channel, is_referred, previous_id in rows:
        keys = (
            tier,
            batch,
            REFERRAL_CHANNEL if is_referred else channel,
            position_kind(position),
            REFERRED if is_referred else NOT_REFERRED,
        )
        found[number] = Subject(number, company_id, company, position, previous_id, keys)
    return found


def read_attempts(
    connection: sqlite3.Connection, subjects: Container[int], clock: Clock, days: EventDays
) -> Iterator[list[Attempt]]:
    """The attempts of each of these applications that has events; the days of the events are added to ``days``.

    One application after the other: of a large hunt nothing is kept that need not be.
    """
    for application_id, events in read_histories(connection):
        if application_id in subjects:
            effective = effective_events(events)
            days.add(effective)
            yield fold_attempts(application_id, effective, corrections(events), clock)


def read_interviews(connection: sqlite3.Connection, now: datetime, clock: Clock) -> dict[tuple[int, str], Held]:
    """Application and stage → its interview: the first one held, or else one that was not."""
    found: dict[tuple[int, str], Held] = {}
    today = clock.day(now)
    for application_id, stage, starts_at, precision, is_off in connection.execute(_ROUNDS):
        at = parse_instant(starts_at or "")
        day: int | None = None
        is_held = True
        if at is not None and precision == Precision.MINUTE:
            day, is_held = clock.day(at), at <= now
        elif at is not None and precision == Precision.DAY:
            day = at.toordinal()
            is_held = day <= today
        key = (application_id, stage)
        is_held = is_held and not is_off
        if key not in found or (is_held and not found[key].is_held):
            found[key] = Held(day, is_held)
    return found


def interview_day(rounds: Mapping[tuple[int, str], Held], attempt: Attempt, stage: str, entered: int | None) -> Held:
    """When an interview took place: on the day of its round, or else on the day on which its stage was entered."""
    held = rounds.get((attempt.application_id, stage))
    if held is None:
        return Held(entered, is_held=True)
    return held._replace(day=entered) if held.day is None else held
