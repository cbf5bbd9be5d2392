from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.applications import At
from tracker.history import (
    PastEvent,
    Standing,
    effective_events,
    events_until,
    fold,
    fold_effective,
    waiting_days,
)
from tracker.stages import CLOSING, Outcome, Phase

HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=HERE)


def happened(
    number: int,
    kind: str,
    stage: str = "",
    *,
    outcome: str = "",
    at: At | None = None,
    recorded: datetime | None = None,
    corrects: int | None = None,
    note: str = "",
    manner: str = "",
) -> PastEvent:
    known = At.minute(NOW + timedelta(minutes=number)) if at is None else at
    return PastEvent(
        id=number,
        kind=kind,
        stage=stage,
        phase=Phase.INTERVIEW if stage.endswith("面") else Phase.APPLIED,
        outcome=outcome,
        occurred_at=known.time,
        precision=known.precision,
        recorded_at=recorded or NOW + timedelta(minutes=number),
        corrects_id=corrects,
        note=note,
        manner=manner,
    )


def test_without_events_it_is_an_intention() -> None:
    standing = fold([])
    assert (standing.phase, standing.stage, standing.outcome, standing.active) == ("intent", "意向", "", True)
    assert standing.last_event_id is None


APPLIED = happened(1, "stage", "投递")
FIRST = happened(2, "stage", "一面")


@pytest.mark.parametrize(
    ("events", "stage", "outcome", "in_pool", "active"),
    [
        ([APPLIED], "投递", "", False, True),
        ([APPLIED, FIRST], "一面", "", False, True),
        ([APPLIED, FIRST, happened(3, "outcome", outcome="passed")], "一面", "passed", False, True),
        ([APPLIED, FIRST, happened(3, "outcome", outcome="rejected")], "一面", "rejected", False, False),
        ([APPLIED, happened(3, "outcome", "笔试", outcome="rejected")], "笔试", "rejected", False, False),
        ([APPLIED, happened(3, "outcome", outcome="withdrawn")], "投递", "withdrawn", False, False),
        ([APPLIED, happened(3, "outcome", outcome="offer")], "offer", "offer", False, True),
        (
            [APPLIED, happened(3, "outcome", outcome="offer"), happened(4, "outcome", outcome="declined")],
            "offer",
            "declined",
            False,
            False,
        ),
        (
            [APPLIED, happened(3, "outcome", outcome="rejected"), happened(4, "outcome", outcome="offer")],
            "offer",
            "offer",
            False,
            True,
        ),
        (
            [APPLIED, happened(3, "outcome", outcome="rejected"), happened(4, "outcome", outcome="passed")],
            "投递",
            "rejected",
            False,
            False,
        ),
        ([APPLIED, happened(3, "pool")], "投递", "", True, True),
        ([APPLIED, happened(3, "pool"), happened(4, "unpool")], "投递", "", False, True),
        ([APPLIED, happened(3, "pool"), happened(4, "stage", "二面")], "二面", "", False, True),
        ([APPLIED, happened(3, "pool"), happened(4, "outcome", outcome="rejected")], "投递", "rejected", False, False),
        (
            [APPLIED, FIRST, happened(3, "outcome", outcome="passed"), happened(4, "stage", "二面")],
            "二面",
            "",
            False,
            True,
        ),
        ([APPLIED, happened(3, "note", note="called")], "投递", "", False, True),
        ([happened(1, "revive", "投递")], "投递", "", False, True),
        ([APPLIED, FIRST, happened(3, "retraction", corrects=2)], "投递", "", False, True),
        ([APPLIED, happened(3, "retraction", corrects=99)], "投递", "", False, True),
    ],
)
def test_where_events_lead(events: list[PastEvent], stage: str, outcome: str, in_pool: bool, active: bool) -> None:
    standing = fold(events)
    assert (standing.stage, standing.outcome, standing.in_pool, standing.active) == (stage, outcome, in_pool, active)


def test_a_closed_application_keeps_the_stage_it_ended_in() -> None:
    standing = fold([APPLIED, FIRST, happened(3, "outcome", outcome="rejected")])
    assert (standing.phase, standing.stage) == (Phase.CLOSED, "一面")


DAY = At.day(NOW)
YESTERDAY = At.day(NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        (At.minute(NOW), At.minute(NOW + timedelta(hours=1)), "second"),
        (At.minute(NOW), At.minute(NOW - timedelta(hours=1)), "first"),
        (At.minute(NOW), DAY, "second"),
        (DAY, At.minute(NOW.replace(hour=1)), "second"),
        (DAY, DAY, "second"),
        (DAY, At.day(NOW - timedelta(days=4)), "first"),
        (At.minute(NOW), At.of(NOW.replace(day=1), "month"), "second"),
        (At.minute(NOW), At.of(NOW.replace(month=1, day=1), "month"), "first"),
        (At.minute(NOW), At(), "second"),
        (At(), At.minute(NOW - timedelta(days=400)), "second"),
        (At.minute(NOW + timedelta(days=9)), At.minute(NOW + timedelta(minutes=30)), "second"),
    ],
)
def test_two_events_stand_in_the_order_of_their_times(first: At, second: At, stands: str) -> None:
    events = [
        happened(1, "stage", "一面", at=first, note="first"),
        happened(2, "stage", "二面", at=second, note="second", recorded=NOW + timedelta(hours=2)),
    ]
    assert effective_events(events)[-1].note == stands


def test_a_rejection_dated_today_closes_what_moved_this_morning() -> None:
    moved = happened(1, "stage", "一面", at=At.minute(NOW))
    rejected = happened(2, "outcome", outcome="rejected", at=DAY)
    assert not fold([moved, rejected]).active


def test_a_correction_says_everything_anew() -> None:
    corrected = happened(3, "correction", "other", at=At.day(NOW - timedelta(days=3)), corrects=2, note="by phone")
    last = effective_events([APPLIED, FIRST, corrected])[0]
    assert (last.stage, last.note, last.occurred_at) == ("other", "by phone", datetime(2026, 3, 22, tzinfo=UTC))
    later = happened(4, "correction", at=At.minute(NOW + timedelta(minutes=3)), corrects=2, note="by mail")
    assert fold([APPLIED, FIRST, corrected, later]).stage == "other"


def test_an_early_event_may_be_corrected_to_a_later_day() -> None:
    early = happened(1, "stage", "投递", at=At.day(NOW - timedelta(days=20)), recorded=NOW - timedelta(days=20))
    middle = happened(2, "stage", "笔试", at=At.day(NOW - timedelta(days=10)), recorded=NOW - timedelta(days=10))
    corrected = happened(3, "correction", at=At.day(NOW - timedelta(days=5)), corrects=1)
    assert [event.id for event in effective_events([early, middle, corrected])] == [2, 1]


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (At.minute(NOW), 0),
        (At.minute(NOW - timedelta(hours=11)), 1),
        (At.minute(NOW.replace(day=20, hour=23)), 5),
        (At.minute(NOW + timedelta(days=3)), 0),
        (At.day(NOW - timedelta(days=7)), 7),
        (At.day(NOW + timedelta(days=7)), 0),
        (At(), None),
    ],
)
def test_waiting_is_counted_in_the_persons_days(at: At, days: int | None) -> None:
    assert waiting_days(at.time, at.precision, NOW) == days


def slow_order(events: list[PastEvent]) -> list[PastEvent]:
    """The definition of the order, one rule after the other."""
    by_id = {event.id: event for event in events if event.kind not in ("correction", "retraction")}
    known_at = {event.id: event.recorded_at for event in events}
    for event in sorted(events):
        target = by_id.get(event.corrects_id) if event.corrects_id is not None else None
        if target is None:
            continue
        if event.kind == "retraction":
            del by_id[target.id]
        elif event.kind == "correction":
            known_at[target.id] = event.recorded_at
            by_id[target.id] = target._replace(
                occurred_at=event.occurred_at,
                precision=event.precision,
                note=event.note,
                stage=event.stage or target.stage,
                phase=event.phase or target.phase,
                outcome=event.outcome or target.outcome,
                manner=event.manner if event.outcome else target.manner,
            )
    dawn = datetime(1, 1, 1, tzinfo=UTC)
    ordered: list[tuple[datetime, int, PastEvent]] = []
    previous, previous_span = dawn, (dawn, dawn)
    for event_id in sorted(by_id):
        event = by_id[event_id]
        at = event.occurred_at
        if at is None or event.precision == "unknown":
            at, span = previous, previous_span
        else:
            days = {"day": 1, "month": 31}.get(event.precision)
            span = (at, at) if days is None else (at - timedelta(hours=14), at + timedelta(days=days, hours=12))
            if at > known_at[event_id]:
                at = max(known_at[event_id], previous)
            elif span[0] <= previous <= span[1] or previous_span[0] <= at <= previous_span[1]:
                at = max(at, previous)
        ordered.append((at, event_id, event))
        previous, previous_span = at, span
    return [event for _at, _id, event in sorted(ordered, key=lambda item: (item[0], item[1]))]


def slow_fold(events: list[PastEvent]) -> Standing:
    """The definition of the standing, one event after the other."""
    standing = Standing()
    for event in slow_order(events):
        standing = slow_step(standing, event)
    return standing


def slow_step(standing: Standing, event: PastEvent) -> Standing:
    heard_at = event.occurred_at or standing.heard_at
    moved = replace(
        standing,
        since_at=event.occurred_at,
        since_precision=event.precision,
        last_event_id=event.id,
        heard_at=heard_at,
        manner="",
    )
    stage = event.stage or (standing.stage if standing.last_event_id is not None else "")
    if event.kind in ("stage", "revive"):
        return replace(moved, phase=event.phase, stage=event.stage, outcome="", in_pool=False, active=True)
    if event.kind == "outcome" and event.outcome in CLOSING:
        manner = event.manner if event.outcome == "rejected" else ""
        closed = replace(moved, phase="closed", stage=stage, outcome=event.outcome, manner=manner)
        return replace(closed, in_pool=False, active=False)
    if event.kind == "outcome" and event.outcome == "offer":
        return replace(moved, phase="offer", stage="offer", outcome="offer", in_pool=False, active=True)
    if event.kind == "outcome":
        return replace(moved, stage=stage, outcome=event.outcome) if standing.active else moved
    if event.kind in ("pool", "unpool"):
        return replace(moved, in_pool=event.kind == "pool")
    return replace(
        standing, last_event_id=event.id, heard_at=heard_at if event.kind == "contact" else standing.heard_at
    )


kinds = st.sampled_from(
    [
        "stage",
        "outcome",
        "outcome",
        "outcome",
        "pool",
        "unpool",
        "revive",
        "note",
        "contact",
        "correction",
        "retraction",
    ]
)
times = st.one_of(st.none(), st.integers(min_value=-500, max_value=500).map(lambda hours: NOW + timedelta(hours=hours)))
ats = st.builds(At.of, times, st.sampled_from(["minute", "day", "month"]))


@st.composite
def histories(draw: st.DrawFn) -> list[PastEvent]:
    number = draw(st.integers(min_value=0, max_value=12))
    return [
        happened(
            index + 1,
            draw(kinds),
            draw(st.sampled_from(["", "投递", "一面"])),
            outcome=draw(st.sampled_from(list(Outcome))),
            manner=draw(st.sampled_from(["", "letter"])),
            at=draw(ats),
            recorded=NOW + timedelta(hours=draw(st.integers(min_value=-400, max_value=400))),
            corrects=draw(st.one_of(st.none(), st.integers(min_value=1, max_value=12))),
        )
        for index in range(number)
    ]


@settings(max_examples=300)
@given(histories(), st.randoms())
def test_the_fold_depends_on_the_events_alone(events: list[PastEvent], dice: object) -> None:
    assert list(effective_events(events)) == slow_order(events)
    assert fold(events) == slow_fold(events)
    shuffled = list(events)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    standing = fold(events)
    assert fold(shuffled) == standing
    assert standing.active == (standing.phase != Phase.CLOSED)
    assert standing.active == (standing.outcome not in CLOSING)
    assert not (standing.in_pool and not standing.active) or any(event.kind == "pool" for event in events)
    kept = {event.id for event in effective_events(events)}
    assert standing.last_event_id is None or standing.last_event_id in kept


@settings(max_examples=200)
@given(histories(), st.integers(min_value=-600, max_value=600))
def test_the_past_is_what_the_events_of_its_time_say(events: list[PastEvent], hours: int) -> None:
    moment = (NOW + timedelta(hours=hours)).replace(hour=23, minute=59, second=59)
    until = events_until(events, moment)
    assert set(until) <= set(effective_events(events))
    assert list(until) == slow_order(list(until)) or any(event.kind == "correction" for event in events)
    assert events_until(events, NOW + timedelta(days=900)) == effective_events(events)


EVENING = NOW.replace(hour=23, minute=59, second=59)


@pytest.mark.parametrize(
    ("at", "recorded", "day", "had_happened"),
    [
        (At.minute(NOW), NOW, NOW, True),
        (At.minute(NOW), NOW, NOW - timedelta(days=1), False),
        (At.minute(NOW.replace(hour=0, minute=5)), NOW, NOW, True),
        (At.minute(NOW.replace(hour=0, minute=5)), NOW, NOW - timedelta(days=1), False),
        (At.day(NOW), NOW, NOW, True),
        (At.day(NOW), NOW, NOW - timedelta(days=1), False),
        (At.day(NOW - timedelta(days=9)), NOW, NOW - timedelta(days=9), True),
        (At.of(NOW.replace(day=1), "month"), NOW, NOW.replace(day=1), True),
        (At.of(NOW.replace(day=1), "month"), NOW, NOW.replace(month=2, day=28), False),
        # The time of a coming round: it counts from the day on which it was written down.
        (At.minute(NOW + timedelta(days=5)), NOW, NOW, True),
        (At.minute(NOW + timedelta(days=5)), NOW, NOW - timedelta(days=1), False),
        (At.day(NOW + timedelta(days=5)), NOW, NOW + timedelta(days=1), True),
        (At(), NOW, NOW - timedelta(days=400), True),
    ],
)
def test_what_had_happened_by_a_day(at: At, recorded: datetime, day: datetime, had_happened: bool) -> None:
    moment = EVENING.replace(month=day.month, day=day.day, year=day.year)
    assert bool(events_until([happened(1, "stage", "一面", at=at, recorded=recorded)], moment)) is had_happened


def test_what_has_no_time_goes_with_the_event_recorded_before_it() -> None:
    events = [happened(1, "stage", "投递", at=DAY), happened(2, "outcome", outcome="passed", at=At())]
    assert events_until(events, EVENING - timedelta(days=1)) == ()
    assert len(events_until(events, EVENING)) == 2


def test_what_was_corrected_later_was_so_all_along() -> None:
    wrong = happened(1, "stage", "一面", at=DAY)
    corrected = happened(2, "correction", "笔试", at=YESTERDAY, corrects=1)
    retracted = happened(4, "retraction", corrects=3)
    events = [wrong, corrected, happened(3, "stage", "二面", at=YESTERDAY), retracted]
    assert fold_effective(events_until(events, EVENING - timedelta(days=1))).stage == "笔试"
