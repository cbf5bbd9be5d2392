"""What is written down about a round after it, and what a person would write: values, and how they are read."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from prep.models import Asked, Attempt, Promise, Question
from tracker.capture.proposals import Proposal
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.models import Application, Company, Round
from tracker.stages import Phase, Precision, find_stage
from tracker.text import sanitise_line

DEBRIEF = "debrief"
"""Where asked entries and events of a debrief say that they came from."""
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AskedThen:
    """A question that was asked, as the person tells it."""

    text: str
    question_id: int | None = None
    """Of the bank; ``None``: the question with these words, else a new one."""
    kind: str = "knowledge"
    """Of a new one."""
    rating: str = ""
    """How it went: again, hard, good, easy; empty when that is not said."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """Something that binds."""

    text: str
    kind: str = "other"
    """pay, start or other."""
    by: str = "me"
    """me or them."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """What a person writes down after a round; nothing is written yet."""

    asked: tuple[AskedThen, ...] = ()
    promises: tuple[PromiseMade, ...] = ()
    mood: int | None = None
    """1 (bad) – 5 (good)."""
    remark: str = ""
    next_step: str = ""
    result: str = ""
    """passed, rejected, or nothing while it is not known."""
    planned: tuple[Proposal, ...] = ()
    """What the next step plans, as it was shown."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self == Debrief()


@dataclass(frozen=True, slots=True)
class DebriefView:
    """A round with what was written down after it."""

    round_id: int
    application_id: int
    company_id: int
    company: str
    stage: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    state: str
    result: str
    debriefed_at: datetime | None
    mood: int | None
    asked: tuple[AskedThen, ...]
    promises: tuple[PromiseMade, ...]


def view_debrief(session: Session, *, round_id: int) -> DebriefView:
    """A round with what is written down about it.

    Raises:
        GoneError: it is not there any more.
    """
    row, company = round_row(session, round_id)
    query = (
        select(Asked, Question)
        .join(Question, col(Question.id) == Asked.question_id)
        .where(Asked.round_id == round_id)
        .order_by(col(Asked.id))
    )
    ratings = interview_ratings(session, round_id)
    told: dict[int, AskedThen] = {}
    for asked, question in session.exec(query).all():
        key = row_id(question.id)
        told.setdefault(key, AskedThen(question.text, key, question.kind, ratings.get(key, ""), asked.note))
    promises = session.exec(select(Promise).where(Promise.round_id == round_id).order_by(col(Promise.id))).all()
    return DebriefView(
        round_id=round_id,
        application_id=row.application_id,
        company_id=row_id(company.id),
        company=company.name,
        stage=row.stage,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        precision=row.precision,
        state=row.state,
        result=row.result,
        debriefed_at=row.debriefed_at,
        mood=row.mood,
        asked=tuple(told.values()),
        promises=tuple(PromiseMade(one.text, one.kind, one.by) for one in promises),
    )


def round_row(session: Session, round_id: int) -> tuple[Round, Company]:
    """A round and its company, for the services of debriefs.

    Raises:
        GoneError: it is not there any more.
    """
    row = session.get(Round, round_id)
    if row is None:
        raise GoneError(_("This round is not there any more."))
    application = session.get_one(Application, row.application_id)
    return row, session.get_one(Company, application.company_id)


def interview_ratings(session: Session, round_id: int) -> dict[int, str]:
    """How the questions of a round went there, by their ids."""
    query = select(Attempt.question_id, Attempt.rating).where(Attempt.round_id == round_id, Attempt.mode == "interview")
    return dict(session.exec(query.order_by(col(Attempt.id))).all())


def find_round(session: Session, *, company_id: int, now: datetime, stage: str = "") -> int:
    """The round of a company that is likely meant: the latest that has begun, debriefed or not.

    Args:
        session: Where it is read.
        company_id: The company.
        now: The present moment, aware.
        stage: Only rounds of this label, or one of its synonyms; without it only interviews, for of a test that is
            long over nobody means to tell.

    Raises:
        RefusedError: no such round has begun.
    """
    known = find_stage(stage) if stage else None
    label = known.label if known else sanitise_line(stage)
    query = (
        select(Round)
        .join(Application, col(Application.id) == Round.application_id)
        .where(Application.company_id == company_id, Round.state != "cancelled")
    )
    begun = [
        row
        for row in session.exec(query).all()
        if not lies_ahead(row, now) and (row.stage == label if label else row.phase == Phase.INTERVIEW)
    ]
    if not begun and not label:
        raise RefusedError(
            _(
                "No interview has begun here: name another round with --round, or plan it with ashore round, a past"
                " time will do."
            )
        )
    if not begun:
        raise RefusedError(_("No such round has begun here: plan it with ashore round, a past time will do."))
    latest = max(begun, key=lambda row: (row.starts_at or row.ends_at or _EARLIEST, row_id(row.id)))
    return row_id(latest.id)


def lies_ahead(row: Round, now: datetime) -> bool:
    """Whether a round has not begun; one without a time may have."""
    start = row.starts_at or row.ends_at
    if start is None or row.precision == Precision.UNKNOWN:
        return False
    # A day is kept as midnight in UTC, and is the person's own wherever that is.
    return start > now if row.precision == Precision.MINUTE else start.date() > now.date()
