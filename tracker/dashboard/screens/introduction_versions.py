"""The versions of a self-introduction, and what differs between two of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.introduction_view import difference_entries, version_cells, version_columns
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from sqlmodel import Session
    from textual import events

    from prep.introductions.versions import SentenceDifference, VersionView

SIDE_BY_SIDE = 100
"""Columns from which the differences stand beside the list."""


class IntroductionVersionsScreen(AshoreScreen):
    """The newest version first; each against the one before it, or against one that was chosen."""

    HELP: ClassVar[str] = later(
        "Every saved change of the text is a version. The one under the cursor is compared with the one before it; "
        "space chooses another to compare with, space on the same one lets go of it. [-…-] was removed, {+…+} was "
        "added. t makes the version under the cursor the present text again, as a new version; u undoes that."
    )
    CSS_PATH = "introduction_versions.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", later("back"), id="page.back", key_display="Esc"),
        Binding("space", "base", later("compare with this"), id="versions.base"),
        Binding("t", "take_back", later("take back"), id="versions.take_back"),
        Binding("y", "copy", later("copy"), id="versions.copy"),
        Binding("tab", "app.focus_next", later("other half"), show=False, id="versions.half"),
    ]

    @dataclass
    class Loaded(Message):
        """The versions were read."""

        title: str
        versions: tuple["VersionView", ...]

    @dataclass
    class Compared(Message):
        """Two versions were compared."""

        older: "VersionView"
        newer: "VersionView"
        differences: tuple["SentenceDifference", ...]

    def __init__(self, *, introduction_id: int) -> None:
        """The versions of one draft."""
        super().__init__()
        self.introduction_id = introduction_id
        self.by_number: dict[int, VersionView] = {}
        self._title = ""
        self._base: int | None = None
        """The version chosen to compare with; else the one before."""

    def compose(self) -> ComposeResult:
        """The versions, what differs."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(version_columns(), self, id="list")
            yield Page(id="differences")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the versions."""
        self.reload()

    def on_resize(self, event: "events.Resize") -> None:
        """Beside the list, or below it."""
        self.set_class(event.size.width >= SIDE_BY_SIDE, "-two")

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a version."""
        return version_cells(
            self.by_number[key], now=self.now(), is_newest=key == max(self.by_number), is_base=key == self._base
        )

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#list", Table)

    @property
    def unfit_actions(self) -> Collection[str]:
        """The present text need not be taken back."""
        key = self.table.cursor_key
        return ("take_back",) if key is None or key == max(self.by_number, default=key) else ()

    # Reading

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the versions anew."""
        number = self.introduction_id

        def read(session: "Session") -> "IntroductionVersionsScreen.Loaded":
            from prep.introductions.drafts import view_introduction
            from prep.introductions.versions import list_versions

            title = view_introduction(session, number).title
            return self.Loaded(title, list_versions(session, introduction_id=number))

        self.load("versions", read, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_number = {version.number: version for version in message.versions}
        self._title = message.title
        if self._base not in self.by_number:
            self._base = None
        count = len(message.versions)
        words = ngettext("{n} version", "{n} versions", count).format(n=count)
        self.query_one(Bar).show((Cell(message.title, "title"),), (), (Cell(words, "muted"),))
        self.table.show(self.by_number)
        self.table.repaint()
        self._compare()
        self.refresh_bindings()

    @on(Table.Highlighted, "#list")
    def _compare(self) -> None:
        newer = self._current()
        if newer is None:
            return
        older = self.by_number.get(self._base or newer.number - 1, newer)
        older, newer = sorted((older, newer), key=lambda version: version.number)

        def compare() -> "IntroductionVersionsScreen.Compared":
            from prep.introductions.versions import differences

            return self.Compared(older, newer, differences(older.text, newer.text))

        self.run_thread("differences", compare, lambda found: found)

    @on(Compared)
    def _show(self, message: Compared) -> None:
        page = self.query_one(Page)
        page.show(difference_entries(message.older, message.newer, message.differences))
        page.action_edge(0)
        page.scroll_home(animate=False)
        self.refresh_bindings()

    def _current(self) -> "VersionView | None":
        key = self.table.cursor_key
        return self.by_number.get(key) if key is not None else None

    # Acting

    @on(Table.Chosen, "#list")
    def _read_on(self) -> None:
        self.query_one(Page).focus()

    def action_back(self) -> None:
        """Back to the list; there, leave."""
        if self.focused is self.query_one(Page):
            self.table.focus()
        else:
            self.app.pop_screen()

    def action_base(self) -> None:
        """Compare with the version under the cursor, or with the one before each again."""
        version = self._current()
        if version is None:
            return
        self._base = None if self._base == version.number else version.number
        self.table.repaint()
        self._compare()
        if self._base is not None:
            self.say(_("Compared with v{n} from now on; space here again lets go of it.").format(n=version.number))

    def action_take_back(self) -> None:
        """Make the version under the cursor the present text again."""
        version = self._current()
        if version is None or version.number == max(self.by_number):
            self.say(_("This is the present text."))
            return
        introduction_id, number = self.introduction_id, version.number
        present = self.by_number[max(self.by_number)].text

        def write(session: "Session", now: datetime) -> int:
            from prep.introductions.versions import take_back_version

            return take_back_version(
                session, introduction_id=introduction_id, number=number, now=now, text_before=present
            )

        name = _("Introduction «{title}»: v{n} taken back").format(title=self._title, n=number)
        self.change(name, write, say=lambda _number: name)

    def action_copy(self) -> None:
        """Copy the text of the version under the cursor."""
        version = self._current()
        copy_text(self, version.text if version is not None else "")
