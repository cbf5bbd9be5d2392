"""Applications that an offer can be recorded for."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.models import BoardRow, Offer
from tracker.stages import Phase

_NEAREST = tuple(reversed(tuple(Phase)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application without an offer."""

    application_id: int
    company: str
    position: str
    stage: str
    has_offer: bool = False
    """Whether it stands at an offer, of which nothing is written down."""

    @property
    def title(self) -> str:
        """Company and position."""
        return " · ".join(filter(None, (self.company, self.position)))


def list_candidates(session: Session) -> tuple[Candidate, ...]:
    """Applications under way that have no offer yet, those nearest to one first."""
    query = select(BoardRow).where(
        col(BoardRow.active), col(BoardRow.application_id).not_in(select(Offer.application_id))
    )
    rows = session.exec(query.order_by(col(BoardRow.application_id))).all()
    ordered = sorted(rows, key=lambda row: _NEAREST.index(Phase(row.phase)))
    return tuple(
        Candidate(row.application_id, row.company, row.position, row.stage, row.phase == Phase.OFFER) for row in ordered
    )
