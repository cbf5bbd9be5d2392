"""From the start of a program to its first paint, several programs in turn, so that a slow moment meets them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.programs import Candidate
from tests.benchmarks.terminal import Viewer

LONGEST = 30.0
"""Seconds until a start is given up."""


class NeverPaintedError(Exception):
    """A program ended, or ran for very long, without showing what it should."""


@dataclass(frozen=True, slots=True)
class FirstPaint:
    """One start."""

    milliseconds: float
    peak_mib: float
    """The most memory that was held until the paint."""
    processor_ms: float
    """What the first thread computed until then; the same on a busy machine, or nearly."""


@dataclass(frozen=True, slots=True)
class FirstPaints:
    """All starts of one program."""

    name: str
    paints: tuple[FirstPaint, ...]

    @property
    def milliseconds(self) -> float:
        """The median."""
        return median(paint.milliseconds for paint in self.paints)

    @property
    def peak_mib(self) -> float:
        """The median."""
        return median(paint.peak_mib for paint in self.paints)

    def ratio(self, floor: "FirstPaints") -> float:
        """How many times as long as another program, taken round by round: the median."""
        pairs = zip(self.paints, floor.paints, strict=True)
        return median(own.milliseconds / other.milliseconds for own, other in pairs)

    def processor_ratio(self, floor: "FirstPaints") -> float:
        """The same of the time that the processor spent."""
        pairs = zip(self.paints, floor.paints, strict=True)
        return median(own.processor_ms / other.processor_ms for own, other in pairs)


def measure_first_paints(candidates: Sequence[Candidate], *, rounds: int) -> tuple[FirstPaints, ...]:
    """Start each program once in every round, after one round that is not counted.

    Raises:
        NeverPaintedError: a program did not show what it should.
    """
    found: list[list[FirstPaint]] = [[] for _candidate in candidates]
    for number in range(rounds + 1):
        for paints, candidate in zip(found, candidates, strict=True):
            paint = _start_once(candidate)
            if number:
                paints.append(paint)
    return tuple(
        FirstPaints(candidate.name, tuple(paints)) for candidate, paints in zip(candidates, found, strict=True)
    )


def _start_once(candidate: Candidate) -> FirstPaint:
    program = candidate.start()
    try:
        viewer = Viewer(program)
        chunk = viewer.wait_until(candidate.is_painted, seconds=LONGEST)
        if chunk is None:
            raise NeverPaintedError(f"{candidate.name}\n{viewer.screen.text()}")
        return FirstPaint((chunk.at - program.started) * 1000, chunk.peak_mib, chunk.processor_ms)
    finally:
        program.close()
