"""Companies, their tiers and other names: the only code that writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import GoneError, RefusedError, UnknownNameError
from tracker.messages import _
from tracker.models import BoardRow, Company, CompanyAlias, Contact
from tracker.pinyin import latin_keys
from tracker.plain_rows import PlainRow, plain_rows
from tracker.stages import Tier
from tracker.text import name_key, sanitise, sanitise_line

LONGEST_NAME = 200
"""Characters. A longer 'name' is a paragraph that got into the wrong place."""

MOST_POSITIONS = 99
"""The largest limit of positions that is believed."""

CLOSE_ENOUGH = 45
"""rapidfuzz score, 0–100, from which a name is offered as 'did you mean'."""


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company as screens and commands see it."""

    id: int
    name: str
    tier: str
    aliases: tuple[str, ...]
    annotation: str
    links: str
    note: str
    stage: str
    phase: str
    outcome: str
    applications: int
    pinyin: str
    in_pool: bool = False
    """Whether the application that is shown waits in the pool."""
    most_applications: int | None = None
    """How many positions it lets one person apply for within a batch; ``None``: not known."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person at a company."""

    id: int
    name: str
    role: str
    reach: str
    note: str


def clean_name(name: str) -> str:
    """A name fit to be stored.

    Raises:
        RefusedError: it is empty or far too long.
    """
    clean = sanitise_line(name)
    if not clean:
        raise RefusedError(_("A company needs a name."))
    if len(clean) > LONGEST_NAME:
        raise RefusedError(
            _("«{name}…» has {length} characters; a name has at most {limit}.").format(
                name=clean[:20], length=len(clean), limit=LONGEST_NAME
            )
        )
    return clean


def find_company_id(session: Session, name: str) -> int | None:
    """The company that goes by exactly this name or alias, without case and width."""
    key = name_key(name)
    found = session.exec(select(Company.id).where(Company.name_key == key)).first()
    if found is None:
        found = session.exec(select(CompanyAlias.company_id).where(CompanyAlias.name_key == key)).first()
    return found


def require_company_id(session: Session, name: str) -> int:
    """The company of this name.

    Raises:
        UnknownNameError: there is none; the closest names are in the sentence.
    """
    found = find_company_id(session, name)
    if found is not None:
        return found
    closest = closest_names(session, name)
    if closest:
        sentence = _("There is no company «{name}». Did you mean {closest}?").format(
            name=sanitise_line(name)[:60], closest=" / ".join(closest)
        )
    else:
        sentence = _("There is no company «{name}».").format(name=sanitise_line(name)[:60])
    raise UnknownNameError(sentence, closest)


def closest_names(session: Session, name: str, *, limit: int = 3) -> tuple[str, ...]:
    """The known names most like this one, best first; also by pinyin and initials."""
    from rapidfuzz import fuzz, process

    wanted = name_key(name)
    candidates: dict[str, str] = {}
    rows = session.exec(select(Company.name, Company.name_key, Company.pinyin)).all()
    aliases = session.exec(
        select(Company.name, CompanyAlias.name_key, CompanyAlias.pinyin).join(
            Company, col(Company.id) == CompanyAlias.company_id
        )
    ).all()
    for shown, key, pinyin in [*rows, *aliases]:
        for form in (key, *pinyin.split()):
            candidates.setdefault(form, shown)
    found = process.extract(wanted, list(candidates), scorer=fuzz.ratio, limit=limit * 3, score_cutoff=CLOSE_ENOUGH)
    return tuple(dict.fromkeys(candidates[form] for form, _score, _index in found))[:limit]


@dataclass(frozen=True, slots=True)
class NewCompany:
    """A company to be added."""

    name: str
    tier: str = ""
    annotation: str = ""
    position: int = 0
    source_id: int | None = None
    source_text: str = ""


def add_company(
    session: Session, *, name: str, now: datetime, tier: str = "", annotation: str = "", aliases: Iterable[str] = ()
) -> int:
    """Add a company and return its id.

    Raises:
        RefusedError: the name or an alias is taken, or not a name.
    """
    clean = clean_name(name)
    if find_company_id(session, clean) is not None:
        raise RefusedError(_("«{name}» is already there.").format(name=clean))
    company_id = add_companies(session, (NewCompany(clean, tier, annotation),), now=now)[0]
    for alias in aliases:
        add_alias(session, company_id=company_id, name=alias)
    return company_id


def add_companies(session: Session, entries: Iterable[NewCompany], *, now: datetime) -> tuple[int, ...]:
    """Add companies whose names the caller knows to be free, at once, and return their ids in order.

    Raises:
        RefusedError: a name is not a name, or a tier is none.
    """
    rows = [
        Company(
            name=clean_name(entry.name),
            name_key=name_key(clean_name(entry.name)),
            tier=_checked_tier(entry.tier),
            annotation=sanitise_line(entry.annotation),
            pinyin=latin_keys(entry.name),
            position=entry.position,
            source_id=entry.source_id,
            source_text=entry.source_text,
            created_at=now,
        )
        for entry in entries
    ]
    session.add_all(rows)
    session.flush()
    return tuple(row_id(row.id) for row in rows)


def _checked_tier(tier: str) -> str:
    if tier not in ("", *Tier):
        raise RefusedError(_("«{tier}» is no tier; tiers are S, A, B, C and N.").format(tier=tier))
    return str(tier)


def add_alias(session: Session, *, company_id: int, name: str, is_known_new: bool = False) -> None:
    """Give a company another name. The same name again changes nothing.

    ``is_known_new`` saves the look-up when the caller holds all names; the row is then flushed with the next ones.

    Raises:
        RefusedError: another company goes by it.
    """
    clean = clean_name(name)
    owner = None if is_known_new else find_company_id(session, clean)
    if owner == company_id:
        return
    if owner is not None:
        raise RefusedError(_("«{name}» is already the name of another company.").format(name=clean))
    session.add(CompanyAlias(company_id=company_id, name=clean, name_key=name_key(clean), pinyin=latin_keys(clean)))
    if not is_known_new:
        session.flush()


def remove_alias(session: Session, *, company_id: int, name: str) -> None:
    """Take another name away from a company; one that it does not have changes nothing."""
    key = name_key(name)
    alias = session.exec(
        select(CompanyAlias).where(CompanyAlias.company_id == company_id, CompanyAlias.name_key == key)
    ).first()
    if alias is not None:
        session.delete(alias)
        session.flush()


def edit_company(
    session: Session,
    *,
    company_id: int,
    name: str | None = None,
    tier: str | None = None,
    annotation: str | None = None,
    links: str | None = None,
    note: str | None = None,
    most_applications: int | None = None,
) -> None:
    """Change the given fields of a company. ``most_applications``: 0 forgets the limit.

    Raises:
        RefusedError: the new name is taken, the tier is none, or the limit is no number of positions.
    """
    company = company_row(session, company_id)
    if name is not None:
        clean = clean_name(name)
        if find_company_id(session, clean) not in (None, company_id):
            raise RefusedError(_("«{name}» is already there.").format(name=clean))
        before = company.name
        company.name, company.name_key, company.pinyin = clean, name_key(clean), latin_keys(clean)
        if company.source_id is not None:
            # Its file goes on to call it by the old name, and the next import must find it by that.
            session.flush()
            add_alias(session, company_id=company_id, name=before)
    if tier is not None:
        company.tier = _checked_tier(tier)
    if annotation is not None:
        company.annotation = sanitise_line(annotation)
    if links is not None:
        company.links = sanitise(links)[0]
    if note is not None:
        company.note = sanitise(note)[0]
    if most_applications is not None:
        company.most_applications = _checked_limit(most_applications)
    session.flush()


def _checked_limit(limit: int) -> int | None:
    if not 0 <= limit <= MOST_POSITIONS:
        raise RefusedError(
            _(
                "{limit} is no number of positions that a company takes; it is 1 to {most}, and 0 for none known."
            ).format(limit=limit, most=MOST_POSITIONS)
        )
    return limit or None


def company_row(session: Session, company_id: int) -> Company:
    """The row of a company.

    Raises:
        RefusedError: it is gone.
    """
    company = session.get(Company, company_id)
    if company is None:
        raise GoneError(_("This company is not there any more."))
    return company


def row_id(value: int | None) -> int:
    """The id of a row that was flushed."""
    if value is None:
        raise ValueError("the row was not flushed")
    return value


def save_contact(
    session: Session,
    *,
    company_id: int,
    name: str,
    role: str = "",
    reach: str = "",
    note: str = "",
    contact_id: int | None = None,
) -> int:
    """Add a contact, or change the one with this id."""
    clean = clean_name(name)
    contact = session.get(Contact, contact_id) if contact_id is not None else Contact(company_id=company_id, name=clean)
    if contact is None:
        raise RefusedError(_("This contact is not there any more."))
    contact.name = clean
    contact.role = sanitise_line(role)
    contact.reach = sanitise_line(reach)
    contact.note = sanitise(note)[0]
    session.add(contact)
    session.flush()
    return row_id(contact.id)


def remove_contact(session: Session, *, contact_id: int) -> None:
    """Remove a contact."""
    contact = session.get(Contact, contact_id)
    if contact is not None:
        session.delete(contact)
        session.flush()


def contacts_of(session: Session, company_id: int) -> tuple[ContactView, ...]:
    """The contacts of a company."""
    rows = session.exec(select(Contact).where(Contact.company_id == company_id).order_by(col(Contact.id))).all()
    return tuple(
        ContactView(id=row_id(row.id), name=row.name, role=row.role, reach=row.reach, note=row.note) for row in rows
    )


def list_companies(session: Session, *, tier: str = "", search: str = "") -> tuple[CompanyView, ...]:
    """All companies in the order of their tiers and of the person's list, filtered.

    ``search`` matches names, aliases, pinyin, initials and annotations.
    """
    companies = plain_rows(session, Company, "id name tier annotation links note pinyin most_applications position")
    aliases: dict[int, list[PlainRow]] = {}
    for alias in plain_rows(session, CompanyAlias, "id company_id name pinyin"):
        aliases.setdefault(alias.company_id, []).append(alias)
    boards: dict[int, list[PlainRow]] = {}
    for board in plain_rows(session, BoardRow, "application_id company_id stage phase outcome in_pool active"):
        boards.setdefault(board.company_id, []).append(board)
    views = [
        _view(company, aliases.get(company.id, []), boards.get(company.id, []))
        for company in companies
        if not tier or company.tier == tier
    ]
    wanted = name_key(search)
    if wanted:
        views = [view for view in views if wanted in _haystack(view)]
    order = {str(value): index for index, value in enumerate(Tier)}
    positions = {company.id: company.position for company in companies}
    return tuple(sorted(views, key=lambda view: (order.get(view.tier, len(order)), positions[view.id], view.id)))


def view_company(session: Session, company_id: int) -> CompanyView:
    """One company.

    Raises:
        RefusedError: it is gone.
    """
    company = company_row(session, company_id)
    aliases = session.exec(select(CompanyAlias).where(CompanyAlias.company_id == company_id)).all()
    boards = session.exec(
        select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id))
    ).all()
    return _view(company, aliases, boards)


def _haystack(view: CompanyView) -> str:
    return "\n".join(name_key(text) for text in (view.name, *view.aliases, view.pinyin, view.annotation))


def _view(
    company: Company | PlainRow, aliases: Sequence[CompanyAlias | PlainRow], boards: Sequence[BoardRow | PlainRow]
) -> CompanyView:
    shown = next((board for board in reversed(boards) if board.active), boards[-1] if boards else None)
    return CompanyView(
        id=row_id(company.id),
        name=company.name,
        tier=company.tier,
        aliases=tuple(alias.name for alias in aliases),
        annotation=company.annotation,
        links=company.links,
        note=company.note,
        stage=shown.stage if shown else "",
        phase=shown.phase if shown else "",
        outcome=shown.outcome if shown else "",
        applications=len(boards),
        pinyin=" ".join(filter(None, (company.pinyin, *(alias.pinyin for alias in aliases)))),
        in_pool=shown.in_pool if shown else False,
        most_applications=company.most_applications,
    )


def load_names(session: Session) -> tuple[str, ...]:
    """All names and aliases, as written."""
    return (*session.exec(select(Company.name)).all(), *session.exec(select(CompanyAlias.name)).all())
