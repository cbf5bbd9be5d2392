"""What all charts in SVG share: the picture with its description, numbers as SVG wants them, round axes."""

from math import ceil, floor, isfinite, log10

from tracker.reports.page import Child, Html, element

LETTER = 6.6
"""Width of a narrow character at the size of labels (12 px), a wide one takes two: an upper estimate of usual fonts."""
LINE = 18
"""From one line of a label to the next."""
BROAD = 600
"""A wider chart does not shrink with a narrow page until its letters are too small; it scrolls."""
_STEPS = (1, 2, 5, 10)


def picture(width: float, height: float, *children: Child, title: str, description: str) -> Html:
    """A chart: one picture with a name and a description for those who do not see it.

    Args:
        width: of its coordinates; it shrinks with the page.
        height: of its coordinates.
        children: what is drawn.
        title: what it shows, in some words.
        description: what one sees in it, in a sentence or two.
    """
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *children,
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=coordinate(width),
        height=coordinate(height),
        class_="broad" if width > BROAD else None,
        role="img",
        aria_label=title,
    )


def coordinate(value: float) -> str:
    """A coordinate as short as a hundredth of a pixel allows.

    Raises:
        ValueError: it is no finite number.
    """
    if not isfinite(value):
        msg = f"nothing is drawn at {value}"
        raise ValueError(msg)
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def label(x: float, y: float, words: Child, *, anchor: str = "start", look: str = "") -> Html:
    """A text at a place; ``y`` is its base line.

    Args:
        x: where ``anchor`` is.
        y: its base line.
        words: what stands there.
        anchor: start, middle or end.
        look: a class of the style sheet.
    """
    return element(
        "text",
        words,
        x=coordinate(x),
        y=coordinate(y),
        text_anchor=anchor if anchor != "start" else None,
        class_=look or None,
    )


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Html:
    """A straight line."""
    return element("path", d=f"M{coordinate(x1)} {coordinate(y1)}L{coordinate(x2)} {coordinate(y2)}", class_=look)


def rectangle(x: float, y: float, width: float, height: float, look: str, title: str = "") -> Html:
    """A rectangle, with what is told of it."""
    return element(
        "rect",
        element("title", title) if title else None,
        x=coordinate(x),
        y=coordinate(y),
        width=coordinate(max(0.0, width)),
        height=coordinate(max(0.0, height)),
        class_=look,
    )


def round_ticks(most: float, *, about: int) -> tuple[int, ...]:
    """Whole numbers from 0 on at one round distance (1, 2 or 5 times a power of ten), the last not below ``most``.

    Args:
        most: the largest value of the axis.
        about: into how many parts it is divided at most.
    """
    if most <= 0 or about <= 0:
        return (0, 1)
    least = max(1.0, most / about)
    power = 10 ** floor(log10(least))
    step = next(power * part for part in _STEPS if power * part >= least)
    return tuple(range(0, int(ceil(most / step) * step) + 1, int(step)))
