"""Choosing who asks in a mock interview: the built-in interviewer, or a language model that was agreed to."""

import os
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.model_offer import ModelOffer
    from prep.interviewing.plan import MockPlan

BUILT_IN, MODEL, WHAT = "built-in", "model", "what"


def look_for_model(screen: AshoreScreen, then: "Callable[[ModelOffer], None]") -> None:
    """Find out in a thread which language model may be chosen."""
    backend, choice = screen.backend, screen.ashore.settings.model

    def work() -> "ModelOffer":
        from prep.interviewing.model_offer import find_offer
        from prep.interviewing.model_settings import load_keyring, names_model

        keyring = load_keyring() if names_model(choice, os.environ) else None
        return backend.read(lambda session: find_offer(session, choice, environment=os.environ, keyring=keyring))

    screen.fetch(work, then)


def interviewer_of(offer: "ModelOffer") -> "Interviewer | None":
    """Who asks without being chosen anew: the model that was agreed to, else nobody but the built-in one."""
    from prep.interviewing.model_offer import make_interviewer

    return make_interviewer(offer.access) if offer.access is not None and offer.is_agreed else None


def choose_interviewer(
    screen: AshoreScreen,
    offer: "ModelOffer",
    *,
    plan: "MockPlan | None",
    current: "Interviewer | None",
    then: "Callable[[Interviewer | None], None]",
    look_again: "Callable[[], None]",
) -> None:
    """Ask who is to ask; a model only after it was shown what is sent.

    Args:
        screen: In front of which it is asked.
        offer: What there is to choose from.
        plan: The interview that is planned.
        current: Who asks now.
        then: Gets who was chosen.
        look_again: Called when a consent was given or taken back.
    """
    from prep.interviewing.model_offer import make_interviewer

    access = offer.access
    if access is None:
        screen.complain(offer.refusal or _("No language model is set up. In a shell, ashore model says how."))
        return

    def show_what() -> None:
        screen.ashore.open_page(
            "model_consent",
            offer=offer,
            company=plan.company if plan else "",
            position=plan.position if plan else "",
            stage=plan.stage if plan else "",
            language=plan.language if plan else "zh",
            then=look_again,
        )

    def take(chosen: str | None) -> None:
        if chosen == BUILT_IN:
            then(None)
        elif chosen == WHAT or (chosen == MODEL and not offer.is_agreed):
            show_what()
        elif chosen == MODEL:
            then(make_interviewer(access))

    choices = (
        Choice(BUILT_IN, _("built in, nothing leaves this machine"), "b"),
        Choice(MODEL, f"{access.name} · {access.origin}", "m"),
        Choice(WHAT, _("what is sent to it, and taking back the consent"), "w"),
    )
    screen.app.push_screen(Chooser(_("Who asks?"), choices, current=MODEL if current is not None else BUILT_IN), take)
