"""Survival curves as SVG: the share still without an answer by days waited, who is still open as strokes."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.cell_width import cut
from tracker.reports.drawing import LINE, coordinate, label, line, picture, round_ticks
from tracker.reports.page import Html, element
from tracker.statistics.values import Curve, CurvePoint

WIDTH, HEIGHT = 460.0, 220.0
LEFT, TOP, RIGHT = 66.0, 30.0, 18.0
MOST_CURVES = 4
"""As many dash patterns as one tells apart."""
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Survival:
    """Curves over the same axis."""

    title: str
    description: str
    curves: tuple[tuple[str, Curve], ...]
    """Each with its name; one, or up to ``MOST_CURVES``. Those without points are left out."""
    days_word: str
    """Below the axis."""
    at_risk_word: str
    """Before the numbers below it."""
    median_words: str
    """Beside the line at a half."""


@dataclass(frozen=True, slots=True)
class _Axis:
    last: int

    def x(self, day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * day / self.last

    def y(self, share: float) -> float:
        return TOP + HEIGHT * (1 - share)


def at_risk(curve: Curve, day: int) -> int:
    """How many were still waiting when a day came."""
    return next((point.at_risk for point in curve.points if point.day >= day), 0)


def draw_survival(chart: Survival) -> Html:
    """The curves; with one its confidence band and its median, with several a dash pattern each."""
    curves = [(name, curve) for name, curve in chart.curves if curve.points][:MOST_CURVES]
    ticks = round_ticks(max((curve.points[-1].day for _name, curve in curves), default=0), about=6)
    axis = _Axis(ticks[-1])
    is_single = len(curves) == 1
    drawn: list[Html | None] = [_grid(axis, ticks, chart.days_word)]
    for number, (name, curve) in enumerate(curves):
        if is_single:
            drawn.append(_band(curve.points, axis))
        else:
            drawn.append(_legend(name, number))
        drawn += [_curve(curve.points, axis, number), _ticks(curve.points, axis)]
        if is_single:
            drawn.append(_median(curve, axis, chart.median_words))
    drawn.append(_risk_table(curves, ticks, axis, chart.at_risk_word))
    below = TOP + HEIGHT + 44 + LINE * (1 + len(curves))
    return picture(WIDTH, below, drawn, title=chart.title, description=chart.description)


def _grid(axis: _Axis, ticks: Sequence[int], days_word: str) -> Html:
    lines = [line(LEFT, axis.y(share), WIDTH - RIGHT, axis.y(share), "grid") for share in _SHARES]
    shares = [
        label(LEFT - 8, axis.y(share) + 4, f"{round(100 * share)}\u00a0%", anchor="end", look="quiet")
        for share in _SHARES
    ]
    days = [label(axis.x(day), TOP + HEIGHT + 18, str(day), anchor="middle", look="quiet") for day in ticks]
    word = label(WIDTH - RIGHT, TOP + HEIGHT + 36, days_word, anchor="end", look="quiet")
    return element("g", lines, shares, days, word)


def _steps(points: Sequence[CurvePoint], heights: Sequence[float], axis: _Axis, before: float = 1.0) -> str:
    """From day 0 on level to each point, then down."""
    path, y = f"M{coordinate(axis.x(0))} {coordinate(axis.y(before))}", before
    for point, height in zip(points, heights, strict=True):
        path += f"H{coordinate(axis.x(point.day))}"
        if height != y:
            path += f"V{coordinate(axis.y(height))}"
            y = height
    return path


def _curve(points: Sequence[CurvePoint], axis: _Axis, number: int) -> Html:
    path = _steps(points, [point.survival for point in points], axis)
    return element("path", d=path, class_=f"curve curve{number}")


def _band(points: Sequence[CurvePoint], axis: _Axis) -> Html:
    """The 95 % interval, from its upper edge back along the lower one."""
    upper = _steps(points, [point.high for point in points], axis)
    lower = f"L{coordinate(axis.x(points[-1].day))} {coordinate(axis.y(points[-1].low))}"
    for point, earlier in zip(reversed(points), [*reversed(points[:-1]), None], strict=True):
        height = earlier.low if earlier is not None else 1.0
        lower += f"H{coordinate(axis.x(point.day))}V{coordinate(axis.y(height))}"
    return element("path", d=f"{upper}{lower}H{coordinate(axis.x(0))}Z", class_="band")


def _ticks(points: Sequence[CurvePoint], axis: _Axis) -> Html:
    """A stroke on the curve where someone went out of sight unanswered."""
    marks = "".join(
        f"M{coordinate(axis.x(point.day))} {coordinate(axis.y(point.survival) - 4)}v8"
        for point in points
        if point.censored
    )
    return element("path", d=marks or "M0 0", class_="censored")


def _median(curve: Curve, axis: _Axis, words: str) -> Html | None:
    if curve.median is None:
        return None
    x, y = axis.x(curve.median), axis.y(_HALF)
    path = f"M{coordinate(LEFT)} {coordinate(y)}H{coordinate(x)}V{coordinate(axis.y(0))}"
    is_far = curve.median > axis.last / 2
    # The curve falls: right of the median nothing lies above a half, left of it nothing below.
    beside = (x - 8, y + 16, "end") if is_far else (x + 8, y - 8, "start")
    return element(
        "g",
        element("path", d=path, class_="median"),
        label(beside[0], beside[1], words, anchor=beside[2], look="on"),
    )


def _legend(name: str, number: int) -> Html:
    x = LEFT + number * (WIDTH - LEFT - RIGHT) / MOST_CURVES
    return element(
        "g",
        element("path", d=f"M{coordinate(x)} 12h22", class_=f"curve curve{number}"),
        label(x + 26, 16, element("title", name), look="quiet"),
        label(x + 26, 16, cut(name, 10), look="quiet"),
    )


def _risk_table(curves: Sequence[tuple[str, Curve]], ticks: Sequence[int], axis: _Axis, word: str) -> Html:
    top = TOP + HEIGHT + 36
    rows: list[Html] = [label(0, top, word, look="quiet")]
    for number, (name, curve) in enumerate(curves):
        y = top + LINE * (number + 1)
        if len(curves) > 1:
            rows.append(label(0, y, cut(name, 8), look="quiet"))
        rows += [label(axis.x(day), y, str(at_risk(curve, day)), anchor="middle") for day in ticks]
    return element("g", rows)
