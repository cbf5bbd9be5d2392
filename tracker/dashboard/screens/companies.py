"""All companies, by tier and in the order of the person's own list."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.company_form import ask_company, ask_new_company
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.screens.merging import MergingScreen
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later
from tracker.stages import Tier
from tracker.text import name_key
from tracker.words import outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.companies import CompanyView
    from tracker.merging import Merged

Applied = Literal["", "applied", "not applied"]

ANY = "any"
"""The choice of no filter."""


class CompaniesScreen(MergingScreen, ListingScreen):
    """Every company that is known, applied to or not."""

    HELP: ClassVar[str] = later(
        "All companies with their other names and where their application stands. Enter opens a company's page, "
        "T shows one tier, f those applied to or not, M says that a company is the same as another."
    )
    PLACEHOLDER: ClassVar[str] = later("name, other name, pinyin, initials, remark, stage")
    CSS_PATH = "companies.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", later("new company"), id="companies.new"),
        Binding("e", "edit", later("edit"), id="companies.edit"),
        Binding("b", "briefing", later("briefing"), id="companies.briefing"),
        Binding("d", "drill", later("drill"), show=False, id="companies.drill"),
        Binding("m", "mock", later("mock interview"), show=False, id="companies.mock"),
        Binding("T", "choose_tier", later("one tier"), id="companies.tier"),
        Binding("f", "next_applied", later("applied or not"), id="companies.applied"),
    ]

    @dataclass
    class Loaded(Message):
        """The companies were read."""

        companies: tuple["CompanyView", ...]
        haystacks: dict[int, str]

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[int, CompanyView] = {}
        self.tier = ""
        self.applied: Applied = ""
        self._haystacks: dict[int, str] = {}
        self._wanted: int | None = None
        self.has_remarks = True
        """Whether any company has one: an empty column only takes room."""

    def compose(self) -> ComposeResult:
        """Title, companies."""
        yield Bar()
        columns = company_columns(with_remarks=True)
        yield Table(columns, self, empty=_("No such company. Esc shows all, n adds one."), id="list")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the companies."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a company."""
        view = self.by_id[key]
        ended = outcome_word(view.outcome) if view.outcome and view.outcome != view.stage else ""
        word = outcome_word("pool") if view.in_pool else ended
        return (
            Cell(view.name, "strong" if view.applications else ""),
            Cell(view.tier or "·", f"tier-{view.tier}"),
            Cell(" ".join(filter(None, (view.stage, word))), "phase-pool" if view.in_pool else f"phase-{view.phase}"),
            Cell(str(view.applications) if view.applications else "", "muted"),
            *((Cell(view.annotation, "muted"),) if self.has_remarks else ()),
            Cell(" · ".join(view.aliases), "faint"),
        )

    # Reading and showing

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - a stage is a company's too
        """Read the companies anew."""
        self.load("companies", read_companies, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {view.id: view for view in message.companies}
        self._haystacks = message.haystacks
        has_remarks = any(view.annotation for view in message.companies)
        if has_remarks != self.has_remarks:
            self.has_remarks = has_remarks
            self.table.set_columns(company_columns(with_remarks=has_remarks))
        if not self.by_id:
            self.table.empty = _("No company yet: I imports your list, n adds one.")
        self.show_list()
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None

    def show_list(self) -> None:
        """Show what the filters leave."""
        words = name_key(self.typed).split()
        shown = [
            key
            for key, view in self.by_id.items()
            if (not self.tier or view.tier == self.tier)
            and (not self.applied or (self.applied == "applied") == bool(view.applications))
            and all(word in self._haystacks[key] for word in words)
        ]
        self.table.show(shown)
        self.table.repaint()
        parts = [
            _("tier {tier}").format(tier=self.tier) if self.tier else "",
            {"applied": _("applied to"), "not applied": _("not applied")}.get(self.applied, ""),
        ]
        count = str(len(shown)) if len(shown) == len(self.by_id) else f"{len(shown)} / {len(self.by_id)}"
        left = [Cell(_("Companies"), "title"), Cell(f"  {count}", "strong")]
        left.append(Cell("  " + " · ".join(filter(None, parts)), "muted"))
        if self.typed:
            left.append(Cell(f"  /{self.typed}", "key"))
        self.query_one(Bar).show(left, (), _tiers(self.by_id.values()))

    def drop_filters(self) -> bool:
        """Show all companies."""
        if not self.tier and not self.applied:
            return False
        self.tier, self.applied = "", ""
        self.show_list()
        return True

    # What keys do

    def _current(self) -> "CompanyView | None":
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    def meant_company(self) -> "CompanyView | None":
        """The company under the cursor."""
        return self._current()

    def merged(self, merged: "Merged") -> None:
        """Put the cursor on the company that stays."""
        self._wanted = merged.company_id

    @on(Table.Chosen, "#list")
    def _open(self, event: Table.Chosen) -> None:
        self.ashore.open_page("company", company_id=event.key)

    def action_new(self) -> None:
        """A new company."""
        ask_new_company(self, then=self._reach)

    def _reach(self, company_id: int) -> None:
        self._wanted = company_id
        self.typed = ""
        self.tier, self.applied = "", ""

    def action_edit(self) -> None:
        """Name, tier, other names, remark and links."""
        view = self._current()
        if view is not None:
            ask_company(self, view)

    def action_briefing(self) -> None:
        """The briefing for the next round there."""
        view = self._current()
        if view is not None:
            self.ashore.open_page("briefing", company_id=view.id)

    def action_drill(self) -> None:
        """What to practise before the next round there."""
        view = self._current()
        if view is not None:
            self.ashore.open_page("drill", company_id=view.id)

    def action_mock(self) -> None:
        """A mock interview for the next round there."""
        view = self._current()
        if view is not None:
            self.ashore.open_page("mock", company_id=view.id)

    def action_choose_tier(self) -> None:
        """Only one tier."""
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(ANY, _("all tiers"), "0")]
        choices += [Choice(tier, tier, tier.lower(), style=f"tier-{tier}") for tier in Tier]
        self.app.push_screen(Chooser(_("Which tier?"), choices, current=self.tier or ANY), self._choose_tier)

    def _choose_tier(self, tier: str | None) -> None:
        if tier is not None:
            self.tier = "" if tier == ANY else tier
            self.show_list()

    def action_next_applied(self) -> None:
        """All, those applied to, those not."""
        following: dict[Applied, Applied] = {"": "applied", "applied": "not applied", "not applied": ""}
        self.applied = following[self.applied]
        self.show_list()


def company_columns(*, with_remarks: bool) -> tuple[Column, ...]:
    """The columns of the list."""
    remark = (Column(_("Remark"), 12, flex=1, drop=1),) if with_remarks else ()
    return (
        Column(_("Company"), 14, flex=2),
        Column("", 1),
        Column(_("Stage"), 16, flex=1),
        Column(_("App."), 4, align="right", drop=2),
        *remark,
        Column(_("Other names"), 16, flex=3, drop=3),
    )


def _haystack(view: "CompanyView") -> str:
    """What typing looks into."""
    pool = outcome_word("pool") if view.in_pool else ""
    return name_key(" ".join((view.name, *view.aliases, view.pinyin, view.annotation, view.stage, pool)))


def _tiers(companies: "Collection[CompanyView]") -> tuple[Cell, ...]:
    """How many companies each tier has."""
    cells: list[Cell] = []
    for tier in Tier:
        count = sum(view.tier == tier for view in companies)
        if count:
            cells += [Cell(tier, f"tier-{tier}"), Cell(f" {count}  ", "muted")]
    return tuple(cells)


def read_companies(session: "Session") -> CompaniesScreen.Loaded:
    """All companies, and what typing looks into."""
    from tracker.companies import list_companies

    companies = list_companies(session)
    return CompaniesScreen.Loaded(companies, {view.id: _haystack(view) for view in companies})
