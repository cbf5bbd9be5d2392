"""One question of the bank, found by a part of its text; or the text itself as a new question."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tracker.dashboard.widgets.sheet import Sheet
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _
from tracker.text import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

MOST_LINES = 14
"""Lines that the list takes."""
NEW = -1
"""The row that makes a new question of what was typed."""


class Listed(Protocol):
    """What is shown of a question."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def text(self) -> str:
        """What it asks."""

    @property
    def topic(self) -> str:
        """The topic it belongs to."""


class ChosenQuestion(NamedTuple):
    """A question of the bank, or the text of a new one."""

    question_id: int | None
    text: str


class QuestionChooser(Sheet[ChosenQuestion]):
    """Gives back what was chosen, or nothing when it was cancelled."""

    DEFAULT_CSS = """
    QuestionChooser #questions { height: 14; background: $surface; margin-top: 1; }
    """

    def __init__(self, title: str, bank: "Sequence[Listed]", *, can_add: bool = True) -> None:
        """A list to choose from, and with ``can_add`` what was typed; the title is already translated."""
        super().__init__(title)
        self._can_add = can_add
        self._bank = {view.id: view for view in bank}
        self._searched = {view.id: name_key(f"{view.text} {view.topic}") for view in bank}
        self._typed = ""

    def compose_body(self) -> ComposeResult:
        """The line to type in, and what it finds."""
        yield Input(placeholder=self._hint(), id="filter")
        yield Table(
            (Column("", 24, flex=1), Column("", 16, drop=1)),
            self,
            header=False,
            empty=_("No question has these words."),
            id="questions",
        )

    def _hint(self) -> str:
        return _("a part of the question, or a new one") if self._can_add else _("a part of the question")

    def on_mount(self) -> None:
        """Show everything at first."""
        self.query_one(Table).can_focus = False
        self._narrow("")
        self.query_one(Input).focus()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """A question and its topic."""
        if key == NEW:
            return (Cell(_("new: {text}").format(text=self._typed), "key"), Cell(""))
        view = self._bank[key]
        return (Cell(view.text), Cell(view.topic, "muted"))

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self._typed = typed.strip()
        words = name_key(typed).split()
        found = [key for key, text in self._searched.items() if all(word in text for word in words)]
        table = self.query_one(Table)
        table.show([*found, NEW] if self._typed and self._can_add else found)
        table.move_to(table.order[0]) if table.order else None
        table.repaint((NEW,))

    def on_key(self, event: "events.Key") -> None:
        """Move in the list while typing."""
        if event.key in ("down", "up"):
            event.stop()
            self.query_one(Table).action_move(1 if event.key == "down" else -1)

    @on(Input.Submitted)
    @on(Table.Chosen)
    def _take(self) -> None:
        key = self.query_one(Table).cursor_key
        if key == NEW:
            self.dismiss(ChosenQuestion(None, self._typed))
        elif key is not None:
            self.dismiss(ChosenQuestion(key, self._bank[key].text))
