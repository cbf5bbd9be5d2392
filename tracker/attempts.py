"""Revivals: several attempts are one application to the company, and are counted apart from it. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Attempt(NamedTuple):
    """Which attempt an application is."""

    first_id: int
    """The application that the chain of revivals began with."""
    number: int
    """1 for the first attempt, 2 for its revival, and so on."""


class AttemptCount(NamedTuple):
    """The two ways of counting."""

    applications: int
    """Chains of revivals count once."""
    attempts: int


def number_attempts(previous: Mapping[int, int | None]) -> dict[int, Attempt]:
    """Which attempt each application is.

    Args:
        previous: application → the dead one that it revives, if it does. One that is not among the keys counts as
            not there: the chain begins behind it.
    """
    found: dict[int, Attempt] = {}
    for application_id in previous:
        chain: list[int] = []
        present: int | None = application_id
        while present is not None and present in previous and present not in found and present not in chain:
            chain.append(present)
            present = previous[present]
        begun = found.get(present) if present is not None else None
        for number, member in enumerate(reversed(chain), begun.number + 1 if begun else 1):
            found[member] = Attempt(begun.first_id if begun else chain[-1], number)
    return found


def count_attempts(attempts: Iterable[Attempt]) -> AttemptCount:
    """How many applications and how many attempts these are."""
    first_ids = [attempt.first_id for attempt in attempts]
    return AttemptCount(len(set(first_ids)), len(first_ids))
