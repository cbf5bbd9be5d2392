"""What ``?`` shows: what this screen is for, and every key that works here."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tracker.dashboard.widgets.key_bar import key_name
from tracker.dashboard.widgets.sheet import Sheet
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.dashboard.widgets.wrapped import Wrapped
from tracker.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import ActiveBinding


class HelpSheet(Sheet[None]):
    """The keys in force when it was asked for."""

    DEFAULT_CSS = """
    HelpSheet #about { margin-bottom: 1; }
    HelpSheet #keys { background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Its own words for the key of every sheet: nothing is under way that could be cancelled.
        Binding("escape", "cancel", later("close"), id="sheet.cancel", key_display="Esc"),
        Binding("question_mark,q", "cancel", later("close"), show=False, id="help.close", key_display="?"),
    ]

    def __init__(self, about: str, bindings: "Iterable[ActiveBinding]") -> None:
        """Help on one screen.

        Args:
            about: what the screen is for, already translated.
            bindings: the keys that work on it.
        """
        super().__init__(_("Help"))
        self._about = about
        entries: dict[str, tuple[str, str]] = {}
        for active in bindings:
            binding = active.binding
            if binding.id is not None and active.enabled and not binding.system:
                keys, name = entries.get(binding.action, ("", _(binding.description)))
                if self._display(binding) not in keys.split() and not (keys and _is_of_input_method(binding)):
                    keys = f"{keys} {self._display(binding)}".strip()
                entries[binding.action] = (keys, name)
        self._entries = tuple(entries.values())

    @staticmethod
    def _display(binding: Binding) -> str:
        from textual.keys import format_key

        shown = "+".join(format_key(part) for part in binding.key.split("+"))
        return binding.key_display or key_name(shown)

    def compose_body(self) -> ComposeResult:
        """The sentence, then two columns of keys."""
        if self._about:
            yield Wrapped(self._about, id="about")
        yield Table(
            (Column("", 14), Column("", 20, flex=1), Column("", 14), Column("", 20, flex=1)),
            self,
            header=False,
            id="keys",
        )

    def on_mount(self) -> None:
        """As many lines as there are keys, or fit."""
        table = self.query_one(Table)
        lines = (len(self._entries) + 1) // 2
        table.styles.height = lines
        table.styles.max_height = max(4, self.app.size.height - 10)
        table.show(range(lines))

    def cells(self, key: int) -> tuple[Cell, ...]:
        """One line: two keys and what they do."""
        half = (len(self._entries) + 1) // 2
        cells: list[Cell] = []
        for index in (key, key + half):
            keys, name = self._entries[index] if index < len(self._entries) else ("", "")
            cells += [Cell(keys, "key"), Cell(name)]
        return tuple(cells)


def _is_of_input_method(binding: Binding) -> bool:
    """Whether this is what a Chinese input method makes of a key: the same key for the person, under a long name."""
    from textual.keys import key_to_character

    character = key_to_character(binding.key)
    return character is not None and not character.isascii()
