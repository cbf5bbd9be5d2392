"""Sittings as screens and commands see them: what was planned, and the reviews so far."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from prep.models import PracticeSession
from tracker.companies import row_id
from tracker.errors import GoneError
from tracker.messages import _
from tracker.models import Company


@dataclass(frozen=True, slots=True)
class SittingAttempt:
    """One question as it was answered in a sitting. The answer itself may be long and is read when it is wanted."""

    id: int
    question_id: int
    rating: str
    bet: str
    solved: str
    seconds: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting as screens and commands see it."""

    id: int
    kind: str
    """daily, drill, mock or coding."""
    company_id: int | None
    company: str
    round_id: int | None
    stage: str
    state: str
    """open, done or left."""
    minutes: int | None
    """How long it was meant to take."""
    spent_seconds: int
    """How long it was worked at so far, pauses left out."""
    plan: Mapping[str, Any]
    language: str
    interviewer: str
    started_at: datetime | None
    ended_at: datetime | None
    attempts: tuple[SittingAttempt, ...]
    """In the order in which they were given."""


def view_sitting(session: Session, sitting_id: int) -> SittingView:
    """A sitting with its plan and the reviews so far.

    Raises:
        GoneError: it is not there any more.
    """
    return _views(session, (sitting_row(session, sitting_id),))[0]


def open_sittings(session: Session, *, kind: str = "") -> tuple[SittingView, ...]:
    """Sittings that were begun and not ended, the newest first; those of one kind where that is named."""
    query = select(PracticeSession).where(PracticeSession.state == "open")
    if kind:
        query = query.where(PracticeSession.kind == kind)
    rows = session.exec(query.order_by(col(PracticeSession.started_at).desc(), col(PracticeSession.id).desc())).all()
    return _views(session, rows)


def _views(session: Session, rows: Sequence[PracticeSession]) -> tuple[SittingView, ...]:
    ids = [row_id(row.id) for row in rows]
    attempts = read_attempts(session, ids)
    names = dict(
        session.exec(
            select(Company.id, Company.name).where(col(Company.id).in_({row.company_id for row in rows} - {None}))
        ).all()
    )
    return tuple(
        SittingView(
            id=row_id(row.id),
            kind=row.kind,
            company_id=row.company_id,
            company=names.get(row.company_id, ""),
            round_id=row.round_id,
            stage=row.stage,
            state=row.state,
            minutes=row.minutes,
            spent_seconds=row.spent_seconds,
            plan=MappingProxyType(_plan(row.plan)),
            language=row.language,
            interviewer=row.interviewer,
            started_at=row.started_at,
            ended_at=row.ended_at,
            attempts=attempts.get(row_id(row.id), ()),
        )
        for row in rows
    )


def read_attempts(session: Session, sitting_ids: Sequence[int]) -> dict[int, tuple[SittingAttempt, ...]]:
    """The reviews of these sittings, in the order in which they were given."""
    table = SQLModel.metadata.tables["attempt"].c
    query = (
        sqlalchemy.select(
            table.session_id,
            table.id,
            table.question_id,
            table.rating,
            table.bet,
            table.solved,
            table.seconds,
            table.attempted_at,
        )
        .where(table.session_id.in_(sitting_ids))
        .order_by(table.id)
    )
    found: dict[int, list[SittingAttempt]] = {}
    for sitting_id, *columns in session.connection().execute(query):
        found.setdefault(sitting_id, []).append(SittingAttempt(*columns))
    return {sitting_id: tuple(attempts) for sitting_id, attempts in found.items()}


def sitting_row(session: Session, sitting_id: int) -> PracticeSession:
    """The sitting of this id, for the services of practice.

    Raises:
        GoneError: there is none any more.
    """
    sitting = session.get(PracticeSession, sitting_id)
    if sitting is None:
        raise GoneError(_("This practice is not there any more."))
    return sitting


def _plan(text: str) -> dict[str, Any]:
    """What was chosen; nothing where another program left what is no plan."""
    try:
        plan = json.loads(text)
    except ValueError:
        return {}
    return plan if isinstance(plan, dict) else {}
