"""Recording offers and agreements: one each, with the application's stage in the same step, all of it undoable."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest

from tests.tracker.offers.making import NOW, SHANGHAI
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, RefusedError
from tracker.merging import merge_companies
from tracker.offers.agreements import record_agreement, remove_agreement
from tracker.offers.checking import check_agreement, check_offer, remarks_on_offer
from tracker.offers.preferences import keep_assumptions, keep_weights, load_assumptions, load_weights
from tracker.offers.reading import load_offers, offer_of
from tracker.offers.recording import answer_offer, record_offer, remove_offer
from tracker.offers.values import AgreementTerms, OfferState, OfferTerms, OfferView, Recorded
from tracker.pipeline import move_to, record_outcome, standing_of
from tracker.undo import undo

PAY = OfferTerms(base_pay=20_000, months=15)


@pytest.fixture
def application(database: Database) -> int:
    return add(database, "海潮云")


def add(database: Database, company: str, **details: Any) -> int:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name=company, now=NOW)
        found = add_application(session, company_id=company_id, now=NOW, **details)
        move_to(session, application_id=found, label="二面", now=NOW)
    return found


def record(database: Database, application_id: int, terms: OfferTerms, **more: Any) -> Recorded:
    with database.change("offer", now=NOW) as session:
        return record_offer(session, application_id=application_id, terms=terms, now=NOW, **more)


def agree(database: Database, application_id: int, **terms: Any) -> Recorded:
    with database.change("agreement", now=NOW) as session:
        return record_agreement(session, application_id=application_id, terms=AgreementTerms(**terms), now=NOW)


def view(database: Database, application_id: int, now: datetime = NOW) -> OfferView:
    with database.read() as session:
        found = offer_of(session, application_id=application_id, now=now)
    assert found is not None
    return found


def stage(database: Database, application_id: int) -> tuple[str, str, bool]:
    with database.read() as session:
        standing = standing_of(session, application_id)
    return standing.stage, standing.outcome, standing.active


def test_an_offer_moves_its_application_in_the_same_step(database: Database, application: int) -> None:
    """At the day on which it came; undoing takes both back."""
    done = record(database, application, dataclasses.replace(PAY, received_on=date(2026, 11, 1)))
    assert (done.is_new, done.company) == (True, "海潮云")
    assert done.moved is not None
    assert stage(database, application) == ("offer", "offer", True)
    undo(database, now=NOW)
    assert stage(database, application) == ("二面", "", True)


def test_an_offer_that_came_before_the_present_stage(database: Database, application: int) -> None:
    """What happened later keeps the application where it is, and that is said."""
    done = record(database, application, dataclasses.replace(PAY, received_on=date(2026, 10, 1)))
    assert done.remarks == ("It is recorded, but what happened later keeps it at 二面.",)
    assert stage(database, application) == ("二面", "", True)


def test_a_second_record_changes_the_first(database: Database, application: int) -> None:
    """An application has one offer, and what changed is named."""
    first = record(database, application, PAY)
    assert stage(database, application) == ("offer", "offer", True)
    again = record(database, application, dataclasses.replace(PAY, bonus=10_000, marks={"团队": 8.0}), seen=PAY)
    assert (again.row_id, again.is_new, again.changed, again.moved) == (first.row_id, False, ("bonus", "marks"), None)
    found = view(database, application)
    assert (found.terms.bonus, dict(found.terms.marks), found.state) == (10_000, {"team": 8.0}, OfferState.OPEN)


def test_a_change_elsewhere_is_not_overwritten(database: Database, application: int) -> None:
    record(database, application, PAY)
    with pytest.raises(ChangedElsewhereError):
        record(database, application, PAY, seen=dataclasses.replace(PAY, bonus=1))


@pytest.mark.parametrize(
    ("outcome", "is_allowed"), [("declined", True), ("revoked", True), ("rejected", False), ("withdrawn", False)]
)
def test_an_offer_of_what_has_ended(database: Database, application: int, outcome: str, is_allowed: bool) -> None:
    """What was declined or revoked had an offer; what was rejected had none."""
    with database.change("end", now=NOW) as session:
        record_outcome(session, application_id=application, outcome=outcome, now=NOW)
    if is_allowed:
        assert record(database, application, PAY).moved is None
        assert view(database, application).state == OfferState(outcome)
    else:
        with pytest.raises(RefusedError, match="closed"):
            record(database, application, PAY)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (OfferTerms(base_pay=-1), "base pay is below zero"),
        (OfferTerms(base_pay=0), "pay of 0"),
        (OfferTerms(bonus=10**12), "more than any offer"),
        (OfferTerms(months=float("nan")), "months of pay goes up to"),
        (OfferTerms(weekly_hours=200.0), "hours a week goes up to"),
        (OfferTerms(fund_share=101.0), "housing fund goes up to"),
        (OfferTerms(vesting=(50.0, 40.0)), "come to 90 %"),
        (OfferTerms(hukou="maybe"), "says nothing of a hukou"),
        (OfferTerms(currency="[/x]"), "no currency"),
        (OfferTerms(received_on=date(2026, 11, 3)), "lies ahead"),
        (OfferTerms(marks={"team": 11.0}), "team goes up to 10"),
        (OfferTerms(marks={"hours": 5.0}), "takes no mark"),
        (OfferTerms(marks={f"m{n}": 5.0 for n in range(21)}), "at most 20 marks"),
        (OfferTerms(assumptions={"raise": 900.0}), "goes from -50 to 100"),
        (OfferTerms(assumptions={"weather": 1.0}), "no assumption"),
    ],
)
def test_what_cannot_be_is_refused(terms: OfferTerms, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        check_offer(terms, today=NOW.date())


def test_what_is_refused_moves_nothing(database: Database, application: int) -> None:
    """Neither an offer nor a stage is written."""
    with pytest.raises(RefusedError):
        record(database, application, OfferTerms(base_pay=-1))
    assert stage(database, application) == ("二面", "", True)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (OfferTerms(base_pay=300_000), "300,000 a month is unusual"),
        (OfferTerms(base_pay=800), "800 a month is unusual"),
        (OfferTerms(months=30.0), "30 months of pay"),
        (OfferTerms(base_pay=20_000, bonus=900_000), "larger than the base pay"),
        (OfferTerms(share_value=50_000_000), "Shares worth 50,000,000"),
        (OfferTerms(fund_share=20.0), "20 % of housing fund is unusual"),
        (OfferTerms(weekly_hours=100.0), "100 working hours"),
        (
            OfferTerms(received_on=date(2026, 11, 2), deadline_at=datetime(2026, 11, 1, tzinfo=SHANGHAI)),
            "over before it came",
        ),
    ],
)
def test_what_is_possible_and_surprising_is_said(terms: OfferTerms, said: str) -> None:
    checked = check_offer(terms, today=NOW.date())
    assert [remark for remark in remarks_on_offer(checked) if said in remark]


def test_what_surprises_is_written_all_the_same(database: Database, application: int) -> None:
    assert record(database, application, OfferTerms(base_pay=300_000)).remarks
    assert view(database, application).terms.base_pay == 300_000


@pytest.mark.parametrize(
    ("details", "answer", "state", "stands"),
    [
        ({}, "accepted", OfferState.ACCEPTED, ("三方", "", True)),
        ({"batch": "暑期实习"}, "accepted", OfferState.ACCEPTED, ("offer", "passed", True)),
        ({}, "declined", OfferState.DECLINED, ("offer", "declined", False)),
        ({}, "revoked", OfferState.REVOKED, ("offer", "revoked", False)),
    ],
)
def test_answers(
    database: Database, details: dict[str, str], answer: Any, state: OfferState, stands: tuple[str, str, bool]
) -> None:
    """Taking it goes to what follows an offer there; a second answer of the same kind is refused."""
    application = add(database, "青禾", **details)
    record(database, application, PAY)
    with database.change("answer", now=NOW) as session:
        answer_offer(session, application_id=application, answer=answer, now=NOW)
    assert view(database, application).state == state
    assert stage(database, application) == stands
    with pytest.raises(RefusedError), database.change("again", now=NOW) as session:
        answer_offer(session, application_id=application, answer=answer, now=NOW)


def test_an_offer_expires_and_can_be_removed(database: Database, application: int) -> None:
    """The clock alone makes it expired; taken away, the stage stays."""
    record(database, application, dataclasses.replace(PAY, deadline_at=NOW.replace(day=5)))
    assert view(database, application, NOW.replace(day=6)).state == OfferState.EXPIRED
    with database.change("remove", now=NOW) as session:
        remove_offer(session, application_id=application)
    assert stage(database, application) == ("offer", "offer", True)
    with pytest.raises(RefusedError), database.change("remove", now=NOW) as session:
        remove_offer(session, application_id=application)


def test_an_agreement_from_its_coming_to_its_release(database: Database, application: int) -> None:
    """Signing goes to 三方, breaking declines; each step says what to know."""
    record(database, application, PAY)
    assert agree(database, application, received_on=date(2026, 10, 20), penalty=5_000).is_new
    terms = {"received_on": date(2026, 10, 20), "penalty": 5_000, "signed_on": date(2026, 11, 2)}
    signed = agree(database, application, **terms)
    assert signed.moved is not None
    assert stage(database, application) == ("三方", "", True)
    assert view(database, application).state == OfferState.SIGNED
    broken = agree(database, application, **terms, broken_on=date(2026, 11, 2))
    assert broken.remarks == (
        "Breaking it costs 5,000.",
        "Another can be signed only with the letter of release; that usually takes weeks.",
    )
    assert stage(database, application) == ("三方", "declined", False)
    assert view(database, application).state == OfferState.BROKEN
    agree(database, application, **terms, broken_on=date(2026, 11, 2), released_on=date(2026, 11, 2))
    with database.read() as session:
        (found,) = load_offers(session, now=NOW).agreements
    assert (found.holds, found.binds, found.is_waiting) == (False, False, False)
    with database.change("remove", now=NOW) as session:
        remove_agreement(session, application_id=application)


def test_two_signatures_are_said_to_be_one_too_many(database: Database, application: int) -> None:
    other = add(database, "青禾")
    for one in (application, other):
        record(database, one, PAY)
    agree(database, application, signed_on=NOW.date())
    assert agree(database, other, signed_on=NOW.date()).remarks == (
        "海潮云 is signed and not released yet: only one agreement can hold at a time.",
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"broken_on": date(2026, 11, 1)}, "never signed"),
        ({"signed_on": date(2026, 11, 1), "released_on": date(2026, 11, 2)}, "follows the breaking"),
        ({"signed_on": date(2026, 11, 2), "broken_on": date(2026, 11, 1)}, "not in that order"),
        ({"signed_on": date(2026, 11, 3)}, "lies ahead"),
        ({"penalty": -5}, "below zero"),
    ],
)
def test_agreements_that_cannot_be(terms: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        check_agreement(AgreementTerms(**terms), today=NOW.date())


def test_preferences_are_kept_changed_and_undone(database: Database) -> None:
    """What is given back to the usual is gone from them; undo knows them."""
    with database.change("keep", now=NOW) as session:
        keep_weights(session, {"pay": 6.0, "团队": 3.0})
        keep_assumptions(session, {"raise": 5.0, "usd": 7.1})
    with database.change("keep", now=NOW) as session:
        keep_weights(session, {"pay": None})
    with database.read() as session:
        assert dict(load_weights(session)) == {"team": 3.0}
        assert dict(load_assumptions(session)) == {"raise": 5.0, "rate_USD": 7.1}
    undo(database, now=NOW)
    with database.read() as session:
        assert dict(load_weights(session)) == {"team": 3.0, "value": 6.0}
    for weight in (-1.0, 101.0, float("inf")):
        with pytest.raises(RefusedError, match="goes from 0 to 100"), database.change("keep", now=NOW) as session:
            keep_weights(session, {"pay": weight})


def test_a_merge_takes_offers_along(database: Database) -> None:
    """The application with the offer is not taken for a double of one without."""
    first, second = add(database, "海潮云"), add(database, "海潮")
    record(database, second, PAY)
    agree(database, second, penalty=5_000)
    with database.change("merge", now=NOW) as session:
        merge_companies(session, from_id=2, into_id=1)
    with database.read() as session:
        read = load_offers(session, now=NOW)
    assert [(offer.application_id, offer.company) for offer in read.offers] == [(second, "海潮云")]
    assert [agreement.company for agreement in read.agreements] == ["海潮云"]
    assert first != second
