"""Applications of which nothing was heard for longer than the person waits: the one rule, for home and the agenda."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tracker.instants import projected
from tracker.settings import SilenceLimits


class Silent(NamedTuple):
    """An application that nothing was heard of for long."""

    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    stage: str
    phase: str
    in_pool: int
    days: int
    """Whole calendar days since something happened."""


def read_silent(connection: sqlite3.Connection, *, now: datetime, limits: SilenceLimits) -> tuple[Silent, ...]:
    """Silent applications, the longest silence first, by a local ``now``.

    Counted from the last event or question, or from a round held (or still to come) after it. Where nothing has a
    date, nobody knows how long it has been, and nothing is listed.
    """
    return tuple(_silent(row, now) for row in _rows(connection, now, limits, most=-1))


def read_first_silent(
    connection: sqlite3.Connection, *, now: datetime, limits: SilenceLimits, most: int
) -> tuple[tuple[Silent, ...], int]:
    """The first ``most`` of ``read_silent``, and how many there are in all."""
    rows = _rows(connection, now, limits, most=most)
    return tuple(_silent(row, now) for row in rows), rows[0][-1] if rows else 0


def _rows(connection: sqlite3.Connection, now: datetime, limits: SilenceLimits, *, most: int) -> list[tuple[Any, ...]]:
    latest, by_day, by_minute = (_Bound(limits, now, form) for form in (max, _by_day, _by_minute))
    query = (
        # The rounds are looked up for those alone that were silent without them.
        "WITH heard AS MATERIALIZED (SELECT application_id, in_pool, stage, phase, since_at, since_precision,"
        " max(heard_at, coalesce((SELECT replace(substr(max(coalesce(r.ends_at, r.starts_at)), 1, 19), ' ', 'T')"
        " || '+00:00' FROM round r WHERE r.application_id = b.application_id AND r.state != 'cancelled'), '')) AS last"
        f" FROM board_row b WHERE active AND heard_at != '' AND heard_at < {latest.sql}),"
        f" silent AS (SELECT application_id, last, {_IS_DAY} AS is_day, count(*) OVER () AS count FROM heard"
        f" WHERE last < iif({_IS_DAY}, {by_day.sql}, {by_minute.sql}) ORDER BY last, application_id LIMIT ?)"
        " SELECT b.application_id, b.company_id, b.company, b.tier, b.position, b.stage, b.phase, b.in_pool,"
        " s.last, s.is_day, s.count FROM silent s JOIN board_row b ON b.application_id = s.application_id"
        " ORDER BY s.last, s.application_id"
    )
    return connection.execute(query, [*latest.values, *by_day.values, *by_minute.values, most]).fetchall()


_IS_DAY = "(substr(last, 11) = 'T00:00:00+00:00' AND NOT (last = since_at AND since_precision = 'minute'))"
"""What is known by its day alone is stored at 00:00 UTC of that day, wherever the person was."""


class _Bound:
    """The first moment that is not silent yet, for each row of the board, in SQL; ``NULL``: it is never listed."""

    def __init__(self, limits: SilenceLimits, now: datetime, form: Callable[[str, str], str]) -> None:
        cases = [("in_pool", limits.pool)]
        cases += [("stage = ?", days) for days in limits.stages.values()]
        cases += [("phase = ?", days) for days in limits.phases().values()]
        names = ["", *limits.stages, *limits.phases()]
        self.sql = f"(CASE {' '.join(f'WHEN {condition} THEN ?' for condition, _days in cases)} END)"
        self.values: list[str | None] = []
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for name, (_condition, days) in zip(names, cases, strict=True):
            day = midnight - timedelta(days=days)
            self.values += [name] if name else []
            self.values.append(form(f"{day:%Y-%m-%d}T00:00:00+00:00", projected(day)) if days else None)


def _by_day(by_day: str, _exact: str) -> str:
    return by_day


def _by_minute(_day: str, exact: str) -> str:
    return exact


def _silent(row: tuple[Any, ...], now: datetime) -> Silent:
    *subject, last, is_day, _count = row
    return Silent._make((*subject, (now.date() - _day(last, is_day=bool(is_day), now=now)).days))


def _day(last: str, *, is_day: bool, now: datetime) -> date:
    if is_day:
        return date.fromisoformat(last[:10])
    return datetime.fromisoformat(last).astimezone(now.tzinfo).date()
