"""What is known of the person's memory: how much was reviewed, what is recalled now, how well reviews are foretold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from prep.memory.fitting import Enough, count_reviews, foretell, log_loss
from prep.memory.parameters import MemoryParameters, load_parameters, steps_of
from prep.memory.states import History, read_histories
from prep.search_index import raw_connection
from prep.sittings.due import count_due
from tracker.instants import parse_instant


@dataclass(frozen=True, slots=True)
class Foretold:
    """How well the parameters in use foretell reviews that came a day or more after the one before."""

    reviews: int
    log_loss: float | None
    """Mean log loss, 0 at best; ``None`` without any. Saying one half to everything gives 0.693."""
    expected: float | None
    """The mean chance of recall that was foretold, 0–1."""
    recalled: float | None
    """The share that was recalled: rated hard, good or easy."""


@dataclass(frozen=True, slots=True)
class MemoryReport:
    """The memory of one person at one moment."""

    attempts: int
    """All of them, with answers found in files and those of an unknown time."""
    enough: Enough
    """Reviews, and questions that were reviewed."""
    unseen: int
    """Questions with an answer that were never reviewed."""
    due: int
    suspended: int
    recall: float | None
    """The mean chance, 0–1, of recalling a reviewed question at this moment; ``None`` without any."""
    foretold: Foretold
    parameters: MemoryParameters


def report_memory(session: Session, *, now: datetime) -> MemoryReport:
    """Look at all attempts and states.

    Args:
        session: Where to read.
        now: An aware time.
    """
    connection = raw_connection(session)
    parameters = load_parameters(session)
    histories = list(read_histories(session).values())
    states = connection.execute(
        "SELECT m.stability, m.reviewed_at FROM memory_state m JOIN question q ON q.id = m.question_id"
        " WHERE m.reviewed_at IS NOT NULL AND NOT q.suspended AND NOT q.orphaned"
    ).fetchall()
    unseen, suspended = connection.execute(
        "SELECT coalesce(sum(m.reviewed_at IS NULL AND NOT q.suspended AND NOT q.orphaned AND q.answer <> ''"
        " AND q.kind <> 'reverse'), 0), coalesce(sum(q.suspended), 0)"
        " FROM question q LEFT JOIN memory_state m ON m.question_id = q.id"
    ).fetchone()
    return MemoryReport(
        attempts=int(connection.execute("SELECT count(*) FROM attempt").fetchone()[0]),
        enough=count_reviews(histories),
        unseen=unseen,
        due=count_due(session, by=now),
        suspended=suspended,
        recall=_mean_recall(states, parameters, now),
        foretold=_foretold(histories, parameters),
        parameters=parameters,
    )


def _mean_recall(states: Sequence[tuple[float, str]], parameters: MemoryParameters, now: datetime) -> float | None:
    steps = steps_of(parameters)
    chances = []
    for stability, reviewed_at in states:
        at = parse_instant(reviewed_at)
        days = 0.0 if at is None else max(0.0, (now - at).total_seconds() / 86_400)
        chances.append(steps.recall(stability, days))
    return sum(chances) / len(chances) if chances else None


def _foretold(histories: Sequence[History], parameters: MemoryParameters) -> Foretold:
    judged = foretell(histories, parameters)
    if not judged:
        return Foretold(0, None, None, None)
    return Foretold(
        reviews=len(judged),
        log_loss=log_loss(judged),
        expected=sum(chance for chance, _recalled in judged) / len(judged),
        recalled=sum(recalled for _chance, recalled in judged) / len(judged),
    )
