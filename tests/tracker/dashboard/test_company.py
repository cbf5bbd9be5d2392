"""A company's page: what it shows, and that every line of it can be changed."""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, TextArea

from prep.checklists.lists import list_checklists
from prep.introductions.drafts import list_introductions
from prep.questions import list_questions
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.companies import contacts_of, edit_company, find_company_id, view_company
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.views.company_reading import read_company
from tracker.dashboard.widgets.form import Form
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.text_editor import TextEditor
from tracker.db import Database
from tracker.rounds import list_rounds

OpenApp = Callable[..., AshoreApp]


async def open_company(pilot: Any, path: Path, name: str = "快手") -> CompanyScreen:
    await settle(pilot)
    pilot.app.open_page("company", company_id=company_id_of(path, name))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, CompanyScreen)
    return screen


def at(screen: CompanyScreen, beginning: str) -> None:
    """Put the cursor on the first entry whose key begins so."""
    for page in screen.query(Page):
        key = next((entry.key for entry in page.entries if entry.key.startswith(beginning)), "")
        if key:
            page.focus()
            page.move_to(key)
            return
    raise AssertionError(f"there is no {beginning}")


def fill(form: Any, **values: str) -> None:
    assert isinstance(form, Form)
    for name, value in values.items():
        field = form.query_one(f"#field-{name}")
        if isinstance(field, TextArea):
            field.text = value
        else:
            assert isinstance(field, Input)
            field.value = value


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_company_reads_well(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await open_company(pilot, prepared)
        assert screen_text(app) == snapshot


async def test_a_company_without_anything_says_what_to_do(hunt: Path, open_app: OpenApp, database: Database) -> None:
    with database.read() as session:
        company_id = find_company_id(session, "哔哩哔哩")
    app = open_app(hunt)
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        text = screen_text(app)
        assert "Not applied here yet: n adds an application." in text
        assert "B站" in text
        await press(pilot, "n")
        fill(app.screen, position="算法", stage="投递")
        await press(pilot, "ctrl+s")
        assert "算法" in screen_text(app)
        assert "投递" in screen_text(app)


async def test_the_pipelines_keys_work_here_and_undo_takes_them_back(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_company(pilot, prepared)
        await press(pilot, "greater_than_sign")
        assert screen.page is not None
        assert screen.page.applications[0].standing.stage == "二面"
        assert "快手 → 二面 · u undo" in screen_text(app)
        await press(pilot, "x")
        assert not screen.page.applications[0].standing.active
        await press(pilot, "u", "u")
        assert screen.page.applications[0].standing.stage == "一面"


async def test_a_change_whose_page_was_left_shows_behind_it(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    held = threading.Event()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_company(pilot, prepared)
        app.backend.submit(held.wait)
        await pilot.press("greater_than_sign")
        await pilot.press("escape")
        await wait_until(pilot, lambda: not screen.is_attached)
        held.set()
        shown = re.compile("快手.*二面")
        await wait_until(pilot, lambda: shown.search(screen_text(app)) is not None)


async def test_an_event_gets_another_time_and_keeps_its_first_wording(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_company(pilot, prepared)
        at(screen, "event:")
        await press(pilot, "e")
        fill(app.screen, when="3.20", note="聊了 [MASK]")
        await press(pilot, "ctrl+s")
        text = screen_text(app)
        assert "03-20" in text
        assert "聊了 [MASK]" in text
        assert "corrected, first written: 03-23" in text


async def test_how_it_ended_is_corrected_and_retracted_and_w_shows_what_was_written(
    prepared: Path, open_app: OpenApp
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(99, 30)) as pilot:
        screen = await open_company(pilot, prepared, "海康威视")
        assert screen.page is not None
        at(screen, "event:")
        await press(pilot, "e")
        fill(app.screen, outcome="no opening", stage="笔试")
        await press(pilot, "ctrl+s")
        standing = screen.page.applications[0].standing
        assert (standing.outcome, standing.stage) == ("no_opening", "笔试")
        text = screen_text(app)
        assert "(corrected, first written: 测评 rejected)" in text
        assert "first wording" not in text
        await press(pilot, "w")
        assert re.search(r"测评 +first wording rejected", screen_text(app))
        at(screen, "event:")
        await press(pilot, "delete")
        assert "海康威视 笔试: retracted · u undo" in screen_text(app)
        assert screen.page.applications[0].standing.active
        assert re.search(r"笔试 +retracted no opening", screen_text(app))
        await press(pilot, "w")
        assert "1 retracted line; w shows it" in screen_text(app)
        await press(pilot, "u", "u")
        assert screen.page.applications[0].standing.outcome == "rejected"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"outcome": "fired"}, "«fired» is no outcome"),
        ({"outcome": "withdrawn", "manner": "silence"}, "Only a rejection comes by silence"),
        ({"stage": "散步"}, "«散步» is no stage"),
    ],
)
async def test_a_correction_that_cannot_be_is_refused_in_the_form(
    values: dict[str, str], reason: str, prepared: Path, open_app: OpenApp
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_company(pilot, prepared, "海康威视")
        at(screen, "event:")
        await press(pilot, "e")
        fill(app.screen, **values)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert reason in screen_text(app)


async def test_something_that_is_no_time_is_refused_in_the_form(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_company(pilot, prepared)
        at(screen, "event:")
        await press(pilot, "e")
        fill(app.screen, when="someday")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "«someday» is no time" in screen_text(app)


async def test_a_round_is_planned_with_its_checklist_changed_and_cancelled(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    company_id = company_id_of(prepared, "美团")
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared, "美团")
        await press(pilot, "r")
        fill(app.screen, stage="一面", when="3.28 19:00", platform="会议室 [/x]", medium="online")
        await press(pilot, "ctrl+s")
        with database.read() as session:
            assert list_rounds(session, company_id=company_id)[0].platform == "会议室 [/x]"
            assert list_checklists(session, company_id=company_id)[0].items
        at(screen, "round:")
        await press(pilot, "e")
        assert app.screen.query_one("#field-when", Input).value == "2026-03-28 19:00"
        fill(app.screen, stage="二面", when="3.29 20:00-21:00", platform="")
        await press(pilot, "ctrl+s")
        with database.read() as session:
            changed = list_rounds(session, company_id=company_id)
        assert [(view.stage, view.platform) for view in changed] == [("二面", "")]
        at(screen, "round:")
        await press(pilot, "delete")
        with database.read() as session:
            assert [view.state for view in list_rounds(session, company_id=company_id)] == ["cancelled"]


async def test_checklist_items_are_ticked_added_and_removed(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    company_id = company_id_of(prepared, "快手")

    def items() -> tuple[Any, ...]:
        with database.read() as session:
            return list_checklists(session, company_id=company_id)[0].items

    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        at(screen, "item:")
        await press(pilot, "space")
        assert items()[0].done
        await press(pilot, "enter")
        assert not items()[0].done
        count = len(items())
        await press(pilot, "n")
        fill(app.screen, text="! 带[/x]身份证", due="soon")
        await press(pilot, "ctrl+s")
        assert "When is it due?" in screen_text(app)
        fill(app.screen, due="3 小时")
        await press(pilot, "ctrl+s")
        last = items()[-1]
        assert (last.text, last.blocking, last.minutes_before) == ("带[/x]身份证", True, 180)
        at(screen, f"item:{last.id}")
        await press(pilot, "K")
        assert items()[-2].id == last.id
        await press(pilot, "e")
        fill(app.screen, text="带学生证", due="")
        await press(pilot, "ctrl+s")
        changed = items()[-2]
        assert (changed.text, changed.blocking, changed.due_at) == ("带学生证", False, None)
        await press(pilot, "delete")
        assert len(items()) == count
        at(screen, "checklist:")
        await press(pilot, "delete")
        assert items() == ()
        at(screen, "no-items:")
        await press(pilot, "enter")
        assert len(items()) == count
        await press(pilot, "u")
        assert items() == ()


async def test_note_contact_and_links_are_edited(prepared: Path, open_app: OpenApp, database: Database) -> None:
    company_id = company_id_of(prepared, "快手")
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        await press(pilot, "E")
        app.screen.query_one(TextArea).text = "第一行\n[@click=app.quit]"
        await press(pilot, "ctrl+s")
        at(screen, "contact:")
        await press(pilot, "e")
        fill(app.screen, role="面试官")
        await press(pilot, "ctrl+s")
        at(screen, "contacts")
        await press(pilot, "n")
        fill(app.screen, name="李 HR")
        await press(pilot, "ctrl+s")
        at(screen, "links")
        await press(pilot, "n")
        app.screen.query_one(Input).value = "https://example.com/jd"
        await press(pilot, "enter")
        at(screen, "link:0")
        await press(pilot, "delete")
    with database.read() as session:
        company = view_company(session, company_id)
        contacts = contacts_of(session, company_id)
    assert company.note == "第一行\n[@click=app.quit]"
    assert company.links == "https://example.com/jd"
    assert [(one.name, one.role) for one in contacts] == [("周师兄", "面试官"), ("李 HR", "")]


async def test_a_note_changed_elsewhere_is_not_written_over(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    company_id = company_id_of(prepared, "快手")
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        await open_company(pilot, prepared)
        await press(pilot, "E")
        with database.change("elsewhere", now=NOW) as session:
            edit_company(session, company_id=company_id, note="theirs")
        app.screen.query_one(TextArea).text = "mine"
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, TextEditor))
        assert app.screen.query_one(TextArea).text == "mine"
        assert any("changed elsewhere" in notice.message for notice in app._notifications)
    with database.read() as session:
        assert view_company(session, company_id).note == "theirs"


async def test_a_question_is_added_as_asked_from_the_bank_or_new(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    company_id = company_id_of(prepared, "快手")
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        for typed, when in (("检查点", "yesterday"), ("这题没见过？", "")):
            at(screen, "asked")
            await press(pilot, "n")
            app.screen.query_one(Input).value = typed
            await press(pilot, "enter")
            fill(app.screen, when=when)
            await press(pilot, "ctrl+s")
    with database.read() as session:
        page = read_company(session, company_id)
        total = len(list_questions(session))
    assert {view.text for view in page.asked} >= {"什么是梯度检查点？", "这题没见过？"}
    assert total == 6


async def test_an_introduction_is_retimed_kept_for_one_company_and_rewritten(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        at(screen, "introduction:")
        await press(pilot, "e")
        fill(app.screen, target="soon")
        await press(pilot, "ctrl+s")
        assert "The target is a number of seconds" in screen_text(app)
        fill(app.screen, target="90", purpose="HR", company="快手")
        await press(pilot, "ctrl+s")
        at(screen, "introduction:")
        await press(pilot, "E")
        app.screen.query_one(TextArea).text = "您好。"
        await press(pilot, "ctrl+s")
    with database.read() as session:
        (draft,) = list_introductions(session)
    assert (draft.text, draft.target_seconds, draft.audience, draft.company) == ("您好。", 90, "hr", "快手")


async def test_name_tier_and_other_names_are_edited(prepared: Path, open_app: OpenApp, database: Database) -> None:
    company_id = company_id_of(prepared, "快手")
    app = open_app(prepared)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        at(screen, "company")
        await press(pilot, "e")
        fill(app.screen, tier="a", aliases="Kuaishou，可灵")
        await press(pilot, "ctrl+s")
        at(screen, "company")
        await press(pilot, "e")
        fill(app.screen, aliases="可灵, 快影")
        await press(pilot, "ctrl+s")
    with database.read() as session:
        company = view_company(session, company_id)
    assert (company.tier, company.aliases) == ("A", ("可灵", "快影"))


async def test_tab_reaches_the_other_half(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_company(pilot, prepared)
        await press(pilot, "tab")
        assert screen.focused is screen.query_one("#prepared")
