"""``ashore move``: one application into a stage, into the pool, to its end, or back to life."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from tracker.cli.choosing import (
    applications_of,
    choosing_options,
    fitting,
    of_present_season,
    refuse_several,
    refuse_unfitting,
)
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import print_json, say, tell
from tracker.cli.standings import describe
from tracker.cli.steps import read_step, with_manner
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Manner, Phase, Precision, goes_back
from tracker.times import local_day, show_time
from tracker.words import outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.applications import At
    from tracker.history import Standing
    from tracker.imports.hunt_findings import FoundStep
    from tracker.models import BoardRow
    from tracker.pipeline import Moved
    from tracker.when import Moment

BEGINNINGS = (Phase.INTENT, Phase.APPLIED)
"""Phases in which a position that is not on the board yet is a new application."""

SOURCE = "command"
"""What the history says where such an event came from."""


@dataclass(frozen=True, slots=True)
class _When:
    """When it happened, and for a round when it ends."""

    at: "At"
    ends_at: datetime | None = None


@command(
    "move",
    summary=_(
        "Put an application into a stage (applied, written_test, 二面, …), or record how it ended"
        " (rejected, withdrawn, 挂, 放弃, …), that it is in the pool (泡池子), or that it was revived (复活甲)."
        " A company without an application gets one."
        " A test or an interview that is still to come is planned as a round."
        " A stage that would go back is refused, unless its date lies before the present stage."
    ),
    shape="""{"change_set","name","company","application","before","after"}
before and after are {"stage","phase","outcome","in_pool","since"}; before is null for a new application.""",
)
@click.argument("company")
@click.argument("stage")
@click.option(
    "--at", "when", default="", metavar="WHEN", help=_("When, as you would write it: 昨天, 04-01 19:00, 3.6.")
)
@click.option("--outcome", default="", metavar="OUTCOME", help=_("How that stage ended: passed, rejected, 过, 挂, …"))
@click.option(
    "--manner",
    type=click.Choice([str(manner) for manner in Manner]),
    help=_("How a rejection came: it was never answered, by a letter, or the round was missed."),
)
@click.option(
    "--phase",
    type=click.Choice([str(phase) for phase in Phase if phase != Phase.CLOSED]),
    help=_("The phase of a stage under a name of your own."),
)
@click.option("--back", is_flag=True, help=_("Even if that goes back to an earlier stage."))
@choosing_options()
@json_option()
def move(
    context: Context,
    company: str,
    stage: str,
    when: str,
    outcome: str,
    manner: str | None,
    phase: str | None,
    position: str | None,
    number: int | None,
    *,
    back: bool,
    as_json: bool,
) -> None:
    """Move one application as one step."""
    database = open_begun(context)
    from tracker.companies import require_company_id, view_company

    step = read_step(stage, outcome, phase=phase, now=context.now)
    step = with_manner(step, manner)
    moment = _read_when(when, step, now=context.now)
    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
    name = f"{shown}：{_words_of(step)}"
    with database.change(name, now=context.now) as session:
        application_id, is_new = _application(
            session, company_id, step, position=position, number=number, now=context.now
        )
        if not back:
            _refuse_going_back(session, application_id, step, moment, company=shown, zone=context.zone)
        moved = _apply(session, application_id, step, moment, context=context)
    before = None if is_new else moved.before
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "name": name,
                "company": shown,
                "application": moved.application_id,
                "before": describe(before, zone=context.zone) if before else None,
                "after": describe(moved.after, zone=context.zone),
            }
        )
    else:
        _show(shown, before, moved.after, context=context)
        if step.kind == "stage" and moved.after.stage != step.stage:
            tell(_("It is recorded, but what happened later keeps it at {stage}.").format(stage=moved.after.stage))


def _show(company: str, before: "Standing | None", after: "Standing", *, context: Context) -> None:
    start = _in_words(before) if before else _("new application")
    since = show_time(after.since_at, after.since_precision, now=context.now, zone=context.zone)
    say(f"{company}  {start} → {_in_words(after)}  {since}")
    say(_("ashore undo takes it back."))


def _words_of(step: "FoundStep") -> str:
    if step.kind in ("pool", "revive"):
        return outcome_word(step.kind)
    return " ".join(filter(None, (step.stage, outcome_word(str(step.outcome or "")))))


def _in_words(standing: "Standing") -> str:
    ending = outcome_word("pool") if standing.in_pool else outcome_word(standing.outcome)
    return " ".join(filter(None, (standing.stage, ending)))


def _read_when(when: str, step: "FoundStep", *, now: datetime) -> _When:
    """When it happened; now when nothing is said.

    A day without a year lies in the past, but that of a test or an interview may as well be ahead: the nearest.

    Raises:
        RefusedError: the words name no time.
    """
    from tracker.applications import At
    from tracker.cli.moments import read_moment
    from tracker.when import Moment

    if not when:
        if step.at is None:
            return _When(At.minute(now))
        return _local(Moment(step.at, step.ends_at, step.precision, ambiguous=False, text=""), now)
    moment = read_moment(when, now=now, direction="nearest" if _is_timed(step) else "past")
    return _local(moment, now)


def _local(moment: "Moment", now: datetime) -> _When:
    from tracker.applications import At

    def aware(value: datetime) -> datetime:
        return value if value.tzinfo is not None else value.replace(tzinfo=now.tzinfo)

    end = aware(moment.end) if moment.end is not None and moment.precision == Precision.MINUTE else None
    return _When(At.of(aware(moment.start), moment.precision), end)


def _is_timed(step: "FoundStep") -> bool:
    if step.kind != "stage" or step.outcome is not None:
        return False
    return step.phase in (Phase.ASSESSMENT, Phase.WRITTEN_TEST, Phase.INTERVIEW)


def _application(
    session: "Session",
    company_id: int,
    step: "FoundStep",
    *,
    position: str | None,
    number: int | None,
    now: datetime,
) -> tuple[int, bool]:
    """The application that is meant, and whether it is new.

    Raises:
        RefusedError: it is not clear which one is meant; the sentence lists the positions.
    """
    from tracker.applications import add_application

    rows = applications_of(session, company_id)
    found = fitting(rows, position=position, number=number)
    is_beginning = step.kind == "stage" and step.phase in BEGINNINGS and number is None
    if not rows or (not found and is_beginning):
        _refuse_reviving_nothing(step)
        _warn(session, company_id, position or "")
        return add_application(session, company_id=company_id, now=now, position=position or ""), True
    if not found:
        refuse_unfitting(rows)
    wanted = of_present_season(session, [row for row in found if row.active != (step.kind == "revive")])
    if len(wanted) > 1 and step.kind != "revive":
        refuse_several(wanted)
    if not wanted:
        _refuse_state(found[-1])
    return wanted[-1].application_id, False


def _warn(session: "Session", company_id: int, position: str) -> None:
    """Say what speaks against one more application there; it is made all the same, for its position was named."""
    from tracker.doubles import warn_application

    warning = warn_application(session, company_id=company_id, position=position, batch="")
    if warning:
        tell(warning)


def _refuse_reviving_nothing(step: "FoundStep") -> None:
    if step.kind == "revive":
        raise RefusedError(_("There is no application there that could be revived."))


def _refuse_state(row: "BoardRow") -> None:
    if row.active:
        raise RefusedError(_("It is alive; only a closed application can be revived."))
    raise RefusedError(
        _("The application is closed ({outcome} at {stage}). Revive it first: ashore move {company} revived").format(
            outcome=outcome_word(row.outcome), stage=row.stage, company=row.company
        )
    )


def _refuse_going_back(
    session: "Session", application_id: int, step: "FoundStep", when: _When, *, company: str, zone: tzinfo
) -> None:
    """Refuse a stage that surely lies before the present one, unless it is told of a day before that began.

    Raises:
        RefusedError: it would go back.
    """
    from tracker.pipeline import standing_of

    present = standing_of(session, application_id)
    if step.kind != "stage" or not present.active or present.phase == Phase.INTENT:
        return
    if present.since_at is not None and when.at.time is not None:
        began = local_day(present.since_at, present.since_precision, zone)
        if local_day(when.at.time, when.at.precision, zone) < began:
            return
    if goes_back(step.stage, str(step.phase), behind=present.stage, behind_phase=present.phase):
        raise RefusedError(
            _("{company} is in {stage} already; {label} would go back. Write it all the same with --back.").format(
                company=company, stage=present.stage, label=step.stage
            )
        )


def _apply(session: "Session", application_id: int, step: "FoundStep", when: _When, *, context: Context) -> "Moved":
    from tracker import pipeline

    now = context.now
    before = pipeline.standing_of(session, application_id)
    match step.kind:
        case "revive":
            revived = pipeline.revive(session, application_id=application_id, now=now, at=when.at, source=SOURCE)
            return replace(revived, before=before)
        case "pool":
            if before.in_pool:
                raise RefusedError(_("It is in the pool already."))
            return pipeline.set_pool(session, application_id=application_id, now=now, at=when.at, source=SOURCE)
        case "outcome":
            if step.phase == Phase.INTERVIEW and not step.stage and before.phase != Phase.INTERVIEW:
                raise RefusedError(_("Which interview was it? Say it with its number, such as 一面挂."))
            return _end(session, application_id, step, when, now=now)
        case _:
            return _enter(session, application_id, step, when, context=context)


def _end(session: "Session", application_id: int, step: "FoundStep", when: _When, *, now: datetime) -> "Moved":
    from tracker.pipeline import record_outcome

    return record_outcome(
        session,
        application_id=application_id,
        outcome=str(step.outcome),
        stage=step.stage,
        manner=step.manner,
        now=now,
        at=when.at,
        note=step.note,
        source=SOURCE,
    )


def _enter(session: "Session", application_id: int, step: "FoundStep", when: _When, *, context: Context) -> "Moved":
    """Put it into the stage unless it is there already, plan the round that is to come, record how it ended."""
    from tracker.pipeline import Moved, enter_stage, refuse_if_there, standing_of
    from tracker.recording import lies_ahead, refuse_ahead
    from tracker.rounds import plan_round

    now = context.now
    before = standing_of(session, application_id)
    is_there = before.last_event_id is not None and before.stage == step.stage and not before.outcome
    is_there = is_there and before.active and not before.in_pool
    is_coming = _is_timed(step) and when.at.precision != Precision.MONTH and lies_ahead(when.at, now)
    if not _is_timed(step):
        refuse_ahead(when.at, now)
    moved = Moved(application_id, "", 0, before, before)
    if not is_there or not (is_coming or step.outcome):
        refuse_if_there(before, step.stage)
        moved = enter_stage(
            session,
            application_id=application_id,
            label=step.stage,
            phase=str(step.phase),
            now=now,
            at=when.at,
            note=step.note,
            source=SOURCE,
        )
    if is_coming:
        plan_round(
            session,
            application_id=application_id,
            stage=step.stage,
            phase=str(step.phase),
            starts_at=when.at.time,
            ends_at=when.ends_at,
            precision=when.at.precision,
            timezone=str(context.zone),
        )
    if step.outcome is not None:
        moved = _end(session, application_id, step, when, now=now)
    return replace(moved, before=before)
