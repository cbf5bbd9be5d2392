"""Reviews put together by their local days and weeks."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from operator import itemgetter

from prep.memory.states import RATINGS
from prep.practice_values import PracticeSpan, Ratings, Share
from tracker.instants import stored


@dataclass(frozen=True, slots=True)
class CountedReviews:
    """Reviews as they were counted."""

    ratings: Ratings
    days: list[PracticeSpan]
    timed: int
    median_seconds: float | None
    left_out: int
    stray_seconds: int
    """Of answers whose day is not known."""


def count_reviews(
    connection: sqlite3.Connection, *, now: datetime, since: datetime | None, until: datetime | None
) -> CountedReviews:
    """Read the reviews of a period, and count them by the local days of ``now``."""
    rows = connection.execute(
        "SELECT attempted_at, precision, rating, question_id, seconds FROM attempt"
        f" WHERE rating IN {RATINGS} AND mode NOT IN ('notes', 'interview'){period('attempted_at', since, until)}",
        bounds(since, until),
    ).fetchall()
    day_of = _day_reader(now.tzinfo or UTC)
    undated = [row for row in rows if row[0] is None or row[1] not in ("minute", "day")]
    if undated:
        rows = [row for row in rows if row[0] is not None and row[1] in ("minute", "day")]
    rows.sort(key=itemgetter(0))
    by_day: dict[date, list[tuple[str, int, int]]] = {}
    for text, precision, rating, question_id, seconds in rows:
        day = day_of(text) if precision == "minute" else date.fromisoformat(text[:10])
        by_day.setdefault(day, []).append((rating, question_id, seconds or 0))
    beside = _beside(connection, day_of, since, until)
    times = sorted(row[4] for row in (*rows, *undated) if row[4] is not None)
    days = [_span(day, by_day.get(day, ()), beside.get(day, 0)) for day in sorted({*by_day, *beside})]
    all_ratings = [row[2] for row in undated] + [row[2] for row in rows]
    return CountedReviews(
        ratings=_rated(all_ratings),
        days=days,
        timed=len(times),
        median_seconds=_median(times),
        left_out=len(undated),
        stray_seconds=sum(row[4] or 0 for row in undated),
    )


def period(column: str, since: datetime | None, until: datetime | None) -> str:
    """Conditions on a moment; without bounds none, and a moment that nobody knows counts too."""
    return (f" AND {column} >= :since" if since is not None else "") + (
        f" AND {column} < :until" if until is not None else ""
    )


def bounds(since: datetime | None, until: datetime | None) -> dict[str, str]:
    """The values that such conditions take."""
    given = {"since": since, "until": until}
    return {name: stored(moment) for name, moment in given.items() if moment is not None}


def _day_reader(zone: tzinfo) -> Callable[[str], date]:
    """Reads the local day of a stored moment; an hour that lies within one day is read once."""

    @cache
    def hour(prefix: str) -> tuple[date, date]:
        first = datetime.fromisoformat(f"{prefix}:00:00+00:00")
        return first.astimezone(zone).date(), (first + timedelta(minutes=59)).astimezone(zone).date()

    def read(text: str) -> date:
        first, last = hour(text[:13])
        return first if first == last else datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(zone).date()

    return read


def _beside(
    connection: sqlite3.Connection, day_of: Callable[[str], date], since: datetime | None, until: datetime | None
) -> dict[date, int]:
    """What sittings took beside the answers that are known with their times, by the days on which they began."""
    rows = connection.execute(
        "SELECT s.started_at, s.spent_seconds - coalesce((SELECT sum(a.seconds) FROM attempt a"
        " WHERE a.session_id = s.id), 0) AS beside FROM practice_session s"
        f" WHERE s.started_at IS NOT NULL{period('s.started_at', since, until)}",
        bounds(since, until),
    )
    found: dict[date, int] = {}
    for text, seconds in rows:
        if seconds > 0:
            day = day_of(text)
            found[day] = found.get(day, 0) + seconds
    return found


def _span(day: date, reviews: Iterable[tuple[str, int, int]], beside: int) -> PracticeSpan:
    """One day; its reviews in the order of their times."""
    first: dict[int, str] = {}
    ratings = []
    seconds = beside
    for rating, question_id, took in reviews:
        first.setdefault(question_id, rating)
        ratings.append(rating)
        seconds += took
    recalled = Share(sum(rating != "again" for rating in first.values()), len(first))
    return PracticeSpan(day, _rated(ratings), recalled, len(first), seconds)


def _rated(ratings: list[str]) -> Ratings:
    return Ratings(*map(ratings.count, RATINGS))


def _median(ordered: list[int]) -> float | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def weeks_of(days: Iterable[PracticeSpan], *, until: date) -> tuple[PracticeSpan, ...]:
    """The days put together into weeks; one without practice stands there empty."""
    weeks: dict[date, PracticeSpan] = {}
    for day in days:
        monday = day.day - timedelta(days=day.day.weekday())
        known = weeks.get(monday, PracticeSpan(monday))
        weeks[monday] = PracticeSpan(
            monday,
            Ratings(*map(sum, zip(known.ratings, day.ratings, strict=True))),
            Share(known.recalled.hits + day.recalled.hits, known.recalled.n + day.recalled.n),
            known.questions + day.questions,
            known.seconds + day.seconds,
        )
    if not weeks:
        return ()
    first, last = min(weeks), max(*weeks, until - timedelta(days=until.weekday()))
    mondays = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return tuple(weeks.get(monday, PracticeSpan(monday)) for monday in mondays)
