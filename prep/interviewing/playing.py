"""Asking an interviewer for something, such that nothing it does can harm the interview."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from prep.interviewing.interviewer import Feedback, Interviewer, InterviewerError, TurnContext
from tracker.messages import _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Played(Generic[T]):
    """What an interviewer gave."""

    value: T | None
    """``None`` when it gave nothing."""
    complaint: str = ""
    """Why not, in a sentence; empty when all went well, or nobody waits any more."""


def play(act: Callable[[], T], *, is_ended: Callable[[], bool]) -> Played[T]:
    """Do something with an interviewer; whatever it raises becomes a sentence."""
    try:
        value = act()
    except InterviewerError as error:
        return Played(None, "" if is_ended() else str(error))
    except Exception as error:  # noqa: BLE001 - a broken interviewer must not take the interview along
        sentence = _("The interviewer failed ({kind}); the interview goes on without it.")
        return Played(None, "" if is_ended() else sentence.format(kind=type(error).__name__))
    return Played(None if is_ended() else value)


def put_question(
    interviewer: Interviewer, context: TurnContext, *, say: Callable[[str], None], is_ended: Callable[[], bool]
) -> Played[str]:
    """How an interviewer words the planned question; nothing when it says nothing."""

    def ask() -> str:
        return interviewer.put(context, say=say, is_ended=is_ended).text.strip()

    played = play(ask, is_ended=is_ended)
    return Played(played.value or None, played.complaint)


def find_follow_up(
    interviewer: Interviewer,
    context: TurnContext,
    *,
    answer: str,
    say: Callable[[str], None],
    is_ended: Callable[[], bool],
) -> Played[str]:
    """A question of an interviewer's own that goes on from an answer; nothing when there is none."""

    def ask() -> str:
        found = interviewer.follow_up(context, answer=answer, say=say, is_ended=is_ended)
        return found.text.strip() if found is not None else ""

    played = play(ask, is_ended=is_ended)
    return Played(played.value or None, played.complaint)


def give_feedback(
    interviewer: Interviewer, context: TurnContext, *, answer: str, stored_answer: str, is_ended: Callable[[], bool]
) -> Played[Feedback]:
    """What an interviewer says of an answer; nothing when it cannot."""
    return play(
        lambda: interviewer.feedback(context, answer=answer, stored_answer=stored_answer, is_ended=is_ended),
        is_ended=is_ended,
    )
