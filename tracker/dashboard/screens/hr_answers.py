"""What HR asks: the general answers, and those for one company."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs.long_texts import edit_text
from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.preparing import PreparingScreen
from tracker.dashboard.views.hr_answers_view import HrRow, hr_cells, hr_columns, hr_entries, hr_rows
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.line_prompt import LinePrompt
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session


class HrAnswersScreen(PreparingScreen):
    """The questions of HR, with the general answer and the one for a company."""

    HELP: ClassVar[str] = later(
        "What HR asks. e writes the general answer. With a company (C) E writes the one for it, beginning with the "
        "words of the general one, or of one for another company, which stay as they are; the briefing shows the "
        "company's first. Usual questions that your bank lacks stand at the end: space takes one in, n adds one of "
        "your own."
    )
    PLACEHOLDER: ClassVar[str] = later("words of the question or the answer")
    CSS_PATH = "prepared_list.tcss"
    SIDE_BY_SIDE = 100
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "general", later("answer"), id="hr_answers.general"),
        Binding("E", "own", later("answer for here"), id="hr_answers.own"),
        Binding("space", "take_in", later("take in"), id="hr_answers.take_in"),
        Binding("n", "new", later("new"), id="hr_answers.new"),
        Binding("y", "copy", later("copy"), show=False, id="hr_answers.copy"),
        Binding("o", "question", later("open the question"), show=False, id="hr_answers.question"),
    ]

    @dataclass
    class Loaded(Message):
        """The questions were read."""

        rows: tuple[HrRow, ...]
        company: str

    def __init__(self, *, company_id: int | None = None) -> None:
        """HR answers for the company of this id, or the general ones."""
        super().__init__(company_id=company_id)
        self.rows: tuple[HrRow, ...] = ()
        self._wanted = ""
        """The key of the question that the cursor goes to once it is read."""
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The questions, and the answers to one."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(hr_columns(), self, empty=_("Nothing has these words. Esc clears the filter."), id="list")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the questions."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a question."""
        return hr_cells(self.rows[key], company=self.company)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Usual questions are taken in before they are answered; without a company there is none to write for."""
        if not self.is_mounted or action not in ("general", "own", "take_in", "copy", "question"):
            return super().check_action(action, parameters)
        row = self.current()
        if row is None:
            return False
        if action == "take_in":
            return row.question is None
        return row.question is not None and (action != "own" or self.company_id is not None)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the questions anew."""
        company_id = self.company_id

        def read(session: "Session") -> HrAnswersScreen.Loaded:
            from prep.hr_answers import hint_for, list_hr_questions, offered_questions
            from tracker.companies import view_company

            questions = list_hr_questions(session, company_id=company_id, with_elsewhere=True)
            company = view_company(session, company_id).name if company_id is not None else ""
            return HrAnswersScreen.Loaded(hr_rows(questions, offered_questions(session), hint_for), company)

        self.load("hr", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        kept = self.current()
        wanted = self._wanted or (kept.key if kept is not None else "")
        self.rows, self.company = message.rows, message.company
        self._wanted = ""
        self.show_list()
        at = next((index for index, row in enumerate(self.rows) if row.key == wanted), None)
        if at is not None:
            self.table.move_to(at)
        self._preview()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [index for index, row in enumerate(self.rows) if all(word in name_key(row.text) for word in words)]
        self.table.show(shown)
        self.table.repaint()
        own = [row for row in self.rows if row.question is not None]
        general = self.company_id is None
        answered = sum(bool(row.question and (row.question.answer or (general and row.question.others))) for row in own)
        self.show_title(_("HR answers"), _("{n} of {total} answered").format(n=answered, total=len(own)))
        self._preview()

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        row, page = self.current(), self.query_one(Page)
        page.show(hr_entries(row, company=self.company) if row is not None else ())
        if row is not None and row.key != self._shown:
            self._shown = row.key
            page.scroll_home(animate=False)
        self.refresh_bindings()

    def current(self) -> HrRow | None:
        """The question under the cursor."""
        key = self.table.cursor_key
        return self.rows[key] if key is not None and key < len(self.rows) else None

    # Acting

    @on(Table.Chosen, "#list")
    def _choose(self) -> None:
        row = self.current()
        if row is None:
            return
        if row.question is None:
            self.action_take_in()
        elif self.company_id is not None:
            self.action_own()
        else:
            self.action_general()

    def action_general(self) -> None:
        """Write the general answer; where there is none yet, from the one for a company."""
        row = self.current()
        if row is not None and row.question is not None:
            general, elsewhere = row.question.general, row.question.elsewhere
            stored = general.answer if general is not None else ""
            begin = stored or next((one.answer for one in elsewhere), "")
            self._write(row, stored, company_id=None, begin=begin)

    def action_own(self) -> None:
        """Write the answer for the company, from the general one."""
        row = self.current()
        if row is None or row.question is None or self.company_id is None:
            return
        own = row.question.own
        stored = own.answer if own is not None else ""
        begin = stored or row.question.answer or next((one.answer for one in row.question.elsewhere), "")
        self._write(row, stored, company_id=self.company_id, begin=begin)

    def _write(self, row: HrRow, stored: str, *, company_id: int | None, begin: str = "") -> None:
        now, known = self.now(), stored if row.question and _stands(row, company_id=company_id) else None
        text = begin or stored

        def save(session: "Session", edited: str) -> None:
            from prep.hr_answers import write_hr_answer

            write_hr_answer(session, key=row.key, answer=edited, now=now, company_id=company_id, answer_before=known)

        title = " ".join(row.text.split())
        title = f"{title} · {self.company}" if company_id is not None else title
        name = _("Answer to: {question}").format(question=title)
        edit_text(self, title=title, text=text, name=name, save=save, even_unchanged=begin not in ("", stored))

    def action_take_in(self) -> None:
        """Take a usual question into the bank."""
        row = self.current()
        if row is None or row.question is not None:
            return
        template_key = row.template_key

        def write(session: "Session", now: datetime) -> None:
            from prep.hr_answers import add_usual_question

            add_usual_question(session, template_key=template_key, now=now)

        self._wanted = row.key
        name = _("New question: {question}").format(question=row.text)
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_new(self) -> None:
        """Add a question of one's own."""

        def write(text: str | None) -> None:
            if not (text or "").strip():
                return

            def add(session: "Session", now: datetime) -> None:
                from prep.bank import add_question

                add_question(session, text=text or "", now=now, kind="hr")

            name = _("New question: {question}").format(question=text)
            self.change(name, add, say=lambda _nothing: name, applications=())

        self.app.push_screen(LinePrompt(_("What does HR ask?")), write)

    def action_copy(self) -> None:
        """Copy the answer that counts."""
        row = self.current()
        copy_text(self, row.question.answer if row is not None and row.question is not None else "")

    def action_question(self) -> None:
        """Open it as a question of the bank, to practise it."""
        row = self.current()
        written = (row.question.own or row.question.general) if row is not None and row.question is not None else None
        if written is not None:
            self.ashore.open_page("question", question_id=written.id, company_id=self.company_id)


def _stands(row: HrRow, *, company_id: int | None) -> bool:
    """Whether there is an entry of the bank for this answer already."""
    if row.question is None:
        return False
    return (row.question.general if company_id is None else row.question.own) is not None
