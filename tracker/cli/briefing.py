"""``ashore brief``: everything about a coming round, for the terminal, a phone, a printer, or one's notes."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.documents import document_options, refuse_existing, write_document
from tracker.cli.moments import read_moment
from tracker.cli.output import print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from prep.briefings.briefing import Briefing, ComingRound


@command(
    "brief",
    summary=_(
        "Print the briefing for the next round, or for that of a company: when and where, what is not done yet, your"
        " introduction, what happened before, the questions most worth five minutes, needs of the position beside your"
        " stories, HR answers, what to ask back. What stands in it and what leads depends on how far away the round"
        " is. --format html is one file that prints on one page; --day tomorrow has all rounds of a day."
    ),
    shape="""{"company","tier","position","company_id","now","hour","kind",
"round":{"stage","starts_at","ends_at","precision","medium","platform","link","interviewer","note","id","timezone",
"debriefed_at"},"expected_stage","checklist":{"done","total","blocking":[…],"open":[…]},
"introduction":{"title","text","estimated_seconds","target_seconds","id","measured_seconds","company","opening"},
"earlier":[{"stage","outcome","at","precision","note","mood","asked":[{"id","text","rating","note"}],
"promises":[{"kind","by","text"}]}],
"questions":[{"id","text","reason","asked_stage","asked_at","asked_precision","recall","hint","kind","topic","sign",
"likelihood","seconds","written_for","asked_elsewhere":{"company","stage","at","precision"}}],"cues":[as questions],
"hr_answers":[{"id","text","answer","company","seconds"}],"reverse":[…],"company_note",
"contacts":[{"name","role","reach","note"}],"needs":[{"text","story":{"id","title","number"}}],
"coding":[{"id","text","solved","tried_at","minutes","link","recall"}],
"day":[{"round","company","stage","starts_at","ends_at","precision"}],
"clashes":[{"round","company","stage","kind","free_minutes"}],"missing":[{"kind","count","nearest_id"}],
"readiness":{"minutes","questions","now","after","at_interview","without","n"},"sections":[{"part","seconds"}]}
hour is unknown, far, day, soon, during or after; kind is interview, hr, pay, machine, written or assessment.
Chances are 0–1. round, introduction, story, asked_elsewhere and readiness may be null. With
--day it is a list of these.""",
)
@click.argument("company", required=False)
@click.option(
    "--round", "stage", default="", metavar="STAGE", help=_("The round of this label, where a company has several.")
)
@click.option("--day", metavar="WHEN", help=_("All rounds of a day, in order: tomorrow, 明天, 04-01."))
@document_options("text", "markdown", "html", "json")
@json_option()
def brief(
    context: Context,
    company: str | None,
    stage: str,
    day: str | None,
    style: str,
    output: Path | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Print one briefing, or those of a day."""
    if day is not None and stage:
        raise click.UsageError(_("Give either --round or --day."))
    if stage and company is None:
        raise click.UsageError(_("--round needs a company."))
    wanted = "json" if as_json else style
    refuse_existing(output, force=force)
    now = context.now
    database = open_begun(context)
    with database.read() as session:
        if day is None:
            made = [_one(session, company, stage, now)]
        else:
            moment = read_moment(day, now=now, direction="future")
            if moment.precision not in (Precision.MINUTE, Precision.DAY):
                raise RefusedError(_("«{text}» is no day that can be read.").format(text=day[:40]))
            made = _of_day(session, company, moment.start.date(), now)
    if day is not None and not made:
        tell(_("Nothing is planned on that day."))
        if wanted != "json":
            return
    if output is None and wanted == "json":
        print_json(_document(made, context, is_list=day is not None))
        return
    text = _written(made, wanted, context, is_list=day is not None)
    if output is None:
        say(text.rstrip("\n"))
    else:
        write_document(output, text)
        tell(_("Written: {path}").format(path=output))


def _one(session: "Session", company: str | None, stage: str, now: datetime) -> "Briefing":
    """The briefing of a company; without one that of the round that comes next.

    Raises:
        RefusedError: there is no such company or stage, or nothing is planned.
    """
    from prep.briefings.coming import coming_rounds
    from prep.briefings.making import make_briefing
    from prep.briefings.readiness import add_readiness
    from tracker.companies import require_company_id
    from tracker.pipeline import resolve_stage

    label = resolve_stage(stage).label if stage else ""
    if company is not None:
        company_id, round_id = require_company_id(session, company), None
    else:
        coming = coming_rounds(session, now=now)
        if not coming:
            raise RefusedError(_("No round is planned. Plan one: ashore log “COMPANY 一面 tomorrow 14:00”"))
        company_id, round_id = _next(coming, now)
    made = make_briefing(session, company_id=company_id, now=now, round_id=round_id, stage=label)
    return add_readiness(session, made)


def _next(coming: "Sequence[ComingRound]", now: datetime) -> tuple[int, int]:
    """The company and the round that come next; what is over waits for a word about it, which is said on stderr."""
    from prep.briefings.briefing import Hour
    from prep.briefings.hours import hour_of

    over = [one for one in coming if hour_of(one, now=now) == Hour.AFTER]
    ahead = [one for one in coming if one not in over]
    if ahead and over:
        hint = _("Nothing was written down about {company} {stage} yet: ashore debrief {company}")
        tell(hint.format(company=over[0].company, stage=over[0].stage))
    chosen = (ahead or over)[0]
    return chosen.company_id, chosen.round_id


def _of_day(session: "Session", company: str | None, day: "date", now: datetime) -> list["Briefing"]:
    """The briefings of all rounds of a day, or of those at one company, in order."""
    from prep.briefings.coming import rounds_of_day
    from prep.briefings.making import make_briefing
    from prep.briefings.readiness import add_readiness
    from tracker.companies import require_company_id

    only = None if company is None else require_company_id(session, company)
    return [
        add_readiness(session, make_briefing(session, company_id=one.company_id, now=now, round_id=one.round_id))
        for one in rounds_of_day(session, day, now=now)
        if only in (None, one.company_id)
    ]


def _document(made: list["Briefing"], context: Context, *, is_list: bool) -> object:
    from prep.briefings.json_format import as_json

    found = [as_json(one, zone=context.zone) for one in made]
    return found if is_list else found[0]


def _written(made: list["Briefing"], style: str, context: Context, *, is_list: bool) -> str:
    zone = context.zone
    if style == "json":
        import json

        return json.dumps(_document(made, context, is_list=is_list), ensure_ascii=False, indent=2) + "\n"
    if style == "html":
        from prep.briefings.html_format import day_as_html

        return day_as_html(made, zone=zone)
    if style == "markdown":
        from prep.briefings.markdown_format import as_markdown

        return "\n".join(as_markdown(one, zone=zone) for one in made)
    from prep.briefings.text_format import as_text

    return f"\n{'─' * 30}\n\n".join(as_text(one, zone=zone) for one in made)
