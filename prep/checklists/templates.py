"""Templates of checklists: the shipped ones, what the person made of them, and their own; nothing else writes them.

A shipped template is stored when it is changed, not before: so it comes in the language of the day, and better in the
next version. Each change is of the template alone; lists that were made from it follow when they are told to.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from prep.checklists.lists import (
    MOST_ITEMS,
    ChecklistView,
    add_template_items,
    clean_item,
    empty_checklist,
    list_checklists,
    make_checklist,
    open_checklists,
    reword_item,
)
from prep.checklists.times import LONGEST
from prep.models import ChecklistTemplate
from prep.templates import ShippedChecklist, TemplateItem, choose_checklist, shipped_checklists
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import ChangeEntry, Round
from tracker.stages import Phase, find_stage
from tracker.text import sanitise_line

MEDIUMS = ("online", "onsite", "phone")
PHASES = (Phase.ASSESSMENT, Phase.WRITTEN_TEST, Phase.INTERVIEW, Phase.OFFER)
"""Phases in which something has a time and is prepared for."""


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as it stands."""

    template: ShippedChecklist
    retired: bool
    """No round gets it any more."""
    shipped: bool
    """It came with the program, in whatever words it stands now."""
    changed: bool
    """It is not as it was shipped; always so for one of the person's own."""
    open_lists: int = 0
    """Lists of coming rounds that were made from it."""
    behind: int = 0
    """Those of them that would change if they were brought up to date."""


def list_templates(session: Session, *, now: datetime, language: str | None = None) -> tuple[TemplateView, ...]:
    """All templates, the person's own first, then those that ship, in their order."""
    return tuple(
        replace(view, open_lists=len(lists), behind=sum(_changes(session, view.template, one) for one in lists))
        for view in _views(session, language)
        for lists in [open_checklists(session, now=now, template_key=view.template.key)]
    )


def shipped_templates(language: str | None = None) -> tuple[TemplateView, ...]:
    """Those that ship, as they are where no database is yet."""
    return tuple(_shipped_view(template, None, set()) for template in shipped_checklists(language))


def _views(session: Session, language: str | None) -> tuple[TemplateView, ...]:
    rows = session.exec(select(ChecklistTemplate).order_by(col(ChecklistTemplate.id))).all()
    stored = {row.key: row for row in rows}
    shipped = shipped_checklists(language)
    known = {template.key for template in shipped}
    same = {(one.key, _content(one)) for code in ("en", "zh_CN") for one in shipped_checklists(code)}
    own = (
        TemplateView(_template(row), row.retired, shipped=False, changed=True) for row in rows if row.key not in known
    )
    return (*own, *(_shipped_view(template, stored.get(template.key), same) for template in shipped))


def _shipped_view(
    template: ShippedChecklist, row: ChecklistTemplate | None, same: set[tuple[str, str]]
) -> TemplateView:
    """A shipped template, in the words of the row that holds it if the person changed it."""
    if row is None:
        return TemplateView(template, retired=False, shipped=True, changed=False)
    found = _template(row)
    is_changed = (found.key, _content(found)) not in same
    return TemplateView(found if is_changed else template, row.retired, shipped=True, changed=is_changed)


def _content(template: ShippedChecklist) -> str:
    return json.dumps(asdict(template), sort_keys=True)


def _template(row: ChecklistTemplate) -> ShippedChecklist:
    stored = json.loads(row.items)
    return ShippedChecklist(
        key=row.key,
        name=row.name,
        phase=row.phase,
        medium=row.medium,
        labels=tuple(stored.get("labels", ())),
        items=tuple(TemplateItem(**item) for item in stored.get("items", ())),
    )


def view_template(session: Session, *, key: str, language: str | None = None) -> TemplateView:
    """One template, without its lists counted.

    Raises:
        RefusedError: there is none of this key.
    """
    found = next((view for view in _views(session, language) if view.template.key == key), None)
    if found is None:
        raise RefusedError(_("There is no checklist template «{key}».").format(key=key))
    return found


def template_for(
    session: Session, *, label: str, phase: str, medium: str, language: str | None = None
) -> ShippedChecklist | None:
    """The template for a round: the person's own before those that ship; none that is retired or empty."""
    usable = tuple(view.template for view in _views(session, language) if not view.retired and view.template.items)
    return choose_checklist(usable, label=label, phase=phase, medium=medium)


def add_checklist_for_round(
    session: Session, *, round_id: int, now: datetime, template_key: str = "", language: str | None = None
) -> int | None:
    """Give a round a checklist, once, and return its id: of the given template, else of the one for its kind.

    A list that was emptied stays empty unless a template is named. ``None`` when no template fits.

    Raises:
        RefusedError: the round is gone, or there is no template of this key.
    """
    existing = next(iter(list_checklists(session, round_id=round_id)), None)
    if existing is not None and (existing.items or not template_key):
        return existing.id
    round_row = session.get(Round, round_id)
    if round_row is None:
        raise RefusedError(_("This round is not there any more."))
    template = (
        view_template(session, key=template_key, language=language).template
        if template_key
        else template_for(
            session, label=round_row.stage, phase=round_row.phase, medium=round_row.medium, language=language
        )
    )
    return None if template is None else fill_checklist(session, round_id=round_id, template=template, now=now)


def refill_checklist(session: Session, *, round_id: int, now: datetime, language: str | None = None) -> int | None:
    """Make the removed list of a round anew from the template for its kind; ``None`` when no template fits.

    Raises:
        RefusedError: the round is gone.
    """
    round_row = session.get(Round, round_id)
    if round_row is None:
        raise RefusedError(_("This round is not there any more."))
    found = template_for(
        session, label=round_row.stage, phase=round_row.phase, medium=round_row.medium, language=language
    )
    if found is None:
        return None
    return add_checklist_for_round(session, round_id=round_id, now=now, template_key=found.key, language=language)


def fill_checklist(session: Session, *, round_id: int, template: ShippedChecklist, now: datetime) -> int:
    """Put a template's items on the list of a round, and return its id."""
    return make_checklist(
        session, round_id=round_id, name=template.name, template_key=template.key, items=template.items, now=now
    )


def replace_checklist(session: Session, *, view: ChecklistView, template: ShippedChecklist, now: datetime) -> None:
    """Make a list anew from another template."""
    empty_checklist(session, checklist_id=view.id)
    if view.round_id is not None:
        fill_checklist(session, round_id=view.round_id, template=template, now=now)


def save_template(
    session: Session,
    *,
    key: str = "",
    name: str,
    phase: str,
    medium: str = "",
    labels: Iterable[str] = (),
    language: str | None = None,
) -> str:
    """Change what a template is for, or add one (without ``key``); returns its key.

    Raises:
        RefusedError: it has no name, or phase, medium or a stage is unknown.
    """
    clean = sanitise_line(name)
    if not clean:
        raise RefusedError(_("A template needs a name."))
    if phase not in PHASES or medium not in ("", *MEDIUMS):
        raise RefusedError(_("For which rounds? An assessment, a written test, an interview or an offer."))
    row = _row(session, key, language) if key else ChecklistTemplate(key=_new_key(session), name=clean)
    stored = json.loads(row.items)
    row.name, row.phase, row.medium = clean, str(phase), medium
    row.items = _dump(_known_labels(labels), stored.get("items", ()))
    session.add(row)
    session.flush()
    return row.key


def _known_labels(labels: Iterable[str]) -> list[str]:
    """Stages as they are called everywhere; one of the person's own as it is written."""
    names = [sanitise_line(label) for label in labels]
    known = [found.label if (found := find_stage(name)) is not None else name for name in names if name]
    return list(dict.fromkeys(known))


def _new_key(session: Session) -> str:
    keys = set(session.exec(select(ChecklistTemplate.key)).all())
    return next(key for number in range(1, len(keys) + 2) if (key := f"own-{number}") not in keys)


def _row(session: Session, key: str, language: str | None) -> ChecklistTemplate:
    """The stored row of a template; a shipped one is stored for that, as it stands now."""
    row = session.exec(select(ChecklistTemplate).where(ChecklistTemplate.key == key)).first()
    shown = view_template(session, key=key, language=language)
    if row is None:
        row = ChecklistTemplate(key=key, name="")
        session.add(row)
    if not shown.changed or not row.name:
        _fill(row, shown.template)
    return row


def _fill(row: ChecklistTemplate, template: ShippedChecklist) -> None:
    row.name, row.phase, row.medium = template.name, template.phase, template.medium
    row.items = _dump(template.labels, [asdict(item) for item in template.items])


def _dump(labels: Iterable[str], items: Sequence[dict[str, object]]) -> str:
    return json.dumps({"labels": list(labels), "items": list(items)}, ensure_ascii=False)


def set_template_items(
    session: Session, *, key: str, items: Sequence[TemplateItem], language: str | None = None
) -> None:
    """Give a template other items, in this order; those without a key are new.

    Raises:
        RefusedError: an item has no text or is due too early, or there are too many.
    """
    if len(items) > MOST_ITEMS:
        raise RefusedError(_("A checklist holds at most {n} items.").format(n=MOST_ITEMS))
    row = _row(session, key, language)
    stored = json.loads(row.items)
    used = {str(item["key"]) for item in stored.get("items", ())} | {item.key for item in items}
    kept = []
    for item in items:
        if not 0 <= item.minutes_before <= LONGEST:
            raise RefusedError(_("That is more than sixty days before."))
        own_key = item.key or next(name for n in range(1, MOST_ITEMS * 4) if (name := f"own-{n}") not in used)
        used.add(own_key)
        kept.append(asdict(replace(item, key=own_key, text=clean_item(item.text))))
    row.items = _dump(stored.get("labels", ()), kept)
    session.flush()


def retire_template(session: Session, *, key: str, retired: bool, language: str | None = None) -> None:
    """Let no round get a template any more, or again."""
    _row(session, key, language).retired = retired
    session.flush()


def restore_template(session: Session, *, key: str, language: str | None = None) -> None:
    """Bring a shipped template back as it was shipped, in use.

    Raises:
        RefusedError: it is one of the person's own.
    """
    shipped = next((one for one in shipped_checklists(language) if one.key == key), None)
    if shipped is None:
        raise RefusedError(_("This template is your own; there is no other wording to restore."))
    row = session.exec(select(ChecklistTemplate).where(ChecklistTemplate.key == key)).first()
    if row is not None:
        _fill(row, shipped)
        row.retired = False
        session.flush()


def bring_up_to_date(session: Session, *, key: str, now: datetime, language: str | None = None) -> int:
    """Bring the lists of coming rounds that were made from a template to its present items; returns how many changed.

    What is ticked stays as it is. So does what the person changed, added or removed on a list; nothing is removed.
    """
    template = view_template(session, key=key, language=language).template
    changed = 0
    for view in open_checklists(session, now=now, template_key=key):
        if _changes(session, template, view):
            changed += 1
            _update(session, template, view, now=now)
    return changed


def _update(session: Session, template: ShippedChecklist, view: ChecklistView, *, now: datetime) -> None:
    for item_id, item in _reworded(template, view):
        reword_item(session, item_id=item_id, item=item, now=now)
    add_template_items(session, checklist_id=view.id, items=_missing(session, template, view), now=now)


def _changes(session: Session, template: ShippedChecklist, view: ChecklistView) -> bool:
    return bool(_reworded(template, view) or _missing(session, template, view))


def _reworded(template: ShippedChecklist, view: ChecklistView) -> list[tuple[int, TemplateItem]]:
    """Open items of a list that read otherwise in its template, by their ids."""
    now_there = {item.key: item for item in template.items}
    shipped = _shipped_wordings(template.key)
    return [
        (item.id, wanted)
        for item in view.items
        if not item.done and (wanted := now_there.get(item.key)) is not None
        if (item.blocking, item.minutes_before) != (wanted.blocking, wanted.minutes_before)
        or not (item.text == wanted.text or {(item.key, item.text), (item.key, wanted.text)} <= shipped)
    ]


def _shipped_wordings(key: str) -> set[tuple[str, str]]:
    """Keys and texts of a shipped template's items in every language: a list in another one is no older for that."""
    templates = (one for language in ("en", "zh_CN") for one in shipped_checklists(language) if one.key == key)
    return {(item.key, item.text) for template in templates for item in template.items}


def _missing(session: Session, template: ShippedChecklist, view: ChecklistView) -> list[TemplateItem]:
    """Items that came to the template since the list was made, and never stood on it."""
    there = {item.key for item in view.items}
    missing = [item for item in template.items if item.key not in there]
    if not missing:
        return []
    query = select(ChangeEntry.after_json).where(
        ChangeEntry.table_name == "checklist_item",
        col(ChangeEntry.before_json).is_(None),
        col(ChangeEntry.after_json).contains(f'"checklist_id":{view.id},'),
    )
    once = {str(json.loads(entry)["key"]) for entry in session.exec(query).all() if entry}
    return [item for item in missing if item.key not in once]
