"""The figures of a hunt as plain frozen values, that one process can send to another.

Codes, not words, stand in them: ``tracker.statistics.wording`` says them in the person's language, and
``tracker.statistics.definitions`` says how each is counted.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self

SMALLEST_CLAIM = 20
"""Below so many cases a figure is shown with its n, and nothing is compared or claimed."""

FUNNEL_STEPS = ("applied", "tests", "first", "second", "later", "offer")
"""投递, 测评 or 笔试, 一面, 二面, 三面 and all later interviews, offer: the steps of the funnel, in their order."""
STEPS = ("applied", "assessment", "written_test", "first", "second", "later", "offer")
"""The same, 测评 and 笔试 apart: the steps of times, of where applications end, and of flows."""
TIMED_STEPS = STEPS[:-1]
"""The steps at which one waits for an answer; ``applied`` is the time to the first answer."""
DIMENSIONS = ("tier", "batch", "channel", "kind", "month", "referral")
"""What figures can be grouped by; ``kind`` is of the position, ``month`` the one of applying."""
ENDINGS = ("rejected", "withdrawn", "no_opening", "declined", "revoked")
"""How an attempt ends; flows end in one of these too, or in ``open``."""
OPEN = "open"
"""Where the flow of an attempt under way leads."""
REFERRED, NOT_REFERRED = "yes", "no"
"""The keys of the dimension ``referral``."""


_NUMBER = "i"
"""32 bits: SQLite would have to make two billion applications for more."""


class _Packed(NamedTuple):
    n: int
    packed: bytes


class Counted(_Packed):
    """How many, and of which applications: the way down to the list behind a figure.

    The numbers are kept packed: of a large hunt there are a million of them, and few are ever looked at.
    """

    __slots__ = ()

    def __new__(cls, n: int = 0, ids: Iterable[int] | bytes = ()) -> Self:
        """So many; ``ids`` are the numbers of the applications, or the same as ``packed`` holds them."""
        return super().__new__(cls, n, ids if isinstance(ids, bytes) else array(_NUMBER, ids).tobytes())

    @property
    def ids(self) -> tuple[int, ...]:
        """One for each that was counted: an application with several attempts stands there several times."""
        return tuple(array(_NUMBER, self.packed))


class Rate(NamedTuple):
    """A share of those that were decided, with its 95 % interval by Wilson; ``None`` of nothing."""

    passed: int = 0
    n: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


NOTHING = Counted()
NO_RATE = Rate()


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step of the way from 投递 to offer."""

    step: str
    """Of ``FUNNEL_STEPS``."""
    reached: Counted = NOTHING
    """Came as far as this or farther, whether they passed through it or skipped it; never more than the step before."""
    entered: Counted = NOTHING
    """Were at this step: ``passed`` + ``failed`` + ``left`` + ``open``."""
    passed: Counted = NOTHING
    failed: Counted = NOTHING
    left: Counted = NOTHING
    """Ended here without a decision on the person: withdrawn, declined, no opening, put back; at
    ``applied`` also refused nobody knows where."""
    open: Counted = NOTHING
    """Stand here, undecided."""
    rate: Rate = NO_RATE
    """Passed of decided (``passed`` + ``failed``). Nothing follows an offer: its rate has n = 0."""
    of_applied: Rate = NO_RATE
    """Reached of all that applied, those still on the way among them."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Attempts that ended in one way at one step."""

    step: str
    """Of ``STEPS``; empty when nobody knows where."""
    outcome: str
    """Of ``ENDINGS``."""
    manner: str
    """Of a rejection: silence, letter, missed; empty when nothing was said."""
    counted: Counted


class CurvePoint(NamedTuple):
    """One step of a survival curve: a day on which someone was answered or went out of sight."""

    day: int
    """Whole days waited."""
    at_risk: int
    """Still waiting when this day came."""
    events: int
    """Answered on this day."""
    censored: int
    """Not answered, and not seen beyond this day: still waiting now, withdrawn."""
    survival: float
    """The share still without an answer after this day (Kaplan–Meier), 0–1."""
    low: float
    high: float
    """95 % interval: Greenwood's variance on the log-log scale."""


@dataclass(frozen=True, slots=True)
class Curve:
    """How long an answer takes at one step. Where nothing was observed there are no points."""

    step: str
    """Of ``TIMED_STEPS``; ``applied`` is the time to the first answer."""
    observed: Counted = NOTHING
    """Waits of known days."""
    events: int = 0
    """Of them answered."""
    censored: int = 0
    left_out: Counted = NOTHING
    """Waits whose days are not known to the day: they count in totals only."""
    points: tuple[CurvePoint, ...] = ()
    """By day, rising; before the first the survival is 1."""
    median: int | None = None
    """Days after which half are answered; ``None`` when the curve does not come down to a half."""
    median_low: int | None = None
    median_high: int | None = None
    """Its 95 % interval; ``None``: open on that side."""


class Chance(NamedTuple):
    """Whether an answer still comes after so many days of silence."""

    days: int
    share: float | None
    """1 − S(horizon) / S(days), 0–1; ``None`` when nothing was observed for longer than this."""
    n: int
    """Waits that were observed beyond this day: what the share is of."""
    horizon: int
    """The longest wait observed, in days: nothing is said of what comes after it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits for an answer now."""

    application_id: int
    company_id: int
    company: str
    position: str
    step: str
    """Of ``TIMED_STEPS``."""
    stage: str
    """The person's own label."""
    days: int
    """Whole days since it entered the stage."""
    in_pool: bool
    chance: Chance
    """By the curve of all waits at this step."""


class Flow(NamedTuple):
    """Attempts that went from one node to another. Without the revivals the flows have no circle."""

    source: str
    """Of ``STEPS``, or of ``ENDINGS`` for a revival."""
    target: str
    """Of ``STEPS``, of ``ENDINGS``, or ``OPEN``."""
    counted: Counted
    is_revival: bool = False


class Week(NamedTuple):
    """What happened in one week, Monday to Sunday, by the person's own days."""

    monday: date
    applications: int
    interviews: int
    offers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is told of a set of attempts. Positions that were only considered are not among them."""

    applications: Counted = NOTHING
    """Applications sent; one with a revival within it counts once."""
    attempts: Counted = NOTHING
    """Attempts: a revival is one of its own. All that follows counts these."""
    answered: Counted = NOTHING
    """Heard something: the next stage, or a refusal that was said."""
    interviewed: Counted = NOTHING
    """Came to an interview of people (AI面 is none)."""
    interviews: Counted = NOTHING
    """Interviews themselves, those to come not among them."""
    offers: Counted = NOTHING
    open: Counted = NOTHING
    """Under way."""
    closed: Counted = NOTHING
    endings: tuple[Ending, ...] = ()
    """Where and how those closed ended; the most first. Their n add up to ``closed``."""
    funnel: tuple[FunnelStep, ...] = ()
    """Of each of ``FUNNEL_STEPS``."""
    curves: tuple[Curve, ...] = ()
    """Of each of ``TIMED_STEPS``."""
    flows: tuple[Flow, ...] = ()
    """In the order of ``STEPS``, ``ENDINGS``, ``OPEN``; revivals last."""
    weeks: tuple[Week, ...] = ()
    """From the first week in which something happened to the present one, without a gap."""
    weeks_left_out: int = 0
    """Applications, interviews and offers whose day is not known, lies ahead, or more than ten years back."""


NO_FIGURES = Figures()


class Group(NamedTuple):
    """One value of a dimension."""

    key: str
    """As the person wrote it, or a code (``kind``, ``referral``) or ``2026-08`` (``month``); empty: not said."""
    figures: Figures
    is_rest: bool = False
    """All values too rare for a group of their own, together; ``key`` is empty then."""


class Grouping(NamedTuple):
    """The attempts by the values of one dimension; each attempt is in exactly one group."""

    dimension: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rates and their difference, by Newcombe's interval (1998, method 10)."""

    first: Rate = NO_RATE
    second: Rate = NO_RATE
    difference: float | None = None
    """first − second; ``None`` unless ``is_claimed``."""
    low: float | None = None
    high: float | None = None
    is_claimed: bool = False
    """Whether both have at least ``SMALLEST_CLAIM`` decided cases."""


NO_COMPARISON = Comparison()


class Day(NamedTuple):
    """One day of the hunt."""

    day: date
    events: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the hunt tells, at one moment."""

    now: datetime
    season_id: int | None = None
    events: int = 0
    """Events that count: corrected ones once, retracted ones not at all."""
    considered: Counted = NOTHING
    """Positions noted and not applied for: in no other figure."""
    all: Figures = NO_FIGURES
    by: tuple[Grouping, ...] = ()
    """Of each of ``DIMENSIONS``."""
    referral: Comparison = NO_COMPARISON
    """Coming to a first interview: with a referral (``first``) and without."""
    days: tuple[Day, ...] = ()
    """Days with events, rising; none of the future."""
    days_left_out: int = 0
    """Events whose day is not known."""
    waiting: tuple[Waiting, ...] = ()
    """Applications that wait for an answer since a known day, the longest first."""
    waiting_left_out: int = 0
    """Others that wait since nobody knows when."""
