"""The words of home's header and of the board's title and columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tracker.board import BoardNumbers, SeasonName
from tracker.board_filter import ALL_SEASONS, NO_SEASON, SORTS, BoardFilter, Sort
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
        Column(_("Next"), 13, flex=1),
    )


class Marks(NamedTuple):
    """How many applications are marked, and how many of those the filter hides."""

    number: int = 0
    hidden: int = 0


NO_MARKS = Marks()


def season_words(season: int, seasons: Sequence[SeasonName]) -> str:
    """The season that is looked at; empty where there are none."""
    if not seasons:
        return ""
    if season in (ALL_SEASONS, NO_SEASON):
        return _("all seasons") if season == ALL_SEASONS else _("without a season")
    return next((known.name for known in seasons if season == known.id or (not season and known.is_current)), "")


def header_cells(
    counted: BoardNumbers, companies: int, season: str, now: datetime, *, past: datetime | None = None
) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """The header's left, middle and right: the hunt, its numbers, the time; ``past`` is the day shown, if not this."""
    active, coming, offers = counted
    left = [Cell(_("Ashore"), "key"), Cell("  " + season, "muted")]
    if past is not None:
        left.append(Cell("  " + _("as of {day}").format(day=_day(past, now)), "urgent"))
        left.append(Cell(" · " + _("t back to today"), "muted"))
    numbers = [
        ngettext("{n} company", "{n} companies", companies).format(n=companies),
        _("{n} under way").format(n=active),
        ngettext("{n} round ahead", "{n} rounds ahead", coming).format(n=coming) if coming else "",
        ngettext("{n} offer", "{n} offers", offers).format(n=offers) if offers else "",
    ]
    return left, [Cell(" · ".join(filter(None, numbers)))], [Cell(f"{weekday(now.date())} {now:%m-%d %H:%M}", "muted")]


def _day(moment: datetime, now: datetime) -> str:
    return f"{moment:%m-%d}" if moment.year == now.year else f"{moment:%Y-%m-%d}"


def board_title(
    count: int, shown: BoardFilter, sort: Sort, *, marks: Marks = NO_MARKS, view: str = ""
) -> tuple[list[Cell], list[Cell]]:
    """What is shown, and how many; what is marked; then the order."""
    parts = [_("«{name}»").format(name=view)] if view else []
    parts.append(_("all") if shown.all_ends else _("under way"))
    if shown.tier:
        parts.append(_("tier {tier}").format(tier=shown.tier))
    if shown.phase:
        parts.append(phase_word(shown.phase))
    left = [Cell(_("Applications"), "title"), Cell(f"  {count}", "strong"), Cell("  " + " · ".join(parts), "muted")]
    if shown.text:
        left.append(Cell(f"  /{shown.text}", "key"))
    if marks.number:
        words = ngettext("✓ {n} marked", "✓ {n} marked", marks.number).format(n=marks.number)
        hidden = _("{n} hidden").format(n=marks.hidden) if marks.hidden else ""
        left.append(Cell("  " + " · ".join(filter(None, (words, hidden))), "urgent"))
    return left, [Cell(_("by {order}").format(order=_(SORTS[sort])), "faint")]
