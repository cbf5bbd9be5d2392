"""The part of the report on time: how long answers take, who waits, what happened by week and day."""

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.messages import _, ngettext
from tracker.reports.arrangement import Exhibit, Section, Table
from tracker.reports.bars import Columns, Panel
from tracker.reports.heat_map import HeatMap, first_drawn
from tracker.reports.survival_chart import MOST_CURVES, Survival
from tracker.statistics.sentences import (
    chance_words,
    median_span,
    median_words,
    number_of,
    percent,
    wait_word,
)
from tracker.statistics.values import SMALLEST_CLAIM, Curve, Figures, Grouping, Statistics, Waiting, Week
from tracker.statistics.wording import dimension_word, group_word
from tracker.times import weekday

MOST_WAITING = 10
"""Rows of those that wait where there is little room."""
MOST_WEEKS = 12
"""Rows of weeks where there is little room."""
_SPANS = (7, 14, 30)
"""Days after which the share still without an answer is told."""


def left_out_words(n: int) -> str:
    """How many were left out, because their day is not known; empty for none."""
    return _("{n} of unknown day left out").format(n=n) if n else ""


def share_waiting(curve: Curve, day: int) -> float | None:
    """The share still without an answer after so many days; ``None`` where nobody was observed so long."""
    if not curve.points or curve.points[-1].day < day:
        return None
    return next((point.survival for point in reversed(curve.points) if point.day <= day), 1.0)


def times_section(figures: Figures) -> Section:
    """Medians of all steps, and a curve of each."""
    curves = [curve for curve in figures.curves if curve.observed.n]
    of = left_out_words(sum(curve.left_out.n for curve in figures.curves if curve.step == "applied"))
    if not curves:
        return Section("times", _("How long an answer takes"), of, (_("No wait of known days yet."),))
    medians = _medians(_("waiting for or at"), [(wait_word(curve.step), curve) for curve in curves])
    told = [
        _("Half within: days after which half were answered. After 7, 14, 30 days: the share still without an answer.")
    ]
    if any(curve.observed.n < SMALLEST_CLAIM for curve in curves):
        told.append(_("A step of fewer than {n} waits is compared with nothing.").format(n=SMALLEST_CLAIM))
    exhibits = [Exhibit(table=medians), *(_curve_exhibit(curve) for curve in curves if curve.points)]
    return Section("times", _("How long an answer takes"), of, tuple(told), tuple(exhibits))


def _medians(title: str, curves: Sequence[tuple[str, Curve]]) -> Table:
    """How long it takes by each curve, which are named under this title."""
    return Table(
        headers=(
            title,
            "n",
            _("got an answer"),
            _("half within"),
            "95 %",
            *(_("after {n} d").format(n=days) for days in _SPANS),
        ),
        rows=tuple(
            (
                name,
                str(curve.observed.n),
                str(curve.events),
                median_words(curve),
                median_span(curve) or "–",
                *(percent(share_waiting(curve, days)) for days in _SPANS),
            )
            for name, curve in curves
        ),
        numbers=tuple(range(1, 5 + len(_SPANS))),
    )


def _curve_exhibit(curve: Curve) -> Exhibit:
    word = wait_word(curve.step)
    n = number_of(curve.observed.n)
    told = _("{answered} answered, {censored} not answered so far").format(
        answered=curve.events, censored=curve.censored
    )
    title = _("Still without an answer: {step}").format(step=word)
    chart = Survival(
        title=f"{title} ({n})",
        description=_(
            "The share still without an answer falls with each answer; strokes are those not answered so far, the "
            "shade is the 95 % interval."
        )
        + f" {told}.",
        curves=((word, curve),),
        days_word=_("days waited"),
        at_risk_word=_("at risk"),
        median_words=_("half by day {n}").format(n=curve.median) if curve.median is not None else "",
    )
    table = Table(
        headers=(
            _("day"),
            _("at risk"),
            _("got an answer"),
            _("out of sight"),
            _("still waiting"),
            "95 %",
        ),
        rows=tuple(
            (
                str(point.day),
                str(point.at_risk),
                str(point.events),
                str(point.censored),
                percent(point.survival),
                f"{round(100 * point.low)}–{round(100 * point.high)}\u00a0%",
            )
            for point in curve.points
        ),
        numbers=tuple(range(6)),
    )
    return Exhibit(chart, table, f"{title} · {n} · {told}", in_text=False)


def compared_curves(grouping: Grouping) -> tuple[Exhibit, ...]:
    """The time to the first answer of the largest groups over one axis; none where fewer than two are large enough."""
    curves = [
        (group_word(grouping.dimension, group.key, is_rest=group.is_rest), curve)
        for group in grouping.groups
        for curve in group.figures.curves
        if curve.step == "applied" and curve.points and curve.observed.n >= SMALLEST_CLAIM and not group.is_rest
    ]
    if len(curves) < 2:  # noqa: PLR2004 - one is compared with nothing
        return ()
    largest = sorted(curves, key=lambda named: -named[1].observed.n)[:MOST_CURVES]
    shown = [named for named in curves if named in largest]
    title = _("Still without a first answer, by days waited")
    chart = Survival(
        title=title,
        description=" · ".join(
            f"{name}: {median_words(curve)} ({number_of(curve.observed.n)})" for name, curve in shown
        ),
        curves=tuple(shown),
        days_word=_("days waited"),
        at_risk_word=_("at risk"),
        median_words="",
    )
    return (Exhibit(chart, _medians(dimension_word(grouping.dimension), shown), title, in_text=False),)


def waiting_section(statistics: Statistics) -> Section:
    """Who waits now, the longest first, and whether an answer still comes."""
    of = " · ".join(filter(None, (number_of(len(statistics.waiting)), left_out_words(statistics.waiting_left_out))))
    heading = _("Who waits now, and whether an answer still comes")
    if not statistics.waiting:
        return Section("waiting", heading, of, (_("Nobody waits since a known day."),))
    table = Table(
        headers=(_("days"), _("company"), _("position"), _("stage"), _("of those silent as long")),
        rows=tuple(_waiting_row(one) for one in statistics.waiting),
        numbers=(0,),
        most_rows=MOST_WAITING,
    )
    return Section("waiting", heading, of, (), (Exhibit(table=table),))


def _waiting_row(one: Waiting) -> tuple[str, ...]:
    stage = f"{one.stage} · {_('pool')}" if one.in_pool else one.stage
    return (str(one.days), one.company, one.position, stage, chance_words(one.chance))


def weeks_section(figures: Figures) -> Section:
    """Applications, interviews and offers by week."""
    weeks = figures.weeks
    n = ngettext("{n} week", "{n} weeks", len(weeks)).format(n=len(weeks))
    of = " · ".join(filter(None, (n, left_out_words(figures.weeks_left_out))))
    if not weeks:
        return Section("weeks", _("Per week"), of, (_("Nothing has a known day yet."),))
    chart = Columns(
        title=_("Per week"),
        description=_("How many applications were sent, interviews held and offers got in each week."),
        names=tuple(week.monday.isoformat() for week in weeks),
        panels=(
            Panel(_("applications sent"), tuple(week.applications for week in weeks), "bar"),
            Panel(_("interviews"), tuple(week.interviews for week in weeks), "bar second"),
            Panel(_("offers got"), tuple(week.offers for week in weeks), "bar third"),
        ),
    )
    table = Table(
        headers=(_("week from"), _("applications sent"), _("interviews"), _("offers")),
        rows=tuple(_week_row(week) for week in reversed(weeks)),
        numbers=(1, 2, 3),
        bars=tuple(float(week.applications) for week in reversed(weeks)),
        most_rows=MOST_WEEKS,
    )
    return Section("weeks", _("Per week"), of, (), (Exhibit(chart, table),))


def _week_row(week: Week) -> tuple[str, ...]:
    return (week.monday.isoformat(), *map(_or_dot, (week.applications, week.interviews, week.offers)))


def _or_dot(n: int) -> str:
    return str(n) if n else "·"


def days_section(statistics: Statistics) -> Section:
    """The calendar of the hunt."""
    days = statistics.days
    today = statistics.now.date()
    n = ngettext("{n} day with events", "{n} days with events", len(days)).format(n=len(days))
    of = " · ".join(filter(None, (n, left_out_words(statistics.days_left_out))))
    if not days:
        return Section("days", _("Events by day"), of, (_("Nothing has a known day yet."),))
    begin = first_drawn(days[0].day, today)
    earlier = sum(day.day < begin for day in days)
    busiest = max(days, key=lambda one: one.events)
    told = [
        ngettext(
            "The busiest day: {day} with {n} event.", "The busiest day: {day} with {n} events.", busiest.events
        ).format(day=_day(busiest.day), n=busiest.events)
    ]
    if earlier:
        words = ngettext(
            "{n} earlier day stands in the table alone.", "{n} earlier days stand in the table alone.", earlier
        )
        told.append(words.format(n=earlier))
    monday = date(2024, 1, 1)
    calendar = HeatMap(
        title=_("Events by day"),
        description=told[0],
        first=days[0].day,
        last=max(today, days[-1].day),
        counts={day.day: day.events for day in days},
        weekdays=tuple(weekday(monday + timedelta(days=at)) for at in range(7)),
        months=_months(),
        day_words={day.day: f"{_day(day.day)}: {day.events}" for day in days},
    )
    table = Table(
        headers=(_("day"), _("events")),
        rows=tuple((_day(day.day), str(day.events)) for day in reversed(days)),
        numbers=(1,),
    )
    return Section("days", _("Events by day"), of, tuple(told), (Exhibit(calendar, table, in_text=False),))


def _day(day: date) -> str:
    return f"{day.isoformat()} {weekday(day)}"


def _months() -> tuple[str, ...]:
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
