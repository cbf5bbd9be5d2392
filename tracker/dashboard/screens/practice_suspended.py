"""Questions that are left out of practice, and the key that takes one back."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.practice_view import suspended_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.sittings.overview import SuspendedQuestion


class SuspendedScreen(AshoreScreen):
    """What is left out of practice."""

    HELP: ClassVar[str] = later(
        "Questions that you left out of practice: they are never due and no drill asks them. x takes one back, Enter "
        "opens it."
    )
    CSS_PATH = "practice_suspended.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("x", "take_back", later("practise again"), id="suspended.take_back"),
    ]

    @dataclass
    class Loaded(Message):
        """They were read."""

        questions: "tuple[SuspendedQuestion, ...]"

    def __init__(self) -> None:
        super().__init__()
        self.questions: tuple[SuspendedQuestion, ...] = ()

    def compose(self) -> ComposeResult:
        """The title and the list."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read them."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read them anew."""

        def read(session: "Session") -> "tuple[SuspendedQuestion, ...]":
            from prep.sittings.overview import list_suspended

            return list_suspended(session)

        self.load("suspended", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.questions = message.questions
        self.query_one(Bar).show(
            (Cell(_("Left out of practice"), "title"),), (), (Cell(str(len(self.questions) or ""), "muted"),)
        )
        nothing = Entry(
            "none", (Cell(_("Nothing is left out. x in practice leaves a question out."), "muted"),), still=True
        )
        self.query_one(Page).show(suspended_entries(self.questions) or (nothing,))

    def _chosen(self) -> "SuspendedQuestion | None":
        _kind, _colon, number = self.query_one(Page).cursor_key.partition(":")
        return next((question for question in self.questions if str(question.id) == number), None)

    @on(Page.Chosen)
    def _open(self) -> None:
        question = self._chosen()
        if question is not None:
            self.ashore.open_page("question", question_id=question.id)

    def action_take_back(self) -> None:
        """Practise the question under the cursor again."""
        question = self._chosen()
        if question is None:
            return
        key = question.id

        def write(session: "Session", _now: "datetime") -> int:
            from prep.bank import suspend

            return suspend(session, question_ids=(key,), suspended=False)

        name = _("Practised again: {question}").format(question=" ".join(question.text.split()))
        self.change(name, write, say=lambda _count: name, applications=())
