"""How many questions a day: one line with two numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.messages import _

if TYPE_CHECKING:
    from prep.sittings.due import Limits

MOST_A_DAY = 999


def ask_limits(screen: AshoreScreen, limits: "Limits", then: Callable[[int, int], None]) -> None:
    """Ask for the limits of a day; ``then`` gets how many practised before and how many new ones."""

    def take(line: str | None) -> None:
        values = limits_typed(line or "")
        if values is not None:
            then(*values)

    prompt = LinePrompt(
        _("How many questions a day: practised before, and new ones"),
        value=f"{limits.reviews} {limits.new}",
        placeholder="60 10",
        propose=propose_limits,
    )
    screen.app.push_screen(prompt, take)


def limits_typed(line: str) -> tuple[int, int] | None:
    """Two numbers as they were typed; ``None`` when it is anything else."""
    parts = line.replace("，", " ").replace(",", " ").split()
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() for part in parts):  # noqa: PLR2004 - a pair
        return None
    reviews, new = (int(part) for part in parts)
    return (reviews, new) if max(reviews, new) <= MOST_A_DAY else None


def propose_limits(line: str) -> Proposal:
    """What a line of limits would mean."""
    values = limits_typed(line)
    if values is None:
        return Proposal(_("Two numbers from 0 to {most}, such as 60 10.").format(most=MOST_A_DAY), ready=False)
    meaning = _("{reviews} practised before and {new} new ones a day at most")
    return Proposal(meaning.format(reviews=values[0], new=values[1]), ready=True)
