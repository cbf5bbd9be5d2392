"""What a period holds and what clashes in it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from prep.models import Checklist, ChecklistItem
from tracker.agenda import Agenda, AgendaEntry, AgendaKind, Clash, load_agenda, load_follow_ups, moment_of, span_of
from tracker.applications import At, add_application, edit_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.models import Application, Company
from tracker.pipeline import move_to, record_outcome
from tracker.rounds import edit_round, plan_round
from tracker.settings import SilenceLimits

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=SHANGHAI)
MIDNIGHT = NOW.replace(hour=0)

Change = Callable[[Session], object]


@pytest.fixture
def plan(database: Database) -> Callable[..., int]:
    """Plans a round of a company, which is added when it is new; returns the round's id."""

    def plan_one(company: str, stage: str, start: datetime | None, end: datetime | None = None, **more: Any) -> int:
        state = more.pop("state", "planned")
        with database.change("plan", now=NOW, kind="demo") as session:
            application_id = _application(session, company, stage)
            round_id = plan_round(
                session, application_id=application_id, stage=stage, starts_at=start, ends_at=end, **more
            )
            if state != "planned":
                edit_round(session, round_id=round_id, state=state)
        return round_id

    return plan_one


def _application(session: Session, name: str, stage: str) -> int:
    query = select(Application.id).join(Company, col(Company.id) == Application.company_id).where(Company.name == name)
    known = session.exec(query).first()
    if known is not None:
        return known
    company_id = add_company(session, name=name, now=NOW, tier="A")
    application_id = add_application(session, company_id=company_id, now=NOW, position="后端")
    if stage != "意向":
        move_to(session, application_id=application_id, label=stage, now=NOW)
    return application_id


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def agenda(
    database: Database, begin: datetime = NOW, days: float = 7, now: datetime = NOW, *, done: bool = False
) -> Agenda:
    end = begin + timedelta(days=days)
    return load_agenda(database.path, now=now, begin=begin, end=end, limits=SilenceLimits(), include_done=done)


def shown(found: Agenda) -> list[tuple[str, str]]:
    return [(str(entry.kind), entry.company) for entry in found.entries]


@pytest.mark.parametrize("content", [None, b""])
def test_no_file_has_an_empty_agenda(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ashore.db"
    if content is not None:
        path.write_bytes(content)
    assert load_agenda(path, now=NOW, begin=NOW, end=at(24), limits=SilenceLimits()) == Agenda()
    assert load_follow_ups(path, now=NOW, limits=SilenceLimits()) == ()


def test_a_round_with_everything_that_is_known_of_it(database: Database, plan: Callable[..., int]) -> None:
    round_id = plan("快手", "一面", at(4), at(5), platform="腾讯会议", link="https://example.org/1", medium="online")
    (entry,) = agenda(database).entries
    assert entry == AgendaEntry(
        AgendaKind.ROUND,
        f"round-{round_id}",
        1,
        1,
        "快手",
        "A",
        "后端",
        "一面",
        "interview",
        starts_at=at(4),
        ends_at=at(5),
        precision="minute",
        place="腾讯会议",
        link="https://example.org/1",
        medium="online",
        round_id=round_id,
    )
    assert entry.starts_at is not None
    assert entry.starts_at.tzinfo is SHANGHAI


@pytest.mark.parametrize(
    ("start", "end", "precision", "medium", "kind", "listed"),
    [
        (1, None, "minute", "", "round", True),
        (-0.5, None, "minute", "", "round", True),
        (-1, None, "minute", "", "round", False),
        (-2, -1, "minute", "", "round", False),
        (-2, 0.5, "minute", "", "round", True),
        (23.9, None, "minute", "", "round", True),
        (24, None, "minute", "", "round", False),
        (-48, 5, "minute", "", "window", True),
        (-48, 480, "minute", "", "window", True),
        (-48, -1, "minute", "", "window", False),
        (30, 90, "minute", "", "window", False),
        (1, 9, "minute", "onsite", "round", True),
        (None, 48, "minute", "", "window", True),
        (None, -1, "minute", "", "window", False),
        (-5, None, "day", "", "round", True),
        (-24, None, "day", "", "round", False),
        (24, None, "day", "", "round", True),
        (48, None, "day", "", "round", False),
        (-48, 48, "day", "", "window", True),
        (-72, -24, "day", "", "window", False),
        (-72, 0, "day", "", "window", True),
        (None, 0, "day", "", "window", True),
    ],
)
def test_what_touches_the_day_ahead(
    database: Database,
    plan: Callable[..., int],
    start: float | None,
    end: float | None,
    precision: str,
    medium: str,
    kind: str,
    *,
    listed: bool,
) -> None:
    times = [None if hours is None else at(hours) for hours in (start, end)]
    plan("快手", "一面", *times, precision=precision, medium=medium)
    assert shown(agenda(database, days=1)) == ([(kind, "快手")] if listed else [])


def test_a_month_is_shown_in_a_week_of_it_and_not_in_a_day(database: Database, plan: Callable[..., int]) -> None:
    plan("快手", "笔试", datetime(2026, 3, 1, tzinfo=SHANGHAI), precision="month")
    assert shown(agenda(database)) == [("round", "快手")]
    assert agenda(database, days=1).entries == ()
    assert agenda(database, begin=datetime(2026, 4, 1, tzinfo=SHANGHAI), days=30).entries == ()


def test_days_stand_at_midnight_of_the_local_day(database: Database, plan: Callable[..., int]) -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 25, 21, 0, tzinfo=zone)
    plan("快手", "测评", datetime(2026, 3, 25, tzinfo=zone), datetime(2026, 3, 27, tzinfo=zone), precision="day")
    (entry,) = agenda(database, begin=now, now=now).entries
    assert (entry.starts_at, entry.ends_at) == (
        datetime(2026, 3, 25, tzinfo=zone),
        datetime(2026, 3, 27, tzinfo=zone),
    )
    assert span_of(entry, now=now) == (datetime(2026, 3, 25, tzinfo=zone), datetime(2026, 3, 28, tzinfo=zone))


@pytest.mark.parametrize("state", ["done", "missed", "cancelled"])
def test_only_what_is_planned_lies_ahead(database: Database, plan: Callable[..., int], state: str) -> None:
    plan("快手", "一面", at(2), state=state)
    assert agenda(database).entries == ()
    entries = agenda(database, done=True).entries
    assert [entry.done for entry in entries] == ([] if state == "cancelled" else [True])


def test_a_closed_application_has_nothing_ahead(database: Database, plan: Callable[..., int]) -> None:
    plan("快手", "一面", at(2))
    with database.change("end", now=NOW) as session:
        record_outcome(session, application_id=1, outcome="withdrawn", now=NOW)
    assert agenda(database).entries == ()


@pytest.mark.parametrize(
    ("named", "shown_zone", "said"),
    [
        ("America/New_York", "America/New_York", "2026-03-25T22:00:00-04:00"),
        ("Asia/Tokyo", "Asia/Tokyo", "2026-03-26T11:00:00+09:00"),
        ("Asia/Singapore", "", None),
        ("Asia/Shanghai", "", None),
        ("", "", None),
        ("Mars/Olympus", "", None),
        ("../etc/passwd", "", None),
    ],
)
def test_the_zone_of_a_round_is_kept_where_clocks_differ(
    database: Database, plan: Callable[..., int], named: str, shown_zone: str, said: str | None
) -> None:
    plan("Stripe", "一面", at(24), timezone=named)
    (entry,) = agenda(database).entries
    assert entry.timezone == shown_zone
    assert (entry.said_at.isoformat() if entry.said_at else None) == said
    assert entry.starts_at == at(24)


def test_a_zone_differs_only_while_its_clocks_do(database: Database, plan: Callable[..., int]) -> None:
    london = ZoneInfo("Europe/London")
    now = datetime(2026, 3, 25, 10, tzinfo=london)
    plan("甲", "一面", datetime(2026, 3, 26, 9, tzinfo=london), timezone="UTC")
    plan("乙", "一面", datetime(2026, 3, 30, 9, tzinfo=london), timezone="UTC")
    found = {entry.company: entry.timezone for entry in agenda(database, begin=now, now=now).entries}
    assert found == {"甲": "", "乙": "UTC"}


@pytest.mark.parametrize(
    ("stage", "hours", "listed"),
    [("意向", 5, True), ("意向", -5, False), ("意向", 200, False), ("投递", 5, False)],
)
def test_deadlines_of_what_was_not_applied_for(database: Database, stage: str, hours: float, *, listed: bool) -> None:
    with database.change("add", now=NOW) as session:
        application_id = _application(session, "美团", stage)
        edit_application(session, application_id=application_id, deadline_at=at(hours))
    entries = agenda(database).entries
    assert [(entry.key, entry.starts_at, entry.ends_at, entry.overdue) for entry in entries] == (
        [("deadline-1", None, at(hours), False)] if listed else []
    )


def test_a_deadline_that_passed_today_is_overdue(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        edit_application(session, application_id=_application(session, "美团", "意向"), deadline_at=at(-1))
    assert [entry.overdue for entry in agenda(database, begin=MIDNIGHT).entries] == [True]


def _items(database: Database, round_id: int | None, *items: tuple[str, datetime | None, bool]) -> None:
    with database.change("items", now=NOW) as session:
        checklist = Checklist(application_id=1, round_id=round_id)
        session.add(checklist)
        session.flush()
        for position, (text, due, done) in enumerate(items):
            row = ChecklistItem(checklist_id=checklist.id or 0, text=text, position=position, due_at=due, blocking=True)
            row.done_at = NOW if done else None
            session.add(row)


def texts(found: Agenda) -> list[tuple[str, bool]]:
    return [(entry.text, entry.overdue) for entry in found.entries if entry.kind == AgendaKind.ITEM]


def test_items_by_the_time_they_are_due_and_what_should_be_ready_by_now(
    database: Database, plan: Callable[..., int]
) -> None:
    round_id = plan("快手", "一面", at(30))
    _items(
        database,
        round_id,
        ("late", at(-30), False),
        ("ticked", at(5), True),
        ("soon", at(5), False),
        ("with the round", None, False),
        ("far", at(240), False),
    )
    assert texts(agenda(database)) == [("late", True), ("soon", False), ("with the round", False)]
    assert texts(agenda(database, begin=at(6))) == [("with the round", False)]
    assert texts(agenda(database, done=True)) == [
        ("late", True),
        ("ticked", False),
        ("soon", False),
        ("with the round", False),
    ]
    (first, *_rest) = [entry for entry in agenda(database).entries if entry.kind == AgendaKind.ITEM]
    assert (first.key, first.round_id, first.item_id, first.blocking) == ("item-1", round_id, 1, True)


@pytest.mark.parametrize(("state", "hours"), [("done", 2), ("cancelled", 2), ("planned", -9)])
def test_items_of_a_round_that_is_over_are_not_overdue(
    database: Database, plan: Callable[..., int], state: str, hours: float
) -> None:
    _items(database, plan("快手", "一面", at(hours), state=state), ("late", at(hours - 20), False))
    assert texts(agenda(database)) == []


def test_items_of_a_day_are_due_on_a_day(database: Database, plan: Callable[..., int]) -> None:
    round_id = plan("快手", "一面", at(24), precision="day")
    _items(database, round_id, ("pens", None, False))
    (item,) = [entry for entry in agenda(database).entries if entry.kind == AgendaKind.ITEM]
    assert (item.precision, item.ends_at, item.overdue) == ("day", MIDNIGHT + timedelta(days=1), False)


def test_entries_come_by_the_moment_that_matters_and_follow_ups_last(
    database: Database, plan: Callable[..., int]
) -> None:
    plan("窗口", "测评", at(-100), at(3))
    plan("早", "一面", at(1))
    plan("晚", "一面", at(5))
    plan("全天", "一面", at(24), precision="day")
    plan("未开", "测评", at(30), at(100))
    with database.change("silent", now=NOW) as session:
        for name, days in (("久", 40), ("更久", 60)):
            company_id = add_company(session, name=name, now=NOW)
            application_id = add_application(session, company_id=company_id, now=NOW)
            old = At.minute(NOW - timedelta(days=days))
            move_to(session, application_id=application_id, label="投递", now=NOW, at=old)
    found = agenda(database)
    assert [entry.company for entry in found.entries] == ["早", "窗口", "晚", "全天", "未开", "更久", "久"]
    last = found.entries[-1]
    assert (last.kind, last.key, last.silent_days, moment_of(last, now=NOW), span_of(last, now=NOW)) == (
        AgendaKind.FOLLOW_UP,
        f"follow-up-{last.application_id}",
        40,
        None,
        None,
    )
    assert load_follow_ups(database.path, now=NOW, limits=SilenceLimits()) == found.entries[-2:]
    period = {"now": NOW, "begin": NOW, "end": at(24), "limits": SilenceLimits()}
    assert len(load_agenda(database.path, **period, with_follow_ups=False).entries) == 4  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((2, None), (2.5, None), True),
        ((2, None), (3, None), False),
        ((2, 4), (3, 3.5), True),
        ((2, 3), (3, 4), False),
        ((2, 2), (2.5, None), True),
        ((-0.5, None), (0.25, None), True),
    ],
)
def test_two_rounds_at_one_time(
    database: Database,
    plan: Callable[..., int],
    first: tuple[float, float | None],
    second: tuple[float, float | None],
    *,
    clash: bool,
) -> None:
    for name, (start, end) in (("甲", first), ("乙", second)):
        plan(name, "一面", at(start), None if end is None else at(end))
    found = agenda(database)
    assert found.clashes == ((Clash("round-1", "round-2", "overlap"),) if clash else ())
    assert [entry.clashes for entry in found.entries] == ([("round-2",), ("round-1",)] if clash else [(), ()])


def test_a_written_test_without_an_end_takes_two_hours(database: Database, plan: Callable[..., int]) -> None:
    plan("甲", "笔试", at(2))
    plan("乙", "一面", at(3.5))
    assert agenda(database).clashes == (Clash("round-1", "round-2", "overlap"),)


def test_what_has_no_hour_does_not_clash_by_the_hour(database: Database, plan: Callable[..., int]) -> None:
    plan("甲", "一面", at(24), precision="day")
    plan("乙", "一面", at(24))
    plan("丙", "一面", at(24), state="done")
    assert agenda(database, done=True).clashes == ()


@pytest.mark.parametrize(
    ("window", "rounds", "clashes"),
    [
        ((-48, 3), [], []),
        ((-48, 2), [], []),
        ((-48, 1.5), [], [("", 90)]),
        ((None, 0.5), [], [("", 30)]),
        ((-48, 3), [(1, 2)], [("round-2", 60)]),
        ((-48, 5), [(1, 3)], []),
        ((-48, 5), [(1.5, 2), (3.5, 4)], [("round-2", 90), ("round-3", 90)]),
        ((-48, 4), [(3, 5), (-4, 0.5)], []),
        ((-48, -1), [], []),
        ((24, 31), [(25, 30.5)], [("round-2", 60)]),
    ],
)
def test_a_window_that_no_longer_fits(
    database: Database,
    plan: Callable[..., int],
    window: tuple[float | None, float],
    rounds: list[tuple[float, float]],
    clashes: list[tuple[str, int]],
) -> None:
    opens, closes = window
    plan("窗口", "测评", None if opens is None else at(opens), at(closes))
    for number, (start, end) in enumerate(rounds):
        plan(f"公司{number}", "一面", at(start), at(end))
    found = agenda(database, begin=at(-3))
    assert found.clashes == tuple(Clash("round-1", other, "window", free) for other, free in clashes)
    marked = {entry.key: entry.clashes for entry in found.entries}
    assert marked["round-1"] == tuple(other for other, _free in clashes if other)


def test_an_hour_that_comes_twice_is_two_hours(database: Database, plan: Callable[..., int]) -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 24, 12, tzinfo=zone)
    plan(
        "窗口",
        "测评",
        datetime(2026, 10, 25, 1, tzinfo=zone),
        datetime(2026, 10, 25, 6, tzinfo=zone) + timedelta(hours=1),
    )
    plan("甲", "一面", datetime(2026, 10, 25, 1, tzinfo=zone), datetime(2026, 10, 25, 2, tzinfo=zone))
    plan("乙", "一面", datetime(2026, 10, 25, 3, tzinfo=zone), datetime(2026, 10, 25, 7, tzinfo=zone))
    assert agenda(database, begin=now, now=now).clashes == ()


def test_a_clash_beyond_the_period_is_told_with_what_is_in_it(database: Database, plan: Callable[..., int]) -> None:
    plan("甲", "一面", at(23.5))
    plan("乙", "一面", at(24.25))
    found = agenda(database, days=1)
    assert [entry.clashes for entry in found.entries] == [("round-2",)]
    assert found.clashes == (Clash("round-1", "round-2", "overlap"),)
    assert agenda(database, begin=at(48), days=1).clashes == ()


def test_the_agenda_is_read_without_the_orm(database: Database) -> None:
    code = (
        "import sys\n"
        "from datetime import datetime, timedelta, timezone\n"
        "from pathlib import Path\n"
        "from tracker.agenda import load_agenda\n"
        "from tracker.settings import SilenceLimits\n"
        "now = datetime.now(timezone.utc)\n"
        "load_agenda(Path(sys.argv[1]), now=now, begin=now, end=now + timedelta(1), limits=SilenceLimits())\n"
        "print(*sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'rich', 'click'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(database.path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
