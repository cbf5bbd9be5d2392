"""The companies that ship with the program: their tiers, and the other names they are known by."""

import json
from functools import cache
from typing import Any, NamedTuple

from tracker.resources import resource
from tracker.text import name_key


class KnownCompany(NamedTuple):
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
    """All of them, in the order of the file.

    The file is TOML of which every value is JSON too, on a line of its own: it is read so in a tenth of the time, for
    a command that looks for one name waits for it.
    """
    entries: list[dict[str, Any]] = []
    for line in resource("data", "companies.toml").read_text(encoding="utf-8").splitlines():
        if line == "[[company]]":
            entries.append({})
        elif " = " in line and not line.startswith("#"):
            key, value = line.split(" = ", 1)
            entries[-1][key] = json.loads(value)
    return tuple(KnownCompany(entry["name"], entry["tier"], tuple(entry.get("aliases", ()))) for entry in entries)


@cache
def _by_key() -> dict[str, KnownCompany]:
    return {name_key(name): company for company in known_companies() for name in company.names}


def find_known(name: str) -> KnownCompany | None:
    """The well-known company of this name or alias, without case and width."""
    return _by_key().get(name_key(name))
