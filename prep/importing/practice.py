"""Where questions were asked, and how they were answered, as a document tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlmodel import Session, col, select

from prep.debriefs.views import DEBRIEF
from prep.importing.directory import Directory
from prep.importing.report import Tally
from prep.models import Asked, Attempt
from prep.notes.findings import FoundAsked, FoundAttempt, FoundQuestion
from tracker.applications import At
from tracker.companies import row_id
from tracker.models import Application, Round


@dataclass(frozen=True, slots=True)
class Places:
    """Where and when the questions of one file were asked."""

    file: str
    """The file's name: the source of what it tells."""
    zone: tzinfo
    directory: Directory | None
    company_id: int | None
    """Where those were asked that do not say it themselves."""

    def of(self, question: FoundQuestion) -> tuple[tuple[int, FoundAsked], ...]:
        """The companies at which a question was asked, as far as they are known."""
        if not question.asked:
            return ((self.company_id, FoundAsked("")),) if self.company_id is not None else ()
        found: dict[tuple[int, str], tuple[int, FoundAsked]] = {}
        for asked in question.asked:
            company = self.directory.find_known(asked.company) if self.directory is not None else None
            if company is not None:
                found.setdefault((row_id(company.id), asked.stage), (row_id(company.id), asked))
        return tuple(found.values())

    def moment(self, asked: FoundAsked) -> At:
        """When a question was asked."""
        return At.of(asked.at.replace(tzinfo=self.zone) if asked.at else None, asked.precision)


def apply_attempts(
    session: Session,
    found: Sequence[FoundQuestion],
    ids: Sequence[int],
    *,
    places: Places,
    tally: Tally,
) -> None:
    """Answers given, and remarks on them, become attempts; one that is there already is not added again.

    ``ids`` are the stored questions of the found ones.
    """
    for question, question_id in zip(found, ids, strict=True):
        if not question.attempts:
            continue
        stored = session.exec(select(Attempt).where(Attempt.question_id == question_id).order_by(col(Attempt.id))).all()
        place = next(iter(places.of(question)), None)
        company_id = place[0] if place else None
        for attempt in question.attempts:
            same = _same_attempt(attempt, stored, company_id=company_id, file=places.file, diary=bool(question.asked))
            if same is not None:
                _correct(session, same, attempt, question, tally)
                continue
            at = places.moment(place[1]) if place else At()
            session.add(
                Attempt(
                    question_id=question_id,
                    company_id=company_id,
                    mode="notes",
                    rating=attempt.rating,
                    answer=attempt.answer,
                    feedback=attempt.feedback,
                    attempted_at=at.time,
                    precision=str(at.precision),
                    source=places.file,
                )
            )
            tally.add("attempt", attempt.line, question.text)


def _same_attempt(
    attempt: FoundAttempt, stored: Sequence[Attempt], *, company_id: int | None, file: str, diary: bool
) -> Attempt | None:
    """The stored attempt that a file told of before. A diary tells of one attempt at a question at one company."""
    for row in stored:
        if diary and (row.company_id, row.source, row.mode) == (company_id, file, "notes"):
            return row
        if not diary and (row.answer, row.feedback) == (attempt.answer, attempt.feedback):
            return row
    return None


def _correct(session: Session, row: Attempt, attempt: FoundAttempt, question: FoundQuestion, tally: Tally) -> None:
    """Bring an attempt that a diary tells of up to date with the diary."""
    says = (attempt.answer, attempt.feedback, attempt.rating)
    if not question.asked or (row.answer, row.feedback, row.rating) == says:
        return
    row.answer, row.feedback, row.rating = says
    session.add(row)
    tally.update("attempt", attempt.line, question.text)


def apply_asked(
    session: Session,
    found: Sequence[FoundQuestion],
    ids: Sequence[int],
    *,
    places: Places,
    tally: Tally,
) -> None:
    """Enter where questions were asked; an entry of the same file and company is brought up to date.

    ``ids`` are the stored questions of the found ones.
    """
    wanted: dict[int, dict[tuple[int, str], tuple[FoundAsked, FoundQuestion]]] = {}
    for question, question_id in zip(found, ids, strict=True):
        if question.kind == "reverse":
            continue
        for company_id, asked in places.of(question):
            wanted.setdefault(question_id, {}).setdefault((company_id, asked.stage), (asked, question))
    if not wanted:
        return
    stored: dict[int, list[Asked]] = {}
    for entry in session.exec(select(Asked).where(Asked.source == places.file).order_by(col(Asked.id))).all():
        stored.setdefault(entry.question_id, []).append(entry)
    rounds = rounds_by_stage(session)
    for question_id, told in wanted.items():
        _enter(session, question_id, told, stored.get(question_id, []), rounds, places=places, tally=tally)


def _enter(
    session: Session,
    question_id: int,
    told: dict[tuple[int, str], tuple[FoundAsked, FoundQuestion]],
    stored: Sequence[Asked],
    rounds: dict[tuple[int, str], list[int]],
    *,
    places: Places,
    tally: Tally,
) -> None:
    """The entries of one question: the same round first, then another of the same company, which was renamed."""
    free = {row_id(entry.id): entry for entry in stored if entry.company_id in {company for company, _stage in told}}
    exact = {(entry.company_id, entry.stage): entry for entry in free.values()}
    for key in told:
        if key in exact:
            free.pop(row_id(exact[key].id))
    for (company_id, stage), (asked, question) in told.items():
        at = places.moment(asked)
        entry = exact.get((company_id, stage)) or next(
            (other for other in free.values() if other.company_id == company_id), None
        )
        if entry is None and _is_debriefed(session, question_id, company_id, stage, at):
            continue
        if entry is None:
            entry = Asked(question_id=question_id, company_id=company_id, source=places.file)
            tally.add("asked", question.line, question.text)
        else:
            free.pop(row_id(entry.id), None)
            if (entry.stage, entry.asked_at, entry.precision) == (stage, at.time, str(at.precision)):
                continue
            tally.update("asked", question.line, question.text)
        entry.stage, entry.asked_at, entry.precision = stage, at.time, str(at.precision)
        same = rounds.get((company_id, stage), [])
        entry.round_id = same[0] if len(same) == 1 else None
        session.add(entry)


def _is_debriefed(session: Session, question_id: int, company_id: int, stage: str, at: At) -> bool:
    """Whether the person told of this question in this round already, after the round itself."""
    query = select(Asked.asked_at).where(
        Asked.question_id == question_id,
        Asked.company_id == company_id,
        Asked.stage == stage,
        Asked.source == DEBRIEF,
    )
    return any(at.time is None or when is None or abs((when - at.time).days) <= 1 for when in session.exec(query).all())


def rounds_by_stage(session: Session) -> dict[tuple[int, str], list[int]]:
    """The rounds of every company by their stage."""
    found: dict[tuple[int, str], list[int]] = {}
    query = select(Application.company_id, Round.stage, Round.id).join(
        Application, col(Application.id) == Round.application_id
    )
    for company_id, stage, round_id in session.exec(query).all():
        found.setdefault((company_id, stage), []).append(row_id(round_id))
    return found
