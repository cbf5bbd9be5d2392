"""``ashore corrections``: what you said of lines that an import read wrongly."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import print_json, print_table, say, tell
from tracker.messages import _
from tracker.words import verdict_word

if TYPE_CHECKING:
    from prep.corrections import StoredCorrection


@command(
    "corrections",
    summary=_(
        "List what you said of lines that were read wrongly, of all files or of some. The next import of a file heeds"
        " it wherever the line stands then; ashore import FILE --correct says it."
    ),
    shape="""[{"id","path","line","text","verdict","style"}]
With --forget: {"change_set","id"}""",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--forget", "forgotten", type=int, metavar="ID", help=_("Take one back."))
@json_option()
def corrections(context: Context, files: tuple[Path, ...], forgotten: int | None, *, as_json: bool) -> None:
    """Print the corrections, or take one back."""
    if forgotten is not None:
        _forget(context, forgotten, as_json=as_json)
        return
    database = open_to_read(context)
    found: tuple[StoredCorrection, ...] = ()
    if database is not None:
        from prep.corrections import list_corrections

        with database.read() as session:
            found = list_corrections(session, paths=[str(path.resolve()) for path in files])
    if as_json:
        print_json([_as_json(entry) for entry in found])
    elif not found:
        tell(nothing_yet() if database is None else _("You corrected nothing."))
    else:
        print_table(
            ("id", _("file"), _("line"), _("it is"), _("text")),
            [
                (
                    entry.id,
                    Path(entry.path).name,
                    entry.line,
                    verdict_word(entry.verdict, entry.style),
                    entry.text.strip(),
                )
                for entry in found
            ],
            numbers=(0, 2),
        )


def _as_json(entry: "StoredCorrection") -> dict[str, object]:
    return {
        "id": entry.id,
        "path": entry.path,
        "line": entry.line,
        "text": entry.text,
        "verdict": str(entry.verdict),
        "style": entry.style,
    }


def _forget(context: Context, correction_id: int, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.corrections import remove_correction

    name = _("Take back correction {number}").format(number=correction_id)
    with database.change(name, now=context.now) as session:
        found = remove_correction(session, correction_id=correction_id)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "id": found.id})
    else:
        sentence = _("Taken back: {text}. The next import of {file} reads the line by itself again.")
        say(sentence.format(text=found.text.strip(), file=found.path))
