"""Companies that may be one, found when they are asked for; what the person put away is not suggested again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session, col, select

from tracker.companies import company_row
from tracker.errors import RefusedError
from tracker.likeness import CONFIDENCE, Alike, Likeness, as_name, find_alike
from tracker.messages import _
from tracker.models import Application, Company, CompanyAlias, Review
from tracker.plain_rows import plain_rows
from tracker.text import name_key

KIND = "alias"
"""Kind of the review entries that ask, or asked, whether two names are one company."""

_IMPORTED = "imported"
_BOTH_LISTED = 0.6
"""What is left of the confidence when the person has ranked both: they are two on purpose, most likely."""
_ID = re.compile(r"(\d{1,15})-(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two companies that may be one, and the direction in which they would be merged."""

    from_id: int
    from_name: str
    into_id: int
    into_name: str
    likeness: str
    """Why: a ``Likeness``, or ``imported`` when only a file's names suggest it."""
    names: tuple[str, str]
    """The two names that are alike: names or other names of the two."""
    confidence: float
    """0–1."""

    @property
    def id(self) -> str:
        """The ids of the two, the one that would go first: stable for as long as both are there."""
        return f"{self.from_id}-{self.into_id}"

    @property
    def reason(self) -> str:
        """Why they may be one, as a sentence."""
        return _SENTENCES[self.likeness]().format(first=self.names[0], second=self.names[1])

    def swapped(self) -> "Suggestion":
        """The same two, merged the other way round."""
        return Suggestion(
            self.into_id, self.into_name, self.from_id, self.from_name, self.likeness, self.names, self.confidence
        )


_SENTENCES = {
    Likeness.KNOWN: lambda: _("{first} and {second} are known as names of one company."),
    Likeness.PINYIN: lambda: _("{first} is {second} in letters."),
    Likeness.INITIALS: lambda: _("{first} may stand for the initials of {second}."),
    Likeness.SOUND: lambda: _("{first} and {second} sound alike."),
    Likeness.FORM: lambda: _("{first} and {second} differ only by a place, a form or a branch."),
    Likeness.PART: lambda: _("{first} is a part of {second}."),
    Likeness.LETTERS: lambda: _("{first} and {second} differ by a letter or a space."),
    _IMPORTED: lambda: _("A file uses {first} and {second} for what may be one company."),
}


class _Companies:
    """What the suggestions need to know of all companies."""

    def __init__(self, session: Session) -> None:
        self.rows = {row.id: row for row in plain_rows(session, Company, "id name pinyin tier")}
        self._aliases = plain_rows(session, CompanyAlias, "id company_id name pinyin")
        self._session = session
        self.names = [as_name(number, row.name, row.pinyin) for number, row in self.rows.items()]
        self.names += [as_name(alias.company_id, alias.name, alias.pinyin) for alias in self._aliases]
        self._by_key = {name.key: name.company_id for name in reversed(self.names)}

    @cached_property
    def applications(self) -> dict[int, int]:
        """How many applications each company has."""
        counts: dict[int, int] = {}
        for company_id in self._session.exec(select(Application.company_id)).all():
            counts[company_id] = counts.get(company_id, 0) + 1
        return counts

    def pair(self, entry: Review) -> frozenset[int]:
        """The companies of which an entry speaks, as far as they are there."""
        found = (self._by_key.get(name_key(name)) for name in (entry.subject, entry.other))
        return frozenset(company_id for company_id in found if company_id is not None)

    def put_away(self, asked: Iterable[Review]) -> frozenset[frozenset[int]]:
        """The pairs of which the person said that they are two."""
        pairs = (self.pair(entry) for entry in asked if entry.state == "dismissed")
        return frozenset(pair for pair in pairs if len(pair) > 1)

    def suggestion(
        self, first: int, second: int, likeness: str, names: tuple[str, str], confidence: float
    ) -> Suggestion:
        """Two companies in the direction that keeps what the person made most of."""
        both_listed = bool(self.rows[first].tier and self.rows[second].tier)
        into_id, from_id = sorted((first, second), key=self._weight, reverse=True)
        return Suggestion(
            from_id=from_id,
            from_name=self.rows[from_id].name,
            into_id=into_id,
            into_name=self.rows[into_id].name,
            likeness=likeness,
            names=names,
            confidence=round(confidence * (_BOTH_LISTED if both_listed else 1), 2),
        )

    def _weight(self, company_id: int) -> tuple[bool, int, bool, int]:
        row = self.rows[company_id]
        return bool(row.tier), self.applications.get(company_id, 0), not row.name.isascii(), -company_id


def suggest_merges(session: Session) -> tuple[Suggestion, ...]:
    """The pairs of companies that may be one, the likeliest first; computed, never stored.

    To them belong the pairs that an import asks about. Pairs that were put away do not.
    """
    companies = _Companies(session)
    asked = session.exec(select(Review).where(Review.kind == KIND).order_by(col(Review.id))).all()
    put_away = companies.put_away(asked)
    found: dict[frozenset[int], Suggestion] = {}
    for alike in find_alike(companies.names):
        found[_pair(alike)] = companies.suggestion(
            alike.first.company_id,
            alike.second.company_id,
            alike.likeness,
            (alike.first.text, alike.second.text),
            CONFIDENCE[alike.likeness],
        )
    for entry in asked:
        pair = companies.pair(entry)
        if entry.state == "open" and len(pair) > 1 and pair not in found:
            first, second = sorted(pair)
            names = (entry.subject, entry.other)
            found[pair] = companies.suggestion(first, second, _IMPORTED, names, entry.confidence)
    left = [suggestion for pair, suggestion in found.items() if pair not in put_away]
    return tuple(sorted(left, key=lambda one: (-one.confidence, one.from_id, one.into_id)))


def settled_pairs(session: Session) -> frozenset[frozenset[int]]:
    """The pairs of companies that were put away."""
    asked = session.exec(select(Review).where(Review.kind == KIND, Review.state == "dismissed")).all()
    return _Companies(session).put_away(asked) if asked else frozenset()


def _pair(alike: Alike) -> frozenset[int]:
    return frozenset((alike.first.company_id, alike.second.company_id))


def read_pair(text: str) -> tuple[int, int]:
    """The two companies that a suggestion's id names: the one that would go, then the one that stays.

    Raises:
        RefusedError: it is no such id.
    """
    found = _ID.fullmatch(text.strip())
    if found is None:
        raise RefusedError(
            _("«{text}» is no pair; ashore duplicates lists them, such as 17-42.").format(text=text.strip()[:40])
        )
    return int(found[1]), int(found[2])


def put_away_pair(session: Session, *, first_id: int, second_id: int) -> tuple[str, str]:
    """Remember that two companies are two, and return their names; what imports asked about them is settled too.

    Raises:
        RefusedError: one of them is gone, or they are one and the same.
    """
    if first_id == second_id:
        raise RefusedError(_("That is one company, not two."))
    names = (company_row(session, first_id).name, company_row(session, second_id).name)
    companies = _Companies(session)
    pair = frozenset((first_id, second_id))
    asked = session.exec(select(Review).where(Review.kind == KIND)).all()
    same = [entry for entry in asked if companies.pair(entry) == pair]
    for entry in same:
        if entry.state == "open":
            entry.state = "dismissed"
    if not any(entry.state == "dismissed" for entry in same):
        session.add(
            Review(
                kind=KIND,
                line=0,
                text=" / ".join(names),
                subject=names[0],
                other=names[1],
                proposal=_("{first} and {second} are two companies.").format(first=names[0], second=names[1]),
                confidence=1.0,
                state="dismissed",
            )
        )
    session.flush()
    return names
