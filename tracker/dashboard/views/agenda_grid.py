"""The agenda as days side by side: a week, a month. No widget in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tracker.agenda_entries import ENDS, AgendaKind
from tracker.dashboard.views.agenda_view import WEEK, period
from tracker.dashboard.views.agenda_words import (
    Placed,
    Shown,
    clock_words,
    gathered,
    is_over,
    is_urgent,
    what_words,
)
from tracker.dashboard.widgets.day_grid import DayCell, DayLine
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import weekday

LEAST_LINES = 3
"""Lines of a day of a month from which on its entries are named there; else they are counted."""


def week_cells(monday: date, shown: Shown, now: datetime, height: int) -> tuple[tuple[DayCell, ...], ...]:
    """The seven days of a week; entries are set apart where ``height`` lines allow it."""
    days = [monday + timedelta(days=distance) for distance in range(WEEK)]
    found = {day: gathered(shown.of(day)) for day in days}
    apart = all(3 * len(placed) <= height for placed in found.values())
    return (tuple(DayCell(day, week_title(day, now), _entries(found[day], shown, now, apart)) for day in days),)


def week_title(day: date, now: datetime) -> tuple[Cell, ...]:
    """The weekday and the date."""
    is_today = day == now.date()
    dated = Cell(f"{weekday(day)} {day:%m-%d}", "strong" if is_today else "title")
    return (dated, Cell(f" {_('today')}", "key")) if is_today else (dated,)


def _entries(found: Iterable[Placed], shown: Shown, now: datetime, apart: bool) -> tuple[DayLine, ...]:
    lines: list[DayLine] = []
    for placed in found:
        entry, over = placed.entry, is_over(placed.entry, now)
        if entry.kind is AgendaKind.ITEM:
            mark = Cell("! ", "warning") if entry.blocking else Cell("· ", "faint")
            more = Cell(f" +{placed.more}" if placed.more else "", "muted")
            late = Cell(f" {_('overdue')}" if entry.overdue else "", "warning")
            lines += [
                DayLine((mark, Cell(entry.text, elastic=True)), placed.key),
                DayLine((Cell(f" {entry.company}", "muted", elastic=True), more, late)),
            ]
        else:
            quiet = "faint" if over else "urgent" if is_urgent(entry, now) else "muted"
            has_clash = entry.key in shown.clashes
            clock = clock_words(placed, now)
            first = Cell(clock.partition("–")[0] if has_clash else clock, quiet)
            clash = (Cell(f" {_('clash')}", "warning"),) if has_clash else ()
            name = Cell(f" {entry.company}", "faint" if over else "strong", elastic=True)
            stage = Cell(f" {what_words(entry)}", "faint" if over else f"phase-{entry.phase}")
            lines += [DayLine((first, *clash), placed.key), DayLine((name, stage))]
        if apart:
            lines.append(DayLine())
    return tuple(lines)


def month_cells(day: date, shown: Shown, now: datetime, height: int) -> tuple[tuple[DayCell, ...], ...]:
    """The weeks of a month in ``height`` lines: the entries of each day as far as there is room, else their numbers."""
    begin, end = period("month", day)
    weeks = (end - begin).days // WEEK
    room = max(1, height // weeks - 1)
    days = [begin + timedelta(days=distance) for distance in range(weeks * WEEK)]
    cells = [DayCell(one, _month_title(one, day, now), _month_lines(shown.of(one), shown, now, room)) for one in days]
    return tuple(tuple(cells[at : at + WEEK]) for at in range(0, len(cells), WEEK))


def weekdays() -> tuple[str, ...]:
    """The names of the days of a week, from Monday."""
    monday = date(2024, 1, 1)
    return tuple(weekday(monday + timedelta(days=distance)) for distance in range(WEEK))


def _month_title(day: date, month: date, now: datetime) -> tuple[Cell, ...]:
    is_inside = (day.year, day.month) == (month.year, month.month)
    if day == now.date():
        return Cell(f"{day.day}", "strong"), Cell(f" {_('today')}", "key")
    return (Cell(f"{day.day}" if is_inside else f"{day:%m-%d}", "title" if is_inside else "faint"),)


def _month_lines(found: tuple[Placed, ...], shown: Shown, now: datetime, room: int) -> tuple[DayLine, ...]:
    """Lines of one day, none of which can be opened: what the day holds stands in the list."""
    # Where not all have room, rounds come before what must be ready for them.
    listed = sorted(gathered(found), key=lambda placed: placed.entry.kind is AgendaKind.ITEM)
    if room < LEAST_LINES:
        lines = [DayLine(_marks(found, shown))]
    else:
        lines = [DayLine(_short(placed, shown, now)) for placed in listed[: room - (len(listed) > room)]]
        if len(listed) > room:
            left = len(listed) - len(lines)
            lines.append(DayLine((Cell(ngettext("{n} more", "{n} more", left).format(n=left), "muted"),)))
    # The rows of a month are of one height.
    return (*lines, *(DayLine() for _at in range(room - len(lines))))


def _short(placed: Placed, shown: Shown, now: datetime) -> tuple[Cell, ...]:
    entry, over = placed.entry, is_over(placed.entry, now)
    if entry.kind is AgendaKind.ITEM:
        return Cell("! " if entry.blocking else "· ", "warning"), Cell(entry.text, "muted")
    clash = Cell("! " if entry.key in shown.clashes else "", "warning")
    clock = placed.clock or clock_words(placed, now)
    style = "faint" if over else "urgent" if is_urgent(entry, now) else "muted"
    return clash, Cell(f"{clock} ", style), Cell(entry.company, "faint" if over else "strong", elastic=True)


def _marks(found: tuple[Placed, ...], shown: Shown) -> tuple[Cell, ...]:
    """How many of each kind a day holds, with a letter for each kind and a sign where something clashes."""
    kinds = [AgendaKind.DEADLINE if placed.entry.kind in ENDS else placed.entry.kind for placed in found]
    letters = (
        (AgendaKind.ROUND, _("R{n}"), "strong"),
        (AgendaKind.WINDOW, _("W{n}"), ""),
        (AgendaKind.DEADLINE, _("D{n}"), ""),
        (AgendaKind.ITEM, _("T{n}"), "muted"),
    )
    marks = [Cell("!", "warning")] if any(placed.entry.key in shown.clashes for placed in found) else []
    marks += [Cell(letter.format(n=kinds.count(kind)), style) for kind, letter, style in letters if kind in kinds]
    return tuple(cell for mark in marks for cell in (mark, Cell(" ")))[:-1]
