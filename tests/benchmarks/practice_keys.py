"""From a rating to the next question, its review written and committed, as a person would see it."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.first_paint import LONGEST, NeverPaintedError
from tests.benchmarks.key_latency import LIMIT, QUIET, UNTIL_IDLE, Latencies
from tests.benchmarks.programs import Candidate, dashboard
from tests.benchmarks.terminal import Viewer

THINKING = 0.4
"""Seconds between a question and the key that shows its answer: nobody is faster."""
READING = 0.3
"""The same between the answer and the rating."""
RATINGS = ("3", "3", "4", "1", "2")
"""Pressed in turn: what was not known comes again."""
_QUESTION = re.compile(r"（第 ?\d*")
FIRST = 2
"""Lines from the top on which a question stands."""
LAST = 10


def question_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The question in front. The answer, the progress and the keys are no part of it."""
    shown = [line.strip("\0 ") for line in lines[FIRST:LAST]]
    return tuple(shown[: shown.index("")] if "" in shown else shown)


def ratings_of(lines: Sequence[str]) -> str:
    """The line of ratings, which is empty while the answer is hidden."""
    return lines[-2].strip("\0 ")


def measure_ratings(bank: Path, *, rounds: int) -> tuple[Latencies, Latencies]:
    """Practise all questions as a list; returns what it took to show the answers, and from the ratings to the next questions.

    Each review is on disk when the next question is painted: the screen goes on only then.

    Raises:
        NeverPaintedError: the first question was not shown.
    """
    known = dashboard("bank", bank)
    program = Candidate("bank", known.command, bool, known.variables).start()
    try:
        viewer = Viewer(program)
        viewer.catch_up(quiet=UNTIL_IDLE, first=UNTIL_IDLE * 4)
        program.send(b"\x1b")
        viewer.catch_up(quiet=UNTIL_IDLE)
        for key, count in ((b"4", 2), (b"d", 1)):
            program.send(key)
            if viewer.wait_until(_shows(count), seconds=LONGEST) is None:
                raise NeverPaintedError(viewer.screen.text())
            viewer.catch_up(quiet=UNTIL_IDLE)
        shown: list[float | None] = []
        rated: list[float | None] = []
        # With the first review comes the backup of the day, which takes as long as the bank is large.
        viewer.press(" ", ratings_of, quiet=UNTIL_IDLE, limit=LIMIT)
        before = question_of(viewer.screen.lines())[0].replace("\0", "")
        program.send(RATINGS[0].encode())
        if viewer.wait_until(lambda text: before not in text, seconds=LONGEST) is None:
            raise NeverPaintedError(viewer.screen.text())
        viewer.catch_up(quiet=UNTIL_IDLE)
        for number in range(rounds + 1):
            time.sleep(THINKING)
            shown.append(viewer.press(" ", ratings_of, quiet=QUIET, limit=LIMIT).first)
            time.sleep(READING)
            rated.append(viewer.press(RATINGS[number % len(RATINGS)], question_of, quiet=QUIET, limit=LIMIT).last)
        return _latencies(shown[1:]), _latencies(rated[1:])
    finally:
        program.close()


def _shows(count: int) -> Callable[[str], bool]:
    return lambda text: len(_QUESTION.findall(text)) >= count


def _latencies(found: Sequence[float | None]) -> Latencies:
    seen = tuple(one for one in found if one is not None)
    return Latencies(seen, len(found) - len(seen))
