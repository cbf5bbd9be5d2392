"""Silent applications resolved: asked about, kept in the pool, or closed; several at once are one step."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, get_args

from sqlmodel import Session

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.pipeline import record_contact, record_outcome, set_pool, standing_of
from tracker.recording import Moved
from tracker.stages import Manner, Outcome

Resolution = Literal["ask", "pool", "close"]
"""``ask``: the person asked how it stands, and waits anew; ``pool``: it is kept in the pool; ``close``: it ended in
silence."""

NAMED = 3
"""Companies that the name of a step tells."""


def resolve_follow_ups(
    session: Session, *, application_ids: Collection[int], how: Resolution, now: datetime, note: str = ""
) -> tuple[Moved, ...]:
    """Resolve silent applications in one way, in the order given; an id given twice counts once.

    One that is in the pool already waits there anew. What is closed is closed as rejected, by silence.

    Raises:
        RefusedError: none is named, one of them is gone or closed already, or there is no such way.
    """
    if how not in get_args(Resolution):
        raise RefusedError(
            _("«{how}» is no way to follow up; ways are {ways}.").format(how=how, ways="ask, pool, close")
        )
    wanted = list(dict.fromkeys(application_ids))
    if not wanted:
        raise RefusedError(_("Choose at least one application."))
    return tuple(_resolve(session, application_id, how, now, note) for application_id in wanted)


def _resolve(session: Session, application_id: int, how: Resolution, now: datetime, note: str) -> Moved:
    if how == "close":
        return record_outcome(
            session,
            application_id=application_id,
            outcome=Outcome.REJECTED,
            manner=Manner.SILENCE,
            now=now,
            note=note,
        )
    if how == "pool" and not standing_of(session, application_id).in_pool:
        return set_pool(session, application_id=application_id, now=now, note=note)
    return record_contact(session, application_id=application_id, now=now, note=note)


def step_name(how: Resolution, companies: Sequence[str]) -> str:
    """What the step is called in the list of changes: the first companies, and what was done."""
    names = list(dict.fromkeys(companies))
    listed = _(", ").join(names[:NAMED])
    if len(names) > NAMED:
        listed = _("{names} and {n} more").format(names=listed, n=len(names) - NAMED)
    done = {"ask": _("asked how it stands"), "pool": _("kept in the pool"), "close": _("closed in silence")}[how]
    return _("{subject}: {what}").format(subject=listed, what=done)
