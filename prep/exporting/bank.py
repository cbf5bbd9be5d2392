"""What of the bank goes into a document: every question with its topic's names, in the order of the topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from prep.models import Asked, Question
from prep.topics import topic_paths
from tracker.models import Company

_QUESTION = (
    "id",
    "topic_id",
    "follows_id",
    "company_id",
    "text",
    "answer",
    "kind",
    "importance",
    "stars",
    "underlined",
    "flagged",
)
_ASKED = ("question_id", "company_id", "stage", "asked_at", "precision", "source", "note")
"""Columns are read, not objects: half the time for a large bank."""


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
    session: Session, *, topic: Sequence[str] = (), company_id: int | None = None, unanswered: bool = False
) -> tuple[BankQuestion, ...]:
    """The questions of the bank along the tree of topics, each topic's own before those of the topics within it.

    Args:
        session: Where to read.
        topic: The names down to a topic: keeps its questions, and those of the topics within it.
        company_id: Keeps those asked there or answered for it.
        unanswered: Keeps those without an answer, but for what one asks back.
    """
    paths: dict[int | None, tuple[str, ...]] = dict(topic_paths(session).items())
    order = {topic_id: place for place, topic_id in enumerate(paths)}
    asked = _asked(session)
    asked_there = {question for question, entries in asked.items() if any(company_id == there for there, _ in entries)}
    companies = dict(session.exec(select(Company.id, Company.name)).all())
    wanted = tuple(topic)
    query = core_select(*(getattr(Question, name) for name in _QUESTION))
    query = query.order_by(col(Question.position), col(Question.id))
    rows = [
        row
        for row in session.connection().execute(query).all()
        if paths.get(row.topic_id, ())[: len(wanted)] == wanted
        and (company_id is None or row.company_id == company_id or row.id in asked_there)
        and (not unanswered or (not row.answer.strip() and row.kind != "reverse"))
    ]
    rows.sort(key=lambda row: order.get(row.topic_id, -1))
    places = {row.id: place for place, row in enumerate(rows)}
    return tuple(
        BankQuestion(
            text=row.text,
            answer=row.answer,
            topic=paths.get(row.topic_id, ()),
            kind=row.kind,
            importance=row.importance,
            stars=row.stars,
            underlined=row.underlined,
            flagged=row.flagged,
            company=companies.get(row.company_id, ""),
            asked=tuple(entry for _there, entry in asked.get(row.id, ())),
            follows=places.get(row.follows_id),
        )
        for row in rows
    )


def _asked(session: Session) -> dict[int, list[tuple[int, BankAsked]]]:
    """Where each question was asked, with the company's id."""
    found: dict[int, list[tuple[int, BankAsked]]] = {}
    query = core_select(*(getattr(Asked, name) for name in _ASKED), col(Company.name))
    query = query.join(Company, col(Company.id) == Asked.company_id).order_by(col(Asked.id))
    for row in session.connection().execute(query):
        at = row.asked_at.astimezone(UTC) if row.asked_at is not None else None
        entry = BankAsked(row.name, row.stage, at, row.precision, row.source, row.note)
        found.setdefault(row.question_id, []).append((row.company_id, entry))
    return found
