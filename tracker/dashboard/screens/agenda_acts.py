"""What keys do to the entry of the agenda under the cursor, and to the follow-ups that are selected."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker.agenda_entries import AgendaEntry, AgendaKind
from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.moves import MovingScreen, Selected
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from tracker.board import BoardRow
    from tracker.follow_ups import Resolution
    from tracker.rounds import RoundView

NEED_ENTRY = frozenset({"open", "briefing", "drill", "edit_entry"})
NEED_FOLLOW_UP = frozenset({"resolve", "select", "select_all"})

MOVES = tuple(
    # Where a silence can be closed by it, x says so; elsewhere there are other keys to show first.
    replace(binding, show=binding.show and binding.key != "x")
    for binding in MovingScreen.BINDINGS
    if isinstance(binding, Binding) and binding.key != "e"
)
"""What keys do to an application, as on other screens; e changes the entry."""


class AgendaActs(MovingScreen):
    """A screen with an entry under its cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: set[int] = set()
        """Applications selected among the follow-ups."""

    def current(self) -> AgendaEntry | None:
        """The entry under the cursor."""
        raise NotImplementedError

    def follow_ups(self) -> tuple[AgendaEntry, ...]:
        """The follow-ups shown."""
        raise NotImplementedError

    def applications(self) -> "Mapping[int, BoardRow]":
        """The applications that the entries are about."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Called when others are selected."""

    # What the keys of applications work on

    def selected(self) -> Selected | None:
        """The application of the entry under the cursor."""
        entry = self.current()
        return None if entry is None else self._application(entry)

    def _application(self, entry: AgendaEntry) -> Selected:
        row = self.applications().get(entry.application_id)
        stage = row.stage if row is not None else entry.stage
        return Selected(entry.application_id, entry.company_id, entry.company, stage)

    def chosen(self) -> tuple[Selected, ...]:
        """On a follow-up all those that are selected; else the application under the cursor."""
        entry = self.current()
        if entry is None:
            return ()
        marked = self._to_resolve() if entry.kind is AgendaKind.FOLLOW_UP else ()
        return tuple(self._application(one) for one in marked) or (self._application(entry),)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to work on are not offered."""
        entry = self.current()
        if action in NEED_ENTRY:
            return entry is not None
        if action in NEED_FOLLOW_UP:
            return entry is not None and entry.kind is AgendaKind.FOLLOW_UP
        if action == "tick":
            return entry is not None and entry.kind is AgendaKind.ITEM
        if action in ("open_link", "copy"):
            return entry is not None and bool(entry.link or (entry.place and action == "copy"))
        return super().check_action(action, parameters)

    # One entry

    def action_open(self) -> None:
        """The page of the company."""
        entry = self.current()
        if entry is not None:
            self.ashore.open_page("company", company_id=entry.company_id)

    def action_briefing(self) -> None:
        """Everything about the next round there."""
        entry = self.current()
        if entry is not None:
            self.ashore.open_page("briefing", company_id=entry.company_id, round_id=entry.round_id)

    def action_drill(self) -> None:
        """What to practise before the next round there."""
        entry = self.current()
        if entry is not None:
            self.ashore.open_page("drill", company_id=entry.company_id)

    def action_open_link(self) -> None:
        """Open the link in the browser."""
        entry = self.current()
        if entry is not None:
            open_link(self, entry.link)

    def action_copy(self) -> None:
        """Copy the link, or the place."""
        entry = self.current()
        if entry is not None:
            copy_text(self, entry.link or entry.place)

    def action_edit_entry(self) -> None:
        """Change the round; of anything else the application."""
        entry = self.current()
        if entry is None:
            return
        if entry.round_id is None:
            self.action_edit_application()
            return
        chosen, application_id, round_id = self._application(entry), entry.application_id, entry.round_id

        def read(session: "Session") -> "RoundView | None":
            from tracker.rounds import list_rounds

            rounds = list_rounds(session, application_id=application_id)
            return next((view for view in rounds if view.id == round_id), None)

        def ask(view: "RoundView | None") -> None:
            from tracker.dashboard.dialogs.round_dialog import ask_round

            ask_round(self, application_id=application_id, company=chosen.company, stage=chosen.stage, view=view)

        self.ask(read, ask)

    def action_tick(self) -> None:
        """Mark the checklist item under the cursor as done."""
        entry = self.current()
        if entry is None or entry.item_id is None:
            return
        item_id = entry.item_id

        def write(session: "Session", now: datetime) -> None:
            from prep.checklists.lists import set_item_done

            set_item_done(session, item_id=item_id, done=True, now=now)

        name = _("Done: {item}").format(item=entry.text)
        self.change(name, write, say=lambda _nothing: name, applications={entry.application_id})

    # Follow-ups

    def _to_resolve(self) -> tuple[AgendaEntry, ...]:
        """Those that are selected; without any, the one under the cursor."""
        marked = tuple(entry for entry in self.follow_ups() if entry.application_id in self.marked)
        entry = self.current()
        own = (entry,) if entry is not None and entry.kind is AgendaKind.FOLLOW_UP else ()
        return marked or own

    def action_select(self) -> None:
        """Select the follow-up under the cursor, or not any more."""
        entry = self.current()
        if entry is not None and entry.kind is AgendaKind.FOLLOW_UP:
            self.marked ^= {entry.application_id}
            self.marks_changed()

    def action_select_all(self) -> None:
        """Select all follow-ups shown; none when all are."""
        every = {entry.application_id for entry in self.follow_ups()}
        self.marked = set() if every <= self.marked else every
        self.marks_changed()

    def action_resolve(self, how: "Resolution") -> None:
        """Note that one asked, keep in the pool, or close: all that are selected, in one step."""
        found = self._to_resolve()
        if not found:
            return
        ids = [entry.application_id for entry in found]
        companies = [entry.company for entry in found]

        def write(session: "Session", now: datetime) -> str:
            from tracker.changes import name_step
            from tracker.follow_ups import resolve_follow_ups, step_name

            resolve_follow_ups(session, application_ids=ids, how=how, now=now)
            name = step_name(how, companies)
            name_step(session, name)
            return name

        def unmark(_name: str) -> None:
            self.marked -= set(ids)
            self.marks_changed()

        self.change(_("Follow up"), write, say=str, then=unmark, applications=ids)
