"""The attempts as pandas tables, one row an attempt, a wait, a flow, an interview; and their parts, group by group."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.statistics.journeys import RANKS, Attempt
from tracker.statistics.reading import Held, Subject, interview_day
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

_INTERVIEWS = frozenset(("first", "second", "later"))
_RESULT_NUMBERS = {result: number for number, result in enumerate(RESULTS)}
_NODE_NUMBERS = {node: number for number, node in enumerate(NODES)}
_TIMED_NUMBERS = {step: number for number, step in enumerate(TIMED_STEPS)}
_RESULT_COLUMNS = tuple(f"at_{step}" for step in FUNNEL_STEPS)
_ATTEMPT_NUMBERS = (
    "application_id",
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
    """Columns ``application_id`` and ``flow``, the number that ``flow_of`` reads."""
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


@cache
def _flow_number(source: str, target: str, *, is_revival: bool) -> int:
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


class TableRows:
    """The rows as they are gathered, attempt by attempt."""

    def __init__(self, subjects: Mapping[int, Subject], rounds: Mapping[tuple[int, str], Held], *, today: int) -> None:
        self._subjects = subjects
        self._rounds = rounds
        self._today = today
        self._keys: list[tuple[str, ...]] = []
        # Flat numbers: rows of their own would be a hundred thousand objects to look through and to convert.
        self._attempts = array("q")
        self._waits = array("q")
        self._flows = array("q")
        self._interviews = array("q")
        self._endings: dict[int, str] = {}
        self._revivals: list[tuple[int, int, int]] = []

    def add(self, attempts: Sequence[Attempt]) -> bool:
        """The attempts of one application; those that were only noted are left out. Whether any was sent."""
        before = len(self._keys)
        for attempt in attempts:
            if attempt.is_applied:
                self._add(attempt)
        last = attempts[-1]
        if last.ending:
            self._endings[last.application_id] = last.ending
        return len(self._keys) > before

    def tables(self) -> Part:
        """All that was gathered, as tables."""
        import pandas as pd

        for number, application_id, previous_id in self._revivals:
            ending = self._endings.get(previous_id)
            if ending:
                self._flows.extend((number, application_id, _flow_number(ending, "applied", is_revival=True)))
        attempts = _frame(self._attempts, _ATTEMPT_NUMBERS).rename_axis("attempt")
        keys = zip(*self._keys, strict=True) if self._keys else ((),) * len(DIMENSIONS)
        for dimension, values in zip(DIMENSIONS, keys, strict=True):
            attempts[dimension] = pd.Series(values, dtype="object")
        return Part(
            attempts,
            _frame(self._waits, ("attempt", "application_id", "step", "days", "is_answered")).set_index("attempt"),
            _frame(self._flows, ("attempt", "application_id", "flow")).set_index("attempt"),
            _frame(self._interviews, ("attempt", "application_id", "day")).set_index("attempt"),
        )

    def _add(self, attempt: Attempt) -> None:
        number, application_id = len(self._keys), attempt.application_id
        path = attempt.path()
        self._add_waits(number, attempt)
        self._add_interviews(number, attempt)
        ending = attempt.ending or OPEN
        nodes = (*path, ending)
        for source, target in pairwise(nodes):
            self._flows.extend((number, application_id, _flow_number(source, target, is_revival=False)))
        subject = self._subjects[application_id]
        if attempt.follows:
            self._flows.extend((number, application_id, _flow_number(attempt.follows, "applied", is_revival=True)))
        elif subject.previous_id is not None and attempt.is_first:
            self._revivals.append((number, application_id, subject.previous_id))
        first = attempt.stays[0] if attempt.stays else None
        applied = first.happened if first is not None and first.step == "applied" else None
        offered = next((stay.happened for stay in attempt.stays if stay.step == "offer"), None)
        tier, batch, channel, kind, referral = subject.keys
        self._keys.append((tier, batch, channel, kind, attempt.month, referral))
        self._attempts.extend(
            (
                application_id,
                RANKS[path[-1]],
                attempt.is_answered,
                not _INTERVIEWS.isdisjoint(path),
                _NODE_NUMBERS[ending],
                MANNERS.index(attempt.manner) if attempt.manner in MANNERS else 0,
                STEPS.index(attempt.ended_at) if attempt.ended_at else UNKNOWN,
                UNKNOWN if applied is None else applied,
                UNKNOWN if offered is None else offered,
                *map(_RESULT_NUMBERS.__getitem__, attempt.results()),
            )
        )

    def _add_waits(self, number: int, attempt: Attempt) -> None:
        has_applied = False
        for stay in attempt.stays:
            step = _TIMED_NUMBERS.get(stay.step)
            if step is None or (step == 0 and has_applied):
                continue
            has_applied = has_applied or step == 0
            last = stay.ended if stay.is_ended else self._today
            if stay.entered is None or last is None:
                days = UNKNOWN
            elif stay.entered > self._today and not stay.is_ended:
                continue  # its time is still to come: nobody waits for an answer yet
            else:
                days = max(0, last - stay.entered)
            self._waits.extend((number, attempt.application_id, step, days, stay.is_answered))

    def _add_interviews(self, number: int, attempt: Attempt) -> None:
        seen: set[str] = set()
        for stay in attempt.stays:
            if stay.step in _INTERVIEWS and stay.stage not in seen:
                seen.add(stay.stage)
                day, is_held = interview_day(self._rounds, attempt, stay.stage, stay.entered)
                if is_held and (day is None or day <= self._today):
                    self._interviews.extend((number, attempt.application_id, UNKNOWN if day is None else day))


def _frame(numbers: "array[int]", names: tuple[str, ...]) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd

    rows = np.array(numbers, dtype="int64").reshape(-1, len(names))
    # Column by column in memory: parts of it are taken many times.
    return pd.DataFrame(np.asfortranarray(rows), columns=list(names))


def parts_by(whole: Part, dimension: str) -> Iterator[PartOf]:
    """The rows by the values of a dimension: tiers in their order, months from the first, others by their number."""
    import pandas as pd

    codes, values = pd.factorize(whole.attempts[dimension])
    counts = pd.Series(codes).value_counts().to_dict()
    known = sorted((-count, values[code], code) for code, count in counts.items() if values[code])
    kept = known[:MOST_GROUPS]
    if dimension == "tier":
        kept.sort(key=lambda row: (("SABCN".find(row[1]) + 1) or len(row[1]) + 9, row[1]))
    elif dimension == "month":
        kept.sort(key=lambda row: row[1])
    for _count, key, code in kept:
        yield PartOf(key, is_rest=False, part=_part(whole, codes == code))
    rare = [code for _count, _key, code in known[MOST_GROUPS:]]
    if rare:
        yield PartOf("", is_rest=True, part=_part(whole, pd.Series(codes).isin(rare).to_numpy()))
    for code in counts:
        if not values[code]:
            yield PartOf("", is_rest=False, part=_part(whole, codes == code))


def _part(whole: Part, mask: "np.ndarray[Any, Any]") -> Part:
    others = (table[mask[table.index.to_numpy()]] for table in whole.tables()[1:])
    return Part(whole.attempts[list(_ATTEMPT_NUMBERS)][mask], *others)


def unique_ids(ids: Iterable[int]) -> Counted:
    """Each application once."""
    found = tuple(dict.fromkeys(ids))
    return Counted(len(found), found)
