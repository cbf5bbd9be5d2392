"""Feedback by a language model on a whole interview: answer by answer in a thread, each kept as it comes."""

from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen, DatabaseChanged
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.interviewing.interviewer import Feedback, Interviewer
    from prep.interviewing.mock_views import MockView, TurnView


def judge_all(screen: AshoreScreen, view: "MockView", interviewer: "Interviewer") -> None:
    """Ask about every typed answer that this interviewer has not judged yet; leaving the screen ends it."""
    turns = _not_judged(view, interviewer.name)
    backend, app = screen.backend, screen.ashore
    enough: list[bool] = []
    """Of each answer that was looked at, whether there was enough to tell."""

    def judge(turn: "TurnView", is_ended: "list[bool]") -> str:
        from textual.worker import get_current_worker

        from prep.interviewing.marking import keep_feedback, stored_answer
        from prep.interviewing.playing import give_feedback

        worker = get_current_worker()
        stored = backend.read(lambda session: stored_answer(session, turn_id=turn.id))
        played = give_feedback(
            interviewer,
            view.context(turn),
            answer=turn.answer,
            stored_answer=stored,
            is_ended=lambda: worker.is_cancelled,
        )
        is_ended.append(worker.is_cancelled)
        found: Feedback | None = played.value
        if found is not None and not worker.is_cancelled:
            enough.append(found.is_enough)

            def write(session: "Session", _now: "datetime") -> None:
                keep_feedback(session, turn_id=turn.id, feedback=found, source=interviewer.name)

            name = _("Feedback: {question}").format(question=" ".join(turn.asked.split())[:60])
            backend.submit(lambda: backend.change(name, write, kind="setting")).result()
            app.call_from_thread(app.post_message, DatabaseChanged(frozenset()))
        return played.complaint

    def work() -> str:
        ended: list[bool] = []
        for turn in turns:
            complaint = judge(turn, ended)
            if complaint or any(ended):
                return complaint
        return ""

    def tell(complaint: str) -> None:
        if complaint:
            screen.complain(complaint)
        else:
            screen.say(_told(enough))

    if not turns:
        tell("")
        return
    screen.say(ngettext("Asking about {n} answer…", "Asking about {n} answers…", len(turns)).format(n=len(turns)))
    screen.fetch(work, tell)


def _not_judged(view: "MockView", name: str) -> "list[TurnView]":
    return [
        turn
        for turn in view.turns
        if turn.manner == "typed"
        and turn.part not in ("opening", "reverse")
        and (turn.feedback is None or turn.feedback.source != name)
    ]


def _told(enough: "list[bool]") -> str:
    """What came of it; of answers that nothing can be told of, none was sent."""
    if enough and not any(enough):
        return _("There was nothing to judge: answers too short, or no notes to compare them with.")
    return _("The language model has looked at every typed answer.")
