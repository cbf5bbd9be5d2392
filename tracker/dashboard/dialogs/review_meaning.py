"""What a line of an import means: chosen from the stages and the ends, and written."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import read_at, zone_of
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.messages import _
from tracker.stages import STAGES
from tracker.times import show_time
from tracker.words import outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.dashboard.views.review_reading import OpenEntry

ENDS = (("rejected", "r"), ("no_opening", "0"), ("withdrawn", "q"))
"""Outcomes that a bracket in a list usually means, and their letters."""
NOTHING = "nothing"
"""The choice that the line means nothing to be written."""


def ask_meaning(screen: AshoreScreen, entry: "OpenEntry", *, put_away: Callable[[], None]) -> None:
    """Ask what the line of a company means, and write it; ``put_away`` is called when it means nothing."""
    stages = [Choice(stage.label, stage.label, stage.letter, style=f"phase-{stage.phase}") for stage in STAGES]
    ends = [Choice(code, outcome_word(code), letter) for code, letter in ENDS]
    nothing = Choice(NOTHING, _("nothing to write: put it away"), "z")
    title = _("{text}: what does it mean?").format(text=entry.text)

    def decided(chosen: str | None) -> None:
        if chosen == NOTHING:
            put_away()
        elif chosen is not None and entry.company_id is not None:
            _write(screen, entry, entry.company_id, chosen)

    screen.app.push_screen(Chooser(title, [*ends, *stages, nothing]), decided)


def _write(screen: AshoreScreen, entry: "OpenEntry", company_id: int, chosen: str) -> None:
    is_end = chosen in dict(ENDS)
    local = screen.now()
    at = read_at(entry.other, now=local) if entry.kind == "date" else None

    def write(session: "Session", now: datetime) -> int:
        from tracker.reviews import decide_review

        return decide_review(
            session,
            review_id=entry.key,
            company_id=company_id,
            now=now,
            stage="" if is_end else chosen,
            outcome=chosen if is_end else "",
            at=at,
        )

    word = outcome_word(chosen) if is_end else chosen
    when = f" {show_time(at.time, at.precision, now=local, zone=zone_of(local))}" if at is not None else ""
    name = f"{entry.subject} → {word}{when}"
    screen.change(name, write, say=lambda _id: name)
