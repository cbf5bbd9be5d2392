"""What may follow in the history of an application: the next event, decided before anything is written."""

from datetime import datetime

from tracker.applications import At
from tracker.errors import RefusedError
from tracker.history import Standing
from tracker.messages import _
from tracker.recording import NewEvent, refuse_ahead
from tracker.stages import Phase, check_outcome
from tracker.text import sanitise_line


def into_stage(*, label: str, phase: str, at: At, note: str = "", source: str = "") -> NewEvent:
    """Into a stage whose phase is known, under any label."""
    return NewEvent("stage", at, stage=sanitise_line(label), phase=str(phase), note=note, source=source)


def to_outcome(
    standing: Standing,
    *,
    outcome: str,
    now: datetime,
    at: At | None = None,
    stage: str = "",
    manner: str = "",
    note: str = "",
    source: str = "",
) -> NewEvent:
    """To the end of a stage, the present one if none is named, or of the whole application.

    Raises:
        RefusedError: the outcome or the manner is unknown, its time lies ahead, or the application is closed already.
    """
    check_outcome(outcome, manner=manner)
    refuse_ahead(at, now)
    if not standing.active:
        raise RefusedError(_("It is closed already ({stage}).").format(stage=standing.stage))
    if outcome == standing.outcome:
        raise RefusedError(_("That is recorded already."))
    # Of an application without a history it is not known at which stage it ended.
    ended_at = stage or (standing.stage if standing.last_event_id is not None else "")
    return NewEvent(
        "outcome",
        at or At.minute(now),
        stage=ended_at,
        phase=str(standing.phase),
        outcome=str(outcome),
        manner=str(manner),
        note=note,
        source=source,
    )


def refuse_closed(standing: Standing) -> None:
    """Refuse what only an application that is alive can do.

    Raises:
        RefusedError: it is closed.
    """
    if not standing.active:
        raise RefusedError(_("It is closed. Revive it with ! first."))


def into_or_out_of_pool(
    standing: Standing, *, now: datetime, at: At | None = None, note: str = "", source: str = ""
) -> NewEvent:
    """Into the pool (泡池子), or out of it for one that is in: the stage stays.

    Raises:
        RefusedError: it is closed, or the time lies ahead.
    """
    refuse_ahead(at, now)
    refuse_closed(standing)
    kind = "unpool" if standing.in_pool else "pool"
    return NewEvent(
        kind, at or At.minute(now), stage=standing.stage, phase=str(standing.phase), note=note, source=source
    )


def into_revival(*, at: At, note: str = "", source: str = "") -> NewEvent:
    """The beginning of an application that revives another one; it stands at 投递 then."""
    return NewEvent("revive", at, stage="投递", phase=str(Phase.APPLIED), note=note, source=source)
