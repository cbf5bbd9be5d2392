"""One plan for all interviews of the coming days: so many minutes a day, shared, that nothing piles up on the last one.

Each day has one sitting. What is practised there is what adds most, for each second, to the expected recall at all the
interviews still ahead together: a question that is likely at two companies counts for both and is practised once. The
days are filled from today on, with what is left of a practice carried from day to day, so that new material comes
early and what fades is repeated late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlmodel import Session

from prep.drilling.choosing import REPEAT_SHARE
from prep.drilling.drill import TOO_LATE, read_memories, trace_of
from prep.drilling.foresight import Foresight, Trace
from prep.drilling.likelihood import read_candidates, weigh_candidates
from prep.drilling.occasions import hour_to_be_ready
from prep.drilling.paces import load_paces
from prep.drilling.readiness import choose_likely
from prep.memory.parameters import load_parameters, steps_of
from prep.search_index import raw_connection
from tracker.errors import RefusedError
from tracker.instants import stored
from tracker.messages import _
from tracker.rounds import RoundView, list_rounds
from tracker.stages import Phase

MINUTES_A_DAY = 40
"""Of practice when nobody says."""
DAYS = 7
"""That a plan reaches ahead."""
MOST_DAYS = 31

EVENING = time(20)
"""When a day's sitting is taken to be; before an interview of that day, so long that nothing is hurried."""
MORNING = time(8)
"""No sitting is earlier than this."""

WORTH = 0.03
"""Least recall, 0–1, that one practice has to add at the interviews it is for."""

PHASES = frozenset({Phase.INTERVIEW, Phase.WRITTEN_TEST})


@dataclass(frozen=True, slots=True)
class DayPart:
    """What of one day's sitting is for one interview before all others."""

    company_id: int
    company: str
    round_id: int
    stage: str
    at: datetime
    """The interview, aware, in UTC."""
    seconds: int
    question_ids: tuple[int, ...]
    """In the order of their worth."""
    new: int
    """Questions of these never rated before."""
    shared: int
    """Questions of these that are likely at another of the interviews too."""

    @property
    def minutes(self) -> int:
        """What it takes, 1 or more."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day's sitting."""

    day: date
    begins_at: datetime
    """When it is taken to be, aware, in UTC."""
    parts: tuple[DayPart, ...]
    """By the time of the interviews."""

    @property
    def seconds(self) -> int:
        """What the day takes."""
        return sum(part.seconds for part in self.parts)

    @property
    def question_ids(self) -> tuple[int, ...]:
        """All of the day, each once."""
        return tuple(key for part in self.parts for key in part.question_ids)


class _Interview(NamedTuple):
    view: RoundView
    at: datetime
    weights: Mapping[int, float]
    """Of the questions that are likely there, by id."""
    asked: frozenset[int]
    """Of these, those that were asked at this company before."""


class _Gain(NamedTuple):
    question_id: int
    seconds: float
    total: float
    main: int
    """The interview that gains most, by its place."""
    shared: bool


def plan_week(
    session: Session, *, now: datetime, minutes_a_day: int = MINUTES_A_DAY, days: int = DAYS
) -> tuple[DayPlan, ...]:
    """The sittings before the planned interviews and written tests of the coming days; days without one are left out.

    What was practised today already counts for today's minutes. Rounds without a day are left out.

    Args:
        session: Where it is read.
        now: The present moment, aware; its zone tells what a day is.
        minutes_a_day: At most so many, 1 or more.
        days: How far ahead, 1–31.

    Raises:
        RefusedError: there are no minutes or no days.
    """
    if minutes_a_day < 1:
        raise RefusedError(_("A day's practice takes at least one minute."))
    if not 1 <= days <= MOST_DAYS:
        raise RefusedError(_("A plan reaches ahead 1 to {n} days.").format(n=MOST_DAYS))
    durations: dict[int, int] = {}
    interviews = _interviews(session, now=now, until=now + timedelta(days=days), durations=durations)
    if not interviews:
        return ()
    foresight = Foresight(steps_of(load_parameters(session)))
    memories = read_memories(session, now=now)
    traces = {key: trace_of(memories, key) for key in durations}
    plans: list[DayPlan] = []
    seen = now.astimezone(UTC)
    for number, begins_at in enumerate(_sittings(interviews, now=now)):
        passed = (begins_at - seen).total_seconds() / 86_400
        traces = {
            key: trace._replace(days=trace.days + passed) if trace.stability > 0 else trace
            for key, trace in traces.items()
        }
        seen = begins_at
        budget = minutes_a_day * 60 - (0 if number else _spent(session, now=now))
        gains = _gains(interviews, traces, durations, foresight, begins_at=begins_at)
        chosen = _fill(gains, budget)
        parts = _parts(interviews, chosen, traces)
        if parts:
            plans.append(DayPlan(begins_at.astimezone(now.tzinfo).date(), begins_at, parts))
        for gain in chosen:
            traces[gain.question_id] = foresight.left_after(traces[gain.question_id])
    return tuple(plans)


def _interviews(session: Session, *, now: datetime, until: datetime, durations: dict[int, int]) -> list[_Interview]:
    """What is planned, by its time; ``durations`` gets the seconds of every question likely there."""
    paces = load_paces(session)
    present, last = now.astimezone(UTC), until.astimezone(UTC)
    found: list[_Interview] = []
    for view in list_rounds(session, planned_only=True):
        if view.phase not in PHASES or not (view.starts_at or view.ends_at):
            continue
        at = hour_to_be_ready(view, now=now)[0].astimezone(UTC)
        if not present < at <= last:
            continue
        candidates = read_candidates(session, company_id=view.company_id)
        weights, reasons = weigh_candidates(session, candidates, company_id=view.company_id, round_id=view.id, now=now)
        likely = [
            place for place in choose_likely(weights) if candidates.lengths[place] or reasons[place] == "asked_here"
        ]
        ids = candidates.ids
        durations.update(
            (ids[place], paces.seconds(candidates.kinds[place], candidates.lengths[place])) for place in likely
        )
        asked = frozenset(ids[place] for place in likely if reasons[place] == "asked_here")
        found.append(_Interview(view, at, {ids[place]: weights[place] for place in likely}, asked))
    return sorted(found, key=lambda one: (one.at, one.view.id))


def _sittings(interviews: Sequence[_Interview], *, now: datetime) -> Iterable[datetime]:
    """When each day's sitting is taken to be, today's first; the last is before the last interview."""
    zone = now.tzinfo
    present = now.astimezone(UTC)
    last = interviews[-1].at
    day = now.date()
    while day <= last.astimezone(zone).date():
        begins_at = datetime.combine(day, EVENING, tzinfo=zone).astimezone(UTC)
        todays = [one.at for one in interviews if one.at.astimezone(zone).date() == day]
        if todays:
            earliest = datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
            begins_at = max(earliest, min(begins_at, todays[0] - TOO_LATE))
        begins_at = present if day == now.date() else max(present, begins_at)
        if begins_at < last:
            yield begins_at
        day += timedelta(days=1)


def _gains(
    interviews: Sequence[_Interview],
    traces: Mapping[int, Trace],
    durations: Mapping[int, int],
    foresight: Foresight,
    *,
    begins_at: datetime,
) -> list[_Gain]:
    """What a practice in this sitting adds at the interviews after it, the best for each second first."""
    ahead = [(place, one) for place, one in enumerate(interviews) if one.at > begins_at]
    found: list[_Gain] = []
    for key, trace in traces.items():
        chance = foresight.recall(trace.stability, trace.days)
        well = foresight.after_success(trace).stability
        badly = foresight.after_failure(trace).stability
        total = weight = most = 0.0
        main, likely = -1, 0
        for place, one in ahead:
            here = one.weights.get(key, 0.0)
            is_late = one.at - begins_at <= TOO_LATE and trace.stability <= 0 and key not in one.asked
            if not here or is_late:
                continue
            horizon = (one.at - begins_at).total_seconds() / 86_400
            after = chance * foresight.recall(well, horizon) + (1 - chance) * foresight.recall(badly, horizon)
            gain = here * (after - foresight.recall(trace.stability, trace.days + horizon))
            total, weight, likely = total + gain, weight + here, likely + 1
            if main < 0 or gain > most:
                main, most = place, gain
        if weight and total > WORTH * weight:
            seconds = durations[key] * (1 + (1 - chance) * REPEAT_SHARE)
            found.append(_Gain(key, seconds, total, main, likely > 1))
    return sorted(found, key=lambda gain: (-gain.total / gain.seconds, gain.question_id))


def _fill(gains: Iterable[_Gain], seconds: float) -> list[_Gain]:
    chosen: list[_Gain] = []
    for gain in gains:
        if gain.seconds <= seconds:
            chosen.append(gain)
            seconds -= gain.seconds
    return chosen


def _parts(
    interviews: Sequence[_Interview], chosen: Sequence[_Gain], traces: Mapping[int, Trace]
) -> tuple[DayPart, ...]:
    parts: list[DayPart] = []
    for place, one in enumerate(interviews):
        own = [gain for gain in chosen if gain.main == place]
        if own:
            parts.append(
                DayPart(
                    company_id=one.view.company_id,
                    company=one.view.company,
                    round_id=one.view.id,
                    stage=one.view.stage,
                    at=one.at,
                    seconds=int(sum(gain.seconds for gain in own)),
                    question_ids=tuple(gain.question_id for gain in own),
                    new=sum(traces[gain.question_id].stability <= 0 for gain in own),
                    shared=sum(gain.shared for gain in own),
                )
            )
    return tuple(parts)


def _spent(session: Session, *, now: datetime) -> int:
    """Seconds practised since this day began."""
    midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    query = "SELECT coalesce(sum(seconds), 0) FROM attempt WHERE attempted_at >= ? AND precision = 'minute'"
    return int(raw_connection(session).execute(query, (stored(midnight),)).fetchone()[0])
