"""``ashore code``: coding tasks in the order worth practising, one of them, what is said of it, how it went."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import AshoreError, GoneError, RefusedError
from tracker.messages import _
from tracker.times import clock_time, show_time
from tracker.words import rating_word, solved_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from prep.coding.tasks import CodingTask, Solution
    from tracker.db import Database


@command(
    "code",
    summary=_(
        "List coding tasks, those worth practising first: what failed last, then what needed a look, then what was"
        " never tried. With an ID the task opens in the dashboard, where your editor opens on a scratch file and the"
        " time runs; --edit changes it, --solved records how it went."
    ),
    shape="""[{"id","text","topic","importance","link","minutes","variants":[text],"asked","attempts","solved","seconds",
"tried_at","recall","suspended"}]
solved is alone, looked, failed or null; recall is the chance of solving it now, 0 to 1.
With an ID: {…,"numbers":[text],"solutions":[{"at","solved","rating","seconds","code"}]}
--edit: {"change_set","task":{…}}
--solved: {"change_set","task":{…},"rating","due"}""",
)
@click.argument("wanted", metavar="[COMPANY|ID]", required=False)
@click.option("--edit", "edits", is_flag=True, help=_("With an ID: change its link, its limit or its variants."))
@click.option("--link", metavar="URL", help=_("With --edit: where it stands; empty for nowhere."))
@click.option(
    "--minutes", type=click.IntRange(min=0), metavar="N", help=_("With --edit: how long it may take; 0 for no limit.")
)
@click.option("--variant", "variants", multiple=True, help=_("With --edit: a variant; they replace the earlier ones."))
@click.option(
    "--solved",
    type=click.Choice(("alone", "looked", "failed")),
    help=_("With an ID: record one practice, solved alone, with a look, or not."),
)
@click.option(
    "--minutes-spent", type=click.FloatRange(0, 1440), metavar="N", help=_("With --solved: how long it took.")
)
@click.option("--company", metavar="COMPANY", help=_("With --solved: the company it was practised for."))
@click.option(
    "--code",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("With --solved: the file with the solution, to be kept with it."),
)
@json_option()
def code(context: Context, wanted: str | None, *, edits: bool, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - each option its own
    """List, show, change, or record."""
    given = {name for name, value in said.items() if value not in (None, ())}
    _verify_usage(wanted, given, edits=edits)
    if wanted is None or not (edits or said["solved"] or wanted.isdecimal()):
        _list(context, wanted, as_json=as_json)
        return
    question_id = _number(wanted)
    database = open_begun(context)
    if edits:
        _edit(context, database, question_id, said, as_json=as_json)
    elif said["solved"]:
        _record(context, database, question_id, said, as_json=as_json)
    else:
        _one(context, database, question_id, as_json=as_json)


def _verify_usage(wanted: str | None, given: set[str], *, edits: bool) -> None:
    about_edit, about_result = given & {"link", "minutes", "variants"}, given - {"link", "minutes", "variants"}
    if wanted is None and (edits or given):
        raise click.UsageError(_("Say which task: ashore code lists their numbers."))
    if edits and about_result:
        raise click.UsageError(_("One thing at a time."))
    if edits != bool(about_edit):
        raise click.UsageError(_("--edit goes with --link, --minutes or --variant, and they with it."))
    if about_result and "solved" not in about_result:
        raise click.UsageError(_("--minutes-spent, --company and --code go with --solved."))


def _number(wanted: str) -> int:
    if not wanted.isdecimal() or len(wanted) > 18:  # noqa: PLR2004 - what fits a row's number
        raise click.UsageError(_("Say which task: ashore code lists their numbers."))
    return int(wanted)


def _list(context: Context, company: str | None, *, as_json: bool) -> None:
    database = open_to_read(context)
    tasks: tuple[CodingTask, ...] = ()
    if database is not None:
        from prep.coding.tasks import list_tasks
        from tracker.companies import require_company_id

        with database.read() as session:
            company_id = None if company is None else require_company_id(session, company)
            tasks = list_tasks(session, now=context.now, company_id=company_id)
    if as_json:
        print_json([_task_json(task, context) for task in tasks])
    elif not tasks:
        tell(
            nothing_yet()
            if database is None
            else _("No coding task yet: import your notes, or add one in the dashboard.")
            if company is None
            else _("No coding task is known from there.")
        )
    else:
        headers = ["id", _("task"), _("last time"), _("took"), _("limit"), _("tries"), _("asked"), _("link")]
        lines = [
            (
                task.id,
                task.text.strip().partition("\n")[0],
                solved_word(task.solved) if task.solved else None,
                None if task.seconds is None else clock_time(task.seconds),
                None if task.minutes is None else clock_time(task.minutes * 60),
                task.attempts or None,
                task.asked or None,
                task.link or " ".join(number.name for number in task.numbers) or None,
            )
            for task in tasks
        ]
        print_table(headers, lines, numbers=(0, 3, 4, 5, 6))


def _one(context: Context, database: "Database", question_id: int, *, as_json: bool) -> None:
    """The task in the dashboard; printed where there is no terminal. What is no task may be a company called so."""
    from prep.coding.tasks import list_solutions, view_task

    with database.read() as session:
        try:
            task = view_task(session, question_id, now=context.now)
        except (GoneError, RefusedError):
            if not _is_company(session, str(question_id)):
                raise
            task = None
        solutions = list_solutions(session, question_id=question_id) if task is not None else ()
    if task is None:
        _list(context, str(question_id), as_json=as_json)
    elif as_json:
        solved = [_solution_json(solution, context) for solution in solutions]
        numbers = [number.name for number in task.numbers]
        print_json({**_task_json(task, context), "numbers": numbers, "solutions": solved})
    elif sys.stdin.isatty() and sys.stdout.isatty():
        from tracker.cli.opening import open_dashboard
        from tracker.settings import load_settings

        page = ("coding", {"question_id": question_id})
        click.get_current_context().exit(open_dashboard(context, load_settings(context.settings_path), first_page=page))
    else:
        _print_task(context, task, solutions)


def _is_company(session: "Session", name: str) -> bool:
    from tracker.companies import require_company_id

    try:
        require_company_id(session, name)
    except AshoreError:
        return False
    return True


def _print_task(context: Context, task: "CodingTask", solutions: "tuple[Solution, ...]") -> None:
    say(task.text.strip())
    for line in (task.link, *(number.name for number in task.numbers)):
        if line:
            say(line)
    if task.minutes is not None:
        say(_("limit {time}").format(time=clock_time(task.minutes * 60)))
    for variant in task.variants:
        say(f"- {variant}")
    for solution in solutions:
        at = show_time(solution.at, solution.precision, now=context.now, zone=context.zone)
        took = "" if solution.seconds is None else clock_time(solution.seconds)
        say("")
        say("  ".join(filter(None, (at, solved_word(solution.solved), took, rating_word(solution.rating)))))
        if solution.code.strip():
            say(solution.code.rstrip("\n"))


def _edit(
    context: Context, database: "Database", question_id: int, said: "Mapping[str, Any]", *, as_json: bool
) -> None:
    from prep.coding.tasks import edit_task, view_task

    with database.read() as session:
        text = view_task(session, question_id, now=context.now).text
    name = _("Coding task: {task}").format(task=" ".join(text.split())[:60])
    with database.change(name, now=context.now) as session:
        edit_task(
            session,
            question_id=question_id,
            link=said["link"],
            minutes=said["minutes"],
            variants=said["variants"] or None,
        )
    with database.read() as after:
        task = view_task(after, question_id, now=context.now)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "task": _task_json(task, context)})
    else:
        say(name)


def _record(
    context: Context, database: "Database", question_id: int, said: "Mapping[str, Any]", *, as_json: bool
) -> None:
    from prep.coding.scratch import read_scratch
    from prep.coding.tasks import rating_for, record_solution, view_task
    from prep.questions import view_question
    from tracker.companies import require_company_id

    solved, spent = said["solved"], said["minutes_spent"]
    seconds = None if spent is None else round(spent * 60)
    kept = read_scratch(said["code"]) if said["code"] is not None else None
    if kept is not None and kept.problem:
        raise RefusedError(kept.problem)
    with database.read() as session:
        task = view_task(session, question_id, now=context.now)
        company_id = None if said["company"] is None else require_company_id(session, said["company"])
    name = _("Coding task {result}: {task}").format(result=solved_word(solved), task=" ".join(task.text.split())[:60])
    with database.change(name, now=context.now) as session:
        record_solution(
            session,
            question_id=question_id,
            solved=solved,
            now=context.now,
            seconds=seconds,
            code=kept.code if kept is not None else "",
            company_id=company_id,
        )
    with database.read() as after:
        task = view_task(after, question_id, now=context.now)
        due_at = view_question(after, question_id).due_at
    rating = rating_for(solved=solved, seconds=seconds, minutes=task.minutes)
    if as_json:
        due = as_iso(due_at, "minute", context.zone)
        change_set = session.info["change_set_id"]
        print_json({"change_set": change_set, "task": _task_json(task, context), "rating": rating, "due": due})
    else:
        due = show_time(due_at, "minute", now=context.now, zone=context.zone)
        say(_("{name} ({rating}), due again {due}").format(name=name, rating=rating_word(rating), due=due))


def _task_json(task: "CodingTask", context: Context) -> dict[str, object]:
    return {
        "id": task.id,
        "text": task.text,
        "topic": task.topic or None,
        "importance": task.importance,
        "link": task.link or None,
        "minutes": task.minutes,
        "variants": list(task.variants),
        "asked": task.asked,
        "attempts": task.attempts,
        "solved": task.solved or None,
        "seconds": task.seconds,
        "tried_at": as_iso(task.tried_at, "minute", context.zone),
        "recall": round(task.recall, 4),
        "suspended": task.suspended,
    }


def _solution_json(solution: "Solution", context: Context) -> dict[str, object]:
    return {
        "at": as_iso(solution.at, solution.precision, context.zone),
        "solved": solution.solved,
        "rating": solution.rating,
        "seconds": solution.seconds,
        "code": solution.code or None,
    }
