"""Companies by all their names, kept in step while an import adds to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.companies import NewCompany, add_alias, add_companies, row_id
from tracker.known_companies import find_known
from tracker.models import Company, CompanyAlias
from tracker.text import name_key

CHUNK = 900
"""Values asked for at a time: SQLite binds at most 999 in old builds."""


class Directory:
    """Companies by every name they go by, kept in step while an import adds to them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: set[int | None] = set()
        self.rows = {row_id(row.id): row for row in session.exec(select(Company)).all()}
        self._ids = {row.name_key: company_id for company_id, row in self.rows.items()}
        for alias in session.exec(select(CompanyAlias)).all():
            self._ids.setdefault(alias.name_key, alias.company_id)

    def find(self, name: str) -> Company | None:
        """The company of this name or alias."""
        company_id = self._ids.get(name_key(name))
        return None if company_id is None else self.rows[company_id]

    def add(self, entries: Sequence[NewCompany], *, now: datetime) -> None:
        """Add companies that are not there."""
        ids = add_companies(self._session, entries, now=now)
        for start in range(0, len(ids), CHUNK):
            part = col(Company.id).in_(ids[start : start + CHUNK])
            for row in self._session.exec(select(Company).where(part)).all():
                company_id = row_id(row.id)
                self.rows[company_id] = row
                self._ids[row.name_key] = company_id
                self.added.add(company_id)

    def add_alias(self, company: Company, name: str) -> None:
        """Give a company another name that nothing goes by yet."""
        add_alias(self._session, company_id=row_id(company.id), name=name, is_known_new=True)
        self._ids[name_key(name)] = row_id(company.id)

    def find_known(self, name: str) -> Company | None:
        """The company of this name, or of another one that everybody knows it by."""
        found = self.find(name)
        known = find_known(name) if found is None else None
        for other in known.names if known is not None else ():
            found = found or self.find(other)
        return found
