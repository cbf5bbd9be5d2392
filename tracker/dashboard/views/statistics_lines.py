"""What all parts of the statistics are built from: lines of a page, some of which lead to applications."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len

from tracker.dashboard.text import Align, fit
from tracker.dashboard.views.statistics_drawing import bar
from tracker.dashboard.views.statistics_reading import GroupName, Looked, Reach, ReadStatistics
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.rows import Cell
from tracker.statistics.values import SMALLEST_CLAIM, Counted, Figures
from tracker.statistics.wording import group_word

NUMBER = 7
"""Cells of a number."""
SHARE = 9
"""Cells of a share."""
LABEL = 20
"""Cells of what a figure is called."""
GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is looked at."""

    read: ReadStatistics
    looked: Looked
    """Of everything, or of the group."""
    dimension: str = ""
    """What the groups are by, if they are compared."""
    group: GroupName | None = None
    as_table: bool = False
    """The numbers instead of the charts."""

    @property
    def figures(self) -> Figures:
        """Of what is looked at."""
        return self.looked.figures

    @property
    def group_words(self) -> str:
        """The group in words; empty for everything."""
        return name_words(self.group) if self.group is not None else ""


def name_words(name: GroupName) -> str:
    """What a group is called."""
    return group_word(name.dimension, name.key, is_rest=name.is_rest)


def group_key(name: GroupName) -> str:
    """The key of a group's line."""
    return f"group:{name.dimension}:{int(name.is_rest)}:{name.key}"


class Part(NamedTuple):
    """One part of the statistics as it is shown."""

    entries: tuple[Entry, ...]
    reaches: dict[str, Reach]
    """Where Enter on a line leads, by the key of the line."""

    def above(self, other: "Part") -> "Part":
        """This part and another one below it."""
        return Part((*self.entries, *other.entries), {**self.reaches, **other.reaches})


@dataclass(slots=True)
class Drawn:
    """Lines that grow from top to bottom."""

    width: int
    """Cells of a line."""
    entries: list[Entry] = field(default_factory=list)
    reaches: dict[str, Reach] = field(default_factory=dict)

    def heading(self, key: str, title: str, right: str = "") -> None:
        """Begin a section."""
        self.entries.append(Entry(key, (Cell(title), Cell(right)), heading=True, still=True))

    def line(self, key: str, spans: Sequence[Cell], *, reach: Reach | None = None, indent: int = 2) -> None:
        """A line that the cursor stops at; where its figure counts nothing, Enter leads nowhere."""
        self.entries.append(Entry(key, tuple(spans), indent=indent))
        if reach is not None and reach.ids:
            self.reaches[key] = reach

    def still(self, key: str, spans: Sequence[Cell], *, indent: int = 0) -> None:
        """A line that the cursor passes over."""
        self.entries.append(Entry(key, tuple(spans), still=True, indent=indent))

    def blank(self, key: str) -> None:
        """An empty line."""
        self.still(key, (Cell(" "),))

    def part(self) -> Part:
        """What was drawn."""
        return Part(tuple(self.entries), self.reaches)


def column(text: str, width: int, align: Align = "left", style: str = "") -> Cell:
    """Text in exactly so many cells, and the gap to what stands beside it."""
    return Cell(fit(text, width, align) + " " * GAP, style)


def drawn_bar(value: float, most: float, width: int, style: str = "phase-interview") -> Cell:
    """A bar with the space that it leaves."""
    drawn = bar(value, most, width)
    return Cell(drawn + " " * (width - cell_len(drawn) + GAP), style)


def share_style(n: int) -> str:
    """A share of too few stands back."""
    return "strong" if n >= SMALLEST_CLAIM else "muted"


def reach(counted: Counted, *words: str) -> Reach:
    """Where a figure leads, its title put together of words."""
    return Reach.of(" · ".join(word for word in words if word), counted)


def bar_width(width: int, *others: int) -> int:
    """Cells that columns of these widths leave for a bar, within what is good to read."""
    return max(8, min(48, width - sum(other + GAP for other in others) - GAP))
