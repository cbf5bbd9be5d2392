"""The dialogs of checklists: an item of a round's list, and what a template is for and holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import medium_words, zone_of
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.form import Form, FormField
from tracker.deadlines import typed_deadline
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Phase
from tracker.times import show_time
from tracker.words import phase_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.checklists.lists import ChecklistView, ItemView
    from prep.checklists.templates import TemplateView
    from prep.checklists.times import Due
    from prep.templates import TemplateItem

PHASES = (Phase.ASSESSMENT, Phase.WRITTEN_TEST, Phase.INTERVIEW, Phase.OFFER)


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """What a filled form says of an item."""

    text: str
    blocking: bool
    due: "Due"


def read_item(values: Mapping[str, str], *, now: datetime) -> ItemDraft:
    """An item as it was typed; a ``!`` in front makes it one that must be done.

    Raises:
        RefusedError: it has no text, or the time is none.
    """
    from prep.checklists.times import read_due

    line = values["text"].strip()
    text = line.lstrip("!！ ").strip()
    if not text:
        raise RefusedError(_("An item needs a text."))
    return ItemDraft(text, line.startswith(("!", "！")), read_due(values["due"], now=now))


def read_template_item(values: Mapping[str, str], *, key: str = "") -> "TemplateItem":
    """An item of a template as it was typed; without a time it is due when the round begins.

    Raises:
        RefusedError: it has no text, or the time is none.
    """
    from prep.checklists.times import read_before
    from prep.templates import TemplateItem

    line = values["text"].strip()
    text = line.lstrip("!！ ").strip()
    if not text:
        raise RefusedError(_("An item needs a text."))
    return TemplateItem(key, text, line.startswith(("!", "！")), read_before(values["due"]) if values["due"] else 0)


def _fields(text: str, due: str, *, placeholder: str, remark: Callable[[str], str]) -> tuple[FormField, ...]:
    return (
        FormField("text", _("To do"), text, placeholder=_("what to do; a ! in front makes it a must")),
        FormField("due", _("Due"), due, placeholder=placeholder, remark=remark),
    )


def _typed(text: str, *, blocking: bool) -> str:
    return f"! {text}" if blocking else text


def _verifier(read: Callable[[Mapping[str, str]], object]) -> Callable[[Mapping[str, str]], str]:
    def verify(values: Mapping[str, str]) -> str:
        try:
            read(values)
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def _due_remark(now: datetime) -> Callable[[str], str]:
    """What a typed time means."""

    def remark(text: str) -> str:
        from prep.checklists.times import read_due, show_before

        if not text.strip():
            return _("any time before the round")
        try:
            found = read_due(text, now=now)
        except AshoreError:
            return ""
        if found.minutes_before is not None:
            return show_before(found.minutes_before)
        return show_time(found.at, "minute", now=now, zone=zone_of(now))

    return remark


def _typed_due(item: "ItemView | None", now: datetime) -> str:
    from prep.checklists.times import write_before

    if item is None:
        return ""
    if item.minutes_before is not None:
        return write_before(item.minutes_before)
    return typed_deadline(item.due_at, zone_of(now))


def ask_list_item(screen: AshoreScreen, checklist: "ChecklistView", item: "ItemView | None" = None) -> None:
    """Ask for an item of a round's list, or change the one given; a list without an id is made with its first item."""
    now = screen.now()

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        draft = read_item(values, now=now)

        def save(session: "Session", moment: datetime) -> None:
            from prep.checklists.lists import add_item, edit_item, ensure_checklist

            given = {"text": draft.text, "blocking": draft.blocking, "due": draft.due, "now": moment}
            if item is None:
                checklist_id = checklist.id or ensure_checklist(session, round_id=checklist.round_id or 0)
                add_item(session, checklist_id=checklist_id, **given)  # type: ignore[arg-type]
            else:
                edit_item(session, item_id=item.id, **given)  # type: ignore[arg-type]

        name = _("To do: {item}").format(item=draft.text)
        screen.change(name, save, say=lambda _nothing: name, applications={checklist.application_id})

    text = _typed(item.text, blocking=item.blocking) if item is not None else ""
    placeholder = _("2h before · 1 天 · tomorrow 9:00 · empty: any time")
    title = " · ".join(filter(None, (_("Checklist"), checklist.stage, checklist.name)))
    fields = _fields(text, _typed_due(item, now), placeholder=placeholder, remark=_due_remark(now))
    screen.app.push_screen(Form(title, fields, verify=_verifier(lambda given: read_item(given, now=now))), write)


def ask_template_item(screen: AshoreScreen, view: "TemplateView", item: "TemplateItem | None" = None) -> None:
    """Ask for an item of a template, or change the one given."""
    from prep.checklists.times import write_before

    template = view.template

    def remark(text: str) -> str:
        from prep.checklists.times import read_before, show_before

        try:
            return show_before(read_before(text) if text.strip() else 0)
        except AshoreError:
            return ""

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        draft = read_template_item(values, key=item.key if item is not None else "")
        if item is None:
            items = (*template.items, draft)
        else:
            items = tuple(draft if one.key == item.key else one for one in template.items)
        write_items(screen, view, items)

    text, due = (
        (_typed(item.text, blocking=item.blocking), write_before(item.minutes_before)) if item is not None else ("", "")
    )
    fields = _fields(text, due, placeholder=_("24h · 1h · 30 min · 1 天 · empty: at the start"), remark=remark)
    screen.app.push_screen(Form(template.name, fields, verify=_verifier(read_template_item)), write)


def write_items(screen: AshoreScreen, view: "TemplateView", items: Sequence["TemplateItem"]) -> None:
    """Give a template these items. Lists that were made from it stay as they are."""

    def save(session: "Session", _now: datetime) -> None:
        from prep.checklists.templates import set_template_items

        set_template_items(session, key=view.template.key, items=items)

    name = _("Template: {name}").format(name=view.template.name)
    screen.change(name, save, say=lambda _nothing: name, applications=())


def template_values(view: "TemplateView | None") -> tuple[str, str, str, str]:
    """Name, phase, medium and stages of a template as words."""
    if view is None:
        return "", phase_word(Phase.INTERVIEW), "", ""
    template = view.template
    medium = medium_words().get(template.medium, template.medium)
    return template.name, phase_word(template.phase), medium, "、".join(template.labels)


def read_template(values: Mapping[str, str]) -> dict[str, object]:
    """What a template is for, as it was typed, for ``save_template``.

    Raises:
        RefusedError: it has no name, or names no kind of round.
    """
    phases = {phase_word(phase): str(phase) for phase in PHASES} | {str(phase): str(phase) for phase in PHASES}
    mediums = {word: code for code, word in medium_words().items()} | {code: code for code in medium_words()} | {"": ""}
    if not values["name"].strip():
        raise RefusedError(_("A template needs a name."))
    if values["phase"].strip() not in phases or values["medium"].strip() not in mediums:
        raise RefusedError(
            _("For which rounds? {phases}; {mediums} or empty.").format(
                phases=" / ".join(phase_word(phase) for phase in PHASES), mediums=" / ".join(medium_words().values())
            )
        )
    labels = [label for part in values["labels"].split(",") for label in part.replace("，", "、").split("、")]
    return {
        "name": values["name"],
        "phase": phases[values["phase"].strip()],
        "medium": mediums[values["medium"].strip()],
        "labels": [label.strip() for label in labels if label.strip()],
    }


def ask_template(screen: AshoreScreen, view: "TemplateView | None", then: Callable[[str], None]) -> None:
    """Ask what a template is for, a new one or the one given; ``then`` gets its key."""
    name, phase, medium, labels = template_values(view)
    phases, mediums = [phase_word(one) for one in PHASES], [*medium_words().values()]
    fields = (
        FormField("name", _("Name"), name),
        FormField("phase", _("Kind of round"), phase, placeholder=" / ".join(phases), suggestions=phases),
        FormField("medium", _("How"), medium, placeholder=" / ".join([*mediums, _("empty: any")]), suggestions=mediums),
        FormField(
            "labels",
            _("Stages"),
            labels,
            placeholder=_("only these, such as HR面、谈薪; empty: all of the kind"),
            suggestions=[stage.label for stage in STAGES if stage.timed],
        ),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        given = read_template(values)

        def save(session: "Session", _now: datetime) -> str:
            from prep.checklists.templates import save_template

            return save_template(session, key=view.template.key if view is not None else "", **given)  # type: ignore[arg-type]

        step = _("Template: {name}").format(name=given["name"])
        screen.change(step, save, say=lambda _key: step, then=then, applications=())

    title = _("Checklist template") if view is None else view.template.name
    screen.app.push_screen(Form(title, fields, verify=_verifier(read_template)), write)


def moved(items: Sequence["TemplateItem"], key: str, by: int) -> tuple["TemplateItem", ...]:
    """The items with one of them moved up or down; the ends hold it."""
    order = list(items)
    at = next(index for index, item in enumerate(order) if item.key == key)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    return tuple(order)


def toggled(items: Sequence["TemplateItem"], key: str) -> tuple["TemplateItem", ...]:
    """The items with one of them made a must, or no must any more."""
    return tuple(replace(item, blocking=not item.blocking) if item.key == key else item for item in items)
