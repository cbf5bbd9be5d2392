"""From the key of the statistics to their first chart, and the keys that are pressed elsewhere meanwhile."""

import re
import time

from tests.benchmarks.first_paint import LONGEST, NeverPaintedError
from tests.benchmarks.key_latency import LIMIT, PAUSE, BoardView, Latencies, opened
from tests.benchmarks.programs import Candidate
from tests.benchmarks.terminal import Viewer, key_bytes

STATISTICS, HOME = "6", "1"
SOON = 0.03
"""Seconds without output after which a key pressed meanwhile has had its effect."""
MEANWHILE = 12
"""Keys pressed while the figures are computed."""
_CHART = re.compile(r"\d+ +━{4,}")


def has_chart(text: str) -> bool:
    """Whether a chart of the statistics is on the screen: a number and its bar."""
    return _CHART.search(text) is not None


def measure_chart(candidate: Candidate) -> float:
    """Seconds from the key to the chart, in a dashboard that has just been opened.

    Raises:
        NeverPaintedError: there was none.
    """
    with opened(candidate) as viewer:
        pressed = viewer.program.send(key_bytes(STATISTICS))
        chunk = viewer.wait_until(has_chart, seconds=LONGEST)
        if chunk is None:
            raise NeverPaintedError(viewer.screen.text())
        return chunk.at - pressed


def measure_meanwhile(candidate: Candidate) -> tuple[Latencies, float]:
    """Ask for the statistics, go home at once, and walk there while they are computed.

    Returns what the keys took, and the seconds until the chart was there when one came back.
    """
    with opened(candidate) as viewer:
        view = BoardView(viewer.screen.lines())
        pressed = viewer.program.send(key_bytes(STATISTICS))
        time.sleep(PAUSE)
        _go_home(viewer)
        found: list[float] = []
        missed = 0
        for number in range(MEANWHILE):
            reaction = viewer.press("down" if number % 4 < 2 else "up", view, quiet=SOON, limit=LIMIT)
            if reaction.last is None:
                missed += 1
            else:
                found.append(reaction.last)
            time.sleep(PAUSE)
        viewer.program.send(key_bytes(STATISTICS))
        chunk = viewer.wait_until(has_chart, seconds=LONGEST)
        if chunk is None:
            raise NeverPaintedError(viewer.screen.text())
        return Latencies(tuple(found), missed), chunk.at - pressed


def _go_home(viewer: Viewer) -> None:
    viewer.program.send(key_bytes(HOME))
    viewer.catch_up(quiet=SOON, first=LIMIT, limit=LIMIT)
