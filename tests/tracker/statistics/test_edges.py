"""Hunts that leave little to count: right figures or nothing, never a division by zero shown as a number."""

import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.statistics.hunts import NOW, Try, event, steps, write
from tracker.statistics.computing import compute_statistics
from tracker.statistics.values import DIMENSIONS, FUNNEL_STEPS, TIMED_STEPS, Counted, Curve, Figures, Statistics


def computed(path: Path, *tries: Try, **arguments: Any) -> Statistics:
    number = 0
    for one in tries:
        for index, past in enumerate(one.events):
            number += 1
            one.events[index] = past._replace(id=number)
    write(path, list(tries))
    return compute_statistics(path, **{"now": NOW, **arguments})


def curve(figures: Figures, step: str) -> Curve:
    return next(curve for curve in figures.curves if curve.step == step)


@pytest.mark.parametrize("kind", ["missing", "empty file", "empty database", "notes only"])
def test_without_applications_every_figure_is_nothing(kind: str, database_path: Path, tmp_path: Path) -> None:
    path = database_path
    if kind in ("missing", "empty file"):
        path = tmp_path / "none.db"
        if kind == "empty file":
            path.touch()
    tries = [Try(steps(("意向", -3))), Try([])] if kind == "notes only" else []
    if tries:
        write(path, tries)
    found = compute_statistics(path, now=NOW)
    figures = found.all
    assert figures.applications == figures.attempts == figures.open == figures.interviews == Counted()
    assert [step.step for step in figures.funnel] == list(FUNNEL_STEPS)
    assert all(step.rate.share is None and step.of_applied.share is None for step in figures.funnel)
    assert [curve.step for curve in figures.curves] == list(TIMED_STEPS)
    assert all((curve.points, curve.median) == ((), None) for curve in figures.curves)
    assert (figures.flows, figures.endings, figures.weeks) == ((), (), ())
    assert [(grouping.dimension, grouping.groups) for grouping in found.by] == [(name, ()) for name in DIMENSIONS]
    assert found.referral.difference is None
    assert found.waiting == ()
    assert found.considered.ids == ((1, 2) if tries else ())
    assert len(found.days) == (1 if tries else 0)


def test_one_event(database_path: Path) -> None:
    found = computed(database_path, Try(steps(("投递", -23))))
    assert (found.events, found.all.attempts.n, found.all.answered.n) == (1, 1, 0)
    applied = curve(found.all, "applied")
    assert (applied.observed.n, applied.events, applied.censored, applied.median) == (1, 0, 1, None)
    assert applied.points[0][:5] == (23, 1, 0, 1, 1.0)
    (waiting,) = found.waiting
    assert (waiting.days, waiting.stage, waiting.company) == (23, "投递", "甲1")
    assert (waiting.chance.share, waiting.chance.n) == (None, 0)
    assert found.all.funnel[0].rate.n == 0
    assert found.all.funnel[0].open.ids == (1,)
    assert found.days == ((NOW.date() - timedelta(days=23), 1),)
    assert found.all.weeks[0] == (date(2026, 3, 2), 1, 0, 0)


def test_only_rejections(database_path: Path) -> None:
    found = computed(database_path, *(Try(steps(("投递", -30), ("rejected", -30 + n))) for n in range(10)))
    step = found.all.funnel[0]
    assert (step.passed.n, step.failed.n, step.rate.share) == (0, 10, 0.0)
    assert (found.all.open.n, found.all.closed.n, found.waiting) == (0, 10, ())
    assert [(ending.step, ending.outcome, ending.counted.n) for ending in found.all.endings] == [
        ("applied", "rejected", 10)
    ]
    applied = curve(found.all, "applied")
    assert (applied.events, applied.points[-1].survival, applied.median) == (10, 0.0, 4)
    assert all(later.rate.share is None for later in found.all.funnel[1:])


def test_everything_on_one_day(database_path: Path) -> None:
    told = [("投递", -1), ("笔试", -1), ("一面", -1), ("rejected", -1)]
    found = computed(database_path, *(Try(steps(*told, first=number)) for number in (1, 5, 9)))
    first = curve(found.all, "first")
    assert [point[:5] for point in first.points] == [(0, 3, 3, 0, 0.0)]
    assert (first.median, first.median_low, first.median_high) == (0, 0, 0)


def test_unknown_days_count_in_totals_alone(database_path: Path) -> None:
    unknown = [event(1, "stage", "投递", days=None), event(2, "stage", "一面", days=None, recorded=-4)]
    month = [event(3, "stage", "投递", days=-40, precision="month", recorded=-4), *steps(("rejected", -4), first=4)]
    found = computed(database_path, Try(unknown), Try(month))
    assert (found.all.attempts.n, found.all.interviewed.n, found.all.closed.n) == (2, 1, 1)
    applied = curve(found.all, "applied")
    assert (applied.observed.n, applied.left_out.ids, applied.median) == (0, (1, 2), None)
    assert (found.days_left_out, len(found.days)) == (3, 1)
    assert found.all.weeks_left_out == 3
    assert found.waiting == ()
    assert found.waiting_left_out == 1
    months = next(grouping for grouping in found.by if grouping.dimension == "month")
    assert [(group.key, group.figures.attempts.ids) for group in months.groups] == [("2026-02", (2,)), ("", (1,))]


def test_silent_applications_are_told_their_chance(database_path: Path) -> None:
    """Twenty-three days silent: of the waits that long, the share that was answered later."""
    answered = [Try(steps(("投递", -90), ("笔试", -60), ("一面", -60 + days))) for days in (5, 10, 30, 40)]
    given_up = [Try(steps(("投递", -90), ("笔试", -60), ("rejected", -10, "silence"))) for _number in range(4)]
    silent = Try(steps(("投递", -90), ("笔试", -23)))
    found = computed(database_path, *[*answered, *given_up, silent])
    row = next(row for row in found.waiting if row.application_id == 9)
    assert (row.step, row.stage, row.days) == ("written_test", "笔试", 23)
    assert (row.chance.n, row.chance.horizon) == (6, 50)
    assert row.chance.share == pytest.approx(2 / 6)


@pytest.mark.parametrize("others", [20, 19])
def test_a_referral_is_compared_from_twenty_on(others: int, database_path: Path) -> None:
    came = [("投递", -30), ("一面", -20)]
    refused = [("投递", -30), ("rejected", -20)]
    tries = [Try(steps(*(came if number % 2 else refused)), code="X") for number in range(20)]
    tries += [Try(steps(*(refused if number % 4 else came)), channel="官网") for number in range(others)]
    tries.append(Try(steps(("投递", -3)), code="X"))  # not decided
    found = computed(database_path, *tries).referral
    assert (found.first.passed, found.first.n, found.second.passed, found.second.n) == (10, 20, 5, others)
    assert found.is_claimed == (others == 20)
    assert found.difference == (pytest.approx(0.25) if others == 20 else None)


@pytest.mark.parametrize(
    ("entered", "hours", "state", "days"),
    [
        (0, None, "", [0]),  # entered today, and no round is planned
        (-3, None, "", [-3]),
        (2, None, "", []),  # its time is still to come
        (-3, -2, "planned", [0]),  # held this morning, though nobody wrote that down
        (-3, 2, "planned", []),  # this afternoon
        (-3, -24, "done", [-1]),
        (-3, -24, "cancelled", []),
        (-3, -24, "missed", []),
    ],
)
def test_an_interview_counts_on_the_day_of_its_round(
    entered: int, hours: int | None, state: str, days: list[int], database_path: Path
) -> None:
    rounds = [] if hours is None else [("一面", NOW + timedelta(hours=hours), "minute", state)]
    stages = [event(1, "stage", "投递", days=-9), event(2, "stage", "一面", days=entered, recorded=min(entered, -1))]
    found = computed(database_path, Try(stages, rounds=rounds))
    assert found.all.interviews.n == len(days)
    mondays = {NOW.date() + timedelta(days=day) for day in days}
    weeks = {week.monday: week.interviews for week in found.all.weeks if week.interviews}
    assert weeks == {day - timedelta(days=day.weekday()): 1 for day in mondays}


def test_a_round_that_was_moved_counts_once(database_path: Path) -> None:
    rounds = [("一面", NOW + timedelta(days=days), "day", state) for days, state in ((-9, "cancelled"), (-2, "done"))]
    found = computed(
        database_path, Try(steps(("投递", -30), ("一面", -20)), rounds=[*rounds, ("一面", NOW, "day", "done")])
    )
    assert [(row.monday, row.interviews) for row in found.all.weeks if row.interviews] == [(date(2026, 3, 23), 1)]


def test_revivals_flow_back(database_path: Path) -> None:
    dead = Try(steps(("投递", -50), ("笔试", -45), ("rejected", -40)))
    again = Try(steps(("revive", -30), ("一面", -20)), previous=1)
    within = Try(steps(("投递", -50), ("rejected", -40), ("revive", -30)))
    found = computed(database_path, *[dead, again, within])
    assert (found.all.applications.n, found.all.attempts.n) == (3, 4)
    back = [(flow.source, flow.target, flow.counted.ids) for flow in found.all.flows if flow.is_revival]
    assert [(source, target, sorted(ids)) for source, target, ids in back] == [("rejected", "applied", [2, 3])]
    assert found.all.flows[-1].is_revival


def test_a_season_counts_with_what_belongs_to_none(database_path: Path) -> None:
    tries = [Try(steps(("投递", -5)), season=season) for season in (1, 2, None)]
    found = computed(database_path, *tries, season_id=2)
    assert (found.season_id, found.all.applications.ids, found.events) == (2, (2, 3), 2)
    assert compute_statistics(database_path, now=NOW).all.applications.ids == (1, 2, 3)


def test_rare_values_share_a_group(database_path: Path) -> None:
    tries = [Try(steps(("投递", -5)), channel=f"渠道{min(number, 30)}") for number in range(35)]
    found = computed(database_path, *[*tries, Try(steps(("投递", -5)))])
    channels = next(grouping.groups for grouping in found.by if grouping.dimension == "channel")
    assert len(channels) == 26
    assert channels[0].key == "渠道30"
    assert [(group.key, group.is_rest, group.figures.attempts.n) for group in channels[-2:]] == [
        ("", True, 7),
        ("", False, 1),
    ]
    assert sum(group.figures.attempts.n for group in channels) == 36


def test_tiers_stand_in_their_order(database_path: Path) -> None:
    tries = [Try(steps(("投递", -5)), tier=tier) for tier in ("", "N", "B", "S", "A", "N")]
    found = computed(database_path, *tries)
    assert [group.key for group in found.by[0].groups] == ["S", "A", "B", "N", ""]


def test_mistyped_years_make_no_endless_chart(database_path: Path) -> None:
    old = event(1, "stage", "投递", days=-40_000, precision="day", recorded=-1)
    ahead = event(2, "stage", "投递", days=40_000, precision="day", recorded=-1)
    found = computed(database_path, Try([old]), Try([ahead]))
    assert [week.applications for week in found.all.weeks] == [1]
    assert found.all.weeks_left_out == 1
    assert [row.days for row in found.waiting] == [40_000]
    assert curve(found.all, "applied").observed.n == 1


def test_one_application_may_have_very_many_events(database_path: Path) -> None:
    told: list[tuple[str, float]] = []
    for number in range(2_500):
        day = -80 + number / 50
        told += [("测评", day), ("passed", day), ("笔试", day), ("投递", day)]
    found = computed(database_path, Try(steps(*told)))
    assert (found.events, found.all.attempts.n, found.all.answered.n) == (10_000, 1, 1)
    assert curve(found.all, "assessment").observed.n == 2_500
    assert curve(found.all, "applied").observed.n == 1


def test_a_clock_that_was_set_back_makes_no_weeks_ahead(database_path: Path) -> None:
    found = computed(database_path, Try(steps(("投递", 20))), Try(steps(("投递", -1))))
    assert [week.applications for week in found.all.weeks] == [1]
    assert (found.all.weeks_left_out, found.all.attempts.n, len(found.days), len(found.waiting)) == (1, 2, 1, 1)
    assert (curve(found.all, "applied").observed.n, curve(found.all, "applied").left_out.n) == (1, 0)


@pytest.mark.parametrize("zone", [None, UTC, NOW.tzinfo])
def test_days_are_those_of_the_clock(zone: Any, database_path: Path) -> None:
    late = event(1, "stage", "投递", days=-10 + 13.5 / 24)
    now = datetime(2026, 3, 25, 12, 0, tzinfo=zone or UTC)
    found = computed(database_path, Try([late]), now=now)
    assert found.days[0].day == date(2026, 3, 15)
    early = compute_statistics(database_path, now=now.astimezone(NOW.tzinfo))
    assert early.days[0].day == date(2026, 3, 15)


def test_figures_travel_between_processes(database_path: Path) -> None:
    found = computed(
        database_path, Try(steps(("投递", -30), ("一面", -20), ("rejected", -3)), code="X", position="[/x]")
    )
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - its own
    assert found.all.funnel[0].reached.ids == (1,)
    assert repr(found.all.attempts.ids) == "(1,)"


def test_pandas_waits_and_the_orm_stays_away(database_path: Path) -> None:
    """Importing the computation loads no pandas; computing loads no ORM."""
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from tracker.statistics import computing, definitions, wording\n"
        "assert not {'pandas', 'numpy', 'sqlalchemy'} & sys.modules.keys()\n"
        f"computing.compute_statistics(Path({str(database_path)!r}), now=datetime.fromisoformat({NOW.isoformat()!r}))\n"
        "assert 'pandas' in sys.modules and 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
