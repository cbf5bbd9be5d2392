"""A small hunt with a bank, to plan drills on."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from prep.bank import add_asked, add_question, log_attempt
from prep.topics import find_or_add_topic
from tracker.applications import At, add_application
from tracker.companies import add_company, row_id
from tracker.models import Application
from tracker.rounds import plan_round

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def days(count: float) -> timedelta:
    return timedelta(days=count)


def company(
    session: Session, name: str = "海潮云", *, tier: str = "S", position: str = "", description: str = ""
) -> int:
    """A company with one application; returns the company's id."""
    company_id = add_company(session, name=name, now=NOW, tier=tier)
    application_id = add_application(session, company_id=company_id, now=NOW, position=position)
    session.get_one(Application, application_id).description = description
    session.flush()
    return company_id


def interview(session: Session, company_id: int, *, stage: str = "一面", at: datetime | None, **details: Any) -> int:
    """A planned round of a company's first application."""
    own = select(Application.id).where(Application.company_id == company_id).order_by(col(Application.id))
    application_id = row_id(session.exec(own).first())
    return plan_round(session, application_id=application_id, stage=stage, starts_at=at, **details)


def question(session: Session, text: str, *, topic: str = "微调", answer: str = "先说结论。", **fields: Any) -> int:
    """One question with an answer."""
    return add_question(
        session, text=text, answer=answer, topic_id=find_or_add_topic(session, path=(topic,)), now=NOW, **fields
    )


def practise(
    session: Session, question_id: int, rating: str = "good", *, ago: float = 5, seconds: int | None = None
) -> None:
    """One review so many days ago."""
    log_attempt(session, question_id=question_id, rating=rating, now=NOW - days(ago), seconds=seconds)


def asked(
    session: Session, question_id: int, company_id: int, *, stage: str = "一面", ago: float = 30, **fields: Any
) -> int:
    """A question was asked there so many days ago."""
    at = At.minute(NOW - days(ago))
    return add_asked(session, question_id=question_id, company_id=company_id, at=at, stage=stage, **fields)
