"""The key that leads from any list to the briefing of the company that a row belongs to."""

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import later

if TYPE_CHECKING:
    from sqlmodel import Session


class Briefable(NamedTuple):
    """What a row belongs to: a company by its id, or by its name; and one round of it, where the row has one."""

    company_id: int | None = None
    round_id: int | None = None
    company: str = ""


class BriefingWay(AshoreScreen):
    """A screen with rows, or a subject of its own, that have a briefing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "briefing", later("briefing"), show=False, id="page.briefing"),
    ]

    def briefable(self) -> Briefable | None:
        """What the cursor is on, or what the screen is about. ``None``: no company."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a company there is nothing to be briefed on."""
        if action == "briefing":
            return self.is_mounted and self.briefable() is not None
        return super().check_action(action, parameters)

    def action_briefing(self) -> None:
        """Everything about the round."""
        found = self.briefable()
        if found is not None:
            open_briefing(self, found)


def open_briefing(screen: AshoreScreen, found: Briefable) -> None:
    """Open the briefing of a row; a company that is known by its name alone is looked up first."""
    if found.company_id is not None:
        screen.ashore.open_page("briefing", company_id=found.company_id, round_id=found.round_id)
        return

    def read(session: "Session") -> int:
        from tracker.companies import require_company_id

        return require_company_id(session, found.company)

    screen.ask(read, lambda company_id: screen.ashore.open_page("briefing", company_id=company_id))
