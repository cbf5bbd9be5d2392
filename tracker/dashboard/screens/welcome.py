"""The first start on an empty database: what to begin with."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.demo import open_demo
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import content
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.dashboard.backend import Backend


class WelcomeScreen(AshoreScreen):
    """Asked until it is answered, or until something is in the database."""

    HELP: ClassVar[str] = later("Choose how to begin. Nothing here is final: every choice can be made later too.")
    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", later("import my notes"), id="welcome.import"),
        Binding("d", "demo", later("look at the demo"), id="welcome.demo"),
        Binding("w", "known", later("well-known companies"), id="welcome.known"),
        Binding("e,escape", "empty", later("start empty"), id="welcome.empty"),
    ]

    @dataclass
    class Opened(Message):
        """The demo is ready."""

        backend: "Backend"

    @dataclass
    class Looked(Message):
        """Whether there is something to show, and whether the question was answered."""

        has_companies: bool
        has_imports: bool
        answer: str

    def __init__(self) -> None:
        super().__init__()
        self._opening = False

    def compose(self) -> ComposeResult:
        """A greeting and four choices."""
        with Vertical(id="welcome"):
            yield Static(content(_("Ashore 上岸")), id="name")
            yield Static(
                content(_("Your job hunt on one screen, in one file on this computer. How would you like to begin?")),
                id="about",
            )
            yield Page(id="choices")
        yield self.key_bar

    def on_mount(self) -> None:
        """Show the choices, if there is still something to choose."""
        self._show()
        self.reload()

    def _show(self) -> None:
        waiting = (
            _("Opening the demo…") if self._opening else _("A made-up hunt to play with; your own data stays apart.")
        )
        choices = (
            (
                "import",
                "i",
                _("Import my notes"),
                _("Markdown or text files, as they are. You see every line before it is written."),
            ),
            ("demo", "d", _("Look at the demo"), waiting),
            (
                "known",
                "w",
                _("Start with the well-known companies"),
                _("By tier, with their other names. You move them about."),
            ),
            ("empty", "e", _("Start empty"), _("n adds the first application.")),
        )
        self.query_one(Page).show(
            Entry(key, (Cell(f"{letter}  ", "key"), Cell(title, "strong"), Cell(f"\n{about}\n", "muted")), indent=3)
            for key, letter, title, about in choices
        )

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - it is about all of them
        """Go when there is something to show behind it."""
        self.load("welcome", look, lambda found: found)

    @on(Looked)
    def _look(self, message: Looked) -> None:
        if message.has_companies or message.answer:
            self.ashore.close_page(self)
        elif message.has_imports:
            # Questions alone do not fill the board: without an answer it would ask again.
            self._remember("import", lambda: self.ashore.close_page(self))

    @on(Page.Chosen)
    async def _choose(self, event: Page.Chosen) -> None:
        await self.run_action(event.key)

    def action_import(self) -> None:
        """Choose a file."""
        self.ashore.action_page("imports")

    def action_demo(self) -> None:
        """Open the demo on a database of its own."""
        if not self._opening:
            self._opening = True
            self._show()
            clock = self.ashore.clock
            self.run_thread("demo", lambda: open_demo(clock), self.Opened)

    @on(Opened)
    def _enter(self, message: Opened) -> None:
        self._opening = False
        self.ashore.enter_demo(message.backend)

    def action_known(self) -> None:
        """Begin with the companies that ship with the program."""

        def write(session: "Session", now: datetime) -> int:
            from tracker.starting import add_known_companies

            return add_known_companies(session, now=now)

        self.change(
            _("Well-known companies"), write, then=lambda added: self._added(_("{n} companies added").format(n=added))
        )

    def _added(self, sentence: str) -> None:
        self.ashore.close_page(self)
        self.ashore.action_go("companies")
        self.ashore.say_in_front(sentence, undo=True)

    def action_empty(self) -> None:
        """Begin with nothing, and do not ask again."""
        self._remember("empty", self._leave)

    def _remember(self, answer: str, then: Callable[[], None]) -> None:
        def write(session: "Session", _now: datetime) -> None:
            from tracker.starting import remember_welcome

            remember_welcome(session, answer=answer)

        backend = self.backend
        self.submit(lambda: backend.change(_("First start"), write, kind="setting"), lambda _written: then())

    def _leave(self) -> None:
        self.ashore.close_page(self)
        self.ashore.say_in_front(_("n adds the first application, I imports notes, ? explains every key."))


def look(session: "Session") -> WelcomeScreen.Looked:
    """What there is already."""
    from sqlmodel import select

    from tracker.companies import load_names
    from tracker.models import Source
    from tracker.starting import welcome_answer

    return WelcomeScreen.Looked(
        has_companies=bool(load_names(session)),
        has_imports=session.exec(select(Source.id)).first() is not None,
        answer=welcome_answer(session),
    )
