"""What screens that show a company share: saying that it is the same as another."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs.merge_dialog import ask_merge
from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import later

if TYPE_CHECKING:
    from tracker.companies import CompanyView
    from tracker.dashboard.views.company_reading import CompanyPage
    from tracker.merging import Merged


class MergingScreen(AshoreScreen):
    """A screen on which one company is the one that is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "merge", later("same company as…"), show=False, id="company.merge"),
    ]

    def meant_company(self) -> "CompanyView | None":
        """The company that is meant, if any."""

    def merged(self, merged: "Merged") -> None:
        """What was merged into which. Called after it was written."""

    def action_merge(self) -> None:
        """Say that this company is the same as another."""
        company = self.meant_company()
        if company is not None:
            ask_merge(self, company_id=company.id, company=company.name, then=self.merged)


class MergingPage(MergingScreen):
    """A page of one company: when that is merged into another, it becomes the page of the other."""

    company_id: int
    page: "CompanyPage | None"

    def meant_company(self) -> "CompanyView | None":
        """The company of the page."""
        return self.page.company if self.page is not None else None

    def merged(self, merged: "Merged") -> None:
        """Go on with the company that stays."""
        self.company_id = merged.company_id
