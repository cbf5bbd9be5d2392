"""What a sitting reads at its start and writes on its way; in threads, through the services of practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.dashboard.text import shorten
from tracker.messages import _
from tracker.words import rating_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlmodel import Session

    from prep.sittings.starting import SittingStart
    from prep.sittings.views import SittingAttempt
    from tracker.dashboard.backend import Backend

SETTING = "setting"
"""Kind of the changes that tell of the sitting itself: undo leaves them alone."""


@dataclass(frozen=True, slots=True)
class Review:
    """One review as it was given."""

    question_id: int
    question: str
    rating: str
    seconds: int
    answer: str
    bet: str

    @property
    def name(self) -> str:
        """What undo calls it."""
        question = shorten(" ".join(self.question.split()))
        return _("Practised ({rating}): {question}").format(rating=rating_word(self.rating), question=question)


class SittingWriter:
    """Writes one sitting. Its methods that take a backend alone run in the writers' thread, one after the other."""

    def __init__(self, sitting_id: int | None) -> None:
        self.sitting_id = sitting_id
        """``None`` before the first review: a sitting in which nothing was answered leaves nothing behind."""

    def rate(self, backend: "Backend", start: "SittingStart", review: Review) -> "SittingAttempt":
        """Write a review; with the first one the sitting begins."""
        from prep.sittings.recording import rate
        from prep.sittings.views import SittingAttempt

        sitting_id = self._begun(backend, start, review.question_id)

        def write(session: "Session", now: "datetime") -> "SittingAttempt":
            number = rate(
                session,
                sitting_id=sitting_id,
                question_id=review.question_id,
                rating=review.rating,
                now=now,
                seconds=review.seconds,
                answer=review.answer,
                bet=review.bet,
            )
            return SittingAttempt(number, review.question_id, review.rating, review.bet, "", review.seconds, now)

        return backend.change(review.name, write).value

    def _begun(self, backend: "Backend", start: "SittingStart", question_id: int) -> int:
        if self.sitting_id is None:

            def write(session: "Session", now: "datetime") -> int:
                from prep.bank import question_row
                from prep.sittings.starting import begin

                question_row(session, question_id)  # nothing begins with a question that is gone
                return begin(session, start=start, now=now)

            self.sitting_id = backend.change(_("Practice begun"), write, kind=SETTING).value
        return self.sitting_id

    def spend(self, backend: "Backend", seconds: int) -> None:
        """Queue the writing of time that was worked; called from the event loop."""
        if seconds > 0:
            backend.submit(lambda: self._spend(backend, seconds))

    def _spend(self, backend: "Backend", seconds: int) -> None:
        number = self.sitting_id
        if number is None:
            return
        from prep.sittings.recording import spend

        backend.change(
            _("Time practised"), lambda session, _now: spend(session, sitting_id=number, seconds=seconds), kind=SETTING
        )

    def end(self, backend: "Backend", state: str) -> "Callable[[], int | None]":
        """The job that ends the sitting; it returns its id, or nothing where it never began."""

        def job() -> int | None:
            number = self.sitting_id
            if number is None:
                return None
            from prep.sittings.recording import end_sitting

            backend.change(
                _("Practice ended"),
                lambda session, now: end_sitting(session, sitting_id=number, now=now, state=state),
                kind=SETTING,
            )
            return number

        return job


def read_start(
    session: "Session",
    start: "SittingStart | None",
    sitting_id: int | None,
    question_ids: Sequence[int],
    now: "datetime",
) -> "tuple[SittingStart, tuple[SittingAttempt, ...], int]":
    """What a sitting is to be, its reviews so far, and the seconds that were worked at it.

    Raises:
        GoneError: the sitting is not there any more.
    """
    from prep.sittings.recording import view_sitting
    from prep.sittings.starting import resume, start_daily, start_listed

    if sitting_id is not None:
        view = view_sitting(session, sitting_id)
        timed = sum(attempt.seconds or 0 for attempt in view.attempts)
        return resume(view), view.attempts, max(view.spent_seconds, timed)
    if start is None:
        start = start_listed(session, question_ids) if question_ids else start_daily(session, now=now)
    return start, (), 0
