"""One change of several applications: one step of undo; those that refuse it are named, and stay marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.moves import MovingScreen, Selected, named
from tracker.dashboard.text import shorten
from tracker.errors import RefusedError
from tracker.messages import ngettext

if TYPE_CHECKING:
    from sqlmodel import Session

MOST_NAMED = 6
"""Refused applications that are named; the others are counted."""

Change = Callable[["Session", int, datetime], object]
"""What is done to the application of an id at a moment; ``RefusedError`` leaves that one as it was."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each."""

    changed: tuple[int, ...]
    refused: tuple[tuple[Selected, str], ...]
    """Those that refused, each with its reason."""


def change_several(
    screen: MovingScreen, chosen: Sequence[Selected], words: str, change: Change, *, only_these: bool = True
) -> None:
    """Change several applications as one step called by their number and these words.

    When none of them takes the change, nothing is written. ``only_these`` tells that no others change with them.
    """

    def write(session: "Session", now: datetime) -> Outcomes:
        from tracker.changes import name_step

        outcomes = change_each(session, chosen, change, now=now)
        name_step(session, f"{_count(len(outcomes.changed))} {words}")
        return outcomes

    def done(outcomes: Outcomes) -> None:
        screen.changed_all(but={one.application_id for one, _reason in outcomes.refused})
        if outcomes.refused:
            screen.notify(refusals(outcomes.refused), severity="warning", timeout=12, markup=False)

    screen.change(
        f"{named(chosen)} {words}",
        write,
        say=lambda outcomes: done_sentence(outcomes, words),
        then=done,
        applications={one.application_id for one in chosen} if only_these else None,
    )


def change_each(session: "Session", chosen: Sequence[Selected], change: Change, *, now: datetime) -> Outcomes:
    """Change each in turn.

    Raises:
        RefusedError: all of them refuse.
    """
    changed: list[int] = []
    refused: list[tuple[Selected, str]] = []
    for one in chosen:
        try:
            change(session, one.application_id, now)
        except RefusedError as error:
            refused.append((one, str(error)))
        else:
            changed.append(one.application_id)
    if not changed:
        raise RefusedError(refusals(refused))
    return Outcomes(tuple(changed), tuple(refused))


def done_sentence(outcomes: Outcomes, words: str) -> str:
    """How many took the change, and how many did not."""
    sentence = f"{_count(len(outcomes.changed))} {words}"
    if outcomes.refused:
        left = ngettext("{n} refused, still marked", "{n} refused, still marked", len(outcomes.refused))
        sentence = f"{sentence} · {left.format(n=len(outcomes.refused))}"
    return sentence


def refusals(refused: Sequence[tuple[Selected, str]]) -> str:
    """Who refused, and why, a line each."""
    lines = [f"{shorten(one.company)}: {reason}" for one, reason in refused[:MOST_NAMED]]
    if len(refused) > MOST_NAMED:
        more = len(refused) - MOST_NAMED
        lines.append(ngettext("… and {n} more", "… and {n} more", more).format(n=more))
    return "\n".join(lines)


def _count(number: int) -> str:
    return ngettext("{n} application", "{n} applications", number).format(n=number)
