"""Undo, redo and revert: steps of the change log taken back or brought again, each itself a step of the log."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.changes import STEPS, ChangeSummary, find_redoable, find_undoable, summarise
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import ChangeSet
from tracker.reverting import revert


def undo(database: Database, *, now: datetime) -> ChangeSummary:
    """Take back the last step that is not undone yet, and say which it was.

    Raises:
        RefusedError: there is nothing to undo, or a later change touched the same fields.
    """
    with database.read() as session:
        step = find_undoable(session)
    if step is None:
        raise RefusedError(_("There is nothing to undo."))
    with database.change(step.name, now=now, kind="undo", target_id=step.id) as session:
        current = find_undoable(session)
        if current is None or current.id != step.id:
            raise RefusedError(_("Something else was changed just now; look again before you undo."))
        revert(session, set_id=step.id, now=now)
    return step


def redo(database: Database, *, now: datetime) -> ChangeSummary:
    """Bring back the step undone last, and say which it was.

    Raises:
        RefusedError: there is nothing to redo.
    """
    with database.read() as session:
        step = find_redoable(session)
    if step is None:
        raise RefusedError(_("There is nothing to redo."))
    with database.change(step.name, now=now, kind="redo", target_id=step.id) as session:
        current = find_redoable(session)
        if current is None or current.id != step.id:
            raise RefusedError(_("Something else was changed just now; look again before you redo."))
        revert(session, set_id=_undoing_set(session, step.id), now=now)
    return step


def revert_change(database: Database, *, set_id: int, now: datetime) -> ChangeSummary:
    """Take back one step, however old, as a step of its own that can be undone; say which was taken back.

    What was done since stays. A revert can be reverted too, which brings the step back.

    Raises:
        RefusedError: there is no such step, it is taken back already, a later change touched the same fields, or
            something later needs what would go; nothing was written.
    """
    with database.read() as session:
        step = _revertible(session, set_id)
        name = _reverting_name(session, step)
    with database.change(name, now=now, kind="revert", target_id=set_id) as session:
        _revertible(session, set_id)
        revert(session, set_id=set_id, now=now)
    return step


def _revertible(session: Session, set_id: int) -> ChangeSummary:
    step = summarise(session, set_id)
    if step.kind in ("undo", "redo"):
        raise RefusedError(
            _("Step {number} is an undo or a redo itself; revert the step that it is about.").format(number=set_id)
        )
    if step.kind not in STEPS:
        raise RefusedError(_("Step {number} is not one that can be taken back.").format(number=set_id))
    if step.undone:
        raise RefusedError(_("«{name}» is taken back already.").format(name=step.name))
    return step


def _reverting_name(session: Session, step: ChangeSummary) -> str:
    """What the revert of a step is called: by the step that it takes back or, being a revert's, brings again."""
    brings_again = False
    while step.kind == "revert" and step.target_id is not None:
        brings_again = not brings_again
        step = summarise(session, step.target_id)
    sentence = _("Brought back: {name}") if brings_again else _("Reverted: {name}")
    return sentence.format(name=step.name)


def _undoing_set(session: Session, target_id: int) -> int:
    found = session.exec(
        select(ChangeSet.id)
        .where(ChangeSet.target_id == target_id, ChangeSet.kind == "undo")
        .order_by(col(ChangeSet.id).desc())
    ).first()
    if found is None:
        raise RefusedError(_("There is nothing to redo."))
    return found
