"""One of a list, by its letter or by typing a part of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tracker.dashboard.action_names import action_name
from tracker.dashboard.widgets.key_bar import key_name
from tracker.dashboard.widgets.sheet import Sheet
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.text import name_key

if TYPE_CHECKING:
    from textual import events
    from textual.app import App
    from textual.screen import Screen

MOVEMENTS = ("list.", "text.", "app.palette")
"""Ids of bindings that nobody looks for by name."""
MOST_LINES = 16
"""Lines that the list takes at most; the rest scrolls."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is given back, what is shown, and the letter that takes it at once."""

    value: str
    label: str
    letter: str = ""
    detail: str = ""
    style: str = ""
    """A style of the theme for the label."""


class Chooser(Sheet[str]):
    """Gives back the ``value`` of what was chosen, or nothing when it was cancelled."""

    DEFAULT_CSS = """
    Chooser #choices { height: auto; background: $surface; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", later("choose"), id="chooser.take", key_display="Enter"),
        Binding("down,ctrl+n", "step(1)", later("Down"), show=False, id="chooser.down"),
        Binding("up", "step(-1)", later("Up"), show=False, id="chooser.up"),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, filterable: bool = False, current: str = "", empty: str = ""
    ) -> None:
        """A list to choose from.

        Args:
            title: already translated.
            choices: in the order shown; without ``filterable`` their letters take them.
            filterable: whether typing narrows the list, instead of letters taking an entry.
            current: the value that the cursor begins on.
            empty: the sentence in the place of choices when there are none, already translated.
        """
        super().__init__(title)
        self._choices = tuple(choices)
        self._filterable = filterable
        self._current = current
        self._empty = empty

    def compose_body(self) -> ComposeResult:
        """The filter, if any, and the list."""
        if self._filterable:
            yield Input(placeholder=_("type a part of the name"), id="filter")
        yield Table(
            (Column("", 3), Column("", 18, flex=1), Column("", 0, flex=1, align="right")),
            self,
            header=False,
            empty=self._empty or _("Nothing goes by that name."),
            id="choices",
        )

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The letter, the label and the detail of a choice."""
        choice = self._choices[key]
        return (Cell(choice.letter, "key"), Cell(choice.label, choice.style), Cell(choice.detail, "muted"))

    def on_mount(self) -> None:
        """Show everything at first."""
        table = self.query_one(Table)
        table.can_focus = not self._filterable
        table.styles.height = min(MOST_LINES, max(1, len(self._choices)))
        table.show(range(len(self._choices)))
        at = next((index for index, choice in enumerate(self._choices) if choice.value == self._current), 0)
        table.move_to(at)
        (self.query_one(Input) if self._filterable else table).focus()

    def on_key(self, event: "events.Key") -> None:
        """A letter takes its choice at once."""
        if self._filterable or event.character is None:
            return
        taken = next((choice for choice in self._choices if choice.letter == event.character), None)
        if taken is not None:
            event.stop()
            self.dismiss(taken.value)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        wanted = name_key(event.value)
        self.query_one(Table).show(
            index for index, choice in enumerate(self._choices) if wanted in name_key(_searched(choice))
        )

    @on(Input.Submitted)
    @on(Table.Chosen)
    def action_take(self) -> None:
        """Give back the choice under the cursor."""
        key = self.query_one(Table).cursor_key
        if key is not None:
            self.dismiss(self._choices[key].value)

    def action_step(self, lines: int) -> None:
        """Move in the list while the filter is being typed."""
        self.query_one(Table).action_move(lines)


def _searched(choice: Choice) -> str:
    """What typing looks into; an id says nothing to a person."""
    return " ".join((choice.label, choice.detail, "" if choice.value.isdecimal() else choice.value))


def actions_of(app: "App[None]", screen: "Screen[None]") -> tuple[Choice, ...]:
    """Every action in force on a screen, by name, with its key; each action once."""
    found: dict[str, Choice] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        by_name = binding.id is not None and not binding.id.startswith(MOVEMENTS)
        if by_name and active.enabled and not binding.system and binding.action not in found:
            found[binding.action] = Choice(
                binding.action, action_name(binding), detail=key_name(app.get_key_display(binding))
            )
    return tuple(found.values())
