"""What an import left open: listed, dismissed, or decided. The only code that changes review entries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.applications import At, add_application
from tracker.companies import find_company_id, row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import BoardRow, Review, Source
from tracker.pipeline import move_to, record_outcome

SOURCE = "review"
"""Where an event says it came from when an entry was decided."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One open entry."""

    id: int
    kind: str
    """status, date, alias, disagreement, …"""
    file: str
    line: int
    text: str
    """The line as written."""
    subject: str
    other: str
    proposal: str
    confidence: float
    """0–1."""
    company_id: int | None
    """The company that the entry speaks of, if it is there."""


def list_open(session: Session) -> tuple[ReviewView, ...]:
    """All open entries, by file and line."""
    files = dict(session.exec(select(Source.id, Source.path)).all())
    rows = session.exec(
        select(Review).where(Review.state == "open").order_by(col(Review.source_id), col(Review.line), col(Review.id))
    ).all()
    return tuple(
        ReviewView(
            id=row_id(row.id),
            kind=row.kind,
            file=files.get(row.source_id, ""),
            line=row.line,
            text=row.text,
            subject=row.subject,
            other=row.other,
            proposal=row.proposal,
            confidence=row.confidence,
            company_id=find_company_id(session, row.subject) if row.subject else None,
        )
        for row in rows
    )


def dismiss(session: Session, *, review_ids: Collection[int]) -> int:
    """Take entries off the list; returns how many were open. A later import does not bring them back."""
    rows = session.exec(select(Review).where(col(Review.id).in_(list(review_ids)), Review.state == "open")).all()
    for row in rows:
        row.state = "dismissed"
    session.flush()
    return len(rows)


def decide(
    session: Session,
    *,
    review_id: int,
    company_id: int,
    now: datetime,
    stage: str = "",
    outcome: str = "",
    at: At | None = None,
) -> int:
    """Write what an entry means, a stage or an outcome, and close it; returns the application's id.

    The company's newest application that is alive is moved; without any, one is added. ``at`` is unknown by default.

    Raises:
        RefusedError: the entry is closed, both or neither of stage and outcome are given, or the move is refused.
    """
    row = session.get(Review, review_id)
    if row is None or row.state != "open":
        raise RefusedError(_("This entry is decided already."))
    if bool(stage) == bool(outcome):
        raise RefusedError(_("Choose a stage or an outcome."))
    when = at or At()
    application_id = _living_application(session, company_id) or add_application(
        session, company_id=company_id, now=now
    )
    if stage:
        move_to(session, application_id=application_id, label=stage, now=now, at=when, note=row.text, source=SOURCE)
    else:
        record_outcome(
            session, application_id=application_id, outcome=outcome, now=now, at=when, note=row.text, source=SOURCE
        )
    row.state = "accepted"
    session.flush()
    return application_id


def _living_application(session: Session, company_id: int) -> int | None:
    return session.exec(
        select(BoardRow.application_id)
        .where(BoardRow.company_id == company_id, col(BoardRow.active).is_(True))
        .order_by(col(BoardRow.application_id).desc())
    ).first()
