"""The last line of every screen: its keys, and for a moment what just happened."""

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tracker.dashboard.text import fit, plain
from tracker.dashboard.theme import look
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual import events
    from textual.binding import Binding
    from textual.timer import Timer

ALWAYS = ("app.capture", "app.help")
"""Actions whose keys are shown on every screen, however many others there are; in this order, as the last."""
OPENS = "list.open"
"""The key by which lists open what is under the cursor; screens that name it show it."""
SHOWN_FOR = 6.0
"""Seconds that a message stays."""


class KeyBar(Widget):
    """Keys with their names, as many as fit; those of every screen are always among them."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._message = ""
        self._good = True
        self._busy = False
        self._timer: Timer | None = None
        self._spots: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow the keys that are in force."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def say(self, message: str, *, good: bool = True) -> None:
        """Show one sentence in front of the keys for a few seconds."""
        self._message, self._good = plain(message), good
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SHOWN_FOR, self._fall_silent)
        self.refresh()

    @property
    def is_silent(self) -> bool:
        """Whether no sentence stands in front of the keys."""
        return not self._message

    def _fall_silent(self) -> None:
        self._message = ""
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Show or take away the sign that something takes long."""
        if busy != self._busy:
            self._busy = busy
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The line: message, busy sign, keys."""
        styles = look(self.app.theme)
        width = self.size.width
        segments: list[Segment] = []
        used = 0
        notice = getattr(self.app, "notice", "")
        if notice:
            segments.append(Segment(sign := f" {notice} ", styles["bar-notice"]))
            used += cell_len(sign)
        if self._busy:
            segments.append(Segment(sign := f" {_('working…')} ", styles["bar-plain"]))
            used += cell_len(sign)
        if self._message:
            message = fit(self._message, min(cell_len(self._message), max(0, width - used - 2)))
            segments.append(Segment(sign := f" {message} ", styles["bar-good" if self._good else "bar-plain"]))
            used += cell_len(sign)
        segments.extend(self._keys(used, width, styles["bar-key"], styles["bar"]))
        return Strip(segments).adjust_cell_length(width, styles["bar"])

    def _keys(self, used: int, width: int, key_style: Style, style: Style) -> list[Segment]:
        self._spots = []
        segments: list[Segment] = []
        shown = self._shown()
        reserved = sum(_length(key, name) for binding, key, name in shown if binding.action in ALWAYS)
        for binding, key, name in shown:
            length = _length(key, name)
            if binding.action in ALWAYS:
                reserved -= length
            if used + length > width - reserved:
                continue
            segments += [Segment(f" {key}", key_style), Segment(f" {name} ", style)]
            self._spots.append((used, used + length, binding.action))
            used += length
        return segments

    def _shown(self) -> "list[tuple[Binding, str, str]]":
        seen: dict[str, tuple[Binding, str, str]] = {}
        unfit: Collection[str] = getattr(self.screen, "unfit_actions", ())
        for active in self.screen.active_bindings.values():
            binding, enabled = active.binding, active.enabled
            if binding.id == OPENS and (own := self._own_enter()) is not None:
                binding, enabled = own, bool(self.screen.check_action(own.action, ()))
            is_shown = binding.show and enabled and binding.action.partition("(")[0] not in unfit
            if is_shown and binding.action not in seen:
                seen[binding.action] = (binding, key_name(self.app.get_key_display(binding)), _(binding.description))
        return sorted(
            seen.values(), key=lambda entry: ALWAYS.index(entry[0].action) if entry[0].action in ALWAYS else -1
        )

    def _own_enter(self) -> "Binding | None":
        """What the screen calls it when the list in it opens an entry by Enter."""
        own = (binding for binding in self.screen.BINDINGS if getattr(binding, "key", "") == "enter")
        return cast("Binding | None", next(own, None))

    async def on_click(self, event: "events.Click") -> None:
        """A click on a key does what the key does."""
        for start, end, action in self._spots:
            if start <= event.x < end:
                await self.screen.run_action(action)
                return


def key_name(shown: str) -> str:
    """The name of a key as it stands on the screen: those with names begin with a capital, as on the keyboard."""
    return {"pgup": "PgUp", "pgdn": "PgDn", "⏎": "Enter"}.get(shown) or (
        shown.capitalize() if len(shown) > 1 and shown.isascii() and shown.isalpha() and shown.islower() else shown
    )


def _length(key: str, name: str) -> int:
    return cell_len(key) + cell_len(name) + 3
