"""Asking how an interview went, the page on which it is written down, and the log of what was practised."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from prep.bank import add_question
from prep.debriefs.drafts import load_draft
from prep.debriefs.recording import AskedThen, Debrief, PromiseMade, record_debrief, view_debrief
from prep.models import Asked
from prep.sittings.recording import begin_sitting, rate, spend
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.screens.debrief import DebriefScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.messages import choose_language
from tracker.models import Round
from tracker.rounds import list_rounds, plan_round
from tracker.settings import Settings

SIZES = [((80, 24), "en"), ((120, 40), "zh_CN")]
OpenApp = Callable[..., AshoreApp]
BEGAN = NOW - timedelta(hours=1, minutes=20)


@pytest.fixture
def over(prepared: Path, database: Database) -> int:
    """The first round of 快手 ended twenty minutes ago; a drill was made for it."""
    with database.change("over", now=NOW, kind="demo") as session:
        company_id = company_id_of(prepared, "快手")
        row = session.exec(select(Round)).all()
        application_id = next(view.application_id for view in list_rounds(session, company_id=company_id))
        round_id = plan_round(
            session, application_id=application_id, stage="一面", starts_at=BEGAN, ends_at=NOW - timedelta(minutes=20)
        )
        assert round_id in [one.id for one in row]
        old = NOW - timedelta(days=30)
        ids = [
            add_question(session, text=text, now=old, answer="略") for text in ("KV Cache 存了什么？", "怎么评估召回？")
        ]
        drill = begin_sitting(
            session, kind="drill", now=NOW - timedelta(days=1), company_id=company_id, round_id=round_id,
            stage="一面", plan={"questions": ids},
        )  # fmt: skip
        rate(session, sitting_id=drill, question_id=ids[0], rating="good", now=NOW - timedelta(days=1), seconds=80)
        spend(session, sitting_id=drill, seconds=420)
    return round_id


async def open_debrief(pilot: Any, round_id: int) -> DebriefScreen:
    await settle(pilot)
    pilot.app.open_page("debrief", round_id=round_id)
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, DebriefScreen)
    return screen


async def type_line(pilot: Any, text: str, *keys: str) -> None:
    pilot.app.screen.query_one("#line", Input).value = text
    await settle(pilot)
    await press(pilot, *(keys or ("enter",)))


@pytest.mark.parametrize(("size", "language"), SIZES)
async def test_it_is_asked_and_written_down(
    prepared: Path, over: int, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion,
    size: tuple[int, int], language: str,
) -> None:  # fmt: skip
    choose_language(language)
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "z")
        assert isinstance(app.screen, DebriefScreen)
        await type_line(pilot, "kv cache 存什么")
        await type_line(pilot, "手撕 [mask] LRU")
        await type_line(pilot, "怎么评估")
        await press(pilot, "enter", "3", "1", "e")
        app.screen.query_one("#line", Input).value = "[/x] 卡住了"
        await press(pilot, "enter", "w")
        app.screen.query_one("#line", Input).value = "they pay: 30k"
        await press(pilot, "enter")
        page = app.screen.query_one(Page)
        page.move_to("mood")
        await press(pilot, "enter", "4")
        page.move_to("next")
        await press(pilot, "enter")
        app.screen.query_one("#line", Input).value = "二面 4.1 19:00"
        await press(pilot, "enter")
        await type_line(pilot, "怎么", "space")
        assert screen_text(app) == snapshot
        app.screen.query_one("#line", Input).value = ""
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: not isinstance(app.screen, DebriefScreen))
        await settle(pilot)
        told = "2 of 3 were in your practice" if language == "en" else "3 题里有 2 题练过"
        assert told in screen_text(app)
    with database.read() as session:
        view = view_debrief(session, round_id=over)
        assert [(one.text, one.rating, one.note) for one in view.asked] == [
            ("KV Cache 存了什么？", "good", ""),
            ("手撕 [mask] LRU", "again", ""),
            ("怎么评估召回？", "", "[/x] 卡住了"),
        ]
        assert view.promises == (PromiseMade("30k", "pay", "them"),)
        assert [one.stage for one in list_rounds(session, planned_only=True) if one.company == "快手"] == ["二面"]
        assert load_draft(session, round_id=over) is None


async def test_what_was_typed_is_there_again(prepared: Path, over: int, open_app: OpenApp, database: Database) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_debrief(pilot, over)
        await type_line(pilot, "什么是 [x]？", "ctrl+n")
        await type_line(pilot, "什么是 [x]")
        assert "It is in the list already." in screen_text(app)
        screen.query_one("#line", Input).value = "只打了一半"
        await press(pilot, "escape")
        screen = await open_debrief(pilot, over)
        assert (screen.typed(), [one.text for one in screen.draft.asked]) == ("只打了一半", ["什么是 [x]？"])  # type: ignore[union-attr]
        screen.query_one(Page).move_to("question:0")
        await press(pilot, "tab", "t")
        assert screen.draft.asked[0].kind == "project"  # type: ignore[union-attr]
        await press(pilot, "delete")
        assert screen.draft == Debrief()
        screen.query_one("#line", Input).value = ""
        await press(pilot, "escape")
        await wait_until(pilot, lambda: database_has_no_draft(database, over))


def database_has_no_draft(database: Database, round_id: int) -> bool:
    with database.read() as session:
        return load_draft(session, round_id=round_id) is None


async def test_what_is_being_typed_when_the_program_ends_is_kept(
    prepared: Path, over: int, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_debrief(pilot, over)
        screen.query_one("#line", Input).value = "打到一[半"
        await settle(pilot)
    app.backend.close()
    with database.read() as session:
        assert load_draft(session, round_id=over) == (Debrief(), "打到一[半")


async def test_nothing_to_write_settles_it_and_undo_asks_again(prepared: Path, over: int, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "How did it go?" in screen_text(app)
        screen = await open_debrief(pilot, over)
        await press(pilot, "ctrl+s")
        assert "Nothing was written down yet" in screen_text(app)
        await press(pilot, "tab", "x")
        await wait_until(pilot, lambda: app.screen is not screen)
        await settle(pilot)
        assert "How did it go?" not in screen_text(app)
        await press(pilot, "u")
        assert "How did it go?" in screen_text(app)


async def test_a_second_debrief_shows_the_first_and_adds(
    prepared: Path, over: int, open_app: OpenApp, database: Database
) -> None:
    with database.change("first", now=NOW) as session:
        record_debrief(session, round_id=over, debrief=Debrief(asked=(AskedThen("第一题", rating="hard"),)), now=NOW)
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_debrief(pilot, over)
        assert "第一题  noted already" in screen_text(app)
        assert not screen.check_action("settle", ())
        await type_line(pilot, "第一题？")
        assert "in the list already" in screen_text(app)
        await type_line(pilot, "第二题", "ctrl+n")
        # Another window writes the same meanwhile.
        with database.change("elsewhere", now=NOW) as session:
            record_debrief(session, round_id=over, debrief=Debrief(asked=(AskedThen("第二题"),)), now=NOW)
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: app.screen is not screen)
        await settle(pilot)
    with database.read() as session:
        assert len(session.exec(select(Asked).where(Asked.round_id == over)).all()) == 2


async def test_an_interview_that_ends_is_asked_about_once(hunt: Path, database: Database) -> None:
    moment = [NOW]

    def clock() -> datetime:
        return moment[0]

    with database.change("round", now=NOW) as session:
        company_id = company_id_of(hunt, "美团")
        application_id = next(view.application_id for view in list_rounds(session) if view.company == "快手")
        assert company_id
        plan_round(session, application_id=application_id, stage="二面", starts_at=NOW - timedelta(minutes=50))
    app: AshoreApp = make_app(path=hunt, backups=None, clock=clock, settings=Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        home: Any = app.screen
        assert "is over" not in screen_text(app)
        moment[0] = NOW + timedelta(minutes=20)
        home.watch_ends()
        await settle(pilot)
        assert "快手 二面 is over. How did it go?" in screen_text(app)
        assert [found.stage for found in home.today.debriefs] == ["二面"]
        home.key_bar.say("")
        home.watch_ends()
        await settle(pilot)
        assert "is over" not in screen_text(app)


@pytest.mark.parametrize(("size", "language"), SIZES)
async def test_the_log_of_a_company_reads_well(
    prepared: Path, over: int, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion,
    size: tuple[int, int], language: str,
) -> None:  # fmt: skip
    choose_language(language)
    with database.change("first", now=NOW) as session:
        asked = (AskedThen("KV Cache 存了什么", rating="hard", note="卡在 [/x]"), AskedThen("手写 LRU", kind="coding"))
        debrief = Debrief(asked=asked, mood=4, promises=(PromiseMade("30k", "pay", "them"),))
        record_debrief(session, round_id=over, debrief=debrief, now=NOW)
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "l")
        page = app.screen.query_one(Page)
        page.move_to(next(entry.key for entry in page.entries if entry.key.startswith("sitting:")))
        await press(pilot, "enter")
        assert screen_text(app) == snapshot
        await press(pilot, "z")
        assert isinstance(app.screen, DebriefScreen)


async def test_a_company_without_any_practice_says_what_to_do(hunt: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        company_id = company_id_of(hunt, "得到")
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        await press(pilot, "z")
        assert ["No round here has begun yet" in told.message for told in app._notifications] == [True]
        app.open_page("practice_log", company_id=company_id)
        await settle(pilot)
        assert "No round and no practice here yet" in screen_text(app)
