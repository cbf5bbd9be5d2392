"""The pages of self-introductions: list, editor, shortest version, versions, rehearsal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from prep.introductions.drafts import (
    IntroductionView,
    list_introductions,
    save_introduction,
    view_introduction,
    write_text,
)
from prep.introductions.versions import list_versions
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle
from tracker.companies import require_company_id
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.screens.introduction_rehearsal import IntroductionRehearsalScreen
from tracker.dashboard.screens.introductions import IntroductionsScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.settings import Settings

OpenApp = Callable[..., AshoreApp]
TEXT = "面试官您好，我是许知远。我做过检索和排序，召回从 61% 提到 84%。[/x] 平时爱爬山。谢谢您。"


@pytest.fixture
def drafts(hunt: Path, database: Database, clock: Callable[[], datetime]) -> Path:
    """The small hunt with two drafts, of which the first has two versions."""
    with database.change("drafts", now=clock(), kind="demo") as session:
        first = save_introduction(
            session, title="技术面", text=TEXT, audience="technical", target_seconds=8, now=clock()
        )
        write_text(session, introduction_id=first, text=TEXT.replace("爬山", "长跑"), now=clock())
        company_id = require_company_id(session, "快手")
        save_introduction(session, title="[mask] HR", text="您好。", audience="hr", company_id=company_id, now=clock())
    return hunt


def read(database: Database) -> tuple[IntroductionView, ...]:
    with database.read() as session:
        return list_introductions(session)


def complaint(app: AshoreApp) -> str:
    """What was complained of last."""
    return [notice.message for notice in app._notifications][-1]


async def open_drafts(pilot: Pilot[None], **arguments: object) -> IntroductionsScreen:
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, AshoreApp)
    app.open_page("introductions", **arguments)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, IntroductionsScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_drafts_read_well(
    drafts: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=size) as pilot:
        await open_drafts(pilot)
        assert screen_text(app) == snapshot


async def test_an_empty_page_says_what_to_do(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_drafts(pilot)
        assert "No self-introduction yet: n writes one" in screen_text(app)
        await press(pilot, "s", "v", "d", "e", "y", "delete")
        await press(pilot, "n")
        for name, value in (("title", "一分钟"), ("purpose", "English"), ("target", "120"), ("company", "快手")):
            app.screen.query_one(f"#field-{name}", Input).value = value
        await press(pilot, "ctrl+s")
        app.screen.query_one(TextArea).text = "Hello, I am Shen Qing."
        await press(pilot, "ctrl+s")
        (draft,) = read(database)
        assert (draft.title, draft.purpose, draft.target_seconds, draft.company) == ("一分钟", "english", 120, "快手")
        assert "Hello, I am Shen Qing." in screen_text(app)


async def test_a_new_draft_begins_with_the_nearest_and_may_keep_its_words(
    drafts: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_drafts(pilot, company="快手")
        await press(pilot, "n")
        assert app.screen.query_one("#field-company", Input).value == "快手"
        app.screen.query_one("#field-purpose", Input).value = "HR"
        app.screen.query_one("#field-company", Input).value = "没有这家"
        await press(pilot, "ctrl+s")
        assert len(read(database)) == 2
        await settle(pilot)
        assert app.screen.query_one("#field-purpose", Input).value == "HR"
        app.screen.query_one("#field-company", Input).value = "快手"
        await press(pilot, "ctrl+s")
        assert app.screen.query_one(TextArea).text == "您好。"
        await press(pilot, "ctrl+s")
        assert [view.text for view in read(database)][1:] == ["您好。", "您好。"]


async def test_the_editor_times_what_is_typed_and_loses_nothing(
    drafts: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_drafts(pilot)
        await press(pilot, "E")
        line = app.screen.query_one("#timing", Static)
        area = app.screen.query_one(TextArea)
        area.text = "好" * 70
        await settle(pilot)
        assert "0:20 / 0:08 · 12 s over · usual pace" in str(line.content)
        area.text = "🙂。"
        await settle(pilot)
        assert "0:00 / 0:08 · 8 s left" in str(line.content)
        await press(pilot, "escape")
        assert "Not saved yet" in screen_text(app)
        area.insert("新的。")
        await press(pilot, "escape")
        assert app.screen is not screen
        await press(pilot, "escape")
        assert app.screen is screen
        assert read(database)[0].versions == 2


async def test_another_writers_text_is_not_written_over(
    drafts: Path, open_app: OpenApp, database: Database, clock: Callable[[], datetime]
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_drafts(pilot)
        await press(pilot, "E")
        app.screen.query_one(TextArea).text = "我的话。"
        with database.change("elsewhere", now=clock()) as session:
            write_text(session, introduction_id=1, text="别处的话。", now=clock())
        await press(pilot, "ctrl+s")
        assert app.screen.query_one(TextArea).text == "我的话。"
        assert read(database)[0].text == "别处的话。"


async def test_sentences_are_marked_and_the_shortest_version_is_kept(
    drafts: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_drafts(pilot)
        await press(pilot, "enter", "space")
        page = screen.query_one(Page)
        page.move_to("sentence:2")
        await press(pilot, "space")
        await press(pilot, "space")
        marks = read(database)[0].marks
        assert [marks.of(one) for one in ("面试官您好，我是许知远。", "[/x] 平时爱长跑。")] == ["essential", "optional"]
        await press(pilot, "s")
        shown = screen_text(app)
        assert "1 sentence left out" in shown
        await press(pilot, "n")
        await press(pilot, "w")
        views = read(database)
        assert views[0].versions == 3
        assert views[0].text == views[2].text
        assert views[0].text.startswith("面试官您好，我是许知远。")
        assert "检索" not in views[0].text
        assert views[2].title == "技术面 · 8 s"
        await press(pilot, "w")
        assert "It fits as it is" in screen_text(app)
        await press(pilot, "u")
        assert read(database)[0].versions == 2
        await press(pilot, "y", "escape")
        assert isinstance(app.screen, IntroductionsScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_versions_are_compared_and_taken_back(
    drafts: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=size) as pilot:
        await open_drafts(pilot)
        await press(pilot, "v")
        assert screen_text(app) == snapshot
        await press(pilot, "down", "t")
        with database.read() as session:
            assert view_introduction(session, 1).text == TEXT
            assert len(list_versions(session, introduction_id=1)) == 3
        await press(pilot, "space", "home")
        assert "v3 against v1" in screen_text(app)
        assert "Both read the same" in screen_text(app)
        await press(pilot, "end")
        await press(pilot, "space", "y", "enter", "escape", "escape")
        assert isinstance(app.screen, IntroductionsScreen)


async def test_a_draft_is_found_described_and_removed(drafts: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_drafts(pilot)
        await press(pilot, "slash", "h", "r", "enter")
        assert screen.table.cursor_key == 2
        await press(pilot, "e")
        app.screen.query_one("#field-target", Input).value = "90"
        await press(pilot, "ctrl+s")
        assert read(database)[1].target_seconds == 90
        await press(pilot, "delete")
        assert len(read(database)) == 1
        await press(pilot, "u")
        assert len(read(database)) == 2
        await press(pilot, "y", "escape")
        assert screen.typed == ""


@pytest.mark.parametrize("key", ["e", "n"])
async def test_a_form_that_is_refused_comes_back_with_what_was_typed(
    drafts: Path, open_app: OpenApp, database: Database, key: str
) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_drafts(pilot)
        await press(pilot, key)
        app.screen.query_one("#field-title", Input).value = "新标题"
        app.screen.query_one("#field-company", Input).value = "没有这家"
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert app.screen.query_one("#field-title", Input).value == "新标题"
        assert app.screen.query_one("#field-company", Input).value == "没有这家"
        assert "新标题" not in {one.title for one in read(database)}


async def test_company_and_briefing_lead_here(drafts: Path, open_app: OpenApp) -> None:
    app = open_app(drafts)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for page in ("company", "briefing"):
            app.open_page(page, company_id=company_id_of(drafts, "快手"))
            await settle(pilot)
            await press(pilot, "i")
            screen = app.screen
            assert isinstance(screen, IntroductionsScreen)
            assert screen.table.cursor_key == 2
            await press(pilot, "escape", "escape")


# Rehearsal


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


async def open_rehearsal(pilot: Pilot[None]) -> IntroductionRehearsalScreen:
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, AshoreApp)
    app.open_page("introduction_rehearsal", introduction_id=1)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, IntroductionRehearsalScreen)
    return screen


def moving_app(path: Path, clock: Callable[[], datetime]) -> tuple[AshoreApp, Clock]:
    moving = Clock(clock())
    return make_app(path=path, backups=None, clock=moving, settings=Settings()), moving


async def test_takes_teach_the_pace(drafts: Path, clock: Callable[[], datetime], database: Database) -> None:
    app, moving = moving_app(drafts, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_rehearsal(pilot)
        await press(pilot, "enter")
        assert "space starts the clock first" in screen_text(app)
        for words in ("one more take", "your pace"):
            await press(pilot, "space")
            moving.move(10)
            await pilot.pause(0.25)
            await press(pilot, "enter")
            shown = screen_text(app)
            assert "0:10 · target 0:08 · 2 s over" in shown
            assert words in shown
        view = read(database)[0]
        assert (view.takes, view.measured_seconds, view.estimated_seconds) == (2, 10, 10)
        assert screen._timer is None
        await press(pilot, "u")
        assert read(database)[0].takes == 1


async def test_only_what_was_ended_is_a_take(drafts: Path, clock: Callable[[], datetime], database: Database) -> None:
    app, moving = moving_app(drafts, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_rehearsal(pilot)
        await press(pilot, "space")
        moving.move(4)
        await press(pilot, "space")
        assert screen.prompter is not None
        assert (screen.prompter.elapsed, screen.prompter.is_running) == (4, False)
        await press(pilot, "space")
        moving.move(2)
        await press(pilot, "question_mark", "escape")
        assert (screen.prompter.elapsed, screen.prompter.is_running) == (6, False)
        await press(pilot, "plus", "plus", "minus", "t", "down", "up", "k", "right")
        assert screen.prompter.current == 1
        await press(pilot, "space", "escape")
        assert "Halted" in screen_text(app)
        assert app.screen is screen
        await press(pilot, "r")
        assert screen.prompter.elapsed == 0
        await press(pilot, "space")
        moving.move(1)
        await press(pilot, "down", "down", "down", "space")
        assert "too short to be a take" in complaint(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, IntroductionRehearsalScreen) is False
        assert read(database)[0].takes == 0
        assert screen._timer is None


async def test_the_last_sentence_ends_with_space_and_a_click_moves_the_text(
    drafts: Path, clock: Callable[[], datetime], database: Database, snapshot: SnapshotAssertion
) -> None:
    app, moving = moving_app(drafts, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_rehearsal(pilot)
        await press(pilot, "space")
        moving.move(2)
        await pilot.click("Prompter", offset=(14, 2))
        await settle(pilot)
        assert screen.prompter is not None
        assert screen.prompter.current == 1
        moving.move(20)
        await pilot.pause(0.25)
        assert screen.prompter.is_last
        assert screen_text(app) == snapshot
        await press(pilot, "space")
        assert read(database)[0].takes == 1


async def test_a_text_that_changed_meanwhile_is_no_take(
    drafts: Path, clock: Callable[[], datetime], database: Database
) -> None:
    app, moving = moving_app(drafts, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_rehearsal(pilot)
        await press(pilot, "space")
        moving.move(12)
        with database.change("elsewhere", now=clock()) as session:
            write_text(session, introduction_id=1, text="别处的话。", now=clock())
        await press(pilot, "enter")
        assert "was changed while you spoke" in complaint(app)
        assert read(database)[0].takes == 0
