"""The mock interview on the screen: it asks one question, waits, keeps what is typed, and moves on by itself alone."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from prep.interviewing.interviewer import COVERED, Feedback, InterviewerError, Point, TurnContext, Utterance
from prep.interviewing.mock_views import MockView, list_mocks, view_mock
from prep.models import Attempt
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.mock import MockScreen
from tracker.dashboard.screens.mock_interview import MockInterviewScreen
from tracker.dashboard.screens.mock_review import MockReviewScreen
from tracker.dashboard.widgets.chooser import Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt
from tracker.dashboard.widgets.page import Page
from tracker.db import Database

OpenApp = Callable[..., AshoreApp]


def mock_of(database: Database) -> MockView:
    with database.read() as session:
        return view_mock(session, list_mocks(session)[0].id)


async def begin(app: AshoreApp, pilot: Any, path: Path, **arguments: Any) -> MockInterviewScreen:
    """Open the page for 快手 and begin; the first question waits."""
    await settle(pilot)
    app.open_page("mock", company_id=company_id_of(path, "快手"), language="zh", **arguments)
    await settle(pilot)
    await press(pilot, "ctrl+s")
    screen = app.screen
    assert isinstance(screen, MockInterviewScreen)
    await wait_until(pilot, lambda: screen.waiting is not None)
    await settle(pilot)
    return screen


async def give(pilot: Any, screen: MockInterviewScreen, text: str) -> None:
    screen.query_one("#answer", TextArea).text = text
    await press(pilot, "ctrl+s")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_reads_well_from_beginning_to_end(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        assert isinstance(app.screen, MockScreen)
        assert screen_text(app) == snapshot(name="before")
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        await give(pilot, screen, "面试官您好，我是沈青，做过两年大模型应用。")
        assert screen_text(app) == snapshot(name="a question")
        await give(pilot, screen, "B 是零，这样一开始 ΔW=0，训练从原模型出发，不会破坏它。")
        await press(pilot, "escape", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, MockReviewScreen))
        await settle(pilot)
        assert screen_text(app) == snapshot(name="afterwards")


async def test_nothing_is_told_before_its_time(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        app.pop_screen()
        await settle(pilot)
        assert "LoRA" not in screen_text(app)  # which questions come is not told
        app.push_screen(screen) if screen.is_attached else None
        await press(pilot, "down")
        await press(pilot, "enter")
        await settle(pilot)
        again = app.screen
        assert isinstance(again, MockInterviewScreen)
        await press(pilot, "ctrl+s")
        await give(pilot, again, "我是沈青。")
        text = screen_text(app)
        assert "LoRA 的 B 为什么初始化为 0" in text
        assert "训练从原模型出发" not in text


async def test_an_empty_answer_stays_and_a_skip_goes_on(prepared: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+s")
        assert "Nothing is typed yet" in screen_text(app)
        screen.query_one("#answer", TextArea).text = "我是"
        await press(pilot, "ctrl+n")
        assert "There is an answer already" in screen_text(app)
        screen.query_one("#answer", TextArea).text = ""
        await press(pilot, "ctrl+n")
        view = mock_of(database)
        assert [(turn.part, turn.manner) for turn in view.turns] == [
            ("opening", "typed"),
            ("introduction", "skipped"),
            ("technical", ""),
        ]


async def test_spoken_answers_are_rated_once(prepared: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+n")
        await press(pilot, "ctrl+r")
        await press(pilot, "3")
        assert "Space starts and stops" in screen_text(app)
        assert isinstance(app.screen, MockInterviewScreen)
        await press(pilot, "space")
        assert "Speaking…" in screen_text(app)
        await press(pilot, "space", "3")
        view = mock_of(database)
        spoken = view.turns[2]
        assert (spoken.manner, spoken.rating) == ("spoken", "good")
        assert screen.waiting is not None
        assert screen.waiting.id == view.turns[3].id
        with database.read() as session:
            rows = session.exec(select(Attempt).where(Attempt.session_id == view.id)).all()
            assert [(row.question_id, row.rating, row.mode) for row in rows] == [(spoken.question_id, "good", "mock")]


async def test_a_draft_is_kept_and_the_interview_goes_on_from_it(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        screen.query_one("#answer", TextArea).text = "[mask] 写到一半"
        await press(pilot, "escape")
        assert isinstance(app.screen, Chooser)
        await press(pilot, "l")
        await settle(pilot)
        assert mock_of(database).turns[1].answer == "[mask] 写到一半"
        assert isinstance(app.screen, MockScreen)
        assert "Go on with 快手 一面" in screen_text(app)
    again = open_app(prepared)
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        again.open_page("mock", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "down", "enter")
        resumed = again.screen
        assert isinstance(resumed, MockInterviewScreen)
        await wait_until(pilot, lambda: resumed.waiting is not None)
        assert resumed.query_one("#answer", TextArea).text == "[mask] 写到一半"
    from_practice = open_app(prepared)
    async with from_practice.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert from_practice.screen.query_one(Page).move_to(f"sitting:{mock_of(database).id}")
        await press(pilot, "enter")
        assert isinstance(from_practice.screen, MockInterviewScreen)


async def test_what_is_typed_is_not_given_up_for_saying_it_aloud(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        screen.query_one("#answer", TextArea).text = "写到一半"
        await press(pilot, "ctrl+r")
        assert not screen.has_class("-spoken")
        assert "There is an answer already" in screen_text(app)
        screen.query_one("#answer", TextArea).text = ""
        await press(pilot, "ctrl+r")
        assert screen.has_class("-spoken")


async def test_time_counts_while_it_is_in_front_and_sleep_does_not(prepared: Path, database: Database) -> None:
    from tracker.dashboard.launch import make_app

    moments = [NOW]
    app = make_app(path=prepared, backups=None, clock=lambda: moments[0])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        for passed in (0, 4, 4, 4, 8 * 3600, -7200):
            moments[0] += timedelta(seconds=passed)
            screen.tick()
        await settle(pilot)
        assert mock_of(database).spent_seconds + int(screen.unkept) == 17
        await press(pilot, "escape")
        moments[0] += timedelta(seconds=4)
        screen.tick()
        assert mock_of(database).spent_seconds + int(screen.unkept) == 17


async def test_an_answer_given_in_another_window_is_not_written_over(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    from prep.interviewing.engine import answer_turn

    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        waiting = mock_of(database).waiting
        assert waiting is not None
        with database.change("other", now=NOW, kind="setting") as session:
            answer_turn(session, turn_id=waiting.id, manner="typed", answer="另一个窗口", now=NOW)
        await give(pilot, screen, "这个窗口")
        await settle(pilot)
        assert mock_of(database).turns[1].answer == "另一个窗口"
        assert screen.waiting is not None
        assert screen.waiting.position == 2


async def test_feedback_after_each_answer_waits_until_it_is_read(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("mock", company_id=company_id_of(prepared, "快手"), language="zh")
        await settle(pilot)
        await press(pilot, "f")
        await press(pilot, "ctrl+s")
        screen = app.screen
        assert isinstance(screen, MockInterviewScreen)
        await wait_until(pilot, lambda: screen.waiting is not None)
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+n")
        await give(pilot, screen, "B 初始化为零，这样一开始 ΔW=0，训练从原模型出发。")
        assert "Feedback on your answer" in screen_text(app)
        assert "said" in screen_text(app)
        await press(pilot, "enter")
        assert screen.being_read is None
        assert "Feedback on your answer" not in screen_text(app)
        assert len(mock_of(database).turns) == 4


async def test_the_review_rates_exports_and_adds(
    prepared: Path, open_app: OpenApp, database: Database, tmp_path: Path
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot, prepared)
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+n")
        await give(pilot, screen, "B 是零，一开始 ΔW=0，从原模型出发。")
        await press(pilot, "escape", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, MockReviewScreen))
        await settle(pilot)
        view = mock_of(database)
        assert view.state == "left"
        page = app.screen.query_one(Page)
        page.move_to(f"turn:{view.turns[2].id}")
        await press(pilot, "space")
        assert "In your notes:" in screen_text(app)
        await press(pilot, "2")
        assert mock_of(database).turns[2].rating == "hard"
        await press(pilot, "u")
        assert mock_of(database).turns[2].rating == ""
        await press(pilot, "w")
        prompt = app.screen
        assert isinstance(prompt, LinePrompt)
        target = tmp_path / "out" / "mock.md"
        prompt.query_one("#line").value = str(target)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await wait_until(pilot, target.exists)
        await settle(pilot)
        assert "我：B 是零" in target.read_text(encoding="utf-8")
        assert target.stat().st_mode & 0o077 == 0
        await press(pilot, "w")
        app.screen.query_one("#line").value = str(target)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "exists already" in app._last_complaint


async def test_without_a_company_it_asks_for_one_and_a_written_test_has_no_interviewer(
    prepared: Path, open_app: OpenApp
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("mock")
        await settle(pilot)
        assert "Choose the company that you practise for" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MockScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, Chooser)
        await press(pilot, "escape")
        app.pop_screen()
        app.open_page("mock", company_id=company_id_of(prepared, "Qualcomm"), stage="笔试")
        await settle(pilot)
        assert "Nobody asks questions in 笔试" in screen_text(app)


class Actor:
    """An interviewer that does what a test wants."""

    def __init__(self, does: Callable[[str], str | None]) -> None:
        self.does = does

    @property
    def name(self) -> str:
        return "an actor 1"

    def put(self, context: TurnContext, *, say: Callable[[str], None], **_others: Any) -> Utterance:
        say("嗯……")
        return Utterance(self.does("put") or context.question)

    def follow_up(self, context: TurnContext, **_others: Any) -> Utterance | None:
        found = self.does("follow_up" if context.language else "")
        return Utterance(found) if found else None

    def feedback(self, context: TurnContext, *, answer: str, **_others: Any) -> Feedback:
        self.does("feedback" if context.language else "")
        return Feedback((Point("说了名字", COVERED, answer[:4]),), suggestions=("再具体一点",))


def raising(error: Exception) -> Callable[[str], str | None]:
    def act(_what: str) -> str | None:
        raise error

    return act


async def play(app: AshoreApp, pilot: Any, path: Path, actor: Actor) -> MockInterviewScreen:
    await settle(pilot)
    app.open_page("mock", company_id=company_id_of(path, "快手"), language="zh")
    await settle(pilot)
    page = app.screen
    assert isinstance(page, MockScreen)
    page.interviewer = actor
    await press(pilot, "ctrl+s")
    screen = app.screen
    assert isinstance(screen, MockInterviewScreen)
    await wait_until(pilot, lambda: screen.waiting is not None)
    await settle(pilot)
    return screen


async def test_an_interviewer_words_asks_on_and_judges(prepared: Path, open_app: OpenApp, database: Database) -> None:
    lines = {"put": "换个说法的问题", "follow_up": "能展开说说吗？"}
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await play(app, pilot, prepared, Actor(lines.get))
        assert "换个说法的问题" in screen_text(app)
        await press(pilot, "ctrl+s")
        await give(pilot, screen, "我是沈青，做过检索。")
        await settle(pilot)
        assert "能展开说说吗？" in screen_text(app)
        await press(pilot, "escape", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, MockReviewScreen))
        await settle(pilot)
        await press(pilot, "f")
        await wait_until(pilot, lambda: "再具体一点" in screen_text(app))
        view = mock_of(database)
        assert view.interviewer == "an actor 1"
        assert [turn.asked for turn in view.turns] == ["换个说法的问题", "换个说法的问题", "能展开说说吗？"]
        assert view.turns[1].feedback is not None
        assert view.turns[1].feedback.source == "an actor 1"


@pytest.mark.parametrize("error", [InterviewerError("The line is dead."), ValueError("[/x]"), RecursionError()])
async def test_a_broken_interviewer_neither_moves_nor_stops_anything(
    prepared: Path, open_app: OpenApp, database: Database, error: Exception
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await play(app, pilot, prepared, Actor(raising(error)))
        assert "你好" in screen_text(app)
        await press(pilot, "ctrl+s")
        await give(pilot, screen, "我是沈青。")
        await settle(pilot)
        assert "LoRA 的 B" in screen_text(app)
        view = mock_of(database)
        assert [turn.answer for turn in view.turns] == ["", "我是沈青。", ""]


async def test_a_late_interviewer_is_not_waited_for(prepared: Path, open_app: OpenApp, database: Database) -> None:
    import threading

    gate = threading.Event()

    def wait(_what: str) -> str | None:
        gate.wait(20)
        return "太晚了的问题"

    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("mock", company_id=company_id_of(prepared, "快手"), language="zh")
        await settle(pilot)
        page = app.screen
        assert isinstance(page, MockScreen)
        page.interviewer = Actor(wait)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, MockInterviewScreen) and app.screen.is_thinking)
        screen = app.screen
        assert isinstance(screen, MockInterviewScreen)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: "欢迎参加快手" in screen_text(app))
        gate.set()
        await settle(pilot)
        assert "太晚了的问题" not in screen_text(app)
        assert mock_of(database).turns[0].asked.startswith("你好")


NO_CLIENT = """
import asyncio, sys
from datetime import datetime, UTC
from pathlib import Path
from tracker.dashboard.launch import make_app

async def run() -> None:
    app = make_app(path=Path(sys.argv[1]), backups=None, clock=lambda: datetime(2026, 3, 25, 2, tzinfo=UTC),
                   first_page=("mock", {"company_id": int(sys.argv[2])}))
    async with app.run_test(size=(80, 24)) as pilot:
        for _step in range(400):
            await pilot.pause(0.02)
            if getattr(getattr(app.screen, "found", None), "plan", None) is not None:
                break
        await pilot.press("ctrl+s")
        for _step in range(400):
            await pilot.pause(0.02)
            if getattr(app.screen, "waiting", None) is not None:
                break
        assert app.screen.waiting is not None
    print(sorted({"httpx", "openai", "pandas", "requests", "urllib3"} & set(sys.modules)))

asyncio.run(run())
"""


def test_it_asks_before_any_network_client_is_imported(prepared: Path) -> None:
    company = str(company_id_of(prepared, "快手"))
    done = subprocess.run(
        [sys.executable, "-c", NO_CLIENT, str(prepared), company],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip().endswith("[]")
