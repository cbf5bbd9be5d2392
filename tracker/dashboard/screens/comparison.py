"""A question as it reads here against the files it stands in: line by line, and whose words count."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.comparison_view import comparison_entries, standing_key
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.comparing import Comparison, DiffLine, Standing


@dataclass(frozen=True, slots=True)
class Compared:
    """What the screen shows."""

    comparison: "Comparison"
    lines: "dict[int | None, tuple[DiffLine, ...]]"
    """What differs in each file, by the id of the copy."""


class ComparisonScreen(AshoreScreen):
    """One question, a section a file."""

    HELP: ClassVar[str] = later(
        "A question against the files it stands in, as they were at their last import. A plus marks what stands only "
        "here, a minus what stands only in the file. t takes the words of the file under the cursor, x keeps what "
        "stands here and asks no more until the file says something new; ] and [ go from file to file."
    )
    CSS_PATH = "comparison.tcss"
    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("t", "take", later("take the file's"), id="comparison.take"),
        Binding("x", "keep", later("keep mine"), id="comparison.keep"),
    ]

    @dataclass
    class Loaded(Message):
        """The question and its files were read."""

        compared: Compared

    def __init__(self, *, question_id: int) -> None:
        """A comparison of one question."""
        super().__init__()
        self.question_id = question_id
        self.compared: Compared | None = None

    def compose(self) -> ComposeResult:
        """The question, what the signs mean, the lines."""
        yield Bar()
        yield Static("", id="question")
        yield Static("", id="signs")
        yield Page(id="lines")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read them."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read them anew."""
        question_id = self.question_id
        self.load("comparison", lambda session: read_compared(session, question_id), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        is_first, self.compared = self.compared is None, message.compared
        comparison = message.compared.comparison
        count = len(comparison.differing)
        differs = ngettext("reads otherwise in one file", "reads otherwise in {n} files", count).format(n=count)
        self.query_one(Bar).show(
            (Cell(_("Compared with its files"), "title"),),
            (),
            (Cell(differs if count else _("reads the same everywhere"), "warning" if count else "muted"),),
        )
        self.query_one("#question", Static).update(content(comparison.text))
        self.query_one("#signs", Static).update(content(_("+ stands only here · - stands only in the file")))
        page = self.query_one(Page)
        page.show(comparison_entries(comparison, message.compared.lines))
        if is_first and count:
            page.move_to(standing_key(comparison.differing[0]))
        self.refresh_bindings()

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.key_bar.refresh()

    @property
    def unfit_actions(self) -> Collection[str]:
        """Where nothing differs there is nothing to take, and where nobody asks there is nothing to keep."""
        standing = self._current()
        asks = self.compared is not None and self.compared.comparison.disagrees
        nothing = standing is None or not standing.differs
        return tuple(name for name, unfit in (("take", nothing), ("keep", not asks)) if unfit)

    def _current(self) -> "Standing | None":
        """The file under the cursor."""
        if self.compared is None:
            return None
        wanted = self.query_one(Page).section_key()
        standings = self.compared.comparison.standings
        return next((one for one in standings if standing_key(one) == wanted), None)

    def action_take(self) -> None:
        """Take the words of the file under the cursor."""
        standing, question_id = self._current(), self.question_id
        if standing is None or not standing.differs:
            self.say(_("It reads the same in its file."))
            return
        copy_id = standing.copy_id

        def write(session: "Session", _now: "datetime") -> None:
            from prep.comparing import take_theirs

            take_theirs(session, question_id=question_id, copy_id=copy_id)

        name = _("Taken from {place}: {question}").format(place=standing.place, question=self._title())
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_keep(self) -> None:
        """Keep what stands here, and ask no more."""
        question_id = self.question_id
        if self.compared is None or not self.compared.comparison.disagrees:
            self.say(_("What stands here counts; nothing is asked about it."))
            return

        def write(session: "Session", _now: "datetime") -> None:
            from prep.comparing import keep_mine

            keep_mine(session, question_id=question_id)

        name = _("Kept as it reads here: {question}").format(question=self._title())
        self.change(name, write, say=lambda _nothing: name, applications=())

    def _title(self) -> str:
        return " ".join(self.compared.comparison.text.split()) if self.compared else ""


def read_compared(session: "Session", question_id: int) -> Compared:
    """A question and its files, line by line.

    Raises:
        GoneError: it is gone.
    """
    from prep.comparing import compare_question, diff_lines

    comparison = compare_question(session, question_id=question_id)
    return Compared(comparison, {one.copy_id: diff_lines(comparison, one) for one in comparison.differing})
