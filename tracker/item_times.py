"""When checklist items are due, as SQL for what is read without the ORM: ``i`` is the item, ``r`` its round if any."""

DUE = (
    "coalesce(i.due_at, CASE WHEN r.precision != 'month' THEN"
    " CASE WHEN julianday(r.ends_at) - julianday(r.starts_at) >= 0.25 THEN r.ends_at"
    " ELSE coalesce(r.starts_at, r.ends_at) END END)"
)
"""An item without a time is due when its round begins, or when its window of six hours and more closes."""

PRECISION = (
    "CASE WHEN r.id IS NULL OR (i.minutes_before IS NULL AND i.due_at IS NOT NULL) THEN 'minute'"
    " WHEN r.precision = 'minute' THEN 'minute' ELSE 'day' END"
)
"""A time of its own is exact; what a day-long round needs is due on a day."""

AHEAD = "coalesce(r.ends_at, r.starts_at, '9') >= CASE WHEN r.precision = 'minute' THEN :still_on ELSE :today END"
"""Whether the round is not over: takes ``still_on``, an instant, and ``today``, the local day at 00:00 UTC."""
