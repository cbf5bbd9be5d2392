"""The board as a value: which rows, in which order, in which words. No widget in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Literal

from tracker.board import STILL_ON, BoardRow, parse_instant, projected
from tracker.dashboard.views.short_times import short_time
from tracker.dashboard.widgets.table import Cell
from tracker.history import waiting_days
from tracker.messages import _, later
from tracker.stages import STAGES, Phase, Precision, Tier
from tracker.text import name_key
from tracker.times import show_days
from tracker.words import outcome_word

Sort = Literal["next", "tier", "stage", "waiting", "company"]

SORTS: Mapping[Sort, str] = {
    "next": later("what comes next"),
    "tier": later("tier"),
    "stage": later("how far it is"),
    "waiting": later("waiting longest"),
    "company": later("company"),
}
"""The orders of the board and their names."""

PHASES = tuple(Phase)
_TIER_RANK = {tier.value: rank for rank, tier in enumerate(Tier)}
_STAGE_RANK = {stage.label: rank for rank, stage in enumerate(STAGES)}
_PHASE_RANK = {phase.value: rank for rank, phase in enumerate(PHASES)}
LAST = 99
_SINCE = attrgetter("since_at")


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which applications are shown."""

    text: str = ""
    tier: str = ""
    phase: str = ""
    all_ends: bool = False
    """Whether closed applications are shown too."""

    def matches(self, row: BoardRow) -> bool:
        """Whether an application is shown, whatever its text."""
        return (
            (self.all_ends or bool(row.active) or self.phase == Phase.CLOSED)
            and (not self.tier or row.tier == self.tier)
            and (not self.phase or row.phase == self.phase)
        )


def order_rows(rows: Iterable[BoardRow], *, sort: Sort, now: datetime) -> list[int]:
    """All applications in one of the orders. 10,000 take about 10 ms."""
    newest_first = sorted(sorted(rows, key=_tier_rank), key=_SINCE, reverse=True)
    match sort:
        case "tier":
            ordered = sorted(newest_first, key=_tier_rank)
        case "stage":
            ordered = sorted(
                newest_first,
                key=lambda row: (not row.active, -_PHASE_RANK.get(row.phase, 0), -_STAGE_RANK.get(row.stage, 0)),
            )
        case "waiting":
            ordered = sorted(newest_first, key=lambda row: (not row.active, not row.since_at, row.since_at))
        case "company":
            ordered = sorted(newest_first, key=lambda row: (_by_name(row), row.company))
        case "next":
            return _by_next(newest_first, projected(now), projected(now - STILL_ON))
    return [row.application_id for row in ordered]


def _tier_rank(row: BoardRow) -> int:
    return _TIER_RANK.get(row.tier, LAST)


def _by_name(row: BoardRow) -> str:
    """Latin letters to sort by: the pinyin, where there is one."""
    keys = row.search.split("\n", 2)
    return keys[1] if len(keys) > 1 and keys[1].isascii() else keys[0]


def _by_next(newest_first: list[BoardRow], now: str, still_on: str) -> list[int]:
    """What has a time ahead, the nearest first; then what moved last; then the pool, then the closed."""
    ahead: list[tuple[str, int]] = []
    waiting: list[int] = []
    pool: list[int] = []
    closed: list[int] = []
    for row in newest_first:
        upcoming = next_instant(row, now, still_on)
        if upcoming:
            ahead.append((upcoming, row.application_id))
        elif not row.active:
            closed.append(row.application_id)
        elif row.in_pool:
            pool.append(row.application_id)
        else:
            waiting.append(row.application_id)
    ahead.sort()
    return [*(key for _at, key in ahead), *waiting, *pool, *closed]


def next_instant(row: BoardRow, now: str, still_on: str) -> str:
    """When the next thing of an application is due, in the projection's form; empty when nothing is ahead."""
    if not row.active:
        return ""
    if row.next_at >= now or (not row.next_ends_at and row.next_at >= still_on and row.next_at):
        return row.next_at
    if row.next_ends_at >= now:
        return row.next_ends_at
    return row.deadline_at if row.phase == Phase.INTENT and row.deadline_at >= now else ""


def filter_rows(order: Iterable[int], rows: Mapping[int, BoardRow], wanted: BoardFilter) -> list[int]:
    """The applications of an order that a filter shows, whatever its text. 10,000 take about 3 ms."""
    matches = wanted.matches
    return [key for key in order if matches(rows[key])]


class Search:
    """Finds applications by all words of a text: in names, pinyin, initials, position or stage.

    A text that goes on where the last one ended is looked for among what that one found.
    """

    def __init__(self, keys: Iterable[int], rows: Mapping[int, BoardRow]) -> None:
        self._rows = [rows[key] for key in keys]
        self._stages = {row.stage for row in self._rows}
        self._found = self._rows
        self._text = ""

    def find(self, text: str) -> list[int]:
        """Those that are found, in the order in which they were given. 10,000 take 2 ms, a next letter less."""
        typed = name_key(text)
        found = self._found if typed.startswith(self._text) else self._rows
        for word in typed.split():
            stages = {stage for stage in self._stages if word in stage.casefold()}
            if stages:
                found = [row for row in found if word in row.search or row.stage in stages]
            else:
                found = [row for row in found if word in row.search]
        self._found, self._text = found, typed
        return [row.application_id for row in found]


def show_cells(row: BoardRow, now: datetime) -> tuple[Cell, ...]:
    """The cells of a row: company, tier, position, stage, waiting, next."""
    alive = "" if row.active else "faint"
    return (
        Cell(row.company, alive or "strong"),
        Cell(row.tier or "·", alive or f"tier-{row.tier}"),
        Cell(row.position, alive or "muted"),
        Cell(stage_words(row), stage_style(row)),
        waiting_cell(row, now),
        next_cell(row, now),
    )


def stage_words(row: BoardRow) -> str:
    """The stage, and what overlays or ended it, in words."""
    if row.in_pool:
        return f"{row.stage} {_('pool')}"
    return f"{row.stage} {outcome_word(row.outcome)}" if row.outcome and row.outcome != row.stage else row.stage


def stage_style(row: BoardRow) -> str:
    """The style of the stage: by its phase, one of its own in the pool."""
    return "phase-pool" if row.in_pool else f"phase-{row.phase}"


def waiting_cell(row: BoardRow, now: datetime) -> Cell:
    """How long nothing has changed."""
    since = parse_instant(row.since_at)
    return Cell(show_days(waiting_days(since, row.since_precision, now)), "muted" if row.active else "faint")


def next_cell(row: BoardRow, now: datetime) -> Cell:
    """The next time that matters: a round, the end of a window, a deadline; or that a result is due."""
    present = projected(now)
    upcoming = next_instant(row, present, projected(now - STILL_ON))
    moment = parse_instant(upcoming)
    if moment is not None:
        shown = short_time(moment, precision_of(moment), now)
        if upcoming != row.next_at:
            shown = _("by {time}").format(time=shown)
        return Cell(shown, "urgent" if moment - now < timedelta(hours=24) else "strong")
    if row.active and row.next_at:
        return Cell(_("result due"), "warning")
    return Cell("—", "faint")


def precision_of(moment: datetime) -> str:
    """The projection keeps no precision; what is known by its day alone is stored at midnight UTC."""
    at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return Precision.DAY if at_midnight else Precision.MINUTE
