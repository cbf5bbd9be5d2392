"""The attempts as pandas tables, one row an attempt, a wait, a flow, an interview; and their parts, group by group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.statistics.journeys import RANKS, Attempt
from tracker.statistics.reading import Hunt, interview_day
from tracker.statistics.values import DIMENSIONS, ENDINGS, FUNNEL_STEPS, OPEN, STEPS, TIMED_STEPS, Counted

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

RESULTS = ("", "passed", "failed", "left", "open")
"""What became of an attempt at a step, by its number in the tables."""
NODES = (*STEPS, *ENDINGS, OPEN)
"""What flows join, by their number in the tables."""
MANNERS = ("", "silence", "letter", "missed")
UNKNOWN = -1
"""A day, or a length of time, that is not known."""
MOST_GROUPS = 24
"""Values of a dimension that have a group of their own; the rarer ones share one."""

_INTERVIEWS = ("first", "second", "later")
_RESULT_COLUMNS = tuple(f"at_{step}" for step in FUNNEL_STEPS)
_ATTEMPT_COLUMNS = (
    "application_id",
    *DIMENSIONS,
    "reached",
    "is_answered",
    "is_interviewed",
    "ending",
    "manner",
    "ended_at",
    "applied",
    "offered",
    *_RESULT_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some attempts, out of all four tables."""

    attempts: "pd.DataFrame"
    waits: "pd.DataFrame"
    """Columns ``application_id``, ``step`` (a number of ``TIMED_STEPS``), ``days`` and ``is_answered``."""
    flows: "pd.DataFrame"
    """Columns ``application_id`` and ``flow``, the number that ``flow_number`` gives."""
    interviews: "pd.DataFrame"
    """Columns ``application_id`` and ``day``."""

    def tables(self) -> "tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]":
        """All four."""
        return self.attempts, self.waits, self.flows, self.interviews


class PartOf(NamedTuple):
    """The rows of one value of a dimension."""

    key: str
    is_rest: bool
    part: Part


def flow_number(source: str, target: str, *, is_revival: bool) -> int:
    """One number for a flow: revivals after all others, then by source and target."""
    return (is_revival * len(NODES) + NODES.index(source)) * len(NODES) + NODES.index(target)


def flow_of(number: int) -> tuple[str, str, bool]:
    """Source, target and whether it is a revival, of a flow's number."""
    rest, target = divmod(number, len(NODES))
    is_revival, source = divmod(rest, len(NODES))
    return NODES[source], NODES[target], bool(is_revival)


def counted(ids: "np.ndarray[Any, Any]") -> Counted:
    """These applications, counted."""
    return Counted(len(ids), ids.astype("int32").tobytes())


def tables_of(hunt: Hunt, *, today: int) -> Part:
    """All attempts of a hunt that were more than a note, as tables.

    Args:
        hunt: what was read.
        today: the present local day, until which open waits last.
    """
    rows = _Rows(hunt, today)
    for subject_id, attempts in hunt.attempts.items():
        previous = hunt.attempts.get(hunt.subjects[subject_id].previous_id or 0, ())
        follows = previous[-1].ending if previous else ""
        for attempt in attempts:
            if attempt.is_applied:
                rows.add(attempt, attempt.follows or follows)
            follows = ""
    return Part(
        _frame(rows.attempts, _ATTEMPT_COLUMNS, "attempt"),
        _frame(rows.waits, ("attempt", "application_id", "step", "days", "is_answered")),
        _frame(rows.flows, ("attempt", "application_id", "flow")),
        _frame(rows.interviews, ("attempt", "application_id", "day")),
    )


def _frame(rows: list[tuple[Any, ...]], names: tuple[str, ...], index: str = "") -> "pd.DataFrame":
    """The columns one by one: from rows pandas takes three times as long."""
    import pandas as pd

    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    frame = pd.DataFrame({name: list(column) for name, column in zip(names, columns, strict=True)})
    if not rows:
        frame = frame.astype({name: "int64" for name in names if name not in DIMENSIONS})
    return frame.rename_axis(index) if index else frame.set_index("attempt")


class _Rows:
    """The rows as they are gathered."""

    def __init__(self, hunt: Hunt, today: int) -> None:
        self.attempts: list[tuple[Any, ...]] = []
        self.waits: list[tuple[int, int, int, int, bool]] = []
        self.flows: list[tuple[int, int, int]] = []
        self.interviews: list[tuple[int, int, int]] = []
        self._hunt = hunt
        self._today = today
        self._flow_numbers: dict[tuple[str, str, bool], int] = {}

    def add(self, attempt: Attempt, follows: str) -> None:
        """An attempt, and the ending of the one that it revives, if it does."""
        path = attempt.path()
        self._add_waits(attempt)
        self._add_interviews(attempt)
        self._add_flows(attempt.application_id, path, attempt.ending or OPEN, follows)
        tier, batch, channel, kind, referral = self._hunt.subjects[attempt.application_id].keys
        first = attempt.stays[0] if attempt.stays else None
        offers = [stay.happened for stay in attempt.stays if stay.step == "offer"]
        applied = first.happened if first is not None and first.step == "applied" else None
        self.attempts.append(
            (
                attempt.application_id,
                *(tier, batch, channel, kind, attempt.month, referral),
                RANKS[path[-1]],
                attempt.is_answered,
                any(step in _INTERVIEWS for step in path),
                NODES.index(attempt.ending or OPEN),
                MANNERS.index(attempt.manner) if attempt.manner in MANNERS else 0,
                STEPS.index(attempt.ended_at) if attempt.ended_at else UNKNOWN,
                UNKNOWN if applied is None else applied,
                UNKNOWN if not offers or offers[0] is None else offers[0],
                *map(RESULTS.index, attempt.results()),
            )
        )

    def _add_waits(self, attempt: Attempt) -> None:
        has_applied = False
        for stay in attempt.stays:
            if stay.step not in TIMED_STEPS or (stay.step == "applied" and has_applied):
                continue
            has_applied = has_applied or stay.step == "applied"
            last = stay.ended if stay.is_ended else self._today
            if stay.entered is None or last is None:
                days = UNKNOWN
            elif stay.entered > self._today and not stay.is_ended:
                continue  # its time is still to come: nobody waits for an answer yet
            else:
                days = max(0, last - stay.entered)
            step = TIMED_STEPS.index(stay.step)
            self.waits.append((len(self.attempts), attempt.application_id, step, days, stay.is_answered))

    def _add_interviews(self, attempt: Attempt) -> None:
        seen: set[str] = set()
        for stay in attempt.stays:
            if stay.step in _INTERVIEWS and stay.stage not in seen:
                seen.add(stay.stage)
                day, is_ahead = interview_day(self._hunt.rounds, attempt, stay.stage, stay.entered)
                if not is_ahead and (day is None or day <= self._today):
                    row = (len(self.attempts), attempt.application_id, UNKNOWN if day is None else day)
                    self.interviews.append(row)

    def _add_flows(self, application_id: int, path: tuple[str, ...], ending: str, follows: str) -> None:
        nodes = (*path, ending)
        pairs = [(source, target, False) for source, target in pairwise(nodes)]
        if follows:
            pairs.append((follows, path[0], True))
        for pair in pairs:
            number = self._flow_numbers.get(pair)
            if number is None:
                number = self._flow_numbers[pair] = flow_number(pair[0], pair[1], is_revival=pair[2])
            self.flows.append((len(self.attempts), application_id, number))


def parts_by(whole: Part, dimension: str) -> Iterator[PartOf]:
    """The rows by the values of a dimension: tiers in their order, months from the first, others by their number."""
    keys = whole.attempts[dimension]
    numbers = keys.value_counts()
    known = [(-count, key) for key, count in numbers.items() if key]
    kept = [key for _count, key in sorted(known)[:MOST_GROUPS]]
    if dimension == "tier":
        kept.sort(key=lambda key: (("SABCN".find(key) + 1) or len(key) + 9, key))
    elif dimension == "month":
        kept.sort()
    for key in kept:
        yield PartOf(key, is_rest=False, part=_part(whole, keys == key))
    if len(known) > MOST_GROUPS:
        yield PartOf("", is_rest=True, part=_part(whole, ~keys.isin([*kept, ""])))
    if "" in numbers.index:
        yield PartOf("", is_rest=False, part=_part(whole, keys == ""))


def _part(whole: Part, wanted: "pd.Series[bool]") -> Part:
    mask = wanted.to_numpy()
    others = (table[mask[table.index.to_numpy()]] for table in whole.tables()[1:])
    return Part(whole.attempts[mask], *others)


def unique_ids(ids: Iterable[int]) -> Counted:
    """Each application once."""
    found = tuple(dict.fromkeys(ids))
    return Counted(len(found), found)
