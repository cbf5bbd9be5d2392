"""``ashore drill``: what to practise before a round, or over a week of them."""

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.messages import _, ngettext
from tracker.times import countdown, show_day, show_time
from tracker.words import likelihood_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prep.drilling.drill import DrillPlan
    from prep.drilling.week_plan import DayPlan

MOST_MINUTES = 1440
"""A day."""
DIGITS = 3
"""Of chances in JSON."""


@command(
    "drill",
    summary=_(
        "Plan a drill before a company's round: the questions that raise what you will recall at its hour most in the"
        " minutes there are, weighted by how likely they are asked. With --week: all interviews of the coming days"
        " share one plan. On a terminal a company's drill opens in the dashboard; --plan prints it."
    ),
    shape="""{"company","round","at","minutes","readiness":{"now","after","at_interview","without","n"},
"topics":[{"topic","now","after","at_interview","share","n"}],
"questions":[{"id","text","topic","reason","weight","recall","recall_after","seconds","new"}],"warnings":[…]}
Chances are 0-1; n is how many likely questions readiness speaks of. reason is asked_here, project, usual,
asked_elsewhere, described or rest. at is when one is taken to be asked, though only the day may be known.
With --week:
{"minutes_a_day","days":[{"day","seconds","parts":[{"company","round","at","seconds","questions":[id],"new","shared"}]}]}""",
)
@click.argument("company", required=False)
@click.option("--round", "stage", default="", metavar="STAGE", help=_("Which round; by default the next one."))
@click.option(
    "--minutes",
    type=click.IntRange(1, MOST_MINUTES),
    metavar="N",
    help=_("How long there is: 25 for a drill, 40 a day for a week."),
)
@click.option("--week", is_flag=True, help=_("Plan the days until all interviews that come, together."))
@click.option("--days", type=click.IntRange(1, 31), metavar="N", help=_("How far ahead a week reaches (7)."))
@click.option("--plan", "only_plan", is_flag=True, help=_("Print the plan; on a terminal too."))
@json_option()
def drill(
    context: Context,
    company: str | None,
    stage: str,
    minutes: int | None,
    days: int | None,
    *,
    week: bool,
    only_plan: bool,
    as_json: bool,
) -> None:
    """Open the drill on a terminal; else print one plan."""
    if week:
        if company or stage:
            raise click.UsageError(_("--week is about all companies: name none."))
        _week(context, minutes=minutes, days=days, as_json=as_json)
        return
    if company is None:
        raise click.UsageError(_("Name a company, or ask for all with --week."))
    if days is not None:
        raise click.UsageError(_("--days goes with --week."))
    database = open_begun(context)
    from prep.drilling.drill import MINUTES, plan_drill
    from tracker.companies import require_company_id

    with database.read() as session:
        company_id = require_company_id(session, company)
        plan = plan_drill(session, company_id=company_id, now=context.now, minutes=minutes or MINUTES, stage=stage)
    if as_json:
        print_json(_drill_json(plan, context))
        return
    if not only_plan and sys.stdin.isatty() and sys.stdout.isatty():
        _open(plan, context, stage=stage, minutes=minutes or MINUTES)
    for warning in plan.warnings:
        tell(warning)
    _print_drill(plan, context)


def _open(plan: "DrillPlan", context: Context, *, stage: str, minutes: int) -> None:
    """The page in front of the drill; leaves with the dashboard's exit status."""
    from tracker.cli.opening import open_dashboard
    from tracker.settings import load_settings

    page = {
        "company_id": plan.company_id,
        "round_id": plan.round_id,
        "stage": "" if plan.round_id is not None else stage,
        "minutes": minutes,
    }
    click.get_current_context().exit(
        open_dashboard(context, load_settings(context.settings_path), first_page=("drill", page))
    )


def _drill_json(plan: "DrillPlan", context: Context) -> "Mapping[str, object]":
    return {
        "company": plan.company,
        "round": plan.stage or None,
        "at": as_iso(plan.at, "minute", context.zone),
        "minutes": plan.minutes,
        "readiness": {
            "now": round(plan.readiness_now, DIGITS),
            "after": round(plan.readiness_after, DIGITS),
            "at_interview": round(plan.readiness_at_interview, DIGITS),
            "without": round(plan.readiness_without, DIGITS),
            "n": plan.likely,
        },
        "topics": [
            {
                "topic": one.topic or None,
                "now": round(one.now, DIGITS),
                "after": round(one.after, DIGITS),
                "at_interview": round(one.at_interview, DIGITS),
                "share": round(one.share, DIGITS),
                "n": one.n,
            }
            for one in plan.topics
        ],
        "questions": [
            {
                "id": one.question_id,
                "text": one.text,
                "topic": one.topic or None,
                "reason": one.reason,
                "weight": round(one.weight, DIGITS),
                "recall": round(one.recall, DIGITS),
                "recall_after": round(one.recall_after, DIGITS),
                "seconds": one.seconds,
                "new": one.is_new,
            }
            for one in plan.questions
        ],
        "warnings": list(plan.warnings),
    }


TOPICS = 8
"""Shown on a terminal; the JSON has all."""


def _print_drill(plan: "DrillPlan", context: Context) -> None:
    when = show_time(plan.at, "minute", now=context.now, zone=context.zone)
    if not plan.is_time_known:
        when = _("taken to be {when}").format(when=when)
    parts = (plan.company, plan.stage, when, countdown(plan.at, now=context.now))
    say(" · ".join(filter(None, parts)))
    count = len(plan.questions)
    line = ngettext("{n} question in {minutes} min", "{n} questions in {minutes} min", count)
    say(line.format(n=count, minutes=round(plan.seconds / 60)))
    if not plan.likely:
        return
    line = ngettext(
        "Readiness for {n} likely question: {now} now → {after} after the drill → {then} at the interview"
        " ({without} without it)",
        "Readiness for {n} likely questions: {now} now → {after} after the drill → {then} at the interview"
        " ({without} without it)",
        plan.likely,
    )
    say(
        line.format(
            n=plan.likely,
            now=f"{plan.readiness_now:.0%}",
            after=f"{plan.readiness_after:.0%}",
            then=f"{plan.readiness_at_interview:.0%}",
            without=f"{plan.readiness_without:.0%}",
        )
    )
    say("")
    headers = (_("topic"), _("now"), _("after"), _("then"), _("likely questions"))
    rows = [
        (one.topic, f"{one.now:.0%}", f"{one.after:.0%}", f"{one.at_interview:.0%}", one.n)
        for one in plan.topics[:TOPICS]
    ]
    print_table(headers, rows, numbers=(1, 2, 3, 4))
    if plan.questions:
        say("")
        _print_questions(plan)


def _print_questions(plan: "DrillPlan") -> None:
    print_table(
        ("id", _("topic"), _("why"), _("then"), _("with it"), _("seconds"), _("question")),
        [
            (
                one.question_id,
                one.topic,
                likelihood_word(one.reason),
                f"{one.recall:.0%}",
                f"{one.recall_after:.0%}",
                one.seconds,
                one.text,
            )
            for one in plan.questions
        ],
        numbers=(0, 3, 4, 5),
    )


def _week(context: Context, *, minutes: int | None, days: int | None, as_json: bool) -> None:
    database = open_begun(context)
    from prep.drilling.week_plan import DAYS, MINUTES_A_DAY, plan_week

    a_day = minutes or MINUTES_A_DAY
    with database.read() as session:
        plans = plan_week(session, now=context.now, minutes_a_day=a_day, days=days or DAYS)
    if as_json:
        print_json({"minutes_a_day": a_day, "days": [_day_json(plan, context) for plan in plans]})
    elif plans:
        _print_week(plans, context)
    else:
        count = days or DAYS
        hint = ngettext(
            "No interview with a day is planned within {n} day, or nothing is left to practise for it.",
            "No interview with a day is planned within {n} days, or nothing is left to practise for it.",
            count,
        )
        tell(hint.format(n=count))


def _day_json(plan: "DayPlan", context: Context) -> "Mapping[str, object]":
    return {
        "day": plan.day.isoformat(),
        "seconds": plan.seconds,
        "parts": [
            {
                "company": part.company,
                "round": part.stage,
                "at": as_iso(part.at, "minute", context.zone),
                "seconds": part.seconds,
                "questions": list(part.question_ids),
                "new": part.new,
                "shared": part.shared,
            }
            for part in plan.parts
        ],
    }


def _print_week(plans: "Sequence[DayPlan]", context: Context) -> None:
    today = context.now.astimezone(context.zone).date()
    rows: list[tuple[object, ...]] = []
    for plan in plans:
        for part in plan.parts:
            day = show_day(plan.day, today=today)
            when = show_time(part.at, "minute", now=context.now, zone=context.zone)
            count = len(part.question_ids)
            rows.append((day, part.company, part.stage, when, part.minutes, count, part.new, part.shared))
    headers = (
        _("day"),
        _("company"),
        _("round"),
        _("when"),
        _("minutes"),
        _("questions"),
        _("new ones"),
        _("for others too"),
    )
    print_table(headers, rows, numbers=(4, 5, 6, 7))
