"""The pages of what is prepared: the overview, stories, HR answers, questions to ask back, claims."""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from prep.bank import add_question
from prep.claims.finding import find_claims
from prep.hr_answers import list_hr_questions, offered_questions
from prep.introductions.drafts import save_introduction
from prep.reverse_questions import list_reverse_questions, offered_reverse
from prep.stories import StoryView, link_story, list_stories, save_story
from tests.conftest import NOW, FillOnce
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle
from tracker.applications import add_application
from tracker.companies import require_company_id
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.claims import ClaimsScreen
from tracker.dashboard.screens.hr_answers import HrAnswersScreen
from tracker.dashboard.screens.question import QuestionScreen
from tracker.dashboard.screens.reverse_questions import ReverseQuestionsScreen
from tracker.dashboard.screens.stories import StoriesScreen
from tracker.dashboard.views.stories_view import as_text, from_text
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.rounds import plan_round

OpenApp = Callable[..., AshoreApp]


@pytest.fixture
def stocked(prepared: Path, database: Database, fill_once: FillOnce) -> Path:
    """The prepared hunt with two stories, HR answers, and pay that was told two ways."""
    assert prepared == database.path

    def fill() -> None:
        with database.change("stock", now=NOW, kind="demo") as session:
            hard = add_question(session, text="最难的一件事？", answer="期望薪资 25k。", now=NOW, kind="hr")
            story = save_story(
                session, title="[/x] 索引坏了", situation="凌晨两点。", action="先切回旧的。", tags="抗压"
            )
            link_story(session, story_id=story, question_id=hard)
            save_story(session, title="换模型", situation="s", task="t", action="a", result="准确率 84%。")
            save_introduction(session, title="HR", text="您好。期望月薪 30k。", audience="hr", now=NOW)
            bytedance = require_company_id(session, "字节跳动")
            application = add_application(session, company_id=bytedance, now=NOW, position="检索")
            plan_round(session, application_id=application, stage="一面", starts_at=NOW)

    return fill_once("stocked", database, fill)


async def open_page(pilot: Pilot[None], name: str, **arguments: object) -> AshoreApp:
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, AshoreApp)
    app.open_page(name, **arguments)
    await settle(pilot)
    return app


def stories(database: Database) -> tuple[StoryView, ...]:
    with database.read() as session:
        return list_stories(session)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("page", ["preparation", "stories", "hr_answers", "reverse_questions", "claims"])
async def test_pages_read_well(
    stocked: Path, open_app: OpenApp, snapshot: SnapshotAssertion, page: str, size: tuple[int, int]
) -> None:
    app = open_app(stocked)
    async with app.run_test(size=size) as pilot:
        await open_page(pilot, page)
        assert screen_text(app) == snapshot


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("preparation", "no number, date or pay found yet"),
        ("stories", "No story yet: n writes one."),
        ("hr_answers", "0 of 0 answered"),
        ("reverse_questions", "Space takes it into your bank."),
        ("claims", "No number, date or pay is claimed yet"),
    ],
)
async def test_empty_pages_say_what_to_do(hunt: Path, open_app: OpenApp, page: str, sentence: str) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot, page)
        assert sentence in screen_text(app)


async def test_a_key_leads_to_each_page_for_the_company(stocked: Path, open_app: OpenApp) -> None:
    app = open_app(stocked)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_page(pilot, "company", company_id=company_id_of(stocked, "快手"))
        await press(pilot, "P")
        assert "for 快手" in screen_text(app)
        await press(pilot, "down", "down", "enter")
        screen = app.screen
        assert isinstance(screen, HrAnswersScreen)
        assert screen.company == "快手"
        await press(pilot, "escape", "escape", "escape", "P", "down", "enter")
        assert isinstance(app.screen, StoriesScreen)


async def test_a_story_is_written_linked_and_removed(stocked: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(stocked)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_page(pilot, "stories")
        await press(pilot, "n")
        app.screen.query_one("#field-title", Input).value = "第三件[mask]"
        app.screen.query_one("#field-result", TextArea).text = "快了一倍。"
        await press(pilot, "escape")
        assert app.screen.query_one("#field-result", TextArea).text == "快了一倍。"
        await press(pilot, "ctrl+s")
        assert [story.title for story in stories(database)][-1] == "第三件[mask]"
        assert "第三件[mask]" in screen_text(app)
        await press(pilot, "l")
        app.screen.query_one("#filter", Input).value = "为什么选我们"
        await press(pilot, "enter")
        assert [question.text for question in stories(database)[-1].questions] == ["为什么选我们？"]
        await press(pilot, "enter")
        app.screen.query_one(Page).move_to(f"answer:{stories(database)[-1].questions[0].id}")
        await press(pilot, "delete")
        assert stories(database)[-1].questions == ()
        await press(pilot, "escape", "delete")
        assert len(stories(database)) == 2
        await press(pilot, "u")
        assert len(stories(database)) == 3


async def test_a_storys_text_is_edited_as_one(stocked: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot, "stories")
        await press(pilot, "E")
        area = app.screen.query_one(TextArea)
        area.text = area.text.replace("# task", "# task\n\n保住上线。")
        await press(pilot, "ctrl+s")
        assert (stories(database)[0].task, stories(database)[0].action) == ("保住上线。", "先切回旧的。")


def test_a_text_of_parts_is_read_as_it_was_written() -> None:
    view = StoryView(1, "t", "a\n\n# 别的标题\nb", "", "c", "d", "")
    assert from_text(as_text(view)) == {"situation": view.situation, "task": "", "action": "c", "result": "d"}
    assert from_text("没有标题")["situation"] == "没有标题"


async def test_a_question_is_linked_from_its_own_page(stocked: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(stocked)
    with database.read() as session:
        question = next(one for one in list_hr_questions(session) if one.text == "为什么选我们？").text
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot, "stories")
        screen = app.screen
        assert isinstance(screen, StoriesScreen)
        number = next(one.id for one in screen.lacking if one.text == question)
        app.open_page("question", question_id=number)
        await settle(pilot)
        assert isinstance(app.screen, QuestionScreen)
        await press(pilot, "t", "enter")
        assert number in {one.id for one in stories(database)[0].questions}
        await press(pilot, "t", "enter")
        assert number not in {one.id for one in stories(database)[0].questions}


async def test_an_answer_for_a_company_begins_with_the_general_one(
    stocked: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(stocked)
    company_id = company_id_of(stocked, "字节跳动")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot, "hr_answers", company_id=company_id)
        screen = app.screen
        assert isinstance(screen, HrAnswersScreen)
        await press(pilot, "E")
        area = app.screen.query_one(TextArea)
        assert area.text == "期望薪资 25k。"
        area.text = "期望薪资 28k。"
        await press(pilot, "ctrl+s")
        with database.read() as session:
            (mine,) = [one for one in list_hr_questions(session, company_id=company_id) if one.own is not None]
            offered = len(offered_questions(session))
        assert mine.general is not None
        assert (mine.answer, mine.general.answer) == ("期望薪资 28k。", "期望薪资 25k。")
        screen.table.move_to(len(screen.rows) - 1)
        await press(pilot, "space")
        with database.read() as session:
            assert len(offered_questions(session)) == offered - 1
        assert not screen.check_action("take_in", ())


async def test_what_was_asked_back_is_marked_once(stocked: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(stocked)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_page(pilot, "reverse_questions", company_id=company_id_of(stocked, "字节跳动"))
        screen = app.screen
        assert isinstance(screen, ReverseQuestionsScreen)
        assert "ask next" in screen_text(app)
        await press(pilot, "x", "x")
        with database.read() as session:
            (own,) = list_reverse_questions(session)
            offered = len(offered_reverse(session))
        assert [(asked.company, asked.stage) for asked in own.asked] == [("字节跳动", "一面")]
        assert "asked here" in screen_text(app)
        await press(pilot, "w", "h")
        await press(pilot, "down", "space")
        with database.read() as session:
            assert [one.audience for one in list_reverse_questions(session)] == ["hr", "engineer"]
            assert len(offered_reverse(session)) == offered - 1
        await press(pilot, "f")
        assert screen.audience == "engineer"
        await press(pilot, "escape")
        assert screen.audience == ""
        await press(pilot, "n")
        app.screen.query_one(Input).value = "组里[/x]几个人？"
        await press(pilot, "enter")
        current = screen.current()
        assert current is not None
        assert current.text == "组里[/x]几个人？"


async def test_a_contradiction_is_opened_put_away_and_listed_again(
    stocked: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(stocked)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_page(pilot, "claims")
        screen = app.screen
        assert isinstance(screen, ClaimsScreen)
        page = screen.query_one(Page)
        page.move_to("pair:0")
        await press(pilot, "x")
        with database.read() as session:
            assert find_claims(session).dismissed == 1
        assert "1 put away: X" in screen_text(app)
        await press(pilot, "X")
        assert "30k ≠ 25k" in screen_text(app)
        page.move_to("pair-second:0")
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)
