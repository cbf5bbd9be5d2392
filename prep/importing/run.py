"""The whole of an import: every file through the parsers, everything applied in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, select

from prep.bank import question_key
from prep.corrections import StoredCorrection, heed, keep_corrections, list_corrections, refuse_idle
from prep.doubles.near import suggest_near_equal
from prep.importing.banks import apply_bank
from prep.importing.hunt import apply_hunt
from prep.importing.interviews import add_companies_asked_at, apply_interviews
from prep.importing.logs import Origin
from prep.importing.notes import apply_notes
from prep.importing.reading import Reader, with_known_names
from prep.importing.report import FileReport, ImportReport, Tally
from prep.importing.reviewing import open_entries, store_review
from prep.importing.settling import Applied, Read, settle
from prep.importing.sources import moved_source
from prep.importing.together import read_together
from prep.importing.unchanged import Asking, State, reading_of, recall, remember, state_of
from prep.notes.bank_syntax import is_bank
from prep.notes.corrections import AppliedCorrection, LineCorrection
from prep.notes.coverage import coverage
from tracker.backups import back_up
from tracker.collector import collector_paused
from tracker.companies import find_company_id, load_names, row_id
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.imports.document import Document, read_document
from tracker.messages import _, ngettext
from tracker.models import Source
from tracker.text import name_key

T = TypeVar("T")

KINDS = ("auto", "notes", "hunt")
"""What ``--as`` takes: everything the parsers find, only questions and introductions, or only companies and logs."""

ROWS_BEFORE_BACKUP = 100
"""An import that writes more than this many rows is preceded by a backup."""


FILES_NAMED = 3
"""How many files the name of an import lists."""


@dataclass(slots=True)
class _Steps:
    """Tells how far an import is."""

    number: int
    progress: Callable[[int, int], None] | None
    done: int = 0

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """The things, one step each."""
        for thing in things:
            if self.progress is not None:
                self.progress(self.done, self.number)
            self.done += 1
            yield thing


@collector_paused()
def import_files(
    database: Database,
    paths: Sequence[Path],
    *,
    now: datetime,
    zone: tzinfo,
    kind: str = "auto",
    company: str = "",
    year: int | None = None,
    dry_run: bool = False,
    backups: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    corrections: Mapping[Path, Sequence[LineCorrection]] | None = None,
    reread: bool = False,
) -> ImportReport:
    """Import files as one change set; a dry run does the same work and keeps nothing of it.

    Args:
        database: Where to.
        paths: The files, in the order in which they are applied.
        now: The present, by which dates without a year are read.
        zone: Where the times in the files were written.
        kind: One of ``KINDS``.
        company: The company that the files' questions were asked at.
        year: The year of dates without one; by default the one nearest to ``now``.
        dry_run: Write nothing.
        backups: The folder for the backup that precedes a large import.
        progress: Called three times for each file, before its lists, its notes, and before it is applied, with the
            steps done and their number.
            What it raises ends the import, and nothing is written.
        corrections: What the person says of lines that were read wrongly, by the paths as given. An import keeps
            it in the same step for the next one; what was said before is heeded as well.
        reread: Read again what is as it was at its last import, too.

    Raises:
        UnreadableFileError: a file cannot be read; nothing of any file was written.
        UnknownNameError: ``company`` is not known.
        IdleCorrectionError: a new correction can do nothing.
        RefusedError: the kind is unknown, or a correction is of no line or names no style, or of an exported bank.
    """
    if kind not in KINDS:
        raise RefusedError(
            _("«{kind}» is no kind of file; kinds are {kinds}.").format(kind=kind, kinds=", ".join(KINDS))
        )
    with database.read() as session:
        names = load_names(session)
        if company and find_company_id(session, company) is None:
            _refuse_unknown(session, company)
    documents = [read_document(path) for path in paths]
    said = _said(database, documents, {str(path): new for path, new in (corrections or {}).items()})
    together = read_together([document for document in documents if not is_bank(document.lines)])
    asking = Asking(kind, company, year, str(zone), now.astimezone(zone).date(), together)
    known = {} if reread else _recall(database, documents, asking, names=names, said=said)
    places = [place for place in range(len(documents)) if place not in known]
    steps = _Steps(3 * len(places), progress)
    fresh = Reader(now.astimezone(zone), kind, year, together).read(
        [documents[place] for place in places], [said[place] for place in places], names=names, each=steps.each
    )
    for file in fresh:
        refuse_idle(file.corrections, file.notes.idle, path=file.document.path)
    if not fresh:
        return ImportReport(files=tuple(known[place] for place in range(len(documents))), change_set=None)
    if not dry_run and backups is not None and sum(file.size for file in fresh) > ROWS_BEFORE_BACKUP:
        back_up(database.path, folder=backups, now=now, reason="import")
    name = _name([Path(document.path).name for document in documents])
    with database.change(name, now=now, kind="import", keep=not dry_run) as session:
        applied = [_apply(session, file, now=now, zone=zone, asking=asking) for file in steps.each(fresh)]
        settle(session, applied)
        near_equal = suggest_near_equal(session)
        known |= dict(zip(places, _reports(session, applied, asking), strict=True))
    reports = tuple(known[place] for place in range(len(documents)))
    if dry_run:
        # What was stored on trial has no number that a person could name.
        reports = tuple(replace(report, corrections=heeded) for report, heeded in zip(reports, said, strict=True))
    return ImportReport(files=reports, change_set=session.info["change_set_id"], near_equal=near_equal)


def _recall(
    database: Database,
    documents: Sequence[Document],
    asking: Asking,
    *,
    names: Sequence[str],
    said: Sequence[tuple[AppliedCorrection, ...]],
) -> dict[int, FileReport]:
    """The reports of the documents that need not be read again, by their place."""
    found: dict[int, FileReport] = {}
    with database.read() as session:
        for place, (document, heeded) in enumerate(zip(documents, said, strict=True)):
            report = recall(session, document, asking, path=_source_path(document), names=names, said=heeded)
            if report is not None:
                found[place] = report
    return found


def _name(names: Sequence[str]) -> str:
    """The name of the step, with the first files of a long list."""
    shown = ", ".join(names[:FILES_NAMED])
    if len(names) > FILES_NAMED:
        return _("Import of {names} and {n} more").format(names=shown, n=len(names) - FILES_NAMED)
    return ngettext("Import of {names}", "Import of {names}", len(names)).format(names=shown)


def _refuse_unknown(session: Session, company: str) -> None:
    from tracker.companies import require_company_id

    require_company_id(session, company)


def _said(
    database: Database, documents: Sequence[Document], new: Mapping[str, Sequence[LineCorrection]]
) -> list[tuple[AppliedCorrection, ...]]:
    """What is to be heeded of each document."""
    with database.read() as session:
        stored = list_corrections(session, paths=[_source_path(document) for document in documents])
    by_path: dict[str, list[StoredCorrection]] = {}
    for entry in stored:
        by_path.setdefault(entry.path, []).append(entry)
    found = []
    for document in documents:
        kept, added = by_path.get(_source_path(document), ()), new.get(document.path, ())
        found.append(heed(kept, added, document.lines, path=document.path) if kept or added else ())
    return found


def _apply(session: Session, file: Read, *, now: datetime, zone: tzinfo, asking: Asking) -> Applied:
    document = file.document
    if is_bank(document.lines):
        return _apply_bank(session, file, now=now, zone=zone)
    known = _find_source(session, file)
    is_same = known is not None and known.fingerprint == document.fingerprint
    source = _source(session, file, now=now)
    kept = keep_corrections(session, file.corrections, source_id=row_id(source.id), lines=document.lines, now=now)
    file = replace(file, corrections=kept)
    tally = Tally()
    apply_hunt(session, file.hunt, source=source, now=now, zone=zone, tally=tally)
    company_id = find_company_id(session, asking.company) if asking.company else None
    directory = add_companies_asked_at(session, file.notes, source=source, now=now, tally=tally)
    questions = apply_notes(
        session,
        file.notes,
        source=source,
        company_id=company_id,
        now=now,
        zone=zone,
        directory=directory,
        tally=tally,
    )
    if directory is not None and file.events:
        logged = frozenset(find_company_id(session, found.company) for found in file.hunt.applications)
        origin = Origin(row_id(source.id), document.name, now, zone)
        apply_interviews(session, file.notes, directory, source=source, origin=origin, logged=logged, tally=tally)
    asks = open_entries(session, (*file.hunt.review, *file.notes.review, *tally.review))
    review = store_review(session, asks, source_id=row_id(source.id), is_same_file=is_same, question_ids=questions.ids)
    state = state_of(session, file.told, today=asking.today)
    return Applied(file, source, questions, tally, review, state=state)


def _apply_bank(session: Session, file: Read, *, now: datetime, zone: tzinfo) -> Applied:
    tally = Tally()
    questions, source = apply_bank(
        session,
        file.notes,
        find_source=lambda: _find_source(session, file),
        add_source=lambda: _source(session, file, now=now),
        now=now,
        zone=zone,
        tally=tally,
    )
    review = (*file.notes.review, *tally.review)
    if source is not None:
        review = store_review(session, review, source_id=row_id(source.id), question_ids=questions.ids)
    return Applied(file, source, questions, tally, review, state=State(is_bank=True))


def _reports(session: Session, applied: Sequence[Applied], asking: Asking) -> Iterator[FileReport]:
    """What became of the files; kept with each when something was written anyway."""
    names = load_names(session)
    is_writing = bool(session.info["recorder"].touched)
    for file in applied:
        report = _report(file)
        if is_writing and file.source is not None and file.state is not None:
            # What another file named is not what this one was read with: it is read again then.
            read_with = set(map(name_key, (*file.file.names, *with_known_names(file.file.told))))
            own = [name for name in names if name_key(name) in read_with]
            remember(
                session,
                file.source,
                replace(report, review=file.review),
                reading=reading_of(file.file.document, asking, names=own, said=file.file.corrections),
                state=file.state,
                standing=file.tally.standing,
                texts=file.file.document.lines,
            )
        yield report


def _report(applied: Applied) -> FileReport:
    file, tally = applied.file, applied.tally
    document = file.document
    return FileReport(
        path=document.path,
        kind=file.kind,
        encoding=document.encoding,
        removed_characters=document.removed,
        companies=tally.added["company"],
        applications=tally.added["application"],
        events=tally.added["event"],
        questions=tally.added["question"],
        answered=tally.answered,
        asked=tally.added["asked"],
        attempts=tally.added["attempt"],
        introductions=tally.added["introduction"],
        prompts=tally.added["prompt"],
        unchanged=tally.unchanged,
        updated=tally.updated,
        orphaned=tally.orphaned,
        lines=len(document.lines),
        skipped=(*file.hunt.skipped, *file.notes.skipped),
        review=(*applied.review, *applied.doubts),
        changes=tuple(sorted(tally.changes, key=lambda change: change.line)),
        found=file.notes.questions,
        unanswered=sum(not question.is_answered for question in file.notes.questions),
        coverage=coverage(file.notes.fates, file.notes.skipped),
        styles=file.notes.styles,
        fates=file.notes.fates,
        corrections=file.corrections,
        parts=file.notes.parts,
    )


def _source(session: Session, file: Read, *, now: datetime) -> Source:
    source = _find_source(session, file) or _moved_source(session, file) or Source(path=_source_path(file.document))
    if source.fingerprint != file.document.fingerprint:
        source.fingerprint = file.document.fingerprint
        source.encoding = file.document.encoding
        source.imported_at = now
    if source.kind != file.kind:
        source.kind = file.kind
    session.add(source)
    session.flush()
    return source


def _find_source(session: Session, file: Read) -> Source | None:
    return session.exec(select(Source).where(Source.path == _source_path(file.document))).first()


def _moved_source(session: Session, file: Read) -> Source | None:
    """The source of a file that was moved or renamed, at its new place."""
    keys = {question_key(question.text) for question in file.notes.questions}
    source = moved_source(session, fingerprint=file.document.fingerprint, keys=keys)
    if source is not None:
        source.path = _source_path(file.document)
    return source


def _source_path(document: Document) -> str:
    return str(Path(document.path).resolve())
