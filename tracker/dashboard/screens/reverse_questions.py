"""Questions to ask back: for whom, asked where, which three next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import reverse_dialogs as dialogs
from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.preparing import PreparingScreen
from tracker.dashboard.views.reverse_view import reverse_cells, reverse_columns, reverse_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.text import name_key
from tracker.words import audience_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.reverse_questions import ReverseQuestion

AUDIENCES = ("", "engineer", "lead", "hr")


class ReverseQuestionsScreen(PreparingScreen):
    """The person's own questions to ask back, then the shipped ones."""

    HELP: ClassVar[str] = later(
        "What you ask at the end of an interview. x marks the question under the cursor as asked in a round; with a "
        "company (C) the three to ask there next are marked, those for who listens in its next round first. w says "
        "whom a question is for, f shows only those for some listeners. Shipped ones stand at the end: space takes "
        "one in, n adds your own, E writes a note beside it."
    )
    PLACEHOLDER: ClassVar[str] = later("words of the question")
    CSS_PATH = "prepared_list.tcss"
    SIDE_BY_SIDE = 100
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "asked", later("asked"), id="reverse_questions.asked"),
        Binding("n", "new", later("new"), id="reverse_questions.new"),
        Binding("w", "audience", later("for whom"), id="reverse_questions.audience"),
        Binding("f", "only", later("only for"), id="reverse_questions.only"),
        Binding("E", "note", later("note"), id="reverse_questions.note"),
        Binding("space", "take_in", later("take in"), id="reverse_questions.take_in"),
        Binding("y", "copy", later("copy"), show=False, id="reverse_questions.copy"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="reverse_questions.remove"),
    ]

    @dataclass
    class Loaded(Message):
        """The questions were read."""

        own: tuple["ReverseQuestion", ...]
        offered: tuple["ReverseQuestion", ...]
        next_ones: tuple[str, ...]
        company: str

    def __init__(self, *, company_id: int | None = None) -> None:
        """What to ask the company of this id, or any."""
        super().__init__(company_id=company_id)
        self.rows: tuple[ReverseQuestion, ...] = ()
        self.next_ones: tuple[str, ...] = ()
        self.audience = ""
        """Only questions for these listeners; empty for all."""
        self._wanted = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The questions, and one of them."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(reverse_columns(), self, empty=_("Nothing fits. Esc clears the filter."), id="list")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the questions."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a question."""
        return reverse_cells(self.rows[key], company=self.company, next_ones=self.next_ones)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A shipped question is taken in before anything else is done with it."""
        if not self.is_mounted or action not in ("asked", "audience", "note", "take_in", "remove"):
            return super().check_action(action, parameters)
        one = self.current()
        return one is not None and (one.id == 0) == (action == "take_in")

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the questions anew."""
        read = partial(read_reverse, now=self.now(), company_id=self.company_id)
        self.load("reverse", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        kept = self.current()
        wanted = self._wanted or (kept.text if kept is not None else "")
        self.rows, self.next_ones = (*message.own, *message.offered), message.next_ones
        self.company, self._wanted = message.company, ""
        self.show_list()
        at = next((index for index, row in enumerate(self.rows) if row.text == wanted), None)
        if at is not None:
            self.table.move_to(at)
        self._preview()

    def show_list(self) -> None:
        """Show what the filters leave."""
        words = name_key(self.typed).split()
        self.table.show(
            index
            for index, row in enumerate(self.rows)
            if all(word in name_key(row.text) for word in words)
            and (not self.audience or row.audience in ("", self.audience))
        )
        self.table.repaint()
        own = sum(row.id > 0 for row in self.rows)
        only = f" · {audience_word(self.audience)}" if self.audience else ""
        self.show_title(_("To ask back"), f"{own}{only}")
        self._preview()

    def drop_filters(self) -> bool:
        """Show those for all listeners again."""
        had, self.audience = bool(self.audience), ""
        if had:
            self.show_list()
        return had

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        one, page = self.current(), self.query_one(Page)
        page.show(reverse_entries(one, self.now()) if one is not None else ())
        if one is not None and one.text != self._shown:
            self._shown = one.text
            page.scroll_home(animate=False)
        self.refresh_bindings()

    def current(self) -> "ReverseQuestion | None":
        """The question under the cursor."""
        key = self.table.cursor_key
        return self.rows[key] if key is not None and key < len(self.rows) else None

    # Acting

    @on(Table.Chosen, "#list")
    def _choose(self) -> None:
        one = self.current()
        if one is None:
            return
        if one.id:
            self.ashore.open_page("question", question_id=one.id, company_id=self.company_id)
        else:
            self.action_take_in()

    def action_asked(self) -> None:
        """Mark it as asked in a round."""
        if (one := self.current()) is not None and one.id:
            dialogs.mark_asked(self, one, company_id=self.company_id)

    def action_audience(self) -> None:
        """Say whom it is for."""
        if (one := self.current()) is not None and one.id:
            dialogs.ask_audience(self, one)

    def action_only(self) -> None:
        """The next listeners: all, engineers, leads, HR."""
        self.audience = AUDIENCES[(AUDIENCES.index(self.audience) + 1) % len(AUDIENCES)]
        self.show_list()

    def action_note(self) -> None:
        """Write what it is asked for, and what was answered."""
        if (one := self.current()) is not None and one.id:
            dialogs.edit_note(self, one)

    def action_take_in(self) -> None:
        """Take a shipped question into the bank."""
        one = self.current()
        if one is None or one.id:
            return
        template_key = one.template_key

        def write(session: "Session", now: datetime) -> None:
            from prep.reverse_questions import add_reverse

            add_reverse(session, text="", template_key=template_key, now=now)

        self._wanted = one.text
        name = _("New question: {question}").format(question=one.text)
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_new(self) -> None:
        """Add a question of one's own, for the listeners shown."""

        def reach(text: str) -> None:
            self._wanted = text

        dialogs.ask_reverse(self, audience=self.audience, then=reach)

    def action_copy(self) -> None:
        """Copy it."""
        one = self.current()
        copy_text(self, one.text if one is not None else "")

    def action_remove(self) -> None:
        """Remove a question that was never asked; u brings it back."""
        if (one := self.current()) is not None and one.id:
            dialogs.remove(self, one)


def read_reverse(session: "Session", *, now: datetime, company_id: int | None) -> ReverseQuestionsScreen.Loaded:
    """Own and shipped questions, and which to ask the company next."""
    from prep.reverse_questions import choose_reverse, list_reverse_questions, listener_next, offered_reverse
    from tracker.companies import view_company

    company = ""
    chosen: tuple[str, ...] = ()
    if company_id is not None:
        company = view_company(session, company_id).name
        audience = listener_next(session, company_id=company_id, now=now)
        chosen = tuple(one.text for one in choose_reverse(session, company=company, audience=audience))
    own, offered = list_reverse_questions(session), offered_reverse(session)
    return ReverseQuestionsScreen.Loaded(own, offered, chosen, company)
