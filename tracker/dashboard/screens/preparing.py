"""What the lists of prepared things share: they may be looked at for one company."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later


class PreparingScreen(BriefingWay, ListingScreen):
    """A list with a page beside it, for one company or for all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "for_company", later("company"), id="preparing.company"),
    ]

    def __init__(self, *, company_id: int | None = None) -> None:
        """Things prepared for the company of this id, or for all."""
        super().__init__()
        self.company_id = company_id
        self.company = ""
        """The company's name."""

    def show_title(self, title: str, count: str) -> None:
        """The title, how many, for whom, and what is typed."""
        left = [Cell(title, "title"), Cell(f"  {count}", "muted")]
        if self.typed:
            left.append(Cell(f"  /{self.typed}", "key"))
        middle = (Cell(_("for {company}").format(company=self.company), "key"),) if self.company else ()
        self.query_one(Bar).show(left, middle)

    def briefable(self) -> Briefable | None:
        """The company that it is looked at for."""
        return None if self.company_id is None else Briefable(self.company_id)

    def action_for_company(self) -> None:
        """Look at it for one company, or for all."""

        def choose(company_id: int | None) -> None:
            self.company_id = company_id
            self.company = ""
            self.reload()

        ask_company_for(self, self.company_id, choose)
