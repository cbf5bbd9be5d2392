"""The short lists from which the board's tier, phase and order are chosen."""

from dataclasses import replace

from tracker.board_filter import PHASES, SORTS
from tracker.dashboard.screens.board_filters import FilteredBoard
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.messages import _
from tracker.stages import Tier
from tracker.words import phase_word

ANY = "any"
"""The choice of no filter."""


def choose_tier(screen: FilteredBoard) -> None:
    """Show one tier, or all of them."""
    choices = [Choice(ANY, _("all tiers"), "a")]
    choices += [Choice(tier, tier, tier.lower() if tier != Tier.A else "A", style=f"tier-{tier}") for tier in Tier]

    def take(tier: str | None) -> None:
        if tier is not None:
            screen.set_filter(replace(screen.shown, tier="" if tier == ANY else tier))

    screen.app.push_screen(Chooser(_("Which tier?"), choices, current=screen.shown.tier or ANY), take)


def choose_phase(screen: FilteredBoard) -> None:
    """Show one phase, or all of them."""
    choices = [Choice(ANY, _("all phases"), "0")]
    choices += [
        Choice(phase, phase_word(phase), str(number), style=f"phase-{phase}")
        for number, phase in enumerate(PHASES, start=1)
    ]

    def take(phase: str | None) -> None:
        if phase is not None:
            screen.set_filter(replace(screen.shown, phase="" if phase == ANY else phase))

    screen.app.push_screen(Chooser(_("Which phase?"), choices, current=screen.shown.phase or ANY), take)


def choose_sort(screen: FilteredBoard) -> None:
    """Show the same in another order."""
    choices = [Choice(key, _(name), str(number)) for number, (key, name) in enumerate(SORTS.items(), start=1)]

    def take(sort: str | None) -> None:
        chosen = next((key for key in SORTS if key == sort), None)
        if chosen is not None:
            screen.show_as(screen.shown, chosen)

    screen.app.push_screen(Chooser(_("Sort by what?"), choices, current=screen.sort), take)
