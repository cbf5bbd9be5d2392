"""The message catalogues: collected from the code, merged, compiled. ``make messages`` runs it."""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "data" / "locale" / "zh_CN" / "LC_MESSAGES"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""One date for ever, so that a catalogue only changes with its sentences."""

SINGLE, COUNTED = frozenset({"_", "later"}), "ngettext"
"""The functions whose first argument, or first two, are sentences."""


def collect() -> Catalog:
    """All sentences of the two packages."""
    catalogue = Catalog(project="Ashore", charset="utf-8")
    for package in ("tracker", "prep"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in sentences(path.read_text("utf-8")):
                catalogue.add(message, None, [(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def sentences(source: str) -> Iterator[str | tuple[str, str]]:
    """The sentences of one module, those within f-strings too, which a reader of tokens does not see before 3.12."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if node.func.id in SINGLE and texts:
                yield texts[0]
            elif node.func.id == COUNTED and len(texts) > 1:
                yield texts[0], texts[1]


def stored() -> Catalog:
    """The Chinese catalogue as it is in the project."""
    path = LOCALE / "ashore.po"
    if not path.exists():
        return Catalog(locale="zh_CN", project="Ashore", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    """The form that the program reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without a translation, or with one that a change of the sentence made doubtful."""
    return [
        str(message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if string is None or isinstance(string, str) else tuple(string)


def main() -> int:
    """Merge what the code says into the catalogue, compile it, and name what still wants a translation."""
    catalogue = stored()
    catalogue.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = "# The sentences of Ashore in Chinese."
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    catalogue.version, catalogue.msgid_bugs_address = "1", "none"
    catalogue.last_translator = catalogue.language_team = "Ashore"
    LOCALE.mkdir(parents=True, exist_ok=True)
    with (LOCALE / "ashore.po").open("wb") as file:
        write_po(file, catalogue, sort_output=True, no_location=True, width=0, omit_header=False)
    (LOCALE / "ashore.mo").write_bytes(compiled(stored()))
    wanting = missing(stored())
    for sentence in wanting:
        print(sentence)
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main())
