"""Charts read back as XML: a chart that is no document, or lies outside of itself, fails."""

import re
from xml.etree import ElementTree as ET

from tracker.reports.page import Html

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read(chart: Html) -> ET.Element:
    """The chart as XML, with what every one of them has."""
    # Charts are made by the program; a title may be somebody's text, which must come out as text.
    root = ET.fromstring(str(chart))  # noqa: S314
    assert root.tag == "svg"
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text
    assert root[1].tag == "desc"
    assert root[1].text
    return root


def size(root: ET.Element) -> tuple[float, float]:
    """Width and height of the coordinates."""
    _x, _y, width, height = map(float, root.attrib["viewBox"].split())
    return width, height


def rectangles(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """All rectangles: x, y, width, height."""
    return [
        (
            float(found.attrib["x"]),
            float(found.attrib["y"]),
            float(found.attrib["width"]),
            float(found.attrib["height"]),
        )
        for found in root.iter("rect")
    ]


def labels(root: ET.Element) -> list[str]:
    """All texts that are drawn."""
    return ["".join(found.itertext()) for found in root.iter("text")]


def titles(root: ET.Element) -> list[str]:
    """What is told of each part when one points at it."""
    return [found.text or "" for found in root.iter("title")][1:]


def assert_inside(root: ET.Element) -> None:
    """Every rectangle, and the begin of every text, lies within the chart and has a size."""
    width, height = size(root)
    for x, y, across, down in rectangles(root):
        assert across >= 0
        assert down >= 0
        assert x >= -0.01
        assert x + across <= width + 0.01
        assert y >= -0.01
        assert y + down <= height + 0.01
    for found in root.iter("text"):
        assert -0.01 <= float(found.attrib["x"]) <= width + 0.01
        assert 0 <= float(found.attrib["y"]) <= height + 0.01
    for found in root.iter("path"):
        for number in _NUMBER.findall(found.attrib["d"]):
            assert float(number) <= max(width, height) + 0.01
