"""``ashore views`` and ``ashore view``: arrangements of the board under names of one's own."""

import click

from tracker.board_filter import ALL_SEASONS, PHASES, SORTS, THIS_SEASON, Arrangement, BoardFilter, Sort
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, nothing_yet, open_begun
from tracker.cli.output import print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.saved_views import NamedView, find_view, load_views
from tracker.stages import Tier
from tracker.words import phase_word

SHAPE = '{"name","search","tier","phase","all","season","sort","columns"}'


@command(
    "views",
    summary=_("List the saved views of the board."),
    shape=f'[{SHAPE}]\nseason is an id, "current" or "all".',
)
@json_option()
def views(context: Context, *, as_json: bool) -> None:
    """Print the views."""
    found = _load(context)
    if as_json:
        print_json([_as_json(view) for view in found])
        return
    if not found:
        tell(nothing_yet() if not is_begun(context) else _("There is none yet. Keep one with: ashore view NAME …"))
        return
    print_table(
        (_("view"), _("search"), _("tier"), _("phase"), _("order"), _("applications")),
        [
            (
                view.name,
                view.arrangement.shown.text,
                view.arrangement.shown.tier,
                phase_word(view.arrangement.shown.phase),
                _(SORTS[view.arrangement.sort]),
                _("all") if view.arrangement.shown.all_ends else _("under way"),
            )
            for view in found
        ],
    )


@command(
    "view",
    summary=_(
        "Keep a view of the board under a name, for w in the dashboard and ashore applications --view;"
        " or rename or remove one."
    ),
    shape=SHAPE.replace("{", '{"change_set",', 1),
)
@click.argument("name", nargs=-1, required=True)
@click.option("--search", default="", metavar="TEXT", help=_("Words of a name, pinyin, position, note or stage; #tag."))
@click.option("--tier", type=click.Choice([*Tier], case_sensitive=False), help=_("Only companies of this tier."))
@click.option(
    "--phase",
    type=click.Choice([str(phase) for phase in PHASES], case_sensitive=False),
    help=_("Only applications in this phase."),
)
@click.option("--all", "all_ends", is_flag=True, help=_("Closed applications too."))
@click.option("--all-seasons", is_flag=True, help=_("Other seasons too."))
@click.option("--sort", type=click.Choice([*SORTS]), default="next", help=_("The order; as on the board."))
@click.option("--columns", is_flag=True, help=_("As columns by phase."))
@click.option("--rename", default="", metavar="NAME", help=_("Another name for it; what it shows stays."))
@click.option("--remove", is_flag=True, help=_("Forget it."))
@json_option()
def view(
    context: Context,
    name: tuple[str, ...],
    search: str,
    tier: str | None,
    phase: str | None,
    sort: Sort,
    rename: str,
    *,
    all_ends: bool,
    all_seasons: bool,
    columns: bool,
    remove: bool,
    as_json: bool,
) -> None:
    """Change the views as one step."""
    wanted = " ".join(name)
    if remove and rename:
        raise RefusedError(_("Removing a view goes with nothing else."))
    database = open_begun(context)
    from tracker.saved_views import remove_view, rename_view, save_view

    present = find_view(load_views(context.path), wanted) if remove or rename else None
    with database.change(_("view «{name}»").format(name=wanted), now=context.now) as session:
        if present is not None and remove:
            remove_view(session, view_id=present.id)
        elif present is not None:
            rename_view(session, view_id=present.id, name=rename)
        else:
            season = ALL_SEASONS if all_seasons else THIS_SEASON
            shown = BoardFilter(search, (tier or "").upper(), phase or "", all_ends, season)
            save_view(session, name=wanted, arrangement=Arrangement(shown, sort, columns))
    shown_name = rename or wanted
    kept = None if remove else find_view(load_views(context.path), shown_name)
    change_set = session.info["change_set_id"]
    if as_json:
        print_json({"change_set": change_set, **(_as_json(kept) if kept is not None else {"name": None})})
        return
    words = _("view «{name}» removed") if remove else _("view «{name}» kept")
    say(words.format(name=shown_name))


def _load(context: Context) -> tuple[NamedView, ...]:
    if not is_begun(context):
        return ()
    from tracker.schema import SCHEMA_VERSION, schema_version

    if schema_version(context.path) < SCHEMA_VERSION:
        open_begun(context)
    return load_views(context.path)


def _as_json(view: NamedView) -> dict[str, object]:
    shown = view.arrangement.shown
    season: object = {THIS_SEASON: "current", ALL_SEASONS: "all"}.get(shown.season, shown.season)
    return {
        "name": view.name,
        "search": shown.text,
        "tier": shown.tier or None,
        "phase": shown.phase or None,
        "all": shown.all_ends,
        "season": season,
        "sort": view.arrangement.sort,
        "columns": view.arrangement.as_lanes,
    }
