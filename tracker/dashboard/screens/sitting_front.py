"""What a sitting shows: how far it is, the question in front, its answer, the ratings; and what it reads ahead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from tracker.dashboard.markdown import as_plain
from tracker.dashboard.screens.sitting_keys import SittingKeys
from tracker.dashboard.screens.sitting_writing import SittingWriter, read_start
from tracker.dashboard.sitting_run import SittingRun
from tracker.dashboard.stopwatch import Stopwatch
from tracker.dashboard.views.sitting_view import (
    asked_facts,
    hint_words,
    left_words,
    progress_cells,
    rating_cells,
    title_words,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.markdown_view import MarkdownView
from tracker.dashboard.widgets.reading_view import ReadingView
from tracker.dashboard.widgets.table import Cell
from tracker.dashboard.widgets.wrapped import Wrapped
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from prep.sittings.asking import QuestionToAsk, SittingFront
    from prep.sittings.starting import SittingStart
    from prep.sittings.views import SittingAttempt

LAY_OUT_AFTER = 0.06
"""Seconds between a question and the layout of its answer, which is not to hold the question up."""
SECOND = 1.0
OWN_PACE_FROM = 5
"""Questions after which one's own pace tells how long the rest takes."""
WIDE = 110
"""Columns from which one's own answer stands beside the one in the notes."""
OF_HIDDEN = ("reveal", "bet", "type")
OF_SHOWN = ("search", "follow", "copy")


class SittingFrontScreen(SittingKeys):
    """The base of a sitting."""

    CSS_PATH = "sitting.tcss"

    @dataclass
    class Opened(Message):
        """What the sitting is was read."""

        start: "SittingStart"
        attempts: "Sequence[SittingAttempt]"
        spent: int

    @dataclass
    class Loaded(Message):
        """Where it stands was read."""

        serial: int
        wanted: tuple[int, ...]
        front: "SittingFront"

    def __init__(
        self,
        *,
        start: "SittingStart | None" = None,
        sitting_id: int | None = None,
        question_ids: Sequence[int] = (),
    ) -> None:
        """A sitting that begins, or goes on.

        Args:
            start: what it is to be.
            sitting_id: one that was begun before.
            question_ids: without both: the questions to practise; none for what is due today.
        """
        super().__init__()
        self.start = start
        self.writer = SittingWriter(sitting_id)
        self.run: SittingRun | None = None
        self._listed = tuple(question_ids)
        self.serial = 0
        """Grows with all that is done here: what was read before counts no more."""
        self._shown: int | None = None
        """The question that is on the screen."""
        self.bet = self.typed = ""
        self.bets = self.waits = self.is_over = False
        """Whether a bet is being made; whether a review is being written; whether it is through."""
        self.is_typing = False
        """Whether the answer is being typed, in an editor in front of this screen."""
        self.seconds = 0
        """How long the answer took, once it was shown."""
        self.thinking, self.working = Stopwatch(), Stopwatch()
        self._before = self._spent = 0
        """Seconds worked before this screen was opened, and since then as far as they are written."""

    def compose(self) -> ComposeResult:
        """How far it is, the question, the answer, the ratings."""
        yield Bar(id="progress")
        yield Wrapped(id="question")
        yield Wrapped(id="facts")
        yield Wrapped(id="hint")
        with Container(id="answers"):
            yield MarkdownView(id="own")
            yield ReadingView(id="answer")
        yield Bar(id="ratings")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read what is asked."""
        self.add_class("-hidden")
        self.query_one("#own").can_focus = False
        self.reload()
        self.set_interval(SECOND, self.show_progress)

    def on_unmount(self) -> None:
        """Keep the time that was worked, also where the program ends here."""
        self.writer.spend(self.backend, self.worked())

    def on_resize(self, event: "events.Resize") -> None:
        """One's own answer beside the other where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")

    @property
    def question(self) -> "QuestionToAsk | None":
        """What is in front."""
        return self.run.question if self.run is not None and self._shown is not None else None

    @property
    def is_hidden(self) -> bool:
        """Whether the answer is."""
        return self.has_class("-hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is hidden can be shown; what is shown can be read."""
        if action in OF_HIDDEN:
            paused = self.has_class("-paused")
            return self.question is not None and ((self.is_hidden and not paused) or (paused and action == "reveal"))
        if action in OF_SHOWN and self.is_hidden:
            return False
        if action in ("rate", "pause"):
            return self.question is not None
        return super().check_action(action, parameters)

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read anew where it stands, and what may come next."""
        run, now, serial, number = self.run, self.now(), self.serial, self.writer.sitting_id
        if run is None:
            start, listed = self.start, self._listed
            self.load("sitting", lambda session: read_start(session, start, number, listed, now), self._opened)
            return
        wanted = run.wanted(now)

        def read(session: "Session") -> "SittingFront":
            from prep.sittings.asking import read_front

            return read_front(session, sitting_id=number, question_ids=wanted, now=now)

        self.load("sitting", read, lambda front: self.Loaded(serial, wanted, front))

    def _opened(self, found: "tuple[SittingStart, Sequence[SittingAttempt], int]") -> Message:
        return self.Opened(*found)

    @on(Opened)
    def _take_start(self, message: Opened) -> None:
        self.start, self._before = message.start, message.spent
        self.run = SittingRun(message.start.question_ids, message.attempts)
        self.working.start(self.now())
        self.go_on()

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        run = self.run
        if run is None or self.waits or message.serial != self.serial:
            return
        if run.take(message.front, message.wanted) or self._shown != run.current:
            if run.current in run.skipped:
                self.serial += 1
                self.say(_("A question was passed over: it is gone, or left out of practice."))
                self.go_on()
                return
            self._show()
            self.bring_back()
        elif run.question is not None:
            self._fill(run.question, anew=False)
        self.show_progress()

    def bring_back(self) -> None:
        """Show again what a review held that was just taken back."""

    def go_on(self) -> None:
        """The next question, or the end."""
        if self.run is None:
            return
        if self.run.advance(self.now()) is None:
            self.come_to_end()
        elif self.run.question is None:
            self._shown = None
            self.reload()
        else:
            self._show()

    def _show(self) -> None:
        """Show the question in front, its answer hidden, and start the clock."""
        run, now = self.run, self.now()
        if run is None or run.question is None:
            self.reload()
            return
        self._shown = run.current
        self.bet = self.typed = ""
        self.bets = False
        self.add_class("-hidden")
        self.remove_class("-typed")
        self.thinking.reset()
        if self.working.is_running:
            self.thinking.start(now)
        self.set_focus(None)
        self._fill(run.question, anew=True)
        self.show_progress()
        self.refresh_bindings()

    def _fill(self, question: "QuestionToAsk", *, anew: bool) -> None:
        """The words of a question; its answer is laid out while one thinks."""
        reason = self.start.reasons.get(question.id, "") if self.start else ""
        self.query_one("#question", Wrapped).show(as_plain(question.text))
        self.query_one("#facts", Wrapped).show(asked_facts(question, reason))
        self.show_hint()
        if anew:
            self.set_timer(LAY_OUT_AFTER, self.lay_out_answer)
        else:
            self.lay_out_answer()

    def lay_out_answer(self) -> None:
        """Lay out the answer of the question in front, seen or not."""
        question = self.question
        if question is not None:
            text = question.answer if question.answer.strip() else _("No answer yet. E writes one.")
            if self.reading.text != text:
                self.reading.show(text)

    def show_hint(self) -> None:
        """What to do now, and the ratings or bets there are."""
        words = hint_words(hidden=self.is_hidden, seconds=self.seconds, bet=self.bet, typed=bool(self.typed))
        paused = _("Paused: the clock stands still. p goes on.")
        self.query_one("#hint", Wrapped).show(paused if self.has_class("-paused") else words)
        question = self.question
        is_rated = question is not None and (self.bets or not self.is_hidden)
        self.query_one("#ratings", Bar).show(rating_cells(question, betting=self.bets) if question and is_rated else ())

    def show_progress(self) -> None:
        """How far it is, and how long it may still take."""
        run, start = self.run, self.start
        if run is None or start is None:
            return
        now, done, total = self.now(), run.done, run.total
        worked = self._before + self.working.read(now)
        limit = None if start.minutes is None else start.minutes * 60 - worked
        left = self._seconds_left(done, total, worked)
        self.query_one("#progress", Bar).show(
            (Cell(title_words(start), "title"),),
            (Cell(left_words(left, limit_left=limit), "muted"),),
            progress_cells(done, total),
        )

    def _seconds_left(self, done: int, total: int, worked: int) -> int | None:
        """By one's own pace in this sitting once there is one, before that by what such questions take."""
        if done >= OWN_PACE_FROM and worked:
            return worked * (total - done) // done
        if self.start is None or not self.start.seconds or not total:
            return None
        return self.start.seconds * (total - done) // total

    def worked(self) -> int:
        """Seconds worked since this was asked last; they are to be written."""
        seconds = self.working.read(self.now())
        new, self._spent = seconds - self._spent, seconds
        return max(0, new)

    def come_to_end(self) -> None:
        """There is no further question."""
