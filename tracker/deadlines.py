"""Until when one can apply, as people write it: a deadline known by its day lasts until that day is over."""

from datetime import UTC, datetime, timedelta, tzinfo

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Precision
from tracker.when import Moment, parse_when


def read_deadline(text: str, *, now: datetime) -> datetime:
    """The instant at which a deadline ends, by the local clock ``now``.

    Raises:
        RefusedError: it is no time.
    """
    zone = now.tzinfo or UTC
    moment = parse_when(text, now=now, direction="nearest")
    if moment is None or deadline_of(moment, zone) < now:
        # Only then: a span that is open already began before now and ends after it.
        moment = parse_when(text, now=now, direction="future")
    if moment is None:
        raise RefusedError(
            _("«{text}» is no deadline. Try: 8.20 · 4.1 24:00 · next friday").format(text=text.strip()[:40])
        )
    return deadline_of(moment, zone)


def deadline_of(moment: Moment, zone: tzinfo) -> datetime:
    """The end of a moment: of a span its end, of a day its midnight, of a month the midnight of its last day."""
    last = moment.end or moment.start
    if moment.precision == Precision.MONTH:
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    elif moment.precision == Precision.DAY:
        last += timedelta(days=1)
    return last.replace(tzinfo=zone)


def typed_deadline(at: datetime | None, zone: tzinfo) -> str:
    """A deadline as one types it: midnight is the end of the day before."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"
