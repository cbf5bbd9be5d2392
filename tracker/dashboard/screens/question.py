"""One question: read well, practised, and followed by the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.screens.reading import ReadingScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.question_view import facts, position_words, record_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.reading_view import ReadingView
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.words import rating_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.questions import AttemptView, QuestionView

RATINGS = ("again", "hard", "good", "easy")
"""In the order of the keys 1–4."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the screen shows of a question."""

    view: "QuestionView"
    attempts: tuple["AttemptView", ...]
    topics: tuple[str, ...]
    company: str
    """The company that is practised for."""


class QuestionScreen(ReadingScreen):
    """A question among those it was opened from."""

    HELP: ClassVar[str] = later(
        "One question. 1 to 4 log a practice: again, hard, good, easy. d hides the answer and starts the clock; "
        "space shows it again, then a rating logs the practice and goes on to the next question. / searches the "
        "answer, o opens its links and images, y copies, v shows it as it was written, z folds, > and < move what is "
        "wider than the screen."
    )
    CSS_PATH = "question.tcss"
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
        Binding("E", "answer", later("edit answer"), id="question.answer"),
        Binding("e", "edit", later("edit"), id="question.edit"),
        Binding("f", "flag", later("flag"), show=False, id="question.flag"),
        Binding("C", "for_company", later("for which company"), show=False, id="question.company"),
        Binding("tab", "app.focus_next", later("answer or history"), show=False, id="question.half"),
        Binding("delete", "remove", later("remove the question"), show=False, id="question.remove"),
    ]

    @dataclass
    class Loaded(Message):
        """The question was read."""

        asked: Asked

    def __init__(
        self,
        *,
        question_id: int,
        among: Sequence[int] = (),
        practice: bool = False,
        company_id: int | None = None,
        round_id: int | None = None,
    ) -> None:
        """A question.

        Args:
            question_id: the one shown first.
            among: those that ``]`` and ``[`` walk through.
            practice: whether the answer is hidden at first, and the clock runs.
            company_id: the company that is practised for.
            round_id: the round that is practised for.
        """
        super().__init__()
        self.among = tuple(among) or (question_id,)
        self.question_id = question_id
        self.practice = practice
        self.company_id = company_id
        self.round_id = round_id
        self.asked: Asked | None = None
        self._asked_at: datetime | None = None
        """When the question was read, while its answer is hidden."""
        self._seconds: int | None = None
        """How long it took until the answer was shown."""

    def compose(self) -> ComposeResult:
        """Where it stands, the question, the answer, its history."""
        yield Bar()
        yield Static("", id="question")
        yield Static("", id="facts")
        yield Static("", id="hidden")
        yield ReadingView(id="answer")
        yield Page(id="record")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the question."""
        self.set_class(self.practice, "-hidden")
        self.reload()

    def text_folder(self) -> Path | None:
        """Where the file lies that the question was imported from."""
        source = self.asked.view.source_file if self.asked else ""
        return Path(source).parent if Path(source).is_absolute() else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space shows what is hidden."""
        if action == "reveal":
            return self.has_class("-hidden")
        return super().check_action(action, parameters)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the question anew."""
        question_id, company_id = self.question_id, self.company_id
        self.load("question", lambda session: read_question(session, question_id, company_id), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        if message.asked.view.id != self.question_id:
            return
        self.asked, now = message.asked, self.now()
        view = message.asked.view
        if self.has_class("-hidden") and self._asked_at is None:
            self._asked_at = now
        self.query_one(Bar).show(
            (Cell(view.topic or _("Question"), "title"),),
            (
                Cell(
                    _("practising for {company}").format(company=self.asked.company) if self.asked.company else "",
                    "key",
                ),
            ),
            (Cell(position_words(self.among, self.question_id), "muted"),),
        )
        self.query_one("#question", Static).update(content(as_plain(view.text)))
        self.query_one("#facts", Static).update(content(facts(view, now)))
        self.query_one("#hidden", Static).update(
            content(_("Say your answer aloud; space shows what you wrote, and stops the clock."))
        )
        text = view.answer if view.answer.strip() else _("No answer yet. E writes one.")
        if self.reading.text != text:
            self.reading.show(text)
        record = record_entries(view, message.asked.attempts, now)
        self.set_class(bool(record), "-recorded")
        self.query_one("#record", Page).show(record)
        self.refresh_bindings()

    # Walking

    def action_step(self, direction: int) -> None:
        """The next question, or the one before."""
        at = self.among.index(self.question_id) if self.question_id in self.among else 0
        if 0 <= at + direction < len(self.among):
            self._go(self.among[at + direction])
        else:
            self.say(_("That was the last one.") if direction > 0 else _("This is the first one."))

    def _go(self, question_id: int) -> None:
        self.question_id = question_id
        self._asked_at = self._seconds = None
        self.set_class(self.practice, "-hidden")
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
        """Log a practice; in practice mode, go on. An answer that is hidden yet is shown first."""
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
        self.change(name, write, say=lambda _id: name, applications=())
        if self.practice and self.question_id != self.among[-1]:
            self.action_step(1)

    def action_for_company(self) -> None:
        """Choose the company that is practised for."""
        dialogs.ask_company_for(self, self.company_id, self._practise_for)

    def _practise_for(self, company_id: int | None) -> None:
        self.company_id = company_id
        self.round_id = None
        self.reload()

    # Editing

    def action_answer(self) -> None:
        """The answer, in the editor."""
        if self.asked is not None:
            dialogs.edit_answer(self, self.asked.view)

    def action_edit(self) -> None:
        """Topic, kind, importance and text."""
        if self.asked is not None:
            dialogs.ask_question_fields(self, self.asked.view, topics=self.asked.topics)

    def action_flag(self) -> None:
        """Flag it to come back to, or take the flag away."""
        if self.asked is not None:
            dialogs.toggle_flag(self, self.asked.view)

    def action_remove(self) -> None:
        """Remove a question that was never practised or asked; u brings it back."""
        if self.asked is None:
            return
        view = self.asked.view

        def write(session: "Session", _now: datetime) -> None:
            from prep.bank import remove_question

            remove_question(session, question_id=view.id)

        name = _("Question removed: {question}").format(question=" ".join(view.text.split()))
        self.change(name, write, then=lambda _nothing: self._leave(), applications=())

    def _leave(self) -> None:
        self.app.pop_screen()


def read_question(session: "Session", question_id: int, company_id: int | None) -> Asked:
    """A question with its history.

    Raises:
        RefusedError: it is gone.
    """
    from prep.questions import list_attempts, list_topics, view_question
    from tracker.companies import view_company

    return Asked(
        view=view_question(session, question_id),
        attempts=list_attempts(session, question_id=question_id),
        topics=tuple(topic.name for topic in list_topics(session)),
        company=view_company(session, company_id).name if company_id is not None else "",
    )
