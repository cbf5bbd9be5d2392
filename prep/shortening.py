"""The version of a draft that fits its target: what must be said always, what may be left out only as time allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prep.sentence_marks import ESSENTIAL, OPTIONAL, Marks
from prep.speaking import USUAL, SpeakingRate, Speech, add_up, listen_to_sentence, split_sentences, time_of

_WORTH = {OPTIONAL: 0, "": 1, ESSENTIAL: 2}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, and whether it is in the shortened version."""

    text: str
    """With the white space behind it."""
    mark: str
    """``essential``, ``optional``, or nothing."""
    seconds: float
    """What it takes to say it, without pauses."""
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Shortened:
    """A draft cut to a target."""

    sentences: tuple[Sentence, ...]
    """All of the draft, in their order."""
    text: str
    """What is kept."""
    seconds: float
    """What it takes to say that."""
    full_seconds: float
    """What it takes to say the whole draft."""
    target_seconds: int

    @property
    def fits(self) -> bool:
        """Whether it can be said within the target."""
        return round(self.seconds) <= self.target_seconds

    @property
    def over_seconds(self) -> int:
        """Whole seconds beyond the target that the essential sentences alone take; 0 when it fits."""
        return max(0, round(self.seconds) - self.target_seconds)

    @property
    def dropped(self) -> int:
        """How many sentences are left out."""
        return sum(not sentence.is_kept for sentence in self.sentences)


def shorten(text: str, *, marks: Marks, target_seconds: int, rate: SpeakingRate = USUAL) -> Shortened:
    """Leave out as little as makes a text fit its target.

    Optional sentences go first, then unmarked ones, essential ones never; among sentences of one kind the one that
    gives least for its time, which is the longest, goes first, of two alike the later. What fits again after
    that comes back, unmarked ones first. The order is the draft's.
    """
    pieces = split_sentences(text)
    speech = [listen_to_sentence(piece) for piece in pieces]
    worth = [_WORTH[marks.of(piece)] for piece in pieces]
    seconds = [time_of(one, rate) for one in speech]
    kept = [True] * len(pieces)
    _drop(kept, worth, seconds, is_long=lambda: round(_time(speech, kept, rate)) > target_seconds)
    _bring_back(kept, worth, seconds, is_long=lambda: round(_time(speech, kept, rate)) > target_seconds)
    sentences = tuple(
        Sentence(piece, marks.of(piece), seconds[index], kept[index]) for index, piece in enumerate(pieces)
    )
    return Shortened(
        sentences=sentences,
        text=_joined(sentences),
        seconds=_time(speech, kept, rate),
        full_seconds=_time(speech, [True] * len(pieces), rate),
        target_seconds=target_seconds,
    )


def _drop(kept: list[bool], worth: Sequence[int], seconds: Sequence[float], *, is_long: Callable[[], bool]) -> None:
    droppable = [index for index in range(len(kept)) if worth[index] < _WORTH[ESSENTIAL]]
    for index in sorted(droppable, key=lambda at: (worth[at], -seconds[at], -at)):
        if not is_long():
            return
        kept[index] = False


def _bring_back(
    kept: list[bool], worth: Sequence[int], seconds: Sequence[float], *, is_long: Callable[[], bool]
) -> None:
    gone = [index for index in range(len(kept)) if not kept[index]]
    for index in sorted(gone, key=lambda at: (-worth[at], seconds[at], at)):
        kept[index] = True
        if is_long():
            kept[index] = False


def _time(speech: Sequence[Speech], kept: Sequence[bool], rate: SpeakingRate) -> float:
    said = [one for one, is_kept in zip(speech, kept, strict=True) if is_kept and (one.characters or one.words)]
    return time_of(add_up(said, pauses=max(0, len(said) - 1)), rate)


def _joined(sentences: Sequence[Sentence]) -> str:
    """What is kept, with no more room between two paragraphs than there was."""
    parts: list[str] = []
    for sentence in sentences:
        if sentence.is_kept:
            parts.append(sentence.text)
        elif parts and sentence.text.endswith("\n") and not parts[-1].endswith("\n"):
            # The paragraph ended with what was left out.
            parts[-1] = parts[-1].rstrip(" ") + sentence.text[len(sentence.text.rstrip("\n")) :]
    return "".join(parts).strip()
