"""``ashore import``: notes, lists and logs, or an export of everything, into the database."""

import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, open_to_write
from tracker.cli.output import print_json, say
from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.words import reason_word, subject_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prep.importing.report import FileReport, ImportReport, PlannedChange
    from tracker.db import Database
    from tracker.imports.folders import ExpandedPaths, LeftOut

HEAD = 4096
"""Bytes of a file that tell whether it is an export of everything."""

LISTED = ("not-understood",)
"""Reasons for which a skipped line is listed and not only counted."""

SHAPE = """{"files":[{"path","kind","encoding","companies","applications","events","questions","answered","asked",
"attempts","introductions","prompts","unchanged","updated","orphaned","removed_characters",
"skipped":[{"line","text","reason"}],
"review":[{"line","text","proposal","confidence","kind","subject","other"}],
"changes":[{"line","action","subject","text"}]}],"change_set"}

Of a folder, with what was not read: {"files":[…],"left_out":[{"path","reason"}],"change_set"}
For an export of everything: {"files":[{"path","kind":"everything","rows"}],"change_set"}"""


@command(
    "import",
    summary=_(
        "Import files as one step that undo takes back. Importing a file again changes only what was edited in it;"
        " what you changed here stays. Files are Markdown or text; of a folder, all of them are read; an export of"
        " everything is read into an empty database."
    ),
    shape=SHAPE,
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "kind", default="auto", metavar="KIND", help=_("What to look for: auto, notes or hunt."))
@click.option("--company", default="", metavar="NAME", help=_("The company at which the questions were asked."))
@click.option("--year", type=click.IntRange(1970, 2200), help=_("The year of dates that name none."))
@click.option("--dry-run", is_flag=True, help=_("Show line by line what would change, and write nothing."))
@json_option()
def import_notes(
    context: Context,
    files: tuple[Path, ...],
    kind: str,
    company: str,
    year: int | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import the files."""
    exports = [path for path in files if _is_export(path)]
    if exports:
        _import_everything(context, files, dry_run=dry_run, as_json=as_json)
        return
    from prep.importing import import_files

    expanded = _expanded(files)
    with _database(context, expanded.paths, dry_run=dry_run) as database:
        report = import_files(
            database,
            expanded.paths,
            now=context.now,
            zone=context.zone,
            kind=kind,
            company=company,
            year=year,
            dry_run=dry_run,
            backups=context.backups,
        )
    if as_json:
        document: dict[str, Any] = {"files": [_as_json(file) for file in report.files]}
        if expanded.left_out:
            document["left_out"] = [{"path": str(entry.path), "reason": entry.reason} for entry in expanded.left_out]
        print_json({**document, "change_set": report.change_set})
    else:
        _show(report, dry_run=dry_run)
        _show_left_out(expanded.left_out)


def _expanded(files: tuple[Path, ...]) -> "ExpandedPaths":
    """The files, those of folders among them.

    Raises:
        RefusedError: a folder holds nothing to read.
    """
    from tracker.imports.folders import expand_paths

    expanded = expand_paths(files)
    for folder in filter(Path.is_dir, files):
        if not any(folder in path.parents for path in expanded.paths):
            sentence = _("{path}: there are no notes in this folder; notes are Markdown or text files.")
            raise RefusedError(sentence.format(path=folder))
    return expanded


@contextmanager
def _database(context: Context, files: tuple[Path, ...], *, dry_run: bool) -> "Iterator[Database]":
    """The database; when there is none yet it is made only for files that can be read, and not for a dry run."""
    if is_begun(context):
        yield open_to_write(context)
    elif dry_run:
        from prep.storage import open_database

        with tempfile.TemporaryDirectory(prefix="ashore-dry-run-") as folder:
            yield open_database(Path(folder) / "empty.db", now=context.now)
    else:
        from tracker.imports.document import read_document

        for path in files:
            read_document(path)
        yield open_to_write(context)


def _is_export(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(HEAD).lstrip()
    except (OSError, ValueError):
        return False
    return head.startswith(b"{") and (b'"ashore-everything"' in head or path.suffix.lower() == ".json")


def _import_everything(context: Context, files: tuple[Path, ...], *, dry_run: bool, as_json: bool) -> None:
    from tracker.imports.everything import import_everything, read_everything

    if len(files) > 1 or dry_run:
        raise RefusedError(_("An export of everything is imported alone, into an empty database, without --dry-run."))
    document = read_everything(files[0])
    database = open_to_write(context)
    name = _("Import of {names}").format(names=files[0].name)
    with database.change(name, now=context.now, kind="import") as session:
        rows = import_everything(session, document)
    change_set = session.info["change_set_id"]
    if as_json:
        entry = {"path": str(files[0]), "kind": "everything", "rows": rows}
        print_json({"files": [entry], "change_set": change_set})
    else:
        say(ngettext("{n} row was read.", "{n} rows were read.", rows).format(n=rows))


def _as_json(file: "FileReport") -> dict[str, Any]:
    return {
        "path": file.path,
        "kind": file.kind,
        "encoding": file.encoding,
        "companies": file.companies,
        "applications": file.applications,
        "events": file.events,
        "questions": file.questions,
        "answered": file.answered,
        "asked": file.asked,
        "attempts": file.attempts,
        "introductions": file.introductions,
        "prompts": file.prompts,
        "unchanged": file.unchanged,
        "updated": file.updated,
        "orphaned": file.orphaned,
        "removed_characters": file.removed_characters,
        "skipped": [{"line": entry.line, "text": entry.text, "reason": entry.reason} for entry in file.skipped],
        "review": [
            {
                "line": entry.line,
                "text": entry.text,
                "proposal": entry.proposal,
                "confidence": entry.confidence,
                "kind": entry.kind,
                "subject": entry.subject,
                "other": entry.other,
            }
            for entry in file.review
        ],
        "changes": [
            {"line": change.line, "action": change.action, "subject": change.subject, "text": change.text}
            for change in file.changes
        ],
    }


def _show(report: "ImportReport", *, dry_run: bool) -> None:
    for file in report.files:
        say(f"{file.path} ({file.encoding})")
        for line in (*_counts(file), *_left(file)):
            say(f"  {line}")
        if dry_run:
            for change in file.changes:
                if change.action != "unchanged":
                    say(f"  {_change_line(change)}")
    if dry_run:
        say(_("Nothing was written."))
    elif report.change_set is None:
        say(_("Nothing changed."))
    else:
        say(_("Written as step {number}; ashore undo takes it back.").format(number=report.change_set))


def _show_left_out(left_out: "Sequence[LeftOut]") -> None:
    from tracker.imports.folders import reason_words

    if left_out:
        reasons = Counter(entry.reason for entry in left_out)
        shown = _(", ").join(f"{reason_words(reason)} {number}" for reason, number in reasons.most_common())
        say(_("left out of the folders: {counts}").format(counts=shown))


def _counts(file: "FileReport") -> list[str]:
    counted = (
        (_("companies"), file.companies),
        (_("applications"), file.applications),
        (_("events"), file.events),
        (_("questions"), file.questions),
        (_("of them answered"), file.answered if file.questions else 0),
        (_("asked there"), file.asked),
        (_("practices"), file.attempts),
        (_("introductions"), file.introductions),
        (_("interviewer prompts"), file.prompts),
    )
    shown = _(", ").join(f"{word} {number}" for word, number in counted if number)
    lines = [_("new: {counts}").format(counts=shown)] if shown else []
    if file.updated or file.unchanged:
        again = _("updated: {updated}, unchanged: {unchanged}")
        lines.append(again.format(updated=file.updated, unchanged=file.unchanged))
    if file.orphaned:
        lines.append(_("not in the file any more, kept here: {n}").format(n=file.orphaned))
    if file.removed_characters:
        lines.append(_("control characters removed: {n}").format(n=file.removed_characters))
    return lines


def _left(file: "FileReport") -> list[str]:
    """The lines that became nothing, and those that the person decides."""
    lines = []
    reasons = Counter(entry.reason for entry in file.skipped)
    if reasons:
        shown = _(", ").join(f"{reason_word(reason)} {number}" for reason, number in reasons.most_common())
        lines.append(_("lines skipped: {counts}").format(counts=shown))
    lines += [
        _("line {line}: {text}").format(line=entry.line, text=entry.text)
        for entry in file.skipped
        if entry.reason in LISTED
    ]
    if file.review:
        lines.append(_("for you to decide: {n} (ashore review)").format(n=len(file.review)))
    return lines


def _change_line(change: "PlannedChange") -> str:
    mark = {"add": "+", "update": "~", "orphan": "?"}.get(change.action, change.action)
    return _("line {line}: {text}").format(
        line=change.line, text=f"{mark} {subject_word(change.subject)} {change.text}"
    )
