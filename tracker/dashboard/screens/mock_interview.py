"""A mock interview under way: one question at a time, and it waits."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static, TextArea

from tracker.dashboard.markdown import as_plain
from tracker.dashboard.screens.mock_answering import AnsweringScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.mock_view import clock, feedback_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.words import part_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.mock_views import MockView, TurnView


class MockInterviewScreen(AnsweringScreen):
    """The question that waits, and its answer."""

    HELP: ClassVar[str] = later(
        "Type your answer; ctrl+s gives it and the next question comes. To say it aloud instead press ctrl+r: space "
        "starts and stops the clock, then 1 to 4 say how it went. ctrl+n goes on without an answer, Esc pauses or ends "
        "the interview. What you type is kept as you type it; feedback comes when its time has come."
    )
    CSS_PATH = "mock_interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", later("give the answer"), id="mock_interview.send", priority=True),
        Binding("ctrl+r", "manner", later("type or speak"), id="mock_interview.manner", priority=True),
        Binding("space", "speak", later("start, stop"), id="mock_interview.speak"),
        Binding("1", "rate('again')", later("again"), id="mock_interview.again"),
        Binding("2", "rate('hard')", later("hard"), id="mock_interview.hard"),
        Binding("3", "rate('good')", later("good"), id="mock_interview.good"),
        Binding("4", "rate('easy')", later("easy"), id="mock_interview.easy"),
        Binding("ctrl+n", "skip", later("skip"), id="mock_interview.skip", priority=True),
        Binding("escape", "pause", later("pause"), id="mock_interview.pause", key_display="Esc", priority=True),
        Binding("ctrl+e", "outside", later("in $EDITOR"), show=False, id="mock_interview.outside", priority=True),
    ]

    @dataclass
    class Loaded(Message):
        """The interview was read."""

        view: "MockView"

    def __init__(self, *, sitting_id: int, interviewer: "Interviewer | None" = None, begins: bool = False) -> None:
        """An interview.

        Args:
            sitting_id: Its sitting.
            interviewer: Who asks; ``None`` for the built-in one.
            begins: Whether its first question was not put yet.
        """
        super().__init__(interviewer)
        self.sitting_id = sitting_id
        self._begins = begins

    def compose(self) -> ComposeResult:
        """The time, the question, the answer."""
        yield Bar()
        yield Page(id="question")
        yield Static("", id="remark")
        yield TextArea("", id="answer", soft_wrap=True, tab_behavior="indent")
        yield Static("", id="speaking")
        yield Page(id="given")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the interview, and follow the clock."""
        self.query_one("#question", Page).can_focus = False
        self.reload()
        self.set_interval(1.0, self.tick)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - it is none of an application
        """Read it anew, unless an answer is on its way."""
        sitting_id = self.sitting_id

        def read(session: "Session") -> "MockView":
            from prep.interviewing.mock_views import view_mock

            return view_mock(session, sitting_id)

        if not self.sends:
            self.load("mock", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        first = self.view is None
        self.show_view(message.view)
        if first and self._begins:
            self.consult(message.view, None)
            self.paint()

    @on(AnsweringScreen.Speaking)
    def _hear(self, message: AnsweringScreen.Speaking) -> None:
        if self.is_thinking and self.view is not None and self.view.waiting is not None:
            self._ask(message.text)

    def show_view(self, view: "MockView") -> None:
        """Show the question that waits; without one the interview is over."""
        self.view = view
        waiting = view.waiting
        if waiting is not None and waiting.id != self.shown:
            self.shown = waiting.id
            self.spoken, self.speaks = None, False
            is_spoken = view.options.manner == "spoken" and waiting.part != "opening" and not waiting.answer
            self.set_class(is_spoken, "-spoken")
            self.query_one("#answer", TextArea).text = waiting.answer
        if view.state != "open" and self.being_read is None:
            self._leave_for_review()
            return
        self.paint()

    def _leave_for_review(self) -> None:
        app, sitting_id, interviewer = self.ashore, self.sitting_id, self.interviewer
        if self.is_active:
            app.pop_screen()
            app.open_page("mock_review", sitting_id=sitting_id, interviewer=interviewer)
        else:
            app.close_page(self)

    @on(Page.Chosen, "#given")
    def _go_on_reading(self) -> None:
        self.action_send()

    # What is shown

    def paint(self) -> None:
        """Show the question with what belongs to it, and where the keys go."""
        view = self.view
        turn = self.being_read or (view.waiting if view is not None else None)
        if view is None or turn is None:
            return
        self.set_class(self.being_read is not None, "-reading")
        question = _("The interviewer is thinking… ctrl+n does not wait.") if self.is_thinking else as_plain(turn.asked)
        self._ask(question)
        self.query_one("#remark", Static).update(content(self._remark(turn)))
        self.paint_time()
        if self.being_read is not None:
            told = feedback_entries(turn.id, turn.feedback) if turn.feedback is not None else ()
            onwards = Entry("next", (Cell(_("The next question"), "strong"), Cell("  Enter", "key")))
            self.query_one("#given", Page).show((*told, onwards))
            self.query_one("#given", Page).focus()
        elif self.has_class("-spoken"):
            self.set_focus(None)
        else:
            self.query_one("#answer", TextArea).focus()
        self.refresh_bindings()

    def _ask(self, text: str) -> None:
        """What the interviewer says, wrapped as Chinese and Latin are."""
        self.query_one("#question", Page).show((Entry("question", (Cell(text, "strong"),), still=True),))

    def _remark(self, turn: "TurnView") -> str:
        if self.being_read is not None:
            return _("Feedback on your answer")
        if turn.part == "opening":
            return _("ctrl+s when you are ready.")
        return _("A follow-up question.") if turn.follows_id is not None else ""

    def paint_time(self) -> None:
        """Show which question it is, and the time."""
        view = self.view
        turn = self.being_read or (view.waiting if view is not None else None)
        if view is None or turn is None:
            return
        spent = view.spent_seconds + int(self.unkept)
        left = view.minutes * 60 - spent
        over = _("time is up; finish calmly") if left <= 0 else _("{time} left").format(time=clock(left))
        self.query_one(Bar).show(
            (Cell(f"{view.company} {view.stage}".strip(), "title"), Cell(f"  {part_word(turn.part)}", "key")),
            (Cell(f"{view.number}/{len(view.planned)}", "muted"),),
            (Cell(f"{clock(spent)} · ", "muted"), Cell(over, "warning" if left <= 0 else "muted")),
        )
        self.query_one("#speaking", Static).update(content(self._speaking_words()))

    def _speaking_words(self) -> str:
        if self.spoken is None:
            return _("Space starts; then say your answer aloud. ctrl+r to type it instead.")
        if self.speaks:
            return _("Speaking… {time}. Space stops.").format(time=clock(int(self.spoken)))
        return _("{time}. How was it? 1 again  2 hard  3 good  4 easy · space goes on speaking").format(
            time=clock(int(self.spoken))
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of speaking only while it is spoken; the digits are never places here."""
        if action == "speak":
            return self.has_class("-spoken") and self.being_read is None
        if action in ("manner", "skip", "outside"):
            return self.being_read is None
        return super().check_action(action, parameters)

    @property
    def unfit_actions(self) -> Collection[str]:
        """The ratings before there is something to rate."""
        return () if self.has_class("-spoken") and self.spoken is not None and not self.speaks else ("rate",)
