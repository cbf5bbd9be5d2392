"""The figures of some attempts, out of their tables."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.statistics.intervals import compare, rate_of
from tracker.statistics.survival import median_days, survival_points
from tracker.statistics.tables import (
    MANNERS,
    NODES,
    RESULTS,
    UNKNOWN,
    Part,
    counted,
    flow_of,
    unique_ids,
)
from tracker.statistics.values import (
    FUNNEL_STEPS,
    NO_RATE,
    OPEN,
    STEPS,
    TIMED_STEPS,
    Comparison,
    Counted,
    Curve,
    Ending,
    Figures,
    Flow,
    FunnelStep,
    Rate,
    Week,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_OPEN = NODES.index(OPEN)
_REJECTED = tuple(NODES.index(outcome) for outcome in ("rejected", "revoked"))
_FIRST = FUNNEL_STEPS.index("first")
_OFFER = FUNNEL_STEPS.index("offer")
LONGEST = 520
"""Weeks that are shown at most, ten years: what is said to lie before them was mistyped."""


def figures_of(part: Part, *, today: int) -> Figures:
    """Everything that is told of these attempts, on this local day."""
    attempts = part.attempts
    ids = attempts["application_id"].to_numpy()
    is_open = attempts["ending"].to_numpy() == _OPEN
    reached = attempts["reached"].to_numpy()
    weeks, left_out = _weeks(part, today)
    return Figures(
        applications=unique_ids(ids.tolist()),
        attempts=counted(ids),
        answered=counted(ids[attempts["is_answered"].to_numpy(dtype=bool)]),
        interviewed=counted(ids[attempts["is_interviewed"].to_numpy(dtype=bool)]),
        interviews=counted(part.interviews["application_id"].to_numpy()),
        offers=counted(ids[reached == _OFFER]),
        open=counted(ids[is_open]),
        closed=counted(ids[~is_open]),
        endings=_endings(attempts[~is_open]),
        funnel=tuple(_funnel_step(attempts, index) for index in range(len(FUNNEL_STEPS))),
        curves=_curves(part.waits),
        flows=_flows(part.flows),
        weeks=weeks,
        weeks_left_out=left_out,
    )


def _endings(closed: "pd.DataFrame") -> tuple[Ending, ...]:
    found = []
    for (step, outcome, manner), ids in _gathered(closed, ["ended_at", "ending", "manner"]).items():
        name = "" if step == UNKNOWN else STEPS[step]
        found.append((-ids.n, step, outcome, manner, Ending(name, NODES[outcome], MANNERS[manner], ids)))
    return tuple(ending for *_order, ending in sorted(found, key=lambda row: row[:-1]))


def _gathered(frame: "pd.DataFrame", columns: list[str]) -> dict[tuple[int, ...], Counted]:
    """The applications of each combination of numbers that occurs."""
    ids = frame["application_id"].to_numpy()
    groups = frame.groupby(columns, sort=False).indices
    return {key if isinstance(key, tuple) else (key,): counted(ids[rows]) for key, rows in groups.items()}


def _funnel_step(attempts: "pd.DataFrame", index: int) -> FunnelStep:
    step = FUNNEL_STEPS[index]
    ids = attempts["application_id"].to_numpy()
    results = attempts[f"at_{step}"].to_numpy()
    reached = counted(ids[attempts["reached"].to_numpy() >= index])
    passed, failed, left, is_open = (counted(ids[results == number]) for number in range(1, len(RESULTS)))
    return FunnelStep(
        step,
        reached=reached,
        entered=counted(ids[results != 0]),
        passed=passed,
        failed=failed,
        left=left,
        open=is_open,
        rate=rate_of(passed.n, passed.n + failed.n) if index != _OFFER else NO_RATE,
        of_applied=rate_of(reached.n, len(ids)),
    )


def _curves(waits: "pd.DataFrame") -> tuple[Curve, ...]:
    ids = waits["application_id"].to_numpy()
    steps = waits["step"].to_numpy()
    days = waits["days"].to_numpy()
    answered = waits["is_answered"].to_numpy(dtype=bool)
    is_known = days != UNKNOWN
    found = []
    for number, step in enumerate(TIMED_STEPS):
        at_step = steps == number
        known = at_step & is_known
        found.append(
            _curve(
                step,
                counted(ids[known]),
                counted(ids[at_step & ~is_known]),
                _by_day(days[known & answered]),
                _by_day(days[known & ~answered]),
            )
        )
    return tuple(found)


def _by_day(days: "np.ndarray[Any, Any]") -> dict[int, int]:
    import numpy as np

    values, numbers = np.unique(days, return_counts=True)
    return dict(zip(values.tolist(), numbers.tolist(), strict=True))


def _curve(
    step: str, observed: Counted, left_out: Counted, answered: dict[int, int], censored: dict[int, int]
) -> Curve:
    points = survival_points(answered, censored)
    median, low, high = median_days(points)
    return Curve(
        step,
        observed=observed,
        events=sum(answered.values()),
        censored=sum(censored.values()),
        left_out=left_out,
        points=points,
        median=median,
        median_low=low,
        median_high=high,
    )


def _flows(flows: "pd.DataFrame") -> tuple[Flow, ...]:
    found = sorted(_gathered(flows, ["flow"]).items())
    return tuple(
        Flow(source, target, ids, is_revival)
        for (number,), ids in found
        for source, target, is_revival in (flow_of(number),)
    )


def _weeks(part: Part, today: int) -> tuple[tuple[Week, ...], int]:
    """The weeks, and how many things have no day that stands in one of them."""
    import numpy as np

    this_week = (today - 1) // 7  # day 1 was a Monday
    reached = part.attempts["reached"].to_numpy()
    offered = part.attempts["offered"].to_numpy()[reached == _OFFER]
    columns = (part.attempts["applied"].to_numpy(), part.interviews["day"].to_numpy(), offered)
    weeks = [(days - 1) // 7 for days in columns]
    shown = [column[(column > this_week - LONGEST) & (column <= this_week)] for column in weeks]
    left_out = sum(len(column) for column in weeks) - sum(len(column) for column in shown)
    first = min((int(column.min()) for column in shown if len(column)), default=None)
    if first is None:
        return (), left_out
    numbers = [np.bincount(column - first, minlength=this_week - first + 1).tolist() for column in shown]
    return tuple(
        Week(date.fromordinal((first + number) * 7 + 1), *row) for number, row in enumerate(zip(*numbers, strict=True))
    ), left_out


def referral_effect(attempts: "pd.DataFrame", with_key: str) -> Comparison:
    """Coming to a first interview, with a referral and without: of those that came to one or were refused before.

    What was refused nobody knows where is in neither.
    """
    has_come = attempts["reached"].to_numpy() >= _FIRST
    is_known = attempts["ended_at"].to_numpy() != UNKNOWN
    is_decided = has_come | (attempts["ending"].isin(_REJECTED).to_numpy() & is_known)
    is_referred = attempts["referral"].to_numpy() == with_key

    def rate(mask: "np.ndarray[Any, Any]") -> Rate:
        return rate_of(int((has_come & mask).sum()), int((is_decided & mask).sum()))

    return compare(rate(is_referred), rate(~is_referred))
