"""One company: what happened, what is prepared, what is noted; every line of it can be changed here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import company_dialogs as dialogs
from tracker.dashboard.dialogs.application_dialogs import ask_application
from tracker.dashboard.dialogs.company_form import ask_company
from tracker.dashboard.dialogs.history_dialog import ask_event, retract
from tracker.dashboard.dialogs.introduction_editor import edit_introduction
from tracker.dashboard.dialogs.introduction_form import ask_introduction
from tracker.dashboard.dialogs.long_texts import edit_company_note
from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.checklist_acts import ChecklistActs
from tracker.dashboard.screens.debriefing import DebriefingPage
from tracker.dashboard.screens.introducing import IntroducingPage
from tracker.dashboard.screens.merging import MergingPage
from tracker.dashboard.screens.moves import MovingScreen, Selected
from tracker.dashboard.views.company_reading import ApplicationStory, CompanyPage, read_company
from tracker.dashboard.views.company_view import header, what_happened, what_is_noted, what_is_prepared
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

TWO_PAGES = 100
"""Columns from which what is prepared stands beside what happened."""


class CompanyScreen(ChecklistActs, MergingPage, IntroducingPage, DebriefingPage, MovingScreen):
    """The page of a company."""

    HELP: ClassVar[str] = later(
        "Everything about one company. n adds to the section under the cursor, e changes the line under it, "
        "delete removes it, Enter opens it, w shows what was corrected or retracted as it was written first. The keys "
        "that move an application work on the one the cursor is in."
    )
    CSS_PATH = "company.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("n", "add", later("add"), id="company.add"),
        Binding("e", "edit", later("edit"), id="company.edit"),
        Binding("E", "text", later("note"), id="company.text"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="company.remove"),
        Binding("b", "briefing", later("briefing"), id="company.briefing"),
        Binding("d", "drill", later("drill"), id="company.drill"),
        Binding("m", "mock", later("mock interview"), show=False, id="company.mock"),
        Binding("o", "open_link", later("open link"), show=False, id="company.open_link"),
        Binding("y", "copy", later("copy"), show=False, id="company.copy"),
        Binding("w", "wordings", later("as it was written first"), show=False, id="company.wordings"),
        Binding("tab", "app.focus_next", later("other half"), show=False, id="company.half"),
        Binding("N", "new_application", later("another application"), show=False, id="company.application"),
    ]

    @dataclass
    class Loaded(Message):
        """The page was read."""

        page: CompanyPage

    def __init__(self, *, company_id: int) -> None:
        """The page of the company of this id."""
        super().__init__()
        self.company_id = company_id
        self.page: CompanyPage | None = None
        self._expanded: set[str] = set()
        self._wordings = False
        """Whether earlier wordings of events are shown, and those that were taken back."""

    def compose(self) -> ComposeResult:
        """The name, and one page or two."""
        yield Bar()
        with Horizontal():
            yield Page(id="history")
            yield Page(id="prepared")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the page."""
        self.reload()

    def on_resize(self, event: "events.Resize") -> None:
        """One page or two."""
        self.set_class(event.size.width >= TWO_PAGES, "-two")
        self._show()

    def reload(self, applications: Collection[int] | None = None) -> None:
        """Read the page anew, if it is concerned."""
        stories = self.page.applications if self.page is not None else ()
        if applications and stories and not any(story.id in applications for story in stories):
            return
        company_id = self.company_id
        self.load("company", lambda session: read_company(session, company_id), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.page = message.page
        left, right = header(message.page)
        self.query_one(Bar).show(left, (), right)
        self._show()

    def _show(self) -> None:
        page, now, two = self.page, self.now(), self.has_class("-two")
        if page is None:
            return
        happened, noted = what_happened(page, now, wordings=self._wordings), what_is_noted(page)
        prepared = what_is_prepared(page, now, self._expanded)
        self.query_one("#history", Page).show((*happened, *noted) if two else (*happened, *prepared, *noted))
        self.query_one("#prepared", Page).show(prepared if two else ())
        self.refresh_bindings()

    # What the cursor is on

    def _cursor(self) -> tuple[str, str, str]:
        """Kind and number of the entry under the cursor, and its section."""
        focused = self.focused
        page = focused if isinstance(focused, Page) else self.query_one("#history", Page)
        kind, _colon, number = page.cursor_key.partition(":")
        return kind, number, page.section_key().partition(":")[0]

    def chosen_round(self) -> int | None:
        """The round under the cursor."""
        kind, number, _section = self._cursor()
        return int(number) if kind == "round" and number else None

    def _story(self) -> ApplicationStory | None:
        """The application that the cursor is in; the one that matters most elsewhere."""
        return self.page.story_at(*self._cursor()[:2]) if self.page is not None else None

    def selected(self) -> Selected | None:
        """The application that the pipeline's keys work on."""
        story = self._story()
        if story is None or self.page is None:
            return None
        return Selected(story.id, self.company_id, self.page.company.name, story.standing.stage)

    def reach(self, application_id: int) -> None:
        """Put the cursor on an application that was just made, if the page was read again already."""
        self.query_one("#history", Page).move_to(f"application:{application_id}")

    # Adding, changing, removing

    def action_add(self) -> None:
        """Add to the section under the cursor."""
        _kind, _number, section = self._cursor()
        if self.page is None:
            return
        if section == "note":
            self.action_text()
        elif section == "practice":
            self.action_drill()
        elif section == "introduction":
            edit_introduction(self, None, company_id=self.company_id)
        else:
            dialogs.add_to_section(self, self.page, section, story=self._story(), checklist=self.checklist())

    def action_wordings(self) -> None:
        """Show the history as it was written, or only as it counts now."""
        self._wordings = not self._wordings
        self._show()

    def action_new_application(self) -> None:
        """Another application here."""
        if self.page is not None:
            ask_application(self, self.page.company.name)

    def action_plan_round(self) -> None:
        """Plan a round with its checklist."""
        story = self._story()
        if self.page is not None and story is not None:
            dialogs.ask_round_here(self, self.page, story, None)

    def action_edit(self) -> None:
        """Change the line under the cursor."""
        kind, number, _section = self._cursor()
        page, story = self.page, self._story()
        if page is None or self.edit_item():
            return
        if kind in ("application", "offer", "details", "no-events"):
            self.action_edit_application()
        elif kind == "event" and story is not None:
            told = next(told for told in story.events if str(told.event.id) == number)
            ask_event(self, page, story, told)
        elif kind == "round" and story is not None:
            dialogs.ask_round_here(self, page, story, next(view for view in page.rounds if str(view.id) == number))
        elif kind == "contact":
            dialogs.ask_contact(self, page, next(one for one in page.contacts if str(one.id) == number))
        elif kind == "link":
            dialogs.ask_link(self, page, int(number))
        elif kind in ("asked", "hr", "attempt") and number:
            self._open_question(kind, number)
        elif kind == "introduction" and page.introduction is not None:
            ask_introduction(self, page.introduction, companies=(page.company.name,))
        elif kind in ("note", "note-text"):
            self.action_text()
        else:
            ask_company(self, page.company)

    def action_text(self) -> None:
        """Edit the introduction under the cursor, else the company's note."""
        kind, number, _section = self._cursor()
        if self.page is None:
            return
        if kind == "introduction" and number:
            edit_introduction(self, self.page.introduction, company_id=self.company_id)
        else:
            company = self.page.company
            edit_company_note(self, company_id=company.id, company=company.name, note=company.note)

    def action_remove(self) -> None:
        """Remove the line under the cursor; u brings it back."""
        kind, number, _section = self._cursor()
        story = self._story()
        if self.page is None or not number:
            return
        if kind == "link":
            dialogs.write_links(self, self.page, [link for at, link in enumerate(self.page.links) if str(at) != number])
        elif kind == "checklist":
            self.remove_list()
        elif kind == "event" and story is not None:
            retract(self, self.page, story, int(number))
        elif kind in ("round", "item", "contact"):

            def write(session: "Session", _now: datetime) -> None:
                dialogs.remove(session, kind=kind, row=int(number))

            name = _("{company}: removed a line").format(company=self.page.company.name)
            self.change(name, write, say=lambda _nothing: name)

    # Opening

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, number = event.key.partition(":")
        if kind in ("asked", "hr", "attempt") and number:
            self._open_question(kind, number)
        elif kind == "item":
            self.action_tick()
        elif kind == "no-items":
            self.make_list_anew()
        elif kind == "link":
            self.action_open_link()
        elif kind == "offer":
            self.ashore.open_page("offers", application_id=int(number))
        elif kind == "practice-log":
            self.action_practice_log()
        elif kind.endswith("-more") or (kind == "introduction" and number):
            self._expanded ^= {event.key}
            self._show()
        else:
            self.action_edit()

    def _open_question(self, kind: str, number: str) -> None:
        if self.page is None:
            return
        among = [view.id for view in (self.page.hr if kind == "hr" else self.page.asked)]
        question_id = int(number.rpartition(":")[2])
        self.ashore.open_page(
            "question",
            question_id=question_id,
            among=among if question_id in among else [question_id],
            company_id=self.company_id,
        )

    def action_briefing(self) -> None:
        """The briefing for the next round here."""
        self.ashore.open_page("briefing", company_id=self.company_id)

    def action_mock(self) -> None:
        """A mock interview for the next round here."""
        self.ashore.open_page("mock", company_id=self.company_id)

    def action_drill(self) -> None:
        """What to practise before the next round here, and how ready it makes."""
        self.ashore.open_page("drill", company_id=self.company_id)

    def action_open_link(self) -> None:
        """Open the link under the cursor in the browser."""
        open_link(self, dialogs.link_of(self.page, *self._cursor()[:2]))

    def action_copy(self) -> None:
        """Copy the link, the contact's number, or the name of the company."""
        copy_text(
            self, dialogs.link_of(self.page, *self._cursor()[:2]) or (self.page.company.name if self.page else "")
        )
