"""At the start: what was left open, such as by a program that was killed amid it."""

from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.key_bar import SHOWN_FOR
from tracker.messages import _
from tracker.words import sitting_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.sittings.views import SittingView

OFFER_AFTER = 1.0
"""Seconds after the first paint, when the database is open."""


def offer_to_resume(screen: AshoreScreen) -> None:
    """Say once which practice was left open, and the key that goes on with it."""

    def read(session: "Session") -> "tuple[SittingView, ...]":
        from prep.sittings.recording import open_sittings

        return tuple(view for view in open_sittings(session) if view.attempts and view.kind in ("daily", "drill"))

    def offer(found: "tuple[SittingView, ...]") -> None:
        if found and not screen.key_bar.is_silent:
            screen.set_timer(SHOWN_FOR, lambda: offer(found))  # what was just done is read first
        elif found and screen.is_active:
            view = found[0]
            title = shorten(" · ".join(filter(None, (sitting_word(view.kind), view.company, view.stage))))
            screen.say(_("Left open: {title}; key 5 goes on with it.").format(title=title))

    screen.set_timer(OFFER_AFTER, lambda: screen.ask(read, offer))
