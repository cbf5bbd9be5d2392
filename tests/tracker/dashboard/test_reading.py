"""Reading an answer: search, folds, links, images, copying, the source."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from prep.bank import add_question
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle, wait_until
from tracker.dashboard import links
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.links import NothingToOpenError, file_of
from tracker.dashboard.screens.reading import ReadingScreen
from tracker.dashboard.widgets.chooser import Chooser
from tracker.dashboard.widgets.reading_view import ReadingView
from tracker.db import Database

OpenApp = Callable[..., AshoreApp]

WIDE = "|".join(f"第{column}列的名字" for column in range(12))
ANSWER = f"""
注意力看[文档](https://a.example/doc)，见[下面](#末尾)，图 ![结构](pictures/a.png)。

$$\\frac{{a}}{{b}}$$

{WIDE}
{"|".join(["-"] * 12)}
{WIDE}

<details>
<summary>更多</summary>

藏起来的注意事项。

</details>

```python
x = "注意"
```

{"一段话。" * 400}

## 末尾

完 [/x] [MASK]
"""


def ask(database: Database, answer: str) -> int:
    with database.change("seed", now=NOW) as session:
        return add_question(session, text="问题", answer=answer, now=NOW)


async def read(pilot: Pilot[None], app: AshoreApp, database: Database, answer: str = ANSWER) -> ReadingView:
    await settle(pilot)
    app.open_page("question", question_id=ask(database, answer))
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, ReadingScreen)
    await wait_until(pilot, lambda: screen.reading.finder is not None)
    await settle(pilot)
    return screen.reading


async def test_a_search_unfolds_marks_and_goes_round(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        view = await read(pilot, app, database)
        assert "藏起来" not in screen_text(app)
        await press(pilot, "slash")
        app.screen.query_one(Input).value = "注意"
        await settle(pilot)
        await wait_until(pilot, lambda: "1 of 3" in screen_text(app))
        assert "藏起来" in screen_text(app)
        await press(pilot, "enter", "N")
        assert "3 of 3" in screen_text(app)
        await press(pilot, "n", "n")
        assert "2 of 3" in screen_text(app)
        await press(pilot, "escape")
        assert app.screen.query(ReadingView)
        assert not view.check_action("next_hit", (1,))
        await press(pilot, "slash")
        app.screen.query_one(Input).value = "没有的"
        await settle(pilot)
        assert "Not in this text." in screen_text(app)
        await press(pilot, "escape", "escape")
        assert not app.screen.query(ReadingView)


async def test_a_wide_table_is_moved_and_prose_stays(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, app, database)
        assert "第0列" in screen_text(app)
        assert "第11列" not in screen_text(app)
        assert "›" in screen_text(app)
        await press(pilot, *["greater_than_sign"] * 12)
        assert "第11列的名字" in screen_text(app)
        assert "第0列" not in screen_text(app)
        assert "注意力看" in screen_text(app)
        await press(pilot, *["less_than_sign"] * 12)
        assert "第0列" in screen_text(app)


async def test_the_source_is_one_key_away(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        view = await read(pilot, app, database)
        assert "a/b" in screen_text(app)
        await press(pilot, "v")
        await wait_until(pilot, lambda: "$$\\frac{a}{b}$$" in screen_text(app))
        await press(pilot, "v")
        await wait_until(pilot, lambda: not view.shows_source and "$$" not in screen_text(app))


async def test_folds_open_by_key_and_click(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        view = await read(pilot, app, database)
        await press(pilot, "z")
        await wait_until(pilot, lambda: "藏起来" in screen_text(app))
        assert view.document is not None
        line = view.document.folds[0].line
        await pilot.click(ReadingView, offset=(3, line))
        await wait_until(pilot, lambda: "藏起来" not in screen_text(app))
        await press(pilot, "Z")
        await wait_until(pilot, lambda: "藏起来" in screen_text(app))


async def test_links_are_chosen_opened_and_come_back_from(
    hunt: Path, open_app: OpenApp, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        view = await read(pilot, app, database)
        await press(pilot, "o")
        assert isinstance(app.screen, Chooser)
        assert "image: 结构" in screen_text(app)
        await press(pilot, "enter")
        await wait_until(pilot, lambda: opened == ["https://a.example/doc"])
        await press(pilot, "o", "down", "enter")
        await settle(pilot)
        assert view.scroll_offset.y > 0
        assert "完 [/x] [MASK]" in screen_text(app)
        await press(pilot, "backspace")
        assert view.scroll_offset.y == 0
        await press(pilot, "o", "down", "down", "enter")
        await wait_until(pilot, lambda: any("came from none" in one.message for one in app._notifications))


async def test_the_text_its_code_and_its_links_are_copied(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, app, database)
        await press(pilot, "y", "down", "enter")
        assert app.clipboard == 'x = "注意"\n'
        await press(pilot, "y", "enter")
        assert app.clipboard.strip() == ANSWER.strip()
        await press(pilot, "y", "down", "down", "enter")
        assert app.clipboard == "https://a.example/doc"


async def test_an_answer_of_plain_words_is_copied_at_once(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, app, database, "只有话。")
        await press(pilot, "y")
        assert app.clipboard == "只有话。"
        await press(pilot, "o")
        assert "no link and no image" in screen_text(app)


async def test_a_hidden_answer_is_not_searched(hunt: Path, open_app: OpenApp, database: Database) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, app, database)
        await press(pilot, "d")
        for action in ("search", "follow", "copy"):
            assert not app.screen.check_action(action, ())


async def test_another_width_and_other_colours_keep_the_place(
    hunt: Path, open_app: OpenApp, database: Database
) -> None:
    app = open_app(hunt)
    async with app.run_test(size=(80, 24)) as pilot:
        view = await read(pilot, app, database)
        assert view.document is not None
        view.scroll_to(y=view.document.anchors["末尾"] - 1, animate=False)
        view.jump(next(text[0].line for text in view.document.texts if len(text) > 9) + 7)
        await settle(pilot)
        await pilot.resize_terminal(60, 24)
        await settle(pilot)
        await wait_until(pilot, lambda: view.document is not None and view.document.width < 60)
        await settle(pilot)
        paragraph = next(text for text in view.document.texts if len(text) > 9)
        # Four lines of 38 signs were above; they are six of 28 now.
        assert view.scroll_offset.y == paragraph[0].line + 5
        await press(pilot, "ctrl+t")
        assert view.scroll_offset.y == paragraph[0].line + 5


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("mailto:a@b.example", "neither a page nor a file"),
        ("run.sh", "no picture or text"),
        ("run.desktop", "no picture or text"),
        ("gone.png", "There is no file"),
    ],
)
def test_only_what_is_there_and_shown_is_opened(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / "run.sh").touch()
    with pytest.raises(NothingToOpenError, match=reason):
        file_of(target, tmp_path)


def test_an_image_lies_beside_the_file_it_was_written_in(tmp_path: Path) -> None:
    picture = tmp_path / "图 一.png"
    picture.touch()
    assert file_of("./%E5%9B%BE%20%E4%B8%80.png", tmp_path) == picture
    assert file_of(str(picture), None) == picture
    with pytest.raises(NothingToOpenError, match="came from none"):
        file_of("a.png", None)


def test_without_a_program_that_shows_files_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(NothingToOpenError, match="xdg-open is missing"):
        links.show_outside(tmp_path / "a.png")
