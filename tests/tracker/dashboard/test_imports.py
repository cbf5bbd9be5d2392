"""The import screen: what it shows before anything is written, what it writes, and what it says when it cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from prep.questions import list_questions
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.dashboard import paths
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.paths import count_notes, list_folder, read_paths, show_size
from tracker.dashboard.screens.import_plan import PlanScreen
from tracker.dashboard.screens.imports import ImportScreen
from tracker.dashboard.views.imports_view import PlannedRow, fold_rows
from tracker.db import Database

OpenApp = Callable[..., AshoreApp]

NOTES = """\
# 深度学习

1. 什么是 [MASK]？

   盖住的词。

2. Attention 的复杂度？

   $O(n^2 d)$

3. ？
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "笔记 folder"
    folder.mkdir()
    (folder / "interviews.md").write_text(NOTES, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\0\0")
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder)
    return folder


async def open_import(pilot: object, typed: str) -> ImportScreen:
    app = pilot.app  # type: ignore[attr-defined]
    await settle(pilot)  # type: ignore[arg-type]
    app.action_page("imports")
    await settle(pilot)  # type: ignore[arg-type]
    app.screen.query_one("#path", Input).value = typed
    await settle(pilot)  # type: ignore[arg-type]
    screen = app.screen
    assert isinstance(screen, ImportScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_line_is_shown_before_it_is_written(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=size) as pilot:
        await open_import(pilot, "interviews.md")
        await press(pilot, "enter", "c")
        await wait_until(pilot, lambda: "would become" in screen_text(app))
        assert screen_text(app) == snapshot
        with database.read() as session:
            assert not list_questions(session)


async def test_enter_writes_it_as_one_step_and_undo_takes_it_back(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_import(pilot, str(notes / "interviews.md"))
        await press(pilot, "enter")
        await press(pilot, "enter")
        await wait_until(pilot, lambda: not isinstance(app.screen, ImportScreen | PlanScreen))
        await settle(pilot)
        assert "Imported: 2 new" in screen_text(app)
        with database.read() as session:
            assert len(list_questions(session)) == 2
        await press(pilot, "u")
        with database.read() as session:
            assert not list_questions(session)


async def test_escape_leaves_step_by_step_and_writes_nothing(
    hunt: Path, notes: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_import(pilot, "interviews.md")
        await press(pilot, "enter", "c")
        await press(pilot, "f")
        assert "[new 2]" in screen_text(app)
        await press(pilot, "escape")
        assert "[all 3]" in screen_text(app)
        await press(pilot, "escape")
        plan = app.screen_stack[-1]
        assert isinstance(plan, PlanScreen)
        assert plan.mode == "document"
        await press(pilot, "escape")
        assert "Nothing was written." in screen_text(app)
        assert app.screen is screen
        await press(pilot, "escape")
        assert app.screen is not screen
    with database.read() as session:
        assert not list_questions(session)


@pytest.mark.parametrize("typed", ["missing.md", "picture.png"])
async def test_what_cannot_be_read_is_a_calm_sentence(hunt: Path, notes: Path, open_app: OpenApp, typed: str) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_import(pilot, typed)
        await press(pilot, "enter")
        assert screen.query_one("#status").has_class("wrong")
        assert typed in screen_text(app)
        assert not app._notifications


async def test_a_path_is_completed_folder_by_folder(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_import(pilot, "")
        assert "sub/" in screen_text(app)
        line = screen.query_one("#path", Input)
        line.value = str(notes.parent) + "/笔"
        await settle(pilot)
        await press(pilot, "tab")
        assert line.value == f"{notes}/"
        line.value += "int"
        await settle(pilot)
        await press(pilot, "tab")
        assert line.value == f"{notes}/interviews.md"


def test_paths_are_read_as_they_are_pasted(notes: Path) -> None:
    file = notes / "interviews.md"
    other = notes / "b.txt"
    other.write_text("x")
    quoted = f"'{file}'"
    escaped = str(file).replace(" ", "\\ ")
    uri = file.as_uri()
    for typed in (str(file), quoted, escaped, f"  {file} ", uri, "interviews.md"):
        assert [path.resolve() for path in read_paths(typed)] == [file]
    assert read_paths(f"'{file}' '{other}'") == (file, other)
    assert read_paths("") == ()
    assert read_paths("no such 'file") == (Path("no such 'file"),)
    assert read_paths("~nobody-here/x") == (Path("~nobody-here/x"),)


def test_a_folder_offers_folders_then_notes_then_the_rest(notes: Path) -> None:
    (notes / ".hidden").write_text("x")
    assert [entry.typed for entry in list_folder("")] == ["", "sub/", "interviews.md", "picture.png"]
    assert [entry.is_whole for entry in list_folder("")] == [True, False, False, False]
    assert list_folder("sub/") == ()
    assert [entry.typed for entry in list_folder("./I")] == ["./interviews.md"]
    assert [entry.typed for entry in list_folder(".h")] == [".hidden"]
    assert list_folder("missing/") == ()


def test_notes_of_a_folder_are_counted_as_far_as_a_short_look_goes(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notes / "sub" / "deep").mkdir()
    (notes / "sub" / "deep" / "b.TXT").write_text("x")
    (notes / "sub" / ".hidden").mkdir()
    (notes / "sub" / ".hidden" / "c.md").write_text("x")
    assert count_notes(notes) == 2
    assert count_notes(notes / "missing") == 0
    for number in range(20):
        (notes / f"{number}.md").write_text("x")
    monkeypatch.setattr(paths, "MOST_SEEN", 10)
    assert 0 < count_notes(notes) <= 10


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (2048, "2 KB"), (3 * 1024 * 1024, "3.0 MB")])
def test_sizes_read_well(size: int, words: str) -> None:
    assert show_size(size) == words


LIST = """\
S级：青禾、海潮云、松果云（投）、北岸科技

B级：白桦、千山
"""


async def test_many_from_one_line_are_one_row_that_opens(hunt: Path, notes: Path, open_app: OpenApp) -> None:
    (notes / "list.md").write_text(LIST, encoding="utf-8")
    app = open_app(hunt)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_import(pilot, "list.md")
        await press(pilot, "enter", "c")
        await wait_until(pilot, lambda: "would become" in screen_text(app))
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        assert "4 at once: 青禾, 海潮云, 松果云, 北岸…" in screen_text(app)
        assert "S级：青禾、海潮云、松果云（投）" in screen_text(app)
        folded = len(screen.table.order)
        await press(pilot, "space")
        assert len(screen.table.order) == folded + 4
        await press(pilot, "down", "down", "space")
        assert len(screen.table.order) == folded
        assert screen.table.position == 0
        await press(pilot, "slash")
        app.screen.query_one("FilterLine Input", Input).value = "海潮云"
        await settle(pilot)
        assert [screen._rows[key].text for key in screen.table.order] == ["海潮云"]


@pytest.mark.parametrize(
    ("count", "group", "shown"), [(1, "add", 1), (2, "add", 2), (3, "add", 1), (4, "review", 4), (4, "skipped", 4)]
)
def test_only_many_of_one_kind_are_folded(count: int, group: str, shown: int) -> None:
    rows = [PlannedRow("a.md", 3, group, "company", f"公司{at}") for at in range(count)]
    other = PlannedRow("a.md", 4, group, "company", "别的")
    folded = fold_rows([*rows, other])
    assert len(folded) == shown + 1
    assert folded[-1] == other
    assert (folded[0].folded == count) is (shown < count)
    assert len(fold_rows([*rows, other], {rows[0].place})) == (count + 2 if shown < count else count + 1)
