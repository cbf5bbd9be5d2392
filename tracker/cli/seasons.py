"""``ashore seasons``, ``season`` and ``carry``: one season after the other, side by side."""

from typing import TYPE_CHECKING

import click

from tracker.cli.choosing import choosing_options, find_application
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read, open_to_write
from tracker.cli.output import print_json, print_table, say, tell
from tracker.cli.standings import standing_json
from tracker.errors import RefusedError
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.seasons import SeasonView

SHAPE = '{"name","current","companies","applications","attempts","active","offers","rejected"}'


@command(
    "seasons",
    summary=_("Set the seasons of your hunt side by side: how many applications, and what came of them."),
    shape=f"[{SHAPE}]\nname is null for what belongs to no season; a revived application is several attempts.",
)
@json_option()
def seasons(context: Context, *, as_json: bool) -> None:
    """Print the seasons."""
    database = open_to_read(context)
    views: tuple[SeasonView, ...] = ()
    if database is not None:
        from tracker.seasons import list_seasons

        with database.read() as session:
            views = list_seasons(session)
    if as_json:
        print_json([_as_json(view) for view in views])
        return
    if not any(view.id for view in views):
        tell(nothing_yet() if database is None else _("There is no season yet. Begin one with: ashore season NAME"))
    if views:
        print_table(
            (_("season"), _("companies"), _("applications"), _("attempts"), _("active"), _("offers"), _("rejected")),
            [
                (
                    _season_words(view),
                    view.companies,
                    view.applications,
                    view.attempts,
                    view.active,
                    view.offers,
                    view.rejected,
                )
                for view in views
            ],
            numbers=(1, 2, 3, 4, 5, 6),
        )


def _season_words(view: "SeasonView") -> str:
    if view.is_current:
        return _("{name} (current)").format(name=view.name)
    return view.name or _("(no season)")


def _as_json(view: "SeasonView") -> dict[str, object]:
    return {
        "name": view.name or None,
        "current": view.is_current,
        "companies": view.companies,
        "applications": view.applications,
        "attempts": view.attempts,
        "active": view.active,
        "offers": view.offers,
        "rejected": view.rejected,
    }


@command(
    "season",
    summary=_(
        "Make a season the current one, to which new applications belong; one of a new name is begun."
        " Or rename or remove one."
    ),
    shape=SHAPE.replace("{", '{"change_set",', 1),
)
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--adopt",
    is_flag=True,
    help=_("Let everything that belongs to no season belong to it; the first season does so by itself."),
)
@click.option("--rename", default="", metavar="NAME", help=_("Another name for it; the current season stays."))
@click.option("--remove", is_flag=True, help=_("Remove it; it must be empty."))
@json_option()
def season(context: Context, name: tuple[str, ...], rename: str, *, adopt: bool, remove: bool, as_json: bool) -> None:
    """Change the seasons as one step."""
    wanted = " ".join(name)
    if remove and (rename or adopt):
        raise RefusedError(_("Removing a season goes with nothing else."))
    database = open_begun(context) if rename or remove else open_to_write(context)
    from tracker.seasons import add_season, adopt_unassigned, find_season_id, list_seasons, remove_season, rename_season

    with database.change(_("season: {name}").format(name=wanted), now=context.now) as session:
        if remove:
            remove_season(session, season_id=find_season_id(session, wanted))
            kept = None
        elif rename:
            kept = find_season_id(session, wanted)
            rename_season(session, season_id=kept, name=rename)
        else:
            adopt = adopt or all(view.id is None for view in list_seasons(session))
            kept = _chosen(session, wanted) or add_season(session, name=wanted, now=context.now)
        adopted = adopt_unassigned(session, season_id=kept) if adopt and kept is not None else 0
    change_set = session.info["change_set_id"]
    with database.read() as session:
        view = next((view for view in list_seasons(session) if kept is not None and view.id == kept), None)
    if as_json:
        print_json({"change_set": change_set, **(_as_json(view) if view else {"name": None})})
        return
    if view is None:
        say(_("{name} is removed.").format(name=wanted))
    else:
        say(_("{name}: {mark}").format(name=view.name, mark=_("current") if view.is_current else _("not current")))
    if adopted:
        say(
            ngettext("{n} application belongs to it now.", "{n} applications belong to it now.", adopted).format(
                n=adopted
            )
        )
    if change_set is not None:
        say(_("ashore undo takes it back."))


def _chosen(session: "Session", name: str) -> int | None:
    """The season of this name, made current; ``None`` when there is none."""
    from tracker.errors import UnknownNameError
    from tracker.seasons import find_season_id, set_current_season

    try:
        season_id = find_season_id(session, name)
    except UnknownNameError:
        return None
    set_current_season(session, season_id=season_id)
    return season_id


@command(
    "carry",
    summary=_("Carry an application over to the current season, or another: it begins there without a history."),
    shape="""{"change_set","company","application","from","season","after"}
application is the new one, from the old one; after is {"stage","phase","outcome","in_pool","since"}.""",
)
@click.argument("company")
@choosing_options()
@click.option("--to", "season", default="", metavar="SEASON", help=_("Another season than the current one."))
@json_option()
def carry(
    context: Context, company: str, position: str | None, number: int | None, season: str, *, as_json: bool
) -> None:
    """Carry one application over as one step."""
    database = open_begun(context)
    from tracker.companies import require_company_id, view_company
    from tracker.seasons import carry_over, find_season_id, list_seasons

    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
        row = find_application(session, company_id, position=position, number=number)
        season_id = find_season_id(session, season) if season else None
    with database.change(_("{company}: carried over").format(company=shown), now=context.now) as session:
        new_id = carry_over(session, application_id=row.application_id, season_id=season_id, now=context.now)
    change_set = session.info["change_set_id"]
    with database.read() as session:
        views = list_seasons(session)
    into = next(view.name for view in views if (view.id == season_id if season_id else view.is_current))
    if as_json:
        print_json(
            {
                "change_set": change_set,
                "company": shown,
                "application": new_id,
                "from": row.application_id,
                "season": into,
                "after": standing_json(database, new_id, zone=context.zone),
            }
        )
        return
    say(" ".join(filter(None, (shown, row.position, "→", into))))
    say(_("ashore undo takes it back."))
