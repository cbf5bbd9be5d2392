"""The dialogs about offers: their terms, the agreement, the answer, what is assumed and what weighs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs import offer_form, offer_preferences_form
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.form import Form
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.offers.candidates import Candidate
    from tracker.offers.comparison import Comparison
    from tracker.offers.values import OffersRead, OfferTerms, OfferView, Recorded


def ask_new_offer(screen: AshoreScreen, then: Callable[["Recorded"], None]) -> None:
    """Ask whose offer it is, then for its terms, and write them; ``then`` gets what was written."""

    def read(session: "Session") -> "tuple[Candidate, ...]":
        from tracker.offers.candidates import list_candidates

        return list_candidates(session)

    def choose(candidates: "tuple[Candidate, ...]") -> None:
        titles = {str(one.application_id): one.title for one in candidates}
        choices = [Choice(str(one.application_id), one.title, detail=one.stage) for one in candidates]

        def take(number: str | None) -> None:
            if number is not None:
                ask_terms(screen, application_id=int(number), title=titles[number], was=None, then=then)

        empty = _("No application is under way: n on the home screen adds one.")
        screen.app.push_screen(Chooser(_("Whose offer is it?"), choices, filterable=True, empty=empty), take)

    screen.ask(read, choose)


def ask_terms(
    screen: AshoreScreen,
    *,
    application_id: int,
    title: str,
    was: "OfferTerms | None",
    then: Callable[["Recorded"], None],
) -> None:
    """Ask for the terms of an offer, a new one without ``was``, and write them."""
    from tracker.offers.values import OfferTerms

    present, now = was or OfferTerms(), screen.now()

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        terms = offer_form.read_offer(values, was=present, now=now)

        def save(session: "Session", at: datetime) -> "Recorded":
            from tracker.offers.recording import record_offer

            return record_offer(session, application_id=application_id, terms=terms, now=at, seen=was)

        name = _("Offer: {company}").format(company=title)
        screen.change(name, save, say=lambda done: _with_remarks(name, done), then=then)

    form = Form(
        _("{company}: offer").format(company=title),
        offer_form.offer_fields(present, now=now),
        verify=offer_form.verify_offer(present, now=now),
    )
    screen.app.push_screen(form, write)


def _with_remarks(name: str, done: "Recorded") -> str:
    """What was written, and what to know of it."""
    return " · ".join((name, *done.remarks[:1]))


def ask_agreement(screen: AshoreScreen, offer: "OfferView") -> None:
    """Ask for the dates and the penalty of an offer's agreement, and write them."""
    from tracker.offers.entering import change_agreement
    from tracker.offers.values import AgreementTerms

    was: AgreementTerms | None = offer.agreement.terms if offer.agreement is not None else None
    present, now = was or AgreementTerms(), screen.now()

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        terms = change_agreement(present, values, now=now)

        def save(session: "Session", at: datetime) -> "Recorded":
            from tracker.offers.agreements import record_agreement

            return record_agreement(session, application_id=offer.application_id, terms=terms, now=at, seen=was)

        name = _("Agreement: {company}").format(company=offer.title)
        screen.change(name, save, say=lambda done: _with_remarks(name, done))

    form = Form(
        _("{company}: three-party agreement").format(company=offer.title),
        offer_form.agreement_fields(present, now=now),
        verify=offer_form.verify_agreement(present, now=now),
    )
    screen.app.push_screen(form, write)


def ask_answer(screen: AshoreScreen, offer: "OfferView") -> None:
    """Ask what became of an offer, and record it."""
    choices = (
        Choice("accepted", _("take it"), "p", _("goes on to the agreement, where one follows")),
        Choice("declined", _("decline it"), "x"),
        Choice("revoked", _("they took it back"), "r"),
    )

    def take(answer: str | None) -> None:
        if answer is not None:
            _answer(screen, offer, answer)

    screen.app.push_screen(Chooser(_("{company}: your answer").format(company=offer.title), choices), take)


def _answer(screen: AshoreScreen, offer: "OfferView", answer: str) -> None:
    def save(session: "Session", now: datetime) -> "Recorded":
        from typing import cast

        from tracker.offers.recording import Answer, answer_offer

        return answer_offer(session, application_id=offer.application_id, answer=cast("Answer", answer), now=now)

    names = {
        "accepted": _("Offer taken: {company}"),
        "declined": _("Offer declined: {company}"),
        "revoked": _("Offer taken back: {company}"),
    }
    name = names[answer].format(company=offer.title)
    screen.change(name, save, say=lambda done: _with_remarks(name, done))


def remove(screen: AshoreScreen, offer: "OfferView") -> None:
    """Take an offer away; u brings it back."""

    def save(session: "Session", _now: datetime) -> "Recorded":
        from tracker.offers.recording import remove_offer

        return remove_offer(session, application_id=offer.application_id)

    name = _("Offer removed: {company}").format(company=offer.title)
    screen.change(name, save, say=lambda done: _with_remarks(name, done))


def ask_assumptions(screen: AshoreScreen, read: "OffersRead") -> None:
    """Ask what is assumed of all offers, and keep it."""
    own = read.assumptions

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        changes = offer_preferences_form.read_assumptions(values, own)

        def save(session: "Session", _now: datetime) -> Mapping[str, float]:
            from tracker.offers.preferences import keep_assumptions

            return keep_assumptions(session, changes)

        name = _("What is assumed of offers")
        screen.change(name, save, say=lambda _kept: name, applications=())

    fields = offer_preferences_form.assumption_fields(own)
    screen.app.push_screen(
        Form(_("Assumed of all offers"), fields, verify=offer_preferences_form.verify_assumptions), write
    )


def ask_weights(screen: AshoreScreen, read: "OffersRead", comparison: "Comparison") -> None:
    """Ask what weighs how much, and keep it."""

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        changes = offer_preferences_form.read_weights(values, comparison.criteria)

        def save(session: "Session", _now: datetime) -> Mapping[str, float]:
            from tracker.offers.preferences import keep_weights

            return keep_weights(session, changes)

        name = _("What weighs in offers")
        screen.change(name, save, say=lambda _kept: name, applications=())

    fields = offer_preferences_form.weight_fields(comparison.criteria, read.weights)
    title = _("What weighs how much, 0 to 100")

    def verify(values: Mapping[str, str]) -> str:
        return offer_preferences_form.verify_weights(values, comparison.criteria)

    screen.app.push_screen(Form(title, fields, verify=verify), write)
