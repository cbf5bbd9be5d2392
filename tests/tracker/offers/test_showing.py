"""An offer in the preview of its application and on the page of its company."""

from datetime import date, timedelta

import pytest

from tests.tracker.offers.making import NOW
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.dashboard.views.application_words import offer_details
from tracker.dashboard.views.company_reading import read_company
from tracker.dashboard.views.preview_view import preview_lines
from tracker.db import Database
from tracker.offers.agreements import record_agreement
from tracker.offers.recording import answer_offer, record_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.preview import load_preview

TERMS = OfferTerms(base_pay=25_000, months=15.5, deadline_at=NOW.replace(day=8, hour=0))


@pytest.fixture
def application(database: Database) -> int:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        found = add_application(session, company_id=company_id, now=NOW, position="后端")
        record_offer(session, application_id=found, terms=TERMS, now=NOW)
        terms = AgreementTerms(deadline_at=NOW.replace(day=10, hour=0), penalty=5_000)
        record_agreement(session, application_id=found, terms=terms, now=NOW)
    return found


def previewed(database: Database, application: int) -> list[str]:
    preview = load_preview(database.path, application)
    assert preview is not None
    return ["".join(cell.text for cell in line.spans) for line in preview_lines(preview, NOW)]


def details(database: Database) -> list[str]:
    with database.read() as session:
        return offer_details(read_company(session, 1).applications[0], NOW)


def test_it_is_shown_with_what_is_to_be_answered(database: Database, application: int) -> None:
    shown = previewed(database, application)
    assert [line for line in shown if "offer" in line or "agreement" in line or "penalty" in line][:4] == [
        "offer  25,000 × 15.5",
        "answer the offer  11-07 24:00",
        "sign the agreement  11-09 24:00",
        "penalty  5,000",
    ]
    assert details(database)[:4] == [
        "offer 25,000 × 15.5",
        "answer until 2026-11-07 24:00",
        "sign until 2026-11-09 24:00",
        "penalty 5,000",
    ]


def test_what_is_signed_is_not_asked_for(database: Database, application: int) -> None:
    with database.change("sign", now=NOW) as session:
        terms = AgreementTerms(deadline_at=NOW + timedelta(days=8), signed_on=date(2026, 11, 2))
        record_agreement(session, application_id=application, terms=terms, now=NOW)
    shown = previewed(database, application)
    assert shown[2] == "offer  25,000 × 15.5 · agreement signed"
    assert not [line for line in shown if line.startswith(("answer", "sign"))]
    assert details(database)[:2] == ["offer 25,000 × 15.5", "agreement signed"]


def test_what_is_taken_is_still_to_be_signed(database: Database, application: int) -> None:
    with database.change("take", now=NOW) as session:
        answer_offer(session, application_id=application, answer="accepted", now=NOW)
    shown = previewed(database, application)
    assert [line for line in shown if line.startswith(("answer", "sign"))] == ["sign the agreement  11-09 24:00"]
    assert details(database)[1] == "sign until 2026-11-09 24:00"


def test_what_was_declined_is_not_asked_for(database: Database, application: int) -> None:
    with database.change("decline", now=NOW) as session:
        answer_offer(session, application_id=application, answer="declined", now=NOW)
    assert not [line for line in previewed(database, application) if line.startswith(("answer", "sign"))]
    assert details(database)[:2] == ["offer 25,000 × 15.5", "penalty 5,000"]
