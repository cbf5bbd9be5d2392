"""The words of home's header and of the board's title and columns."""

from datetime import datetime

from tracker.board import BoardNumbers
from tracker.dashboard.views.board_view import SORTS, BoardFilter, Sort
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import weekday
from tracker.words import phase_word


def columns() -> tuple[Column, ...]:
    """The board's columns."""
    return (
        Column(_("Company"), 9, flex=1),
        Column("", 1),
        Column(_("Position"), 8, flex=4, drop=2),
        Column(_("Stage"), 9, flex=1),
        Column(_("For"), 5, align="right", drop=1),
        Column(_("Next"), 12, flex=1),
    )


def header_cells(
    counted: BoardNumbers, companies: int, season: str, now: datetime
) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """The header's left, middle and right: the hunt, its numbers, the time."""
    active, coming, offers = counted
    left = [Cell(_("Ashore"), "key"), Cell("  " + season, "muted")]
    numbers = [
        ngettext("{n} company", "{n} companies", companies).format(n=companies),
        _("{n} under way").format(n=active),
        ngettext("{n} round ahead", "{n} rounds ahead", coming).format(n=coming) if coming else "",
        ngettext("{n} offer", "{n} offers", offers).format(n=offers) if offers else "",
    ]
    return left, [Cell(" · ".join(filter(None, numbers)))], [Cell(f"{weekday(now.date())} {now:%m-%d %H:%M}", "muted")]


def board_title(count: int, shown: BoardFilter, sort: Sort) -> tuple[list[Cell], list[Cell]]:
    """What is shown, and how many; then the order."""
    parts = [_("all") if shown.all_ends else _("under way")]
    if shown.tier:
        parts.append(_("tier {tier}").format(tier=shown.tier))
    if shown.phase:
        parts.append(phase_word(shown.phase))
    left = [Cell(_("Applications"), "title"), Cell(f"  {count}", "strong"), Cell("  " + " · ".join(parts), "muted")]
    if shown.text:
        left.append(Cell(f"  /{shown.text}", "key"))
    return left, [Cell(_("by {order}").format(order=_(SORTS[sort])), "faint")]
