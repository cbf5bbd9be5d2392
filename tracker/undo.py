"""Undo and redo: one step of the change log backwards or forwards, itself a step of the log."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.changes import ChangeSummary, find_redoable, find_undoable, revert
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import ChangeSet


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
        revert(session, set_id=step.id)
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
        revert(session, set_id=_undoing_set(session, step.id))
    return step


def _undoing_set(session: Session, target_id: int) -> int:
    found = session.exec(
        select(ChangeSet.id)
        .where(ChangeSet.target_id == target_id, ChangeSet.kind == "undo")
        .order_by(col(ChangeSet.id).desc())
    ).first()
    if found is None:
        raise RefusedError(_("There is nothing to redo."))
    return found
