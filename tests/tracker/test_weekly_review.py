"""One week of the hunt: what moved, what was held, what went silent, what is next."""

import sqlite3
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, func, select

from tracker.agenda_silence import read_silent
from tracker.amending import amend_event, retract_event
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.history import waiting_days
from tracker.models import Agreement, Event, Offer
from tracker.pipeline import move_to, record_contact, record_outcome, revive, set_pool
from tracker.rounds import edit_round, plan_round
from tracker.settings import SilenceLimits
from tracker.weekly_review import read_hunt_week
from tracker.weekly_values import HuntWeek, WeekCounts, WeekSpan

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 26, 15, 0, tzinfo=SHANGHAI)
"""A Thursday: the week began on 23 March."""


def review(database: Database, *, weeks: int = 0, now: datetime = NOW, limits: SilenceLimits | None = None) -> HuntWeek:
    connection = sqlite3.connect(database.path)
    try:
        span = WeekSpan.of(now).shifted(weeks)
        return read_hunt_week(connection, span=span, now=now, limits=limits or SilenceLimits())
    finally:
        connection.close()


def apply(session: Session, name: str, *steps: tuple[str, At], now: datetime = NOW) -> int:
    """A company with one application that went through these stages; an outcome stands behind a colon."""
    company_id = add_company(session, name=name, now=now)
    application_id = add_application(session, company_id=company_id, now=now)
    for label, at in steps:
        if label.startswith(":"):
            outcome, _colon, manner = label[1:].partition("/")
            record_outcome(session, application_id=application_id, outcome=outcome, manner=manner, now=now, at=at)
        else:
            move_to(session, application_id=application_id, label=label, now=now, at=at)
    return application_id


def at(day: int, hour: int = 10, month: int = 3) -> At:
    return At.minute(datetime(2026, month, day, hour, tzinfo=SHANGHAI))


def on(day: int, month: int = 3) -> At:
    return At.day(datetime(2026, month, day, tzinfo=SHANGHAI))


def told(found: HuntWeek) -> dict[str, tuple[str, list[str], bool]]:
    """Each application that moved: where it stood, its steps, and whether it was answered."""
    return {
        one.company: (one.before, [f"{step.stage}{step.outcome} {step.day.day}" for step in one.steps], one.heard)
        for one in found.moved
    }


def test_an_empty_hunt_has_an_empty_week(database: Database) -> None:
    found = review(database)
    assert found.is_empty
    assert found == HuntWeek(now=NOW, span=WeekSpan.of(NOW), is_empty=True)
    assert (found.span.monday, found.span.sunday, found.span.number) == (
        date(2026, 3, 23), date(2026, 3, 29), (2026, 13),
    )  # fmt: skip


def test_what_moved_is_told_from_where_it_stood_to_where_it_came(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        apply(session, "甲", ("投递", on(9)), ("笔试", at(14)), ("一面", at(25)))
        apply(session, "乙", ("投递", on(24)))
        apply(session, "丙", ("投递", on(23)), ("测评", at(24)), ("笔试", on(26)))
        apply(session, "丁", ("投递", on(2)), (":rejected/letter", on(25)))
        apply(session, "戊", ("投递", on(2)), (":rejected/silence", on(25)))
        apply(session, "己", ("投递", on(2)), ("一面", on(17)))
        apply(session, "庚", ("投递", on(2)), ("offer", on(23)))
        apply(session, "辛")
        pooled = apply(session, "壬", ("投递", on(2)), ("一面", on(17)))
        set_pool(session, application_id=pooled, now=NOW, at=on(25))
        noted = apply(session, "癸")
        move_to(session, application_id=noted, label="投递", now=NOW, at=At())
    found = review(database)
    assert told(found) == {
        "庚": ("投递", ["offer 23"], True),
        "甲": ("笔试", ["一面 25"], True),
        "丙": ("", ["投递 23", "测评 24", "笔试 26"], True),
        "丁": ("投递", ["投递rejected 25"], True),
        "戊": ("投递", ["投递rejected 25"], False),
        "壬": ("一面", ["一面 25"], False),
    }
    assert [one.company for one in found.moved][:2] == ["庚", "壬"]
    assert [one.company for one in found.applied] == ["丙", "乙"]
    waits = {one.company: [step.waited for step in one.steps if step.heard] for one in found.moved if one.heard}
    assert waits == {"庚": [21], "甲": [11], "丙": [1, 2], "丁": [23]}
    assert found.counts == WeekCounts(
        applied=2, moved=6, answered=4, interviews=0, tests=0, rejected=2, offers=1, silent=len(found.silent)
    )
    assert (found.before.applied, found.before.moved, found.before.answered) == (0, 2, 2)
    assert found.undated == 1


def test_corrected_and_retracted_events_count_as_they_are_known_now(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        earlier = apply(session, "早了", ("投递", on(2)), ("笔试", on(25)))
        gone = apply(session, "没有", ("投递", on(2)), ("笔试", on(25)))
        moved = apply(session, "其实", ("投递", on(2)), ("笔试", on(5)))
        query = select(Event.application_id, func.max(Event.id)).group_by(col(Event.application_id))
        last = dict(session.exec(query).all())
        amend_event(session, application_id=earlier, event_id=last[earlier], at=on(16), now=NOW)
        retract_event(session, application_id=gone, event_id=last[gone] or 0, now=NOW)
        amend_event(session, application_id=moved, event_id=last[moved], at=on(24), now=NOW)
    assert told(review(database)) == {"其实": ("投递", ["笔试 24"], True)}
    assert told(review(database, weeks=-1)) == {"早了": ("投递", ["笔试 16"], True)}


def test_a_stage_that_lies_ahead_moved_when_it_was_written_down(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        apply(session, "甲", ("投递", on(2)), ("一面", at(2, month=4)))
    assert told(review(database)) == {"甲": ("投递", ["一面 26"], True)}
    assert told(review(database, weeks=1)) == {}


def test_a_revival_is_a_new_application(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        dead = apply(session, "甲", ("投递", on(2)), ("一面", on(9)), (":rejected", on(10)))
        revive(session, application_id=dead, now=NOW, at=on(25))
    found = review(database)
    assert [(one.company, one.steps[0].kind) for one in found.applied] == [("甲", "revive")]


@pytest.mark.parametrize(
    ("zone", "now", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 23, 30, tzinfo=SHANGHAI), 167),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, 30, tzinfo=SHANGHAI), 169),
        ("Asia/Shanghai", datetime(2026, 3, 29, 23, 30, tzinfo=SHANGHAI), 168),
    ],
)
def test_a_week_is_that_of_the_local_days_even_when_clocks_change(
    database: Database, zone: str, now: datetime, hours: int
) -> None:
    now = now.replace(tzinfo=ZoneInfo(zone))
    span = WeekSpan.of(now)
    assert (span.end - span.begin.astimezone(ZoneInfo("UTC"))) / timedelta(hours=1) == hours
    edges = {
        "前": span.begin - timedelta(minutes=1),
        "首": span.begin,
        "末": (span.end.astimezone(ZoneInfo("UTC")) - timedelta(minutes=31)).astimezone(now.tzinfo),
    }
    with database.change("seed", now=now) as session:
        for name, moment in edges.items():
            apply(session, name, ("投递", At.minute(moment)), now=now)
    assert [one.company for one in review(database, now=now).applied] == ["首", "末"]
    assert [one.company for one in review(database, weeks=-1, now=now).applied] == ["前"]


def test_what_was_held_says_its_result_and_whether_it_was_debriefed(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        application_id = apply(session, "甲", ("投递", on(2)))
        for label, moment, length in (
            ("测评", datetime(2026, 3, 20, 9, tzinfo=SHANGHAI), timedelta(days=4)),
            ("笔试", datetime(2026, 3, 25, 19, tzinfo=SHANGHAI), timedelta(hours=2)),
            ("一面", datetime(2026, 3, 26, 10, tzinfo=SHANGHAI), timedelta(hours=1)),
            ("二面", datetime(2026, 3, 27, 10, tzinfo=SHANGHAI), timedelta(hours=1)),
        ):
            number = plan_round(
                session, application_id=application_id, stage=label, starts_at=moment, ends_at=moment + length
            )
            if label == "笔试":
                edit_round(session, round_id=number, state="done", result="passed")
    found = review(database)
    assert [(one.stage, one.at.day, one.result, one.lacks_debrief) for one in found.held] == [
        ("测评", 24, "", False),
        ("笔试", 25, "passed", False),
        ("一面", 26, "", True),
    ]
    assert (found.counts.interviews, found.counts.tests) == (1, 2)
    assert [entry.stage for entry in found.ahead] == ["二面"]
    assert [entry.stage for entry in review(database, weeks=-1).ahead] == ["测评", "笔试", "一面", "二面"]


STAGES: tuple[tuple[str, int], ...] = (("投递", 14), ("测评", 10), ("笔试", 10), ("一面", 7), ("offer", 7))


def test_who_went_silent_is_who_is_silent_now_and_was_not_before_the_week(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        for number, (days, stage) in enumerate((days, stage) for days in range(3, 40, 2) for stage, _limit in STAGES):
            moment = NOW - timedelta(days=days, hours=number % 15)
            precise = At.day(moment) if number % 2 else At.minute(moment)
            application_id = apply(session, f"{number:03d}", ("投递", At.minute(NOW - timedelta(days=60))))
            if stage != "投递":
                move_to(session, application_id=application_id, label=stage, now=NOW, at=precise)
            if number % 5 == 0:
                record_contact(session, application_id=application_id, now=moment)
            if number % 7 == 0:
                set_pool(session, application_id=application_id, now=NOW, at=precise)
            if number % 11 == 0:
                plan_round(session, application_id=application_id, stage=stage, starts_at=moment + timedelta(days=4))
    found = review(database)
    connection = sqlite3.connect(database.path)
    silent = read_silent(connection, now=NOW, limits=SilenceLimits())
    connection.close()
    limits = SilenceLimits()
    crossed = {
        one.company: one.days
        for one in silent
        if (NOW.date() - timedelta(days=one.days - _limit_of(one.stage, limits, pool=bool(one.in_pool)) - 1))
        >= date(2026, 3, 23)
    }
    assert crossed
    assert {one.company: one.days for one in found.silent} == crossed
    earlier = {one.company for week in range(-9, 0) for one in review(database, weeks=week).silent}
    assert {one.company for one in silent} <= earlier | set(crossed)


def _limit_of(stage: str, limits: SilenceLimits, *, pool: bool) -> int:
    return limits.pool if pool else dict(STAGES)[stage]


def test_a_past_week_knows_who_was_silent_before_the_answer_came(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        application_id = apply(session, "甲", ("投递", on(1)), ("一面", on(25)))
        plan_round(
            session, application_id=application_id, stage="一面", starts_at=datetime(2026, 4, 1, 10, tzinfo=SHANGHAI)
        )
    week = review(database, weeks=-1)
    assert [(one.company, one.stage, one.days) for one in week.silent] == [("甲", "投递", 21)]
    assert review(database).silent == ()


def test_offers_and_agreements_are_told_with_their_days(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        first = apply(session, "甲", ("投递", on(2)), ("offer", on(24)))
        second = apply(session, "乙", ("投递", on(2)), ("offer", on(3)), ("三方", on(23)))
        utc = ZoneInfo("UTC")
        session.add(
            Offer(
                application_id=first,
                received_at=datetime(2026, 3, 24, tzinfo=utc),
                deadline_at=datetime(2026, 4, 3, 16, tzinfo=utc),  # the midnight after that day, over there
            )
        )
        session.add(
            Agreement(
                application_id=second,
                received_at=datetime(2026, 3, 23, tzinfo=utc),
                deadline_at=datetime(2026, 3, 30, 15, tzinfo=utc),
            )
        )
    found = review(database)
    assert [(one.company, one.what, one.day.day) for one in found.offers] == [
        ("乙", "agreement_received", 23),
        ("甲", "offer_received", 24),
    ]
    assert [(one.company, one.what, one.day.isoformat()) for one in found.deadlines] == [
        ("乙", "agreement_deadline", "2026-03-30"),
        ("甲", "offer_deadline", "2026-04-03"),
    ]


def test_a_week_to_come_has_only_what_is_planned(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        application_id = apply(session, "甲", ("投递", on(2)))
        for day in (28, 31):
            plan_round(
                session, application_id=application_id, stage="一面",
                starts_at=datetime(2026, 3, day, 10, tzinfo=SHANGHAI),
            )  # fmt: skip
    found = review(database, weeks=1)
    assert found.is_ahead
    assert (found.applied, found.moved, found.held, found.silent) == ((), (), (), ())
    assert [entry.starts_at.day for entry in found.ahead if entry.starts_at] == [31]


def test_waiting_is_counted_as_the_board_counts_it(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        apply(session, "甲", ("投递", at(9, 23)), ("一面", at(25, 0)))
    (step,) = review(database).moved[0].steps
    assert step.waited == waiting_days(at(9, 23).time, "minute", datetime(2026, 3, 25, tzinfo=SHANGHAI)) == 16
