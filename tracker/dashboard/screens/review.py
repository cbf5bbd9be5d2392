"""What an import did not decide by itself, and what may be one: decided or put away by one key each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.dialogs.merge_dialog import merge_pair
from tracker.dashboard.dialogs.question_merging import join_questions
from tracker.dashboard.dialogs.review_meaning import ask_meaning
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.review_reading import QUESTION_KINDS, Adoption, OpenEntry, read_open
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.text import name_key
from tracker.words import in_brackets, subject_word

if TYPE_CHECKING:
    from sqlmodel import Session

DECIDABLE = ("status", "date")
"""Kinds of entries whose meaning is a stage or an outcome."""
_TO_SETTLE = ("decide", "merge", "swap")
"""Actions that an entry does not take which is settled on the company's page."""


class ReviewScreen(ListingScreen):
    """The open entries."""

    HELP: ClassVar[str] = later(
        "Lines of your notes that an import could not decide: a cross behind a company, two names that may be one, a "
        "list and a log that disagree; and companies or questions that look like one. s says what a line means, m "
        "merges the two, w swaps which of them stays, x puts the entry away for good, Enter opens what it speaks of."
    )
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "decide", later("what it means"), id="review.decide"),
        Binding("m", "merge", later("merge"), id="review.merge"),
        Binding("w", "swap", later("swap"), id="review.swap"),
        Binding("x", "put_away", later("put away"), id="review.put_away"),
        Binding("X", "put_away_kind", later("put away all of this kind"), show=False, id="review.put_away_kind"),
    ]

    @dataclass
    class Loaded(Message):
        """The entries were read."""

        entries: tuple[OpenEntry, ...]

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, OpenEntry] = {}
        self._swapped: set[int] = set()

    def compose(self) -> ComposeResult:
        """The count, the entries, what the one under the cursor may mean."""
        yield Bar()
        yield Table(
            (
                Column(_("Line"), 5, align="right"),
                Column(_("About"), 12),
                Column(_("Company"), 12, flex=1),
                Column(_("As written"), 16, flex=3, drop=1),
            ),
            self,
            id="list",
        )
        yield Static("", id="proposal")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the entries."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Read the entries anew."""
        self.load("review", read_open, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {entry.key: entry.swapped() if entry.key in self._swapped else entry for entry in message.entries}
        self.show_list()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key, entry in self.by_id.items() if all(word in name_key(_searched(entry)) for word in words)]
        at = self._next_to(self.table.position, set(shown))
        self.table.show(shown)
        if at is not None:
            self.table.move_to(at)
        self.table.repaint()
        self.table.empty = (
            _("Nothing has these words. Esc clears the filter.")
            if words
            else _("Nothing is left open. I imports notes.")
        )
        title = [Cell(_("To review"), "title"), Cell(f"  {len(shown)}", "strong")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)
        self._explain()

    def _next_to(self, position: int, left: Collection[int]) -> int | None:
        """The entry at a place of the list, or the next below it, of those that are left."""
        return next((key for key in self.table.order[position:] if key in left), None)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of an entry."""
        entry = self.by_id[key]
        return (
            Cell(str(entry.line) if entry.line else "", "muted"),
            Cell(subject_word(entry.kind), "warning"),
            Cell(entry.about, "strong"),
            Cell(entry.written, "muted"),
        )

    @on(Table.Highlighted, "#list")
    def _explain(self) -> None:
        self.key_bar.refresh()
        entry = self._current()
        if entry is None:
            self.query_one("#proposal", Static).update("")
            return
        where = f"{PurePath(entry.file).name}:{entry.line}" if entry.file else ""
        sure = _("sure to {n} %").format(n=round(entry.confidence * 100))
        self.query_one("#proposal", Static).update(
            content("\n".join((entry.explanation(), " · ".join(filter(None, (where, sure))))))
        )

    @property
    def unfit_actions(self) -> Collection[str]:
        """What the entry under the cursor does not take."""
        entry = self._current() if self.is_mounted else None
        if entry is None:
            return ("decide", "merge", "swap", "put_away")
        if entry.suggestion is not None or entry.questions is not None:
            return ("decide",)
        if entry.adoption is not None:
            return ("decide", "swap")
        return ("merge", "swap") if entry.kind in DECIDABLE and entry.company_id is not None else _TO_SETTLE

    def _current(self) -> OpenEntry | None:
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    # Deciding

    @on(Table.Chosen, "#list")
    def _open(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.questions is not None:
            pair = (entry.questions.kept.id, entry.questions.merged.id)
            self.ashore.open_page("question", question_id=pair[0], among=pair)
        elif entry.question_id is not None:
            self.ashore.open_page("comparison", question_id=entry.question_id)
        elif entry.kind in QUESTION_KINDS:
            self.complain(_("These two questions are not both there any more; x puts the entry away."))
        elif entry.company_id is None:
            self.complain(_("There is no company «{name}» any more.").format(name=entry.subject))
        else:
            self.ashore.open_page("company", company_id=entry.company_id)

    def action_decide(self) -> None:
        """Say which stage or outcome the line means."""
        view = self._current()
        if view is None:
            return
        if view.suggestion is not None or view.adoption is not None or view.questions is not None:
            self.complain(view.explanation())
        elif view.question_id is not None:
            self._open()
        elif view.kind not in DECIDABLE or view.company_id is None:
            self.complain(_("This is for you to settle on the company's page: Enter opens it, x puts the entry away."))
        else:
            ask_meaning(self, view, put_away=lambda: self._dismiss((view,), view.text))

    # Two that are one

    def action_merge(self) -> None:
        """Merge the two companies or questions, or give the company the name."""
        entry = self._current()
        if entry is None:
            return
        if entry.suggestion is not None:
            one = entry.suggestion
            merge_pair(self, from_id=one.from_id, from_name=one.from_name, into_id=one.into_id, into_name=one.into_name)
        elif entry.questions is not None:
            pair = entry.questions
            join_questions(self, kept=pair.kept, merged=pair.merged, keep_answer=not pair.moved)
        elif entry.adoption is not None:
            self._adopt(entry.key, entry.adoption)
        else:
            self.complain(_("This line does not speak of two companies; s says what it means."))

    def _adopt(self, review_id: int, adoption: Adoption) -> None:
        def write(session: "Session", _now: datetime) -> None:
            from tracker.reviews import adopt_name

            adopt_name(session, review_id=review_id, company_id=adoption.company_id, name=adoption.name)

        name = _("{company}: also «{name}»").format(company=adoption.company, name=adoption.name)
        self.change(name, write, say=lambda _nothing: name)

    def action_swap(self) -> None:
        """Let the other of the two stay."""
        entry = self._current()
        if entry is not None and (entry.suggestion is not None or entry.questions is not None):
            self._swapped ^= {entry.key}
            self.by_id[entry.key] = entry.swapped()
            self.table.repaint()
            self._explain()

    # Putting away

    def action_put_away(self) -> None:
        """Put the entry away; u brings it back."""
        entry = self._current()
        if entry is not None:
            self._dismiss((entry,), entry.text)

    def action_put_away_kind(self) -> None:
        """Put away all entries of this kind that are shown."""
        entry = self._current()
        if entry is not None:
            shown = [self.by_id[key] for key in self.table.order]
            same = tuple(other for other in shown if other.kind == entry.kind)
            self._dismiss(same, subject_word(entry.kind) + in_brackets(str(len(same))))

    def _dismiss(self, entries: Collection[OpenEntry], text: str) -> None:
        def write(session: "Session", _now: datetime) -> None:
            for entry in entries:
                put_away(session, entry)

        name = _("Put away: {text}").format(text=text)
        self.change(name, write, say=lambda _nothing: name, applications=())


def _searched(entry: OpenEntry) -> str:
    return " ".join((entry.text, entry.subject, entry.other, entry.kind, subject_word(entry.kind)))


def put_away(session: "Session", entry: OpenEntry) -> None:
    """Settle an entry without doing anything; a pair is remembered as two."""
    from prep.doubles.near import put_away_questions
    from tracker.reviews import dismiss_review
    from tracker.suggestions import put_away_pair

    if entry.questions is not None:
        pair = entry.questions
        put_away_questions(session, first_id=pair.kept.id, second_id=pair.merged.id)
    elif entry.suggestion is not None:
        put_away_pair(session, first_id=entry.suggestion.from_id, second_id=entry.suggestion.into_id)
    else:
        dismiss_review(session, review_id=entry.key)
