"""The companies that ship with the program: their tiers, and the other names they are known by."""

import tomllib
from dataclasses import dataclass
from functools import cache

from tracker.resources import resource
from tracker.text import name_key


@dataclass(frozen=True, slots=True)
class KnownCompany:
    """A well-known company. Facts only; a person's own tier and names come first."""

    name: str
    tier: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name, *self.aliases)


@cache
def known_companies() -> tuple[KnownCompany, ...]:
    """All of them, in the order of the file."""
    with resource("data", "companies.toml").open("rb") as file:
        entries = tomllib.load(file)["company"]
    return tuple(KnownCompany(entry["name"], entry["tier"], tuple(entry.get("aliases", ()))) for entry in entries)


@cache
def _by_key() -> dict[str, KnownCompany]:
    return {name_key(name): company for company in known_companies() for name in company.names}


def find_known(name: str) -> KnownCompany | None:
    """The well-known company of this name or alias, without case and width."""
    return _by_key().get(name_key(name))
