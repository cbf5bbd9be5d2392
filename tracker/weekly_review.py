"""One week of the hunt: what moved, what was held, what went silent, what is next, and the week before in numbers.

Read straight from SQLite and without the ORM, from the effective events: each corrected one once, no retracted one.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tracker.settings import SilenceLimits
from tracker.weekly_moves import (
    Histories,
    Owner,
    WeekMoves,
    count_undated,
    read_moves,
    read_owners,
    read_went_silent,
)
from tracker.weekly_rounds import read_ahead, read_held, read_offer_days, read_offer_deadlines
from tracker.weekly_values import HeldRound, HuntWeek, WeekCounts, WeekSpan, WentSilent

DEADLINES_AHEAD = timedelta(days=21)
"""How far behind the week deadlines of offers are looked for: what is to be decided takes longer than a week."""


def read_hunt_week(connection: sqlite3.Connection, *, span: WeekSpan, now: datetime, limits: SilenceLimits) -> HuntWeek:
    """Review one week.

    Args:
        connection: the database, of the current schema, within one transaction.
        span: the week, in the zone of ``now``.
        now: the present, aware and local. Of a week that is not over the review ends here.
        limits: after how many days of silence an application counts as silent.
    """
    owners = read_owners(connection)
    histories: Histories = {}
    moves, held, silent = _week(connection, span, now, limits, owners, histories)
    previous = span.shifted(-1)
    since = now if span.holds(now.date()) else (span.end if span.end <= now else span.begin)
    ahead = read_ahead(connection, now=now, begin=since, end=span.shifted(1).end, with_done=span.end <= now)
    return HuntWeek(
        now=now,
        span=span,
        is_empty=not owners,
        applied=moves.applied,
        moved=moves.moved,
        held=held,
        silent=silent,
        offers=read_offer_days(connection, span=span, now=now, owners=owners),
        deadlines=read_offer_deadlines(connection, now=now, since=since, until=span.end + DEADLINES_AHEAD),
        ahead=ahead.entries,
        clashes=ahead.clashes,
        counts=_counts(moves, held, silent),
        before=_counts(*_week(connection, previous, now, limits, owners, histories)),
        undated=count_undated(connection, span=span),
        considered=moves.considered,
    )


def _week(
    connection: sqlite3.Connection,
    span: WeekSpan,
    now: datetime,
    limits: SilenceLimits,
    owners: Mapping[int, Owner],
    histories: Histories,
) -> tuple[WeekMoves, tuple[HeldRound, ...], tuple[WentSilent, ...]]:
    moves = read_moves(connection, span=span, now=now, owners=owners, histories=histories)
    held = read_held(connection, span=span, now=now, owners=owners)
    silent = read_went_silent(connection, span=span, now=now, limits=limits, owners=owners, histories=histories)
    return moves, held, silent


def _counts(moves: WeekMoves, held: Sequence[HeldRound], silent: Sequence[WentSilent]) -> WeekCounts:
    took_place = [one for one in held if one.state != "missed"]
    interviews = sum(one.phase == "interview" for one in took_place)
    return WeekCounts(
        applied=len(moves.applied),
        moved=len(moves.moved),
        answered=moves.answered,
        interviews=interviews,
        tests=len(took_place) - interviews,
        rejected=moves.rejected,
        offers=moves.offers,
        silent=len(silent),
    )
