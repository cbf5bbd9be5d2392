"""Found questions, introductions and prompts into the bank, matched with what an earlier import made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from prep.bank import find_or_add_topic, question_key, source_hash
from prep.importing.directory import Directory
from prep.importing.drafts import apply_drafts
from prep.importing.practice import Places, apply_asked, apply_attempts
from prep.importing.report import Tally
from prep.models import Question
from prep.notes.findings import FoundQuestion, NotesFindings
from tracker.companies import find_company_id, row_id
from tracker.imports.document import ReviewEntry
from tracker.messages import _
from tracker.models import Source

SAME_ENOUGH = 60
"""rapidfuzz score, 0–100, from which a question in the same place is the old one with changed wording."""


def apply_notes(
    session: Session,
    findings: NotesFindings,
    *,
    source: Source,
    company_id: int | None,
    now: datetime,
    zone: tzinfo,
    directory: Directory | None = None,
    tally: Tally,
) -> None:
    """Apply what a document holds for the preparation.

    ``company_id``: where its questions were asked that do not say it themselves; ``directory``: the companies by
    which those do that say it.
    """
    source_id = row_id(source.id)
    stored = list(
        session.exec(
            select(Question).where(Question.source_id == source_id).order_by(col(Question.position), col(Question.id))
        ).all()
    )
    rows = _apply_questions(session, findings.questions, stored, source_id=source_id, now=now, tally=tally)
    session.flush()
    places = Places(source.path.rsplit("/", 1)[-1], zone, directory, company_id)
    apply_attempts(session, findings.questions, rows, places=places, tally=tally)
    apply_asked(session, findings.questions, rows, places=places, tally=tally)
    apply_drafts(session, findings, source_id=source_id, tally=tally)
    session.flush()


def topic_of(found: FoundQuestion, source_name: str) -> str:
    """The topic of a question: its innermost heading without a number; the file's name when it has none."""
    heading = found.topic or (found.path[-1] if found.path else source_name)
    return heading.lstrip("0123456789.、)） 　").strip() or heading


def _apply_questions(
    session: Session,
    found: Sequence[FoundQuestion],
    stored: Sequence[Question],
    *,
    source_id: int,
    now: datetime,
    tally: Tally,
) -> list[Question]:
    matches = match_questions(found, stored)
    elsewhere = _elsewhere(session, source_id)
    source = session.get_one(Source, source_id)
    stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    topics: dict[str, int] = {}
    companies: dict[str, int | None] = {}
    rows: list[Question] = []
    for position, (question, row) in enumerate(zip(found, matches, strict=True), start=1):
        name = topic_of(question, stem)
        if name not in topics:
            topics[name] = find_or_add_topic(session, name=name)
        if question.company and question.company not in companies:
            companies[question.company] = find_company_id(session, question.company)
        place = _Place(source_id, topics[name], companies.get(question.company or ""), position)
        twin = _twin(elsewhere, question) if row is None else None
        if twin is not None:
            _join(twin, question, tally)
            rows.append(twin)
        elif row is None:
            rows.append(_add(session, question, place, now=now, tally=tally))
        else:
            _update(row, question, place, tally)
            rows.append(row)
    kept = {id(row) for row in rows}
    for row in stored:
        if id(row) not in kept and not row.orphaned:
            row.orphaned = True
            tally.orphan("question", row.source_line, row.text)
    return rows


@dataclass(frozen=True, slots=True)
class _Place:
    source_id: int
    topic_id: int
    company_id: int | None
    position: int


def _place(row: Question, found: FoundQuestion, place: _Place) -> None:
    """Where a question stands in its file. Its topic follows when it moved to another heading."""
    heading = " / ".join(found.path)
    if row.topic_id is None or row.heading != heading:
        row.topic_id = place.topic_id
    if row.company_id is None:
        row.company_id = place.company_id
    row.source_id, row.position = place.source_id, place.position
    row.source_line, row.ordinal, row.heading = found.line, found.ordinal, heading
    row.orphaned = False


def _write(row: Question, found: FoundQuestion) -> None:
    """What a question says in its file, its marks included."""
    row.text, row.text_key, row.answer = found.text, question_key(found.text), found.answer
    row.kind, row.importance = str(found.kind), found.importance
    row.stars, row.underlined = found.stars, found.underlined
    row.source_hash = _hash_of_row(row)


def _hash_of_row(row: Question) -> str:
    return source_hash(row.text, row.answer, row.kind, row.importance, row.stars, row.underlined)


def _hash_of_found(found: FoundQuestion) -> str:
    return source_hash(found.text, found.answer, found.kind, found.importance, found.stars, found.underlined)


def _add(session: Session, found: FoundQuestion, place: _Place, *, now: datetime, tally: Tally) -> Question:
    row = Question(text=found.text, created_at=now)
    _place(row, found, place)
    _write(row, found)
    session.add(row)
    tally.add("question", found.line, found.text)
    tally.answered += bool(found.answer.strip())
    return row


def _update(row: Question, found: FoundQuestion, place: _Place, tally: Tally) -> None:
    _place(row, found, place)
    if row.source_hash == _hash_of_found(found):
        tally.keep("question", found.line, found.text)
    elif row.source_hash == _hash_of_row(row):
        _write(row, found)
        tally.update("question", found.line, found.text)
    else:
        # Written in both places since the last import: the person's own words here are not overwritten.
        tally.keep("question", found.line, found.text)
        tally.review.append(
            ReviewEntry(
                line=found.line,
                text=found.raw,
                proposal=_("This question was edited here and in the file; the text here was kept."),
                confidence=0.5,
                kind="disagreement",
                subject=found.text,
                other=found.answer[:200],
            )
        )


def _elsewhere(session: Session, source_id: int) -> dict[str, Question]:
    """Questions of other files and typed ones by their normalised text."""
    rows = session.exec(
        select(Question).where((col(Question.source_id) != source_id) | col(Question.source_id).is_(None))
    ).all()
    return {row.text_key: row for row in rows}


def _twin(elsewhere: dict[str, Question], found: FoundQuestion) -> Question | None:
    """The same question in another file, when joining the two loses no words: equal answers, or an empty one."""
    row = elsewhere.get(question_key(found.text))
    if row is None or found.attempts:
        return row
    answers = {row.answer.strip(), found.answer.strip()} - {""}
    return row if len(answers) <= 1 else None


def _join(twin: Question, found: FoundQuestion, tally: Tally) -> None:
    """One row for the same question in two files; an answer fills an empty one."""
    if found.answer.strip() and not twin.answer.strip():
        twin.answer = found.answer
        tally.update("question", found.line, found.text)
    else:
        tally.keep("question", found.line, found.text)


def match_questions(found: Sequence[FoundQuestion], stored: Sequence[Question]) -> list[Question | None]:
    """The stored row of each found question, or ``None`` for a new one.

    First the same text under the same heading, then the same text anywhere in the file (it moved), then the same
    place under the same heading when answer or wording are close enough (it was edited).
    """
    matches: list[Question | None] = [None] * len(found)
    free = list(stored)
    rules: tuple[Callable[[FoundQuestion], tuple[object, ...]], ...] = (
        lambda question: (" / ".join(question.path), question_key(question.text), question.answer),
        lambda question: (" / ".join(question.path), question_key(question.text)),
        lambda question: (question_key(question.text),),
    )
    keys: tuple[Callable[[Question], tuple[object, ...]], ...] = (
        lambda row: (row.heading, row.text_key, row.answer),
        lambda row: (row.heading, row.text_key),
        lambda row: (row.text_key,),
    )
    for found_key, stored_key in zip(rules, keys, strict=True):
        index: dict[tuple[object, ...], list[Question]] = {}
        for row in free:
            index.setdefault(stored_key(row), []).append(row)
        for position, question in enumerate(found):
            rows = index.get(found_key(question)) if matches[position] is None else None
            if rows:
                matches[position] = rows.pop(0)
        taken = {id(row) for row in matches if row is not None}
        free = [row for row in free if id(row) not in taken]
    _match_edited(found, matches, free)
    return matches


def _match_edited(found: Sequence[FoundQuestion], matches: list[Question | None], free: list[Question]) -> None:
    """Reworded questions: the same answer under the same heading, or nearly the same words in the same place."""
    open_positions = [position for position, row in enumerate(matches) if row is None]
    if not open_positions or not free:
        return
    from rapidfuzz import fuzz

    for position in open_positions:
        question = found[position]
        heading = " / ".join(question.path)
        for row in free:
            if row.heading != heading:
                continue
            same_answer = bool(question.answer.strip()) and question.answer == row.answer
            close = fuzz.ratio(question_key(question.text), row.text_key) >= SAME_ENOUGH
            if same_answer or (close and row.ordinal == question.ordinal):
                matches[position] = row
                free.remove(row)
                break
