"""Offers for tests, without a database."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracker.offers.values import AgreementTerms, AgreementView, OfferState, OfferTerms, OfferView

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI)


def make_offer(
    number: int,
    company: str = "",
    *,
    state: OfferState = OfferState.OPEN,
    agreement: AgreementView | None = None,
    **terms: Any,
) -> OfferView:
    """An offer of these terms."""
    return OfferView(
        offer_id=number,
        application_id=number,
        company_id=number,
        company=company or f"公司{number}",
        tier="A",
        position="",
        stage="offer",
        state=state,
        terms=OfferTerms(**terms),
        agreement=agreement,
    )


def make_agreement(number: int, company: str = "", *, active: bool = True, **terms: Any) -> AgreementView:
    """An agreement of these terms."""
    return AgreementView(number, number, number, company or f"公司{number}", "", AgreementTerms(**terms), active)
