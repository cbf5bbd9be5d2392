"""``ashore export``, ``backup``, ``restore`` and ``doctor``: nothing is lost."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, nothing_yet, open_begun
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.words import backup_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.backups import BackupInfo
    from tracker.db import Database

HEAD = 200
"""Bytes of a file that tell whether it is an export that another may replace."""
MARKS = (b'"ashore-everything"', b"PRODID:-//Ashore//", b"ashore: question bank")
"""What stands there in an export of each kind."""
SUFFIXES = {".json": "json", ".ics": "ics", ".ical": "ics", ".md": "markdown", ".markdown": "markdown"}
"""The formats by how a file's name ends."""
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))


@command(
    "export",
    summary=_(
        "Write everything into one JSON file (.json), which ashore import reads into an empty database; rounds, windows"
        " and deadlines into a calendar (.ics) that calendars read again and again; or the question bank into notes"
        " (.md), which ashore import reads back, but for the practice, which only JSON has. Only you can read the file."
    ),
    shape="""{"path","format","rows"}
rows are those of the database, the calendar's events, or the questions; with ics also {"left_out"}: rounds of an
unknown day.""",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(FORMATS), help=_("How it is written; by default as the file's name tells.")
)
@click.option("--topic", metavar="TOPIC", help=_("Of the question bank, this topic with those within it."))
@click.option("--company", metavar="NAME", help=_("Of the question bank, what was asked there or answered for it."))
@click.option("--unanswered", is_flag=True, help=_("Of the question bank, what has no answer yet."))
@click.option("--force", is_flag=True, help=_("Replace a file that is no export."))
@json_option()
def export(
    context: Context,
    path: Path,
    style: str | None,
    topic: str | None,
    company: str | None,
    *,
    unanswered: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write the export."""
    chosen = style or _format_of(path)
    if chosen != "markdown" and (topic or company or unanswered):
        raise RefusedError(_("Only the question bank can be exported in part: name a file that ends in .md."))
    database = open_begun(context)
    if not force:
        _refuse_stranger(path)
    if chosen == "ics":
        _export_calendar(database, path, context, as_json=as_json)
        return
    with database.read() as session:
        if chosen == "markdown":
            rows = _write_bank(session, path, context, topic=topic, company=company, unanswered=unanswered)
            counted = ngettext("{n} question written to {path}.", "{n} questions written to {path}.", rows)
        else:
            from tracker.exports.everything import write_everything

            rows = write_everything(session, path, now=context.now)
            counted = ngettext("{n} row written to {path}.", "{n} rows written to {path}.", rows)
    if as_json:
        print_json({"path": str(path), "format": chosen, "rows": rows})
    else:
        say(counted.format(n=rows, path=path))


def _format_of(path: Path) -> str:
    """The format that a file's name tells.

    Raises:
        RefusedError: it tells none.
    """
    found = SUFFIXES.get(path.suffix.casefold())
    if found is None:
        sentence = _("{path}: the name does not say what to write; end it in {suffixes}, or say --format.")
        raise RefusedError(sentence.format(path=path, suffixes=".json, .ics, .md"))
    return found


def _write_bank(
    session: "Session", path: Path, context: Context, *, topic: str | None, company: str | None, unanswered: bool
) -> int:
    from prep.exporting import write_bank
    from prep.topics import require_topic, topic_paths
    from tracker.companies import require_company_id

    within = topic_paths(session)[require_topic(session, topic)] if topic else ()
    company_id = require_company_id(session, company) if company else None
    return write_bank(session, path, zone=context.zone, topic=within, company_id=company_id, unanswered=unanswered)


def _export_calendar(database: "Database", path: Path, context: Context, *, as_json: bool) -> None:
    from tracker.exports.calendar import write_calendar
    from tracker.exports.calendar_identity import keep_identity

    identity = keep_identity(database, now=context.now)
    with database.read() as session:
        written = write_calendar(session, path, identity=identity, now=context.now, zone=context.zone)
    if as_json:
        document = {"path": str(path), "format": "ics", "rows": written.events, "left_out": written.left_out}
        print_json(document)
        return
    count = ngettext("{n} event written to {path}.", "{n} events written to {path}.", written.events)
    say(count.format(n=written.events, path=path))
    if written.left_out:
        sentence = ngettext(
            "{n} round of which only the month is known was left out.",
            "{n} rounds of which only the month is known were left out.",
            written.left_out,
        )
        tell(sentence.format(n=written.left_out))


def _refuse_stranger(path: Path) -> None:
    """Notes and databases are not overwritten by a slip of the hand."""
    try:
        with path.open("rb") as file:
            beginning = file.read(HEAD)
    except OSError:
        return
    if not any(mark in beginning for mark in MARKS):
        raise RefusedError(
            _("{path} is there already and is no export; name another file, or say --force.").format(path=path)
        )


@command(
    "backup",
    summary=_("Make a backup that is reopened and compared before it counts."),
    shape='{"path","made_at","reason","digest","size"}',
)
@json_option()
def backup(context: Context, *, as_json: bool) -> None:
    """Make one backup."""
    if not is_begun(context):
        raise RefusedError(nothing_yet())
    from tracker.backups import back_up

    made = back_up(context.path, folder=context.backups, now=context.now, reason="asked")
    if as_json:
        print_json(_backup_json(made, context))
    else:
        say(_("Backed up and compared: {path}").format(path=made.path))


def _backup_json(made: "BackupInfo", context: Context) -> dict[str, object]:
    return {
        "path": str(made.path),
        "made_at": as_iso(made.made_at, "minute", context.zone),
        "reason": made.reason,
        "digest": made.digest,
        "size": made.size,
    }


@command(
    "restore",
    summary=_(
        "Put a backup in place of what is there, which is backed up first: the newest one, or the one that is named."
    ),
    shape="""{"restored":{"path","made_at","reason","digest","size"},"before":{…}}
before is the backup of what was there, or null; for a file that is no backup of ours, only path is known.
With --list: [{"path","made_at","reason","digest","size"}]""",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "is_list", is_flag=True, help=_("List the backups, the newest first, and restore nothing."))
@json_option()
def restore(context: Context, file: Path | None, *, is_list: bool, as_json: bool) -> None:
    """Restore one backup, or list them."""
    from tracker.backups import list_backups
    from tracker.restoring import restore as put_back

    known = list_backups(context.backups)
    if is_list:
        _show_backups(known, context, as_json=as_json)
        return
    if file is None and not known:
        raise RefusedError(_("There is no backup in {folder} yet.").format(folder=context.backups))
    chosen = _newest(known) if file is None else _found(file, context)
    before = put_back(context.path, backup=chosen, folder=context.backups, now=context.now)
    if as_json:
        info = next((item for item in known if item.path.absolute() == chosen.absolute()), None)
        print_json(
            {
                "restored": _backup_json(info, context) if info else {"path": str(chosen)},
                "before": _backup_json(before, context) if before else None,
            }
        )
        return
    say(_("Restored: {path}").format(path=chosen))
    if before is not None:
        say(_("What was there: {path}").format(path=before.path))


def _newest(known: tuple["BackupInfo", ...]) -> Path:
    """The backup made last; of two that name the same second (a fixed clock), the one written last."""
    return max(known, key=lambda item: (item.made_at, item.path.stat().st_mtime_ns)).path


def _found(file: Path, context: Context) -> Path:
    """The file as named, or of that name in the folder of backups."""
    beside = context.backups / file
    return beside if not file.exists() and beside.exists() else file


def _show_backups(known: tuple["BackupInfo", ...], context: Context, *, as_json: bool) -> None:
    if as_json:
        print_json([_backup_json(item, context) for item in known])
    else:
        print_table(
            (_("made"), _("why"), _("bytes"), _("file")),
            [
                (
                    f"{item.made_at.astimezone(context.zone):%Y-%m-%d %H:%M}",
                    backup_word(item.reason),
                    item.size,
                    item.path.name,
                )
                for item in known
            ],
            numbers=(2,),
        )


@command(
    "doctor",
    summary=_(
        "Examine the database: every page, every reference, the change log replayed, what is derived from it,"
        " permissions, and the newest backup restored aside. Exit status 1 when something is wrong."
    ),
    shape='[{"name","ok","repaired","sentence"}]',
)
@click.option(
    "--repair", is_flag=True, help=_("Write derived tables anew and take others' rights away; rows are never changed.")
)
@json_option()
def doctor(context: Context, *, repair: bool, as_json: bool) -> None:
    """Print the findings."""
    from prep.examining import examine_database

    findings = examine_database(context.path, backups=context.backups, now=context.now, repair=repair)
    if as_json:
        print_json(
            [
                {"name": item.name, "ok": item.ok, "repaired": item.repaired, "sentence": item.sentence}
                for item in findings
            ]
        )
    else:
        for item in findings:
            say(f"{_('ok') if item.ok else _('WRONG')}  {item.sentence}")
    if not all(item.ok for item in findings):
        click.get_current_context().exit(1)
