"""What can be done with the question of a sitting besides answering it."""

import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.links import open_target
from tracker.dashboard.screens.reading import ReadingScreen
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.questions import QuestionView
    from prep.sittings.asking import QuestionToAsk

_LINK = re.compile(r"https?://[^\s<>)\]」】，。；]+")


class SittingKeys(ReadingScreen):
    """The base of a sitting: keys for the question in front."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "answer", later("edit answer"), show=False, id="question.answer"),
        Binding("f", "flag", later("flag"), show=False, id="question.flag"),
        Binding("i", "page", later("its page"), show=False, id="sitting.page"),
        Binding("O", "source", later("open its file or link"), show=False, id="sitting.source"),
    ]

    @property
    def question(self) -> "QuestionToAsk | None":
        """What is in front."""
        return None

    def text_folder(self) -> Path | None:
        """Where the file lies that the question was imported from."""
        source = self.question.source_file if self.question else ""
        return Path(source).parent if Path(source).is_absolute() else None

    def leave_out(self, question_id: int) -> None:
        """Ask a question no more in this sitting."""

    @property
    def about_question(self) -> Collection[str]:
        """Actions that need a question."""
        return ("suspend", "answer", "flag", "page", "source")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have no question to work on do nothing."""
        if action in self.about_question:
            return self.is_mounted and self.question is not None
        return super().check_action(action, parameters)

    def action_suspend(self) -> None:
        """Leave the question out of practice until it is taken back, and go on."""
        question = self.question
        if question is None:
            return
        key = question.id

        def write(session: "Session", _now: datetime) -> int:
            from prep.bank import suspend

            return suspend(session, question_ids=(key,), suspended=True)

        name = _("Left out of practice: {question}").format(question=" ".join(question.text.split()))
        self.leave_out(key)
        self.change(name, write, say=lambda _count: name, applications=())

    def _with_view(self, question: "QuestionToAsk | None") -> None:
        if question is None:
            return
        key = question.id

        def read(session: "Session") -> "QuestionView":
            from prep.questions import view_question

            return view_question(session, key)

        self.ask(read, lambda view: dialogs.edit_answer(self, view))

    def action_answer(self) -> None:
        """The answer, in the editor."""
        self._with_view(self.question)

    def action_flag(self) -> None:
        """Flag the question to come back to, or take the flag away."""
        question = self.question
        if question is None:
            return
        key, flagged = question.id, not question.flagged

        def write(session: "Session", _now: datetime) -> None:
            from prep.bank import edit_question

            edit_question(session, question_id=key, flagged=flagged)

        word = _("Flagged: {question}") if flagged else _("Flag taken away: {question}")
        name = word.format(question=" ".join(question.text.split()))
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_page(self) -> None:
        """Open the page of the question: its history, its follow-ups, its files."""
        if self.question is not None:
            self.ashore.open_page("question", question_id=self.question.id)

    def action_source(self) -> None:
        """Open the link that the question's text names, else the file that it came from."""
        question = self.question
        if question is None:
            return
        link = _LINK.search(question.text)
        target = link[0] if link else question.source_file
        if target:
            open_target(self, target, self.text_folder())
        else:
            self.say(_("This question was typed here: it has no file and no link."))
