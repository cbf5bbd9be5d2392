"""What practice came to: reviews by day and week, how they went, what is recalled now by topic, mocks, coding tasks.

A review is a rated attempt: not an answer found in a file, and not a question of a real interview, which is told by
``prep.practice_results``. One whose day is not known counts in totals, and in no day and no week.
"""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from prep.memory.parameters import MemoryParameters, load_parameters, steps_of
from prep.memory.states import RATINGS, Review, counted_at, replay
from prep.practice_counting import bounds, count_reviews, period, weeks_of
from prep.practice_results import read_results
from prep.practice_values import (
    CodingPractice,
    MeanRecall,
    MockPractice,
    PracticeStatistics,
    ReadinessResults,
    TopicRecall,
)
from prep.search_index import raw_connection, topic_places
from tracker.instants import stored


def practice_statistics(
    session: Session,
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    period_only: bool = False,
) -> PracticeStatistics:
    """Count what was practised in a period, and estimate what is recalled now.

    Args:
        session: Where it is read.
        now: An aware time; its zone tells the days.
        since: The first moment that counts, aware; ``None``: from the beginning.
        until: The first that counts no more, aware; ``None``: to the end.
        period_only: Leave out what does not depend on the period: recall, topics, and the results of real rounds.
    """
    connection = raw_connection(session)
    counted = count_reviews(connection, now=now, since=since, until=until)
    chances = {} if period_only else _chances(connection, load_parameters(session), at=now)
    questions, practised, suspended, tasks = connection.execute(_BANK).fetchone()
    last_day = min(now, until - timedelta(microseconds=1) if until is not None else now)
    return PracticeStatistics(
        now=now,
        since=since,
        until=until,
        questions=questions,
        practised=practised,
        suspended=suspended,
        ratings=counted.ratings,
        reviewed=counted.questions,
        seconds=sum(day.seconds for day in counted.days) + counted.stray_seconds,
        days=counted.days,
        weeks=weeks_of(counted.days, until=last_day.astimezone(now.tzinfo).date()),
        left_out=counted.left_out,
        recall=MeanRecall(sum(chances.values()) / len(chances) if chances else None, len(chances)),
        topics=() if period_only else _topics(connection, chances),
        mocks=_mocks(connection, since=since, until=until),
        coding=_coding(connection, tasks, since=since, until=until),
        results=ReadinessResults() if period_only else read_results(session),
    )


_TAKES_PART = "NOT q.orphaned AND NOT q.suspended AND q.kind <> 'reverse'"
_BANK = (
    f"SELECT coalesce(sum({_TAKES_PART}), 0), coalesce(sum({_TAKES_PART} AND m.reviewed_at IS NOT NULL), 0),"
    " coalesce(sum(q.suspended), 0), coalesce(sum(q.kind = 'coding' AND NOT q.orphaned), 0)"
    " FROM question q LEFT JOIN memory_state m ON m.question_id = q.id"
)


def recall_then(session: Session, *, at: datetime) -> MeanRecall:
    """What was recalled at an earlier hour, by what had been practised by then and the present parameters.

    Args:
        session: Where it is read.
        at: An aware time. Of a later one than the last practice it is what will be recalled.
    """
    connection = raw_connection(session)
    chances = _chances(connection, load_parameters(session), at=at)
    return MeanRecall(sum(chances.values()) / len(chances) if chances else None, len(chances))


def _chances(connection: sqlite3.Connection, parameters: MemoryParameters, *, at: datetime) -> dict[int, float]:
    """The chance of recalling each question that takes part in practice and was reviewed by then."""
    moment = stored(at)
    # Days are counted by the database: many moments need not be read.
    states = connection.execute(
        "SELECT m.question_id, m.stability, julianday(:at) - julianday(m.reviewed_at) FROM memory_state m"
        f" JOIN question q ON q.id = m.question_id WHERE m.reviewed_at <= :at AND m.stability > 0 AND {_TAKES_PART}",
        {"at": moment},
    ).fetchall()
    recall = steps_of(parameters).recall
    found = {question_id: recall(stability, max(0.0, days)) for question_id, stability, days in states}
    later = connection.execute(
        "SELECT a.question_id, a.attempted_at, a.precision, a.rating FROM attempt a"
        " WHERE a.question_id IN (SELECT m.question_id FROM memory_state m JOIN question q ON q.id = m.question_id"
        f" WHERE m.reviewed_at > :at AND {_TAKES_PART}) AND a.rating <> '' AND a.mode <> 'notes'"
        " AND a.attempted_at <= :at ORDER BY a.id",
        {"at": moment},
    )
    reviews: dict[int, list[Review]] = {}
    for question_id, text, precision, rating in later:
        counted = counted_at(datetime.fromisoformat(text).replace(tzinfo=UTC), precision)
        if counted is not None and counted <= at and rating in RATINGS:
            reviews.setdefault(question_id, []).append(Review(counted, rating))
    for question_id, known in reviews.items():
        memory = replay(known, parameters=parameters)
        if memory is not None:
            days = (at - memory.reviewed_at).total_seconds() / 86_400
            found[question_id] = recall(memory.stability, max(0.0, days))
    return found


def _topics(connection: sqlite3.Connection, chances: Mapping[int, float]) -> tuple[TopicRecall, ...]:
    """Every topic with those within it, in the order of the bank."""
    places = topic_places(connection)
    totals: dict[tuple[str, ...], tuple[int, int, float]] = {}
    for question_id, topic_id in connection.execute(f"SELECT q.id, q.topic_id FROM question q WHERE {_TAKES_PART}"):
        place = places.get(topic_id)
        path = ("",) if place is None else place.path
        chance = chances.get(question_id)
        questions, practised, total = totals.get(path, (0, 0, 0.0))
        totals[path] = (questions + 1, practised + (chance is not None), total + (chance or 0.0))
    rolled: dict[tuple[str, ...], tuple[int, int, float]] = {}
    for path, (questions, practised, total) in totals.items():
        for depth in range(1, len(path) + 1):
            one, two, three = rolled.get(path[:depth], (0, 0, 0.0))
            rolled[path[:depth]] = (one + questions, two + practised, three + total)
    ranks = {place.path: place.rank for place in places.values()}
    return tuple(
        TopicRecall(path, questions, practised, total / practised if practised else None)
        for path, (questions, practised, total) in sorted(rolled.items(), key=lambda one: ranks.get(one[0], len(ranks)))
    )


def _mocks(connection: sqlite3.Connection, *, since: datetime | None, until: datetime | None) -> MockPractice:
    row = connection.execute(
        "SELECT coalesce(sum(state = 'done'), 0), coalesce(sum(state = 'left'), 0), coalesce(sum(state = 'open'), 0),"
        " coalesce(sum((SELECT count(*) FROM mock_turn t WHERE t.session_id = s.id AND t.answered_at IS NOT NULL"
        " AND t.part <> 'opening' AND t.manner <> 'skipped')), 0), coalesce(sum(spent_seconds), 0)"
        f" FROM practice_session s WHERE kind = 'mock'{period('started_at', since, until)}",
        bounds(since, until),
    ).fetchone()
    return MockPractice(*row)


def _coding(
    connection: sqlite3.Connection, tasks: int, *, since: datetime | None, until: datetime | None
) -> CodingPractice:
    rows = connection.execute(
        "SELECT question_id, solved FROM attempt WHERE solved <> ''"
        f"{period('attempted_at', since, until)} ORDER BY attempted_at, id",
        bounds(since, until),
    )
    last = list(dict(rows).values())
    return CodingPractice(tasks, len(last), *(last.count(word) for word in ("alone", "looked", "failed")))
