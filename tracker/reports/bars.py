"""Bars as SVG: steps of a funnel one below the other, and numbers by week side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from tracker.cell_width import cut, display_width
from tracker.reports.drawing import LETTER, label, line, picture, rectangle, round_ticks
from tracker.reports.page import Html, element

WIDTH = 800.0
_ROW, _BAR = 30.0, 18.0
_HATCH = 5.0
"""From one stroke to the next, in parts that are told apart without their colour."""
_STROKES = {"good": "", "going": "v", "left": "h", "bad": "vh"}
"""Which strokes a part has: upright, level, both."""
LONGEST_LABEL = 48
"""Columns of a name; longer ones are cut, the bar's title has them whole."""
MOST_WEEKS = 53
_PANEL, _PANEL_GAP = 84.0, 34.0


class Bar(NamedTuple):
    """One bar."""

    name: str
    n: int
    words: str
    """Behind the bar: its number and what is said of it."""
    parts: tuple[tuple[int, str], ...] = ()
    """What it consists of, each with its look; they add up to ``n``."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one below the other, all to one scale."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...] = ()
    """Look and word of each kind of part."""


class Panel(NamedTuple):
    """One number a week."""

    name: str
    values: tuple[int, ...]
    look: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers by week, each kind on a panel of its own over one axis."""

    title: str
    description: str
    names: tuple[str, ...]
    """Of each week."""
    panels: tuple[Panel, ...]


def draw_bars(chart: Bars) -> Html:
    """Names at the left, bars to scale, numbers behind them."""
    names = max((min(LONGEST_LABEL, display_width(bar.name)) for bar in chart.bars), default=0) * LETTER + 14
    behind = max((display_width(bar.words) for bar in chart.bars), default=0) * LETTER + 16
    room = max(120.0, WIDTH - names - behind)
    most = max((bar.n for bar in chart.bars), default=0) or 1
    top = 26.0 if chart.legend else 4.0
    drawn: list[Html] = []
    x = names
    for look, word in chart.legend:
        drawn += [rectangle(x, 4, 12, 12, look), *_hatched(x, 4, 12, 12, look), label(x + 18, 14, word, look="quiet")]
        x += 18 + display_width(word) * LETTER + 18
    for number, bar in enumerate(chart.bars):
        y = top + number * _ROW
        drawn.append(label(names - 10, y + _BAR - 4, cut(bar.name, LONGEST_LABEL), anchor="end"))
        drawn.append(_parts(bar, names, y, room / most))
        drawn.append(label(names + bar.n * room / most + 8, y + _BAR - 4, bar.words, look="quiet"))
    width = max(names + room + behind, x)
    return picture(width, top + len(chart.bars) * _ROW, drawn, title=chart.title, description=chart.description)


def _parts(bar: Bar, x: float, y: float, unit: float) -> Html:
    drawn: list[Html] = []
    at = x
    for n, look in bar.parts or ((bar.n, "bar"),):
        wide = n * unit
        drawn += [rectangle(at, y, wide, _BAR, look), *_hatched(at, y, wide, _BAR, look)]
        if bar.parts and wide > display_width(str(n)) * LETTER + 6:
            drawn.append(label(at + wide / 2, y + _BAR - 5, n, anchor="middle", look="on"))
        at += wide
    return element("g", element("title", f"{bar.name}: {bar.words}"), drawn)


def _hatched(x: float, y: float, width: float, height: float, look: str) -> list[Html]:
    """The strokes of a part; a whole one that is not divided has none."""
    strokes = _STROKES.get(look, "")
    drawn = []
    if "v" in strokes:
        drawn += [
            line(x + at * _HATCH, y, x + at * _HATCH, y + height, "hatch") for at in range(1, ceil(width / _HATCH))
        ]
    if "h" in strokes and width:
        drawn += [
            line(x, y + at * _HATCH, x + width, y + at * _HATCH, "hatch") for at in range(1, ceil(height / _HATCH))
        ]
    return drawn


def draw_columns(chart: Columns) -> Html:
    """The last weeks, a column each; the number stands on what is not nothing."""
    left = 46.0
    count = max(1, min(MOST_WEEKS, len(chart.names)))
    step = min(34.0, (WIDTH - left - 8) / count)
    names = chart.names[-count:]
    drawn: list[Html] = []
    for number, panel in enumerate(chart.panels):
        top = 24 + number * (_PANEL + _PANEL_GAP)
        drawn.append(_panel(panel, names, top, left, step))
    bottom = 24 + len(chart.panels) * (_PANEL + _PANEL_GAP)
    every = ceil(46 / step)
    for week, name in enumerate(names):
        if (len(names) - 1 - week) % every == 0:
            drawn.append(label(left + (week + 0.5) * step, bottom - 12, name[5:], anchor="middle", look="quiet"))
    return picture(left + max(8, count) * step + 24, bottom, drawn, title=chart.title, description=chart.description)


def _panel(panel: Panel, names: Sequence[str], top: float, left: float, step: float) -> Html:
    values = panel.values[-len(names) :] if names else ()
    most = round_ticks(max(values, default=0), about=2)[-1]
    base = top + _PANEL
    drawn: list[Html] = [
        label(left, top - 8, panel.name, look="figure"),
        label(left - 8, base + 4, "0", anchor="end", look="quiet"),
        label(left - 8, top + 4, str(most), anchor="end", look="quiet"),
        line(left, base, left + len(names) * step, base, "axis"),
        line(left, top, left + len(names) * step, top, "grid"),
    ]
    for week, (name, n) in enumerate(zip(names, values, strict=True)):
        height = _PANEL * n / most
        x = left + week * step
        if n:
            drawn.append(rectangle(x + 1.5, base - height, step - 3, height, panel.look, f"{name}: {n}"))
        if n and step >= display_width(str(n)) * LETTER + 1:
            is_high = height > _PANEL - 14
            y = base - height + (12 if is_high else -3)
            drawn.append(label(x + step / 2, y, str(n), anchor="middle", look="in in4" if is_high else "small"))
    return element("g", drawn)
