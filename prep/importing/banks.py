"""An exported bank into a bank: what is there already stays where it is, the rest comes like any notes.

Such a file is no notes that somebody keeps beside the bank, but the bank itself. So its questions that stand elsewhere
get no further anchor in it; an answer or a mark that the person edited in it is an edit of the bank; and where a
question was asked is taken as the file has it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from prep.bank import edit_question
from prep.importing.bank_answers import Verdict, judge_answers
from prep.importing.directory import Directory
from prep.importing.notes import AppliedQuestions, apply_notes
from prep.importing.practice import rounds_by_stage
from prep.importing.reconciling import put
from prep.importing.report import Tally
from prep.importing.reviewing import disagreement
from prep.models import Asked, Question, QuestionCopy
from prep.notes.findings import FoundAsked, FoundQuestion, NotesFindings
from prep.topics import find_or_add_topics, topic_key, topic_paths
from tracker.applications import At
from tracker.companies import NewCompany, clean_name, row_id
from tracker.errors import RefusedError
from tracker.imports.document import ReviewEntry
from tracker.messages import _
from tracker.models import Source
from tracker.stages import Precision
from tracker.text import name_key, sanitise, sanitise_line


@dataclass(frozen=True, slots=True)
class _Split:
    """The questions of a bank, by what is to be done with them."""

    known: dict[int, Question]
    """Those that stand elsewhere word for word, by their place in the file."""
    rest: tuple[int, ...]
    """The places of the others."""
    edited: frozenset[int] = frozenset()
    """Those of the known ones whose answer is another in the file, and counts."""
    disputed: frozenset[int] = frozenset()
    """Those of the rest of which the same is known with an answer that was edited there."""


NOTHING = AppliedQuestions(ids=(), added=(), reworded=frozenset(), gone=())


def apply_bank(
    session: Session,
    findings: NotesFindings,
    *,
    find_source: Callable[[], Source | None],
    add_source: Callable[[], Source],
    now: datetime,
    zone: tzinfo,
    tally: Tally,
) -> tuple[AppliedQuestions, Source | None]:
    """Apply an exported bank.

    Args:
        session: Where to.
        findings: What ``read_bank`` found.
        find_source: The file, when it was imported before.
        add_source: The same, added or brought up to date; called only when it says what the bank does not know yet.
        now: When the new questions were added.
        zone: Of the times that name none.
        tally: Collects the report.

    Returns:
        What came like any notes, and from where.
    """
    found = findings.questions
    source = find_source()
    before = _answers_of_copies(session, source)
    split = _split(session, found, source.id if source is not None else None, before)
    companies = _companies(session, found, now=now, tally=tally)
    ids = {at: row_id(row.id) for at, row in split.known.items()}
    applied = NOTHING
    if split.rest or source is not None:
        source = add_source()
        part = _apply_rest(session, findings, split.rest, source=source, now=now, zone=zone, tally=tally)
        ids |= dict(zip(split.rest, part.ids, strict=True))
        applied = replace(part, ids=(), added=tuple(split.rest[place] for place in part.added))
        for at in applied.added:
            if found[at].flagged:
                put(session.get_one(Question, ids[at]), flagged=True)
    topics = _topics(session, [found[at] for at in split.known])
    for at, row in split.known.items():
        changed = _mark(row, found[at], topics.get(found[at].path), companies)
        if at in split.edited:
            edit_question(session, question_id=ids[at], answer=found[at].answer)
            changed = True
        (tally.update if changed else tally.keep)("question", found[at].line, found[at].text)
    tally.review += _disputes(session, found, ids, split, before)
    _link(session, found, ids, split)
    session.flush()
    _apply_asked(session, found, ids, companies, own=frozenset(split.rest), zone=zone, tally=tally)
    session.flush()
    return replace(applied, ids=tuple(ids[at] for at in range(len(found)))), source


def _split(session: Session, found: Sequence[FoundQuestion], source_id: int | None, copied: Collection[int]) -> _Split:
    """Tell what stands elsewhere word for word; what stood in this file itself at the last import comes first."""
    rows: dict[tuple[str, str], list[Question]] = {}
    own: Counter[tuple[str, str]] = Counter()
    for row in session.exec(select(Question).order_by(col(Question.position), col(Question.id))).all():
        if source_id is not None and (row.source_id == source_id or row.id in copied):
            own[row.text, row.answer] += 1
        else:
            rows.setdefault((row.text, row.answer), []).append(row)
    topics = {topic_key(path): topic_id for topic_id, path in topic_paths(session).items()}
    stood_here = {text for text, _answer in own}
    known: dict[int, Question] = {}
    rest: list[int] = []
    for at, question in enumerate(found):
        words = (question.text, question.answer)
        candidates = rows.get(words)
        if own[words] > 0 or not candidates:
            own[words] -= 1
            rest.append(at)
            continue
        topic_id = topics.get(topic_key(question.path))
        chosen = max(candidates, key=lambda row: (row.topic_id == topic_id, row.kind == question.kind))
        candidates.remove(chosen)
        known[at] = chosen
    left = [row for candidates in rows.values() for row in candidates if row.text not in stood_here]
    return _with_other_answers(session, found, _Split(known, tuple(rest)), left)


def _with_other_answers(
    session: Session, found: Sequence[FoundQuestion], split: _Split, left: Sequence[Question]
) -> _Split:
    """Tell which of the rest are the same as one that is left, but for the answer. Only what is alone is sure."""
    wanted = Counter(found[at].text for at in split.rest)
    there = Counter(row.text for row in left)
    by_text = {row.text: row for row in left if there[row.text] == wanted[row.text] == 1}
    pairs = {at: (found[at], by_text[found[at].text]) for at in split.rest if found[at].text in by_text}
    verdicts = judge_answers(session, pairs)
    known = split.known | {at: row for at, (_found, row) in pairs.items() if verdicts[at] is not Verdict.ASK}
    return _Split(
        known,
        tuple(at for at in split.rest if at not in known),
        edited=frozenset(at for at, verdict in verdicts.items() if verdict is Verdict.TAKE),
        disputed=frozenset(at for at, verdict in verdicts.items() if verdict is Verdict.ASK),
    )


def _topics(session: Session, found: Sequence[FoundQuestion]) -> dict[tuple[str, ...], int]:
    """The topics of questions that are there already; one that the person wrote into the file is added."""
    paths = list(dict.fromkeys(question.path for question in found if question.path))
    return dict(zip(paths, find_or_add_topics(session, paths=paths), strict=True)) if paths else {}


def _companies(session: Session, found: Sequence[FoundQuestion], *, now: datetime, tally: Tally) -> Mapping[str, int]:
    """The companies that the file names, by their keys; those that nobody knows yet are added.

    One that goes by another name is found by that only if it was there before: two companies of the file stay two.
    """
    named: dict[str, tuple[str, int]] = {}
    for question in found:
        for name in (question.company or "", *(asked.company for asked in question.asked)):
            if name_key(name):
                named.setdefault(name_key(name), (name, question.line))
    directory = Directory(session)
    ids: dict[str, int] = {}
    for key, (name, line) in named.items():
        company = directory.find(name)
        if company is None:
            company = directory.find_known(name)
            company = None if company is None or company.id in directory.added else company
        if company is None:
            try:
                directory.add([NewCompany(clean_name(name))], now=now)
            except RefusedError:
                # No name of a company, such as a whole paragraph: nothing was asked there.
                continue
            tally.add("company", line, name)
            company = directory.find(name)
        if company is not None:
            ids[key] = row_id(company.id)
    return ids


def _apply_rest(
    session: Session,
    findings: NotesFindings,
    rest: Sequence[int],
    *,
    source: Source,
    now: datetime,
    zone: tzinfo,
    tally: Tally,
) -> AppliedQuestions:
    """Apply what is not there word for word like the questions of any file, but for where it was asked."""
    places = {at: place for place, at in enumerate(rest)}
    questions = tuple(
        replace(question, asked=(), follows=None if question.follows is None else places.get(question.follows))
        for question in (findings.questions[at] for at in rest)
    )
    part = replace(findings, questions=questions)
    return apply_notes(
        session, part, source=source, company_id=None, now=now, zone=zone, tally=tally, exact_topics=True
    )


def _mark(row: Question, found: FoundQuestion, topic_id: int | None, companies: Mapping[str, int]) -> bool:
    """Take over what the file says of a question whose words are the same; whether that was anything new."""
    changed = put(
        row,
        kind=str(found.kind),
        importance=found.importance,
        stars=found.stars,
        underlined=found.underlined,
        flagged=row.flagged or found.flagged,
    )
    if topic_id is not None:
        changed |= put(row, topic_id=topic_id)
    company_id = companies.get(name_key(found.company or ""))
    if company_id is not None:
        changed |= put(row, company_id=company_id)
    return changed


def _disputes(
    session: Session,
    found: Sequence[FoundQuestion],
    ids: Mapping[int, int],
    split: _Split,
    before: Mapping[int, str],
) -> Iterator[ReviewEntry]:
    """The answers of the file that are not those here, where each side was edited.

    ``before`` are the answers that the file had at its last import to questions that stand elsewhere first.
    """
    proposal = _("The answer here was edited and is not the one in this bank; the one here was kept.")
    for at in split.rest:
        answer = found[at].answer
        is_edited = answer.strip() and before.get(ids[at], answer) != answer
        if at in split.disputed or (is_edited and answer != session.get_one(Question, ids[at]).answer):
            yield disagreement(found[at], proposal, question_id=ids[at])


def _answers_of_copies(session: Session, source: Source | None) -> dict[int, str]:
    """The answers that a file had at its last import, by the questions that stand elsewhere first."""
    if source is None:
        return {}
    query = select(QuestionCopy.question_id, QuestionCopy.answer).where(QuestionCopy.source_id == source.id)
    return dict(session.exec(query).all())


def _link(session: Session, found: Sequence[FoundQuestion], ids: Mapping[int, int], split: _Split) -> None:
    """Link the follow-ups of which one or the other stood elsewhere."""
    for at, question in enumerate(found):
        if question.follows is None or (at not in split.known and question.follows not in split.known):
            continue
        put(session.get_one(Question, ids[at]), follows_id=ids[question.follows])


def _apply_asked(
    session: Session,
    found: Sequence[FoundQuestion],
    ids: Mapping[int, int],
    companies: Mapping[str, int],
    *,
    own: frozenset[int],
    zone: tzinfo,
    tally: Tally,
) -> None:
    """Enter where the questions were asked, but for what is entered already.

    ``own`` are the places of the questions that stand in this file: an entry of theirs with another day is corrected.
    """
    if not any(question.asked for question in found):
        return
    stored: dict[int, list[Asked]] = {}
    for row in session.exec(select(Asked).order_by(col(Asked.id))).all():
        stored.setdefault(row.question_id, []).append(row)
    rounds = rounds_by_stage(session)
    for at, question in enumerate(found):
        wanted = [entry for asked in question.asked if (entry := _entry(asked, ids[at], companies, zone)) is not None]
        rows = stored.get(ids[at], [])
        new = _without_stored(wanted, rows)
        for entry in new:
            old = _corrected(entry, rows) if at in own else None
            if old is not None:
                old.asked_at, old.precision, old.note = entry.asked_at, entry.precision, entry.note
                rows.remove(old)
                tally.update("asked", question.line, question.text)
                continue
            there = rounds.get((entry.company_id, entry.stage), [])
            entry.round_id = there[0] if len(there) == 1 else None
            session.add(entry)
            tally.add("asked", question.line, question.text)


def _entry(asked: FoundAsked, question_id: int, companies: Mapping[str, int], zone: tzinfo) -> Asked | None:
    company_id = companies.get(name_key(asked.company))
    if company_id is None:
        return None
    local = asked.at
    if local is not None and local.tzinfo is None and asked.precision is Precision.MINUTE:
        local = local.replace(tzinfo=zone)
    at = At.of(local, asked.precision)
    return Asked(
        question_id=question_id,
        company_id=company_id,
        stage=sanitise_line(asked.stage),
        asked_at=at.time,
        precision=str(at.precision),
        source=sanitise_line(asked.source),
        note=sanitise(asked.note)[0],
    )


def _said(entry: Asked) -> tuple[object, ...]:
    return (entry.company_id, entry.stage, entry.asked_at, entry.precision, entry.source, entry.note)


def _without_stored(wanted: Sequence[Asked], rows: list[Asked]) -> list[Asked]:
    """The entries that are not stored; the stored ones that are wanted leave ``rows``."""
    new = []
    for entry in wanted:
        same = next((row for row in rows if _said(row) == _said(entry)), None)
        if same is None:
            new.append(entry)
        else:
            rows.remove(same)
    return new


def _corrected(entry: Asked, rows: Sequence[Asked]) -> Asked | None:
    """The stored entry of the same round that says another day or note."""
    key = (entry.company_id, entry.stage, entry.source)
    return next((row for row in rows if (row.company_id, row.stage, row.source) == key), None)
