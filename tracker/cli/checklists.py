"""``ashore checklist``: what is to be ready for a company's coming rounds, and the templates it comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Precision, resolve_stage
from tracker.times import show_time
from tracker.words import medium_word, phase_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.checklists.lists import ChecklistView, ItemView
    from prep.checklists.templates import TemplateView
    from tracker.rounds import RoundView


@dataclass(frozen=True, slots=True)
class _Listed:
    """A coming round and its list, which may not be made yet."""

    round: "RoundView"
    checklist: "ChecklistView | None"

    @property
    def items(self) -> "tuple[ItemView, ...]":
        """What is on the list."""
        return self.checklist.items if self.checklist is not None else ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the options ask for."""

    tick: int | None
    untick: int | None
    remove: int | None
    add: str | None
    before: str
    blocking: bool

    @property
    def number(self) -> int | None:
        """The number of the item that is meant."""
        return next((one for one in (self.tick, self.untick, self.remove) if one is not None), None)


@command(
    "checklist",
    summary=_(
        "Show what is to be ready for a company's coming rounds, or tick, add and remove items by their numbers."
        " The number of an item is the one shown before it."
    ),
    shape="""[{"round","stage","starts_at","ends_at","precision","name","done","total",
"items":[{"number","id","text","blocking","done","late","due_at","minutes_before"}]}]
After a change: {"change_set","lists":[…]}. With --templates: [{"key","name","phase","medium","stages","retired",
"shipped","changed","open_lists","not_up_to_date","items":[{"key","text","blocking","minutes_before"}]}]""",
)
@click.argument("company", required=False)
@click.option("--round", "stage", default="", metavar="STAGE", help=_("Only the round of this stage."))
@click.option("--tick", type=click.IntRange(min=1), metavar="N", help=_("This item is done."))
@click.option("--untick", type=click.IntRange(min=1), metavar="N", help=_("This item is open again."))
@click.option("--remove", type=click.IntRange(min=1), metavar="N", help=_("Remove this item."))
@click.option("--add", metavar="TEXT", help=_("Add an item of your own to the list of the next round."))
@click.option("--before", default="", metavar="TIME", help=_("When the added item is due: 2h, 30 min, 1 天."))
@click.option("--blocking", is_flag=True, help=_("The added item must be done before you walk in."))
@click.option("--templates", is_flag=True, help=_("List the templates of all kinds of rounds instead."))
@json_option()
def checklist(
    context: Context,
    company: str | None,
    stage: str,
    tick: int | None,
    untick: int | None,
    remove: int | None,
    add: str | None,
    before: str,
    *,
    blocking: bool,
    templates: bool,
    as_json: bool,
) -> None:
    """Show or change the lists of one company, or show the templates."""
    asked = _Asked(tick, untick, remove, add, before, blocking)
    acts = sum(one is not None for one in (tick, untick, remove, add))
    if templates == bool(company) or (templates and (acts or stage)):
        raise click.UsageError(_("Name a company, or ask for --templates alone."))
    if acts > 1:
        raise click.UsageError(_("One change at a time: --tick, --untick, --add or --remove."))
    if (before or blocking) and add is None:
        raise click.UsageError(_("--before and --blocking belong to --add."))
    if templates or company is None:
        _show_templates(context, as_json=as_json)
    elif acts:
        _change(context, company, stage, asked, as_json=as_json)
    else:
        _show(context, company, stage, as_json=as_json)


def _read(session: "Session", company: str, stage: str, now: datetime) -> tuple[str, tuple[_Listed, ...]]:
    """The company's name, and its coming rounds with their lists.

    Raises:
        RefusedError: there is no such company, or no such round is planned there.
    """
    from prep.checklists.lists import list_checklists
    from prep.checklists.times import is_over, ready_by
    from tracker.companies import require_company_id, view_company
    from tracker.rounds import list_rounds

    company_id = require_company_id(session, company)
    label = resolve_stage(stage).label if stage else ""
    rounds = [
        view
        for view in list_rounds(session, company_id=company_id, planned_only=True)
        if label in ("", view.stage)
        and not is_over(view.ends_at or ready_by(view.starts_at, None), view.precision, now)
    ]
    name = view_company(session, company_id).name
    if not rounds:
        raise RefusedError(_("No round is planned at {company}. Plan one with: ashore round").format(company=name))
    lists = {one.round_id: one for one in list_checklists(session, company_id=company_id)}
    return name, tuple(_Listed(view, lists.get(view.id)) for view in rounds)


def _show(context: Context, company: str, stage: str, *, as_json: bool) -> None:
    database = open_begun(context)
    with database.read() as session:
        _name, found = _read(session, company, stage, context.now)
    if as_json:
        print_json(_as_json(found, context))
    else:
        _print(found, context)


def _change(context: Context, company: str, stage: str, asked: _Asked, *, as_json: bool) -> None:
    database = open_begun(context)
    with database.read() as session:
        name, found = _read(session, company, stage, context.now)
    numbered = dict(enumerate((item for one in found for item in one.items), start=1))
    if asked.number is not None and asked.number not in numbered:
        raise RefusedError(
            _("There is no item {number}; {company} has {n}.").format(
                number=asked.number, company=name, n=len(numbered)
            )
        )
    item = numbered[asked.number] if asked.number is not None else None
    with database.change(_step(asked, item), now=context.now) as session:
        _write(session, found[0].round.id, asked, item, now=context.now)
    change_set = session.info["change_set_id"]
    with database.read() as session:
        _name, found = _read(session, company, stage, context.now)
    if as_json:
        print_json({"change_set": change_set, "lists": _as_json(found, context)})
        return
    _print(found, context)
    say(_("ashore undo takes it back.") if change_set is not None else _("Nothing changed."))


def _step(asked: _Asked, item: "ItemView | None") -> str:
    if item is None:
        return _("To do: {item}").format(item=asked.add)
    if asked.remove is not None:
        return _("Removed: {item}").format(item=item.text)
    return (_("Done: {item}") if asked.tick is not None else _("Open again: {item}")).format(item=item.text)


def _write(session: "Session", round_id: int, asked: _Asked, item: "ItemView | None", *, now: datetime) -> None:
    from prep.checklists.lists import add_item, ensure_checklist, remove_item, set_item_done
    from prep.checklists.times import ANY_TIME, Due, read_before

    if item is None:
        due = Due(minutes_before=read_before(asked.before)) if asked.before else ANY_TIME
        checklist_id = ensure_checklist(session, round_id=round_id)
        add_item(session, checklist_id=checklist_id, text=asked.add or "", blocking=asked.blocking, due=due, now=now)
    elif asked.remove is not None:
        remove_item(session, item_id=item.id)
    else:
        set_item_done(session, item_id=item.id, done=asked.tick is not None, now=now)


def _is_late(item: "ItemView", now: datetime) -> bool:
    if item.done or item.due_at is None:
        return False
    return item.due_at <= now if item.precision == Precision.MINUTE else item.due_at.date() < now.date()


def _as_json(found: tuple[_Listed, ...], context: Context) -> list[dict[str, object]]:
    number = 0
    lists: list[dict[str, object]] = []
    for one in found:
        view = one.round
        items = []
        for item in one.items:
            number += 1
            items.append(
                {
                    "number": number,
                    "id": item.id,
                    "text": item.text,
                    "blocking": item.blocking,
                    "done": item.done,
                    "late": _is_late(item, context.now),
                    "due_at": as_iso(item.due_at, item.precision, context.zone),
                    "minutes_before": item.minutes_before,
                }
            )
        lists.append(
            {
                "round": view.id,
                "stage": view.stage,
                "starts_at": as_iso(view.starts_at, view.precision, context.zone),
                "ends_at": as_iso(view.ends_at, view.precision, context.zone),
                "precision": view.precision,
                "name": one.checklist.name if one.checklist is not None else "",
                "done": sum(item.done for item in one.items),
                "total": len(one.items),
                "items": items,
            }
        )
    return lists


def _print(found: tuple[_Listed, ...], context: Context) -> None:
    number = 0
    for place, one in enumerate(found):
        view = one.round
        at = view.starts_at or view.ends_at
        when = show_time(at, view.precision, now=context.now, zone=context.zone) if at else _("no time yet")
        done = _("{done} of {total} done").format(done=sum(item.done for item in one.items), total=len(one.items))
        name = one.checklist.name if one.checklist is not None else ""
        say(("\n" if place else "") + "  ".join(filter(None, (view.company, view.stage, when, name, done))))
        for item in one.items:
            number += 1
            say(f"{number:3}  " + _line(item, context))
        if not one.items:
            tell(_("Nothing is on its list. Add to it with --add."))


def _line(item: "ItemView", context: Context) -> str:
    due = show_time(item.due_at, item.precision, now=context.now, zone=context.zone) if item.due_at else ""
    words = (
        "[x]" if item.done else "[ ]",
        _("late") if _is_late(item, context.now) else "",
        _("must") if item.blocking and not item.done else "",
        item.text,
        f"({due})" if due and not item.done else "",
    )
    return " ".join(filter(None, words))


def _show_templates(context: Context, *, as_json: bool) -> None:
    database = open_to_read(context)
    from prep.checklists.templates import list_templates, shipped_templates

    if database is None:
        views = shipped_templates()
    else:
        with database.read() as session:
            views = list_templates(session, now=context.now)
    if as_json:
        print_json([_template_json(view) for view in views])
        return
    for place, view in enumerate(views):
        _print_template(view, is_first=place == 0)


def _print_template(view: "TemplateView", *, is_first: bool) -> None:
    from prep.checklists.times import show_before

    template = view.template
    kind = " ".join((phase_word(template.phase), "、".join(template.labels) or medium_word(template.medium))).rstrip()
    states = [
        _("not used") if view.retired else "",
        _("your own") if not view.shipped else _("changed by you") if view.changed else "",
    ]
    say(("" if is_first else "\n") + "  ".join(filter(None, (template.name, kind, *states))))
    for item in template.items:
        must = _("must") + " " if item.blocking else ""
        before = show_before(item.minutes_before)
        say("  " + _("{before}: {item}").format(before=before, item=f"{must}{item.text}"))


def _template_json(view: "TemplateView") -> dict[str, object]:
    template = view.template
    return {
        "key": template.key,
        "name": template.name,
        "phase": template.phase,
        "medium": template.medium,
        "stages": list(template.labels),
        "retired": view.retired,
        "shipped": view.shipped,
        "changed": view.changed,
        "open_lists": view.open_lists,
        "not_up_to_date": view.behind,
        "items": [
            {
                "key": item.key,
                "text": item.text,
                "blocking": item.blocking,
                "minutes_before": item.minutes_before,
            }
            for item in template.items
        ],
    }
