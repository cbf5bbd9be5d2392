"""Reviews put together by their local days and weeks. The database adds them up: of many, none is read by itself."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from prep.memory.states import RATINGS
from prep.practice_values import PracticeSpan, Ratings
from tracker.instants import parse_instant, stored

REVIEWS = f"rating IN {RATINGS} AND mode NOT IN ('notes', 'interview')"
"""What counts as a review, in SQL."""
_HAS_DAY = "(attempted_at IS NOT NULL AND precision IN ('minute', 'day'))"
_STEP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedReviews:
    """Reviews as they were counted."""

    ratings: Ratings
    questions: int
    """Different ones that were reviewed."""
    days: tuple[PracticeSpan, ...]
    left_out: int
    stray_seconds: int
    """Of answers whose day is not known."""


def count_reviews(
    connection: sqlite3.Connection, *, now: datetime, since: datetime | None, until: datetime | None
) -> CountedReviews:
    """Read the reviews of a period, and count them by the local days of ``now``."""
    values, within = bounds(since, until), period("attempted_at", since, until)
    questions, first, last = connection.execute(
        "SELECT count(DISTINCT question_id), min(attempted_at), max(attempted_at) FROM attempt"
        f" WHERE {REVIEWS}{within}",
        values,
    ).fetchone()
    day = _local_day(parse_instant(first or ""), parse_instant(last or ""), now.tzinfo or UTC)
    counts = ", ".join(f"sum(rating = '{rating}')" for rating in RATINGS)
    rows = connection.execute(
        f"SELECT CASE WHEN NOT {_HAS_DAY} THEN NULL WHEN precision = 'day' THEN date(attempted_at) ELSE {day} END,"
        f" {counts}, coalesce(sum(seconds), 0) FROM attempt WHERE {REVIEWS}{within} GROUP BY 1",
        values,
    ).fetchall()
    spans = {text: (Ratings(*ratings), seconds) for text, *ratings, seconds in rows}
    undated, stray = spans.pop(None, (Ratings(), 0))
    beside = _beside(connection, now.tzinfo or UTC, since, until)
    days = tuple(
        PracticeSpan(date.fromisoformat(text), ratings, seconds + beside.get(text, 0))
        for text, (ratings, seconds) in sorted({**dict.fromkeys(beside, (Ratings(), 0)), **spans}.items())
    )
    return CountedReviews(
        ratings=add_ratings(*(span.ratings for span in days), undated),
        questions=questions,
        days=days,
        left_out=undated.n,
        stray_seconds=stray,
    )


def add_ratings(*counted: Ratings) -> Ratings:
    """All of them together."""
    return Ratings(*map(sum, zip(*counted, strict=True)))


def period(column: str, since: datetime | None, until: datetime | None) -> str:
    """Conditions on a moment; without bounds none, and a moment that nobody knows counts too."""
    return (f" AND {column} >= :since" if since is not None else "") + (
        f" AND {column} < :until" if until is not None else ""
    )


def bounds(since: datetime | None, until: datetime | None) -> dict[str, str]:
    """The values that such conditions take."""
    given = {"since": since, "until": until}
    return {name: stored(moment) for name, moment in given.items() if moment is not None}


def _local_day(begin: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """The local day of an attempt between two moments, in SQL: by each offset that the clocks had meanwhile."""
    if begin is None or end is None:
        return "date(attempted_at)"
    changes = _changes(begin, end, zone)
    *earlier, (_never, final) = changes
    cases = "".join(f" WHEN attempted_at < '{stored(moment)}' THEN {_shifted(offset)}" for moment, offset in earlier)
    return f"CASE{cases} ELSE {_shifted(final)} END" if cases else _shifted(final)


def _shifted(offset: timedelta) -> str:
    return f"date(attempted_at, '{offset.total_seconds():+.0f} seconds')"


def _changes(begin: datetime, end: datetime, zone: tzinfo) -> list[tuple[datetime, timedelta]]:
    """The offsets of a zone between two moments, each with the moment, to the minute, at which it ends."""
    found: list[tuple[datetime, timedelta]] = []
    at, offset = begin, _offset(begin, zone)
    while at <= end:
        after = at + _STEP
        if _offset(after, zone) != offset:
            low, high = at, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(middle, zone) == offset else (low, middle)
            # Clocks change at whole minutes.
            change = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
            found.append((change, offset))
            offset = _offset(after, zone)
        at = after
    return [*found, (end, offset)]


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _beside(
    connection: sqlite3.Connection, zone: tzinfo, since: datetime | None, until: datetime | None
) -> dict[str, int]:
    """What sittings took beside the answers that are known with their times, by the days on which they began."""
    rows = connection.execute(
        "SELECT s.started_at, s.spent_seconds - coalesce((SELECT sum(a.seconds) FROM attempt a"
        " WHERE a.session_id = s.id), 0) FROM practice_session s"
        f" WHERE s.started_at IS NOT NULL AND s.spent_seconds > 0{period('s.started_at', since, until)}",
        bounds(since, until),
    )
    found: dict[str, int] = {}
    for text, seconds in rows:
        at = parse_instant(text)
        if seconds > 0 and at is not None:
            day = at.astimezone(zone).date().isoformat()
            found[day] = found.get(day, 0) + seconds
    return found


def weeks_of(days: Iterable[PracticeSpan], *, until: date) -> tuple[PracticeSpan, ...]:
    """The days put together into weeks, up to the one of ``until``; one without practice stands there empty."""
    weeks: dict[date, PracticeSpan] = {}
    for day in days:
        monday = day.day - timedelta(days=day.day.weekday())
        known = weeks.get(monday, PracticeSpan(monday))
        weeks[monday] = PracticeSpan(monday, add_ratings(known.ratings, day.ratings), known.seconds + day.seconds)
    if not weeks:
        return ()
    first, last = min(weeks), max(*weeks, until - timedelta(days=until.weekday()))
    mondays = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return tuple(weeks.get(monday, PracticeSpan(monday)) for monday in mondays)
