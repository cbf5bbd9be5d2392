"""The pages of coding tasks: the list, practising in an editor and on paper, results, kills and strange files."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from prep.bank import add_asked, add_question
from prep.coding.practice import begin_practice, open_practice
from prep.coding.tasks import edit_task, list_solutions, list_tasks, record_solution
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import company_id_of, press, screen_text, settle, wait_until
from tracker.applications import At
from tracker.companies import require_company_id
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.screens.coding import CodingScreen
from tracker.dashboard.screens.coding_clock import read_duration
from tracker.dashboard.screens.coding_practice import CodingPracticeScreen
from tracker.dashboard.screens.question import QuestionScreen
from tracker.dashboard.widgets.page import Page
from tracker.db import Database
from tracker.settings import Settings

TASKS = (
    ("LRU 缓存 LeetCode 146", 2),
    ("合并 K 个升序链表\n\n输入 [mask] 与 [/x]，返回一条链表。", 1),
    ("NC78 反转链表", 0),
    ("岛屿数量 https://leetcode.cn/problems/number-of-islands/", 0),
)
CODE = "import heapq\n" + "\n".join(f"line_{number} = {number}" for number in range(12)) + "\n"


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tasks(hunt: Path, database: Database) -> Path:
    with database.change("tasks", now=NOW, kind="demo") as session:
        ids = [
            add_question(session, text=text, now=NOW, kind="coding", importance=importance)
            for text, importance in TASKS
        ]
        edit_task(session, question_id=ids[0], minutes=20, variants=["带过期时间", "线程安全"])
        edit_task(session, question_id=ids[1], minutes=25, link="https://judge.example/23")
        add_asked(session, question_id=ids[0], company_id=require_company_id(session, "快手"), at=At())
        record_solution(
            session, question_id=ids[1], solved="failed", seconds=1_900, code=CODE, now=NOW - timedelta(days=2)
        )
        record_solution(session, question_id=ids[3], solved="looked", seconds=700, now=NOW - timedelta(days=1))
    return hunt


Edit = Callable[[Callable[[Path], int]], None]


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Let a function stand in for the editor."""

    def use(edit: Callable[[Path], int]) -> None:
        def run(_app: object, path: Path, *, command: str) -> int:
            assert command == ""
            return edit(path)

        monkeypatch.setattr("tracker.dashboard.screens.coding_beginning.run_editor", run)

    return use


def app_on(path: Path, watch: Watch, **settings: str) -> AshoreApp:
    return make_app(path=path, backups=None, clock=watch, settings=Settings(**settings))  # type: ignore[arg-type]


async def open_list(pilot: Pilot[None], **arguments: object) -> CodingScreen:
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, AshoreApp)
    app.open_page("coding", **arguments)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, CodingScreen)
    return screen


def task_id(database: Database, beginning: str) -> int:
    with database.read() as session:
        return next(task.id for task in list_tasks(session, now=NOW) if task.text.startswith(beginning))


def solutions(database: Database, beginning: str) -> list[tuple[str, int | None, str]]:
    with database.read() as session:
        found = list_solutions(session, question_id=task_id(database, beginning))
    return [(one.solved, one.seconds, one.code) for one in found]


def writing(watch: Watch, seconds: float, code: str, status: int = 0) -> Callable[[Path], int]:
    def edit(path: Path) -> int:
        watch.wait(seconds)
        path.write_text(path.read_text(encoding="utf-8") + code, encoding="utf-8")
        return status

    return edit


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_tasks_read_well(tasks: Path, watch: Watch, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    app = app_on(tasks, watch)
    async with app.run_test(size=size) as pilot:
        await open_list(pilot)
        assert screen_text(app) == snapshot


async def test_an_empty_page_says_what_to_do(hunt: Path, watch: Watch, database: Database) -> None:
    app = app_on(hunt, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_list(pilot)
        assert "No coding task yet: n adds one" in screen_text(app)
        await press(pilot, "d", "w", "e", "o", "y", "n")
        for name, value in (("text", "[/x] 最小栈"), ("minutes", "half"), ("link", "leetcode.cn/x")):
            app.screen.query_one(f"#field-{name}", Input).value = value
        await press(pilot, "ctrl+s")
        assert "The limit is a number of minutes" in screen_text(app)
        app.screen.query_one("#field-minutes", Input).value = "15"
        await press(pilot, "ctrl+s")
        assert "A link begins with" in screen_text(app)
        app.screen.query_one("#field-link", Input).value = ""
        app.screen.query_one("#field-variants", TextArea).text = "O(1)\n\n两个栈"
        await press(pilot, "ctrl+s")
        with database.read() as session:
            (task,) = list_tasks(session, now=NOW)
        assert (task.text, task.minutes, task.variants) == ("[/x] 最小栈", 15, ("O(1)", "两个栈"))
        assert screen.table.cursor_key == task.id


async def test_the_list_filters_and_opens(tasks: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = app_on(tasks, watch)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_list(pilot, company_id=company_id_of(tasks, "快手"))
        assert len(screen.table.order) == 1
        await press(pilot, "o")
        await press(pilot, "escape")
        assert len(screen.table.order) == len(TASKS)
        screen.typed = "with a look"
        screen.show_list()
        assert [screen.by_id[key].solved for key in screen.table.order] == ["looked"]
        await press(pilot, "o")
        assert opened == [
            "https://leetcode.cn/problemset/?search=146",
            "https://leetcode.cn/problems/number-of-islands/",
        ]
        await press(pilot, "e")
        assert app.screen.query_one("#field-link", Input).value == "https://leetcode.cn/problems/number-of-islands/"
        await press(pilot, "ctrl+s")
        assert screen.by_id[screen.table.order[0]].own_link
        screen.typed = "nowhere"
        screen.show_list()
        await settle(pilot)
        assert "Nothing has these words" in screen_text(app)
        await press(pilot, "d", "escape")
        assert screen.table.cursor_key is not None
        assert "line_3" in screen_text(app)
        assert "line_11" not in screen_text(app)
        page = screen.query_one("#task", Page)
        page.focus()
        assert page.move_to(next(entry.key for entry in page.entries if entry.key.startswith("solution:")))
        await press(pilot, "enter")
        assert "line_11" in screen_text(app)
        page.move_to("task")
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)


async def test_solved_in_the_editor(tasks: Path, watch: Watch, database: Database, editor: Edit) -> None:
    begun: list[str] = []

    def edit(path: Path) -> int:
        begun.append(path.read_text(encoding="utf-8"))
        return writing(watch, 900, "class LRU: pass\n")(path)

    editor(edit)
    app = app_on(tasks, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(pilot, question_id=task_id(database, "LRU"))
        await press(pilot, "d")
        assert begun == ["# LRU 缓存 LeetCode 146\n# 20 minutes\n# - 带过期时间\n# - 线程安全\n\n"]
        text = screen_text(app)
        assert "15:00 / 20:00" in text
        assert "How did the task go?" in text
        assert "class LRU: pass" in text
        await press(pilot, "1")
        assert "Counts as good: within the limit." in screen_text(app)
        assert solutions(database, "LRU") == [("alone", 900, begun[0] + "class LRU: pass\n")]
        await press(pilot, "1", "E", "space", "t")
        assert len(solutions(database, "LRU")) == 1
        await press(pilot, "u")
        assert solutions(database, "LRU") == []
        assert "15:00 / 20:00" in screen_text(app)
        await press(pilot, "E")
        await press(pilot, "2")
        ((solved, seconds, code),) = solutions(database, "LRU")
        assert (solved, seconds, code.count("class LRU")) == ("looked", 1_800, 2)
        assert "what had to be looked up" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "NC78 反转链表" in screen_text(app)
        assert "Ready" in screen_text(app)
        # What is kept with an attempt is not offered again, and no copy of it piles up.
        app.pop_screen()
        await press(pilot, "d")
        folder = tasks.with_name(f"{tasks.stem}-scratch")
        assert [path.name[:3] for path in folder.iterdir()].count("002") <= 1


async def test_not_over_goes_on_another_time(tasks: Path, watch: Watch, database: Database, editor: Edit) -> None:
    editor(writing(watch, 60, "half = 1\n"))
    app = app_on(tasks, watch, coding_language="java")
    async with app.run_test(size=(80, 24)) as pilot:
        number = task_id(database, "NC78")
        screen = await open_list(pilot, question_id=number)
        await press(pilot, "enter", "escape")
        assert app.screen is screen
        watch.wait(3_600)
        await press(pilot, "d")
        assert "begun before, and not finished" in screen_text(app)
        assert "1:00" in screen_text(app)
        await press(pilot, "escape", "E", "g")
        await wait_until(pilot, lambda: "2:00" in screen_text(app))
        (path,) = tasks.with_name(f"{tasks.stem}-scratch").iterdir()
        assert path.name == f"{number:03d}-nc78-反转链表.java"
        assert path.read_text(encoding="utf-8").count("half") == 2
        await press(pilot, "N")
        await wait_until(pilot, lambda: "1:00" in screen_text(app))
        assert path.with_name(f"{path.stem}.1.java").read_text(encoding="utf-8").count("half") == 2


async def test_on_paper_the_clock_runs_and_is_kept(tasks: Path, watch: Watch, database: Database) -> None:
    app = app_on(tasks, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        number = task_id(database, "岛屿")
        await open_list(pilot, question_id=number)
        await press(pilot, "w")
        screen = app.screen
        assert isinstance(screen, CodingPracticeScreen)
        assert "The clock runs" in screen_text(app)
        watch.wait(40)
        screen._tick()
        await settle(pilot)
        with database.read() as session:
            practice = open_practice(session, question_id=number)
        assert practice is not None
        assert (practice.spent_seconds, practice.since) == (40, watch.now)
        watch.wait(20)
        await press(pilot, "space")
        assert "1:00" in screen_text(app)
        watch.wait(500)
        await press(pilot, "t")
        app.screen.query_one("#line", Input).value = "0:75"
        await press(pilot, "enter")
        app.screen.query_one("#line", Input).value = "12"
        await press(pilot, "enter")
        assert "12:00" in screen_text(app)
        await press(pilot, "3")
        assert solutions(database, "岛屿")[0] == ("failed", 720, "")


async def test_a_result_without_a_clock(tasks: Path, watch: Watch, database: Database) -> None:
    app = app_on(tasks, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("coding_practice", question_id=task_id(database, "NC78"))
        await settle(pilot)
        await press(pilot, "1")
        assert solutions(database, "NC78") == [("alone", None, "")]
        await press(pilot, "u")
        assert solutions(database, "NC78") == []
        assert "Ready" in screen_text(app)
        await press(pilot, "right_square_bracket", "escape")


async def test_after_a_kill_it_goes_on(tasks: Path, watch: Watch, database: Database, editor: Edit) -> None:
    number = task_id(database, "LRU")
    with database.change("practise", now=NOW, kind="setting") as session:
        begin_practice(session, question_id=number, now=NOW)
    folder = tasks.with_name(f"{tasks.stem}-scratch")
    folder.mkdir()
    path = folder / f"{number:03d}-lru.go"
    path.write_text("half := 1\n", encoding="utf-8")
    saved = (NOW + timedelta(minutes=7)).timestamp()
    os.utime(path, (saved, saved))
    watch.wait(3_600)
    editor(writing(watch, 60, "whole := 2\n"))
    app = app_on(tasks, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(pilot, question_id=number)
        await press(pilot, "d")
        assert "7:00 / 20:00" in screen_text(app)
        await press(pilot, "g", "1")
        assert solutions(database, "LRU") == [("alone", 480, "half := 1\nwhole := 2\n")]


def leaving(watch: Watch, content: bytes | None, status: int = 0) -> Callable[[Path], int]:
    def edit(path: Path) -> int:
        watch.wait(60)
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        return status

    return edit


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"x" * 1_000_000, 0, "larger than 256 KB"),
        ("中文".encode("gbk"), 0, "no UTF-8 text"),
        (None, 0, "cannot be read any more"),
        (b"fine = 1\n", 3, "ended with status 3"),
        (b"fine = 1\n", -9, "was ended by signal 9"),
    ],
)
async def test_strange_ends_of_an_editor_lose_nothing(
    tasks: Path, watch: Watch, database: Database, editor: Edit, content: bytes | None, status: int, sentence: str
) -> None:
    editor(leaving(watch, content, status))
    app = app_on(tasks, watch)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_list(pilot, question_id=task_id(database, "NC78"))
        await press(pilot, "d")
        assert sentence in " ".join(screen_text(app).split())
        await press(pilot, "1")
        assert solutions(database, "NC78") == [("alone", 60, "fine = 1\n" if status else "")]
        kept = list(tasks.with_name(f"{tasks.stem}-scratch").iterdir())
        assert [path.read_bytes() for path in kept] == ([content] if content is not None else [])


async def test_an_unchanged_file_is_asked_about(tasks: Path, watch: Watch, database: Database, editor: Edit) -> None:
    editor(writing(watch, 90, "\n  \n"))
    app = app_on(tasks, watch)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(pilot, question_id=task_id(database, "NC78"))
        await press(pilot, "d")
        assert "Nothing was written in the file." in screen_text(app)
        await press(pilot, "1")
        assert "Record “solved alone” without code?" in screen_text(app)
        await press(pilot, "escape")
        assert solutions(database, "NC78") == []
        await press(pilot, "1", "enter")
        assert solutions(database, "NC78") == [("alone", 90, "")]


async def test_an_editor_that_is_missing_is_a_sentence(
    tasks: Path, watch: Watch, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(tasks, watch, editor="/no/such/editor")
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(app, "suspend", nullcontext)
        await open_list(pilot, question_id=task_id(database, "NC78"))
        await press(pilot, "d")
        assert "could not be used" in screen_text(app)
        assert "Ready" in screen_text(app)


async def test_an_unknown_language_is_a_sentence(tasks: Path, watch: Watch, database: Database) -> None:
    app = app_on(tasks, watch, coding_language="汇编")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(pilot, question_id=task_id(database, "NC78"))
        await press(pilot, "d")
        assert "«汇编» is no language" in [notice.message for notice in app._notifications][-1]
        with database.read() as session:
            assert open_practice(session, question_id=task_id(database, "NC78")) is None


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("18", 1_080),
        (" 18:30 ", 1_110),
        ("18：05", 1_085),
        ("0", 0),
        *((line, None) for line in ("18:60", "1:5", "", "-3", "1441", "99999999", "١٢")),
    ],
)
def test_times_are_read(line: str, seconds: int | None) -> None:
    assert read_duration(line) == seconds
