"""How far away a round is, and when that changes next: a table of moments, from each of which on an hour holds.

A round with an hour is far until a day before, then near, soon from two hours before, then it goes on until its end
(its usual length where nobody named one), then it is over. Of a window, within which the person chooses the hour, the
end counts once it is open. Of a day nobody knows the hour: it is near from the day before on, and over when the day is.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from prep.briefings.briefing import Hour
from prep.drilling.occasions import Timed
from tracker.agenda_entries import is_window, usual_length
from tracker.stages import Precision

NEAR, SOON = timedelta(hours=24), timedelta(hours=2)
DAY = timedelta(days=1)


def hour_of(view: Timed, *, now: datetime) -> Hour:
    """How far away a round is.

    Args:
        view: anything with the times of a round; its days are calendar days of the person's.
        now: aware; its zone is the person's.
    """
    present = now.astimezone(UTC)
    held = [hour for moment, hour in _moments(view, now) if moment <= present]
    if held:
        return held[-1]
    is_timed = view.precision != Precision.UNKNOWN and (view.starts_at or view.ends_at) is not None
    return Hour.FAR if is_timed else Hour.UNKNOWN


def next_change(view: Timed, *, now: datetime) -> datetime | None:
    """When a round's hour becomes another, in UTC and after ``now``; ``None`` when it stays as it is."""
    present, held = now.astimezone(UTC), hour_of(view, now=now)
    return next((moment for moment, hour in _moments(view, now) if moment > present and hour != held), None)


def end_of(view: Timed) -> tuple[datetime, bool] | None:
    """When a round with an hour ends, in UTC, and whether somebody said so; ``None`` where no hour is known."""
    if view.precision != Precision.MINUTE or view.starts_at is None:
        return None
    start = view.starts_at.astimezone(UTC)
    if view.ends_at is not None and view.ends_at.astimezone(UTC) > start:
        return view.ends_at.astimezone(UTC), True
    return start + usual_length(view.phase), False


def is_open_long(view: Timed) -> bool:
    """Whether the person chooses the hour of a round."""
    return is_window(view.starts_at, view.ends_at, precision=view.precision, medium=view.medium)


def _moments(view: Timed, now: datetime) -> Iterator[tuple[datetime, Hour]]:
    """From which moment on which hour holds, ascending, in UTC: clocks that are set back leave it untouched."""
    if view.precision == Precision.MINUTE:
        yield from _window(view) if is_open_long(view) else _talk(view)
    elif view.precision in (Precision.DAY, Precision.MONTH):
        yield from _calendar(view, now)


def _talk(view: Timed) -> Iterator[tuple[datetime, Hour]]:
    end = end_of(view)
    if view.starts_at is None or end is None:
        return
    start = view.starts_at.astimezone(UTC)
    yield from ((start - NEAR, Hour.DAY), (start - SOON, Hour.SOON), (start, Hour.DURING), (end[0], Hour.AFTER))


def _window(view: Timed) -> Iterator[tuple[datetime, Hour]]:
    if view.ends_at is None:
        return
    end = view.ends_at.astimezone(UTC)
    if view.starts_at is not None:
        start = view.starts_at.astimezone(UTC)
        opening = [(start - NEAR, Hour.DAY), (start, Hour.FAR), (end - NEAR, Hour.FAR)]
        # A window that closes within a day of its opening is near from before it opens until it closes.
        yield from (one for one, after in pairwise(opening) if one[0] < end - NEAR and one[0] < after[0])
    yield from ((end - NEAR, Hour.DAY), (end - SOON, Hour.SOON), (end, Hour.AFTER))


def _calendar(view: Timed, now: datetime) -> Iterator[tuple[datetime, Hour]]:
    first, last = view.starts_at or view.ends_at, view.ends_at or view.starts_at
    if first is None or last is None:
        return
    if view.precision == Precision.MONTH:
        yield _midnight(first.date().replace(day=1), now), Hour.UNKNOWN
        yield _midnight((last.date().replace(day=1) + timedelta(days=32)).replace(day=1), now), Hour.AFTER
        return
    decisive = last if is_open_long(view) else first
    yield _midnight(decisive.date() - DAY, now), Hour.DAY
    yield _midnight(last.date() + DAY, now), Hour.AFTER


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.min, tzinfo=now.tzinfo).astimezone(UTC)
