"""The figures equal those of a plain computation over the same events, whatever the events are."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from tests.tracker.statistics import plain
from tests.tracker.statistics.hunts import NOW, Try, hunts, write
from tracker.db import Database
from tracker.history import effective_events
from tracker.statistics.computing import compute_statistics
from tracker.statistics.values import DIMENSIONS, TIMED_STEPS, Counted, Figures, Statistics


def check(figures: Figures, tries: list[Try], attempts: list[plain.Attempt]) -> None:
    """Every figure of a set of attempts."""

    def these(wanted: Callable[[plain.Attempt], bool]) -> Counted:
        found = [attempt.application for attempt in attempts if wanted(attempt)]
        return Counted(len(found), found)

    assert sorted(figures.applications.ids) == sorted({attempt.application for attempt in attempts})
    assert figures.attempts == these(lambda _attempt: True)
    assert figures.answered == these(lambda attempt: attempt.is_answered)
    assert figures.interviewed == these(lambda attempt: bool(attempt.places & {2, 3, 4}))
    assert figures.offers == these(lambda attempt: 5 in attempt.places)
    assert figures.open == these(lambda attempt: not attempt.ending)
    assert figures.closed == these(lambda attempt: bool(attempt.ending))
    for index, step in enumerate(figures.funnel):
        assert step.reached == these(lambda attempt, index=index: max(attempt.places) >= index)  # type: ignore[misc]
        assert step.entered == these(lambda attempt, index=index: index in attempt.places)  # type: ignore[misc]
        for result in ("passed", "failed", "left", "open"):
            wanted = these(lambda attempt, index=index, result=result: attempt.result(index) == result)  # type: ignore[misc]
            assert getattr(step, result) == wanted, (step.step, result)
        assert step.entered.n == step.passed.n + step.failed.n + step.left.n + step.open.n
    check_endings(figures, attempts)
    check_flows(figures, attempts)
    check_waits(figures, attempts)
    check_weeks(figures, tries, attempts)


def check_endings(figures: Figures, attempts: list[plain.Attempt]) -> None:
    wanted = Counter(
        (attempt.entries[-1].step if attempt.entries else "", attempt.ending, attempt.manner)
        for attempt in attempts
        if attempt.ending
    )
    found = {(ending.step, ending.outcome, ending.manner): ending.counted.n for ending in figures.endings}
    assert found == wanted
    assert [ending.counted.n for ending in figures.endings] == sorted(wanted.values(), reverse=True)


def check_flows(figures: Figures, attempts: list[plain.Attempt]) -> None:
    wanted: Counter[tuple[str, str, bool]] = Counter()
    for attempt in attempts:
        nodes = [*attempt.path, attempt.ending or "open"]
        wanted.update((source, target, False) for source, target in pairwise(nodes))
        wanted.update([(attempt.revives, "applied", True)] if attempt.revives else [])
    assert {(flow.source, flow.target, flow.is_revival): flow.counted.n for flow in figures.flows} == wanted
    assert all(len(flow.counted.ids) == flow.counted.n for flow in figures.flows)


def check_waits(figures: Figures, attempts: list[plain.Attempt]) -> None:
    waits = [(attempt.application, wait) for attempt in attempts for wait in attempt.waits()]
    assert [curve.step for curve in figures.curves] == list(TIMED_STEPS)
    for curve in figures.curves:
        here = [(number, days, answered) for number, (step, days, answered) in waits if step == curve.step]
        known = [(days, answered) for _number, days, answered in here if days is not None]
        assert curve.observed.ids == tuple(number for number, days, _answered in here if days is not None)
        assert curve.left_out.ids == tuple(number for number, days, _answered in here if days is None)
        assert (curve.events, curve.censored) == (sum(a for _d, a in known), sum(not a for _d, a in known))
        wanted = plain.survival(known)
        assert [point[:4] for point in curve.points] == [row[:4] for row in wanted]
        for point, (*_counts, share) in zip(curve.points, wanted, strict=True):
            assert point.survival == pytest.approx(float(share), abs=1e-12)
            assert 0 <= point.low <= point.survival <= point.high <= 1
        half = [day for day, *_counts, share in wanted if share <= 0.5]
        assert curve.median == (half[0] if half else None)


def check_weeks(figures: Figures, tries: list[Try], attempts: list[plain.Attempt]) -> None:
    applied = [
        attempt.entries[0].known if attempt.entries and attempt.entries[0].step == "applied" else None
        for attempt in attempts
    ]
    offers = [
        next(entry.known for entry in attempt.entries if entry.step == "offer")
        for attempt in attempts
        if 5 in attempt.places
    ]
    held = [(attempt.application, day) for attempt in attempts for day in plain.interviews(tries, attempt)]
    assert figures.interviews == Counted(len(held), [number for number, _day in held])
    columns = (applied, [day for _number, day in held], offers)
    sunday = NOW.date() + timedelta(days=6 - NOW.weekday())
    shown = [[day for day in column if day and day <= sunday] for column in columns]
    counts = [Counter(day - timedelta(days=day.weekday()) for day in column) for column in shown]
    found = [{week.monday: week[kind] for week in figures.weeks if week[kind]} for kind in (1, 2, 3)]
    assert found == counts
    assert figures.weeks_left_out == sum(map(len, columns)) - sum(map(len, shown))
    if figures.weeks:
        assert figures.weeks[-1].monday == NOW.date() - timedelta(days=NOW.weekday())
        gaps = {(b.monday - a.monday).days for a, b in pairwise(figures.weeks)}
        assert gaps <= {7}


def check_all(statistics: Statistics, tries: list[Try]) -> None:
    attempts = plain.attempts(tries)
    check(statistics.all, tries, attempts)
    assert [grouping.dimension for grouping in statistics.by] == list(DIMENSIONS)
    for grouping in statistics.by:
        wanted = {plain.keys(tries, attempt)[grouping.dimension] for attempt in attempts}
        assert {group.key for group in grouping.groups} == wanted
        for group in grouping.groups:
            here = [a for a in attempts if plain.keys(tries, a)[grouping.dimension] == group.key]
            check(group.figures, tries, here)
    effective = [past for one in tries for past in effective_events(one.events)]
    days = [plain.day_of(past) for past in effective]
    assert statistics.events == len(effective)
    assert statistics.days_left_out == days.count(None)
    assert {row.day: row.events for row in statistics.days} == Counter(d for d in days if d and d <= plain.TODAY)
    sent = {attempt.application for attempt in attempts}
    assert set(statistics.considered.ids) == set(range(1, len(tries) + 1)) - sent
    check_referral(statistics, tries, attempts)


def check_referral(statistics: Statistics, tries: list[Try], attempts: list[plain.Attempt]) -> None:
    for rate, key in ((statistics.referral.first, "yes"), (statistics.referral.second, "no")):
        here = [attempt for attempt in attempts if plain.keys(tries, attempt)["referral"] == key]
        came = [attempt for attempt in here if max(attempt.places) >= 2]
        refused = [a for a in here if max(a.places) < 2 and a.ending in ("rejected", "revoked") and a.entries]
        assert (rate.passed, rate.n) == (len(came), len(came) + len(refused))


@settings(max_examples=30, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=hunts())
def test_any_hunt_counts_as_it_does_by_hand(fresh_database: Callable[[], Database], tries: list[Try]) -> None:
    path = fresh_database().path
    write(path, tries)
    check_all(compute_statistics(path, now=NOW), tries)
