"""Several values to fill in, each with its label and a live remark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from tracker.dashboard.text import plain
from tracker.dashboard.widgets.key_bar import KeyBar
from tracker.dashboard.widgets.sheet import Sheet
from tracker.messages import _, later

LABEL, WIDEST_LABEL = 16, 46
"""Cells of the labels: as many as the longest one needs, within these."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One value of a form; label and placeholder are already translated."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    lines: bool = False
    """Whether it takes several lines."""
    suggestions: Sequence[str] = ()
    """What it may be completed to; Right takes the completion."""
    remark: Callable[[str], str] | None = None
    """What the value means, shown behind it at each key stroke; quick, for it runs on the event loop."""


class Form(Sheet[dict[str, str]]):
    """Gives back all values by name, or nothing when it was cancelled."""

    DEFAULT_CSS = """
    Form #fields { height: auto; max-height: 100%; overflow-y: auto; }
    Form .field { height: auto; }
    Form .field Input { width: 1fr; }
    Form .field TextArea, Form .field TextArea:focus {
        width: 1fr; height: 6; border: none; background: $panel; padding: 0 1;
    }
    Form .remark { width: auto; max-width: 45%; color: $muted; padding-left: 2; height: 1; }
    Form #wrong { color: $warning; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", later("save"), id="form.save", priority=True),
        Binding("tab,down", "app.focus_next", later("next field"), id="form.next", key_display="Tab"),
        Binding("up", "app.focus_previous", later("previous field"), show=False, id="form.previous"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        *,
        verify: Callable[[Mapping[str, str]], str] | None = None,
    ) -> None:
        """A form.

        Args:
            title: already translated.
            fields: from top to bottom.
            verify: gets the values before they are given back; returns why they cannot be, or nothing.
        """
        super().__init__(title)
        self.fields = tuple(fields)
        self._verify = verify
        self._leaves = False
        """Whether Esc was pressed already and long texts that were typed are given up at the next."""

    def compose_body(self) -> ComposeResult:
        """A line for each field."""
        room = max(cell_len(field.label) + 1 for field in self.fields)
        with Vertical(id="fields"):
            for field in self.fields:
                with Horizontal(classes="field"):
                    label = Static(Content(field.label), classes="label")
                    label.styles.width = max(LABEL, min(room, WIDEST_LABEL))
                    yield label
                    if field.lines:
                        yield TextArea(field.value, id=f"field-{field.name}", soft_wrap=True)
                    else:
                        suggester = (
                            SuggestFromList(field.suggestions, case_sensitive=False) if field.suggestions else None
                        )
                        yield Input(
                            field.value,
                            placeholder=plain(field.placeholder),
                            id=f"field-{field.name}",
                            suggester=suggester,
                        )
                    if field.remark is not None:
                        yield Static("", id=f"remark-{field.name}", classes="remark")
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Remark on the first values, and begin in the first field."""
        for field in self.fields:
            self._remark(field, field.value)
        self.query(Input).first().focus()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        found: dict[str, str] = {}
        for field in self.fields:
            widget = self.query_one(f"#field-{field.name}")
            found[field.name] = widget.text if isinstance(widget, TextArea) else getattr(widget, "value", "").strip()
        return found

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        field = next((field for field in self.fields if event.input.id == f"field-{field.name}"), None)
        if field is not None:
            self._remark(field, event.value)

    def _remark(self, field: FormField, value: str) -> None:
        if field.remark is not None:
            self.query_one(f"#remark-{field.name}", Static).update(Content(plain(field.remark(value))))

    @on(Input.Submitted)
    def _onwards(self, event: Input.Submitted) -> None:
        if event.input.id == f"field-{self.fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    @on(TextArea.Changed)
    def _stay(self) -> None:
        self._leaves = False

    def action_cancel(self) -> None:
        """Close; long texts that were typed are given up only at the second Esc."""
        values = self.values()
        has_typed = any(field.lines and values[field.name].strip() != field.value.strip() for field in self.fields)
        if self._leaves or not has_typed:
            super().action_cancel()
            return
        self._leaves = True
        self.query_one(KeyBar).say(_("Not saved yet: ctrl+s saves, Esc again leaves without."), good=False)

    def action_save(self) -> None:
        """Give the values back, if they can be."""
        values = self.values()
        reason = self._verify(values) if self._verify is not None else ""
        if reason:
            self.query_one("#wrong", Static).update(Content(plain(reason)))
        else:
            self.dismiss(values)
