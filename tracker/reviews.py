"""What imports left for the person to decide, and how it was settled."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.applications import At, add_application
from tracker.companies import add_alias, row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import BoardRow, Review, Source
from tracker.pipeline import move_to, record_outcome

REVIEW = "review"
"""Where an event says it came from when an entry was decided."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One thing that an import did not decide by itself."""

    id: int
    file: str
    line: int
    kind: str
    text: str
    subject: str
    other: str
    proposal: str
    confidence: float
    """0–1."""
    state: str
    """open, accepted or dismissed."""
    question_id: int | None = None
    """The question of the bank that it is about."""
    other_id: int | None = None
    """The one that this may be in other words."""


def list_reviews(session: Session, *, state: str = "open") -> tuple[ReviewView, ...]:
    """The entries in one state, in the order of files and lines."""
    query = (
        select(Review, Source)
        .join(Source, col(Source.id) == Review.source_id, isouter=True)
        .where(Review.state == state)
        .order_by(col(Review.source_id), col(Review.line), col(Review.id))
    )
    return tuple(_view(row, source) for row, source in session.exec(query).all())


def dismiss_review(session: Session, *, review_id: int) -> ReviewView:
    """Settle an open entry without doing anything.

    Raises:
        RefusedError: there is no such entry, or it is settled already.
    """
    row = session.get(Review, review_id)
    if row is None or row.state != "open":
        raise RefusedError(_("There is no open entry {number}.").format(number=review_id))
    row.state = "dismissed"
    session.flush()
    return _view(row, session.get(Source, row.source_id) if row.source_id is not None else None)


def decide_review(
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
        move_to(session, application_id=application_id, label=stage, now=now, at=when, note=row.text, source=REVIEW)
    else:
        record_outcome(
            session, application_id=application_id, outcome=outcome, now=now, at=when, note=row.text, source=REVIEW
        )
    row.state = "accepted"
    session.flush()
    return application_id


def adopt_name(session: Session, *, review_id: int, company_id: int, name: str) -> None:
    """Close an entry that asks about a name by giving that to a company.

    Raises:
        RefusedError: the entry is closed, or another company goes by the name.
    """
    row = session.get(Review, review_id)
    if row is None or row.state != "open":
        raise RefusedError(_("This entry is decided already."))
    add_alias(session, company_id=company_id, name=name)
    row.state = "accepted"
    session.flush()


def _living_application(session: Session, company_id: int) -> int | None:
    return session.exec(
        select(BoardRow.application_id)
        .where(BoardRow.company_id == company_id, col(BoardRow.active).is_(True))
        .order_by(col(BoardRow.application_id).desc())
    ).first()


def _view(row: Review, source: Source | None) -> ReviewView:
    return ReviewView(
        id=row_id(row.id),
        file=source.path if source else "",
        line=row.line,
        kind=row.kind,
        text=row.text,
        subject=row.subject,
        other=row.other,
        proposal=row.proposal,
        confidence=row.confidence,
        state=row.state,
        question_id=row.question_id,
        other_id=row.other_id,
    )
