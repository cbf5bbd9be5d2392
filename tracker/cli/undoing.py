"""``ashore undo``, ``redo`` and ``changes``: the steps of the change log."""

import json
from typing import TYPE_CHECKING, Literal

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.cli.standings import standing_json
from tracker.messages import _
from tracker.times import show_time
from tracker.words import step_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.changes import ChangeSummary
    from tracker.db import Database

SHAPE = """{"change_set","action","name","company","application","before","after"}
before and after are {"stage","phase","outcome","in_pool","since"}, and with company and application
null when the step was about more than one application."""

Direction = Literal["undo", "redo"]


@command("undo", summary=_("Take back the last step: a change, or a whole import."), shape=SHAPE)
@json_option()
def undo_step(context: Context, *, as_json: bool) -> None:
    """Undo one step."""
    _step(context, "undo", as_json=as_json)


@command("redo", summary=_("Bring back the step undone last."), shape=SHAPE)
@json_option()
def redo_step(context: Context, *, as_json: bool) -> None:
    """Redo one step."""
    _step(context, "redo", as_json=as_json)


def _step(context: Context, direction: Direction, *, as_json: bool) -> None:
    database = open_begun(context)
    from tracker.changes import find_redoable, find_undoable
    from tracker.undo import redo, undo

    with database.read() as session:
        coming = find_undoable(session) if direction == "undo" else find_redoable(session)
        application_id = _only_application(session, coming)
    before = standing_json(database, application_id, zone=context.zone)
    company = _company_name(database, application_id)
    step = undo(database, now=context.now) if direction == "undo" else redo(database, now=context.now)
    after = standing_json(database, application_id, zone=context.zone)
    if not as_json:
        said = _("Undone: {name}") if direction == "undo" else _("Done again: {name}")
        say(said.format(name=step.name))
        return
    print_json(
        {
            "change_set": step.id,
            "action": direction,
            "name": step.name,
            "company": company or _company_name(database, application_id),
            "application": application_id,
            "before": before,
            "after": after,
        }
    )


def _only_application(session: "Session", step: "ChangeSummary | None") -> int | None:
    """The one application that a step was about."""
    if step is None:
        return None
    from sqlmodel import select

    from tracker.models import ChangeEntry, Round

    found: set[int] = set()
    for entry in session.exec(select(ChangeEntry).where(ChangeEntry.set_id == step.id)):
        fields = {**json.loads(entry.before_json or "{}"), **json.loads(entry.after_json or "{}")}
        if entry.table_name == "application":
            found.add(int(entry.row_key))
        elif "application_id" in fields:
            found.add(int(fields["application_id"]))
        elif entry.table_name == Round.__tablename__:
            row = session.get(Round, int(entry.row_key))
            found.update({row.application_id} if row else ())
        if len(found) > 1:
            return None
    return found.pop() if found else None


def _company_name(database: "Database", application_id: int | None) -> str | None:
    if application_id is None:
        return None
    from tracker.board import load_rows

    row = load_rows(database.path, (application_id,)).get(application_id)
    return row.company if row else None


@command(
    "changes",
    summary=_("List the steps that were written, the newest first."),
    shape='[{"id","kind","name","recorded_at","undone","rows"}]',
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help=_("How many at most."))
@json_option()
def changes(context: Context, limit: int, *, as_json: bool) -> None:
    """Print the change log's steps."""
    database = open_to_read(context)
    steps: tuple[ChangeSummary, ...] = ()
    if database is not None:
        from tracker.changes import list_changes

        with database.read() as session:
            steps = list_changes(session, limit=limit)
    if as_json:
        print_json(
            [
                {
                    "id": step.id,
                    "kind": step.kind,
                    "name": step.name,
                    "recorded_at": as_iso(step.recorded_at, "minute", context.zone),
                    "undone": step.undone,
                    "rows": step.rows,
                }
                for step in steps
            ]
        )
    elif not steps:
        tell(nothing_yet())
    else:
        print_table(
            ("id", _("when"), _("kind"), _("step"), _("rows"), _("undone")),
            [
                (
                    step.id,
                    show_time(step.recorded_at, "minute", now=context.now, zone=context.zone),
                    step_word(step.kind),
                    step.name,
                    step.rows,
                    _("undone") if step.undone else "",
                )
                for step in steps
            ],
            numbers=(0, 4),
        )
