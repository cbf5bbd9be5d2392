"""Offers and agreements as they stand, with the state that their applications' histories give them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from tracker.companies import row_id
from tracker.models import Agreement, BoardRow, Offer
from tracker.offers.choices import end_of
from tracker.offers.preferences import load_assumptions, load_weights
from tracker.offers.rows import agreement_terms, offer_terms
from tracker.offers.states import state_of
from tracker.offers.values import LIVING, AgreementTerms, AgreementView, OffersRead, OfferTerms, OfferView

_LAST = datetime.max.replace(tzinfo=UTC)


def load_offers(session: Session, *, now: datetime, season_id: int | None = None) -> OffersRead:
    """All offers and agreements, and what the person assumes and finds important.

    Args:
        session: where to read.
        now: aware; whether the time to answer is over.
        season_id: only what belongs to this season, or to none; ``None``: everything.
    """
    agreements = _agreements(session, season_id)
    by_application = {agreement.application_id: agreement for agreement in agreements}
    query = (
        select(Offer, BoardRow)
        .join(BoardRow, col(BoardRow.application_id) == Offer.application_id)
        .order_by(col(Offer.id))
    )
    offers = [
        _view(offer, board, by_application.get(board.application_id), now=now)
        for offer, board in session.exec(query).all()
        if season_id is None or board.season_id in (None, season_id)
    ]
    offers.sort(key=lambda view: (view.state not in LIVING, end_of(view) or _LAST, view.company))
    agreements.sort(key=lambda view: (not view.binds, not view.is_waiting, view.terms.deadline_at or _LAST))
    return OffersRead(tuple(offers), tuple(agreements), load_assumptions(session), load_weights(session))


def offer_of(session: Session, *, application_id: int, now: datetime) -> OfferView | None:
    """The offer of an application; ``None`` when there is none."""
    query = (
        select(Offer, BoardRow)
        .join(BoardRow, col(BoardRow.application_id) == Offer.application_id)
        .where(Offer.application_id == application_id)
        .order_by(col(Offer.id))
    )
    found = session.exec(query).first()
    if found is None:
        return None
    return _view(*found, agreement_of(session, application_id=application_id), now=now)


def agreement_of(session: Session, *, application_id: int) -> AgreementView | None:
    """The agreement of an application; ``None`` when there is none."""
    query = (
        select(Agreement, BoardRow)
        .join(BoardRow, col(BoardRow.application_id) == Agreement.application_id)
        .where(Agreement.application_id == application_id)
        .order_by(col(Agreement.id))
    )
    found = session.exec(query).first()
    return None if found is None else _agreement(*found)


def terms_of(
    session: Session, application_ids: Sequence[int]
) -> tuple[dict[int, OfferTerms], dict[int, AgreementTerms]]:
    """What is offered, and what is agreed, by application; of two rows of one application the first."""
    offers = select(Offer).where(col(Offer.application_id).in_(application_ids)).order_by(col(Offer.id).desc())
    agreements = (
        select(Agreement).where(col(Agreement.application_id).in_(application_ids)).order_by(col(Agreement.id).desc())
    )
    return (
        {row.application_id: offer_terms(row) for row in session.exec(offers).all()},
        {row.application_id: agreement_terms(row) for row in session.exec(agreements).all()},
    )


def _agreements(session: Session, season_id: int | None) -> list[AgreementView]:
    query = (
        select(Agreement, BoardRow)
        .join(BoardRow, col(BoardRow.application_id) == Agreement.application_id)
        .order_by(col(Agreement.id).desc())
    )
    return [
        _agreement(row, board)
        for row, board in session.exec(query).all()
        if season_id is None or board.season_id in (None, season_id)
    ]


def _agreement(row: Agreement, board: BoardRow) -> AgreementView:
    return AgreementView(
        agreement_id=row_id(row.id),
        application_id=board.application_id,
        company_id=board.company_id,
        company=board.company,
        position=board.position,
        terms=agreement_terms(row),
        active=board.active,
    )


def _view(offer: Offer, board: BoardRow, agreement: AgreementView | None, *, now: datetime) -> OfferView:
    terms = offer_terms(offer)
    return OfferView(
        offer_id=row_id(offer.id),
        application_id=board.application_id,
        company_id=board.company_id,
        company=board.company,
        tier=board.tier,
        position=board.position,
        stage=board.stage,
        state=state_of(
            stage=board.stage,
            phase=board.phase,
            outcome=board.outcome,
            active=board.active,
            terms=terms,
            agreement=agreement,
            now=now,
        ),
        terms=terms,
        agreement=agreement,
    )
