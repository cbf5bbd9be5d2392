"""What becomes of every line, before it is written: the document, its corrections, and folders of files."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlmodel import select
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from prep.models import Correction
from prep.questions import list_questions
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.contents import content_hash
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.backend import Backend
from tracker.dashboard.screens.import_plan import PlanScreen
from tracker.dashboard.screens.imports import ImportScreen
from tracker.dashboard.widgets.chooser import Chooser
from tracker.db import Database
from tracker.errors import RefusedError

OpenApp = Callable[..., AshoreApp]

NOTES = """\
# 缓存 [/x] [@click=app.quit]

1. 缓存击穿和缓存雪崩有什么区别？⭐

   击穿是一个热键过期，雪崩是很多键一起过期。

   ```python
   lock.acquire()  # [bold]先拿锁
   ```

2. LRU 怎么实现？

   哈希表加双向链表。

3. 一致性哈希解决什么问题？

# 随手记

复习完这一章再看网络。
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "notes"
    (folder / "网络").mkdir(parents=True)
    (folder / "缓存.md").write_text(NOTES, encoding="utf-8")
    (folder / "网络" / "tcp.md").write_text(
        "# TCP\n\n1. 为什么是三次握手？\n\n   确认两边都能收发。\n", encoding="utf-8"
    )
    (folder / "网络" / "http.md").write_text("# HTTP\n\n1. 302 是什么意思？\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


async def open_plan(pilot: Any, typed: str) -> PlanScreen:
    await settle(pilot)
    pilot.app.action_page("imports")
    await settle(pilot)
    pilot.app.screen.query_one("#path", Input).value = typed
    await settle(pilot)
    await press(pilot, "enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PlanScreen)
    return screen


def letters(screen: PlanScreen) -> str:
    return "".join(screen.lines.shown.letters)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_document_is_shown_with_what_becomes_of_each_line(
    hunt: Path, notes: Path, open_app: OpenApp, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=size) as pilot:
        await open_plan(pilot, "缓存.md")
        await press(pilot, "right_square_bracket")
        await wait_until(pilot, lambda: "line 3" in screen_text(app))
        assert screen_text(app) == snapshot


async def test_keys_go_from_question_to_question_and_to_what_was_not_understood(
    hunt: Path, notes: Path, open_app: OpenApp
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        seen = []
        for key in ("right_square_bracket",) * 4 + ("left_square_bracket", "full_stop", "full_stop", "g", "comma"):
            await pilot.press(key)
            seen.append(screen.lines.line)
        assert seen == [3, 11, 15, 15, 11, 19, 19, 1, 1]


async def test_search_goes_from_hit_to_hit_and_escape_forgets_it(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "slash")
        app.screen.query_one("FilterLine Input", Input).value = "哈希"
        await settle(pilot)
        assert screen.lines.line == 13
        assert "1 of 2" in screen_text(app)
        await press(pilot, "enter", "n")
        assert screen.lines.line == 15
        await press(pilot, "n", "N")
        assert screen.lines.line == 15
        await press(pilot, "escape", "n")
        assert (screen.lines.line, screen.typed) == (15, "")
        assert app.screen is screen


async def test_a_correction_shows_at_once_and_is_written_with_the_import(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "full_stop", "plus")
        assert screen.lines.line == 19
        assert letters(screen)[18] == "Q"
        assert "You said: this is a question" in screen_text(app)
        with database.read() as session:
            assert not session.exec(select(Correction)).all()
        await press(pilot, "x")
        assert letters(screen)[18] == "?"
        await press(pilot, "equals_sign")
        await press(pilot, "i")
        await wait_until(pilot, lambda: not isinstance(app.screen, ImportScreen | PlanScreen))
    with database.read() as session:
        assert [row.text for row in session.exec(select(Correction)).all()] == ["复习完这一章再看网络。"]
        assert "复习完这一章再看网络。" in {question.text for question in list_questions(session)}


async def test_corrections_of_earlier_imports_are_shown_and_taken_back(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, *["right_square_bracket"] * 2, "minus")
        assert letters(screen)[10] != "Q"
        await press(pilot, "i")
        await wait_until(pilot, lambda: not isinstance(app.screen, ImportScreen | PlanScreen))
        screen = await open_plan(pilot, "缓存.md")
        assert 11 in screen.lines.shown.corrected
        await press(pilot, "C")
        assert isinstance(app.screen, Chooser)
        await press(pilot, "enter")
        assert screen.lines.line == 11
        await wait_until(pilot, lambda: "in an earlier import" in screen_text(app))
        await press(pilot, "x")
        await wait_until(pilot, lambda: letters(screen)[10] == "Q")
        with database.read() as session:
            assert not session.exec(select(Correction)).all()
        await press(pilot, "u")
        await wait_until(pilot, lambda: letters(screen)[10] != "Q")


async def test_marked_lines_are_corrected_together(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        screen.lines.position = 10
        await press(pilot, "v")
        screen.lines.position = 14
        await press(pilot, "v", "b")
        assert not screen.lines.marked
        assert (letters(screen)[10], letters(screen)[14]) == ("A", "A")
        assert screen.lines.line == 16
        assert "1 question" in screen_text(app)


async def test_the_style_of_a_part_is_chosen(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "full_stop", "up", "s")
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        labels = {choice.value: choice.letter for choice in chooser._choices}
        await press(pilot, labels["question-lines"])
        await wait_until(pilot, lambda: letters(screen)[18] == "Q")
        # On a blank line, the part of the line above it is meant.
        assert list(screen.said[screen.path]) == [17]


async def test_a_file_that_was_imported_is_read_again_to_be_shown(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_plan(pilot, "缓存.md")
        await press(pilot, "i")
        await wait_until(pilot, lambda: not isinstance(app.screen, ImportScreen | PlanScreen))
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "right_square_bracket")
        assert len(screen.document.report.found) == 3
        await wait_until(pilot, lambda: "as before · answer of 5 lines" in screen_text(app))


async def test_a_blank_line_is_nothing_to_correct(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "down", "plus")
        assert "This line is blank." in screen_text(app)
        assert not screen.said.get(screen.path)


async def test_a_file_that_was_edited_meanwhile_is_shown_again_before_it_is_written(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "full_stop", "plus")
        (notes / "缓存.md").write_text("新的一行。\n" + NOTES, encoding="utf-8")
        await press(pilot, "i")
        await wait_until(pilot, lambda: screen.document.lines[0] == "新的一行。")
        assert app.screen is screen
        assert not screen.said
        with database.read() as session:
            assert not list_questions(session)


async def test_a_whole_folder_is_a_list_of_files_that_open(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_plan(pilot, f"{notes}/")
        assert screen.mode == "files"
        assert screen_text(app) == snapshot
        await press(pilot, "down", "enter")
        assert (screen.mode, screen.document.name) == ("document", "http.md")
        await press(pilot, "right_square_bracket", "enter")
        assert "i imports all 3 files" in screen_text(app)
        await press(pilot, "left", "up", "right")
        assert screen.document.name == "缓存.md"
        await press(pilot, "escape", "down")
        await press(pilot, "enter")
        assert screen.lines.line == 3
        await press(pilot, "c")
        assert "http.md" in screen_text(app)
        await press(pilot, "i")
        await wait_until(pilot, lambda: not isinstance(app.screen, ImportScreen | PlanScreen))
    with database.read() as session:
        assert len(list_questions(session)) == 5


async def test_enter_at_first_takes_no_folder_that_was_not_typed(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_page("imports")
        await settle(pilot)
        await press(pilot, "enter")
        assert app.screen.query_one("#path", Input).value == "网络/"
        await press(pilot, "escape")
        assert not isinstance(app.screen, ImportScreen)


async def test_reading_many_files_tells_how_far_it_is_and_is_ended_by_a_key(
    hunt: Path, notes: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []

    def slow(backend: Backend, paths: Any, *, progress: Callable[[int, int], None], **rest: Any) -> None:
        import time

        done = 0
        try:
            while done < 2_000:
                progress(done % 120, 120)
                time.sleep(0.005)
                done += 1
        finally:
            ended.append(done)

    monkeypatch.setattr(Backend, "import_files", slow)
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_page("imports")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        screen.query_one("#path", Input).value = f"{notes}/"
        await settle(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "% of 40 files" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: bool(ended))
        await settle(pilot)
        assert ended[0] < 1_999
        assert app.screen is screen
        assert "Stopped. Nothing was written." in screen_text(app)
        assert not app._notifications


async def test_what_a_reading_tells_just_before_it_is_ended_counts_no_more(
    hunt: Path, notes: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling: list[Callable[[int, int], None]] = []
    released = Event()

    def held(backend: Backend, paths: Any, *, progress: Callable[[int, int], None], **rest: Any) -> None:
        telling.append(progress)
        released.wait(10)
        raise RefusedError("This came too late.")

    monkeypatch.setattr(Backend, "import_files", held)
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_page("imports")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        screen.query_one("#path", Input).value = f"{notes}/"
        await settle(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: bool(telling))
        # Both are under way to the screen when the key arrives there.
        telling[0](60, 120)
        screen.post_message(screen.Planned(screen._run, None, "This came too late."))
        screen.action_back()
        released.set()
        await settle(pilot)
        assert "Stopped. Nothing was written." in screen_text(app)


async def test_a_folder_without_notes_is_a_calm_sentence(hunt: Path, tmp_path: Path, open_app: OpenApp) -> None:
    (tmp_path / "empty").mkdir()
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.action_page("imports")
        await settle(pilot)
        app.screen.query_one("#path", Input).value = f"'{tmp_path}/empty'"
        await settle(pilot)
        await press(pilot, "enter")
        assert "there are no notes in this folder" in screen_text(app)


async def test_ten_thousand_lines_are_painted_only_where_they_are_seen(
    hunt: Path, notes: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notes / "long.md").write_text(
        "# 列表\n\n" + "".join(f"{n}. 第 {n} 题考什么？\n\n   第 {n} 个答案。\n\n" for n in range(2_500)),
        encoding="utf-8",
    )
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "long.md")
        painted = []
        paint = type(screen.lines).paint

        def counted(view: Any, key: int, **rest: Any) -> Any:
            painted.append(key)
            return paint(view, key, **rest)

        monkeypatch.setattr(type(screen.lines), "paint", counted)
        await press(pilot, "G")
        assert len(painted) <= 40
        painted.clear()
        await press(pilot, "up", "up")
        assert len(painted) <= 8


async def test_what_can_do_nothing_is_said_at_once_and_stays_marked(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    (notes / "lines.md").write_text("今天看锁。\n\n1. 什么是锁？\n\n   互斥。\n\n---\n", encoding="utf-8")
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "lines.md")
        await press(pilot, "b")
        assert not screen.said.get(screen.path)
        await press(pilot, "v")
        screen.lines.position = 4
        await press(pilot, "v", "b")
        assert list(screen.said[screen.path]) == [5]
        assert screen.lines.marked == {0}
        screen.lines.mark(())
        screen.lines.position = 6
        await press(pilot, "plus")
        assert list(screen.said[screen.path]) == [5]
        told = [notification.message for notification in app._notifications]
    assert [words.split(":")[0] for words in told] == ["Line 1", "Line 7"]


async def test_what_only_the_reading_finds_to_do_nothing_is_dropped_and_said(
    hunt: Path, notes: Path, open_app: OpenApp
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "缓存.md")
        await press(pilot, "right_square_bracket", "minus")
        screen.lines.position = 4
        await press(pilot, "b")
        await wait_until(pilot, lambda: bool(app._notifications))
        await settle(pilot)
        assert list(screen.said[screen.path]) == [3]
        assert "no question above" in next(iter(app._notifications)).message
        assert list(screen.plan.corrections[screen.path]) == [3]


async def test_long_lines_are_moved_sideways_and_to_what_is_found(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    (notes / "wide.md").write_text("1. 什么是锁？\n\n   " + "互斥，" * 4_000 + "尾巴\n", encoding="utf-8")
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_plan(pilot, "wide.md")
        await press(pilot, "less_than_sign")
        assert screen.lines.shift == 0
        await press(pilot, "greater_than_sign")
        assert screen.lines.shift > 30
        assert "什么是锁" not in screen_text(app).splitlines()[3]
        await press(pilot, "less_than_sign")
        assert screen.lines.shift == 0
        screen.typed = "尾巴"
        screen.show_list()
        await settle(pilot)
        assert "尾巴" in screen_text(app).splitlines()[5]
        await press(pilot, "greater_than_sign")
        assert "尾巴" in screen_text(app).splitlines()[5]


async def test_how_far_another_reading_of_many_files_is_stands_on_the_screen(
    hunt: Path, notes: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_plan(pilot, f"{notes}/")
        await press(pilot, "enter")
        told: list[str] = []
        monkeypatch.setattr(screen, "say", lambda sentence, **_: told.append(sentence))
        await press(pilot, "right_square_bracket", "minus")
        await settle(pilot)
        assert any("of 3 files" in sentence for sentence in told)


async def test_the_lines_of_the_part_are_named_where_its_style_is_chosen(
    hunt: Path, notes: Path, open_app: OpenApp
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_plan(pilot, "缓存.md")
        await press(pilot, "full_stop", "s")
        assert "lines 17 to 19" in screen_text(app)


@pytest.mark.parametrize("key", ["question_mark", "4"], ids=["help", "another place"])
async def test_an_import_may_end_while_something_else_is_in_front(
    hunt: Path, open_app: OpenApp, notes: Path, key: str
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        plan = await open_plan(pilot, str(notes / "缓存.md"))
        plan.action_write()
        await pilot.press(key)
        await settle(pilot)
        await wait_until(pilot, lambda: not plan.is_writing)
        in_front = type(app.screen)
        assert in_front not in {PlanScreen, ImportScreen}
        await press(pilot, *(["escape"] if key == "question_mark" else ["1"]))
        await settle(pilot)
        assert len(app.screen_stack) == 1


async def test_a_file_that_is_gone_when_it_is_to_be_written_writes_nothing(
    hunt: Path, open_app: OpenApp, notes: Path
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        plan = await open_plan(pilot, str(notes / "缓存.md"))
        before = content_hash(hunt)
        (notes / "缓存.md").unlink()
        await press(pilot, "i")
        await wait_until(pilot, lambda: not plan.is_writing)
        await settle(pilot)
        assert app.screen is plan
        assert "Nothing was written." in screen_text(app)
        assert content_hash(hunt) == before
