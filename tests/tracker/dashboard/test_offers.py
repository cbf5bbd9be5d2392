"""Offers on the screen: the list, the terms, the agreement, the answer, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tracker.dashboard.conftest import press, screen_text, settle
from tracker.board import load_board
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.dialogs.offer_preferences_form import read_assumptions, verify_assumptions, verify_weights
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.offers import OffersScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.messages import choose_language
from tracker.offers.agreements import record_agreement
from tracker.offers.comparison import Criterion
from tracker.offers.preferences import keep_weights, load_assumptions, load_weights
from tracker.offers.reading import load_offers
from tracker.offers.recording import record_offer, remove_offer
from tracker.offers.values import AgreementTerms, OfferState, OfferTerms, OfferView

OpenApp = Callable[..., AshoreApp]

GOOD = OfferTerms(
    base_pay=28_000, months=16, signing=50_000, share_value=400_000, fund_base=28_000, fund_share=12, city="北京",
    level="[/x] K3", hukou="none", weekly_hours=58, marks={"team": 8, "食堂": 6}, received_on=date(2026, 3, 20),
)  # fmt: skip
CALM = OfferTerms(base_pay=26_500, months=15.5, weekly_hours=50, hukou="possible", marks={"team": 7})
FAR = OfferTerms(base_pay=8_000, months=12, currency="USD")


@pytest.fixture
def offered(hunt: Path, database: Database, clock: Callable[[], datetime]) -> Path:
    """The small hunt with three offers and an agreement that waits."""
    now = clock()
    numbers = {row.company: row.application_id for row in load_board(hunt).rows}
    with database.change("offers", now=now, kind="demo") as session:
        for company, terms, days in (("快手", GOOD, 2), ("美团", CALM, 9), ("Qualcomm", FAR, 20)):
            until = replace(terms, deadline_at=now + timedelta(days=days))
            record_offer(session, application_id=numbers[company], terms=until, now=now)
        agreement = AgreementTerms(date(2026, 3, 24), now + timedelta(days=5), 5_000)
        record_agreement(session, application_id=numbers["快手"], terms=agreement, now=now)
    return hunt


def offers(database: Database, now: datetime) -> dict[str, OfferView]:
    with database.read() as session:
        return {offer.company: offer for offer in load_offers(session, now=now).offers}


async def open_offers(pilot: Pilot[None]) -> AshoreApp:
    await settle(pilot)
    await press(pilot, "$")
    app = pilot.app
    assert isinstance(app, AshoreApp)
    assert isinstance(app.screen, OffersScreen)
    return app


def fill(app: AshoreApp, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        app.screen.query_one(f"#field-{name}", Input).value = value


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_offers_read_well(
    offered: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int], language: str
) -> None:
    choose_language(language)
    async with open_app(offered).run_test(size=size) as pilot:
        app = await open_offers(pilot)
        assert screen_text(app) == snapshot(name="list")
        await press(pilot, "c")
        assert screen_text(app) == snapshot(name="side by side")
        await press(pilot, "end")
        assert screen_text(app) == snapshot(name="side by side, its end")


async def test_the_first_offer_is_written_down_and_taken_back(
    hunt: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    async with open_app(hunt).run_test(size=(120, 40)) as pilot:
        app = await open_offers(pilot)
        assert "n writes the first one down" in screen_text(app)
        await press(pilot, "n")
        assert "Whose offer is it?" in screen_text(app)
        await press(pilot, *"美团", "enter")
        fill(app, {"base_pay": "25-30k"})
        await press(pilot, "ctrl+s")
        assert offers(database, clock()) == {}
        fill(app, {"base_pay": "25k*15.5", "marks": "团队=8", "deadline_at": "4.1"})
        await settle(pilot)
        assert "→ 25,000 × 15.5" in screen_text(app)
        await press(pilot, "ctrl+s")
        written = offers(database, clock())["美团"]
        assert (written.terms.base_pay, written.terms.months, dict(written.terms.marks)) == (25_000, 15.5, {"team": 8})
        assert "1,550,000" in screen_text(app)
        await press(pilot, "u")
        assert offers(database, clock()) == {}
        assert "n writes the first one down" in screen_text(app)


async def test_terms_agreement_and_answer_are_changed_where_the_cursor_is(
    offered: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    async with open_app(offered).run_test(size=(120, 40)) as pilot:
        app = await open_offers(pilot)
        await press(pilot, "j", "e")
        fill(app, {"bonus": "3w"})
        app.screen.query_one("#field-note", TextArea).text = "[b]口头[/b]"
        await press(pilot, "ctrl+s")
        await press(pilot, "t")
        fill(app, {"broken_on": "3.24"})
        await press(pilot, "ctrl+s")
        assert "never signed" in screen_text(app)
        fill(app, {"broken_on": "", "signed_on": "3.24", "penalty": "5k"})
        await press(pilot, "ctrl+s")
        now = clock()
        calm = offers(database, now)["美团"]
        assert (calm.terms.bonus, calm.terms.note, calm.state) == (30_000, "[b]口头[/b]", OfferState.SIGNED)
        assert "[b]口头[/b]" in screen_text(app)
        await press(pilot, "slash", *"快手", "enter", "r", "x")
        assert offers(database, now)["快手"].state is OfferState.DECLINED
        await press(pilot, "delete")
        assert "快手" not in offers(database, now)
        await press(pilot, "u", "u")
        assert offers(database, now)["快手"].state is OfferState.OPEN


async def test_weights_and_assumptions_change_the_order(offered: Path, open_app: OpenApp, database: Database) -> None:
    async with open_app(offered).run_test(size=(120, 40)) as pilot:
        app = await open_offers(pilot)
        await press(pilot, "c")
        assert "1. 快手" in screen_text(app)
        await press(pilot, "W")
        fill(app, {"weight-0": "101"})
        await press(pilot, "ctrl+s")
        assert "from 0 to 100" in screen_text(app)
        fill(app, {"weight-0": "0", "weight-2": "50", "weight-3": "50"})
        await press(pilot, "ctrl+s")
        assert "1. 美团" in screen_text(app)
        await press(pilot, "A")
        fill(app, {"raise": "10", "rates": "USD=7.2"})
        await press(pilot, "ctrl+s")
        assert "691,200" in screen_text(app)
        with database.read() as session:
            assert dict(load_assumptions(session)) == {"raise": 10, "rate_USD": 7.2}
            assert load_weights(session)["value"] == 0
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, CompanyScreen)


@pytest.mark.parametrize("weight", ["-1", "x", "nan"])
def test_a_weight_that_cannot_be_is_refused(weight: str) -> None:
    criterion = Criterion("食堂", "食堂", 1.0, 1.0, counts=True)
    assert verify_weights({"weight-0": weight}, [criterion])
    assert not verify_weights({"weight-0": ""}, [criterion])


def test_assumptions_are_read_and_brought_back_to_what_is_usual() -> None:
    names = (
        "months",
        "bonus_paid",
        "raise",
        "allowance_months",
        "share_growth",
        "share_discount",
        "fund_counted",
        "weeks",
    )
    typed = dict.fromkeys(names, "") | {"rates": "", "fund_counted": "n", "bonus_paid": "80 %"}
    read = read_assumptions(typed, {"rate_USD": 7.2})
    assert read == dict.fromkeys(names) | {"fund_counted": 0, "bonus_paid": 80, "rate_USD": None}
    assert verify_assumptions(typed | {"raise": "lots"}) == "«lots» is no number."
    assert verify_assumptions(typed | {"rates": "USD=-3"})


def test_no_order_is_shown_without_any_weight(offered: Path, database: Database, clock: Callable[[], datetime]) -> None:
    from tracker.dashboard.screens.offer_comparison import compare_offers
    from tracker.dashboard.views.offer_comparison_view import comparison_entries

    with database.change("weights", now=clock()) as session:
        found = compare_offers(session, clock())
        keep_weights(session, {criterion.name: 0.0 for criterion in found.table.comparison.criteria})
    with database.read() as session:
        entries = comparison_entries(compare_offers(session, clock()).table, width=80)
    words = "\n".join("".join(cell.text for cell in entry.spans) for entry in entries)
    assert "there is no order" in words
    assert "1. " not in words
    assert offered


async def test_an_offer_without_terms_is_named_and_one_to_sign_says_so(
    hunt: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    now = clock()
    numbers = {row.company: row.application_id for row in load_board(hunt).rows}
    with database.change("offers", now=now, kind="demo") as session:
        for company in ("快手", "美团"):
            record_offer(session, application_id=numbers[company], terms=GOOD, now=now)
        agreement = AgreementTerms(deadline_at=now + timedelta(days=2, hours=3))
        record_agreement(session, application_id=numbers["快手"], terms=agreement, now=now)
        remove_offer(session, application_id=numbers["美团"])
    async with open_app(hunt).run_test(size=(80, 24)) as pilot:
        app = await open_offers(pilot)
        assert "terms not written down yet: 美团. n writes" in screen_text(app)
        assert "sign in" in screen_text(app)
        await press(pilot, "tab", "end")
        assert "Assumed" in screen_text(app)
        await press(pilot, "home")
        assert "What it comes to" in screen_text(app)


async def test_the_page_of_a_company_leads_to_its_offer(
    offered: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    async with open_app(offered).run_test(size=(80, 24)) as pilot:
        app = await open_offers(pilot)
        await press(pilot, "enter")
        page = app.screen.query_one("#history", Page)
        assert "offer 28,000 × 16" in screen_text(app)
        assert page.move_to(f"offer:{offers(database, clock())['快手'].application_id}")
        await press(pilot, "enter")
        assert isinstance(app.screen, OffersScreen)
