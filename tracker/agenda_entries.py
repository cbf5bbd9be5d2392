"""What the agenda consists of: entries with their spans, and the clashes between them."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tracker.stages import Phase, Precision

TALK = timedelta(hours=1)
"""How long a round lasts whose end nobody named."""
TEST = timedelta(hours=2)
"""How long an assessment or a written test takes, when nobody said."""
DAY = timedelta(days=1)
WINDOW = timedelta(hours=6)
"""From this length on a round is a window within which the person chooses the hour."""


class AgendaKind(StrEnum):
    """What an entry is."""

    ROUND = "round"
    """Something with an hour or a day."""
    WINDOW = "window"
    """Open for so long that its end matters."""
    DEADLINE = "deadline"
    """Until when to apply."""
    ANSWER = "answer"
    """Until when to answer an offer."""
    SIGN = "sign"
    """Until when to sign an agreement (三方)."""
    ITEM = "item"
    """A checklist item."""
    FOLLOW_UP = "follow_up"
    """An application silent for longer than the person's own limit."""


ENDS = frozenset({AgendaKind.DEADLINE, AgendaKind.ANSWER, AgendaKind.SIGN})
"""Kinds of which only the end matters, to the minute."""


class AgendaEntry(NamedTuple):
    """One line of the agenda. Times are aware and in the machine's zone; days stand at 00:00 of the local day.

    What begins has ``starts_at``; what is only due (a deadline, a checklist item, a window of which the end alone is
    known) has ``ends_at`` and no start.
    """

    kind: AgendaKind
    key: str
    """Stable through edits: ``round-12``, ``deadline-7``, ``answer-2``, ``sign-1``, ``item-3``, ``follow-up-7``."""
    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    stage: str
    phase: str
    text: str = ""
    """A checklist item's words; for others empty."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """With day precision the last day itself, at 00:00."""
    precision: str = Precision.UNKNOWN
    timezone: str = ""
    """The IANA zone in which the time was said, when it is another than the machine's at that hour; else empty."""
    said_at: datetime | None = None
    """``starts_at`` (or ``ends_at`` without it) in that zone; ``None`` when it is the machine's own."""
    place: str = ""
    link: str = ""
    medium: str = ""
    """online, onsite, phone, or nothing."""
    round_id: int | None = None
    item_id: int | None = None
    blocking: bool = False
    overdue: bool = False
    """Of an item, a deadline or a window: its time is over, and it is still open."""
    done: bool = False
    """It is over or ticked; only there when that was asked for."""
    silent_days: int | None = None
    """Of a follow-up: whole days without news."""
    in_pool: bool = False
    clashes: tuple[str, ...] = ()
    """Keys of the entries that cannot be kept together with this one."""


class Clash(NamedTuple):
    """Two entries that cannot both be kept, and why."""

    first: str
    second: str
    """Empty for a window that is too short by itself."""
    kind: str
    """``overlap``: two rounds at one time; ``window``: too little of a window is left beside what else is planned."""
    free_minutes: int | None = None
    """Of a window: the longest stretch of it that is still free."""


class Agenda(NamedTuple):
    """What lies between two moments."""

    entries: tuple[AgendaEntry, ...] = ()
    """By the moment that matters (see ``moment_of``); follow-ups last, the longest silence first."""
    clashes: tuple[Clash, ...] = ()
    """Those of which at least one side is among the entries."""


def is_window(start: datetime | None, end: datetime | None, *, precision: str, medium: str) -> bool:
    """Whether the person chooses the hour of a round: not of a day that is spent at the company."""
    if end is None or medium == "onsite":
        return False
    if start is None:
        return True
    return end - start >= WINDOW if precision == Precision.MINUTE else end > start


def usual_length(phase: str) -> timedelta:
    """How long a round of this phase takes, when nobody said."""
    return TEST if phase in (Phase.ASSESSMENT, Phase.WRITTEN_TEST) else TALK


def span_of(entry: AgendaEntry, *, now: datetime) -> tuple[datetime, datetime] | None:
    """From when until when an entry reaches, the end excluded; ``None`` for a follow-up, which has no time.

    A round without an end takes its usual length, a day is whole, and a window of which only the end is known is
    open by now. What is due has no length: both moments are the same.
    """
    start, end = entry.starts_at, entry.ends_at
    last = end or start
    if last is None:
        return None
    if entry.precision == Precision.MONTH:
        return (start or last).replace(day=1), (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    if entry.precision == Precision.DAY:
        last += DAY
    elif entry.kind == AgendaKind.ROUND and start is not None and (end is None or end == start):
        last = start + usual_length(entry.phase)
    if start is not None:
        return start, last
    return (min(now, last), last) if entry.kind == AgendaKind.WINDOW else (end or last, last)


def moment_of(entry: AgendaEntry, *, now: datetime) -> datetime | None:
    """The moment of an entry that matters now: its start while that lies ahead, the end of a window that is open."""
    span = span_of(entry, now=now)
    if span is None:
        return None
    start, end = entry.starts_at, entry.ends_at
    if entry.kind == AgendaKind.WINDOW and end is not None and (start is None or span[0] < now):
        return end
    return start or end
