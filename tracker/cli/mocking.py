"""``ashore mock``: a mock interview in the dashboard; its plan, the list of them, a transcript, for scripts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.times import show_time
from tracker.words import likelihood_word, part_word, sitting_state_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prep.interviewing.mock_views import MockLine
    from prep.interviewing.plan import MockPlan

MINUTES, MOST_MINUTES = 30, 240


@command(
    "mock",
    summary=_(
        "Hold a mock interview for a company's next round: one question at a time, typed or spoken answers, feedback"
        " by the key points of your own notes. It opens in the dashboard and goes on where it was broken off."
    ),
    shape="""With --plan:
{"company","round","position","language","minutes","parts":[{"part","seconds","questions"}],
"questions":[{"part","text","question","seconds","reason"}],"warnings":[…]}
part is opening, introduction, technical, project, coding, hr or reverse. question is its id, or null. reason is
asked_here, project, usual, asked_elsewhere, described, rest, template, or null for what every interview has.
With --list:
[{"id","company","round","state","minutes","spent_seconds","asked","answered","interviewer","started_at","ended_at"}]
state is open, done or left. With --transcript: {"id","markdown","file"}; file is null without --output.""",
)
@click.argument("company", required=False)
@click.option("--round", "stage", default="", metavar="STAGE", help=_("Which round; by default the next one."))
@click.option(
    "--minutes",
    type=click.IntRange(1, MOST_MINUTES),
    default=MINUTES,
    show_default=True,
    metavar="N",
    help=_("How long it is meant to take."),
)
@click.option(
    "--language", type=click.Choice(("zh", "en")), help=_("Of the interview; by default that of the questions.")
)
@click.option("--plan", "only_plan", is_flag=True, help=_("Print what it would ask; nothing is begun."))
@click.option("--list", "as_list", is_flag=True, help=_("List mock interviews, the newest first."))
@click.option("--transcript", type=int, metavar="ID", help=_("Print the transcript of one as Markdown."))
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help=_("Write the transcript into a new file.")
)
@json_option()
def mock(
    context: Context,
    company: str | None,
    stage: str,
    minutes: int,
    language: str | None,
    transcript: int | None,
    output: Path | None,
    *,
    only_plan: bool,
    as_list: bool,
    as_json: bool,
) -> None:
    """Do what is asked for."""
    if output is not None and transcript is None:
        raise click.UsageError(_("--output goes with --transcript."))
    if only_plan + as_list + (transcript is not None) > 1:
        raise click.UsageError(_("One thing at a time."))
    if transcript is not None:
        _print_transcript(context, transcript, output, as_json=as_json)
    elif as_list:
        _print_list(context, company, as_json=as_json)
    elif company is None:
        raise click.UsageError(_("Name a company, or ask for --list."))
    elif only_plan or as_json:
        _print_plan(context, company, stage=stage, minutes=minutes, language=language or "", as_json=as_json)
    else:
        _open(context, company, stage=stage, minutes=minutes, language=language or "")


def _open(context: Context, company: str, *, stage: str, minutes: int, language: str) -> None:
    """The page in front of the interview, once it is clear that there can be one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError(_("A mock interview needs a terminal. --plan prints what it would ask."))
    plan = _plan(context, company, stage=stage, minutes=minutes, language=language)
    from tracker.cli.opening import open_dashboard
    from tracker.settings import load_settings

    page = {
        "company_id": plan.company_id,
        "round_id": plan.round_id,
        "stage": "" if plan.round_id is not None else stage,
        "minutes": minutes,
        "language": language,
    }
    click.get_current_context().exit(
        open_dashboard(context, load_settings(context.settings_path), first_page=("mock", page))
    )


def _plan(context: Context, company: str, *, stage: str, minutes: int, language: str) -> "MockPlan":
    database = open_begun(context)
    from prep.interviewing.plan import plan_interview
    from tracker.companies import require_company_id

    with database.read() as session:
        return plan_interview(
            session,
            company_id=require_company_id(session, company),
            now=context.now,
            minutes=minutes,
            stage=stage,
            language=language,
        )


def _print_plan(context: Context, company: str, *, stage: str, minutes: int, language: str, as_json: bool) -> None:
    plan = _plan(context, company, stage=stage, minutes=minutes, language=language)
    if as_json:
        print_json(_plan_json(plan))
        return
    for warning in plan.warnings:
        tell(warning)
    say(_("{company} {stage}, {n} min").format(company=plan.company, stage=plan.stage, n=plan.minutes))
    rows = [
        (part_word(turn.part), f"{turn.seconds / 60:g}", _reason(turn.reason), " ".join(turn.text.split()))
        for turn in plan.turns
    ]
    print_table((_("part"), _("min"), _("why"), _("question")), rows, numbers=(1,))


def _reason(code: str) -> str:
    return _("usual question") if code == "template" else likelihood_word(code)


def _plan_json(plan: "MockPlan") -> dict[str, object]:
    parts = dict.fromkeys(turn.part for turn in plan.turns)
    return {
        "company": plan.company,
        "round": plan.stage or None,
        "position": plan.position or None,
        "language": plan.language,
        "minutes": plan.minutes,
        "parts": [
            {
                "part": part,
                "seconds": sum(turn.seconds for turn in plan.turns if turn.part == part),
                "questions": sum(turn.part == part for turn in plan.turns),
            }
            for part in parts
        ],
        "questions": [
            {
                "part": turn.part,
                "text": turn.text,
                "question": turn.question_id,
                "seconds": turn.seconds,
                "reason": turn.reason or None,
            }
            for turn in plan.turns
        ],
        "warnings": list(plan.warnings),
    }


def _print_list(context: Context, company: str | None, *, as_json: bool) -> None:
    database = open_to_read(context)
    lines: Sequence[MockLine] = ()
    if database is not None:
        from prep.interviewing.mock_views import list_mocks
        from tracker.companies import require_company_id

        with database.read() as session:
            company_id = None if company is None else require_company_id(session, company)
            lines = list_mocks(session, company_id=company_id)
    if as_json:
        print_json(
            [
                {
                    "id": line.id,
                    "company": line.company or None,
                    "round": line.stage or None,
                    "state": line.state,
                    "minutes": line.minutes,
                    "spent_seconds": line.spent_seconds,
                    "asked": line.asked,
                    "answered": line.answered,
                    "interviewer": line.interviewer or None,
                    "started_at": as_iso(line.started_at, "minute", context.zone),
                    "ended_at": as_iso(line.ended_at, "minute", context.zone),
                }
                for line in lines
            ]
        )
    elif not lines:
        tell(
            nothing_yet() if database is None else _("There was no mock interview yet. Begin one: ashore mock COMPANY")
        )
    else:
        rows = [
            (
                line.id,
                line.company,
                line.stage,
                show_time(line.started_at, "minute", now=context.now, zone=context.zone),
                sitting_state_word(line.state),
                f"{line.answered}/{line.asked}",
            )
            for line in lines
        ]
        print_table(("id", _("company"), _("round"), _("begun"), _("state"), _("answered")), rows, numbers=(0,))


def _print_transcript(context: Context, sitting_id: int, output: Path | None, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.interviewing.mock_views import view_mock
    from prep.interviewing.transcript import as_markdown, make_transcript, write_transcript

    with database.read() as session:
        text = as_markdown(make_transcript(view_mock(session, sitting_id), zone=context.zone))
    written = None if output is None else write_transcript(output, text)
    if as_json:
        print_json({"id": sitting_id, "markdown": text, "file": None if written is None else str(written)})
    elif written is None:
        say(text.rstrip("\n"))
    else:
        say(_("Written: {path}").format(path=written))
