"""The question bank: the tree of topics, the questions, and the answer of the one under the cursor."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import question_dialogs as dialogs
from tracker.dashboard.screens.topic_arranging import ArrangedTopics
from tracker.dashboard.views.questions_reading import read_bank, read_preview, read_question, search
from tracker.dashboard.views.questions_view import (
    MARKS,
    Bank,
    list_title,
    marked_lists,
    question_cells,
    question_columns,
    topic_path,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.markdown_view import MarkdownView
from tracker.dashboard.widgets.question_list import QuestionList
from tracker.dashboard.widgets.table import Cell, Table
from tracker.dashboard.widgets.topic_tree import TopicTree
from tracker.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.timer import Timer

    from prep.finding import Found, QuestionRow
    from prep.questions import QuestionView
    from prep.search_terms import Needle

PREVIEW_AFTER = 0.08
"""Seconds that the cursor rests on a question before its answer is read and laid out."""
TYPED_AFTER = 0.25
"""The same after something was typed: nobody reads the answer between two letters."""
ROOMY, WIDE, MEDIUM = 150, 110, 90
"""Columns from which topics are shown with most of their names, answers are shown, and topics have more room."""


class QuestionsScreen(ArrangedTopics):
    """All questions, filtered."""

    HELP: ClassVar[str] = later(
        "The question bank. Tab goes to the topics and back; moving there shows that topic with all within it, left "
        "and right fold and unfold, r renames it, M merges it with another, P puts it into another. / searches "
        "questions and answers; topic: kind: at: from: is: importance: narrow what is typed. K, *, S and C choose a "
        "kind, an importance, a file and a company; Esc drops these one by one. Enter opens a question, d practises "
        "the questions shown, beginning with the one under the cursor. > and < move what is wider than the preview."
    )
    PLACEHOLDER: ClassVar[str] = later("words, topic:RAG kind:coding at:ACME from:notes.md is:due importance:2")
    CSS_PATH = "questions.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "practise", later("practise"), id="questions.practise"),
        Binding("E", "answer", later("answer"), id="questions.answer"),
        Binding("e", "edit", later("edit"), id="questions.edit"),
        Binding("n", "new", later("new"), id="questions.new"),
        Binding("f", "flag", later("flag"), id="questions.flag"),
        Binding("greater_than_sign,》", "sideways(1)", later("what is further right"), show=False, id="text.right"),
        Binding("less_than_sign,《", "sideways(-1)", later("what is further left"), show=False, id="text.left"),
    ]

    @dataclass
    class Loaded(Message):
        """The bank was read."""

        bank: Bank

    @dataclass
    class Searched(Message):
        """A search came back."""

        number: int
        found: "Found"
        needles: "Sequence[Needle]"

    @dataclass
    class Read(Message):
        """A question's answer was read."""

        question_id: int
        text: str

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, QuestionRow] = {}
        self._is_loaded = False
        self._number = 0
        """Of the last search: the others come too late."""
        self._text_shown = ""
        """What the list was searched for."""
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, topics, questions, answer."""
        yield Bar()
        with Horizontal():
            yield TopicTree(id="topics")
            empty = _("No such question. Esc gives the filters up, n adds one.")
            yield QuestionList(question_columns(), self, context=self.context, empty=empty, id="list")
            yield MarkdownView(id="preview")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the bank."""
        self.query_one("#preview").can_focus = False
        self.reload()

    def on_resize(self, event: "events.Resize") -> None:
        """Show the answer where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.width < MEDIUM, "-narrow")
        self._make_room()
        self._preview_soon()

    def _make_room(self) -> None:
        """What was found takes the place of the topics where there is room for one of them."""
        self.topic_tree.display = not (self.typed and self.has_class("-narrow"))

    @property
    def questions(self) -> QuestionList:
        """The list."""
        return self.query_one(QuestionList)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a question."""
        return question_cells(self.by_id[key], self.now())

    def context(self, key: int) -> str:
        """Where a question stands in the tree."""
        return topic_path(self.topic_tree.topics.get(self.by_id[key].topic_id or 0))

    # Reading and showing

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the bank anew."""
        now = self.now()
        self.load("questions", lambda session: read_bank(session, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        bank, self._is_loaded = message.bank, True
        self.bank = bank
        self.by_id = {row.id: row for row in bank.rows}
        self.topic_tree.show_topics(marked_lists(bank.marks), bank.topics)
        self.reach_arranged()
        if self.shown.topic_id is not None and self.shown.topic_id not in self.topic_tree.topics:
            self.shown = replace(self.shown, topic_id=None)
            self._follow_tree(self.topic_tree.cursor_key)
        if not bank.rows:
            self.table.empty = _("No question yet: I imports notes, n adds one by hand.")
        self.show_list()

    def show_list(self) -> None:
        """Show what the filters leave; what is searched for is found in a thread."""
        self.shown = replace(self.shown, text=self.typed)
        self._make_room()
        if not self._is_loaded:
            return
        self._number += 1
        number, rows, now = self._number, self.bank.rows, self.now()
        topic = self.shown.topic_id
        wanted = self.shown.as_filter(self.topic_tree.within(topic) if topic is not None else frozenset())
        if wanted.text.strip():
            # Threads cannot be stopped: searches that nobody waits for any more would hold the last one up.
            self.load(
                "search",
                lambda session: search(session, rows, wanted, now, lambda: self._number != number),
                lambda found: self.Searched(number, *found),
            )
            return
        from prep.finding import keep_rows

        kept = [row.id for row in keep_rows(rows, wanted, now=now)]
        self._text_shown = ""
        self.questions.show_plain(kept)
        self._title(len(kept))

    @on(Searched)
    def _show_found(self, message: Searched) -> None:
        if message.number != self._number:
            return
        found = message.found
        ids = [key for key in found.ids if key in self.by_id]
        self.questions.show_found(ids, found.hits, message.needles, from_top=self._text_shown != self.typed)
        self._text_shown = self.typed
        self._title(len(ids), more=found.more)

    def _title(self, shown: int, *, more: bool = False) -> None:
        topic = self.topic_tree.topics.get(self.shown.topic_id or 0)
        self.query_one(Bar).show(list_title(self.shown, topic, shown=shown, total=len(self.bank.rows), more=more))
        self._preview_soon()

    @on(Table.Highlighted, "#topics")
    def _other_topic(self, event: Table.Highlighted) -> None:
        self._follow_tree(event.key)

    def _follow_tree(self, key: int | None) -> None:
        if key is None or not self._is_loaded:
            return
        mark = MARKS[-1 - key][0] if key < 0 else ""
        topic_id = key if key > 0 else None
        if (mark, topic_id) != (self.shown.mark, self.shown.topic_id):
            self.set_shown(replace(self.shown, mark=mark, topic_id=topic_id))

    @on(Table.Chosen, "#topics")
    def _into_list(self) -> None:
        self.table.focus()

    def drop_filters(self) -> bool:
        """Give up the filter chosen last, and at the end the topic or list."""
        dropped = super().drop_filters()
        if dropped and not self.shown.mark and self.shown.topic_id is None:
            self.topic_tree.move_to(-1)
        return dropped

    @on(Table.Highlighted, "#list")
    def _preview_soon(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        if self.has_class("-wide"):
            self._rest = self.set_timer(TYPED_AFTER if self.typed else PREVIEW_AFTER, self._preview)

    def _preview(self) -> None:
        key = self.table.cursor_key
        if key is None:
            self.query_one("#preview", MarkdownView).show("")
        else:
            self.load("preview", lambda session: read_preview(session, key), lambda text: self.Read(key, text))

    @on(Read)
    def _show_preview(self, message: Read) -> None:
        shown = self.query_one("#preview", MarkdownView)
        if message.question_id == self.table.cursor_key and message.text != shown.text:
            shown.show(message.text)

    def action_sideways(self, direction: int) -> None:
        """Move what is wider than the preview."""
        self.query_one("#preview", MarkdownView).action_sideways(direction)

    # Questions

    def _with_current(self, then: "Callable[[QuestionView], None]") -> None:
        """Go on with all that is known of the question under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            self.ask(lambda session: read_question(session, key), then)

    @on(Table.Chosen, "#list")
    def _open(self, event: Table.Chosen) -> None:
        self.ashore.open_page("question", question_id=event.key, among=list(self.table.order))

    def action_practise(self) -> None:
        """Practise the questions shown, from the one under the cursor on, then those above it."""
        key = self.table.cursor_key
        if key is None:
            self.complain(_("There is no question to practise here."))
        else:
            shown = list(self.table.order)
            at = shown.index(key)
            self.ashore.open_page("sitting", question_ids=shown[at:] + shown[:at])

    def action_new(self) -> None:
        """A new question, in the topic that is shown."""
        topic = self.topic_tree.topics.get(self.shown.topic_id or 0)
        dialogs.ask_new_question(self, topics=self._paths(), topic=topic_path(topic), then=self._reach)

    def _reach(self, question_id: int) -> None:
        self.ashore.open_page("question", question_id=question_id, among=[question_id])

    def _paths(self) -> list[str]:
        return [topic_path(topic) for topic in self.bank.topics]

    def action_edit(self) -> None:
        """Topic, kind, importance and text of the question under the cursor."""
        row = self.by_id.get(self.table.cursor_key or 0)
        if row is not None:
            topic = topic_path(self.topic_tree.topics.get(row.topic_id or 0))
            self._with_current(lambda view: dialogs.ask_question_fields(self, view, topics=self._paths(), topic=topic))

    def action_answer(self) -> None:
        """The answer of the question under the cursor."""
        self._with_current(lambda view: dialogs.edit_answer(self, view))

    def action_flag(self) -> None:
        """Flag the question under the cursor, or take the flag away."""
        self._with_current(lambda view: dialogs.toggle_flag(self, view))
