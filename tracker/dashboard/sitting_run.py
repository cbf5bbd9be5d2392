"""Where a sitting is: what was answered, what is in front, what may come next. No widget and no database in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from prep.sittings.due import MOST_AGAIN, next_question
from prep.sittings.views import SittingAttempt

if TYPE_CHECKING:
    from prep.sittings.asking import QuestionToAsk, SittingFront

AHEAD = 3
"""Questions that are read before they are needed, whatever the ratings are until then."""
KEPT = 8
"""Questions left out last that are looked at again: undo may bring them back."""


class SittingRun:
    """One sitting on its way through its questions."""

    def __init__(self, plan: Sequence[int], attempts: Sequence[SittingAttempt] = ()) -> None:
        self.plan = tuple(plan)
        self._planned = frozenset(self.plan)
        self.attempts: list[SittingAttempt] = list(attempts)
        self.skipped: dict[int, None] = {}
        """Questions that are not asked any more: gone, or left out of practice. In the order in which that came."""
        self.current: int | None = None
        self.ready: Mapping[int, QuestionToAsk] = {}
        """What was read of questions that may be asked."""

    @property
    def question(self) -> "QuestionToAsk | None":
        """What is in front, once it was read."""
        return None if self.current is None else self.ready.get(self.current)

    @property
    def total(self) -> int:
        """Questions of this sitting."""
        answered = {attempt.question_id for attempt in self.attempts}
        return len(self._planned | answered) - sum(key in self._planned and key not in answered for key in self.skipped)

    @property
    def done(self) -> int:
        """Questions that need not be asked again in it."""
        asked = Counter(attempt.question_id for attempt in self.attempts)
        last = {attempt.question_id: attempt.rating for attempt in self.attempts}
        return sum(rating != "again" or asked[key] >= MOST_AGAIN or key in self.skipped for key, rating in last.items())

    def advance(self, now: datetime) -> int | None:
        """Go on to the next question; ``None`` when it is through."""
        self.current = next_question(self.plan, self.attempts, now=now, skipped=tuple(self.skipped))
        return self.current

    def rated(self, attempt: SittingAttempt) -> None:
        """A review was written."""
        self.attempts.append(attempt)

    def leave_out(self, question_id: int) -> None:
        """Ask this question no more."""
        self.skipped[question_id] = None

    def wanted(self, now: datetime) -> tuple[int, ...]:
        """Questions to read: the one in front, those that may come after it, and some that may come back."""
        found: dict[int, None] = {}
        if self.current is not None:
            found[self.current] = None
            for rating in ("good", "again"):
                for key in self._after(rating, now):
                    found[key] = None
        for key in list(self.skipped)[-KEPT:]:
            found[key] = None
        return tuple(found)

    def _after(self, rating: str, now: datetime) -> list[int]:
        """What would come next if the question in front, and those after it, were rated so."""
        attempts, key, found = list(self.attempts), self.current, []
        for _step in range(AHEAD):
            if key is None:
                break
            attempts.append(SittingAttempt(0, key, rating, "", "", None, now))
            key = next_question(self.plan, attempts, now=now, skipped=tuple(self.skipped))
            if key is not None:
                found.append(key)
        return found

    def take(self, front: "SittingFront", wanted: Sequence[int]) -> bool:
        """Follow what was read; tells whether another question must be in front.

        A review that was taken back brings its question to the front again, and so does a question that is practised
        again. One that is gone or left out of practice is passed over.
        """
        self.ready = front.questions
        before = self.current
        kept = {attempt.id for attempt in front.attempts}
        back = [attempt.question_id for attempt in self.attempts if attempt.id not in kept]
        self.attempts = list(front.attempts)
        for key in wanted:
            question = front.questions.get(key)
            if question is None or question.suspended:
                self.skipped[key] = None
            elif key in self.skipped:
                del self.skipped[key]
                back.append(key)
        if back:
            self.current = back[-1]
        return self.current != before or self.current in self.skipped
