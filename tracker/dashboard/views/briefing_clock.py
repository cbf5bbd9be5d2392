"""The line of a round that goes on: how long it has gone on, how long it still does. No widget in it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _

if TYPE_CHECKING:
    from prep.briefings.briefing import Briefing

MINUTE, HOUR = 60, 3600


def stopwatch_words(seconds: int) -> str:
    """Minutes and seconds, from an hour on with hours: ``12:34``, ``1:02:03``."""
    hours, rest = divmod(max(0, seconds), HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def timer_cells(briefing: "Briefing", now: datetime) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """How long the round has gone on, and how long it still does: left and right of a line; nothing without an hour."""
    from prep.briefings.hours import end_of

    end = end_of(briefing)
    if briefing.starts_at is None or end is None:
        return (), ()
    present = now.astimezone(UTC)
    gone = int((present - briefing.starts_at.astimezone(UTC)).total_seconds())
    left = int((end[0] - present).total_seconds())
    until = f"{end[0].astimezone(zone_of(now)):%H:%M}"
    words = (_("to {time}") if end[1] else _("to about {time}")).format(time=until)
    cells = (
        Cell("▶ ", "urgent"),
        Cell(_("{time} gone").format(time=stopwatch_words(gone)), "strong"),
        Cell("    "),
        Cell(_("{time} left").format(time=stopwatch_words(left)), "urgent" if left < 5 * MINUTE else "strong"),
        Cell(f"  {words}", "muted"),
    )
    return cells, (Cell("z ", "key"), Cell(_("it is over: write it down"), "muted"))
