"""The applications behind a figure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.board import BoardRow, load_board, parse_instant
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.board_view import position_words, stage_style, stage_words, waiting_cell
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later, ngettext
from tracker.stages import Precision
from tracker.text import name_key
from tracker.times import local_day

if TYPE_CHECKING:
    from datetime import datetime


class StatisticsListScreen(BriefingWay, ListingScreen):
    """A list that a figure of the statistics leads to."""

    HELP: ClassVar[str] = later(
        "The applications that a figure counts, those whose stage changed last on top. Enter opens the company, "
        "b its briefing; Esc goes back to the figure."
    )
    PLACEHOLDER: ClassVar[str] = later("name, pinyin, initials, position, stage")
    CSS_PATH = "statistics_list.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", later("back"), id="page.back", key_display="Esc"),
        Binding("enter", "open", later("company"), id="statistics_list.open"),
        Binding("b", "briefing", later("briefing"), id="page.briefing"),
    ]

    @dataclass
    class Loaded(Message):
        """The applications were read."""

        rows: tuple[BoardRow, ...]

    def __init__(self, *, title: str, ids: Sequence[int]) -> None:
        """Those of these ids; the title says what they have in common, in the person's language."""
        super().__init__()
        self.heading = title
        self.ids = tuple(ids)
        self.by_id: dict[int, BoardRow] = {}
        self._haystacks: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """What they have in common, and they."""
        yield Bar()
        columns = (
            Column(_("Company"), 16, flex=2),
            Column("", 1),
            Column(_("Position"), 14, flex=2),
            Column(_("Stage"), 14, flex=1),
            Column(_("Since"), 10, drop=1),
            Column(_("Waits"), 7, align="right", drop=2),
        )
        yield Table(columns, self, empty=_("None of them goes by that. Esc shows all."), id="list")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read them."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any may be among them
        """Read them as they stand now."""
        path, wanted = self.backend.path, frozenset(self.ids)

        def read() -> tuple[BoardRow, ...]:
            rows = [row for row in load_board(path).rows if row.application_id in wanted]
            return tuple(sorted(rows, key=lambda row: row.since_at, reverse=True))

        self.run_thread("applications", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {row.application_id: row for row in message.rows}
        self._haystacks = {row.application_id: name_key(row.search) for row in message.rows}
        self.show_list()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key in self.by_id if all(word in self._haystacks[key] for word in words)]
        self.table.show(shown)
        total = len(self.by_id)
        count = ngettext("{n} application", "{n} applications", total).format(n=total)
        right = count if len(shown) == total else f"{len(shown)} / {count}"
        left = [Cell(self.heading, "title", elastic=True)]
        if self.typed:
            left.append(Cell(f"  /{self.typed}", "key"))
        self.query_one(Bar).show(left, (), (Cell(right, "muted"),))
        self.refresh_bindings()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of an application."""
        row, now = self.by_id[key], self.now()
        alive = "" if row.active else "faint"
        return (
            Cell(row.company, alive or "strong"),
            Cell(row.tier or "·", alive or f"tier-{row.tier}"),
            Cell(position_words(row), alive or "muted"),
            Cell(stage_words(row), stage_style(row)),
            Cell(_since(row, now), alive or "muted"),
            waiting_cell(row, now) if row.active else Cell(""),
        )

    @on(Table.Chosen, "#list")
    def action_open(self) -> None:
        """The company's page."""
        found = self.briefable()
        if found is not None:
            self.ashore.open_page("company", company_id=found.company_id)

    def briefable(self) -> Briefable | None:
        """The company of the application under the cursor."""
        row = self.by_id.get(self.table.cursor_key or 0)
        return None if row is None else Briefable(row.company_id)


def _since(row: BoardRow, now: "datetime") -> str:
    moment = parse_instant(row.since_at)
    if moment is None or row.since_precision == Precision.UNKNOWN:
        return "—"
    day = local_day(moment, row.since_precision, now.tzinfo or UTC)
    return f"{day:%Y-%m}" if row.since_precision == Precision.MONTH else f"{day:%Y-%m-%d}"
