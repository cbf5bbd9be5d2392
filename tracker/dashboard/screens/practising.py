"""One question that is practised on its page: its answer hidden, the clock running, a rating that logs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.reading import ReadingScreen
from tracker.messages import _, later
from tracker.words import rating_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.comparing import Comparison
    from prep.follow_ups import FollowUps
    from prep.questions import AttemptView, QuestionView


@dataclass(frozen=True, slots=True)
class Asked:
    """What is shown of a question."""

    view: "QuestionView"
    attempts: tuple["AttemptView", ...]
    topics: tuple[str, ...]
    company: str
    """The company that is practised for."""
    comparison: "Comparison"
    follow_ups: "FollowUps"


class PractisingScreen(BriefingWay, ReadingScreen):
    """The base of the screen of one question: practice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("space", "reveal", later("show the answer"), id="question.reveal"),
        Binding("1", "rate('again')", later("again"), id="question.again"),
        Binding("2", "rate('hard')", later("hard"), id="question.hard"),
        Binding("3", "rate('good')", later("good"), id="question.good"),
        Binding("4", "rate('easy')", later("easy"), id="question.easy"),
        Binding("right_square_bracket,】,right", "step(1)", later("next"), id="question.next", key_display="]"),
        Binding("left_square_bracket,【,left", "step(-1)", later("previous"), id="question.previous", key_display="["),
        Binding("d", "practise", later("practise"), id="question.practise"),
        Binding("C", "for_company", later("for which company"), show=False, id="question.company"),
    ]

    def __init__(
        self, *, question_id: int, among: tuple[int, ...], company_id: int | None, round_id: int | None
    ) -> None:
        super().__init__()
        self.question_id = question_id
        self.among = among
        self.practice = False
        """Whether the question is being practised."""
        self.company_id = company_id
        self.round_id = round_id
        self.asked: Asked | None = None
        self._asked_at: datetime | None = None
        """When the question was read, while its answer is hidden."""
        self._seconds: int | None = None
        """How long it took until the answer was shown."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space shows what is hidden."""
        if action == "reveal":
            return self.has_class("-hidden")
        return super().check_action(action, parameters)

    def briefable(self) -> Briefable | None:
        """The round that is practised for."""
        return None if self.company_id is None else Briefable(self.company_id, self.round_id)

    # Walking

    def action_step(self, direction: int) -> None:
        """The next question, or the one before."""
        at = self.among.index(self.question_id) if self.question_id in self.among else 0
        if 0 <= at + direction < len(self.among):
            self.show_question(self.among[at + direction])
        else:
            self.say(_("That was the last one.") if direction > 0 else _("This is the first one."))

    def show_question(self, question_id: int) -> None:
        """Go on with another question."""
        self.question_id = question_id
        self.practice = False
        self._asked_at = self._seconds = None
        self.remove_class("-hidden")
        self.reload()

    # Practice

    def action_practise(self) -> None:
        """Hide the answer and start the clock; again: leave practice."""
        self.practice = not self.practice or not self.has_class("-hidden")
        self._asked_at = self.now() if self.practice else None
        self._seconds = None
        self.set_class(self.practice, "-hidden")
        if not self.practice:
            self.reading.focus()
        self.refresh_bindings()

    def action_reveal(self) -> None:
        """Show the answer, and stop the clock."""
        if self._asked_at is not None:
            self._seconds = max(0, round((self.now() - self._asked_at).total_seconds()))
        self.remove_class("-hidden")
        self.reading.focus()
        self.refresh_bindings()
        if self._seconds is not None:
            self.say(_("{n} s · how was it? 1 again 2 hard 3 good 4 easy").format(n=self._seconds))

    def action_rate(self, rating: str) -> None:
        """Log a practice. An answer that is hidden yet is shown first."""
        if self.asked is None or self.asked.view.id != self.question_id:
            return
        if self.has_class("-hidden"):
            self.action_reveal()
            return
        question_id, seconds = self.question_id, self._seconds
        company_id, round_id = self.company_id, self.round_id

        def write(session: "Session", now: datetime) -> int:
            from prep.bank import log_attempt

            return log_attempt(
                session,
                question_id=question_id,
                rating=rating,
                now=now,
                seconds=seconds,
                company_id=company_id,
                round_id=round_id,
            )

        name = _("Practised ({rating}): {question}").format(
            rating=rating_word(rating), question=" ".join(self.asked.view.text.split())
        )
        self._seconds = None
        self.practice = False
        self.change(name, write, say=lambda _id: name, applications=())

    def action_for_company(self) -> None:
        """Choose the company that is practised for."""
        dialogs.ask_company_for(self, self.company_id, self._practise_for)

    def _practise_for(self, company_id: int | None) -> None:
        self.company_id = company_id
        self.round_id = None
        self.reload()
