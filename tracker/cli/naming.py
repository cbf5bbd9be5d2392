"""``ashore company`` and ``ashore alias``: what is known of one company, and the names it goes by."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import print_json, say
from tracker.messages import _
from tracker.stages import Tier

if TYPE_CHECKING:
    from tracker.companies import CompanyView
    from tracker.db import Database

SHAPE = '{"change_set","name","tier","aliases","annotation","limit","links","note","applications"}'


@command(
    "company",
    summary=_("Show one company, or change what is given: tier, limit of positions, name, remark, note, links."),
    shape=f"{SHAPE}\nlimit is the number of positions that it takes of one person within a batch, or null.",
)
@click.argument("company")
@click.option("--name", metavar="NAME", help=_("Another name in the place of the present one."))
@click.option("--tier", type=click.Choice([*Tier, ""], case_sensitive=False), help=_("Its tier; empty: none."))
@click.option(
    "--limit",
    type=int,
    metavar="N",
    help=_("How many positions it takes of one person within a batch; 0: not known."),
)
@click.option("--remark", metavar="TEXT", help=_("The remark behind its name."))
@click.option("--note", metavar="TEXT", help=_("The note on its page."))
@click.option("--links", metavar="TEXT", help=_("Its links, one a line."))
@json_option()
def company(
    context: Context,
    company: str,
    name: str | None,
    tier: str | None,
    limit: int | None,
    remark: str | None,
    note: str | None,
    links: str | None,
    *,
    as_json: bool,
) -> None:
    """Show a company, or change it as one step."""
    database = open_begun(context)
    from tracker.companies import edit_company, require_company_id, view_company

    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
    change_set = None
    if any(value is not None for value in (name, tier, limit, remark, note, links)):
        with database.change(_("{company}: edited").format(company=shown), now=context.now) as session:
            edit_company(
                session,
                company_id=company_id,
                name=name,
                tier=tier,
                most_applications=limit,
                annotation=remark,
                note=note,
                links=links,
            )
        change_set = session.info["change_set_id"]
    _show(database, company_id, change_set, as_json=as_json)


@command(
    "alias",
    summary=_("Give a company another name to be found and imported by, or take one away."),
    shape=SHAPE,
)
@click.argument("company")
@click.argument("name")
@click.option("--remove", is_flag=True, help=_("Take the name away."))
@json_option()
def alias(context: Context, company: str, name: str, *, remove: bool, as_json: bool) -> None:
    """Add or remove another name as one step."""
    database = open_begun(context)
    from tracker.companies import add_alias, remove_alias, require_company_id, view_company

    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
    title = _("{company}: no more «{name}»") if remove else _("{company}: also «{name}»")
    with database.change(title.format(company=shown, name=name), now=context.now) as session:
        if remove:
            remove_alias(session, company_id=company_id, name=name)
        else:
            add_alias(session, company_id=company_id, name=name)
    _show(database, company_id, session.info["change_set_id"], as_json=as_json)


def _show(database: "Database", company_id: int, change_set: int | None, *, as_json: bool) -> None:
    from tracker.companies import view_company

    with database.read() as session:
        view = view_company(session, company_id)
    if as_json:
        print_json(_as_json(view, change_set))
        return
    say(" · ".join(filter(None, (view.name, view.tier, view.annotation))))
    if view.aliases:
        say(_("also: {names}").format(names=" / ".join(view.aliases)))
    if view.most_applications is not None:
        say(_("positions within a batch: {limit}").format(limit=view.most_applications))
    for text in filter(None, (view.links, view.note)):
        say(text)
    if change_set is not None:
        say(_("ashore undo takes it back."))


def _as_json(view: "CompanyView", change_set: int | None) -> dict[str, object]:
    return {
        "change_set": change_set,
        "name": view.name,
        "tier": view.tier or None,
        "aliases": list(view.aliases),
        "annotation": view.annotation,
        "limit": view.most_applications,
        "links": view.links.splitlines(),
        "note": view.note,
        "applications": view.applications,
    }
