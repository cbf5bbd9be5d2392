"""The line of a debrief in which questions are typed, and what each may mean."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tracker.dashboard.screens.debrief_draft import DebriefDraft
from tracker.dashboard.text import plain
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _

if TYPE_CHECKING:
    from textual import events

    from prep.doubles.matching import Match, QuestionMatcher
    from tracker.capture.book import CompanyBook

NEW = -1
"""The row that makes a new question of what is typed."""
MOST_MATCHES = 4


class DebriefLine(DebriefDraft):
    """A debrief with the line below its page."""

    def __init__(self, *, round_id: int) -> None:
        """The debrief of the round of this id."""
        super().__init__(round_id=round_id)
        self._matcher: QuestionMatcher | None = None
        self._matches: dict[int, Match] = {}
        self._typed = ""
        """What stands in the line, also once that is gone."""

    def compose_line(self) -> ComposeResult:
        """The line, and what it may mean."""
        with Vertical(id="asking"):
            yield Input(placeholder=plain(_("a question that was asked; Enter adds it")), id="line")
            yield Table((Column("", 24, flex=1), Column("", 9)), self, header=False, id="matches")

    def read_bank(self) -> None:
        """Read the bank and the companies, by which what is typed is understood."""
        table = self.query_one("#matches")
        table.can_focus = table.display = False
        backend = self.backend

        def read() -> "tuple[QuestionMatcher, CompanyBook]":
            from prep.doubles.matching import load_matcher
            from tracker.capture.book import load_book

            return backend.read(load_matcher), load_book(backend.path)

        self.fetch(read, self._take_bank)

    def _take_bank(self, found: "tuple[QuestionMatcher, CompanyBook]") -> None:
        self._matcher, self.book = found
        self.draft_shown()
        self._match(self.typed())

    def typed(self) -> str:
        """What stands in the line."""
        return next((line.value for line in self.query("#line").results(Input)), self._typed)

    @on(Input.Changed, "#line")
    def _follow(self, event: Input.Changed) -> None:
        self._typed = event.value
        self._match(event.value)
        self.keep_soon()

    def _match(self, text: str) -> None:
        table = self.query_one("#matches", Table)
        found = self._matcher.find(text, limit=MOST_MATCHES) if self._matcher is not None and text.strip() else ()
        self._matches = {match.question_id: match for match in found}
        is_known = any(match.is_same for match in found)
        order = [*self._matches, *([] if is_known or not text.strip() else [NEW])]
        table.display = bool(order)
        table.styles.height = max(1, len(order))
        table.show(order)
        table.repaint(order)
        from prep.doubles.matching import LIKELY

        if order:
            table.move_to(order[0] if found and (is_known or found[0].share >= LIKELY) else order[-1])

    def cells(self, key: int) -> tuple[Cell, ...]:
        """A question that may be meant, and how sure that is; or the new one."""
        if key == NEW:
            return Cell(_("new: {text}").format(text=self.typed().strip()), "key"), Cell("ctrl+n", "faint")
        match = self._matches[key]
        return Cell(match.text), Cell(_("the same") if match.is_same else "", "muted")

    def on_key(self, event: "events.Key") -> None:
        """Move among what may be meant while typing."""
        table = self.query_one("#matches", Table)
        if event.key in ("down", "up") and self.query_one("#line").has_focus:
            event.stop()
            if table.display:
                table.action_move(1 if event.key == "down" else -1)
            elif event.key == "up":
                self.query_one(Page).focus()
            return
        super().on_key(event)

    @on(Input.Submitted, "#line")
    @on(Table.Chosen, "#matches")
    def take_typed(self) -> None:
        """Take the line under the cursor; without anything typed, go to the first question without a rating."""
        key = self.query_one("#matches", Table).cursor_key if self.typed().strip() else None
        if key is None:
            self._go_to_first_unrated()
        elif key == NEW:
            self.action_new()
        else:
            self._add(self._matches[key].text, key)

    def action_new(self) -> None:
        """Take what is typed as a new question."""
        if self.typed().strip():
            self._add(self.typed().strip(), None)

    def _add(self, text: str, question_id: int | None) -> None:
        line = self.query_one("#line", Input)
        if self.draft is None:
            return
        line.value = self._typed = ""
        if not self.add_question(text, question_id):
            self.say(_("It is in the list already."))
        self.query_one(Page).action_edge(-1)
        if self.draft.asked:
            self.query_one(Page).move_to(f"question:{len(self.draft.asked) - 1}")
        line.focus()

    def _go_to_first_unrated(self) -> None:
        page = self.query_one(Page)
        unrated = [at for at, one in enumerate(self.draft.asked) if not one.rating] if self.draft else []
        if unrated:
            page.move_to(f"question:{unrated[0]}")
        page.focus()

    def action_line(self) -> None:
        """Type another question."""
        self.query_one("#line").focus()
