"""From a key in the search line to the settled list of questions, as a person would see it."""

import re
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from tests.benchmarks.first_paint import LONGEST, NeverPaintedError
from tests.benchmarks.key_latency import LIMIT, PAUSE, QUIET, UNTIL_IDLE, Latencies
from tests.benchmarks.programs import Candidate, dashboard
from tests.benchmarks.terminal import Viewer

TYPED = (
    "lora",
    "kv cache",
    "显存",
    "gradient",
    "第九",
    "page table",
    "qlora 量化",
    "importance:2 梯度",
)
"""What is typed, one character after the other: Latin and Chinese, one word and two, a filter."""

CLEAR = "\x15"
"""Ctrl+U. A terminal cannot tell Esc from the beginning of other keys, so programs wait a tenth of a second there."""

_ROW = re.compile(r"（第 ?\d*")
_ROWS = 20
"""Questions on the screen when the list is there."""
FROM, UNTIL = 26, 82
"""Columns of the list, between the topics and the answer."""


def list_of_questions(lines: Sequence[str]) -> tuple[str, ...]:
    """What stands in the list; the line that is typed in and the keys are no part of it."""
    return tuple(line[FROM:UNTIL] for line in lines[1:-3])


def measure_typing(bank: Path, *, rounds: int) -> tuple[Latencies, Latencies]:
    """Type what people search for, clear it, and again; returns what the characters took, and the clearing.

    Raises:
        NeverPaintedError: the list of questions was not shown.
    """
    program = Candidate("bank", dashboard("bank", bank).command, bool, dashboard("bank", bank).variables).start()
    try:
        viewer = Viewer(program)
        viewer.catch_up(quiet=UNTIL_IDLE, first=UNTIL_IDLE * 4)
        program.send(b"\x1b")
        viewer.catch_up(quiet=UNTIL_IDLE)
        program.send(b"4")
        if viewer.wait_until(lambda text: len(_ROW.findall(text)) >= _ROWS, seconds=LONGEST) is None:
            raise NeverPaintedError(viewer.screen.text())
        viewer.catch_up(quiet=UNTIL_IDLE)
        _type(viewer, "a")
        seen = [_type(viewer, text) for text in TYPED * rounds]
        typed, cleared = (tuple(chain.from_iterable(part)) for part in zip(*seen, strict=True))
        return Latencies(typed), Latencies(cleared)
    finally:
        program.close()


def _type(viewer: Viewer, text: str) -> tuple[list[float], list[float]]:
    """A character that leaves the same rows on the screen counts for nothing."""
    viewer.press("/", list_of_questions, quiet=0.25, limit=LIMIT)
    typed = []
    for character in text:
        typed.append(viewer.press(character, list_of_questions, quiet=QUIET, limit=LIMIT).last)
        time.sleep(PAUSE)
    cleared = viewer.press(CLEAR, list_of_questions, quiet=0.25, limit=LIMIT).last
    viewer.press("escape", list_of_questions, quiet=0.25, limit=LIMIT)
    return [one for one in typed if one is not None], [] if cleared is None else [cleared]
