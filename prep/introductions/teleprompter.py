"""A text that goes by at a pace: which sentence is to be said now, and how long it has taken."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from prep.introductions.speaking import PAUSE_SECONDS, SpeakingRate, listen_to_sentence, split_sentences, time_of

STEP = 1.05
"""One key makes the pace so many times faster or slower."""

SLOWEST, FASTEST = 0.4, 2.5
"""Times the pace that the text began with."""

ASLEEP = 30.0
"""Seconds between two looks at the clock beyond which the computer slept, and nobody spoke."""


@dataclass(frozen=True, slots=True)
class Prompted:
    """A sentence and when its turn comes."""

    text: str
    begins: float
    """Seconds from the start at the natural pace."""
    ends: float


def prompt_sentences(text: str, rate: SpeakingRate) -> tuple[Prompted, ...]:
    """The sentences of a text with their turns at this pace, the pause behind each included."""
    pieces = split_sentences(text)
    lengths = [time_of(listen_to_sentence(piece), rate) + PAUSE_SECONDS for piece in pieces]
    if lengths:
        lengths[-1] -= PAUSE_SECONDS
    ends = list(accumulate(lengths))
    begins = [0.0, *ends][: len(ends)]
    return tuple(Prompted(piece, begin, end) for piece, begin, end in zip(pieces, begins, ends, strict=True))


class Teleprompter:
    """Where a person is in a text. It reads no clock: it is told the time, in steps of any length.

    A step back, as when the clock is set, counts as none, and so does one across which the computer slept.
    """

    def __init__(self, sentences: Sequence[Prompted], *, target_seconds: int) -> None:
        """At the beginning, standing still."""
        self.sentences = tuple(sentences)
        self.target_seconds = target_seconds
        self.natural_seconds = self.sentences[-1].ends if self.sentences else 0.0
        """What the whole text takes at the natural pace."""
        self.pace = 1.0
        """Times the natural pace."""
        self.elapsed = 0.0
        """Seconds that the clock ran."""
        self.position = 0.0
        """How far the text went, in seconds of the natural pace."""
        self._ends = [sentence.ends for sentence in self.sentences]
        self._last: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether the clock runs."""
        return self._last is not None

    @property
    def has_begun(self) -> bool:
        """Whether the clock ran at all."""
        return self.is_running or self.elapsed > 0

    @property
    def current(self) -> int:
        """The sentence whose turn it is: an index; 0 for a text without any."""
        return min(bisect_right(self._ends, self.position), max(0, len(self._ends) - 1))

    @property
    def is_last(self) -> bool:
        """Whether the last sentence is being said, or there is nothing left to say."""
        return self.current >= len(self.sentences) - 1

    @property
    def progress(self) -> float:
        """How much of the text went by, from 0 to 1."""
        return self.position / self.natural_seconds if self.natural_seconds else 1.0

    @property
    def expected_seconds(self) -> float:
        """How long it will have taken at the end, at the pace that is set."""
        return self.elapsed + (self.natural_seconds - self.position) / self.pace

    def start(self, now: datetime) -> None:
        """Let the clock run."""
        self._last = now

    def pause(self, now: datetime) -> None:
        """Stop the clock; ``start`` goes on."""
        self.tick(now)
        self._last = None

    def tick(self, now: datetime) -> None:
        """Tell the time."""
        if self._last is None:
            return
        step = (now - self._last).total_seconds()
        self._last = now
        if 0 < step <= ASLEEP:
            self.elapsed += step
            self.position = min(self.natural_seconds, self.position + step * self.pace)

    def faster(self, steps: int) -> None:
        """Change the pace by so many steps; negative ones make it slower."""
        self._set_pace(self.pace * STEP**steps)

    def meet_target(self) -> None:
        """Take the pace at which the rest ends with the target; the fastest there is when that is over."""
        left = self.target_seconds - self.elapsed
        self._set_pace((self.natural_seconds - self.position) / left if left > 0 else FASTEST)

    def _set_pace(self, pace: float) -> None:
        self.pace = min(FASTEST, max(SLOWEST, pace))

    def move(self, sentences: int) -> None:
        """Go on to a later sentence, or back to an earlier one; the clock is left alone."""
        self.go_to(self.current + sentences)

    def go_to(self, index: int) -> None:
        """Go to the beginning of a sentence; the clock is left alone."""
        if self.sentences:
            at = min(len(self.sentences) - 1, max(0, index))
            self.position = self.sentences[at].begins

    def restart(self) -> None:
        """Back to the beginning, standing still, at the pace that is set."""
        self._last = None
        self.elapsed = self.position = 0.0
