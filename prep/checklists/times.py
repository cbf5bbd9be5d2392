"""When checklist items are due: how long before a round, as people write it, and what becomes of it as that moves."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.deadlines import deadline_of
from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.rounds import is_window
from tracker.stages import Precision
from tracker.when import parse_when
from tracker.when_words import number

GRACE = timedelta(hours=1)
"""What should have been ready already when its list was made is due so much later: soon, not late from the start."""

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
LONGEST = 60 * DAY
"""Minutes before a round from which nothing is prepared for it yet."""

_UNITS = (
    (1, r"分钟|分|minutes?|mins?|m"),
    (HOUR, r"个?小时|个?钟头|hours?|hrs?|h"),
    (DAY, r"天|日|days?|d"),
    (WEEK, r"周|个?星期|个?礼拜|weeks?|w"),
)
_COUNT = r"\d+(?:\.\d+)?|[零一二两三四五六七八九十]+"
_PART = re.compile(
    rf"\s*(?P<half>半|half an?\s*)?(?P<count>{_COUNT})?\s*(?P<and_half>个半\s*)?(?P<unit>"
    + "|".join(unit for _minutes, unit in _UNITS)
    + r")(?P<more>半)?(?=[\d\s零一二两三四五六七八九十半]|$)"
)
_BARE = re.compile(r"\s*(?P<count>\d{1,2})\s*$")
_AROUND = re.compile(r"^(?:提前|之?前|开始前|before|[-−–—])\s*|\s*(?:之?前|以前|before(?: it)?|earlier|ahead)$")


@dataclass(frozen=True, slots=True)
class Due:
    """When an item is due: so long before its round, at a time of its own, or before the round at some time."""

    minutes_before: int | None = None
    at: datetime | None = None


ANY_TIME = Due()


def read_due(text: str, *, now: datetime) -> Due:
    """When an item is due, as people write it: ``2h``, ``1 天``, ``明天 9:00``; nothing: at any time before the round.

    Raises:
        RefusedError: it names no time, or one that is over.
    """
    if not text.strip():
        return ANY_TIME
    minutes = _find_before(text)
    if minutes is not None:
        return Due(minutes_before=minutes)
    moment = parse_when(text, now=now, direction="future")
    if moment is None:
        raise RefusedError(_("When is it due? Such as 2h, 1 天, or tomorrow 9:00."))
    at = deadline_of(moment, now.tzinfo or UTC)
    if at < now:
        raise RefusedError(_("That is over already."))
    return Due(at=at)


def read_before(text: str) -> int:
    """Minutes before a round, as people write them: ``24h``, ``30 min``, ``1 天``, ``1h30``, ``半小时``, ``0``.

    Raises:
        RefusedError: it names no such time, or more than sixty days.
    """
    minutes = _find_before(text)
    if minutes is None:
        raise RefusedError(_("How long before? Such as 24h, 1h, 30 min, 1 天."))
    return minutes


def _find_before(text: str) -> int | None:
    line = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = _AROUND.sub("", _AROUND.sub("", line))
    minutes = 0.0 if plain == "0" else _sum(plain)
    if minutes is not None and minutes > LONGEST:
        raise RefusedError(_("That is more than sixty days before."))
    return None if minutes is None else round(minutes)


def _sum(text: str) -> float | None:
    """The parts of a time added up; ``None`` when something else stands there."""
    total, at, last = 0.0, 0, 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            bare = _BARE.match(text, at)
            return total + int(bare["count"]) if bare is not None and last == HOUR else None
        if not (part["half"] or part["count"]) or (part["half"] and part["count"]):
            return None
        last = next(minutes for minutes, unit in _UNITS if re.fullmatch(unit, part["unit"]))
        count = 0.5 if part["half"] else _number(part["count"])
        if count < 0:
            return None
        total += last * (count + (0.5 if part["more"] or part["and_half"] else 0))
        at = part.end()
    return total if text else None


def _number(text: str) -> float:
    return float(text) if text[0].isascii() else float(number(text))


def show_before(minutes: int) -> str:
    """How long before, in words: ``1 day before``, ``90 min before``."""
    if minutes <= 0:
        return _("at the start")
    days, hours = minutes // DAY, minutes // HOUR
    if minutes % DAY == 0:
        return ngettext("{n} day before", "{n} days before", days).format(n=days)
    if minutes % HOUR == 0:
        return ngettext("{n} hour before", "{n} hours before", hours).format(n=hours)
    return ngettext("{n} min before", "{n} min before", minutes).format(n=minutes)


def write_before(minutes: int) -> str:
    """The same as it is typed, for a field that is changed: ``24h`` stays a number of hours."""
    if minutes and minutes % HOUR == 0:
        return f"{minutes // HOUR}h"
    return f"{minutes} min" if minutes else "0"


def ready_by(starts_at: datetime | None, ends_at: datetime | None) -> datetime | None:
    """When a round must be prepared: its start, but the end of one that is open for longer than anyone sits in it."""
    if starts_at is None or is_window(starts_at, ends_at):
        return ends_at
    return starts_at


def due_before(minutes: int, deadline: datetime | None, precision: str) -> datetime | None:
    """When something is due so many minutes before a round; ``None`` when the round's day is not known.

    The minutes are real ones, whatever clocks do in between. Before a round that is known by its day alone, kept as
    that day at 00:00 UTC, whole days count and the rest is due on the day itself.
    """
    if deadline is None or precision in (Precision.MONTH, Precision.UNKNOWN):
        return None
    if precision == Precision.DAY:
        return deadline - timedelta(days=minutes // DAY)
    return deadline - timedelta(minutes=minutes)


def present_moment(now: datetime, precision: str) -> datetime:
    """The present as a round's times are kept: to the minute, or the local day at 00:00 UTC."""
    if precision == Precision.DAY:
        return datetime(now.year, now.month, now.day, tzinfo=UTC)
    return now.astimezone(UTC).replace(second=0, microsecond=0)


def due_when_made(
    minutes: int, *, deadline: datetime | None, precision: str, now: datetime, was: datetime | None = None
) -> datetime | None:
    """When an item is due, of a list made now or of a round that was moved now.

    What lies behind already is not late from the start: it is due an hour from now, at the latest when the round
    begins. What was due before the round moved stays late, but never by more than it was.

    Args:
        minutes: how long before the round.
        deadline: by when the round must be prepared.
        precision: how exactly the round's time is known.
        now: aware and local.
        was: when the item was due before the round was moved.
    """
    due = due_before(minutes, deadline, precision)
    present = present_moment(now, precision)
    if due is None or deadline is None or due >= present or deadline <= present:
        return due
    soon = min(deadline, present if precision == Precision.DAY else present + GRACE)
    return max(due, soon if was is None else min(was, soon))


def is_over(deadline: datetime | None, precision: str, now: datetime) -> bool:
    """Whether there is nothing to prepare any more."""
    if deadline is None:
        return False
    if precision == Precision.MINUTE:
        return deadline <= now
    if precision == Precision.MONTH:
        return (deadline.year, deadline.month) < (now.year, now.month)
    return deadline.date() < now.date()
