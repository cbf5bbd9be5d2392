"""Files that need no second reading: nothing on which the last one depended is another, so its report still holds.

What a reading depends on is the file and how it was asked for, the names of companies that stand in it, what the
person corrected, the language of the report, and whether the rows that it wrote are still there. A file that tells of
the hunt also depends on the day, by which its dates are read, and on the history of its companies. An exported bank
depends on the whole bank, which it is held against.
"""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from itertools import chain, groupby, repeat
from typing import Any

from sqlalchemy import ColumnElement, text
from sqlmodel import Session, SQLModel, col, func, select

from prep.doubles.reviews import PAIR_KINDS
from prep.importing.report import FileReport, PlannedChange
from prep.importing.reviewing import open_entries, without_settled
from prep.importing.together import Together
from prep.models import InterviewerPrompt, Introduction, Question, QuestionCopy
from prep.notes.corrections import AppliedCorrection
from prep.notes.findings import FoundStyle, LineFate
from tracker.imports.document import Document, ReviewEntry, Skipped
from tracker.known_companies import find_known
from tracker.messages import language_from_environment
from tracker.models import Application, Company, CompanyAlias, Event, Review, Round, Source
from tracker.text import name_key

READING_VERSION = 5
"""One more whenever the same file may be read otherwise than before, or its report is kept in another form."""

CHUNK = 900
"""Values asked for at a time: SQLite binds at most 999 in old builds."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How one import asks for its files to be read."""

    kind: str
    company: str
    year: int | None
    zone: str
    today: date
    together: Together


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def reading_of(document: Document, asking: Asking, *, names: Iterable[str], said: Sequence[AppliedCorrection]) -> str:
    """SHA-256 of all that the reading of a file depends on, but for the hunt and the rows that it wrote.

    ``names`` are those of all companies, ``said`` what the person corrected in the file.
    """
    together = asking.together
    return _digest(
        READING_VERSION,
        language_from_environment(),
        document.path,
        document.fingerprint,
        [asking.kind, asking.company, asking.year, asking.zone],
        together.titles.get(document.path, ""),
        sorted(together.linked.get(document.path, ())),
        names_within(document, names),
        [[entry.line, entry.text, entry.verdict, entry.style] for entry in said],
    )


def names_within(document: Document, names: Iterable[str]) -> list[str]:
    """The names that stand in a file or in its path: the others make no difference to how it is read."""
    names = list(names)
    text = _squeezed("\n".join((document.path, *document.lines))) if names else ""
    return sorted(name for name in names if _squeezed(name) in text)


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _rows_written(session: Session, source_id: int) -> list[int]:
    """How many rows of each kind belong to a file; where a question stands twice counts as it stands there."""

    def count(model: type[SQLModel], *conditions: ColumnElement[bool] | bool) -> int:
        return session.exec(select(func.count()).select_from(model).where(*conditions)).one()

    return [
        count(Question, Question.source_id == source_id, col(Question.orphaned).is_(False))
        + count(QuestionCopy, QuestionCopy.source_id == source_id),
        count(Introduction, Introduction.source_id == source_id),
        count(InterviewerPrompt, InterviewerPrompt.source_id == source_id),
        count(Application, Application.source_id == source_id),
        count(Review, Review.source_id == source_id, col(Review.kind).not_in(PAIR_KINDS)),
    ]


def history_of(session: Session, company_ids: Sequence[int]) -> list[int]:
    """The applications, events and rounds of some companies: how many, and the numbers of the newest."""
    total = [0] * 6
    for start in range(0, len(company_ids), CHUNK):
        there = col(Application.company_id).in_(company_ids[start : start + CHUNK])
        ids = select(Application.id).where(there)
        columns = (
            (col(Application.id), there),
            (col(Event.id), col(Event.application_id).in_(ids)),
            (col(Round.id), col(Round.application_id).in_(ids)),
        )
        for place, (column, condition) in enumerate(columns):
            number, newest = session.exec(select(func.count(column), func.max(column)).where(condition)).one()
            total[2 * place] += number
            total[2 * place + 1] = max(total[2 * place + 1], newest or 0)
    return total


@dataclass(frozen=True, slots=True)
class State:
    """What the reading of a file depended on when it was written."""

    today: str = ""
    """The day, for a file that tells of the hunt; empty for plain notes."""
    company_ids: tuple[int, ...] = ()
    """The companies that it tells of."""
    history: tuple[int, ...] = ()
    """``history_of`` these."""
    is_bank: bool = False
    """Whether it is an exported bank."""


BANK = ("topic", "topic_alias", "company", "company_alias", "question", "question_copy", "asked")
"""The tables against which an exported bank is held."""


def _bank_hash(session: Session) -> str:
    """SHA-256 of all that an exported bank is held against."""
    digest = hashlib.sha256()
    for name in BANK:
        rows = session.connection().execute(text(f"SELECT * FROM {name} ORDER BY id")).all()
        digest.update(repr(rows).encode())
    return digest.hexdigest()


def state_of(session: Session, told: Collection[str], *, today: date) -> State:
    """The present state for a file that tells of the companies of these names."""
    if not told:
        return State()
    ids = tuple(sorted(_company_ids(session, told)))
    return State(today.isoformat(), ids, tuple(history_of(session, ids)))


def _company_ids(session: Session, told: Collection[str]) -> set[int]:
    keys = {name_key(name) for name in told}
    for name in told:
        known = find_known(name)
        keys |= set(map(name_key, known.names)) if known is not None else set()
    rows = [
        *session.exec(select(Company.name_key, Company.id)).all(),
        *session.exec(select(CompanyAlias.name_key, CompanyAlias.company_id)).all(),
    ]
    return {company_id for key, company_id in rows if key in keys and company_id is not None}


def remember(
    session: Session,
    source: Source,
    report: FileReport,
    *,
    reading: str,
    state: State,
    standing: Sequence[PlannedChange],
    texts: Sequence[str],
) -> None:
    """Keep what a reading found with its file, so that the next import may do without.

    ``reading`` is ``reading_of`` it, ``standing`` what another reading would find again, ``texts`` the file's lines.
    """
    bank = _bank_hash(session) if state.is_bank else ""
    kept = {
        "state": [state.today, state.company_ids, state.history, _rows_written(session, source.id or 0), bank],
        "report": _pack(report, standing, texts),
    }
    source.reading = reading
    source.report = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    session.add(source)
    session.flush()


def recall(
    session: Session,
    document: Document,
    asking: Asking,
    *,
    path: str,
    names: Iterable[str],
    said: Sequence[AppliedCorrection],
) -> FileReport | None:
    """The report of a file that need not be read again; ``None`` when it must be."""
    source = session.exec(select(Source).where(Source.path == path)).first()
    if source is None or not source.reading or source.fingerprint != document.fingerprint:
        return None
    if any(entry.id is None for entry in said):
        return None
    if source.reading != reading_of(document, asking, names=names, said=said):
        return None
    kept = json.loads(source.report)
    today, company_ids, history, written, bank = kept["state"]
    if today and (today != asking.today.isoformat() or history_of(session, company_ids) != history):
        return None
    if written != _rows_written(session, source.id or 0) or (bank and bank != _bank_hash(session)):
        return None
    return _unpack(session, document, kept["report"], tuple(said))


def _pack(report: FileReport, standing: Sequence[PlannedChange], texts: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "unanswered": report.unanswered,
        "coverage": report.coverage,
        # A skipped line is in the file: its text is kept only where it is another.
        "skipped": [
            [entry.line, entry.reason, *([] if texts[entry.line - 1] == entry.text else [entry.text])]
            for entry in report.skipped
        ],
        "review": [list(astuple(entry)) for entry in report.review],
        "standing": [
            [change.line, change.subject, change.text] for change in sorted(standing, key=lambda change: change.line)
        ],
        "styles": [[style.name, style.reason, style.line, style.questions] for style in report.styles],
        "fates": [[str(fate), len(list(run))] for fate, run in groupby(report.fates)],
        "parts": report.parts,
    }


def _unpack(
    session: Session, document: Document, kept: dict[str, Any], said: tuple[AppliedCorrection, ...]
) -> FileReport:
    return FileReport(
        path=document.path,
        kind=kept["kind"],
        encoding=document.encoding,
        removed_characters=document.removed,
        companies=0,
        applications=0,
        events=0,
        questions=0,
        answered=0,
        asked=0,
        attempts=0,
        introductions=0,
        prompts=0,
        unchanged=len(kept["standing"]),
        updated=0,
        orphaned=0,
        lines=len(document.lines),
        skipped=tuple(
            Skipped(line, text[0] if text else document.lines[line - 1], reason)
            for line, reason, *text in kept["skipped"]
        ),
        review=without_settled(session, open_entries(session, [ReviewEntry(*entry) for entry in kept["review"]])),
        changes=tuple(PlannedChange(line, "unchanged", subject, text) for line, subject, text in kept["standing"]),
        unanswered=kept["unanswered"],
        coverage=kept["coverage"],
        styles=tuple(FoundStyle(*style) for style in kept["styles"]),
        fates=tuple(chain.from_iterable(repeat(LineFate(name), number) for name, number in kept["fates"])),
        corrections=said,
        parts=tuple((first, last) for first, last in kept["parts"]),
    )
