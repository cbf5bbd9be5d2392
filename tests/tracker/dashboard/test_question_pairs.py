"""Questions that may be one, on the screens: what imports ask, a question's files compared, follow-ups, and by hand."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from prep.bank import log_attempt
from prep.importing import import_files
from prep.importing.reconciling import answer_in_file, note_file_words, text_in_file
from prep.models import Attempt, Question
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.contents import content_hash
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.screens.comparison import ComparisonScreen
from tracker.dashboard.screens.question import QuestionScreen
from tracker.dashboard.screens.review import ReviewScreen
from tracker.db import Database
from tracker.models import Review

OpenApp = Callable[..., AshoreApp]
ZONE = ZoneInfo("Asia/Shanghai")

FIRST = """\
# 微调

1. LoRA 的原理是什么？

   低秩矩阵近似权重的变化，训练两个小矩阵。

   推理时并回原矩阵。

   - 追问：秩怎么选？

2. 什么是 [mask] 预训练？

   盖住一些词来猜。
"""
SECOND = """\
# 面经

1. 介绍一下 LoRA 的原理

   冻结原权重，旁路加 BA。

2. 什么是 [mask] 预训练？

   随机盖住 15 % 的词，让模型还原。
"""


@pytest.fixture
def bank(database: Database, tmp_path: Path) -> Path:
    """Two files that hold a question in other words, and one with two answers."""
    for name, text in (("notes.md", FIRST), ("interviews.md", SECOND)):
        (tmp_path / name).write_text(text)
        import_files(database, [tmp_path / name], now=NOW, zone=ZONE)
    with database.change("history", now=NOW, kind="demo") as session:
        log_attempt(session, question_id=id_of(database, "LoRA 的原理"), rating="good", now=NOW)
    return database.path


def id_of(database: Database, part: str) -> int:
    with database.read() as session:
        return next(row.id or 0 for row in session.exec(select(Question)).all() if part in row.text)


def edit_first(database: Database) -> None:
    """Edit the answer about LoRA here."""
    with database.change("edit", now=NOW) as session:
        row = session.get_one(Question, id_of(database, "LoRA 的原理"))
        said = text_in_file(row), answer_in_file(row)
        row.answer = row.answer.replace("两个小矩阵", "A 和 B 两个矩阵")
        note_file_words(row, *said)


def texts(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.exec(select(Question.text)).all())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_questions_read_well(
    bank: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(bank)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        assert screen_text(app) == snapshot
        await press(pilot, "w")
        assert screen_text(app) == snapshot


async def test_one_key_joins_two_questions_and_undo_parts_them(
    bank: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = content_hash(bank)
        await press(pilot, "R")
        assert "介绍一下 LoRA 的原理 → LoRA 的原理是什么？" in screen_text(app)
        await press(pilot, "w", "m")
        assert "Now one question: 介绍一下 LoRA 的原理 · 1 practice moved · u undo" in screen_text(app)
        assert [notice.message for notice in app._notifications] == [
            "The other answer stays with its file; comparing shows it."
        ]
        assert "LoRA 的原理是什么？" not in texts(database)
        with database.read() as session:
            assert session.exec(select(Attempt.question_id)).one() == id_of(database, "介绍一下")
        await press(pilot, "u")
        assert content_hash(bank) == before


async def test_what_is_put_away_stays_away(bank: Path, open_app: OpenApp, database: Database, tmp_path: Path) -> None:
    app = open_app(bank)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "x")
        assert "LoRA" not in screen_text(app).replace("Put away: 介绍一下 LoRA", "")
    import_files(database, [tmp_path / "notes.md", tmp_path / "interviews.md"], now=NOW, zone=ZONE)
    with database.read() as session:
        assert session.exec(select(Review.state).where(Review.kind == "near-equal")).all() == ["dismissed"]


async def test_enter_walks_through_the_two(bank: Path, open_app: OpenApp) -> None:
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R", "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert "1 of 2" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "介绍一下 LoRA 的原理" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_question_tells_of_its_files_and_follow_ups(
    bank: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    edit_first(database)
    app = open_app(bank)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=id_of(database, "LoRA 的原理"))
        await settle(pilot)
        await wait_until(pilot, lambda: "推理时并回原矩阵" in screen_text(app))
        assert screen_text(app) == snapshot
        app.open_page("question", question_id=id_of(database, "mask"))
        await settle(pilot)
        await wait_until(pilot, lambda: "盖住一些词来猜" in screen_text(app))
        assert screen_text(app) == snapshot


async def test_enter_goes_from_a_question_to_its_follow_up_and_back(
    bank: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=id_of(database, "LoRA 的原理"))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        screen.query_one("#record").focus()
        await press(pilot, "down", "enter")
        assert screen.question_id == id_of(database, "秩怎么选")
        assert "Goes on from" in screen_text(app)
        await press(pilot, "down", "enter")
        assert screen.question_id == id_of(database, "LoRA 的原理")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_comparison_reads_well(
    bank: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    edit_first(database)
    app = open_app(bank)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=id_of(database, "LoRA 的原理"))
        await settle(pilot)
        await press(pilot, "equals_sign")
        assert isinstance(app.screen, ComparisonScreen)
        assert screen_text(app) == snapshot


async def test_the_words_of_a_file_are_taken_or_kept_away(bank: Path, open_app: OpenApp, database: Database) -> None:
    edit_first(database)
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("comparison", question_id=id_of(database, "LoRA 的原理"))
        await settle(pilot)
        await press(pilot, "x")
        assert "nothing is asked about it" in screen_text(app)
        await press(pilot, "t")
        assert "Taken from notes.md:3" in screen_text(app)
        assert "reads the same everywhere" in screen_text(app)
        await press(pilot, "t")
        assert "It reads the same in its file." in screen_text(app)
        await press(pilot, "u")
        assert "reads otherwise in one file" in screen_text(app)
        app.open_page("comparison", question_id=id_of(database, "mask"))
        await settle(pilot)
        await press(pilot, "x", "t")
        with database.read() as session:
            row = session.get_one(Question, id_of(database, "mask"))
            assert row.answer == "随机盖住 15 % 的词，让模型还原。"


async def test_any_other_question_can_be_the_same(bank: Path, open_app: OpenApp, database: Database) -> None:
    kept = id_of(database, "mask")
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.open_page("question", question_id=id_of(database, "秩怎么选"))
        await settle(pilot)
        await press(pilot, "M")
        app.screen.query_one(Input).value = "mask"
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert app.screen.question_id == kept
    assert "秩怎么选？" not in texts(database)


async def test_a_disagreement_opens_the_comparison(
    bank: Path, open_app: OpenApp, database: Database, tmp_path: Path
) -> None:
    edit_first(database)
    (tmp_path / "notes.md").write_text(FIRST.replace("推理时", "部署时"))
    import_files(database, [tmp_path / "notes.md"], now=NOW, zone=ZONE)
    app = open_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        assert "disagreement" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ComparisonScreen)
        assert "edited here and there" in screen_text(app)
        await press(pilot, "x")
        assert "Kept as it reads here" in screen_text(app)
        await press(pilot, "escape")
        assert "disagreement" not in screen_text(app)


@pytest.mark.parametrize("key", ["m", "x"])
async def test_a_pair_is_settled_after_its_words_were_edited_and_the_cursor_goes_to_the_next(
    database: Database, tmp_path: Path, open_app: OpenApp, key: str
) -> None:
    subjects = ("LoRA", "RLHF", "GPTQ", "AWQ")
    notes = tmp_path / "notes.md"
    questions = [form.format(subject) for subject in subjects for form in ("什么是 {}？", "介绍一下 {}？")]
    notes.write_text("# 微调\n\n" + "".join(f"{at}. {text}\n\n" for at, text in enumerate(questions, start=1)))
    import_files(database, [notes], now=NOW, zone=ZONE)
    app = open_app(database.path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = content_hash(database.path)
        await press(pilot, "R")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert len(screen.table.order) == len(subjects)
        with database.change("edit", now=NOW) as session:
            for name in ("什么是 RLHF", "介绍一下 RLHF"):
                session.get_one(Question, id_of(database, name)).text = f"{name}，它与 SFT 有何不同？"
        edited = content_hash(database.path)
        await press(pilot, "down", "w", key)
        assert len(screen.table.order) == len(subjects) - 1
        assert "GPTQ" in screen.by_id[screen.table.cursor_key or 0].written
        with database.read() as session:
            assert sum("RLHF" in text for text in session.exec(select(Question.text)).all()) == (1 if key == "m" else 2)
        await press(pilot, "u")
        assert len(screen.table.order) == len(subjects)
        assert content_hash(database.path) == edited != before
