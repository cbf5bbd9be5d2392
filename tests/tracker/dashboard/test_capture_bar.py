"""The capture bar by itself, with a reader that knows a few lines."""

from collections.abc import Callable, Mapping
from threading import Event

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.app import App
from textual.pilot import Pilot

from tests.conftest import NOW
from tests.tracker.dashboard.test_capture_view import APPLY, FAILED, REFUSED, ROUND, UNKNOWN
from tracker.capture.proposals import Choice, Proposal, Reading, Silence
from tracker.dashboard.dialogs.capture_bar import CaptureBar
from tracker.dashboard.dialogs.capture_sheet import READ_AT_ONCE, Reader, Warn
from tracker.dashboard.theme import DARK, make_theme
from tracker.dashboard.widgets.help_sheet import HelpSheet

LINES = {
    "快手 二面 下周三 19:00": ROUND,
    "bilibili 挂了": FAILED,
    "美团 后端 提前批": APPLY,
    "得物 前端 投了": UNKNOWN,
    "快手 二面 2月31日": REFUSED,
}
SILENCES = {
    "": Silence.EMPTY,
    "泡池子是什么意思": Silence.QUESTION,
    "打算投美团": Silence.INTENTION,
    "快手": Silence.NOTHING_SAID,
}
ANSWERED = {"add 得物": UNKNOWN._replace(question="", choices=()), "得到": APPLY._replace(company="得到", company_id=5)}


def read(text: str) -> Reading:
    found = tuple(LINES[line] for line in text.split("\n") if line in LINES)
    return Reading(found) if found else Reading((), SILENCES.get(text, Silence.NOTHING_SAID))


def answer(_proposal: Proposal, choice: Choice) -> Proposal:
    return ANSWERED[choice.label]


class Bench(App[None]):
    """Opens a bar, and remembers what it gave back."""

    def __init__(self, *, text: str = "", warn: Warn | None = None, knows: bool = True) -> None:
        super().__init__()
        self.given: list[tuple[Proposal, ...] | None] = []
        self.kept: list[str] = []
        self.edited: list[Proposal] = []
        self.bar = CaptureBar(now=NOW, text=text, keep=self.kept.append, warn=warn)
        self.reader = Reader(read, answer, self.edit)
        if knows:
            self.bar.use(self.reader)
        self.register_theme(make_theme(DARK))
        self.theme = DARK

    def on_mount(self) -> None:
        self.push_screen(self.bar, self.given.append)

    def edit(self, proposal: Proposal, then: Callable[[Proposal], None]) -> None:
        self.edited.append(proposal)
        then(proposal._replace(stage="三面", refusal="", question="", choices=()))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"frame": "#333", "frame-focus": "#777", "muted": "#888", "faint": "#555", "strong": "#fff"}

    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips()).strip("\n")


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a text into the line at once, as fast fingers do."""
    app = pilot.app
    assert isinstance(app, Bench)
    app.bar.typed.text = text
    app.bar.typed.move_cursor(app.bar.typed.document.end)
    await pilot.pause()


async def paste(pilot: Pilot[None], text: str) -> None:
    app = pilot.app
    assert isinstance(app, Bench)
    app.bar.typed.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


SEVERAL = "快手 二面 下周三 19:00\r\nbilibili 挂了\n得物 前端 投了\n快手 二面 2月31日\n\x1b[31m\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_line_reads_well(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    app = Bench()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.text() == snapshot(name="empty")
        await write(pilot, "快手 二面 下周三 19:00")
        assert app.text() == snapshot(name="ready")
        await write(pilot, "得物 前端 投了")
        assert app.text() == snapshot(name="asks")
        await write(pilot, "快手 二面 2月31日")
        assert app.text() == snapshot(name="refused")
        await write(pilot, "泡池子是什么意思")
        assert app.text() == snapshot(name="silent")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_several_lines_read_well(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    app = Bench()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await paste(pilot, SEVERAL)
        assert app.text() == snapshot(name="pasted")
        await pilot.press("enter", "x", "enter", "2")
        await pilot.pause()
        assert app.text() == snapshot(name="looked through")


async def test_the_proposal_follows_each_key_and_enter_gives_it_back() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"快手 二面 下周三 19:0")
        assert "Nothing to write yet" in app.text()
        await pilot.press("enter")
        assert app.given == []
        await pilot.press("0")
        assert "→ 快手 · 大模型应用" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(ROUND,)]
        assert app.kept[-1] == "快手 二面 下周三 19:00"


async def test_a_question_or_a_plan_writes_nothing() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for text, words in (("泡池子是什么意思", "That is a question"), ("打算投美团", "That is a plan")):
            await write(pilot, text)
            await pilot.press("enter", "ctrl+s", "tab")
            assert words in app.text()
        assert app.given == []
        await pilot.press("escape")
        await pilot.pause()
        assert app.given == [None]


async def test_the_answer_under_the_cursor_is_shown_before_it_is_written() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "得物 前端 投了")
        await pilot.press("down")
        assert "→ 得物 · 前端" in app.text()
        await pilot.press("down")
        await pilot.pause()
        assert "→ 得到 · 后端" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(ANSWERED["得到"],)]


async def test_a_digit_answers_and_enter_writes() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "得物 前端 投了")
        await pilot.press("enter", "9", "1")
        await pilot.pause()
        assert app.given == []
        assert app.bar.typed.has_focus
        assert "not on your list" not in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(ANSWERED["add 得物"],)]


async def test_escape_leaves_the_answers_first() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "得物 前端 投了")
        await pilot.press("enter", "escape")
        assert app.bar.typed.has_focus
        await write(pilot, "")
        await pilot.press("down", "enter", "escape")
        await pilot.pause()
        assert app.given == [None]


async def test_a_refused_line_is_not_written_but_can_be_changed() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "快手 二面 2月31日")
        await pilot.press("enter")
        assert app.given == []
        assert "There is no 31 February." in app.text()
        assert app.text().splitlines()[-1].split("  ") == [" Tab change", "Esc cancel", "F1 help"]
        await pilot.press("tab")
        await pilot.pause()
        assert app.edited == [REFUSED]
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(REFUSED._replace(stage="三面", refusal=""),)]


async def test_pasted_lines_are_taken_changed_or_skipped_one_by_one() -> None:
    app = Bench()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await paste(pilot, SEVERAL)
        assert app.bar.typed.text == "快手 二面 下周三 19:00\nbilibili 挂了\n得物 前端 投了\n快手 二面 2月31日\n[31m"
        await pilot.press("space")  # 快手 is taken
        await pilot.press("x")  # bilibili is skipped
        await pilot.press("enter", "1")  # 得物 is added
        await pilot.press("enter", "space", "ctrl+s")  # refused, whatever one presses
        assert app.given == []
        await pilot.press("e")
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(ROUND, ANSWERED["add 得物"], REFUSED._replace(stage="三面", refusal=""))]


async def test_a_skipped_line_comes_back_and_all_that_is_ready_is_written_at_once() -> None:
    app = Bench()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await paste(pilot, "快手 二面 下周三 19:00\nbilibili 挂了\n美团 后端 提前批")
        await pilot.press("x", "x", "up", "x")
        assert "2 to write · 1 skipped" in app.text()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.given == [(FAILED, APPLY)]


async def test_nothing_is_given_back_while_all_are_skipped() -> None:
    app = Bench()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await paste(pilot, "快手 二面 下周三 19:00\nbilibili 挂了")
        await pilot.press("x", "x", "enter", "ctrl+s")
        await pilot.pause()
        assert app.given == []


async def test_a_list_that_nobody_saw_whole_is_not_written_by_enter() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "\n".join(["bilibili 挂了"] * 40))
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == []
        assert app.bar.panel.proposals.has_focus
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.given == [(FAILED,) * 40]


async def test_two_clauses_of_one_line_are_written_together() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "快手 二面 下周三 19:00")
        await pilot.press("ctrl+j", *"bilibili 挂了", "enter")
        await pilot.pause()
        assert app.given == [(ROUND, FAILED)]


async def test_what_was_left_gives_way_to_what_is_typed() -> None:
    app = Bench(text="bilibili 挂了")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "→ 哔哩哔哩" in app.text()
        await pilot.press("快")
        assert app.bar.typed.text == "快"


async def test_enter_waits_for_what_is_not_read_yet() -> None:
    app = Bench(knows=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "bilibili 挂了")
        assert "Reading what is there" in app.text()
        await pilot.press("enter", "tab")
        assert app.given == []
        app.bar.use(app.reader)
        await pilot.pause()
        assert app.given == [(FAILED,)]


async def test_enter_for_a_text_that_was_changed_since_does_nothing() -> None:
    app = Bench(knows=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "bilibili 挂了")
        await pilot.press("enter")
        await write(pilot, "快手 二面 下周三 19:00")
        app.bar.use(app.reader)
        await pilot.pause()
        assert app.given == []


async def test_a_long_text_is_read_beside_the_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    app, released = Bench(knows=False), Event()

    def slow(text: str) -> Reading:
        released.wait(10)
        return read(text)

    app.reader = Reader(slow, answer, app.edit)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "bilibili 挂了\n" + "说了很多别的。" * READ_AT_ONCE)
        app.bar.use(app.reader)
        await pilot.pause()
        assert any(worker.is_running for worker in app.workers)
        released.set()
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert app.given == [(FAILED,)]


async def test_what_speaks_against_an_application_is_seen_before_it_is_written() -> None:
    asked: list[tuple[Proposal, ...]] = []

    def warn(proposals: tuple[Proposal, ...], then: Callable[[Mapping[Proposal, str]], None]) -> None:
        asked.append(proposals)
        app.call_later(then, dict.fromkeys(proposals, "美团 has a live application already."))

    app = Bench(warn=warn)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "bilibili 挂了")
        await pilot.pause(0.3)
        assert asked == []
        await write(pilot, "美团 后端 提前批")
        await pilot.press("enter")
        await pilot.pause()
        assert asked == [(APPLY,)]
        assert app.given == []
        assert "美团 has a live application already." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [(APPLY,)]
        assert len(asked) == 1


async def test_nothing_to_warn_of_needs_no_second_enter() -> None:
    def warn(proposals: tuple[Proposal, ...], then: Callable[[Mapping[Proposal, str]], None]) -> None:
        app.call_later(then, dict.fromkeys(proposals, ""))

    app = Bench(warn=warn)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "美团 后端 提前批")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert app.given == [(APPLY,)]


@pytest.mark.parametrize(
    "text", ["[/x] [@click=app.quit]退出[/]", "\\[bold]", "👩‍👩‍👧 挂了", "x" * 10_000, "\t\n\n \n"]
)
async def test_any_text_can_be_typed(text: str) -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await paste(pilot, text)
        await pilot.press("enter", "down", "up")
        assert app.given == []
        assert app.is_running


async def test_names_are_no_markup() -> None:
    odd = UNKNOWN._replace(
        company="[/x]", note="[mask]", question="[/y]?", choices=(Choice("[@click=app.quit]退出[/]"),)
    )
    app = Bench()
    app.bar.use(Reader(lambda _text: Reading((odd, odd)), answer, app.edit))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await write(pilot, "x")
        for text in ("[/x]", "[mask]", "[/y]?", "[@click=app.quit]退出[/]"):
            assert text in app.text()


async def test_the_bar_explains_itself() -> None:
    app = Bench()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpSheet)
        assert "Type what happened" in app.text()
        assert "another line" in app.text()
