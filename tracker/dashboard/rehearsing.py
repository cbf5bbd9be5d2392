"""Dry runs of imports: what files would become, with what the person said of their lines. Only threads call it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.dashboard.views.import_documents import ReadDocument, read_report
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from prep.importing import ImportReport
    from prep.notes.corrections import LineCorrection
    from tracker.dashboard.backend import Backend
    from tracker.imports.document import Document
    from tracker.imports.folders import LeftOut


class Said(NamedTuple):
    """What the person said of a line that reads so."""

    correction: "LineCorrection"
    text: str


Corrections = Mapping[Path, Mapping[int, Said]]
"""What the person said of lines, by file and number, that no import has written yet."""


class EndedError(Exception):
    """The person ended the work; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would write, file by file."""

    paths: tuple[Path, ...]
    report: "ImportReport"
    documents: tuple[ReadDocument, ...]
    """One for each file, in their order."""
    fingerprints: Mapping[Path, str]
    """SHA-256 of the bytes that were read, in hex."""
    corrections: Corrections = field(default_factory=dict)
    left_out: "tuple[LeftOut, ...]" = ()
    refusals: tuple[str, ...] = ()
    """Why some of what the person said counts no more: nothing could be done with it."""


def rehearse(
    backend: "Backend",
    paths: Sequence[Path],
    *,
    corrections: Corrections,
    is_ended: Callable[[], bool],
    tell: Callable[[int, int], None],
) -> Plan:
    """What an import of some files and folders would write; nothing is written.

    Args:
        backend: The database.
        paths: Files, and folders of which all notes are meant.
        corrections: What the person said of lines; those whose line reads otherwise now, and those with which nothing
            can be done, count no more.
        is_ended: Whether the person ended the work.
        tell: Gets the steps that are done and their number.

    Raises:
        AshoreError: a file cannot be read, or a folder holds no notes.
        EndedError: the work was ended.
    """
    from prep.corrections import IdleCorrectionError
    from tracker.imports.document import read_document
    from tracker.imports.folders import expand_paths

    if not paths:
        raise RefusedError(_("Type the path of a file first."))
    expanded = expand_paths(paths)

    def step(done: int, number: int) -> None:
        if is_ended():
            raise EndedError
        tell(done, number)

    documents = {path: read_document(path) for path in expanded.paths}
    meant = _still_meant(corrections, documents)
    refusals: list[str] = []
    report = None
    while report is None:
        try:
            report = backend.import_files(expanded.paths, dry_run=True, corrections=_listed(meant), progress=step)
        except IdleCorrectionError as error:
            meant = {
                path: _without(said, error.lines if str(path) == error.path else ()) for path, said in meant.items()
            }
            refusals.append(str(error))
    return Plan(
        paths=expanded.paths,
        report=report,
        documents=tuple(
            read_report(file, documents[path].lines) for path, file in zip(expanded.paths, report.files, strict=True)
        ),
        fingerprints={path: document.fingerprint for path, document in documents.items()},
        corrections=meant,
        left_out=expanded.left_out,
        refusals=tuple(refusals),
    )


def write(backend: "Backend", plan: Plan) -> "ImportReport":
    """Import what a plan showed, with its corrections, as one step.

    Raises:
        AshoreError: a file cannot be read, or one with corrections reads otherwise than it was shown.
    """
    from tracker.imports.document import read_document

    for path in plan.corrections:
        if read_document(path).fingerprint != plan.fingerprints[path]:
            sentence = _("{file} was edited meanwhile: nothing was written. Look at it again, then import it.")
            raise RefusedError(sentence.format(file=path.name))
    return backend.import_files(plan.paths, dry_run=False, corrections=_listed(plan.corrections))


def _still_meant(corrections: Corrections, documents: "Mapping[Path, Document]") -> Corrections:
    """The corrections whose lines read as they did when they were corrected."""
    kept: dict[Path, dict[int, Said]] = {}
    for path, document in documents.items():
        said = corrections.get(path, {})
        here = {number: one for number, one in said.items() if document.lines[number - 1 : number] == (one.text,)}
        if here:
            kept[path] = here
    return kept


def _without(said: Mapping[int, Said], lines: Collection[int]) -> dict[int, Said]:
    return {line: one for line, one in said.items() if line not in lines}


def _listed(corrections: Corrections) -> "dict[Path, tuple[LineCorrection, ...]]":
    return {path: tuple(one.correction for one in said.values()) for path, said in corrections.items()}
