"""``ashore round``: something with a time, planned, changed, held or cancelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from tracker.cli.choosing import choosing_options, find_application
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, say
from tracker.deadlines import deadline_of
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Outcome, Phase, Precision, find_stage, resolve_stage
from tracker.text import name_key, sanitise_line
from tracker.times import show_time
from tracker.words import outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.models import BoardRow
    from tracker.rounds import RoundView

MEDIUMS = ("online", "onsite", "phone")
RESULTS = ("passed", "rejected", "missed", "done")
LONGEST_NIGHT = timedelta(hours=12)
"""How long after its start a round may end at an hour that names no day."""
LONGEST = 24 * 60 * 14
"""Minutes of the longest round: a window of two weeks."""


@dataclass(frozen=True, slots=True)
class _Span:
    """When a round is, aware, in the zone in which it was said."""

    starts_at: datetime | None
    ends_at: datetime | None
    precision: str


@command(
    "round",
    summary=_(
        "Plan a round (an assessment, a written test, an interview), or change what is given of the one"
        " that is planned. The application follows to its stage."
    ),
    shape="""{"change_set","id","application","company","stage","phase","at","ends_at","precision","timezone","local_at",
"medium","platform","link","interviewer","state","result","note"}
at and ends_at are in the zone in which the time was said, local_at in yours.""",
)
@click.argument("company")
@click.argument("stage")
@choosing_options()
@click.option("--at", "when", default="", metavar="WHEN", help=_("When it is, or when its window opens: 周三 19:00."))
@click.option("--until", default="", metavar="WHEN", help=_("When it ends: 20:30, 4.3 24:00."))
@click.option("--minutes", type=click.IntRange(1, LONGEST), metavar="N", help=_("How long it takes."))
@click.option("--timezone", default="", metavar="ZONE", help=_("The zone of these times, such as Europe/Berlin."))
@click.option("--medium", type=click.Choice(MEDIUMS), help=_("How it is held."))
@click.option("--platform", metavar="TEXT", help=_("Platform and number, vendor, or the room."))
@click.option("--link", metavar="URL", help=_("Where to join."))
@click.option("--interviewer", metavar="NAME", help=_("Who asks."))
@click.option("--note", metavar="TEXT", help=_("A note."))
@click.option("--result", type=click.Choice(RESULTS), help=_("It is over, and how it went."))
@click.option("--cancel", is_flag=True, help=_("It is cancelled."))
@json_option()
def round_command(
    context: Context,
    company: str,
    stage: str,
    position: str | None,
    number: int | None,
    *,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - each option's own
) -> None:
    """Write one round as one step."""
    if given["cancel"] and given["result"]:
        raise RefusedError(_("A round that was cancelled has no result."))
    database = open_begun(context)
    from tracker.companies import require_company_id, view_company
    from tracker.rounds import list_rounds

    named = _zone(given["timezone"])
    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
        row = find_application(session, company_id, position=position, number=number)
        label = row.stage if name_key(stage) == name_key(row.stage) else resolve_stage(stage).label
        present = _present(
            list_rounds(session, application_id=row.application_id), label, is_over=bool(given["result"])
        )
        _refuse_untimed(row, label)
    zone = named or (said_in(present, context) if present is not None else context.zone)
    span = _read_span(given, present, zone=zone, now=context.now)
    with database.change(f"{shown}：{label}", now=context.now) as session:
        round_id = _write(session, row, label, span, present, given, context=context, zone=zone)
    change_set = session.info["change_set_id"]
    with database.read() as session:
        view = next(view for view in list_rounds(session, application_id=row.application_id) if view.id == round_id)
    if as_json:
        print_json({"change_set": change_set, **_as_json(view, context)})
        return
    say(_in_words(view, context))
    say(_("ashore undo takes it back."))


def _refuse_untimed(row: "BoardRow", label: str) -> None:
    """Refuse a stage at which nothing is held: intending and applying.

    Raises:
        RefusedError: it is one.
    """
    known = find_stage(label)
    phase = known.phase if known is not None else row.phase
    if phase in (Phase.INTENT, Phase.APPLIED):
        raise RefusedError(
            _("{stage} is no round. Until when to apply is a deadline: ashore edit COMPANY --deadline WHEN").format(
                stage=label
            )
        )


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RefusedError(
            _("There is no time zone «{name}»; write it like Asia/Shanghai or Europe/Berlin.").format(
                name=sanitise_line(name)[:40]
            )
        ) from error


def _present(views: "tuple[RoundView, ...]", label: str, *, is_over: bool) -> "RoundView | None":
    """The round that is changed: the planned one of this stage, or for a result the last one of it."""
    there = [view for view in views if view.stage == label and view.state != "cancelled"]
    planned = [view for view in there if view.state == "planned"]
    return next(iter(planned), None) or (there[-1] if there and is_over else None)


def _read_span(given: dict[str, Any], present: "RoundView | None", *, zone: tzinfo, now: datetime) -> _Span | None:
    """The time that is given; ``None`` when none is.

    Raises:
        RefusedError: the words name no time, or one that is over for a round that is to come.
    """
    if not (given["when"] or given["until"] or given["minutes"]):
        return None
    here = now.astimezone(zone)
    starts_at, ends_at, precision = _beginning(
        given["when"], present, zone=zone, now=here, is_over=bool(given["result"])
    )
    if given["until"]:
        until = _read(given["until"], now=starts_at or here, is_over=False)
        is_by_days = precision == until.precision == Precision.DAY
        ends_at = until.start.replace(tzinfo=zone) if is_by_days else deadline_of(until, zone)
        if starts_at is not None and until.relative and ends_at - starts_at > LONGEST_NIGHT:
            # An hour without a day lies on the next one where it is over already: 23:30 to 00:30, not 15:00 to 14:00.
            raise RefusedError(_("The end lies before the start."))
    elif given["minutes"]:
        if starts_at is None:
            raise RefusedError(_("When does it begin? Say it with --at."))
        ends_at = starts_at + timedelta(minutes=given["minutes"])
    last = ends_at or starts_at
    is_past = last is not None and (last < here if precision == Precision.MINUTE else last.date() < here.date())
    if is_past and not given["result"]:
        raise RefusedError(_("That is over already; say how it went with --result."))
    return _Span(starts_at, ends_at, precision)


def _beginning(
    when: str, present: "RoundView | None", *, zone: tzinfo, now: datetime, is_over: bool
) -> tuple[datetime | None, datetime | None, str]:
    """Start, end and precision by ``--at``; without it those of the round that is changed."""
    if when:
        moment = _read(when, now=now, is_over=is_over)
        end = moment.end.replace(tzinfo=zone) if moment.end is not None else None
        return moment.start.replace(tzinfo=zone), end, moment.precision
    if present is not None and present.starts_at is not None:
        # A day is the same day in any zone; an instant is brought to the one that is spoken of.
        is_exact = present.precision == Precision.MINUTE
        start = present.starts_at.astimezone(zone) if is_exact else present.starts_at.replace(tzinfo=zone)
        return start, None, present.precision if is_exact else Precision.MINUTE
    return None, None, Precision.MINUTE


def _read(words: str, *, now: datetime, is_over: bool) -> Any:  # noqa: ANN401 - a Moment, whose module is loaded here
    from tracker.cli.moments import read_moment

    return read_moment(words, now=now, direction="past" if is_over else "future")


def _write(
    session: "Session",
    row: "BoardRow",
    label: str,
    span: _Span | None,
    present: "RoundView | None",
    given: dict[str, Any],
    *,
    context: Context,
    zone: tzinfo,
) -> int:
    """Plan or change the round, then cancel it or record its result; returns its id."""
    from tracker.rounds import edit_round, plan_round, reschedule_round

    details = {name: given[name] for name in ("medium", "platform", "link", "interviewer", "note")}
    if present is None:
        if given["cancel"]:
            raise RefusedError(_("No round of {stage} is planned there.").format(stage=label))
        times = span or _Span(None, None, Precision.UNKNOWN)
        round_id = plan_round(
            session,
            application_id=row.application_id,
            stage=label,
            phase=row.phase if label == row.stage and row.active else "",
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            precision=times.precision,
            timezone=str(zone),
            **{name: value or "" for name, value in details.items()},
        )
    else:
        round_id = present.id
        edit_round(session, round_id=round_id, timezone=given["timezone"] or None, **details)
        if span is not None:
            reschedule_round(
                session,
                round_id,
                span.starts_at,
                span.ends_at,
                precision=span.precision,
                timezone=str(zone),
                now=context.now,
            )
    _settle(session, row, label, round_id, given, now=context.now)
    return round_id


def _settle(
    session: "Session", row: "BoardRow", label: str, round_id: int, given: dict[str, Any], *, now: datetime
) -> None:
    """What became of the round; its result ends the stage too, where the application stands in it."""
    from tracker.pipeline import record_outcome, standing_of
    from tracker.rounds import edit_round, follow_round, remove_round

    if given["cancel"]:
        remove_round(session, round_id=round_id)
        return
    follow_round(session, round_id=round_id, now=now, source="command")
    result = given["result"]
    if result == "missed":
        edit_round(session, round_id=round_id, state="missed", result="")
    elif result:
        edit_round(session, round_id=round_id, state="done", result="" if result == "done" else result)
    standing = standing_of(session, row.application_id)
    is_there = standing.active and standing.stage == label and standing.outcome != result
    if result in (Outcome.PASSED, Outcome.REJECTED) and is_there:
        record_outcome(session, application_id=row.application_id, outcome=result, now=now, source="command")


def _as_json(view: "RoundView", context: Context) -> dict[str, object]:
    zone = said_in(view, context)
    return {
        "id": view.id,
        "application": view.application_id,
        "company": view.company,
        "stage": view.stage,
        "phase": view.phase,
        "at": as_iso(view.starts_at, view.precision, zone),
        "ends_at": as_iso(view.ends_at, view.precision, zone),
        "precision": view.precision,
        "timezone": view.timezone or None,
        "local_at": as_iso(view.starts_at, view.precision, context.zone),
        "medium": view.medium,
        "platform": view.platform,
        "link": view.link,
        "interviewer": view.interviewer,
        "state": view.state,
        "result": view.result or None,
        "note": view.note,
    }


def said_in(view: "RoundView", context: Context) -> tzinfo:
    """The zone in which a round's time was said; the local one where that is not known."""
    try:
        return ZoneInfo(view.timezone) if view.timezone else context.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return context.zone


def _in_words(view: "RoundView", context: Context) -> str:
    """The round in one line; its time in both zones where they differ."""
    now, zone = context.now, said_in(view, context)
    at = view.starts_at or view.ends_at
    local = show_time(at, view.precision, now=now, zone=context.zone) if at else ""
    said = show_time(at, view.precision, now=now, zone=zone) if at else ""
    other = f"({said} {view.timezone})" if said != local else ""
    state = {"cancelled": _("cancelled"), "missed": _("missed"), "done": _("done")}.get(view.state, "")
    parts = (view.company, view.stage, local, other, view.platform, outcome_word(view.result) or state)
    return "  ".join(filter(None, parts))
