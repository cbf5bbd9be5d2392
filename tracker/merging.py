"""Two companies that are one: all that hangs on the one moves to the other, and its name stays as another name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Column
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.main import default_registry

from tracker.absorbing import absorb_doubles
from tracker.changes import is_logged
from tracker.companies import company_row, find_company_id, row_id
from tracker.errors import RefusedError
from tracker.imports.said import join_words
from tracker.messages import _, ngettext
from tracker.models import Application, Company, CompanyAlias, Contact, Review

_BETWEEN_REMARKS = "；"
_BETWEEN_NOTES = "\n\n"


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of two companies."""

    company_id: int
    name: str
    """Of the company that stays."""
    merged_name: str
    """Of the one that is gone; another name of the first now."""
    applications: int
    """How many moved."""
    absorbed: int
    """Applications that said nothing which another of the company does not say; they are gone."""
    differences: tuple[str, ...]
    """What both knew and knew differently, a sentence each: the word of the company that stays was kept."""

    @property
    def sentence(self) -> str:
        """What was done, in a line."""
        done = _("{company} merged into {other}").format(company=self.merged_name, other=self.name)
        if not self.applications:
            return done
        moved = ngettext("{n} application moved", "{n} applications moved", self.applications)
        return f"{done} · {moved.format(n=self.applications)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person would not expect of it, a sentence each."""
        if not self.absorbed:
            return self.differences
        absorbed = ngettext(
            "{n} application was the same at both and is one now.",
            "{n} applications were the same at both and are one each now.",
            self.absorbed,
        )
        return (absorbed.format(n=self.absorbed), *self.differences)


def merge_companies(session: Session, *, from_id: int, into_id: int) -> Merged:
    """Merge one company into another, in the caller's one transaction.

    Whatever refers to the first, in the preparation too, refers to the second afterwards. Remarks, notes and links
    are joined; what only one of the two can be, such as the tier, stays that of the second unless it has none.

    Raises:
        RefusedError: they are one already, or one of them is gone.
    """
    if from_id == into_id:
        raise RefusedError(_("A company cannot be merged with itself."))
    source, target = company_row(session, from_id), company_row(session, into_id)
    differences = _join_fields(session, source, target)
    _drop_equal_contacts(session, source, target)
    own, others = _applications(session, into_id), _applications(session, from_id)
    for model, attribute in references_to("company"):
        for row in session.exec(select(model).where(getattr(model, attribute) == from_id)).all():
            setattr(row, attribute, into_id)
    name, pinyin = source.name, source.pinyin
    key = source.name_key
    session.flush()
    session.delete(source)
    session.flush()
    if session.exec(select(CompanyAlias).where(CompanyAlias.name_key == key)).first() is None:
        session.add(CompanyAlias(company_id=into_id, name=name, name_key=key, pinyin=pinyin))
        session.flush()
    absorbed = absorb_doubles(session, own, others)
    _settle_reviews(session, into_id)
    return Merged(
        company_id=into_id,
        name=target.name,
        merged_name=name,
        applications=len(others),
        absorbed=absorbed,
        differences=differences,
    )


def references_to(table_name: str) -> list[tuple[type[SQLModel], str]]:
    """Every mapped class with a column that refers to a table, in the order of their names."""
    found: list[tuple[type[SQLModel], str]] = []
    for mapper in sorted(default_registry.mappers, key=lambda mapper: mapper.class_.__name__):
        table = SQLModel.metadata.tables[str(mapper.local_table)]
        if is_logged(table):
            found += [
                (mapper.class_, mapper.get_property_by_column(column).key)
                for column in table.columns
                if _refers_to(column, table_name)
            ]
    return found


def _refers_to(column: Column[object], table_name: str) -> bool:
    return any(key.column.table.name == table_name for key in column.foreign_keys)


def _applications(session: Session, company_id: int) -> tuple[int, ...]:
    query = select(Application.id).where(Application.company_id == company_id).order_by(col(Application.id))
    return tuple(row_id(found) for found in session.exec(query).all())


def _join_fields(session: Session, source: Company, target: Company) -> tuple[str, ...]:
    """Join what both companies know, without loss; what is left out is said."""
    differences = tuple(_differences(source, target))
    target.source_text = join_words(
        target.source_text, keys=_keys(session, target), other=source.source_text, other_keys=_keys(session, source)
    )
    if not target.tier and source.tier:
        target.tier, target.position = source.tier, source.position
    if target.source_id is None:
        target.source_id = source.source_id
    if target.most_applications is None:
        target.most_applications = source.most_applications
    target.annotation = _joined(target.annotation, source.annotation, _BETWEEN_REMARKS)
    target.note = _joined(target.note, source.note, _BETWEEN_NOTES)
    if source.links:
        target.links = "\n".join(dict.fromkeys([*target.links.splitlines(), *source.links.splitlines()]))
    return differences


def _differences(source: Company, target: Company) -> Iterable[str]:
    if source.tier and target.tier and source.tier != target.tier:
        yield _("{company} was in tier {other}; tier {tier} was kept.").format(
            company=source.name, other=source.tier, tier=target.tier
        )
    limits = (source.most_applications, target.most_applications)
    if None not in limits and limits[0] != limits[1]:
        yield _("{company} took {other} positions a batch; {limit} was kept.").format(
            company=source.name, other=limits[0], limit=limits[1]
        )


def _joined(first: str, second: str, separator: str) -> str:
    if not second.strip() or second.strip() in first:
        return first
    return f"{first}{separator}{second}" if first.strip() else second


def _keys(session: Session, company: Company) -> tuple[str, ...]:
    """The keys of all names of a company."""
    aliases = session.exec(select(CompanyAlias.name_key).where(CompanyAlias.company_id == company.id)).all()
    return (company.name_key, *aliases)


def _drop_equal_contacts(session: Session, source: Company, target: Company) -> None:
    """Drop the contacts of which the company that stays has an exact copy."""

    def words(contact: Contact) -> tuple[str, ...]:
        return contact.name, contact.role, contact.reach, contact.note

    known = {words(contact) for contact in _contacts(session, target)}
    for contact in _contacts(session, source):
        if words(contact) in known:
            session.delete(contact)


def _contacts(session: Session, company: Company) -> Sequence[Contact]:
    return session.exec(select(Contact).where(Contact.company_id == company.id)).all()


def _settle_reviews(session: Session, company_id: int) -> None:
    """Close the questions whether two names are one company, where both are names of this one now."""
    for entry in session.exec(select(Review).where(Review.kind == "alias", Review.state == "open")).all():
        names = (entry.subject, entry.other)
        if all(find_company_id(session, name) == company_id for name in names):
            entry.state = "accepted"
    session.flush()
