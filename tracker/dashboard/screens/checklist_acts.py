"""What keys do to the checklists of a company's page."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs.checklist_dialogs import ask_list_item
from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.checklists.lists import ChecklistView, ItemView
    from tracker.dashboard.views.company_reading import CompanyPage


class ChecklistActs(AshoreScreen):
    """A page that shows checklists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", later("done"), show=False, id="company.tick"),
        Binding("J", "move_item(1)", later("item down"), show=False, id="company.item_down"),
        Binding("K", "move_item(-1)", later("item up"), show=False, id="company.item_up"),
    ]

    page: "CompanyPage | None"

    def _cursor(self) -> tuple[str, str, str]:
        """Kind and number of the entry under the cursor, and its section."""
        raise NotImplementedError

    def checklist(self) -> "ChecklistView | None":
        """The checklist that the cursor is in."""
        if self.page is None:
            return None
        kind, number, _section = self._cursor()
        return self.page.checklist_at("checklist" if kind == "no-items" else kind, number)

    def item(self) -> "ItemView | None":
        """The item under the cursor."""
        kind, number, _section = self._cursor()
        checklist = self.checklist()
        if kind != "item" or checklist is None:
            return None
        return next((item for item in checklist.items if str(item.id) == number), None)

    def action_tick(self) -> None:
        """Mark the checklist item under the cursor as done, or open it again."""
        checklist, item = self.checklist(), self.item()
        if checklist is None or item is None:
            return

        def write(session: "Session", now: "datetime") -> None:
            from prep.checklists.lists import set_item_done

            set_item_done(session, item_id=item.id, done=not item.done, now=now)

        name = (_("Open again: {item}") if item.done else _("Done: {item}")).format(item=item.text)
        self.change(name, write, say=lambda _nothing: name, applications={checklist.application_id})

    def action_move_item(self, by: int) -> None:
        """Move the item under the cursor up or down its list."""
        checklist, item = self.checklist(), self.item()
        if checklist is None or item is None:
            return

        def write(session: "Session", _now: "datetime") -> None:
            from prep.checklists.lists import move_item

            move_item(session, item_id=item.id, by=by)

        name = _("Moved: {item}").format(item=item.text)
        self.change(name, write, applications={checklist.application_id})

    def edit_item(self) -> bool:
        """Change the item under the cursor, or add one where it is on a list; tells whether it is on either."""
        checklist = self.checklist()
        if checklist is not None:
            ask_list_item(self, checklist, self.item())
        return checklist is not None

    def remove_list(self) -> None:
        """Remove the whole list under the cursor; its round gets no other by itself."""
        checklist = self.checklist()
        if checklist is None:
            return

        def write(session: "Session", _now: "datetime") -> None:
            from prep.checklists.lists import empty_checklist

            empty_checklist(session, checklist_id=checklist.id)

        name = _("Checklist removed: {name}").format(name=checklist.name or checklist.stage)
        self.change(name, write, say=lambda _nothing: name, applications={checklist.application_id})

    def make_list_anew(self) -> None:
        """Fill an emptied list from the template of its round."""
        checklist = self.checklist()
        if checklist is None or checklist.round_id is None:
            return
        round_id = checklist.round_id

        def write(session: "Session", now: "datetime") -> int | None:
            from prep.checklists.templates import refill_checklist

            return refill_checklist(session, round_id=round_id, now=now)

        def say(made: int | None) -> str:
            return _("The checklist is there again.") if made else _("There is no template for this kind of round.")

        self.change(_("Checklist of {stage}").format(stage=checklist.stage), write, say=say)
