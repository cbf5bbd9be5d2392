"""The statistics as they come from their process: what is shown at once, and groups kept packed until one is looked at.

The applications behind every figure of every group of a large hunt are a million numbers; as objects they would take
more memory than what computed them.
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tracker.statistics.values import Counted, Figures, Rate, Statistics, Waiting

MOST_WAITING = 40
"""Of those who wait, in lines; a list shows all."""


class GroupName(NamedTuple):
    """Which group of which dimension."""

    dimension: str
    key: str
    is_rest: bool = False


class Looked(NamedTuple):
    """What is told of everything, or of one group."""

    figures: Figures
    waiting: tuple[Waiting, ...]
    """Who waits for an answer since a known day, the longest first; no more than ``MOST_WAITING``."""
    waiting_ids: tuple[int, ...]
    """All of them."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group beside the others of its dimension."""

    name: GroupName
    attempts: int
    steps: tuple[tuple[str, Rate], ...]
    """Of each step of the funnel, the share of all attempts that reached it."""
    packed: bytes
    """What is told of it, pickled."""

    def unpack(self) -> Looked:
        """Everything that is told of the group."""
        found = pickle.loads(self.packed)  # noqa: S301 - packed by ``read_statistics``
        if not isinstance(found, Looked):
            raise TypeError("a group holds what is told of it")
        return found


@dataclass(frozen=True, slots=True)
class ReadStatistics:
    """What the screen shows."""

    statistics: Statistics
    """Without its groups, and without those who wait."""
    whole: Looked
    """What is told of everything."""
    groups: tuple[GroupRow, ...]

    def of_dimension(self, dimension: str) -> tuple[GroupRow, ...]:
        """The groups of a dimension, in their order."""
        return tuple(row for row in self.groups if row.name.dimension == dimension)

    def row(self, name: GroupName | None) -> GroupRow | None:
        """A group by its name."""
        return next((row for row in self.groups if row.name == name), None)


def read_statistics(path: Path, now: datetime, season_id: int | None = None) -> ReadStatistics:
    """Compute the statistics of a database of the current schema, and pack their groups.

    Raises:
        sqlite3.Error: the file is no such database.
    """
    from tracker.statistics.computing import compute_statistics

    found = compute_statistics(path, now=now, season_id=season_id)
    waiting = {one.application_id: one for one in found.waiting}
    groups = tuple(
        GroupRow(
            GroupName(grouping.dimension, group.key, group.is_rest),
            group.figures.attempts.n,
            tuple((step.step, step.of_applied) for step in group.figures.funnel),
            pickle.dumps(_looked(group.figures, waiting), pickle.HIGHEST_PROTOCOL),
        )
        for grouping in found.by
        for group in grouping.groups
    )
    ids = tuple(waiting)
    return ReadStatistics(
        replace(found, by=(), waiting=()), Looked(found.all, found.waiting[:MOST_WAITING], ids), groups
    )


def _looked(figures: Figures, waiting: Mapping[int, Waiting]) -> Looked:
    """A group with those of it who wait."""
    among = [waiting[number] for number in figures.open.ids if number in waiting]
    among.sort(key=lambda one: (-one.days, one.application_id))
    return Looked(figures, tuple(among[:MOST_WAITING]), tuple(one.application_id for one in among))


class Reach(NamedTuple):
    """Where Enter on a line leads: the applications of its figure."""

    title: str
    """What they have in common, in the person's language."""
    ids: tuple[int, ...]

    @classmethod
    def of(cls, title: str, counted: Counted) -> "Reach":
        """Those that were counted, each once."""
        return cls(title, tuple(dict.fromkeys(counted.ids)))
