"""The page of checklist templates, and ticking what is to be ready in the day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prep.checklists.lists import list_checklists
from prep.checklists.templates import TemplateView, list_templates, save_template, set_template_items
from prep.templates import TemplateItem
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.widgets.form import Form
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.messages import choose_language

OpenApp = Callable[..., AshoreApp]


async def open_templates(pilot: Any) -> Page:
    await settle(pilot)
    pilot.app.open_page("checklist_templates")
    await settle(pilot)
    page = pilot.app.screen.query_one(Page)
    assert isinstance(page, Page)
    return page


def template(database: Database, key: str = "interview-online") -> TemplateView:
    with database.read() as session:
        return next(view for view in list_templates(session, now=NOW) if view.template.key == key)


def fill(app: AshoreApp, **values: str) -> None:
    form = app.screen
    assert isinstance(form, Form)
    for name, value in values.items():
        form.query_one(f"#field-{name}").value = value  # type: ignore[attr-defined]


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((120, 40), "zh_CN")])
async def test_the_templates_read_well(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int], language: str
) -> None:
    choose_language(language)
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        page = await open_templates(pilot)
        page.move_to("template:interview-phone")
        await press(pilot, "enter")
        await settle(pilot)
        assert screen_text(app) == snapshot


async def test_items_are_added_changed_moved_removed_and_lists_follow_when_told(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_templates(pilot)
        assert page.cursor_key == "template:interview-online"
        await press(pilot, "n")
        fill(app, text="! 带[/x]耳机", due="tomorrow")
        await press(pilot, "ctrl+s")
        assert "How long before?" in screen_text(app)
        fill(app, due="1 天")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        last = template(database).template.items[-1]
        assert (last.text, last.blocking, last.minutes_before, last.key) == ("带[/x]耳机", True, 1440, "own-1")
        page.move_to("item:own-1")
        for key in ("space", "K"):
            await press(pilot, key)
            await settle(pilot)
        items = template(database).template.items
        assert (items[-2].key, items[-2].blocking) == ("own-1", False)
        assert "1 list not up to date" in screen_text(app)
        await press(pilot, "l")
        await settle(pilot)
        with database.read() as session:
            (view,) = list_checklists(session, company_id=company_id_of(prepared, "快手"))
        assert view.items[-1].text == "带[/x]耳机"
        await press(pilot, "delete")
        await settle(pilot)
        assert "own-1" not in {item.key for item in template(database).template.items}
        page.move_to("template:interview-online")
        await press(pilot, "x")
        await settle(pilot)
        assert template(database).retired
        await press(pilot, "z")
        await settle(pilot)
        assert not template(database).retired


async def test_a_template_of_ones_own_is_added(prepared: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_templates(pilot)
        await press(pilot, "N")
        fill(app, name="加面", phase="dance", medium="online", labels="加面，三面")
        await press(pilot, "ctrl+s")
        assert "For which rounds?" in screen_text(app)
        fill(app, phase="interview")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        made = template(database, "own-1").template
        assert (made.name, made.phase, made.medium, made.labels) == ("加面", "interview", "online", ("加面", "三面"))
        assert page.cursor_key == "template:own-1"
        assert "No items yet" in screen_text(app)
        await press(pilot, "e")
        fill(app, name="[b]终面[/b]")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "[b]终面[/b]" in screen_text(app)


async def test_five_hundred_items_are_one_page(prepared: Path, open_app: OpenApp, database: Database) -> None:
    with database.change("many", now=NOW, kind="demo") as session:
        key = save_template(session, name="many", phase="interview")
        set_template_items(
            session,
            key=key,
            items=[TemplateItem("", f"item {n}", blocking=False, minutes_before=n) for n in range(500)],
        )
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_templates(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        await press(pilot, "end")
        page.move_to("item:own-500")
        await settle(pilot)
        assert "item 499" in screen_text(app)


async def test_what_is_to_be_ready_is_ticked_in_the_day(prepared: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        lines = app.screen.query_one("#today", Lines)
        lines.focus()
        while lines.cursor_key > -10:
            before = lines.cursor_key
            lines.action_move(1)
            assert lines.cursor_key != before
        assert "must" in screen_text(app)
        with database.read() as session:
            (view,) = list_checklists(session, company_id=company_id_of(prepared, "快手"))
        item = next(one for one in view.items if -10 - one.id == lines.cursor_key)
        await press(pilot, "space")
        await settle(pilot)
        assert f"Done: {item.text}"[:30] in screen_text(app)
        with database.read() as session:
            assert list_checklists(session, company_id=company_id_of(prepared, "快手"))[0].done == 1
        assert -10 - item.id != lines.cursor_key < -9
        await press(pilot, "u")
        await settle(pilot)
        with database.read() as session:
            assert list_checklists(session, company_id=company_id_of(prepared, "快手"))[0].done == 0
