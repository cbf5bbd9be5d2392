"""The shared widgets, each in an app of its own."""

import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from tracker.dashboard.theme import DARK, make_theme
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.form import Form, FormField
from tracker.dashboard.widgets.lanes import Card, Lane, Lanes
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.dashboard.widgets.lines import Line, Lines
from tracker.dashboard.widgets.markdown_view import MarkdownView
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.dashboard.widgets.text_editor import TextEditor, edit_in_editor, refuse_if_changed
from tracker.errors import AshoreError, ChangedElsewhereError

NASTY = ("[/x]", "[@click=app.quit]退出[/]", "\x1b]52;c;aGk=\x07ESC", "长" * 200, "得到", "[mask] [MASK]")


class Bench(App[None]):
    """Shows one widget, and remembers what sheets gave back."""

    def __init__(self, *widgets: Table | Lanes | Lines | MarkdownView) -> None:
        super().__init__()
        self.shown = widgets
        self.given: list[object] = []
        for name in (DARK,):
            self.register_theme(make_theme(name))
        self.theme = DARK

    def compose(self) -> ComposeResult:
        yield from self.shown

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"frame": "#333", "frame-focus": "#777", "muted": "#888", "faint": "#555", "strong": "#fff"}

    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())


class Names:
    """Rows whose only cells are a name and a number."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.asked = 0

    def cells(self, key: int, /) -> Sequence[Cell]:
        self.asked += 1
        return (Cell(self.names[key], "strong"), Cell(str(key), "muted"))


def make_table(source: Names) -> Table:
    return Table((Column("Name", 10, flex=1), Column("No", 6, align="right", drop=1)), source, empty="Nothing.")


async def test_a_table_shows_any_text_as_it_is() -> None:
    table = make_table(Names(NASTY))
    app = Bench(table)
    async with app.run_test(size=(40, 12)) as pilot:
        table.show(range(len(NASTY)))
        await pilot.pause()
        shown = app.text()
        for text in ("[/x]", "[@click=app.quit]退出[/]", "]52;c;aGk=ESC", "长长…", "得到", "[mask] [MASK]"):
            assert text in shown
        assert "\x1b" not in shown
        assert app.is_running


async def test_a_table_builds_only_what_it_shows() -> None:
    source = Names([str(number) for number in range(100_000)])
    table = make_table(source)
    app = Bench(table)
    async with app.run_test(size=(40, 12)) as pilot:
        table.show(range(100_000))
        await pilot.pause()
        assert source.asked < 40
        before = source.asked
        await pilot.press("down")
        await pilot.pause()
        assert source.asked - before <= 2
        await pilot.press("end")
        await pilot.pause()
        assert "▸ 99999" in app.text()


async def test_the_cursor_stays_on_its_row() -> None:
    table = make_table(Names("abcdefgh"))
    app = Bench(table)
    async with app.run_test(size=(40, 12)) as pilot:
        table.show(range(8))
        table.move_to(4)
        table.show([7, 6, 4, 1])
        await pilot.pause()
        assert (table.cursor_key, table.position) == (4, 2)
        table.show([7, 6, 1])
        assert (table.cursor_key, table.position) == (1, 2)
        table.show([])
        await pilot.pause()
        assert table.cursor_key is None
        assert "Nothing." in app.text()
        await pilot.press("down", "enter", "end", "pageup")
        table.show([3])
        assert table.cursor_key == 3


async def test_a_narrow_table_drops_columns_and_a_click_moves_the_cursor() -> None:
    table = make_table(Names("abc"))
    app = Bench(table)
    async with app.run_test(size=(15, 6)) as pilot:
        table.show(range(3))
        await pilot.pause()
        assert "No" not in app.text()
        await pilot.click(Table, offset=(3, 2))
        await pilot.pause()
        assert table.cursor_key == 1


async def test_lanes_are_walked_by_arrows() -> None:
    names = ["甲", "乙", "丙", "[/x]"]
    lanes = Lanes(lambda key: Card(Cell(names[key]), Cell("S"), Cell("一面"), Cell("3 d")))
    app = Bench(lanes)
    async with app.run_test(size=(60, 14)) as pilot:
        lanes.show([Lane("one", "", [0, 1]), Lane("two", "", []), Lane("three", "", [2, 3])])
        lanes.focus()
        await pilot.press("down", "right")
        assert lanes.cursor_key == 3
        assert "[/x]" in app.text()
        await pilot.press("up", "left", "left")
        assert lanes.cursor_key == 0
        lanes.show([Lane("one", "", [1, 0])])
        assert lanes.cursor_key == 0


async def test_many_cards_paint_quickly() -> None:
    lanes = Lanes(lambda key: Card(Cell(f"公司{key}"), Cell("S"), Cell("一面"), Cell("3 d")))
    app = Bench(lanes)
    async with app.run_test(size=(120, 40)) as pilot:
        began = time.process_time()
        lanes.show([Lane(str(lane), "", range(lane * 50, lane * 50 + 50)) for lane in range(6)])
        await pilot.pause()
        app.text()
        assert time.process_time() - began < 2  # a guard against building all cards, not a benchmark


async def test_the_cursor_of_lines_stops_where_something_opens() -> None:
    lines = Lines()
    app = Bench(lines)
    async with app.run_test(size=(30, 8)) as pilot:
        lines.show(
            [Line((Cell("title", "title"),)), Line((Cell("[/x]"),), Cell("3 d"), 5), Line(), Line((Cell("b"),), key=6)]
        )
        lines.focus()
        await pilot.press("down")
        await pilot.pause()
        assert lines._lines[lines._at].key == 6
        assert "[/x]" in app.text()
        assert "3 d" in app.text()


async def open_sheet(app: Bench, pilot: Pilot[None], sheet: LinePrompt | Form | Chooser | TextEditor) -> None:
    app.push_screen(sheet, app.given.append)
    await pilot.pause()


async def test_a_prompt_takes_only_what_means_something() -> None:
    app = Bench()
    async with app.run_test(size=(60, 16)) as pilot:
        prompt = LinePrompt("[/x]?", propose=lambda text: Proposal(f"means [{text}]", text.isdigit()))
        await open_sheet(app, pilot, prompt)
        app.screen.query_one(Input).value = "[/y]"
        await pilot.pause()
        assert "[/x]?" in app.text()
        assert "means [[/y]]" in app.text()
        await pilot.press("enter")
        assert app.given == []
        app.screen.query_one(Input).value = "42"
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == ["42"]
        await open_sheet(app, pilot, LinePrompt("again"))
        await pilot.press("escape")
        await pilot.pause()
        assert app.given == ["42", None]


async def test_a_form_gives_its_values_when_they_are_right() -> None:
    app = Bench()
    async with app.run_test(size=(70, 24)) as pilot:
        fields = (
            FormField("name", "[Name]", "快手", remark=lambda text: f"[{len(text)}]"),
            FormField("note", "Note", "一\n二", lines=True),
        )
        form = Form("title", fields, verify=lambda values: "" if values["name"] else "[a name] is needed")
        await open_sheet(app, pilot, form)
        assert "[2]" in app.text()
        app.screen.query_one(Input).value = ""
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "[a name] is needed" in app.text()
        app.screen.query_one(Input).value = "美团"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.given == [{"name": "美团", "note": "一\n二"}]


@pytest.mark.parametrize(("keys", "given"), [(("b",), "second"), (("down", "enter"), "second"), (("escape",), None)])
async def test_a_letter_chooses_at_once(keys: tuple[str, ...], given: str | None) -> None:
    app = Bench()
    async with app.run_test(size=(60, 20)) as pilot:
        await open_sheet(app, pilot, Chooser("which", [Choice("first", "一", "a"), Choice("second", "[/二]", "b")]))
        assert "[/二]" in app.text()
        await pilot.press(*keys)
        await pilot.pause()
        assert app.given == [given]


async def test_typing_narrows_a_list() -> None:
    app = Bench()
    async with app.run_test(size=(60, 20)) as pilot:
        choices = [Choice(str(number), f"choice {number}") for number in range(30)]
        await open_sheet(app, pilot, Chooser("which", choices, filterable=True))
        app.screen.query_one(Input).value = "choice 2"
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.given == ["20"]


async def test_a_text_editor_saves_what_was_typed() -> None:
    app = Bench()
    async with app.run_test(size=(60, 20)) as pilot:
        await open_sheet(app, pilot, TextEditor("[/note]", "旧"))
        await pilot.press("!", "ctrl+s")
        await pilot.pause()
        assert app.given == ["!旧"]


def editor(tmp_path: Path, body: str) -> str:
    script = tmp_path / "my editor.sh"
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    return f"'{script}' --wait"


async def test_the_persons_editor_gets_the_text_and_gives_it_back_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Bench()
    async with app.run_test():
        with pytest.raises(AshoreError, match="could not be used"):
            edit_in_editor(app, "旧", command="true")  # a headless driver has no terminal to hand over
        monkeypatch.setattr(app, "suspend", nullcontext)
        command = editor(tmp_path, 'cat "$2" > "$0.seen"; printf \'新\\033[31m\\r\\n\' > "$2"')
        assert edit_in_editor(app, "旧 [/x]", command=command) == "新[31m\n"
        assert (tmp_path / "my editor.sh.seen").read_text(encoding="utf-8") == "旧 [/x]"
        with pytest.raises(AshoreError, match="status 3"):
            edit_in_editor(app, "旧", command=editor(tmp_path, "exit 3"))
        with pytest.raises(AshoreError, match="could not be used"):
            edit_in_editor(app, "旧", command="/no/such/editor")


def test_an_editor_never_writes_over_a_newer_text() -> None:
    refuse_if_changed(current="same", expected="same")
    with pytest.raises(ChangedElsewhereError):
        refuse_if_changed(current="theirs", expected="mine")


async def test_a_document_is_painted_and_the_newest_wins() -> None:
    view = MarkdownView()
    app = Bench(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.show("# first [MASK]")
        view.show("second [mask] `[/x]`")
        await wait_until_text(pilot, app, "second [mask] [/x]")
        assert "first" not in app.text()


async def wait_until_text(pilot: Pilot[None], app: Bench, text: str) -> None:
    for _step in range(300):
        if text in app.text():
            return
        await pilot.pause(0.02)
    raise AssertionError(app.text())
