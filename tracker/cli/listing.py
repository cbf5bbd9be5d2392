"""``ashore companies`` and ``applications``: where everything stands, or stood on another day."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from tracker.board import Board, BoardRow, load_board, parse_instant
from tracker.board_filter import ALL_SEASONS, SORTS, Arrangement, BoardFilter, Sort, arrange
from tracker.cli.commanding import Body, command, json_option
from tracker.cli.context import Context, is_begun, nothing_yet, open_to_read, open_to_write
from tracker.cli.output import as_iso, print_json, print_table, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Phase, Tier, find_stage
from tracker.tags import split_tags
from tracker.text import name_key, sanitise_line
from tracker.times import show_time
from tracker.words import outcome_word

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.companies import CompanyView

TIER = click.Choice([str(tier) for tier in Tier], case_sensitive=False)


def as_of_option() -> "Callable[[Body], Body]":
    """``--as-of``: how it stood at the end of another day."""
    return click.option(
        "--as-of", default="", metavar="DATE", help=_("As it was at the end of that day: 2026-03-01, 3.1, 昨天.")
    )


@command(
    "companies",
    summary=_("List companies by tier, in the order of your list."),
    shape='[{"name","tier","aliases","annotation","stage","phase","outcome","applications"}]',
)
@click.option("--tier", type=TIER, help=_("Only those of this tier."))
@click.option("--search", default="", metavar="TEXT", help=_("Part of a name, an alias, the pinyin or the initials."))
@as_of_option()
@json_option()
def companies(context: Context, tier: str | None, search: str, as_of: str, *, as_json: bool) -> None:
    """Print the companies."""
    moment = _read_day(as_of, context) if as_of else None
    database = open_to_read(context)
    views: tuple[CompanyView, ...] = ()
    if database is not None:
        from tracker.companies import list_companies

        with database.read() as session:
            views = list_companies(session, tier=tier or "", search=search)
        if moment is not None:
            views = _views_then(views, _board(context, moment).rows)
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


def _views_then(views: "Iterable[CompanyView]", rows: "Iterable[BoardRow]") -> "tuple[CompanyView, ...]":
    """The companies with where their applications stood."""
    boards: dict[int, list[BoardRow]] = {}
    for row in sorted(rows):
        boards.setdefault(row.company_id, []).append(row)
    found = []
    for view in views:
        then = boards.get(view.id, [])
        shown = next((row for row in reversed(then) if row.active), then[-1] if then else None)
        found.append(
            replace(
                view,
                stage=shown.stage if shown else "",
                phase=shown.phase if shown else "",
                outcome=shown.outcome if shown else "",
                in_pool=bool(shown and shown.in_pool),
                applications=len(then),
            )
        )
    return tuple(found)


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
    shape="""[{"id","company","position","batch","preference","season","tags","stage","phase","outcome","manner",
"since","next_round"}]
since, and next_round's times, are as exact as they are known: with an offset, a day, a month, or null;
next_round is null or {"stage","at","ends_at"}.""",
)
@click.option("--active/--all", "active", default=False, help=_("Only those that go on, or all (as by default)."))
@click.option("--tier", type=TIER, help=_("Only those at companies of this tier."))
@click.option("--stage", default="", metavar="STAGE", help=_("Only those in this stage or phase."))
@click.option("--season", default="", metavar="SEASON", help=_("Only those of this season."))
@click.option("--tag", default="", metavar="TAG", help=_("Only those with this tag."))
@click.option("--search", default="", metavar="TEXT", help=_("Words of a name, pinyin, position, note or stage; #tag."))
@click.option("--sort", type=click.Choice([*SORTS]), help=_("The order; as on the board."))
@click.option("--view", default="", metavar="NAME", help=_("What a saved view of the board shows, in its order."))
@as_of_option()
@json_option()
def applications(
    context: Context,
    tier: str | None,
    stage: str,
    season: str,
    tag: str,
    search: str,
    sort: Sort | None,
    view: str,
    as_of: str,
    *,
    active: bool,
    as_json: bool,
) -> None:
    """Print the applications."""
    has_begun = is_begun(context)
    moment = _read_day(as_of, context) if as_of else None
    board = _board(context, moment) if has_begun else Board()
    wanted = _season_id(board, season) if season else None
    rows = [
        row
        for row in board.rows
        if (row.active or not active)
        and (not tier or row.tier == tier)
        and (not season or row.season_id == wanted)
        and (not tag or name_key(tag.lstrip("#＃")) in map(name_key, split_tags(row.tags)))
        and _is_in(row, stage)
    ]
    rows.sort(key=lambda row: (not row.active, row.next_at or "9", row.application_id))
    if search or sort or view:
        rows = _arranged(context, board, rows, view=view, search=search, sort=sort)
    if as_json:
        names = {known.id: known.name for known in board.seasons}
        print_json([_application_json(row, context, names) for row in rows])
        return
    _explain_empty(rows, is_begun=has_begun)
    if rows:
        print_table(
            ("id", _("tier"), _("company"), _("position"), _("stage"), _("outcome"), _("since"), _("next round")),
            [_application_cells(row, context) for row in rows],
            numbers=(0,),
        )


def _arranged(
    context: Context, board: Board, rows: list[BoardRow], *, view: str, search: str, sort: Sort | None
) -> list[BoardRow]:
    """What the board would show of these, arranged as it would be there; without a sort in the order given."""
    wanted = Arrangement(BoardFilter(all_ends=True, season=ALL_SEASONS))
    if view:
        from tracker.saved_views import find_view, load_views

        wanted = find_view(load_views(context.path), view).arrangement
    shown = replace(wanted.shown, text=f"{wanted.shown.text} {search}")
    current = next((season.id for season in board.seasons if season.is_current), None)
    found = arrange(
        rows, replace(wanted, shown=shown, sort=sort or wanted.sort), now=context.now, current_season=current
    )
    if view or sort:
        return found
    kept = {row.application_id for row in found}
    return [row for row in rows if row.application_id in kept]


def _board(context: Context, moment: "datetime | None") -> Board:
    """The board, or what it was; a current database is read without loading the ORM."""
    from tracker.schema import SCHEMA_VERSION, schema_version

    if schema_version(context.path) < SCHEMA_VERSION:
        open_to_write(context)
    try:
        if moment is None:
            return load_board(context.path)
        from tracker.as_of import board_as_of

        return board_as_of(context.path, moment=moment, now=context.now)
    except sqlite3.Error as error:
        from tracker.db import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise sentence from error


def _read_day(words: str, context: Context) -> "datetime":
    """The day that is meant: the last of a month where only that is said.

    Raises:
        RefusedError: the words name no day.
    """
    from tracker.cli.moments import read_moment
    from tracker.deadlines import deadline_of

    sentence = _("«{when}» is no day that can be read; write it like 2026-03-06, 3.6 or 昨天.")
    moment = read_moment(words, now=context.now, direction="past", otherwise=sentence)
    return deadline_of(moment._replace(end=None), context.zone) - timedelta(seconds=1)


def _season_id(board: Board, name: str) -> int:
    found = next((season.id for season in board.seasons if name_key(season.name) == name_key(name)), None)
    if found is None:
        raise RefusedError(
            _("There is no season «{name}». There are: {names}.").format(
                name=sanitise_line(name)[:40],
                names=" / ".join(season.name for season in board.seasons) or _("none yet"),
            )
        )
    return found


def _is_in(row: BoardRow, stage: str) -> bool:
    if not stage:
        return True
    if stage.casefold() in tuple(Phase):
        return row.phase == stage.casefold()
    known = find_stage(stage)
    return name_key(row.stage) == name_key(known.label if known else stage)


def _application_json(row: BoardRow, context: Context, seasons: dict[int, str]) -> dict[str, object]:
    zone = context.zone
    next_round = {
        "stage": row.next_stage,
        "at": as_iso(parse_instant(row.next_at), row.next_precision, zone),
        "ends_at": as_iso(parse_instant(row.next_ends_at), row.next_precision, zone),
    }
    return {
        "id": row.application_id,
        "company": row.company,
        "position": row.position,
        "batch": row.batch,
        "preference": row.preference,
        "season": seasons.get(row.season_id or 0),
        "tags": list(split_tags(row.tags)),
        "stage": row.stage or None,
        "phase": row.phase or None,
        "outcome": row.outcome or None,
        "manner": row.manner or None,
        "since": as_iso(parse_instant(row.since_at), row.since_precision, zone),
        "next_round": next_round if row.next_stage else None,
    }


def _application_cells(row: BoardRow, context: Context) -> tuple[object, ...]:
    now, zone = context.now, context.zone
    next_at = parse_instant(row.next_at) or parse_instant(row.next_ends_at)
    coming = f"{row.next_stage} {show_time(next_at, row.next_precision, now=now, zone=zone)}" if row.next_stage else ""
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
