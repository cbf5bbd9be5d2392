"""The dialog in which a round is planned or changed, the same from every screen."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import read_round, round_fields, show_span, verify_round, write_round
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.form import Form
from tracker.hiring import next_label
from tracker.messages import _
from tracker.stages import find_stage

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.rounds import RoundView


def ask_round(
    screen: AshoreScreen, *, application_id: int, company: str, stage: str, view: "RoundView | None" = None
) -> None:
    """Ask for a round, and plan it with its checklist; or change the one given.

    ``stage`` is where the application stands: a new round is likely one of that stage, or of the next.
    """
    now = screen.now()
    name = shorten(company)

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        draft = read_round(values, now=now)
        sentence = " ".join(filter(None, (name, draft.stage, show_span(draft, now=now) if draft.has_time else "")))

        def arrange(session: "Session", now: datetime) -> int:
            round_id = view.id if view is not None else None
            return write_round(session, draft, application_id=application_id, now=now, round_id=round_id)

        screen.change(sentence, arrange, say=lambda _id: sentence, applications={application_id})

    title = (_("{company}: plan a round") if view is None else _("{company}: round")).format(company=name)
    fields = round_fields(view, stage=likely_stage(stage), now=now)
    screen.app.push_screen(Form(title, fields, verify=verify_round(now)), write)


def likely_stage(stage: str) -> str:
    """The stage of the round that comes next, for an application in this one."""
    present = find_stage(stage)
    is_timed = present is None or present.timed
    return stage if is_timed else next_label(stage) or stage
