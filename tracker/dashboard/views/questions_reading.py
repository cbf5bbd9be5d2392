"""What the list of questions reads, in threads: the bank without its answers, one answer, what a search finds."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.views.questions_view import Bank, count_marks, preview_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlmodel import Session

    from prep.finding import Found, QuestionFilter, QuestionRow
    from prep.questions import QuestionView
    from prep.search_terms import Needle


def read_bank(session: "Session", now: datetime) -> Bank:
    """All questions, topics and their numbers."""
    from prep.finding import load_rows
    from prep.topics import count_topics, topic_order

    rows = load_rows(session)
    return Bank(rows, count_topics(topic_order(session), _counts(rows, now)), count_marks(rows, now))


def _counts(rows: "Iterable[QuestionRow]", now: datetime) -> dict[int, tuple[int, int, int]]:
    """Questions, unanswered ones and due ones by topic."""
    counts: dict[int, list[int]] = {}
    for row in rows:
        if row.topic_id is not None:
            count = counts.setdefault(row.topic_id, [0, 0, 0])
            count[0] += 1
            count[1] += row.unanswered
            count[2] += row.due_at is not None and row.due_at <= now
    return {topic_id: (count[0], count[1], count[2]) for topic_id, count in counts.items()}


def search(
    session: "Session",
    rows: "Sequence[QuestionRow]",
    wanted: "QuestionFilter",
    now: datetime,
    stop: "Callable[[], bool]",
) -> "tuple[Found, tuple[Needle, ...]]":
    """What a filter with words finds, the best first, and the words ready to be marked; ``stop`` ends it early."""
    from prep.finding import find
    from prep.search_terms import make_needle, split_query

    found = find(session, rows, wanted, now=now, stop=stop)
    return found, tuple(map(make_needle, split_query(wanted.text)))


def read_preview(session: "Session", question_id: int) -> str:
    """A question and its answer as one document."""
    from prep.questions import read_answer

    return preview_text(*read_answer(session, question_id))


def read_question(session: "Session", question_id: int) -> "QuestionView":
    """All that is known of one question."""
    from prep.questions import view_question

    return view_question(session, question_id)
