"""Saying a self-introduction aloud: the text goes by at the person's pace, and a take at the end teaches it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.markdown import as_plain
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.introduction_view import rate_words, take_entries, timing_words
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.prompter import Prompter
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.times import clock_time

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual.timer import Timer

    from prep.introductions.drafts import IntroductionView
    from prep.introductions.speaking import SpeakingRate
    from prep.introductions.takes import TakeResult
    from prep.introductions.teleprompter import Teleprompter

TICK = 0.1
"""Seconds between two looks at the clock while it runs."""
PROGRESS = 24
"""Cells of the line that shows how far the text is."""


class IntroductionRehearsalScreen(AshoreScreen):
    """A teleprompter."""

    HELP: ClassVar[str] = later(
        "Say it aloud. space starts the clock and the text, and halts them; on the last sentence it ends the take. "
        "Enter ends it anywhere: said to its end. + and - change the pace, t takes the pace that meets the target, "
        "the arrows move the text, r begins anew. Only a take that was ended is kept, and u takes it back; from two "
        "takes on, times are told at your own pace."
    )
    CSS_PATH = "introduction_rehearsal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", later("back"), id="page.back", key_display="Esc"),
        Binding("space", "start_or_stop", later("start, stop"), id="rehearsal.start"),
        Binding("enter", "end", later("said to its end"), id="rehearsal.end", key_display="Enter"),
        Binding("plus,equals_sign", "pace(1)", later("faster"), id="rehearsal.faster", key_display="+"),
        Binding("minus,underscore", "pace(-1)", later("slower"), id="rehearsal.slower", key_display="-"),
        Binding("t", "meet_target", later("to the target"), id="rehearsal.target"),
        Binding("r", "restart", later("anew"), id="rehearsal.restart"),
        Binding("down,j,right", "move(1)", later("next sentence"), show=False, id="rehearsal.next"),
        Binding("up,k,left", "move(-1)", later("sentence before"), show=False, id="rehearsal.before"),
    ]

    @dataclass
    class Loaded(Message):
        """The draft was read."""

        view: "IntroductionView"
        rate: "SpeakingRate"

    def __init__(self, *, introduction_id: int) -> None:
        """One draft."""
        super().__init__()
        self.introduction_id = introduction_id
        self.view: IntroductionView | None = None
        self.prompter: Teleprompter | None = None
        self._timer: Timer | None = None
        self._has_result = False
        """Whether what the last take came to is shown."""
        self._text = ""
        """What is being said."""

    def compose(self) -> ComposeResult:
        """Title and time, the text, how far it is."""
        yield Bar(id="time")
        yield Bar(id="pace")
        yield Prompter()
        yield Bar(id="result")
        yield Bar(id="remark")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the draft."""
        self.reload()

    def on_screen_suspend(self) -> None:
        """Halt while something else is in front."""
        super().on_screen_suspend()
        self._halt()

    def on_unmount(self) -> None:
        """Let the clock go."""
        self._stop_timer()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the draft anew; a text that is being said stays."""
        number = self.introduction_id

        def read(session: "Session") -> "IntroductionRehearsalScreen.Loaded":
            from prep.introductions.drafts import view_introduction
            from prep.introductions.speaking import own_rate

            rate = own_rate(session)
            return self.Loaded(view_introduction(session, number), rate)

        self.load("rehearsal", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        from prep.introductions.teleprompter import Teleprompter, prompt_sentences

        self.view = message.view
        if self.prompter is None or not self.prompter.has_begun:
            sentences = prompt_sentences(message.view.text, message.rate)
            self.prompter = Teleprompter(sentences, target_seconds=message.view.target_seconds)
            self._text = message.view.text
            self.query_one(Prompter).show([as_plain(sentence.text.strip()) for sentence in sentences])
            if not self._has_result:
                self.query_one("#remark", Bar).show((Cell(rate_words(message.rate), "faint"),))
        self._show()

    def _show(self) -> None:
        """Where the text is."""
        prompter, view = self.prompter, self.view
        if prompter is None or view is None:
            return
        target = view.target_seconds
        is_over = prompter.elapsed > target
        clock = Cell(f"{clock_time(int(prompter.elapsed))} / {clock_time(target)}", "warning" if is_over else "strong")
        state = _("running") if prompter.is_running else _("halted") if prompter.has_begun else _("space starts")
        self.query_one("#time", Bar).show((Cell(view.title, "title"),), (Cell(state, "key"),), (clock,))
        done = round(prompter.progress * PROGRESS)
        ends = round(prompter.expected_seconds)
        left = (
            Cell("━" * done, "key"),
            Cell("─" * (PROGRESS - done), "frame"),
            Cell(f"  {prompter.progress * 100:.0f} %", "muted"),
        )
        right = (
            Cell(
                _("ends at {timing}").format(timing=timing_words(ends, target)), "warning" if ends > target else "good"
            ),
            Cell(f" · ×{prompter.pace:.2f}", "muted"),
        )
        self.query_one("#pace", Bar).show(left, (), right)
        sentence = prompter.sentences[prompter.current] if prompter.sentences else None
        if sentence is not None:
            length = sentence.ends - sentence.begins
            part = (prompter.position - sentence.begins) / length if length > 0 else 0.0
            self.query_one(Prompter).go(prompter.current, part)

    # The clock

    def _tick(self) -> None:
        if self.prompter is not None:
            self.prompter.tick(self.now())
            self._show()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _halt(self) -> bool:
        """Stop the clock; tells whether it ran."""
        self._stop_timer()
        prompter = self.prompter
        if prompter is None or not prompter.is_running:
            return False
        prompter.pause(self.now())
        self._show()
        return True

    def action_start_or_stop(self) -> None:
        """Start the clock, or halt it; on the last sentence, end the take."""
        prompter = self.prompter
        if prompter is None:
            return
        if prompter.is_running:
            prompter.tick(self.now())
            if prompter.is_last:
                self.action_end()
            else:
                self._halt()
            return
        if not prompter.has_begun:
            self._has_result = False
            self.query_one("#result", Bar).show(())
            self.query_one("#remark", Bar).show(())
        prompter.start(self.now())
        self._timer = self.set_interval(TICK, self._tick)
        self._show()

    def action_end(self) -> None:
        """It was said to its end: keep the take."""
        prompter = self.prompter
        if prompter is None or not prompter.has_begun:
            self.say(_("space starts the clock first."))
            return
        self._halt()
        seconds, number, text = prompter.elapsed, self.introduction_id, self._text
        prompter.restart()

        def write(session: "Session", now: datetime) -> "TakeResult":
            from prep.introductions.takes import record_take

            return record_take(session, introduction_id=number, seconds=seconds, now=now, text=text)

        title = self.view.title if self.view is not None else ""
        name = _("Introduction «{title}»: said aloud in {time}").format(title=title, time=clock_time(round(seconds)))
        self.change(name, write, say=lambda _result: name, then=self._tell, applications=())
        self._show()

    def _tell(self, result: "TakeResult") -> None:
        first, second = take_entries(result.seconds, result.target_seconds, result.rate, counts=result.counts)
        self._has_result = True
        self.query_one("#result", Bar).show(first)
        self.query_one("#remark", Bar).show(second)

    # Keys

    def action_pace(self, steps: int) -> None:
        """Let the text go by faster or slower."""
        if self.prompter is not None:
            self.prompter.faster(steps)
            self._show()

    def action_meet_target(self) -> None:
        """Let the text end with the target."""
        if self.prompter is not None:
            self.prompter.meet_target()
            self._show()

    def action_move(self, sentences: int) -> None:
        """Move the text; the clock is left alone."""
        if self.prompter is not None:
            self.prompter.move(sentences)
            self._show()

    @on(Prompter.Clicked)
    def _go_to(self, message: Prompter.Clicked) -> None:
        if self.prompter is not None:
            self.prompter.go_to(message.index)
            self._show()

    def action_restart(self) -> None:
        """Begin anew; what was said of this take is given up."""
        self._stop_timer()
        if self.prompter is not None:
            self.prompter.restart()
            self.reload()

    def action_leave(self) -> None:
        """Halt first, so that no take is lost by one key; then leave."""
        if self._halt():
            self.say(_("Halted. space goes on, Enter keeps it as a take, Esc leaves without."))
        else:
            self.app.pop_screen()
