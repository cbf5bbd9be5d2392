"""Answering in a mock interview: drafts that are kept as they are typed, time, ratings, pauses."""

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import TextArea

from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.mock_asking import AskingScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.text_editor import edit_in_editor
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session
    from textual.timer import Timer

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.mock_views import MockView, TurnView

DRAFT_AFTER = 1.0
"""Seconds without a key after which what is typed is kept: a kill loses no more."""
KEEP_EVERY = 10
"""Seconds of time that are kept together while nothing is typed."""
LONGEST_TICK = 5.0
"""Seconds between two looks at the clock that count at most: a machine that slept did not answer."""


class AnsweringScreen(AskingScreen):
    """The base of the interview's screen: what the keys of an answer do."""

    def __init__(self, interviewer: "Interviewer | None") -> None:
        super().__init__()
        self.interviewer = interviewer
        self.shown: int | None = None
        """The turn whose draft is in the editor."""
        self.unkept = 0.0
        """Seconds that were taken and are not kept yet."""
        self.spoken: float | None = None
        """Seconds of speaking, while it goes on or waits for its rating; ``None`` before it."""
        self.speaks = False
        self.sends = False
        """Whether an answer is on its way to the database."""
        self.being_read: TurnView | None = None
        """The turn whose feedback is being read."""
        self._looked: datetime | None = None
        self._draft_timer: Timer | None = None

    def paint(self) -> None:
        """Show what is there now."""

    def paint_time(self) -> None:
        """Show the time."""

    @property
    def waiting(self) -> "TurnView | None":
        """The turn that waits for an answer."""
        return self.view.waiting if self.view is not None else None

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one("#answer", TextArea).text

    def complain(self, error: BaseException | str) -> None:
        """Show why an answer was not taken; it is still there to be given."""
        self.sends = False
        super().complain(error)
        if isinstance(error, RefusedError):
            self.reload()

    # Time and drafts

    def tick(self) -> None:
        """Count the time since the last look, unless something else is in front."""
        now, before = self.now(), self._looked
        self._looked = now
        if before is None or not self.is_active or self.being_read is not None or self.sends or self.is_thinking:
            return
        passed = min(max(0.0, (now - before).total_seconds()), LONGEST_TICK)
        self.unkept += passed
        if self.speaks and self.spoken is not None:
            self.spoken += passed
        self.paint_time()
        if self.unkept >= KEEP_EVERY:
            self.keep_draft()

    @on(TextArea.Changed, "#answer")
    def _typed(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def keep_draft(self) -> None:
        """Keep what is typed, and the time that it took."""
        view, waiting = self.view, self.waiting
        if view is None or waiting is None or self.sends or waiting.id != self.shown:
            return
        text, seconds, turn_id, backend = self.text, int(self.unkept), waiting.id, self.backend
        if text == waiting.answer and not seconds:
            return
        self.unkept -= seconds

        def write(session: "Session", _now: "datetime") -> "MockView":
            from prep.interviewing.engine import save_draft
            from prep.interviewing.mock_views import view_mock

            save_draft(session, turn_id=turn_id, text=text, seconds=seconds)
            return view_mock(session, view.id)

        self.submit(lambda: backend.change(self.step_name, write, kind="setting").value, self._kept)

    def _kept(self, view: "MockView") -> None:
        if not self.sends:
            self.view = view

    @property
    def step_name(self) -> str:
        """What the log of changes calls a step of this interview."""
        if self.view is None:
            return _("Mock interview")
        return _("Mock interview: {company} {stage}").format(company=self.view.company, stage=self.view.stage)

    def on_screen_suspend(self) -> None:
        """Keep what is typed before something else is in front; the clock stands still meanwhile."""
        super().on_screen_suspend()
        self.speaks = False
        self.keep_draft()

    # Answering

    def _answer(self, manner: str, *, rating: str = "") -> None:
        view, waiting = self.view, self.waiting
        if view is None or waiting is None or self.sends or self.is_thinking:
            return
        text = self.text if manner == "typed" else ""
        seconds, turn_id, backend = int(self.unkept), waiting.id, self.backend
        if manner == "typed" and not text.strip() and waiting.part != "opening":
            self.say(_("Nothing is typed yet; ctrl+n goes on without an answer."))
            return
        self.sends, self.unkept = True, self.unkept - seconds

        def write(session: "Session", now: "datetime") -> "MockView":
            from prep.interviewing.engine import answer_turn
            from prep.interviewing.marking import fill_feedback
            from prep.interviewing.mock_views import view_mock

            answer_turn(session, turn_id=turn_id, manner=manner, answer=text, rating=rating, seconds=seconds, now=now)
            if view.options.gives_feedback_at_once:
                fill_feedback(session, sitting_id=view.id)
            return view_mock(session, view.id)

        self.submit(
            lambda: backend.change(self.step_name, write, kind="setting").value,
            lambda after: self._answered(after, turn_id),
        )

    def _answered(self, view: "MockView", turn_id: int) -> None:
        self.sends = False
        turn = view.turn(turn_id)
        if view.options.gives_feedback_at_once and turn is not None and turn.feedback is not None:
            self.being_read = turn
        if turn is not None and (turn.rating or view.state != "open"):
            self.ashore.post_message(DatabaseChanged(frozenset()))
        self.consult(view, turn_id)
        self.show_view(view)

    def action_send(self) -> None:
        """Give the answer; while feedback is read, go on to the next question."""
        if self.being_read is not None:
            self.being_read = None
            if self.view is not None:
                self.show_view(self.view)
        elif not self.has_class("-spoken"):
            self._answer("typed")
        elif self.spoken is None:
            self.say(_("Space starts; then say your answer aloud. ctrl+r to type it instead."))
        else:
            self.speaks = False
            self.say(_("How was it? 1 again 2 hard 3 good 4 easy"))
            self.paint_time()

    def action_skip(self) -> None:
        """Go on without an answer, or without waiting for the interviewer's words."""
        if self.is_thinking:
            self.wait_no_longer()
            self.paint()
        elif not self.has_class("-spoken") and self.text.strip():
            self.say(_("There is an answer already: ctrl+s gives it."))
        else:
            self._answer("skipped")

    def action_manner(self) -> None:
        """Say this answer aloud, or type it."""
        if not self.has_class("-spoken") and self.text.strip():
            self.say(_("There is an answer already: ctrl+s gives it."))  # said aloud, what is typed would be lost
            return
        self.toggle_class("-spoken")
        self.spoken, self.speaks = None, False
        self.paint()

    def action_speak(self) -> None:
        """Start or stop speaking."""
        self.speaks = not self.speaks
        self.spoken = self.spoken or 0.0
        self.paint_time()
        self.refresh_bindings()

    def action_rate(self, rating: str) -> None:
        """How the spoken answer went."""
        if not self.has_class("-spoken") or self.being_read is not None:
            return
        if self.spoken is None or self.speaks:
            self.say(_("Space starts and stops; then 1 to 4 say how it went."))
        else:
            self._answer("spoken", rating=rating)

    def action_outside(self) -> None:
        """Go on typing in the person's own editor."""
        area = self.query_one("#answer", TextArea)
        try:
            area.text = edit_in_editor(self.app, area.text, command=self.ashore.settings.editor)
        except AshoreError as error:
            self.complain(error)

    # Pausing

    def action_pause(self) -> None:
        """Stop the clock; go on, end here, or leave it for later."""
        if self.being_read is not None:
            self.action_send()
            return
        if self.view is None:
            self.app.pop_screen()
            return
        choices = (
            Choice("on", _("go on"), "g"),
            Choice("end", _("end here and see the feedback"), "e"),
            Choice("leave", _("leave; it goes on from here later"), "l"),
        )
        self.app.push_screen(Chooser(_("Paused. The clock stands still."), choices, current="on"), self._after_pause)

    def _after_pause(self, chosen: str | None) -> None:
        if chosen == "leave":
            self.ashore.close_page(self)
        elif chosen == "end":
            self._end()

    def _end(self) -> None:
        view = self.view
        if view is None or self.sends:
            return
        self.sends, text, backend = True, self.text, self.backend

        def write(session: "Session", now: "datetime") -> "MockView":
            from prep.interviewing.engine import end_mock

            return end_mock(session, sitting_id=view.id, now=now, draft=text)

        self.submit(lambda: backend.change(self.step_name, write, kind="setting").value, self._ended_early)

    def _ended_early(self, view: "MockView") -> None:
        self.sends = False
        self.ashore.post_message(DatabaseChanged(frozenset()))
        self.show_view(view)
