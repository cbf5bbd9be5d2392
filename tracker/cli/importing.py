"""``ashore import``: notes, lists and logs, or an export of everything, into the database."""

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.choosing_lines import CorrectionOption
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, is_begun, open_to_write
from tracker.cli.output import print_json, say
from tracker.errors import RefusedError
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prep.notes.corrections import LineCorrection
    from tracker.db import Database

HEAD = 4096
"""Bytes of a file that tell whether it is an export of everything."""

SHAPE = """{"files":[{"path","kind","encoding","companies","applications","events","questions","answered","unanswered",
"asked","attempts","introductions","prompts","unchanged","updated","orphaned","removed_characters","lines","coverage",
"styles":[{"name","reason","line","questions"}],
"corrections":[{"id","line","text","verdict","style"}],
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
@click.option(
    "--correct",
    "said",
    multiple=True,
    type=CorrectionOption(),
    help=_(
        "What a line of the one file is: LINE=question, not-question, answer (of the question above) or style:NAME"
        " (how its part is written). It is kept for the next import; ashore corrections lists all."
    ),
)
@click.option(
    "--all", "in_full", is_flag=True, help=_("List every line that was not understood, and every file in full.")
)
@click.option("--reread", is_flag=True, help=_("Read files again that are as they were at their last import, too."))
@click.option("--dry-run", is_flag=True, help=_("Show line by line what would change, and write nothing."))
@json_option()
def import_notes(
    context: Context,
    files: tuple[Path, ...],
    kind: str,
    company: str,
    year: int | None,
    *,
    said: "tuple[LineCorrection, ...]",
    in_full: bool,
    reread: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import the files."""
    if any(_is_export(path) for path in files):
        _import_everything(context, files, dry_run=dry_run, as_json=as_json)
        return
    from prep.importing import import_files
    from tracker.cli.import_report import file_as_json, show_left_out, show_report
    from tracker.imports.folders import expand_paths

    expanded = expand_paths(files)
    if said and len(expanded.paths) > 1:
        raise RefusedError(_("Corrections name lines of one file; import that file alone."))
    with _database(context, expanded.paths, dry_run=dry_run) as database:
        report = import_files(
            database,
            expanded.paths,
            now=context.now,
            zone=context.zone,
            kind=kind,
            company=company,
            year=year,
            reread=reread,
            dry_run=dry_run,
            backups=context.backups,
            corrections=dict.fromkeys(expanded.paths, said) if said else None,
        )
    if as_json:
        document: dict[str, Any] = {"files": [file_as_json(file) for file in report.files]}
        if expanded.left_out:
            document["left_out"] = [{"path": str(entry.path), "reason": entry.reason} for entry in expanded.left_out]
        print_json({**document, "change_set": report.change_set})
    else:
        show_report(report, dry_run=dry_run, in_full=in_full)
        show_left_out(expanded.left_out)


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
