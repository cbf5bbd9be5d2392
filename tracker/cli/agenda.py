"""``ashore agenda``: what is due. Read without the ORM, for it stands in shell prompts."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from tracker.agenda import Agenda, AgendaEntry, AgendaKind, load_agenda
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_to_write
from tracker.cli.output import as_iso, print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.schema import SCHEMA_VERSION, schema_version
from tracker.stages import Precision

if TYPE_CHECKING:
    from tracker.settings import SilenceLimits

VIEWS = ("list", "day", "week", "month")
KINDS = {str(kind).replace("_", "-"): kind for kind in AgendaKind}
USUAL_PERIOD = timedelta(days=7)
MOST_DAYS = 3660
"""The longest period: ten years."""
EARLIEST, LATEST = 1900, 2200
"""Years of a hunt."""
_UNITS = {
    "m": "minutes",
    "min": "minutes",
    "分钟": "minutes",
    "h": "hours",
    "小时": "hours",
    "d": "days",
    "天": "days",
    "日": "days",
    "w": "weeks",
    "周": "weeks",
}


@command(
    "agenda",
    summary=_(
        "Show what is due: rounds, windows, deadlines, offers to answer, checklist items, and applications that were"
        " silent for too long"
        " (see [silence] in config.toml). With --quiet it suits a shell prompt or cron."
    ),
    shape="""{"begin","end","entries":[{"key","kind","application","company","tier","position","stage","phase","text",
"at","ends_at","precision","timezone","said_at","place","link","round","item","blocking","overdue",
"silent_days","in_pool","clashes":[key]}],"clashes":[{"first","second","kind","free_minutes"}]}
kind is round, window, deadline, answer (an offer), sign (an agreement), item or follow_up; key stays
the same through edits.
What is only due (deadline, answer, sign, item) has ends_at and no at. Times are as exact as they are known; said_at is
the same moment in timezone, when clocks there differ from yours. A clash is an overlap of two rounds, or a
window of which no more than free_minutes are free at a stretch; second is then null when time alone ran out.""",
)
@click.option(
    "--within",
    "period",
    default="",
    metavar="PERIOD",
    help=_("How far ahead: 24h, 7d, 2w. Follow-ups, which have no time, are then left out."),
)
@click.option("--from", "start", default="", metavar="DATE", help=_("From this day on: 2026-04-01, 4.1, tomorrow."))
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="list",
    help=_("A whole calendar day, week or month, or a list from now on (as by default)."),
)
@click.option("--kind", "kinds", type=click.Choice(tuple(KINDS)), multiple=True, help=_("Only this kind, or these."))
@click.option("--quiet", is_flag=True, help=_("Print nothing when nothing is due, and exit with status 1."))
@click.option("--notify", is_flag=True, help=_("Tell it by a desktop notification too."))
@json_option()
def agenda(
    context: Context,
    period: str,
    start: str,
    view: str,
    kinds: tuple[str, ...],
    *,
    quiet: bool,
    notify: bool,
    as_json: bool,
) -> None:
    """Print the agenda."""
    if period and view != "list":
        raise click.UsageError(_("--within goes with a list, not with --view {view}.").format(view=view))
    now = context.now
    begin, end = _period(period, start, view, now=now)
    wanted = frozenset(KINDS[name] for name in kinds) or _usual_kinds(is_limited=bool(period))
    found = read_agenda(context, begin=begin, end=end, wanted=wanted)
    if not found.entries and quiet:
        click.get_current_context().exit(1)
    if as_json:
        print_json(_document(found, begin, end, context))
    else:
        _print(found, context)
    if notify and found.entries:
        _notify(found, now)


def _usual_kinds(*, is_limited: bool) -> frozenset[AgendaKind]:
    every = frozenset(AgendaKind)
    return every - {AgendaKind.FOLLOW_UP} if is_limited else every


def read_agenda(context: Context, *, begin: datetime, end: datetime, wanted: frozenset[AgendaKind]) -> Agenda:
    """The entries of some kinds in a period; follow-ups belong to a period that holds the present.

    Raises:
        DatabaseRefusedError: the file is not ours, damaged, or from a newer version; it was not touched.
    """
    now = context.now
    version = schema_version(context.path)
    if not version:
        return Agenda()
    if version < SCHEMA_VERSION:
        open_to_write(context)
    limits = _limits(context) if AgendaKind.FOLLOW_UP in wanted and begin <= now < end else None
    try:
        found = load_agenda(context.path, now=now, begin=begin, end=end, limits=limits)
    except sqlite3.Error as error:
        from tracker.db import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise sentence from error
    entries = tuple(entry for entry in found.entries if entry.kind in wanted)
    keys = {entry.key for entry in entries}
    return Agenda(entries, tuple(clash for clash in found.clashes if keys & {clash.first, clash.second}))


def _limits(context: Context) -> "SilenceLimits":
    from tracker.settings import load_settings

    return load_settings(context.settings_path).silence


def _period(period: str, start: str, view: str, *, now: datetime) -> tuple[datetime, datetime]:
    """From when until when, in the local zone.

    Raises:
        RefusedError: the period or the day cannot be read.
    """
    begin = _first_day(start, now) if start else now
    if view == "list":
        return begin, _later(begin, _length(period) if period else USUAL_PERIOD)
    day = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    if view == "day":
        return day, day + timedelta(days=1)
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _first_day(text: str, now: datetime) -> datetime:
    try:
        day = datetime.fromisoformat(text.strip())
    except ValueError:
        from tracker.when import parse_when

        moment = parse_when(text, now=now, direction="nearest")
        if moment is None or moment.precision == Precision.UNKNOWN:
            raise RefusedError(_("«{text}» is no day that can be read.").format(text=text[:40])) from None
        day = moment.start
    if not EARLIEST <= day.year <= LATEST:
        raise RefusedError(_("«{text}» is no day that can be read.").format(text=text[:40]))
    return day.replace(tzinfo=now.tzinfo) if day.tzinfo is None else day.astimezone(now.tzinfo)


def _length(text: str) -> timedelta:
    plain = text.strip().casefold()
    number = plain.rstrip("".join(_UNITS)).rstrip()
    unit = plain.removeprefix(number).lstrip()
    if not (number.isdecimal() and number.isascii() and unit in _UNITS):
        raise RefusedError(_("«{text}» is no period; say 24h, 7d or 2w.").format(text=text[:40]))
    try:
        length = timedelta(**{_UNITS[unit]: int(number)})
    except (OverflowError, ValueError):
        length = timedelta.max
    if not timedelta(0) < length <= timedelta(days=MOST_DAYS):
        raise RefusedError(_("«{text}» is no period; say 24h, 7d or 2w.").format(text=text[:40]))
    return length


def _later(begin: datetime, length: timedelta) -> datetime:
    """So much later by the clock on the wall for whole days, by the stopwatch for hours."""
    if length % timedelta(days=1):
        return (begin.astimezone(UTC) + length).astimezone(begin.tzinfo)
    return begin + length


def _print(found: Agenda, context: Context) -> None:
    from tracker.cli.agenda_lines import agenda_lines

    if found.entries:
        say("\n".join(agenda_lines(found, now=context.now)))
    elif schema_version(context.path):
        tell(_("Nothing is due."))
    else:
        tell(nothing_yet())


def _document(found: Agenda, begin: datetime, end: datetime, context: Context) -> dict[str, object]:
    return {
        "begin": as_iso(begin, Precision.MINUTE, context.zone),
        "end": as_iso(end, Precision.MINUTE, context.zone),
        "entries": [entry_json(entry, context) for entry in found.entries],
        "clashes": [
            {
                "first": clash.first,
                "second": clash.second or None,
                "kind": clash.kind,
                "free_minutes": clash.free_minutes,
            }
            for clash in found.clashes
        ],
    }


def entry_json(entry: AgendaEntry, context: Context) -> dict[str, object]:
    """One entry with stable names."""
    return {
        "key": entry.key,
        "kind": str(entry.kind),
        "application": entry.application_id,
        "company": entry.company,
        "tier": entry.tier or None,
        "position": entry.position,
        "stage": entry.stage,
        "phase": entry.phase,
        "text": entry.text,
        "at": _iso(entry.starts_at, entry.precision, context),
        "ends_at": _iso(entry.ends_at, entry.precision, context),
        "precision": str(entry.precision),
        "timezone": entry.timezone or None,
        "said_at": entry.said_at.isoformat(timespec="seconds") if entry.said_at else None,
        "place": entry.place,
        "link": entry.link,
        "round": entry.round_id,
        "item": entry.item_id,
        "blocking": entry.blocking,
        "overdue": entry.overdue,
        "silent_days": entry.silent_days,
        "in_pool": entry.in_pool,
        "clashes": list(entry.clashes),
    }


def _iso(moment: datetime | None, precision: str, context: Context) -> str | None:
    # A day of the agenda stands at its local midnight, not at that of UTC.
    is_day = moment is not None and precision != Precision.MINUTE
    return as_iso(moment.replace(tzinfo=None) if moment is not None and is_day else moment, precision, context.zone)


def _notify(found: Agenda, now: datetime) -> None:
    from tracker.cli.agenda_lines import notification_of
    from tracker.notifications import send_notification

    send_notification(*notification_of(found.entries, now=now))
