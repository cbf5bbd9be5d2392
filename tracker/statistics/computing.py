"""The one way to the figures: a database file in, plain frozen values out."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from tracker.snapshot import reading
from tracker.statistics.figures import figures_of, referral_effect
from tracker.statistics.journeys import Clock, Stay
from tracker.statistics.reading import Hunt, read_hunt
from tracker.statistics.survival import chance_still
from tracker.statistics.tables import parts_by, tables_of, unique_ids
from tracker.statistics.values import (
    DIMENSIONS,
    REFERRED,
    TIMED_STEPS,
    Day,
    Figures,
    Group,
    Grouping,
    Statistics,
    Waiting,
)


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
    with reading(path) as connection:
        hunt = Hunt() if connection is None else _read(connection, now, season_id)
    today = Clock(now.tzinfo).day(now)
    whole = tables_of(hunt, today=today)
    figures = figures_of(whole, today=today)
    days, days_left_out = _days(hunt, now, today)
    waiting, waiting_left_out = _waiting(hunt, figures, today)
    return Statistics(
        now=now,
        season_id=season_id,
        events=hunt.events,
        considered=unique_ids(_considered(hunt)),
        all=figures,
        by=tuple(
            Grouping(
                dimension,
                tuple(
                    Group(key, figures_of(part, today=today), is_rest)
                    for key, is_rest, part in parts_by(whole, dimension)
                ),
            )
            for dimension in DIMENSIONS
        ),
        referral=referral_effect(whole.attempts, REFERRED),
        days=days,
        days_left_out=days_left_out,
        waiting=waiting,
        waiting_left_out=waiting_left_out,
    )


def _read(connection: sqlite3.Connection, now: datetime, season_id: int | None) -> Hunt:
    return read_hunt(connection, now=now, season_id=season_id)


def _considered(hunt: Hunt) -> Iterator[int]:
    """Applications that were never sent."""
    for number in hunt.subjects:
        if not any(attempt.is_applied for attempt in hunt.attempts.get(number, ())):
            yield number


def _days(hunt: Hunt, now: datetime, today: int) -> tuple[tuple[Day, ...], int]:
    """The events of each local day up to the present one, and how many have no day."""
    import pandas as pd

    instants = pd.to_datetime(pd.Series(hunt.instants, dtype="datetime64[us, UTC]"), utc=True)
    local = instants.dt.tz_convert(now.tzinfo).dt.tz_localize(None)
    numbers = local.dt.date.map(date.toordinal) if len(local) else pd.Series(dtype="int64")
    counts = pd.concat([numbers, pd.Series(hunt.days, dtype="int64")]).value_counts().sort_index()
    found = (Day(date.fromordinal(int(day)), int(count)) for day, count in counts.items() if day <= today)
    return tuple(found), hunt.unknown


def _waiting(hunt: Hunt, figures: Figures, today: int) -> tuple[tuple[Waiting, ...], int]:
    curves = {curve.step: curve for curve in figures.curves}
    found, left_out = [], 0
    for number, attempts in hunt.attempts.items():
        last = attempts[-1]
        stay = _awaited(last.stays, last.ending)
        if stay is None or (stay.entered is not None and stay.entered > today):
            continue
        if stay.entered is None:
            left_out += 1
            continue
        subject, days = hunt.subjects[number], today - stay.entered
        found.append(
            Waiting(
                number,
                subject.company_id,
                subject.company,
                subject.position,
                stay.step,
                stay.stage,
                days,
                last.in_pool,
                chance_still(curves[stay.step], days),
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.days, row.application_id))), left_out


def _awaited(stays: list[Stay], ending: str) -> Stay | None:
    """The stay whose answer is still to come."""
    if ending or not stays or stays[-1].is_ended or stays[-1].step not in TIMED_STEPS:
        return None
    return stays[-1]
