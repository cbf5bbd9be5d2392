"""Charts made of characters: bars, columns, shades and step curves. Numbers go in, lines of text come out."""

from collections.abc import Callable, Sequence
from math import ceil

LINE, HALF_LINE = "━", "╸"
"""What bars are made of: lines of them stay apart, which full blocks do not."""
LEVELS = " ▁▂▃▄▅▆▇█"
"""A cell filled from below."""
SHADES = "·░▒▓█"
"""Nothing, then four densities."""
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell: four rows of two dots."""
STEPS_OF_SHADE = len(SHADES) - 1


def bar(value: float, most: float, width: int) -> str:
    """A bar to scale in at most so many cells, by half cells; what is more than nothing is never invisible."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    halves = max(1, round(min(1.0, value / most) * width * 2))
    return LINE * (halves // 2) + HALF_LINE * (halves % 2)


def columns(values: Sequence[float], *, height: int, wide: int = 1, gap: int = 0) -> list[str]:
    """Columns side by side in lines from the top down; each is ``wide`` cells, then ``gap`` cells free."""
    most = max(values, default=0)
    lines: list[str] = []
    for row in range(height, 0, -1):
        cells = []
        for value in values:
            eighths = max(1, round(value / most * height * 8)) if value > 0 else 0
            filled = min(8, max(0, eighths - (row - 1) * 8))
            cells.append(LEVELS[filled] * wide + " " * gap)
        lines.append("".join(cells))
    return lines


def sparkline(values: Sequence[float]) -> str:
    """One line of columns, never quite as high as the line; a zero is a dot, so that its week is seen."""
    most, full = max(values, default=0), len(LEVELS) - 2
    return "".join(LEVELS[max(1, round(full * value / most))] if value > 0 else "·" for value in values)


def shade_limits(most: int) -> tuple[int, ...]:
    """The largest number of each density but the last: fourths of the most, rising, each at least one more."""
    limits: list[int] = []
    for part in range(1, STEPS_OF_SHADE):
        limits.append(max(ceil(most * part / STEPS_OF_SHADE), limits[-1] + 1 if limits else 1))
    return tuple(limits)


def shade(value: int, limits: Sequence[int]) -> str:
    """The density of a number."""
    return SHADES[0] if value <= 0 else SHADES[1 + sum(value > limit for limit in limits)]


def step_curve(survival: Callable[[float], float], *, last: float, width: int, height: int) -> list[str]:
    """A falling step function from 0 to ``last``, its values 0–1, drawn in braille: two by four dots a cell."""
    across, down = width * 2, height * 4
    dots = [[0] * width for _row in range(height)]

    def level(column: int) -> int:
        value = min(1.0, max(0.0, survival(last * column / max(1, across - 1))))
        return round((1 - value) * (down - 1))

    before = level(0)
    for column in range(across):
        here = level(column)
        for y in range(min(before, here), max(before, here) + 1):
            dots[y // 4][column // 2] |= _DOTS[y % 4][column % 2]
        before = here
    return ["".join(chr(_BRAILLE + bits) if bits else " " for bits in row) for row in dots]


def ticks(last: int, *, most: int) -> tuple[int, ...]:
    """Round numbers from 0 to at most ``last``, at most ``most`` + 1 of them, for an axis."""
    for step in (1, 2, 5, 7, 10, 14, 20, 30, 50, 60, 90, 100, 200, 365, 500, 1000, 2000, 5000, 10_000):
        if last // step <= most:
            return tuple(range(0, last + 1, step))
    return (0, last)
