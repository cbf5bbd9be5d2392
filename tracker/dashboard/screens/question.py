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
from tracker.dashboard.dialogs.question_merging import ask_same_question
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.screens.practising import Asked, PractisingScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.question_view import facts, place_entries, position_words, record_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.reading_view import ReadingView
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session


class QuestionScreen(PractisingScreen):
    """A question among those it was opened from."""

    HELP: ClassVar[str] = later(
        "One question. 1 to 4 log a practice: again, hard, good, easy. d hides the answer and starts the clock; "
        "space shows it again, then a rating logs the practice. / searches the "
        "answer, o opens its links and images, y copies, v shows it as it was written, z folds, > and < move what is "
        "wider than the screen. = compares the question with its files, M makes it one with another; below the answer, "
        "Enter opens a follow-up question or a file it stands in."
    )
    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "answer", later("edit answer"), id="question.answer"),
        Binding("e", "edit", later("edit"), id="question.edit"),
        Binding("f", "flag", later("flag"), show=False, id="question.flag"),
        Binding("tab", "app.focus_next", later("answer or history"), show=False, id="question.half"),
        Binding("equals_sign", "compare", later("compare with its files"), show=False, id="question.compare"),
        Binding("M", "same", later("same question as…"), show=False, id="question.same"),
        Binding("t", "story", later("story…"), show=False, id="question.story"),
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
        company_id: int | None = None,
        round_id: int | None = None,
    ) -> None:
        """A question.

        Args:
            question_id: the one shown first.
            among: those that ``]`` and ``[`` walk through.
            company_id: the company that is practised for.
            round_id: the round that is practised for.
        """
        super().__init__(
            question_id=question_id,
            among=tuple(among) or (question_id,),
            company_id=company_id,
            round_id=round_id,
        )

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
        self.reload()

    def text_folder(self) -> Path | None:
        """Where the file lies that the question was imported from."""
        source = self.asked.view.source_file if self.asked else ""
        return Path(source).parent if Path(source).is_absolute() else None

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
        self.query_one("#facts", Static).update(content(facts(view, now, self.asked.comparison)))
        self.query_one("#hidden", Static).update(
            content(_("Say your answer aloud; space shows what you wrote, and stops the clock."))
        )
        text = view.answer if view.answer.strip() else _("No answer yet. E writes one.")
        if self.reading.text != text:
            self.reading.show(text)
        record = (*place_entries(message.asked), *record_entries(view, message.asked.attempts, now))
        self.set_class(bool(record), "-recorded")
        self.query_one("#record", Page).show(record)
        self.refresh_bindings()

    # What it hangs together with

    @on(Page.Chosen, "#record")
    def _open_entry(self, message: Page.Chosen) -> None:
        kind, _colon, number = message.key.partition(":")
        if kind == "follow":
            self.show_question(int(number))
        elif kind in ("place", "places"):
            self.action_compare()

    def action_compare(self) -> None:
        """What differs from the files that it stands in."""
        if self.asked is None:
            return
        if self.asked.comparison.standings:
            self.ashore.open_page("comparison", question_id=self.question_id)
        else:
            self.say(_("This question was typed here; there is no file to compare it with."))

    def action_same(self) -> None:
        """Say that this question is the same as another."""
        if self.asked is not None:
            ask_same_question(self, self.asked.view, then=lambda merged: self.show_question(merged.question_id))

    def action_story(self) -> None:
        """Say which story answers it."""
        if self.asked is not None:
            from tracker.dashboard.dialogs.story_dialogs import choose_story_for

            choose_story_for(self, question_id=self.question_id)

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
        self.change(name, write, then=lambda _nothing: self.ashore.close_page(self), applications=())


def read_question(session: "Session", question_id: int, company_id: int | None) -> Asked:
    """A question with its history.

    Raises:
        RefusedError: it is gone.
    """
    from prep.comparing import compare_question
    from prep.follow_ups import read_follow_ups
    from prep.questions import list_attempts, view_question
    from prep.topics import join_path, list_topics
    from tracker.companies import view_company

    return Asked(
        view=view_question(session, question_id),
        attempts=list_attempts(session, question_id=question_id),
        topics=tuple(join_path(topic.path) for topic in list_topics(session)),
        company=view_company(session, company_id).name if company_id is not None else "",
        comparison=compare_question(session, question_id=question_id),
        follow_ups=read_follow_ups(session, question_id=question_id),
    )
