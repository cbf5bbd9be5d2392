"""Applications of which nothing was heard for longer than the person waits: the one rule, for home and the agenda."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from tracker.board import parse_instant, projected
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
    limit, values = _limit_of_row(limits)
    bounds = _bounds(limits, now)
    query = (
        "WITH bound(days, by_day, by_minute) AS (VALUES " + ", ".join(["(?, ?, ?)"] * len(bounds)) + "),"
        # The rounds are looked up for those alone that were silent without them.
        " quiet AS (SELECT b.*, bound.by_day, bound.by_minute FROM board_row b JOIN bound ON bound.days = "
        f"{limit} WHERE b.active AND b.heard_at != '' AND b.heard_at < max(by_day, by_minute)),"
        " heard AS (SELECT *, max(heard_at, coalesce((SELECT replace(substr(max(coalesce(r.ends_at, r.starts_at)),"
        " 1, 19), ' ', 'T') || '+00:00' FROM round r WHERE r.application_id = quiet.application_id"
        " AND r.state != 'cancelled'), '')) AS last FROM quiet)"
        " SELECT application_id, company_id, company, tier, position, stage, phase, in_pool, last,"
        f" {_IS_DAY} FROM heard WHERE last < iif({_IS_DAY}, by_day, by_minute) ORDER BY last, application_id"
    )
    found = connection.execute(query, [value for bound in bounds for value in bound] + values)
    return tuple(Silent._make((*row[:-2], _whole_days(row[-2], is_day=bool(row[-1]), now=now))) for row in found)


_IS_DAY = "(substr(last, 11) = 'T00:00:00+00:00' AND NOT (last = since_at AND since_precision = 'minute'))"
"""What is known by its day alone is stored at 00:00 UTC of that day, wherever the person was."""


def _limit_of_row(limits: SilenceLimits) -> tuple[str, list[object]]:
    """The limit that a row of the board has, in SQL; ``NULL``: it is never listed."""
    cases = ["WHEN in_pool THEN ?"]
    values: list[object] = [_days(limits.pool)]
    for stage, days in limits.stages.items():
        cases.append("WHEN stage = ? THEN ?")
        values += [stage, _days(days)]
    for phase, days in limits.phases().items():
        cases.append("WHEN phase = ? THEN ?")
        values += [phase, _days(days)]
    return f"(CASE {' '.join(cases)} END)", values


def _days(limit: int) -> int | None:
    return limit or None


def _bounds(limits: SilenceLimits, now: datetime) -> list[tuple[object, ...]]:
    """Each limit with the first moment that is not silent yet: as a stored day, and as an instant."""
    return [(days, f"{day:%Y-%m-%d}T00:00:00+00:00", projected(day)) for days, day in _first_days(limits, now)]


def _first_days(limits: SilenceLimits, now: datetime) -> Iterator[tuple[int, datetime]]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in sorted({limits.pool, *limits.stages.values(), *limits.phases().values()}):
        yield days, midnight - timedelta(days=days)


def _whole_days(last: str, *, is_day: bool, now: datetime) -> int:
    moment = parse_instant(last) or now
    return (now.date() - (moment if is_day else moment.astimezone(now.tzinfo)).date()).days
