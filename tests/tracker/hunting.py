"""Anything a person may do, in any order, as data: what the random tests of history, board and undo play."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlmodel import Session, col, select

from prep import bank
from prep.models import Question
from tracker import companies, pipeline, rounds
from tracker.applications import At, add_application, edit_application
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Application, Company, Contact, Round
from tracker.stages import STAGES, Outcome, Tier
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

Step = tuple[str, int, Any]
"""What to do, to the how-manieth of its kind, with what."""

NAMES = st.sampled_from(("海潮云", "青禾", "得到", "[/x]", "Bili", "B站", "重庆快车"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOMENTS = st.integers(min_value=-90, max_value=30).map(lambda days: NOW + timedelta(days=days, hours=days % 7))
ATS = st.one_of(
    st.none(),
    st.just(At()),
    MOMENTS.map(At.minute),
    MOMENTS.map(At.day),
    MOMENTS.map(lambda moment: At.of(moment, "month")),
)
LABELS = st.sampled_from([stage.label for stage in STAGES])

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "company": NAMES,
    "alias": NAMES,
    "rename": NAMES,
    "tier": st.sampled_from(["", *map(str, Tier)]),
    "company note": TEXTS,
    "contact": NAMES,
    "contact gone": st.none(),
    "application": TEXTS,
    "position": TEXTS,
    "deadline": st.one_of(st.none(), MOMENTS),
    "advance": ATS,
    "move": LABELS,
    "outcome": st.tuples(st.sampled_from(list(Outcome)), ATS),
    "pool": ATS,
    "revive": ATS,
    "amend": st.tuples(ATS, st.one_of(st.none(), TEXTS)),
    "note": TEXTS,
    "round": st.tuples(LABELS, MOMENTS),
    "round moved": MOMENTS,
    "round cancelled": st.none(),
    "question": TEXTS,
    "answer": TEXTS,
    "question gone": st.none(),
    "attempt": st.sampled_from(["again", "hard", "good", "easy"]),
    "asked": ATS,
}
STEPS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.integers(min_value=0, max_value=3), VALUES[name])
)
UNDOING = st.sampled_from((("undo", 0, None), ("redo", 0, None)))


def play(database: Database, step: Step, *, now: datetime) -> bool:
    """Do one step as one change; whether it was not refused."""
    name, number, value = step
    try:
        if name == "undo":
            undo(database, now=now)
        elif name == "redo":
            redo(database, now=now)
        else:
            with database.change(name, now=now) as session:
                _HANDLERS[name](session, number, value, now)
    except RefusedError:
        return False
    return True


def _pick(session: Session, model: Any, number: int) -> int:
    ids = session.exec(select(model.id).order_by(col(model.id))).all()
    if not ids:
        raise RefusedError("there is none yet")
    return int(ids[number % len(ids)])


def _company(session: Session, number: int) -> int:
    return _pick(session, Company, number)


def _application(session: Session, number: int) -> int:
    return _pick(session, Application, number)


def _round(session: Session, number: int) -> int:
    return _pick(session, Round, number)


def _question(session: Session, number: int) -> int:
    return _pick(session, Question, number)


_HANDLERS: dict[str, Callable[[Session, int, Any, datetime], object]] = {
    "company": lambda s, _n, v, now: companies.add_company(s, name=v, now=now),
    "alias": lambda s, n, v, _now: companies.add_alias(s, company_id=_company(s, n), name=v),
    "rename": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), name=v),
    "tier": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), tier=v),
    "company note": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), note=v),
    "contact": lambda s, n, v, _now: companies.save_contact(s, company_id=_company(s, n), name=v),
    "contact gone": lambda s, n, _v, _now: companies.remove_contact(s, contact_id=_pick(s, Contact, n)),
    "application": lambda s, n, v, now: add_application(s, company_id=_company(s, n), now=now, position=v),
    "position": lambda s, n, v, _now: edit_application(s, application_id=_application(s, n), position=v),
    "deadline": lambda s, n, v, _now: edit_application(
        s, application_id=_application(s, n), deadline_at=v, clear_deadline=v is None
    ),
    "advance": lambda s, n, v, now: pipeline.advance(s, application_id=_application(s, n), now=now, at=v),
    "move": lambda s, n, v, now: pipeline.move_to(s, application_id=_application(s, n), label=v, now=now),
    "outcome": lambda s, n, v, now: pipeline.record_outcome(
        s, application_id=_application(s, n), outcome=v[0], now=now, at=v[1]
    ),
    "pool": lambda s, n, v, now: pipeline.set_pool(s, application_id=_application(s, n), now=now, at=v),
    "revive": lambda s, n, v, now: pipeline.revive(s, application_id=_application(s, n), now=now, at=v),
    "amend": lambda s, n, v, now: pipeline.amend_event(
        s, application_id=_application(s, n), now=now, at=v[0], note=v[1]
    ),
    "note": lambda s, n, v, now: pipeline.add_note(s, application_id=_application(s, n), note=v, now=now),
    "round": lambda s, n, v, _now: rounds.plan_round(s, application_id=_application(s, n), stage=v[0], starts_at=v[1]),
    "round moved": lambda s, n, v, _now: rounds.edit_round(s, round_id=_round(s, n), starts_at=v),
    "round cancelled": lambda s, n, _v, _now: rounds.remove_round(s, round_id=_round(s, n)),
    "question": lambda s, _n, v, now: bank.add_question(s, text=v, now=now),
    "answer": lambda s, n, v, _now: bank.edit_question(s, question_id=_question(s, n), answer=v),
    "question gone": lambda s, n, _v, _now: bank.remove_question(s, question_id=_question(s, n)),
    "attempt": lambda s, n, v, now: bank.log_attempt(s, question_id=_question(s, n), rating=v, now=now),
    "asked": lambda s, n, v, _now: bank.add_asked(
        s, question_id=_question(s, n), company_id=_company(s, n), at=v or At()
    ),
}
