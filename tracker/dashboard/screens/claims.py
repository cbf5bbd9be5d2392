"""What is claimed in numbers, dates and pay, and what contradicts itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.views.claims_view import claim_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later, ngettext
from tracker.words import claim_subject_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.claims.comparing import Contradiction, LocatedClaim
    from prep.claims.finding import ClaimsFound


class ClaimsScreen(BriefingWay):
    """Contradictions, then all claims by what they are about."""

    HELP: ClassVar[str] = later(
        "Numbers, dates and pay in your introductions, stories, HR answers, promises and notes on rounds. Where two of "
        "them surely contradict each other, both sentences stand at the top: Enter opens the text under the cursor, x "
        "says that the two agree after all, and they stay away while both read the same; X lists them again."
    )
    CSS_PATH = "prepared_list.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("enter", "open", later("open the text"), id="claims.open", key_display="Enter"),
        Binding("x", "put_away", later("no contradiction"), id="claims.put_away"),
        Binding("X", "bring_back", later("list again"), show=False, id="claims.bring_back"),
        Binding("C", "for_company", later("company"), id="claims.company"),
    ]

    @dataclass
    class Loaded(Message):
        """The claims were read."""

        found: "ClaimsFound"
        company: str

    def __init__(self, *, company_id: int | None = None) -> None:
        """Claims without what was written for other companies, or all."""
        super().__init__()
        self.company_id = company_id
        self.found: ClaimsFound | None = None

    def compose(self) -> ComposeResult:
        """The count, and the page."""
        yield Bar()
        yield Page(id="claims")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the claims."""
        self.query_one(Page).focus()
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the claims anew."""
        self.load("claims", partial(read_claims, company_id=self.company_id), lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found = message.found
        count = sum(len(group.claims) for group in message.found.groups)
        away = message.found.dismissed
        words = ngettext("{n} put away: X", "{n} put away: X", away).format(n=away) if away else ""
        self.query_one(Bar).show(
            (Cell(_("Claims"), "title"), Cell(f"  {count}", "muted")),
            (Cell(_("for {company}").format(company=message.company), "key"),) if message.company else (),
            (Cell(words, "muted"),),
        )
        page = self.query_one(Page)
        is_first = not page.entries
        page.show(claim_entries(message.found))
        if is_first and not page.move_to("pair:0") and message.found.groups:
            page.move_to(f"claim:{message.found.groups[0].subject}:0")
        self.refresh_bindings()

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to work on are not offered."""
        if not self.is_mounted or self.found is None:
            return super().check_action(action, parameters)
        if action == "put_away":
            return self._pair() is not None
        if action == "open":
            return self._claim() is not None
        if action == "bring_back":
            return self.found.dismissed > 0
        return super().check_action(action, parameters)

    # What the cursor is on

    def _pair(self) -> "Contradiction | None":
        kind, _colon, number = self.query_one(Page).cursor_key.partition(":")
        if self.found is None or kind not in ("pair", "pair-first", "pair-second"):
            return None
        return self.found.contradictions[int(number)]

    def _claim(self) -> "LocatedClaim | None":
        key = self.query_one(Page).cursor_key
        pair = self._pair()
        if pair is not None:
            return pair.second if key.startswith("pair-second") else pair.first
        kind, _colon, rest = key.partition(":")
        subject, _colon, number = rest.rpartition(":")
        if self.found is None or kind != "claim":
            return None
        group = next((group for group in self.found.groups if group.subject == subject), None)
        return group.claims[int(number)] if group is not None else None

    def briefable(self) -> Briefable | None:
        """The company that the claims are looked at for, else the one that the claim under the cursor was made to."""
        if self.company_id is not None:
            return Briefable(self.company_id)
        located = self._claim()
        company = located.source.company if located is not None else ""
        return Briefable(company=company) if company else None

    # Acting

    @on(Page.Chosen)
    def action_open(self) -> None:
        """Open the text in which the claim stands."""
        located = self._claim()
        if located is None:
            return
        source = located.source
        if source.kind == "introduction":
            self.ashore.open_page("introductions", introduction_id=source.id)
        elif source.kind == "story":
            self.ashore.open_page("stories", story_id=source.id)
        elif source.kind == "hr_answer":
            self.ashore.open_page("question", question_id=source.id)
        else:
            self._open_company(source.company)

    def _open_company(self, company: str) -> None:
        def read(session: "Session") -> int:
            from tracker.companies import require_company_id

            return require_company_id(session, company)

        self.ask(read, lambda company_id: self.ashore.open_page("company", company_id=company_id))

    def action_put_away(self) -> None:
        """Say that the two sentences do not contradict each other."""
        pair = self._pair()
        if pair is None:
            return
        subject, first, second = pair.subject, pair.first.claim.sentence, pair.second.claim.sentence

        def write(session: "Session", _now: datetime) -> None:
            from prep.claims.finding import dismiss_contradiction

            dismiss_contradiction(session, subject=subject, first=first, second=second)

        name = _("No contradiction: {subject}").format(subject=claim_subject_word(subject))
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_bring_back(self) -> None:
        """List all again that was put away."""

        def write(session: "Session", _now: datetime) -> None:
            from prep.claims.finding import bring_back_contradictions

            bring_back_contradictions(session)

        name = _("Contradictions put away are listed again")
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_for_company(self) -> None:
        """Leave out what was written for other companies, or not."""

        def choose(company_id: int | None) -> None:
            self.company_id = company_id
            self.reload()

        ask_company_for(self, self.company_id, choose)


def read_claims(session: "Session", *, company_id: int | None) -> ClaimsScreen.Loaded:
    """The claims, and the name of the company."""
    from prep.claims.finding import find_claims
    from tracker.companies import view_company

    company = view_company(session, company_id).name if company_id is not None else ""
    return ClaimsScreen.Loaded(find_claims(session, company_id=company_id), company)
