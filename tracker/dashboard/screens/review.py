"""What an import did not decide by itself: each line with what it may mean, decided or put away by one key."""

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

from tracker.dashboard.dialogs.round_form import read_at, zone_of
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.text import content
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.stages import STAGES
from tracker.text import name_key
from tracker.times import show_time
from tracker.words import outcome_word, subject_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.reviews import ReviewView

DECIDABLE = ("status", "date")
"""Kinds of entries whose meaning is a stage or an outcome."""
ENDS = (("rejected", "r"), ("no_opening", "0"), ("withdrawn", "q"))
"""Outcomes that a bracket in a list usually means, and their letters."""
NOTHING = "nothing"
"""The choice that the line means nothing to be written."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open entry, and the company it speaks of, if that is there."""

    view: "ReviewView"
    company_id: int | None


class ReviewScreen(ListingScreen):
    """The open entries."""

    HELP: ClassVar[str] = later(
        "Lines of your notes that an import could not decide: a cross behind a company, two names that may be one, a "
        "list and a log that disagree. s says what a line means, x puts it away, Enter opens the company."
    )
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "decide", later("what it means"), id="review.decide"),
        Binding("x", "put_away", later("put away"), id="review.put_away"),
        Binding("X", "put_away_kind", later("put away all of this kind"), show=False, id="review.put_away_kind"),
    ]

    @dataclass
    class Loaded(Message):
        """The entries were read."""

        entries: tuple[Open, ...]

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, ReviewView] = {}
        self._companies: dict[int, int | None] = {}

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
            empty=_("Nothing is left open. I imports notes."),
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
        self.by_id = {entry.view.id: entry.view for entry in message.entries}
        self._companies = {entry.view.id: entry.company_id for entry in message.entries}
        self.show_list()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [
            view.id
            for view in self.by_id.values()
            if all(word in name_key(f"{view.text} {view.subject} {view.other} {view.kind}") for word in words)
        ]
        self.table.show(shown)
        self.table.repaint()
        title = [Cell(_("To review"), "title"), Cell(f"  {len(shown)}", "strong")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)
        self._explain()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of an entry."""
        view = self.by_id[key]
        both = " / ".join(filter(None, (view.subject, view.other if view.kind == "alias" else "")))
        return (
            Cell(str(view.line), "muted"),
            Cell(subject_word(view.kind), "warning"),
            Cell(both, "strong"),
            Cell(view.text, "muted"),
        )

    @on(Table.Highlighted, "#list")
    def _explain(self) -> None:
        view = self._current()
        if view is None:
            self.query_one("#proposal", Static).update("")
            return
        where = f"{PurePath(view.file).name}:{view.line}" if view.file else ""
        sure = _("sure to {n} %").format(n=round(view.confidence * 100))
        self.query_one("#proposal", Static).update(
            content("\n".join((view.proposal, " · ".join(filter(None, (where, sure))))))
        )

    def _current(self) -> "ReviewView | None":
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    # Deciding

    @on(Table.Chosen, "#list")
    def _open(self) -> None:
        view = self._current()
        if view is None:
            return
        company_id = self._companies[view.id]
        if company_id is None:
            self.complain(_("There is no company «{name}» any more.").format(name=view.subject))
        else:
            self.ashore.open_page("company", company_id=company_id)

    def action_decide(self) -> None:
        """Say which stage or outcome the line means."""
        view = self._current()
        if view is None:
            return
        if view.kind not in DECIDABLE or self._companies[view.id] is None:
            self.complain(_("This is for you to settle on the company's page: Enter opens it, x puts the entry away."))
            return
        stages = [Choice(stage.label, stage.label, stage.letter, style=f"phase-{stage.phase}") for stage in STAGES]
        ends = [Choice(code, outcome_word(code), letter) for code, letter in ENDS]
        nothing = Choice(NOTHING, _("nothing to write: put it away"), "z")
        title = _("{text}: what does it mean?").format(text=view.text)
        self.app.push_screen(Chooser(title, [*ends, *stages, nothing]), lambda chosen: self._decided(view, chosen))

    def _decided(self, view: "ReviewView", chosen: str | None) -> None:
        company_id = self._companies.get(view.id)
        if chosen is None or company_id is None:
            return
        if chosen == NOTHING:
            self._dismiss((view.id,), view.text)
            return
        is_end = chosen in dict(ENDS)
        local = self.now()
        at = read_at(view.other, now=local) if view.kind == "date" else None

        def write(session: "Session", now: datetime) -> int:
            from tracker.reviews import decide_review

            return decide_review(
                session,
                review_id=view.id,
                company_id=company_id,
                now=now,
                stage="" if is_end else chosen,
                outcome=chosen if is_end else "",
                at=at,
            )

        word = outcome_word(chosen) if is_end else chosen
        when = f" {show_time(at.time, at.precision, now=local, zone=zone_of(local))}" if at is not None else ""
        name = f"{view.subject} → {word}{when}"
        self.change(name, write, say=lambda _id: name)

    def action_put_away(self) -> None:
        """Put the entry away; u brings it back."""
        view = self._current()
        if view is not None:
            self._dismiss((view.id,), view.text)

    def action_put_away_kind(self) -> None:
        """Put away all entries of this kind that are shown."""
        view = self._current()
        if view is not None:
            same = tuple(key for key in self.table.order if self.by_id[key].kind == view.kind)
            self._dismiss(same, f"{subject_word(view.kind)} ({len(same)})")

    def _dismiss(self, ids: tuple[int, ...], text: str) -> None:
        def write(session: "Session", _now: datetime) -> None:
            from tracker.reviews import dismiss_review

            for review_id in ids:
                dismiss_review(session, review_id=review_id)

        name = _("Put away: {text}").format(text=text)
        self.change(name, write, say=lambda _nothing: name, applications=())


def read_open(session: "Session") -> tuple[Open, ...]:
    """All open entries, each with the company it speaks of."""
    from tracker.companies import find_company_id
    from tracker.reviews import list_reviews

    return tuple(
        Open(view, find_company_id(session, view.subject) if view.subject else None) for view in list_reviews(session)
    )
