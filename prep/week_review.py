"""The weekly review: one frozen value that the screen, text, Markdown, JSON and HTML all show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from prep.practice_statistics import practice_statistics, recall_then
from prep.practice_values import MeanRecall, PracticeStatistics
from prep.search_index import raw_connection
from tracker.agenda_entries import AgendaEntry, AgendaKind
from tracker.instants import stored
from tracker.settings import SilenceLimits
from tracker.stages import Phase, Precision
from tracker.weekly_review import read_hunt_week
from tracker.weekly_values import HuntWeek, WeekSpan

PRACTISED = "-30 days"
"""How long before a round practice for its company counts as practice for it."""


@dataclass(frozen=True, slots=True)
class WeekPractice:
    """What was practised in the week, and the week before."""

    week: PracticeStatistics
    before: PracticeStatistics
    recall_then: MeanRecall
    """When the week began, of what had been practised by then."""
    recall_now: MeanRecall
    """At its end, or now."""


@dataclass(frozen=True, slots=True)
class ComingUp:
    """Something that lies ahead, and what is not ready for it."""

    entry: AgendaEntry
    checklist: int = 0
    """Things on its checklists."""
    undone: int = 0
    """Those that are not done."""
    lacks: tuple[str, ...] = ()
    """hour, link, introduction or practice: what is not there yet."""


@dataclass(frozen=True, slots=True)
class WeekReview:
    """One week of a person's hunt."""

    hunt: HuntWeek
    practice: WeekPractice
    ahead: tuple[ComingUp, ...]
    """By time."""
    asked: Mapping[int, int]
    """How many questions are written down of a round that was held, by its id."""

    @property
    def span(self) -> WeekSpan:
        """Which week."""
        return self.hunt.span

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened in it, and nothing was practised."""
        hunt = self.hunt
        happened = (hunt.applied, hunt.moved, hunt.held, hunt.silent, hunt.offers)
        return not any(happened) and not self.practice.week.reviews and not self.practice.week.seconds


def week_in(moment: datetime, *, weeks: int = 0) -> WeekSpan:
    """The week of an aware moment by the days of its zone, or one so many weeks later."""
    return WeekSpan.of(moment).shifted(weeks)


def review_week(session: Session, *, span: WeekSpan, now: datetime, limits: SilenceLimits) -> WeekReview:
    """Review one week, past, present or to come.

    Args:
        session: Where it is read.
        span: The week, in the zone of ``now``; see ``week_in``.
        now: The present, aware and local.
        limits: After how many days of silence an application counts as silent.
    """
    hunt = read_hunt_week(raw_connection(session), span=span, now=now, limits=limits)
    return WeekReview(
        hunt=hunt,
        practice=_practice(session, span, now),
        ahead=_coming_up(session, hunt.ahead),
        asked=_asked(session, [one.round_id for one in hunt.held]),
    )


def _practice(session: Session, span: WeekSpan, now: datetime) -> WeekPractice:
    week, before = (
        practice_statistics(session, now=now, since=one.begin, until=one.end, period_only=True)
        for one in (span, span.shifted(-1))
    )
    return WeekPractice(
        week=week,
        before=before,
        recall_then=recall_then(session, at=min(span.begin, now)),
        recall_now=recall_then(session, at=min(span.end, now)),
    )


def _asked(session: Session, round_ids: Iterable[int]) -> dict[int, int]:
    connection = raw_connection(session)
    found = {}
    for round_id in round_ids:
        (count,) = connection.execute(
            "SELECT count(DISTINCT question_id) FROM asked WHERE round_id = ?", (round_id,)
        ).fetchone()
        if count:
            found[round_id] = count
    return found


def _coming_up(session: Session, entries: Iterable[AgendaEntry]) -> tuple[ComingUp, ...]:
    return tuple(ComingUp(entry, *_readiness(session, entry)) for entry in entries)


def _readiness(session: Session, entry: AgendaEntry) -> tuple[int, int, tuple[str, ...]]:
    """Things on the checklists of a round, those that are not done, and what is not there yet."""
    if entry.round_id is None or entry.done:
        return 0, 0, ()
    connection = raw_connection(session)
    listed, undone = connection.execute(
        "SELECT count(*), coalesce(sum(i.done_at IS NULL), 0) FROM checklist_item i"
        " JOIN checklist c ON c.id = i.checklist_id WHERE c.round_id = ?",
        (entry.round_id,),
    ).fetchone()
    lacks = []
    if entry.kind == AgendaKind.ROUND and entry.precision != Precision.MINUTE:
        lacks.append("hour")
    if entry.medium == "online" and not (entry.link.strip() or entry.place.strip()):
        lacks.append("link")
    if entry.phase == Phase.INTERVIEW and not _has_introduction(session, entry.company_id):
        lacks.append("introduction")
    if entry.phase in (Phase.INTERVIEW, Phase.WRITTEN_TEST) and not _was_practised(session, entry):
        lacks.append("practice")
    return listed, undone, tuple(lacks)


def _has_introduction(session: Session, company_id: int) -> bool:
    query = "SELECT 1 FROM introduction WHERE company_id = ? LIMIT 1"
    return raw_connection(session).execute(query, (company_id,)).fetchone() is not None


def _was_practised(session: Session, entry: AgendaEntry) -> bool:
    """Whether a drill or a mock interview was for this round, or of late for its company."""
    at = entry.starts_at or entry.ends_at
    if at is None:
        return True
    found = raw_connection(session).execute(
        "SELECT 1 FROM practice_session WHERE kind IN ('drill', 'mock', 'coding') AND company_id = ?"
        " AND (round_id = ? OR (round_id IS NULL AND started_at >= datetime(?, ?))) LIMIT 1",
        (entry.company_id, entry.round_id, stored(at), PRACTISED),
    )
    return found.fetchone() is not None
