"""The debrief of a round: what was asked, how it went, what was promised, and how it goes on, written in one step.

A round may be debriefed again: what is new is added, what was written stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.bank import add_asked, add_question, log_attempt, question_key, question_row
from prep.capturing import write_proposals
from prep.debriefs.views import (
    DEBRIEF,
    AskedThen,
    Debrief,
    DebriefView,
    PromiseMade,
    find_round,
    interview_ratings,
    lies_ahead,
    round_row,
    view_debrief,
)
from prep.memory.states import RATINGS
from prep.models import Asked, Promise, Question
from tracker.applications import At
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Company, Round
from tracker.pipeline import add_note, record_outcome, standing_of
from tracker.stages import Outcome, Precision
from tracker.text import sanitise, sanitise_line

__all__ = [
    "AskedThen",
    "Debrief",
    "DebriefView",
    "Debriefed",
    "PromiseMade",
    "find_round",
    "record_debrief",
    "settle_debrief",
    "view_debrief",
]

PROMISES = ("pay", "start", "other")
BY = ("me", "them")
RESULTS = ("", str(Outcome.PASSED), str(Outcome.REJECTED))
MOODS = range(1, 6)
MOST_ASKED = 200
"""Questions of one debrief."""


@dataclass(frozen=True, slots=True)
class Debriefed:
    """What a debrief became."""

    round_id: int
    application_id: int
    company_id: int
    company: str
    stage: str
    asked: int
    """Questions that are new in the round's list."""
    new_question_ids: tuple[int, ...]
    attempts: int
    promises: int
    planned: int


def record_debrief(session: Session, *, round_id: int, debrief: Debrief, now: datetime) -> Debriefed:
    """Write a debrief: asked entries, attempts, new questions, promises, the round's end, a line of its history.

    Of a question that is named twice, one entry is written. A question that the round has already is not entered
    again; a rating that it lacked is.

    Args:
        session: In the transaction of the change.
        round_id: The round, which has begun.
        debrief: What is said of it.
        now: The present moment, aware.

    Raises:
        GoneError: the round or a question of the bank is gone.
        RefusedError: nothing is said, the round lies ahead, or a word of it is none of those that are known.
    """
    if debrief.is_empty:
        raise RefusedError(_("Nothing was written down yet."))
    _check(debrief)
    row, company = round_row(session, round_id)
    at = _moment(row, now)
    added = _write_asked(session, row, company, debrief.asked, at=at, now=now)
    promises = _write_promises(session, round_id, debrief.promises, at=at)
    if debrief.mood is not None:
        row.mood = debrief.mood
    row.debriefed_at = now
    if row.state == "planned" or debrief.asked:
        row.state = "done"
    session.flush()
    _tell(session, row, debrief, now=now)
    written = write_proposals(session, debrief.planned, now=now, source=DEBRIEF)
    return Debriefed(
        round_id=round_id,
        application_id=row.application_id,
        company_id=row_id(company.id),
        company=company.name,
        stage=row.stage,
        asked=added.asked,
        new_question_ids=tuple(added.new),
        attempts=added.attempts,
        promises=promises,
        planned=len(written),
    )


def settle_debrief(session: Session, *, round_id: int, now: datetime) -> None:
    """There is nothing to write about this round: it is over, and not asked for again.

    Raises:
        GoneError: it is not there any more.
        RefusedError: it lies ahead.
    """
    row, _company = round_row(session, round_id)
    _moment(row, now)
    row.debriefed_at = now
    if row.state == "planned":
        row.state = "done"
    session.flush()


def _check(debrief: Debrief) -> None:
    for one in debrief.asked:
        if one.rating and one.rating not in RATINGS:
            raise RefusedError(
                _("«{rating}» is no rating; ratings are again, hard, good and easy.").format(rating=one.rating)
            )
        if not one.text.strip() and one.question_id is None:
            raise RefusedError(_("A question needs a text."))
    if len(debrief.asked) > MOST_ASKED:
        raise RefusedError(_("No round has more than {n} questions.").format(n=MOST_ASKED))
    for promise in debrief.promises:
        if promise.kind not in PROMISES or promise.by not in BY or not promise.text.strip():
            raise RefusedError(_("A promise is about pay, start or other, by me or them, and says something."))
    if debrief.mood is not None and debrief.mood not in MOODS:
        raise RefusedError(_("A mood is a number from 1 (bad) to 5 (good)."))
    if debrief.result not in RESULTS:
        raise RefusedError(_("A round's result is passed or rejected, or not known yet."))


def _moment(row: Round, now: datetime) -> At:
    """When the round was, as exactly as that is known.

    Raises:
        RefusedError: it lies ahead.
    """
    if lies_ahead(row, now):
        raise RefusedError(_("This round has not begun yet."))
    start = row.starts_at or row.ends_at
    return At.day(now) if start is None or row.precision == Precision.UNKNOWN else At(start, row.precision)


@dataclass(slots=True)
class _Added:
    asked: int
    attempts: int
    new: list[int]


def _write_asked(
    session: Session, row: Round, company: Company, told: Sequence[AskedThen], *, at: At, now: datetime
) -> _Added:
    """The asked entries and attempts of a round that are not there yet."""
    round_id, company_id = row_id(row.id), row_id(company.id)
    added = _Added(0, 0, [])
    there = set(session.exec(select(Asked.question_id).where(Asked.round_id == round_id)).all())
    rated = interview_ratings(session, round_id)
    for one in _once(session, told, now=now, new=added.new):
        question_id, kind = one.question_id or 0, one.kind
        if question_id not in there and not _take_over(session, row, company_id, question_id, at):
            add_asked(
                session,
                question_id=question_id,
                company_id=company_id,
                round_id=round_id,
                stage=row.stage,
                at=at,
                source=DEBRIEF,
                note=one.note,
            )
        added.asked += question_id not in there
        there.add(question_id)
        if one.rating and question_id not in rated and kind != "reverse":
            log_attempt(
                session,
                question_id=question_id,
                rating=one.rating,
                now=at.time or now,
                precision=at.precision,
                feedback=one.note,
                company_id=company_id,
                round_id=round_id,
                mode="interview",
            )
            added.attempts += 1
    return added


def _once(session: Session, told: Sequence[AskedThen], *, now: datetime, new: list[int]) -> list[AskedThen]:
    """Each question once with its id, those that nobody has yet added to the bank and to ``new``."""
    found: dict[int, AskedThen] = {}
    for one in told:
        question_id = one.question_id if one.question_id is not None else _same_words(session, one.text)
        if question_id is None:
            question_id = add_question(session, text=one.text, now=now, kind=one.kind)
            new.append(question_id)
        before = found.get(question_id)
        found[question_id] = AskedThen(
            text=one.text,
            question_id=question_id,
            kind=question_row(session, question_id).kind,
            rating=one.rating or (before.rating if before else ""),
            note="\n".join(dict.fromkeys(filter(None, (before.note if before else "", sanitise(one.note)[0].strip())))),
        )
    return list(found.values())


def _same_words(session: Session, text: str) -> int | None:
    """The question with these words, one that still stands in its file first."""
    query = select(Question.id).where(Question.text_key == question_key(sanitise(text)[0].strip()))
    return session.exec(query.order_by(col(Question.orphaned), col(Question.id))).first()


def _take_over(session: Session, row: Round, company_id: int, question_id: int, at: At) -> bool:
    """Give the round an entry of the same question, company and stage that a file told of without knowing the round."""
    query = select(Asked).where(
        Asked.question_id == question_id,
        Asked.company_id == company_id,
        Asked.stage == row.stage,
        col(Asked.round_id).is_(None),
    )
    for entry in session.exec(query).all():
        is_same_day = entry.asked_at is None or (at.time is not None and abs((entry.asked_at - at.time).days) <= 1)
        if is_same_day:
            entry.round_id = row.id
            return True
    return False


def _write_promises(session: Session, round_id: int, promises: Sequence[PromiseMade], *, at: At) -> int:
    stored = session.exec(select(Promise).where(Promise.round_id == round_id)).all()
    there = {(one.kind, one.by, one.text) for one in stored}
    added = 0
    for promise in promises:
        key = (promise.kind, promise.by, sanitise_line(promise.text))
        if key not in there:
            there.add(key)
            session.add(Promise(round_id=round_id, kind=key[0], by=key[1], text=key[2], said_at=at.time))
            added += 1
    session.flush()
    return added


def _tell(session: Session, row: Round, debrief: Debrief, *, now: datetime) -> None:
    """Write the remark, the next step and the result into the application's history."""
    remark, step = sanitise(debrief.remark)[0].strip(), sanitise_line(debrief.next_step)
    lines = [line for line in (remark, f"→ {step}" if step else "") if line]
    if lines:
        note = "\n".join([f"{row.stage}: {lines[0]}", *lines[1:]])
        add_note(session, application_id=row.application_id, note=note, now=now, source=DEBRIEF)
    if not debrief.result or row.result == debrief.result:
        return
    standing = standing_of(session, row.application_id)
    if standing.active and standing.stage == row.stage and not standing.outcome:
        record_outcome(
            session,
            application_id=row.application_id,
            outcome=debrief.result,
            stage=row.stage,
            now=now,
            source=DEBRIEF,
        )
    row.result = debrief.result  # where the application has gone on since, the round alone still learns of it
    session.flush()
