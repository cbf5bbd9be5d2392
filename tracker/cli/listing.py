"""``ashore companies``, ``applications`` and ``history``: where everything stands, and how it came there."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracker.board import BoardRow, load_board, parse_instant
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, nothing_yet, open_begun, open_to_read, open_to_write
from tracker.cli.output import as_iso, print_json, print_table, tell
from tracker.messages import _
from tracker.stages import Phase, Tier, find_stage
from tracker.text import name_key
from tracker.times import show_time
from tracker.words import outcome_word

if TYPE_CHECKING:
    from tracker.companies import CompanyView
    from tracker.history import PastEvent

TIER = click.Choice([str(tier) for tier in Tier], case_sensitive=False)

TURNS = ("pool", "unpool", "revive")
"""Events that are shown where an outcome stands."""


@command(
    "companies",
    summary=_("List companies by tier, in the order of your list."),
    shape='[{"name","tier","aliases","annotation","stage","phase","outcome","applications"}]',
)
@click.option("--tier", type=TIER, help=_("Only those of this tier."))
@click.option("--search", default="", metavar="TEXT", help=_("Part of a name, an alias, the pinyin or the initials."))
@json_option()
def companies(context: Context, tier: str | None, search: str, *, as_json: bool) -> None:
    """Print the companies."""
    database = open_to_read(context)
    views: tuple[CompanyView, ...] = ()
    if database is not None:
        from tracker.companies import list_companies

        with database.read() as session:
            views = list_companies(session, tier=tier or "", search=search)
    if as_json:
        print_json([_company_json(view) for view in views])
        return
    _explain_empty(views, is_begun=database is not None)
    if views:
        print_table(
            (_("tier"), _("company"), _("note"), _("stage"), _("outcome"), _("applications")),
            [
                (view.tier, view.name, view.annotation, view.stage, outcome_word(view.outcome), view.applications)
                for view in views
            ],
            numbers=(5,),
        )


def _explain_empty(found: Sequence[object], *, is_begun: bool) -> None:
    if not is_begun:
        tell(nothing_yet())
    elif not found:
        tell(_("Nothing fits."))


def _company_json(view: "CompanyView") -> dict[str, object]:
    return {
        "name": view.name,
        "tier": view.tier or None,
        "aliases": list(view.aliases),
        "annotation": view.annotation,
        "stage": view.stage or None,
        "phase": view.phase or None,
        "outcome": view.outcome or None,
        "applications": view.applications,
    }


@command(
    "applications",
    summary=_("List applications and where they stand, the active ones first."),
    shape="""[{"id","company","position","batch","stage","phase","outcome","since","next_round"}]
since is as exact as it is known: a time with its offset, a day, a month, or null;
next_round is null or {"stage","at","ends_at"}.""",
)
@click.option("--active/--all", "active", default=False, help=_("Only those that go on, or all (as by default)."))
@click.option("--tier", type=TIER, help=_("Only those at companies of this tier."))
@click.option("--stage", default="", metavar="STAGE", help=_("Only those in this stage or phase."))
@json_option()
def applications(context: Context, tier: str | None, stage: str, *, active: bool, as_json: bool) -> None:
    """Print the applications."""
    has_begun = is_begun(context)
    rows = [
        row
        for row in (_board_rows(context) if has_begun else ())
        if (row.active or not active) and (not tier or row.tier == tier) and _is_in(row, stage)
    ]
    rows.sort(key=lambda row: (not row.active, row.next_at or "9", row.application_id))
    if as_json:
        print_json([_application_json(row, context) for row in rows])
        return
    _explain_empty(rows, is_begun=has_begun)
    if rows:
        print_table(
            ("id", _("tier"), _("company"), _("position"), _("stage"), _("outcome"), _("since"), _("next round")),
            [_application_cells(row, context) for row in rows],
            numbers=(0,),
        )


def _board_rows(context: Context) -> tuple[BoardRow, ...]:
    """The board's rows; a current database is read without loading the ORM."""
    from tracker.schema import SCHEMA_VERSION, schema_version

    if schema_version(context.path) < SCHEMA_VERSION:
        open_to_write(context)
    try:
        return load_board(context.path).rows
    except sqlite3.Error as error:
        from tracker.db import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise sentence from error


def _is_in(row: BoardRow, stage: str) -> bool:
    if not stage:
        return True
    if stage.casefold() in tuple(Phase):
        return row.phase == stage.casefold()
    known = find_stage(stage)
    return name_key(row.stage) == name_key(known.label if known else stage)


def _application_json(row: BoardRow, context: Context) -> dict[str, object]:
    zone = context.zone
    next_round = {
        "stage": row.next_stage,
        "at": as_iso(parse_instant(row.next_at), "minute", zone),
        "ends_at": as_iso(parse_instant(row.next_ends_at), "minute", zone),
    }
    return {
        "id": row.application_id,
        "company": row.company,
        "position": row.position,
        "batch": row.batch,
        "stage": row.stage or None,
        "phase": row.phase or None,
        "outcome": row.outcome or None,
        "since": as_iso(parse_instant(row.since_at), row.since_precision, zone),
        "next_round": next_round if row.next_stage else None,
    }


def _application_cells(row: BoardRow, context: Context) -> tuple[object, ...]:
    now, zone = context.now, context.zone
    next_at = parse_instant(row.next_at) or parse_instant(row.next_ends_at)
    coming = f"{row.next_stage} {show_time(next_at, 'minute', now=now, zone=zone)}" if row.next_stage else ""
    return (
        row.application_id,
        row.tier,
        row.company,
        row.position,
        row.stage,
        outcome_word("pool") if row.in_pool else outcome_word(row.outcome),
        show_time(parse_instant(row.since_at), row.since_precision, now=now, zone=zone),
        coming,
    )


@command(
    "history",
    summary=_("Show what happened at a company, in the order in which it happened."),
    shape="""[{"at","precision","recorded_at","stage","label","outcome","source","note","application"}]
stage is the stable word (applied, written_test, interview, …), label your own;
outcome is rejected, passed, … or pool, unpool, revive.""",
)
@click.argument("company")
@json_option()
def history(context: Context, company: str, *, as_json: bool) -> None:
    """Print the events of all applications at a company."""
    database = open_begun(context)
    from tracker.companies import require_company_id
    from tracker.history import effective_events
    from tracker.pipeline import load_events

    with database.read() as session:
        company_id = require_company_id(session, company)
        ids = [row.application_id for row in load_board(context.path).rows if row.company_id == company_id]
        events = [(number, event) for number in sorted(ids) for event in effective_events(load_events(session, number))]
    if as_json:
        print_json([_event_json(number, event, context) for number, event in events])
        return
    if not events:
        tell(_("Nothing has happened there yet."))
        return
    print_table(
        (_("when"), _("stage"), _("outcome"), _("note"), _("from")),
        [
            (
                show_time(event.occurred_at, event.precision, now=context.now, zone=context.zone),
                event.stage,
                outcome_word(_outcome(event) or ""),
                event.note,
                event.source,
            )
            for _number, event in events
        ],
    )


def _outcome(event: "PastEvent") -> str | None:
    return event.outcome or (event.kind if event.kind in TURNS else None)


def _event_json(application_id: int, event: "PastEvent", context: Context) -> dict[str, object]:
    return {
        "at": as_iso(event.occurred_at, event.precision, context.zone),
        "precision": event.precision,
        "recorded_at": as_iso(event.recorded_at, "minute", context.zone),
        "stage": event.phase or None,
        "label": event.stage or None,
        "outcome": _outcome(event),
        "source": event.source,
        "note": event.note,
        "application": application_id,
    }
