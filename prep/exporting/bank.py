"""What of the bank goes into a document: every question with its topic's names, in the order of the topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from prep.models import Asked, Question, Topic
from tracker.companies import row_id
from tracker.models import Company
from tracker.text import name_key


@dataclass(frozen=True, slots=True)
class BankAsked:
    """Once asked there."""

    company: str
    stage: str
    at: datetime | None
    """In UTC."""
    precision: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question with all that a document says of it."""

    text: str
    answer: str
    topic: tuple[str, ...]
    """The names from the outermost topic down to its own; none when it has no topic."""
    kind: str
    importance: int
    stars: int
    underlined: bool
    flagged: bool
    company: str
    """The company that the answer was written for."""
    asked: tuple[BankAsked, ...]
    follows: int | None
    """The place in the bank of the question that this one goes on from."""


def load_bank(
    session: Session, *, topic: str = "", company_id: int | None = None, unanswered: bool = False
) -> tuple[BankQuestion, ...]:
    """The questions of the bank along the tree of topics, each topic's own before those of the topics within it.

    Args:
        session: Where to read.
        topic: Keeps the questions of the topics of this name, and of the topics within those.
        company_id: Keeps those asked there or answered for it.
        unanswered: Keeps those without an answer, but for what one asks back.
    """
    names, order = _topics(session.exec(select(Topic).order_by(col(Topic.position), col(Topic.id))).all())
    asked = _asked(session)
    asked_there = {question for question, entries in asked.items() if any(company_id == there for there, _ in entries)}
    companies = dict(session.exec(select(Company.id, Company.name)).all())
    wanted = name_key(topic)
    rows = [
        row
        for row in session.exec(select(Question).order_by(col(Question.position), col(Question.id))).all()
        if (not topic or any(name_key(name) == wanted for name in names.get(row.topic_id, ())))
        and (company_id is None or row.company_id == company_id or row.id in asked_there)
        and (not unanswered or (not row.answer.strip() and row.kind != "reverse"))
    ]
    rows.sort(key=lambda row: order.get(row.topic_id, -1))
    places = {row.id: place for place, row in enumerate(rows)}
    return tuple(
        BankQuestion(
            text=row.text,
            answer=row.answer,
            topic=names.get(row.topic_id, ()),
            kind=row.kind,
            importance=row.importance,
            stars=row.stars,
            underlined=row.underlined,
            flagged=row.flagged,
            company=companies.get(row.company_id, ""),
            asked=tuple(entry for _there, entry in asked.get(row_id(row.id), ())),
            follows=places.get(row.follows_id) if row.follows_id is not None else None,
        )
        for row in rows
    )


def _topics(topics: Sequence[Topic]) -> tuple[dict[int | None, tuple[str, ...]], dict[int | None, int]]:
    """The names down to each topic, and its place along the tree."""
    below: dict[int | None, list[Topic]] = {}
    known = {topic.id for topic in topics}
    for topic in topics:
        below.setdefault(topic.parent_id if topic.parent_id in known else None, []).append(topic)
    names: dict[int | None, tuple[str, ...]] = {}
    open_topics: list[tuple[Topic, tuple[str, ...]]] = [(topic, ()) for topic in reversed(below.get(None, []))]
    while open_topics:
        topic, above = open_topics.pop()
        names[topic.id] = (*above, topic.name)
        open_topics += [(child, names[topic.id]) for child in reversed(below.get(topic.id, []))]
    return names, {topic_id: place for place, topic_id in enumerate(names)}


def _asked(session: Session) -> dict[int, list[tuple[int, BankAsked]]]:
    """Where each question was asked, with the company's id."""
    found: dict[int, list[tuple[int, BankAsked]]] = {}
    query = select(Asked, Company.name).join(Company, col(Company.id) == Asked.company_id).order_by(col(Asked.id))
    for row, company in session.exec(query).all():
        at = row.asked_at.astimezone(UTC) if row.asked_at is not None else None
        entry = BankAsked(company, row.stage, at, row.precision, row.source, row.note)
        found.setdefault(row.question_id, []).append((row.company_id, entry))
    return found
