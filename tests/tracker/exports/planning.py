"""A hunt with a round of every kind, for the tests of calendars."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracker.applications import add_application, edit_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.exports.calendar import WrittenCalendar, write_calendar
from tracker.exports.calendar_identity import keep_identity
from tracker.pipeline import move_to
from tracker.rounds import plan_round

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=SHANGHAI)


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def add(database: Database, company: str, *, deadline_at: datetime | None = None, **more: Any) -> int:
    """Adds a company with an application."""
    with database.change("add", now=NOW) as session:
        company_id = add_company(session, name=company, now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW, **more)
        if deadline_at is not None:
            edit_application(session, application_id=application_id, deadline_at=deadline_at)
    return application_id


def plan(
    database: Database, company: str, stage: str, start: datetime | None, end: datetime | None = None, **more: Any
) -> int:
    """Adds a company with an application in a stage, and a round of it; returns the round's id."""
    application_id = add(database, company)
    with database.change("plan", now=NOW, kind="demo") as session:
        move_to(session, application_id=application_id, label=stage, now=NOW)
        return plan_round(session, application_id=application_id, stage=stage, starts_at=start, ends_at=end, **more)


def make_hunt(database: Database) -> None:
    """One of each: an hour, another zone, a window, a day, a month, deadlines by the hour and by the day."""
    plan(database, "快手", "一面", at(4), at(5), platform="腾讯会议 123-456-789", link="https://meet.example.org/1")
    plan(database, "Stripe", "二面", at(47), timezone="America/New_York", platform="Zoom")
    plan(database, "海康威视", "测评", at(-20), at(28), platform="北森")
    plan(database, "得到", "HR面", at(48), precision="day")
    plan(database, "百度", "笔试", at(48), precision="month")
    add(database, "美团", deadline_at=at(8))
    add(database, "得物", deadline_at=NOW.replace(hour=23, minute=59))


def export(database: Database, path: Path, now: datetime = NOW) -> WrittenCalendar:
    """Writes the calendar, as the command does."""
    identity = keep_identity(database, now=now)
    with database.read() as session:
        return write_calendar(session, path, identity=identity, now=now, zone=SHANGHAI)
