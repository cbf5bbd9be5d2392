"""How things stand with an offer, by where its application stands. Pure."""

from datetime import datetime

from tracker.offers.values import AgreementView, OfferState, OfferTerms
from tracker.stages import Outcome, Phase, comes_later


def is_taken(*, stage: str, phase: str, outcome: str) -> bool:
    """Whether an application went on from its offer, or its offer counts as passed."""
    is_beyond = comes_later(stage, phase, than="offer", than_phase=Phase.OFFER)
    return is_beyond or (phase == Phase.OFFER and outcome == Outcome.PASSED and stage == "offer")


def state_of(
    *,
    stage: str,
    phase: str,
    outcome: str,
    active: bool,
    terms: OfferTerms,
    agreement: AgreementView | None,
    now: datetime,
) -> OfferState:
    """How things stand with an offer: the agreement tells before the history, and that before the clock. Pure."""
    if agreement is not None and agreement.terms.broken_on is not None:
        return OfferState.BROKEN
    if not active:
        ended = {Outcome.DECLINED: OfferState.DECLINED, Outcome.REVOKED: OfferState.REVOKED}
        return next((state for code, state in ended.items() if code == outcome), OfferState.CLOSED)
    if agreement is not None and agreement.holds:
        return OfferState.SIGNED
    if is_taken(stage=stage, phase=phase, outcome=outcome):
        return OfferState.ACCEPTED
    if terms.deadline_at is not None and terms.deadline_at < now:
        return OfferState.EXPIRED
    return OfferState.OPEN
