"""``ashore undo``, ``redo``, ``revert`` and ``changes``: the steps of the change log."""

import json
from typing import TYPE_CHECKING, Literal

import click

from tracker.change_words import action_word, state_word
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.cli.standings import standing_json
from tracker.messages import _
from tracker.times import show_time
from tracker.words import step_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from tracker.change_details import ChangedRow
    from tracker.changes import ChangeSummary
    from tracker.db import Database

SHAPE = """{"change_set","action","name","company","application","before","after"}
before and after are {"stage","phase","outcome","in_pool","since"}, and with company and application
null when the step was about more than one application."""

Action = Literal["undo", "redo", "revert"]


@command("undo", summary=_("Take back the last step: a change, or a whole import."), shape=SHAPE)
@json_option()
def undo_step(context: Context, *, as_json: bool) -> None:
    """Undo one step."""
    database = open_begun(context)
    from tracker.changes import find_undoable
    from tracker.undo import undo

    _take(context, database, "undo", find_undoable, lambda: undo(database, now=context.now), as_json=as_json)


@command("redo", summary=_("Bring back the step undone last."), shape=SHAPE)
@json_option()
def redo_step(context: Context, *, as_json: bool) -> None:
    """Redo one step."""
    database = open_begun(context)
    from tracker.changes import find_redoable
    from tracker.undo import redo

    _take(context, database, "redo", find_redoable, lambda: redo(database, now=context.now), as_json=as_json)


@command(
    "revert",
    summary=_("Take back one step, however old, and keep what was done since. ashore changes shows the numbers."),
    shape=SHAPE,
)
@click.argument("number", type=click.IntRange(min=1), metavar=_("NUMBER"))
@json_option()
def revert_step(context: Context, number: int, *, as_json: bool) -> None:
    """Revert one step."""
    database = open_begun(context)
    from tracker.changes import summarise
    from tracker.undo import revert_change

    _take(
        context,
        database,
        "revert",
        lambda session: summarise(session, number),
        lambda: revert_change(database, set_id=number, now=context.now),
        as_json=as_json,
    )


def _take(
    context: Context,
    database: "Database",
    action: Action,
    find: "Callable[[Session], ChangeSummary | None]",
    take: "Callable[[], ChangeSummary]",
    *,
    as_json: bool,
) -> None:
    """Take a step back, or bring it again, and say what became of the application that it was about."""
    with database.read() as session:
        application_id = _only_application(session, find(session)) if as_json else None
    before = standing_json(database, application_id, zone=context.zone)
    company = _company_name(database, application_id)
    step = take()
    if not as_json:
        said = {"undo": _("Undone: {name}"), "redo": _("Done again: {name}"), "revert": _("Reverted: {name}")}
        sentence = _("Taken back: {name}") if action == "revert" and step.kind == "revert" else said[action]
        say(sentence.format(name=step.name))
        return
    print_json(
        {
            "change_set": step.id,
            "action": action,
            "name": step.name,
            "company": company or _company_name(database, application_id),
            "application": application_id,
            "before": before,
            "after": standing_json(database, application_id, zone=context.zone),
        }
    )


def _only_application(session: "Session", step: "ChangeSummary | None") -> int | None:
    """The one application that a step was about."""
    if step is None:
        return None
    from sqlmodel import col, select

    from tracker.models import ChangeEntry, Round

    query = select(
        col(ChangeEntry.table_name), col(ChangeEntry.row_key), col(ChangeEntry.before_json), col(ChangeEntry.after_json)
    )
    found: set[int] = set()
    for table, key, before, after in session.connection().execute(query.where(col(ChangeEntry.set_id) == step.id)):
        fields = {**json.loads(before or "{}"), **json.loads(after or "{}")}
        if table == "application":
            found.add(int(key))
        elif "application_id" in fields:
            found.add(int(fields["application_id"]))
        elif table == Round.__tablename__:
            row = session.get(Round, int(key))
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
    summary=_("List the steps that were written, the newest first; or what one of them did, by its number."),
    shape="""[{"id","kind","name","recorded_at","undone","reverted","target","rows"}]
With NUMBER: the same of that step, and instead of the number of rows
"changed":[{"table","key","title","action","fields":[{"field","before","after"}]}]""",
)
@click.argument("number", type=click.IntRange(min=1), required=False, metavar=_("[NUMBER]"))
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help=_("How many at most."))
@json_option()
def changes(context: Context, number: int | None, limit: int, *, as_json: bool) -> None:
    """Print the change log's steps, or one of them."""
    if number is not None:
        _show_change(context, number, as_json=as_json)
        return
    database = open_to_read(context)
    steps: tuple[ChangeSummary, ...] = ()
    if database is not None:
        from tracker.changes import list_changes

        with database.read() as session:
            steps = list_changes(session, limit=limit)
    if as_json:
        print_json([{**_summary_json(step, context), "rows": step.rows} for step in steps])
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
                    state_word(step),
                )
                for step in steps
            ],
            numbers=(0, 4),
        )


def _summary_json(step: "ChangeSummary", context: Context) -> dict[str, object]:
    return {
        "id": step.id,
        "kind": step.kind,
        "name": step.name,
        "recorded_at": as_iso(step.recorded_at, "minute", context.zone),
        "undone": step.undone,
        "reverted": step.reverted,
        "target": step.target_id,
    }


def _show_change(context: Context, number: int, *, as_json: bool) -> None:
    database = open_begun(context)
    from tracker.change_details import describe_change

    with database.read() as session:
        details = describe_change(session, set_id=number, now=context.now, limit=None)
    if as_json:
        print_json({**_summary_json(details.step, context), "changed": [_row_json(row) for row in details.rows]})
        return
    step = details.step
    when = show_time(step.recorded_at, "minute", now=context.now, zone=context.zone)
    say("  ".join(filter(None, (str(step.id), when, step_word(step.kind), step.name, state_word(step)))))
    for row in details.rows:
        say(f"  {action_word(row.action)} {row.what} {row.title}")
        for field in row.fields:
            said = field.said_after if row.action == "added" else field.said_before
            both = f"{field.said_before} → {field.said_after}"
            say(f"      {field.word}: {both if row.action == 'changed' else said}")


def _row_json(row: "ChangedRow") -> dict[str, object]:
    return {
        "table": row.table,
        "key": row.key,
        "title": row.title,
        "action": row.action,
        "fields": [{"field": field.name, "before": field.before, "after": field.after} for field in row.fields],
    }
