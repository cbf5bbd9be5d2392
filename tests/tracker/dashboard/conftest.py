"""A small hunt, the app on it, and the screen as text."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlmodel import Session
from textual._context import active_app
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from prep.bank import add_asked, add_question, log_attempt
from prep.checklists.templates import add_checklist_for_round
from prep.introductions.drafts import save_introduction
from prep.topics import find_or_add_topic
from tests.conftest import NOW, FillOnce
from tracker.applications import At, add_application
from tracker.board import load_board
from tracker.companies import add_alias, add_company, edit_company, require_company_id, save_contact
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.screens.base import AshoreScreen
from tracker.db import Database
from tracker.pipeline import move_to, record_outcome, set_pool
from tracker.rounds import list_rounds, plan_round
from tracker.settings import Settings


class Entry(NamedTuple):
    """One application of the small hunt."""

    company: str
    tier: str
    position: str
    stage: str
    days_ago: int
    outcome: str = ""
    in_hours: int | None = None
    pool: bool = False


HUNT = (
    Entry("快手", "S", "大模型应用", "一面", 2, in_hours=28),
    Entry("字节跳动", "S", "NLP 算法", "二面", 23, pool=True),
    Entry("美团", "S", "后端", "笔试", 5, outcome="passed"),
    Entry("Qualcomm", "N", "编译器", "笔试", 1, in_hours=9),
    Entry("得到", "B", "推荐算法", "投递", 20),
    Entry("海康威视", "A", "软件开发", "测评", 3, outcome="rejected"),
    Entry("小红书", "A", "", "意向", 0),
)


def add_entry(session: Session, entry: Entry, now: datetime) -> int:
    company_id = add_company(session, name=entry.company, now=now, tier=entry.tier)
    application_id = add_application(session, company_id=company_id, now=now, position=entry.position)
    at = At.day(now - timedelta(days=entry.days_ago))
    if entry.stage != "意向":
        move_to(session, application_id=application_id, label=entry.stage, now=now, at=at)
    if entry.outcome:
        record_outcome(session, application_id=application_id, outcome=entry.outcome, now=now, at=at)
    if entry.pool:
        set_pool(session, application_id=application_id, now=now, at=at)
    if entry.in_hours is not None:
        plan_round(
            session,
            application_id=application_id,
            stage=entry.stage,
            starts_at=now + timedelta(hours=entry.in_hours),
            platform="腾讯会议 123-456-789",
            link="https://meeting.example.com/1",
        )
    return application_id


def seed(database: Database, now: datetime) -> None:
    with database.change("seed", now=now, kind="demo") as session:
        for entry in HUNT:
            add_entry(session, entry, now)
        company = add_company(session, name="哔哩哔哩", now=now, tier="A")
        add_alias(session, company_id=company, name="B站")


@pytest.fixture
def hunt(database: Database, fill_once: FillOnce) -> Path:
    """The path of a database with the small hunt."""
    return fill_once("hunt", database, lambda: seed(database, NOW))


@pytest.fixture
def open_app(clock: Callable[[], datetime]) -> Callable[..., AshoreApp]:
    def make(path: Path, **settings: Any) -> AshoreApp:
        return make_app(path=path, backups=None, clock=clock, settings=Settings(**settings))

    return make


def screen_text(app: AshoreApp) -> str:
    """What is on the screen, as a terminal would show it."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def wait_until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for at most ten seconds."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, f"it never came:\n{screen_text(pilot.app)}"  # type: ignore[arg-type]
        await pilot.pause(0.005)


A_TURN = 0.003
"""Seconds in which other threads have their turn, on a machine that is busy too."""
MOMENT = 0.1
"""Seconds: a timer that is over in this time is waited for, such as the one until a row at rest is previewed."""
RESTS = ("agenda.PREVIEW_AFTER", "previewing.PREVIEW_AFTER", "questions.PREVIEW_AFTER", "sitting_front.LAY_OUT_AFTER")
"""Until a row at rest is previewed: after each key, a test would wait as long as a person rests."""
IN_THE_BACKGROUND = {"warm", "watch", "warm up", "dialogs"}
"""Threads for which nothing on the screen waits."""


def pumps(app: App[Any]) -> list[MessagePump]:
    """All that may hold a message."""
    return [app, *app.screen_stack, *app.screen.walk_children()]


async def messages_read(_least: float = 0) -> None:
    """Wait until no message is under way: stands for Textual's waiting until the processor has rest, which is slow."""
    app = active_app.get()
    pilot, end, calm = Pilot(app), time.monotonic() + 1, 0
    # What reads a message may send another one; the second look finds those that were just being read.
    while calm < 2 and time.monotonic() < end:
        await asyncio.sleep(0)
        if not await pilot._wait_for_screen() or app._exit or not app._running:
            return
        app.screen._on_timer_update()
        calm = 0 if any(pump.message_queue_size for pump in pumps(app)) else calm + 1


@pytest.fixture(autouse=True, scope="session")
def styles_parsed_once() -> Iterator[None]:
    """Let all apps share what their style sheets say."""
    parse, known = Stylesheet._parse_rules, {}

    def parse_once(sheet: Stylesheet, *arguments: Any, **named: Any) -> Any:
        key = (*sheet._variables.items(), arguments, *named.items())
        if key not in known:
            known[key] = parse(sheet, *arguments, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for time to pass where it can wait for what is to happen."""
    monkeypatch.setattr("textual.app.wait_for_idle", messages_read)
    monkeypatch.setattr("textual.pilot.wait_for_idle", messages_read)
    monkeypatch.setattr("tracker.dashboard.beat.WARM_AFTER", 0.001)
    for rest in RESTS:
        monkeypatch.setattr(f"tracker.dashboard.screens.{rest}", 0.001)


def under_way(app: AshoreApp) -> list[str]:
    """What will still change the screen: the opening, reads, writes, layouts, and the short waits before them."""
    screens = [screen for screen in app.screen_stack if isinstance(screen, AshoreScreen)]
    timers = {timer for pump in pumps(app) for timer in pump._timers}
    return [
        *([] if app.backend.is_open else ["the database is opened"]),
        *(f"{screen}: {screen._writes} writes, {screen._reads}" for screen in screens if screen.works),
        *(str(worker) for worker in app.workers if not worker.is_finished and worker.group not in IN_THE_BACKGROUND),
        *(
            str(timer)
            for timer in timers
            if timer._repeat == 0 and timer._interval <= MOMENT and timer._task is not None and not timer._task.done()
        ),
    ]


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the database is open, no screen has work under way, and all that it told is on the screen."""
    app = pilot.app
    assert isinstance(app, AshoreApp)
    end, calm = time.monotonic() + 10, 0
    while calm < 2:
        await messages_read()
        work = under_way(app)
        calm = 0 if work else calm + 1
        if calm == 1:
            await asyncio.sleep(A_TURN)  # a thread that has just come back is about to tell
        if work:
            assert time.monotonic() < end, f"{work} never came to an end:\n{screen_text(app)}"
            await pilot.pause(0.005)


Press = Callable[..., Awaitable[None]]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what each does."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def prepare(session: Session, company_id: int, now: datetime) -> None:
    """What one prepares for a company: questions, answers, an introduction, a checklist, a contact."""
    bank = find_or_add_topic(session, path=("微调",))
    asked = add_question(
        session,
        text="LoRA 的 B 为什么初始化为 0？",
        answer="这样一开始 $\\Delta W=0$，训练从原模型出发。\n\n| 矩阵 | 初始 |\n|---|---|\n| A | 随机 |\n| B | 零 |\n",
        now=now,
        topic_id=bank,
        importance=2,
    )
    weak = add_question(
        session, text="[MASK] 是做什么的？", answer="`[MASK]` 盖住要猜的词。", now=now, topic_id=bank, importance=1
    )
    add_question(session, text="什么是梯度检查点？", now=now, topic_id=bank)
    add_question(session, text="为什么选我们？", answer="产品天天在用。", now=now, kind="hr", company_id=company_id)
    add_question(session, text="新人头三个月做什么？", now=now, kind="reverse")
    log_attempt(session, question_id=weak, rating="again", now=now - timedelta(days=3), seconds=75)
    add_asked(
        session,
        question_id=asked,
        company_id=company_id,
        at=At.day(now - timedelta(days=9)),
        stage="一面",
        source="自己",
    )
    save_introduction(session, title="一分钟", text="面试官您好，我是沈青。" * 30, target_seconds=60)
    save_contact(session, company_id=company_id, name="周师兄", role="内推", reach="wx-zhou")
    edit_company(session, company_id=company_id, note="[/x] 看重评测", links="https://jobs.example.com/1")


def prepare_first(database: Database, now: datetime) -> None:
    with database.change("prepare", now=now, kind="demo") as session:
        company_id = require_company_id(session, "快手")
        prepare(session, company_id, now)
        round_id = list_rounds(session, company_id=company_id)[0].id
        add_checklist_for_round(session, round_id=round_id, now=now, language="en")


@pytest.fixture
def prepared(hunt: Path, database: Database, fill_once: FillOnce) -> Path:
    """The small hunt, with 快手 prepared for its round."""
    assert hunt == database.path
    return fill_once("prepared", database, lambda: prepare_first(database, NOW))


def company_id_of(path: Path, name: str) -> int:
    return next(row.company_id for row in load_board(path).rows if row.company == name)
