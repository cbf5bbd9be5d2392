"""Templates of checklists: changed, added, retired, restored, and what open lists take over of that."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from prep.checklists.lists import ChecklistView, add_item, edit_item, list_checklists, remove_item, set_item_done
from prep.checklists.templates import (
    add_checklist_for_round,
    bring_up_to_date,
    list_templates,
    restore_template,
    retire_template,
    save_template,
    set_template_items,
    template_for,
    view_template,
)
from prep.checklists.times import Due, read_before, read_due, show_before, write_before
from prep.templates import TemplateItem, shipped_checklists
from tests.conftest import NOW
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.rounds import plan_round, remove_round
from tracker.undo import undo

START = NOW + timedelta(days=3)
KEY = "interview-online"
SHIPPED = next(template for template in shipped_checklists("en") if template.key == KEY)


def _plan(database: Database, company: str, stage: str = "一面") -> int:
    with database.change("plan", now=NOW) as session:
        company_id = add_company(session, name=company, now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        return plan_round(session, application_id=application_id, stage=stage, starts_at=START, medium="online")


def _list(session: Session, round_id: int) -> ChecklistView:
    (view,) = list_checklists(session, round_id=round_id)
    return view


def test_shipped_templates_are_there_without_being_stored_in_the_language_of_the_day(database: Database) -> None:
    with database.read() as session:
        english = list_templates(session, now=NOW, language="en")
        chinese = list_templates(session, now=NOW, language="zh_CN")
    assert tuple(view.template for view in english) == shipped_checklists("en")
    assert tuple(view.template for view in chinese) == shipped_checklists("zh_CN")
    assert {(view.shipped, view.changed, view.retired, view.open_lists) for view in english} == {
        (True, False, False, 0)
    }


def test_a_changed_template_keeps_its_words_and_can_be_restored(database: Database) -> None:
    with database.change("change", now=NOW) as session:
        save_template(session, key=KEY, name=" 我的[线上]\n面试 ", phase="interview", medium="online", language="en")
        view = view_template(session, key=KEY, language="zh_CN")
        assert (view.template.name, view.changed, view.template.items) == ("我的[线上] 面试", True, SHIPPED.items)
        retire_template(session, key=KEY, retired=True)
        restore_template(session, key=KEY, language="en")
        again = view_template(session, key=KEY, language="zh_CN")
        assert (again.changed, again.retired, again.template.name) == (False, False, "线上面试")


def test_templates_of_ones_own_come_first_and_retired_or_empty_ones_never(database: Database) -> None:
    def fitting(session: Session) -> str:
        found = template_for(session, label="一面", phase="interview", medium="online")
        return found.key if found else ""

    with database.change("own", now=NOW) as session:
        key = save_template(session, name="Mine", phase="interview", medium="online")
        assert (key, fitting(session)) == ("own-1", KEY), "it is empty"
        set_template_items(session, key=key, items=[TemplateItem("", "pack", blocking=True, minutes_before=60)])
        assert fitting(session) == key
        retire_template(session, key=key, retired=True)
        assert fitting(session) == KEY
        retire_template(session, key=KEY, retired=True)
        assert fitting(session) != KEY
        assert save_template(session, name="Second", phase="offer", labels=["谈薪", " ", "谈薪"]) == "own-2"
        assert view_template(session, key="own-2").template.labels == ("谈薪",)
        with pytest.raises(RefusedError, match="your own"):
            restore_template(session, key=key)


def test_a_changed_template_is_for_rounds_to_come_and_lists_follow_when_they_are_told_to(database: Database) -> None:
    first, second, cancelled = (_plan(database, name) for name in ("快手", "美团", "得物"))
    with database.change("by hand", now=NOW) as session:
        remove_round(session, round_id=cancelled)
        items = _list(session, first).items
        set_item_done(session, item_id=items[0].id, done=True, now=NOW)
        edit_item(session, item_id=items[1].id, text="mine", blocking=False, due=Due(), now=NOW)
        remove_item(session, item_id=items[2].id)
        add_item(session, checklist_id=_list(session, first).id, text="own", now=NOW)
    changed = [
        TemplateItem(item.key, item.text + "!", blocking=True, minutes_before=item.minutes_before + 30)
        for item in SHIPPED.items[:5]
    ]
    changed.append(TemplateItem("", "new [b]one[/b]", blocking=False, minutes_before=10))
    before = [_read(database, one) for one in (first, second, cancelled)]
    with database.change("template", now=NOW) as session:
        set_template_items(session, key=KEY, items=changed, language="en")
    assert [_read(database, one) for one in (first, second, cancelled)] == before
    with database.read() as session:
        view = next(view for view in list_templates(session, now=NOW) if view.template.key == KEY)
        assert (view.open_lists, view.behind) == (2, 2)
    with database.change("bring", now=NOW) as session:
        assert bring_up_to_date(session, key=KEY, now=NOW) == 2
        assert bring_up_to_date(session, key=KEY, now=NOW) == 0
    kept = SHIPPED.items
    assert [item.text for item in _read(database, first).items] == [
        kept[0].text,
        "mine",
        kept[3].text + "!",
        kept[4].text + "!",
        *(item.text for item in kept[5:]),
        "own",
        "new [b]one[/b]",
    ]
    other = _read(database, second).items
    assert [item.text for item in other][:3] == [item.text + "!" for item in kept[:3]]
    assert other[0].due_at == START - timedelta(minutes=kept[0].minutes_before + 30)
    assert _read(database, cancelled) == before[2]
    undo(database, now=NOW)
    assert [_read(database, one) for one in (first, second)] == before[:2]


def _read(database: Database, round_id: int) -> ChecklistView:
    with database.read() as session:
        return _list(session, round_id)


def test_a_list_in_another_language_is_up_to_date(database: Database) -> None:
    _plan(database, "快手")
    with database.read() as session:
        assert [view.behind for view in list_templates(session, now=NOW, language="zh_CN")] == [0] * 8


def test_a_template_without_items_gives_no_list(database: Database) -> None:
    with database.change("empty", now=NOW) as session:
        for template in shipped_checklists("en"):
            set_template_items(session, key=template.key, items=[])
    round_id = _plan(database, "快手")
    with database.change("ask", now=NOW) as session:
        assert add_checklist_for_round(session, round_id=round_id, now=NOW) is None
        assert list_checklists(session, round_id=round_id) == ()


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s: save_template(s, name=" ", phase="interview"), "needs a name"),
        (lambda s: save_template(s, name="a", phase="applied"), "which rounds"),
        (lambda s: save_template(s, name="a", phase="interview", medium="pigeon"), "which rounds"),
        (lambda s: save_template(s, key="no-such", name="a", phase="interview"), "«no-such»"),
        (lambda s: retire_template(s, key="no-such", retired=True), "«no-such»"),
        (lambda s: set_template_items(s, key=KEY, items=[SHIPPED.items[0]] * 501), "at most 500"),
        (lambda s: set_template_items(s, key=KEY, items=[TemplateItem("", "\n", False, 1)]), "needs a text"),
        (lambda s: set_template_items(s, key=KEY, items=[TemplateItem("", "a", False, 10**6)]), "sixty days"),
    ],
)
def test_what_is_no_template_is_refused(database: Database, act: Callable[[Session], object], sentence: str) -> None:
    with database.change("refused", now=NOW) as session, pytest.raises(RefusedError, match=sentence):
        act(session)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("24h", 1440),
        ("1h", 60),
        ("30 min", 30),
        ("1 天", 1440),
        ("半小时", 30),
        ("半天", 720),
        ("1h30", 90),
        ("1 小时 30 分", 90),
        ("1个半小时", 90),
        ("一天半", 2160),
        ("提前两小时", 120),
        ("-24h", 1440),
        ("\u221224h", 1440),
        ("2 days before", 2880),
        ("half an hour", 30),
        ("１.5 Ｈ", 90),
        ("1 周", 10080),
        ("0", 0),
    ],
)
def test_how_long_before_as_people_write_it(text: str, minutes: int) -> None:
    assert read_before(text) == minutes
    assert read_before(write_before(minutes)) == minutes
    assert read_before(show_before(minutes)) == minutes if minutes else show_before(0) == "at the start"


@pytest.mark.parametrize("text", ["", "30", "h", "soon", "1 fortnight", "十十天", "-", "1h 30x"])
def test_what_is_no_time_before_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="How long before"):
        read_before(text)


def test_when_something_is_due_as_people_write_it() -> None:
    assert read_due(" ", now=NOW) == Due()
    assert read_due("2h", now=NOW) == Due(minutes_before=120)
    assert read_due("明天 9:00", now=NOW) == Due(at=(NOW + timedelta(days=1)).replace(hour=9))
    assert read_due("明天", now=NOW) == Due(at=(NOW + timedelta(days=2)).replace(hour=0))
    with pytest.raises(RefusedError, match="When is it due"):
        read_due("when I feel like it", now=NOW)
    with pytest.raises(RefusedError, match="sixty days"):
        read_due("100 天", now=NOW)
