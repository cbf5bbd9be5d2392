"""The keys of a company's page that lead to the debrief of a round, and to what was practised."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import _, later
from tracker.stages import Phase

if TYPE_CHECKING:
    from tracker.dashboard.views.company_reading import CompanyPage
    from tracker.rounds import RoundView


class DebriefingPage(AshoreScreen):
    """A page of a company."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "debrief", later("how did it go?"), show=False, id="company.debrief"),
        Binding("l", "practice_log", later("practice log"), show=False, id="company.practice_log"),
    ]

    company_id: int
    page: "CompanyPage | None" = None

    def chosen_round(self) -> int | None:
        """The round under the cursor, if there is one."""
        return None

    def action_debrief(self) -> None:
        """Write down how the round under the cursor went, else the interview that was last."""
        rounds = [view for view in self.page.rounds if self._is_begun(view)] if self.page is not None else []
        chosen = next((view for view in rounds if view.id == self.chosen_round()), None)
        interviews = [view for view in rounds if view.phase == Phase.INTERVIEW]
        found = chosen or next(iter((interviews or rounds)[::-1]), None)
        if found is None:
            self.complain(_("No round here has begun yet. r plans one; a past time will do."))
        else:
            self.ashore.open_page("debrief", round_id=found.id)

    def _is_begun(self, view: "RoundView") -> bool:
        start = view.starts_at or view.ends_at
        return start is None or start <= self.now()

    def action_practice_log(self) -> None:
        """What was practised for this company, round by round."""
        self.ashore.open_page("practice_log", company_id=self.company_id)
