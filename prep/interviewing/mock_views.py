"""Mock interviews as screens and commands see them: what was planned, asked, answered, and how it went."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from prep.interviewing.feedback import parse_feedback
from prep.interviewing.interviewer import Exchange, Feedback, TurnContext
from prep.interviewing.plan import PlannedTurn
from prep.models import MockTurn, PracticeSession
from prep.sittings.recording import SittingView, view_sitting
from tracker.companies import row_id
from tracker.errors import GoneError
from tracker.messages import _
from tracker.models import Company


@dataclass(frozen=True, slots=True)
class MockOptions:
    """What was chosen at the start."""

    manner: str = "typed"
    """How answers are given at first: typed or spoken; each answer may differ."""
    gives_feedback_at_once: bool = False
    """Whether an answer's feedback is shown when it is given; else all of it at the end."""


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn of a mock interview."""

    id: int
    position: int
    part: str
    question_id: int | None
    follows_id: int | None
    """The turn that it follows up."""
    asked: str
    answer: str
    """A draft while it is not answered."""
    manner: str
    """typed, spoken or skipped; empty while it is not answered."""
    rating: str
    seconds: int
    """That were taken for it, pauses left out."""
    feedback: Feedback | None
    asked_at: datetime | None
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class MockView:
    """A mock interview."""

    id: int
    company_id: int | None
    company: str
    round_id: int | None
    position: str
    stage: str
    language: str
    interviewer: str
    """The language model with the version of its instructions; empty for the built-in interviewer."""
    minutes: int
    spent_seconds: int
    state: str
    """open, done or left."""
    started_at: datetime | None
    ended_at: datetime | None
    options: MockOptions
    follows_up: bool
    planned: tuple[PlannedTurn, ...]
    warnings: tuple[str, ...]
    turns: tuple[TurnView, ...]

    @property
    def waiting(self) -> TurnView | None:
        """The turn that waits for an answer."""
        return self.turns[-1] if self.turns and self.turns[-1].is_open else None

    @property
    def seconds_left(self) -> int:
        """Of the planned length; 0 when it is used up."""
        return max(0, self.minutes * 60 - self.spent_seconds)

    @property
    def number(self) -> int:
        """Which of the planned turns was asked last; 1 is the first."""
        return min(len(self.planned), sum(turn.follows_id is None for turn in self.turns))

    def turn(self, turn_id: int) -> TurnView | None:
        """The turn of this id."""
        return next((turn for turn in self.turns if turn.id == turn_id), None)

    def context(self, turn: TurnView, *, question: str | None = None) -> TurnContext:
        """What an interviewer may know when it asks this turn, or asks on from it."""
        return TurnContext(
            company=self.company,
            position=self.position,
            stage=self.stage,
            language=self.language,
            part=turn.part,
            question=turn.asked if question is None else question,
            is_follow_up=turn.follows_id is not None,
            earlier=tuple(
                Exchange(one.part, one.asked, one.answer, one.manner)
                for one in self.turns
                if one.position < turn.position and not one.is_open
            ),
            seconds_left=self.seconds_left,
        )


@dataclass(frozen=True, slots=True)
class MockLine:
    """A mock interview in a list."""

    id: int
    company: str
    stage: str
    state: str
    minutes: int
    spent_seconds: int
    interviewer: str
    started_at: datetime | None
    ended_at: datetime | None
    asked: int
    """Questions, the opening left out."""
    answered: int


def view_mock(session: Session, sitting_id: int) -> MockView:
    """A mock interview with all its turns.

    Raises:
        GoneError: there is none of this id.
    """
    sitting = view_sitting(session, sitting_id)
    if sitting.kind != "mock":
        raise GoneError(_("There is no mock interview {number}.").format(number=sitting_id))
    rows = session.exec(
        select(MockTurn).where(MockTurn.session_id == sitting_id).order_by(col(MockTurn.position), col(MockTurn.id))
    ).all()
    return _view(sitting, tuple(map(_turn, rows)))


def list_mocks(session: Session, *, company_id: int | None = None, limit: int = 50) -> tuple[MockLine, ...]:
    """Mock interviews, the newest first; those at one company where it is named."""
    query = (
        select(PracticeSession, Company.name)
        .join(Company, col(Company.id) == PracticeSession.company_id, isouter=True)
        .where(PracticeSession.kind == "mock")
        .order_by(col(PracticeSession.started_at).desc(), col(PracticeSession.id).desc())
        .limit(limit)
    )
    if company_id is not None:
        query = query.where(PracticeSession.company_id == company_id)
    found = session.exec(query).all()
    ids = [row.id for row, _name in found]
    turns: dict[int, list[tuple[str, str]]] = {}
    rows = session.exec(
        select(MockTurn.session_id, MockTurn.part, MockTurn.manner).where(col(MockTurn.session_id).in_(ids))
    )
    for key, part, manner in rows.all():
        if part != "opening":
            turns.setdefault(key, []).append((part, manner))
    return tuple(
        MockLine(
            id=row_id(row.id),
            company=name or "",
            stage=row.stage,
            state=row.state,
            minutes=row.minutes or 0,
            spent_seconds=row.spent_seconds,
            interviewer=row.interviewer,
            started_at=row.started_at,
            ended_at=row.ended_at,
            asked=len(turns.get(row_id(row.id), ())),
            answered=sum(manner in ("typed", "spoken") for _part, manner in turns.get(row_id(row.id), ())),
        )
        for row, name in found
    )


def _view(sitting: SittingView, turns: tuple[TurnView, ...]) -> MockView:
    plan = sitting.plan
    return MockView(
        id=sitting.id,
        company_id=sitting.company_id,
        company=sitting.company,
        round_id=sitting.round_id,
        position=_text(plan.get("position")),
        stage=sitting.stage,
        language=sitting.language,
        interviewer=sitting.interviewer,
        minutes=sitting.minutes or 1,
        spent_seconds=sitting.spent_seconds,
        state=sitting.state,
        started_at=sitting.started_at,
        ended_at=sitting.ended_at,
        options=MockOptions(
            manner="spoken" if plan.get("manner") == "spoken" else "typed",
            gives_feedback_at_once=plan.get("feedback") == "each",
        ),
        follows_up=plan.get("follows_up") is not False,
        planned=parse_turns(plan.get("turns")),
        warnings=tuple(map(_text, _list(plan.get("warnings")))),
        turns=turns,
    )


def parse_turns(found: object) -> tuple[PlannedTurn, ...]:
    """Planned turns from the JSON of a plan; what is none is left out."""
    return tuple(
        PlannedTurn(
            part=_text(one.get("part")),
            text=_text(one.get("text")),
            question_id=one["question_id"] if isinstance(one.get("question_id"), int) else None,
            seconds=one["seconds"] if isinstance(one.get("seconds"), int) else 0,
            reason=_text(one.get("reason")),
        )
        for one in _list(found)
        if isinstance(one, dict)
    )


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _turn(row: MockTurn) -> TurnView:
    return TurnView(
        id=row_id(row.id),
        position=row.position,
        part=row.part,
        question_id=row.question_id,
        follows_id=row.follows_id,
        asked=row.asked,
        answer=row.answer,
        manner=row.manner,
        rating=row.rating,
        seconds=row.seconds,
        feedback=parse_feedback(row.feedback),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
    )


def dump_plan(turns: tuple[PlannedTurn, ...], **others: object) -> dict[str, object]:
    """The plan of a sitting as JSON can hold it: ``parse_turns`` reads its turns again."""
    return {
        **others,
        "turns": [
            {
                "part": turn.part,
                "question_id": turn.question_id,
                "text": turn.text,
                "seconds": turn.seconds,
                "reason": turn.reason,
            }
            for turn in turns
        ],
    }


def read_json(text: str) -> object:
    """What a JSON text holds; nothing when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None
