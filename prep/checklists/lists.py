"""Checklists of rounds: made once from a template, ticked off, changed. The only code that writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.checklists.times import ANY_TIME, Due, due_when_made, is_over, ready_by
from prep.models import Checklist, ChecklistItem
from prep.templates import TemplateItem
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Application, Round
from tracker.stages import Precision
from tracker.text import sanitise_line

MOST_ITEMS = 500
"""Items of one list, and of one template."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing to do."""

    id: int
    text: str
    blocking: bool
    done: bool
    due_at: datetime | None
    minutes_before: int | None = None
    """How long before the round it is due; ``None`` at a time of its own, or none."""
    precision: str = Precision.MINUTE
    """How exactly ``due_at`` is known: a day is kept at 00:00 UTC."""
    key: str = ""
    """Of the template's item; empty for one of the person's own."""


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The checklist of one round. One without items was emptied: its round gets no other by itself."""

    id: int
    application_id: int
    round_id: int | None
    name: str
    items: tuple[ItemView, ...]
    stage: str = ""
    template_key: str = ""

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(item.done for item in self.items)


def ensure_checklist(session: Session, *, round_id: int) -> int:
    """The checklist of a round, an empty one if it has none; returns its id.

    Raises:
        RefusedError: the round is gone.
    """
    existing = session.exec(select(Checklist.id).where(Checklist.round_id == round_id)).first()
    return existing if existing is not None else _add(session, _round(session, round_id), "", "")


def make_checklist(
    session: Session, *, round_id: int, name: str, template_key: str, items: Iterable[TemplateItem], now: datetime
) -> int:
    """Fill the checklist of a round from a template and return its id. What stands on it stays.

    Raises:
        RefusedError: the round is gone.
    """
    round_row = _round(session, round_id)
    row = session.exec(select(Checklist).where(Checklist.round_id == round_id)).first()
    if row is None:
        checklist_id = _add(session, round_row, name, template_key)
    else:
        row.name, row.template_key = name, template_key
        checklist_id = row_id(row.id)
    add_template_items(session, checklist_id=checklist_id, items=items, now=now)
    return checklist_id


def add_template_items(session: Session, *, checklist_id: int, items: Iterable[TemplateItem], now: datetime) -> None:
    """Put items of a template at the end of a list, due before its round."""
    row = _checklist(session, checklist_id)
    at = _next_position(session, checklist_id)
    for position, item in enumerate(items, start=at):
        session.add(
            ChecklistItem(
                checklist_id=checklist_id,
                text=item.text,
                key=item.key,
                minutes_before=item.minutes_before,
                blocking=item.blocking,
                position=position,
                due_at=_due(session, row, Due(item.minutes_before), now=now),
            )
        )
    session.flush()


def _add(session: Session, round_row: Round, name: str, template_key: str) -> int:
    row = Checklist(
        application_id=round_row.application_id,
        round_id=row_id(round_row.id),
        name=name,
        template_key=template_key,
    )
    session.add(row)
    session.flush()
    return row_id(row.id)


def _round(session: Session, round_id: int) -> Round:
    row = session.get(Round, round_id)
    if row is None:
        raise RefusedError(_("This round is not there any more."))
    return row


def _checklist(session: Session, checklist_id: int) -> Checklist:
    row = session.get(Checklist, checklist_id)
    if row is None:
        raise RefusedError(_("This checklist is not there any more."))
    return row


def _item(session: Session, item_id: int) -> ChecklistItem:
    row = session.get(ChecklistItem, item_id)
    if row is None:
        raise RefusedError(_("This item is not there any more."))
    return row


def _due(session: Session, checklist: Checklist, due: Due, *, now: datetime) -> datetime | None:
    """The moment at which an item is due."""
    if due.minutes_before is None:
        return due.at
    round_row = session.get(Round, checklist.round_id) if checklist.round_id is not None else None
    if round_row is None:
        return None
    deadline = ready_by(round_row.starts_at, round_row.ends_at)
    return due_when_made(due.minutes_before, deadline=deadline, precision=round_row.precision, now=now)


def move_due_times(session: Session, *, checklist_id: int, round_row: Round, now: datetime) -> None:
    """Let the items of a list follow their round; those with a time of their own stay where they are."""
    deadline = ready_by(round_row.starts_at, round_row.ends_at)
    for item in _items(session, checklist_id):
        if item.minutes_before is not None:
            item.due_at = due_when_made(
                item.minutes_before, deadline=deadline, precision=round_row.precision, now=now, was=item.due_at
            )
    session.flush()


def add_item(
    session: Session,
    *,
    checklist_id: int,
    text: str,
    now: datetime,
    blocking: bool = False,
    due: Due = ANY_TIME,
) -> int:
    """Add an item of the person's own at the end of a checklist, and return its id.

    Raises:
        RefusedError: it has no text, the list is gone, or it is full.
    """
    clean = clean_item(text)
    checklist = _checklist(session, checklist_id)
    count = len(_items(session, checklist_id))
    if count >= MOST_ITEMS:
        raise RefusedError(_("A checklist holds at most {n} items.").format(n=MOST_ITEMS))
    item = ChecklistItem(
        checklist_id=checklist_id,
        text=clean,
        blocking=blocking,
        minutes_before=due.minutes_before,
        due_at=_due(session, checklist, due, now=now),
        position=_next_position(session, checklist_id),
    )
    session.add(item)
    session.flush()
    return row_id(item.id)


def clean_item(text: str) -> str:
    """The text of an item as it is kept: one line.

    Raises:
        RefusedError: nothing is left of it.
    """
    clean = sanitise_line(text)
    if not clean:
        raise RefusedError(_("An item needs a text."))
    return clean


def _next_position(session: Session, checklist_id: int) -> int:
    query = select(ChecklistItem.position).where(ChecklistItem.checklist_id == checklist_id)
    last = session.exec(query.order_by(col(ChecklistItem.position).desc())).first()
    return 0 if last is None else last + 1


def edit_item(session: Session, *, item_id: int, text: str, blocking: bool, due: Due, now: datetime) -> None:
    """Change an item. One of a template is the person's own from then on: no template changes it any more.

    Raises:
        RefusedError: it is gone, or has no text.
    """
    clean = clean_item(text)
    item = _item(session, item_id)
    is_same_due = item.minutes_before == due.minutes_before and (
        due.minutes_before is not None or item.due_at == due.at
    )
    if (item.text, item.blocking) == (clean, blocking) and is_same_due:
        return
    item.text, item.blocking, item.key = clean, blocking, ""
    if not is_same_due:
        item.minutes_before = due.minutes_before
        item.due_at = _due(session, _checklist(session, item.checklist_id), due, now=now)
    session.flush()


def reword_item(session: Session, *, item_id: int, item: TemplateItem, now: datetime) -> None:
    """Bring an item of a list to what its template says now.

    Raises:
        RefusedError: it is gone.
    """
    row = _item(session, item_id)
    row.text, row.blocking = item.text, item.blocking
    if row.minutes_before != item.minutes_before:
        row.minutes_before = item.minutes_before
        row.due_at = _due(session, _checklist(session, row.checklist_id), Due(item.minutes_before), now=now)
    session.flush()


def set_item_done(session: Session, *, item_id: int, done: bool, now: datetime) -> None:
    """Tick an item off, or open it again. Ticking twice keeps the first time.

    Raises:
        RefusedError: it is gone.
    """
    item = _item(session, item_id)
    if done != (item.done_at is not None):
        item.done_at = now if done else None
    session.flush()


def remove_item(session: Session, *, item_id: int) -> None:
    """Remove an item; one that is gone already is no mistake."""
    item = session.get(ChecklistItem, item_id)
    if item is not None:
        session.delete(item)
        session.flush()


def empty_checklist(session: Session, *, checklist_id: int) -> None:
    """Remove a whole list. Its row stays without items, so that nothing makes it again by itself."""
    for item in _items(session, checklist_id):
        session.delete(item)
    session.flush()


def move_item(session: Session, *, item_id: int, by: int) -> None:
    """Move an item up (below zero) or down its list; the ends hold it.

    Raises:
        RefusedError: it is gone.
    """
    item = _item(session, item_id)
    order = list(_items(session, item.checklist_id))
    at = order.index(item)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    for position, row in enumerate(order):
        if row.position != position:
            row.position = position
    session.flush()


def _items(session: Session, checklist_id: int) -> Sequence[ChecklistItem]:
    query = select(ChecklistItem).where(ChecklistItem.checklist_id == checklist_id)
    return session.exec(query.order_by(col(ChecklistItem.position), col(ChecklistItem.id))).all()


def list_checklists(
    session: Session, *, company_id: int | None = None, round_id: int | None = None
) -> tuple[ChecklistView, ...]:
    """The checklists of a company or of one round, the newest first."""
    query = select(Checklist).join(Application, col(Application.id) == Checklist.application_id)
    if company_id is not None:
        query = query.where(Application.company_id == company_id)
    if round_id is not None:
        query = query.where(Checklist.round_id == round_id)
    rows = session.exec(query.order_by(col(Checklist.id).desc())).all()
    return tuple(_view(session, row) for row in rows)


def open_checklists(session: Session, *, now: datetime, template_key: str) -> tuple[ChecklistView, ...]:
    """The lists made from a template whose rounds are planned and not over; emptied ones are left out."""
    query = (
        select(Checklist, Round)
        .join(Round, col(Round.id) == Checklist.round_id)
        .where(Round.state == "planned", Checklist.template_key == template_key)
    )
    views = (
        _view(session, row)
        for row, round_row in session.exec(query.order_by(col(Checklist.id))).all()
        if not is_over(ready_by(round_row.starts_at, round_row.ends_at), round_row.precision, now)
    )
    return tuple(view for view in views if view.items)


def _view(session: Session, row: Checklist) -> ChecklistView:
    round_row = session.get(Round, row.round_id) if row.round_id is not None else None
    by_day = round_row is not None and round_row.precision != Precision.MINUTE
    return ChecklistView(
        id=row_id(row.id),
        application_id=row.application_id,
        round_id=row.round_id,
        name=row.name,
        items=tuple(
            ItemView(
                row_id(item.id),
                item.text,
                item.blocking,
                item.done_at is not None,
                item.due_at,
                item.minutes_before,
                Precision.DAY if by_day and item.minutes_before is not None else Precision.MINUTE,
                item.key,
            )
            for item in _items(session, row_id(row.id))
        ),
        stage=round_row.stage if round_row is not None else "",
        template_key=row.template_key,
    )
