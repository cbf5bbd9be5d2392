"""Reading the question bank: frozen questions with where they were asked and how well they are known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.models import Asked, Attempt, MemoryState, Question, Topic
from tracker.companies import row_id
from tracker.errors import GoneError
from tracker.messages import _
from tracker.models import Company, Source

NAMED = 500
"""Questions that a query names one by one; of more it reads all: SQLite binds at most 999 values in old builds."""


@dataclass(frozen=True, slots=True)
class AskedView:
    """Once asked there."""

    company: str
    stage: str
    at: datetime | None
    precision: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class AttemptView:
    """Once practised."""

    id: int
    question_id: int
    question: str
    company: str
    mode: str
    rating: str
    seconds: int | None
    answer: str
    feedback: str
    at: datetime | None
    precision: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as screens and commands see it."""

    id: int
    text: str
    answer: str
    topic: str
    kind: str
    importance: int
    stars: int
    underlined: bool
    flagged: bool
    company: str
    """The company that the answer was written for."""
    asked: tuple[AskedView, ...]
    attempts: int
    rating: str
    due_at: datetime | None
    stability: float
    reviewed_at: datetime | None
    source_file: str
    source_line: int
    heading: str
    orphaned: bool
    suspended: bool = False


def list_questions(
    session: Session, *, company_id: int | None = None, kind: str = "", ids: Collection[int] | None = None
) -> tuple[QuestionView, ...]:
    """Questions with their answers, in the order of topics and of the person's notes.

    ``company_id`` keeps those asked there or answered for it. Lists of many are rows instead: see ``prep.finding``.
    """
    query = (
        select(Question, Topic, MemoryState)
        .join(Topic, col(Topic.id) == Question.topic_id, isouter=True)
        .join(MemoryState, col(MemoryState.question_id) == Question.id, isouter=True)
        .order_by(col(Topic.position), col(Question.position), col(Question.id))
    )
    if kind:
        query = query.where(Question.kind == kind)
    if company_id is not None:
        there = select(Asked.question_id).where(Asked.company_id == company_id)
        query = query.where((col(Question.company_id) == company_id) | col(Question.id).in_(there))
    if ids is not None and len(ids) <= NAMED:
        query = query.where(col(Question.id).in_(list(ids)))
    rows = [row for row in session.exec(query).all() if ids is None or row[0].id in ids]
    narrow = ids is not None or company_id is not None or bool(kind)
    asked = _asked_by_question(session, [row_id(row[0].id) for row in rows] if narrow and len(rows) <= NAMED else None)
    companies = dict(session.exec(select(Company.id, Company.name)).all())
    sources = dict(session.exec(select(Source.id, Source.path)).all())
    return tuple(
        _view(
            question,
            topic_row,
            memory,
            company=companies.get(question.company_id, ""),
            source=sources.get(question.source_id, ""),
            asked=asked.get(row_id(question.id), ()),
        )
        for question, topic_row, memory in rows
    )


def view_question(session: Session, question_id: int) -> QuestionView:
    """One question.

    Raises:
        RefusedError: it is gone.
    """
    found = list_questions(session, ids=(question_id,))
    if not found:
        raise GoneError(_("This question is not there any more."))
    return found[0]


def read_answer(session: Session, question_id: int) -> tuple[str, str]:
    """The text and the answer of one question, nothing else of it.

    Raises:
        GoneError: it is gone.
    """
    found = session.exec(select(Question.text, Question.answer).where(Question.id == question_id)).first()
    if found is None:
        raise GoneError(_("This question is not there any more."))
    return found[0], found[1]


def list_attempts(
    session: Session, *, question_id: int | None = None, company_id: int | None = None, limit: int = 200
) -> tuple[AttemptView, ...]:
    """Practices, the newest first."""
    query = (
        select(Attempt, Question, Company)
        .join(Question, col(Question.id) == Attempt.question_id)
        .join(Company, col(Company.id) == Attempt.company_id, isouter=True)
        .order_by(col(Attempt.attempted_at).desc(), col(Attempt.id).desc())
        .limit(limit)
    )
    if question_id is not None:
        query = query.where(Attempt.question_id == question_id)
    if company_id is not None:
        query = query.where(Attempt.company_id == company_id)
    return tuple(
        AttemptView(
            id=row_id(attempt.id),
            question_id=attempt.question_id,
            question=question.text,
            company=company.name if company else "",
            mode=attempt.mode,
            rating=attempt.rating,
            seconds=attempt.seconds,
            answer=attempt.answer,
            feedback=attempt.feedback,
            at=attempt.attempted_at,
            precision=attempt.precision,
        )
        for attempt, question, company in session.exec(query).all()
    )


def _asked_by_question(session: Session, ids: Collection[int] | None) -> dict[int, tuple[AskedView, ...]]:
    """Where these questions were asked, or all of them; the latest first."""
    found: dict[int, list[AskedView]] = {}
    query = (
        select(Asked, Company)
        .join(Company, col(Company.id) == Asked.company_id)
        .order_by(col(Asked.asked_at).desc(), col(Asked.id).desc())
    )
    if ids is not None:
        query = query.where(col(Asked.question_id).in_(ids))
    for asked, company in session.exec(query).all():
        found.setdefault(asked.question_id, []).append(
            AskedView(company.name, asked.stage, asked.asked_at, asked.precision, asked.source, asked.note)
        )
    return {question_id: tuple(views) for question_id, views in found.items()}


def _view(
    question: Question,
    topic: Topic | None,
    memory: MemoryState | None,
    *,
    company: str,
    source: str,
    asked: tuple[AskedView, ...],
) -> QuestionView:
    return QuestionView(
        id=row_id(question.id),
        text=question.text,
        answer=question.answer,
        topic=topic.name if topic else "",
        kind=question.kind,
        importance=question.importance,
        stars=question.stars,
        underlined=question.underlined,
        flagged=question.flagged,
        company=company,
        asked=asked,
        attempts=memory.attempts if memory else 0,
        rating=memory.rating if memory else "",
        due_at=memory.due_at if memory else None,
        stability=memory.stability if memory else 0.0,
        reviewed_at=memory.reviewed_at if memory else None,
        source_file=source,
        source_line=question.source_line,
        heading=question.heading,
        orphaned=question.orphaned,
        suspended=question.suspended,
    )
