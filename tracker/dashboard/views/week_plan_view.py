"""The plan of the coming days as entries of a page. No widget in it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import show_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prep.drilling.week_plan import DayPart, DayPlan

NAME = 16
"""Cells of a company and its round."""
WHEN = 16
"""Cells of when the round is."""


def part_key(day: "DayPlan", part: "DayPart") -> str:
    """The name of a part on the page."""
    return f"part:{day.day.isoformat()}:{part.round_id}"


def week_entries(days: "Iterable[DayPlan]", *, now: datetime) -> tuple[Entry, ...]:
    """Each day with its parts by company; a sentence when nothing is planned."""
    entries: list[Entry] = []
    for day in days:
        entries.append(_heading(day, now))
        entries += (_part(day, part, now) for part in day.parts)
    if entries:
        return tuple(entries)
    words = _("Nothing to share out: no interview with a day within a week, or no question that practice would help.")
    return (Entry("none", (Cell(words, "muted"),), still=True),)


def _heading(day: "DayPlan", now: datetime) -> Entry:
    count = len(day.question_ids)
    told = " · ".join(
        (
            _("{n} min").format(n=max(1, round(day.seconds / 60))),
            ngettext("{n} question", "{n} questions", count).format(n=count),
        )
    )
    name = _("Today") if day.day == now.date() else _day_word(day.day, now)
    return Entry(f"day:{day.day.isoformat()}", (Cell(name), Cell(told)), heading=True, still=True)


def _day_word(day: date, now: datetime) -> str:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo)
    return show_time(noon, "day", now=now, zone=zone_of(now))


def _part(day: "DayPlan", part: "DayPart", now: datetime) -> Entry:
    count = len(part.question_ids)
    known = [
        Cell(_("{n} min").format(n=part.minutes), "strong"),
        Cell(ngettext("{n} question", "{n} questions", count).format(n=count)),
        Cell(_("{n} unseen").format(n=part.new) if part.new else "", "muted"),
        Cell(_("{n} shared").format(n=part.shared) if part.shared else "", "muted"),
    ]
    spans = (
        Cell(fit(f"{part.company} {part.stage}", NAME) + " ", "strong"),
        Cell(fit(show_time(part.at, "minute", now=now, zone=zone_of(now)), WHEN) + " ", "muted"),
        *separated(known),
    )
    return Entry(part_key(day, part), spans, indent=2)
