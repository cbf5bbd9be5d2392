"""Where the nodes and ribbons of a Sankey diagram lie: columns from left to right, widths to scale. Pure.

A flow that skips columns keeps a lane of its own through them, so that it never runs behind a node. A flow that leads
back, a revival, is an arc: right of where it leaves, down, below everything, and up left of where it arrives; arcs
nest and never cross each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

NODE_WIDTH = 10.0
GAP = 14.0
"""Between a node and what is above it; and between lanes to different nodes."""
LANE_GAP = 1.0
"""Between lanes to the same node."""
LABEL_LINE = 18.0
"""What a label beside its node takes from top to bottom."""
ARC_GAP = 6.0
FULL_HEIGHT = 320.0
"""Of all flows of a column together, without what is between them."""


class NodeSpec(NamedTuple):
    """A node that may be drawn."""

    key: str
    column: int
    """From 0 on, from left to right; within a column in the order in which they are named."""


class Link(NamedTuple):
    """So many went from one node to another."""

    source: str
    target: str
    n: int


class Node(NamedTuple):
    """A node as it lies."""

    key: str
    column: int
    x: float
    y: float
    height: float
    came: int
    """That flow in; all that leave where nothing does."""
    left: int
    """That flow out."""


class Band(NamedTuple):
    """Where a ribbon passes one column: from its left edge to its right edge at this height."""

    left: float
    right: float
    y: float


class Ribbon(NamedTuple):
    """A flow forward."""

    link: Link
    thickness: float
    bands: tuple[Band, ...]
    """At its source, at each column between, at its target."""


class Arc(NamedTuple):
    """A flow back, by its middle line: out of its source, down, left, up, into its target."""

    link: Link
    thickness: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A diagram laid out."""

    width: float
    height: float
    label_x: float
    """Where labels of the last column begin: right of its nodes and of the arcs beside them."""
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    arcs: tuple[Arc, ...]


@dataclass(slots=True)
class _Place:
    """A node, or a lane of a flow, in one column."""

    column: int
    rank: int
    """Of a node the place in its order, of a lane that of its target behind all nodes of earlier columns."""
    inner: int
    size: float
    least: float
    key: str = ""
    """Of a node; empty for a lane."""
    target: str = ""
    y: float = 0.0


@dataclass(slots=True)
class _Stacks:
    """How much of each node's sides is taken."""

    used: dict[str, float] = field(default_factory=dict)

    def take(self, node: str, y: float, thickness: float) -> float:
        """The next free height on a side of a node."""
        begin = y + self.used.get(node, 0.0)
        self.used[node] = self.used.get(node, 0.0) + thickness
        return begin


def lay_out(
    specs: Sequence[NodeSpec], links: Sequence[Link], *, width: float, top: float = 0.0, margin: float = 0.0
) -> Layout:
    """Lay out a diagram.

    Args:
        specs: all nodes there may be; those that nothing flows through are left out.
        links: what flows between them; those of nothing are left out. One that does not lead to a later column is
            drawn as an arc.
        width: from the left edge to the labels of the last column; arcs need more.
        top: free space above, for headings.
        margin: free space at the left.

    Raises:
        ValueError: a link names a node that is not there.
    """
    order = {spec.key: (spec.column, number) for number, spec in enumerate(specs)}
    for link in links:
        if link.source not in order or link.target not in order:
            msg = f"there is no node for {link}"
            raise ValueError(msg)
    alive = [link for link in links if link.n > 0]
    forward = [link for link in alive if order[link.source][0] < order[link.target][0]]
    back = [link for link in alive if order[link.source][0] >= order[link.target][0]]
    kept = [spec for spec in specs if any(spec.key in (link.source, link.target) for link in alive)]
    if not kept:
        return Layout(width, top, width, (), (), ())
    total = _largest_column(kept, forward, back, order)
    unit = FULL_HEIGHT / total
    arc_room = sum(link.n * unit + ARC_GAP for link in back)
    columns = sorted({spec.column for spec in kept})
    begin = margin + arc_room
    step = (width - margin - NODE_WIDTH) / max(1, len(columns) - 1)
    lefts = {column: begin + number * step for number, column in enumerate(columns)}
    places = _places(kept, forward, back, order, unit, columns)
    bottom = _stack(places, columns, top)
    ribbons, taken_in, taken_out = _ribbons(places, forward, order, unit, lefts, columns)
    nodes = tuple(_node(place, lefts, links=alive) for place in places if place.key)
    right = max(lefts.values()) + NODE_WIDTH
    arcs, depth = _arcs(nodes, back, unit, bottom, (taken_out, taken_in))
    label_x = right + arc_room + 8
    return Layout(label_x, depth, label_x, nodes, ribbons, arcs)


def _largest_column(
    specs: Sequence[NodeSpec], forward: Sequence[Link], back: Sequence[Link], order: dict[str, tuple[int, int]]
) -> int:
    """How many stand or pass in the fullest column."""
    most = 1
    for column in {spec.column for spec in specs}:
        stand = sum(_value(spec.key, (*forward, *back)) for spec in specs if spec.column == column)
        passing = sum(link.n for link in forward if order[link.source][0] < column < order[link.target][0])
        most = max(most, stand + passing)
    return most


def _value(key: str, links: Sequence[Link]) -> int:
    return max(sum(link.n for link in links if link.target == key), sum(link.n for link in links if link.source == key))


def _places(
    specs: Sequence[NodeSpec],
    forward: Sequence[Link],
    back: Sequence[Link],
    order: dict[str, tuple[int, int]],
    unit: float,
    columns: Sequence[int],
) -> list[_Place]:
    """Nodes, and the lanes of flows through the columns between; of each column from the top down."""
    places = [
        _Place(
            column=spec.column,
            rank=order[spec.key][1],
            inner=0,
            size=_value(spec.key, (*forward, *back)) * unit,
            least=LABEL_LINE if spec.column == columns[-1] else 0.0,
            key=spec.key,
        )
        for spec in specs
    ]
    for link in forward:
        first, last = order[link.source][0], order[link.target][0]
        places.extend(
            _Place(
                column=column,
                rank=order[link.target][1],
                # Of lanes to one node those that began last lie on top: what joins them later need not cross them.
                inner=-order[link.source][1],
                size=link.n * unit,
                least=0.0,
                target=_lane(link),
            )
            for column in columns
            if first < column < last
        )
    return sorted(places, key=lambda place: (place.column, place.rank, place.inner))


def _lane(link: Link) -> str:
    return f"{link.source}\0{link.target}"


def _stack(places: Sequence[_Place], columns: Sequence[int], top: float) -> float:
    """Put the places of each column one below the other; the lowest edge of all."""
    bottom = top
    for column in columns:
        y, rank = top, None
        for place in (place for place in places if place.column == column):
            if rank is not None:
                y += LANE_GAP if place.rank == rank else GAP
            rank = place.rank
            place.y = y
            y += max(place.size, place.least)
        bottom = max(bottom, y)
    return bottom


def _ribbons(
    places: Sequence[_Place],
    forward: Sequence[Link],
    order: dict[str, tuple[int, int]],
    unit: float,
    lefts: dict[int, float],
    columns: Sequence[int],
) -> tuple[tuple[Ribbon, ...], _Stacks, _Stacks]:
    """The flows forward, those that leave or reach a node in the order in which they lie beside it."""
    nodes = {place.key: place for place in places if place.key}
    lanes = {(place.target, place.column): place for place in places if place.target}

    def height(link: Link, end: str, step: int) -> tuple[float, int]:
        """Where a flow lies in the column beside one of its ends."""
        column = columns[columns.index(order[end][0]) + step]
        other = link.target if end == link.source else link.source
        found = lanes.get((_lane(link), column)) or nodes[other]
        return found.y, order[other][1]

    outgoing, incoming = _Stacks(), _Stacks()
    starts, ends = {}, {}
    for link in sorted(forward, key=lambda link: height(link, link.source, 1)):
        starts[link] = outgoing.take(link.source, nodes[link.source].y, link.n * unit)
    for link in sorted(forward, key=lambda link: height(link, link.target, -1)):
        ends[link] = incoming.take(link.target, nodes[link.target].y, link.n * unit)
    ribbons = []
    for link in forward:
        first, last = order[link.source][0], order[link.target][0]
        between = [
            Band(lefts[column], lefts[column] + NODE_WIDTH, lanes[_lane(link), column].y)
            for column in columns
            if first < column < last
        ]
        source = Band(lefts[first] + NODE_WIDTH, lefts[first] + NODE_WIDTH, starts[link])
        target = Band(lefts[last], lefts[last], ends[link])
        ribbons.append(Ribbon(link, link.n * unit, (source, *between, target)))
    return tuple(ribbons), incoming, outgoing


def _node(place: _Place, lefts: dict[int, float], *, links: Sequence[Link]) -> Node:
    came = sum(link.n for link in links if link.target == place.key)
    left = sum(link.n for link in links if link.source == place.key)
    return Node(place.key, place.column, lefts[place.column], place.y, place.size, came, left)


def _arcs(
    nodes: Sequence[Node], back: Sequence[Link], unit: float, bottom: float, taken: tuple[_Stacks, _Stacks]
) -> tuple[tuple[Arc, ...], float]:
    """The flows back, the innermost first, and the lowest edge of the diagram with them."""
    outgoing, incoming = taken
    where = {node.key: node for node in nodes}
    right = max(node.x for node in nodes) + NODE_WIDTH
    found = []
    depth, outward = bottom, 0.0
    for link in sorted(back, key=lambda link: (-where[link.source].y, where[link.target].x)):
        thickness = link.n * unit
        source, target = where[link.source], where[link.target]
        begin = outgoing.take(link.source, source.y, thickness) + thickness / 2
        end = incoming.take(link.target, target.y, thickness) + thickness / 2
        outward += ARC_GAP + thickness
        depth += ARC_GAP + thickness
        middle = outward - thickness / 2
        down = (min(right, source.x + NODE_WIDTH)) + middle
        floor = depth - thickness / 2
        points = (
            (source.x + NODE_WIDTH, begin),
            (down, begin),
            (down, floor),
            (target.x - middle, floor),
            (target.x - middle, end),
            (target.x, end),
        )
        found.append(Arc(link, thickness, points))
    return tuple(found), depth
