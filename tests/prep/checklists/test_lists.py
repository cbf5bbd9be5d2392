"""Checklists of rounds: made once, due before the round, ticked, changed, moved with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from prep.capturing import write_proposals
from prep.checklists.lists import (
    MOST_ITEMS,
    ChecklistView,
    add_item,
    edit_item,
    empty_checklist,
    ensure_checklist,
    list_checklists,
    move_item,
    remove_item,
    set_item_done,
)
from prep.checklists.templates import add_checklist_for_round
from prep.checklists.times import GRACE, Due, due_when_made
from prep.models import Checklist, ChecklistItem
from prep.templates import shipped_checklists
from tests.conftest import NOW
from tracker.applications import add_application
from tracker.capture.proposals import Action, Proposal
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.rounds import edit_round, plan_round, remove_round, reschedule_round
from tracker.stages import Precision
from tracker.undo import redo, undo

START = NOW + timedelta(days=2)
HOUR = timedelta(hours=1)
ONLINE = next(template for template in shipped_checklists("en") if template.key == "interview-online")


def _application(session: Session, name: str = "快手") -> int:
    company_id = add_company(session, name=name, now=NOW)
    return add_application(session, company_id=company_id, now=NOW)


def _plan(database: Database, *, stage: str = "一面", starts_at: datetime | None = START, **more: object) -> int:
    """A company with one planned round: the round's id."""
    with database.change("plan", now=NOW) as session:
        return plan_round(
            session,
            application_id=_application(session),
            stage=stage,
            starts_at=starts_at,
            **{"medium": "online", **more},  # type: ignore[arg-type]
        )


def _lists(database: Database) -> tuple[ChecklistView, ...]:
    with database.read() as session:
        return list_checklists(session)


def _move(database: Database, round_id: int, to: datetime | None, *, now: datetime = NOW) -> None:
    with database.change("move", now=now) as session:
        precision = Precision.MINUTE if to else Precision.UNKNOWN
        reschedule_round(session, round_id, to, None, precision=precision, timezone="", now=now)


def test_a_planned_round_gets_the_list_of_its_kind_once(database: Database) -> None:
    round_id = _plan(database)
    (made,) = _lists(database)
    assert (made.name, made.round_id, made.stage, made.template_key, made.done) == (
        "Online interview",
        round_id,
        "一面",
        "interview-online",
        0,
    )
    assert [(item.text, item.blocking, item.key) for item in made.items] == [
        (item.text, item.blocking, item.key) for item in ONLINE.items
    ]
    with database.change("again", now=NOW) as session:
        assert add_checklist_for_round(session, round_id=round_id, now=NOW) == made.id
        edit_round(session, round_id=round_id, note="bring paper")
    _move(database, round_id, START + HOUR)
    assert [one.id for one in _lists(database)] == [made.id]


def test_a_line_of_the_capture_bar_plans_a_round_with_its_list(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        application_id = _application(session)
    proposal = Proposal(
        "快手 一面",
        Action.ROUND,
        company="快手",
        application_id=application_id,
        stage="一面",
        at=START,
        precision=Precision.MINUTE,
    )
    with database.change("log", now=NOW) as session:
        write_proposals(session, [proposal], now=NOW)
    assert [one.name for one in _lists(database)] == ["Online interview"]


@pytest.mark.parametrize(
    ("stage", "starts_at", "more"),
    [
        ("一面", NOW - HOUR, {}),
        ("测评", NOW - timedelta(days=4), {"ends_at": NOW - HOUR}),
        ("一面", NOW - timedelta(days=1), {"precision": Precision.DAY}),
        ("投递", START, {}),
    ],
    ids=["begun", "closed window", "yesterday", "no template"],
)
def test_what_is_over_or_has_no_template_gets_no_list(
    database: Database, stage: str, starts_at: datetime, more: dict[str, object]
) -> None:
    _plan(database, stage=stage, starts_at=starts_at, **more)
    assert _lists(database) == ()


def test_an_import_gives_lists_to_coming_rounds_and_what_is_taken_back_takes_its_list_along(
    database: Database,
) -> None:
    with database.change("import", now=NOW, kind="import") as session:
        application_id = _application(session)
        plan_round(session, application_id=application_id, stage="笔试", starts_at=START)
        plan_round(session, application_id=application_id, stage="一面", starts_at=NOW - HOUR)
    assert [one.stage for one in _lists(database)] == ["笔试"]
    undo(database, now=NOW)
    assert _lists(database) == ()
    redo(database, now=NOW)
    assert [(one.stage, len(one.items)) for one in _lists(database)] == [("笔试", 9)]


def test_a_removed_list_stays_removed_until_one_is_asked_for(database: Database) -> None:
    round_id = _plan(database)
    (made,) = _lists(database)
    with database.change("remove", now=NOW) as session:
        empty_checklist(session, checklist_id=made.id)
    _move(database, round_id, START + HOUR)
    assert [(one.id, one.items) for one in _lists(database)] == [(made.id, ())]
    with database.change("again", now=NOW) as session:
        assert add_checklist_for_round(session, round_id=round_id, now=NOW) == made.id
        add_checklist_for_round(session, round_id=round_id, now=NOW, template_key="interview-hr", language="en")
    (anew,) = _lists(database)
    assert (anew.id, anew.name, len(anew.items)) == (made.id, "HR interview", 9)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "deadline"),
    [
        (START, START + HOUR, START),
        (START, None, START),
        (START, START + timedelta(days=3), START + timedelta(days=3)),
        (None, START, START),
        (None, None, None),
    ],
    ids=["interview", "no end", "window", "deadline only", "no time"],
)
def test_items_fall_due_before_the_start_or_before_a_window_closes(
    database: Database, starts_at: datetime | None, ends_at: datetime | None, deadline: datetime | None
) -> None:
    _plan(database, stage="测评", starts_at=starts_at, ends_at=ends_at)
    (view,) = _lists(database)
    assert [item.due_at for item in view.items] == [
        None if deadline is None else deadline - timedelta(minutes=item.minutes_before or 0) for item in view.items
    ]


def test_a_round_planned_late_makes_nothing_late(database: Database) -> None:
    _plan(database, starts_at=NOW + timedelta(minutes=90))
    (view,) = _lists(database)
    soon = NOW + GRACE
    assert [item.due_at for item in view.items] == [
        *[soon] * 4,
        *[NOW + timedelta(minutes=30)] * 3,
        *[NOW + timedelta(minutes=60)] * 2,
        NOW + timedelta(minutes=75),
    ]


def test_a_round_of_a_day_has_items_of_days(database: Database) -> None:
    day = datetime(2026, 3, 27, tzinfo=UTC)
    round_id = _plan(database, starts_at=day, precision=Precision.DAY)
    (view,) = _lists(database)
    assert {item.precision for item in view.items} == {Precision.DAY}
    assert [item.due_at for item in view.items][:2] == [day - timedelta(days=1), day]
    with database.change("month", now=NOW) as session:
        reschedule_round(session, round_id, day, None, precision=Precision.MONTH, timezone="", now=NOW)
    assert {item.due_at for item in _lists(database)[0].items} == {None}


def test_items_move_with_their_round_and_own_times_stay(database: Database) -> None:
    round_id = _plan(database)
    (view,) = _lists(database)
    own = NOW + timedelta(hours=5)
    with database.change("own", now=NOW) as session:
        fixed = add_item(session, checklist_id=view.id, text="买票", due=Due(at=own), now=NOW)
        follows = add_item(session, checklist_id=view.id, text="打印", due=Due(minutes_before=120), now=NOW)
        any_time = add_item(session, checklist_id=view.id, text="问学长", now=NOW)
    _move(database, round_id, START + timedelta(days=3))
    due = {item.id: item.due_at for item in _lists(database)[0].items}
    assert (due[fixed], due[any_time]) == (own, None)
    assert due[follows] == START + timedelta(days=3) - timedelta(hours=2)
    assert due[view.items[0].id] == START + timedelta(days=2)
    _move(database, round_id, None)
    assert {item.due_at for item in _lists(database)[0].items} == {None, own}
    _move(database, round_id, START)
    assert [item.due_at for item in _lists(database)[0].items][: len(view.items)] == [
        item.due_at for item in view.items
    ]
    for _step in range(3):
        undo(database, now=NOW)
    assert {item.id: item.due_at for item in _lists(database)[0].items}[follows] == START - timedelta(hours=2)


@pytest.mark.parametrize(
    ("was", "deadline", "due"),
    [
        (-2.0, 22.5, -1.5),
        (-2.0, 20.0, -2.0),
        (10.0, 20.0, 1.0),
        (0.5, 20.0, 0.5),
        (None, 20.0, 1.0),
        (None, 0.5, 0.5),
        (None, 40.0, 16.0),
        (-3.0, 40.0, 16.0),
        (-5.0, -1.0, -25.0),
    ],
    ids=[
        "late stays late",
        "never later than it was",
        "moved ahead",
        "due soon",
        "made late",
        "made very late",
        "in time",
        "in time again",
        "over",
    ],
)
def test_what_is_due_of_a_round_that_moved(was: float | None, deadline: float, due: float) -> None:
    found = due_when_made(
        1440,
        deadline=NOW + deadline * HOUR,
        precision=Precision.MINUTE,
        now=NOW,
        was=None if was is None else NOW + was * HOUR,
    )
    assert found == NOW + due * HOUR


def test_a_day_before_is_24_hours_though_clocks_change_between(database: Database) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 29, 10, 0, tzinfo=berlin)  # clocks go forward that night
    _plan(database, starts_at=start, timezone="Europe/Berlin")
    due = _lists(database)[0].items[0].due_at
    assert due is not None
    assert due.astimezone(berlin) == datetime(2026, 3, 28, 9, 0, tzinfo=berlin)
    assert start.astimezone(UTC) - due == timedelta(hours=24)


def test_a_list_that_nobody_touched_follows_the_kind_of_round(database: Database) -> None:
    round_id = _plan(database, medium="")
    with database.change("onsite", now=NOW) as session:
        edit_round(session, round_id=round_id, medium="onsite")
    (view,) = _lists(database)
    assert view.name == "Onsite interview"
    with database.change("tick", now=NOW) as session:
        set_item_done(session, item_id=view.items[0].id, done=True, now=NOW)
    with database.change("phone", now=NOW) as session:
        edit_round(session, round_id=round_id, medium="phone")
    (kept,) = _lists(database)
    assert (kept.name, kept.done) == ("Onsite interview", 1)


def test_a_cancelled_round_keeps_its_list_and_gets_no_other(database: Database) -> None:
    round_id = _plan(database)
    with database.change("cancel", now=NOW) as session:
        remove_round(session, round_id=round_id)
    _move(database, round_id, START + HOUR)
    assert len(_lists(database)) == 1


def test_a_named_template_wins_and_an_unknown_one_is_refused(database: Database) -> None:
    round_id = _plan(database, stage="投递")
    with database.change("checklist", now=NOW) as session:
        with pytest.raises(RefusedError, match="«no-such»"):
            add_checklist_for_round(session, round_id=round_id, now=NOW, template_key="no-such")
        assert add_checklist_for_round(session, round_id=round_id, now=NOW) is None
        add_checklist_for_round(session, round_id=round_id, now=NOW, template_key="interview-hr", language="en")
        with pytest.raises(RefusedError, match="round is not there"):
            add_checklist_for_round(session, round_id=404, now=NOW)
    assert _lists(database)[0].name == "HR interview"


def test_items_are_ticked_opened_added_changed_ordered_and_removed(database: Database) -> None:
    round_id = _plan(database, stage="投递")
    with database.change("checklist", now=NOW) as session:
        checklist_id = ensure_checklist(session, round_id=round_id)
        assert ensure_checklist(session, round_id=round_id) == checklist_id
        first, second, third = (
            add_item(session, checklist_id=checklist_id, text=text, now=NOW) for text in ("a", " 带[身份证]\n", "c")
        )
        set_item_done(session, item_id=first, done=True, now=NOW)
        set_item_done(session, item_id=first, done=True, now=NOW + HOUR)
        assert session.get_one(ChecklistItem, first).done_at == NOW, "ticking again keeps the first time"
        edit_item(session, item_id=second, text="带[身份证]", blocking=True, due=Due(minutes_before=60), now=NOW)
        move_item(session, item_id=third, by=-5)
        move_item(session, item_id=first, by=1)
        (view,) = list_checklists(session, round_id=round_id)
        assert [(item.id, item.text, item.done) for item in view.items] == [
            (third, "c", False),
            (second, "带[身份证]", False),
            (first, "a", True),
        ]
        assert (view.items[1].blocking, view.items[1].due_at) == (True, START - HOUR)
        set_item_done(session, item_id=first, done=False, now=NOW)
        remove_item(session, item_id=second)
        remove_item(session, item_id=second)
        assert [item.id for item in list_checklists(session, round_id=round_id)[0].items] == [third, first]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s, n: add_item(s, checklist_id=n, text=" \x1b\n", now=NOW), "needs a text"),
        (lambda s, _n: add_item(s, checklist_id=404, text="a", now=NOW), "checklist is not there"),
        (lambda s, _n: set_item_done(s, item_id=404, done=True, now=NOW), "item is not there"),
        (lambda s, _n: move_item(s, item_id=404, by=1), "item is not there"),
        (lambda s, _n: edit_item(s, item_id=404, text="a", blocking=False, due=Due(), now=NOW), "item is not there"),
        (lambda s, _n: ensure_checklist(s, round_id=404), "round is not there"),
    ],
)
def test_what_is_empty_or_gone_is_refused(
    database: Database, act: Callable[[Session, int], object], sentence: str
) -> None:
    _plan(database)
    (view,) = _lists(database)
    with database.change("refused", now=NOW) as session, pytest.raises(RefusedError, match=sentence):
        act(session, view.id)


def test_a_list_holds_five_hundred_items(database: Database) -> None:
    _plan(database)
    (view,) = _lists(database)
    with database.change("many", now=NOW) as session:
        session.add_all(
            ChecklistItem(checklist_id=view.id, text=str(n), position=100 + n) for n in range(MOST_ITEMS - 10)
        )
        session.flush()
        with pytest.raises(RefusedError, match="at most 500"):
            add_item(session, checklist_id=view.id, text="one more", now=NOW)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(-30, 200)),
        st.tuples(st.just("tick"), st.integers(0, 12)),
        st.tuples(st.just("edit"), st.integers(0, 12)),
        st.tuples(st.just("medium"), st.sampled_from([0, 1, 2])),
        st.tuples(st.sampled_from(["add", "cancel", "plan", "empty"]), st.just(0)),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_unticks_an_item_or_makes_a_second_list(
    fresh_database: Callable[[], Database], steps: list[tuple[str, int]]
) -> None:
    database = fresh_database()
    round_id = _plan(database)
    ticked: set[int] = set()
    for name, value in steps:
        with database.change(name, now=NOW) as session:
            _take_step(session, round_id, name, value, ticked)
        with database.read() as session:
            assert len(session.exec(select(Checklist)).all()) == 1
            found = session.exec(select(ChecklistItem)).all()
            assert {item.id for item in found if item.done_at is not None} == ticked
            assert all(item.due_at is None or item.minutes_before is not None for item in found)
    with database.read() as session:
        before = [item.model_dump() for item in session.exec(select(ChecklistItem)).all()]
    _move(database, round_id, START + timedelta(days=9))
    undo(database, now=NOW)
    with database.read() as session:
        assert [item.model_dump() for item in session.exec(select(ChecklistItem)).all()] == before


def _take_step(session: Session, round_id: int, name: str, value: int, ticked: set[int]) -> None:
    (view,) = list_checklists(session, round_id=round_id)
    item = view.items[value % len(view.items)] if view.items else None
    if name == "move":
        edit_round(session, round_id=round_id, starts_at=NOW + value * HOUR)
    elif name == "medium":
        edit_round(session, round_id=round_id, medium=("online", "onsite", "phone")[value])
    elif name in ("cancel", "plan"):
        edit_round(session, round_id=round_id, state={"cancel": "cancelled", "plan": "planned"}[name])
    elif name == "add":
        add_item(session, checklist_id=view.id, text="own", due=Due(minutes_before=30), now=NOW)
    elif name == "empty":
        empty_checklist(session, checklist_id=view.id)
        ticked.clear()
    elif item is not None and name == "tick":
        set_item_done(session, item_id=item.id, done=True, now=NOW)
        ticked.add(item.id)
    elif item is not None:
        due = Due(minutes_before=(value + 1) * 60)
        edit_item(session, item_id=item.id, text="changed", blocking=item.blocking, due=due, now=NOW)
