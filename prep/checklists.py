"""Checklists of rounds and the templates they come from: the only code that writes them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from prep.models import Checklist, ChecklistItem, ChecklistTemplate
from prep.templates import ShippedChecklist, TemplateItem, choose_checklist, shipped_checklists
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Application, Round
from tracker.rounds import is_window
from tracker.text import sanitise_line


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing to do."""

    id: int
    text: str
    blocking: bool
    done: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The checklist of one round."""

    id: int
    application_id: int
    round_id: int | None
    name: str
    items: tuple[ItemView, ...]

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(item.done for item in self.items)


def install_templates(session: Session, *, language: str | None = None) -> None:
    """Put the shipped templates into the database, where the person may change them; known keys stay as they are."""
    known = set(session.exec(select(ChecklistTemplate.key)).all())
    for template in shipped_checklists(language):
        if template.key not in known:
            session.add(
                ChecklistTemplate(
                    key=template.key,
                    name=template.name,
                    phase=template.phase,
                    medium=template.medium,
                    items=json.dumps(
                        {
                            "labels": template.labels,
                            "items": [asdict(item) for item in template.items],
                        },
                        ensure_ascii=False,
                    ),
                )
            )
    session.flush()


def list_templates(session: Session) -> tuple[ShippedChecklist, ...]:
    """The templates as they stand in the database."""
    rows = session.exec(select(ChecklistTemplate).order_by(col(ChecklistTemplate.id))).all()
    return tuple(_template(row) for row in rows)


def _template(row: ChecklistTemplate) -> ShippedChecklist:
    stored = json.loads(row.items)
    return ShippedChecklist(
        key=row.key,
        name=row.name,
        phase=row.phase,
        medium=row.medium,
        labels=tuple(stored["labels"]),
        items=tuple(TemplateItem(**item) for item in stored["items"]),
    )


def add_checklist_for_round(
    session: Session, *, round_id: int, template_key: str = "", language: str | None = None
) -> int | None:
    """Give a round a checklist, once, and return its id: of the given template, else of the one for its kind.

    ``None`` when no template fits. What is to be done before a window is due before its end, else before the start.

    Raises:
        RefusedError: the round is gone, or there is no template of this key.
    """
    existing = session.exec(select(Checklist.id).where(Checklist.round_id == round_id)).first()
    if existing is not None:
        return existing
    round_row = session.get(Round, round_id)
    if round_row is None:
        raise RefusedError(_("This round is not there any more."))
    install_templates(session, language=language)
    template = _template_for(list_templates(session), round_row, template_key)
    if template is None:
        return None
    deadline = _deadline(round_row)
    checklist = Checklist(application_id=round_row.application_id, round_id=round_id, name=template.name)
    session.add(checklist)
    session.flush()
    for position, item in enumerate(template.items):
        due = None if deadline is None else deadline - timedelta(minutes=item.minutes_before)
        session.add(
            ChecklistItem(
                checklist_id=row_id(checklist.id), text=item.text, blocking=item.blocking, position=position, due_at=due
            )
        )
    session.flush()
    return row_id(checklist.id)


def _template_for(
    templates: tuple[ShippedChecklist, ...], round_row: Round, template_key: str
) -> ShippedChecklist | None:
    if not template_key:
        return choose_checklist(templates, label=round_row.stage, phase=round_row.phase, medium=round_row.medium)
    found = next((template for template in templates if template.key == template_key), None)
    if found is None:
        raise RefusedError(_("There is no checklist template «{key}».").format(key=template_key))
    return found


def _deadline(round_row: Round) -> datetime | None:
    """When a round must be prepared: its start, but the end of one that is open for longer than anyone sits in it."""
    if round_row.starts_at is None or is_window(round_row.starts_at, round_row.ends_at):
        return round_row.ends_at
    return round_row.starts_at


def add_item(
    session: Session, *, checklist_id: int, text: str, blocking: bool = False, due_at: datetime | None = None
) -> int:
    """Add an item at the end of a checklist.

    Raises:
        RefusedError: it has no text.
    """
    clean = sanitise_line(text)
    if not clean:
        raise RefusedError(_("An item needs a text."))
    last = session.exec(
        select(ChecklistItem.position)
        .where(ChecklistItem.checklist_id == checklist_id)
        .order_by(col(ChecklistItem.position).desc())
    ).first()
    item = ChecklistItem(
        checklist_id=checklist_id,
        text=clean,
        blocking=blocking,
        due_at=due_at,
        position=0 if last is None else last + 1,
    )
    session.add(item)
    session.flush()
    return row_id(item.id)


def set_item_done(session: Session, *, item_id: int, done: bool, now: datetime) -> None:
    """Tick an item off, or open it again."""
    item = session.get(ChecklistItem, item_id)
    if item is None:
        raise RefusedError(_("This item is not there any more."))
    if done != (item.done_at is not None):
        item.done_at = now if done else None
    session.flush()


def remove_item(session: Session, *, item_id: int) -> None:
    """Remove an item."""
    item = session.get(ChecklistItem, item_id)
    if item is not None:
        session.delete(item)
        session.flush()


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


def _view(session: Session, row: Checklist) -> ChecklistView:
    items = session.exec(
        select(ChecklistItem)
        .where(ChecklistItem.checklist_id == row.id)
        .order_by(col(ChecklistItem.position), col(ChecklistItem.id))
    ).all()
    return ChecklistView(
        id=row_id(row.id),
        application_id=row.application_id,
        round_id=row.round_id,
        name=row.name,
        items=tuple(
            ItemView(row_id(item.id), item.text, item.blocking, item.done_at is not None, item.due_at) for item in items
        ),
    )
