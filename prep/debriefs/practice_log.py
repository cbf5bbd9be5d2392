"""What was practised for one company, when and how it went, and what was really asked there, round by round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlmodel import Session, col, or_, select

from prep.drilling.prediction import Prediction, RoundPrediction, planned_questions, predict
from prep.memory.states import RATINGS
from prep.models import Asked, Attempt, PracticeSession, Promise, Question
from tracker.companies import row_id, view_company
from tracker.models import Round
from tracker.rounds import RoundView, list_rounds


@dataclass(frozen=True, slots=True)
class LoggedAttempt:
    """One practice of one question."""

    id: int
    question_id: int
    question: str
    rating: str
    seconds: int | None
    at: datetime | None
    precision: str


@dataclass(frozen=True, slots=True)
class LoggedPractice:
    """A sitting, or the practices of one day that were part of none."""

    sitting_id: int | None
    kind: str
    """daily, drill, mock, coding, or practice for what was part of no sitting."""
    stage: str
    state: str
    """open, done or left; empty without a sitting."""
    at: datetime | None
    seconds: int
    """That were spent."""
    planned: int
    """Questions of its plan; 0 without one."""
    attempts: tuple[LoggedAttempt, ...]

    @property
    def ratings(self) -> Mapping[str, int]:
        """How many went how, those that nobody rated left out."""
        counts = ((rating, sum(one.rating == rating for one in self.attempts)) for rating in RATINGS)
        return MappingProxyType({rating: count for rating, count in counts if count})


@dataclass(frozen=True, slots=True)
class LoggedAsked:
    """A question that was really asked."""

    question_id: int
    question: str
    kind: str
    rating: str
    """How it went there; empty when that is not known."""
    note: str
    is_practised: bool
    """Whether it was in the practice for the round."""


@dataclass(frozen=True, slots=True)
class LoggedRound:
    """A round with its practice; with ``view`` of ``None`` all that is for no certain round."""

    view: RoundView | None
    practice: tuple[LoggedPractice, ...]
    asked: tuple[LoggedAsked, ...]
    promises: tuple[tuple[str, str, str], ...]
    """Kind, by whom, and the words."""
    mood: int | None
    prediction: RoundPrediction | None
    """``None`` while it is not known what was asked."""


@dataclass(frozen=True, slots=True)
class PracticeLog:
    """Everything of one company."""

    company_id: int
    company: str
    rounds: tuple[LoggedRound, ...]
    """The latest first; last what is for no certain round."""
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class _Practised:
    practice: LoggedPractice
    round_id: int | None


def view_practice_log(session: Session, *, company_id: int, with_places: bool = False) -> PracticeLog:
    """The practice log of a company.

    Practice that names no round is put with the first round of its label that came after it.

    Args:
        session: Where it is read.
        company_id: The company.
        with_places: See ``prep.drilling.prediction.predict``.

    Raises:
        RefusedError: the company is gone.
    """
    company = view_company(session, company_id)
    views = list_rounds(session, company_id=company_id)
    prediction = predict(session, company_id=company_id, with_places=with_places)
    foretold = {one.round_id: one for one in prediction.rounds}
    practised = [_settled(one, views) for one in _practised(session, company_id)]
    asked, moods, promises = _asked(session, company_id, foretold), _moods(session, views), _promises(session, views)
    rounds = [
        LoggedRound(
            view=view,
            practice=_newest(one.practice for one in practised if one.round_id == view.id),
            asked=tuple(asked.get(view.id, ())),
            promises=tuple(promises.get(view.id, ())),
            mood=moods.get(view.id),
            prediction=foretold.get(view.id),
        )
        for view in reversed(views)
    ]
    rest = _newest(one.practice for one in practised if one.round_id is None)
    others = tuple(asked.get(None, ()))
    if rest or others:
        rounds.append(LoggedRound(None, rest, others, (), None, None))
    return PracticeLog(company_id, company.name, tuple(rounds), prediction)


def _newest(practice: Iterable[LoggedPractice]) -> tuple[LoggedPractice, ...]:
    return tuple(sorted(practice, key=lambda one: (one.at is not None, one.at, one.sitting_id or 0), reverse=True))


def _settled(one: _Practised, views: Sequence[RoundView]) -> _Practised:
    """With the round that it was most likely for."""
    if one.round_id in {view.id for view in views}:
        return one
    at, stage = one.practice.at, one.practice.stage
    fitting = [
        view
        for view in views
        if at is not None and view.starts_at is not None and view.starts_at >= at and stage in ("", view.stage)
    ]
    return _Practised(one.practice, fitting[0].id if fitting else None)


def _practised(session: Session, company_id: int) -> list[_Practised]:
    sittings = session.exec(select(PracticeSession).where(PracticeSession.company_id == company_id)).all()
    ids = [row_id(sitting.id) for sitting in sittings]
    query = (
        select(Attempt, Question.text)
        .join(Question, col(Question.id) == Attempt.question_id)
        .where(or_(col(Attempt.company_id) == company_id, col(Attempt.session_id).in_(ids)))
        .where(col(Attempt.mode).not_in(("interview", "notes")))
        .order_by(col(Attempt.attempted_at), col(Attempt.id))
    )
    in_sittings: dict[int, list[LoggedAttempt]] = {key: [] for key in ids}
    alone: dict[tuple[object, int | None], list[LoggedAttempt]] = {}
    for attempt, text in session.exec(query).all():
        logged = LoggedAttempt(
            id=row_id(attempt.id),
            question_id=attempt.question_id,
            question=text,
            rating=attempt.rating,
            seconds=attempt.seconds,
            at=attempt.attempted_at,
            precision=attempt.precision,
        )
        if attempt.session_id in in_sittings:
            in_sittings[attempt.session_id].append(logged)
        else:
            day = attempt.attempted_at.date() if attempt.attempted_at else None
            alone.setdefault((day, attempt.round_id), []).append(logged)
    return [
        *(_of_sitting(sitting, in_sittings[row_id(sitting.id)]) for sitting in sittings),
        *(_Practised(_of_day(attempts), round_id) for (_day, round_id), attempts in alone.items()),
    ]


def _of_sitting(sitting: PracticeSession, attempts: Sequence[LoggedAttempt]) -> _Practised:
    practice = LoggedPractice(
        sitting_id=sitting.id,
        kind=sitting.kind,
        stage=sitting.stage,
        state=sitting.state,
        at=sitting.started_at,
        seconds=sitting.spent_seconds or sum(one.seconds or 0 for one in attempts),
        planned=len(planned_questions(sitting.plan)),
        attempts=tuple(attempts),
    )
    return _Practised(practice, sitting.round_id)


def _of_day(attempts: Sequence[LoggedAttempt]) -> LoggedPractice:
    seconds = sum(one.seconds or 0 for one in attempts)
    return LoggedPractice(None, "practice", "", "", attempts[0].at, seconds, 0, tuple(attempts))


def _asked(
    session: Session, company_id: int, foretold: Mapping[int, RoundPrediction]
) -> dict[int | None, list[LoggedAsked]]:
    query = (
        select(Asked, Question)
        .join(Question, col(Question.id) == Asked.question_id)
        .where(Asked.company_id == company_id)
        .order_by(col(Asked.id))
    )
    went = select(Attempt.round_id, Attempt.question_id, Attempt.rating).where(
        Attempt.company_id == company_id, Attempt.mode == "interview"
    )
    ratings = {(round_id, question_id): rating for round_id, question_id, rating in session.exec(went).all()}
    found: dict[int | None, dict[int, LoggedAsked]] = {}
    for asked, question in session.exec(query).all():
        key = row_id(question.id)
        told = foretold.get(asked.round_id or 0)
        found.setdefault(asked.round_id, {}).setdefault(
            key,
            LoggedAsked(
                question_id=key,
                question=question.text,
                kind=question.kind,
                rating=ratings.get((asked.round_id, key), ""),
                note=asked.note,
                is_practised=told is not None and key in told.practised_question_ids,
            ),
        )
    return {round_id: list(questions.values()) for round_id, questions in found.items()}


def _moods(session: Session, views: Sequence[RoundView]) -> dict[int, int | None]:
    query = select(Round.id, Round.mood).where(col(Round.id).in_([view.id for view in views]))
    return {row_id(found): mood for found, mood in session.exec(query).all()}


def _promises(session: Session, views: Sequence[RoundView]) -> dict[int, list[tuple[str, str, str]]]:
    query = select(Promise).where(col(Promise.round_id).in_([view.id for view in views])).order_by(col(Promise.id))
    found: dict[int, list[tuple[str, str, str]]] = {}
    for one in session.exec(query).all():
        found.setdefault(one.round_id, []).append((one.kind, one.by, one.text))
    return found
