"""One week of the hunt as plain frozen values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tracker.agenda_entries import AgendaEntry, Clash

DAYS = 7


class WeekSpan(NamedTuple):
    """A week from Monday to Sunday, by the person's own days; where clocks change it is an hour longer or shorter."""

    monday: date
    begin: datetime
    """Aware, in the zone asked for."""
    end: datetime
    """The first moment after it."""

    @classmethod
    def of(cls, moment: datetime) -> "WeekSpan":
        """The week of an aware moment, by the days of its zone."""
        return cls.from_monday(moment.date() - timedelta(days=moment.weekday()), moment)

    @classmethod
    def from_monday(cls, monday: date, moment: datetime) -> "WeekSpan":
        """The week that begins on this Monday, in the zone of a moment."""
        begin, end = (
            datetime.combine(day, time(), tzinfo=moment.tzinfo) for day in (monday, monday + timedelta(days=DAYS))
        )
        return cls(monday, begin, end)

    def shifted(self, weeks: int) -> "WeekSpan":
        """So many weeks later, or earlier where it is below zero."""
        return self.from_monday(self.monday + timedelta(weeks=weeks), self.begin)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def number(self) -> tuple[int, int]:
        """Its year and its number by ISO 8601."""
        year, week, _day = self.monday.isocalendar()
        return year, week

    def holds(self, day: date) -> bool:
        """Whether a day is one of its days."""
        return self.monday <= day <= self.sunday


class Step(NamedTuple):
    """One step of an application's history in the week."""

    kind: str
    """stage, outcome, pool, unpool or revive."""
    stage: str
    """The person's own label: of the new stage, or of the one that the outcome is of."""
    phase: str
    outcome: str
    manner: str
    day: date
    """The local day on which it happened, or was recorded where it lies ahead of that."""
    at: datetime | None = None
    """The moment, where it is known to the minute."""
    heard: bool = False
    """Whether the company answered with it: a later stage, an offer, a refusal that was said."""
    waited: int | None = None
    """Of an answer: whole days since the step before; ``None`` where one of them is not known to the day."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved of one application."""

    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    before: str
    """The label of the stage it stood at before; empty when nothing had happened."""
    steps: tuple[Step, ...]

    @property
    def heard(self) -> bool:
        """Whether the company answered."""
        return any(step.heard for step in self.steps)


@dataclass(frozen=True, slots=True)
class HeldRound:
    """An interview, a written test or an assessment of the week."""

    application_id: int
    company_id: int
    company: str
    tier: str
    stage: str
    phase: str
    at: datetime
    """Its begin, of a window its end; local."""
    precision: str
    round_id: int
    state: str
    """planned, done or missed."""
    result: str = ""
    """passed, rejected, or nothing yet."""
    is_debriefed: bool = False

    @property
    def lacks_debrief(self) -> bool:
        """Whether it was an interview of which nobody wrote down how it went."""
        return self.phase == "interview" and self.state in ("planned", "done") and not self.is_debriefed


@dataclass(frozen=True, slots=True)
class WentSilent:
    """An application that crossed the person's limit of silence in the week."""

    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    stage: str
    days: int
    """Of silence, at the end of the week or now."""
    in_pool: bool


@dataclass(frozen=True, slots=True)
class OfferDay:
    """A day of an offer or of a three-party agreement."""

    application_id: int
    company_id: int
    company: str
    what: str
    """offer_received, offer_deadline, agreement_received, agreement_deadline, agreement_signed, agreement_broken or
    agreement_released."""
    day: date
    at: datetime | None = None
    """Of a deadline, local."""


class WeekCounts(NamedTuple):
    """A week in numbers, to be set beside another."""

    applied: int = 0
    moved: int = 0
    """Applications of which anything moved beyond being sent."""
    answered: int = 0
    """Applications that were answered."""
    interviews: int = 0
    """That were held."""
    tests: int = 0
    """Written tests and assessments that were held."""
    rejected: int = 0
    offers: int = 0
    silent: int = 0


_NO_COUNTS = WeekCounts()


@dataclass(frozen=True, slots=True)
class HuntWeek:
    """One week of the hunt."""

    now: datetime
    span: WeekSpan
    is_empty: bool
    """Whether the hunt holds nothing at all yet."""
    applied: tuple[Moved, ...] = ()
    moved: tuple[Moved, ...] = ()
    """The farthest first; what was only sent is not among them."""
    held: tuple[HeldRound, ...] = ()
    """By their time."""
    silent: tuple[WentSilent, ...] = ()
    """The longest silence first."""
    offers: tuple[OfferDay, ...] = ()
    """What came or was signed in the week, by day."""
    deadlines: tuple[OfferDay, ...] = ()
    """Until when to answer or to sign, from now on or from the end of the week on; by day."""
    ahead: tuple[AgendaEntry, ...] = ()
    """Rounds, windows and deadlines of what is left of the week, and of the week after it."""
    clashes: tuple[Clash, ...] = ()
    """Those of ``ahead``."""
    counts: WeekCounts = _NO_COUNTS
    before: WeekCounts = _NO_COUNTS
    """Of the week before."""
    undated: int = 0
    """Events written down in the week of which the day is not known: they are in no other number."""
    considered: int = 0
    """Positions noted in the week and not applied for."""

    @property
    def is_over(self) -> bool:
        """Whether all of it has passed."""
        return self.span.end <= self.now

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun."""
        return self.span.begin > self.now
