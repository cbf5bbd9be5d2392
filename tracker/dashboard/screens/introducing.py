"""The key of a company's page that leads to its introduction."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs.introduction_editor import open_introductions
from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import later

if TYPE_CHECKING:
    from tracker.dashboard.views.company_reading import CompanyPage


class IntroducingPage(AshoreScreen):
    """A page of a company."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "introductions", later("introductions"), show=False, id="company.introductions"),
        Binding("P", "preparation", later("preparation"), show=False, id="company.preparation"),
    ]

    page: "CompanyPage | None" = None

    def action_preparation(self) -> None:
        """Everything prepared, as far as it concerns this company."""
        if self.page is not None:
            self.ashore.open_page("preparation", company_id=self.page.company.id)

    def action_introductions(self) -> None:
        """All introductions, from the one that fits here."""
        if self.page is not None:
            open_introductions(self, self.page.introduction, company=self.page.company.name)
