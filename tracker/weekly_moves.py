"""What moved in a week, and what went silent in it: from the effective events. Read straight from SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tracker.as_of import read_histories
from tracker.history import PastEvent, Standing, effective_events, events_until, fold_effective
from tracker.instants import stored
from tracker.settings import SilenceLimits
from tracker.stages import Manner, Outcome, Phase, Precision
from tracker.weekly_values import Moved, Step, WeekSpan, WentSilent

_MOVING = ("stage", "outcome", "pool", "unpool", "revive")
_SENT = frozenset(Phase) - {Phase.INTENT}
_ANSWERS = frozenset({Outcome.PASSED, Outcome.OFFER, Outcome.REVOKED, Outcome.NO_OPENING})
_ORDER = tuple(Phase)
_MARGIN = timedelta(days=2)
"""A day is stored at 00:00 UTC, and its local day may begin or end half a day beside that."""


Histories = dict[int, list[PastEvent]]
"""Applications whose events were read already: most of a week's are those of the week before, too."""


class Owner(NamedTuple):
    """Whose events these are."""

    company_id: int
    company: str
    tier: str
    position: str


@dataclass(frozen=True, slots=True)
class WeekMoves:
    """What moved in one week."""

    applied: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    considered: int
    rejected: int
    offers: int

    @property
    def answered(self) -> int:
        """Applications that were answered."""
        return sum(one.heard for one in self.moved)


def read_owners(connection: sqlite3.Connection) -> dict[int, Owner]:
    """All applications with their companies."""
    rows = connection.execute("SELECT application_id, company_id, company, tier, position FROM board_row")
    return {row[0]: Owner(*row[1:]) for row in rows}


def _known(
    connection: sqlite3.Connection, ids: Iterable[int], histories: Histories
) -> Iterator[tuple[int, list[PastEvent]]]:
    """These applications with their events; those that were not read before are kept."""
    wanted = list(ids)
    histories.update(read_histories(connection, [one for one in wanted if one not in histories]))
    return ((one, histories[one]) for one in wanted if one in histories)


def read_moves(
    connection: sqlite3.Connection,
    *,
    span: WeekSpan,
    now: datetime,
    owners: Mapping[int, Owner],
    histories: Histories,
) -> WeekMoves:
    """What moved in a week up to now. An event of which only the month is known, or nothing, moved in no week."""
    ids = _touched(connection, span)
    applied: list[Moved] = []
    moved: list[Moved] = []
    considered = rejected = offers = 0
    for application_id, events in _known(connection, ids, histories):
        owner = owners.get(application_id)
        steps, before, is_sent_now, is_considered = _steps(events, span, now)
        considered += is_considered
        if owner is None or not steps:
            continue
        rejected += any(step.outcome == Outcome.REJECTED for step in steps)
        offers += any(_is_offer(step) for step in steps)
        found = Moved(application_id, *owner, before=before, steps=steps)
        if is_sent_now:
            applied.append(found)
        if not is_sent_now or (len(steps) > 1 and any(step.phase != Phase.APPLIED for step in steps)):
            moved.append(found)
    applied.sort(key=lambda one: (one.steps[0].day, one.company, one.application_id))
    moved.sort(key=_farthest)
    return WeekMoves(tuple(applied), tuple(moved), considered, rejected, offers)


def _is_offer(step: Step) -> bool:
    return step.outcome == Outcome.OFFER or (step.kind == "stage" and step.stage == "offer")


def _touched(connection: sqlite3.Connection, span: WeekSpan) -> list[int]:
    """Applications of which an event may lie in a week; more, never fewer.

    What lies ahead of its recording happened when it was recorded.
    """
    values = {"begin": stored(span.begin - _MARGIN), "end": stored(span.end + _MARGIN)}
    rows = connection.execute(
        "SELECT DISTINCT application_id FROM event WHERE (occurred_at >= :begin AND occurred_at < :end)"
        " OR (recorded_at >= :begin AND recorded_at < :end AND occurred_at > recorded_at)",
        values,
    )
    return sorted(row[0] for row in rows)


def _farthest(moved: Moved) -> tuple[int, str, str, int]:
    """Living ones by how far they came, then those that ended."""
    last = moved.steps[-1]
    has_ended = last.phase == Phase.CLOSED
    rank = _ORDER.index(Phase(last.phase)) if last.phase in _ORDER and not has_ended else -1
    return -rank, moved.tier or "Z", moved.company, moved.application_id


def _steps(events: Sequence[PastEvent], span: WeekSpan, now: datetime) -> tuple[tuple[Step, ...], str, bool, bool]:
    """The steps of a week, the stage before it, whether it was sent in it, whether it was noted in it and not sent."""
    corrected = {one.corrects_id: one.recorded_at for one in events if one.kind == "correction" and one.corrects_id}
    ordered = effective_events(events)
    found: list[Step] = []
    before = ""
    was_sent = is_sent_now = is_considered = False
    previous: date | None = None
    for index, event in enumerate(ordered):
        if event.kind not in _MOVING:
            continue
        day = _day(event, known_at=corrected.get(event.id, event.recorded_at), now=now)
        is_sent = event.kind != "stage" or event.phase in _SENT
        is_here = day is not None and span.holds(day) and day <= now.date()
        if is_here and day is not None and is_sent:
            # Folded for these alone: of a long history few events lie in the week.
            stage = fold_effective(ordered[:index]).stage if was_sent else ""
            before = before if found else stage
            is_sent_now = is_sent_now or not was_sent
            standing = fold_effective(ordered[: index + 1])
            found.append(_step(event, standing, stage, day, previous if was_sent else None, now))
        elif is_here:
            is_considered = True
        was_sent = was_sent or is_sent
        previous = day
    return tuple(found), before, is_sent_now, is_considered and not was_sent


def _step(event: PastEvent, standing: Standing, stage: str, day: date, previous: date | None, now: datetime) -> Step:
    heard = _is_answer(event, previous=stage, standing=standing)
    return Step(
        kind=event.kind,
        stage=standing.stage if event.kind in ("stage", "revive", "outcome") else stage,
        phase=standing.phase,
        outcome=event.outcome if event.kind == "outcome" else "",
        manner=event.manner,
        day=day,
        at=event.occurred_at.astimezone(now.tzinfo)
        if event.occurred_at is not None and event.precision == Precision.MINUTE
        else None,
        heard=heard,
        waited=max(0, (day - previous).days) if heard and previous is not None else None,
    )


def _is_answer(event: PastEvent, *, previous: str, standing: Standing) -> bool:
    """Whether a company answered: a stage beyond that of sending, an outcome that was its own and was said."""
    if event.kind in ("stage", "revive"):
        return standing.phase not in (Phase.INTENT, Phase.APPLIED) and standing.stage != previous
    if event.kind != "outcome":
        return False
    return event.outcome in _ANSWERS or (
        event.outcome == Outcome.REJECTED and event.manner not in (Manner.SILENCE, Manner.MISSED)
    )


def _day(event: PastEvent, *, known_at: datetime, now: datetime) -> date | None:
    """The local day on which an event counts; ``None`` where it is not known to the day."""
    at = event.occurred_at
    if at is None or event.precision not in (Precision.MINUTE, Precision.DAY):
        return None
    if event.precision == Precision.MINUTE:
        return min(at, known_at).astimezone(now.tzinfo).date()
    return min(at.date(), known_at.astimezone(now.tzinfo).date())


def count_undated(connection: sqlite3.Connection, *, span: WeekSpan) -> int:
    """Events written down in a week of which the day is not known, those taken back or given a day since left out."""
    (count,) = connection.execute(
        "SELECT count(*) FROM event e WHERE e.recorded_at >= ? AND e.recorded_at < ?"
        " AND e.kind IN ('stage', 'outcome', 'pool', 'unpool', 'revive')"
        " AND (e.occurred_at IS NULL OR e.precision NOT IN ('minute', 'day'))"
        " AND NOT EXISTS (SELECT 1 FROM event c WHERE c.corrects_id = e.id AND (c.kind = 'retraction'"
        " OR c.precision IN ('minute', 'day')))",
        (stored(span.begin), stored(span.end)),
    ).fetchone()
    return int(count)


class _Heard(NamedTuple):
    """A round, as far as silence is counted from it."""

    stage: str
    last: datetime
    is_day: bool


def read_went_silent(
    connection: sqlite3.Connection,
    *,
    span: WeekSpan,
    now: datetime,
    limits: SilenceLimits,
    owners: Mapping[int, Owner],
    histories: Histories,
) -> tuple[WentSilent, ...]:
    """Applications that crossed their limit in a week, as the history is known now, the longest silence first.

    Counted as ``tracker.agenda_silence`` does. A round that lay ahead then counts when the application stood at its
    stage already: otherwise it was planned by the very answer that was waited for.
    """
    end = min(now, span.end - timedelta(microseconds=1))
    if end < span.begin:
        return ()
    longest = max(limits.pool, *limits.phases().values(), *limits.stages.values())
    rounds = _rounds(connection)
    ids = _possibly_silent(connection, span, longest)
    found: list[WentSilent] = []
    for application_id, events in _known(connection, ids, histories):
        owner = owners.get(application_id)
        standing = fold_effective(events_until(events, end))
        days = _crossed(standing, rounds.get(application_id, ()), span, end, limits)
        if owner is not None and days is not None:
            found.append(WentSilent(application_id, *owner, standing.stage, days, standing.in_pool))
    return tuple(sorted(found, key=lambda one: (-one.days, one.company, one.application_id)))


def _possibly_silent(connection: sqlite3.Connection, span: WeekSpan, longest: int) -> list[int]:
    """Applications of which something may have been heard last so long before the week that a limit falls in it."""
    values = (stored(span.begin - timedelta(days=longest + 1) - _MARGIN), stored(span.end))
    rows = connection.execute(
        "SELECT application_id FROM event WHERE occurred_at >= ? AND occurred_at < ?"
        " UNION SELECT application_id FROM round WHERE coalesce(ends_at, starts_at) BETWEEN ? AND ?",
        (*values, *values),
    )
    return sorted(row[0] for row in rows)


def _rounds(connection: sqlite3.Connection) -> dict[int, list[_Heard]]:
    found: dict[int, list[_Heard]] = {}
    for application_id, stage, last, precision in connection.execute(
        "SELECT application_id, stage, coalesce(ends_at, starts_at), precision FROM round"
        " WHERE state != 'cancelled' AND coalesce(ends_at, starts_at) IS NOT NULL"
    ):
        moment = datetime.fromisoformat(f"{last}+00:00")
        found.setdefault(application_id, []).append(_Heard(stage, moment, precision != Precision.MINUTE))
    return found


def _crossed(
    standing: Standing, rounds: Iterable[_Heard], span: WeekSpan, end: datetime, limits: SilenceLimits
) -> int | None:
    """Days of silence at the end of the week, when the limit was crossed in it; else ``None``."""
    limit = _limit(standing, limits)
    if not standing.active or standing.heard_at is None or not limit:
        return None
    known = [(standing.heard_at, _is_day(standing.heard_at, standing))]
    known += [(one.last, one.is_day) for one in rounds if one.last <= end or one.stage == standing.stage]
    last, is_day = max(known)
    day = last.date() if is_day else last.astimezone(end.tzinfo).date()
    days = (end.date() - day).days
    return days if days > limit and span.holds(day + timedelta(days=limit + 1)) else None


def _is_day(heard_at: datetime, standing: Standing) -> bool:
    """What is known by its day alone is stored at 00:00 UTC of that day."""
    is_midnight = (heard_at.hour, heard_at.minute, heard_at.second) == (0, 0, 0)
    return is_midnight and not (heard_at == standing.since_at and standing.since_precision == Precision.MINUTE)


def _limit(standing: Standing, limits: SilenceLimits) -> int:
    if standing.in_pool:
        return limits.pool
    return limits.stages.get(standing.stage, limits.phases().get(standing.phase, 0))
