"""The words of the board's rows. No widget in it."""

from datetime import datetime, timedelta

from tracker.board import BoardClock, BoardRow, parse_instant
from tracker.board_filter import TAG, next_instant
from tracker.dashboard.views.short_times import short_time
from tracker.dashboard.widgets.table import Cell
from tracker.history import waiting_days
from tracker.messages import _
from tracker.stages import Precision
from tracker.tags import split_tags
from tracker.times import show_days
from tracker.words import outcome_word


def show_cells(row: BoardRow, now: datetime) -> tuple[Cell, ...]:
    """The cells of a row: company, tier, position, stage, waiting, next."""
    alive = "" if row.active else "faint"
    return (
        Cell(row.company, alive or "strong"),
        Cell(row.tier or "·", alive or f"tier-{row.tier}"),
        Cell(position_words(row), alive or "muted"),
        Cell(stage_words(row), stage_style(row)),
        waiting_cell(row, now),
        next_cell(row, now),
    )


def position_words(row: BoardRow) -> str:
    """The position, its place among one's choices if that is known, and the tags."""
    preference = _("choice {n}").format(n=row.preference) if row.preference is not None else ""
    return " ".join(filter(None, (row.position, preference, *(TAG + tag for tag in split_tags(row.tags)))))


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
    upcoming = next_instant(row, BoardClock.at(now))
    moment = parse_instant(upcoming)
    if moment is not None:
        of_round = upcoming in (row.next_at, row.next_ends_at)
        shown = short_time(moment, row.next_precision if of_round else Precision.MINUTE, now)
        if upcoming != row.next_at:
            shown = _("by {time}").format(time=shown)
        return Cell(shown, "urgent" if moment - now < timedelta(hours=24) else "strong")
    if row.active and row.next_at:
        return Cell(_("result due"), "warning")
    return Cell("—", "faint")
