"""A mock interview's talk with an interviewer that takes its time: in a thread, and never in the candidate's way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tracker.dashboard.screens.base import AshoreScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlmodel import Session

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.mock_views import MockView


@dataclass(frozen=True, slots=True)
class Consulted:
    """What an interviewer gave before the next question."""

    follow_up: str = ""
    """A question of its own, which comes first."""
    wording: str = ""
    """How it puts the question that waits."""
    complaint: str = ""


class AskingScreen(AshoreScreen):
    """The base of the interview's screen: what waits is asked in the interviewer's words, or else in its own."""

    interviewer: "Interviewer | None" = None
    view: "MockView | None" = None

    @dataclass
    class Speaking(Message):
        """What an interviewer says so far."""

        turn_id: int
        text: str

    @dataclass
    class Came(Message):
        """An interviewer is done, or was not waited for any longer."""

        turn_id: int
        answered_id: int | None
        found: Consulted

    @property
    def is_thinking(self) -> bool:
        """Whether the interviewer is still being waited for."""
        return "interviewer" in self._reads

    def consult(self, view: "MockView", answered_id: int | None) -> None:
        """Let the interviewer ask on from the answer just given, or else word the question that waits."""
        interviewer, waiting, backend = self.interviewer, view.waiting, self.backend
        if interviewer is None or waiting is None:
            return
        turn_id = waiting.id

        def work() -> "AskingScreen.Came":
            from textual.worker import get_current_worker

            from prep.interviewing.giving_away import gives_away, said_so_far, stored_answers

            worker, asked = get_current_worker(), view.waiting
            known = said_so_far(view, asked) if asked is not None else ""
            stored = backend.read(lambda session: stored_answers(session, view.turns))

            def say(text: str) -> None:
                # What gives an answer away is not even seen while it comes in.
                if not any(gives_away(text, stored_answer=answer, known=known) for answer in stored.values()):
                    self.post_message(self.Speaking(turn_id, text))

            found = _consult(interviewer, view, answered_id, say=say, is_ended=lambda: worker.is_cancelled)
            return self.Came(turn_id, answered_id, found)

        self.run_thread("interviewer", work, lambda came: came)

    def wait_no_longer(self) -> None:
        """Go on with the question in its own words."""
        self.workers.cancel_group(self, "interviewer")
        self._reads.pop("interviewer", None)  # its thread may take its time to notice

    @on(Came)
    def _came(self, message: Came) -> None:
        self._reads.pop("interviewer", None)  # its thread is over, though that may be told later than this
        view, found = self.view, message.found
        if view is None or view.waiting is None or view.waiting.id != message.turn_id:
            return
        if found.complaint:
            self.say(found.complaint)
        turn_id, answered_id, backend = message.turn_id, message.answered_id, self.backend

        def write(session: "Session", now: "datetime") -> "MockView":
            from prep.interviewing.engine import ask_on, reword
            from prep.interviewing.mock_views import view_mock

            if found.follow_up and answered_id is not None:
                ask_on(session, turn_id=answered_id, text=found.follow_up, now=now)
            elif found.wording:
                reword(session, turn_id=turn_id, text=found.wording)
            return view_mock(session, view.id)

        self.submit(lambda: backend.change(view.company, write, kind="setting").value, self.show_view)

    def show_view(self, view: "MockView") -> None:
        """Show the interview as it is now."""
        self.view = view


def _consult(
    interviewer: "Interviewer",
    view: "MockView",
    answered_id: int | None,
    *,
    say: "Callable[[str], None]",
    is_ended: "Callable[[], bool]",
) -> Consulted:
    """Called from a thread. The program decides whether a question may go on from the answer; see the engine."""
    from prep.interviewing.engine import may_follow_up
    from prep.interviewing.playing import find_follow_up, put_question

    waiting = view.waiting
    answered = view.turn(answered_id) if answered_id is not None else None
    if waiting is None:
        return Consulted()
    asks_on = answered is not None and answered.manner == "typed" and waiting.follows_id is None
    if answered is not None and asks_on and may_follow_up(view, answered):
        played = find_follow_up(interviewer, view.context(answered), answer=answered.answer, say=say, is_ended=is_ended)
        if played.value or played.complaint:
            return Consulted(follow_up=played.value or "", complaint=played.complaint)
    worded = put_question(interviewer, view.context(waiting), say=say, is_ended=is_ended)
    return Consulted(wording=worded.value or "", complaint=worded.complaint)
