"""How well practice foretold what was asked in a round.

Counted are, of the questions really asked, those that were in the practice for the round, and how all of them stood in
the order of what was likely, as that order was before the round.

Of n questions asked, the share that was practised says nothing while n is small: it is only claimed from ``ENOUGH``
on. The place of a question is the share of the bank that was thought less likely, ties counting half (the area under
the ROC curve, averaged over what was asked): 0.5 is chance, 1 is perfect. Questions that the bank did not hold before
the round have no place; they are counted apart.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from prep.drilling.likelihood import weigh
from prep.models import Asked, PracticeSession, Question
from prep.search_index import raw_connection
from tracker.companies import row_id
from tracker.instants import stored
from tracker.messages import _, ngettext
from tracker.models import Application, Company, Round
from tracker.stages import Precision

ENOUGH = 5
"""Questions asked from which on a share is claimed."""
CHANCE = 0.5
"""Where questions stand in an order that tells nothing."""
PLANNING = ("drill", "mock", "coding")
"""Kinds of sittings whose plan counts as practice, whether it was worked through or not."""
BEFORE = timedelta(days=60)
"""How long before a round practice for its company counts as practice for it, where it names no round."""


@dataclass(frozen=True, slots=True)
class RoundPrediction:
    """How well one round was foretold."""

    round_id: int
    company: str
    stage: str
    at: datetime
    precision: str
    asked: int
    """Different questions that were asked, those asked back left out."""
    in_bank: int
    """Those among them that the bank held before the round."""
    practised: int
    """Those among them that were planned or practised for it."""
    prepared: int
    """Different questions that were planned or practised for it; 0: there was no practice."""
    place: float | None = None
    """Mean share, 0–1, of the bank that was thought less likely than what was asked; ``None`` when not counted."""
    practised_question_ids: frozenset[int] = frozenset()
    """Asked, and planned or practised for it."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """How well rounds were foretold, all together."""

    rounds: tuple[RoundPrediction, ...]
    asked: int
    """In rounds that were practised for."""
    practised: int
    prepared_rounds: int
    place: float | None
    """Over all rounds; see ``RoundPrediction.place``."""
    placed: int
    """The questions over which that is the mean."""

    @property
    def share(self) -> float | None:
        """Of what was asked, what was practised, 0–1; ``None`` while too little was asked to tell."""
        return self.practised / self.asked if self.asked >= ENOUGH else None

    @property
    def sentence(self) -> str:
        """The number with its n; empty while nothing is known."""
        if not self.prepared_rounds:
            return ""
        rounds = ngettext("{n} round", "{n} rounds", self.prepared_rounds).format(n=self.prepared_rounds)
        told = _("{practised} of {asked} asked were in your practice, {rounds}").format(
            practised=self.practised, asked=self.asked, rounds=rounds
        )
        return told if self.share is None else f"{told} ({self.share:.0%})"


def place_sentence(found: Prediction) -> str:
    """Where what was asked stood in the order of what was likely, with its n; empty while too little is known."""
    if found.place is None or found.placed < ENOUGH:
        return ""
    told = ngettext(
        "{n} question asked was ahead of {share} of the bank in what was likely (chance: {chance})",
        "{n} questions asked were ahead of {share} of the bank in what was likely (chance: {chance})",
        found.placed,
    )
    return told.format(n=found.placed, share=f"{found.place:.0%}", chance=f"{CHANCE:.0%}")


def predict(
    session: Session, *, company_id: int | None = None, round_id: int | None = None, with_places: bool = False
) -> Prediction:
    """How well the rounds of which it is known what was asked were foretold, the newest first.

    Args:
        session: Where it is read.
        company_id: Only the rounds of this company.
        round_id: Only this round.
        with_places: Weigh the bank once for every round too: some 0.1 s each with 20,000 questions.
    """
    query = (
        select(Round, Application.company_id, Company.name)
        .join(Application, col(Application.id) == Round.application_id)
        .join(Company, col(Company.id) == Application.company_id)
        .where(col(Round.id).in_(select(Asked.round_id)), col(Round.starts_at).is_not(None))
    )
    if company_id is not None:
        query = query.where(Application.company_id == company_id)
    if round_id is not None:
        query = query.where(Round.id == round_id)
    told = sorted(session.exec(query).all(), key=lambda found: (found[0].starts_at, found[0].id), reverse=True)
    practice = {company: _Practice.of(session, company) for company in {company for _row, company, _name in told}}
    rounds = (
        _of_round(session, row, company, name, practice[company], with_places=with_places)
        for row, company, name in told
    )
    return together(one for one in rounds if one.asked)


def together(rounds: Iterable[RoundPrediction]) -> Prediction:
    """Single rounds put together; those without practice only count for the places."""
    rounds = tuple(rounds)
    prepared = [one for one in rounds if one.prepared]
    placed = [one for one in rounds if one.place is not None]
    count = sum(one.in_bank for one in placed)
    return Prediction(
        rounds=rounds,
        asked=sum(one.asked for one in prepared),
        practised=sum(one.practised for one in prepared),
        prepared_rounds=len(prepared),
        place=sum((one.place or 0) * one.in_bank for one in placed) / count if count else None,
        placed=count,
    )


def _of_round(
    session: Session, row: Round, company_id: int, name: str, practice: "_Practice", *, with_places: bool
) -> RoundPrediction:
    at = row.starts_at
    if at is None:
        raise ValueError("a round without a time foretells nothing")
    query = (
        select(Asked.id, Asked.question_id, Question.created_at)
        .join(Question, col(Question.id) == Asked.question_id)
        .where(Asked.round_id == row.id, Question.kind != "reverse")
    )
    entries = session.exec(query).all()
    asked = {question_id for _id, question_id, _created in entries}
    known = {question_id for _id, question_id, created in entries if _was_there(created, at, row.precision)}
    prepared = practice.before(row, at)
    place = None
    if with_places and known:
        own = [row_id(entry_id) for entry_id, _question, _created in entries]
        place = _place(session, row, company_id, known, own, at)
    return RoundPrediction(
        round_id=row_id(row.id),
        company=name,
        stage=row.stage,
        at=at,
        precision=row.precision,
        asked=len(asked),
        in_bank=len(known),
        practised=len(asked & prepared),
        prepared=len(prepared),
        place=place,
        practised_question_ids=frozenset(asked & prepared),
    )


def _was_there(created: datetime | None, at: datetime, precision: str) -> bool:
    """Whether a question was in the bank before the round; of a round known by its day, before the end of that day."""
    if created is None:
        return True
    return created < at if precision == Precision.MINUTE else created.date() <= at.date()


@dataclass(frozen=True, slots=True)
class _Sitting:
    id: int
    round_id: int | None
    stage: str
    at: datetime
    questions: frozenset[int]


class _Practised(NamedTuple):
    """One attempt, with its time as it is stored: of many, few are needed as moments."""

    question_id: int
    round_id: int | None
    sitting_id: int | None
    at: str


@dataclass(frozen=True, slots=True)
class _Practice:
    """All that was practised for one company, and when its rounds began."""

    sittings: tuple[_Sitting, ...]
    attempts: tuple[_Practised, ...]
    rounds: tuple[tuple[int, datetime], ...]

    @classmethod
    def of(cls, session: Session, company_id: int) -> "_Practice":
        sittings = session.exec(
            select(PracticeSession).where(
                PracticeSession.company_id == company_id, col(PracticeSession.kind).in_(PLANNING)
            )
        ).all()
        attempts = raw_connection(session).execute(_ATTEMPTS, (company_id,))
        rounds = session.exec(
            select(Round.id, Round.starts_at)
            .join(Application, col(Application.id) == Round.application_id)
            .where(Application.company_id == company_id, col(Round.starts_at).is_not(None))
        ).all()
        return cls(
            sittings=tuple(
                _Sitting(
                    row_id(one.id), one.round_id, one.stage, one.started_at, frozenset(planned_questions(one.plan))
                )
                for one in sittings
                if one.started_at is not None
            ),
            attempts=tuple(_Practised(*row) for row in attempts),
            rounds=tuple((row_id(key), at) for key, at in rounds if at is not None),
        )

    def before(self, row: Round, at: datetime) -> set[int]:
        """The questions that were planned or practised for a round before it began."""
        earlier = [began for key, began in self.rounds if key != row.id and began < at]
        since = max([at - BEFORE, *earlier])
        until = at if row.precision == Precision.MINUTE else at + timedelta(days=1)
        meant = [
            one
            for one in self.sittings
            if one.at < until
            and (one.round_id == row.id or (one.round_id is None and one.stage in ("", row.stage) and one.at >= since))
        ]
        found = {question_id for one in meant for question_id in one.questions}
        ids = {one.id for one in meant}
        first, last = stored(since), stored(until)
        for one in self.attempts:
            is_meant = one.round_id == row.id or one.sitting_id in ids
            is_near = one.round_id is None and one.sitting_id is None and one.at >= first
            if (is_meant or is_near) and one.at < last:
                found.add(one.question_id)
        return found


_ATTEMPTS = (
    "SELECT question_id, round_id, session_id, attempted_at FROM attempt"
    " WHERE company_id = ? AND mode NOT IN ('interview', 'notes') AND attempted_at IS NOT NULL"
)


def planned_questions(plan: str) -> set[int]:
    """The questions of the bank that a sitting's plan names, whatever its kind; none where it cannot be read."""
    try:
        told = json.loads(plan)
    except ValueError:
        return set()
    if not isinstance(told, dict):
        return set()
    listed, turns = told.get("questions"), told.get("turns")
    found = list(listed) if isinstance(listed, list) else []
    if isinstance(turns, list):
        found += [turn.get("question_id") for turn in turns if isinstance(turn, dict)]
    return {one for one in found if isinstance(one, int)}


def _place(
    session: Session, row: Round, company_id: int, asked: set[int], own: list[int], at: datetime
) -> float | None:
    """Where what was asked stood in the order of what was likely, before the round and without what it told."""
    weighed = weigh(session, company_id=company_id, now=at - timedelta(minutes=1), round_id=row.id, but_asked=own)
    came_later = set(
        session.exec(select(Question.id).where(col(Question.created_at) >= at, col(Question.id).not_in(asked))).all()
    )
    weights = {one.question_id: one.weight for one in weighed if one.question_id not in came_later}
    others = sorted(weight for question_id, weight in weights.items() if question_id not in asked)
    places = [
        (bisect_left(others, weight) + bisect_right(others, weight)) / 2 / len(others)
        for question_id, weight in weights.items()
        if question_id in asked and others
    ]
    missing = len(asked) - len(places)
    # What was asked and was not even among those weighed was thought least likely of all.
    return sum(places) / (len(places) + missing) if places else None
