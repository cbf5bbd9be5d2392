"""The question bank: topics, questions, and the answer of the one under the cursor."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.questions_view import (
    MARKS,
    Bank,
    QuestionFilter,
    choose,
    has_mark,
    list_title,
    preview_text,
    question_cells,
    question_columns,
    searched,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.markdown_view import MarkdownView
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.words import kind_word

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events
    from textual.timer import Timer

    from prep.questions import QuestionView

PREVIEW_AFTER = 0.08
"""Seconds that the cursor rests on a question before its answer is laid out."""
WIDE, MEDIUM = 110, 90
"""Columns from which the answer is shown, and from which topics have more room."""
ANY = "any"
"""The choice of no filter."""


class TopicRows:
    """The left list: the marked lists, then the topics; a row's key is its place."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int]] = []

    def cells(self, key: int) -> tuple[Cell, ...]:
        """Name and count."""
        name, count = self.rows[key]
        return (Cell(name, "title" if key < len(MARKS) else ""), Cell(str(count), "muted"))


class QuestionsScreen(ListingScreen):
    """All questions, filtered."""

    HELP: ClassVar[str] = later(
        "The question bank. Tab goes to the topics and back; moving there shows that topic. Enter opens a question, "
        "d practises the questions shown, beginning with the one under the cursor."
    )
    PLACEHOLDER: ClassVar[str] = later("words of the question, its answer, topic, company, kind")
    CSS_PATH = "questions.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "practise", later("practise"), id="questions.practise"),
        Binding("E", "answer", later("answer"), id="questions.answer"),
        Binding("e", "edit", later("edit"), id="questions.edit"),
        Binding("n", "new", later("new"), id="questions.new"),
        Binding("f", "flag", later("flag"), id="questions.flag"),
        Binding("K", "choose_kind", later("one kind"), show=False, id="questions.kind"),
        Binding("C", "choose_company", later("one company"), show=False, id="questions.company"),
    ]

    @dataclass
    class Loaded(Message):
        """The bank was read."""

        bank: Bank

    def __init__(self) -> None:
        super().__init__()
        self.bank = Bank((), (), {})
        self.by_id: dict[int, QuestionView] = {}
        self.shown = QuestionFilter()
        self._topic_rows = TopicRows()
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, topics, questions, answer."""
        yield Bar()
        with Horizontal():
            yield Table((Column(_("Topic"), 8, flex=1), Column("", 3, align="right")), self._topic_rows, id="topics")
            yield Table(question_columns(), self, empty=_("No such question. Esc shows all, n adds one."), id="list")
            yield MarkdownView(id="preview")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the bank."""
        self.query_one("#preview").can_focus = False
        self.reload()

    def on_resize(self, event: "events.Resize") -> None:
        """Show the answer where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.width < MEDIUM, "-narrow")
        self._preview_soon()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a question."""
        return question_cells(self.by_id[key], self.now())

    # Reading and showing

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the bank anew."""
        self.load("questions", read_bank, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        bank, now = message.bank, self.now()
        self.bank = bank
        self.by_id = {view.id: view for view in bank.questions}
        marked = [(_(name), sum(has_mark(view, mark, now) for view in bank.questions)) for mark, name in MARKS]
        self._topic_rows.rows = [*marked, *((topic.name, topic.questions) for topic in bank.topics)]
        self.query_one("#topics", Table).show(range(len(self._topic_rows.rows)))
        self.show_list()

    def show_list(self) -> None:
        """Show what the filters leave."""
        self.shown = replace(self.shown, text=self.typed)
        order = choose(self.bank.questions, self.bank.haystacks, self.shown, self.now())
        if not self.bank.questions:
            self.table.empty = _("No question yet: I imports notes, n adds one by hand.")
        self.table.show(order)
        self.query_one(Bar).show(list_title(self.shown, len(order), len(self.bank.questions)))
        self._preview_soon()

    @on(Table.Highlighted, "#topics")
    def _other_topic(self, event: Table.Highlighted) -> None:
        if event.key is None or not self.bank.questions:
            return
        is_mark = event.key < len(MARKS)
        mark = MARKS[event.key][0] if is_mark else ""
        topic = "" if is_mark else self._topic_rows.rows[event.key][0]
        if (mark, topic) != (self.shown.mark, self.shown.topic):
            self.shown = replace(self.shown, mark=mark, topic=topic)
            self.show_list()

    @on(Table.Chosen, "#topics")
    def _into_list(self) -> None:
        self.table.focus()

    def drop_filters(self) -> bool:
        """Show all questions."""
        if self.shown == QuestionFilter():
            return False
        self.shown = QuestionFilter()
        self.query_one("#topics", Table).move_to(0)
        self.show_list()
        return True

    @on(Table.Highlighted, "#list")
    def _preview_soon(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        if self.has_class("-wide"):
            self._rest = self.set_timer(PREVIEW_AFTER, self._preview)

    def _preview(self) -> None:
        view, shown = self._current(), self.query_one("#preview", MarkdownView)
        text = "" if view is None else preview_text(view)
        if text != shown.text:
            shown.show(text)

    # Filters

    def action_choose_kind(self) -> None:
        """Only one kind of questions."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        kinds = [Choice(kind, kind_word(kind), kind[0]) for kind in dialogs.KINDS]
        sheet = Chooser(_("Which kind?"), [Choice(ANY, _("all kinds"), "a"), *kinds], current=self.shown.kind or ANY)
        self.app.push_screen(sheet, lambda kind: self._filter(kind=kind))

    def action_choose_company(self) -> None:
        """Only what was asked at one company, or answered for it."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        counts: dict[str, int] = {}
        for view in self.bank.questions:
            for name in {view.company, *(asked.company for asked in view.asked)} - {""}:
                counts[name] = counts.get(name, 0) + 1
        if not counts:
            self.complain(_("No question belongs to a company yet. Open a company and add what was asked there."))
            return
        companies = [Choice(name, name, detail=str(count)) for name, count in sorted(counts.items())]
        sheet = Chooser(_("Which company?"), [Choice(ANY, _("all companies")), *companies], filterable=True)
        self.app.push_screen(sheet, lambda company: self._filter(company=company))

    def _filter(self, *, kind: str | None = None, company: str | None = None) -> None:
        if kind is not None:
            self.shown = replace(self.shown, kind="" if kind == ANY else kind)
        if company is not None:
            self.shown = replace(self.shown, company="" if company == ANY else company)
        self.show_list()

    # What keys do

    def _current(self) -> "QuestionView | None":
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    @on(Table.Chosen, "#list")
    def _open(self, event: Table.Chosen) -> None:
        self.ashore.open_page("question", question_id=event.key, among=list(self.table.order))

    def action_practise(self) -> None:
        """Practise the questions shown, from the one under the cursor on."""
        view = self._current()
        if view is None:
            self.complain(_("There is no question to practise here."))
        else:
            self.ashore.open_page("question", question_id=view.id, among=list(self.table.order), practice=True)

    def action_new(self) -> None:
        """A new question, in the topic that is shown."""
        topics = [topic.name for topic in self.bank.topics]
        dialogs.ask_new_question(self, topics=topics, topic=self.shown.topic, then=self._reach)

    def _reach(self, question_id: int) -> None:
        self.ashore.open_page("question", question_id=question_id, among=[question_id])

    def action_edit(self) -> None:
        """Topic, kind, importance and text of the question under the cursor."""
        view = self._current()
        if view is not None:
            dialogs.ask_question_fields(self, view, topics=[topic.name for topic in self.bank.topics])

    def action_answer(self) -> None:
        """The answer of the question under the cursor."""
        view = self._current()
        if view is not None:
            dialogs.edit_answer(self, view)

    def action_flag(self) -> None:
        """Flag the question under the cursor, or take the flag away."""
        view = self._current()
        if view is not None:
            dialogs.toggle_flag(self, view)


def read_bank(session: "Session") -> Bank:
    """All questions and topics."""
    from prep.questions import list_questions, list_topics

    questions = list_questions(session)
    return Bank(questions, list_topics(session), {view.id: searched(view) for view in questions})
