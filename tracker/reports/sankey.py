"""A Sankey diagram as SVG: where applications went, ribbons to scale, what came back to life as arcs below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.cell_width import cut, display_width, wrap
from tracker.reports.drawing import LETTER, coordinate, label, picture, rectangle
from tracker.reports.page import Html, element
from tracker.reports.sankey_layout import NODE_WIDTH, Arc, Layout, Link, Node, NodeSpec, Ribbon, lay_out

HEAD = 54.0
"""Above the nodes, for headings of two lines and their number."""
WIDTH = 800.0
LONGEST_LABEL = 24
"""Columns of a label; longer ones are cut, their title has them whole."""


@dataclass(frozen=True, slots=True)
class Sankey:
    """What flows through which nodes."""

    title: str
    description: str
    nodes: tuple[NodeSpec, ...]
    links: tuple[Link, ...]
    words: Mapping[str, str]
    """Of each node."""
    looks: Mapping[str, str]
    """Of nodes, and of what flows there: a class of the style sheet."""


def draw_sankey(sankey: Sankey) -> Html:
    """The diagram, all of its texts escaped; headings stand above the first node of a column, labels beside others."""
    layout = lay_out(sankey.nodes, sankey.links, width=WIDTH, top=HEAD, margin=NODE_WIDTH)
    last = max((node.x for node in layout.nodes), default=0.0)
    labels = [_label(node, layout, sankey, is_last=node.x == last and len(layout.nodes) > 1) for node in layout.nodes]
    longest = max((display_width(_words(node, sankey)) for node in layout.nodes), default=0)
    return picture(
        layout.width + longest * LETTER + 8,
        layout.height + 8,
        [_ribbon(ribbon, sankey) for ribbon in layout.ribbons],
        [_arc(arc, sankey) for arc in layout.arcs],
        [
            rectangle(node.x, node.y, NODE_WIDTH, max(1.0, node.height), "node", _words(node, sankey, whole=True))
            for node in layout.nodes
        ],
        labels,
        title=sankey.title,
        description=sankey.description,
    )


def _words(node: Node, sankey: Sankey, *, whole: bool = False) -> str:
    words = sankey.words.get(node.key, node.key)
    return f"{words if whole else cut(words, LONGEST_LABEL)} {max(node.came, node.left)}"


def _label(node: Node, layout: Layout, sankey: Sankey, *, is_last: bool) -> Html:
    if is_last:
        return label(layout.label_x, node.y + min(node.height, 14.0) / 2 + 4, _words(node, sankey))
    if node.y > HEAD:
        return label(node.x + NODE_WIDTH + 4, node.y + node.height / 2 + 4, _words(node, sankey), look="on")
    x = max(0.0, node.x)
    next_x = min((other.x for other in layout.nodes if other.x > node.x), default=layout.width)
    room = max(2, min(LONGEST_LABEL, int((next_x - node.x) / LETTER) - 1))
    lines = wrap(sankey.words.get(node.key, node.key), room)
    # More than two lines are one that is cut.
    shown = [cut(line, room) for line in lines] if len(lines) <= 2 else [cut(" ".join(lines), room)]  # noqa: PLR2004
    return element(
        "g",
        [label(x, HEAD - 22 - 14 * up, line, look="quiet") for up, line in enumerate(reversed(shown))],
        label(x, HEAD - 6, str(max(node.came, node.left)), look="figure"),
    )


def _told(link: Link, sankey: Sankey) -> str:
    source, target = (sankey.words.get(key, key) for key in (link.source, link.target))
    return f"{source} → {target}: {link.n}"


def _ribbon(ribbon: Ribbon, sankey: Sankey) -> Html:
    """One closed path: along the upper edges forward, along the lower ones back."""
    bands, thick = ribbon.bands, ribbon.thickness
    upper = _edge([(x, band.y) for band in bands for x in _sides(band.left, band.right)])
    lower = _edge([(x, band.y + thick) for band in reversed(bands) for x in _sides(band.right, band.left)])
    look = sankey.looks.get(ribbon.link.target, "")
    return element(
        "path",
        element("title", _told(ribbon.link, sankey)),
        d=f"M{upper}L{lower}Z",
        class_=f"flow {look}".strip(),
    )


def _sides(first: float, second: float) -> tuple[float, ...]:
    return (first,) if first == second else (first, second)


def _edge(points: Sequence[tuple[float, float]]) -> str:
    """Straight where the height stays, a curve with level ends where it changes."""
    written = [_pair(points[0])]
    for (x, y), (next_x, next_y) in pairwise(points):
        middle = (x + next_x) / 2
        written.append(
            f"L{_pair((next_x, next_y))}"
            if y == next_y
            else f"C{_pair((middle, y))} {_pair((middle, next_y))} {_pair((next_x, next_y))}"
        )
    return "".join(written)


def _pair(point: tuple[float, float]) -> str:
    return f"{coordinate(point[0])} {coordinate(point[1])}"


def _arc(arc: Arc, sankey: Sankey) -> Html:
    """The middle line as wide as the flow, its corners round."""
    path = f"M{_pair(arc.points[0])}"
    for before, corner, after in zip(arc.points, arc.points[1:], arc.points[2:], strict=False):
        radius = min(8.0 + arc.thickness / 2, _distance(before, corner) / 2, _distance(corner, after) / 2)
        path += f"L{_pair(_towards(corner, before, radius))}Q{_pair(corner)} {_pair(_towards(corner, after, radius))}"
    path += f"L{_pair(arc.points[-1])}"
    return element(
        "path",
        element("title", _told(arc.link, sankey)),
        d=path,
        class_="back",
        stroke_width=coordinate(max(1.0, arc.thickness)),
    )


def _distance(first: tuple[float, float], second: tuple[float, float]) -> float:
    return abs(first[0] - second[0]) + abs(first[1] - second[1])


def _towards(corner: tuple[float, float], other: tuple[float, float], length: float) -> tuple[float, float]:
    whole = _distance(corner, other)
    part = length / whole if whole else 0.0
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part
