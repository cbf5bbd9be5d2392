"""A history as it was written: wordings before corrections, and what was taken back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.amending import amend_event, retract_event
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.history import effective_events
from tracker.pipeline import load_events, move_to, record_outcome
from tracker.wordings import Told, tell_history

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def corrected_history(database: Database) -> tuple[Told, ...]:
    """投递, then a 笔试 that was corrected twice, then an outcome that was taken back."""
    with database.change("a hunt", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        one = add_application(session, company_id=company_id, now=NOW)
        move_to(session, application_id=one, label="投递", now=NOW, at=At.day(NOW - timedelta(days=9)))
        test = move_to(
            session, application_id=one, label="笔试", now=NOW, at=At.day(NOW - timedelta(days=2)), note="难"
        )
        end = record_outcome(session, application_id=one, outcome="rejected", now=NOW, manner="letter")
        later = NOW + timedelta(hours=1)
        amend_event(session, application_id=one, event_id=test.event_id, now=later, at=At.day(NOW - timedelta(days=3)))
        later += timedelta(hours=1)
        amend_event(session, application_id=one, event_id=test.event_id, now=later, stage="测评", note="不难")
        later += timedelta(hours=1)
        retract_event(session, application_id=one, event_id=end.event_id, now=later)
        events = load_events(session, one)
    told = tell_history(events)
    assert [each.event for each in told if each.retracted_at is None] == [*effective_events(events)]
    return told


def test_every_wording_of_a_corrected_event_is_told_the_first_one_first(database: Database) -> None:
    _applied, test, _end = corrected_history(database)
    assert (test.event.stage, test.event.note) == ("测评", "不难")
    assert [(event.stage, event.note, event.precision) for event in test.earlier] == [
        ("笔试", "难", "day"),
        ("笔试", "难", "day"),
    ]
    days = [event.occurred_at.day for event in (*test.earlier, test.event) if event.occurred_at is not None]
    assert days == [23, 22, 22]
    recorded = [event.recorded_at - NOW for event in test.earlier]
    assert recorded == [timedelta(0), timedelta(hours=1)]
    assert test.corrected_at == NOW + timedelta(hours=2)


def test_what_was_taken_back_stays_at_its_place_with_its_last_wording(database: Database) -> None:
    applied, _test, end = corrected_history(database)
    assert (applied.earlier, applied.corrected_at, applied.retracted_at) == ((), None, None)
    assert (end.event.outcome, end.event.manner, end.earlier) == ("rejected", "letter", ())
    assert end.retracted_at == NOW + timedelta(hours=3)
