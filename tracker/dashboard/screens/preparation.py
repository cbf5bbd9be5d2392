"""Everything that is prepared beside the questions: how much there is, what is missing, and the way to each."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.views.preparation_view import preparation_entries, waiting_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.preparation import Preparation

FOR_A_COMPANY = ("hr_answers", "reverse_questions", "claims", "coding")
"""Pages that may be looked at for one company."""


class PreparationScreen(BriefingWay):
    """One line for each kind of thing that is prepared."""

    HELP: ClassVar[str] = later(
        "What you prepare beside the questions of your bank: Enter opens the one under the cursor. Behind each stands "
        "how much there is and what is missing; C looks at it for one company."
    )
    CSS_PATH = "preparation.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("enter", "open", later("open the page"), id="preparation.open", key_display="Enter"),
        Binding("C", "for_company", later("for which company"), id="preparation.company"),
    ]

    @dataclass
    class Loaded(Message):
        """The numbers were read."""

        standing: "Preparation"

    def __init__(self, *, company_id: int | None = None) -> None:
        """The preparation for the company of this id, or for all."""
        super().__init__()
        self.company_id = company_id
        self.standing: Preparation | None = None

    def compose(self) -> ComposeResult:
        """The title, and the lines."""
        yield Bar()
        yield Page(id="preparation")
        yield self.key_bar

    def on_mount(self) -> None:
        """Show the lines at once, and read the numbers."""
        self.query_one(Bar).show((Cell(_("Preparation"), "title"),))
        self.query_one(Page).show(waiting_entries())
        self.query_one(Page).focus()
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read them anew."""
        now, company_id = self.now(), self.company_id

        def read(session: "Session") -> "Preparation":
            from prep.preparation import view_preparation

            return view_preparation(session, now=now, company_id=company_id)

        self.load("preparation", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.standing = message.standing
        company = message.standing.company
        middle = (Cell(_("for {company}").format(company=company), "key"),) if company else ()
        self.query_one(Bar).show((Cell(_("Preparation"), "title"),), middle)
        self.query_one(Page).show(preparation_entries(message.standing))

    @on(Page.Chosen)
    def action_open(self) -> None:
        """Open the page of the line under the cursor."""
        kind, _colon, name = self.query_one(Page).cursor_key.partition(":")
        if kind != "page":
            return
        if name in FOR_A_COMPANY:
            self.ashore.open_page(name, company_id=self.company_id)
        elif name == "introductions":
            self.ashore.open_page(name, company=self.standing.company if self.standing is not None else "")
        else:
            self.ashore.open_page(name)

    def briefable(self) -> Briefable | None:
        """The company that it is looked at for."""
        return None if self.company_id is None else Briefable(self.company_id)

    def action_for_company(self) -> None:
        """Look at it for one company, or for all."""

        def choose(company_id: int | None) -> None:
            self.company_id = company_id
            self.reload()

        ask_company_for(self, self.company_id, choose)
