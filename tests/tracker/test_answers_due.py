"""Offers and agreements among what is due: on the agenda and on home's first panel."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.agenda import AgendaKind, load_agenda
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.offers.agreements import record_agreement
from tracker.offers.recording import answer_offer, record_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.pipeline import revive
from tracker.settings import SilenceLimits
from tracker.today import load_today

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY = datetime(2026, 11, 7, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def application(database: Database) -> int:
    """An application with an offer to answer until Friday's midnight, and an agreement to sign the day before."""
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW, tier="A")
        found = add_application(session, company_id=company_id, now=NOW, position="后端")
        record_offer(session, application_id=found, terms=OfferTerms(base_pay=20_000, deadline_at=FRIDAY), now=NOW)
        terms = AgreementTerms(deadline_at=FRIDAY - timedelta(days=1))
        record_agreement(session, application_id=found, terms=terms, now=NOW)
    return found


def due(database: Database, now: datetime = NOW) -> list[tuple[str, bool]]:
    found = load_agenda(database.path, now=now, begin=now, end=now + timedelta(days=30), limits=None)
    return [(entry.key, entry.overdue) for entry in found.entries]


def test_offers_and_agreements_are_due_until_they_are_answered(database: Database, application: int) -> None:
    """Both stand on the agenda and among the day's deadlines, by their times."""
    assert due(database) == [("sign-1", False), ("answer-1", False)]
    today = load_today(database.path, now=NOW, limits=SilenceLimits())
    assert [(found.kind, found.company, found.application_id) for found in today.deadlines] == [
        ("sign", "海潮云", application),
        ("answer", "海潮云", application),
    ]


def test_what_is_due_has_its_local_time(database: Database, application: int) -> None:
    """It has an end, to the minute, and no beginning."""
    entry = load_agenda(database.path, now=NOW, begin=NOW, end=NOW + timedelta(days=30), limits=None).entries[1]
    assert (entry.kind, entry.application_id, entry.starts_at, entry.ends_at) == (
        AgendaKind.ANSWER,
        application,
        None,
        FRIDAY,
    )


@pytest.mark.parametrize(
    ("answer", "left"),
    [("accepted", ["sign-1"]), ("declined", []), ("revoked", [])],
)
def test_an_answer_takes_it_from_the_agenda(database: Database, application: int, answer: str, left: list[str]) -> None:
    """What is taken is answered, and its agreement is still to be signed; what is closed asks for nothing."""
    with database.change("answer", now=NOW) as session:
        answer_offer(session, application_id=application, answer=answer, now=NOW)  # type: ignore[arg-type]
    assert [key for key, _overdue in due(database)] == left


def test_a_signature_takes_both_from_the_agenda(database: Database, application: int) -> None:
    """What is signed is answered too."""
    with database.change("sign", now=NOW) as session:
        terms = AgreementTerms(deadline_at=FRIDAY, signed_on=NOW.date())
        record_agreement(session, application_id=application, terms=terms, now=NOW)
    assert due(database) == []
    assert load_today(database.path, now=NOW, limits=SilenceLimits()).deadlines == ()


def test_what_was_declined_asks_for_nothing_after_a_revival(database: Database, application: int) -> None:
    """The new attempt has no offer yet."""
    with database.change("decline", now=NOW) as session:
        answer_offer(session, application_id=application, answer="declined", now=NOW)
        revive(session, application_id=application, now=NOW)
    assert due(database) == []


def test_what_is_over_is_not_ahead(database: Database, application: int) -> None:
    """The offer lapses with its midnight: the next day's list has it no more."""
    assert application
    assert due(database, FRIDAY - timedelta(minutes=1)) == [("answer-1", False)]
    assert due(database, FRIDAY + timedelta(minutes=1)) == []
