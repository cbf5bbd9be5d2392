"""What a change of rounds means for their checklists: run within every change, whatever way the round came or moved."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from prep.checklists.lists import ChecklistView, list_checklists, move_due_times
from prep.checklists.templates import fill_checklist, replace_checklist, template_for
from prep.checklists.times import is_over, ready_by
from tracker.changes import Recorder, TouchedRows
from tracker.companies import row_id
from tracker.models import Round

KINDS = frozenset({"change", "import"})
"""Changes that plan rounds. What is taken back or brought again takes its checklists along by itself."""

TIMES = frozenset({"starts_at", "ends_at", "precision"})
SCHEDULING = TIMES | {"state"}
CHOOSING = ("stage", "phase", "medium")
"""Fields by which a round's template is chosen."""

CHUNK = 900
"""Rows asked for at a time."""


def follow_rounds(session: Session, touched: TouchedRows) -> None:
    """Give rounds that were planned a checklist, once, and let the items of rounds that were moved follow.

    No list is made for what is over, nor again for a round whose list was removed. When a round turns out to be of
    another kind, a list that nobody touched is made anew for that.
    """
    recorder: Recorder = session.info["recorder"]
    rounds = touched.get("round")
    if not rounds or recorder.kind not in KINDS:
        return
    ids = [int(key) for key, fields in rounds.items() if not (SCHEDULING | set(CHOOSING)).isdisjoint(fields)]
    for begin in range(0, len(ids), CHUNK):
        query = select(Round).where(col(Round.id).in_(ids[begin : begin + CHUNK]), Round.state == "planned")
        for row in session.exec(query.order_by(col(Round.id))).all():
            _follow(session, row, rounds[str(row.id)], now=recorder.now)


def _follow(session: Session, row: Round, before: Mapping[str, object], *, now: datetime) -> None:
    """One planned round, and what its fields that changed were before."""
    lists = list_checklists(session, round_id=row_id(row.id))
    if not lists:
        if not SCHEDULING.isdisjoint(before) and not is_over(ready_by(row.starts_at, row.ends_at), row.precision, now):
            _make(session, row, now=now)
        return
    if not TIMES.isdisjoint(before):
        for view in lists:
            move_due_times(session, checklist_id=view.id, round_row=row, now=now)
    if not set(CHOOSING).isdisjoint(before):
        _choose_again(session, row, before, lists[0], now=now)


def _make(session: Session, row: Round, *, now: datetime) -> None:
    template = template_for(session, label=row.stage, phase=row.phase, medium=row.medium)
    if template is not None:
        fill_checklist(session, round_id=row_id(row.id), template=template, now=now)


def _choose_again(
    session: Session, row: Round, before: Mapping[str, object], view: ChecklistView, *, now: datetime
) -> None:
    """Another template for a round that is of another kind now, while its list is as the first one made it."""
    label, phase, medium = (str(before.get(name, getattr(row, name))) for name in CHOOSING)
    was = template_for(session, label=label, phase=phase, medium=medium)
    fits = template_for(session, label=row.stage, phase=row.phase, medium=row.medium)
    if was is None or fits is None or was.key != view.template_key or fits.key == was.key:
        return
    is_as_made = [item.key for item in view.items] == [item.key for item in was.items] and not view.done
    if is_as_made:
        replace_checklist(session, view=view, template=fits, now=now)
