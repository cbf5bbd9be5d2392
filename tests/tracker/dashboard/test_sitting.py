"""A sitting: one question at a time, each review on disk when given; what it came to; what survives a kill."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import TextArea

from prep.bank import add_question, edit_question, remove_question
from prep.models import Attempt, PracticeSession, Question
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.backend import Backend
from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.briefing import BriefingScreen
from tracker.dashboard.screens.mock import MockScreen
from tracker.dashboard.screens.sitting import SittingScreen
from tracker.dashboard.screens.sitting_summary import SittingSummaryScreen
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.rows import Cell
from tracker.db import Database
from tracker.settings import Settings


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def moving() -> Clock:
    return Clock()


@pytest.fixture
def app(prepared: Path, moving: Clock) -> AshoreApp:
    return AshoreApp(backend=Backend(prepared, None, moving), clock=moving, settings=Settings())


@pytest.fixture
def questions(prepared: Path, database: Database) -> tuple[int, ...]:
    """Three questions with answers, in the order in which they are listed."""
    assert prepared == database.path
    with database.change("questions", now=NOW, kind="demo") as session:
        return tuple(
            add_question(session, text=f"题{name}", answer=f"答案{name}", now=NOW) for name in ("甲", "乙", "丙")
        )


def attempts(database: Database) -> list[Attempt]:
    with database.read() as session:
        found = list(session.exec(select(Attempt).where(Attempt.session_id != None)).all())  # noqa: E711 - SQL
        session.expunge_all()
    return found


def states(database: Database) -> list[tuple[str, int]]:
    with database.read() as session:
        return [(one.state, one.spent_seconds) for one in session.exec(select(PracticeSession)).all()]


def is_summed_up(app: AshoreApp) -> bool:
    return isinstance(app.screen, SittingSummaryScreen)


async def is_offered(pilot: Pilot[None], app: AshoreApp) -> None:
    await wait_until(pilot, lambda: "Left open: daily practice; key 5" in screen_text(app))


def sitting(app: AshoreApp) -> SittingScreen:
    assert isinstance(app.screen, SittingScreen)
    return app.screen


async def test_reviews_are_written_when_given_and_summed_up(
    app: AshoreApp, moving: Clock, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        assert "题甲" in screen_text(app)
        assert "答案甲" not in screen_text(app)
        moving.go(42)
        await press(pilot, "space")
        await wait_until(pilot, lambda: "答案甲" in screen_text(app))
        assert "1 again 10 min · 2 hard 1 d · 3 good 2 d · 4 easy 8 d" in screen_text(app)
        moving.go(10)
        await press(pilot, "3")
        assert [(one.question_id, one.rating, one.seconds) for one in attempts(database)] == [
            (questions[0], "good", 42)
        ]
        assert "题乙" in screen_text(app)
        assert "1 of 3" in screen_text(app)
        for rating in "14":
            await press(pilot, "space", rating)
        await press(pilot, "space", "3")
        assert is_summed_up(app)
        text = screen_text(app)
    assert "4 reviews · 3 questions · 3 for the first time" in text
    assert "again 1 · hard 0 · good 2 · easy 1" in text
    assert "0:52 in all" in text
    assert states(database) == [("done", 52)]


async def test_undo_brings_the_question_back_in_front(
    app: AshoreApp, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "space", "4", "space", "2", "u")
        assert "题乙" in screen_text(app)
        await press(pilot, "u")
        assert "题甲" in screen_text(app)
        assert attempts(database) == []
        await press(pilot, "space", "1")
        await press(pilot, "U")
        assert [one.rating for one in attempts(database)] == ["again"]


async def test_a_review_taken_back_is_given_anew_from_where_it_stood(
    app: AshoreApp, moving: Clock, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "w", "4", "t")
        app.screen.query_one(TextArea).text = "我写的答案"
        moving.go(40)
        await press(pilot, "ctrl+s", "2")
        assert "题乙" in screen_text(app)
        moving.go(5)
        await press(pilot, "u")
        await wait_until(pilot, lambda: "我写的答案" in screen_text(app))
        assert "答案甲" in screen_text(app)
        assert "40 s · your bet: easy" in screen_text(app)
        await press(pilot, "3")
        assert "题乙" in screen_text(app)
        assert sitting(app).is_hidden
    (kept,) = attempts(database)
    assert (kept.rating, kept.bet, kept.answer, kept.seconds) == ("good", "easy", "我写的答案", 40)


async def test_a_typed_answer_and_a_bet_are_kept(
    app: AshoreApp, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "w", "4")
        assert "your bet: easy" in screen_text(app)
        assert sitting(app).is_hidden
        await press(pilot, "t")
        app.screen.query_one(TextArea).text = "我记得是 [MASK]"
        await press(pilot, "ctrl+s")
        await wait_until(pilot, lambda: "答案甲" in screen_text(app))
        assert "我记得是 [MASK]" in screen_text(app)
        await press(pilot, "2", "s")
        assert "Bets right: 0 of 1 · 1 too high" in screen_text(app)
    (kept,) = attempts(database)
    assert (kept.rating, kept.bet, kept.answer) == ("hard", "easy", "我记得是 [MASK]")


@pytest.mark.parametrize("key", ["escape", "s"])
async def test_an_answer_that_was_typed_is_given_up_only_when_that_is_said_twice(
    app: AshoreApp, questions: tuple[int, ...], key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "p", "t", "p", "t")  # while the clock stands, nothing is typed
        app.screen.query_one(TextArea).text = "我写的答案"
        await press(pilot, "ctrl+s", key)
        assert isinstance(app.screen, SittingScreen)
        assert "1 to 4 rate it" in screen_text(app)
        await press(pilot, key)
        assert not isinstance(app.screen, SittingScreen)


async def test_pauses_and_other_screens_do_not_count(
    app: AshoreApp, moving: Clock, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        moving.go(5)
        await press(pilot, "p")
        assert "题甲" not in screen_text(app)
        moving.go(100)
        await press(pilot, "p")
        moving.go(7)
        await press(pilot, "question_mark")
        moving.go(100)
        await press(pilot, "escape")
        moving.go(1)
        await press(pilot, "space", "3")
    app.backend.close()
    assert [one.seconds for one in attempts(database)] == [13]
    assert states(database) == [("open", 13)]


async def test_it_goes_on_where_it_was_broken_off(
    prepared: Path, moving: Clock, database: Database, questions: tuple[int, ...]
) -> None:
    for answered, (seen, keys) in enumerate((("题甲", ()), ("题乙", ("down", "enter")), ("题丙", ("space",)))):
        app = AshoreApp(backend=Backend(prepared, None, moving), clock=moving, settings=Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            if not keys:
                app.open_page("sitting", question_ids=questions)
            else:
                await is_offered(pilot, app)
                await press(pilot, "5")
                assert f"daily practice · {answered} of 3" in screen_text(app)
                await press(pilot, *keys)
            await settle(pilot)
            assert seen in screen_text(app)
            await press(pilot, "space", "3")
        app.backend.close()
    assert [one.question_id for one in attempts(database)] == list(questions)
    assert len(states(database)) == 1


async def test_what_is_gone_or_left_out_meanwhile_is_passed_over(
    app: AshoreApp, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        with database.change("elsewhere", now=NOW) as session:
            remove_question(session, question_id=questions[0])
        await press(pilot, "space", "3")  # refused: it is gone
        await wait_until(pilot, lambda: "题乙" in screen_text(app))
        assert "passed over" in screen_text(app)
        await press(pilot, "x")
        assert "题丙" in screen_text(app)
        with database.read() as session:
            assert session.get_one(Question, questions[1]).suspended
        await press(pilot, "u")
        assert "题乙" in screen_text(app)
    assert attempts(database) == []
    assert states(database) == []  # nothing was answered, so nothing was begun


async def test_an_answer_that_is_edited_elsewhere_is_shown_as_it_is_now(
    app: AshoreApp, database: Database, questions: tuple[int, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "space")
        with database.change("elsewhere", now=NOW) as session:
            edit_question(session, question_id=questions[0], answer="换了一种说法", flagged=True)
        app.screen.post_message(DatabaseChanged())
        await wait_until(pilot, lambda: "换了一种说法" in screen_text(app))
        assert "flagged" in screen_text(app)
        await press(pilot, "f")
        assert "flagged ·" not in screen_text(app)


async def test_a_click_rates(app: AshoreApp, database: Database, questions: tuple[int, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await pilot.click("#hint")
        await settle(pilot)
        assert not sitting(app).is_hidden
        sitting(app).query_one("#ratings", Bar).post_message(Bar.Pressed(Cell("easy")))
        await settle(pilot)
    assert [one.rating for one in attempts(database)] == ["easy"]


async def test_nothing_to_practise_is_said(hunt: Path, open_app: Callable[..., AshoreApp]) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting")
        await settle(pilot)
        assert "There is nothing to practise here now." in screen_text(app)
        await press(pilot, "space", "t", "w", "x", "s")
        assert not isinstance(app.screen, SittingScreen)
        await press(pilot, "5")
        assert "No question yet" in screen_text(app)


async def test_ctrl_c_keeps_what_was_given(app: AshoreApp, database: Database, questions: tuple[int, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await pilot.press("space", "3", "ctrl+c")
    app.backend.close()
    assert [one.rating for one in attempts(database)] == ["good"]


async def test_again_what_failed_and_more(app: AshoreApp, questions: tuple[int, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await settle(pilot)
        await press(pilot, "space", "1", "s")
        assert is_summed_up(app)
        await press(pilot, "r")
        assert sitting(app).run is not None
        assert sitting(app).start.question_ids == questions[:1]  # type: ignore[union-attr]
        await press(pilot, "escape")
        assert not isinstance(app.screen, SittingScreen)


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    columns, rows = request.param
    return columns, rows


async def test_a_drill_from_its_plan_to_its_sum(
    app: AshoreApp, prepared: Path, moving: Clock, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("drill", company_id=company_id_of(prepared, "快手"))
        await settle(pilot)
        await press(pilot, "left", "left", "right")
        assert "◂ 20 min ▸" in screen_text(app)
        assert screen_text(app) == snapshot(name="plan")
        await press(pilot, "enter")
        moving.go(30)
        await press(pilot, "space")
        await wait_until(pilot, lambda: "1 again" in screen_text(app))
        assert screen_text(app) == snapshot(name="question")
        await press(pilot, "3", "s")
        assert is_summed_up(app)
        assert screen_text(app) == snapshot(name="sum")


async def test_the_practice_place_reads_well(
    app: AshoreApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert screen_text(app) == snapshot
        await press(pilot, "L")
        app.screen.query_one("#line").value = "5 1"  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "at most 6 a day, 1 of them new" in screen_text(app)
        await press(pilot, "space", "x", "escape", "z")
        assert "Left out of practice" in screen_text(app)
        await press(pilot, "x")
        assert "Nothing is left out" in screen_text(app)


async def test_the_keys_of_a_round_are_for_that_round(app: AshoreApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        await press(pilot, "b")
        assert "Move the cursor to a round first." in screen_text(app)
        page = app.screen.query_one(Page)
        key = next(entry.key for entry in page.entries if entry.key.startswith("round:"))
        company_id = int(key.split(":")[1])
        assert page.move_to(key)
        await press(pilot, "m")
        assert isinstance(app.screen, MockScreen)
        assert app.screen.wanted.company_id == company_id
        await press(pilot, "escape", "b")
        await wait_until(pilot, lambda: isinstance(app.screen, BriefingScreen))


async def test_an_answer_of_100_kb_begins_at_once(
    app: AshoreApp, database: Database, questions: tuple[int, ...]
) -> None:
    part = "## 小节\n\n`[MASK]` 和 **重点** 都写在这里。\n\n"
    with database.change("long", now=NOW, kind="demo") as session:
        edit_question(session, question_id=questions[0], answer="开头\n\n" + part * (100_000 // len(part.encode())))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("sitting", question_ids=questions)
        await wait_until(pilot, lambda: "题甲" in screen_text(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: "开头" in screen_text(app))
        await press(pilot, "3")
        assert "题乙" in screen_text(app)
    assert [one.question_id for one in attempts(database)] == [questions[0]]
