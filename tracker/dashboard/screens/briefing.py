"""Everything about one coming round, in the order in which it is needed at the door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.checklist_dialogs import ask_list_item
from tracker.dashboard.dialogs.introduction_editor import edit_introduction, open_introductions
from tracker.dashboard.dialogs.round_dialog import ask_round
from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.briefing_view import briefing_entries, headline
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from prep.briefings.briefing import Briefing
    from prep.checklists.lists import ChecklistView
    from tracker.rounds import RoundView

EVERY_MINUTE = 60.0
"""Seconds between two looks at the clock: the countdown goes on."""


@dataclass(frozen=True, slots=True)
class Briefed:
    """A briefing, and the round it is for."""

    briefing: "Briefing"
    round: "RoundView | None"


class BriefingScreen(AshoreScreen):
    """The briefing for a company's next round."""

    HELP: ClassVar[str] = later(
        "What to know before you walk in: when and where, what must still be done, your introduction, what happened "
        "here before, and the questions most worth the next minutes. Enter opens what is under the cursor."
    )
    CSS_PATH = "briefing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("o", "open_link", later("open link"), id="briefing.open_link"),
        Binding("y", "copy_link", later("copy link"), id="briefing.copy_link"),
        Binding("space", "tick", later("done"), id="briefing.tick"),
        Binding("d", "drill", later("drill"), id="briefing.drill"),
        Binding("E", "introduction", later("introduction"), id="briefing.introduction"),
        Binding("i", "introductions", later("introductions"), show=False, id="briefing.introductions"),
        Binding("e", "round", later("edit round"), id="briefing.edit_round"),
        Binding("r", "plan", later("plan a round"), id="briefing.plan_round"),
        Binding("n", "add_item", later("add to do"), id="briefing.add_item"),
        Binding("m", "mock", later("mock interview"), show=False, id="briefing.mock"),
        Binding("c", "company", later("company"), id="briefing.company"),
    ]

    @dataclass
    class Loaded(Message):
        """The briefing was read."""

        found: Briefed

    def __init__(self, *, company_id: int, round_id: int | None = None) -> None:
        """A briefing for a company's round: that of the id, else the next one."""
        super().__init__()
        self.company_id = company_id
        self.round_id = round_id
        self.found: Briefed | None = None
        self._expanded: set[str] = set()

    def compose(self) -> ComposeResult:
        """The line that says when, and the page."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read, and follow the clock."""
        self.reload()
        self.set_interval(EVERY_MINUTE, self.reload)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - it joins many tables
        """Read the briefing anew."""
        company_id, now = self.company_id, self.now()
        self.load("briefing", lambda session: read_briefing(session, company_id, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found = message.found
        left, right = headline(message.found.briefing)
        self.query_one(Bar).show(left, (), right)
        self._show()

    def on_resize(self, event: "events.Resize") -> None:
        """Show as much as fits the new height."""
        if self.found is not None and event.size.height:
            self._show()

    def _show(self) -> None:
        if self.found is not None:
            self.query_one(Page).show(
                briefing_entries(self.found.briefing, height=self.size.height, expanded=self._expanded)
            )

    # What Enter and space do

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, number = event.key.partition(":")
        if kind == "question":
            self._open_question(int(number))
        elif kind == "item":
            self.action_tick()
        elif kind == "place" and self.found is not None:
            self.action_plan() if self.found.round is None else self.action_open_link()
        else:
            self._expanded ^= {event.key}
            self._show()

    def _open_question(self, question_id: int) -> None:
        if self.found is None:
            return
        briefing = self.found.briefing
        listed = [question.id for question in briefing.questions]
        self.ashore.open_page(
            "question",
            question_id=question_id,
            among=listed if question_id in listed else [question_id],
            company_id=self.company_id,
            round_id=briefing.round_id,
        )

    def action_tick(self) -> None:
        """Mark the item under the cursor as done."""
        kind, _colon, number = self.query_one(Page).cursor_key.partition(":")
        if kind != "item" or self.found is None:
            return
        open_items = (*self.found.briefing.blocking, *self.found.briefing.to_do)
        text = next((item.text for item in open_items if item.id == int(number)), "")

        def write(session: "Session", now: datetime) -> None:
            from prep.checklists.lists import set_item_done

            set_item_done(session, item_id=int(number), done=True, now=now)

        name = _("Done: {item}").format(item=text)
        self.change(name, write, say=lambda _nothing: name)

    def action_add_item(self) -> None:
        """Add something of one's own to the round's checklist."""
        view = self.found.round if self.found is not None else None
        if view is None:
            self.complain(_("No round is planned here: r plans one, and its checklist comes with it."))
            return

        def read(session: "Session") -> "ChecklistView":
            from prep.checklists.lists import ChecklistView, list_checklists

            empty = ChecklistView(0, view.application_id, view.id, "", (), view.stage)
            return next(iter(list_checklists(session, round_id=view.id)), empty)

        self.ask(read, lambda checklist: ask_list_item(self, checklist))

    def action_drill(self) -> None:
        """What to practise before this round, and how ready it makes."""
        if self.found is not None:
            briefing = self.found.briefing
            self.ashore.open_page("drill", company_id=self.company_id, round_id=briefing.round_id, stage=briefing.stage)

    def action_company(self) -> None:
        """Open the page of this company."""
        self.ashore.open_page("company", company_id=self.company_id)

    # Link

    @property
    def _link(self) -> str:
        return self.found.briefing.link.strip() if self.found is not None else ""

    def action_open_link(self) -> None:
        """Open the round's link in the browser."""
        open_link(self, self._link)

    def action_copy_link(self) -> None:
        """Copy the link, or what stands in its place."""
        copy_text(self, self._link or (self.found.briefing.platform if self.found is not None else ""))

    # Round and introduction

    def action_round(self) -> None:
        """Change the round, or plan one."""
        self._round_form(self.found.round if self.found is not None else None)

    def action_plan(self) -> None:
        """Plan another round."""
        self._round_form(None)

    def _round_form(self, view: "RoundView | None") -> None:
        if self.found is None:
            return
        briefing = self.found.briefing
        application_id = view.application_id if view is not None else briefing.application_id
        if application_id is None:
            self.complain(_("There is no application here yet: press c, then n to add one."))
            return
        ask_round(self, application_id=application_id, company=briefing.company, stage=briefing.stage, view=view)

    def action_introduction(self) -> None:
        """Edit the introduction, or write the first one."""
        if self.found is not None:
            edit_introduction(self, self.found.briefing.introduction, company_id=None)

    def action_introductions(self) -> None:
        """All introductions, from the one for this round: rehearse it, shorten it, compare its versions."""
        if self.found is not None:
            open_introductions(self, self.found.briefing.introduction, company=self.found.briefing.company)


def read_briefing(session: "Session", company_id: int, now: datetime) -> Briefed:
    """A briefing and its round, in one state of the database."""
    from prep.briefings.making import make_briefing
    from tracker.rounds import list_rounds

    briefing = make_briefing(session, company_id=company_id, now=now)
    rounds = list_rounds(session, company_id=company_id) if briefing.round_id is not None else ()
    return Briefed(briefing, next((view for view in rounds if view.id == briefing.round_id), None))
