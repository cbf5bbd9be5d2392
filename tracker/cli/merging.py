"""``ashore merge`` and ``ashore duplicates``: companies that are one."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from tracker.db import Database
    from tracker.merging import Merged
    from tracker.suggestions import Suggestion

INTO = frozenset({"into", "to", "->", "→", "进", "并入", "到"})
"""Words that may stand between the two names."""


@command(
    "merge",
    summary=_(
        "Merge one company into another: ashore merge 海康 into 海康威视. Its applications, contacts, questions and"
        " notes move, and its name stays as another name of the second."
    ),
    shape='{"change_set","company","merged","applications","absorbed","differences"}',
)
@click.argument("names", nargs=-1, required=True, metavar="COMPANY [into] OTHER")
@json_option()
def merge(context: Context, names: tuple[str, ...], *, as_json: bool) -> None:
    """Merge two companies as one step."""
    wanted = [name for at, name in enumerate(names) if not (at == 1 and name.casefold() in INTO)]
    if len(wanted) != 2:  # noqa: PLR2004 - one into the other
        raise click.UsageError(_("Name two companies: the one that goes, and the one that stays."))
    database = open_begun(context)
    from tracker.companies import require_company_id

    with database.read() as session:
        from_id, into_id = (require_company_id(session, name) for name in wanted)
    _merge(database, context, from_id, into_id, as_json=as_json)


def _merge(database: "Database", context: Context, from_id: int, into_id: int, *, as_json: bool) -> None:
    from tracker.companies import company_row
    from tracker.merging import merge_companies

    with database.read() as session:
        names = [company_row(session, company_id).name for company_id in (from_id, into_id)]
    name = _("{company} merged into {other}").format(company=names[0], other=names[1])
    with database.change(name, now=context.now) as session:
        merged = merge_companies(session, from_id=from_id, into_id=into_id)
    if as_json:
        print_json(_merged_json(merged, session.info["change_set_id"]))
    else:
        for sentence in (merged.sentence, *merged.remarks):
            say(sentence)
        say(_("ashore undo takes it back."))


def _merged_json(merged: "Merged", change_set: int | None) -> dict[str, object]:
    return {
        "change_set": change_set,
        "company": merged.name,
        "merged": merged.merged_name,
        "applications": merged.applications,
        "absorbed": merged.absorbed,
        "differences": list(merged.differences),
    }


@command(
    "duplicates",
    summary=_(
        "List companies that may be one: known other names, pinyin, a part of the other's name, a slip of the keys."
        " Nothing is merged until you say so."
    ),
    shape="""[{"id","from","into","likeness","reason","confidence"}]
With --merge: as ashore merge; with --dismiss: {"change_set","id"}""",
)
@click.option(
    "--merge", "merged", metavar="ID", help=_("Merge a pair as it is listed; 42-17 is 17-42 the other way round.")
)
@click.option("--dismiss", "dismissed", metavar="ID", help=_("They are two: do not list the pair again."))
@json_option()
def duplicates(context: Context, merged: str | None, dismissed: str | None, *, as_json: bool) -> None:
    """Print the likely pairs, merge one, or remember that it is none."""
    if merged is not None and dismissed is not None:
        raise click.UsageError(_("Merge a pair or dismiss it, not both."))
    if merged is not None:
        database = open_begun(context)
        _merge(database, context, *_listed_pair(database, merged), as_json=as_json)
    elif dismissed is not None:
        _dismiss(context, dismissed, as_json=as_json)
    else:
        _list(context, as_json=as_json)


def _listed_pair(database: "Database", text: str) -> tuple[int, int]:
    """The two companies of an id that is listed, in the order of the id.

    Raises:
        RefusedError: it is no id, or not listed: a slip of the keys must not merge two strangers.
    """
    from tracker.suggestions import read_pair, suggest_merges

    pair = read_pair(text)
    with database.read() as session:
        listed = {frozenset((one.from_id, one.into_id)) for one in suggest_merges(session)}
    if frozenset(pair) not in listed:
        raise RefusedError(
            _("The pair {id} is not listed. To merge any two: ashore merge COMPANY into OTHER").format(id=text.strip())
        )
    return pair


def _dismiss(context: Context, text: str, *, as_json: bool) -> None:
    database = open_begun(context)
    from tracker.suggestions import put_away_pair

    first_id, second_id = _listed_pair(database, text)
    with database.change(_("Two companies: pair {id}").format(id=text.strip()), now=context.now) as session:
        names = put_away_pair(session, first_id=first_id, second_id=second_id)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "id": text.strip()})
    else:
        say(_("{first} and {second} are two companies.").format(first=names[0], second=names[1]))


def _list(context: Context, *, as_json: bool) -> None:
    database = open_to_read(context)
    found: tuple[Suggestion, ...] = ()
    if database is not None:
        from tracker.suggestions import suggest_merges

        with database.read() as session:
            found = suggest_merges(session)
    if as_json:
        print_json([_as_json(one) for one in found])
    elif not found:
        tell(nothing_yet() if database is None else _("No two companies look like one."))
    else:
        print_table(
            ("id", _("company"), _("into"), _("likely"), _("why")),
            [(one.id, one.from_name, one.into_name, f"{one.confidence:.0%}", one.reason) for one in found],
            numbers=(3,),
        )


def _as_json(one: "Suggestion") -> dict[str, object]:
    return {
        "id": one.id,
        "from": one.from_name,
        "into": one.into_name,
        "likeness": one.likeness,
        "reason": one.reason,
        "confidence": one.confidence,
    }
