"""``ashore follow-ups``: applications that were silent for too long, listed and resolved."""

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import click

from tracker.agenda import AgendaEntry, AgendaKind
from tracker.board import load_rows
from tracker.cli.agenda import entry_json, read_agenda
from tracker.cli.agenda_lines import follow_up_lines
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, nothing_yet, open_begun
from tracker.cli.output import print_json, say, tell
from tracker.cli.standings import describe
from tracker.errors import RefusedError
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from tracker.board import BoardRow
    from tracker.follow_ups import Resolution


@command(
    "follow-ups",
    summary=_(
        "List applications silent for longer than your limits ([silence] in config.toml), or resolve some of them:"
        " by their ids, or by the name of a company, which means all its silent ones. Several at once are one step."
    ),
    shape="""[{"application","company","tier","position","stage","phase","silent_days","in_pool",…}]
as the entries of ashore agenda. With --ask, --pool or --close:
{"change_set","name","resolved":[{"application","company","before","after"}]}
before and after are {"stage","phase","outcome","in_pool","since"}.""",
)
@click.argument("which", nargs=-1, metavar="[ID|COMPANY]…")
@click.option("--ask", "how", flag_value="ask", help=_("You asked how it stands: the days are counted anew."))
@click.option("--pool", "how", flag_value="pool", help=_("Keep them in the pool (泡池子)."))
@click.option("--close", "how", flag_value="close", help=_("Close them: rejected, by silence."))
@json_option()
def follow_ups(
    context: Context, which: tuple[str, ...], how: Literal["ask", "pool", "close"] | None, *, as_json: bool
) -> None:
    """List silent applications, or resolve some."""
    if how is not None:
        _resolve(context, which, how, as_json=as_json)
        return
    if which:
        raise click.UsageError(_("Say what to do with them: --ask, --pool or --close."))
    found = _silent(context)
    if as_json:
        print_json([entry_json(entry, context) for entry in found])
    elif found:
        say("\n".join(follow_up_lines(found)))
    else:
        tell(_("Nothing was silent for too long.") if is_begun(context) else nothing_yet())


def _silent(context: Context) -> tuple[AgendaEntry, ...]:
    now = context.now
    # Follow-ups have no time: any period that holds the present has them all.
    return read_agenda(context, begin=now, end=now + timedelta(minutes=1), wanted=_ONLY).entries


_ONLY = frozenset({AgendaKind.FOLLOW_UP})


def _resolve(context: Context, which: tuple[str, ...], how: "Resolution", *, as_json: bool) -> None:
    database = open_begun(context)
    from tracker.follow_ups import resolve_follow_ups, step_name

    silent = _silent(context)
    with database.read() as session:
        ids = [number for name in which for number in _ids(session, name, silent)]
    rows = load_rows(context.path, ids)
    _refuse_ended(ids, rows)
    name = step_name(how, [rows[number].company for number in ids if number in rows])
    with database.change(name, now=context.now) as session:
        resolved = resolve_follow_ups(session, application_ids=ids, how=how, now=context.now)
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "name": name,
                "resolved": [
                    {
                        "application": moved.application_id,
                        "company": moved.company,
                        "before": describe(moved.before, zone=context.zone),
                        "after": describe(moved.after, zone=context.zone),
                    }
                    for moved in resolved
                ],
            }
        )
        return
    count = ngettext("{n} application", "{n} applications", len(resolved)).format(n=len(resolved))
    say(f"{name} ({count})")
    say(_("ashore undo takes it back."))


def _refuse_ended(ids: list[int], rows: "Mapping[int, BoardRow]") -> None:
    """Refuse what cannot be silent, by its name: nothing is written for the others either.

    Raises:
        RefusedError: a number is that of no application, or of one that ended.
    """
    missing = [f"#{number}" for number in ids if number not in rows]
    if missing:
        raise RefusedError(
            _("There is no application {numbers}; ashore applications shows the numbers.").format(
                numbers=_(", ").join(missing)
            )
        )
    ended = [f"#{number} {rows[number].company}" for number in ids if not rows[number].active]
    if ended:
        raise RefusedError(_("{names}: ended already; nothing was written.").format(names=_(", ").join(ended)))


def _ids(session: "Session", name: str, silent: tuple[AgendaEntry, ...]) -> list[int]:
    """The application of an id, or the silent ones of a company."""
    if name.isascii() and name.isdecimal():
        return [int(name)]
    from tracker.companies import require_company_id

    company_id = require_company_id(session, name)
    found = [entry.application_id for entry in silent if entry.company_id == company_id]
    if not found:
        raise RefusedError(
            _("{company} was not silent for too long; name the application by its id.").format(company=name)
        )
    return found
