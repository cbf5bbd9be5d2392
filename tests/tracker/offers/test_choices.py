"""What each choice costs."""

from datetime import date, timedelta

from tests.tracker.offers.making import NOW, make_agreement, make_offer
from tracker.offers.choices import ChoiceKind, days_until, weigh_choices
from tracker.offers.values import OffersRead, OfferState

FRIDAY, MONDAY = NOW.replace(day=7, hour=0), NOW.replace(day=10, hour=0)


def test_without_a_signature_one_signs_or_waits() -> None:
    """Signing loses the others; waiting loses what ends before."""
    waiting = make_agreement(1, "海潮云", penalty=5_000, deadline_at=FRIDAY)
    offers = (
        make_offer(1, "海潮云", base_pay=1, agreement=waiting, state=OfferState.ACCEPTED, deadline_at=NOW),
        make_offer(2, "青禾", base_pay=1, deadline_at=MONDAY),
    )
    found = weigh_choices(OffersRead(offers, (waiting,)), now=NOW)
    assert [
        (row.kind, row.application_id, row.penalty, row.days_left, [lost.company for lost in row.lost])
        for row in found.rows
    ] == [
        (ChoiceKind.SIGN, 1, 0, 4, ["青禾"]),
        (ChoiceKind.SIGN, 2, 0, 7, ["海潮云"]),
        (ChoiceKind.WAIT, 2, 0, 7, ["海潮云"]),
    ]
    assert found.rows[0].sentences == ("Breaking it later costs 5,000.",)
    assert found.rows[2].sentences == ("The first of the others ends 2026-11-06 24:00.",)
    assert found.assumed[0] == "What breaking it would cost is not written down of 青禾."


def test_with_a_signature_one_keeps_to_it_or_breaks_it() -> None:
    """Breaking costs the penalty and waits for the letter; what is not known is said."""
    signed = make_agreement(1, "海潮云", signed_on=date(2026, 11, 1), penalty=8_000)
    offers = (
        make_offer(1, "海潮云", base_pay=1, agreement=signed, state=OfferState.SIGNED),
        make_offer(2, "青禾", base_pay=1, deadline_at=MONDAY),
    )
    keep, give_up = weigh_choices(OffersRead(offers, (signed,)), now=NOW).rows
    assert (keep.kind, keep.penalty, [lost.company for lost in keep.lost]) == (ChoiceKind.KEEP, 0, ["青禾"])
    assert (give_up.kind, give_up.penalty, give_up.needs_release) == (ChoiceKind.BREAK, 8_000, True)
    assert [lost.company for lost in give_up.lost] == ["海潮云"]
    assert "7 days are left to get the letter." in give_up.sentences


def test_what_was_broken_and_not_released_blocks_the_next() -> None:
    """Until the letter comes."""
    broken = make_agreement(1, "海潮云", active=False, signed_on=date(2026, 10, 1), broken_on=date(2026, 11, 1))
    offers = (make_offer(2, "青禾", base_pay=1),)
    (blocked,) = weigh_choices(OffersRead(offers, (broken,)), now=NOW).rows
    assert (blocked.needs_release, blocked.days_left) == (True, None)
    released = make_agreement(
        1,
        "海潮云",
        active=False,
        signed_on=date(2026, 10, 1),
        broken_on=date(2026, 11, 1),
        released_on=date(2026, 11, 2),
    )
    (free,) = weigh_choices(OffersRead(offers, (released,)), now=NOW).rows
    assert not free.needs_release


def test_nothing_to_choose() -> None:
    found = weigh_choices(OffersRead(), now=NOW)
    assert (found.rows, found.assumed) == ((), ())


def test_a_penalty_that_is_not_known_is_no_zero() -> None:
    signed = make_agreement(1, "海潮云", signed_on=date(2026, 11, 1))
    found = weigh_choices(OffersRead((make_offer(2, "青禾"),), (signed,)), now=NOW)
    assert found.rows[1].penalty is None
    assert "What it costs is not written down: look into the contract." in found.rows[1].sentences


def test_midnight_belongs_to_the_day_before() -> None:
    """Until midnight of the present day nothing is left but today; a moment ago is too late."""
    assert days_until(NOW.replace(day=3, hour=0), now=NOW) == 0
    assert days_until(NOW.replace(day=3, hour=1), now=NOW) == 1
    assert days_until(NOW - timedelta(minutes=1), now=NOW) == -1
    assert days_until(None, now=NOW) is None
