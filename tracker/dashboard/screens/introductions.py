"""All self-introductions: for whom, how long, sentence by sentence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs.introduction_editor import edit_introduction
from tracker.dashboard.dialogs.introduction_form import ask_introduction, ask_new_introduction
from tracker.dashboard.dialogs.introduction_marks import mark_sentence
from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.introduction_view import Drafted, draft_cells, draft_columns, draft_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.text import name_key
from tracker.words import purpose_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.introductions.drafts import IntroductionView
    from prep.introductions.speaking import SpeakingRate

NOTHING_YET = later("No self-introduction yet: n writes one, I imports your notes.")


class IntroductionsScreen(BriefingWay, ListingScreen):
    """The drafts, and the one under the cursor sentence by sentence."""

    HELP: ClassVar[str] = later(
        "Your self-introductions, with how long they take to say against their target. d rehearses the one under the "
        "cursor with a teleprompter, E writes its text, e says what it is for, n begins another from the nearest one. "
        "Enter goes to its sentences, where space marks one as a must, as one that may go, or as neither; s shows "
        "the version that fits the target, v all versions and what differs."
    )
    PLACEHOLDER: ClassVar[str] = later("title, purpose, company, words")
    CSS_PATH = "introductions.tcss"
    SIDE_BY_SIDE = 100
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "rehearse", later("rehearse"), id="introductions.rehearse"),
        Binding("E", "text", later("text"), id="introductions.text"),
        Binding("e", "edit", later("edit"), id="introductions.edit"),
        Binding("n", "new", later("new"), id="introductions.new"),
        Binding("space", "mark", later("must, may go"), id="introductions.mark"),
        Binding("s", "shortest", later("shortest"), id="introductions.shortest"),
        Binding("v", "versions", later("versions"), id="introductions.versions"),
        Binding("y", "copy", later("copy"), show=False, id="introductions.copy"),
        Binding("delete", "remove", later("remove"), show=False, id="introductions.remove"),
    ]

    @dataclass
    class Loaded(Message):
        """The drafts were read."""

        drafts: tuple[Drafted, ...]
        rate: "SpeakingRate"
        companies: tuple[str, ...]

    def __init__(self, *, introduction_id: int | None = None, company: str = "") -> None:
        """All drafts.

        Args:
            introduction_id: the one that the cursor begins on.
            company: proposed for new ones.
        """
        super().__init__()
        self.by_id: dict[int, Drafted] = {}
        self.companies: tuple[str, ...] = ()
        self.rate: SpeakingRate | None = None
        self._wanted = introduction_id
        self._company = company
        self._shown = 0
        """The draft whose sentences are shown."""

    def compose(self) -> ComposeResult:
        """The drafts, the sentences of one."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(draft_columns(), self, empty=_(NOTHING_YET), id="list")
            yield Page(id="sentences")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the drafts."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a draft."""
        return draft_cells(self.by_id[key].view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space marks the sentence under the cursor."""
        if action == "mark":
            return self.is_mounted and self.focused is self.query_one(Page)
        return super().check_action(action, parameters)

    @property
    def unfit_actions(self) -> Collection[str]:
        """Without a draft there is only a new one to write."""
        return () if self.by_id else ("rehearse", "text", "edit", "shortest", "versions")

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the drafts anew."""
        self.load("introductions", read_drafts, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {drafted.view.id: drafted for drafted in message.drafts}
        self.rate, self.companies = message.rate, message.companies
        self.show_list()
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None
        self._preview()
        self.refresh_bindings()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key, drafted in self.by_id.items() if all(word in _haystack(drafted.view) for word in words)]
        nothing, none_found = _(NOTHING_YET), _("Nothing has these words. Esc clears the filter.")
        self.table.empty = none_found if self.by_id else nothing
        self.table.show(shown)
        self.table.repaint()
        left = [Cell(_("Self-introductions"), "title"), Cell(f"  {len(shown)}", "muted")]
        self.query_one(Bar).show([*left, Cell(f"  /{self.typed}", "key")] if self.typed else left)
        self._preview()

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        drafted, page = self.current(), self.query_one(Page)
        if drafted is None or self.rate is None:
            self._shown = 0
            page.show(())
            return
        page.show(draft_entries(drafted, self.rate))
        if drafted.view.id != self._shown:
            self._shown = drafted.view.id
            page.move_to("sentence:0")
            page.scroll_home(animate=False)

    def current(self) -> Drafted | None:
        """The draft under the cursor."""
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    def briefable(self) -> Briefable | None:
        """The company that the draft under the cursor is for, else the one that new drafts are proposed for."""
        drafted = self.current()
        company = (drafted.view.company if drafted is not None else "") or self._company
        return Briefable(company=company) if company else None

    # Acting

    @on(Table.Chosen, "#list")
    def _to_sentences(self) -> None:
        if self.current() is not None:
            self.query_one(Page).focus()

    def on_descendant_focus(self) -> None:
        """Other keys are in force where the sentences are."""
        self.refresh_bindings()

    @on(Page.Chosen, "#sentences")
    def action_mark(self) -> None:
        """Mark the sentence under the cursor: a must, one that may go, neither."""
        drafted = self.current()
        if drafted is not None:
            mark_sentence(self, drafted.view.id, drafted.shortened.sentences, self.query_one(Page).cursor_key)

    def action_clear(self) -> None:
        """Back to the list; there, give up the filter, or leave."""
        if self.focused is self.query_one(Page):
            self.table.focus()
        else:
            super().action_clear()

    def action_new(self) -> None:
        """Another draft, from the nearest one."""
        drafted = self.current()
        ask_new_introduction(
            self,
            companies=self.companies,
            company=self._company,
            like=drafted.view if drafted is not None else None,
            then=self._reach,
        )

    def _reach(self, introduction_id: int) -> None:
        self._wanted = introduction_id
        self.typed = ""

    def action_edit(self) -> None:
        """What the draft is for."""
        if (drafted := self.current()) is not None:
            ask_introduction(self, drafted.view, companies=self.companies)

    def action_text(self) -> None:
        """Write its text; with no draft yet, the first one."""
        if (drafted := self.current()) is not None:
            edit_introduction(self, drafted.view, company_id=None)
        elif not self.by_id:
            self.action_new()

    def action_rehearse(self) -> None:
        """Say it aloud with a teleprompter."""
        if (drafted := self.current()) is not None:
            self.ashore.open_page("introduction_rehearsal", introduction_id=drafted.view.id)

    def action_shortest(self) -> None:
        """The version that fits the target."""
        if (drafted := self.current()) is not None:
            self.ashore.open_page("introduction_shortest", introduction_id=drafted.view.id)

    def action_versions(self) -> None:
        """All versions of it."""
        if (drafted := self.current()) is not None:
            self.ashore.open_page("introduction_versions", introduction_id=drafted.view.id)

    def action_copy(self) -> None:
        """Copy its text."""
        drafted = self.current()
        copy_text(self, drafted.view.text if drafted is not None else "")

    def action_remove(self) -> None:
        """Remove it, with its versions and takes; u brings all of it back."""
        drafted = self.current()
        if drafted is None:
            return
        number = drafted.view.id

        def write(session: "Session", _now: datetime) -> None:
            from prep.introductions.drafts import remove_introduction

            remove_introduction(session, introduction_id=number)

        name = _("Removed introduction «{title}»").format(title=drafted.view.title)
        self.change(name, write, say=lambda _nothing: name)


def _haystack(view: "IntroductionView") -> str:
    """What typing looks into."""
    return name_key(" ".join((view.title, purpose_word(view.purpose), view.company, view.text)))


def read_drafts(session: "Session") -> IntroductionsScreen.Loaded:
    """All drafts with their sentences, the person's pace, the names of companies."""
    from prep.introductions.drafts import list_introductions
    from prep.introductions.shortening import shorten
    from prep.introductions.speaking import own_rate
    from tracker.companies import list_companies

    rate = own_rate(session)
    drafts = tuple(
        Drafted(view, shorten(view.text, marks=view.marks, target_seconds=view.target_seconds, rate=rate))
        for view in list_introductions(session, rate=rate)
    )
    return IntroductionsScreen.Loaded(drafts, rate, tuple(company.name for company in list_companies(session)))
