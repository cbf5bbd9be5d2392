"""What there is to practise now, for which rounds, and what was practised of late: the practice place at a glance."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from prep.drilling.drill import MINUTES, plan_drill
from prep.drilling.occasions import hour_to_be_ready
from prep.search_index import raw_connection
from prep.sittings.due import DueQueue, Limits, due_questions, load_limits
from prep.sittings.views import SittingView, open_sittings
from tracker.errors import RefusedError
from tracker.instants import stored
from tracker.rounds import list_rounds
from tracker.stages import Phase

DAYS = 14
"""That are looked back on."""
ROUNDS = 5
"""Coming rounds that are named, the next ones."""
SUSPENDED = 500
"""Questions left out of practice that are listed at most."""

PHASES = frozenset({Phase.INTERVIEW, Phase.WRITTEN_TEST})


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """What was practised on one day; drills and mock interviews too."""

    day: date
    reviews: int
    again: int
    """Reviews of these that failed."""
    seconds: int
    """Of those reviews whose time is known."""


@dataclass(frozen=True, slots=True)
class ComingRound:
    """A round that one may get ready for."""

    company_id: int
    company: str
    round_id: int
    stage: str
    at: datetime
    """The hour that one gets ready for, aware."""
    is_time_known: bool


@dataclass(frozen=True, slots=True)
class DrillOutlook:
    """What a drill of the usual length would bring before a round. Chances are 0–1."""

    round_id: int
    questions: int
    minutes: int
    now: float
    after: float
    likely: int
    """Questions that these chances speak of."""


@dataclass(frozen=True, slots=True)
class PracticeOverview:
    """The practice place."""

    queue: DueQueue
    limits: Limits
    open: tuple[SittingView, ...]
    """Sittings that were begun and not ended, the newest first."""
    rounds: tuple[ComingRound, ...]
    """By their time."""
    days: tuple[PracticeDay, ...]
    """The oldest first; every day is there."""
    questions: int
    """In the bank."""
    suspended: int
    """Left out of practice."""
    coding: int
    """Coding tasks."""

    def begun_on(self, moment: datetime) -> SittingView | None:
        """The daily practice that was begun on this local day and has questions left; ``None`` without one."""
        return next((view for view in self.open if _goes_on(view, moment)), None)


@dataclass(frozen=True, slots=True)
class SuspendedQuestion:
    """A question that is left out of practice."""

    id: int
    text: str
    topic: str


def _goes_on(view: SittingView, moment: datetime) -> bool:
    listed = view.plan.get("questions")
    planned = set(listed) if isinstance(listed, list) else set()
    started = view.started_at.astimezone(moment.tzinfo).date() if view.started_at is not None else None
    is_left = bool(planned - {attempt.question_id for attempt in view.attempts})
    return view.kind == "daily" and started == moment.date() and is_left


def read_overview(session: Session, *, now: datetime) -> PracticeOverview:
    """What there is to practise, without what a drill would bring: see ``foresee_drill``.

    Args:
        session: Where to read.
        now: An aware time; its zone tells the days.
    """
    limits = load_limits(session)
    questions, suspended, coding = (
        raw_connection(session)
        .execute(
            "SELECT count(*), coalesce(sum(suspended), 0), coalesce(sum(kind = 'coding' AND NOT orphaned), 0)"
            " FROM question"
        )
        .fetchone()
    )
    return PracticeOverview(
        queue=due_questions(session, now=now, limits=limits),
        limits=limits,
        open=tuple(view for view in open_sittings(session) if view.attempts or view.kind in ("mock", "coding")),
        rounds=_coming(session, now),
        days=_days(session, now),
        questions=questions,
        suspended=suspended,
        coding=coding,
    )


def foresee_drill(
    session: Session, *, coming: ComingRound, now: datetime, minutes: int = MINUTES
) -> DrillOutlook | None:
    """What a drill would bring before one of these rounds; ``None`` when it is gone meanwhile."""
    try:
        plan = plan_drill(session, company_id=coming.company_id, round_id=coming.round_id, now=now, minutes=minutes)
    except RefusedError:
        return None
    return DrillOutlook(
        round_id=coming.round_id,
        questions=len(plan.questions),
        minutes=plan.minutes,
        now=plan.readiness_now,
        after=plan.readiness_after,
        likely=plan.likely,
    )


def list_suspended(session: Session) -> tuple[SuspendedQuestion, ...]:
    """Questions left out of practice, the newest first; ``SUSPENDED`` at most."""
    rows = raw_connection(session).execute(
        "SELECT q.id, q.text, coalesce(t.name, '') FROM question q LEFT JOIN topic t ON t.id = q.topic_id"
        " WHERE q.suspended ORDER BY q.id DESC LIMIT ?",
        (SUSPENDED,),
    )
    return tuple(SuspendedQuestion(*row) for row in rows)


def _coming(session: Session, now: datetime) -> tuple[ComingRound, ...]:
    found = []
    present = now.astimezone(UTC)
    for view in list_rounds(session, planned_only=True):
        if view.phase not in PHASES or (view.starts_at is None and view.ends_at is None):
            continue
        at, is_known, _doubts = hour_to_be_ready(view, now=now)
        if at.astimezone(UTC) > present:
            found.append(ComingRound(view.company_id, view.company, view.id, view.stage, at, is_known))
    found.sort(key=lambda coming: coming.at.astimezone(UTC))
    return tuple(found[:ROUNDS])


def _days(session: Session, now: datetime) -> tuple[PracticeDay, ...]:
    today = now.date()
    first = today - timedelta(days=DAYS - 1)
    since = datetime.combine(first, datetime.min.time(), tzinfo=now.tzinfo)
    rows = raw_connection(session).execute(
        "SELECT attempted_at, rating, coalesce(seconds, 0) FROM attempt"
        " WHERE attempted_at >= ? AND rating <> '' AND mode NOT IN ('notes', 'interview') AND precision = 'minute'",
        (stored(since),),
    )
    reviews: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for at, rating, seconds in rows:
        day = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(now.tzinfo).date()
        reviews[day].append((rating, seconds))
    return tuple(
        PracticeDay(
            day,
            reviews=len(reviews[day]),
            again=sum(rating == "again" for rating, _seconds in reviews[day]),
            seconds=sum(seconds for _rating, seconds in reviews[day]),
        )
        for day in (first + timedelta(days=number) for number in range(DAYS))
    )
