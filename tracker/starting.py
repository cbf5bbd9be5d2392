"""The first start: whether its question was answered, and a list of well-known companies to begin with."""

from datetime import datetime

from sqlmodel import Session

from tracker.companies import NewCompany, add_alias, add_companies, load_names
from tracker.known_companies import known_companies
from tracker.models import Setting
from tracker.text import name_key

WELCOMED = "welcomed"
"""The setting that holds the answer; the first screen looks for it without the ORM."""


def welcome_answer(session: Session) -> str:
    """What was answered at the first start; empty when nothing was yet."""
    row = session.get(Setting, WELCOMED)
    return row.value if row is not None else ""


def remember_welcome(session: Session, *, answer: str) -> None:
    """Keep the answer, so that the question is not asked again."""
    row = session.get(Setting, WELCOMED) or Setting(name=WELCOMED)
    row.value = answer
    session.add(row)
    session.flush()


def add_known_companies(session: Session, *, now: datetime) -> int:
    """Add the well-known companies with their tiers and other names, and return how many.

    A company that is there under any of its names stays as it is; a name that another company has stays with that one.
    """
    taken = {name_key(name) for name in load_names(session)}
    new = [company for company in known_companies() if not any(name_key(name) in taken for name in company.names)]
    entries = [NewCompany(company.name, company.tier, position=at) for at, company in enumerate(new, start=1)]
    for company_id, company in zip(add_companies(session, entries, now=now), new, strict=True):
        for alias in company.aliases:
            add_alias(session, company_id=company_id, name=alias, is_known_new=True)
    session.flush()
    return len(new)
