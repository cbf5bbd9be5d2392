"""The one way to the figures: a database file in, plain frozen values out."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.collector import collector_paused
from tracker.snapshot import reading
from tracker.statistics.figures import figures_of, referral_effect
from tracker.statistics.journeys import Attempt, Clock, Stay
from tracker.statistics.reading import EventDays, Subject, read_attempts, read_interviews, read_subjects
from tracker.statistics.survival import chance_still
from tracker.statistics.tables import Part, TableRows, parts_by, unique_ids
from tracker.statistics.values import (
    DIMENSIONS,
    REFERRED,
    TIMED_STEPS,
    Counted,
    Curve,
    Day,
    Figures,
    Group,
    Grouping,
    Statistics,
    Waiting,
)


class _Awaited(NamedTuple):
    """An application whose answer is still to come."""

    application_id: int
    stay: Stay
    in_pool: bool


@dataclass(slots=True)
class _Hunt:
    """What was read, beside the tables."""

    subjects: dict[int, Subject] = field(default_factory=dict)
    days: EventDays = field(default_factory=EventDays)
    awaited: list[_Awaited] = field(default_factory=list)
    sent: set[int] = field(default_factory=set)


@collector_paused()
def compute_statistics(path: Path, *, now: datetime, season_id: int | None = None) -> Statistics:
    """Everything that the hunt tells, over all of it and by each value of each dimension.

    pandas is imported here (about 0.4 s): call it apart from what answers keys.

    Args:
        path: the database; a missing or empty file is a hunt without events.
        now: the present, aware, in the person's zone: days and weeks are its local ones.
        season_id: only the applications of this season, and those that belong to none, as on the board.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    clock = Clock(now.tzinfo)
    today = clock.day(now)
    hunt = _Hunt()
    with reading(path) as connection:
        whole = (
            TableRows({}, {}, today=today).tables()
            if connection is None
            else _read(connection, hunt, clock=clock, now=now, season_id=season_id)
        )
    figures = figures_of(whole, today=today)
    waiting, waiting_left_out = _waiting(hunt, figures.curves, today)
    return Statistics(
        now=now,
        season_id=season_id,
        events=hunt.days.events,
        considered=_considered(hunt),
        all=figures,
        by=tuple(_grouping(whole, figures, dimension, today) for dimension in DIMENSIONS),
        referral=referral_effect(whole.attempts, REFERRED),
        days=_days(hunt.days, now, today),
        days_left_out=hunt.days.unknown,
        waiting=waiting,
        waiting_left_out=waiting_left_out,
    )


def _read(connection: sqlite3.Connection, hunt: _Hunt, *, clock: Clock, now: datetime, season_id: int | None) -> Part:
    """The tables of all attempts; what else is read is kept in ``hunt``."""
    hunt.subjects = read_subjects(connection, season_id)
    rows = TableRows(hunt.subjects, read_interviews(connection, now, clock), today=clock.day(now))
    for attempts in read_attempts(connection, hunt.subjects, clock, hunt.days):
        if rows.add(attempts):
            hunt.sent.add(attempts[0].application_id)
        stay = _awaited(attempts[-1])
        if stay is not None:
            hunt.awaited.append(_Awaited(attempts[-1].application_id, stay, attempts[-1].in_pool))
    return rows.tables()


def _awaited(attempt: Attempt) -> Stay | None:
    """The stay whose answer is still to come."""
    if attempt.ending or not attempt.stays or attempt.stays[-1].is_ended:
        return None
    return attempt.stays[-1] if attempt.stays[-1].step in TIMED_STEPS else None


def _grouping(whole: Part, all_figures: Figures, dimension: str, today: int) -> Grouping:
    groups = []
    for key, is_rest, part in parts_by(whole, dimension):
        is_whole = len(part.attempts) == len(whole.attempts)
        groups.append(Group(key, all_figures if is_whole else figures_of(part, today=today), is_rest))
    return Grouping(dimension, tuple(groups))


def _considered(hunt: _Hunt) -> Counted:
    """Applications that were never sent."""
    return unique_ids(number for number in hunt.subjects if number not in hunt.sent)


def _days(days: EventDays, now: datetime, today: int) -> tuple[Day, ...]:
    """The events of each local day up to the present one."""
    import numpy as np
    import pandas as pd

    local = pd.DatetimeIndex(pd.to_datetime(days.instants, utc=True)).tz_convert(now.tzinfo).tz_localize(None)
    epoch = date(1970, 1, 1).toordinal()
    numbers = local.to_numpy().astype("datetime64[D]").astype("int64") + epoch
    together = np.concatenate([numbers, np.array(days.days, dtype="int64")])
    counts = pd.Series(together[together <= today]).value_counts().sort_index()
    return tuple(Day(date.fromordinal(day), count) for day, count in counts.to_dict().items())


def _waiting(hunt: _Hunt, curves: Iterable[Curve], today: int) -> tuple[tuple[Waiting, ...], int]:
    """The applications that wait for an answer, and how many others do since nobody knows when."""
    by_step: Mapping[str, Curve] = {curve.step: curve for curve in curves}
    found, left_out = [], 0
    for number, stay, in_pool in hunt.awaited:
        if stay.entered is None:
            left_out += 1
        elif stay.entered <= today:
            subject, days = hunt.subjects[number], today - stay.entered
            chance = chance_still(by_step[stay.step], days)
            found.append(
                Waiting(
                    number,
                    subject.company_id,
                    subject.company,
                    subject.position,
                    stay.step,
                    stay.stage,
                    days,
                    in_pool,
                    chance,
                )
            )
    return tuple(sorted(found, key=lambda row: (-row.days, row.application_id))), left_out
