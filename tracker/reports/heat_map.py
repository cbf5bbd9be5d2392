"""A calendar of activity as SVG: weeks from left to right, Monday to Sunday from the top, the number in each day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from tracker.reports.drawing import label, picture, rectangle
from tracker.reports.page import Html, element

CELL = 16.0
STEP = 18.0
"""From one day to the next."""
WEEKS_IN_ROW = 53
MOST_WEEKS = 2 * WEEKS_IN_ROW
"""The last so many weeks are drawn; what is older stands in tables."""
LEVELS = 4
"""Looks of days with something, beside days with nothing."""
_LEFT = 52.0
_TOP = 20.0
_DAYS = 7
_ROOM = 3
"""Weeks that the name of a month with its year takes."""
_LARGEST_WRITTEN = 99
"""More does not fit into a day; its title tells it."""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How much happened on each day."""

    title: str
    description: str
    first: date
    last: date
    counts: Mapping[date, int]
    weekdays: tuple[str, ...]
    """Their short names, Monday first."""
    months: tuple[str, ...]
    """Their short names, January first."""
    day_words: Mapping[date, str]
    """What is told of a day with something."""


def first_drawn(first: date, last: date) -> date:
    """The Monday with which the calendar begins: of the week of ``first``, unless that is too long before ``last``."""
    monday = first - timedelta(days=first.weekday())
    earliest = last - timedelta(days=last.weekday(), weeks=MOST_WEEKS - 1)
    return max(monday, earliest)


def level_bounds(most: int) -> tuple[int, ...]:
    """The smallest number of each level, rising: fourths of the most, none below one, no level twice."""
    bounds = [1]
    for part in range(1, LEVELS):
        bound = ceil(most * part / LEVELS) + 1
        if bounds[-1] < bound <= most:
            bounds.append(bound)
    return tuple(bounds)


def level(n: int, bounds: Sequence[int]) -> int:
    """0 for nothing, else 1 and more."""
    return sum(n >= bound for bound in bounds) if n > 0 else 0


def draw_heat_map(calendar: HeatMap) -> Html:
    """The calendar, a year in one row, and the scale below it."""
    begin = first_drawn(calendar.first, calendar.last)
    weeks = (calendar.last - begin).days // _DAYS + 1
    rows = ceil(weeks / WEEKS_IN_ROW)
    bounds = level_bounds(max((n for day, n in calendar.counts.items() if begin <= day <= calendar.last), default=0))
    drawn: list[Html] = []
    for row in range(rows):
        top = row * (_TOP + _DAYS * STEP + 14)
        first_week = row * WEEKS_IN_ROW
        mondays = [begin + timedelta(weeks=week) for week in range(first_week, min(weeks, first_week + WEEKS_IN_ROW))]
        drawn += [_weekdays(calendar, top), _months(mondays, calendar, top), _days(mondays, calendar, top, bounds)]
    bottom = rows * (_TOP + _DAYS * STEP + 14)
    across = min(weeks, WEEKS_IN_ROW)
    width = max(_LEFT + across * STEP + 8, _LEFT + (LEVELS + 1) * 76)
    return picture(
        width, bottom + 26, drawn, _scale(bounds, bottom, calendar), title=calendar.title,
        description=calendar.description,
    )  # fmt: skip


def _weekdays(calendar: HeatMap, top: float) -> Html:
    names = [
        label(_LEFT - 8, top + _TOP + day * STEP + 12, name, anchor="end", look="quiet")
        for day, name in enumerate(calendar.weekdays)
        if day % 2 == 0
    ]
    return element("g", names)


def _months(mondays: Sequence[date], calendar: HeatMap, top: float) -> Html:
    """The name of a month above the first week that begins in it; with its year where the row or the year begins."""
    begins = [week for week, monday in enumerate(mondays) if not week or monday.month != mondays[week - 1].month]
    if len(begins) > 1 and begins[1] < _ROOM:
        del begins[0]
    names = []
    for number, week in enumerate(begins):
        monday = mondays[week]
        shown = f"{monday:%Y-%m}" if not number or monday.month == 1 else calendar.months[monday.month - 1]
        names.append(label(_LEFT + week * STEP, top + 12, shown, look="quiet"))
    return element("g", names)


def _days(mondays: Sequence[date], calendar: HeatMap, top: float, bounds: Sequence[int]) -> Html:
    cells: list[Html] = []
    for week, monday in enumerate(mondays):
        for weekday in range(_DAYS):
            day = monday + timedelta(days=weekday)
            if day > calendar.last:
                continue
            n = calendar.counts.get(day, 0)
            x, y = _LEFT + week * STEP, top + _TOP + weekday * STEP
            of = level(n, bounds)
            title = calendar.day_words.get(day, f"{day.isoformat()}: {n}")
            cells.append(rectangle(x, y, CELL, CELL, f"day day{of}", title))
            if n:
                shown = str(n) if n <= _LARGEST_WRITTEN else "+"
                cells.append(label(x + CELL / 2, y + 12, shown, anchor="middle", look=f"in in{of}"))
    return element("g", cells)


def _scale(bounds: Sequence[int], top: float, calendar: HeatMap) -> Html:
    """Which look means how many."""
    ends = [*(bound - 1 for bound in bounds[1:]), None]
    names = ["0"]
    for begin, end in zip(bounds, ends, strict=True):
        names.append(f"{begin}+" if end is None else str(begin) if begin == end else f"{begin}–{end}")
    if not any(calendar.counts.values()):
        names = names[:1]
    drawn = []
    for number, name in enumerate(names):
        x = _LEFT + number * 76
        drawn += [rectangle(x, top, CELL, CELL, f"day day{number}"), label(x + CELL + 6, top + 12, name, look="quiet")]
    return element("g", drawn)
