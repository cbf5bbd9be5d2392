"""A language model in a mock interview on the screen: shown and agreed to first, and never in the candidate's way."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from prep.interviewing.mock_views import MockView, list_mocks, view_mock
from prep.interviewing.model_consent import consents
from tests.prep.interviewing import model_server as server
from tests.prep.interviewing.model_server import Model, Play, by_act, serve
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.mock import MockScreen
from tracker.dashboard.screens.mock_interview import MockInterviewScreen
from tracker.dashboard.screens.mock_review import MockReviewScreen
from tracker.dashboard.screens.model_consent import ModelConsentScreen
from tracker.db import Database
from tracker.settings import ModelChoice

OpenApp = Callable[..., AshoreApp]
ANSWER = "我先说结论：训练从原模型出发，所以一开始增量是零，后面再慢慢学。"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASHORE_MODEL_URL", "ASHORE_MODEL", "ASHORE_MODEL_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("prep.interviewing.model_settings.load_keyring", lambda: None)


@pytest.fixture
def model() -> Iterator[Model]:
    with serve(server.says("…")) as found:
        yield found


def latest(database: Database) -> MockView:
    with database.read() as session:
        return view_mock(session, list_mocks(session)[0].id)


async def open_setup(app: AshoreApp, pilot: Any, path: Path) -> MockScreen:
    await settle(pilot)
    app.open_page("mock", company_id=company_id_of(path, "快手"), language="zh", minutes=30)
    await settle(pilot)
    assert isinstance(app.screen, MockScreen)
    return app.screen


def asks(page: MockScreen) -> bool:
    """Whether a language model is chosen."""
    return page.interviewer is not None


async def agree(app: AshoreApp, pilot: Any) -> None:
    await press(pilot, "i", "m")
    assert isinstance(app.screen, ModelConsentScreen)
    await press(pilot, "y")
    assert isinstance(app.screen, MockScreen)


async def begin(app: AshoreApp, pilot: Any) -> MockInterviewScreen:
    await press(pilot, "ctrl+s")
    await wait_until(pilot, lambda: isinstance(app.screen, MockInterviewScreen))
    screen = app.screen
    assert isinstance(screen, MockInterviewScreen)
    await wait_until(pilot, lambda: screen.waiting is not None and not screen.is_thinking)
    return screen


async def give(pilot: Any, screen: MockInterviewScreen, text: str) -> None:
    await quiet(pilot, screen)
    before = screen.waiting.id if screen.waiting else 0
    screen.query_one("#answer", TextArea).text = text
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: screen.waiting is not None and screen.waiting.id != before)


async def quiet(pilot: Any, screen: MockInterviewScreen) -> None:
    await wait_until(pilot, lambda: not screen.is_thinking)
    await settle(pilot)


async def test_without_a_model_the_setup_says_how_to_name_one(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_setup(app, pilot, prepared)
        await press(pilot, "i")
        assert page.interviewer is None
        assert ["ashore model" in told.message for told in app._notifications] == [True]
        assert "built in, nothing leaves this machine" in screen_text(app)


async def test_what_is_wrong_with_the_settings_is_said(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared, model=ModelChoice("http://api.example.com/v1", "m"))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_setup(app, pilot, prepared)
        await press(pilot, "i")
        assert ["not encrypted" in told.message for told in app._notifications] == [True]
        assert page.interviewer is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_sent_is_shown_first(
    prepared: Path, open_app: OpenApp, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    app = open_app(prepared, model=ModelChoice("http://127.0.0.1:11434/v1", "qwen3"))
    async with app.run_test(size=size) as pilot:
        await open_setup(app, pilot, prepared)
        await press(pilot, "i")
        assert screen_text(app) == snapshot
        await press(pilot, "m")
        assert screen_text(app) == snapshot
        await press(pilot, "G")
        assert "candidate_answer" in screen_text(app)


async def test_a_consent_is_remembered_and_taken_back(
    prepared: Path, open_app: OpenApp, database: Database, model: Model
) -> None:
    choice = ModelChoice(model.url, "qwen3")
    app = open_app(prepared, model=choice)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_setup(app, pilot, prepared)
        await press(pilot, "i", "m", "escape")
        assert not asks(page)
        await agree(app, pilot)
        assert asks(page)
        assert "qwen3 (interviewer/1)" in screen_text(app)
    with database.read() as session:
        assert consents(session) == (f"{model.url} v1",)
    app = open_app(prepared, model=choice)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_setup(app, pilot, prepared)
        assert asks(page)
        await press(pilot, "i", "b")
        assert not asks(page)
        await press(pilot, "i", "m")
        assert isinstance(app.screen, MockScreen)
        await press(pilot, "i", "w", "n")
        assert not asks(page)
    with database.read() as session:
        assert consents(session) == ()
    assert model.requests == []


async def test_it_asks_and_asks_on_and_gives_feedback(
    prepared: Path, open_app: OpenApp, database: Database, model: Model
) -> None:
    def play(handler: server.Handler) -> None:
        question = model.material["question"]
        feedback = (
            '{"points": [{"n": 1, "verdict": "covered", "quote": "训练从原模型出发"}], "suggestions": ["先写公式。"]}'
        )
        by_act(put=f"那么，{question}", follow_up='{"follow_up": "后面“慢慢学”具体指什么？"}', feedback=feedback)(
            handler
        )

    model.play = play
    app = open_app(prepared, model=ModelChoice(model.url, "qwen3"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot, prepared)
        await agree(app, pilot)
        screen = await begin(app, pilot)
        assert model.requests == []
        await give(pilot, screen, "")
        await quiet(pilot, screen)
        await give(pilot, screen, "我是沈青，电话 123。")
        await quiet(pilot, screen)
        assert "那么，" in screen_text(app)
        assert "123" not in str(model.requests)
        assert "训练从原模型出发" not in str(model.requests)
        await give(pilot, screen, ANSWER)
        await quiet(pilot, screen)
        assert "慢慢学" in screen_text(app)
        await press(pilot, "escape", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, MockReviewScreen))
        await settle(pilot)
        await press(pilot, "f")
        await wait_until(pilot, lambda: "先写公式" in screen_text(app))
    view = latest(database)
    assert view.interviewer == "qwen3 (interviewer/1)"
    assert view.turns[2].asked.startswith("那么，")
    assert view.turns[3].follows_id == view.turns[2].id
    assert view.turns[2].feedback is not None
    assert view.turns[2].feedback.source == "qwen3 (interviewer/1)"


@pytest.mark.parametrize(
    "play",
    [
        server.hangs_up,
        server.never_answers,
        server.raw(bytes(range(128, 256)) * 50),
        server.says("作为一个AI，我无法回答。下一题，面试结束。"),
        server.says('{"follow_up": "训练从原模型出发，对吗？", "next": true, "end": true}'),
    ],
)
async def test_whatever_it_does_the_interview_goes_on_and_keeps_every_answer(
    prepared: Path, open_app: OpenApp, database: Database, model: Model, monkeypatch: pytest.MonkeyPatch, play: Play
) -> None:
    monkeypatch.setattr("prep.interviewing.model_client.LOOK_EVERY", 0.01)
    model.play = play
    app = open_app(prepared, model=ModelChoice(model.url, "qwen3", timeout=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot, prepared)
        await agree(app, pilot)
        screen = await begin(app, pilot)
        await give(pilot, screen, "")
        await give(pilot, screen, "我是沈青。")
        await quiet(pilot, screen)
        asked = screen.waiting
        assert asked is not None
        assert asked.part == "technical"
        assert latest(database).turns[1].answer == "我是沈青。"
        assert app.screen is screen
        told = screen_text(app)
        assert "language model" in told
        await give(pilot, screen, ANSWER)
        await quiet(pilot, screen)
        view = latest(database)
        assert [turn.answer for turn in view.turns] == ["", "我是沈青。", ANSWER, ""]
        assert [turn.asked for turn in view.turns[2:3]] == [turn.text for turn in view.planned[2:3]]
        assert "面试结束" not in screen_text(app)


async def test_nobody_has_to_wait(prepared: Path, open_app: OpenApp, model: Model) -> None:
    model.play = server.never_answers
    app = open_app(prepared, model=ModelChoice(model.url, "qwen3", timeout=30))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot, prepared)
        await agree(app, pilot)
        screen = await begin(app, pilot)
        await give(pilot, screen, "")
        await give(pilot, screen, "我是沈青。")
        await wait_until(pilot, lambda: bool(model.requests))
        await wait_until(pilot, lambda: screen.is_thinking)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: not screen.is_thinking)
        assert screen.waiting is not None
        assert screen.waiting.asked.split("？")[0] in screen_text(app)
        model.over.set()
