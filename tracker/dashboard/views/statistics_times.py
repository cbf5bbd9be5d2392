"""How long answers take, as lines: a survival curve, its median, and who waits now."""

from bisect import bisect_right

from rich.cells import cell_len

from tracker.dashboard.text import fit
from tracker.dashboard.views.statistics_drawing import step_curve, ticks
from tracker.dashboard.views.statistics_lines import (
    LABEL,
    Drawn,
    Part,
    Shown,
    column,
    reach,
    share_style,
)
from tracker.dashboard.views.statistics_reading import Reach
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.statistics.sentences import chance_words, median_span, number_of, percent, wait_word
from tracker.statistics.values import SMALLEST_CLAIM, Curve, Waiting

AXIS = 7
"""Cells at the left of a curve: its scale."""
HEIGHT = 7
"""Lines of a curve."""
WIDEST = 84
"""Cells of a curve at most."""
CURVE_KEY = "times:"
"""How the keys of the lines begin whose curve is drawn."""
MEDIAN = (6, 9, 6, 9, 12)
"""Cells of a median and what stands beside it."""
STAGE = 10
"""Cells of a stage."""
OTHERS = 8 + STAGE + 32 + 6
"""Cells that a line of who waits leaves for the company and the position."""


def times_part(shown: Shown, width: int, *, step: str) -> Part:
    """The curve of one step, the medians of all, and who waits now."""
    drawn = Drawn(width)
    curves = {curve.step: curve for curve in shown.figures.curves}
    curve = curves.get(step) or Curve(step)
    title = _("Still without an answer: {step}").format(step=wait_word(step))
    drawn.heading("curve", title, _("by days waited · {n}").format(n=number_of(curve.observed.n)))
    if shown.as_table:
        _points(drawn, curve)
    else:
        _draw_curve(drawn, curve)
    drawn.heading("medians", _("Half are answered within"))
    _median_titles(drawn)
    for one in curves.values():
        _median_line(drawn, one, shown)
    if any(0 < one.observed.n < SMALLEST_CLAIM for one in curves.values()):
        words = _("Times of fewer than {n} are grey: too few to compare.").format(n=SMALLEST_CLAIM)
        drawn.still("medians:few", (Cell(words, "faint"),))
    _waiting(drawn, shown)
    return drawn.part()


# The curve


def _draw_curve(drawn: Drawn, curve: Curve) -> None:
    if not curve.points:
        drawn.still("curve:none", (Cell(_("No wait of known days yet."), "muted"),))
        for number in range(HEIGHT + 1):
            drawn.blank(f"curve:{number}")
        return
    last = max(1, curve.points[-1].day)
    wide = min(WIDEST, drawn.width - AXIS - 2)
    days = [point.day for point in curve.points]
    survivals = [1.0, *(point.survival for point in curve.points)]
    lines = step_curve(lambda day: survivals[bisect_right(days, day)], last=last, width=wide, height=HEIGHT)
    for number, line in enumerate(lines):
        scale = {0: "100\u00a0%", HEIGHT // 2: "50\u00a0%", HEIGHT - 1: "0\u00a0%"}.get(number, "")
        is_half = number == HEIGHT // 2
        spans = [Cell(fit(scale, AXIS - 2, "right") + " ", "faint"), Cell("┤" if scale else "│", "frame")]
        if is_half:
            spans += _dashed(line)
        else:
            spans.append(Cell(line, "key"))
        drawn.still(f"curve:{number}", spans)
    _axis(drawn, last, wide)


def _dashed(line: str) -> list[Cell]:
    """The line of the half, dashed where the curve is not."""
    cells: list[Cell] = []
    for sign in line:
        style = "frame" if sign == " " else "key"
        drawn = "┄" if sign == " " else sign
        if cells and cells[-1].style == style:
            cells[-1] = Cell(cells[-1].text + drawn, style)
        else:
            cells.append(Cell(drawn, style))
    return cells


def _axis(drawn: Drawn, last: int, wide: int) -> None:
    line, numbers = ["─"] * wide, [" "] * wide
    free = 0
    for day in ticks(last, most=max(2, wide // 8)):
        at = round((wide - 1) * day / last)
        line[at] = "┴"
        label = str(day)
        if at >= free and at + len(label) <= wide:
            numbers[at : at + len(label)] = label
            free = at + len(label) + 1
    unit = _("days")
    tail = "".join(numbers).rstrip()
    drawn.still("curve:axis", (Cell(" " * (AXIS - 1) + "└" + "".join(line), "frame"),))
    room = wide - cell_len(tail)
    ending = f" {unit}" if cell_len(unit) < room else ""
    drawn.still("curve:days", (Cell(" " * AXIS + tail + ending, "faint"),))


def _points(drawn: Drawn, curve: Curve) -> None:
    """The table behind the curve."""
    titles = (_("waited"), _("at risk"), _("answered then"), _("out of sight"), _("still waiting"))
    widths = (6, 8, 13, 12, 13)
    drawn.still(
        "points:titles",
        [
            *(column(title, room, "right", "faint") for title, room in zip(titles, widths, strict=True)),
            Cell(_("95 %"), "faint"),
        ],
    )
    for point in curve.points:
        values = (str(point.day), str(point.at_risk), str(point.events), str(point.censored), percent(point.survival))
        drawn.still(
            f"points:{point.day}",
            [
                *(column(value, room, "right") for value, room in zip(values, widths, strict=True)),
                Cell(f"{round(100 * point.low)}–{round(100 * point.high)}\u00a0%", "muted"),
            ],
        )
    if not curve.points:
        drawn.still("points:none", (Cell(_("No wait of known days yet."), "muted"),))


def _median_titles(drawn: Drawn) -> None:
    titles = (_("days"), _("95 %"), "n", _("no reply"), _("no known day"))
    drawn.still(
        "medians:titles",
        (
            column("", LABEL),
            *(column(title, room, "right", "faint") for title, room in zip(titles, MEDIAN, strict=True)),
        ),
    )


def _median_line(drawn: Drawn, curve: Curve, shown: Shown) -> None:
    """One step: moving here draws its curve."""
    n = curve.observed.n
    label = wait_word(curve.step)
    values = (
        "–" if curve.median is None else str(curve.median),
        median_span(curve),
        str(n) if n else "·",
        str(curve.censored) if curve.censored else "·",
        str(curve.left_out.n) if curve.left_out.n else "·",
    )
    styles = (share_style(n), "muted", share_style(n), "muted", "muted")
    drawn.line(
        f"{CURVE_KEY}{curve.step}",
        (
            column(label, LABEL),
            *(column(value, room, "right", style) for value, room, style in zip(values, MEDIAN, styles, strict=True)),
        ),
        reach=reach(curve.observed, _("waits: {step}").format(step=label), shown.group_words),
    )


# Who waits


def _waiting(drawn: Drawn, shown: Shown) -> None:
    statistics, looked = shown.read.statistics, shown.looked
    total = len(looked.waiting_ids)
    right = number_of(total)
    if statistics.waiting_left_out and shown.group is None:
        right += " · " + _("{n} of unknown day left out").format(n=statistics.waiting_left_out)
    drawn.heading("waiting", _("Who waits now, and whether an answer still comes"), right)
    if not total:
        drawn.still("waiting:none", (Cell(_("Nobody waits since a known day."), "muted"),))
    for one in looked.waiting:
        drawn.line(f"waiting:{one.application_id}", waiting_cells(one, drawn.width), indent=4)
    if total > len(looked.waiting):
        words = _("all {n} who wait").format(n=total)
        reached = Reach(_("waiting for an answer"), looked.waiting_ids)
        drawn.line("waiting:all", (Cell(words, "muted"),), reach=reached)


def waiting_cells(one: Waiting, width: int) -> tuple[Cell, ...]:
    """One who waits: since when, where, and what the others tell."""
    days = ngettext("{n} day", "{n} days", one.days).format(n=one.days)
    name = " · ".join(filter(None, (one.company, one.position)))
    stage = f"{one.stage} {_('pool')}" if one.in_pool else one.stage
    is_claim = one.chance.n >= SMALLEST_CLAIM and one.chance.share is not None
    return (
        column(days, 8, "right", "strong"),
        column(name, max(16, min(40, width - OTHERS))),
        column(stage, STAGE, style="phase-pool" if one.in_pool else "muted"),
        Cell(chance_words(one.chance), "" if is_claim else "faint"),
    )
