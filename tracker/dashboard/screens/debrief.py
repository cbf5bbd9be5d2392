"""After a round, while it is fresh: what was asked, how it went, what was promised, and how it goes on."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tracker.dashboard.dialogs import debrief_dialogs as dialogs
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.debrief_line import DebriefLine
from tracker.dashboard.text import shorten
from tracker.dashboard.views.debrief_view import DebriefPage, debrief_entries, header, written_words
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.debriefs.recording import Debrief, Debriefed, DebriefView
    from prep.drilling.prediction import Prediction


class DebriefScreen(BriefingWay, DebriefLine):
    """The debrief of one round."""

    HELP: ClassVar[str] = later(
        "What was asked, one question a line: what your bank may know of it shows as you type, Enter takes the line "
        "under the cursor, ctrl+n makes a new question. Tab goes to the list, where 1–4 say how each went. ctrl+s "
        "writes all of it as one step; until then it is kept, also when you leave or the program ends. x settles a "
        "round about which there is nothing to write."
    )
    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "#line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", later("back"), id="page.back", key_display="Esc"),
        Binding("ctrl+s", "save", later("write"), id="debrief.save", priority=True),
        Binding("tab", "app.focus_next", later("list"), id="debrief.half"),
        Binding("1", "rate('again')", later("rate"), id="debrief.again", key_display="1–4"),
        Binding("2", "rate('hard')", later("hard"), show=False, id="debrief.hard"),
        Binding("3", "rate('good')", later("good"), show=False, id="debrief.good"),
        Binding("4", "rate('easy')", later("easy"), show=False, id="debrief.easy"),
        Binding("0", "rate('')", later("no rating"), show=False, id="debrief.unrated"),
        Binding("w", "promise", later("promise"), id="debrief.promise"),
        Binding("e", "edit", later("remark"), id="debrief.edit"),
        Binding("t", "kind", later("kind"), id="debrief.kind"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="debrief.remove"),
        Binding("n", "line", later("question"), show=False, id="debrief.line"),
        Binding("x", "settle", later("nothing to write"), id="debrief.settle"),
        Binding("ctrl+n", "new", later("new question"), show=False, id="debrief.new"),
    ]

    @dataclass
    class Loaded(Message):
        """The round was read."""

        view: "DebriefView"

    def compose(self) -> ComposeResult:
        """The round, the page, and the line to type in with what it may mean."""
        yield Bar()
        yield Page(id="told")
        yield from self.compose_line()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the round, the bank, and the companies."""
        self.reload()
        self._read_draft()
        self.read_bank()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - names may change too
        """Read the round anew; what is typed stays."""
        round_id = self.round_id

        def read(session: "Session") -> "DebriefView":
            from prep.debriefs.recording import view_debrief

            return view_debrief(session, round_id=round_id)

        self.load("debrief", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.view = message.view
        self.draft_shown()

    def _read_draft(self) -> None:
        """Read what was typed earlier, behind the writes that may still be keeping it."""
        round_id, backend = self.round_id, self.backend

        def read(session: "Session") -> "tuple[Debrief, str]":
            from prep.debriefs.drafts import load_draft
            from prep.debriefs.recording import Debrief

            return load_draft(session, round_id=round_id) or (Debrief(), "")

        self.submit(lambda: backend.read(read), self._take_draft)

    def _take_draft(self, found: "tuple[Debrief, str]") -> None:
        self.draft, typed = found
        if typed and not self.typed():
            self.query_one("#line", Input).value = typed
        self.draft_shown()

    def draft_shown(self) -> None:
        """Show the page."""
        if self.view is None or self.draft is None or not self.is_mounted:
            return
        written = _("written before; you add to it") if self.view.debriefed_at is not None else ""
        self.query_one(Bar).show(header(self.view, self.now()), (), (Cell(written, "muted"),))
        self.query_one(Page).show(debrief_entries(DebriefPage(self.view, self.draft, self.planned())))
        self.refresh_bindings()

    # The list

    def cursor(self) -> tuple[str, int]:
        """Kind and place of the entry under the cursor."""
        kind, _colon, place = self.query_one(Page).cursor_key.partition(":")
        return kind, int(place) if place.isdigit() else -1

    def briefable(self) -> Briefable | None:
        """The round itself."""
        return None if self.view is None else Briefable(self.view.company_id, self.view.round_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ratings and kinds are for questions, and nothing is settled about which something is typed."""
        if not self.is_mounted or self.draft is None:
            return super().check_action(action, parameters)
        kind, place = self.cursor()
        if action == "rate":
            return kind == "question"
        if action == "kind":
            return kind == "question" and place < len(self.draft.asked) and self.draft.asked[place].question_id is None
        if action == "settle":
            return self.draft.is_empty and self.view is not None and self.view.debriefed_at is None
        return super().check_action(action, parameters)

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def action_rate(self, rating: str) -> None:
        """Say how a question went, and go on to the next one."""
        _kind, place = self.cursor()
        self.alter_question(place, rating=rating)
        if self.draft is not None and place + 1 < len(self.draft.asked):
            self.query_one(Page).action_move(1)

    def action_kind(self) -> None:
        """Another kind for a new question."""
        from prep.bank import KINDS

        _kind, place = self.cursor()
        if self.draft is not None:
            at = KINDS.index(self.draft.asked[place].kind)
            self.alter_question(place, kind=KINDS[(at + 1) % len(KINDS)])

    def action_promise(self) -> None:
        """Write down a promise."""
        dialogs.ask_promise(self)

    @on(Page.Chosen)
    def action_edit(self) -> None:
        """Change the line under the cursor."""
        dialogs.edit(self, *self.cursor())

    def action_remove(self) -> None:
        """Take the line under the cursor away; what is written already stays."""
        self.without(*self.cursor())

    # The end

    def action_leave(self) -> None:
        """Go back; what was typed is kept."""
        self.keep()
        self.app.pop_screen()

    def action_settle(self) -> None:
        """There is nothing to write about this round."""
        view, round_id = self.view, self.round_id
        if view is None:
            return

        def write(session: "Session", now: "datetime") -> None:
            from prep.debriefs.recording import settle_debrief

            settle_debrief(session, round_id=round_id, now=now)

        def close(_nothing: None) -> None:
            self.forget()
            self.ashore.close_page(self)
            self.ashore.say_in_front(name, undo=True)

        name = _("{company} {stage}: nothing to write").format(company=shorten(view.company), stage=view.stage)
        self.change(name, write, then=close, applications={view.application_id})

    def action_save(self) -> None:
        """Write all of it as one step."""
        if self.view is None or self.draft is None:
            return
        if self.typed().strip():
            self.take_typed()
        view, round_id, debrief = self.view, self.round_id, replace(self.draft, planned=self.planned())
        if debrief.is_empty:
            self.say(_("Nothing was written down yet: type a question; Tab and x settle the round."))
            return

        def write(session: "Session", now: "datetime") -> "Debriefed":
            from prep.debriefs.recording import record_debrief

            return record_debrief(session, round_id=round_id, debrief=debrief, now=now)

        name = _("{company} {stage}: how it went").format(company=shorten(view.company), stage=view.stage)
        self.change(name, write, then=self._written)

    def _written(self, done: "Debriefed") -> None:
        """Say what was written, and how well practice had foretold it."""
        self.shelve()

        def foretold(session: "Session") -> "Prediction":
            from prep.drilling.prediction import predict

            return predict(session, round_id=done.round_id)

        def close(found: "Prediction") -> None:
            self.ashore.close_page(self)
            self.ashore.say_in_front(written_words(done, found), undo=True)

        self.ask(foretold, close)
