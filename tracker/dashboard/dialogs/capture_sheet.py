"""A sheet in which a text is typed or pasted, and below it what the text would write, at each key stroke."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from tracker.capture.proposals import Proposal, Reading
from tracker.dashboard.text import plain
from tracker.dashboard.views.capture_entries import Entries
from tracker.dashboard.widgets.capture_panel import Answer, CapturePanel
from tracker.dashboard.widgets.capture_text import CaptureText
from tracker.dashboard.widgets.sheet import Sheet
from tracker.messages import _

if TYPE_CHECKING:
    from textual.timer import Timer

READ_AT_ONCE = 300
"""Characters that are read on the event loop; a longer text is read in a thread, so that typing never waits."""
WARN_AFTER = 0.2
"""Seconds that the hands rest before the database is asked what speaks against an application."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How a text is understood, against what is known of the hunt; all of it is quick and writes nothing."""

    read: Callable[[str], Reading]
    answer: Answer
    edit: Callable[[Proposal, Callable[[Proposal], None]], None]
    """Shows a form of the proposal's fields, and hands over what was made of it."""


Warn = Callable[[tuple[Proposal, ...], Callable[[Mapping[Proposal, str]], None]], None]
"""Looks, in a thread, for what speaks against adding these; hands over a sentence for each, empty if nothing does."""


class CaptureSheet(Sheet[tuple[Proposal, ...]]):
    """Reads what is typed; what keys do with it is the business of the bar made of it."""

    @dataclass
    class WasRead(Message):
        """A text was read."""

        text: str
        reading: Reading

    def __init__(
        self, *, now: datetime, text: str = "", keep: Callable[[str], None] | None = None, warn: Warn | None = None
    ) -> None:
        """A bar that can be typed in at once; it understands as soon as ``use`` was called.

        Args:
            now: the present moment, aware and local, that times are shown against.
            text: what was left unfinished before.
            keep: called with the text at each key stroke, so that it is not lost.
            warn: see ``Warn``; without it nothing is looked for.
        """
        super().__init__(_("One line"))
        self._now = now
        self._first_text = text
        self._keep = keep
        self._warn = warn
        self.reader: Reader | None = None
        self.entries = Entries(now)
        self._read_text: str | None = None
        """The text that the entries were read from."""
        self._pasted = False
        """Whether several lines were pasted since the last reading."""
        self._waiting: tuple[str, Callable[[], None]] | None = None
        """What a key asked for before all was known that it needs, and the text it was asked of."""
        self._rest: Timer | None = None
        self._title = self.heading
        self._is_open = False

    def compose_body(self) -> ComposeResult:
        """The text, and below it what it means."""
        yield CaptureText(self._first_text, placeholder=_("快手 二面 next wed 19:00 · bilibili 挂了"), id="text")
        yield CapturePanel(self.entries, now=self._now)

    def on_mount(self) -> None:
        """Begin to type; what was left unfinished gives way to it."""
        self.typed.focus()
        self.typed.select_all()
        self.show()
        self._is_open = True
        self._begin()

    @property
    def typed(self) -> CaptureText:
        """Where the text stands."""
        return self.query_one(CaptureText)

    @property
    def panel(self) -> CapturePanel:
        """What stands below it."""
        return self.query_one(CapturePanel)

    @property
    def is_read(self) -> bool:
        """Whether the entries are those of the text as it stands."""
        return self._read_text == self.typed.text

    def wait(self, then: Callable[[], None]) -> None:
        """Do this when all is known that it needs, unless the text is another by then."""
        self._waiting = (self.typed.text, then)

    def _go_on(self, text: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == text:
            waiting[1]()

    # Reading

    def use(self, reader: Reader) -> None:
        """Understand from now on."""
        self.reader = reader
        if self._is_open:
            self._begin()

    def _begin(self) -> None:
        if self.reader is not None:
            self.panel.use(self.reader.answer)
            self._read()
            self.show()

    @on(TextArea.Changed)
    def _follow(self) -> None:
        if self._keep is not None:
            self._keep(self.typed.text)
        self._read()

    @on(CaptureText.Pasted)
    def _note_paste(self, message: CaptureText.Pasted) -> None:
        self._pasted = message.several

    def _read(self) -> None:
        reader, text = self.reader, self.typed.text
        if reader is None or text == self._read_text:
            return
        if len(text) <= READ_AT_ONCE:
            self._take_reading(self.WasRead(text, reader.read(text)))
        else:

            def job() -> None:
                self.post_message(self.WasRead(text, reader.read(text)))

            self.run_worker(job, thread=True, group="reading", exclusive=True)

    @on(WasRead)
    def _take_reading(self, message: WasRead) -> None:
        if message.text != self.typed.text:
            return
        self._read_text = message.text
        came_whole, self._pasted = self._pasted, False
        self.entries.renew(message.reading, from_the_top=came_whole)
        if came_whole and len(self.entries) > 1:
            self.panel.proposals.display = True
            self.panel.proposals.focus()
        self.show()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(WARN_AFTER, self.look_for_warnings)
        self._go_on(message.text)

    def look_for_warnings(self) -> bool:
        """Ask what speaks against what nothing is known of yet; tells whether there is any."""
        unchecked = self.entries.unchecked
        if self._warn is None or not unchecked:
            return False
        self._warn(unchecked, self._take_warnings)
        return True

    def _take_warnings(self, found: Mapping[Proposal, str]) -> None:
        if not self.is_mounted or not self.is_attached:
            return
        if self.entries.warn(found):
            # They have to be seen first.
            self._waiting = None
        self.show()
        self._go_on(self.typed.text)

    # Showing

    def show(self) -> None:
        """Show all anew, after the entries changed."""
        several = len(self.entries) > 1
        if not self.entries.choices and self.panel.answers.has_focus:
            (self.panel.proposals if several else self.typed).focus()
        if not several and self.panel.proposals.has_focus:
            self.typed.focus()
        title = " · ".join(filter(None, (self.heading, self.entries.summary)))
        if title != self._title:
            self._title = title
            self.query_one("#title", Static).update(Content(plain(title)))
        self.panel.show(words=self.entries.remark if self.reader is not None else _("Reading what is there…"))
        self.refresh_bindings()
