"""The question bank and one question: filters, reading, practice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, TextArea

from prep.bank import add_question
from prep.questions import list_attempts, list_questions, view_question
from prep.search_index import raw_connection, read_state
from prep.topics import find_or_add_topic
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.backend import Backend
from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.question import QuestionScreen
from tracker.dashboard.screens.questions import QuestionsScreen
from tracker.dashboard.widgets.table import Table
from tracker.db import Database
from tracker.settings import Settings

OpenApp = Callable[..., AshoreApp]


def shown(app: AshoreApp) -> list[str]:
    screen = app.screen
    assert isinstance(screen, QuestionsScreen)
    return [screen.by_id[key].text for key in screen.table.order]


def complaints(app: AshoreApp) -> list[str]:
    return [str(notification.message) for notification in app._notifications]


def question_id_of(database: Database, part: str) -> int:
    with database.read() as session:
        return next(view.id for view in list_questions(session) if part in view.text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_bank_reads_well(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        if size[0] > 100:
            await wait_until(pilot, lambda: "产品天天在用" in screen_text(app))
        assert screen_text(app) == snapshot


async def test_filters_narrow_and_escape_drops_them_one_by_one(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert len(shown(app)) == 5
        topics = app.screen.query_one("#topics", Table)
        topics.move_to(-4)
        await settle(pilot)
        assert shown(app) == ["什么是梯度检查点？"]
        await press(pilot, "escape")
        await press(pilot, "K", "h")
        assert shown(app) == ["为什么选我们？"]
        await press(pilot, "escape")
        await press(pilot, "C")
        app.screen.query_one(Input).value = "快手"
        await press(pilot, "enter")
        assert set(shown(app)) == {"LoRA 的 B 为什么初始化为 0？", "为什么选我们？"}
        await press(pilot, "asterisk", "2")
        assert shown(app) == ["LoRA 的 B 为什么初始化为 0？"]
        assert "[快手] [**]" in screen_text(app)
        await press(pilot, "escape")
        assert len(shown(app)) == 2
        await pilot.click("Bar", offset=(screen_text(app).splitlines()[0].index("快"), 0))
        await settle(pilot)
        assert len(shown(app)) == 5
        await press(pilot, "S")
        assert "No question comes from a file. I imports notes." in complaints(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_search_shows_where_it_found_what(
    prepared: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await press(pilot, "slash")
        app.screen.query_one(Input).value = "原模型 b"
        await settle(pilot)
        await press(pilot, "enter")
        assert shown(app) == ["LoRA 的 B 为什么初始化为 0？"]
        app.screen.query_one("#list", Table).focus()
        await press(pilot, "slash")
        app.screen.query_one(Input).value = "为"
        await settle(pilot)
        assert len(shown(app)) == 2
        app.screen.query_one(Input).value = "要猜"
        await settle(pilot)
        if size[0] > 100:
            await wait_until(pilot, lambda: "盖住要猜的词" in screen_text(app).replace("‹要猜›", ""))
        assert screen_text(app) == snapshot
        app.screen.query_one(Input).value = "topic:微调 is:due"
        await settle(pilot)
        assert shown(app) == ["[MASK] 是做什么的？"]
        await press(pilot, "escape")
        assert len(shown(app)) == 5


async def test_a_late_search_is_dropped(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await press(pilot, "slash")
        line = app.screen.query_one(Input)
        for text in ("L", "Lo", "LoRA", "梯", "梯度"):
            line.value = text
            await pilot.pause()
        line.value = ""
        await settle(pilot)
        assert len(shown(app)) == 5


async def test_the_search_index_follows_what_changes(
    prepared: Path, database: Database, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it each key of a search goes through every answer."""
    monkeypatch.setattr("tracker.dashboard.beat.INDEX_AFTER", 0.01)

    def is_complete() -> bool:
        with database.read() as session:
            state = read_state(raw_connection(session))
        return state is not None and not state.unindexed

    app = open_app(prepared)
    assert not is_complete()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, is_complete)
        app.backend.change("add", lambda session, now: add_question(session, text="MoE 的路由", now=now))
        assert not is_complete()
        app.post_message(DatabaseChanged())
        await wait_until(pilot, is_complete)


@pytest.fixture
def with_tree(prepared: Path, database: Database) -> Path:
    """The prepared hunt with topics within topics."""
    with database.change("tree", now=NOW, kind="demo") as session:
        for path in (("大模型", "推理", "KV Cache"), ("大模型", "推理"), ("大模型", "训练"), ("训练",)):
            topic_id = find_or_add_topic(session, path=path)
            add_question(session, text=f"{path[-1]} 一问", now=NOW, topic_id=topic_id)
    return prepared


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_tree_folds_and_shows_what_lies_within(
    with_tree: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(with_tree)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await press(pilot, "shift+tab", *["down"] * 6)
        assert shown(app) == ["推理 一问", "KV Cache 一问", "训练 一问"]
        if size[0] > 100:
            await wait_until(pilot, lambda: "No answer yet" in screen_text(app))
        assert screen_text(app) == snapshot
        await press(pilot, "space")
        assert "KV Cache  " not in screen_text(app).replace("KV Cache 一问", "")
        await press(pilot, "right", "right", "right")
        assert shown(app) == ["KV Cache 一问"]
        await press(pilot, "left", "left", "left")
        assert shown(app) == ["推理 一问", "KV Cache 一问", "训练 一问"]
        await press(pilot, "escape")
        assert len(shown(app)) == 9


async def test_topics_are_renamed_merged_and_moved_and_that_is_undone(with_tree: Path, open_app: OpenApp) -> None:
    app = open_app(with_tree)

    def tree() -> list[str]:
        screen = app.screen
        assert isinstance(screen, QuestionsScreen)
        return [" / ".join(topic.path) for topic in screen.topic_tree.topics.values()]

    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        before = tree()
        await press(pilot, "shift+tab", "r")
        assert complaints(app) == ["Go to a topic first: Tab, then the arrows."]
        await press(pilot, *["down"] * 6, "r")
        app.screen.query_one(Input).value = "LLM [/x]"
        await press(pilot, "enter")
        assert tree()[1] == "LLM [/x]"
        await press(pilot, "end", "M")
        app.screen.query_one(Input).value = "/ 训练"
        await press(pilot, "enter")
        assert tree() == ["微调", "LLM [/x]", "LLM [/x] / 推理", "LLM [/x] / 推理 / KV Cache", "LLM [/x] / 训练"]
        assert shown(app) == ["训练 一问", "训练 一问"]
        await press(pilot, "P")
        await press(pilot, "enter")
        assert tree()[-1] == "训练"
        await press(pilot, "u", "u", "u")
        assert tree() == before


async def test_the_cursor_stays_on_its_question_through_a_change(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await press(pilot, "down", "down")
        screen = app.screen
        assert isinstance(screen, QuestionsScreen)
        before = screen.table.cursor_key
        await press(pilot, "f")
        assert screen.table.cursor_key == before
        assert "flagged" in screen_text(app)
        with database.change("elsewhere", now=NOW) as session:
            add_question(session, text="A new one", now=NOW)
        await wait_until(pilot, lambda: len(screen.table.order) == 6)
        assert screen.table.cursor_key == before


async def test_a_question_is_made_with_its_topic_and_answered(
    prepared: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await press(pilot, "n")
        app.screen.query_one("#field-topic", Input).value = "推理"
        app.screen.query_one("#field-importance", Input).value = "9"
        app.screen.query_one("#field-text", TextArea).text = "KV Cache [/x]？"
        await press(pilot, "ctrl+s")
        assert "Importance is a number from 0 to 3." in screen_text(app)
        app.screen.query_one("#field-importance", Input).value = "2"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, QuestionScreen)
        await press(pilot, "E")
        app.screen.query_one(TextArea).text = "存下 K 和 V。"
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: "存下 K 和 V。" in screen_text(app))
    with database.read() as session:
        view = next(view for view in list_questions(session) if "KV" in view.text)
    assert (view.text, view.topic, view.importance, view.answer) == ("KV Cache [/x]？", "推理", 2, "存下 K 和 V。")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_question_reads_well(
    prepared: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(prepared)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=question_id_of(database, "LoRA"))
        await settle(pilot)
        await wait_until(pilot, lambda: {"矩阵", "自己"} <= set(screen_text(app).split()))
        assert screen_text(app) == snapshot


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def test_practice_on_the_page_of_a_question_hides_its_answer_and_measures(
    prepared: Path, database: Database
) -> None:
    clock = Clock()
    app = AshoreApp(backend=Backend(prepared, None, clock), clock=clock, settings=Settings())
    first, second = question_id_of(database, "LoRA"), question_id_of(database, "MASK")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page(
            "question",
            question_id=first,
            among=[first, second],
            company_id=company_id_of(prepared, "快手"),
        )
        await settle(pilot)
        await press(pilot, "d")
        assert "训练从原模型出发" not in screen_text(app)
        clock.now += timedelta(seconds=42)
        await press(pilot, "3")
        await wait_until(pilot, lambda: "训练从原模型出发" in screen_text(app))
        assert "42 s" in screen_text(app)
        with database.read() as session:
            assert list_attempts(session, question_id=first) == ()
        clock.now += timedelta(seconds=30)
        await press(pilot, "3")
        with database.read() as session:
            assert [one.seconds for one in list_attempts(session, question_id=first)] == [42]
        assert "训练从原模型出发" in screen_text(app)
        await press(pilot, "u")
    with database.read() as session:
        assert list_attempts(session, question_id=first) == ()


async def test_a_rating_is_logged_for_the_company(prepared: Path, open_app: OpenApp, database: Database) -> None:
    question_id = question_id_of(database, "LoRA")
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=question_id, company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "2")
        assert "Practised (hard)" in screen_text(app)
    with database.read() as session:
        attempts = list_attempts(session, question_id=question_id)
    assert [(one.rating, one.company, one.seconds) for one in attempts] == [("hard", "快手", None)]


async def test_one_chooses_whom_to_practise_for(prepared: Path, open_app: OpenApp, database: Database) -> None:
    question_id = question_id_of(database, "LoRA")
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=question_id)
        await settle(pilot)
        await press(pilot, "C")
        app.screen.query_one(Input).value = "美团"
        await press(pilot, "enter")
        assert "practising for 美团" in screen_text(app)
        await press(pilot, "4")
    with database.read() as session:
        assert [one.company for one in list_attempts(session, question_id=question_id)] == ["美团"]


async def test_walking_stops_at_both_ends(prepared: Path, open_app: OpenApp, database: Database) -> None:
    first, second = question_id_of(database, "LoRA"), question_id_of(database, "MASK")
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=first, among=[first, second])
        await settle(pilot)
        await press(pilot, "right_square_bracket")
        assert "2 of 2" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "That was the last one." in screen_text(app)
        await press(pilot, "left_square_bracket")
        assert "1 of 2" in screen_text(app)


async def test_a_question_with_a_history_is_not_removed(prepared: Path, open_app: OpenApp, database: Database) -> None:
    kept, gone = question_id_of(database, "LoRA"), question_id_of(database, "检查点")
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=kept)
        await settle(pilot)
        await press(pilot, "delete")
        assert isinstance(app.screen, QuestionScreen)
        app.open_page("question", question_id=gone)
        await settle(pilot)
        await press(pilot, "delete")
        await wait_until(pilot, lambda: app.screen.is_current and len(app.screen_stack) == 2)
    with database.read() as session:
        assert view_question(session, kept).id == kept
        assert gone not in {view.id for view in list_questions(session)}


async def test_help_names_a_key_once_whatever_the_input_method_makes_of_it(prepared: Path, open_app: OpenApp) -> None:
    app = open_app(prepared)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4", "question_mark")
        text = screen_text(app)
        assert "fullwidth" not in text
        assert "right_d" not in text
        assert any(line.split()[:1] == ["*"] or " * " in line for line in text.splitlines())


async def test_the_only_topic_has_none_to_go_into(database_path: Path, open_app: OpenApp, database: Database) -> None:
    with database.change("one", now=NOW, kind="demo") as session:
        topic_id = find_or_add_topic(session, path=("[/x] 主题",))
        add_question(session, text="什么是 [MASK]？", now=NOW, topic_id=topic_id)
    app = open_app(database_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.action_go("questions")
        await settle(pilot)
        await press(pilot, "shift+tab", *["down"] * 5)
        for key in ("M", "P"):
            await press(pilot, key)
            assert isinstance(app.screen, QuestionsScreen)
        assert complaints(app)[-1] == "There is no other topic."
