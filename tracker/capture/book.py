"""All companies with their names and applications, as reading a line needs them. Read without the ORM."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tracker.capture.scanning import Kind, Lexicon, Meaning, is_chinese
from tracker.text import name_key

SHORTEST_TYPED = 2
"""Letters of the shortest initials that find a company."""


class BookApplication(NamedTuple):
    """One application as reading a line needs it."""

    id: int
    company_id: int
    position: str
    batch: str
    phase: str
    stage: str
    outcome: str
    active: bool
    in_pool: bool
    since_at: datetime | None
    """Aware; the day in UTC when only the day is known."""
    since_precision: str
    next_stage: str = ""
    """The stage of its coming round."""
    is_current: bool = True
    """Whether it belongs to the current season, or to none."""


class BookCompany(NamedTuple):
    """One company: of the person's list, or a well-known one without an id."""

    id: int | None
    name: str
    names: tuple[str, ...]
    """Its name and its other names, as written."""
    tier: str = ""
    pinyin: str = ""
    """What typed letters find it by, separated by spaces."""
    applications: tuple[BookApplication, ...] = ()


class CompanyBook:
    """The person's companies, found by any of their names. It never changes."""

    __slots__ = ("_by_key", "_lexicon", "companies")

    def __init__(self, companies: tuple[BookCompany, ...] = ()) -> None:
        self.companies = companies
        self._by_key: dict[str, BookCompany] = {}
        for company in companies:
            for name in company.names:
                self._by_key.setdefault(name_key(name), company)
        self._lexicon = name_lexicon(self._by_key)

    def named(self, name: str) -> BookCompany | None:
        """The company that goes by exactly this name, without case and width."""
        return self._by_key.get(name_key(name))

    def application(self, number: int) -> BookApplication | None:
        """One application by its id."""
        every = (one for company in self.companies for one in company.applications)
        return next((one for one in every if one.id == number), None)

    @property
    def names(self) -> Lexicon:
        """All names, to be found in a line; the value of each is its key."""
        return self._lexicon

    def typed(self, letters: str) -> tuple[BookCompany, ...]:
        """The companies that these Latin letters mean: their full pinyin or their initials."""
        wanted = letters.casefold()
        if len(wanted) < SHORTEST_TYPED or not wanted.isascii():
            return ()
        return tuple(company for company in self.companies if wanted in company.pinyin.split())


def name_lexicon(keys: Iterable[str]) -> Lexicon:
    """Names as words of a line."""
    return Lexicon((key, Meaning(Kind.COMPANY, key)) for key in keys if key)


def find_company(name: str, book: CompanyBook) -> BookCompany | None:
    """The company of this name: the person's own under any of its names, else a well-known one without an id."""
    own = book.named(name)
    if own is not None:
        return own
    from tracker.known_companies import find_known

    known = find_known(name)
    if known is None:
        return None
    under_another = next((company for other in known.names if (company := book.named(other)) is not None), None)
    return under_another or BookCompany(None, known.name, known.names, known.tier)


def known_lexicon() -> Lexicon:
    """The names of all companies that ship with the program."""
    from tracker.known_companies import known_companies

    return name_lexicon(name_key(name) for company in known_companies() for name in company.names)


def load_book(path: Path) -> CompanyBook:
    """The companies and applications of a database of the present schema; a missing or empty file has none.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    from tracker.snapshot import reading

    with reading(path) as connection:
        if connection is None:
            return CompanyBook()
        companies = connection.execute("SELECT id, name, tier, pinyin FROM company ORDER BY position, id").fetchall()
        aliases = connection.execute("SELECT company_id, name, pinyin FROM company_alias ORDER BY id").fetchall()
        current = connection.execute("SELECT id FROM season WHERE is_current").fetchone()
        rows = connection.execute(
            "SELECT application_id, company_id, position, batch, phase, stage, outcome, active, in_pool,"
            " since_at, since_precision, next_stage, season_id FROM board_row ORDER BY application_id"
        ).fetchall()
    season = current[0] if current else None
    applications: dict[int, list[BookApplication]] = {}
    for row in rows:
        applications.setdefault(row[1], []).append(_application(row, season))
    names: dict[int, list[str]] = {}
    typed: dict[int, list[str]] = {}
    for company_id, name, pinyin in aliases:
        names.setdefault(company_id, []).append(name)
        typed.setdefault(company_id, []).append(pinyin)
    return CompanyBook(
        tuple(
            BookCompany(
                company_id,
                name,
                (name, *names.get(company_id, ())),
                tier,
                " ".join((pinyin, *typed.get(company_id, ()))),
                tuple(applications.get(company_id, ())),
            )
            for company_id, name, tier, pinyin in companies
        )
    )


def _application(row: tuple[Any, ...], season: int | None) -> BookApplication:
    number, company_id, position, batch, phase, stage, outcome, active, in_pool, since, precision, coming, own = row
    since_at = datetime.fromisoformat(since) if since else None
    return BookApplication(
        id=number,
        company_id=company_id,
        position=position,
        batch=batch,
        phase=phase,
        stage=stage,
        outcome=outcome,
        active=bool(active),
        in_pool=bool(in_pool),
        since_at=since_at.replace(tzinfo=UTC) if since_at is not None and since_at.tzinfo is None else since_at,
        since_precision=precision,
        next_stage=coming,
        is_current=own is None or season is None or own == season,
    )


def has_chinese(text: str) -> bool:
    """Whether a Chinese character stands in this text."""
    return any(is_chinese(letter) for letter in text)
