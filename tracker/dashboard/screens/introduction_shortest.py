"""A self-introduction cut to its target: what stays, what is left out, and what to do with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.introduction_marks import mark_sentence
from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.introduction_view import Drafted, sentence_entries, shortest_headline
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session


class IntroductionShortestScreen(AshoreScreen):
    """The sentences of a draft, with those that the target has no time for."""

    HELP: ClassVar[str] = later(
        "The longest version that fits the target. Sentences marked as a must stay, those that may go are left out "
        "first, then unmarked ones, the longest first. space marks the sentence under the cursor. w makes what is "
        "left the text, as a new version; n makes it a draft of its own; y copies it."
    )
    CSS_PATH = "introduction_shortest.tcss"
    AUTO_FOCUS = "#sentences"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("space", "mark", later("must, may go"), id="shortest.mark"),
        Binding("w", "write", later("as new version"), id="shortest.write"),
        Binding("n", "draft", later("as new draft"), id="shortest.draft"),
        Binding("y", "copy", later("copy"), id="shortest.copy"),
    ]

    @dataclass
    class Loaded(Message):
        """The draft was read and cut."""

        drafted: Drafted
        company_id: int | None

    def __init__(self, *, introduction_id: int) -> None:
        """One draft."""
        super().__init__()
        self.introduction_id = introduction_id
        self.drafted: Drafted | None = None
        self._company_id: int | None = None

    def compose(self) -> ComposeResult:
        """How it stands to its target, the sentences."""
        yield Bar()
        yield Bar(id="headline")
        yield Page(id="sentences")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the draft."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read and cut the draft anew."""
        number = self.introduction_id

        def read(session: "Session") -> "IntroductionShortestScreen.Loaded":
            from prep.introductions.drafts import view_introduction
            from prep.introductions.shortening import shorten
            from prep.introductions.speaking import own_rate
            from tracker.companies import find_company_id

            view = view_introduction(session, number)
            cut = shorten(view.text, marks=view.marks, target_seconds=view.target_seconds, rate=own_rate(session))
            return self.Loaded(Drafted(view, cut), find_company_id(session, view.company) if view.company else None)

        self.load("shortest", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.drafted, self._company_id = message.drafted, message.company_id
        words, style = shortest_headline(message.drafted.shortened)
        title = _("{title} · shortest version").format(title=message.drafted.view.title)
        self.query_one(Bar).show((Cell(title, "title"),))
        self.query_one("#headline", Bar).show((Cell(words, style),))
        self.query_one(Page).show(sentence_entries(message.drafted.shortened.sentences, cut=True))
        self.refresh_bindings()

    @property
    def unfit_actions(self) -> Collection[str]:
        """What fits as it is makes no other version."""
        return () if self.drafted is not None and self.drafted.shortened.dropped else ("write", "draft")

    @on(Page.Chosen, "#sentences")
    def action_mark(self) -> None:
        """Mark the sentence under the cursor: a must, one that may go, neither."""
        if self.drafted is not None:
            mark_sentence(self, self.introduction_id, self.drafted.shortened.sentences, self.query_one(Page).cursor_key)

    def _can_be_written(self) -> bool:
        """Whether there is another text to write; says why not."""
        if self.drafted is None:
            return False
        if not self.drafted.shortened.dropped:
            self.say(_("It fits as it is; there is nothing to leave out."))
            return False
        if not self.drafted.shortened.text:
            self.complain(
                _("Nothing would be left: no sentence fits into {n} s.").format(n=self.drafted.view.target_seconds)
            )
            return False
        return True

    def action_write(self) -> None:
        """Make what is left the text of the draft."""
        drafted = self.drafted
        if drafted is None or not self._can_be_written():
            return

        def write(session: "Session", now: datetime) -> int:
            from prep.introductions.drafts import write_text

            return write_text(
                session,
                introduction_id=drafted.view.id,
                text=drafted.shortened.text,
                now=now,
                text_before=drafted.view.text,
            )

        name = _("Introduction «{title}»: shortened").format(title=drafted.view.title)
        self.change(name, write, say=lambda _number: name)

    def action_draft(self) -> None:
        """Make what is left a draft of its own."""
        drafted, company_id = self.drafted, self._company_id
        if drafted is None or not self._can_be_written():
            return
        view = drafted.view
        title = _("{title} · {n} s").format(title=view.title, n=view.target_seconds)

        def write(session: "Session", now: datetime) -> int:
            from prep.introductions.drafts import save_introduction

            return save_introduction(
                session,
                title=title,
                text=drafted.shortened.text,
                language=view.language,
                audience=view.audience,
                target_seconds=view.target_seconds,
                company_id=company_id,
                now=now,
            )

        name = _("New introduction «{title}»").format(title=title)
        self.change(name, write, say=lambda _number: name)

    def action_copy(self) -> None:
        """Copy what is left."""
        copy_text(self, self.drafted.shortened.text if self.drafted is not None else "")
