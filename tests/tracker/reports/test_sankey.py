"""The flows of a Sankey diagram fill their nodes, and nothing overlaps or leaves the picture."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.reports.svg import assert_inside, labels, read, titles
from tracker.reports.sankey import Sankey, draw_sankey
from tracker.reports.sankey_layout import (
    ARC_GAP,
    LABEL_LINE,
    NODE_WIDTH,
    Layout,
    Link,
    Node,
    NodeSpec,
    lay_out,
)

STEPS = ("applied", "test", "first", "second", "offer")
ENDS = ("open", "withdrawn", "rejected")
SPECS = (*(NodeSpec(key, column) for column, key in enumerate(STEPS)), *(NodeSpec(key, len(STEPS)) for key in ENDS))
CLOSE = 1e-6


@st.composite
def diagrams(draw: st.DrawFn) -> tuple[tuple[NodeSpec, ...], tuple[Link, ...]]:
    """Any nodes with any flows between them, forward and back, of any size."""
    count = draw(st.integers(1, 25))
    columns = draw(st.lists(st.integers(0, 7), min_size=count, max_size=count))
    specs = tuple(NodeSpec(f"n{number}", column) for number, column in enumerate(columns))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    found = draw(st.dictionaries(pairs, st.integers(0, 10_000), max_size=40))
    return specs, tuple(Link(f"n{source}", f"n{target}", n) for (source, target), n in found.items())


@st.composite
def hunts(draw: st.DrawFn) -> tuple[Link, ...]:
    """Flows of whole attempts, each from the first step to an end; some rejected ones revived."""
    flows: Counter[tuple[str, str]] = Counter()
    for _attempt in range(draw(st.integers(1, 12))):
        weight = draw(st.sampled_from((1, 3, 800)))
        passed = draw(st.sets(st.sampled_from(STEPS[1:])))
        path = [STEPS[0], *(step for step in STEPS if step in passed), draw(st.sampled_from(ENDS))]
        for pair in pairwise(path):
            flows[pair] += weight
        if path[-1] == "rejected" and draw(st.booleans()):
            flows["rejected", "applied"] += weight
            flows["applied", "open"] += weight
    return tuple(Link(source, target, n) for (source, target), n in flows.items())


def check(layout: Layout) -> None:
    """What every diagram is."""
    for node in layout.nodes:
        assert node.height > 0
        assert node.x >= 0
        assert node.x + NODE_WIDTH <= layout.width
        assert node.y >= 0
        assert node.y + node.height <= layout.height + CLOSE
        check_sides(node, layout)
    check_columns(layout)
    check_arcs(layout)


def check_sides(node: Node, layout: Layout) -> None:
    """The flows of the fuller side fill the node, and those of each side lie in it one below the other."""
    out = [(ribbon.bands[0].y, ribbon.thickness) for ribbon in layout.ribbons if ribbon.link.source == node.key]
    out += [(arc.points[0][1] - arc.thickness / 2, arc.thickness) for arc in layout.arcs if arc.link.source == node.key]
    into = [(ribbon.bands[-1].y, ribbon.thickness) for ribbon in layout.ribbons if ribbon.link.target == node.key]
    into += [
        (arc.points[-1][1] - arc.thickness / 2, arc.thickness) for arc in layout.arcs if arc.link.target == node.key
    ]
    assert max(sum(part[1] for part in out), sum(part[1] for part in into)) == pytest.approx(node.height)
    for side in (sorted(out), sorted(into)):
        assert all(y + thick <= below + CLOSE for (y, thick), (below, _thick) in pairwise(side))
        assert all(node.y - CLOSE <= y and y + thick <= node.y + node.height + CLOSE for y, thick in side)


def check_columns(layout: Layout) -> None:
    """Nodes with their labels, and what passes them, lie apart."""
    last = max((node.x for node in layout.nodes), default=0)
    spans: dict[float, list[tuple[float, float]]] = {}
    for node in layout.nodes:
        least = LABEL_LINE if node.x == last else 0.0
        spans.setdefault(node.x, []).append((node.y, node.y + max(node.height, least)))
    for ribbon in layout.ribbons:
        assert ribbon.thickness > 0
        assert [band.left for band in ribbon.bands] == sorted(band.left for band in ribbon.bands)
        for band in ribbon.bands[1:-1]:
            spans.setdefault(band.left, []).append((band.y, band.y + ribbon.thickness))
    for stacked in spans.values():
        assert all(upper[1] <= lower[0] + CLOSE for upper, lower in pairwise(sorted(stacked)))


def check_arcs(layout: Layout) -> None:
    """Arcs run below all nodes, apart from each other, within the picture."""
    floors = sorted((arc.points[2][1], arc.thickness) for arc in layout.arcs)
    lowest = max((node.y + node.height for node in layout.nodes), default=0)
    for y, thick in floors:
        assert lowest <= y - thick / 2 + CLOSE
        assert y + thick / 2 <= layout.height + CLOSE
    for (y, thick), (below, other) in pairwise(floors):
        assert y + thick / 2 + ARC_GAP <= below - other / 2 + CLOSE
    for arc in layout.arcs:
        assert all(0 <= x <= layout.width for x, _y in arc.points)
        assert arc.points[3][0] >= arc.thickness / 2 - CLOSE


@given(diagram=diagrams())
def test_any_flows_fill_their_nodes_and_never_overlap(diagram: tuple[tuple[NodeSpec, ...], tuple[Link, ...]]) -> None:
    specs, links = diagram
    layout = lay_out(specs, links, width=800, top=40, margin=10)
    check(layout)
    drawn = {ribbon.link for ribbon in layout.ribbons} | {arc.link for arc in layout.arcs}
    assert drawn == {link for link in links if link.n}
    columns = dict(specs)
    assert all(columns[arc.link.source] >= columns[arc.link.target] for arc in layout.arcs)


@settings(max_examples=30)
@given(links=hunts())
def test_what_enters_a_step_leaves_it(links: tuple[Link, ...]) -> None:
    layout = lay_out(SPECS, links, width=800)
    check(layout)
    heights = {node.key: node for node in layout.nodes}
    for key in STEPS[1:]:
        if key in heights:
            assert heights[key].came == heights[key].left
    assert [arc.link.source for arc in layout.arcs] in ([], ["rejected"])


def test_the_same_scale_holds_everywhere() -> None:
    links = (Link("applied", "first", 30), Link("applied", "rejected", 60), Link("first", "offer", 30))
    layout = lay_out(SPECS, links, width=800)
    assert {round(ribbon.thickness / ribbon.link.n, 9) for ribbon in layout.ribbons} == {round(320 / 90, 9)}


@pytest.mark.parametrize("links", [(), (Link("applied", "open", 0),)])
def test_nothing_is_an_empty_diagram(links: tuple[Link, ...]) -> None:
    assert lay_out(SPECS, links, width=800) == Layout(800, 0.0, 800, (), (), ())


def test_a_flow_of_an_unknown_node_is_refused() -> None:
    with pytest.raises(ValueError, match="no node"):
        lay_out(SPECS, (Link("applied", "nowhere", 1),), width=800)


def sankey(*links: Link, words: dict[str, str] | None = None) -> Sankey:
    return Sankey("Flows", "Where they went", SPECS, links, words or {}, {"rejected": "bad"})


@settings(max_examples=15)
@given(links=hunts())
def test_the_drawing_lies_within_its_picture(links: tuple[Link, ...]) -> None:
    root = read(draw_sankey(sankey(*links)))
    assert_inside(root)
    assert sum(": " in title for title in titles(root)) == len(links)


def test_names_are_text_and_long_ones_are_cut() -> None:
    hostile = "<script>alert(1)</script>" * 4
    root = read(draw_sankey(sankey(Link("applied", "rejected", 5), words={"applied": hostile, "rejected": hostile})))
    assert f"{hostile} → {hostile}: 5" in titles(root)
    assert "<script>alert(1)</script>" not in "".join(tag.tag for tag in root.iter())
    assert max(map(len, labels(root))) <= 26


def test_ten_thousand_and_one_are_both_seen() -> None:
    root = read(draw_sankey(sankey(Link("applied", "rejected", 10_000), Link("applied", "open", 1))))
    assert {"applied 10001", "rejected 10000", "open 1"} <= {*titles(root)}
    assert all(float(found.attrib["height"]) >= 1 for found in root.iter("rect"))
