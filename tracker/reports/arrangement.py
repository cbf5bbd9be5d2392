"""A report before it is written: sections in their order, each with sentences, charts and the tables behind them.

Text and HTML are rendered from one such value, so that they never say different things.
"""

from dataclasses import dataclass

from tracker.reports.bars import Bars, Columns
from tracker.reports.heat_map import HeatMap
from tracker.reports.sankey import Sankey
from tracker.reports.survival_chart import Survival

Chart = Bars | Columns | HeatMap | Sankey | Survival


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    """Indices of the columns that are aligned to the right."""
    bars: tuple[float, ...] = ()
    """One a row, not below zero: drawn to scale behind it where there are no other charts."""
    whole: float = 0.0
    """What a bar of full length stands for; 0: the largest."""
    most_rows: int = 0
    """How many are shown where there is little room; 0: all."""
    spare: tuple[int, ...] = ()
    """Indices of the columns that go first where there is no room; after them the last ones do."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart and the table behind it; one of both may be missing."""

    chart: Chart | None = None
    table: Table | None = None
    title: str = ""
    """What this one shows, where a section has several."""
    captions: tuple[str, ...] = ()
    """How the chart is read."""
    in_text: bool = True
    """Whether the table stands in a report without pictures, too."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report."""

    key: str
    heading: str
    of: str = ""
    """What its figures are of: n, and what was left out."""
    sentences: tuple[str, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
