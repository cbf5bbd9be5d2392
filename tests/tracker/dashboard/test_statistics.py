"""The statistics place: its charts and numbers, the groups, and the way down to the applications and back."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlmodel import Session
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.screen import Screen

from prep.bank import add_question, log_attempt
from prep.storage import open_database
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens import statistics
from tracker.dashboard.screens.company import CompanyScreen
from tracker.dashboard.screens.statistics import StatisticsScreen
from tracker.dashboard.screens.statistics_list import StatisticsListScreen
from tracker.dashboard.views.statistics_parts import PARTS, WITH_NUMBERS
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.reading_sheet import ReadingSheet
from tracker.db import Database
from tracker.errors import AshoreError
from tracker.messages import choose_language
from tracker.pipeline import move_to, record_outcome
from tracker.seasons import add_season

OpenApp = Callable[..., AshoreApp]


class Here:
    """Stands for work apart: no test waits for another process, nor twice for the same figures."""

    runs = 0
    known: ClassVar[dict[bytes, Any]] = {}

    def __init__(self, function: Callable[..., Any], *, path: Path, now: datetime, season_id: int | None) -> None:
        self._call = partial(function, path=path, now=now, season_id=season_id)
        self._path, self._season_id = path, season_id

    def result(self) -> Any:
        Here.runs += 1
        content = sha256(self._path.read_bytes() + repr(self._season_id).encode()).digest()
        if content not in self.known:
            self.known[content] = self._call()
        return self.known[content]

    def stop(self) -> None:
        """Over before anyone could."""


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "Apart", Here)


@pytest.fixture(scope="session")
def many_made(template_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty-four applications, half of them referred: thirty over, the others silent for seven to twenty days."""
    path = tmp_path_factory.mktemp("many") / "ashore.db"
    shutil.copy(template_path, path)
    with open_database(path, now=NOW).change("seed", now=NOW, kind="demo") as session:
        for number in range(44):
            add_one(session, number)
    return path


def add_one(session: Session, number: int) -> None:
    company = add_company(session, name=f"第{number:02}家", now=NOW, tier="SAB"[number % 3])
    application = add_application(
        session,
        company_id=company,
        now=NOW,
        position="后端" if number % 2 else "NLP 算法",
        batch="提前批" if number < 10 else "正式批",
        referrer="师兄" if number % 2 else "",
    )
    began = NOW - timedelta(days=50 - number)
    move_to(session, application_id=application, label="投递", now=NOW, at=At.day(began))
    if number >= 30:
        return
    if number % 2 or number % 6 == 0:
        move_to(
            session,
            application_id=application,
            label="一面",
            now=NOW,
            at=At.day(began + timedelta(days=2 + number % 5)),
        )
    if number % 4 < 3:
        at = At.day(began + timedelta(days=9))
        record_outcome(session, application_id=application, outcome="rejected", now=NOW, at=at, manner="letter")
    else:
        move_to(session, application_id=application, label="offer", now=NOW, at=At.day(NOW))


@pytest.fixture
def many(many_made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "many.db"
    shutil.copy(many_made, path)
    return path


def front(app: AshoreApp) -> Screen[Any]:
    return app.screen


async def opened(pilot: Pilot[None], *keys: str) -> StatisticsScreen:
    await settle(pilot)
    await press(pilot, "6", *keys)
    screen = pilot.app.screen
    assert isinstance(screen, StatisticsScreen)
    return screen


def cursor(screen: StatisticsScreen) -> str:
    return screen.query_one(Page).cursor_key


async def test_each_part_shows_its_chart_and_its_numbers(
    many: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for part in PARTS[:-1]:
            assert screen.part == part
            assert screen_text(app) == snapshot(name=part)
            if part in WITH_NUMBERS:
                await press(pilot, "c")
                assert screen_text(app) == snapshot(name=f"{part}, numbers")
                await press(pilot, "c")
            await press(pilot, "right")


async def test_the_wide_screen_has_the_funnel_too_and_speaks_chinese(
    many: Path, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    choose_language("zh_CN")
    app = open_app(many)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        assert screen_text(app) == snapshot
        await press(pilot, *["right"] * 3)
        assert screen_text(app) == snapshot(name="times")


async def test_practice_is_read_when_it_is_looked_at(
    prepared: Path, database: Database, open_app: OpenApp, snapshot: SnapshotAssertion
) -> None:
    with database.change("practise", now=NOW, kind="demo") as session:
        for number in range(6):
            question = add_question(session, text=f"第 {number} 题？", answer="答", now=NOW)
            for days, rating in ((9, "again"), (2, "good")):
                log_attempt(
                    session, question_id=question, rating=rating, now=NOW - timedelta(days=days + number), seconds=90
                )
    app = open_app(prepared)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.practice is None
        await press(pilot, "left")
        assert screen.part == "practice"
        assert screen_text(app) == snapshot
        await press(pilot, "c")
        assert screen_text(app) == snapshot(name="numbers")


async def test_enter_leads_to_the_applications_and_back_to_the_figure(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "right", "down", "down")
        assert cursor(screen) == "funnel:first"
        reached = next(step for step in screen.read.statistics.all.funnel if step.step == "first")  # type: ignore[union-attr]
        await press(pilot, "enter")
        listed = app.screen
        assert isinstance(listed, StatisticsListScreen)
        assert len(listed.table.order) == reached.reached.n == 20
        assert "reached: 1st interview" in screen_text(app)
        await press(pilot, "slash", *"29", "enter")
        assert [listed.by_id[key].company for key in listed.table.order] == ["第29家"]
        await press(pilot, "enter")
        assert isinstance(app.screen, CompanyScreen)
        await press(pilot, "escape", "escape", "escape")
        assert front(app) is screen
        assert cursor(screen) == "funnel:first"


async def test_every_figure_counts_as_many_as_its_list(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.as_table = True
        leading = 0
        for _part in PARTS:
            assert screen._drawn is not None
            for key, reach in screen._drawn.reaches.items():
                text = next(
                    "".join(span.text for span in entry.spans)
                    for entry in screen.query_one(Page).entries
                    if entry.key == key
                )
                assert reach.title, key
                assert str(len(reach.ids)) in text.split(), (key, text)
                leading += 1
            await press(pilot, "right")
        assert leading > 25


async def test_groups_are_compared_and_looked_at_one_by_one(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "full_stop")
        assert "f chooses groups first" in screen_text(app)
        await press(pilot, "f", "t")
        text = screen_text(app)
        assert "By tier: share that came to a first interview" in text
        assert "Groups of fewer than 20 are compared with nothing" in text
        assert screen.group_title() == "all together · , . by tier"
        await press(pilot, "full_stop")
        assert screen.group_title() == "tier: S, 1 of 3"
        assert screen.shown().figures.attempts.n == 15  # type: ignore[union-attr]
        # A group lives on through other parts and new figures.
        await press(pilot, "right")
        assert "tier: S, 1 of 3" in screen_text(app)
        screen.reload()
        await settle(pilot)
        assert screen.group_title() == "tier: S, 1 of 3"
        await press(pilot, "comma")
        assert screen.group is None
        await press(pilot, "comma")
        assert screen.group_title() == "tier: B, 3 of 3"
        await press(pilot, "left")
        screen.query_one(Page).move_to("group:tier:0:A")
        await press(pilot, "enter")
        assert screen.group_title() == "tier: A, 2 of 3"
        await press(pilot, "enter")
        assert screen.group is None
        assert screen.dimension == "tier"
        await press(pilot, "escape")
        assert screen.dimension == ""


async def test_one_season_is_told_of_by_itself(hunt: Path, database: Database, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "Y")
        assert "No season yet" in screen_text(app)
        with database.change("season", now=NOW) as session:
            season = add_season(session, name="2027 秋招", now=NOW)
            company = add_company(session, name="新的", now=NOW)
            for other in (season, add_season(session, name="2027 春招", now=NOW)):
                application = add_application(session, company_id=company, now=NOW, season_id=other)
                move_to(session, application_id=application, label="投递", now=NOW)
        await wait_until(pilot, lambda: screen.read.statistics.all.applications.n == 8)  # type: ignore[union-attr]
        await press(pilot, "Y", "1")
        assert screen.group_title() == "2027 秋招 · all together"
        # What belongs to no season is told of with every one.
        assert screen.read.statistics.all.applications.n == 7  # type: ignore[union-attr]
        await press(pilot, "Y", "0")
        assert screen.group_title() == "all together"


async def test_moving_over_the_steps_draws_their_curves(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, "right", "right", "right")
        assert "Still without an answer: first answer" in screen_text(app)
        screen.query_one(Page).move_to("times:first")
        await settle(pilot)
        assert "Still without an answer: 1st interview" in screen_text(app)
        assert cursor(screen) == "times:first"
        screen.query_one(Page).move_to("times:written_test")
        await settle(pilot)
        assert "No wait of known days yet." in screen_text(app)


async def test_tab_goes_round_the_parts_and_each_keeps_its_cursor(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "down", "down")
        kept = cursor(screen)
        seen = [screen.part]
        for _part in PARTS:
            await press(pilot, "tab")
            seen.append(screen.part)
        assert seen == [*PARTS, PARTS[0]]
        assert cursor(screen) == kept
        await press(pilot, "shift+tab")
        assert screen.part == PARTS[-1]


async def test_the_list_behind_a_figure_opens_a_briefing(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.open_page("statistics_list", title="[b]三家", ids=(1, 2, 3, 999))
        await settle(pilot)
        assert screen_text(app).splitlines()[0].split() == ["[b]三家", "3", "applications"]
        await press(pilot, "b")
        assert type(app.screen).__name__ == "BriefingScreen"


async def test_who_waits_leads_to_the_company_and_its_briefing(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        waiting = screen.read.whole.waiting  # type: ignore[union-attr]
        assert waiting[0].days == 20
        await press(pilot, "b")
        assert app.screen.query_one(Page).has_focus
        screen.query_one(Page).move_to(f"waiting:{waiting[0].application_id}")
        await press(pilot, "enter")
        assert isinstance(app.screen, CompanyScreen)
        await press(pilot, "escape", "b")
        assert type(app.screen).__name__ == "BriefingScreen"


async def test_the_mouse_chooses_parts_and_lines(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        line = screen_text(app).splitlines()[1]
        await pilot.click("#parts", offset=(line.index("Funnel") + 2, 0))
        await settle(pilot)
        assert screen.part == "funnel"
        await pilot.click(Page, offset=(10, 4))
        assert cursor(screen) == "funnel:first"
        await pilot.click(Page, offset=(10, 4), times=2)
        await settle(pilot)
        assert isinstance(app.screen, StatisticsListScreen)


async def test_how_it_is_counted_and_the_weekly_review_are_one_key_away(many: Path, open_app: OpenApp) -> None:
    app = open_app(many)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "i")
        assert isinstance(app.screen, ReadingSheet)
        assert "An attempt is one try at one position" in screen_text(app)
        await press(pilot, "escape")
        assert front(app) is screen
        await press(pilot, "w")
        assert type(app.screen).__name__ == "WeekReviewScreen"
        await press(pilot, "escape")
        assert front(app) is screen


async def test_figures_are_computed_anew_when_something_changed_and_only_then(
    hunt: Path, database: Database, open_app: OpenApp
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        before = Here.runs
        screen = await opened(pilot)
        assert Here.runs == before + 1
        await press(pilot, "1", "6")
        assert Here.runs == before + 1
        with database.change("more", now=NOW) as session:
            company = add_company(session, name="新的", now=NOW)
            application = add_application(session, company_id=company, now=NOW)
            move_to(session, application_id=application, label="投递", now=NOW)
        await wait_until(pilot, lambda: screen.read.statistics.all.applications.n == 7)  # type: ignore[union-attr]
        assert Here.runs == before + 2


async def test_before_the_first_application_there_is_a_sentence(database: Database, open_app: OpenApp) -> None:
    app = open_app(database.path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_go("statistics")
        await settle(pilot)
        assert "No application was sent yet; the statistics begin with the first. a notes one" in " ".join(
            screen_text(app).split()
        )
        await press(pilot, "c", "f", "escape", "full_stop", "enter")
        for _part in PARTS:
            await press(pilot, "right")
            assert isinstance(app.screen, StatisticsScreen)


@pytest.mark.parametrize("outcome", ["", "rejected"])
async def test_one_application_is_told_without_a_claim(outcome: str, database: Database, open_app: OpenApp) -> None:
    with database.change("one", now=NOW, kind="demo") as session:
        company = add_company(session, name="[/x] 一家", now=NOW)
        application = add_application(session, company_id=company, now=NOW, position="[mask]")
        move_to(session, application_id=application, label="投递", now=NOW, at=At.day(NOW - timedelta(days=3)))
        if outcome:
            record_outcome(session, application_id=application, outcome=outcome, now=NOW)
    app = open_app(database.path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for as_table in (False, True):
            screen.as_table = as_table
            for _part in PARTS:
                text = screen_text(app)
                assert "nan" not in text
                assert "inf" not in text.replace("info", "")
                await press(pilot, "right")
        if not outcome:
            assert "[/x] 一家 · [mask]" in screen_text(app)
        await press(pilot, *["right"] * 5)
        assert "so none is claimed" in screen_text(app)


async def test_what_went_wrong_is_said_and_what_is_known_stays(
    hunt: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Here) -> None:
        raise AshoreError("The disk is tired.")

    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(Here, "result", refuse)
            screen.reload()
            await settle(pilot)
            assert [notice.message for notice in app._notifications] == ["The disk is tired."]
        assert "applications sent" in screen_text(app)
        before = Here.runs
        await press(pilot, "1", "6")
        assert Here.runs == before + 1
