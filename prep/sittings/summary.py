"""What a sitting came to: how much was practised, how it went, what it changed; beside every share its number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from types import MappingProxyType

from sqlmodel import Session

from prep.memory.parameters import load_parameters
from prep.memory.states import RATINGS, Memory, memories, recall_at
from prep.search_index import raw_connection, topic_places
from prep.sittings.due import count_due
from prep.sittings.views import SittingAttempt, sitting_row, view_sitting
from tracker.models import Round

LATER = timedelta(hours=24)
"""At what distance recall is compared where there is no round ahead. Right after a review it is 1, whatever it was."""


@dataclass(frozen=True, slots=True)
class RecallChange:
    """Expected recall of some questions at one later hour, without this sitting and with it."""

    questions: int
    """Over how many, which are those that were rated."""
    before: float | None
    """0–1, without this sitting; ``None`` where nothing was rated."""
    after: float | None
    """0–1, with it."""


@dataclass(frozen=True, slots=True)
class TopicRecall:
    """The same for one topic."""

    topic_id: int | None
    topic: str
    """Its name; empty for questions that have none."""
    change: RecallChange


@dataclass(frozen=True, slots=True)
class SittingSummary:
    """One sitting at its end, or so far."""

    sitting_id: int
    kind: str
    state: str
    company_id: int | None
    company: str
    stage: str
    started_at: datetime | None
    ended_at: datetime | None
    seconds: int
    """Worked at it; at least as much as its answers took."""
    reviews: int
    """Ratings given, those of repeated questions each."""
    unrated: int
    """Answers without a rating: nothing is claimed of their recall."""
    questions: int
    """Different questions that were rated."""
    new: int
    """How many of them for the first time: without this sitting their recall is an assumption, ``UNSEEN_RECALL``."""
    by_rating: Mapping[str, int]
    """How often each rating was given; all four are there."""
    failed: tuple[int, ...]
    """Questions whose last rating here was again."""
    timed: int
    """Answers whose time is known."""
    median_seconds: float | None
    """Of those; ``None`` without any."""
    bets: int
    """Reviews with a bet."""
    bets_right: int
    bets_too_high: int
    """How often it went worse than foretold."""
    at: datetime
    """The later hour at which recall is compared: the round's, or a day from now."""
    recall: RecallChange
    topics: tuple[TopicRecall, ...]
    """In the order of the bank."""
    due_tomorrow: int
    """Questions due by the end of tomorrow, whatever the limits of a day."""


def summarise(session: Session, *, sitting_id: int, now: datetime) -> SittingSummary:
    """What a sitting came to so far.

    Recall before and after is compared at one later hour, that of the round where it is still ahead and a day from now
    otherwise: right after a review the model takes every question for known, and a comparison then would flatter.

    Args:
        session: Where to read.
        sitting_id: The sitting.
        now: An aware time; days end at its local midnight.

    Raises:
        GoneError: the sitting is not there any more.
    """
    view = view_sitting(session, sitting_id)
    rated = [attempt for attempt in view.attempts if attempt.rating in RATINGS]
    last = {attempt.question_id: attempt.rating for attempt in rated}
    times = [attempt.seconds for attempt in view.attempts if attempt.seconds is not None]
    bets = [(RATINGS.index(one.bet), RATINGS.index(one.rating)) for one in rated if one.bet in RATINGS]
    at = _hour(session, sitting_id, now)
    before = memories(session, last, without_sitting=sitting_id)
    after = memories(session, last)
    decay = load_parameters(session).decay
    changes = {one: (_recall(before[one], at, decay), _recall(after[one], at, decay)) for one in last}
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return SittingSummary(
        sitting_id=view.id,
        kind=view.kind,
        state=view.state,
        company_id=view.company_id,
        company=view.company,
        stage=view.stage,
        started_at=view.started_at,
        ended_at=view.ended_at,
        seconds=max(view.spent_seconds, sum(times)),
        reviews=len(rated),
        unrated=len(view.attempts) - len(rated),
        questions=len(last),
        new=sum(memory is None for memory in before.values()),
        by_rating=_count_ratings(rated),
        failed=tuple(question_id for question_id, rating in last.items() if rating == RATINGS[0]),
        timed=len(times),
        median_seconds=median(times) if times else None,
        bets=len(bets),
        bets_right=sum(bet == rating for bet, rating in bets),
        bets_too_high=sum(bet > rating for bet, rating in bets),
        at=at,
        recall=_mean(changes.values()),
        topics=_by_topic(session, changes),
        due_tomorrow=count_due(session, by=tomorrow),
    )


def _hour(session: Session, sitting_id: int, now: datetime) -> datetime:
    round_id = sitting_row(session, sitting_id).round_id
    planned = session.get(Round, round_id) if round_id is not None else None
    starts_at = planned.starts_at if planned is not None else None
    return starts_at if starts_at is not None and starts_at > now else now + LATER


def _recall(memory: Memory | None, at: datetime, decay: float) -> float:
    if memory is None:
        return recall_at(stability=0.0, reviewed_at=None, at=at)
    return recall_at(stability=memory.stability, reviewed_at=memory.reviewed_at, at=at, decay=decay)


def _count_ratings(rated: Collection[SittingAttempt]) -> Mapping[str, int]:
    return MappingProxyType({rating: sum(one.rating == rating for one in rated) for rating in RATINGS})


def _mean(changes: Iterable[tuple[float, float]]) -> RecallChange:
    found = list(changes)
    if not found:
        return RecallChange(0, None, None)
    count = len(found)
    return RecallChange(count, sum(one[0] for one in found) / count, sum(one[1] for one in found) / count)


def _by_topic(session: Session, changes: Mapping[int, tuple[float, float]]) -> tuple[TopicRecall, ...]:
    connection = raw_connection(session)
    places = topic_places(connection)
    by_topic: dict[int | None, list[tuple[float, float]]] = {}
    for question_id, change in changes.items():
        topic_id = connection.execute("SELECT topic_id FROM question WHERE id = ?", (question_id,)).fetchone()[0]
        by_topic.setdefault(topic_id if topic_id in places else None, []).append(change)
    ordered = sorted(by_topic, key=lambda one: len(places) if one is None else places[one].rank)
    return tuple(TopicRecall(one, "" if one is None else places[one].path[-1], _mean(by_topic[one])) for one in ordered)
