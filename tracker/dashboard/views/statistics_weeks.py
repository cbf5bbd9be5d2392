"""What happened week by week and day by day, as lines: columns, numbers, and a calendar of shades."""

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.dashboard.text import fit
from tracker.dashboard.views.statistics_drawing import SHADES, bar, columns, shade, shade_limits
from tracker.dashboard.views.statistics_lines import NUMBER, Drawn, Part, Shown, column
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.statistics.values import Week
from tracker.times import weekday

MARGIN = 11
"""Cells at the left of the weeks."""
WEEK = 6
"""Cells of a week."""
HEIGHT = 3
"""Lines of a column."""
THOUSAND = 1000


def weeks_part(shown: Shown, width: int) -> Part:
    """Applications, interviews and offers per week; below them every day."""
    drawn = Drawn(width)
    weeks = shown.figures.weeks
    fit_in = max(1, (width - MARGIN) // WEEK)
    last = weeks[-fit_in:]
    hidden = len(weeks) - len(last)
    told = [ngettext("{n} week", "{n} weeks", len(weeks)).format(n=len(weeks))]
    if hidden and not shown.as_table:
        told.append(_("the last {n} shown, c all").format(n=len(last)))
    if shown.figures.weeks_left_out:
        told.append(_("{n} of unknown day left out").format(n=shown.figures.weeks_left_out))
    drawn.heading("weeks", _("Per week"), " · ".join(told))
    if not weeks:
        drawn.line("weeks:none", (Cell(_("Nothing has a known day yet."), "muted"),))
        return drawn.part()
    if shown.as_table:
        _table(drawn, weeks, width)
        return drawn.part()
    for key, label, style in (
        ("applications", _("sent"), "key"),
        ("interviews", _("interviews"), "phase-interview"),
        ("offers", _("offers"), "phase-offer"),
    ):
        _columns(drawn, key, label, style, [getattr(week, key) for week in last])
    names = "".join(fit(f"{week.monday:%m-%d}", WEEK) for week in last)
    drawn.still("weeks:names", (Cell(" " * MARGIN + names, "faint"),))
    if shown.group is None:
        _calendar(drawn, shown, [week.monday for week in last])
    return drawn.part()


def _columns(drawn: Drawn, key: str, label: str, style: str, values: Sequence[int]) -> None:
    if key != "offers":
        for number, line in enumerate(columns(values, height=HEIGHT, wide=2, gap=WEEK - 2)):
            drawn.still(f"weeks:{key}:{number}", (Cell(" " * MARGIN), Cell(line.rstrip(), style)))
    numbers = "".join(fit(str(value) if value else "·", WEEK) for value in values)
    drawn.still(f"weeks:{key}", (Cell(fit(label, MARGIN - 1) + " ", "muted"), Cell(numbers)))


def _table(drawn: Drawn, weeks: Sequence[Week], width: int) -> None:
    wide = max(8, min(40, width - 12 - 3 * (NUMBER + 6)))
    drawn.still(
        "weeks:titles",
        (
            column(_("week from"), 10, style="faint"),
            column(_("sent"), NUMBER, "right", "faint"),
            column("", wide),
            column(_("interviews"), 10, "right", "faint"),
            column(_("offers"), NUMBER, "right", "faint"),
        ),
    )
    most = max(week.applications for week in weeks)
    for week in reversed(weeks):
        drawn.line(
            f"weeks:{week.monday:%Y-%m-%d}",
            (
                column(f"{week.monday:%Y-%m-%d}", 10),
                column(_number(week.applications), NUMBER, "right", "strong"),
                Cell(fit(bar(week.applications, most, wide), wide) + "  ", "key"),
                column(_number(week.interviews), 10, "right"),
                column(_number(week.offers), NUMBER, "right"),
            ),
        )


def _number(value: int) -> str:
    return str(value) if value else "·"


# The calendar


def _calendar(drawn: Drawn, shown: Shown, mondays: Sequence[date]) -> None:
    """Every day of these weeks: a density and its number."""
    statistics = shown.read.statistics
    known = {day.day: day.events for day in statistics.days}
    shown_days = [known.get(monday + timedelta(days=at), 0) for monday in mondays for at in range(7)]
    limits = shade_limits(max(shown_days, default=0))
    right = _legend(limits, max(shown_days, default=0))
    drawn.heading("days", _("Events by day"), right)
    for at in range(7):
        cells = [Cell(fit(weekday(date(2024, 1, 1) + timedelta(days=at)), MARGIN - 1) + " ", "muted")]
        for monday in mondays:
            day = monday + timedelta(days=at)
            events = known.get(day, 0)
            if day > statistics.now.date():
                cells.append(Cell(" " * WEEK))
                continue
            cells.append(Cell(shade(events, limits) * 2, "key" if events else "faint"))
            cells.append(Cell(fit(f" {_short(events)}" if events else "", WEEK - 2), "faint"))
        drawn.still(f"days:{at}", cells)
    if statistics.days_left_out:
        words = _("{n} of unknown day left out").format(n=statistics.days_left_out)
        drawn.still("days:left", (Cell(words, "faint"),))


def _short(events: int) -> str:
    return f"{events // THOUSAND}k" if events >= THOUSAND else str(events)


def _legend(limits: Sequence[int], most: int) -> str:
    """Which density stands for how many."""
    told, low = [], 1
    for sign, high in zip(SHADES[1:], (*limits, max(most, limits[-1] + 1)), strict=True):
        if low > most:
            break
        high = min(high, most)  # noqa: PLW2901 - no density stands for more than there is
        told.append(f"{sign} {low}" if low == high else f"{sign} {low}–{high}")
        low = high + 1
    return "  ".join(told)
