"""``ashore practise``: daily practice in the dashboard; what is due, for scripts."""

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, say
from tracker.messages import _
from tracker.times import show_time
from tracker.words import sitting_word

if TYPE_CHECKING:
    from prep.sittings.overview import PracticeOverview
    from prep.sittings.views import SittingView


@command(
    "practise",
    summary=_(
        "Practise what is due today, one question at a time; it opens in the dashboard. Where a sitting was left open,"
        " the practice place is opened, which goes on with it."
    ),
    shape="""{"due","new","left_by_limit","limits":{"reviews","new"},"reviewed_today","begun_today","questions":[id],
"open":[{"id","kind","company","round","answered","questions","started_at"}],"suspended"}
questions are those due, then new ones, within the limits. kind is daily, drill, mock or coding.""",
)
@click.option("--plan", "only_plan", is_flag=True, help=_("Print what is due; on a terminal too."))
@json_option()
def practise(context: Context, *, only_plan: bool, as_json: bool) -> None:
    """Open the dashboard, or print what is due."""
    database = open_begun(context)
    from prep.sittings.overview import read_overview

    with database.read() as session:
        overview = read_overview(session, now=context.now)
    if as_json:
        print_json(_as_json(overview, context))
    elif only_plan or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _print(overview, context)
    else:
        from tracker.cli.opening import open_dashboard
        from tracker.settings import load_settings

        first = "practice" if overview.open else "sitting"
        click.get_current_context().exit(
            open_dashboard(context, load_settings(context.settings_path), first_page=(first, {}))
        )


def _as_json(overview: "PracticeOverview", context: Context) -> dict[str, object]:
    queue, limits = overview.queue, overview.limits
    return {
        "due": queue.due,
        "new": queue.new,
        "left_by_limit": queue.left_by_limit,
        "limits": {"reviews": limits.reviews, "new": limits.new},
        "reviewed_today": queue.reviewed_today,
        "begun_today": queue.begun_today,
        "questions": list(queue.question_ids),
        "open": [_sitting_json(view, context) for view in overview.open],
        "suspended": overview.suspended,
    }


def _sitting_json(view: "SittingView", context: Context) -> dict[str, object]:
    planned = view.plan.get("questions")
    return {
        "id": view.id,
        "kind": view.kind,
        "company": view.company or None,
        "round": view.stage or None,
        "answered": len({attempt.question_id for attempt in view.attempts}),
        "questions": len(planned) if isinstance(planned, list) else None,
        "started_at": as_iso(view.started_at, "minute", context.zone),
    }


def _print(overview: "PracticeOverview", context: Context) -> None:
    queue, limits = overview.queue, overview.limits
    due = _("{n} due").format(n=queue.due)
    new = _("{n} never practised").format(n=queue.new)
    limit = _("limits a day: {reviews} practised before, {new} new").format(reviews=limits.reviews, new=limits.new)
    say(f"{due} · {new} · {limit}")
    if queue.left_by_limit:
        more = _("{n} more due, left for later by the limit")
        say(more.format(n=queue.left_by_limit))
    for view in overview.open:
        began = show_time(view.started_at, "minute", now=context.now, zone=context.zone)
        title = " · ".join(filter(None, (sitting_word(view.kind), view.company, view.stage)))
        say(_("left open: {title}, begun {when}").format(title=title, when=began))
