"""What imports left for the person to decide, and how it was settled."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Review, Source


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
    return _view(row, session.get(Source, row.source_id))


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
    )
