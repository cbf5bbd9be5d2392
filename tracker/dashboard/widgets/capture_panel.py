"""Below the capture bar's text: its proposals when there are several, the current one in full, what it asks."""

from collections.abc import Callable
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tracker.capture.proposals import Choice, Proposal
from tracker.dashboard.text import plain
from tracker.dashboard.views.capture_entries import Entries
from tracker.dashboard.views.capture_view import proposal_lines
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.table import Cell, Column, Table

MOST_ANSWERS = 6
MOST_DETAIL = 4
LEAST_PROPOSALS = 2
"""Lines of the terminal."""
SHEET_SHARE = 0.85
"""Of the terminal's height, as the style of a sheet says."""
AROUND = 11
"""Lines of the sheet that are not the panel's: frame, title, space, four of text; and the line of the keys."""
BESIDE = 6
"""Cells left and right of a proposal."""

Answer = Callable[[Proposal, Choice], Proposal]


class CaptureTable(Table):
    """A table whose Enter means what the bar says."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the bar."""
        return action != "choose" and super().check_action(action, parameters)


class CapturePanel(Vertical):
    """Shows entries; what keys do to them is the bar's business."""

    DEFAULT_CSS = """
    CapturePanel { height: auto; }
    CapturePanel #detail, CapturePanel #proposals, CapturePanel #answers { background: $surface; height: 1; }
    CapturePanel #detail, CapturePanel #proposals { margin-top: 1; }
    CapturePanel #remark { color: $muted; height: auto; padding: 0 1; margin-top: 1; }
    CapturePanel #remark.-asks { color: $warning; margin-top: 0; }
    """

    class Moved(Message):
        """Another proposal is the current one."""

    def __init__(self, entries: Entries, *, now: datetime) -> None:
        """A panel on entries that others change; times are shown against ``now``."""
        super().__init__()
        self._entries = entries
        self._now = now
        self._answer: Answer | None = None
        self._words = ""

    def compose(self) -> ComposeResult:
        """The list, the detail, the remark, the answers; what is empty is not shown."""
        columns = (Column("", 8), Column("", 12, flex=2), Column("", 18, flex=2), Column("", 15, flex=1))
        yield CaptureTable(columns, self._entries, header=False, id="proposals")
        yield Lines(focusable=False, id="detail")
        yield Static("", id="remark")
        yield CaptureTable((Column("", 1), Column("", 20, flex=1)), self, header=False, id="answers")

    @property
    def proposals(self) -> Table:
        """The list, shown when there are several."""
        return self.query_one("#proposals", Table)

    @property
    def answers(self) -> Table:
        """The answers to what the current proposal asks."""
        return self.query_one("#answers", Table)

    @property
    def shows_all(self) -> bool:
        """Whether every proposal is on the screen."""
        return not self.proposals.display or len(self._entries) <= self.proposals.size.height

    def use(self, answer: Answer) -> None:
        """Preview answers from now on."""
        self._answer = answer

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of an answer: the digit that takes it, and its words."""
        return (Cell(str(key + 1), "key"), Cell(self._entries.choices[key].label))

    def choice(self) -> Choice | None:
        """The answer under the cursor."""
        key, choices = self.answers.cursor_key, self._entries.choices
        return choices[key] if key is not None and key < len(choices) else None

    def show(self, *, words: str) -> None:
        """Show all anew, with ``words`` as the remark, already translated."""
        several, choices = len(self._entries) > 1, self._entries.choices
        self.proposals.display = several
        self.proposals.show(range(len(self._entries)))
        self.proposals.move_to(self._entries.at)
        self.answers.display = bool(choices)
        self.answers.show(range(len(choices)))
        line = self.query_one("#remark", Static)
        if words != self._words:
            self._words = words
            line.update(Content(plain(words)))
        line.display = bool(words)
        line.set_class(self._entries.current is not None, "-asks")
        self.show_detail()

    def show_detail(self) -> None:
        """The current proposal in full; while an answer is being chosen, as that answer would make it."""
        entry, detail = self._entries.current, self.query_one("#detail", Lines)
        detail.display = entry is not None
        if entry is not None:
            proposal, choice = entry.proposal, self.choice()
            if choice is not None and self._answer is not None and self.answers.has_focus:
                proposal = self._answer(proposal, choice)
            detail.show(proposal_lines(proposal, now=self._now, width=self.app.size.width - BESIDE))
        self._share_out()

    def _share_out(self) -> None:
        """Share the lines of the terminal out: the list takes what the others leave."""
        detail = self.query_one("#detail", Lines)
        lines = min(MOST_DETAIL, len(detail.lines)) if detail.display else 0
        answers = min(MOST_ANSWERS, len(self._entries.choices))
        detail.styles.height, self.answers.styles.height = max(1, lines), max(1, answers)
        left = int(self.app.size.height * SHEET_SHARE) - AROUND - lines - answers
        self.proposals.styles.height = max(LEAST_PROPOSALS, min(len(self._entries), left))

    @on(Table.Highlighted, "#proposals")
    def _follow_cursor(self) -> None:
        key = self.proposals.cursor_key
        if key is not None and key != self._entries.at:
            self._entries.at = key
            self.post_message(self.Moved())

    @on(Table.Highlighted, "#answers")
    def _preview_answer(self) -> None:
        self.show_detail()
