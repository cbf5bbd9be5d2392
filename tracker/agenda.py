"""What lies ahead: rounds, windows, deadlines, checklist items, follow-ups, and what clashes. Read without the ORM."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.stages import Precision


class AgendaKind(StrEnum):
    """What an entry is."""

    ROUND = "round"
    """Something with an hour or a day."""
    WINDOW = "window"
    """Open for so long that its end matters."""
    DEADLINE = "deadline"
    """Until when to apply."""
    ITEM = "item"
    """A checklist item."""
    FOLLOW_UP = "follow_up"
    """An application silent for longer than the person's own limit."""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One line of the agenda. Times are aware and in the machine's zone; days stand at 00:00 of the local day."""

    kind: AgendaKind
    key: str
    """Stable through edits: ``round-12``, ``deadline-7``, ``item-3``, ``follow-up-7``."""
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
    precision: str = Precision.UNKNOWN
    timezone: str = ""
    """The IANA zone in which the time was said, when it is another than the machine's at that hour; else empty."""
    said_at: datetime | None = None
    """``starts_at`` (or ``ends_at`` without it) in that zone; ``None`` when it is the machine's own."""
    place: str = ""
    link: str = ""
    round_id: int | None = None
    item_id: int | None = None
    blocking: bool = False
    overdue: bool = False
    silent_days: int | None = None
    """Of a follow-up: whole days without news."""
    in_pool: bool = False
    clashes: tuple[str, ...] = ()
    """Keys of the entries that cannot be kept together with this one."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries that cannot both be kept, and why."""

    first: str
    second: str
    kind: str
    """``overlap``: two rounds at one time; ``window``: too little of a window is left beside what else is planned."""
    free_minutes: int | None = None
    """Of a window: what is left of it."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What lies between two moments."""

    entries: tuple[AgendaEntry, ...] = ()
    """By their time; follow-ups last, the longest silence first."""
    clashes: tuple[Clash, ...] = ()
